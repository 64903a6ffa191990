//! What a column looks like before it is used: spread, shape, gaps, and what to look at twice.

use crate::model::edition::Treatment;
use crate::score::statistics;
use crate::score::treatment::Shape;

/// Share of the units below which availability is low.
const FEW_AVAILABLE: f64 = 0.65;
/// Share of the values other than 0 below which there are too many zeros.
const FEW_NON_ZERO: f64 = 0.5;
/// Share of distinct values below which they are few.
const FEW_UNIQUE: f64 = 0.5;

/// Statistics of one column. Shares are 0–1; `None` where a column has too few values for one.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Least value.
    pub min: Option<f64>,
    /// Greatest value.
    pub max: Option<f64>,
    /// Mean.
    pub mean: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// Standard deviation over n − 1.
    pub sd: Option<f64>,
    /// Sample skewness.
    pub skewness: Option<f64>,
    /// Excess sample kurtosis.
    pub kurtosis: Option<f64>,
    /// How many have a value.
    pub available: usize,
    /// How many of those are not 0.
    pub non_zero: usize,
    /// How many different values there are.
    pub unique: usize,
    /// How often the commonest value occurs.
    pub commonest: usize,
    /// How many units there are.
    pub units: usize,
}

impl Profile {
    /// The profile of a column.
    pub fn of(values: &[Option<f64>]) -> Profile {
        let ordered = statistics::ordered(values.iter().flatten().copied());
        let mut runs: Vec<usize> = Vec::new();
        for (at, value) in ordered.iter().enumerate() {
            match runs.last_mut() {
                Some(run) if at > 0 && ordered[at - 1] == *value => *run += 1,
                _ => runs.push(1),
            }
        }
        Profile {
            min: ordered.first().copied(),
            max: ordered.last().copied(),
            mean: statistics::mean(&ordered),
            median: statistics::quantile(&ordered, 0.5),
            sd: statistics::mean_sd(&ordered).map(|(_, sd)| sd),
            skewness: statistics::skewness(&ordered),
            kurtosis: statistics::kurtosis(&ordered),
            available: ordered.len(),
            non_zero: ordered.iter().filter(|value| **value != 0.0).count(),
            unique: runs.len(),
            commonest: runs.into_iter().max().unwrap_or(0),
            units: values.len(),
        }
    }

    /// Whether few units have a value: below 65 %.
    pub fn few_available(&self) -> bool {
        share(self.available, self.units) < FEW_AVAILABLE
    }

    /// Whether few of the values are other than 0: below 50 %.
    pub fn few_non_zero(&self) -> bool {
        share(self.non_zero, self.available) < FEW_NON_ZERO
    }

    /// Whether few of the values are distinct: below 50 %.
    pub fn few_unique(&self) -> bool {
        share(self.unique, self.available) < FEW_UNIQUE
    }

    /// Whether the column asks for the treatment of outliers.
    pub fn has_outliers(&self, rule: &Treatment) -> bool {
        match (self.skewness, self.kurtosis) {
            (Some(skewness), Some(kurtosis)) => !Shape::judged(skewness, kurtosis, rule).passes,
            _ => false,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
