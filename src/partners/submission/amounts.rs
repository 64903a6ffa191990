//! What each row of the unit sheets adds to which figure.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diagnostic::Place;
use crate::model::partners::submission::Exact;
use crate::model::results::Results;
use crate::model::tables::{Date, FinanceItem, Level, Staff, StaffCategory};
use crate::model::unit::{UnitIndex, Units};

/// Part of normal hours from which QS counts a post as full-time.
const FULL_TIME: f64 = 0.75;

/// Months from which QS counts exchange and visiting.
const MONTHS: f64 = 3.0;

/// An amount of a figure from one row of one sheet.
#[derive(Debug, Clone)]
pub struct Amount {
    /// Whose figure it is: `the` or `qs`.
    pub ranking: &'static str,
    /// Code of the figure.
    pub figure: &'static str,
    /// Units that share it equally: the posts of a person, the unit of any other row.
    pub units: Vec<UnitIndex>,
    /// How much.
    pub value: Exact,
    /// The row.
    pub place: Place,
    /// Taken out because a unit below states it.
    pub deducted: bool,
}

/// All amounts of the year in the order of the sheets.
pub fn amounts(results: &Results, year: i32) -> Vec<Amount> {
    let mut amounts = Vec::new();
    staff(results, year, &mut amounts);
    students(results, year, &mut amounts);
    degrees(results, year, &mut amounts);
    finance(results, year, &mut amounts);
    exchange(results, year, &mut amounts);
    amounts
}

fn employed(person: &Staff, year: i32) -> bool {
    let day = Date { year, month: 12, day: 31 };
    person.from.is_none_or(|from| from <= day) && person.to.is_none_or(|to| to >= day)
}

fn staff(results: &Results, year: i32, amounts: &mut Vec<Amount>) {
    for person in results.tables.staff.iter().filter(|person| employed(person, year)) {
        let fte = Exact::of(person.fte);
        let head = Exact(Exact::ONE);
        let mut add = |(ranking, figure), value| {
            amounts.push(Amount {
                ranking,
                figure,
                units: person.units.clone(),
                value,
                place: person.place.clone(),
                deducted: false,
            });
        };
        // A figure of which nobody's row says anything stays unknown; a person who is not of it adds nothing to one known.
        let said = |told: Option<bool>, amount: Exact| told.map(|yes| if yes { amount } else { Exact::default() });
        match person.category {
            StaffCategory::Academic => {
                add(("the", "academic_staff"), fte);
                for (figure, told) in
                    [("academic_staff_international", person.international), ("academic_staff_female", person.female)]
                {
                    said(told, fte).into_iter().for_each(|value| add(("the", figure), value));
                }
            }
            StaffCategory::Research => add(("the", "research_staff"), fte),
            StaffCategory::Other => {
                add(("qs", "staff_excluded"), head);
                continue;
            }
        }
        // QS counts heads of teaching and research alike.
        let full = person.fte >= FULL_TIME;
        add(("qs", "faculty_full_time"), if full { head } else { Exact::default() });
        add(("qs", "faculty_part_time"), if full { Exact::default() } else { head });
        for (figure, told) in [
            ("faculty_female", person.female),
            ("faculty_male", person.female.map(|female| !female)),
            ("faculty_international", person.international),
            ("faculty_doctorate", person.doctorate),
        ] {
            said(told, head).into_iter().for_each(|value| add(("qs", figure), value));
        }
    }
}

/// Takes out of what a unit states what the nearest units below it state, which is booked there: so that all together
/// are what those at the top state. A unit with several stated units above it is taken out of the first alone.
fn deduct(results: &Results, stated: &BTreeMap<UnitIndex, Place>, from: usize, amounts: &mut Vec<Amount>) {
    let units = &results.tables.units;
    let mut deductions: BTreeMap<(&'static str, &'static str, UnitIndex), Exact> = BTreeMap::new();
    for amount in &amounts[from..] {
        let Some(above) = nearest_above(units, amount.units[0], stated) else { continue };
        *deductions.entry((amount.ranking, amount.figure, above)).or_default() += amount.value;
    }
    for ((ranking, figure, unit), Exact(sum)) in deductions {
        let place = stated[&unit].clone();
        amounts.push(Amount { ranking, figure, units: vec![unit], value: Exact(-sum), place, deducted: true });
    }
}

/// The nearest stated unit above, by the order of parents.
fn nearest_above(units: &Units, unit: UnitIndex, stated: &BTreeMap<UnitIndex, Place>) -> Option<UnitIndex> {
    let mut open: VecDeque<UnitIndex> = units.get(unit).parents.iter().copied().collect();
    while let Some(next) = open.pop_front() {
        if stated.contains_key(&next) {
            return Some(next);
        }
        open.extend(&units.get(next).parents);
    }
    None
}

/// The units that state rows of the year, each with its first row.
fn stating<'a>(rows: impl Iterator<Item = (UnitIndex, &'a Place)>) -> BTreeMap<UnitIndex, Place> {
    let mut stated = BTreeMap::new();
    for (unit, place) in rows {
        stated.entry(unit).or_insert_with(|| place.clone());
    }
    stated
}

fn students(results: &Results, year: i32, amounts: &mut Vec<Amount>) {
    let rows = &results.tables.students;
    let residency = results.assessment.policy.residency_is_doctoral;
    let of_all: BTreeSet<UnitIndex> =
        rows.iter().filter(|row| row.year == year && row.level == Level::All).map(|row| row.unit).collect();
    let of_year = || rows.iter().filter(|row| row.year == year);
    let from = amounts.len();
    for row in of_year() {
        let mut add = |(ranking, figure), value: Exact| {
            amounts.push(Amount {
                ranking,
                figure,
                units: vec![row.unit],
                value,
                place: row.place.clone(),
                deducted: false,
            });
        };
        let (heads, fte) = (Exact::of(row.headcount), Exact::of(row.fte));
        let level = match row.level {
            Level::Bachelor => Some(("students_bachelor", "students_undergraduate")),
            Level::Master | Level::Professional => Some(("students_master", "students_postgraduate")),
            Level::Residency if residency => Some(("students_doctorate", "students_postgraduate")),
            Level::Doctorate => Some(("students_doctorate", "students_postgraduate")),
            Level::Residency => Some(("students_master", "students_postgraduate")),
            Level::All => None,
        };
        if let Some((the, qs)) = level {
            add(("the", the), fte);
            add(("qs", qs), heads);
        }
        // A row for all levels takes the place of the levels.
        if (row.level == Level::All) != of_all.contains(&row.unit) {
            continue;
        }
        add(("the", "students"), fte);
        add(("qs", "students"), heads);
        add(("qs", "students_fte"), fte);
        // THE asks for full-time equivalents of these too, which sheets state in heads.
        let rate = if row.headcount > 0.0 { row.fte / row.headcount } else { 0.0 };
        for (figure, part) in [("students_international", row.international), ("students_female", row.female)] {
            let Some(part) = part else { continue };
            add(("the", figure), Exact::of(part * rate));
            add(("qs", figure), Exact::of(part));
        }
    }
    deduct(results, &stating(of_year().map(|row| (row.unit, &row.place))), from, amounts);
}

fn degrees(results: &Results, year: i32, amounts: &mut Vec<Amount>) {
    let residency = results.assessment.policy.residency_is_doctoral;
    let of_year = || results.tables.degrees.iter().filter(|row| row.year == year);
    let from = amounts.len();
    for row in of_year() {
        // A unit that states degrees of other levels states that it gave none of these.
        let doctoral = row.level == Level::Doctorate || residency && row.level == Level::Residency;
        for (figure, counts) in
            [("degrees_undergraduate", row.level == Level::Bachelor), ("degrees_doctorate", doctoral)]
        {
            let value = if counts { Exact::of(row.count) } else { Exact::default() };
            amounts.push(Amount {
                ranking: "the",
                figure,
                units: vec![row.unit],
                value,
                place: row.place.clone(),
                deducted: false,
            });
        }
    }
    deduct(results, &stating(of_year().map(|row| (row.unit, &row.place))), from, amounts);
}

fn finance(results: &Results, year: i32, amounts: &mut Vec<Amount>) {
    for (item, figure) in [
        (FinanceItem::InstitutionalIncome, "institutional_income"),
        (FinanceItem::ResearchIncome, "research_income"),
        (FinanceItem::IndustryIncome, "industry_income"),
    ] {
        let of_year = || results.tables.finance.iter().filter(|row| row.year == year && row.item == item);
        let from = amounts.len();
        for row in of_year() {
            let (units, value, place) = (vec![row.unit], Exact::of(row.amount), row.place.clone());
            amounts.push(Amount { ranking: "the", figure, units, value, place, deducted: false });
        }
        deduct(results, &stating(of_year().map(|row| (row.unit, &row.place))), from, amounts);
    }
}

/// Visits of the year of at least three months, where the sheet of visits says their direction: staff and students alike.
fn exchange(results: &Results, year: i32, amounts: &mut Vec<Amount>) {
    for visit in results.tables.visits.iter().filter(|visit| visit.from.year == year) {
        let Some(inbound) = visit.inbound else { continue };
        let figure = if inbound { "exchange_inbound" } else { "exchange_outbound" };
        let counts = visit.months.is_some_and(|months| months >= MONTHS);
        let value = if counts { Exact(Exact::ONE) } else { Exact::default() };
        amounts.push(Amount {
            ranking: "qs",
            figure,
            units: visit.units.clone(),
            value,
            place: visit.place.clone(),
            deducted: false,
        });
    }
}
