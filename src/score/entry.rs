//! What a cell enters into the means of a unit, before an edition's missing rule speaks.

/// A cell as the means see it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Entry {
    /// The score, 0–100.
    pub score: Option<f64>,
    /// Whether it could be known and is not, so that a missing rule speaks.
    pub missing: bool,
    /// What stands in for a missing one among units of the type: the imputed score where the indicator is imputed; else,
    /// where the edition enters the lowest of the compared, that.
    pub stand_in: Option<f64>,
}
