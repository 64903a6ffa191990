//! What a unit can show to partners abroad: its subjects and its most cited recent papers.

use serde::Serialize;

/// A row of `unit_subjects.csv`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitSubject {
    /// Id of the unit.
    pub unit: String,
    /// Category of the journals, else their area, as the journal list names it.
    pub subject: String,
    /// Papers; one in a journal of several subjects counts in each.
    pub papers: u64,
    /// Mean field-weighted citation impact of those whose impact is known.
    pub impact: Option<f64>,
}

/// A row of `top_papers.csv`: a paper of the top 10 % of its field, type and year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopPaper {
    /// Id of the unit.
    pub unit: String,
    /// Id of the publication.
    pub publication: String,
    /// Title as printed.
    pub title: String,
    /// Journal as printed.
    pub journal: String,
    /// Year.
    pub year: i32,
    /// Citations.
    pub citations: Option<i64>,
    /// Percentile in its field; 1 is the top 1 %.
    pub percentile: f64,
}
