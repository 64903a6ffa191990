//! Stability intervals: how far a unit's measures would move had its publications been others of the same kind.
//!
//! The publications of a unit are drawn again, as many as there are and with replacement, and every measure is worked
//! out anew from how often each was drawn (Efron 1979, doi 10.1214/aos/1176344552). The middle 95 % of 1,000 such values
//! is the stability interval of the CWTS Leiden Ranking (Waltman et al. 2012, doi 10.1002/asi.22708).
//!
//! | file | does |
//! |---|---|
//! | `block` | draws, and lays the counts of a block of samples side by side |
//! | `columns` | sums, shares and means, the table of amounts read once per block |
//! | `ranked` | the h-index and quantiles |
//! | `sustained` | the research network |
//! | `influence` | the publication whose absence moves a measure most |
//!
//! A sample depends on the seed of the run, the key of the unit and its own number, and on nothing else; a sum adds its
//! terms in the order of the publications. So the bytes are the same for any number of threads, blocks or other units.

mod block;
mod columns;
mod influence;
mod ranked;
mod sustained;

use rayon::prelude::*;

use crate::measure::bootstrap::block::{Block, LANES};
use crate::measure::bootstrap::columns::Columns;
use crate::measure::bootstrap::ranked::{Hirsch, Quantile};
use crate::measure::bootstrap::sustained::Sustained;
use crate::model::evidence::CoreIndex;
use crate::model::ledger::Share;
pub use crate::model::stability::interval;

pub use crate::measure::bootstrap::block::Draws;
pub use crate::measure::bootstrap::influence::Influence;
pub use crate::measure::bootstrap::sustained::{Network, NetworkValue};

/// Samples of a stability interval (CWTS Leiden Ranking: 1,000).
pub const SAMPLES: usize = 1_000;

/// Share of the samples that lies within a stability interval (CWTS Leiden Ranking: 95 %).
pub const LEVEL: f64 = 0.95;

/// How a measure comes from the publications drawn. One entry per publication of the unit; a publication without a term
/// has amount, weight and citations 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Statistic {
    /// Σ amount.
    Sum {
        /// What each publication brings.
        amounts: Vec<f64>,
    },
    /// Σ of shares of publications, exact, as a number of publications.
    Shares {
        /// What each publication brings, at most one whole each.
        shares: Vec<Share>,
    },
    /// Σ amount / Σ weight; no value where the weights sum to 0.
    Mean {
        /// What each publication brings, its weight included.
        amounts: Vec<f64>,
        /// Its weight, not negative.
        weights: Vec<f64>,
    },
    /// The largest h with h publications of at least h citations (Hirsch 2005, doi 10.1073/pnas.0507655102).
    Hirsch {
        /// Citations of each publication.
        citations: Vec<u32>,
    },
    /// Another index of the most cited publications.
    Core {
        /// Citations of each publication, where known.
        citations: Vec<Option<u32>>,
        /// Which index: g, A or R.
        index: CoreIndex,
    },
    /// Quantile of the known values, linear between ranks (type 7 of Hyndman and Fan 1996, doi
    /// 10.1080/00031305.1996.10473566); no value where none is known.
    Quantile {
        /// Value of each publication, where known.
        values: Vec<Option<f64>>,
        /// Which: 0.75 for the 75th percentile.
        share: f64,
    },
    /// Sustained partners and their countries.
    Network(Network),
}

/// A statistic, ready to be worked out many times.
#[derive(Debug)]
enum Prepared {
    Sum(usize),
    Shares { high: usize, low: usize },
    Mean { amount: usize, weight: usize },
    Hirsch(Hirsch),
    Core(Hirsch, CoreIndex),
    Quantile(Quantile),
    Network(Sustained),
}

/// The statistics of one unit over its publications.
#[derive(Debug)]
pub struct Statistics {
    publications: usize,
    columns: Columns,
    prepared: Vec<Prepared>,
}

impl Statistics {
    /// Prepares statistics over `publications` publications.
    ///
    /// # Panics
    /// Where a statistic has not one entry per publication, or there are 2³² publications.
    pub fn new(publications: usize, statistics: &[Statistic]) -> Self {
        assert!(u32::try_from(publications).is_ok(), "publications are numbered by 32 bits");
        let mut columns = Columns::new(publications);
        let prepared = statistics.iter().map(|statistic| prepare(statistic, publications, &mut columns)).collect();
        columns.close();
        Statistics { publications, columns, prepared }
    }

    /// Publications of the unit.
    pub fn publications(&self) -> usize {
        self.publications
    }

    /// Statistics.
    pub fn len(&self) -> usize {
        self.prepared.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.prepared.is_empty()
    }

    /// The values themselves: every publication once.
    pub fn values(&self) -> Vec<Option<f64>> {
        self.evaluate(&vec![1; self.publications])
    }

    /// The value of each statistic where publication `i` is there `counts[i]` times; 0 leaves it out.
    ///
    /// # Panics
    /// Where `counts` has not one entry per publication.
    pub fn evaluate(&self, counts: &[u8]) -> Vec<Option<f64>> {
        assert_eq!(counts.len(), self.publications, "one count per publication");
        let mut values = vec![f64::NAN; self.len()];
        self.work_out(&Block::of(&[counts], self.publications), &mut values);
        values.into_iter().map(|value| (!value.is_nan()).then_some(value)).collect()
    }

    /// The values of `samples` samples. Blocks of them run in parallel, within or beside those of other units.
    pub fn resample(&self, draws: Draws, samples: usize) -> Samples {
        let mut values = vec![f64::NAN; samples * self.len()];
        let of_block = |(index, values): (usize, &mut [f64])| {
            let block = Block::drawn(draws, index * LANES, values.len() / self.len(), self.publications);
            self.work_out(&block, values);
        };
        values.par_chunks_mut(LANES * self.len().max(1)).enumerate().for_each(of_block);
        Samples { statistics: self.len(), values }
    }

    /// Fills `values`, sample after sample; NaN where there is no value.
    fn work_out(&self, block: &Block, values: &mut [f64]) {
        let mut sums = vec![0.0; block.samples * self.columns.padded()];
        self.columns.add(block, &mut sums);
        let sums_of = |sample: usize| &sums[sample * self.columns.padded()..][..self.columns.padded()];
        for (statistic, prepared) in self.prepared.iter().enumerate() {
            let lanes: [f64; LANES] = match prepared {
                Prepared::Hirsch(hirsch) => hirsch.of(block),
                Prepared::Core(ranked, index) => ranked.core(block, *index),
                Prepared::Quantile(quantile) => quantile.of(block),
                Prepared::Network(sustained) => sustained.of(block),
                sum => {
                    std::array::from_fn(|lane| if lane < block.samples { sum.value(sums_of(lane)) } else { f64::NAN })
                }
            };
            for (value, lane) in values.iter_mut().skip(statistic).step_by(self.len()).zip(lanes) {
                *value = lane;
            }
        }
    }
}

fn prepare(statistic: &Statistic, publications: usize, columns: &mut Columns) -> Prepared {
    let same = |entries: usize| assert_eq!(entries, publications, "one entry per publication");
    match statistic {
        Statistic::Sum { amounts } => {
            same(amounts.len());
            Prepared::Sum(columns.place(amounts.clone()))
        }
        Statistic::Shares { shares } => {
            same(shares.len());
            let part = |part: fn(u64) -> u64| shares.iter().map(|share| part(share.0) as f64).collect();
            Prepared::Shares {
                high: columns.place(part(|share| share >> LOW_BITS)),
                low: columns.place(part(|share| share & ((1 << LOW_BITS) - 1))),
            }
        }
        Statistic::Mean { amounts, weights } => {
            same(amounts.len());
            same(weights.len());
            Prepared::Mean { amount: columns.place(amounts.clone()), weight: columns.place(weights.clone()) }
        }
        Statistic::Hirsch { citations } => {
            same(citations.len());
            Prepared::Hirsch(Hirsch::new(citations))
        }
        Statistic::Core { citations, index } => {
            same(citations.len());
            Prepared::Core(Hirsch::with_uncited(citations), *index)
        }
        Statistic::Quantile { values, share } => {
            same(values.len());
            Prepared::Quantile(Quantile::new(values, *share))
        }
        Statistic::Network(network) => {
            same(network.areas_of.len());
            Prepared::Network(Sustained::new(network))
        }
    }
}

/// A share has 50 bits; in two halves the sums of up to 2²⁸ of them are whole numbers that a float holds exactly.
const LOW_BITS: u32 = 25;

/// Two sums of halves of shares, together, as a number of publications.
fn whole(high: f64, low: f64) -> f64 {
    let total = ((high as u128) << LOW_BITS) + low as u128;
    total as f64 / Share::WHOLE.0 as f64
}

impl Prepared {
    /// The value of a statistic of sums; NaN for the mean of nothing.
    fn value(&self, sums: &[f64]) -> f64 {
        match *self {
            Prepared::Sum(column) => sums[column],
            Prepared::Shares { high, low } => whole(sums[high], sums[low]),
            Prepared::Mean { amount, weight } if sums[weight] != 0.0 => sums[amount] / sums[weight],
            _ => f64::NAN,
        }
    }
}

/// Values of the statistics of a unit, sample by sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// Statistics of each sample.
    pub statistics: usize,
    /// Sample after sample, the statistics of each in order; NaN where a sample has no value.
    pub values: Vec<f64>,
}

impl Samples {
    /// Values of one statistic, in the order of the samples, those without a value left out.
    pub fn of(&self, statistic: usize) -> Vec<f64> {
        let values = self.values.iter().skip(statistic).step_by(self.statistics.max(1));
        values.copied().filter(|value| !value.is_nan()).collect()
    }

    /// Stability interval of one statistic; `None` where no sample has a value.
    pub fn interval(&self, statistic: usize, level: f64) -> Option<(f64, f64)> {
        interval(&mut self.of(statistic), level)
    }
}
