//! Relations that figures must hold, and whose row is at fault where one does not.

use std::collections::BTreeMap;

use super::amounts::Amount;
use crate::diagnostic::{Finding, Place};
use crate::model::partners::submission::{Check, Exact, Figure, NO_SUBJECT, Submission, TOTAL};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// A part and the whole that it must not exceed.
const SUBSETS: [(&str, &str); 11] = [
    ("academic_staff_international", "academic_staff"),
    ("academic_staff_female", "academic_staff"),
    ("students_international", "students"),
    ("students_female", "students"),
    ("research_income", "institutional_income"),
    ("industry_income", "research_income"),
    ("faculty_female", "faculty_full_time+faculty_part_time"),
    ("faculty_male", "faculty_full_time+faculty_part_time"),
    ("faculty_international", "faculty_full_time+faculty_part_time"),
    ("faculty_doctorate", "faculty_full_time+faculty_part_time"),
    ("degrees_doctorate", "students_doctorate"),
];

/// Levels that add up to all students of THE, and of QS.
const LEVELS: [(&str, &[&str]); 2] = [
    ("the", &["students_bachelor", "students_master", "students_doctorate"]),
    ("qs", &["students_undergraduate", "students_postgraduate"]),
];

/// Part of the students by which the levels may differ from them: rows that state no level, and FTE beside heads.
const LEVELS_OFF: f64 = 0.05;

type Sums<'a> = BTreeMap<(&'a str, &'a str), Exact>;

/// All that does not hold, in the order of subjects and figures.
pub fn checks(
    results: &Results,
    ranking: &'static str,
    figures: &[Figure],
    sums: &Sums,
    amounts: &[Amount],
    large: f64,
) -> Vec<Check> {
    let mut checks = Vec::new();
    let scene = Scene { results, ranking, amounts };
    let subjects: Vec<&str> = {
        let mut subjects: Vec<&str> = figures.iter().map(|figure| figure.subject.as_str()).collect();
        subjects.dedup();
        subjects
    };
    for subject in &subjects {
        for (part, whole) in SUBSETS {
            let whole_sum = sum_of(sums, subject, whole);
            let (Some(value), Some(against)) = (sums.get(&(*subject, part)).copied(), whole_sum) else { continue };
            // More doctorates than doctoral students of one year can be; it is asked about at the university alone.
            let asked = part != "degrees_doctorate" || *subject == TOTAL;
            if value > against && asked {
                let (unit, source) = scene.culprit(part, whole);
                let name = figures.iter().find(|figure| figure.figure == part).map_or("", |figure| figure.figure);
                checks.push(scene.check(("subset_above_total", subject, name), (value, against), (unit, source)));
            }
        }
        for (_, levels) in LEVELS.iter().filter(|(of, _)| *of == ranking) {
            let Some(students) = sums.get(&(*subject, "students")) else { continue };
            let known: Vec<Exact> = levels.iter().filter_map(|level| sums.get(&(*subject, *level)).copied()).collect();
            let together: Exact = known.iter().copied().sum();
            let off = (together.as_f64() - students.as_f64()).abs();
            if !known.is_empty() && off > LEVELS_OFF * students.as_f64().max(1.0) {
                let (unit, source) = scene.level_culprit(levels);
                checks.push(scene.check(
                    ("levels_and_students", subject, "students"),
                    (together, *students),
                    (unit, source),
                ));
            }
        }
    }
    checks.extend(sums_of_units(&scene, figures, sums));
    checks.extend(parts_above_whole(&scene));
    for figure in figures {
        let (Some(change), Some(value), Some(last)) = (figure.change, figure.value, figure.last_year) else { continue };
        if change.abs() > large && figure.explanation.is_empty() {
            let unit = scene.largest(figure.figure);
            let row = results
                .tables
                .submitted
                .iter()
                .find(|row| row.ranking == ranking && row.subject == figure.subject && row.figure == figure.figure);
            let source = row.map_or_else(String::new, |row| row.place.to_string());
            checks.push(Check {
                ranking,
                check: "change_unexplained",
                subject: figure.subject.clone(),
                figure: figure.figure,
                value,
                against: last,
                unit,
                source,
            });
        }
    }
    checks
}

/// Units that state less than those below them do.
fn parts_above_whole(scene: &Scene) -> Vec<Check> {
    let mut own: BTreeMap<(&'static str, UnitIndex), Exact> = BTreeMap::new();
    let amounts = || scene.amounts.iter().filter(|amount| amount.ranking == scene.ranking);
    for amount in amounts().filter(|amount| !amount.deducted) {
        *own.entry((amount.figure, amount.units[0])).or_default() += amount.value;
    }
    let below = amounts().filter(|amount| amount.deducted);
    below
        .filter_map(|amount| {
            let stated = own.get(&(amount.figure, amount.units[0])).copied().unwrap_or_default();
            let parts = Exact(-amount.value.0);
            let (unit, source) = (scene.id(amount.units[0]), amount.place.to_string());
            (parts > stated)
                .then(|| scene.check(("parts_above_whole", TOTAL, amount.figure), (parts, stated), (unit, source)))
        })
        .collect()
}

struct Scene<'a> {
    results: &'a Results,
    ranking: &'static str,
    amounts: &'a [Amount],
}

fn sum_of(sums: &Sums, subject: &str, whole: &str) -> Option<Exact> {
    let parts: Vec<Exact> = whole.split('+').filter_map(|figure| sums.get(&(subject, figure)).copied()).collect();
    (!parts.is_empty()).then(|| parts.into_iter().sum())
}

/// Subjects and what belongs to none add up to the university, and the university to its rows, to the last digit; and what
/// belongs to no subject is told.
fn sums_of_units(scene: &Scene, figures: &[Figure], sums: &Sums) -> Vec<Check> {
    let mut checks = Vec::new();
    for total in figures.iter().filter(|figure| figure.subject == TOTAL) {
        let Some(whole) = sums.get(&(TOTAL, total.figure)) else { continue };
        let parts: Exact = sums
            .iter()
            .filter(|((subject, figure), _)| *subject != TOTAL && *figure == total.figure)
            .map(|(_, sum)| *sum)
            .sum();
        if scene.ranking == "the" && parts != *whole {
            checks.push(scene.check(("sum_of_units", TOTAL, total.figure), (parts, *whole), Default::default()));
        }
        if let Some(none) = sums.get(&(NO_SUBJECT, total.figure)).filter(|none| **none != Exact::default()) {
            let unit = scene.largest(total.figure);
            let about = ("no_subject", NO_SUBJECT, total.figure);
            checks.push(scene.check(about, (*none, Exact::default()), (unit, String::new())));
        }
    }
    checks
}

impl Scene<'_> {
    /// A check of a figure of a subject: what stands there, what it is held against, and the unit and row at fault.
    fn check(
        &self,
        (check, subject, figure): (&'static str, &str, &'static str),
        (value, against): (Exact, Exact),
        (unit, source): (String, String),
    ) -> Check {
        Check {
            ranking: self.ranking,
            check,
            subject: subject.to_owned(),
            figure,
            value: value.as_f64(),
            against: against.as_f64(),
            unit,
            source,
        }
    }

    fn id(&self, unit: UnitIndex) -> String {
        self.results.tables.units.get(unit).id.clone()
    }

    /// What units state of a figure, in the order of units; of a person with several posts at the first.
    fn by_unit(&self, figure: &str) -> BTreeMap<UnitIndex, (Exact, &Place)> {
        let mut by_unit: BTreeMap<UnitIndex, (Exact, &Place)> = BTreeMap::new();
        for amount in self
            .amounts
            .iter()
            .filter(|amount| amount.ranking == self.ranking && amount.figure == figure && !amount.deducted)
        {
            let Some(&unit) = amount.units.first() else { continue };
            by_unit.entry(unit).or_insert((Exact::default(), &amount.place)).0 += amount.value;
        }
        by_unit
    }

    /// The unit whose part exceeds its whole most, and the row of the part.
    fn culprit(&self, part: &str, whole: &str) -> (String, String) {
        let wholes: Vec<_> = whole.split('+').map(|figure| self.by_unit(figure)).collect();
        let excess = |(unit, (value, place)): (&UnitIndex, &(Exact, &Place))| {
            // A unit that does not state the whole is not asked for it.
            let against: Vec<Exact> = wholes.iter().filter_map(|whole| whole.get(unit).map(|(sum, _)| *sum)).collect();
            let excess = if against.is_empty() { 0 } else { value.0 - against.into_iter().sum::<Exact>().0 };
            (excess, std::cmp::Reverse(*unit), place.to_string())
        };
        let found = self.by_unit(part).iter().map(excess).max().filter(|(excess, ..)| *excess > 0);
        found.map_or_else(Default::default, |(_, unit, place)| (self.id(unit.0), place))
    }

    /// The unit whose levels differ most from its students.
    fn level_culprit(&self, levels: &[&str]) -> (String, String) {
        let students = self.by_unit("students");
        let levels: Vec<_> = levels.iter().map(|level| self.by_unit(level)).collect();
        let off = |(unit, (all, place)): (&UnitIndex, &(Exact, &Place))| {
            let together: Exact = levels.iter().filter_map(|level| level.get(unit).map(|(sum, _)| *sum)).sum();
            ((together.0 - all.0).abs(), std::cmp::Reverse(*unit), place.to_string())
        };
        let found = students.iter().map(off).max().filter(|(off, ..)| *off > 0);
        found.map_or_else(Default::default, |(_, unit, place)| (self.id(unit.0), place))
    }

    /// The unit with most of a figure: where a change is to be looked for first.
    fn largest(&self, figure: &str) -> String {
        let by_unit = self.by_unit(figure);
        let most = by_unit.iter().map(|(unit, (sum, _))| (*sum, std::cmp::Reverse(*unit))).max();
        most.map_or_else(String::new, |(_, unit)| self.id(unit.0))
    }
}

/// What must not stand in a portal as errors and warnings, each once.
pub fn report(sheet: &Submission, findings: &mut Vec<Finding>) {
    let ranking = sheet.ranking.to_uppercase();
    for check in sheet.checks.iter().filter(|check| check.subject == TOTAL) {
        let about = if check.unit.is_empty() {
            String::new()
        } else {
            format!("; look at unit \"{}\", {}", check.unit, check.source)
        };
        let (code, message) = match check.check {
            "subset_above_total" => (
                "subset-above-total",
                format!(
                    "{ranking}: {} is {}, more than the {} that it is part of",
                    check.figure, check.value, check.against
                ),
            ),
            "levels_and_students" => (
                "levels-and-students",
                format!("{ranking}: the levels add up to {} students, all students are {}", check.value, check.against),
            ),
            "change_unexplained" => (
                "change-unexplained",
                format!(
                    "{ranking}: {} is {}, last year {} was submitted; say why",
                    check.figure, check.value, check.against
                ),
            ),
            "parts_above_whole" => (
                "parts-above-whole",
                format!(
                    "{ranking}: units below state {} of {}, more than the {} of the unit above them",
                    check.value, check.figure, check.against
                ),
            ),
            _ => (
                "sum-of-units",
                format!("{ranking}: {} of subjects is {}, of units {}", check.figure, check.value, check.against),
            ),
        };
        findings.push(Finding::warning(code, format!("{message}{about}")));
    }
}
