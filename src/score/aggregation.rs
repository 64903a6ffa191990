//! Means of scores, and the points that each score brings to its mean.
//!
//! The points of a part are its score times what one more point of it is worth: s·∂M/∂s = M·ω·s^p / Σ ω·s^p for the
//! mean with exponent p (ω the weight as a share). All these means are homogeneous of degree one, so by Euler's theorem
//! the points sum to the mean; they are the shares of Aumann and Shapley (Values of Non-Atomic Games, 1974) on the way
//! from nothing to the scores. With p = 1 they are the usual ω·s, with p → 0 (geometric) ω·M.

use crate::model::edition::Aggregation;

/// A part that is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Present {
    /// Weight, not negative; only its proportion to the others' counts.
    pub weight: f64,
    /// The score.
    pub score: f64,
}

/// A mean with the points of its parts, which sum to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// The mean.
    pub value: f64,
    /// Points by part.
    pub points: Vec<f64>,
}

/// The mean of what is there. `None` where nothing is or nothing has weight; where a mean other than the arithmetic meets
/// a negative score; and for [`Aggregation::Copeland`] and [`Aggregation::None`], which are no means of one unit's scores.
///
/// A score of 0 makes every mean with an exponent of 0 or less 0: its limit.
pub fn mean(with: Aggregation, parts: &[Present]) -> Option<Points> {
    match with {
        Aggregation::WeightedMean => power(1.0, parts),
        Aggregation::Geometric => geometric(parts),
        Aggregation::Harmonic => power(-1.0, parts),
        Aggregation::Power(0.0) => geometric(parts),
        Aggregation::Power(exponent) => power(exponent, parts),
        Aggregation::BestOf(count) => best(count, parts),
        Aggregation::Copeland | Aggregation::None => None,
    }
    .map(|mean| Points { value: within(mean.value, parts), ..mean })
}

/// A mean lies between what it is a mean of, also in its last bit.
pub(crate) fn within(value: f64, parts: &[Present]) -> f64 {
    let weighty = || parts.iter().filter(|part| part.weight > 0.0).map(|part| part.score);
    value.max(weighty().fold(f64::INFINITY, f64::min)).min(weighty().fold(f64::NEG_INFINITY, f64::max))
}

fn total(parts: &[Present]) -> Option<f64> {
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    (total > 0.0).then_some(total)
}

fn power(exponent: f64, parts: &[Present]) -> Option<Points> {
    let total = total(parts)?;
    if exponent == 1.0 {
        let points: Vec<f64> = parts.iter().map(|part| part.weight * part.score / total).collect();
        return Some(Points { value: points.iter().sum(), points });
    }
    // Taken relative to the greatest (or least), so that no power overflows.
    let weighty = parts.iter().filter(|part| part.weight > 0.0).map(|part| part.score);
    let (least, most) = (weighty.clone().fold(f64::INFINITY, f64::min), weighty.fold(0.0, f64::max));
    if least < 0.0 {
        return None;
    }
    if most == 0.0 || (exponent < 0.0 && least == 0.0) {
        return Some(Points { value: 0.0, points: vec![0.0; parts.len()] });
    }
    let base = if exponent > 0.0 { most } else { least };
    let raised: Vec<f64> = parts
        .iter()
        .map(|part| if part.weight > 0.0 { part.weight / total * libm::pow(part.score / base, exponent) } else { 0.0 })
        .collect();
    let sum: f64 = raised.iter().sum();
    let value = base * libm::pow(sum, 1.0 / exponent);
    Some(Points { value, points: raised.iter().map(|part| value * (part / sum)).collect() })
}

fn geometric(parts: &[Present]) -> Option<Points> {
    let total = total(parts)?;
    let value = geometric_mean(parts)?;
    Some(Points { value, points: parts.iter().map(|part| value * (part.weight / total)).collect() })
}

/// The geometric mean by itself, not yet kept [`within`] its parts.
pub(crate) fn geometric_mean(parts: &[Present]) -> Option<f64> {
    let total = total(parts)?;
    let weighty = || parts.iter().filter(|part| part.weight > 0.0);
    if weighty().any(|part| part.score < 0.0) {
        return None;
    }
    if weighty().any(|part| part.score == 0.0) {
        return Some(0.0);
    }
    let logarithm: f64 = weighty().map(|part| part.weight / total * libm::log(part.score)).sum();
    Some(libm::exp(logarithm))
}

/// The weighted mean of the best `count` with weight; of equal scores the earlier counts.
fn best(count: usize, parts: &[Present]) -> Option<Points> {
    let mut order: Vec<usize> = (0..parts.len()).filter(|&at| parts[at].weight > 0.0).collect();
    order.sort_by(|&one, &other| parts[other].score.total_cmp(&parts[one].score).then(one.cmp(&other)));
    order.truncate(count);
    order.sort_unstable();
    let chosen: Vec<Present> = order.iter().map(|&at| parts[at]).collect();
    let mean = power(1.0, &chosen)?;
    let mut points = vec![0.0; parts.len()];
    for (&at, share) in order.iter().zip(&mean.points) {
        points[at] = *share;
    }
    Some(Points { value: mean.value, points })
}
