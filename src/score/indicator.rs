//! Steps 2, 3 and 7 for one indicator: all units put on the scale of their type and ranked.

use crate::model::benchmark::BenchmarkSource;
use crate::model::edition::{Damped, Direction, Imputation, Indicator, MissingRule};
use crate::model::score::TreatedPoint;
use crate::model::unit::UnitIndex;
use crate::score::damping;
use crate::score::frozen::Frozen;
use crate::score::imputation;
use crate::score::normalise::{Fit, Scale};
use crate::score::population::{self, Population};
use crate::score::run::Run;
use crate::score::types::Types;

/// What units are compared with, but for themselves.
pub struct Comparison<'a> {
    /// Units, edition, constants and peers.
    pub run: &'a Run<'a>,
    /// The units by type.
    pub types: &'a Types<'a>,
    /// Units of another run to compare with instead, where they are given.
    pub frozen: Option<&'a Frozen>,
}

/// One indicator over all units.
#[derive(Default)]
pub struct Scored {
    /// 0–100, by unit.
    pub scores: Vec<f64>,
    /// Rank within the type, by unit; 0 says that there is no score.
    pub ranks: Vec<u32>,
    /// How many are ranked, by type.
    pub of: Vec<u32>,
    /// What was compared with, by type; `None` where there was nothing.
    pub sources: Vec<Option<BenchmarkSource>>,
    /// What stands in for a missing score, by type, where the indicator is imputed or the edition enters the lowest.
    pub stand_ins: Vec<Option<f64>>,
    /// Values changed by the treatment of outliers, in unit order.
    pub treated: Vec<TreatedPoint>,
}

impl Scored {
    /// Whether units of a type were placed by the own published past: near the edition's scale, not on it.
    pub fn by_history(&self, unit_type: usize) -> bool {
        matches!(self.sources.get(unit_type), Some(Some(BenchmarkSource::History(_))))
    }

    /// Whether there was anything to compare units of a type with.
    pub fn compared(&self, unit_type: usize) -> bool {
        self.sources.get(unit_type).is_some_and(Option::is_some)
    }
}

/// Scores and ranks of all units on the indicator at `at`. `raw_values` holds the raw values by unit, not a number where there is
/// none to be scored; `last` gives last year's values where changes are damped.
pub fn scored(comparison: &Comparison, at: usize, raw_values: &[f64], last: &dyn Fn(usize) -> Option<f64>) -> Scored {
    let indicator = &comparison.run.edition.indicators[at];
    let damps = |on: Damped| indicator.damping.as_ref().filter(|rule| rule.on == on);
    let damp = |on: Damped, unit: usize, now: f64| match damps(on).and_then(|rule| Some((rule, last(unit)?))) {
        Some((rule, last)) => damping::damped(now, last, rule),
        None => now,
    };
    let raw = |unit: usize| Some(raw_values[unit]).filter(|now| !now.is_nan()).map(|now| damp(Damped::Raw, unit, now));
    let mut found = Scored {
        scores: vec![0.0; raw_values.len()],
        ranks: vec![0; raw_values.len()],
        of: Vec::new(),
        sources: Vec::new(),
        stand_ins: Vec::new(),
        treated: Vec::new(),
    };
    for (unit_type, members) in comparison.types.members.iter().enumerate() {
        if members.is_empty() {
            // Of this type nothing is asked.
            found.of.push(0);
            found.sources.push(None);
            found.stand_ins.push(None);
            continue;
        }
        // Ascending once: the population, and nearly the order of scores as well.
        let mut order: Vec<(Ascending, u32)> =
            members.iter().filter_map(|&unit| Some((Ascending::of(raw(unit)?), unit as u32))).collect();
        order.sort_unstable();
        let own: Vec<f64> = order.iter().map(|(value, _)| value.value()).collect();
        let compared = comparison.frozen.map_or(&own, |frozen| &frozen.own[at]);
        let worst = |one: f64, other: f64| match indicator.direction {
            Direction::HigherIsBetter => one.min(other),
            Direction::LowerIsBetter => one.max(other),
        };
        let scale = scale(comparison, indicator, comparison.types.names[unit_type], compared, &raw);
        let (mut placed, mut source, mut stand_in) = (Vec::with_capacity(order.len()), None, None);
        if let Some((scale, population, of)) = scale {
            for (value, (_, unit)) in own.iter().copied().zip(order) {
                let score = scale.score(value, indicator.direction);
                placed.push((damp(Damped::Score, unit as usize, score).clamp(0.0, 100.0), unit));
                mark(&scale, unit, at, value, &mut found.treated);
            }
            stand_in = indicator.impute.and_then(|with| imputed(&population, with));
            stand_in = stand_in.map(|raw| scale.score(raw, indicator.direction));
            if indicator.impute.is_none() && comparison.run.edition.missing == MissingRule::LowestOfCompared {
                stand_in = compared.iter().copied().reduce(worst).map(|raw| scale.score(raw, indicator.direction));
            }
            source = Some(of);
        }
        found.of.push(rank(placed, &mut found.scores, &mut found.ranks));
        found.sources.push(source);
        found.stand_ins.push(stand_in);
    }
    found.treated.sort_by_key(|point| point.unit);
    found
}

/// A number as an integer of the same order, which is quicker to sort: [`f64::total_cmp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ascending(i64);

impl Ascending {
    /// All but the sign is turned over for negative numbers, which turns back alike.
    fn turned(bits: i64) -> i64 {
        bits ^ (((bits >> 63) as u64) >> 1) as i64
    }

    fn of(value: f64) -> Self {
        Ascending(Self::turned(value.to_bits() as i64))
    }

    fn value(self) -> f64 {
        f64::from_bits(Self::turned(self.0) as u64)
    }
}

/// The scale for one type, with what it was made of.
fn scale(
    comparison: &Comparison,
    indicator: &Indicator,
    unit_type: &str,
    own: &[f64],
    raw: &dyn Fn(usize) -> Option<f64>,
) -> Option<(Scale, Population, BenchmarkSource)> {
    let Comparison { run, frozen, .. } = *comparison;
    let Run { edition, peers, .. } = *run;
    let (population, source) = population::population(run, indicator, unit_type, own)?;
    let of_unit = |id: &str| {
        if let Some(frozen) = frozen {
            return frozen.references.get(&indicator.code).copied();
        }
        let known = run.units.iter().find(|(_, unit)| unit.id == id);
        known.and_then(|(index, _)| raw(index.at()))
    };
    let reference = population::reference(edition, indicator, unit_type, peers, &of_unit);
    let fit =
        Fit { population: &population, direction: indicator.direction, treat: indicator.treat.as_ref(), reference };
    let scale = Scale::new(&indicator.normalise, fit)?;
    Some((scale, population, source))
}

/// Notes a value that the treatment changed.
fn mark(scale: &Scale, unit: u32, indicator: usize, raw: f64, treated: &mut Vec<TreatedPoint>) {
    if let Scale::Treated(transform, _) = scale
        && let Some(mark) = transform.mark(raw)
    {
        treated.push(TreatedPoint { unit: UnitIndex(unit), indicator, raw, treated: transform.apply(raw), mark });
    }
}

/// The raw value that stands in for a missing one: the centre of what is compared with.
fn imputed(population: &Population, with: Imputation) -> Option<f64> {
    match (population, with) {
        (Population::Values(values), with) => imputation::centre(values, with),
        (Population::Constants { mean_sd, .. }, Imputation::Mean) => mean_sd.map(|(mean, _)| mean),
        _ => None,
    }
}

/// Enters scores and ranks of scored units, the greatest score first, equal ones sharing the better rank; how many they
/// are.
fn rank(mut placed: Vec<(f64, u32)>, scores: &mut [f64], ranks: &mut [u32]) -> u32 {
    // In the order of raw values already, one way or the other, but where a scale bends by the last bit.
    if placed.first().zip(placed.last()).is_some_and(|(first, last)| first.0 < last.0) {
        placed.reverse();
    }
    if !placed.is_sorted_by(|one, other| one.0 >= other.0) {
        placed.sort_by(|one, other| other.0.total_cmp(&one.0));
    }
    let mut rank = 0;
    for (place, (score, unit)) in placed.iter().enumerate() {
        if place == 0 || placed[place - 1].0 != *score {
            rank = place as u32 + 1;
        }
        (scores[*unit as usize], ranks[*unit as usize]) = (*score, rank);
    }
    placed.len() as u32
}
