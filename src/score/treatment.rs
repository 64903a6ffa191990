//! Treatment of outliers: a skewed column has its farthest values drawn in to their neighbours, or its logarithm taken.
//!
//! A column passes where |skewness| is below one limit *or* the excess kurtosis below another. While it does not, its
//! greatest value (its least where it is skewed downwards) takes the value next to it, ties together, up to a number of
//! points. Where it still does not pass, the logarithm of the untreated column is taken: ln(x − min + 0.01·(max − min)).
//! Both are monotone. Source of the order of steps: OECD–JRC, Handbook on Constructing Composite Indicators (2008),
//! step 4; Becker et al., J. Open Source Softw. 7(78), 4567, doi 10.21105/joss.04567.

use crate::model::edition::Treatment;
use crate::score::statistics;

/// Share of the range that keeps the least value away from the logarithm of 0.
const MARGIN: f64 = 0.01;

/// Skewness and kurtosis of a column, of at least four values that are not all alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Sample skewness.
    pub skewness: f64,
    /// Excess sample kurtosis.
    pub kurtosis: f64,
    /// Whether it needs no treatment.
    pub passes: bool,
}

impl Shape {
    /// The shape of ascending values; `None` of fewer than four or where all are alike.
    pub fn of(ordered: &[f64], rule: &Treatment) -> Option<Shape> {
        Some(Shape::judged(statistics::skewness(ordered)?, statistics::kurtosis(ordered)?, rule))
    }

    /// A shape held against the limits.
    pub fn judged(skewness: f64, kurtosis: f64, rule: &Treatment) -> Shape {
        Shape { skewness, kurtosis, passes: skewness.abs() < rule.skew || kurtosis < rule.kurtosis }
    }
}

/// What a treatment does to a value. It does not change the order of any two values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Transform {
    /// Nothing.
    None,
    /// Values beyond these take them.
    DrawIn {
        /// Least value left.
        low: f64,
        /// Greatest value left.
        high: f64,
    },
    /// ln(x − min + 0.01·(max − min)); what lies below `min` counts as `min`.
    Logarithm {
        /// Least value of the column.
        min: f64,
        /// Greatest value of the column.
        max: f64,
    },
}

impl Transform {
    /// The treated value.
    pub fn apply(&self, value: f64) -> f64 {
        match self {
            Transform::None => value,
            Transform::DrawIn { low, high } => value.clamp(*low, *high),
            Transform::Logarithm { min, max } => libm::log(value.max(*min) - min + MARGIN * (max - min)),
        }
    }

    /// How a value was changed; `None` if it was not.
    pub fn mark(&self, value: f64) -> Option<Mark> {
        match self {
            Transform::DrawIn { high, .. } if value > *high => Some(Mark::High),
            Transform::DrawIn { low, .. } if value < *low => Some(Mark::Low),
            Transform::Logarithm { .. } => Some(Mark::Logarithm),
            _ => None,
        }
    }
}

pub use crate::model::score::Mark;

/// What became of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    /// What is done to each value.
    pub transform: Transform,
    /// Shape before; `None` where there is none, and then nothing is done.
    pub before: Option<Shape>,
    /// How many values were drawn in, also where that did not do, with the shape it left.
    pub drawn_in: Option<(usize, Option<Shape>)>,
    /// Shape after the logarithm, where it was taken.
    pub logarithm: Option<Shape>,
}

/// The treatment that ascending values need.
pub fn treatment(ordered: &[f64], rule: &Treatment) -> Treated {
    let before = Shape::of(ordered, rule);
    let untouched = Treated { transform: Transform::None, before, drawn_in: None, logarithm: None };
    let (Some(first), Some(&min), Some(&max)) = (before, ordered.first(), ordered.last()) else { return untouched };
    if first.passes {
        return untouched;
    }
    let (mut low, mut high) = (min, max);
    let (mut moved, mut shape) = (0, Some(first));
    while let Some(now) = shape.filter(|shape| !shape.passes && moved < rule.points) {
        if now.skewness >= 0.0 {
            let below = ordered.partition_point(|value| *value < high);
            high = below.checked_sub(1).map_or(high, |at| ordered[at]);
        } else {
            let above = ordered.partition_point(|value| *value <= low);
            low = ordered.get(above).copied().unwrap_or(low);
        }
        if low >= high {
            break;
        }
        moved = ordered.iter().filter(|value| **value > high || **value < low).count();
        let drawn: Vec<f64> = ordered.iter().map(|value| value.clamp(low, high)).collect();
        shape = Shape::of(&drawn, rule);
    }
    let drawn_in = Some((moved, shape));
    if shape.is_some_and(|shape| shape.passes) {
        return Treated { transform: Transform::DrawIn { low, high }, before, drawn_in, logarithm: None };
    }
    if rule.log {
        let transform = Transform::Logarithm { min, max };
        let logged: Vec<f64> = ordered.iter().map(|value| transform.apply(*value)).collect();
        return Treated { transform, before, drawn_in, logarithm: Shape::of(&logged, rule) };
    }
    // The best that was reached; all drawn in to one value would be no column at all.
    let transform = if low < high { Transform::DrawIn { low, high } } else { Transform::None };
    Treated { transform, before, drawn_in, logarithm: None }
}

/// A treated column with the record of every point that was changed.
pub fn treated(values: &[Option<f64>], rule: &Treatment) -> (Vec<Option<f64>>, Vec<Option<Mark>>, Treated) {
    let treated = treatment(&statistics::ordered(values.iter().flatten().copied()), rule);
    let column = values.iter().map(|value| value.map(|value| treated.transform.apply(value))).collect();
    let marks = values.iter().map(|value| value.and_then(|value| treated.transform.mark(value))).collect();
    (column, marks, treated)
}
