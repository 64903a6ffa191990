//! The sheets of accreditation as they were read.

use crate::model::accreditation::evaluator::{Evaluator, Tie};
use crate::model::accreditation::evidence::Evidence;
use crate::model::accreditation::rating::Rating;
use crate::model::accreditation::regulation::Regulation;
use crate::model::accreditation::standard::{Crosswalk, Standard};
use crate::model::accreditation::visit::VisitRequest;

/// All rows, in the order of files and rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheets {
    /// Standards of all versions.
    pub standards: Vec<Standard>,
    /// What passes into what.
    pub crosswalk: Vec<Crosswalk>,
    /// Ratings of all rounds.
    pub ratings: Vec<Rating>,
    /// Register of evidence.
    pub evidence: Vec<Evidence>,
    /// Evaluators.
    pub evaluators: Vec<Evaluator>,
    /// Their declared ties.
    pub ties: Vec<Tie>,
    /// Visits that want a panel.
    pub visits: Vec<VisitRequest>,
    /// Articles.
    pub regulations: Vec<Regulation>,
}

impl Sheets {
    /// Whether the office keeps none of them.
    pub fn is_empty(&self) -> bool {
        *self == Sheets::default()
    }
}
