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
use crate::model::measure::{MeasureDefinition, Measures, Reason, Status};
use crate::model::score::{Composite, Score, Scorecard};
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, Units};

use combine::{Line, Part};
use grid::Grid;
use hierarchy::Leaf;
use indicator::{Comparison, Placed, Scored};
use raw::{Raw, Reader};
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
    let types = Types::new(units);
    let comparison = Comparison { units, types: &types, edition, benchmark, peers, minimum_units, frozen: None };
    card(&comparison, measures, definitions, &[]).0
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
    let Comparison { units, types, edition, .. } = *comparison;
    let Some(grid) = Grid::new(units.len(), edition.indicators.len()) else {
        let nothing = vec![vec![(None, 0.0); edition.groups.len() + 1]; units.len()];
        let composites = ranked(types, nothing, edition.groups.len());
        let card = Scorecard { edition: edition.id.clone(), scores: Vec::new(), composites, treated: Vec::new() };
        return (card, Vec::new());
    };
    let readers = raw::readers(measures, definitions, edition, types);
    let levels = levels(edition);
    let (raws, mut values) = first_level(grid, comparison, measures, &readers, &levels[0]);
    let columns = (0..grid.width).map(|_| Scored::default()).collect();
    let mut cells = Cells { grid, types, edition, raws, placed: vec![Placed::default(); grid.slots()], columns };
    for (height, level) in levels.iter().enumerate() {
        if height > 0 {
            cells.next_level(measures, &readers, level, &mut values);
        }
        let raw = grid.columns(&values, level);
        let scored: Vec<Scored> = level
            .par_iter()
            .zip(raw)
            .map(|(&at, raw)| {
                let last = |unit: usize| last.get(unit * grid.width + at).copied().flatten();
                indicator::scored(comparison, at, &raw, &last)
            })
            .collect();
        let places: Vec<(usize, &[Placed])> =
            level.iter().zip(&scored).map(|(&at, scored)| (at, scored.cells.as_slice())).collect();
        grid.enter(&mut cells.placed, &places);
        for (&at, scored) in level.iter().zip(scored) {
            cells.columns[at] = scored;
        }
    }
    let (composites, points, lines) = composites(&cells, comparison.frozen.map(|frozen| frozen.lines.as_slice()));
    let scores = (0..grid.slots())
        .into_par_iter()
        .with_min_len(grid.width)
        .map(|slot| cells.score(slot, raw::number(points[slot])))
        .collect();
    let treated = cells.columns.into_iter().flat_map(|column| column.treated).collect();
    (Scorecard { edition: edition.id.clone(), scores, composites, treated }, lines)
}

/// Raw values of the first level, and these once more as plain numbers: what may not be scored is not a number. Both unit
/// by unit, with places for the other levels.
fn first_level(
    grid: Grid,
    comparison: &Comparison,
    measures: &Measures,
    readers: &[Reader],
    level: &[usize],
) -> (Vec<Raw>, Vec<f64>) {
    let first: Vec<bool> = (0..grid.width).map(|at| level.contains(&at)).collect();
    let (mut raws, mut values) = (Vec::new(), Vec::new());
    (0..grid.slots())
        .into_par_iter()
        .with_min_len(grid.width)
        .map(|slot| {
            let (unit, at) = grid.place(slot);
            let raw = if first[at] {
                readers[at].raw(comparison.types.of_unit[unit], measures.row(unit), |_| None)
            } else {
                Raw::absent(Status::Missing, Reason::DependsOnMissing)
            };
            (raw, raw.scorable())
        })
        .unzip_into_vecs(&mut raws, &mut values);
    (raws, values)
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

/// All that is known of the cells, unit by unit, and of the indicators.
struct Cells<'a> {
    grid: Grid,
    types: &'a Types<'a>,
    edition: &'a Edition,
    raws: Vec<Raw>,
    placed: Vec<Placed>,
    columns: Vec<Scored>,
}

impl Cells<'_> {
    /// Raw values of a level that uses scores of those before it, entered into the raw values and once more as plain
    /// numbers into `values`.
    fn next_level(&mut self, measures: &Measures, readers: &[Reader], level: &[usize], values: &mut [f64]) {
        let Cells { grid, types, raws, placed, columns, .. } = self;
        let rows = raws.par_chunks_mut(grid.width).zip(placed.par_chunks(grid.width));
        rows.zip(values.par_chunks_mut(grid.width)).enumerate().for_each(|(unit, ((raws, placed), values))| {
            let unit_type = types.of_unit[unit];
            for &at in level {
                let scored = |other: usize| {
                    let (score, status, _) = cell(&raws[other], placed[other], columns[other].compared(unit_type));
                    Some(raw::Scored { status, score, n: raws[other].n })
                };
                let raw = readers[at].raw(unit_type, measures.row(unit), scored);
                (raws[at], values[at]) = (raw, raw.scorable());
            }
        });
    }

    /// A cell of the scorecard.
    #[inline]
    fn score(&self, slot: usize, contribution: Option<f64>) -> Score {
        let (unit, indicator) = self.grid.place(slot);
        let (raw, placed, column) = (&self.raws[slot], self.placed[slot], &self.columns[indicator]);
        let unit_type = self.types.of_unit[unit];
        let (score, status, reason) = cell(raw, placed, column.compared(unit_type));
        Score {
            // Units are numbered by `u32`.
            unit: UnitIndex(unit as u32),
            indicator,
            status,
            reason,
            raw: raw.value(),
            numerator: raw.numerator(),
            denominator: raw.denominator(),
            n: raw.n,
            score,
            low: None,
            high: None,
            weight: self.edition.indicators[indicator].weight,
            contribution,
            rank: score.map(|_| placed.rank),
            of: column.of.get(unit_type).copied().unwrap_or(0),
            benchmark: score.and_then(|_| column.sources[unit_type].clone()),
        }
    }

    /// What each indicator enters into the means of a unit: its score, or what stands in for it.
    fn leaves(&self, weights: &[f64], unit: usize, leaves: &mut Vec<Leaf>) {
        let row = unit * self.grid.width..(unit + 1) * self.grid.width;
        let (raws, placed, unit_type) = (&self.raws[row.clone()], &self.placed[row], self.types.of_unit[unit]);
        let own = placed.iter().zip(weights).filter(|(placed, weight)| placed.rank > 0 && **weight > 0.0);
        let stand_in = missing::stand_in(self.edition.missing, own.map(|(placed, _)| placed.score));
        leaves.clear();
        leaves.extend(raws.iter().zip(placed).zip(weights).enumerate().map(|(at, ((raw, placed), &weight))| {
            if placed.rank > 0 {
                return Leaf { value: Some(placed.score), covered: true, withheld: false };
            }
            let column = &self.columns[at];
            let (score, status, _) = cell(raw, *placed, column.compared(unit_type));
            let imputed = column.stand_ins.get(unit_type).copied().flatten();
            let part = Part { weight, score, missing: status == Status::Missing };
            part.leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
        }));
    }
}

/// Score of a cell with the status and the reason that this gives it. `compared` says whether there was anything to
/// compare its value with.
fn cell(raw: &Raw, placed: Placed, compared: bool) -> (Option<f64>, Status, Option<Reason>) {
    if placed.rank > 0 {
        (Some(placed.score), raw.status, raw.reason)
    } else if raw.reason.is_none() && !compared {
        (None, Status::NotScorable, Some(Reason::NoBenchmark))
    } else {
        (None, raw.status, raw.reason)
    }
}

/// Value and coverage of the groups of a unit and of the whole.
type Means = Vec<(Option<f64>, f64)>;

/// Composites of all units, ranked; second, unit by unit, the points that each score brings to the total, not a number
/// where it plays none; third, by type, the lines on which they were rescaled: `frozen`, where given.
fn composites(cells: &Cells, frozen: Option<&[Line]>) -> (Vec<Composite>, Vec<f64>, Vec<Vec<Line>>) {
    let Cells { grid: Grid { units, width, .. }, types, edition, .. } = *cells;
    let overall = edition.groups.len();
    let plan = combine::Plan::new(edition);
    let mut points = vec![f64::NAN; units * width];
    let mut lines = Vec::new();
    let enter = |row: &mut [f64], points: &[Option<f64>]| {
        row.iter_mut().zip(points).for_each(|(slot, points)| *slot = points.unwrap_or(f64::NAN));
    };
    let Some(hierarchy) = levels::hierarchy(edition).filter(|_| levels::by_levels(edition)) else {
        let scratch = || (Vec::with_capacity(width), vec![None; width]);
        let mut means: Vec<Means> = points
            .par_chunks_mut(width)
            .enumerate()
            .map_init(scratch, |(own, points), (unit, row)| {
                cells.leaves(plan.weights(), unit, own);
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
            cells.leaves(plan.weights(), *unit, &mut own);
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
    let composite = |unit: usize, group: usize| {
        let ((score, coverage), (rank, of)) = (means[unit][group], ranks[group][unit]);
        let group = (group < overall).then_some(group);
        Composite { unit: UnitIndex(unit as u32), group, score, low: None, high: None, coverage, rank, of }
    };
    let slots = (0..means.len()).flat_map(|unit| (0..=overall).map(move |group| (unit, group)));
    slots.map(|(unit, group)| composite(unit, group)).collect()
}
