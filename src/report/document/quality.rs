//! The data-quality report: what was found in the input, what is missing, what was not counted and why.

use crate::diagnostic::{Finding, Severity};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::measure::Status;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::unit::UNIVERSITY;
use crate::report::document::parts::{document, heading, say, short};
use crate::report::material::Material;

/// Findings that are listed one by one; all are in `findings.csv`.
const LISTED: usize = 120;

/// The report.
pub fn quality(material: Material<'_>) -> Document {
    let Material { results, report, .. } = material;
    let mut blocks = vec![Block::KeyFigures(counts(material))];
    blocks.extend(missing(material));
    blocks.extend(left_out(material));
    blocks.extend(addresses(material));
    blocks.extend(kinds(material));
    blocks.extend(findings(material));
    let subtitle = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    document(results, "data-quality".to_owned(), say("quality.title").into(), subtitle, blocks)
}

/// What the university report says of it, and where the rest is.
pub fn summary(material: Material<'_>) -> Vec<Block> {
    let mut blocks = vec![heading(1, "quality.title"), Block::KeyFigures(counts(material))];
    let mut tables = missing(material);
    tables.extend(left_out(material));
    // One level below the heading of the chapter.
    blocks.extend(tables.into_iter().map(|block| match block {
        Block::Heading(level, text) => Block::Heading(level + 1, text),
        other => other,
    }));
    blocks.push(Block::Note(vec![say("quality.more")]));
    blocks
}

fn counts(material: Material<'_>) -> Vec<KeyFigure> {
    let Material { results, report, .. } = material;
    let figure = |label: &'static str, n: u64| KeyFigure {
        label: say(label).into(),
        value: say("value.count").with("n", Argument::Count(n)),
        note: None,
    };
    let [errors, warnings, remarks] = report.findings.counts;
    vec![
        figure("page.errors", errors),
        figure("page.warnings", warnings),
        figure("page.remarks", remarks),
        figure("quality.to_review", u64::from(results.ledger.cases_to_review())),
    ]
}

/// Indicators of the university without data, the heaviest first.
fn missing(material: Material<'_>) -> Vec<Block> {
    let report = material.report;
    let Some(university) = report.units.iter().position(|unit| unit.unit_type == UNIVERSITY) else { return Vec::new() };
    let mut rows: Vec<(f64, Row)> = Vec::new();
    for edition in &report.editions {
        let Some((_, scores)) = edition.of_unit(university) else { continue };
        for (indicator, cell) in edition.indicators.iter().zip(&scores.scores) {
            if cell.status == Status::Missing && indicator.weight > 0.0 {
                let reason = cell.reason.map_or("not_supplied", |reason| reason.as_str());
                rows.push((
                    indicator.weight,
                    Row::of(vec![
                        TableCell::text(short(&edition.id)),
                        TableCell::text(indicator.name.clone()),
                        TableCell::Figure(indicator.weight, Figure::Score),
                        TableCell::text(Phrase::of("reason", reason)),
                    ]),
                ));
            }
        }
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut blocks = vec![heading(1, "quality.missing")];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(vec![say("quality.nothing_missing")]));
        return blocks;
    }
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.edition"), 2),
            Column::words(say("word.indicator"), 5),
            Column::figures(say("word.weight")),
            Column::words(say("word.reason"), 3),
        ],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }));
    blocks
}

/// What was not counted, by reason.
fn left_out(material: Material<'_>) -> Vec<Block> {
    let reasons = &material.report.left_out;
    if reasons.is_empty() {
        return Vec::new();
    }
    let row = |(reason, count): &(Text, u64)| Row::of(vec![TableCell::Text(reason.clone()), TableCell::count(*count)]);
    vec![
        heading(1, "page.left_out"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("word.reason"), 1), Column::figures(say("word.number"))],
            rows: reasons.iter().map(row).collect(),
        }),
        Block::Note(vec![say("page.left_out_note")]),
    ]
}

/// Addresses that break a rule, by rule.
fn addresses(material: Material<'_>) -> Vec<Block> {
    let audit = material.audit;
    let row = |(rule, breaches): (&crate::model::audit::AddressRule, u64)| {
        (breaches > 0).then(|| Row::of(vec![TableCell::text(rule.message.clone()), TableCell::count(breaches)]))
    };
    let rows: Vec<Row> = audit.rules.iter().zip(audit.by_rule()).filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(1, "quality.addresses"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("word.message"), 1), Column::figures(say("word.number"))],
            rows,
        }),
        Block::Note(vec![say("quality.addresses_note")]),
    ]
}

/// Findings by kind, the most frequent first.
fn kinds(material: Material<'_>) -> Vec<Block> {
    let kinds = &material.report.findings.kinds;
    if kinds.is_empty() {
        return vec![heading(1, "page.findings"), Block::Paragraph(vec![say("page.no_findings")])];
    }
    let row = |&(severity, code, count): &(Severity, &'static str, u64)| {
        Row::of(vec![
            TableCell::text(severity_word(severity)),
            TableCell::text(Phrase::of("finding", code)),
            TableCell::text(Text::Verbatim(code.to_owned())),
            TableCell::count(count),
        ])
    };
    vec![
        heading(1, "page.findings"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.severity"), 1),
                Column::words(say("word.message"), 5),
                Column::words(say("word.code"), 2),
                Column::figures(say("word.number")),
            ],
            rows: kinds.iter().map(row).collect(),
        }),
    ]
}

fn severity_word(severity: Severity) -> Phrase {
    Phrase::of(
        "severity",
        match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
    )
}

/// Errors and warnings one by one, under what they are: the worst first. What each says is in the words of the program;
/// what it is a case of is in those of the reader.
fn findings(material: Material<'_>) -> Vec<Block> {
    let mut kinds: Vec<(&str, Vec<&Finding>)> = Vec::new();
    let lines = material.report.findings.lines.iter().filter(|finding| finding.severity != Severity::Info);
    for finding in lines.take(LISTED) {
        match kinds.iter_mut().find(|(code, _)| *code == finding.code) {
            Some((_, same)) => same.push(finding),
            None => kinds.push((finding.code, vec![finding])),
        }
    }
    if kinds.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(1, "quality.lines")];
    for (code, same) in kinds {
        blocks.push(Block::Heading(2, Phrase::of("finding", code).into()));
        blocks.extend(cases(&same));
    }
    blocks.push(Block::Note(vec![say("quality.lines_note")]));
    blocks
}

/// Findings of one kind; what to do is said once where it is the same for all.
fn cases(same: &[&Finding]) -> Vec<Block> {
    let hint = |finding: &Finding| finding.hints.first().cloned().unwrap_or_default();
    let first = hint(same[0]);
    let shared = same.iter().all(|finding| hint(finding) == first);
    let row = |finding: &&Finding| {
        let place = finding.place.to_string();
        let mut cells =
            vec![TableCell::text(Text::Verbatim(place)), TableCell::text(Text::Verbatim(finding.message.clone()))];
        if !shared {
            cells.push(TableCell::text(Text::Verbatim(hint(finding))));
        }
        Row::of(cells)
    };
    let mut columns = vec![Column::words(say("word.place"), 4), Column::words(say("word.message"), 6)];
    if !shared {
        columns.push(Column::words(say("word.hint"), 5));
    }
    let mut blocks = vec![Block::Table(Table { caption: None, columns, rows: same.iter().map(row).collect() })];
    if shared && !first.is_empty() {
        let hint = Argument::Text(Text::Verbatim(first));
        blocks.push(Block::Note(vec![say("quality.hint").with("hint", hint)]));
    }
    blocks
}
