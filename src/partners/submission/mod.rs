//! Figures for the portals of rankings, filled from the unit sheets, and how they reconcile.
//!
//! All amounts are whole millionths ([`Exact`]), so that the figures of subjects add up to those of the units to the last
//! digit. Persons, students, degrees and money of a unit belong to its subject: shares of the sheet of subjects, else the
//! subject of the units sheet, else those of the nearest unit above that has some.

mod amounts;
mod checks;
mod subjects;

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::model::assessment::SeveralPosts;
use crate::model::partners::submission::{
    Exact, Figure, NO_SUBJECT, QS_FIGURES, Submission, Switch, THE_FIGURES, THE_SUBJECTS, TOTAL,
};
use crate::model::results::Results;
use amounts::{Amount, amounts};
use subjects::SubjectShares;

/// A change on last year from which the office must say why.
const LARGE_CHANGE: f64 = 0.25;

/// The sheets of THE and QS; empty where no sheet holds staff, students, degrees or money.
pub fn submissions(results: &Results, findings: &mut Vec<Finding>) -> Vec<Submission> {
    let Some(year) = year(results) else { return Vec::new() };
    let shares = SubjectShares::new(results, findings);
    let amounts = amounts(results, year);
    let the = sheet(results, "the", year, &THE_FIGURES, &amounts, Some(&shares));
    let qs = sheet(results, "qs", year, &QS_FIGURES, &amounts, None);
    let sheets = vec![the, qs];
    for sheet in &sheets {
        checks::report(sheet, findings);
    }
    sheets
}

/// The data year: that of the first edition of THE or QS, else the last year of students.
fn year(results: &Results) -> Option<i32> {
    let tables = &results.tables;
    if tables.students.is_empty() && tables.degrees.is_empty() && tables.finance.is_empty() {
        return None;
    }
    let ranking = |id: &str| id.starts_with("the/") || id.starts_with("qs/");
    let edition = results.editions.iter().find(|edition| ranking(&edition.id));
    edition.map(|edition| edition.windows.institutional).or_else(|| tables.students.iter().map(|row| row.year).max())
}

fn sheet(
    results: &Results,
    ranking: &'static str,
    year: i32,
    codes: &[&'static str],
    amounts: &[Amount],
    shares: Option<&SubjectShares>,
) -> Submission {
    let mut by_subject: BTreeMap<(&str, &str), Exact> = BTreeMap::new();
    let mut rows: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut of_units: BTreeMap<&str, Exact> = BTreeMap::new();
    let own = || amounts.iter().filter(|amount| amount.ranking == ranking && codes.contains(&amount.figure));
    for amount in own() {
        *of_units.entry(amount.figure).or_default() += amount.value;
        let parts = shares.map_or_else(Vec::new, |shares| shares.divide(amount));
        for (subject, part) in parts.into_iter().chain([(TOTAL, amount.value)]) {
            *by_subject.entry((subject, amount.figure)).or_default() += part;
            *rows.entry((subject, amount.figure)).or_default() += u64::from(!amount.deducted);
        }
    }
    if ranking == "qs" {
        full_time_equivalents(&mut by_subject, &mut rows, &mut of_units);
    }
    let subjects: Vec<&str> = match shares {
        Some(_) => THE_SUBJECTS.iter().copied().chain([NO_SUBJECT, TOTAL]).collect(),
        None => vec![TOTAL],
    };
    let last = |subject: &str, figure: &str| {
        results
            .tables
            .submitted
            .iter()
            .find(|row| row.ranking == ranking && row.subject == subject && row.figure == figure)
    };
    let mut figures = Vec::new();
    for &subject in &subjects {
        for &figure in codes {
            // A figure of which no row says anything is not 0; of a subject without rows it is, where others have some.
            let known = of_units.contains_key(figure);
            let exact = known.then(|| by_subject.get(&(subject, figure)).copied().unwrap_or_default());
            let value = exact.map(Exact::as_f64);
            let before = last(subject, figure);
            let last_year = before.map(|row| row.value);
            let change = value.zip(last_year).filter(|(_, last)| *last > 0.0).map(|(now, last)| (now - last) / last);
            figures.push(Figure {
                ranking,
                subject: subject.to_owned(),
                figure,
                year,
                value,
                of_units: of_units.get(figure).filter(|_| subject == TOTAL).map(|sum| sum.as_f64()),
                rows: rows.get(&(subject, figure)).copied().unwrap_or(0),
                last_year,
                change,
                explanation: before.map_or_else(String::new, |row| row.explanation.clone()),
            });
        }
    }
    let checks = checks::checks(results, ranking, &figures, &by_subject, amounts, LARGE_CHANGE);
    Submission { ranking, year, figures, checks, switches: switches(results, ranking) }
}

/// FTE of QS: full-time heads and a third of part-time heads (qs.com, how FTE is calculated).
fn full_time_equivalents<'a>(
    by_subject: &mut BTreeMap<(&'a str, &'a str), Exact>,
    rows: &mut BTreeMap<(&'a str, &'a str), u64>,
    of_units: &mut BTreeMap<&'a str, Exact>,
) {
    let heads = |figure| by_subject.get(&(TOTAL, figure)).copied();
    let (full, part) = (heads("faculty_full_time"), heads("faculty_part_time"));
    if full.is_none() && part.is_none() {
        return;
    }
    let (full, part) = (full.unwrap_or_default(), part.unwrap_or_default());
    let fte = Exact(full.0 + part.0 / 3);
    let count =
        ["faculty_full_time", "faculty_part_time"].iter().filter_map(|figure| rows.get(&(TOTAL, *figure))).sum();
    by_subject.insert((TOTAL, "faculty_fte"), fte);
    of_units.insert("faculty_fte", fte);
    rows.insert((TOTAL, "faculty_fte"), count);
}

/// Definitions that move a medical university's figures, as they were used.
fn switches(results: &Results, ranking: &'static str) -> Vec<Switch> {
    let policy = &results.assessment.policy;
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let posts = match policy.several_posts {
        SeveralPosts::Split | SeveralPosts::Whole => "split",
    };
    let mut switches = vec![
        Switch { switch: "clinicians_without_rank", setting: "as_the_staff_sheet_says".to_owned() },
        Switch { switch: "residency_is_doctoral", setting: yes(policy.residency_is_doctoral) },
        Switch { switch: "professional_is_doctoral", setting: "no".to_owned() },
        Switch { switch: "several_posts", setting: posts.to_owned() },
        Switch { switch: "employed_on", setting: "last_day_of_the_year".to_owned() },
    ];
    if ranking == "the" {
        switches.push(Switch { switch: "hospital_income", setting: "as_the_finance_sheet_says".to_owned() });
    } else {
        switches.push(Switch { switch: "full_time_from", setting: "three_quarters".to_owned() });
    }
    switches
}
