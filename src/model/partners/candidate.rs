//! Institutions to approach, and authors to be introduced to.

use serde::Serialize;

/// A row of `candidates.csv`: an institution abroad that is no sustained partner of the unit and could be one. All that is
/// known of it are papers that it has with the university; institutions without any are not seen.
///
/// `score = overlap · impact / (1 + impact) · (1 + max(gain, 0)) · (1 + ln(1 + ties))`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Id of the unit.
    pub unit: String,
    /// Its place among the unit's candidates, from 1.
    pub place: u32,
    /// ROR id, else `name|country` as affiliations are read.
    pub partner: String,
    /// Name as printed most.
    pub name: String,
    /// English name of its country.
    pub country: String,
    /// The product of what follows.
    pub score: f64,
    /// Likeness of the subjects of its papers with the university to those of the unit: the cosine of the numbers of papers
    /// by subject of the journal, 0–1.
    pub overlap: f64,
    /// Mean field-weighted citation impact of its papers with the university.
    pub impact: f64,
    /// Of how many papers.
    pub with_impact: u64,
    /// What the unit's research network index L / ln P would be more with it as a sustained partner.
    pub gain: f64,
    /// Whether the unit has no sustained partner in its country.
    pub new_country: bool,
    /// Partners of the unit that have papers with it, of at most thirty partners each: two steps away.
    pub ties: u64,
    /// The partner with most papers with both.
    pub through_partner: String,
    /// Ids of units of ours with papers with it that are neither above nor below the unit, those with most first, at most
    /// three, `;` between them.
    pub through_units: String,
    /// The unit's joint papers with it, fewer than three.
    pub papers: u64,
    /// The university's.
    pub papers_of_university: u64,
    /// Subjects that both publish in most, at most three, `;` between them.
    pub subjects: String,
    /// Number of an agreement in force with it.
    pub agreement: String,
    /// What speaks for it most: `new_country`, `impact`, `ties` or `overlap`.
    pub reason: &'static str,
}

/// A row of `introductions.csv`: an author elsewhere with at least three papers with the university and none with the unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Introduction {
    /// Id of the unit.
    pub unit: String,
    /// Its place among the unit's, from 1.
    pub place: u32,
    /// ORCID iD, else Scopus author id.
    pub author: String,
    /// Name as printed in the first of the papers.
    pub name: String,
    /// Whether the author is on a list of highly cited researchers, by the same identifier.
    pub highly_cited: bool,
    /// Papers with the university.
    pub papers: u64,
    /// Citations of these.
    pub citations: i64,
    /// Likeness of the subjects of these papers to those of the unit, 0–1.
    pub overlap: f64,
    /// Number of the member of staff with most papers with the author.
    pub through_staff: String,
    /// Ids of that person's units, `;` between them.
    pub through_units: String,
}
