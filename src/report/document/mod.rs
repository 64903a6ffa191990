//! Documents: what a president, a dean and an analyst are told, of the same numbers as the tables.

mod card;
mod handbook;
mod parts;
mod president;
mod quality;
mod university;

use crate::model::audit::Audit;
use crate::model::change::Change;
use crate::model::document::Document;
use crate::model::evidence_book::EvidenceBook;
use crate::model::report::Report;
use crate::model::results::Results;

pub use parts::short_name;

/// What documents are made of.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The results of the run.
    pub results: &'a Results,
    /// Comparisons and units as they are shown.
    pub report: &'a Report,
    /// Addresses that break a rule.
    pub audit: &'a Audit,
    /// What correcting them would bring.
    pub recovered: &'a [Change],
}

/// The documents of one unit: card and handbook. `unit` is its place in the units sheet, `book` its evidence.
pub fn of_unit(material: Material<'_>, unit: usize, book: &EvidenceBook) -> Vec<Document> {
    vec![card::card(material, unit, book), handbook::handbook(material, unit, book)]
}

/// The documents of the whole university: the president's page, the report and the quality of the data.
pub fn of_university(material: Material<'_>) -> Vec<Document> {
    vec![president::president(material), university::university(material), quality::quality(material)]
}
