//! Score: measures × edition × benchmark → scorecard; pure and parallel.
//!
//! | # | step | from | gives | parallel over | in |
//! |---|---|---|---|---|---|
//! | 1 | raw value | measures, formula, cap, unit types, minimum `n` | value or reason, status, `n`, numerator, denominator | unit × indicator | `raw`, `program` |
//! | 2 | population | published constants, else peers of the type, else units of the type with a raw value | what to compare with, outliers treated | indicator | `population`, `treatment` |
//! | 3 | normalise | value, population, direction | 0–100 | indicator | `indicator`, `normalise`, `damping` |
//! | 4 | missing rule | status `missing` | left out, entered or withheld | unit | `missing`, `imputation` |
//! | 5 | mean | scores, weights | composite of each group and of the whole, coverage, points | unit | `combine`; by groups `levels`, `hierarchy`, `aggregation`, `outranking` |
//! | 6 | rescale | composites | what follows the mean: nothing, best = 100, linear, min–max | type | `combine` |
//! | 7 | rank | scores, composites | rank and number compared, within the type | indicator, group | `indicator`, `rank` |
//!
//! An indicator that uses `score(…)` of others passes steps 1–3 after them. What is not scorable is never filled in by
//! step 4 and counts against coverage; the total is given where at least the edition's floor of the weight has
//! scores, a group wherever anything of it has. The whole is the mean over indicators, unless the edition combines by
//! groups: where weight is missing the two differ.
//!
//! The same kernels work on columns by themselves, without editions: `denominator`, `imputation`, `screening`,
//! `treatment`, `column`, `hierarchy`, `outranking`, `rank`, `profile`.
//!
//! Threads only fill slots whose order is fixed beforehand, and every sum runs over ascending values or in edition order
//! within one thread, so the bits depend neither on the number of threads nor on the order of units or peers.

pub mod aggregation;
mod cells;
pub mod column;
pub mod combine;
pub mod constants;
pub mod damping;
pub mod denominator;
pub mod frozen;
mod grid;
pub mod hierarchy;
pub mod imputation;
mod indicator;
pub mod levels;
pub mod missing;
pub mod normalise;
pub mod outranking;
pub mod population;
pub mod profile;
pub mod program;
pub mod rank;
mod raw;
pub mod screening;
pub mod statistics;
pub mod supplied;
pub mod treatment;
mod types;

use rayon::prelude::*;

use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::{MeasureDefinition, Measures};
use crate::model::score::{Composite, Scorecard};
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, Units};

use cells::Cells;
use combine::Line;
use grid::Grid;
use hierarchy::Leaf;
use indicator::{Comparison, Scored};
use raw::Reader;
use types::Types;

/// Scores all units by one edition.
///
/// * `measures`: row-major over `units`; a measure without a column under the edition's key is missing.
/// * `benchmark`: published constants of this edition, if there are any; those of another are ignored.
/// * `peers`: raw values of peers, of any edition.
/// * `minimum_units`: fewest peers or units of a type that make a comparison.
pub fn scorecard(
    units: &Units,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    edition: &Edition,
    benchmark: Option<&Benchmark>,
    peers: &[Peer],
    minimum_units: usize,
) -> Scorecard {
    table(units, measures, definitions, edition, benchmark, peers, minimum_units).scorecard()
}

/// All scores of all units by one edition in their smallest form, for work that scores again and again; arguments as of
/// [`scorecard`].
pub fn table<'a>(
    units: &'a Units,
    measures: &'a Measures,
    definitions: &[MeasureDefinition],
    edition: &'a Edition,
    benchmark: Option<&Benchmark>,
    peers: &[Peer],
    minimum_units: usize,
) -> ScoreTable<'a> {
    let types = Types::new(units);
    let comparison = Comparison { units, types: &types, edition, benchmark, peers, minimum_units, frozen: None };
    let readers = raw::readers(measures, definitions, edition, &types);
    let found = found(&comparison, measures, &readers, &[]);
    ScoreTable { types, measures, readers, edition, found }
}

/// As [`scorecard`], with the damping of changes that the edition states. `last` holds last year's values, unit by unit,
/// indicator by indicator: raw value or score, whichever the indicator's damping works on, as damped then. Where it is
/// shorter or `None`, nothing is damped.
#[allow(clippy::too_many_arguments)]
pub fn damped_scorecard(
    units: &Units,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    edition: &Edition,
    benchmark: Option<&Benchmark>,
    peers: &[Peer],
    minimum_units: usize,
    last: &[Option<f64>],
) -> Scorecard {
    let types = Types::new(units);
    let comparison = Comparison { units, types: &types, edition, benchmark, peers, minimum_units, frozen: None };
    card(&comparison, measures, definitions, last).0
}

/// The scorecard, and by type the lines on which its composites were rescaled: of each element where the edition combines
/// level by level, else of the total alone.
fn card(
    comparison: &Comparison,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    last: &[Option<f64>],
) -> (Scorecard, Vec<Vec<Line>>) {
    let Comparison { types, edition, .. } = *comparison;
    let readers = raw::readers(measures, definitions, edition, types);
    let mut found = found(comparison, measures, &readers, last);
    let lines = std::mem::take(&mut found.lines);
    (ScoreTable { types: types.clone(), measures, readers, edition, found }.scorecard(), lines)
}

/// Scores, ranks and composites of all units by one edition, before they are written out as cells.
pub struct ScoreTable<'a> {
    types: Types<'a>,
    measures: &'a Measures,
    readers: Vec<Reader<'a>>,
    edition: &'a Edition,
    found: Found,
}

/// What scoring finds; `cells` is `None` where the edition has no indicator.
struct Found {
    cells: Option<Cells>,
    composites: Vec<Composite>,
    points: Vec<f64>,
    lines: Vec<Vec<Line>>,
}

impl ScoreTable<'_> {
    /// Score of a unit on an indicator, 0–100, with its rank among units of the type.
    pub fn score(&self, unit: UnitIndex, indicator: usize) -> Option<(f64, u32)> {
        let cells = self.found.cells.as_ref()?;
        let slot = unit.at() * cells.grid.width + indicator;
        let rank = cells.ranks.get(slot).copied().filter(|rank| *rank > 0)?;
        Some((cells.scores[slot], rank))
    }

    /// Composites, unit by unit: the groups in edition order, then overall.
    pub fn composites(&self) -> &[Composite] {
        &self.found.composites
    }

    /// All of it as cells.
    pub fn scorecard(self) -> Scorecard {
        let ScoreTable { types, measures, readers, edition, found: Found { cells, composites, points, .. } } = self;
        let Some(cells) = cells else {
            return Scorecard { edition: edition.id.clone(), scores: Vec::new(), composites, treated: Vec::new() };
        };
        let scores = (0..cells.grid.slots())
            .into_par_iter()
            .with_min_len(cells.grid.width)
            .map(|slot| cells.score(&types, measures, &readers, slot, raw::number(points[slot])))
            .collect();
        let treated = cells.columns.into_iter().flat_map(|column| column.treated).collect();
        Scorecard { edition: edition.id.clone(), scores, composites, treated }
    }
}

fn found(comparison: &Comparison, measures: &Measures, readers: &[Reader], last: &[Option<f64>]) -> Found {
    let Comparison { units, types, edition, .. } = *comparison;
    let Some(grid) = Grid::new(units.len(), edition.indicators.len()) else {
        let nothing = vec![vec![(None, 0.0); edition.groups.len() + 1]; units.len()];
        let composites = ranked(types, nothing, edition.groups.len());
        return Found { cells: None, composites, points: Vec::new(), lines: Vec::new() };
    };
    let levels = levels(edition);
    let (mut cells, mut values) = Cells::new(grid, types, measures, readers, &levels);
    for (height, level) in levels.iter().enumerate() {
        if height > 0 {
            cells.next_level(types, measures, readers, level, &mut values);
        }
        let scored: Vec<Scored> = level
            .par_iter()
            .zip(grid.columns(&values, level))
            .map(|(&at, raw)| {
                let last = |unit: usize| last.get(unit * grid.width + at).copied().flatten();
                indicator::scored(comparison, at, &raw, &last)
            })
            .collect();
        cells.enter(level, scored);
    }
    drop(values);
    let frozen = comparison.frozen.map(|frozen| frozen.lines.as_slice());
    let (composites, points, lines) = composites(types, edition, &cells, frozen);
    Found { cells: Some(cells), composites, points, lines }
}

/// Indices of indicators so that each comes after those whose score it uses. The catalogue refuses circles; in an
/// edition made otherwise their members come last and find no score.
fn levels(edition: &Edition) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..edition.indicators.len()).collect();
    let mut levels = Vec::new();
    while !left.is_empty() {
        let waits = |at: usize| {
            let uses = edition.indicators[at].value.scores();
            left.iter().any(|&other| uses.contains(&edition.indicators[other].code.as_str()))
        };
        let (waiting, ready): (Vec<usize>, Vec<usize>) = left.iter().copied().partition(|&at| waits(at));
        if ready.is_empty() {
            levels.push(waiting);
            break;
        }
        levels.push(ready);
        left = waiting;
    }
    levels
}

/// Value and coverage of the groups of a unit and of the whole.
type Means = Vec<(Option<f64>, f64)>;

/// Composites of all units, ranked; second, unit by unit, the points that each score brings to the total, not a number
/// where it plays none; third, by type, the lines on which they were rescaled: `frozen`, where given.
fn composites(
    types: &Types,
    edition: &Edition,
    cells: &Cells,
    frozen: Option<&[Line]>,
) -> (Vec<Composite>, Vec<f64>, Vec<Vec<Line>>) {
    let Grid { units, width, .. } = cells.grid;
    let overall = edition.groups.len();
    let plan = combine::Plan::new(edition);
    let mut lines = Vec::new();
    // Every row is filled below.
    let mut points = vec![0.0; units * width];
    let enter = |row: &mut [f64], points: &[Option<f64>]| {
        row.iter_mut().zip(points).for_each(|(slot, points)| *slot = points.unwrap_or(f64::NAN));
    };
    let Some(hierarchy) = levels::hierarchy(edition).filter(|_| levels::by_levels(edition)) else {
        let scratch = || (Vec::with_capacity(width), vec![None; width]);
        let mut means: Vec<Means> = points
            .par_chunks_mut(width)
            .enumerate()
            .map_init(scratch, |(own, points), (unit, row)| {
                cells.leaves(edition.missing, types.of_unit[unit], plan.weights(), unit, own);
                let means = plan.of_unit(own, points);
                enter(row, points);
                means
            })
            .collect();
        for members in &types.members {
            let totals = members.iter().filter_map(|&unit| means[unit][overall].0);
            let line = match frozen {
                Some(frozen) => frozen.first().copied().flatten(),
                None => combine::line(edition.combine.then, totals),
            };
            lines.push(vec![line]);
            let Some(line) = line else { continue };
            for &unit in members {
                let row = &mut points[unit * width..(unit + 1) * width];
                let mut own: Vec<Option<f64>> = row.iter().map(|points| raw::number(*points)).collect();
                let weights = |at: usize| plan.weights()[at];
                combine::rescaled(&mut means[unit][overall].0, &mut own, &weights, line, edition.combine.then);
                enter(row, &own);
            }
        }
        return (ranked(types, means, overall), points, lines);
    };
    let mut means: Vec<Means> = vec![Vec::new(); units];
    for members in &types.members {
        let row = |unit: &usize| {
            let mut own = Vec::with_capacity(width);
            cells.leaves(edition.missing, types.of_unit[*unit], plan.weights(), *unit, &mut own);
            own
        };
        let rows: Vec<Vec<Leaf>> = members.par_iter().map(row).collect();
        let own: Vec<Vec<Leaf>> =
            (0..width).into_par_iter().map(|at| rows.iter().map(|row| row[at]).collect()).collect();
        let found = levels::composites(&hierarchy, &own, frozen);
        for ((&unit, own), brought) in members.iter().zip(found.means).zip(found.points) {
            means[unit] = own;
            enter(&mut points[unit * width..(unit + 1) * width], &brought);
        }
        lines.push(found.lines);
    }
    (ranked(types, means, overall), points, lines)
}

/// Composites from value and coverage of each group and of the whole, ranked within the type.
fn ranked(types: &Types, means: Vec<Means>, overall: usize) -> Vec<Composite> {
    // By group, within its type.
    let ranks: Vec<Vec<(Option<u32>, u32)>> = (0..=overall)
        .into_par_iter()
        .map(|group| {
            let mut of_group = vec![(None, 0); means.len()];
            for members in &types.members {
                let values: Vec<Option<f64>> = members.iter().map(|&unit| means[unit][group].0).collect();
                let (ranks, of) = rank::ranks(&values);
                members.iter().zip(ranks).for_each(|(&unit, rank)| of_group[unit] = (rank, of));
            }
            of_group
        })
        .collect();
    (0..means.len() * (overall + 1))
        .into_par_iter()
        .map(|slot| {
            let (unit, group) = (slot / (overall + 1), slot % (overall + 1));
            let ((score, coverage), (rank, of)) = (means[unit][group], ranks[group][unit]);
            let group = (group < overall).then_some(group);
            Composite { unit: UnitIndex(unit as u32), group, score, low: None, high: None, coverage, rank, of }
        })
        .collect()
}
