//! Benchmarks: what an indicator is normalised against.

/// Published constants for the indicators of one edition, from `indicators/benchmarks/**.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Benchmark {
    /// Edition id.
    pub edition: String,
    /// Constants by indicator.
    pub entries: Vec<BenchmarkEntry>,
    /// Published composites at some ranks, ranks rising.
    pub bands: Vec<Band>,
    /// Works the constants are taken from.
    pub references: Vec<crate::model::edition::Reference>,
    /// Lower-case hex SHA-256 of the file.
    pub digest: String,
}

/// A published composite at a rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Rank, from 1.
    pub rank: u32,
    /// The composite of the institution at this rank.
    pub score: f64,
    /// Id of a reference.
    pub reference: String,
}

/// Constants of one indicator over the ranked population.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BenchmarkEntry {
    /// Indicator code.
    pub indicator: String,
    /// Unit types that may be placed on this scale.
    pub unit_types: Vec<String>,
    /// Mean and standard deviation.
    pub mean_sd: Option<(f64, f64)>,
    /// Largest value.
    pub max: Option<f64>,
    /// Smallest value.
    pub min: Option<f64>,
    /// Shares of the population, 0–1, and the values that so many do not exceed; both rising.
    pub quantiles: Vec<[f64; 2]>,
    /// Id of a reference.
    pub reference: String,
}

/// What a score was normalised against.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum BenchmarkSource {
    /// Published constants; the id of their reference.
    Published(String),
    /// This number of supplied peers.
    Peers(usize),
    /// This number of published scores of the own past.
    History(usize),
    /// This number of units of the same type in this run.
    SameType(usize),
    /// None is needed: the value is given as a score.
    Given,
}
