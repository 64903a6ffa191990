//! What the sheets name and is not there: each a finding at its row.

use std::collections::BTreeSet;

use crate::accreditation::bars::number;
use crate::accreditation::known::Known;
use crate::diagnostic::{Finding, Place};

/// `duplicate-standard`, `duplicate-evaluator`, `duplicate-rating`, `duplicate-visit`, `unknown-standard`, `unknown-area`,
/// `unknown-evaluator`, `unknown-staff`, `unknown-version`, `no-leaders`, `no-data-day`.
pub fn check(known: &Known<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    repeated(known, &mut findings);
    standards(known, &mut findings);
    crosswalk(known, &mut findings);
    evaluators(known, &mut findings);
    visits(known, &mut findings);
    let sheets = known.sheets;
    let waits = sheets.evidence.iter().any(|row| row.received.is_none() && row.due.is_some())
        || sheets.regulations.iter().any(|row| row.done.is_none() && row.due.is_some());
    if waits && known.day().is_none() {
        let message = "without the day of the data nothing can be told to be overdue";
        let hint = "write [calendar] data = \"1403-12-29\" in assessment.toml";
        findings.push(Finding::warning("no-data-day", message).at(Place::file("assessment.toml")).hint(hint));
    }
    findings
}

fn repeated(known: &Known<'_>, findings: &mut Vec<Finding>) {
    let sheets = known.sheets;
    let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut again = |key: Vec<String>, code: &'static str, message: String, place: &Place| {
        if !seen.insert(key) {
            findings.push(Finding::error(code, message).at(place.clone()).hint("remove one of the two rows"));
        }
    };
    for row in &sheets.standards {
        let message =
            format!("standard \"{}\" of \"{}\" is listed twice; the first row is used", row.code, row.version);
        again(vec!["s".into(), row.version.clone(), row.code.clone()], "duplicate-standard", message, &row.place);
    }
    for row in &sheets.evaluators {
        let message = format!("evaluator \"{}\" is listed twice; the first row is used", row.id);
        again(vec!["e".into(), row.id.clone()], "duplicate-evaluator", message, &row.place);
    }
    for row in &sheets.visits {
        let message = format!("unit \"{}\" is to be visited twice; the first row is used", known.id(row.unit));
        again(vec!["v".into(), known.id(row.unit)], "duplicate-visit", message, &row.place);
    }
    for row in &sheets.ratings {
        let (unit, side) = (known.id(row.unit), row.side.as_str());
        let message = format!("\"{}\" of \"{unit}\" is rated twice by \"{}\"; both count", row.standard, row.rater);
        let key =
            vec!["r".into(), unit.clone(), row.round.to_string(), side.into(), row.standard.clone(), row.rater.clone()];
        again(key, "duplicate-rating", message, &row.place);
    }
}

fn standards(known: &Known<'_>, findings: &mut Vec<Finding>) {
    let all: BTreeSet<&str> = known.sheets.standards.iter().map(|standard| standard.code.as_str()).collect();
    let mut of_round: Vec<(i32, BTreeSet<&str>)> = Vec::new();
    for &round in &known.rounds {
        of_round.push((round, known.standards_in(round).iter().map(|standard| standard.code.as_str()).collect()));
    }
    for row in &known.sheets.ratings {
        let codes = of_round.iter().find(|(round, _)| *round == row.round).map(|(_, codes)| codes);
        if !codes.is_some_and(|codes| codes.contains(row.standard.as_str())) {
            let version = known.version_in(row.round).unwrap_or("any version");
            let message = format!("standard \"{}\" is not in force in {version}; the rating is not used", row.standard);
            findings.push(Finding::error("unknown-standard", message).at(row.place.clone()));
        }
    }
    let others = known.sheets.evidence.iter().map(|row| (&row.standard, &row.place));
    let articles =
        known.sheets.regulations.iter().flat_map(|row| row.standards.iter().map(move |code| (code, &row.place)));
    for (code, place) in others.chain(articles) {
        if !all.contains(code.as_str()) {
            let message = format!("there is no standard \"{code}\"");
            findings.push(Finding::error("unknown-standard", message).at(place.clone()));
        }
    }
}

fn crosswalk(known: &Known<'_>, findings: &mut Vec<Finding>) {
    for row in &known.sheets.crosswalk {
        for (version, code) in [(&row.from_version, &row.from_code), (&row.to_version, &row.to_code)] {
            let place = || row.place.clone();
            if !known.versions.contains(&version.as_str()) {
                let message = format!("there is no version \"{version}\" of the catalogue");
                findings.push(Finding::error("unknown-version", message).at(place()));
            } else if !known.sheets.standards.iter().any(|s| s.version == *version && s.code == *code) {
                let message = format!("version \"{version}\" has no standard \"{code}\"");
                findings.push(Finding::error("unknown-standard", message).at(place()));
            }
        }
    }
}

fn evaluators(known: &Known<'_>, findings: &mut Vec<Finding>) {
    let areas: BTreeSet<&str> = known.sheets.standards.iter().map(|standard| standard.area.as_str()).collect();
    let expertise = known.sheets.evaluators.iter().flat_map(|row| row.areas.iter().map(move |area| (area, &row.place)));
    let wanted = known.sheets.visits.iter().flat_map(|row| row.areas.iter().map(move |area| (area, &row.place)));
    for (area, place) in expertise.chain(wanted) {
        if !areas.is_empty() && !areas.contains(area.as_str()) {
            let message = format!("no standard has the area \"{area}\"");
            findings.push(Finding::warning("unknown-area", message).at(place.clone()));
        }
    }
    for row in &known.sheets.ties {
        if !known.sheets.evaluators.iter().any(|evaluator| evaluator.id == row.evaluator) {
            let message = format!("there is no evaluator \"{}\"", row.evaluator);
            findings.push(Finding::error("unknown-evaluator", message).at(row.place.clone()));
        }
    }
}

fn visits(known: &Known<'_>, findings: &mut Vec<Finding>) {
    let staff: BTreeSet<String> = known.results.tables.staff.iter().map(|person| number(&person.id)).collect();
    for row in &known.sheets.visits {
        if row.leaders.is_empty() {
            let message = format!("no leader of \"{}\" is named: no tie by papers can be found", known.id(row.unit));
            findings.push(Finding::warning("no-leaders", message).at(row.place.clone()));
        }
        for leader in row.leaders.iter().filter(|leader| !staff.contains(*leader)) {
            let message = format!("no member of staff has the number \"{leader}\"");
            findings.push(Finding::error("unknown-staff", message).at(row.place.clone()));
        }
    }
}
