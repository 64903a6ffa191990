//! The closing summary: what was read, what was left out, what to do next, where the files are.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::cli::memory;
use crate::cli::run::Times;
use crate::cli::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::model::calibration::Calibration;
use crate::model::placement::Placement;
use crate::model::results::Results;
use crate::model::unit::UNIVERSITY;

/// What a run says at its end, without where its files are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    lines: Vec<String>,
    /// The same for `--json`.
    value: Value,
    publications: usize,
}

impl Summary {
    /// Of a run.
    pub fn of(results: &Results) -> Self {
        Summary { lines: lines(results), value: as_json(results), publications: results.publications.len() }
    }

    /// Prints it; with `--json` as one JSON object on standard output.
    pub fn print(&self, terminal: &Terminal, times: &Times, out: &Path) {
        if terminal.json {
            let mut value = self.value.clone();
            value["out"] = json!(out.display().to_string());
            terminal.print(&serde_json::to_string_pretty(&value).unwrap_or_default());
            return;
        }
        let mut lines = self.lines.clone();
        lines.push(format!("Results: {}   (open {})", out.display(), out.join("index.html").display()));
        if terminal.verbose > 0 && !times.is_empty() {
            let stages: Vec<String> =
                times.iter().map(|(name, time)| format!("{name} {:.2} s", time.as_secs_f64())).collect();
            lines.push(format!("Time: {}", stages.join(", ")));
            let total: f64 = times.iter().map(|(_, time)| time.as_secs_f64()).sum();
            let rate = self.publications as f64 / total.max(1e-9);
            lines.push(format!("Rate: {rate:.0} publications/s over {total:.2} s"));
            lines.extend(peak_memory());
        }
        lines.iter().for_each(|line| terminal.say(line));
    }
}

fn lines(results: &Results) -> Vec<String> {
    let mut lines = what_was_read(results);
    lines.push(String::new());
    for (edition, card) in results.editions.iter().zip(&results.scorecards) {
        let overall: Vec<_> = card.composites.iter().filter(|composite| composite.group.is_none()).collect();
        let scored = overall.iter().filter(|composite| composite.score.is_some()).count();
        lines.push(format!("  {:<14} {scored} of {} units have a composite", edition.id, overall.len()));
    }
    lines.extend(places(results));
    lines.extend(results.calibrations.iter().map(calibrated));
    lines.push(String::new());
    lines.extend(next_steps(results));
    lines
}

/// Where the composites of universities stand on the published scales.
fn places(results: &Results) -> Vec<String> {
    let units = &results.tables.units;
    let whole = |placement: &&Placement| units.get(placement.unit).unit_type == UNIVERSITY;
    let told = |placement: &Placement| {
        let (unit, edition) = (&units.get(placement.unit).id, &results.editions[placement.edition].id);
        let Some(standing) = &placement.place else {
            return format!("  {unit}: no composites at ranks are published for {edition}");
        };
        let between = match standing.ends {
            Some([low, high]) if low != high => format!(", {high} to {low} over its interval"),
            _ => String::new(),
        };
        let [coverage, on_scale] = [placement.coverage, placement.on_scale].map(|share| (100.0 * share).round());
        let (band, score) = (standing.band, placement.score);
        format!(
            "  {unit}: {score:.1} in the style of {edition} would stand at {band}{between} \
             (coverage {coverage} %, {on_scale} % of it on published constants)"
        )
    };
    results.placements.iter().filter(whole).map(told).collect()
}

/// What the own published past stands in for.
fn calibrated(calibration: &Calibration) -> String {
    let Calibration { edition, indicator, unit_type, points, error, .. } = calibration;
    let error = match error {
        Some(error) => format!("error {error:.1} points, each left out in turn"),
        None => "error unknown: fewer than three".to_owned(),
    };
    format!(
        "  {edition}:{indicator} of type {unit_type} on {points} published scores of the own past ({error}), unless peers are supplied"
    )
}

fn peak_memory() -> Option<String> {
    memory::peak().map(|peak| format!("Peak memory: {:.0} MiB", peak as f64 / 1_048_576.0))
}

/// Prints the summary of a check.
pub fn checked(terminal: &Terminal, results: &Results) {
    what_was_read(results).iter().for_each(|line| terminal.say(line));
    next_steps(results).iter().for_each(|line| terminal.say(line));
    if terminal.verbose > 0 {
        peak_memory().iter().for_each(|line| terminal.say(line));
    }
}

fn what_was_read(results: &Results) -> Vec<String> {
    let tables = &results.tables;
    let name = results.assessment.institution.name.get("en");
    let invented = if results.assessment.institution.invented { " (invented university, sample data)" } else { "" };
    let rows: u64 = tables.sources.iter().map(|source| source.rows).sum();
    let left_out: u64 = tables.sources.iter().map(|source| source.left_out).sum();
    let records = tables.records.0.height();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &results.ledger.excluded {
        *reasons.entry(row.reason).or_default() += 1;
    }
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    let mut lines = vec![
        format!("{name}{invented}"),
        format!("Read: {} files, {rows} rows used, {left_out} left out", tables.sources.len()),
        format!(
            "      {} units, {} staff, {records} records merged into {} publications, {} credits",
            tables.units.len(),
            tables.staff.len(),
            results.publications.len(),
            results.ledger.credits.len()
        ),
    ];
    if !reasons.is_empty() {
        lines.push(format!("Not counted: {} (excluded.csv says why)", reasons.join(", ")));
    }
    let overrides = &results.ledger.overrides;
    let expired = results.findings.iter().filter(|finding| finding.code == "override-expired").count();
    if !overrides.is_empty() || expired > 0 {
        lines.push(format!(
            "Overrides: {} applied, {expired} expired; {} credits rest on overrides",
            overrides.len(),
            results.ledger.credits_on_overrides()
        ));
    }
    let cases = results.ledger.cases_to_review();
    if cases > 0 {
        lines.push(format!(
            "To decide: {cases} authors who may be members of staff (review.csv, what moves most first)"
        ));
    }
    lines
}

fn next_steps(results: &Results) -> Vec<String> {
    let count = |severity| results.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let found = format!("Findings: {errors} errors, {warnings} warnings, {infos} notes");
    let next = match (errors, warnings) {
        (0, 0) => "Next: nothing to mend.",
        (0, _) => "Next: read the warnings; each says where it is and what to try.",
        _ => "Next: mend the errors in the sheets they name and run again; what they concern was left out.",
    };
    vec![found, next.to_owned()]
}

fn as_json(results: &Results) -> Value {
    let count = |severity| results.findings.iter().filter(|finding| finding.severity == severity).count();
    let editions: Vec<_> = results
        .editions
        .iter()
        .zip(&results.scorecards)
        .map(|(edition, card)| {
            let overall = card.composites.iter().filter(|composite| composite.group.is_none());
            let scored = overall.filter(|composite| composite.score.is_some()).count();
            let of_edition =
                results.placements.iter().filter(|placement| results.editions[placement.edition].id == edition.id);
            let places: Vec<_> = of_edition
                .filter_map(|placement| {
                    let band = placement.place.as_ref()?.band.to_string();
                    Some(json!({ "unit": results.tables.units.get(placement.unit).id, "band": band }))
                })
                .collect();
            json!({ "edition": edition.id, "composites": scored, "places": places })
        })
        .collect();
    json!({
        "institution": results.assessment.institution.name,
        "invented": results.assessment.institution.invented,
        "files": results.tables.sources.len(),
        "units": results.tables.units.len(),
        "staff": results.tables.staff.len(),
        "records": results.tables.records.0.height(),
        "publications": results.publications.len(),
        "credits": results.ledger.credits.len(),
        "excluded": results.ledger.excluded.len(),
        "overrides": { "applied": results.ledger.overrides.len(), "credits": results.ledger.credits_on_overrides() },
        "cases_to_review": results.ledger.cases_to_review(),
        "editions": editions,
        "findings": { "error": count(Severity::Error), "warning": count(Severity::Warning), "info": count(Severity::Info) },
    })
}
