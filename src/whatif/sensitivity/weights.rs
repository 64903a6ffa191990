//! Weights of an edition with noise at both levels.
//!
//! A weight w becomes w·(1 + noise·e), e even from −1 to 1 (as COINr's noisy weights: Becker et al. 2022,
//! doi 10.21105/joss.04567). Then siblings are brought back to the sum they had, and what lies in a group is drawn out with
//! it. So the total keeps its sum, groups the proportions among them that were drawn for groups, and indicators those that were drawn for indicators.

use crate::model::edition::Edition;
use crate::whatif::sensitivity::stream::{Purpose, Stream};

/// Weights of the elements of an edition: its indicators, its groups, the total.
pub fn nominal(edition: &Edition) -> Vec<f64> {
    let indicators = edition.indicators.iter().map(|indicator| indicator.weight);
    indicators.chain(edition.groups.iter().map(|group| group.weight)).chain([100.0]).collect()
}

/// A set of noisy weights. `noise` are the shares for indicators and for groups, 0–1; the set of a number does not depend on
/// how many there are.
pub fn noisy(edition: &Edition, noise: [f64; 2], seed: u64, number: u64) -> Vec<f64> {
    let nominal = nominal(edition);
    let (indicators, root) = (edition.indicators.len(), nominal.len() - 1);
    let mut stream = Stream::new(seed, Purpose::Weights, number);
    let mut drawn: Vec<f64> = nominal.clone();
    for (at, weight) in drawn.iter_mut().take(root).enumerate() {
        let noise = if at < indicators { noise[0] } else { noise[1] };
        *weight *= 1.0 + noise * (2.0 * stream.share() - 1.0);
    }
    let parents = parents(edition);
    // Factor of each element that its parts are drawn out by, from the total down.
    let mut factors = vec![f64::NAN; nominal.len()];
    factors[root] = 1.0;
    let mut weights = nominal.clone();
    let mut open = vec![root];
    while let Some(parent) = open.pop() {
        let parts: Vec<usize> = (0..root).filter(|&at| parents[at] == parent).collect();
        let sum = |weights: &[f64]| parts.iter().map(|&at| weights[at]).sum::<f64>();
        let (before, after) = (sum(&nominal), sum(&drawn));
        for &at in &parts {
            weights[at] = if after > 0.0 { drawn[at] * (before / after) * factors[parent] } else { 0.0 };
            factors[at] = if nominal[at] > 0.0 { weights[at] / nominal[at] } else { factors[parent] };
        }
        open.extend(parts.into_iter().filter(|at| *at >= indicators));
    }
    weights
}

/// The element that each element but the total is part of.
fn parents(edition: &Edition) -> Vec<usize> {
    let indicators = edition.indicators.len();
    let root = indicators + edition.groups.len();
    let place =
        |code: &str| edition.groups.iter().position(|group| group.code == code).map_or(root, |at| indicators + at);
    let own = edition.indicators.iter().map(|indicator| place(&indicator.group));
    own.chain(edition.groups.iter().map(|group| group.parent.as_deref().map_or(root, place))).collect()
}
