//! Documents: what a president, a dean and an analyst are told, of the same numbers as the tables.

mod accreditation;
mod accreditation_annex;
pub mod annex;
mod card;
mod handbook;
pub mod partners;
pub(super) mod parts;
mod president;
mod quality;
pub mod sensitivity;
mod strategy;
mod university;

use crate::model::document::Document;
use crate::model::evidence_book::EvidenceBook;
use crate::report::material::Material;

/// The documents of one unit: card and handbook; its profile of partners and its sheet of accreditation, where a run has
/// worked them out. `unit` is its place in the units sheet, `book` its evidence.
pub fn of_unit(material: Material<'_>, unit: usize, book: &EvidenceBook) -> Vec<Document> {
    let mut documents = vec![card::card(material, unit, book), handbook::handbook(material, unit, book)];
    documents.extend(partners::of_unit(material, unit));
    documents.extend(accreditation::of_unit(material, unit));
    documents
}

/// The documents of the whole university: the president's page, the report, the quality of the data; where they were
/// worked out, the strategy, the documents on partners, and the final opinion on accreditation with its annex.
pub fn of_university(material: Material<'_>) -> Vec<Document> {
    let mut documents =
        vec![president::president(material), university::university(material), quality::quality(material)];
    documents.extend(strategy::strategy(material));
    documents.extend(partners::of_university(material));
    documents.extend(accreditation::of_university(material));
    documents
}
