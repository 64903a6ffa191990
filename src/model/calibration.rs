//! Calibration: from the raw values and published scores of a university's own past to the score of a raw value.

use crate::diagnostic::Place;

/// One published score of the own past, with the raw value behind it.
#[derive(Debug, Clone)]
pub struct PublishedScore {
    /// Id of the edition that published it.
    pub edition: String,
    /// Indicator code.
    pub indicator: String,
    /// Type of the unit that was scored.
    pub unit_type: String,
    /// Raw value, in the unit of the indicator.
    pub raw: f64,
    /// The published score, 0–100.
    pub score: f64,
    /// The row.
    pub place: Place,
}

/// The form that scores of a normaliser have over raw values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Straight in the raw value.
    Straight,
    /// The normal distribution: straight as a probit.
    Normal,
    /// 1 − exp(−x/mean): straight through the origin as −ln(1 − score/100).
    Exponential,
    /// √(x/max): straight through the origin as (score/100)².
    SquareRoot,
    /// x/max: straight through the origin.
    Share,
    /// Straight in the logarithm of the raw value.
    Logarithm,
}

/// A rising curve from raw values to scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// Its form.
    pub link: Link,
    /// Knots on the scale of the link: raw values rising, scores not falling; at least one.
    pub knots: Vec<[f64; 2]>,
    /// Slope beyond the knots, on the scale of the link; not negative.
    pub slope: f64,
}

/// How raw values of one indicator of an edition become scores for one type of unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Edition id.
    pub edition: String,
    /// Indicator code.
    pub indicator: String,
    /// Type of unit.
    pub unit_type: String,
    /// Editions whose scores it is made of, in order.
    pub editions: Vec<String>,
    /// How many scores those are.
    pub points: usize,
    /// Least and greatest raw value among them.
    pub range: [f64; 2],
    /// Root mean square of the errors where each point is left out in turn, in points of the score; `None` for fewer
    /// than three, of which the error is unknown.
    pub error: Option<f64>,
    /// The curve.
    pub curve: Curve,
}
