//! What a visit led to.

use serde::Serialize;

/// A row of `visits.csv`. Papers carry years only, so that the years of the visit and of the two after it are counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VisitEffect {
    /// The office's number.
    pub visit: String,
    /// Ids of the units, `;` between them.
    pub units: String,
    /// `in`, `out`, or empty where the sheet does not say.
    pub direction: &'static str,
    /// The other institution as printed.
    pub institution: String,
    /// As in `partners.csv`; empty where it could not be identified.
    pub partner_key: String,
    /// English name of its country.
    pub country: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Length in months.
    pub months: Option<f64>,
    /// At least three months, from which QS counts visiting staff.
    pub counts_for_qs: Option<bool>,
    /// Last year of papers that is looked at.
    pub until: i32,
    /// Whether the window holds all these years.
    pub complete: bool,
    /// Joint papers of the units with the institution in these years; `None` where it could not be identified.
    pub papers: Option<u64>,
    /// File and row.
    pub source: String,
}
