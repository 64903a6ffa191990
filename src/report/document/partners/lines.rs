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
        let row = |line: &Line| {
            let mut row = cells(material, line);
            row.insert(0, TableCell::text(Phrase::of("swot_kind", line.kind.as_str())));
            row.insert(1, TableCell::text(rule(partners, line)));
            Row::of(row)
        };
        let rows: Vec<Row> = first.into_iter().flatten().map(row).collect();
        if !rows.is_empty() {
            let mut columns = columns();
            columns.insert(0, Column::words(say("swot.kind"), 1));
            columns.insert(1, Column::words(say("swot.rule"), 4));
            columns[2].width = 3;
            blocks.push(Block::Heading(2, unit.name.clone().into()));
            blocks.push(Block::Table(Table { caption: None, columns, rows }));
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

/// A table per kind. Lines in a row that follow from one rule stand below it; their order is kept.
fn of_kinds(material: Material<'_>, partners: &Partners, unit: &str, level: u8, most: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    for kind in LineKind::ALL {
        let lines = partners.lines.iter().filter(|line| line.unit == unit && line.kind == kind).take(most);
        let lines: Vec<&Line> = lines.collect();
        let mut rows = Vec::new();
        for same in lines.chunk_by(|line, next| line.rule == next.rule) {
            rows.push(Row::over(rule(partners, same[0])));
            rows.extend(same.iter().map(|line| Row::of(cells(material, line))));
        }
        if !rows.is_empty() {
            blocks.push(Block::Heading(level, Phrase::of("swot_kind", kind.as_str()).into()));
            blocks.push(Block::Table(Table { caption: None, columns: columns(), rows }));
        }
    }
    blocks
}

fn columns() -> Vec<Column> {
    vec![
        Column::words(say("swot.subject"), 1),
        Column::figures(say("swot.value")),
        Column::figures(say("swot.threshold")),
    ]
}

fn cells(material: Material<'_>, line: &Line) -> Vec<TableCell> {
    vec![
        TableCell::text(subject(material, line)),
        TableCell::Figure(line.value, Figure::Raw),
        TableCell::Figure(line.threshold, Figure::Raw),
    ]
}

/// What the rule of a line says, and its code in the file of rules.
fn rule(partners: &Partners, line: &Line) -> Text {
    let code = Text::Verbatim(line.rule.clone());
    match partners.rule_names.get(&line.rule) {
        Some(name) => say("swot.rule_told")
            .with("name", Argument::Text(name.clone().into()))
            .with("code", Argument::Text(code))
            .into(),
        None => code,
    }
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
