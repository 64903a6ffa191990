//! Whole columns brought to scores among themselves, as composite-indicator work does: no benchmark, no unit types, no
//! bounds of 0 and 100.

use crate::model::edition::{Direction, Normaliser};
use crate::score::normalise::{Fit, Scale};
use crate::score::population::Population;
use crate::score::statistics;

/// A column normalised among its own values. With `LowerIsBetter` each value counts with the other sign, so that goalposts
/// and targets, which are raw values, do too. A column whose values are all alike gets the middle of the scale.
///
/// `reference` is the index of the unit that a distance is measured to. Where the normaliser cannot serve the column all
/// are `None`.
pub fn normalised(
    values: &[Option<f64>],
    normaliser: &Normaliser,
    direction: Direction,
    reference: Option<usize>,
) -> Vec<Option<f64>> {
    let sign = if direction == Direction::LowerIsBetter { -1.0 } else { 1.0 };
    let signed: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| sign * value)).collect();
    let normaliser = turned(normaliser, direction);
    let population = Population::Values(statistics::ordered(signed.iter().flatten().copied()));
    let fit = Fit {
        population: &population,
        direction: Direction::HigherIsBetter,
        treat: None,
        reference: reference.and_then(|at| signed.get(at).copied().flatten()),
    };
    match Scale::new(&normaliser, fit) {
        Some(Scale::Constant(_)) => signed.iter().map(|value| value.map(|_| middle(&normaliser))).collect(),
        Some(scale) => signed.iter().map(|value| value.map(|value| scale.value(value))).collect(),
        None => vec![None; values.len()],
    }
}

/// Values on the straight line through two rising goalposts, also beyond them; `to` are the scores of the two. With
/// `LowerIsBetter` the lower post has the greater score.
pub fn beyond_goalposts(
    values: &[Option<f64>],
    [low, high]: [f64; 2],
    to: [f64; 2],
    direction: Direction,
) -> Vec<Option<f64>> {
    let share = |value: f64| match direction {
        Direction::HigherIsBetter => (value - low) / (high - low),
        Direction::LowerIsBetter => (high - value) / (high - low),
    };
    values.iter().map(|value| value.map(|value| to[0] + (to[1] - to[0]) * share(value))).collect()
}

/// Each value over the greatest, as it stands, also where that is negative; `None` where it is 0.
pub fn fractions_of_max(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let max = values.iter().flatten().copied().reduce(f64::max).filter(|max| *max != 0.0);
    values.iter().map(|value| Some((*value)? / max?)).collect()
}

/// The normaliser for a column with the other sign.
fn turned(normaliser: &Normaliser, direction: Direction) -> Normaliser {
    match (normaliser, direction) {
        (Normaliser::Goalposts { posts: [low, high], to }, Direction::LowerIsBetter) => {
            Normaliser::Goalposts { posts: [-high, -low], to: *to }
        }
        (Normaliser::DistanceToTarget { target, to }, Direction::LowerIsBetter) => {
            Normaliser::DistanceToTarget { target: -target, to: *to }
        }
        _ => normaliser.clone(),
    }
}

/// The middle of a normaliser's scale.
fn middle(normaliser: &Normaliser) -> f64 {
    match normaliser {
        Normaliser::MinMax { to: [low, high] }
        | Normaliser::LogMinMax { to: [low, high] }
        | Normaliser::StretchedNormalCdf { to: [low, high], .. } => (low + high) / 2.0,
        Normaliser::TwoPiece { to: [_, middle, _] } => *middle,
        Normaliser::ZScore { mean, .. } => *mean,
        _ => 50.0,
    }
}
