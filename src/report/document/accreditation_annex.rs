//! The annex of the final opinion: evidence, standards to review, versions, panels, training, regulations.

use crate::model::accreditation::results::{Accreditation, AreaRow, EvidenceRow, PanelRow};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, Row, Table, TableCell};
use crate::model::report::{Argument, Phrase, Text};
use crate::report::charts::unit_named;
use crate::report::document::accreditation::{LISTED, area_name, code, day, notes, round, standard_text};
use crate::report::document::parts::{document, heading, say};
use crate::report::material::Material;

/// The annex.
pub fn annex(material: Material<'_>, accreditation: &Accreditation) -> Document {
    let mut blocks = Vec::new();
    blocks.extend(notes(accreditation));
    blocks.extend(map(material, accreditation));
    blocks.extend(comparison(material, accreditation));
    blocks.extend(evidence(material, accreditation, None));
    blocks.extend(review(material, accreditation));
    blocks.extend(reliability(material, accreditation));
    blocks.extend(changes(accreditation));
    blocks.extend(panels(material, accreditation));
    blocks.extend(training(accreditation));
    blocks.extend(regulations(accreditation));
    let mut subtitle: Vec<Text> = vec![material.results.assessment.institution.name.clone().into()];
    subtitle.extend(accreditation.round.map(|year| Text::from(round(year))));
    document(material.results, "accreditation".to_owned(), say("accreditation.annex_title").into(), subtitle, blocks)
}

/// Percent of each area at each unit in the last round: as the panel sees it; as the unit sees itself, with a star, where
/// none has come.
fn map(material: Material<'_>, accreditation: &Accreditation) -> Vec<Block> {
    let percent = |unit: &str, area: &str, side: &str| {
        let of = |row: &&AreaRow| {
            row.unit == unit && row.area == area && row.side == side && Some(row.round) == accreditation.round
        };
        accreditation.percent.iter().find(of).and_then(|row| row.percent)
    };
    let mut rows = Vec::new();
    for unit in &material.report.units {
        let cell = |area: &String| {
            let external = percent(&unit.id, area, "external");
            TableCell::heat(external.or(percent(&unit.id, area, "internal")), external.is_none())
        };
        let cells: Vec<TableCell> = accreditation.areas.iter().map(cell).collect();
        if cells.iter().any(|cell| *cell != TableCell::Absent) {
            rows.push(Row::of([vec![TableCell::text(unit.name.clone())], cells].concat()));
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![Column::words(say("word.unit"), 3)];
    columns.extend(
        accreditation.areas.iter().map(|area| Column { figures: true, ..Column::words(area_name(material, area), 2) }),
    );
    vec![
        heading(1, "accreditation.map"),
        Block::Table(Table { caption: None, columns, rows }),
        Block::Note(vec![say("accreditation.map_note")]),
    ]
}

fn comparison(material: Material<'_>, accreditation: &Accreditation) -> Vec<Block> {
    let rows: Vec<Row> = accreditation
        .opinions
        .iter()
        .map(|row| {
            Row::of(vec![
                TableCell::Text(unit_named(&material.report.units, &row.unit)),
                TableCell::count(row.compared),
                TableCell::figure(row.same, Figure::Share),
                TableCell::figure(row.kappa_linear, Figure::Raw),
                TableCell::figure(row.kappa_quadratic, Figure::Raw),
                TableCell::change(row.mean_difference, Figure::Raw),
                TableCell::count(row.without_reference),
                TableCell::count(row.recommendations),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(1, "accreditation.comparison"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.unit"), 5),
                Column::figures(say("accreditation.compared")),
                Column::figures(say("accreditation.same_level")),
                Column::figures(say("accreditation.kappa_linear")),
                Column::figures(say("accreditation.kappa")),
                Column::figures(say("accreditation.mean_difference")),
                Column::figures(say("accreditation.without_reference")),
                Column::figures(say("accreditation.recommendations")),
            ],
            rows,
        }),
        Block::Note(vec![say("accreditation.comparison_note")]),
    ]
}

/// Documents that are overdue or still to come, of one unit or of all, by due day.
pub fn evidence(material: Material<'_>, accreditation: &Accreditation, unit: Option<&str>) -> Vec<Block> {
    if accreditation.evidence.is_empty() {
        return Vec::new();
    }
    let waits = |row: &&EvidenceRow| {
        ["overdue", "open", "no_day"].contains(&row.state) && unit.is_none_or(|unit| unit == row.unit)
    };
    let mut open: Vec<&EvidenceRow> = accreditation.evidence.iter().filter(waits).collect();
    open.sort_by_key(|row| (row.due.is_empty(), row.due.as_str()));
    let row = |row: &&EvidenceRow| {
        let mut cells = vec![
            day(&row.due),
            TableCell::text(Phrase::of("accreditation_state", row.state)),
            TableCell::figure(row.days_late.map(|days| days as f64), Figure::Count),
            code(&row.standard),
            TableCell::text(Text::Verbatim(row.name.clone())),
            TableCell::text(Text::Verbatim(row.owner.clone())),
        ];
        if unit.is_none() {
            cells.insert(0, TableCell::Text(unit_named(&material.report.units, &row.unit)));
        }
        Row::of(cells)
    };
    let mut blocks = vec![heading(1, "accreditation.evidence")];
    if open.is_empty() {
        blocks.push(Block::Paragraph(vec![say("accreditation.nothing_open")]));
        return blocks;
    }
    let mut columns = vec![
        Column::words(say("accreditation.due"), 4),
        Column::words(say("word.status"), 2),
        Column::figures(say("accreditation.days_late")),
        Column::words(say("word.code"), 2),
        Column::words(say("accreditation.document"), 4),
        Column::words(say("accreditation.owner"), 3),
    ];
    if unit.is_none() {
        columns.insert(0, Column::words(say("word.unit"), 4));
    }
    blocks.push(Block::Table(Table { caption: None, columns, rows: open.iter().take(LISTED).map(row).collect() }));
    if open.len() > LISTED {
        blocks.push(Block::Note(vec![say("accreditation.more_evidence")]));
    }
    blocks
}

fn review(material: Material<'_>, accreditation: &Accreditation) -> Vec<Block> {
    let rows: Vec<Row> = accreditation
        .items
        .iter()
        .filter(|row| !row.reasons.is_empty())
        .take(LISTED)
        .map(|row| {
            Row::of(vec![
                code(&row.standard),
                TableCell::Text(standard_text(material, accreditation, &row.standard)),
                TableCell::count(row.units),
                TableCell::figure(row.full, Figure::Share),
                TableCell::figure(row.two_levels, Figure::Share),
                TableCell::figure(row.evidence_missing, Figure::Share),
                TableCell::text(reasons(&row.reasons)),
            ])
        })
        .collect();
    let mut blocks = vec![heading(1, "accreditation.review")];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(vec![say("accreditation.nothing_to_review")]));
        return blocks;
    }
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.code"), 2),
            Column::words(say("accreditation.standard"), 7),
            Column::figures(say("accreditation.units")),
            Column::figures(say("accreditation.full")),
            Column::figures(say("accreditation.apart_share")),
            Column::figures(say("accreditation.missing_share")),
            Column::words(say("word.reason"), 4),
        ],
        rows,
    }));
    blocks.push(Block::Note(vec![say("accreditation.review_note")]));
    blocks
}

/// The first reason, with the second behind it where there are several.
fn reasons(list: &str) -> Phrase {
    let mut words = list.split(';');
    let first = Phrase::of("accreditation_reason", words.next().unwrap_or_default());
    words.fold(first, |before, word| {
        say("briefing.joined")
            .with("first", Argument::Text(before.into()))
            .with("second", Argument::Text(Phrase::of("accreditation_reason", word).into()))
    })
}

fn reliability(material: Material<'_>, accreditation: &Accreditation) -> Vec<Block> {
    if accreditation.reliability.is_empty() {
        return Vec::new();
    }
    let row = |row: &crate::model::accreditation::results::ReliabilityRow| {
        Row::of(vec![
            TableCell::Text(area_name(material, &row.area)),
            TableCell::count(row.standards),
            TableCell::count(row.units),
            TableCell::figure(row.alpha, Figure::Raw),
        ])
    };
    vec![
        heading(2, "accreditation.reliability"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("accreditation.area"), 4),
                Column::figures(say("accreditation.standards")),
                Column::figures(say("accreditation.units")),
                Column::figures(say("accreditation.alpha")),
            ],
            rows: accreditation.reliability.iter().map(row).collect(),
        }),
        Block::Note(vec![say("accreditation.reliability_note")]),
    ]
}

fn changes(accreditation: &Accreditation) -> Vec<Block> {
    let rows: Vec<Row> = accreditation
        .changes
        .iter()
        .filter(|row| row.fate != "unchanged")
        .take(LISTED)
        .map(|row| {
            let fate = TableCell::text(Phrase::of("accreditation_fate", row.fate));
            Row::of(vec![code(&row.from_version), code(&row.from), fate, code(&row.to_version), code(&row.to)])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(1, "accreditation.changes"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("accreditation.from_version"), 3),
                Column::words(say("word.code"), 2),
                Column::words(say("accreditation.fate"), 3),
                Column::words(say("accreditation.to_version"), 3),
                Column::words(say("word.code"), 2),
            ],
            rows,
        }),
    ]
}

fn panels(material: Material<'_>, accreditation: &Accreditation) -> Vec<Block> {
    let Some(plan) = &accreditation.plan else { return Vec::new() };
    let proven = if plan.proven { "accreditation.proven" } else { "accreditation.unproven" };
    let mut sentences = vec![
        say("accreditation.planned")
            .with("filled", Argument::Count(plan.filled.into()))
            .with("visits", Argument::Count(plan.visits.into())),
        say(proven).with("cost", Argument::Count(plan.cost)).with("bound", Argument::Count(plan.bound)),
        say("accreditation.barred").with("n", Argument::Count(accreditation.count("", "conflicts"))),
    ];
    sentences.push(say("accreditation.why_not"));
    let names = |unit: &str, role: &str| -> TableCell {
        let of = |row: &&PanelRow| row.unit == unit && row.role == role;
        let list: Vec<&str> = accreditation.panels.iter().filter(of).map(|row| row.name.as_str()).collect();
        TableCell::text(Text::Verbatim(list.join("، ")))
    };
    let mut units: Vec<&str> = accreditation.panels.iter().map(|row| row.unit.as_str()).collect();
    units.dedup();
    let missing = |unit: &&str| accreditation.unmet.iter().any(|row| row.unit == **unit);
    let row = |unit: &&str| {
        let mut cells = vec![TableCell::Text(unit_named(&material.report.units, unit))];
        cells.extend(["chair", "member", "reserve"].map(|role| names(unit, role)));
        Row::of(cells)
    };
    let mut blocks = vec![
        heading(1, "accreditation.panels"),
        Block::Paragraph(sentences),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.unit"), 4),
                Column::words(say("accreditation.chair"), 3),
                Column::words(say("accreditation.members"), 6),
                Column::words(say("accreditation.reserves"), 4),
            ],
            rows: units.iter().filter(|unit| !missing(unit)).map(row).collect(),
        }),
    ];
    for unmet in &accreditation.unmet {
        let unit = Argument::Text(unit_named(&material.report.units, &unmet.unit));
        let mut items = Vec::new();
        for demand in unmet.conflict.split(';').filter(|demand| !demand.is_empty()) {
            let (word, of) = demand.split_once(':').unwrap_or((demand, ""));
            let of = match word {
                "area" => area_name(material, of),
                "visit" => unit_named(&material.report.units, of),
                _ => Text::Verbatim(of.to_owned()),
            };
            let of = match demand.strip_prefix("members:").and_then(|count| count.parse().ok()) {
                Some(count) => Argument::Count(count),
                None => Argument::Text(of),
            };
            items.push(vec![Phrase::of("accreditation_demand", word).with("of", of)]);
        }
        blocks.push(Block::Paragraph(vec![say("accreditation.no_panel").with("unit", unit)]));
        blocks.push(Block::List { numbered: false, items });
    }
    blocks
}

fn training(accreditation: &Accreditation) -> Vec<Block> {
    if accreditation.training.is_empty() {
        return Vec::new();
    }
    let row = |row: &crate::model::accreditation::results::TrainingRow| {
        Row::of(vec![
            TableCell::text(Text::Verbatim(row.name.clone())),
            TableCell::text(Phrase::of("accreditation_need", row.need)),
            code(&row.detail),
            TableCell::figure(row.distance, Figure::Raw),
        ])
    };
    let mut blocks = vec![
        heading(1, "accreditation.training"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("accreditation.evaluator"), 4),
                Column::words(say("accreditation.need"), 3),
                Column::words(say("accreditation.course"), 5),
                Column::figures(say("accreditation.distance")),
            ],
            rows: accreditation.training.iter().take(LISTED).map(row).collect(),
        }),
    ];
    if accreditation.training.len() > LISTED {
        blocks.push(Block::Note(vec![say("accreditation.more_training")]));
    }
    blocks
}

fn regulations(accreditation: &Accreditation) -> Vec<Block> {
    let rows: Vec<Row> = accreditation
        .regulations
        .iter()
        .filter(|row| ["overdue", "open", "no_day", "no_standard"].contains(&row.state))
        .take(LISTED)
        .map(|row| {
            Row::of(vec![
                day(&row.due),
                TableCell::text(Phrase::of("accreditation_state", row.state)),
                code(&row.article),
                TableCell::text(Text::Verbatim(row.title.clone())),
                code(&row.standard),
                TableCell::text(Text::Verbatim(row.owner.clone())),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let without = Argument::Count(accreditation.count("", "without_article"));
    vec![
        heading(1, "accreditation.regulations"),
        Block::Paragraph(vec![say("accreditation.without_article").with("n", without)]),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("accreditation.due"), 4),
                Column::words(say("word.status"), 2),
                Column::words(say("accreditation.article"), 2),
                Column::words(say("accreditation.title"), 6),
                Column::words(say("word.code"), 2),
                Column::words(say("accreditation.owner"), 3),
            ],
            rows,
        }),
    ]
}
