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

/// Sample skewness of ordered values, corrected for size (type 2 of Joanes and Gill 1998, as SAS, SPSS and Excel have
/// it); `None` of fewer than three or where all are alike.
pub fn skewness(ordered: &[f64]) -> Option<f64> {
    let (count, squares) = spread(ordered, 3)?;
    let mean = mean(ordered)?;
    let cubes: f64 = ordered.iter().map(|value| (value - mean) * (value - mean) * (value - mean)).sum();
    let plain = count.sqrt() * cubes / (squares * squares.sqrt());
    Some(plain * (count * (count - 1.0)).sqrt() / (count - 2.0))
}

/// Excess sample kurtosis of ordered values, corrected for size (type 2 of Joanes and Gill 1998); `None` of fewer than
/// four or where all are alike.
pub fn kurtosis(ordered: &[f64]) -> Option<f64> {
    let (count, squares) = spread(ordered, 4)?;
    let mean = mean(ordered)?;
    let fourth = |value: &f64| (value - mean) * (value - mean) * ((value - mean) * (value - mean));
    let plain = count * ordered.iter().map(fourth).sum::<f64>() / (squares * squares);
    Some(((count + 1.0) * (plain - 3.0) + 6.0) * (count - 1.0) / ((count - 2.0) * (count - 3.0)))
}

/// Count and sum of squared deviations of at least `least` values that are not all alike.
fn spread(ordered: &[f64], least: usize) -> Option<(f64, f64)> {
    if ordered.len() < least || ordered.first() == ordered.last() {
        return None;
    }
    let mean = mean(ordered)?;
    let squares: f64 = ordered.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares > 0.0 && squares.is_finite()).then_some((ordered.len() as f64, squares))
}

/// Pearson's correlation over the pairs of which both are there; `None` of fewer than two pairs or without spread.
pub fn correlation(left: &[Option<f64>], right: &[Option<f64>]) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> =
        left.iter().zip(right).filter_map(|(left, right)| Some(((*left)?, (*right)?))).collect();
    // In ascending order, so that the order of units moves no bit.
    pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let count = pairs.len() as f64;
    if pairs.len() < 2 {
        return None;
    }
    let (x, y) = pairs.iter().fold((0.0, 0.0), |sums, pair| (sums.0 + pair.0, sums.1 + pair.1));
    let (x, y) = (x / count, y / count);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for pair in &pairs {
        xx += (pair.0 - x) * (pair.0 - x);
        yy += (pair.1 - y) * (pair.1 - y);
        xy += (pair.0 - x) * (pair.1 - y);
    }
    let root = xx.sqrt() * yy.sqrt();
    (root > 0.0).then(|| (xy / root).clamp(-1.0, 1.0))
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

/// The z below which a share of 0–1 of the standard normal distribution lies: [`normal_cdf`] turned around by halving, to
/// the last bit that it tells apart within ±10.
pub fn probit(share: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    // 20/2⁷⁰ is less than the distance of two numbers anywhere in there but next to 0.
    for _ in 0..70 {
        let middle = f64::midpoint(low, high);
        if normal_cdf(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}
