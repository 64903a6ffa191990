//! Executive regulations: which article serves which standards, and who does it by when.

use crate::diagnostic::Place;
use crate::model::tables::Date;

/// An article of a regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulation {
    /// Its number.
    pub article: String,
    /// What it says, as printed.
    pub title: String,
    /// Codes of the standards that it serves.
    pub standards: Vec<String>,
    /// Who does it; may be empty.
    pub owner: String,
    /// By when.
    pub due: Option<Date>,
    /// When it was done; `None` where it is not.
    pub done: Option<Date>,
    /// The row.
    pub place: Place,
}
