//! A dossier as a document: what a dispute about one number is decided on, with lines to sign.

use crate::explain::dossier::{Dossier, MeasureEvidence};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::names::Names;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::tables::Date;
use crate::model::text::shortened;

/// Letters of a title or an address that a table has room for.
const LONGEST: usize = 160;

/// The dossier of a case: `code` is what the unit quotes, `data_day` the day at which the data stood.
pub fn document(dossier: &Dossier, code: &str, data_day: Option<Date>) -> Document {
    let mut blocks = vec![Block::KeyFigures(result(dossier))];
    blocks.extend(definition(dossier));
    blocks.extend(worked(dossier));
    for measure in &dossier.measures {
        blocks.extend(evidence(measure));
    }
    blocks.extend(omitted(dossier));
    blocks.extend(alternatives(dossier));
    blocks.extend(inputs(dossier));
    blocks.push(Block::Signatures(vec![say("dossier.office"), say("dossier.unit"), say("dossier.day")]));
    Document {
        path: String::new(),
        title: say("dossier.title").with("indicator", names(&dossier.definition.name)).into(),
        subtitle: vec![
            dossier.unit_name.clone().into(),
            dossier.definition.edition_name.clone().into(),
            say("dossier.case").with("code", verbatim(code)).into(),
        ],
        institution: dossier.institution.clone(),
        invented: dossier.invented,
        data_day,
        one_page: false,
        blocks,
    }
}

fn say(key: &'static str) -> Phrase {
    Phrase::new(key)
}

fn names(names: &Names) -> Argument {
    Argument::Text(names.clone().into())
}

fn verbatim(text: impl Into<String>) -> Argument {
    Argument::Text(Text::Verbatim(text.into()))
}

fn cell(text: impl Into<String>) -> TableCell {
    TableCell::text(Text::Verbatim(shortened(&text.into(), LONGEST)))
}

fn heading(key: &'static str) -> Block {
    Block::Heading(1, say(key).into())
}

fn result(dossier: &Dossier) -> Vec<KeyFigure> {
    let result = &dossier.result;
    let figure = |label: &'static str, value: Option<Phrase>, note: Option<Phrase>| KeyFigure {
        label: say(label).into(),
        value: value.unwrap_or_else(|| say("dossier.none")),
        note,
    };
    let rank = result.rank.map(|rank| {
        say("card.rank_short").with("rank", Argument::Count(rank.into())).with("of", Argument::Count(result.of.into()))
    });
    let status = Phrase::of("status", result.status.as_str());
    let reason = result.reason.map(|reason| Phrase::of("reason", reason.as_str()));
    vec![
        figure(
            "word.raw",
            result.raw.map(|raw| say("dossier.figure").with("value", Argument::Figure(raw, Figure::Raw))),
            Some(reason.unwrap_or(status)),
        ),
        figure(
            "word.score",
            result.score.map(|score| say("unit_card.score").with("score", Argument::Score(score))),
            result
                .contribution
                .map(|points| say("dossier.points").with("points", Argument::Figure(points, Figure::Score))),
        ),
        figure("word.rank", rank, Some(say("dossier.rests").with("n", Argument::Count(result.n)))),
    ]
}

fn definition(dossier: &Dossier) -> Vec<Block> {
    let definition = &dossier.definition;
    let mut items = vec![
        vec![say("dossier.formula").with("formula", verbatim(definition.formula.clone()))],
        vec![say("handbook.weighs").with("weight", Argument::Number(definition.weight))],
        vec![say("dossier.verified").with("day", verbatim(definition.verified.clone()))],
        vec![say("dossier.edition_file").with("digest", verbatim(definition.edition_sha256.clone()))],
    ];
    items.extend(
        definition.references.iter().map(|reference| vec![say("dossier.reference").with("work", verbatim(reference))]),
    );
    let mut blocks = vec![heading("dossier.definition")];
    if !definition.note.0.is_empty() {
        blocks.push(Block::Paragraph(vec![say("handbook.note").with("note", names(&definition.note))]));
    }
    blocks.push(Block::List { numbered: false, items });
    blocks
}

/// The formula with the unit's numbers, and the step to the score.
fn worked(dossier: &Dossier) -> Vec<Block> {
    let mut sentences =
        vec![say("dossier.with_numbers").with("formula", verbatim(dossier.result.formula_with_numbers.clone()))];
    if let Some(step) = &dossier.normalisation {
        sentences.push(say("dossier.compared").with("with", verbatim(step.benchmark.clone())));
        sentences.push(say("dossier.step").with("step", verbatim(step.step.clone())));
        sentences.extend(step.constants.iter().map(|(name, value)| {
            say("dossier.constant").with("name", verbatim(*name)).with("value", verbatim(value.to_string()))
        }));
    }
    vec![heading("dossier.worked"), Block::Paragraph(sentences)]
}

/// One measure with the rows it is made of.
fn evidence(measure: &MeasureEvidence) -> Vec<Block> {
    let title = say("dossier.measure").with("name", names(&measure.name)).with("years", verbatim(&measure.window));
    let value = match measure.value {
        Some(value) => say("dossier.measured").with("value", Argument::Figure(value, Figure::Raw)),
        None => say("dossier.unmeasured"),
    };
    let mut blocks = vec![
        Block::Heading(1, title.into()),
        Block::Paragraph(vec![
            value.with("n", Argument::Count(measure.rows.len() as u64)),
            say("dossier.counted").with("definition", names(&measure.definition)),
        ]),
    ];
    if measure.rows.is_empty() {
        return blocks;
    }
    let row = |row: &crate::explain::rows::Row| {
        let head = [row.id.as_str(), row.doi.as_str()].into_iter().filter(|part| !part.is_empty());
        let about = [row.title.as_str(), row.document_type.as_str()].into_iter().filter(|part| !part.is_empty());
        let year = row.year.map_or_else(String::new, |year| format!(", {year}"));
        let credit = [row.rule.as_str(), row.authors.as_str(), row.affiliation.as_str(), row.place.as_str()];
        let credit = credit.into_iter().filter(|part| !part.is_empty());
        Row::of(vec![
            cell(head.collect::<Vec<_>>().join(" · ")),
            cell(format!("{}{year}", about.collect::<Vec<_>>().join(" · "))),
            cell(credit.collect::<Vec<_>>().join(" · ")),
            TableCell::Figure(row.weight, Figure::Raw),
            TableCell::Figure(row.figure, Figure::Raw),
        ])
    };
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("dossier.id"), 3),
            Column::words(say("evidence.paper_title"), 5),
            Column::words(say("dossier.credited"), 6),
            Column::figures(say("dossier.weight")),
            Column::figures(say("dossier.row_figure")),
        ],
        rows: measure.rows.iter().map(row).collect(),
    }));
    blocks
}

fn omitted(dossier: &Dossier) -> Vec<Block> {
    let mut blocks = vec![heading("dossier.omitted")];
    if dossier.omitted.is_empty() {
        blocks.push(Block::Paragraph(vec![say("dossier.nothing_omitted")]));
        return blocks;
    }
    let row = |row: &crate::explain::omitted::Omitted| {
        let year = row.year.map_or_else(String::new, |year| format!(", {year}"));
        Row::of(vec![
            cell(row.publication.clone()),
            cell(format!("{}{year}", row.title)),
            TableCell::text(Phrase::of("omitted", &row.reason.replace('-', "_"))),
            cell(row.detail.clone()),
        ])
    };
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("dossier.id"), 2),
            Column::words(say("evidence.paper_title"), 6),
            Column::words(say("word.reason"), 3),
            Column::words(say("evidence.detail"), 5),
        ],
        rows: dossier.omitted.iter().map(row).collect(),
    }));
    blocks
}

/// Does the conclusion hold under other policies?
fn alternatives(dossier: &Dossier) -> Vec<Block> {
    let row = |row: &crate::explain::alternatives::Alternative| {
        let rank = row.rank.map_or(TableCell::Absent, |rank| {
            TableCell::text(
                say("card.rank_short")
                    .with("rank", Argument::Count(rank.into()))
                    .with("of", Argument::Count(row.of.into())),
            )
        });
        Row::of(vec![
            TableCell::text(Phrase::of("alternative", row.policy)),
            TableCell::count(row.held as u64),
            TableCell::figure(row.raw, Figure::Raw),
            TableCell::figure(row.score, Figure::Score),
            rank,
            TableCell::figure(row.overall, Figure::Score),
        ])
    };
    vec![
        heading("dossier.alternatives"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("dossier.policy"), 1),
                Column::figures(say("dossier.held")),
                Column::figures(say("word.raw")),
                Column::figures(say("word.score")),
                Column::figures(say("word.rank")),
                Column::figures(say("word.overall")),
            ],
            rows: dossier.alternatives.iter().map(row).collect(),
        }),
    ]
}

fn inputs(dossier: &Dossier) -> Vec<Block> {
    let row = |input: &crate::explain::dossier::Input| Row::of(vec![cell(&input.file), cell(&input.sha256)]);
    vec![
        heading("dossier.inputs"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("word.file"), 1), Column::words(say("word.digest"), 2)],
            rows: dossier.inputs.iter().map(row).collect(),
        }),
    ]
}
