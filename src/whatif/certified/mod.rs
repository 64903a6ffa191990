//! Certified ranks: the best and the worst rank of each unit over all weights of a band, proven and not sampled.
//!
//! Scores are fixed, totals are weighted arithmetic means. Unit v beats u where Σ w·(v − u) > 10⁻⁹ points; the worst rank of
//! u is one more than the most units that beat it at once, the best rank one more than the fewest. Steps:
//!
//! 1. For each pair the greatest and the least difference over the band, by sorting: who always beats u, who never does.
//! 2. Among the others, sets of comparisons that cannot hold together ([`system`]: linear programmes, each answer proven
//!    by itself).
//! 3. The fewest comparisons that hit every known conflict ([`hitting`]): so many at least do not hold. Where weights are
//!    found at which no more than those fail, the rank is exact; else they show another conflict, and step 3 is done again
//!    (implicit hitting sets: Chandrasekaran et al. 2011, SODA, doi 10.1137/1.9781611973082.48).
//!
//! A unit's rank at weights that were found is *attained*; a rank that no weights can pass is *proven*. Where both are one, it
//! is exact; where the search is cut they are two, and neither is given for the other.

pub mod band;
pub mod game;
pub mod hitting;
mod search;
pub mod system;

use rayon::prelude::*;

use band::Band;

/// Points by which totals must differ to be different.
pub const EVEN: f64 = 1e-9;

/// A rank at one end of a unit's interval.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// The rank at `weights`.
    pub attained: u32,
    /// No weights of the band give the unit a rank beyond this.
    pub proven: u32,
    /// Weights at which the unit has the attained rank, shares of 1.
    pub weights: Vec<f64>,
}

impl End {
    /// Whether the attained rank is proven to be the last.
    pub fn is_exact(&self) -> bool {
        self.attained == self.proven
    }
}

/// The ranks that a unit can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The best.
    pub best: End,
    /// The worst.
    pub worst: End,
}

/// Totals of units as weighted means of fixed scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// By unit, the score on each element, not a number where there is none: there the other weights are scaled up.
    pub rows: Vec<Vec<f64>>,
}

/// How much a search may cost before it is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Linear programmes for one end of one unit.
    pub programmes: usize,
    /// Steps of one search for the fewest comparisons that hit all conflicts.
    pub steps: usize,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { programmes: 4_000, steps: 400_000 }
    }
}

impl Scores {
    /// The total of a unit; not a number where no weight has a score.
    pub fn total(&self, unit: usize, weights: &[f64]) -> f64 {
        let present = || self.rows[unit].iter().zip(weights).filter(|(score, _)| !score.is_nan());
        let used: f64 = present().map(|(_, weight)| weight).sum();
        present().map(|(score, weight)| score * weight).sum::<f64>() / used
    }

    /// How many of the others beat a unit, with each weight of the band counted; those without total do not.
    pub fn beaten_by(&self, unit: usize, weights: &[f64]) -> usize {
        let own = self.total(unit, weights);
        (0..self.rows.len()).filter(|&other| other != unit && self.total(other, weights) - own > EVEN).count()
    }
}

/// The interval of each unit over `band`; `None` for a unit without any score that has a weight. `nominal` are weights of the band to begin
/// with.
pub fn intervals(scores: &Scores, band: &Band, nominal: &[f64], effort: Effort) -> Vec<Option<Interval>> {
    let starts = starts(band, nominal);
    (0..scores.rows.len())
        .into_par_iter()
        .map(|unit| {
            let known = scores.rows[unit].iter().any(|score| !score.is_nan());
            known.then(|| search::interval(scores, unit, band, &starts, effort)).flatten()
        })
        .collect()
}

/// Weights at which ranks are looked at first: the nominal ones, and each weight as great and as small as it can be.
fn starts(band: &Band, nominal: &[f64]) -> Vec<Vec<f64>> {
    let mut starts = vec![band.fitted(nominal)];
    for at in 0..band.len() {
        for sign in [1.0, -1.0] {
            let factors: Vec<f64> = (0..band.len()).map(|other| if other == at { sign } else { 0.0 }).collect();
            starts.push(band.greatest(&factors));
        }
    }
    starts
}
