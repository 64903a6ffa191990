//! How well items measure one thing: Cronbach's alpha, correlations.

/// Sum of squared distances from the mean.
fn squares(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// Cronbach's alpha of items (one list per item, over the same units): k / (k − 1) · (1 − Σ var(item) / var(sum))
/// (Cronbach, Psychometrika 16, 1951, 297–334). `None` below two items or two units, and where the sums do not vary.
pub fn alpha(items: &[Vec<f64>]) -> Option<f64> {
    let units = items.first()?.len();
    if items.len() < 2 || units < 2 || items.iter().any(|item| item.len() != units) {
        return None;
    }
    let sums: Vec<f64> = (0..units).map(|unit| items.iter().map(|item| item[unit]).sum()).collect();
    let of_sums = squares(&sums);
    if of_sums <= 0.0 {
        return None;
    }
    let of_items: f64 = items.iter().map(|item| squares(item)).sum();
    let count = items.len() as f64;
    Some(count / (count - 1.0) * (1.0 - of_items / of_sums))
}

/// Pearson's correlation of pairs; `None` below three pairs and where one side does not vary.
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 {
        return None;
    }
    let count = pairs.len() as f64;
    let first = pairs.iter().map(|pair| pair.0).sum::<f64>() / count;
    let second = pairs.iter().map(|pair| pair.1).sum::<f64>() / count;
    let (mut both, mut of_first, mut of_second) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        both += (a - first) * (b - second);
        of_first += (a - first) * (a - first);
        of_second += (b - second) * (b - second);
    }
    (of_first > 0.0 && of_second > 0.0).then(|| both / (of_first.sqrt() * of_second.sqrt()))
}
