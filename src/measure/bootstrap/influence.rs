//! Leave one out: the publication whose absence moves a measure most, and what the measure would be.

use crate::measure::bootstrap::{Prepared, Statistics, whole};

/// The most influential publication of a statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// Which publication; of several that move the value equally far the first.
    pub publication: usize,
    /// The value without it; `None` where nothing is left to make one of.
    pub without: Option<f64>,
}

impl Statistics {
    /// For each statistic the publication whose absence changes its value most; losing the value altogether is the
    /// largest change. `None` where there is no value, or where it does not depend on any single publication.
    pub fn leave_one_out(&self) -> Vec<Option<Influence>> {
        let values = self.values();
        let influence = |(prepared, value): (&Prepared, &Option<f64>)| {
            let value = (*value)?;
            let influence = self.influence(prepared, value)?;
            (influence.without != Some(value)).then_some(influence)
        };
        self.prepared.iter().zip(&values).map(influence).collect()
    }

    fn influence(&self, prepared: &Prepared, value: f64) -> Option<Influence> {
        match prepared {
            Prepared::Sum(column) => {
                let publication = first_largest(self.columns.amounts(*column).map(f64::abs).enumerate())?;
                Some(Influence { publication, without: Some(self.sum_without(*column, publication)) })
            }
            Prepared::Shares { high, low } => {
                let shares = self.columns.amounts(*high).zip(self.columns.amounts(*low));
                let publication = first_largest(shares.map(|(high, low)| whole(high, low)).enumerate())?;
                let without = whole(self.sum_without(*high, publication), self.sum_without(*low, publication));
                Some(Influence { publication, without: Some(without) })
            }
            Prepared::Mean { amount, weight } => {
                let terms = || self.columns.amounts(*amount).zip(self.columns.amounts(*weight));
                let weights: f64 = terms().fold(0.0, |sum, (_, weight)| sum + weight);
                let alone = terms().filter(|(_, weight)| *weight != 0.0).count() == 1;
                // The mean without one is off by (w·mean − amount) / (Σ w − w).
                let change = |(amount, weight): (f64, f64)| match alone && weight != 0.0 {
                    true => f64::INFINITY,
                    false => ((weight * value - amount) / (weights - weight)).abs(),
                };
                let publication = first_largest(terms().map(change).enumerate())?;
                let weights = self.sum_without(*weight, publication);
                let without = (weights != 0.0).then(|| self.sum_without(*amount, publication) / weights);
                Some(Influence { publication, without })
            }
            Prepared::Hirsch(hirsch) => {
                let publication = hirsch.needed().iter().map(|(_, publication)| *publication).min()?;
                Some(Influence { publication: publication as usize, without: Some(value - 1.0) })
            }
            Prepared::Core(ranked, index) => most_changed(value, ranked.core_without(*index).into_iter()),
            Prepared::Quantile(quantile) => most_changed(value, quantile.without().into_iter()),
            Prepared::Network(sustained) => {
                let without = sustained.without().into_iter();
                most_changed(value, without.map(|(publication, without)| (publication, Some(without))))
            }
        }
    }

    /// Σ of a column without one publication, in publication order.
    fn sum_without(&self, column: usize, publication: usize) -> f64 {
        let others = self.columns.amounts(column).enumerate().filter(|(index, _)| *index != publication);
        others.fold(0.0, |sum, (_, amount)| sum + amount)
    }
}

/// Where the value changes most; the first of equals.
fn most_changed(value: f64, without: impl Iterator<Item = (u32, Option<f64>)>) -> Option<Influence> {
    let influence =
        |(publication, without): (u32, Option<f64>)| Influence { publication: publication as usize, without };
    let mut all: Vec<Influence> = without.map(influence).collect();
    all.sort_unstable_by_key(|influence| influence.publication);
    let change = |influence: &Influence| influence.without.map_or(f64::INFINITY, |without| (without - value).abs());
    let place = first_largest(all.iter().map(change).enumerate())?;
    Some(all[place])
}

/// Number of the first of the largest; `None` of nothing.
fn first_largest(numbered: impl Iterator<Item = (usize, f64)>) -> Option<usize> {
    let larger = |best: (usize, f64), next: (usize, f64)| if next.1 > best.1 { next } else { best };
    numbered.reduce(larger).map(|(number, _)| number)
}
