//! Stability: how far a unit's measures would move had its publications been others of the same kind.

use crate::model::unit::UnitIndex;

/// Values of a unit's publication measures, sample by sample: the unit's publications drawn again with replacement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Samples {
    /// The measures, as columns of [`crate::model::measure::Measures`], ascending.
    pub columns: Vec<usize>,
    /// How many samples; there may be some although no measure is drawn.
    pub samples: usize,
    /// Sample after sample, the measures of each in order of `columns`; NaN where a sample has no value.
    pub values: Vec<f64>,
}

impl Samples {
    /// The samples, each the values of all measures.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> {
        let width = self.columns.len();
        (0..self.samples).map(move |sample| &self.values[sample * width..(sample + 1) * width])
    }
}

/// A measure of a unit with its stability interval.
#[derive(Debug, Clone, PartialEq)]
pub struct StableMeasure {
    /// Column of [`crate::model::measure::Measures`].
    pub column: usize,
    /// Lower and upper end; `None` where no sample has a value.
    pub interval: Option<(f64, f64)>,
    /// The publication whose absence moves the value most.
    pub most_influential: Option<u32>,
    /// The value without it; `None` where nothing is left to make one of.
    pub without: Option<f64>,
}

/// What moves the measures of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// The unit.
    pub unit: UnitIndex,
    /// Its publication measures, ascending by column.
    pub measures: Vec<StableMeasure>,
}

/// The values between which `level` (0–1) of all lie: of 1,000 values and 95 % those at 25 and 975, counted from 0, in
/// ascending order (CWTS Leiden Ranking, open edition). Orders `values`; `None` of none.
pub fn interval(values: &mut [f64], level: f64) -> Option<(f64, f64)> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    // A hair more, lest 0.025 × 1,000 be 24.999….
    let at = |share: f64| values[((share * values.len() as f64 + 1e-9) as usize).min(last)];
    Some((at((1.0 - level) / 2.0), at((1.0 + level) / 2.0)))
}
