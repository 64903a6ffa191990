//! Formulas over measures.

/// Placeholder until the parser lands in this branch.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula;

impl Formula {
    /// Measures.
    pub fn measures(&self) -> Vec<&str> {
        Vec::new()
    }
}
