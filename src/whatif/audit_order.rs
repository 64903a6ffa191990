//! Audit order: which cells, matches and decisions to check first.
//!
//! Each is changed by an error that it may plausibly have, and every composite that it feeds is scored again:
//!
//! | file | what | the error |
//! |---|---|---|
//! | [`cells`] | rows of staff, students, degrees, finance, stated measures | by field, from `data/reference/plausible_errors.toml` ([`plausible`]) |
//! | [`matches`] | uncertain credits, and possible matches that are not used | wrong with probability 1 − confidence, or right with the confidence |
//! | [`decisions`] | the office's overrides, one at a time | the decision is taken back |
//!
//! Cells and matches are worked out from the rows of evidence of each measure and scored on the scales of the run
//! ([`crate::score::frozen`]): nobody else moves. Decisions are attributed, measured and scored again as a whole.
//! A check is listed once, with the composite that it moves most; equal moves stay in the order of cells,
//! matches and decisions.
//!
//! Not looked at: cells of exports, whose errors are the publisher's, and lists of prizes, patents and researchers.

pub mod cells;
pub mod decisions;
pub mod matches;
pub mod plausible;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::measure::Input;
use crate::measure::holdings::Holdings;
use crate::measure::stability::Resampling;
use crate::measure::works::Works;
use crate::model::audit_order::{AuditOrder, Check, Kind};
use crate::model::results::Results;
use crate::model::stability::Samples;
use crate::model::unit::UnitIndex;
use crate::score::Run;
use crate::score::frozen::Frozen;
use cells::Cells;
use matches::Matches;
use plausible::Plausible;

/// Rows that are scored at a time.
const ROWS: usize = 4000;
/// A move below this is none: another order of sums.
const LEAST: f64 = 1e-9;

/// What is looked for.
pub struct Sought<'a> {
    /// Whether a unit's composites count.
    pub unit: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether an edition's composites count.
    pub edition: &'a (dyn Fn(&str) -> bool + Sync),
}

/// A check before it is known what it moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What it is, without edition, unit and points.
    pub check: Check,
    /// The chance that the error is there; 1 where none is known.
    pub chance: f64,
}

/// One error of one draft: new values of measures of one unit, by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Index of the draft.
    pub draft: usize,
    /// The error in words.
    pub plausible: String,
    /// Column and value.
    pub values: Vec<(usize, f64)>,
}

/// A move of one composite.
struct Moved {
    draft: usize,
    plausible: String,
    edition: usize,
    unit: UnitIndex,
    points: f64,
}

/// Input of measures of a run.
pub fn input(results: &Results) -> Input<'_> {
    Input {
        assessment: &results.assessment,
        tables: &results.tables,
        publications: &results.publications,
        ledger: &results.ledger,
        editions: &results.editions,
        definitions: &results.definitions,
    }
}

/// The scales of the editions that are looked at.
fn runs<'a>(results: &'a Results, sought: &Sought) -> Vec<(usize, Run<'a>)> {
    let run = |(at, edition)| (at, Run::of(results, edition));
    results.editions.iter().enumerate().filter(|(_, edition)| (sought.edition)(&edition.id)).map(run).collect()
}

/// Cells and matches of a run, what moves most first. `progress` is told each unit as it is done.
pub fn order(
    results: &Results,
    plausible: &Plausible,
    sought: &Sought,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> AuditOrder {
    let input = input(results);
    let works = Works::new(input).value;
    let resampling = Resampling::new(input, &works, &results.measures);
    let cells = Cells::new(results, plausible);
    let matches = Matches::new(results, cells.drafts.len());
    let runs = runs(results, sought);
    let scales: Vec<_> = runs.iter().map(|(_, run)| run.frozen()).collect();
    let units: Vec<UnitIndex> =
        results.tables.units.iter().filter(|(_, unit)| (sought.unit)(&unit.id)).map(|(at, _)| at).collect();
    let done = std::sync::atomic::AtomicUsize::new(0);
    let of_unit = |&unit: &UnitIndex| {
        let holdings = Holdings::of(unit, input);
        let mut moved = Vec::new();
        let base = |columns: &[usize]| columns.iter().map(|&at| value(results, unit, at)).collect::<Vec<f64>>();
        let changes = cells.changes(unit);
        moved.extend(scored(&runs, &scales, unit, &changes, base));
        let (changes, base_of, passed_over) = matches.changes(unit, &holdings, &resampling);
        for (changes, base) in changes.iter().zip(&base_of) {
            let base = |columns: &[usize]| columns.iter().map(|at| base[at]).collect::<Vec<f64>>();
            moved.extend(scored(&runs, &scales, unit, changes, base));
        }
        progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, units.len());
        (moved, passed_over)
    };
    let found: Vec<(Vec<Moved>, usize)> = units.par_iter().map(of_unit).collect();
    let passed_over = found.iter().map(|(_, passed_over)| passed_over).sum();
    let drafts: Vec<Draft> = cells.drafts.into_iter().chain(matches.drafts).collect();
    let mut most: BTreeMap<usize, Moved> = BTreeMap::new();
    for moved in found.into_iter().flat_map(|(moved, _)| moved) {
        let known = most.get(&moved.draft).map_or(LEAST, |known| known.points.abs());
        if moved.points.abs() > known {
            most.insert(moved.draft, moved);
        }
    }
    let check = |(draft, moved): (usize, Moved)| {
        let Draft { check, chance } = &drafts[draft];
        Check {
            plausible: moved.plausible,
            edition: results.editions[moved.edition].id.clone(),
            unit: results.tables.units.get(moved.unit).id.clone(),
            points: moved.points * chance,
            ..check.clone()
        }
    };
    let checks = most.into_iter().map(check).collect();
    sorted(AuditOrder { checks, looked_at: drafts.len(), passed_over })
}

/// What moves most first; equal ones stay in their order.
pub fn sorted(mut order: AuditOrder) -> AuditOrder {
    order.checks.sort_by(|one, other| other.points.abs().total_cmp(&one.points.abs()));
    order
}

/// A measure of a unit; not a number where there is none.
fn value(results: &Results, unit: UnitIndex, column: usize) -> f64 {
    results.measures.row(unit.at())[column].value.unwrap_or(f64::NAN)
}

/// The moves of a unit's overall composites, one for each change and edition. `base` gives the values before.
fn scored(
    runs: &[(usize, Run)],
    scales: &[BTreeMap<String, Frozen>],
    unit: UnitIndex,
    changes: &[Change],
    base: impl Fn(&[usize]) -> Vec<f64>,
) -> Vec<Moved> {
    let mut columns: Vec<usize> = changes.iter().flat_map(|change| &change.values).map(|(column, _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    let base = base(&columns);
    let mut moved = Vec::new();
    for chunk in changes.chunks(ROWS) {
        // The first row is the unit as it is.
        let mut values = base.clone();
        for change in chunk {
            let mut row = base.clone();
            for (column, value) in &change.values {
                row[columns.binary_search(column).unwrap_or_default()] = *value;
            }
            values.append(&mut row);
        }
        let samples = Samples { columns: columns.clone(), samples: chunk.len() + 1, values };
        for ((edition, run), scales) in runs.iter().zip(scales) {
            let card = run.changed(scales, unit, &samples);
            let groups = run.edition.groups.len();
            let overall = |row: usize| card.composites_of(UnitIndex(row as u32), groups)[groups].score;
            let Some(before) = overall(0) else { continue };
            moved.extend(chunk.iter().enumerate().filter_map(|(at, change)| {
                let points = overall(at + 1)? - before;
                let plausible = change.plausible.clone();
                Some(Moved { draft: change.draft, plausible, edition: *edition, unit, points })
            }));
        }
    }
    moved
}

/// A check of which nothing is known yet but what it is.
fn draft(kind: Kind, place: crate::diagnostic::Place, field: &str, value: String, chance: f64) -> Draft {
    let check = Check {
        kind,
        place,
        field: field.to_owned(),
        value,
        plausible: String::new(),
        edition: String::new(),
        unit: String::new(),
        points: 0.0,
    };
    Draft { check, chance }
}
