//! `diff`: why composites moved from one run to the next.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::catalogue::{self, Catalogue};
use crate::cli::Outcome;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::supplied::pair;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Place, Severity};
use crate::load::run_folder;
use crate::model::edition::Edition;
use crate::model::moved::{EditionMove, Factor, UnitMove};
use crate::model::stored_run::{EDITIONS, INDICATORS, OVERALL, StoredRun};
use crate::model::unit::UNIVERSITY;
use crate::whatif::moved::{Side, moves};
use crate::write;

/// Units besides the university that are printed where none is named.
const MOVERS: usize = 8;
/// Causes that are printed for the university, and for a unit that is named.
const CAUSES: [usize; 2] = [6, 20];
/// A composite scored again may differ from the written one by this, for another order of sums.
const SAME: f64 = 1e-9;

/// Examples of use.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh diff out-1403 out-1404
  sanjeh diff out-1403 out-1404 --unit pharmacy --out moved
  sanjeh diff out-1403 out-1404 --edition the/wur/2025=the/wur/2026 --json

The change of each composite is split over own data, peers, method and corrections (overrides), by Shapley's rule over \
all 16 mixtures of the two runs; the parts add up to the change. Editions of one ranking are paired over the years. \
--out writes moved.csv and moved_indicators.csv.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// Output folder of the first run
    #[arg(value_name = "OUT1")]
    pub from: PathBuf,
    /// Output folder of the second run
    #[arg(value_name = "OUT2")]
    pub to: PathBuf,
    /// Only this unit, with all its causes; repeatable
    #[arg(long, value_name = "UNIT")]
    pub unit: Vec<String>,
    /// Compare these editions of the two runs; repeatable [default: those of one ranking, year by year]
    #[arg(long, value_name = "EDITION=EDITION", value_parser = pair)]
    pub edition: Vec<(String, String)>,
    /// Folder to write moved.csv and moved_indicators.csv into
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// A run with the files that it was scored by.
pub(super) struct Kept {
    /// The run.
    pub run: StoredRun,
    /// The files.
    pub catalogue: Catalogue,
}

/// Splits the moves, prints and writes them.
///
/// # Errors
/// `unreadable-run`, `no-editions` where nothing can be paired, `unknown-unit`, `cannot-write`.
pub fn run(terminal: &Terminal, wanted: &Wanted) -> Outcome {
    let mut findings = Vec::new();
    let kept = [kept(&wanted.from)?, kept(&wanted.to)?];
    for unit in &wanted.unit {
        if let Some(absent) = kept.iter().find(|kept| kept.run.units.find(unit).is_none()) {
            let place = Place::file(absent.run.folder.clone());
            return Err(Finding::error("unknown-unit", format!("the run has no unit \"{unit}\"")).at(place).into());
        }
    }
    let pairs = pairs(&kept, &wanted.edition, &mut findings)?;
    alone(&kept, &mut findings);
    let named = |unit: &str| wanted.unit.is_empty() || wanted.unit.iter().any(|known| known == unit);
    let stage = terminal.stage("splitting moves");
    let mut editions = Vec::new();
    for (at, (from, to)) in pairs.iter().enumerate() {
        stage.position(at as u64, pairs.len() as u64);
        let found = moves([side(&kept[0], from)?, side(&kept[1], to)?], &named);
        differing(&kept, &found, &mut findings);
        editions.push(found);
    }
    stage.finish();
    if let Some(out) = &wanted.out {
        for output in write::moved::tables(&editions).map_err(folder::cannot_encode)? {
            put(terminal, Some(&out.join(&output.path)), &output.bytes)?;
        }
    }
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        serde_json::to_string_pretty(&editions).unwrap_or_default()
    } else {
        editions.iter().map(|edition| text(edition, !wanted.unit.is_empty())).collect::<Vec<_>>().join("\n")
    });
    Ok(findings)
}

/// Reads a run and the files that it was scored by.
pub(super) fn kept(folder: &Path) -> Result<Kept, Error> {
    let run = run_folder::read(folder)?;
    let read = catalogue::load(Some(&folder.join(INDICATORS)), Some(&folder.join(EDITIONS)));
    // An own measure in the place of a built-in one was told of when the run was made.
    match read.findings.into_iter().find(|finding| finding.severity == Severity::Error) {
        Some(finding) => Err(finding.hint(format!("the file is below {}", folder.display())).into()),
        None => Ok(Kept { run, catalogue: read.value }),
    }
}

pub(super) fn side<'a>(kept: &'a Kept, edition: &str) -> Result<Side<'a>, Error> {
    let found: Option<&Edition> = kept.catalogue.find(edition);
    let Some(edition) = found else {
        let finding = Finding::error("unreadable-run", format!("the run does not keep the edition \"{edition}\""));
        let place = Place::file(format!("{}/{INDICATORS}", kept.run.folder));
        return Err(finding.at(place).hint("run `sanjeh run` again with this version").into());
    };
    let benchmark = kept.catalogue.benchmark(&edition.id);
    Ok(Side { run: &kept.run, edition, benchmark, definitions: &kept.catalogue.measures })
}

/// The id of an edition without its year.
fn ranking(id: &str) -> String {
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|sign| sign.is_ascii_digit());
    id.split('/').map(|part| if is_year(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// Editions to compare: those asked for; else of each ranking the editions that both runs have, and the one of each
/// that is left.
pub(super) fn pairs(
    kept: &[Kept; 2],
    asked: &[(String, String)],
    findings: &mut Vec<Finding>,
) -> Result<Vec<(String, String)>, Error> {
    let [from, to] = kept.each_ref().map(|kept| &kept.run.editions);
    for (one, other) in asked {
        for (id, known, kept) in [(one, from, &kept[0]), (other, to, &kept[1])] {
            if !known.contains(id) {
                let finding = Finding::error("no-editions", format!("the run has no edition \"{id}\""));
                let place = Place::file(kept.run.folder.clone());
                return Err(finding.at(place).hint(format!("it has {}", known.join(", "))).into());
            }
        }
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let mut pairs = Vec::new();
    for id in to {
        if from.contains(id) {
            pairs.push((id.clone(), id.clone()));
            continue;
        }
        let left = |list: &[String], other: &[String]| -> Vec<String> {
            let left = list.iter().filter(|known| ranking(known) == ranking(id) && !other.contains(known));
            left.cloned().collect()
        };
        match (left(from, to).as_slice(), left(to, from).as_slice()) {
            ([one], [_]) => pairs.push((one.clone(), id.clone())),
            _ => {
                let message = format!("\"{id}\" has no one counterpart in the first run; it is not compared");
                findings.push(Finding::info("not-paired", message).hint("--edition EDITION=EDITION"));
            }
        }
    }
    if pairs.is_empty() {
        let message = format!("the runs have no ranking in common: {}; {}", from.join(", "), to.join(", "));
        return Err(Finding::error("no-editions", message).hint("--edition EDITION=EDITION pairs any two").into());
    }
    Ok(pairs)
}

/// Units that only one run has.
pub(super) fn alone(kept: &[Kept; 2], findings: &mut Vec<Finding>) {
    for (at, what) in [(0, "gone"), (1, "new")] {
        let units = kept[at].run.units.iter().map(|(_, unit)| unit.id.as_str());
        let alone: Vec<&str> = units.filter(|id| kept[1 - at].run.units.find(id).is_none()).collect();
        if !alone.is_empty() {
            let message = format!("{} units are {what} and have no move: {}", alone.len(), alone.join(", "));
            findings.push(Finding::info("unit-alone", message).at(Place::file(kept[at].run.folder.clone())));
        }
    }
}

/// Says where scoring again gives something else than the run wrote, and where a change has no parts.
fn differing(kept: &[Kept; 2], found: &EditionMove, findings: &mut Vec<Finding>) {
    for unit in &found.units {
        for (at, edition) in [&found.from, &found.to].into_iter().enumerate() {
            let again = unit.overall().and_then(|overall| if at == 0 { overall.from } else { overall.to });
            let written = kept[at]
                .run
                .composites
                .iter()
                .find(|row| row.edition == *edition && row.unit == unit.unit && row.group == OVERALL);
            let written = written.and_then(|row| row.score);
            let same = match (again, written) {
                (Some(again), Some(written)) => (again - written).abs() <= SAME,
                (None, None) => true,
                _ => false,
            };
            if !same {
                let shown = |score: Option<f64>| score.map_or("none".to_owned(), |score| score.to_string());
                let message = format!(
                    "{edition}, {}: scored again the composite is {}, the run wrote {}; the split is of the former",
                    unit.unit,
                    shown(again),
                    shown(written)
                );
                let finding = Finding::warning("not-reproduced", message).at(Place::file(kept[at].run.folder.clone()));
                findings.push(finding.hint("run `sanjeh run` again with this version"));
            }
        }
        if let Some(why) = unit.unsplit.as_ref().filter(|_| unit.overall().is_some_and(|row| row.change().is_some())) {
            let message = format!("{}, {}: the change has no parts: {why}", found.to, unit.unit);
            findings.push(Finding::warning("no-split", message).hint("supply what one of the years lacks"));
        }
    }
}

/// A part or change with its sign.
fn signed(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| if value.abs() < 5e-4 { "0".to_owned() } else { format!("{value:+.3}") })
}

fn text(edition: &EditionMove, named: bool) -> String {
    let mut text = format!("{}\n", write::moved::label(edition));
    writeln!(
        text,
        "{:<28}{:>9}{:>9}{:>9}{:>10}{:>9}{:>9}{:>13}",
        "unit", "from", "to", "change", "own data", "peers", "method", "corrections"
    )
    .ok();
    let size = |unit: &UnitMove| unit.overall().and_then(|row| row.change()).map_or(-1.0, f64::abs);
    let (first, mut others): (Vec<&UnitMove>, Vec<&UnitMove>) =
        edition.units.iter().partition(|unit| named || unit.unit_type == UNIVERSITY);
    others.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let moved = others.iter().filter(|unit| size(unit) >= 0.0).count();
    others.truncate(moved.min(MOVERS));
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
    for unit in first.iter().chain(&others) {
        let Some(row) = unit.overall() else { continue };
        let part = |at: usize| signed(row.parts.map(|parts| parts[at]));
        writeln!(
            text,
            "{:<28}{:>9}{:>9}{:>9}{:>10}{:>9}{:>9}{:>13}",
            unit.unit,
            number(row.from),
            number(row.to),
            signed(row.change()),
            part(0),
            part(1),
            part(2),
            part(3)
        )
        .ok();
    }
    if moved > others.len() {
        writeln!(text, "… and {} more units: --unit UNIT, or all with --out FOLDER", moved - others.len()).ok();
    }
    for unit in first {
        text += &causes(unit, CAUSES[usize::from(named)]);
    }
    text
}

/// The parts of a unit's move by indicator, the largest first.
fn causes(unit: &UnitMove, most: usize) -> String {
    let mut parts: Vec<_> = unit.indicators.iter().filter(|part| part.points.abs() >= 5e-4).collect();
    parts.sort_by(|one, other| other.points.abs().total_cmp(&one.points.abs()));
    if parts.is_empty() {
        return String::new();
    }
    let mut text = format!("  {}: what moved most\n", unit.unit);
    for part in parts.iter().take(most) {
        let factor = part.factor.as_str().replace('_', " ");
        writeln!(text, "  {:>+8.3}  {:<12}{:<34}{}", part.points, factor, part.indicator, part.cause).ok();
    }
    let rest: f64 = parts.iter().skip(most).map(|part| part.points).sum();
    if parts.len() > most {
        writeln!(text, "  {rest:>+8.3}  {} smaller parts", parts.len() - most).ok();
    }
    text
}

/// The number of factors is that of the printed columns.
const _: () = assert!(Factor::ALL.len() == 4);
