//! Limits of reading (temporary: replaced when the reading of files is merged).

/// How much is read at most.
#[derive(Debug, Clone, Default)]
pub struct Limits {}
