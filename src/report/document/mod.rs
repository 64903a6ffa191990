//! Documents: what a president, a dean and an analyst are told, of the same numbers as the tables.

mod accreditation;
mod accreditation_annex;
mod card;
mod handbook;
mod parts;
mod president;
mod quality;
mod strategy;
mod university;

use crate::model::document::Document;
use crate::model::evidence_book::EvidenceBook;
use crate::report::material::Material;

/// The documents of one unit: card, handbook and, where it is rated, its sheet of accreditation. `unit` is its place in the units sheet, `book` its evidence.
pub fn of_unit(material: Material<'_>, unit: usize, book: &EvidenceBook) -> Vec<Document> {
    let mut documents = vec![card::card(material, unit, book), handbook::handbook(material, unit, book)];
    documents.extend(accreditation::of_unit(material, unit));
    documents
}

/// The documents of the whole university: the president's page, the report, the quality of the data and, where a plan was
/// worked out, the strategy; with sheets of accreditation, the final opinion and its annex.
pub fn of_university(material: Material<'_>) -> Vec<Document> {
    let mut documents =
        vec![president::president(material), university::university(material), quality::quality(material)];
    documents.extend(strategy::strategy(material));
    documents.extend(accreditation::of_university(material));
    documents
}
