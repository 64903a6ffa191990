//! Seeded chance: one ChaCha stream per kind of thing and number, so that no part of the sample moves another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The kinds of things that are invented, each with streams of its own.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Members of staff.
    Person = 1,
    /// Co-authors elsewhere.
    Outsider = 2,
    /// Journals.
    Journal = 3,
    /// Publications.
    Work = 4,
    /// Students and degrees.
    Students = 5,
    /// Money.
    Finance = 6,
    /// Peers.
    Peer = 7,
    /// Agreements.
    Agreement = 8,
    /// Visitors.
    Visitor = 9,
    /// Entries of the list of highly cited researchers.
    HighlyCited = 10,
    /// Patents.
    Patent = 11,
    /// Citations by year.
    Citations = 12,
    /// Ratings, evidence, evaluators and visits.
    Accreditation = 14,
}

/// A stream of random numbers.
#[derive(Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// Stream `number` of a kind.
    pub fn new(seed: u64, kind: Kind, number: u64) -> Self {
        let mut stream = ChaCha8Rng::seed_from_u64(seed);
        stream.set_stream(((kind as u64) << 48) | number);
        Chance(stream)
    }

    /// A whole number from 0 to `bound` − 1; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.0.next_u64()) * bound as u128) >> 64) as usize
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// A number from 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from `low` to below `high`.
    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True with the given probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One item of a list that is not empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// An index with a chance in proportion to its weight, given the running sums of the weights.
    pub fn weighted(&mut self, running_sums: &[f64]) -> usize {
        let total = running_sums.last().copied().unwrap_or(0.0);
        let mark = self.unit() * total;
        running_sums.partition_point(|sum| *sum <= mark).min(running_sums.len().saturating_sub(1))
    }

    /// Standard normal (Box–Muller, through libm so that every machine agrees).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// Log-normal with mean 1 and the given σ of the logarithm.
    pub fn log_normal(&mut self, sigma: f64) -> f64 {
        libm::exp(sigma * self.normal() - sigma * sigma / 2.0)
    }

    /// Puts a list into random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, self.below(index + 1));
        }
    }
}

/// Running sums of weights, for [`Chance::weighted`].
pub fn running_sums(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sum = 0.0;
    weights
        .into_iter()
        .map(|weight| {
            sum += weight;
            sum
        })
        .collect()
}
