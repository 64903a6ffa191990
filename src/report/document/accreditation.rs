//! Accreditation for people: the sheet of a unit, the final opinion on one page, and its annex.

use crate::model::accreditation::results::{Accreditation, DecisionRow, OpinionRow, StandardRow};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::names::Names;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::tables::Date;
use crate::report::charts::unit_named;
use crate::report::document::accreditation_annex as annex;
use crate::report::document::parts::{document, heading, say};
use crate::report::material::Material;

/// Rows of a list in a document; all are in the tables.
pub const LISTED: usize = 60;

/// The sheet of a unit: its self-assessment, what is missing, and how the panel sees it. `None` where it is not rated.
pub fn of_unit(material: Material<'_>, unit: usize) -> Option<Document> {
    let accreditation = material.results.accreditation.as_ref()?;
    let own = &material.report.units[unit];
    let decision = |side: &str| standing(accreditation, &own.id, side);
    let any = decision("internal").or(decision("external"))?;
    let mut blocks = vec![Block::KeyFigures(figures(accreditation, &own.id))];
    blocks.push(heading(1, "accreditation.areas"));
    blocks.push(areas(material, accreditation, &own.id));
    blocks.extend(not_met(material, accreditation, &own.id));
    blocks.extend(trend(accreditation, &own.id));
    if let Some(opinion) = accreditation.opinions.iter().find(|row| row.unit == own.id) {
        blocks.push(heading(1, "accreditation.comparison"));
        blocks.push(Block::Paragraph(compared(opinion)));
        blocks.extend(apart(material, accreditation, &own.id));
    }
    blocks.extend(annex::evidence(material, accreditation, Some(&own.id)));
    blocks.extend(notes(accreditation));
    let subtitle = vec![own.name.clone().into(), round(any.round).into()];
    let path = format!("packs/{}/accreditation", own.slug);
    Some(document(material.results, path, say("accreditation.unit_title").into(), subtitle, blocks))
}

/// The documents of the university: the final opinion and its annex.
pub fn of_university(material: Material<'_>) -> Vec<Document> {
    let Some(accreditation) = material.results.accreditation.as_ref() else { return Vec::new() };
    let mut documents: Vec<Document> = opinion(material, accreditation).into_iter().collect();
    documents.push(annex::annex(material, accreditation));
    documents
}

/// The final opinion: one page, one row per unit. `None` where no panel has rated anything.
fn opinion(material: Material<'_>, accreditation: &Accreditation) -> Option<Document> {
    let first = accreditation.opinions.first()?;
    let count = |what| say("value.count").with("n", Argument::Count(accreditation.count("", what)));
    let figure = |label, value| KeyFigure { label: say(label).into(), value, note: None };
    let mut blocks = vec![Block::KeyFigures(vec![
        figure("accreditation.units_rated", count("units")),
        figure("accreditation.standards_in_force", count("standards")),
        figure("accreditation.evidence_overdue", count("evidence_overdue")),
        figure("accreditation.to_review", count("review")),
    ])];
    let rows = accreditation.opinions.iter().map(|row| {
        let external = standing(accreditation, &row.unit, "external");
        Row::of(vec![
            TableCell::Text(unit_named(&material.report.units, &row.unit)),
            TableCell::figure(external.and_then(|row| row.total_percent), Figure::Score),
            TableCell::count(row.mandatory_not_met),
            TableCell::figure(row.kappa_quadratic, Figure::Raw),
            TableCell::count(row.two_levels),
            TableCell::count(row.repeated),
            TableCell::text(proposal(external)),
        ])
    });
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.unit"), 5),
            Column::figures(say("accreditation.total_percent")),
            Column::figures(say("accreditation.not_met_short")),
            Column::figures(say("accreditation.kappa")),
            Column::figures(say("accreditation.two_levels")),
            Column::figures(say("accreditation.repeated")),
            Column::words(say("accreditation.proposal"), 5),
        ],
        rows: rows.collect(),
    }));
    blocks.push(Block::Note(vec![say("accreditation.opinion_note"), say("accreditation.annex_note")]));
    blocks.extend(notes(accreditation));
    blocks.push(Block::Signatures(vec![say("accreditation.signed_office"), say("accreditation.signed_president")]));
    let subtitle = vec![material.results.assessment.institution.name.clone().into(), round(first.round).into()];
    let path = "final-opinion".to_owned();
    let title = say("accreditation.opinion_title").into();
    Some(Document { one_page: true, ..document(material.results, path, title, subtitle, blocks) })
}

/// The standing of a unit in the last round.
fn standing<'a>(accreditation: &'a Accreditation, unit: &str, side: &str) -> Option<&'a DecisionRow> {
    let of = |row: &&DecisionRow| row.unit == unit && row.side == side && Some(row.round) == accreditation.round;
    accreditation.decisions.iter().find(of)
}

/// The year of a round.
pub fn round(year: i32) -> Phrase {
    say("accreditation.round").with("year", Argument::Year(year))
}

/// The decision in words, or why there is none.
fn proposal(row: Option<&DecisionRow>) -> Text {
    match row {
        Some(row) if !row.decision.is_empty() => Names::new(row.decision_en.clone(), row.decision_fa.clone()).into(),
        Some(row) => Phrase::of("accreditation_undecided", row.reason).into(),
        None => say("accreditation.not_rated").into(),
    }
}

/// The name of an area, as the catalogue has it.
pub fn area_name(material: Material<'_>, area: &str) -> Text {
    let standards = &material.results.tables.accreditation.standards;
    let found = standards.iter().rev().find(|standard| standard.area == area);
    found.map_or_else(|| Text::Verbatim(area.to_owned()), |standard| standard.area_name.clone().into())
}

/// What a standard asks, as the version in force has it.
pub fn standard_text(material: Material<'_>, accreditation: &Accreditation, code: &str) -> Text {
    let standards = &material.results.tables.accreditation.standards;
    let of = |standard: &&crate::model::accreditation::standard::Standard| {
        standard.code == code && standard.version == accreditation.version
    };
    standards.iter().find(of).map_or(Text::Verbatim(String::new()), |standard| standard.text.clone().into())
}

/// A code of the office.
pub fn code(text: &str) -> TableCell {
    TableCell::text(Text::Verbatim(text.to_owned()))
}

/// A day in both calendars.
pub fn day(text: &str) -> TableCell {
    Date::parse(text)
        .map_or(TableCell::Absent, |day| TableCell::text(say("accreditation.day").with("day", Argument::Day(day))))
}

/// A level in words.
pub fn level(word: &str) -> TableCell {
    if word.is_empty() { TableCell::Absent } else { TableCell::text(Phrase::of("accreditation_level", word)) }
}

fn figures(accreditation: &Accreditation, unit: &str) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for (side, label) in [("internal", "accreditation.internal"), ("external", "accreditation.external")] {
        let Some(row) = standing(accreditation, unit, side) else { continue };
        let Some(percent) = row.total_percent else { continue };
        let words = match proposal(Some(row)) {
            Text::Phrase(phrase) => phrase,
            words => say("accreditation.decided").with("decision", Argument::Text(words)),
        };
        figures.push(KeyFigure {
            label: say(label).into(),
            value: say("accreditation.percent").with("percent", Argument::Score(percent)),
            note: Some(words),
        });
    }
    if let Some(row) = standing(accreditation, unit, "internal") {
        figures.push(KeyFigure {
            label: say("accreditation.mandatory_met").into(),
            value: say("value.count").with("n", Argument::Count(row.mandatory_met.into())),
            note: Some(say("accreditation.of_rated").with("n", Argument::Count(row.mandatory_rated.into()))),
        });
    }
    figures.push(KeyFigure {
        label: say("accreditation.evidence_overdue").into(),
        value: say("value.count").with("n", Argument::Count(accreditation.count(unit, "evidence_overdue"))),
        note: Some(say("accreditation.of_documents").with("n", Argument::Count(accreditation.count(unit, "evidence")))),
    });
    figures
}

fn areas(material: Material<'_>, accreditation: &Accreditation, unit: &str) -> Block {
    let percent = |area: &str, side: &str| {
        let of = |row: &&crate::model::accreditation::results::AreaRow| {
            row.unit == unit && row.area == area && row.side == side && Some(row.round) == accreditation.round
        };
        TableCell::heat(accreditation.percent.iter().find(of).and_then(|row| row.percent), false)
    };
    let row = |area: &String| {
        let name = TableCell::Text(area_name(material, area));
        Row::of(vec![name, percent(area, "internal"), percent(area, "external")])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("accreditation.area"), 4),
            Column::figures(say("accreditation.internal")),
            Column::figures(say("accreditation.external")),
        ],
        rows: accreditation.areas.iter().map(row).collect(),
    })
}

/// Mandatory standards that the panel, or else the unit itself, does not see met.
fn not_met(material: Material<'_>, accreditation: &Accreditation, unit: &str) -> Vec<Block> {
    let fails = |row: &&StandardRow| {
        row.unit == unit && row.kind == "mandatory" && row.met_external.or(row.met_internal) == Some(false)
    };
    let rows: Vec<Row> = accreditation
        .standards
        .iter()
        .filter(fails)
        .take(LISTED)
        .map(|row| {
            Row::of(vec![
                code(&row.standard),
                TableCell::Text(standard_text(material, accreditation, &row.standard)),
                level(row.internal),
                level(row.external),
                TableCell::text(Text::Verbatim(row.recommendation.clone())),
            ])
        })
        .collect();
    let mut blocks = vec![heading(1, "accreditation.not_met")];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(vec![say("accreditation.all_met")]));
        return blocks;
    }
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.code"), 2),
            Column::words(say("accreditation.standard"), 8),
            Column::words(say("accreditation.internal"), 3),
            Column::words(say("accreditation.external"), 3),
            Column::words(say("accreditation.recommendation"), 4),
        ],
        rows,
    }));
    blocks
}

fn trend(accreditation: &Accreditation, unit: &str) -> Vec<Block> {
    let count = |what| Argument::Count(accreditation.count(unit, what));
    if !accreditation.standards.iter().any(|row| row.unit == unit && !row.change.is_empty()) {
        return Vec::new();
    }
    let sentence =
        say("accreditation.trend").with("up", count("up")).with("same", count("same")).with("down", count("down"));
    vec![heading(1, "accreditation.since_last"), Block::Paragraph(vec![sentence])]
}

fn compared(row: &OpinionRow) -> Vec<Phrase> {
    let mut sentences = Vec::new();
    if let Some(same) = row.same {
        let compared = Argument::Count(row.compared.into());
        sentences.push(say("accreditation.same").with("n", compared).with("share", Argument::Share(same)));
    }
    if let (Some(linear), Some(quadratic)) = (row.kappa_linear, row.kappa_quadratic) {
        sentences.push(
            say("accreditation.kappas")
                .with("linear", Argument::Figure(linear, Figure::Raw))
                .with("quadratic", Argument::Figure(quadratic, Figure::Raw)),
        );
    }
    let count = |key, n: u32| say(key).with("n", Argument::Count(n.into()));
    sentences.push(count("accreditation.apart", row.two_levels));
    sentences.push(count("accreditation.unreferenced", row.without_reference));
    sentences.push(
        count("accreditation.recommended", row.recommendations)
            .with("repeated", Argument::Count(row.repeated.into()))
            .with("replied", Argument::Count(row.replied.into())),
    );
    sentences
}

/// Standards that both sides rate two levels or more apart.
fn apart(material: Material<'_>, accreditation: &Accreditation, unit: &str) -> Option<Block> {
    let far = |row: &&StandardRow| row.unit == unit && row.difference.is_some_and(|levels| levels.abs() >= 2);
    let rows: Vec<Row> = accreditation
        .standards
        .iter()
        .filter(far)
        .take(LISTED)
        .map(|row| {
            let text = TableCell::Text(standard_text(material, accreditation, &row.standard));
            Row::of(vec![code(&row.standard), text, level(row.internal), level(row.external)])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: Some(say("accreditation.apart_caption").into()),
            columns: vec![
                Column::words(say("word.code"), 2),
                Column::words(say("accreditation.standard"), 9),
                Column::words(say("accreditation.internal"), 3),
                Column::words(say("accreditation.external"), 3),
            ],
            rows,
        })
    })
}

/// What to know of the table that decides.
pub fn notes(accreditation: &Accreditation) -> Option<Block> {
    let table = accreditation.table.as_ref()?;
    Some(Block::Note(vec![
        say("accreditation.by_table").with("table", Argument::Text(table.name.clone().into())),
        say("accreditation.quoted").with("text", Argument::Text(table.note.clone().into())),
    ]))
}
