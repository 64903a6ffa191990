//! What the office's sheets say of partners: agreements, visits, known partners, exposed countries, last year's figures.

use crate::diagnostic::Place;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// An agreement with another institution or company.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The office's number; `file:row` where the sheet gives none.
    pub id: String,
    /// The partner as printed.
    pub partner: String,
    /// ROR id of the partner, the nine characters behind `https://ror.org/`; empty where the sheet gives none.
    pub ror: String,
    /// English name of the country, or as printed where it is not known.
    pub country: String,
    /// Kind of agreement as printed.
    pub kind: String,
    /// Whether the sheet says that the partner is a company; `None` where it does not say.
    pub company: Option<bool>,
    /// Units responsible, in the order of the row; the university where the row names none.
    pub units: Vec<UnitIndex>,
    /// Day of signing.
    pub from: Option<Date>,
    /// Last day; `None` is open.
    pub to: Option<Date>,
    /// What was done or is meant, as printed.
    pub actions: String,
    /// Who looks after it.
    pub contact: String,
    /// The row.
    pub place: Place,
}

/// A visit from or to another institution.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The office's number; `file:row` where the sheet gives none.
    pub id: String,
    /// Whether the visitor came here; `None` where the sheet does not say.
    pub inbound: Option<bool>,
    /// The other institution as printed; empty where the sheet gives none.
    pub institution: String,
    /// English name of the country, or as printed where it is not known.
    pub country: String,
    /// Units visited or left, in the order of the row; the university where the row names none.
    pub units: Vec<UnitIndex>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// Length in months: as stated, else from the days; `None` where neither is known.
    pub months: Option<f64>,
    /// The row.
    pub place: Place,
}

/// What the office knows of a partner: one identity for all its spellings.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPartner {
    /// ROR id, the nine characters behind `https://ror.org/`; empty where none is given.
    pub ror: String,
    /// Name to be shown.
    pub name: String,
    /// English name of the country, or as printed where it is not known.
    pub country: String,
    /// Other spellings, as affiliations and agreements print them.
    pub spellings: Vec<String>,
    /// Whether it is a company.
    pub company: bool,
    /// The row.
    pub place: Place,
}

/// A country whose partners something may keep away.
#[derive(Debug, Clone, PartialEq)]
pub struct Exposure {
    /// English name of the country, or as printed where it is not known.
    pub country: String,
    /// What it is: sanctions, visas, payments, as printed.
    pub kind: String,
    /// Where the office has it from.
    pub source: String,
    /// The row.
    pub place: Place,
}

/// A figure that was submitted to a ranking last year.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedFigure {
    /// `the` or `qs`.
    pub ranking: String,
    /// Subject of THE; `total` for the university.
    pub subject: String,
    /// Code of the figure.
    pub figure: String,
    /// What was submitted.
    pub value: f64,
    /// Why this year's differs, where the office has said so already.
    pub explanation: String,
    /// The row.
    pub place: Place,
}

/// A part of a unit that belongs to a subject of THE.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectShare {
    /// The unit.
    pub unit: UnitIndex,
    /// Subject of THE.
    pub subject: String,
    /// Its part, 0–1; those of a unit add up to 1.
    pub share: f64,
    /// The row.
    pub place: Place,
}
