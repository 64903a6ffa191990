//! Size taken out of a column: x / d · scale.

/// Each value over its denominator, times `scale`; `None` where either is missing, the denominator is 0 or the quotient
/// cannot be held.
pub fn denominated(values: &[Option<f64>], denominators: &[Option<f64>], scale: f64) -> Vec<Option<f64>> {
    values
        .iter()
        .zip(denominators)
        .map(|pair| match pair {
            (Some(value), Some(denominator)) if *denominator != 0.0 => {
                Some(value / denominator * scale).filter(|quotient| quotient.is_finite())
            }
            _ => None,
        })
        .collect()
}
