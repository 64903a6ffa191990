//! The unit card: one page for the head of a unit, on what the unit can move.

use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::evidence_book::{EvidenceBook, ExcludedPaper};
use crate::model::measure::{MeasureKind, Status, WindowKind};
use crate::model::profile::Profile;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::results::Results;
use crate::report::document::parts::{cut, document, heading, rank, raw, say, short, verbatim};
use crate::report::levers;
use crate::report::material::Material;

/// Indicators that a card shows.
const INDICATORS: usize = 8;
/// Papers of each list.
const PAPERS: usize = 5;
/// Levers that a card shows.
const LEVERS: usize = 6;
/// Letters of a title that a list has room for.
const TITLE: usize = 78;

/// The card of a unit.
pub fn card(material: Material<'_>, unit: usize, book: &EvidenceBook) -> Document {
    let Material { results, report, .. } = material;
    let named = &report.units[unit];
    let profile = &results.profiles[unit];
    let mut subtitle = vec![Text::UnitType(named.unit_type.clone())];
    subtitle.extend(named.parents.iter().map(|parent| Text::Names(parent.clone())));
    subtitle.push(say("page.year").with("year", Argument::Year(report.year)).into());
    let left = [movable(material, unit), levers::blocks(material, &levers::best(material, unit, LEVERS))].concat();
    let right = [papers(results, profile), counted(book), not_counted(book)].concat();
    let mut blocks = vec![Block::KeyFigures(key_figures(material, unit, profile))];
    blocks.push(Block::Columns(vec![(56, left), (44, right)]));
    blocks.extend(tasks(material, unit, profile));
    Document {
        one_page: true,
        ..document(results, format!("packs/{}/card", named.slug), named.name.clone().into(), subtitle, blocks)
    }
}

/// Papers and their part of the university's; then every edition.
fn key_figures(material: Material<'_>, unit: usize, profile: &Profile) -> Vec<KeyFigure> {
    let Material { results, report, .. } = material;
    let years = results.assessment.publication_window();
    let mut figures = vec![KeyFigure {
        label: say("unit_card.papers").with("years", Argument::Years(years)).into(),
        value: say("value.count").with("n", Argument::Count(profile.publications)),
        note: profile
            .share_of_publications
            .zip(profile.share_of_citations)
            .filter(|_| report.units[unit].unit_type != crate::model::unit::UNIVERSITY)
            .map(|(papers, citations)| {
                say("unit_card.share")
                    .with("papers", Argument::Share(papers))
                    .with("citations", Argument::Share(citations))
            }),
    }];
    for edition in &report.editions {
        let Some((_, row)) = edition.of_unit(unit) else { continue };
        let overall = &row.overall;
        let coverage = say("card.coverage").with("share", Argument::Share(overall.coverage));
        let (value, note) = match overall.score {
            Some(score) => {
                let note = overall.rank.filter(|_| overall.of > 1).map_or(coverage, |rank| {
                    say("card.rank")
                        .with("rank", Argument::Count(rank.into()))
                        .with("of", Argument::Count(overall.of.into()))
                        .with("units", Argument::Text(Text::UnitTypes(report.units[unit].unit_type.clone())))
                });
                (say("unit_card.score").with("score", Argument::Score(score)), note)
            }
            None => (say("unit_card.no_score"), coverage),
        };
        figures.push(KeyFigure { label: short(&edition.id), value, note: Some(note) });
    }
    figures
}

/// One indicator as a row, with how much the unit could still gain by it.
struct Movable {
    gain: f64,
    row: Row,
}

/// The indicators by which the unit can still gain most, beside the median of its type and the best quarter of it.
fn movable(material: Material<'_>, unit: usize) -> Vec<Block> {
    let Material { results, report, .. } = material;
    let unit_type = &report.units[unit].unit_type;
    let mut rows: Vec<Movable> = Vec::new();
    for edition in &report.editions {
        let Some((_, scores)) = edition.of_unit(unit) else { continue };
        for (indicator, cell) in edition.indicators.iter().zip(&scores.scores) {
            // What the office states or takes over from above is not in the unit's hands.
            let own = matches!(cell.status, Status::Computed | Status::Proxy);
            let Some(score) = cell.score.filter(|_| own && indicator.weight > 0.0) else { continue };
            let of_type = results.type_indicators.iter().find(|row| {
                row.edition == edition.id && row.unit_type == *unit_type && row.indicator == indicator.code
            });
            let name = say("unit_card.indicator")
                .with("name", Argument::Text(indicator.name.clone().into()))
                .with("edition", Argument::Text(short(&edition.id)));
            let cells = vec![
                TableCell::text(name),
                TableCell::Bullet { score, median: of_type.and_then(|row| row.median_score) },
                raw(cell.raw),
                raw(of_type.map(|row| row.median)),
                raw(of_type.map(|row| row.best_quarter)),
                rank(cell.rank, cell.of),
            ];
            rows.push(Movable { gain: indicator.weight * (100.0 - score), row: Row::of(cells) });
        }
    }
    rows.sort_by(|a, b| b.gain.total_cmp(&a.gain));
    rows.truncate(INDICATORS);
    let mut blocks = vec![heading(1, "unit_card.movable")];
    if rows.is_empty() {
        blocks.push(Block::Paragraph(vec![say("unit_card.nothing_scored")]));
        return blocks;
    }
    blocks.push(Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("word.indicator"), 10),
            Column::words(say("word.score"), 5),
            Column::figures(say("unit_card.own")),
            Column::figures(say("word.median")),
            Column::figures(say("unit_card.goal")),
            Column::figures(say("word.rank")),
        ],
        rows: rows.into_iter().map(|movable| movable.row).collect(),
    }));
    blocks.push(Block::Note(vec![say("unit_card.movable_note")]));
    blocks
}

/// Papers by year, and how few hold the citations.
fn papers(results: &Results, profile: &Profile) -> Vec<Block> {
    let years = results.assessment.publication_window();
    let mut blocks = vec![heading(1, "unit_card.trend")];
    if profile.publications == 0 {
        blocks.push(Block::Paragraph(vec![say("unit_card.no_papers").with("years", Argument::Years(years))]));
        return blocks;
    }
    let head = |(year, _): &(i32, u64)| Column::figures(say("value.year").with("year", Argument::Year(*year)));
    blocks.push(Block::Table(Table {
        caption: None,
        columns: profile.years.iter().map(head).collect(),
        rows: vec![Row::of(profile.years.iter().map(|(_, papers)| TableCell::count(*papers)).collect())],
    }));
    let mut sentences = Vec::new();
    if let Some(half) = profile.half_from {
        sentences.push(
            say("unit_card.concentration")
                .with("half", Argument::Count(half))
                .with("papers", Argument::Count(profile.with_citations))
                .with("citations", Argument::Count(profile.citations)),
        );
    }
    if profile.with_citations > 0 {
        sentences.push(say("unit_card.uncited").with("n", Argument::Count(profile.uncited)));
    }
    blocks.push(Block::Paragraph(sentences));
    blocks
}

/// The most cited papers that count.
fn counted(book: &EvidenceBook) -> Vec<Block> {
    let mut papers: Vec<_> = book.counted.iter().collect();
    papers.sort_by(|a, b| b.citations.cmp(&a.citations).then_with(|| a.id.cmp(&b.id)));
    if papers.is_empty() {
        return Vec::new();
    }
    let row = |paper: &&crate::model::evidence_book::CountedPaper| {
        let cited = paper.citations.map(|cited| cited as f64);
        Row::of(vec![cut(&paper.title, TITLE), TableCell::figure(cited, Figure::Count)])
    };
    vec![
        heading(1, "unit_card.counted"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("evidence.paper_title"), 1), Column::figures(say("evidence.citations"))],
            rows: papers.iter().take(PAPERS).map(row).collect(),
        }),
    ]
}

/// Papers that do not count: first those that can be corrected, then the most cited.
fn not_counted(book: &EvidenceBook) -> Vec<Block> {
    let urgency = |paper: &ExcludedPaper| {
        ["omitted.lost_address", "omitted.outside_employment", "omitted.document_type"]
            .iter()
            .position(|reason| *reason == paper.reason.key)
            .unwrap_or(3)
    };
    let mut papers: Vec<&ExcludedPaper> = book.excluded.iter().collect();
    papers.sort_by(|a, b| {
        urgency(a).cmp(&urgency(b)).then_with(|| b.citations.cmp(&a.citations)).then_with(|| a.id.cmp(&b.id))
    });
    let mut shown: Vec<&ExcludedPaper> = Vec::new();
    for paper in papers {
        if shown.len() < PAPERS && !shown.iter().any(|known| known.id == paper.id) {
            shown.push(paper);
        }
    }
    if shown.is_empty() && book.counted.is_empty() {
        return Vec::new();
    }
    if shown.is_empty() {
        return vec![heading(1, "unit_card.not_counted"), Block::Paragraph(vec![say("unit_card.all_counted")])];
    }
    let row = |paper: &&ExcludedPaper| Row::of(vec![cut(&paper.title, TITLE), TableCell::text(paper.reason.clone())]);
    vec![
        heading(1, "unit_card.not_counted"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("evidence.paper_title"), 8), Column::words(say("word.reason"), 3)],
            rows: shown.iter().map(row).collect(),
        }),
    ]
}

/// What to do until when, and where to object.
fn tasks(material: Material<'_>, unit: usize, profile: &Profile) -> Vec<Block> {
    let Material { results, report, recovered, .. } = material;
    let id = &report.units[unit].id;
    let until = |phrase: Phrase| match results.assessment.corrections_until() {
        Some(day) => vec![phrase, say("unit_card.until").with("day", Argument::Day(day))],
        None => vec![phrase],
    };
    let mut items: Vec<Vec<Phrase>> = Vec::new();
    if profile.correctable > 0 {
        let mut item = until(say("unit_card.correct").with("n", Argument::Count(profile.correctable)));
        item.extend(worth(recovered, id));
        items.push(item);
    }
    if profile.without_id > 0 {
        items.push(until(
            say("unit_card.ids")
                .with("n", Argument::Count(profile.without_id))
                .with("staff", Argument::Count(profile.academic_staff)),
        ));
    }
    if profile.to_review > 0 {
        items.push(until(say("unit_card.review").with("n", Argument::Count(profile.to_review))));
    }
    items.extend(missing(material, unit).into_iter().map(until));
    items.truncate(3);
    let mut blocks = vec![heading(1, "unit_card.tasks")];
    blocks.push(if items.is_empty() {
        Block::Paragraph(vec![say("unit_card.no_tasks")])
    } else {
        Block::List { numbered: true, items }
    });
    let mut object = say("unit_card.object").with("code", verbatim(format!("{}-{id}", report.year)));
    if let Some(day) = results.assessment.objections_until() {
        object = object.with("day", Argument::Day(day));
    }
    blocks.push(Block::Note(vec![object, say("unit_card.evidence")]));
    blocks
}

/// What correcting all addresses brings the unit: the greatest gain of a total, else of a score.
pub(super) fn worth(recovered: &[crate::model::change::Change], unit: &str) -> Option<Phrase> {
    let scores = recovered.iter().filter(|change| change.unit == unit && change.column == "score");
    let (totals, others): (Vec<_>, Vec<_>) = scores.partition(|change| change.code == "overall");
    let best = |changes: Vec<&crate::model::change::Change>| {
        let gains =
            changes.into_iter().filter_map(|change| change.difference().map(|points| (points, change.scope.clone())));
        gains.filter(|(points, _)| *points > 0.0).max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
    };
    let (points, edition) = best(totals).or_else(|| best(others))?;
    Some(
        say("unit_card.worth")
            .with("points", Argument::Change(points, Figure::Score))
            .with("edition", Argument::Text(short(&edition))),
    )
}

/// Sheets of the unit's own without which most weight cannot be scored: one sentence per edition, the heaviest first.
fn missing(material: Material<'_>, unit: usize) -> Vec<Phrase> {
    let Material { results, report, .. } = material;
    // What a unit can hand in: staff, students, degrees, money; no surveys, and no papers that do not exist.
    let of_sheets = |edition: &str, code: &str| {
        let method = results.editions.iter().find(|known| known.id == edition);
        let indicator = method.and_then(|method| method.indicators.iter().find(|known| known.code == code));
        let measures = indicator.map_or_else(Vec::new, |indicator| indicator.value.measures());
        let known = |code: &&str| results.definitions.iter().find(|definition| definition.code == **code);
        !measures.is_empty()
            && measures.iter().all(|code| {
                known(code).is_some_and(|definition| {
                    definition.kind == MeasureKind::Computed && definition.window == WindowKind::Institutional
                })
            })
    };
    let mut found: Vec<(f64, Phrase)> = Vec::new();
    for edition in &report.editions {
        let Some((_, scores)) = edition.of_unit(unit) else { continue };
        let heaviest = edition
            .indicators
            .iter()
            .zip(&scores.scores)
            .filter(|(indicator, cell)| cell.status == Status::Missing && indicator.weight > 0.0)
            .filter(|(indicator, _)| of_sheets(&edition.id, &indicator.code))
            .max_by(|a, b| a.0.weight.total_cmp(&b.0.weight).then_with(|| b.0.code.cmp(&a.0.code)));
        if let Some((indicator, _)) = heaviest {
            let phrase = say("unit_card.supply")
                .with("indicator", Argument::Text(indicator.name.clone().into()))
                .with("edition", Argument::Text(short(&edition.id)))
                .with("weight", Argument::Number(indicator.weight));
            found.push((indicator.weight, phrase));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, phrase)| phrase).collect()
}
