//! Measures of staff, students, degrees and money in a data year.
//!
//! Staff are persons: a unit counts the union over itself and its descendants, each person once. Students, degrees and
//! money are stated by unit: a unit's own rows hold where there are any, else those of its nearest descendants that have some.

use std::collections::BTreeSet;

use crate::measure::{Input, lists};
use crate::model::assessment::SeveralPosts;
use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::measure::{Reason, Status};
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

/// A sheet that institutional measures read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sheet {
    /// Persons.
    Staff,
    /// Students.
    Students,
    /// Degrees.
    Degrees,
    /// Money.
    Finance,
}

/// The sheet that one of [`MEASURES`] reads; `None` for any other.
pub fn sheet(code: &str) -> Option<Sheet> {
    match code {
        "students" | "international_students" => Some(Sheet::Students),
        "bachelor_degrees" | "doctorates_awarded" => Some(Sheet::Degrees),
        "institutional_income" | "research_income" | "industry_income" => Some(Sheet::Finance),
        _ => MEASURES.contains(&code).then_some(Sheet::Staff),
    }
}

/// The rows of one institutional measure of one unit in the year that begins in `year`.
pub fn evidence(input: Input, code: &str, year: i32, unit: usize) -> Evidence {
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
            let mut persons = staff(input, year, unit, academic, |_| Some(true));
            for term in &mut persons.terms {
                *term = Term::weighted(term.subject, 1.0, 1.0);
            }
            persons
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
        _ => Evidence::missing(Reason::NotSupplied),
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
        "highly_cited_researchers" => lists::years(input),
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
) -> Evidence {
    let units = input.tables.units.descendants(unit);
    let here: Vec<(u32, &Staff, f64)> = (0_u32..)
        .zip(&input.tables.staff)
        .filter(|(_, person)| of_kind(person) && employed(person, year))
        .filter_map(|(index, person)| Some((index, person, part(input, person, units)?)))
        .collect();
    let told: Vec<_> =
        here.iter().filter_map(|(index, person, part)| Some((*index, person.fte, *part, counted(person)?))).collect();
    if input.tables.staff.is_empty() || (told.is_empty() && !here.is_empty()) {
        return Evidence::missing(Reason::NotSupplied);
    }
    let terms: Vec<Term> = (told.into_iter().filter(|(_, _, _, counted)| *counted))
        .map(|(index, fte, part, _)| Term::weighted(Subject::Staff(index), part, fte))
        .collect();
    let n = terms.len() as u64;
    Evidence::known(terms, Fold::Sum, n, Status::Computed)
}

/// The part of a person's FTE that a set of units counts: all of it, or by policy an equal part for each post.
fn part(input: Input, person: &Staff, units: &[UnitIndex]) -> Option<f64> {
    let within = |post: &&UnitIndex| units.binary_search(post).is_ok();
    if !person.units.iter().any(|post| within(&post)) {
        return None;
    }
    if input.assessment.policy.several_posts == SeveralPosts::Whole {
        return Some(1.0);
    }
    let graph = &input.tables.units;
    let is_post = |&&unit: &&UnitIndex| {
        !person.units.iter().any(|&other| other != unit && graph.ancestors(other).binary_search(&unit).is_ok())
    };
    let posts: Vec<UnitIndex> = person.units.iter().filter(is_post).copied().collect();
    let inside = posts.iter().filter(within).count();
    Some(inside as f64 / posts.len().max(1) as f64).filter(|part| *part > 0.0)
}

/// Employed at the turn of the data year.
pub(super) fn employed(person: &Staff, year: i32) -> bool {
    let day = Date { year, month: 12, day: 31 };
    person.from.is_none_or(|from| from <= day) && person.to.is_none_or(|to| to >= day)
}

/// Rows of the unit itself, else of its nearest descendants that have some, with their numbers; each unit's rows once.
fn own_or_nearest<'a, T>(
    input: Input,
    unit: UnitIndex,
    rows: &'a [T],
    unit_of: impl Fn(&T) -> UnitIndex,
    take: impl Fn(&T) -> bool,
) -> Vec<(u32, &'a T)> {
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
    (0_u32..).zip(rows).filter(|(_, row)| take(row) && sources.contains(&unit_of(row))).collect()
}

/// Σ of a figure over the student rows of a year. A row for all levels together takes the place of the levels.
fn students(input: Input, year: i32, unit: UnitIndex, figure: impl Fn(&Students) -> Option<f64>) -> Evidence {
    let rows = own_or_nearest(input, unit, &input.tables.students, |row| row.unit, |row| row.year == year);
    let of_all = rows.iter().filter(|(_, row)| row.level == Level::All);
    let totals: BTreeSet<UnitIndex> = of_all.map(|(_, row)| row.unit).collect();
    let counted: Vec<(u32, &Students)> =
        rows.into_iter().filter(|(_, row)| (row.level == Level::All) == totals.contains(&row.unit)).collect();
    let term = |(index, row): &(u32, &Students)| Some(Term::weighted(Subject::Students(*index), 1.0, figure(row)?));
    let terms: Vec<Term> = counted.iter().filter_map(term).collect();
    if terms.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let heads: f64 = counted.iter().map(|(_, row)| row.headcount).sum();
    Evidence::known(terms, Fold::Sum, heads as u64, Status::Computed)
}

/// Degrees of the wanted levels. A unit that states degrees of other levels only has none of these.
fn degrees(input: Input, year: i32, unit: UnitIndex, wanted: impl Fn(Level) -> bool) -> Evidence {
    let rows: Vec<(u32, &Degrees)> =
        own_or_nearest(input, unit, &input.tables.degrees, |row| row.unit, |row| row.year == year);
    if rows.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let wanted = rows.into_iter().filter(|(_, row)| wanted(row.level));
    let terms: Vec<Term> = wanted.map(|(index, row)| Term::weighted(Subject::Degrees(index), 1.0, row.count)).collect();
    let count: f64 = terms.iter().map(|term| term.amount).sum();
    Evidence::known(terms, Fold::Sum, count as u64, Status::Computed)
}

/// Σ of one kind of money in international dollars; `n` is the number of rows.
fn finance(input: Input, year: i32, unit: UnitIndex, item: FinanceItem) -> Evidence {
    let rows: Vec<(u32, &Finance)> =
        own_or_nearest(input, unit, &input.tables.finance, |row| row.unit, |row| row.year == year && row.item == item);
    if rows.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let n = rows.len() as u64;
    let terms = rows.iter().map(|(index, row)| Term::weighted(Subject::Finance(*index), 1.0, row.amount)).collect();
    Evidence::known(terms, Fold::Sum, n, Status::Computed)
}
