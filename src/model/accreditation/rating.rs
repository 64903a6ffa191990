//! Ratings of units by standards.

use crate::diagnostic::Place;
use crate::model::accreditation::level::Level;
use crate::model::unit::UnitIndex;

/// Who rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The unit itself.
    Internal,
    /// A panel of peers.
    External,
}

impl Side {
    /// Both.
    pub const ALL: [Side; 2] = [Side::Internal, Side::External];

    /// The word in tables and phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Side::Internal => "internal",
            Side::External => "external",
        }
    }
}

/// One rating by one rater.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The unit.
    pub unit: UnitIndex,
    /// Gregorian year of the round.
    pub round: i32,
    /// Code of the standard.
    pub standard: String,
    /// Internal or external.
    pub side: Side,
    /// Who; the id of an evaluator, or empty.
    pub rater: String,
    /// `None` where the standard does not apply to the unit.
    pub level: Option<Level>,
    /// Evidence that the rating refers to; may be empty.
    pub evidence: String,
    /// What was found; may be empty.
    pub finding: String,
    /// What was recommended; may be empty.
    pub recommendation: String,
    /// What the unit replied; may be empty.
    pub reply: String,
    /// The row.
    pub place: Place,
}
