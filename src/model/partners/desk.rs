//! A country desk: what the office has to do with one country.

use serde::Serialize;

/// A row of `country_desks.csv`.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Desk {
    /// English name of the country; `total` for all, empty where it is not known.
    pub country: String,
    /// Joint papers of the university.
    pub papers: u64,
    /// Agreements of the sheets.
    pub agreements: u64,
    /// Of these, in force with an identified partner.
    pub in_force: u64,
    /// Of these, with joint papers of its units or visits since it was signed.
    pub active: u64,
    /// In force, and nobody uses it.
    pub dormant: u64,
    /// In force, and ends within twelve months.
    pub ends_soon: u64,
    /// Partner not identified.
    pub not_identified: u64,
    /// To renew.
    pub renew: u64,
    /// To give life or let end.
    pub revive_or_close: u64,
    /// To close.
    pub close: u64,
    /// To sign.
    pub sign: u64,
    /// Agreements with companies in force.
    pub companies: u64,
    /// Visits from there in the window.
    pub visits_in: u64,
    /// Visits to there in the window.
    pub visits_out: u64,
    /// Of all visits there are, those that led to a joint paper.
    pub visits_with_papers: u64,
}

/// Name of the row of all countries.
pub const TOTAL: &str = "total";
