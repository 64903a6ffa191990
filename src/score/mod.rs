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

/// Raw values of the indicators of one level, unit by unit.
struct Level {
    raws: Vec<Raw>,
    width: usize,
}

/// Cells of all units, indicator by indicator, as far as they are known.
struct Cells {
    /// Level of each indicator and its place in it.
    places: Vec<(usize, usize)>,
    levels: Vec<Level>,
    scored: Vec<Option<Scored>>,
}

impl Cells {
    fn raw(&self, unit: usize, indicator: usize) -> &Raw {
        let (level, at) = self.places[indicator];
        let level = &self.levels[level];
        &level.raws[unit * level.width + at]
    }

    /// Score of a cell, with the status and the reason that this gives it.
    fn cell(&self, types: &Types, unit: usize, indicator: usize) -> Option<(Option<f64>, Status, Option<Reason>)> {
        let scored = self.scored[indicator].as_ref()?;
        let raw = self.raw(unit, indicator);
        Some(match scored.sources[types.of_unit[unit]] {
            // There is a value, and nothing to compare it with.
            None if raw.scorable().is_some() => (None, Status::NotScorable, Some(Reason::NoBenchmark)),
            _ => (scored.scores[unit], raw.status, raw.reason),
        })
    }
}

fn card(
    comparison: &Comparison,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    last: &[Option<f64>],
) -> Scorecard {
    let Comparison { units, types, edition, .. } = *comparison;
    let indicators = edition.indicators.len();
    let readers = raw::readers(measures, definitions, edition);
    let levels = levels(edition);
    let mut places = vec![(0, 0); indicators];
    for (level, members) in levels.iter().enumerate() {
        for (at, &indicator) in members.iter().enumerate() {
            places[indicator] = (level, at);
        }
    }
    let mut cells = Cells { places, levels: Vec::new(), scored: (0..indicators).map(|_| None).collect() };
    for level in &levels {
        let raws = raw_values(comparison, measures, &readers, level, &cells);
        cells.levels.push(Level { raws, width: level.len() });
        let scored: Vec<Scored> = level
            .par_iter()
            .map(|&at| {
                let raw: Vec<Option<f64>> = (0..units.len()).map(|unit| cells.raw(unit, at).scorable()).collect();
                let last = |unit: usize| last.get(unit * indicators + at).copied().flatten();
                indicator::scored(comparison, at, &raw, &last)
            })
            .collect();
        for (&at, scored) in level.iter().zip(scored) {
            cells.scored[at] = Some(scored);
        }
    }
    let (composites, points) = composites(types, edition, &cells);
    let scores = (0..units.len() * indicators)
        .into_par_iter()
        .map(|slot| score(comparison, &cells, slot / indicators, slot % indicators, points[slot]))
        .collect();
    let treated = cells.scored.into_iter().flatten().flat_map(|scored| scored.treated).collect();
    Scorecard { edition: edition.id.clone(), scores, composites, treated }
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

/// Raw values of the indicators of a level, unit by unit.
fn raw_values(
    comparison: &Comparison,
    measures: &Measures,
    readers: &[Reader],
    level: &[usize],
    cells: &Cells,
) -> Vec<Raw> {
    let Comparison { units, types, edition, .. } = *comparison;
    let indicators = edition.indicators.len();
    // By type and indicator.
    let scorable: Vec<bool> = types
        .names
        .iter()
        .flat_map(|name| {
            edition.indicators.iter().map(move |indicator| indicator.scorable.iter().any(|known| known == name))
        })
        .collect();
    (0..units.len() * level.len())
        .into_par_iter()
        .map(|slot| {
            let (unit, at) = (slot / level.len(), level[slot % level.len()]);
            let scored = |other: usize| {
                let (score, status, _) = cells.cell(types, unit, other)?;
                Some(raw::Scored { status, score, n: cells.raw(unit, other).n })
            };
            readers[at].raw(scorable[types.of_unit[unit] * indicators + at], measures.row(unit), &scored)
        })
        .collect()
}

/// A cell of the scorecard.
fn score(comparison: &Comparison, cells: &Cells, unit: usize, indicator: usize, contribution: Option<f64>) -> Score {
    let Comparison { types, edition, .. } = *comparison;
    let raw = cells.raw(unit, indicator);
    let (score, status, reason) = cells.cell(types, unit, indicator).unwrap_or((None, raw.status, raw.reason));
    let scored = cells.scored[indicator].as_ref();
    let unit_type = types.of_unit[unit];
    Score {
        // Units are numbered by `u32`.
        unit: UnitIndex(unit as u32),
        indicator,
        status,
        reason,
        raw: raw.value,
        numerator: raw.numerator,
        denominator: raw.denominator,
        n: raw.n,
        score,
        low: None,
        high: None,
        weight: edition.indicators[indicator].weight,
        contribution,
        rank: scored.and_then(|scored| scored.ranks[unit]),
        of: scored.map_or(0, |scored| scored.of[unit_type]),
        benchmark: scored.filter(|_| score.is_some()).and_then(|scored| scored.sources[unit_type].clone()),
    }
}

/// Composites of all units, ranked, and the points that each cell brings to the total.
fn composites(types: &Types, edition: &Edition, cells: &Cells) -> (Vec<Composite>, Vec<Option<f64>>) {
    let indicators = edition.indicators.len();
    let overall = edition.groups.len();
    let mut means: Vec<Vec<(Option<f64>, f64)>> = vec![Vec::new(); types.of_unit.len()];
    let mut points: Vec<Option<f64>> = vec![None; types.of_unit.len() * indicators];
    match levels::hierarchy(edition).filter(|_| levels::by_levels(edition)) {
        Some(hierarchy) => {
            for members in &types.members {
                let rows: Vec<Vec<Leaf>> =
                    members.par_iter().map(|&unit| leaves(types, edition, cells, unit)).collect();
                let columns: Vec<Vec<Leaf>> =
                    (0..indicators).into_par_iter().map(|at| rows.iter().map(|row| row[at]).collect()).collect();
                let found = levels::composites(&hierarchy, &columns);
                for ((&unit, own), brought) in members.iter().zip(found.means).zip(found.points) {
                    means[unit] = own;
                    points[unit * indicators..(unit + 1) * indicators].copy_from_slice(&brought);
                }
            }
        }
        None => {
            let members = combine::members(edition);
            means.par_iter_mut().zip(points.par_chunks_mut(indicators.max(1))).enumerate().for_each(
                |(unit, (means, points))| {
                    *means = combine::of_unit(edition, &members, &leaves(types, edition, cells, unit), points);
                },
            );
            let weights = |at: usize| edition.indicators[at].weight;
            for members in &types.members {
                let totals = members.iter().filter_map(|&unit| means[unit][overall].0);
                let Some(line) = combine::line(edition.combine.then, totals) else { continue };
                for &unit in members {
                    let points = &mut points[unit * indicators..(unit + 1) * indicators];
                    combine::rescaled(&mut means[unit][overall].0, points, &weights, line, edition.combine.then);
                }
            }
        }
    }
    let mut composites: Vec<Composite> = means
        .iter()
        .enumerate()
        .flat_map(|(unit, means)| {
            means.iter().enumerate().map(move |(group, &(score, coverage))| Composite {
                unit: UnitIndex(unit as u32),
                group: (group < overall).then_some(group),
                score,
                low: None,
                high: None,
                coverage,
                rank: None,
                of: 0,
            })
        })
        .collect();
    for units in &types.members {
        for group in 0..=overall {
            let slots: Vec<usize> = units.iter().map(|&unit| unit * (overall + 1) + group).collect();
            let values: Vec<Option<f64>> = slots.iter().map(|&slot| composites[slot].score).collect();
            let (ranks, of) = rank::ranks(&values);
            for (&slot, rank) in slots.iter().zip(ranks) {
                composites[slot].rank = rank;
                composites[slot].of = of;
            }
        }
    }
    (composites, points)
}

/// What each indicator enters into the means of a unit: its score, or what stands in for it.
fn leaves(types: &Types, edition: &Edition, cells: &Cells, unit: usize) -> Vec<Leaf> {
    let part = |at: usize| {
        let (score, status, _) = cells.cell(types, unit, at).unwrap_or((None, Status::Missing, None));
        Part { weight: edition.indicators[at].weight, score, missing: status == Status::Missing }
    };
    let parts: Vec<Part> = (0..edition.indicators.len()).map(part).collect();
    let own: Vec<f64> = parts.iter().filter(|part| part.weight > 0.0).filter_map(|part| part.score).collect();
    let stand_in = missing::stand_in(edition.missing, &own);
    let unit_type = types.of_unit[unit];
    let leaf = |(at, part): (usize, &Part)| {
        let imputed = cells.scored[at].as_ref().and_then(|scored| scored.stand_ins[unit_type]);
        part.leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
    };
    parts.iter().enumerate().map(leaf).collect()
}
