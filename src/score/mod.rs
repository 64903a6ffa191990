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
pub mod damping;
pub mod denominator;
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
pub mod treatment;
mod types;

use rayon::prelude::*;

use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::{MeasureDefinition, Measures, Reason, Status};
use crate::model::score::{Composite, Score, Scorecard};
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, Units};

use combine::Part;
use hierarchy::Leaf;
use indicator::{Comparison, Scored};
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
    let comparison = Comparison { units, types: &types, edition, benchmark, peers, minimum_units };
    card(&comparison, measures, definitions, &[])
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
    let comparison = Comparison { units, types: &types, edition, benchmark, peers, minimum_units };
    card(&comparison, measures, definitions, last)
}

fn card(
    comparison: &Comparison,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    last: &[Option<f64>],
) -> Scorecard {
    let Comparison { units, types, edition, .. } = *comparison;
    let width = edition.indicators.len();
    let readers = raw::readers(measures, definitions, edition, types);
    let levels = levels(edition);
    let (mut raws, mut values) = first_level(comparison, measures, &readers, levels.first().map_or(&[], Vec::as_slice));
    let mut columns: Vec<Scored> = (0..width).map(|_| Scored::default()).collect();
    for (height, level) in levels.iter().enumerate() {
        if height > 0 {
            let rows = raws.par_chunks_mut(width).zip(values.par_chunks_mut(width)).enumerate();
            rows.for_each(|(unit, (raws, values))| {
                for &at in level {
                    let scored = |other: usize| {
                        let raw: &Raw = &raws[other];
                        let (score, status, _) = columns[other].cell(types, unit, raw);
                        Some(raw::Scored { status, score, n: raw.n })
                    };
                    let raw = readers[at].raw(types, unit, measures.row(unit), scored);
                    (raws[at], values[at]) = (raw, raw.scorable());
                }
            });
        }
        let scored: Vec<Scored> = level
            .par_iter()
            .map(|&at| {
                let raw = |unit: usize| raw::number(values[unit * width + at]);
                let last = |unit: usize| last.get(unit * width + at).copied().flatten();
                indicator::scored(comparison, at, &raw, &last)
            })
            .collect();
        for (&at, scored) in level.iter().zip(scored) {
            columns[at] = scored;
        }
    }
    let cells = Cells { types, edition, raws, columns };
    let (composites, points) = composites(&cells, units.len());
    let scores = (0..units.len() * width)
        .into_par_iter()
        .with_min_len(width.max(1))
        .map(|slot| cells.score(slot / width, slot % width, raw::number(points[slot])))
        .collect();
    let treated = cells.columns.into_iter().flat_map(|column| column.treated).collect();
    Scorecard { edition: edition.id.clone(), scores, composites, treated }
}

/// Raw values of the first level, and these once more as plain numbers: what may not be scored is not a number. Both unit
/// by unit, with places for the other levels.
fn first_level(
    comparison: &Comparison,
    measures: &Measures,
    readers: &[Reader],
    level: &[usize],
) -> (Vec<Raw>, Vec<f64>) {
    let Comparison { units, types, .. } = *comparison;
    let width = readers.len();
    let first: Vec<bool> = (0..width).map(|at| level.contains(&at)).collect();
    let (mut raws, mut values) = (Vec::new(), Vec::new());
    (0..units.len() * width)
        .into_par_iter()
        .with_min_len(width.max(1))
        .map(|slot| {
            let (unit, at) = (slot / width, slot % width);
            let raw = if first[at] {
                readers[at].raw(types, unit, measures.row(unit), |_| None)
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

/// All that is known of the cells: raw values unit by unit, scores indicator by indicator.
struct Cells<'a> {
    types: &'a Types<'a>,
    edition: &'a Edition,
    raws: Vec<Raw>,
    columns: Vec<Scored>,
}

impl Cells<'_> {
    /// A cell of the scorecard.
    fn score(&self, unit: usize, indicator: usize, contribution: Option<f64>) -> Score {
        let (raw, column) = (&self.raws[unit * self.columns.len() + indicator], &self.columns[indicator]);
        let (score, status, reason) = column.cell(self.types, unit, raw);
        let unit_type = self.types.of_unit[unit];
        let source = column.sources.get(unit_type).and_then(Option::as_ref);
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
            rank: score.and_then(|_| column.cells.get(unit)).map(|(_, rank)| *rank),
            of: column.of.get(unit_type).copied().unwrap_or(0),
            benchmark: source.filter(|_| score.is_some()).cloned(),
        }
    }

    /// What each indicator enters into the means of a unit: its score, or what stands in for it.
    fn leaves(&self, weights: &[f64], unit: usize, leaves: &mut Vec<Leaf>) {
        let width = self.columns.len();
        let cells = || {
            let raws = &self.raws[unit * width..(unit + 1) * width];
            self.columns.iter().zip(raws).map(move |(column, raw)| (column, column.cell(self.types, unit, raw)))
        };
        let own = cells().zip(weights).filter(|(_, weight)| **weight > 0.0).filter_map(|((_, (score, ..)), _)| score);
        let stand_in = missing::stand_in(self.edition.missing, own);
        leaves.clear();
        leaves.extend(cells().zip(weights).map(|((column, (score, status, _)), &weight)| {
            let part = Part { weight, score, missing: status == Status::Missing };
            let imputed = column.stand_ins.get(self.types.of_unit[unit]).copied().flatten();
            part.leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
        }));
    }
}

/// Value and coverage of the groups of a unit and of the whole.
type Means = Vec<(Option<f64>, f64)>;

/// Composites of all units, ranked; second, unit by unit, the points that each score brings to the total, not a number
/// where it plays none.
fn composites(cells: &Cells, units: usize) -> (Vec<Composite>, Vec<f64>) {
    let (types, edition, width) = (cells.types, cells.edition, cells.columns.len());
    let overall = edition.groups.len();
    let plan = combine::Plan::new(edition);
    let mut points = vec![f64::NAN; units * width];
    if width == 0 {
        return (ranked(types, vec![vec![(None, 0.0); overall + 1]; units], overall), points);
    }
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
            let Some(line) = combine::line(edition.combine.then, totals) else { continue };
            for &unit in members {
                let row = &mut points[unit * width..(unit + 1) * width];
                let mut own: Vec<Option<f64>> = row.iter().map(|points| raw::number(*points)).collect();
                let weights = |at: usize| plan.weights()[at];
                combine::rescaled(&mut means[unit][overall].0, &mut own, &weights, line, edition.combine.then);
                enter(row, &own);
            }
        }
        return (ranked(types, means, overall), points);
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
        let found = levels::composites(&hierarchy, &own);
        for ((&unit, own), brought) in members.iter().zip(found.means).zip(found.points) {
            means[unit] = own;
            enter(&mut points[unit * width..(unit + 1) * width], &brought);
        }
    }
    (ranked(types, means, overall), points)
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
