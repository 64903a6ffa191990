//! Visits that want a panel.

use crate::diagnostic::Place;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// A unit that is to be visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRequest {
    /// The unit.
    pub unit: UnitIndex,
    /// The day, where it is set.
    pub day: Option<Date>,
    /// Members of the panel, the chair among them.
    pub members: usize,
    /// Areas that need an expert.
    pub areas: Vec<String>,
    /// Staff ids of the unit's leaders.
    pub leaders: Vec<String>,
    /// The row.
    pub place: Place,
}
