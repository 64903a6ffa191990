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
    let Comparison { types, edition, .. } = *comparison;
    let width = edition.indicators.len();
    let readers = raw::readers(measures, definitions, edition, types);
    let levels = levels(edition);
    let (mut scores, mut values) =
        first_level(comparison, measures, &readers, levels.first().map_or(&[], Vec::as_slice));
    let mut columns: Vec<Option<Scored>> = (0..width).map(|_| None).collect();
    for (height, level) in levels.iter().enumerate() {
        if height > 0 {
            // What this one uses of the others must be in its place.
            scores.par_chunks_mut(width).zip(values.par_chunks_mut(width)).enumerate().for_each(
                |(unit, (row, values))| {
                    enter(types, &levels[height - 1], &columns, unit, row);
                    for &at in level {
                        let scored = |other: usize| row.get(other).map(raw::Scored::of);
                        let raw = readers[at].raw(types, unit, measures.row(unit), &scored);
                        values[at] = raw.scorable().unwrap_or(f64::NAN);
                        row[at] = blank(unit, at, edition.indicators[at].weight, raw);
                    }
                },
            );
        }
        let scored: Vec<Scored> = level
            .par_iter()
            .map(|&at| {
                let raw = |unit: usize| Some(values[unit * width + at]).filter(|value| !value.is_nan());
                let last = |unit: usize| last.get(unit * width + at).copied().flatten();
                indicator::scored(comparison, at, &raw, &last)
            })
            .collect();
        for (&at, scored) in level.iter().zip(scored) {
            columns[at] = Some(scored);
        }
    }
    let newest = levels.last().map_or(&[][..], Vec::as_slice);
    let (composites, lines) = composites(comparison, newest, &columns, &mut scores);
    let treated = columns.into_iter().flatten().flat_map(|scored| scored.treated).collect();
    (Scorecard { edition: edition.id.clone(), scores, composites, treated }, lines)
}

/// Cells with the raw values of the first level, and these values once more, as plain numbers: what may not be scored is
/// not a number. Both unit by unit.
fn first_level(
    comparison: &Comparison,
    measures: &Measures,
    readers: &[Reader],
    level: &[usize],
) -> (Vec<Score>, Vec<f64>) {
    let Comparison { units, types, edition, .. } = *comparison;
    let width = edition.indicators.len();
    let weights: Vec<f64> = edition.indicators.iter().map(|indicator| indicator.weight).collect();
    let (mut scores, mut values) = (Vec::new(), Vec::new());
    (0..units.len() * width)
        .into_par_iter()
        .with_min_len(width.max(1))
        .map(|slot| {
            let (unit, at) = (slot / width, slot % width);
            let raw = match level.binary_search(&at) {
                Ok(_) => readers[at].raw(types, unit, measures.row(unit), &|_| None),
                Err(_) => Raw::absent(Status::Missing, Reason::DependsOnMissing),
            };
            (blank(unit, at, weights[at], raw), raw.scorable().unwrap_or(f64::NAN))
        })
        .unzip_into_vecs(&mut scores, &mut values);
    (scores, values)
}

/// Indices of indicators so that each comes after those whose score it uses, ascending within a level. The catalogue
/// refuses circles; in an edition made otherwise their members come last and find no score.
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

/// A cell without score.
fn blank(unit: usize, indicator: usize, weight: f64, raw: Raw) -> Score {
    Score {
        // Units are numbered by `u32`.
        unit: UnitIndex(unit as u32),
        indicator,
        status: raw.status,
        reason: raw.reason,
        raw: raw.value,
        numerator: raw.numerator,
        denominator: raw.denominator,
        n: raw.n,
        score: None,
        low: None,
        high: None,
        weight,
        contribution: None,
        rank: None,
        of: 0,
        benchmark: None,
    }
}

/// Enters scores and ranks of the indicators of a level into the cells of a unit.
fn enter(types: &Types, level: &[usize], columns: &[Option<Scored>], unit: usize, row: &mut [Score]) {
    let unit_type = types.of_unit[unit];
    for &at in level {
        let (Some(column), cell) = (columns[at].as_ref(), &mut row[at]) else { continue };
        cell.of = column.of[unit_type];
        match (column.cells[unit], &column.sources[unit_type]) {
            ((score, rank), source) if rank > 0 => {
                (cell.score, cell.rank) = (Some(score), Some(rank));
                cell.benchmark.clone_from(source);
            }
            // There is a value, and nothing to compare it with.
            (_, None) if cell.raw.is_some() && cell.reason.is_none() => {
                (cell.status, cell.reason) = (Status::NotScorable, Some(Reason::NoBenchmark));
            }
            _ => {}
        }
    }
}

/// Composites of all units, ranked; enters the scores of the last level and the points of every score into the cells.
fn composites(
    comparison: &Comparison,
    level: &[usize],
    columns: &[Option<Scored>],
    scores: &mut [Score],
) -> (Vec<Composite>, Vec<Vec<Line>>) {
    let Comparison { units, types, edition, frozen, .. } = *comparison;
    let (width, overall, units) = (edition.indicators.len(), edition.groups.len(), units.len());
    if width == 0 {
        return (ranked(types, vec![vec![(None, 0.0); overall + 1]; units], overall), Vec::new());
    }
    let hierarchy = levels::hierarchy(edition).filter(|_| levels::by_levels(edition));
    let Some(hierarchy) = hierarchy else {
        let plan = combine::Plan::new(edition);
        let scratch = || (Vec::with_capacity(width), vec![None; width]);
        let mut means: Vec<Vec<(Option<f64>, f64)>> = scores
            .par_chunks_mut(width)
            .enumerate()
            .map_init(scratch, |(own, points), (unit, row)| {
                enter(types, level, columns, unit, row);
                leaves(types, edition, columns, unit, row, own);
                let means = plan.of_unit(own, points);
                row.iter_mut().zip(points).for_each(|(cell, points)| cell.contribution = *points);
                means
            })
            .collect();
        let lines = rescale(comparison, &mut means, scores);
        return (ranked(types, means, overall), lines);
    };
    scores.par_chunks_mut(width).enumerate().for_each(|(unit, row)| enter(types, level, columns, unit, row));
    let mut means: Vec<Vec<(Option<f64>, f64)>> = vec![Vec::new(); units];
    let mut lines = Vec::new();
    for members in &types.members {
        let rows: Vec<Vec<Leaf>> = members
            .par_iter()
            .map(|&unit| {
                let mut own = Vec::with_capacity(width);
                leaves(types, edition, columns, unit, &scores[unit * width..(unit + 1) * width], &mut own);
                own
            })
            .collect();
        let own: Vec<Vec<Leaf>> =
            (0..width).into_par_iter().map(|at| rows.iter().map(|row| row[at]).collect()).collect();
        let found = levels::composites(&hierarchy, &own, frozen.map(|frozen| frozen.lines.as_slice()));
        for ((&unit, own), points) in members.iter().zip(found.means).zip(found.points) {
            means[unit] = own;
            let row = &mut scores[unit * width..(unit + 1) * width];
            row.iter_mut().zip(points).for_each(|(cell, points)| cell.contribution = points);
        }
        lines.push(found.lines);
    }
    (ranked(types, means, overall), lines)
}

/// What follows the mean over indicators; the line of each type.
fn rescale(comparison: &Comparison, means: &mut [Vec<(Option<f64>, f64)>], scores: &mut [Score]) -> Vec<Vec<Line>> {
    let Comparison { types, edition, frozen, .. } = *comparison;
    let (width, overall) = (edition.indicators.len(), edition.groups.len());
    let weights = |at: usize| edition.indicators[at].weight;
    let mut lines = Vec::new();
    for members in &types.members {
        let totals = members.iter().filter_map(|&unit| means[unit][overall].0);
        let line = match frozen {
            Some(frozen) => frozen.lines.first().copied().flatten(),
            None => combine::line(edition.combine.then, totals),
        };
        lines.push(vec![line]);
        let Some(line) = line else { continue };
        for &unit in members {
            let row = &mut scores[unit * width..(unit + 1) * width];
            let mut points: Vec<Option<f64>> = row.iter().map(|cell| cell.contribution).collect();
            combine::rescaled(&mut means[unit][overall].0, &mut points, &weights, line, edition.combine.then);
            row.iter_mut().zip(points).for_each(|(cell, points)| cell.contribution = points);
        }
    }
    lines
}

/// Composites from value and coverage of each group and of the whole, ranked within the type.
fn ranked(types: &Types, means: Vec<Vec<(Option<f64>, f64)>>, overall: usize) -> Vec<Composite> {
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
    (0..means.len())
        .flat_map(|unit| (0..=overall).map(move |group| (unit, group)))
        .map(|(unit, group)| composite(unit, group))
        .collect()
}

/// What each indicator enters into the means of a unit: its score, or what stands in for it.
fn leaves(
    types: &Types,
    edition: &Edition,
    columns: &[Option<Scored>],
    unit: usize,
    row: &[Score],
    leaves: &mut Vec<Leaf>,
) {
    let own = row.iter().filter(|cell| cell.weight > 0.0).filter_map(|cell| cell.score);
    let stand_in = missing::stand_in(edition.missing, own);
    let unit_type = types.of_unit[unit];
    leaves.clear();
    leaves.extend(row.iter().zip(columns).map(|(cell, column)| {
        let imputed = || column.as_ref().and_then(|column| column.stand_ins[unit_type]);
        let missing = cell.score.is_none() && cell.status == Status::Missing;
        let imputed = if missing { imputed() } else { None };
        Part::of(cell).leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
    }));
}
