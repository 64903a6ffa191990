//! The confidential annex of a unit: what to do, person by person. It is made only where it is asked for, because lists of
//! persons are for the office and the head of the unit alone.

use std::collections::BTreeSet;

use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::publication::PublicationIndex;
use crate::model::report::{Argument, Text};
use crate::model::tables::{Date, StaffCategory};
use crate::model::unit::UnitIndex;
use crate::report::document::parts::{cut, document, heading, say};
use crate::report::material::Material;

/// Letters of a title or an address that a table has room for.
const LONGEST: usize = 120;

/// The annex of a unit.
pub fn annex(material: Material<'_>, unit: usize) -> Document {
    let Material { results, report, .. } = material;
    let named = &report.units[unit];
    let mut blocks = vec![Block::Paragraph(vec![say("annex.confidential")])];
    blocks.extend(without_id(material, unit));
    blocks.extend(addresses(material, unit));
    blocks.extend(reviews(material, unit));
    let title = say("annex.title").with("unit", Argument::Text(named.name.clone().into())).into();
    let subtitle = vec![say("page.year").with("year", Argument::Year(report.year)).into()];
    document(results, format!("packs/{}/annex", named.slug), title, subtitle, blocks)
}

fn name(text: &str) -> TableCell {
    TableCell::text(Text::Verbatim(text.to_owned()))
}

fn family<'a>(material: Material<'a>, unit: usize) -> &'a [UnitIndex] {
    material.results.tables.units.descendants(UnitIndex(unit as u32))
}

fn section(key: &'static str, columns: Vec<Column>, rows: Vec<Row>) -> Vec<Block> {
    let body = if rows.is_empty() {
        Block::Paragraph(vec![say("annex.none")])
    } else {
        Block::Table(Table { caption: None, columns, rows })
    };
    vec![heading(1, key), body]
}

/// Academic staff whose sheet gives no author id.
fn without_id(material: Material<'_>, unit: usize) -> Vec<Block> {
    let results = material.results;
    let family = family(material, unit);
    let end = Date { year: results.assessment.publication_window().to, month: 12, day: 31 };
    let rows = results
        .tables
        .staff
        .iter()
        .filter(|person| person.category == StaffCategory::Academic)
        .filter(|person| person.units.iter().any(|unit| family.binary_search(unit).is_ok()))
        .filter(|person| person.is_employed(end) && !person.has_author_id())
        .map(|person| Row::of(vec![name(&person.id), name(&person.name), name(&person.place.to_string())]))
        .collect();
    let columns = vec![
        Column::words(say("dossier.id"), 2),
        Column::words(say("annex.person"), 4),
        Column::words(say("word.place"), 5),
    ];
    section("annex.without_id", columns, rows)
}

/// Addresses whose correction gives credit back, with the author and the wording to request.
fn addresses(material: Material<'_>, unit: usize) -> Vec<Block> {
    let Material { results, audit, .. } = material;
    let family = family(material, unit);
    let rows = audit
        .breaches
        .iter()
        .filter(|breach| family.binary_search(&breach.unit).is_ok() && audit.rules[breach.rule].recoverable)
        .map(|breach| {
            let authors = results.publications.authors_of(breach.publication);
            let author = (breach.author_position as usize).checked_sub(1).and_then(|at| authors.get(at));
            let author = author.map_or("", |author| author.name.as_str());
            Row::of(vec![
                name(&results.publications.items[breach.publication.at()].id),
                name(author),
                TableCell::text(audit.rules[breach.rule].message.clone()),
                cut(&breach.request, LONGEST),
            ])
        })
        .collect();
    let columns = vec![
        Column::words(say("dossier.id"), 3),
        Column::words(say("annex.person"), 3),
        Column::words(say("word.reason"), 5),
        Column::words(say("annex.request"), 6),
    ];
    section("annex.addresses", columns, rows)
}

/// Matches of authors that await a decision.
fn reviews(material: Material<'_>, unit: usize) -> Vec<Block> {
    let results = material.results;
    let family = family(material, unit);
    let mut seen: BTreeSet<(PublicationIndex, u32, u32)> = BTreeSet::new();
    let rows = results
        .ledger
        .reviews
        .iter()
        .filter(|review| {
            let person = &results.tables.staff[review.staff as usize];
            person.units.iter().any(|unit| family.binary_search(unit).is_ok())
                && seen.insert((review.publication, review.author_position, review.staff))
        })
        .map(|review| {
            let item = &results.publications.items[review.publication.at()];
            Row::of(vec![
                name(&item.id),
                cut(&item.title, LONGEST),
                name(&results.tables.staff[review.staff as usize].name),
                TableCell::Figure(review.confidence, Figure::Share),
            ])
        })
        .collect();
    let columns = vec![
        Column::words(say("dossier.id"), 3),
        Column::words(say("evidence.paper_title"), 7),
        Column::words(say("annex.person"), 4),
        Column::figures(say("annex.confidence")),
    ];
    section("annex.reviews", columns, rows)
}
