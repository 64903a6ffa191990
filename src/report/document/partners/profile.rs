//! The international profile of a unit: with whom, how much, beside its peers and its past, and what follows.

use super::lines;
use super::{NAME, abroad, agreements, candidates, counted, figured, ties};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::partners::Partners;
use crate::model::partners::agreement_state::AgreementState;
use crate::model::partners::candidate::{Candidate, Introduction};
use crate::model::partners::tie::{PartnerKind, Tie};
use crate::model::report::{Argument, Text};
use crate::report::document::parts::{cut, document, heading, say};
use crate::report::material::Material;

/// Rows of each table at most.
const LISTED: usize = 10;

/// The profile. `unit` is its place in the units sheet.
pub fn profile(material: Material<'_>, partners: &Partners, unit: usize) -> Document {
    let Material { results, report, .. } = material;
    let own = &report.units[unit];
    let id = own.id.as_str();
    let mut blocks = Vec::new();
    if let Some(network) = partners.networks.iter().find(|network| network.unit == id) {
        blocks.push(Block::KeyFigures(vec![
            figured(
                "partners.international_share",
                network.international_share,
                Figure::Share,
                network.type_international_share,
            ),
            figured("partners.index", Some(network.index), Figure::Raw, network.type_index),
            figured("partners.international_impact", network.international_impact, Figure::Raw, None),
            figured("partners.domestic_impact", network.domestic_impact, Figure::Raw, None),
        ]));
        blocks.push(Block::KeyFigures(vec![
            counted("partners.countries", network.countries),
            counted("partners.sustained", network.sustained),
            counted("partners.in_force", network.agreements),
            counted("partners.active", network.active_agreements),
        ]));
        let mut sentences = vec![
            say("partners.months")
                .with("inbound", Argument::Figure(network.months_in, Figure::Raw))
                .with("outbound", Argument::Figure(network.months_out, Figure::Raw)),
        ];
        sentences.extend(
            network.trend.map(|trend| say("partners.trend_told").with("n", Argument::Change(trend, Figure::Raw))),
        );
        blocks.push(Block::Paragraph(sentences));
    }
    let institutions: Vec<&Tie> = abroad(partners, id, PartnerKind::Institution).take(LISTED).collect();
    let countries: Vec<&Tie> = abroad(partners, id, PartnerKind::Country).take(LISTED).collect();
    if countries.is_empty() {
        blocks.push(Block::Paragraph(vec![say("partners.nobody")]));
    } else {
        blocks.push(heading(1, "partners.by_country"));
        blocks.push(ties(&countries, false));
    }
    if !institutions.is_empty() {
        blocks.push(heading(1, "partners.by_institution"));
        blocks.push(ties(&institutions, true));
    }
    blocks.push(Block::Note(vec![say("partners.ties_note")]));
    let named: Vec<&AgreementState> =
        partners.agreements.iter().filter(|row| row.units.split(';').any(|unit| unit == id)).take(LISTED).collect();
    if !named.is_empty() {
        blocks.push(heading(1, "partners.agreements"));
        blocks.push(agreements(&named));
    }
    let found: Vec<&Candidate> = partners.candidates.iter().filter(|row| row.unit == id).take(LISTED).collect();
    if !found.is_empty() {
        blocks.push(heading(1, "partners.candidates"));
        blocks.push(candidates(&found));
        blocks.push(Block::Note(vec![say("partners.candidates_note")]));
    }
    blocks.extend(introductions(partners, id));
    blocks.extend(lines::of_unit(material, partners, id));
    let subtitle: Vec<Text> = vec![
        Text::UnitType(own.unit_type.clone()),
        say("partners.years").with("years", Argument::Years(results.assessment.publication_window())).into(),
    ];
    let title = say("partners.unit_title").with("unit", Argument::Text(own.name.clone().into()));
    document(results, format!("packs/{}/international", own.slug), title.into(), subtitle, blocks)
}

fn introductions(partners: &Partners, id: &str) -> Vec<Block> {
    let found: Vec<&Introduction> = partners.introductions.iter().filter(|row| row.unit == id).take(LISTED).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let row = |row: &&Introduction| Row {
        cells: vec![
            cut(&row.name, NAME),
            TableCell::text(Text::Verbatim(row.author.clone())),
            TableCell::count(row.papers),
            TableCell::Figure(row.citations as f64, Figure::Count),
            TableCell::Figure(row.overlap, Figure::Share),
            TableCell::text(Text::Verbatim(row.through_staff.clone())),
            TableCell::text(Text::Verbatim(row.through_units.replace(';', ", "))),
        ],
        strong: row.highly_cited,
    };
    let table = Table {
        caption: None,
        columns: vec![
            Column::words(say("partners.author"), 4),
            Column::words(say("word.code"), 3),
            Column::figures(say("partners.papers")),
            Column::figures(say("partners.citations")),
            Column::figures(say("partners.overlap")),
            Column::words(say("partners.through_staff"), 2),
            Column::words(say("partners.through"), 2),
        ],
        rows: found.iter().map(row).collect(),
    };
    vec![
        heading(1, "partners.introductions"),
        Block::Table(table),
        Block::Note(vec![say("partners.introductions_note")]),
    ]
}
