//! What comes of the draws: totals and ranks of all units, and how they are spread.

use rayon::prelude::*;

use crate::score::{rank, statistics};
use crate::whatif::sensitivity::tree::Scratch;

/// Totals and ranks of units that are compared with each other, draw by draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Number of units.
    pub units: usize,
    /// Totals, not a number where a unit has none.
    pub totals: Vec<f64>,
    /// Ranks, ties sharing the better one; 0 where a unit has none.
    pub ranks: Vec<u32>,
}

/// How the rank of a unit is spread over the draws in which it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Draws in which it has one.
    pub ranked: usize,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Quantile of 5 %.
    pub low: f64,
    /// Quantile of 95 %.
    pub high: f64,
    /// Draws by rank, from 1.
    pub counts: Vec<usize>,
}

impl Outcome {
    /// Works `draws` draws out, many at once; `totals` fills in those of one. The result knows no order of work.
    pub fn of(draws: usize, units: usize, totals: impl Fn(usize, &mut Scratch, &mut [f64]) + Sync) -> Outcome {
        let mut outcome = Outcome { units, totals: vec![f64::NAN; draws * units], ranks: vec![0; draws * units] };
        if units == 0 {
            return outcome;
        }
        let rows = outcome.totals.par_chunks_mut(units).zip(outcome.ranks.par_chunks_mut(units));
        rows.enumerate().for_each_init(Scratch::default, |scratch, (draw, (row, ranks))| {
            totals(draw, scratch, row);
            ranked(row, ranks);
        });
        outcome
    }

    /// Number of draws.
    pub fn draws(&self) -> usize {
        self.totals.len() / self.units.max(1)
    }

    /// Totals of one draw.
    pub fn totals_of(&self, draw: usize) -> &[f64] {
        &self.totals[draw * self.units..(draw + 1) * self.units]
    }

    /// Ranks of one draw.
    pub fn ranks_of(&self, draw: usize) -> &[u32] {
        &self.ranks[draw * self.units..(draw + 1) * self.units]
    }

    /// By draw, the mean number of ranks that units are away from where they are otherwise, over those that are ranked in
    /// both; not a number where none is.
    pub fn changes(&self, nominal: &[u32]) -> Vec<f64> {
        let change = |ranks: &[u32]| {
            let both = || ranks.iter().zip(nominal).filter(|(now, before)| **now > 0 && **before > 0);
            // Whole numbers, so that their sum is exact.
            let moved: u64 = both().map(|(now, before)| u64::from(now.abs_diff(*before))).sum();
            moved as f64 / both().count() as f64
        };
        self.ranks.chunks_exact(self.units.max(1)).map(change).collect()
    }

    /// Totals of one unit, draw by draw.
    pub fn totals_of_unit(&self, unit: usize) -> Vec<f64> {
        self.totals.iter().skip(unit).step_by(self.units.max(1)).copied().collect()
    }

    /// How the ranks of each unit are spread; `None` for a unit that is ranked in no draw.
    pub fn spreads(&self) -> Vec<Option<Spread>> {
        (0..self.units).into_par_iter().map(|unit| self.spread(unit)).collect()
    }

    fn spread(&self, unit: usize) -> Option<Spread> {
        let mut counts = vec![0; self.units];
        for &rank in self.ranks.iter().skip(unit).step_by(self.units).filter(|rank| **rank > 0) {
            counts[rank as usize - 1] += 1;
        }
        let ordered: Vec<f64> = counts
            .iter()
            .enumerate()
            .flat_map(|(place, count)| std::iter::repeat_n((place + 1) as f64, *count))
            .collect();
        let quantile = |share: f64| statistics::quantile(&ordered, share);
        Some(Spread {
            ranked: ordered.len(),
            mean: statistics::mean(&ordered)?,
            median: quantile(0.5)?,
            low: quantile(0.05)?,
            high: quantile(0.95)?,
            counts,
        })
    }
}

/// Ranks of one row of totals.
pub fn ranked(totals: &[f64], ranks: &mut [u32]) {
    let known: Vec<Option<f64>> = totals.iter().map(|total| Some(*total).filter(|total| !total.is_nan())).collect();
    for (slot, rank) in ranks.iter_mut().zip(rank::ranks(&known).0) {
        *slot = rank.unwrap_or(0);
    }
}
