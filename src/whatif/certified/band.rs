//! Weights within bounds that sum to one.

/// All weights that lie between two bounds each and sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Band {
    /// Every weight from 0 to the whole.
    pub fn all(weights: usize) -> Band {
        Band { low: vec![0.0; weights], high: vec![1.0; weights] }
    }

    /// Each weight within `share` of its nominal one (0.25: ± 25 %), all of it at most. Nominal weights are
    /// proportions. `None` without a positive weight, with a negative one, or where the share is negative.
    pub fn around(nominal: &[f64], share: f64) -> Option<Band> {
        let total: f64 = nominal.iter().sum();
        let sound = total > 0.0 && total.is_finite() && share >= 0.0 && nominal.iter().all(|weight| *weight >= 0.0);
        let ends = |factor: f64| nominal.iter().map(|weight| (weight / total * factor).clamp(0.0, 1.0)).collect();
        sound.then(|| Band { low: ends(1.0 - share), high: ends(1.0 + share) })
    }

    /// Number of weights.
    pub fn len(&self) -> usize {
        self.low.len()
    }

    /// Whether there is no weight.
    pub fn is_empty(&self) -> bool {
        self.low.is_empty()
    }

    /// Lower bounds.
    pub fn low(&self) -> &[f64] {
        &self.low
    }

    /// Upper bounds.
    pub fn high(&self) -> &[f64] {
        &self.high
    }

    /// The weights that make Σ w·c greatest: all at their lower bound, the rest given to the greatest c first. Of equal c
    /// the earlier is served first.
    pub fn greatest(&self, factors: &[f64]) -> Vec<f64> {
        let mut weights = self.low.clone();
        let mut rest = 1.0 - self.low.iter().sum::<f64>();
        let mut order: Vec<usize> = (0..factors.len()).collect();
        order.sort_by(|&one, &other| factors[other].total_cmp(&factors[one]).then(one.cmp(&other)));
        for at in order {
            let given = (self.high[at] - self.low[at]).min(rest).max(0.0);
            weights[at] += given;
            rest -= given;
        }
        weights
    }

    /// The greatest Σ w·c.
    pub fn maximum(&self, factors: &[f64]) -> f64 {
        product(&self.greatest(factors), factors)
    }

    /// The nearest weights within the bounds that sum to 1, in one pass: what is too much or too little is taken where
    /// there is room.
    pub fn fitted(&self, weights: &[f64]) -> Vec<f64> {
        let bounds = || self.low.iter().zip(&self.high);
        let mut fitted: Vec<f64> =
            weights.iter().zip(bounds()).map(|(weight, (low, high))| weight.clamp(*low, *high)).collect();
        let mut rest = 1.0 - fitted.iter().sum::<f64>();
        for (weight, (low, high)) in fitted.iter_mut().zip(bounds()) {
            let moved = rest.clamp(low - *weight, high - *weight);
            *weight += moved;
            rest -= moved;
        }
        fitted
    }
}

/// Σ w·c in order.
pub fn product(weights: &[f64], factors: &[f64]) -> f64 {
    weights.iter().zip(factors).map(|(weight, factor)| weight * factor).sum()
}
