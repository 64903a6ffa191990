//! The steps of a method as an edition states them: how a value is treated, scaled, combined and ranked.

use serde::{Deserialize, Serialize};

/// How scores become a composite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Combine {
    /// The mean.
    pub with: Aggregation,
    /// What follows it.
    pub then: Rescale,
}

impl Default for Combine {
    /// A weighted mean that is left as it is.
    fn default() -> Self {
        Combine { with: Aggregation::WeightedMean, then: Rescale::None }
    }
}

/// Kind of mean. Weights are those of what is present, so that what is missing re-weights the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aggregation {
    /// Σ w·s / Σ w.
    WeightedMean,
    /// exp(Σ w·ln s / Σ w).
    Geometric,
    /// Σ w / Σ (w/s).
    Harmonic,
    /// (Σ w·s^p / Σ w)^(1/p), p ≠ 0.
    Power(f64),
    /// The weighted mean of the best so many (THE Impact: the best three of sixteen goals).
    BestOf(usize),
    /// The share of its comparisons in pairs that a unit wins, 0–100 (Copeland 1951, over the outranking matrix).
    Copeland,
    /// The ranking has no overall score.
    None,
}

/// What is done to a composite after the mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rescale {
    /// Nothing.
    None,
    /// The best of the compared units gets 100.
    Top100,
    /// `a · x + b` with published constants.
    Linear {
        /// Factor.
        factor: f64,
        /// Offset in points.
        offset: f64,
    },
    /// Linear from the least and the greatest composite to `to`.
    MinMax {
        /// The two, where they are published; else those of the compared units.
        from: Option<[f64; 2]>,
        /// What they become.
        to: [f64; 2],
    },
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    HigherIsBetter,
    /// Less is better.
    LowerIsBetter,
}

/// Which rank equal values share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The least.
    Min,
    /// The mean.
    Average,
}

/// What the limits of [`Normaliser::Bands`] are multiples of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandBase {
    /// Nothing: they are raw values.
    Raw,
    /// The median of the compared values (U-Multirank).
    Median,
}

/// From raw value to score. Every method is monotone in the raw value while what it is compared with stays.
#[derive(Debug, Clone, PartialEq)]
pub enum Normaliser {
    /// 100·Φ((x − μ)/σ); with `tails`, μ and σ are taken after capping the benchmark at these quantiles.
    NormalCdf {
        /// Lower and upper quantile, 0–1.
        tails: Option<[f64; 2]>,
    },
    /// As [`Normaliser::NormalCdf`], then linear from the least and the greatest of the compared to `to` (QS).
    StretchedNormalCdf {
        /// Lower and upper quantile, 0–1.
        tails: Option<[f64; 2]>,
        /// Scores of the least and of the greatest.
        to: [f64; 2],
    },
    /// 100·(1 − exp(−x/mean)).
    ExponentialCdf,
    /// 100·√(x/max).
    SquareRootOfMax,
    /// 100·x/max.
    ShareOfMax,
    /// As the two before, where the maximum is at most so many means; what lies above gets 100 (ShanghaiRanking GRAS).
    OfCappedMax {
        /// Whether the root is taken.
        root: bool,
        /// Most that the maximum may be, in means of the compared values.
        means: f64,
    },
    /// Linear from the benchmark's minimum and maximum to `to`.
    MinMax {
        /// Score of the minimum and of the maximum.
        to: [f64; 2],
    },
    /// Linear in the logarithm from the least value above 0 and the maximum to `to`.
    LogMinMax {
        /// Score of the two.
        to: [f64; 2],
    },
    /// Linear between two fixed values.
    Goalposts {
        /// The values, rising.
        posts: [f64; 2],
        /// Score of the two.
        to: [f64; 2],
    },
    /// Linear from the worst of the compared values to a target; beyond it as at it.
    DistanceToTarget {
        /// The raw value aimed at.
        target: f64,
        /// Score of the two.
        to: [f64; 2],
    },
    /// Linear from the worst of the compared values to that of one peer or unit; beyond it as at it.
    DistanceToReference {
        /// Name of the peer, or id of the unit.
        unit: String,
        /// Score of the two.
        to: [f64; 2],
    },
    /// mean + sd·(x − μ)/σ, with σ over n − 1.
    ZScore {
        /// Score of the mean.
        mean: f64,
        /// Points of one standard deviation.
        sd: f64,
    },
    /// 100 · (rank − 1)/(n − 1), the worst having rank 1. With the least rank for ties it is the share of the most
    /// Borda points that one can have.
    Rank {
        /// Which rank equal values share.
        ties: Ties,
    },
    /// 100 · (share below + half the share equal).
    PercentileRank,
    /// Linear in two pieces: minimum, median and maximum become these (URAP).
    TwoPiece {
        /// Scores of the three, rising.
        to: [f64; 3],
    },
    /// Points by band (UI GreenMetric, U-Multirank).
    Bands {
        /// Lower ends of all bands but the lowest, rising.
        limits: Vec<f64>,
        /// Scores of the bands, rising, one more than limits.
        points: Vec<f64>,
        /// What the limits are multiples of.
        of: BandBase,
    },
    /// The raw value is the score.
    Given,
}

/// Treatment of outliers before scaling: up to `points` values are drawn in to their neighbours while the column is too
/// skewed; if that does not do, the logarithm of the untreated column is taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Treatment {
    /// Most values drawn in; more only where the last of them are tied.
    pub points: usize,
    /// Sample skewness, without sign, below which a column passes.
    pub skew: f64,
    /// Excess sample kurtosis below which a column passes.
    pub kurtosis: f64,
    /// Whether the logarithm follows where drawing in does not do.
    pub log: bool,
}

impl Default for Treatment {
    /// The limits of the JRC–OECD Handbook on Constructing Composite Indicators (2008) as applied by its tools: five
    /// points, |skew| 2, kurtosis 3.5.
    fn default() -> Self {
        Treatment { points: 5, skew: 2.0, kurtosis: 3.5, log: true }
    }
}

/// What stands in for a missing raw value, among units of the same type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Imputation {
    /// Their mean.
    Mean,
    /// Their median.
    Median,
}

/// What a damping works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damped {
    /// The raw value.
    Raw,
    /// The score.
    Score,
}

/// How a change is held against a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// As a difference.
    Absolute,
    /// As a share of the earlier value.
    Relative,
}

/// Damping of changes from year to year, as QS describes it (support.qs.com 360021756440). QS does not publish the
/// formula of the recovery; see `score::damping` for the reading used here. Without last year's value nothing is damped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damping {
    /// What it works on.
    pub on: Damped,
    /// How the change is measured.
    pub change: Change,
    /// Changes up to it are taken as they are.
    pub threshold: f64,
    /// Share of what lies beyond the threshold that is let through, 0–1.
    pub recovery: f64,
    /// Where both values are under it, nothing is damped.
    pub limit: Option<f64>,
}

/// How an edition shows its ranks: one by one, then in bands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RankDisplay {
    /// Last rank shown exactly.
    pub exact_to: u32,
    /// Last ranks of the bands, rising; beyond the last of them there is one open band.
    pub bands: Vec<u32>,
    /// Decimals of the printed composite: institutions alike in these share a rank. `None` where composites tie only if
    /// they are equal.
    pub decimals: Option<u8>,
}

/// A rank or band of ranks: `137`, `201–250`, `1501+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankBand {
    /// First rank.
    pub first: u32,
    /// Last rank; `None` where the band is open.
    pub last: Option<u32>,
}

impl RankDisplay {
    /// How a rank (from 1) is shown.
    pub fn band(&self, rank: u32) -> RankBand {
        if rank <= self.exact_to {
            return RankBand { first: rank, last: Some(rank) };
        }
        let at = self.bands.partition_point(|&last| last < rank);
        let before = at.checked_sub(1).map_or(self.exact_to, |at| self.bands[at]);
        RankBand { first: before + 1, last: self.bands.get(at).copied() }
    }

    /// How a span of ranks is shown: from the band that its first rank lies in to that of its last.
    pub fn span(&self, ranks: RankBand) -> RankBand {
        RankBand { first: self.band(ranks.first).first, last: ranks.last.and_then(|last| self.band(last).last) }
    }
}

impl std::fmt::Display for RankBand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.last {
            Some(last) if last == self.first => write!(f, "{last}"),
            Some(last) => write!(f, "{}–{last}", self.first),
            None => write!(f, "{}+", self.first),
        }
    }
}
