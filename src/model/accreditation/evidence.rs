//! The register of evidence.

use crate::diagnostic::Place;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// A document that shows that a unit meets a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The unit.
    pub unit: UnitIndex,
    /// Code of the standard.
    pub standard: String,
    /// What it is.
    pub name: String,
    /// Who brings it; may be empty.
    pub owner: String,
    /// By when.
    pub due: Option<Date>,
    /// When it came; `None` where it has not.
    pub received: Option<Date>,
    /// The file; may be empty.
    pub file: String,
    /// The row.
    pub place: Place,
}
