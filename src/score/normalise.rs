//! Step 3: from raw value to a score from 0 to 100. Every method is monotone in the raw value while what it is compared
//! with stays.

use crate::model::calibration::Curve;
use crate::model::edition::{BandBase, Direction, Normaliser, Ties, Treatment};
use crate::score::calibration;
use crate::score::population::Population;
use crate::score::statistics;
use crate::score::treatment::{self, Transform};

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
    /// Φ((x − mean)/sd), linear from its least and greatest value to `to`.
    Stretched {
        /// Mean.
        mean: f64,
        /// Standard deviation, more than 0.
        sd: f64,
        /// Φ of the least and of the greatest value, rising.
        from: [f64; 2],
        /// Scores of the two.
        to: [f64; 2],
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
    /// Linear in the logarithm from `min` and `max` to `to`.
    LogLinear {
        /// Smallest value, more than 0.
        min: f64,
        /// Largest value, more than `min`.
        max: f64,
        /// Scores of the two.
        to: [f64; 2],
    },
    /// score + points·(x − mean)/sd.
    Standard {
        /// Mean of the compared values.
        mean: f64,
        /// Their standard deviation, more than 0.
        sd: f64,
        /// Score of the mean and points of one standard deviation.
        to: [f64; 2],
    },
    /// 100 · (share below + half the share equal) among ascending values.
    Rank(Vec<f64>),
    /// 100 · (rank − 1)/(n − 1) among at least two ascending values.
    Place {
        /// The values.
        values: Vec<f64>,
        /// Which rank equal values share.
        ties: Ties,
    },
    /// Linear in two pieces, from `min` over `middle` to `max`.
    TwoPiece {
        /// Smallest value, median and largest value; the first less than the last.
        from: [f64; 3],
        /// Scores of the three.
        to: [f64; 3],
    },
    /// Points by band.
    Bands {
        /// Lower ends of all bands but the lowest, rising.
        limits: Vec<f64>,
        /// Scores of the bands.
        points: Vec<f64>,
    },
    /// A curve from the own published past.
    Calibrated(Curve),
    /// Another scale of the treated value.
    Treated(Transform, Box<Scale>),
    /// The raw value itself.
    Given,
}

/// What a normaliser is fitted to.
#[derive(Debug, Clone, Copy)]
pub struct Fit<'a> {
    /// What values are compared with.
    pub population: &'a Population,
    /// Which way is better.
    pub direction: Direction,
    /// How outliers among compared values are treated; published constants stay as they are.
    pub treat: Option<&'a Treatment>,
    /// Value of the peer or unit that a distance is measured to.
    pub reference: Option<f64>,
}

impl Scale {
    /// The scale that a normaliser makes of a population; `None` where the population cannot serve it.
    pub fn new(normaliser: &Normaliser, fit: Fit) -> Option<Scale> {
        if let (Some(rule), Population::Values(values)) = (fit.treat, fit.population) {
            let transform = treatment::treatment(values, rule).transform;
            if transform != Transform::None {
                let treated = values.iter().map(|value| transform.apply(*value)).collect();
                let population = Population::Values(treated);
                let fit = Fit { population: &population, ..fit };
                let inner = Scale::fitted(normaliser, fit, &|value| transform.apply(value))?;
                return Some(Scale::Treated(transform, Box::new(inner)));
            }
        }
        Scale::fitted(normaliser, fit, &|value| value)
    }

    /// The scale of (treated) values; `treated` brings the normaliser's own raw values onto their level.
    fn fitted(normaliser: &Normaliser, fit: Fit, treated: &dyn Fn(f64) -> f64) -> Option<Scale> {
        let (mean_sd, min, max, values) = match fit.population {
            Population::Given => return Some(Scale::Given),
            Population::History(curve) => return Some(Scale::Calibrated(curve.clone())),
            Population::Constants { mean_sd, min, max } => (*mean_sd, *min, *max, &[][..]),
            Population::Values(values) => (None, values.first().copied(), values.last().copied(), values.as_slice()),
        };
        let of_max = |root: bool, max: f64| match root {
            _ if max <= 0.0 => Scale::Nothing,
            true => Scale::SquareRoot { max },
            false => Scale::Share { max },
        };
        // From the worst to `end`; where nobody is worse than that, all who reach it have the upper end.
        let distance = |end: f64, to: [f64; 2]| {
            let (min, max) = match fit.direction {
                Direction::HigherIsBetter => (min?.min(end.next_down()), end),
                Direction::LowerIsBetter => (end, max?.max(end.next_up())),
            };
            Some(Scale::Linear { min, max, to })
        };
        match normaliser {
            Normaliser::NormalCdf { tails } => bell(mean_sd, *tails, values),
            Normaliser::StretchedNormalCdf { tails, to } => match bell(mean_sd, *tails, values)? {
                Scale::Normal { mean, sd } => {
                    let from = [min?, max?].map(|value| statistics::normal_cdf((value - mean) / sd));
                    Some(if from[0] < from[1] {
                        Scale::Stretched { mean, sd, from, to: *to }
                    } else {
                        Scale::Constant(min?)
                    })
                }
                alike => Some(alike),
            },
            Normaliser::ExponentialCdf => {
                let mean = mean_sd.map(|(mean, _)| mean).or_else(|| statistics::mean(values))?;
                Some(if mean > 0.0 { Scale::Exponential { mean } } else { Scale::Nothing })
            }
            Normaliser::SquareRootOfMax => max.map(|max| of_max(true, max)),
            Normaliser::ShareOfMax => max.map(|max| of_max(false, max)),
            Normaliser::OfCappedMax { root, means } => {
                // A published maximum is taken for the one that was used.
                let most = statistics::mean(values).map_or(f64::INFINITY, |mean| means * mean);
                max.map(|max| of_max(*root, max.min(most)))
            }
            Normaliser::MinMax { to } => Some(linear(min?, max?, *to)),
            Normaliser::LogMinMax { to } => {
                let positive = &values[values.partition_point(|value| *value <= 0.0)..];
                let (min, max) = (positive.first().copied().or(min)?, max?);
                Some(match (min > 0.0, min < max) {
                    (true, true) => Scale::LogLinear { min, max, to: *to },
                    (true, false) => Scale::Constant(min),
                    _ => Scale::Nothing,
                })
            }
            Normaliser::Goalposts { posts: [low, high], to } => Some(linear(treated(*low), treated(*high), *to)),
            Normaliser::DistanceToTarget { target, to } => distance(treated(*target), *to),
            Normaliser::DistanceToReference { to, .. } => distance(treated(fit.reference?), *to),
            Normaliser::ZScore { mean: middle, sd: points } => match bell(mean_sd, None, values)? {
                Scale::Normal { mean, sd } => Some(Scale::Standard { mean, sd, to: [*middle, *points] }),
                alike => Some(alike),
            },
            Normaliser::Rank { ties } => match values {
                [] => None,
                [alone] => Some(Scale::Constant(*alone)),
                _ => Some(Scale::Place { values: values.to_vec(), ties: *ties }),
            },
            Normaliser::PercentileRank => (!values.is_empty()).then(|| Scale::Rank(values.to_vec())),
            Normaliser::TwoPiece { to } => {
                let from = [min?, statistics::quantile(values, 0.5)?, max?];
                Some(if from[0] < from[2] { Scale::TwoPiece { from, to: *to } } else { Scale::Constant(from[0]) })
            }
            Normaliser::Bands { limits, points, of } => {
                let limits: Option<Vec<f64>> = match of {
                    BandBase::Raw => Some(limits.iter().map(|limit| treated(*limit)).collect()),
                    BandBase::Median => {
                        let median = statistics::quantile(values, 0.5).filter(|median| *median >= 0.0)?;
                        Some(limits.iter().map(|limit| limit * median).collect())
                    }
                };
                Some(Scale::Bands { limits: limits?, points: points.clone() })
            }
            Normaliser::Given => Some(Scale::Given),
        }
    }

    /// What the scale makes of a raw value, before it is kept within 0–100.
    pub fn value(&self, raw: f64) -> f64 {
        match self {
            Scale::Normal { mean, sd } => 100.0 * statistics::normal_cdf((raw - mean) / sd),
            Scale::Stretched { mean, sd, from: [least, most], to: [low, high] } => {
                let share = (statistics::normal_cdf((raw - mean) / sd) - least) / (most - least);
                low + (high - low) * share.clamp(0.0, 1.0)
            }
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
            Scale::LogLinear { min, to: [low, _], .. } if raw <= *min => *low,
            Scale::LogLinear { min, max, to: [low, high] } => {
                low + (high - low) * (libm::log(raw / min) / libm::log(max / min)).clamp(0.0, 1.0)
            }
            Scale::Standard { mean, sd, to: [middle, points] } => middle + points * ((raw - mean) / sd),
            Scale::Rank(values) => {
                let below = values.partition_point(|value| *value < raw);
                let not_above = values.partition_point(|value| *value <= raw);
                50.0 * (below + not_above) as f64 / values.len() as f64
            }
            Scale::Place { values, ties } => {
                let below = values.partition_point(|value| *value < raw);
                let equal = values.partition_point(|value| *value <= raw) - below;
                let shared = if *ties == Ties::Average { equal.saturating_sub(1) as f64 / 2.0 } else { 0.0 };
                100.0 * (below as f64 + shared) / (values.len() - 1) as f64
            }
            Scale::TwoPiece { from: [min, middle, max], to: [low, half, high] } => {
                let piece = |from: f64, until: f64, low: f64, high: f64| {
                    if from < until {
                        low + (high - low) * ((raw - from) / (until - from)).clamp(0.0, 1.0)
                    } else {
                        high
                    }
                };
                if raw < *middle { piece(*min, *middle, *low, *half) } else { piece(*middle, *max, *half, *high) }
            }
            Scale::Bands { limits, points } => points[limits.partition_point(|limit| *limit <= raw)],
            Scale::Treated(transform, scale) => scale.value(transform.apply(raw)),
            Scale::Calibrated(curve) => calibration::score(curve, raw),
            Scale::Given => raw,
        }
    }

    /// The score of a raw value, 0–100. With `LowerIsBetter` the scale is mirrored: 100 less the score.
    pub fn score(&self, raw: f64, direction: Direction) -> f64 {
        let value = self.value(raw);
        match direction {
            Direction::HigherIsBetter => value.clamp(0.0, 100.0),
            Direction::LowerIsBetter => self.mirrored(value).clamp(0.0, 100.0),
        }
    }

    /// A value seen from the other end, within the bounds of the scale, so that the best stays the best of `to`.
    fn mirrored(&self, value: f64) -> f64 {
        match self {
            Scale::Linear { to: [low, high], .. }
            | Scale::LogLinear { to: [low, high], .. }
            | Scale::Stretched { to: [low, high], .. }
            | Scale::TwoPiece { to: [low, _, high], .. } => low + high - value,
            Scale::Bands { points, .. } => {
                // The best band takes the points of the worst.
                let at = points.partition_point(|points| *points < value).min(points.len() - 1);
                points[points.len() - 1 - at]
            }
            Scale::Standard { to: [middle, _], .. } => 2.0 * middle - value,
            Scale::Treated(_, scale) => scale.mirrored(value),
            _ => 100.0 - value.clamp(0.0, 100.0),
        }
    }
}

/// A linear scale; where its ends coincide, all are alike.
fn linear(min: f64, max: f64, to: [f64; 2]) -> Scale {
    if min < max { Scale::Linear { min, max, to } } else { Scale::Constant(min) }
}

/// The normal scale of published constants, else of ascending values, with what lies beyond the tails capped first.
fn bell(published: Option<(f64, f64)>, tails: Option<[f64; 2]>, values: &[f64]) -> Option<Scale> {
    match (published, tails) {
        (Some(published), _) => normal(published),
        (None, Some(tails)) => spread(&statistics::winsorised(values, tails)),
        (None, None) => spread(values),
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
