//! `whatif`: a changed copy, measured and scored again, and every number that moved.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::catalogue::{self, Catalogue};
use crate::cli::args::Global;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, folder, stability};
use crate::diagnostic::{Error, Finding, Place};
use crate::model::output::Output;
use crate::model::results::Results;
use crate::model::scenario::Scenario;
use crate::score;
use crate::whatif::again;
use crate::whatif::apply::{self, Circumstances};
use crate::whatif::copy::Copy;
use crate::whatif::moves::{self, Move};
use crate::write;

/// Composites that are shown before the rest is summed up.
const SHOWN: usize = 15;

/// Examples of the command.
pub const EXAMPLES: &str = "Examples:
  sanjeh whatif my-university ten-hires
  sanjeh whatif my-university hires.toml grants.toml --unit pharm
  sanjeh whatif my-university hires.toml --year 2028 --out hires-2028

A scenario is a file of `strategies/scenarios`, or any TOML file; `sanjeh new` writes one with every key explained. \
Several add up; of two settings the later wins. With --year the changes count that are in force by that year's \
self-assessment, as old as they will be then; without, all of them, settled.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// Scenario files, or names of files in strategies/scenarios
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Take them back instead
    #[arg(long)]
    pub inverse: bool,
    /// The year of self-assessment that is imagined [default: once all has taken effect]
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Show moves of this unit only, all of them
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Where to write the tables of the changed copy
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// Reads `dir` and the scenarios, changes a copy and shows every move.
///
/// # Errors
/// As a run, and where a scenario file cannot be found or the output folder cannot be written.
pub fn whatif(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let dir = wanted.dir.as_path();
    let mut before = run::assess(terminal, global, dir, &mut Times::new())?;
    let catalogue = catalogue::of_assessment(global.indicators.as_deref(), dir).value;
    let mut findings = Vec::new();
    let scenario = scenarios(dir, &wanted.scenarios, &before, &catalogue, &mut findings)?;
    let scenario = if wanted.inverse { scenario.inverse() } else { scenario };
    if let Some(unit) = wanted.unit.as_deref().filter(|unit| before.tables.units.find(unit).is_none()) {
        return Err(Finding::error("unknown-unit", format!("there is no unit \"{unit}\"")).into());
    }
    let circumstances =
        Circumstances { horizon: wanted.year, ..Circumstances::settled(&catalogue.editions, &catalogue.benchmarks) };
    let stage = terminal.stage("changing a copy");
    let copy = apply::apply(Copy::new(&before), &scenario, circumstances).into_value(&mut findings);
    let changed = stage.finish();
    let stage = terminal.stage("measuring and scoring");
    let outcome = again::Outcome::of(&copy);
    let scored = stage.finish();
    let stage = terminal.stage("comparing");
    let mut after = copy.into_results(outcome, findings);
    let moves = moves::moves(&before, &after);
    before.placements = score::placement::placements(&before);
    after.placements = score::placement::placements(&after);
    stage.finish();
    if terminal.verbose > 0 {
        let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1e3;
        let (changed, scored) = (milliseconds(changed), milliseconds(scored));
        terminal.say(&format!("Time: change the copy {changed:.1} ms, measure and score it {scored:.1} ms"));
    }
    if let Some(out) = &wanted.out {
        let stage = terminal.stage("resampling");
        stability::add(&mut after, &|done, total| stage.position(done as u64, total as u64));
        stage.finish();
        write_out(out, &after, &moves)?;
        terminal.say(&format!("Results: {}", out.display()));
    }
    terminal.findings(&after.findings);
    let own = |own: &&Move| wanted.unit.as_ref().is_none_or(|unit| own.unit == *unit);
    let shown: Vec<&Move> = moves.iter().filter(own).collect();
    terminal.print(&if terminal.json {
        let result = json!({
            "scenario": scenario.name, "year": wanted.year, "changes": scenario.changes.len(), "moves": shown,
        });
        serde_json::to_string_pretty(&result).unwrap_or_default()
    } else {
        text(&scenario, &before, &after, &shown, terminal.verbose > 0 || wanted.unit.is_some())
    });
    Ok(after.findings)
}

/// All scenarios added up, in the order of the command line.
///
/// # Errors
/// `no-scenario` where a file does not exist.
pub fn scenarios(
    dir: &Path,
    files: &[PathBuf],
    results: &Results,
    catalogue: &Catalogue,
    findings: &mut Vec<Finding>,
) -> Result<Scenario, Error> {
    let known = catalogue::scenario::Known {
        units: &results.tables.units,
        scored: &results.editions,
        editions: &catalogue.editions,
    };
    let mut all = Scenario::default();
    for file in files {
        let name = file.with_extension("toml");
        let own = dir.join("strategies/scenarios").join(&name);
        let path = [file, &own].into_iter().find(|path| path.is_file()).ok_or_else(|| {
            let finding = Finding::error("no-scenario", "there is no such scenario file");
            let hint = "name a file, or the name of one in strategies/scenarios of the assessment";
            finding.at(Place::file(file.display().to_string())).hint(hint)
        })?;
        let shown =
            if path == file { file.display().to_string() } else { format!("strategies/scenarios/{}", name.display()) };
        let read = catalogue::scenario::file(path, &shown, known).into_value(findings);
        all = all.then(&read);
    }
    Ok(all)
}

fn write_out(out: &Path, after: &Results, moves: &[Move]) -> Result<(), Error> {
    let mut outputs = write::tables(after).map_err(folder::cannot_encode)?;
    outputs.push(Output {
        path: "moves.csv".to_owned(),
        bytes: write::rows::table(moves).map_err(folder::cannot_encode)?,
    });
    let digests = write::digests(&outputs);
    outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(after, &digests) });
    folder::write(out, &outputs)
}

/// A number with a sign, or what has come or gone.
fn change(before: Option<f64>, after: Option<f64>) -> String {
    match (before, after) {
        (Some(before), Some(after)) => format!("{before:.2} → {after:.2}  ({:+.2})", after - before),
        (Some(before), None) => format!("{before:.2} → none"),
        (None, Some(after)) => format!("none → {after:.2}"),
        (None, None) => "none".to_owned(),
    }
}

/// The published band of the university in an edition, before and after, where it is placed.
fn bands(edition: &str, before: &Results, after: &Results) -> String {
    let band = |results: &Results| {
        let at = results.editions.iter().position(|known| known.id == edition)?;
        let university = results.tables.units.university()?;
        let own = results.placements.iter().find(|own| own.edition == at && own.unit == university)?;
        Some(own.place.as_ref()?.band.to_string())
    };
    match (band(before), band(after)) {
        (Some(was), Some(is)) if was == is => format!("  the university's published band stays {was}\n"),
        (Some(was), Some(is)) => format!("  the university's published band: {was} → {is}\n"),
        _ => String::new(),
    }
}

fn rank(before: Option<u32>, after: Option<u32>) -> String {
    let shown = |rank: Option<u32>| rank.map_or("–".to_owned(), |rank| rank.to_string());
    if before == after { shown(before) } else { format!("{} → {}", shown(before), shown(after)) }
}

fn text(scenario: &Scenario, before: &Results, after: &Results, moves: &[&Move], everything: bool) -> String {
    let count = scenario.changes.len();
    let mut text = format!("{} ({count} change{})\n", scenario.name.get("en"), if count == 1 { "" } else { "s" });
    if moves.is_empty() {
        return text + "Nothing moves.\n";
    }
    let editions = before.editions.iter().chain(&after.editions).map(|edition| edition.id.as_str());
    let mut seen = Vec::new();
    for edition in editions {
        if seen.contains(&edition) {
            continue;
        }
        seen.push(edition);
        let own: Vec<&Move> = moves.iter().copied().filter(|own| own.edition == edition).collect();
        let totals = |own: &&Move| own.kind == "group" && own.code == "overall";
        let mut composites: Vec<&Move> = own.iter().copied().filter(totals).collect();
        let size = |own: &Move| match (own.before, own.after) {
            (Some(before), Some(after)) => (after - before).abs(),
            _ => f64::INFINITY,
        };
        composites.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.unit.cmp(&b.unit)));
        text += &format!(
            "\n{edition}: {} scores, {} group scores and {} composites move\n",
            own.iter().filter(|own| own.kind == "indicator").count(),
            own.iter().filter(|own| own.kind == "group" && own.code != "overall").count(),
            composites.len()
        );
        text += &bands(edition, before, after);
        let shown = if everything { composites.len() } else { SHOWN };
        for own in composites.iter().take(shown) {
            text += &format!(
                "  {:<22} {:<28} rank {:<9} {}\n",
                own.unit,
                change(own.before, own.after),
                rank(own.rank_before, own.rank_after),
                own.because
            );
        }
        if composites.len() > shown {
            text += &format!("  … and {} more; -v shows all\n", composites.len() - shown);
        }
        let mut scores: Vec<&Move> = own.iter().copied().filter(|own| own.kind == "indicator").collect();
        scores.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| (&a.unit, &a.code).cmp(&(&b.unit, &b.code))));
        let shown = if everything { scores.len() } else { SHOWN.min(8) };
        for own in scores.iter().take(shown) {
            let name = format!("{}:{}", own.unit, own.code);
            text += &format!("    {name:<44} {:<28} {}\n", change(own.before, own.after), own.because);
        }
        if scores.len() > shown {
            text += &format!("    … and {} more scores; --unit or -v shows all\n", scores.len() - shown);
        }
    }
    text
}
