//! The profile of a unit's papers and people: what the unit card says beside the scores.

use serde::Serialize;

use crate::model::unit::UnitIndex;

/// Papers and people of one unit and those below it. Papers are those of the assessment's own years and document types,
/// each counted whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The unit.
    pub unit: UnitIndex,
    /// Papers.
    pub publications: u64,
    /// Papers of each Gregorian year, ascending, years without any included.
    pub years: Vec<(i32, u64)>,
    /// Citations of those papers whose number is known.
    pub citations: u64,
    /// Papers whose number of citations is known.
    pub with_citations: u64,
    /// The fewest papers that hold half of the citations; `None` without a citation.
    pub half_from: Option<u64>,
    /// Papers known to have no citation.
    pub uncited: u64,
    /// Part of the university's papers, 0–1; `None` where there is no unit that is the university, or it has none.
    pub share_of_publications: Option<f64>,
    /// Part of the university's citations, 0–1.
    pub share_of_citations: Option<f64>,
    /// Papers with an address whose correction gives the unit credit that it lacks.
    pub correctable: u64,
    /// Persons in an academic post at the end of the profile's years.
    pub academic_staff: u64,
    /// Of these, persons whose sheet gives neither a Scopus author id nor an ORCID iD.
    pub without_id: u64,
    /// Matches of authors that await a decision of the office.
    pub to_review: u64,
}

/// The composite of a group over all units of a type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeGroup {
    /// Edition id.
    pub edition: String,
    /// Type of unit.
    pub unit_type: String,
    /// Code of the group, or `overall`.
    pub group: String,
    /// Units of the type that have a composite.
    pub units: u64,
    /// Median of the composites.
    pub median: f64,
}

/// The median of values in any order; `None` of none.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// What an indicator comes to over all units of a type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeIndicator {
    /// Edition id.
    pub edition: String,
    /// Type of unit.
    pub unit_type: String,
    /// Code of the indicator.
    pub indicator: String,
    /// Units of the type that have a raw value.
    pub units: u64,
    /// Median of their raw values.
    pub median: f64,
    /// The raw value that a quarter of them reach or better: the goal that unit cards show.
    pub best_quarter: f64,
    /// Median of their scores; `None` where none has a score.
    pub median_score: Option<f64>,
}
