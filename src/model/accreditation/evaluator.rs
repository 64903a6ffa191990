//! Evaluators, and what ties them to units.

use crate::diagnostic::Place;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// Academic rank. Ordered: `Other < Instructor < Assistant < Associate < Professor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// No member of the faculty.
    Other,
    /// Instructor.
    Instructor,
    /// Assistant professor.
    Assistant,
    /// Associate professor.
    Associate,
    /// Professor.
    Professor,
}

impl Rank {
    /// From the lowest to the highest.
    pub const ALL: [Rank; 5] = [Rank::Other, Rank::Instructor, Rank::Assistant, Rank::Associate, Rank::Professor];

    /// The word in rules, tables and phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Rank::Other => "other",
            Rank::Instructor => "instructor",
            Rank::Assistant => "assistant",
            Rank::Associate => "associate",
            Rank::Professor => "professor",
        }
    }

    /// The rank of a word.
    pub fn parse(word: &str) -> Option<Rank> {
        Rank::ALL.into_iter().find(|rank| rank.as_str() == word)
    }
}

/// Somebody who may sit on panels.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluator {
    /// The office's number; that of the staff sheet for members of staff.
    pub id: String,
    /// Name as printed.
    pub name: String,
    /// The unit the person belongs to.
    pub unit: UnitIndex,
    /// Academic rank.
    pub rank: Rank,
    /// Years of service; `None` where the sheet does not say.
    pub service: Option<f64>,
    /// Areas of expertise, as standards call their areas.
    pub areas: Vec<String>,
    /// Certificates held.
    pub certificates: Vec<String>,
    /// Languages; may be empty.
    pub languages: Vec<String>,
    /// Panels served on before.
    pub past_panels: u32,
    /// Most panels now.
    pub most_panels: Option<u32>,
    /// The row.
    pub place: Place,
}

/// What ties an evaluator to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieKind {
    /// Was employed there.
    Employment,
    /// Kin of a leader.
    Kinship,
    /// Supervises or was supervised.
    Supervision,
    /// Anything else that was declared.
    Other,
}

impl TieKind {
    /// The word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            TieKind::Employment => "employment",
            TieKind::Kinship => "kinship",
            TieKind::Supervision => "supervision",
            TieKind::Other => "other",
        }
    }
}

/// A declared tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// Id of the evaluator.
    pub evaluator: String,
    /// The unit.
    pub unit: UnitIndex,
    /// What it is.
    pub kind: TieKind,
    /// Its last day; `None` where it lasts.
    pub until: Option<Date>,
    /// The row.
    pub place: Place,
}
