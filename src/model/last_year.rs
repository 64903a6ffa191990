//! Values of last year, which this year's changes are damped against.

use crate::diagnostic::Place;
use crate::model::edition::Damped;
use crate::model::unit::UnitIndex;

/// What an earlier run, or a sheet, says of one cell.
#[derive(Debug, Clone)]
pub struct LastValue {
    /// Edition id.
    pub edition: String,
    /// Unit id.
    pub unit: String,
    /// Indicator code.
    pub indicator: String,
    /// Raw value.
    pub raw: Option<f64>,
    /// Score, 0–100.
    pub score: Option<f64>,
    /// The value that damping left then, raw value or score, whichever it works on.
    pub damped: Option<f64>,
    /// The row.
    pub place: Place,
}

/// The earlier values of a run.
#[derive(Debug, Clone, Default)]
pub struct LastYear {
    /// By edition of the run, unit by unit, indicator by indicator: what damping compares with.
    pub values: Vec<Vec<Option<f64>>>,
    /// SHA-256 of the files they are from.
    pub digests: Vec<String>,
    /// What came of each cell that has an earlier value, in the same order.
    pub damped: Vec<DampedPoint>,
}

/// A value and what damping left of its change.
#[derive(Debug, Clone, PartialEq)]
pub struct DampedPoint {
    /// Index into [`crate::model::results::Results::editions`].
    pub edition: usize,
    /// The unit.
    pub unit: UnitIndex,
    /// Index into [`crate::model::edition::Edition::indicators`].
    pub indicator: usize,
    /// Whether they are raw values or scores.
    pub on: Damped,
    /// Last year's.
    pub last: f64,
    /// This year's.
    pub now: f64,
    /// What is used instead.
    pub damped: f64,
}
