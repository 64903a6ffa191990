//! Step 3: from raw value to a score from 0 to 100. Every method is monotone in the raw value.

use crate::model::edition::{Direction, Normaliser};
use crate::score::population::Population;
use crate::score::statistics;

/// The scale of one indicator for one type of unit: its normaliser with the constants worked out once.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// 100·Φ((x − mean)/sd).
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, more than 0.
        sd: f64,
    },
    /// All of the population are alike: the middle, 50, for their value and above it 100, below it 0.
    Constant(f64),
    /// 100·(1 − exp(−x/mean)).
    Exponential {
        /// Mean, more than 0.
        mean: f64,
    },
    /// 100·√(x/max).
    SquareRoot {
        /// Largest value, more than 0.
        max: f64,
    },
    /// 100·x/max.
    Share {
        /// Largest value, more than 0.
        max: f64,
    },
    /// Nobody has any: 0 for nothing, 100 for anything.
    Nothing,
    /// Linear from `min` and `max` to `to`.
    Linear {
        /// Smallest value.
        min: f64,
        /// Largest value, more than `min`.
        max: f64,
        /// Scores of the two.
        to: [f64; 2],
    },
    /// 100 · (share below + half the share equal) among ascending values.
    Rank(Vec<f64>),
    /// The raw value itself.
    Given,
}

impl Scale {
    /// The scale that a normaliser makes of a population; `None` where the population cannot serve it.
    pub fn new(normaliser: &Normaliser, population: &Population) -> Option<Scale> {
        let (mean_sd, min, max, values) = match population {
            Population::Given => return Some(Scale::Given),
            Population::Constants { mean_sd, min, max } => (*mean_sd, *min, *max, &[][..]),
            Population::Values(values) => (None, values.first().copied(), values.last().copied(), values.as_slice()),
        };
        match normaliser {
            Normaliser::NormalCdf { tails } => match (mean_sd, tails) {
                (Some(published), _) => normal(published),
                (None, Some(tails)) => spread(&statistics::winsorised(values, *tails)),
                (None, None) => spread(values),
            },
            Normaliser::ExponentialCdf => {
                let mean = mean_sd.map(|(mean, _)| mean).or_else(|| statistics::mean(values))?;
                Some(if mean > 0.0 { Scale::Exponential { mean } } else { Scale::Nothing })
            }
            Normaliser::SquareRootOfMax => {
                max.map(|max| if max > 0.0 { Scale::SquareRoot { max } } else { Scale::Nothing })
            }
            Normaliser::ShareOfMax => max.map(|max| if max > 0.0 { Scale::Share { max } } else { Scale::Nothing }),
            Normaliser::MinMax { to } => match (min?, max?) {
                (min, max) if min < max => Some(Scale::Linear { min, max, to: *to }),
                (alike, _) => Some(Scale::Constant(alike)),
            },
            Normaliser::PercentileRank => (!values.is_empty()).then(|| Scale::Rank(values.to_vec())),
            Normaliser::Given => Some(Scale::Given),
        }
    }

    /// The score of a raw value, 0–100. With `LowerIsBetter` the scale is mirrored: 100 less the score.
    pub fn score(&self, raw: f64, direction: Direction) -> f64 {
        let score = match self {
            Scale::Normal { mean, sd } => 100.0 * statistics::normal_cdf((raw - mean) / sd),
            Scale::Constant(value) if raw > *value => 100.0,
            Scale::Constant(value) if raw < *value => 0.0,
            Scale::Constant(_) => 50.0,
            Scale::Exponential { mean } => 100.0 * -libm::expm1(-raw.max(0.0) / mean),
            Scale::SquareRoot { max } => 100.0 * (raw.max(0.0) / max).sqrt(),
            Scale::Share { max } => 100.0 * (raw / max),
            Scale::Nothing if raw > 0.0 => 100.0,
            Scale::Nothing => 0.0,
            Scale::Linear { min, max, to: [low, high] } => {
                low + (high - low) * ((raw - min) / (max - min)).clamp(0.0, 1.0)
            }
            Scale::Rank(values) => {
                let below = values.partition_point(|value| *value < raw);
                let not_above = values.partition_point(|value| *value <= raw);
                50.0 * (below + not_above) as f64 / values.len() as f64
            }
            Scale::Given => raw,
        };
        let score = score.clamp(0.0, 100.0);
        match (direction, self) {
            (Direction::HigherIsBetter, _) => score,
            // Within its own bounds, so that the best stays the best of `to`.
            (Direction::LowerIsBetter, Scale::Linear { to: [low, high], .. }) => low + high - score,
            (Direction::LowerIsBetter, _) => 100.0 - score,
        }
    }
}

/// The normal scale of ascending values. Where all are alike their deviation may come out as the noise of their mean, so
/// that is looked at in the values themselves.
fn spread(values: &[f64]) -> Option<Scale> {
    match (values.first(), values.last()) {
        (Some(first), Some(last)) if first == last => Some(Scale::Constant(*first)),
        _ => statistics::mean_sd(values).and_then(normal),
    }
}

/// A normal scale, if mean and deviation can make one.
fn normal((mean, sd): (f64, f64)) -> Option<Scale> {
    (mean.is_finite() && sd.is_finite() && sd > 0.0).then_some(Scale::Normal { mean, sd })
}
