//! What is uncertain in a sensitivity analysis, and how it is drawn: `[sensitivity]` of `assessment.toml`.

use serde::{Deserialize, Serialize};

pub use crate::model::edition::MissingRule;
use crate::model::method::{Aggregation, Normaliser};

/// An input that could have been otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UncertainInput {
    /// Weights of indicators and groups.
    Weights,
    /// From raw value to score.
    Normaliser,
    /// The mean.
    Aggregation,
    /// What happens to a missing cell.
    Missing,
    /// What raw values are compared with.
    Benchmark,
    /// The publications of each unit, drawn again.
    Measurement,
    /// How publications become credits and are counted.
    Attribution,
}

impl UncertainInput {
    /// All of them, in the order of a design.
    pub const ALL: [UncertainInput; 7] = [
        UncertainInput::Weights,
        UncertainInput::Normaliser,
        UncertainInput::Aggregation,
        UncertainInput::Missing,
        UncertainInput::Benchmark,
        UncertainInput::Measurement,
        UncertainInput::Attribution,
    ];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            UncertainInput::Weights => "weights",
            UncertainInput::Normaliser => "normaliser",
            UncertainInput::Aggregation => "aggregation",
            UncertainInput::Missing => "missing",
            UncertainInput::Benchmark => "benchmark",
            UncertainInput::Measurement => "measurement",
            UncertainInput::Attribution => "attribution",
        }
    }
}

/// How points of a design are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spreading {
    /// A scrambled Sobol sequence: even.
    Sobol,
    /// Independent random numbers.
    Random,
}

/// A normaliser that takes the place of an edition's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherNormaliser {
    /// Linear from the least and the greatest to 1–100; from 1, because a score of 0 makes a geometric mean 0.
    MinMax,
    /// 50 + 10·z.
    ZScore,
    /// 100 · (share below + half the share equal).
    PercentileRank,
    /// 100·Φ(z).
    NormalCdf,
}

impl OtherNormaliser {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            OtherNormaliser::MinMax => "min_max",
            OtherNormaliser::ZScore => "z_score",
            OtherNormaliser::PercentileRank => "percentile_rank",
            OtherNormaliser::NormalCdf => "normal_cdf",
        }
    }

    /// As a rule of an edition.
    pub fn rule(self) -> Normaliser {
        match self {
            OtherNormaliser::MinMax => Normaliser::MinMax { to: [1.0, 100.0] },
            OtherNormaliser::ZScore => Normaliser::ZScore { mean: 50.0, sd: 10.0 },
            OtherNormaliser::PercentileRank => Normaliser::PercentileRank,
            OtherNormaliser::NormalCdf => Normaliser::NormalCdf { tails: None },
        }
    }
}

/// A mean that takes the place of an edition's own, in the total and in every group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherMean {
    /// Weighted arithmetic.
    Arithmetic,
    /// Weighted geometric.
    Geometric,
    /// Weighted harmonic.
    Harmonic,
}

impl OtherMean {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            OtherMean::Arithmetic => "arithmetic",
            OtherMean::Geometric => "geometric",
            OtherMean::Harmonic => "harmonic",
        }
    }

    /// As a rule of an edition.
    pub fn rule(self) -> Aggregation {
        match self {
            OtherMean::Arithmetic => Aggregation::WeightedMean,
            OtherMean::Geometric => Aggregation::Geometric,
            OtherMean::Harmonic => Aggregation::Harmonic,
        }
    }
}

/// What raw values are compared with instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherBenchmark {
    /// Supplied peers, else units of the type: no published constants.
    Peers,
    /// Units of the type alone.
    Units,
}

impl OtherBenchmark {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            OtherBenchmark::Peers => "peers",
            OtherBenchmark::Units => "units",
        }
    }
}

/// Policies that take the place of the assessment's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherPolicy {
    /// Each publication counts whole.
    Full,
    /// Each publication counts by the unit's share of its authors.
    Fractional,
    /// Without papers of more than 100 authors.
    WithoutManyAuthors,
    /// Authors are found by the staff sheet alone.
    RosterOnly,
    /// Authors are found by their printed affiliation alone.
    AffiliationOnly,
}

impl OtherPolicy {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            OtherPolicy::Full => "full",
            OtherPolicy::Fractional => "fractional",
            OtherPolicy::WithoutManyAuthors => "without_many_authors",
            OtherPolicy::RosterOnly => "roster_only",
            OtherPolicy::AffiliationOnly => "affiliation_only",
        }
    }
}

/// An alternative of an uncertain input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alternative {
    /// By its name in files; `run` is the run's own where the others are numbered.
    Named(String),
    /// One of those that were drawn, from 1.
    Numbered(usize),
}

/// How far one input moves the total of a unit while all others stay as the run has them.
#[derive(Debug, Clone, PartialEq)]
pub struct InputSwing {
    /// The input.
    pub input: UncertainInput,
    /// The alternative with the least total, and that total.
    pub least: (Alternative, f64),
    /// The alternative with the greatest total, and that total.
    pub greatest: (Alternative, f64),
}

/// Most draws: their totals are kept.
pub const MOST_DRAWS: u32 = 1_000_000;

/// Most sets of weights; more tell nothing more.
pub const MOST_WEIGHT_SETS: u32 = 100_000;

/// Most bootstrap samples: every alternative is scored for each of them.
pub const MOST_SAMPLES: u32 = 1_000;

/// What is varied, and how often. The edition's and the assessment's own way is always one of the alternatives, and all
/// are as likely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sensitivity {
    /// Most draws; a design takes the greatest number of whole samples that fits.
    pub draws: u32,
    /// Seed of every random number.
    pub seed: u64,
    /// How the points are spread.
    pub spreading: Spreading,
    /// Inputs that vary.
    pub inputs: Vec<UncertainInput>,
    /// Weights of indicators vary by up to this share of themselves, 0–1.
    pub indicator_noise: f64,
    /// Weights of groups do so by this.
    pub group_noise: f64,
    /// Sets of weights that are drawn from.
    pub weight_sets: u32,
    /// Bootstrap samples of each unit's publications that are drawn from.
    pub measurement_samples: u32,
    /// Normalisers besides the edition's own.
    pub normalisers: Vec<OtherNormaliser>,
    /// Means besides the edition's own.
    pub means: Vec<OtherMean>,
    /// Missing rules besides the edition's own.
    pub missing: Vec<MissingRule>,
    /// Benchmarks besides what the run compares with.
    pub benchmarks: Vec<OtherBenchmark>,
    /// Policies besides the assessment's own.
    pub policies: Vec<OtherPolicy>,
    /// Bootstrap samples of the design for the bands of the indices.
    pub bootstrap: u32,
}

impl Sensitivity {
    /// The settings within what can be worked out: counts at most the most there may be, a noise that is no share is 0.
    pub fn bounded(&self) -> Sensitivity {
        let share = |noise: f64| if (0.0..=1.0).contains(&noise) { noise } else { 0.0 };
        Sensitivity {
            draws: self.draws.min(MOST_DRAWS),
            indicator_noise: share(self.indicator_noise),
            group_noise: share(self.group_noise),
            weight_sets: self.weight_sets.min(MOST_WEIGHT_SETS),
            measurement_samples: self.measurement_samples.min(MOST_SAMPLES),
            bootstrap: self.bootstrap.min(MOST_SAMPLES),
            ..self.clone()
        }
    }
}

impl Default for Sensitivity {
    fn default() -> Self {
        Sensitivity {
            draws: 10_000,
            seed: 2026,
            spreading: Spreading::Sobol,
            inputs: UncertainInput::ALL.to_vec(),
            // As the sensitivity example of COINr (Becker et al. 2022, doi 10.21105/joss.04567).
            indicator_noise: 0.25,
            group_noise: 0.25,
            weight_sets: 1_000,
            measurement_samples: 100,
            normalisers: vec![OtherNormaliser::MinMax, OtherNormaliser::ZScore, OtherNormaliser::PercentileRank],
            means: vec![OtherMean::Arithmetic, OtherMean::Geometric, OtherMean::Harmonic],
            missing: vec![MissingRule::Renormalise, MissingRule::OwnLowerQuartile, MissingRule::Zero],
            benchmarks: vec![OtherBenchmark::Peers, OtherBenchmark::Units],
            policies: vec![
                OtherPolicy::Full,
                OtherPolicy::Fractional,
                OtherPolicy::WithoutManyAuthors,
                OtherPolicy::RosterOnly,
                OtherPolicy::AffiliationOnly,
            ],
            bootstrap: 200,
        }
    }
}
