//! Figures that other systems state ready-made: metrics of researchers, links between citing and cited works, figures of
//! institutions by subject area.

use crate::diagnostic::Place;

/// Metrics of one researcher as a profile system states them, for comparison with what is counted here.
#[derive(Debug, Clone)]
pub struct Researcher {
    /// Name as printed.
    pub name: String,
    /// Units as printed, each once.
    pub units: Vec<String>,
    /// Academic rank as printed.
    pub rank: String,
    /// Papers.
    pub papers: Option<f64>,
    /// Citations.
    pub citations: Option<f64>,
    /// h-index.
    pub h_index: Option<f64>,
    /// h-index without self-citations.
    pub h_index_without_self: Option<f64>,
    /// g-index.
    pub g_index: Option<f64>,
    /// Field-weighted citation impact.
    pub fwci: Option<f64>,
    /// Papers with authors of several countries.
    pub international: Option<f64>,
    /// Papers as first author.
    pub first_author: Option<f64>,
    /// Papers as corresponding author.
    pub corresponding_author: Option<f64>,
    /// Scopus author ids, digits only.
    pub scopus_ids: Vec<String>,
    /// ORCID iDs as `0000-0000-0000-000X`.
    pub orcids: Vec<String>,
    /// The row.
    pub place: Place,
}

/// One work cites another.
#[derive(Debug, Clone)]
pub struct CitationLink {
    /// DOI of the citing work, lower case without resolver.
    pub citing: String,
    /// DOI of the cited work, lower case without resolver.
    pub cited: String,
    /// Year in which the citing work appeared.
    pub year: Option<i32>,
    /// Whole months between the two works, negative where the citing one appeared first.
    pub months: Option<i32>,
    /// Both works are in the same journal.
    pub journal_self: Option<bool>,
    /// Both works share an author.
    pub author_self: Option<bool>,
    /// Field-weighted citation impact of the citing work, where the sheet gives it.
    pub citing_fwci: Option<f64>,
    /// The row.
    pub place: Place,
}

/// One figure of an institution in one subject area.
#[derive(Debug, Clone)]
pub struct SuppliedArea {
    /// What the export calls itself: `QS World University Rankings 2026 - Citations per Faculty`.
    pub data_set: String,
    /// The institution.
    pub entity: String,
    /// Years it covers as printed: `2019 to 2023`.
    pub years: String,
    /// The figure's name as printed.
    pub metric: String,
    /// The area as printed; empty for a figure of the institution as a whole.
    pub area: String,
    /// Its value.
    pub value: f64,
    /// The cell.
    pub place: Place,
}

/// Citations that one work received in one year.
#[derive(Debug, Clone)]
pub struct CitationCount {
    /// The work: `doi:…` or an EID, as [`crate::model::publication::Publication::id`] writes them.
    pub work: String,
    /// Year in which the citing works appeared.
    pub year: i32,
    /// Citations of that year.
    pub citations: u32,
    /// Of these by works that share an author; `None` where the sheet does not say.
    pub author_self: Option<u32>,
    /// The row.
    pub place: Place,
}
