//! Sobol indices: which share of an output's variance is due to each input.
//!
//! The first-order index is the share that would go if the input were known: Var(E(Y|Xᵢ))/Var(Y). The total index is the
//! share that would be left if all others were known, interactions included: E(Var(Y|X₋ᵢ))/Var(Y). With y over samples A
//! and B and yᵢ over A with column i of B, all of N points:
//!
//! | estimate | formula | source |
//! |---|---|---|
//! | first order | Σ y_B·(yᵢ − y_A) / N / V | Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018, table 2 (b) |
//! | first order | 1 − Σ (y_B − yᵢ)² / 2N / V | Jansen 1999, doi 10.1016/S0010-4655(98)00154-4; there (c) |
//! | total | Σ (y_A − yᵢ)² / 2N / V | Jansen 1999; there (f) |
//!
//! V is the variance of A and B together, over 2N − 1. Bands are percentiles over bootstrap samples of the N points, each
//! with its own V. Points of a Sobol sequence are more even than a bootstrap supposes, so there the bands are rather too wide.

use rayon::prelude::*;

use crate::score::statistics;
use crate::whatif::sensitivity::stream::{Purpose, Stream};

/// How the first-order index is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstOrder {
    /// Saltelli et al. 2010.
    Saltelli,
    /// Jansen 1999: steadier where the mean is far from 0.
    Jansen,
}

/// Values of one output over Saltelli's design.
#[derive(Debug, Clone, Copy)]
pub struct Outputs<'a> {
    /// Over sample A.
    pub a: &'a [f64],
    /// Over sample B.
    pub b: &'a [f64],
    /// Over A with each input in turn from B, one after the other.
    pub swapped: &'a [f64],
}

impl<'a> Outputs<'a> {
    /// The values of all draws in the order of the design; `None` where they are no whole design of `base` points.
    pub fn new(values: &'a [f64], base: usize) -> Option<Self> {
        let whole = base > 0 && values.len() >= 3 * base && values.len().is_multiple_of(base);
        whole.then(|| Outputs { a: &values[..base], b: &values[base..2 * base], swapped: &values[2 * base..] })
    }
}

/// Both indices of one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// First order.
    pub first: f64,
    /// Total.
    pub total: f64,
}

/// Indices of one input between the ends of their bands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Banded {
    /// The estimates.
    pub index: Index,
    /// Lower and upper end of the first-order index.
    pub first: (f64, f64),
    /// Lower and upper end of the total index.
    pub total: (f64, f64),
}

/// How bands are made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Number of samples.
    pub samples: usize,
    /// Seed of them.
    pub seed: u64,
    /// Share of them below the lower and above the upper end together, 0–1.
    pub outside: f64,
}

/// What each point brings to the sums, so that a bootstrap sample is a few sums of products.
struct Terms {
    /// Both centred values of the point.
    sum: Vec<f64>,
    /// Their squares.
    squares: Vec<f64>,
    /// By input: the term of the first-order index and that of the total one.
    inputs: Vec<[Vec<f64>; 2]>,
    first_order: FirstOrder,
}

impl Terms {
    fn new(outputs: Outputs, first_order: FirstOrder) -> Terms {
        let Outputs { a, b, swapped } = outputs;
        let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2 * a.len()) as f64;
        let pairs = || a.iter().zip(b).map(|(a, b)| (a - mean, b - mean));
        let first = |((a, b), own): ((&f64, &f64), &f64)| match first_order {
            FirstOrder::Saltelli => b * (own - a),
            FirstOrder::Jansen => (b - own) * (b - own) / 2.0,
        };
        let total = |(a, own): (&f64, &f64)| (a - own) * (a - own) / 2.0;
        let of_input = |own: &[f64]| {
            [a.iter().zip(b).zip(own).map(first).collect(), a.iter().zip(own).map(total).collect::<Vec<f64>>()]
        };
        Terms {
            sum: pairs().map(|(a, b)| a + b).collect(),
            squares: pairs().map(|(a, b)| a * a + b * b).collect(),
            inputs: swapped.chunks_exact(a.len()).map(of_input).collect(),
            first_order,
        }
    }

    /// Indices where `total` sums one array over the points, each as often as it was drawn. `None` without variance.
    fn indices(&self, total: &dyn Fn(&[f64]) -> f64) -> Option<Vec<Index>> {
        let points = self.sum.len() as f64;
        let sum = total(&self.sum);
        let variance = (total(&self.squares) - sum * sum / (2.0 * points)) / (2.0 * points - 1.0);
        // What is left of values that are all alike is the noise of their mean.
        let noise = 1e-24 * self.squares.iter().copied().fold(0.0, f64::max);
        if !(variance > noise && variance.is_finite()) {
            return None;
        }
        let of_input = |[first, rest]: &[Vec<f64>; 2]| {
            let first = total(first) / points / variance;
            let first = if self.first_order == FirstOrder::Jansen { 1.0 - first } else { first };
            Index { first, total: total(rest) / points / variance }
        };
        Some(self.inputs.iter().map(of_input).collect())
    }
}

/// Indices of each input; `None` where the output does not vary.
pub fn indices(outputs: Outputs, first_order: FirstOrder) -> Option<Vec<Index>> {
    Terms::new(outputs, first_order).indices(&|terms| terms.iter().sum())
}

/// Indices of each input for each of several outputs of one design, with bands; an output that does not vary has none. All
/// outputs are drawn together, so that their bands may be compared.
pub fn banded(outputs: &[Outputs], first_order: FirstOrder, bootstrap: Bootstrap) -> Vec<Option<Vec<Banded>>> {
    let terms: Vec<Terms> = outputs.par_iter().map(|outputs| Terms::new(*outputs, first_order)).collect();
    let points = outputs.first().map_or(0, |outputs| outputs.a.len());
    let plain: Vec<Option<Vec<Index>>> = terms.iter().map(|terms| terms.indices(&|terms| terms.iter().sum())).collect();
    let drawn: Vec<Vec<Option<Vec<Index>>>> = (0..bootstrap.samples)
        .into_par_iter()
        .map(|sample| {
            let counts = counts(points, bootstrap.seed, sample as u64);
            terms.iter().map(|terms| terms.indices(&|terms| product(terms, &counts))).collect()
        })
        .collect();
    let ends = |mut values: Vec<f64>| {
        values.sort_unstable_by(f64::total_cmp);
        let end = |share: f64| statistics::quantile(&values, share).unwrap_or(f64::NAN);
        (end(bootstrap.outside / 2.0), end(1.0 - bootstrap.outside / 2.0))
    };
    let of_output = |(at, plain): (usize, Option<Vec<Index>>)| {
        let banded = |(input, index): (usize, Index)| {
            let known = || drawn.iter().filter_map(|sample| Some(sample[at].as_ref()?[input]));
            let (first, total) = (known().map(|index| index.first), known().map(|index| index.total));
            Banded { index, first: ends(first.collect()), total: ends(total.collect()) }
        };
        plain.map(|indices| indices.into_iter().enumerate().map(banded).collect())
    };
    plain.into_iter().enumerate().map(of_output).collect()
}

/// How often each of `points` is drawn in a bootstrap sample.
fn counts(points: usize, seed: u64, sample: u64) -> Vec<f64> {
    let mut stream = Stream::new(seed, Purpose::Bootstrap, sample);
    let mut counts = vec![0.0; points];
    for _ in 0..points {
        counts[stream.below(points)] += 1.0;
    }
    counts
}

/// Σ x·y in four sums of a fixed order, which a processor adds up side by side.
fn product(left: &[f64], right: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (left_rows, right_rows) = (left.chunks_exact(4), right.chunks_exact(4));
    let rest: f64 = left_rows.remainder().iter().zip(right_rows.remainder()).map(|(left, right)| left * right).sum();
    for (left, right) in left_rows.zip(right_rows) {
        for ((sum, left), right) in sums.iter_mut().zip(left).zip(right) {
            *sum += left * right;
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
