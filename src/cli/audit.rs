//! `audit`: what to check first – cells, matches and decisions by how much an error in them would move a composite.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::run::{self, Times, use_threads};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Place};
use crate::load::{self, Limits};
use crate::model::audit_order::{AuditOrder, Check, Kind};
use crate::model::overrides::Overrides;
use crate::model::results::Results;
use crate::model::tables::Tables;
use crate::model::text::shortened;
use crate::whatif::audit_order::plausible::Plausible;
use crate::whatif::audit_order::{Sought, decisions, order, sorted};
use crate::write;

/// Examples of use.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh audit my-university
  sanjeh audit my-university --first 40 --unit sarv --out audit_order.csv
  sanjeh audit my-university --edition the/wur/2026 --json

Each cell of staff, students, degrees, finance and stated measures is changed by an error that it may plausibly have \
(FTE by 0.2, counts by 5 %, money by a factor of 10 …), each uncertain match is taken away or added, each override taken \
back, and the composites are scored again. A match counts by the chance that it is wrong. Without --unit a cell is \
ranked by the unit that it moves most, which is often a small one: --unit with the university's id asks for that alone.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// How many to print; the file has all
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub first: usize,
    /// Only composites of this unit; repeatable
    #[arg(long, value_name = "UNIT")]
    pub unit: Vec<String>,
    /// Only composites of this edition; repeatable
    #[arg(long, value_name = "EDITION")]
    pub edition: Vec<String>,
    /// Overrides that are worked out again at most, each a run of its own
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub overrides: usize,
    /// Where to write all rows as CSV
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
    /// Threads to use; the results are the same for any number [default: one per processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// Works the order out, prints and writes it.
///
/// # Errors
/// As a run; `unknown-unit`, `unknown-edition`, `cannot-write`.
pub fn audit(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    use_threads(wanted.threads)?;
    let results = run::assess(terminal, global, &wanted.dir, &mut Times::new())?;
    known(&results, wanted)?;
    let unit = |id: &str| wanted.unit.is_empty() || wanted.unit.iter().any(|known| known == id);
    let edition = |id: &str| wanted.edition.is_empty() || wanted.edition.iter().any(|known| known == id);
    let sought = Sought { unit: &unit, edition: &edition };
    let stage = terminal.stage("changing cells and matches");
    let told = |done, total| stage.position(done as u64, total as u64);
    let mut found = order(&results, &Plausible::built_in(), &sought, &told);
    stage.finish();
    let stage = terminal.stage("taking decisions back");
    let told = |done, total| stage.position(done as u64, total as u64);
    let without = |place: &Place| tables_without(&results, wanted, place);
    let (checks, left) = decisions::checks(&results, wanted.overrides, &sought, &without, &told)?;
    stage.finish();
    found.looked_at += results.ledger.overrides.len();
    found.checks.extend(checks);
    let found = sorted(found);
    let mut findings = results.findings;
    if found.passed_over > 0 {
        let message = format!("{} matches of units with very many are passed over", found.passed_over);
        findings.push(Finding::warning("passed-over", message).hint("they are the surer ones"));
    }
    if left > 0 {
        let message = format!("{left} overrides are passed over; the first {} were taken back", wanted.overrides);
        findings.push(Finding::warning("passed-over", message).hint("--overrides N works out more"));
    }
    if let Some(out) = &wanted.out {
        put(terminal, Some(out), &write::audit_order::table(&found).map_err(folder::cannot_encode)?)?;
    }
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        let checks: Vec<&Check> = found.checks.iter().take(wanted.first).collect();
        let all = found.checks.len();
        let result = json!({ "looked_at": found.looked_at, "moving": all, "checks": checks });
        serde_json::to_string_pretty(&result).unwrap_or_default()
    } else {
        text(&found, wanted)
    });
    Ok(findings)
}

/// Whether the units and editions asked for are there.
fn known(results: &Results, wanted: &Wanted) -> Result<(), Error> {
    if let Some(unit) = wanted.unit.iter().find(|id| results.tables.units.find(id).is_none()) {
        let finding = Finding::error("unknown-unit", format!("there is no unit \"{unit}\""));
        return Err(finding.hint("the units sheet names all").into());
    }
    let has = |id: &&String| !results.editions.iter().any(|edition| edition.id == **id);
    if let Some(edition) = wanted.edition.iter().find(has) {
        let known: Vec<&str> = results.editions.iter().map(|edition| edition.id.as_str()).collect();
        let finding = Finding::error("unknown-edition", format!("the assessment does not score \"{edition}\""));
        return Err(finding.hint(format!("it scores {}", known.join(", "))).into());
    }
    Ok(())
}

/// The tables without the decision at a place. Only a correction of a cell takes a second reading of the folder.
fn tables_without(results: &Results, wanted: &Wanted, place: &Place) -> Result<Tables, Error> {
    let overrides = &results.tables.overrides;
    if overrides.applied.iter().any(|applied| applied.place == *place) {
        let keep = |known: &Place| known != place;
        let read = load::tables_with_overrides(&wanted.dir, &results.assessment, &Limits::default(), &keep)?;
        return Ok(read.value);
    }
    let mut overrides: Overrides = overrides.clone();
    overrides.attribution.retain(|row| row.decision.place != *place);
    overrides.exclusions.retain(|row| row.decision.place != *place);
    overrides.corrections.retain(|row| row.decision.place != *place);
    Ok(Tables { overrides, ..results.tables.clone() })
}

/// Checks in their order; what says the same and moves the same stands together.
fn grouped(checks: &[Check]) -> Vec<Vec<&Check>> {
    let same = |one: &Check, other: &Check| {
        (one.points - other.points).abs() < 1e-9
            && one.kind == other.kind
            && one.kind == Kind::Cell
            && (&one.field, &one.value, &one.plausible) == (&other.field, &other.value, &other.plausible)
            && (&one.edition, &one.unit) == (&other.edition, &other.unit)
    };
    let mut groups: Vec<Vec<&Check>> = Vec::new();
    for check in checks {
        // Equal moves stand next to each other, perhaps with others of the same size between them.
        let near =
            groups.iter_mut().rev().take_while(|group| (group[0].points.abs() - check.points.abs()).abs() < 1e-9);
        match near.into_iter().find(|group| same(group[0], check)) {
            Some(group) => group.push(check),
            None => groups.push(vec![check]),
        }
    }
    groups
}

fn text(found: &AuditOrder, wanted: &Wanted) -> String {
    let groups = grouped(&found.checks);
    let shown = groups.len().min(wanted.first);
    let cells: usize = groups.iter().take(shown).map(Vec::len).sum();
    let several = if cells > shown { format!(" ({cells} rows)") } else { String::new() };
    let all = found.checks.len();
    let mut text = format!("Check these {shown} first{several}; {all} of {} move a composite\n\n", found.looked_at);
    for (at, group) in groups.iter().take(shown).enumerate() {
        let check = group[0];
        writeln!(
            text,
            "{:>4}  {:>+8.3}  {:<9}{:<15}{:<34}{}",
            at + 1,
            check.points,
            check.kind.as_str(),
            check.field,
            shortened(&format!("{} in {}", check.unit, check.edition), 33),
            check.place
        )
        .ok();
        let more = if group.len() > 1 { format!("  (and {} rows like it)", group.len() - 1) } else { String::new() };
        writeln!(text, "{:>16}{}  –  {}{more}", "", shortened(&check.value, 70), check.plausible).ok();
    }
    text
}
