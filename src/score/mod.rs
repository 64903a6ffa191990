//! Score: measures × edition × benchmark → scorecard; pure and parallel.
//!
//! | # | step | from | gives | parallel over | in |
//! |---|---|---|---|---|---|
//! | 1 | raw value | measures, formula, cap, unit types, minimum `n` | value or reason, status, `n`, numerator, denominator | unit × indicator | `raw` |
//! | 2 | population | published constants, else peers of the type, else units of the type with a raw value | what to compare with | type × indicator | `population` |
//! | 3 | normalise | value, population, direction | 0–100 | unit × indicator | `normalise` |
//! | 4 | missing rule | status `missing` | left out, entered or withheld | unit | `missing` |
//! | 5 | mean | scores, weights | composite of each group and of the whole, coverage, points | unit | `combine` |
//! | 6 | rescale | composites of the whole | what follows the mean: nothing, best = 100, linear | type | `combine` |
//! | 7 | rank | scores, composites | rank and number compared, within the type | – | `rank` |
//!
//! An indicator that uses `score(…)` of others passes steps 1–3 after them. What is not scorable is never filled in by
//! step 4 and counts against coverage; the total is given where at least the edition's floor of the weight has
//! scores, a group wherever anything of it has. The whole is the mean over indicators, not over groups: where weight is missing the two differ.
//!
//! Threads only fill slots whose order is fixed beforehand, and every sum runs over ascending values or in edition order
//! within one thread, so the bits depend neither on the number of threads nor on the order of units or peers.

pub mod combine;
pub mod frozen;
pub mod missing;
pub mod normalise;
pub mod population;
pub mod rank;
pub mod raw;
pub mod statistics;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::benchmark::{Benchmark, BenchmarkSource};
use crate::model::edition::{Edition, Rescale};
use crate::model::measure::{MeasureDefinition, Measures, Reason, Status};
use crate::model::score::{Composite, Score, Scorecard};
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, Units};

use combine::{Mean, Part};
use frozen::Frozen;
use normalise::Scale;
use raw::{MeasureColumns, Raw};

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
    scored(units, measures, definitions, edition, benchmark, peers, minimum_units, None)
}

/// As [`scorecard`]; with `frozen`, units are compared with those of another run.
#[allow(clippy::too_many_arguments)]
fn scored(
    units: &Units,
    measures: &Measures,
    definitions: &[MeasureDefinition],
    edition: &Edition,
    benchmark: Option<&Benchmark>,
    peers: &[Peer],
    minimum_units: usize,
    frozen: Option<&Frozen>,
) -> Scorecard {
    let types = Types::new(units);
    let indicators = edition.indicators.len();
    let columns = MeasureColumns::new(measures, definitions, edition);
    let mut cells: Vec<Option<Score>> = vec![None; units.len() * indicators];
    for level in levels(edition) {
        let raws = raw_values(units, &columns, edition, &level, &cells);
        let width = level.len();
        let scales: Vec<Option<(Scale, BenchmarkSource)>> = (0..types.names.len() * width)
            .into_par_iter()
            .map(|slot| {
                let (unit_type, at) = (slot / width, slot % width);
                let own: Vec<f64> = match frozen {
                    Some(frozen) => frozen.own[level[at]].clone(),
                    None => {
                        let members = types.members[unit_type].iter();
                        members.filter_map(|&unit| raws[unit * width + at].scorable()).collect()
                    }
                };
                let indicator = &edition.indicators[level[at]];
                let name = types.names[unit_type];
                let (population, source) =
                    population::population(edition, indicator, name, benchmark, peers, &own, minimum_units)?;
                Some((Scale::new(&indicator.normalise, &population)?, source))
            })
            .collect();
        for (slot, raw) in raws.into_iter().enumerate() {
            let (unit, at) = (slot / width, slot % width);
            let scale = scales[types.of_unit[unit] * width + at].as_ref();
            cells[unit * indicators + level[at]] = Some(cell(edition, unit, level[at], raw, scale));
        }
    }
    // Every indicator is in exactly one level, so no slot is empty.
    let mut scores: Vec<Score> = cells.into_iter().flatten().collect();
    let composites = composites(&types, edition, &mut scores, frozen.map(|frozen| frozen.best));
    rank_scores(&types, &mut scores, indicators);
    Scorecard { edition: edition.id.clone(), scores, composites }
}

/// Units by type.
struct Types<'a> {
    names: Vec<&'a str>,
    members: Vec<Vec<usize>>,
    of_unit: Vec<usize>,
}

impl<'a> Types<'a> {
    fn new(units: &'a Units) -> Self {
        let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
        let mut types = Types { names: Vec::new(), members: Vec::new(), of_unit: Vec::new() };
        for (index, unit) in units.iter() {
            let position = *positions.entry(unit.unit_type.as_str()).or_insert_with(|| {
                types.names.push(unit.unit_type.as_str());
                types.members.push(Vec::new());
                types.names.len() - 1
            });
            types.members[position].push(index.at());
            types.of_unit.push(position);
        }
        types
    }
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

fn raw_values(
    units: &Units,
    columns: &MeasureColumns,
    edition: &Edition,
    level: &[usize],
    cells: &[Option<Score>],
) -> Vec<Raw> {
    let indicators = edition.indicators.len();
    let positions: BTreeMap<&str, usize> =
        edition.indicators.iter().enumerate().map(|(at, indicator)| (indicator.code.as_str(), at)).collect();
    (0..units.len() * level.len())
        .into_par_iter()
        .map(|slot| {
            let (unit, indicator) = (slot / level.len(), level[slot % level.len()]);
            let scores = |code: &str| positions.get(code).and_then(|at| cells[unit * indicators + at].as_ref());
            // Units are numbered by `u32`.
            let index = UnitIndex(unit as u32);
            raw::raw(columns, unit, units.get(index), &edition.indicators[indicator], &scores)
        })
        .collect()
}

/// A cell of the scorecard, without rank and contribution.
fn cell(edition: &Edition, unit: usize, indicator: usize, raw: Raw, scale: Option<&(Scale, BenchmarkSource)>) -> Score {
    let definition = &edition.indicators[indicator];
    let scored = raw.scorable().zip(scale).map(|(value, (scale, _))| scale.score(value, definition.direction));
    let (status, reason) = match (raw.scorable(), scored) {
        // There is a value, and nothing to compare it with.
        (Some(_), None) => (Status::NotScorable, Some(Reason::NoBenchmark)),
        _ => (raw.status, raw.reason),
    };
    Score {
        unit: UnitIndex(unit as u32),
        indicator,
        status,
        reason,
        raw: raw.value,
        numerator: raw.numerator,
        denominator: raw.denominator,
        n: raw.n,
        score: scored,
        low: None,
        high: None,
        weight: definition.weight,
        contribution: None,
        rank: None,
        of: 0,
        benchmark: scored.and(scale).map(|(_, source)| source.clone()),
    }
}

/// Composites of all units, ranked; enters the contributions into the scores.
fn composites(types: &Types, edition: &Edition, scores: &mut [Score], best: Option<f64>) -> Vec<Composite> {
    let indicators = edition.indicators.len();
    let members = combine::members(edition);
    let of_unit = |unit: usize| &scores[unit * indicators..(unit + 1) * indicators];
    let mut means: Vec<Vec<Mean>> = (0..types.of_unit.len())
        .into_par_iter()
        .map(|unit| combine::of_unit(edition, &members, of_unit(unit)))
        .collect();
    let overall = members.len();
    if edition.combine.then == Rescale::Top100 {
        for units in &types.members {
            let of_units = || units.iter().filter_map(|&unit| means[unit][overall].value).fold(0.0, f64::max);
            let best = best.unwrap_or_else(of_units);
            if best > 0.0 {
                for &unit in units {
                    let parts: Vec<Part> = of_unit(unit).iter().map(Part::of).collect();
                    combine::rescale(&mut means[unit][overall], &parts, 100.0 / best, 0.0);
                }
            }
        }
    }
    for (unit, means) in means.iter().enumerate() {
        for (indicator, points) in means[overall].points.iter().enumerate() {
            scores[unit * indicators + indicator].contribution = *points;
        }
    }
    let mut composites: Vec<Composite> = means
        .iter()
        .enumerate()
        .flat_map(|(unit, means)| {
            means.iter().enumerate().map(move |(group, mean)| Composite {
                unit: UnitIndex(unit as u32),
                group: (group < overall).then_some(group),
                score: mean.value,
                low: None,
                high: None,
                coverage: mean.coverage,
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
    composites
}

fn rank_scores(types: &Types, scores: &mut [Score], indicators: usize) {
    for units in &types.members {
        for indicator in 0..indicators {
            let slots: Vec<usize> = units.iter().map(|&unit| unit * indicators + indicator).collect();
            let values: Vec<Option<f64>> = slots.iter().map(|&slot| scores[slot].score).collect();
            let (ranks, of) = rank::ranks(&values);
            for (&slot, rank) in slots.iter().zip(ranks) {
                scores[slot].rank = rank;
                scores[slot].of = of;
            }
        }
    }
}
