//! A unit's fact sheet for partners abroad: what it works on, with whom, and its most cited recent papers.

use super::{abroad, counted, figured, ties};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::partners::Partners;
use crate::model::partners::showcase::TopPaper;
use crate::model::partners::tie::{PartnerKind, Tie};
use crate::model::report::{Argument, Text};
use crate::report::document::parts::{cut, document, heading, say};
use crate::report::material::Material;

/// Subjects and partners at most.
const LISTED: usize = 8;

/// The fact sheet. `unit` is its place in the units sheet.
pub fn fact_sheet(material: Material<'_>, partners: &Partners, unit: usize) -> Document {
    let Material { results, report, .. } = material;
    let own = &report.units[unit];
    let mut blocks = vec![Block::Paragraph(vec![say("fact_sheet.intro")])];
    if let Some(network) = partners.networks.iter().find(|network| network.unit == own.id) {
        blocks.push(Block::KeyFigures(vec![
            counted("fact_sheet.papers", network.papers),
            figured("partners.international_share", network.international_share, Figure::Share, None),
            counted("partners.countries", network.countries),
            counted("partners.institutions", network.institutions),
        ]));
    }
    let subjects: Vec<Row> = partners
        .subjects
        .iter()
        .filter(|subject| subject.unit == own.id)
        .take(LISTED)
        .map(|subject| {
            Row::of(vec![
                TableCell::text(Text::Verbatim(subject.subject.clone())),
                TableCell::count(subject.papers),
                TableCell::figure(subject.impact, Figure::Raw),
            ])
        })
        .collect();
    if !subjects.is_empty() {
        blocks.push(heading(1, "fact_sheet.subjects"));
        blocks.push(Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("fact_sheet.subject"), 1),
                Column::figures(say("partners.papers")),
                Column::figures(say("partners.impact")),
            ],
            rows: subjects,
        }));
    }
    blocks.extend(papers(partners, &own.id));
    let found: Vec<&Tie> = abroad(partners, &own.id, PartnerKind::Institution).take(LISTED).collect();
    if !found.is_empty() {
        blocks.push(heading(1, "partners.by_institution"));
        blocks.push(ties(&found, true));
    }
    blocks.push(Block::Note(vec![say("fact_sheet.note")]));
    let subtitle: Vec<Text> = vec![
        results.assessment.institution.name.clone().into(),
        say("partners.years").with("years", Argument::Years(results.assessment.publication_window())).into(),
    ];
    let path = format!("packs/{}/fact-sheet", own.slug);
    document(results, path, own.name.clone().into(), subtitle, blocks)
}

/// The unit's papers of the top 10 % of their field, the latest years first.
fn papers(partners: &Partners, unit: &str) -> Vec<Block> {
    let found: Vec<&TopPaper> = partners.top_papers.iter().filter(|paper| paper.unit == unit).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let row = |paper: &&TopPaper| {
        Row::of(vec![
            cut(&paper.title, 120),
            cut(&paper.journal, 60),
            TableCell::text(say("fact_sheet.year").with("year", Argument::Year(paper.year))),
            TableCell::figure(paper.citations.map(|citations| citations as f64), Figure::Count),
        ])
    };
    vec![
        heading(1, "fact_sheet.top"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("fact_sheet.title"), 6),
                Column::words(say("fact_sheet.journal"), 3),
                Column::figures(say("word.year")),
                Column::figures(say("partners.citations")),
            ],
            rows: found.iter().map(row).collect(),
        }),
    ]
}
