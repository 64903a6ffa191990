//! How sure scores and ranks are: what a sensitivity analysis of an edition found, to be told to people.

use crate::model::names::Names;
use crate::model::sensitivity::{Alternative, InputSwing, UncertainInput};

/// An analysis of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Name of the edition.
    pub edition: Names,
    /// Draws, each with other alternatives of the inputs.
    pub draws: u64,
    /// Half-width of the band of each weight over which ranks are certified, 0–1; `None` for any weights.
    pub band: Option<f64>,
    /// What was varied.
    pub inputs: Vec<VariedInput>,
    /// What could not be varied here.
    pub fixed: Vec<UncertainInput>,
    /// Type by type.
    pub types: Vec<TypeUncertainty>,
}

/// An input that was varied.
#[derive(Debug, Clone, PartialEq)]
pub struct VariedInput {
    /// The input.
    pub input: UncertainInput,
    /// Its alternatives; the last of those that were drawn, where they have only numbers.
    pub alternatives: Vec<Alternative>,
}

/// Units that are ranked with each other.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeUncertainty {
    /// Type of the units.
    pub unit_type: String,
    /// What the moves of ranks are due to, the input that moves most first; empty where no input can be told from another.
    pub shares: Vec<InputShare>,
    /// The units by rank; those without a total come last.
    pub units: Vec<UnitUncertainty>,
}

/// Sobol indices of an input: shares of the variance of the mean number of ranks that units move by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InputShare {
    /// The input.
    pub input: UncertainInput,
    /// By itself (first order). An estimate: it can lie a little below 0.
    pub alone: f64,
    /// With all others (total).
    pub with_others: f64,
}

/// A unit that has a total.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitUncertainty {
    /// Its place in the units sheet.
    pub unit: usize,
    /// Total of the run, 0–100; `None` where only some draws have one.
    pub score: Option<f64>,
    /// Rank of the run.
    pub rank: Option<u32>,
    /// Mean rank of the draws, and those that 5 % lie below and above.
    pub drawn: Option<DrawnRanks>,
    /// Best and worst rank over all weights of the band, proven.
    pub certified: Option<(u32, u32)>,
    /// Missing scores, and the best and worst rank that they leave open.
    pub bounds: Option<(u32, u32, u64)>,
    /// How far each input by itself moves the total.
    pub swings: Vec<InputSwing>,
}

/// Ranks of a unit over the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DrawnRanks {
    /// Mean.
    pub mean: f64,
    /// Quantile of 5 %.
    pub low: f64,
    /// Quantile of 95 %.
    pub high: f64,
}
