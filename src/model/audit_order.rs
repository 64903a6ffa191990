//! What to check first: cells, matches and decisions by how much a plausible error in them would move a composite.

use serde::Serialize;

use crate::diagnostic::Place;

/// What is to be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A cell of a sheet.
    Cell,
    /// A match that is used and is not certain.
    Match,
    /// A possible match that is not used.
    Review,
    /// A decision of the office.
    Override,
}

impl Kind {
    /// The word in `audit_order.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Cell => "cell",
            Kind::Match => "match",
            Kind::Review => "review",
            Kind::Override => "override",
        }
    }
}

/// One thing to check, with the composite that it would move most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// What it is.
    pub kind: Kind,
    /// File, sheet and row.
    pub place: Place,
    /// The field of the row.
    pub field: String,
    /// What it says.
    pub value: String,
    /// The error that it may have, in words.
    pub plausible: String,
    /// Id of the edition.
    pub edition: String,
    /// Id of the unit.
    pub unit: String,
    /// Points that the overall composite would move by; of a match times the chance that it is wrong.
    pub points: f64,
}

/// What to check, what moves most first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AuditOrder {
    /// Everything that moves a composite.
    pub checks: Vec<Check>,
    /// How many cells, matches and decisions were looked at.
    pub looked_at: usize,
    /// Matches of units with very many, and decisions beyond the number that is worked out again.
    pub passed_over: usize,
}
