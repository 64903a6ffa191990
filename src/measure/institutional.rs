//! Measures of staff, students, degrees and money in a data year.
//!
//! Staff are persons: a unit counts the union over itself and its descendants, each person once. Students, degrees and
//! money are stated by unit: a unit's own rows hold where there are any, else those of its nearest descendants that have some.

use std::collections::BTreeSet;

use crate::measure::Input;
use crate::model::assessment::SeveralPosts;
use crate::model::measure::{MeasuredValue, Reason, Status};
use crate::model::tables::{Date, Degrees, Finance, FinanceItem, Level, Staff, StaffCategory, Students};
use crate::model::unit::UnitIndex;

/// All institutional measures that are worked out.
pub const MEASURES: [&str; 13] = [
    "academic_staff",
    "academic_staff_headcount",
    "research_staff",
    "international_academic_staff",
    "female_academic_staff",
    "academic_staff_with_doctorate",
    "students",
    "international_students",
    "bachelor_degrees",
    "doctorates_awarded",
    "institutional_income",
    "research_income",
    "industry_income",
];

/// The value of one institutional measure of one unit in the year that begins in `year`.
pub fn value(input: Input, code: &str, year: i32, unit: usize) -> MeasuredValue {
    let unit = UnitIndex(unit as u32);
    let academic = |person: &Staff| person.category == StaffCategory::Academic;
    match code {
        "academic_staff" => staff(input, year, unit, academic, |_| Some(true)),
        "research_staff" => {
            staff(input, year, unit, |person| person.category == StaffCategory::Research, |_| Some(true))
        }
        "international_academic_staff" => staff(input, year, unit, academic, |person| person.international),
        "female_academic_staff" => staff(input, year, unit, academic, |person| person.female),
        "academic_staff_with_doctorate" => staff(input, year, unit, academic, |person| person.doctorate),
        "academic_staff_headcount" => {
            let fte = staff(input, year, unit, academic, |_| Some(true));
            MeasuredValue { value: fte.value.map(|_| fte.n as f64), ..fte }
        }
        "students" => students(input, year, unit, |row| Some(row.fte)),
        "international_students" => students(input, year, unit, |row| row.international),
        "bachelor_degrees" => degrees(input, year, unit, |level| level == Level::Bachelor),
        "doctorates_awarded" => {
            let residency = input.assessment.policy.residency_is_doctoral;
            degrees(input, year, unit, |level| level == Level::Doctorate || (residency && level == Level::Residency))
        }
        "institutional_income" => finance(input, year, unit, FinanceItem::InstitutionalIncome),
        "research_income" => finance(input, year, unit, FinanceItem::ResearchIncome),
        "industry_income" => finance(input, year, unit, FinanceItem::IndustryIncome),
        _ => MeasuredValue::missing(Reason::NotSupplied),
    }
}

/// Years for which the sheets hold rows of a measure, ascending.
pub fn years(input: Input, code: &str) -> BTreeSet<i32> {
    match code {
        "students" | "international_students" => input.tables.students.iter().map(|row| row.year).collect(),
        "bachelor_degrees" | "doctorates_awarded" => input.tables.degrees.iter().map(|row| row.year).collect(),
        "institutional_income" | "research_income" | "industry_income" => {
            input.tables.finance.iter().map(|row| row.year).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// FTE of the persons of a unit that are `of_kind` and for whom `counted` holds; `n` is the number of persons. Missing
/// where the staff sheet is empty, or tells `counted` of nobody.
fn staff(
    input: Input,
    year: i32,
    unit: UnitIndex,
    of_kind: impl Fn(&Staff) -> bool,
    counted: impl Fn(&Staff) -> Option<bool>,
) -> MeasuredValue {
    let units = input.tables.units.descendants(unit);
    let here: Vec<(&Staff, f64)> = input
        .tables
        .staff
        .iter()
        .filter(|person| of_kind(person) && employed(person, year))
        .filter_map(|person| Some((person, part(input, person, units)?)))
        .collect();
    let told: Vec<_> = here.iter().filter_map(|(person, part)| Some((*person, *part, counted(person)?))).collect();
    if input.tables.staff.is_empty() || (told.is_empty() && !here.is_empty()) {
        return MeasuredValue::missing(Reason::NotSupplied);
    }
    let counted: Vec<_> = told.into_iter().filter(|(_, _, counted)| *counted).collect();
    let fte = counted.iter().map(|(person, part, _)| person.fte * part).sum();
    MeasuredValue::known(fte, counted.len() as u64, Status::Computed)
}

/// The part of a person's FTE that a set of units counts: all of it, or by policy an equal part for each post.
fn part(input: Input, person: &Staff, units: &[UnitIndex]) -> Option<f64> {
    let graph = &input.tables.units;
    let is_post = |&&unit: &&UnitIndex| {
        !person.units.iter().any(|&other| other != unit && graph.ancestors(other).binary_search(&unit).is_ok())
    };
    let posts: Vec<UnitIndex> = person.units.iter().filter(is_post).copied().collect();
    let inside = posts.iter().filter(|post| units.binary_search(post).is_ok()).count();
    let inside_above = person.units.iter().filter(|post| units.binary_search(post).is_ok()).count();
    match input.assessment.policy.several_posts {
        _ if inside_above == 0 => None,
        SeveralPosts::Whole => Some(1.0),
        SeveralPosts::Split => Some(inside as f64 / posts.len().max(1) as f64).filter(|part| *part > 0.0),
    }
}

/// Employed at the turn of the data year.
fn employed(person: &Staff, year: i32) -> bool {
    let day = Date { year, month: 12, day: 31 };
    person.from.is_none_or(|from| from <= day) && person.to.is_none_or(|to| to >= day)
}

/// Rows of the unit itself, else of its nearest descendants that have some; each unit's rows once.
fn own_or_nearest<'a, T>(
    input: Input,
    unit: UnitIndex,
    rows: &'a [T],
    unit_of: impl Fn(&T) -> UnitIndex,
    take: impl Fn(&T) -> bool,
) -> Vec<&'a T> {
    let mut sources = BTreeSet::new();
    let mut open = vec![unit];
    let mut seen = BTreeSet::new();
    while let Some(unit) = open.pop() {
        if !seen.insert(unit) {
            continue;
        }
        if rows.iter().any(|row| unit_of(row) == unit && take(row)) {
            sources.insert(unit);
        } else {
            open.extend(&input.tables.units.get(unit).children);
        }
    }
    rows.iter().filter(|row| take(row) && sources.contains(&unit_of(row))).collect()
}

/// Σ of a figure over the student rows of a year. A row for all levels together takes the place of the levels.
fn students(input: Input, year: i32, unit: UnitIndex, figure: impl Fn(&Students) -> Option<f64>) -> MeasuredValue {
    let rows = own_or_nearest(input, unit, &input.tables.students, |row| row.unit, |row| row.year == year);
    let totals: BTreeSet<UnitIndex> = rows.iter().filter(|row| row.level == Level::All).map(|row| row.unit).collect();
    let counted: Vec<&Students> =
        rows.into_iter().filter(|row| (row.level == Level::All) == totals.contains(&row.unit)).collect();
    let known: Vec<f64> = counted.iter().filter_map(|row| figure(row)).collect();
    if known.is_empty() {
        return MeasuredValue::missing(Reason::NotSupplied);
    }
    let heads: f64 = counted.iter().map(|row| row.headcount).sum();
    MeasuredValue::known(known.iter().sum(), heads as u64, Status::Computed)
}

/// Degrees of the wanted levels. A unit that states degrees of other levels only has none of these.
fn degrees(input: Input, year: i32, unit: UnitIndex, wanted: impl Fn(Level) -> bool) -> MeasuredValue {
    let rows: Vec<&Degrees> =
        own_or_nearest(input, unit, &input.tables.degrees, |row| row.unit, |row| row.year == year);
    if rows.is_empty() {
        return MeasuredValue::missing(Reason::NotSupplied);
    }
    let count: f64 = rows.iter().filter(|row| wanted(row.level)).map(|row| row.count).sum();
    MeasuredValue::known(count, count as u64, Status::Computed)
}

/// Σ of one kind of money in international dollars; `n` is the number of rows.
fn finance(input: Input, year: i32, unit: UnitIndex, item: FinanceItem) -> MeasuredValue {
    let rows: Vec<&Finance> =
        own_or_nearest(input, unit, &input.tables.finance, |row| row.unit, |row| row.year == year && row.item == item);
    if rows.is_empty() {
        return MeasuredValue::missing(Reason::NotSupplied);
    }
    MeasuredValue::known(rows.iter().map(|row| row.amount).sum(), rows.len() as u64, Status::Computed)
}
