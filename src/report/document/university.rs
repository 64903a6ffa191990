//! The university report: rankings, every comparison, trends, how sure the scores are, methods and sources.

use crate::model::chart::{Chart, Figure};
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::report::{Argument, EditionReport, Phrase, Text};
use crate::model::unit::UNIVERSITY;
use crate::report::charts;
use crate::report::document::parts::{document, heading, say, score, short};
use crate::report::document::quality;
use crate::report::material::Material;

/// Pictures of a comparison: scores by pillar, what makes up the totals, how sure the ranks are.
const PICTURES: [&str; 3] = ["heatmap", "contributions", "ranks"];

/// The report.
pub fn university(material: Material<'_>) -> Document {
    let Material { results, report, .. } = material;
    let mut blocks = vec![heading(1, "university_report.read"), Block::KeyFigures(tiles(material))];
    let university = report.units.iter().position(|unit| unit.unit_type == UNIVERSITY);
    if let Some(university) = university {
        blocks.push(heading(1, "university_report.rankings"));
        blocks.push(rankings(material, university));
        blocks.push(Block::Note(vec![say("university_report.rankings_note")]));
        blocks.extend(groups(material, university));
        blocks.extend(moved(material, university));
        blocks.push(heading(1, "university_report.papers"));
        let slug = &report.units[university].slug;
        for name in [format!("trend-{slug}"), format!("concentration-{slug}")] {
            blocks.extend(named(&report.charts, &name));
        }
    }
    for edition in &report.editions {
        let pictures: Vec<Block> = edition
            .comparisons
            .iter()
            .flat_map(|comparison| PICTURES.map(|kind| format!("{}-{kind}", comparison.slug)))
            .flat_map(|name| named(&report.charts, &name))
            .collect();
        if !pictures.is_empty() {
            blocks.push(Block::PageBreak);
            blocks.push(Block::Heading(1, edition.name.clone().into()));
            blocks.extend(pictures);
        }
    }
    blocks.push(Block::PageBreak);
    blocks.extend(quality::summary(material));
    blocks.push(Block::PageBreak);
    blocks.extend(methods(material));
    let subtitle = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    document(results, "university".to_owned(), say("university_report.title").into(), subtitle, blocks)
}

fn named(charts: &[Chart], name: &str) -> Option<Block> {
    charts.iter().find(|chart| chart.name == name).map(|chart| Block::Chart(Box::new(chart.clone())))
}

fn tiles(material: Material<'_>) -> Vec<KeyFigure> {
    let tile = |tile: &crate::model::report::Tile| KeyFigure {
        label: tile.label.clone().into(),
        value: say("value.count").with("n", Argument::Count(tile.count)),
        note: tile.note.clone(),
    };
    material.report.tiles.iter().map(tile).collect()
}

/// Every ranking with its interval, coverage and band.
fn rankings(material: Material<'_>, university: usize) -> Block {
    let row = |edition: &EditionReport| {
        let (_, row) = edition.of_unit(university)?;
        let overall = &row.overall;
        let band = row.placement.as_ref().and_then(|placement| placement.place.as_ref());
        Some(Row::of(vec![
            TableCell::text(edition.name.clone()),
            score(overall.score),
            score(overall.low),
            score(overall.high),
            TableCell::Figure(overall.coverage, Figure::Share),
            band.map_or(TableCell::Absent, |standing| TableCell::text(Phrase::of_band(standing.band))),
        ]))
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.edition"), 1),
            Column::figures(say("word.score")),
            Column::figures(say("university_report.low")),
            Column::figures(say("university_report.high")),
            Column::figures(say("word.coverage")),
            Column::figures(say("university_report.band")),
        ],
        rows: material.report.editions.iter().filter_map(row).collect(),
    })
}

/// Groups of every ranking.
fn groups(material: Material<'_>, university: usize) -> Vec<Block> {
    let mut rows = Vec::new();
    for edition in &material.report.editions {
        let Some((_, scores)) = edition.of_unit(university) else { continue };
        for group in edition.top_groups() {
            let composite = &scores.groups[group];
            rows.push(Row::of(vec![
                TableCell::text(short(&edition.id)),
                TableCell::text(edition.groups[group].name.clone()),
                TableCell::Figure(edition.groups[group].weight, Figure::Score),
                composite.score.map_or(TableCell::Absent, |score| TableCell::Bullet { score, median: None }),
                score(composite.low),
                score(composite.high),
                TableCell::Figure(composite.coverage, Figure::Share),
            ]));
        }
    }
    vec![
        heading(2, "university_report.groups"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.edition"), 2),
                Column::words(say("handbook.group"), 4),
                Column::figures(say("word.weight")),
                Column::words(say("word.score"), 3),
                Column::figures(say("university_report.low")),
                Column::figures(say("university_report.high")),
                Column::figures(say("word.coverage")),
            ],
            rows,
        }),
    ]
}

/// Why the total moved since last year, and the ranks of units of each type before and after, ranking by ranking.
fn moved(material: Material<'_>, university: usize) -> Vec<Block> {
    let Material { results, report, .. } = material;
    let id = &report.units[university].id;
    let invented = results.assessment.institution.invented;
    let mut blocks = Vec::new();
    for edition in &results.moved {
        let Some(unit) = edition.units.iter().find(|unit| unit.unit == *id) else { continue };
        let names = (&short(&edition.from), &short(&edition.to));
        let chart = charts::moved::waterfall(unit, &report.units, names, invented);
        blocks.extend(chart.map(|chart| Block::Chart(Box::new(chart))));
        for (at, first) in edition.units.iter().enumerate() {
            if edition.units[..at].iter().any(|earlier| earlier.unit_type == first.unit_type) {
                continue;
            }
            let name = format!("moved-ranks-{}", first.unit_type);
            let ranks = charts::moved::slope(edition, &first.unit_type, &report.units, (&name, names), invented);
            blocks.extend(ranks.map(|chart| Block::Chart(Box::new(chart))));
        }
    }
    if !blocks.is_empty() {
        blocks.insert(0, heading(1, "university_report.moved"));
    }
    blocks
}

/// Policies, editions with their references, files read.
fn methods(material: Material<'_>) -> Vec<Block> {
    let report = material.report;
    let policies = report
        .policies
        .iter()
        .map(|(policy, value)| Row::of(vec![TableCell::text(policy.clone()), TableCell::Text(value.clone())]));
    let references = report.editions.iter().flat_map(|edition| {
        edition.references.iter().map(|reference| {
            Row::of(vec![
                TableCell::text(short(&edition.id)),
                TableCell::text(Text::Verbatim(reference.title.clone())),
                TableCell::text(Text::Verbatim(reference.href.clone())),
            ])
        })
    });
    let sources = report.sources.iter().map(|source| {
        Row::of(vec![
            TableCell::text(Text::Verbatim(source.file.clone())),
            TableCell::text(Text::Verbatim(source.layouts.join(", "))),
            TableCell::count(source.rows),
            TableCell::count(source.left_out),
        ])
    });
    vec![
        heading(1, "page.methods"),
        heading(2, "page.policies"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("university_report.switch"), 1),
                Column::words(say("university_report.set_to"), 1),
            ],
            rows: policies.collect(),
        }),
        heading(2, "page.references"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.edition"), 2),
                Column::words(say("evidence.paper_title"), 5),
                Column::words(say("university_report.address"), 5),
            ],
            rows: references.collect(),
        }),
        heading(2, "page.sources"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("word.file"), 4),
                Column::words(say("word.layout"), 3),
                Column::figures(say("word.rows")),
                Column::figures(say("word.left_out")),
            ],
            rows: sources.collect(),
        }),
        Block::Note(vec![say("page.rounding"), say("university_report.manifest")]),
    ]
}
