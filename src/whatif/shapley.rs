//! Shapley's split of a change: what each of several factors brings, on average over all orders in which they could have
//! changed (Shapley 1953, A value for n-person games, doi:10.1515/9781400881970-018).
//!
//! It is the one split that leaves no rest, gives equal factors equal parts and a factor without effect nothing, and
//! adds up over sums of values: the parts of indicators are parts of the total.

/// The parts of `values[all] - values[none]` by factor. `values` holds 2ⁿ values by set: bit f of the index says that
/// factor f has changed.
///
/// # Errors
/// The first set that has no value.
pub fn split<const N: usize>(values: &[Option<f64>]) -> Result<[f64; N], usize> {
    assert_eq!(values.len(), 1 << N, "one value for each set of {N} factors");
    if let Some(absent) = values.iter().position(Option::is_none) {
        return Err(absent);
    }
    let value = |set: usize| values[set].unwrap_or(f64::NAN);
    // |S|! (n - |S| - 1)! / n!, by the size of S.
    let factorial = |n: usize| (1..=n).fold(1.0, |product, n| product * n as f64);
    let weights: [f64; N] = std::array::from_fn(|size| factorial(size) * factorial(N - size - 1) / factorial(N));
    Ok(std::array::from_fn(|factor| {
        let without = (0..1_usize << N).filter(|set| set & (1 << factor) == 0);
        without
            .fold(0.0, |sum, set| sum + weights[set.count_ones() as usize] * (value(set | (1 << factor)) - value(set)))
    }))
}
