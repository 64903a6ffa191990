//! Strengths, weaknesses, opportunities, threats, needs and priorities, each line with its number and its rule.

use crate::model::chart::Figure;
use crate::model::country;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::partners::Partners;
use crate::model::partners::line::Line;
use crate::model::partners::rule::LineKind;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::unit::UNIVERSITY;
use crate::report::document::parts::{document, heading, say, short_name};
use crate::report::material::Material;

/// Lines of a kind at most, of the university and of a unit.
const LISTED: usize = 12;

/// Letters of a subject that a table has room for.
const SUBJECT: usize = 70;

/// Opportunities and threats of the university, and the first lines of each unit.
pub fn opportunities(material: Material<'_>, partners: &Partners) -> Document {
    let Material { results, report, .. } = material;
    let mut blocks = vec![Block::Note(vec![say("swot.note"), say("swot.source_note")])];
    if let Some(own) = report.units.iter().find(|unit| unit.unit_type == UNIVERSITY) {
        blocks.extend(of_kinds(material, partners, &own.id, 1, LISTED));
    }
    blocks.push(heading(1, "swot.by_unit"));
    for unit in report.units.iter().filter(|unit| unit.unit_type != UNIVERSITY) {
        let first =
            LineKind::ALL.map(|kind| partners.lines.iter().find(|line| line.unit == unit.id && line.kind == kind));
        let rows: Vec<Row> = first.iter().flatten().map(|line| row(material, partners, line, true)).collect();
        if !rows.is_empty() {
            blocks.push(Block::Heading(2, unit.name.clone().into()));
            blocks.push(Block::Table(Table { caption: None, columns: columns(true), rows }));
        }
    }
    let subtitle: Vec<Text> = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    document(results, "opportunities".to_owned(), say("swot.title").into(), subtitle, blocks)
}

/// All lines of one unit.
pub fn of_unit(material: Material<'_>, partners: &Partners, unit: &str) -> Vec<Block> {
    let mut blocks = of_kinds(material, partners, unit, 2, LISTED);
    if !blocks.is_empty() {
        blocks.insert(0, heading(1, "swot.title"));
        blocks.push(Block::Note(vec![say("swot.note"), say("swot.source_note")]));
    }
    blocks
}

fn of_kinds(material: Material<'_>, partners: &Partners, unit: &str, level: u8, most: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    for kind in LineKind::ALL {
        let lines = partners.lines.iter().filter(|line| line.unit == unit && line.kind == kind).take(most);
        let rows: Vec<Row> = lines.map(|line| row(material, partners, line, false)).collect();
        if !rows.is_empty() {
            blocks.push(Block::Heading(level, Phrase::of("swot_kind", kind.as_str()).into()));
            blocks.push(Block::Table(Table { caption: None, columns: columns(false), rows }));
        }
    }
    blocks
}

fn columns(with_kind: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::words(say("swot.rule"), 5),
        Column::words(say("swot.subject"), 4),
        Column::figures(say("swot.value")),
        Column::figures(say("swot.threshold")),
        Column::words(say("swot.id"), 4),
    ];
    if with_kind {
        columns.insert(0, Column::words(say("swot.kind"), 2));
    }
    columns
}

fn row(material: Material<'_>, partners: &Partners, line: &Line, with_kind: bool) -> Row {
    let name = partners.rule_names.get(&line.rule);
    let mut cells = vec![
        name.map_or(TableCell::Absent, |name| TableCell::text(name.clone())),
        TableCell::text(subject(material, line)),
        TableCell::Figure(line.value, Figure::Raw),
        TableCell::Figure(line.threshold, Figure::Raw),
        TableCell::text(Text::Verbatim(line.rule.clone())),
    ];
    if with_kind {
        cells.insert(0, TableCell::text(Phrase::of("swot_kind", line.kind.as_str())));
    }
    Row::of(cells)
}

/// What a line is about: an indicator by its name, a strategy by its own, everything else as it stands.
fn subject(material: Material<'_>, line: &Line) -> Text {
    let results = material.results;
    if let Some((edition, code)) = line.subject.split_once(':') {
        let found = results.editions.iter().find(|known| known.id == edition);
        let indicator = found.and_then(|known| known.indicators.iter().find(|indicator| indicator.code == code));
        if let Some(indicator) = indicator {
            return say("unit_card.indicator")
                .with("name", Argument::Text(indicator.name.clone().into()))
                .with("edition", Argument::Text(Text::Verbatim(short_name(edition))))
                .into();
        }
    }
    if let Some(country) = country::meant(&line.subject).filter(|_| line.source_table == "partners.csv") {
        return country.name.clone().into();
    }
    if results.editions.iter().any(|edition| edition.id == line.subject) {
        return Text::Verbatim(short_name(&line.subject));
    }
    if let "publications" | "author_ids" | "addresses" | "agreements" = line.subject.as_str() {
        return Phrase::of("swot_subject", &line.subject).into();
    }
    let strategies = results.advice.iter().flat_map(|advice| &advice.alone);
    if let Some(strategy) = strategies.into_iter().find(|strategy| strategy.strategy == line.subject) {
        return crate::model::names::Names::new(&strategy.name_en, &strategy.name_fa).into();
    }
    let mut text: String = line.subject.chars().take(SUBJECT).collect();
    if text.len() < line.subject.len() {
        text.push('…');
    }
    Text::Verbatim(text)
}
