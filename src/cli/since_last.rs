//! Why composites moved since last year's run, worked out by `run` itself.

use std::path::Path;

use crate::catalogue::Catalogue;
use crate::cli::moved::{Kept, alone, kept, pairs, side};
use crate::cli::run::Times;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Severity};
use crate::model::measure::Measures;
use crate::model::moved::EditionMove;
use crate::model::results::Results;
use crate::model::stored_run::{OVERALL, StoredComposite, StoredRun};
use crate::whatif::moved::moves;

/// What a run's own side is called in findings.
const THIS_RUN: &str = "this run";

/// Adds the moves since the run in the folder `last`; `without` are the measures without the office's overrides. Nothing
/// where it is a sheet of values. What keeps the two from being compared is a finding; the run goes on.
pub fn add(
    terminal: &Terminal,
    results: &mut Results,
    without: Option<&Measures>,
    last: Option<&Path>,
    times: &mut Times,
) {
    let Some(last) = last.filter(|last| last.join("manifest.json").is_file()) else { return };
    let stage = terminal.stage("splitting moves");
    let mut findings = Vec::new();
    match between(results, without, last, &mut findings) {
        Ok(moved) => results.moved = moved,
        Err(error) => {
            let finding = Finding { severity: Severity::Warning, ..*error.0 };
            findings.push(finding.hint("why scores moved since that run is not told"));
        }
    }
    if !results.moved.is_empty() && !results.last_year.damped.is_empty() {
        let message = "why scores moved is told of scores before damping";
        findings.push(Finding::info("moved-undamped", message));
    }
    results.findings.extend(findings);
    times.push(("moves", stage.finish()));
}

fn between(
    results: &Results,
    without: Option<&Measures>,
    last: &Path,
    findings: &mut Vec<Finding>,
) -> Result<Vec<EditionMove>, Error> {
    let both = [kept(last)?, own(results, without)];
    let pairs = pairs(&both, &[], findings)?;
    alone(&both, findings);
    let of_pair = |(from, to): &(String, String)| Ok(moves([side(&both[0], from)?, side(&both[1], to)?], &|_| true));
    pairs.iter().map(of_pair).collect()
}

/// The run as its folder will hold it.
fn own(results: &Results, without: Option<&Measures>) -> Kept {
    let units = &results.tables.units;
    let composites = results.scorecards.iter().zip(&results.editions).flat_map(|(card, edition)| {
        card.composites.iter().map(|row| StoredComposite {
            edition: edition.id.clone(),
            unit: units.get(row.unit).id.clone(),
            unit_type: units.get(row.unit).unit_type.clone(),
            group: row.group.map_or(OVERALL, |group| &edition.groups[group].code).to_owned(),
            score: row.score,
            rank: row.rank,
        })
    });
    Kept {
        run: StoredRun {
            folder: THIS_RUN.to_owned(),
            editions: results.editions.iter().map(|edition| edition.id.clone()).collect(),
            minimum_units: results.assessment.policy.minimum_units,
            units: units.clone(),
            measures: results.measures.clone(),
            without_overrides: without.cloned(),
            peers: results.tables.peers.clone(),
            composites: composites.collect(),
        },
        catalogue: Catalogue {
            editions: results.editions.clone(),
            benchmarks: results.benchmarks.clone(),
            measures: results.definitions.clone(),
        },
    }
}
