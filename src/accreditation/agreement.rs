//! Agreement of two raters: Cohen's kappa, plain and weighted.
//!
//! κ = 1 − Σ wᵢⱼ oᵢⱼ / Σ wᵢⱼ eᵢⱼ with disagreement weights w, observed shares o and the shares e that the margins alone would
//! give (Cohen, Psychological Bulletin 70, 1968, 213–220).

/// How far apart two categories count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// Any two differ by 1.
    Plain,
    /// By the number of steps between them.
    Linear,
    /// By its square.
    Quadratic,
}

/// Kappa of pairs of categories, each below `categories`. `None` without pairs, and where both raters have used one
/// category alone, so that chance explains everything.
pub fn kappa(pairs: &[(usize, usize)], categories: usize, weighting: Weighting) -> Option<f64> {
    let weight = |first: usize, second: usize| {
        let steps = first.abs_diff(second) as f64;
        match weighting {
            Weighting::Plain => f64::from(u8::from(first != second)),
            Weighting::Linear => steps,
            Weighting::Quadratic => steps * steps,
        }
    };
    let mut first = vec![0.0; categories];
    let mut second = vec![0.0; categories];
    let mut observed = 0.0;
    for &(a, b) in pairs {
        first[a] += 1.0;
        second[b] += 1.0;
        observed += weight(a, b);
    }
    let mut expected = 0.0;
    for (a, of_first) in first.iter().enumerate() {
        for (b, of_second) in second.iter().enumerate() {
            expected += weight(a, b) * of_first * of_second;
        }
    }
    // Counts are whole and far below 2⁵³, so that both sums are exact.
    (expected > 0.0).then(|| 1.0 - observed * pairs.len() as f64 / expected)
}
