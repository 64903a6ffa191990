//! Bound: no plan can bring more than this. A proof of its own, beside the solver's.

use crate::whatif::plan::programme::Programme;

/// Steps of the search for the price; any price gives a valid bound, a better one a lower.
const STEPS: usize = 100;

/// Lagrange's bound: with a price on money in place of the budget, each option is chosen by itself. Requirements,
/// exclusions and totals are left out and every synergy is granted, which can only raise it.
pub fn bound(programme: &Programme, kept: &[Vec<usize>]) -> f64 {
    let mut parts = vec![1.0; programme.options.len()];
    for synergy in &programme.synergies {
        parts[synergy.first] += synergy.part;
        parts[synergy.second] += synergy.part;
    }
    let levels: Vec<Vec<(f64, f64)>> = kept
        .iter()
        .enumerate()
        .map(|(option, kept)| {
            let levels = kept.iter().map(|level| programme.options[option][*level]);
            levels.map(|level| (level.cost, level.effect.max(0.0) * parts[option])).collect()
        })
        .collect();
    let value = |price: f64| -> f64 {
        let best = |levels: &Vec<(f64, f64)>| {
            levels.iter().map(|(cost, effect)| effect - price * cost).fold(0.0_f64, f64::max)
        };
        price * programme.budget + levels.iter().map(best).sum::<f64>()
    };
    let dearest = levels.iter().flatten().filter(|(cost, _)| *cost > 0.0).map(|(cost, effect)| effect / cost);
    let (mut low, mut high) = (0.0, dearest.fold(0.0_f64, f64::max));
    let mut least = value(low).min(value(high));
    // The bound is convex in the price.
    for _ in 0..STEPS {
        let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        let (at_left, at_right) = (value(left), value(right));
        least = least.min(at_left).min(at_right);
        if at_left <= at_right { high = right } else { low = left }
    }
    least
}
