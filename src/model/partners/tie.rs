//! A tie: what a unit publishes with a country, an institution or a company.

use serde::Serialize;

/// What a unit publishes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerKind {
    /// A country.
    Country,
    /// A university, at home or abroad.
    Institution,
    /// A company, told by the words of its name: a proxy.
    Company,
}

/// Where a partner lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// In another country.
    Abroad,
    /// In the home country. The row of the home country itself counts papers with another organisation there.
    Home,
    /// Not known: papers without a country, and companies.
    Unknown,
}

/// A row of `partners.csv`. Papers are those of the profile's years and document types, each counted whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tie {
    /// Id of the unit.
    pub unit: String,
    /// Country, institution or company.
    pub kind: PartnerKind,
    /// Code of the country; ROR id of the institution, else `name|country` as affiliations are read. Empty for papers whose
    /// country is not known.
    pub partner: String,
    /// English name as printed most.
    pub name: String,
    /// English name of its country.
    pub country: String,
    /// Abroad, at home or not known.
    pub whereabouts: Whereabouts,
    /// Joint papers.
    pub papers: u64,
    /// Part of the unit's papers, 0–1.
    pub share: f64,
    /// Of the joint papers, those whose field-weighted citation impact is known.
    pub with_impact: u64,
    /// Mean field-weighted citation impact of those.
    pub impact: Option<f64>,
    /// Citations of the joint papers.
    pub citations: i64,
    /// Part of the unit's citations, 0–1; `None` where it has none.
    pub citation_share: Option<f64>,
    /// Joint papers whose first author is of the unit.
    pub first: u64,
    /// Part of the joint papers, 0–1.
    pub first_share: f64,
    /// Joint papers that name a corresponding author.
    pub with_corresponding: u64,
    /// Of these, papers with a corresponding author of the unit.
    pub corresponding: u64,
    /// Part of them, 0–1.
    pub corresponding_share: Option<f64>,
    /// Years of the first and the last joint paper.
    pub first_year: Option<i32>,
    /// Year of the last joint paper.
    pub last_year: Option<i32>,
    /// Joint papers more per year: the slope of the least-squares line over all years of the window, years without any
    /// included. `None` for a window of one year.
    pub trend: Option<f64>,
    /// An institution abroad with at least three joint papers; a country with such an institution.
    pub sustained: bool,
    /// What the unit's research network index L / ln P would be less without it; negative where it would be more.
    pub network: Option<f64>,
}

/// A row of `networks.csv`: the partners of a unit as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Network {
    /// Id of the unit.
    pub unit: String,
    /// Its papers.
    pub papers: u64,
    /// Papers of which a country is known.
    pub with_country: u64,
    /// Papers with an affiliation abroad.
    pub international: u64,
    /// Part of the papers of which a country is known, 0–1.
    pub international_share: Option<f64>,
    /// Mean field-weighted citation impact of the international papers.
    pub international_impact: Option<f64>,
    /// The same of the papers of the home country alone.
    pub domestic_impact: Option<f64>,
    /// Countries abroad.
    pub countries: u64,
    /// Institutions abroad.
    pub institutions: u64,
    /// Sustained partners abroad.
    pub sustained: u64,
    /// Countries of these.
    pub sustained_countries: u64,
    /// L / ln P of these.
    pub index: f64,
    /// International papers more per year, as [`Tie::trend`].
    pub trend: Option<f64>,
    /// Agreements in force that name the unit or one below it.
    pub agreements: u64,
    /// Of these, agreements with joint papers or visits since they were signed.
    pub active_agreements: u64,
    /// Person-months of visitors who came to it in the window.
    pub months_in: f64,
    /// Person-months of those who left.
    pub months_out: f64,
    /// International students, where the sheets say; of the last year that they hold.
    pub international_students: Option<f64>,
    /// Students of the rows that say how many are international.
    pub students: Option<f64>,
    /// International staff of those whose sheet says.
    pub international_staff: Option<u64>,
    /// Academic staff of whom the sheet says.
    pub staff: Option<u64>,
    /// Median international share of the units of its type that have one.
    pub type_international_share: Option<f64>,
    /// Median index of the units of its type.
    pub type_index: Option<f64>,
}

/// The slope of the least-squares line through values one step apart; `None` of fewer than two.
pub fn slope(values: &[u64]) -> Option<f64> {
    let n = values.len();
    if n < 2 {
        return None;
    }
    // Steps are counted from the middle in halves, so that all sums are whole numbers: Σ t·y and Σ t² with t = 2·i − (n − 1).
    let step = |index: usize| 2 * index as i64 - (n as i64 - 1);
    let products: i64 = values.iter().enumerate().map(|(index, value)| step(index) * *value as i64).sum();
    let squares: i64 = (0..n).map(|index| step(index) * step(index)).sum();
    Some(2.0 * products as f64 / squares as f64)
}
