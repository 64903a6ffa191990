//! Documents on partners: the report on international relations, the profile of a unit, opportunities and threats, and the
//! fact sheet for partners abroad.

mod fact_sheet;
mod lines;
mod profile;
mod university;

use crate::model::chart::Figure;
use crate::model::country;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::partners::Partners;
use crate::model::partners::agreement_state::AgreementState;
use crate::model::partners::candidate::Candidate;
use crate::model::partners::tie::Tie;
use crate::model::report::{Argument, Phrase, Text};
use crate::report::document::parts::{cut, say};
use crate::report::material::Material;

/// Letters of a partner's name that a table has room for.
const NAME: usize = 60;

/// The documents of one unit: its profile with what helps and what threatens, and its fact sheet.
pub fn of_unit(material: Material<'_>, unit: usize) -> Vec<Document> {
    let Some(partners) = &material.results.partners else { return Vec::new() };
    vec![profile::profile(material, partners, unit), fact_sheet::fact_sheet(material, partners, unit)]
}

/// The documents of the university.
pub fn of_university(material: Material<'_>) -> Vec<Document> {
    let Some(partners) = &material.results.partners else { return Vec::new() };
    vec![university::university(material, partners), lines::opportunities(material, partners)]
}

/// The name of a country in all languages.
fn country_name(name: &str) -> Text {
    country::meant(name).map_or_else(|| Text::Verbatim(name.to_owned()), |country| country.name.clone().into())
}

fn country_cell(name: &str) -> TableCell {
    if name.is_empty() { TableCell::Absent } else { TableCell::text(country_name(name)) }
}

/// A count as a key figure.
fn counted(label: &'static str, n: u64) -> KeyFigure {
    KeyFigure { label: say(label).into(), value: say("value.count").with("n", Argument::Count(n)), note: None }
}

/// A number as a key figure, or that it is not known, with what it is compared with.
fn figured(label: &'static str, value: Option<f64>, figure: Figure, median: Option<f64>) -> KeyFigure {
    let value = value.map_or_else(
        || say("partners.not_known"),
        |value| say("partners.figure").with("n", Argument::Figure(value, figure)),
    );
    let note = median.map(|median| say("partners.type_median").with("n", Argument::Figure(median, figure)));
    KeyFigure { label: say(label).into(), value, note }
}

/// Ties as rows; of countries the name alone.
fn ties(rows: &[&Tie], with_place: bool) -> Block {
    let row = |tie: &&Tie| {
        let mut cells = if with_place {
            vec![cut(&tie.name, NAME), country_cell(&tie.country)]
        } else {
            vec![country_cell(&tie.name)]
        };
        cells.extend([
            TableCell::count(tie.papers),
            TableCell::figure(tie.impact, Figure::Raw),
            TableCell::Figure(tie.first_share, Figure::Share),
            TableCell::figure(tie.corresponding_share, Figure::Share),
            TableCell::change(tie.trend, Figure::Raw),
            TableCell::figure(tie.network, Figure::Raw),
        ]);
        Row { cells, strong: tie.sustained }
    };
    let mut columns = if with_place {
        vec![Column::words(say("partners.partner"), 5), Column::words(say("partners.country"), 3)]
    } else {
        vec![Column::words(say("partners.country"), 4)]
    };
    columns.extend(
        ["papers", "impact", "first", "corresponding", "trend", "network"]
            .map(|head| Column::figures(Phrase::of("partners", head))),
    );
    Block::Table(Table { caption: None, columns, rows: rows.iter().map(row).collect() })
}

/// Agreements as rows.
fn agreements(rows: &[&AgreementState]) -> Block {
    let row = |row: &&AgreementState| {
        Row::of(vec![
            TableCell::text(Text::Verbatim(row.agreement.clone())),
            cut(&row.partner, NAME),
            country_cell(&row.country),
            TableCell::text(Text::Verbatim(row.units.replace(';', ", "))),
            TableCell::count(row.papers),
            TableCell::count(row.visits),
            TableCell::figure(row.months_left.map(f64::from), Figure::Plain),
            TableCell::text(Phrase::of("agreement_state", row.state.as_str())),
        ])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("partners.agreement"), 2),
            Column::words(say("partners.partner"), 5),
            Column::words(say("partners.country"), 3),
            Column::words(say("word.unit"), 2),
            Column::figures(say("partners.papers")),
            Column::figures(say("partners.visits")),
            Column::figures(say("partners.months_left")),
            Column::words(say("word.status"), 3),
        ],
        rows: rows.iter().map(row).collect(),
    })
}

/// Candidates as rows.
fn candidates(rows: &[&Candidate]) -> Block {
    let row = |row: &&Candidate| {
        Row::of(vec![
            cut(&row.name, NAME),
            country_cell(&row.country),
            TableCell::Figure(row.score, Figure::Raw),
            TableCell::Figure(row.overlap, Figure::Share),
            TableCell::Figure(row.impact, Figure::Raw),
            TableCell::Change(row.gain, Figure::Raw),
            TableCell::count(row.ties),
            TableCell::text(Phrase::of("candidate_reason", row.reason)),
            TableCell::text(Text::Verbatim(row.through_units.replace(';', ", "))),
        ])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("partners.partner"), 5),
            Column::words(say("partners.country"), 3),
            Column::figures(say("word.score")),
            Column::figures(say("partners.overlap")),
            Column::figures(say("partners.impact")),
            Column::figures(say("partners.gain")),
            Column::figures(say("partners.ties")),
            Column::words(say("word.reason"), 3),
            Column::words(say("partners.through"), 4),
        ],
        rows: rows.iter().map(row).collect(),
    })
}

/// The ties of a unit of one kind abroad.
fn abroad<'p>(
    partners: &'p Partners,
    unit: &'p str,
    kind: crate::model::partners::tie::PartnerKind,
) -> impl Iterator<Item = &'p Tie> {
    use crate::model::partners::tie::Whereabouts;
    partners
        .ties
        .iter()
        .filter(move |tie| tie.unit == unit && tie.kind == kind && tie.whereabouts == Whereabouts::Abroad)
}
