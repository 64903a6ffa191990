//! Statistics over values in ascending order, so that neither the order of units nor the number of threads moves a bit.

/// `values` without what is not finite, ascending.
pub fn ordered(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut ordered: Vec<f64> = values.filter(|value| value.is_finite()).collect();
    ordered.sort_by(f64::total_cmp);
    ordered
}

/// Mean of ordered values; `None` of none.
pub fn mean(ordered: &[f64]) -> Option<f64> {
    (!ordered.is_empty()).then(|| ordered.iter().sum::<f64>() / ordered.len() as f64)
}

/// Mean and sample standard deviation (n − 1) of ordered values; `None` of fewer than two.
pub fn mean_sd(ordered: &[f64]) -> Option<(f64, f64)> {
    if ordered.len() < 2 {
        return None;
    }
    let mean = mean(ordered)?;
    let squares: f64 = ordered.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, (squares / (ordered.len() - 1) as f64).sqrt()))
}

/// Quantile of ordered values by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and NumPy);
/// `None` of none. `share` is 0–1.
pub fn quantile(ordered: &[f64], share: f64) -> Option<f64> {
    let last = ordered.len().checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * last as f64;
    // `position` is at most `last`, so both indices exist.
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(ordered[below] + (position - below as f64) * (ordered[above] - ordered[below]))
}

/// Ordered values with what lies outside two quantiles moved to them; still ascending.
pub fn winsorised(ordered: &[f64], [low, high]: [f64; 2]) -> Vec<f64> {
    match (quantile(ordered, low), quantile(ordered, high)) {
        (Some(low), Some(high)) => ordered.iter().map(|value| value.clamp(low, high.max(low))).collect(),
        _ => Vec::new(),
    }
}

/// Cumulative standard normal distribution.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}
