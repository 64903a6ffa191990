//! The president's page: one sheet on where the university stands, why, and what to decide.

use crate::model::advice::Step;
use crate::model::change::Change;
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::measure::Status;
use crate::model::moved::Factor;
use crate::model::names::Names;
use crate::model::partners::agreement_state;
use crate::model::placement::Placement;
use crate::model::report::{Argument, EditionReport, Phrase, Text, UnitScores};
use crate::model::unit::UNIVERSITY;
use crate::report::charts::advice::currency;
use crate::report::charts::unit_named;
use crate::report::document::parts::{document, heading, say, short};
use crate::report::document::strategy;
use crate::report::material::Material;

/// Strongest and weakest indicators that are named.
const EXTREMES: usize = 3;

/// Actions that are named.
const ACTIONS: usize = 5;

/// The page.
pub fn president(material: Material<'_>) -> Document {
    let Material { results, report, .. } = material;
    let title = say("president.title").into();
    let subtitle = vec![
        results.assessment.institution.name.clone().into(),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    let university = report.units.iter().position(|unit| unit.unit_type == UNIVERSITY);
    let mut blocks = Vec::new();
    if let Some(university) = university {
        blocks.push(Block::KeyFigures(rankings(material, university)));
        blocks.push(why(material, university));
        let left = [schools(material), actions(material)].concat();
        let right = [extremes(material, university), lost(material, university), risks(material, university)].concat();
        blocks.push(Block::Columns(vec![(62, left), (38, right)]));
        blocks.extend(decisions(material, university));
    } else {
        blocks.push(Block::Paragraph(vec![say("president.no_university")]));
    }
    blocks.push(Block::Note(vec![say("president.annex")]));
    Document { one_page: true, ..document(results, "president".to_owned(), title, subtitle, blocks) }
}

/// Each ranking: score, interval, band on the published scale.
fn rankings(material: Material<'_>, university: usize) -> Vec<KeyFigure> {
    let mut figures = Vec::new();
    for edition in &material.report.editions {
        let Some((_, row)) = edition.of_unit(university) else { continue };
        let coverage = say("card.coverage").with("share", Argument::Share(row.overall.coverage));
        let (value, note) = match row.overall.score {
            Some(score) => {
                (say("unit_card.score").with("score", Argument::Score(score)), band(row).unwrap_or(coverage))
            }
            None => (say("unit_card.no_score"), coverage),
        };
        figures.push(KeyFigure { label: short(&edition.id), value, note: Some(note) });
    }
    figures
}

/// The band on the published scale with how much of the score stands on it.
fn band(row: &UnitScores) -> Option<Phrase> {
    let placement: &Placement = row.placement.as_ref()?;
    let standing = placement.place.as_ref()?;
    Some(
        say("president.band")
            .with("band", Argument::Text(Phrase::of_band(standing.band).into()))
            .with("coverage", Argument::Share(placement.coverage)),
    )
}

/// Why the scores moved since last year, edition by edition.
fn why(material: Material<'_>, university: usize) -> Block {
    let id = &material.report.units[university].id;
    let mut sentences = Vec::new();
    for edition in &material.results.moved {
        let unit = edition.units.iter().find(|unit| unit.unit == *id);
        let Some(overall) = unit.and_then(|unit| unit.overall()) else { continue };
        let (Some(from), Some(to)) = (overall.from, overall.to) else { continue };
        let named = say("president.moved")
            .with("edition", Argument::Text(short(&edition.to)))
            .with("from", Argument::Score(from))
            .with("to", Argument::Score(to));
        sentences.push(named);
        for (factor, points) in Factor::ALL.iter().zip(overall.parts.unwrap_or_default()) {
            // What moved nothing is not told.
            if points.abs() >= 0.05 {
                sentences.push(
                    say("president.moved_by")
                        .with("factor", Argument::Text(Phrase::of("factor", factor.as_str()).into()))
                        .with("points", Argument::Change(points, Figure::Score)),
                );
            }
        }
    }
    if sentences.is_empty() {
        sentences.push(say("president.no_last_year"));
    }
    Block::Paragraph(sentences)
}

/// The edition that says most of the schools: the first with a score in any of them.
fn main_edition(material: Material<'_>) -> Option<&EditionReport> {
    material.report.editions.first()
}

/// Schools by pillars as a heat map; the commonest type below the university where there are no schools.
fn schools(material: Material<'_>) -> Vec<Block> {
    let Some(edition) = main_edition(material) else { return Vec::new() };
    let below = || edition.comparisons.iter().filter(|comparison| comparison.unit_type != UNIVERSITY);
    let Some(comparison) = below().find(|comparison| comparison.unit_type == "school").or_else(|| below().next())
    else {
        return Vec::new();
    };
    let groups = edition.top_groups();
    let mut columns = vec![Column::words(Text::UnitType(comparison.unit_type.clone()), 5)];
    columns.extend(groups.iter().map(|&group| Column::words(edition.groups[group].name.clone(), 3)));
    let row = |row: &UnitScores| {
        let mut cells = vec![TableCell::text(material.report.units[row.unit].name.clone())];
        cells.extend(groups.iter().map(|&group| {
            let composite = &row.groups[group];
            TableCell::heat(composite.score, composite.coverage < edition.coverage_floor)
        }));
        Row::of(cells)
    };
    let caption = say("president.schools")
        .with("units", Argument::Text(Text::UnitTypes(comparison.unit_type.clone())))
        .with("edition", Argument::Text(short(&edition.id)));
    vec![
        Block::Heading(1, caption.into()),
        Block::Table(Table { caption: None, columns, rows: comparison.rows.iter().take(14).map(row).collect() }),
        Block::Note(vec![say("president.heat_note").with("share", Argument::Share(edition.coverage_floor))]),
    ]
}

/// One indicator of the university.
struct Extreme {
    score: f64,
    /// Points of the total that it lacks.
    lacks: f64,
    phrase: Phrase,
}

/// The indicators with the best scores, and those that cost most points; each with one number.
fn extremes(material: Material<'_>, university: usize) -> Vec<Block> {
    let mut found: Vec<Extreme> = Vec::new();
    for edition in &material.report.editions {
        let Some((_, row)) = edition.of_unit(university) else { continue };
        for (indicator, cell) in edition.indicators.iter().zip(&row.scores) {
            let Some(score) = cell.score.filter(|_| indicator.weight > 0.0 && cell.status != Status::Inherited) else {
                continue;
            };
            let phrase = say("president.extreme")
                .with("indicator", Argument::Text(indicator.name.clone().into()))
                .with("edition", Argument::Text(short(&edition.id)))
                .with("score", Argument::Score(score));
            found.push(Extreme { score, lacks: indicator.weight * (100.0 - score), phrase });
        }
    }
    let each = EXTREMES.min(found.len().div_ceil(2));
    let list = |found: &[Extreme]| Block::List {
        numbered: false,
        items: found.iter().take(each).map(|extreme| vec![extreme.phrase.clone()]).collect(),
    };
    if found.is_empty() {
        return Vec::new();
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let strongest = list(&found);
    found.sort_by(|a, b| b.lacks.total_cmp(&a.lacks));
    vec![heading(1, "president.strongest"), strongest, heading(1, "president.weakest"), list(&found)]
}

/// Credit that is lost by addresses, and what it is worth.
fn lost(material: Material<'_>, university: usize) -> Vec<Block> {
    let Material { results, recovered, .. } = material;
    let profile = &results.profiles[university];
    let mut sentences = vec![
        say("president.lost")
            .with("n", Argument::Count(profile.correctable))
            .with("of", Argument::Count(profile.publications)),
    ];
    let id = &material.report.units[university].id;
    let gain = |change: &&Change| change.unit == *id && change.column == "score" && change.code == "overall";
    for change in recovered.iter().filter(gain) {
        if let Some(points) = change.difference() {
            sentences.push(
                say("president.lost_worth")
                    .with("points", Argument::Change(points, Figure::Score))
                    .with("edition", Argument::Text(short(&change.scope))),
            );
        }
    }
    vec![heading(1, "president.lost_title"), Block::Paragraph(sentences)]
}

/// What the numbers hang on.
fn risks(material: Material<'_>, university: usize) -> Vec<Block> {
    let Material { results, report, .. } = material;
    let profile = &results.profiles[university];
    let mut items = Vec::new();
    if let Some(half) = profile.half_from {
        items.push(vec![
            say("president.concentration")
                .with("half", Argument::Count(half))
                .with("papers", Argument::Count(profile.with_citations)),
        ]);
    }
    // The unit of each type that few papers carry most.
    let narrow = results
        .profiles
        .iter()
        .filter(|profile| report.units[profile.unit.at()].unit_type != UNIVERSITY && profile.publications >= 20)
        .filter_map(|profile| profile.half_from.map(|half| (half as f64 / profile.with_citations as f64, profile)))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.unit.cmp(&b.1.unit)));
    if let Some((_, profile)) = narrow {
        items.push(vec![
            say("president.narrow")
                .with("unit", Argument::Text(report.units[profile.unit.at()].name.clone().into()))
                .with("half", Argument::Count(profile.half_from.unwrap_or_default()))
                .with("papers", Argument::Count(profile.with_citations)),
        ]);
    }
    let errors = report.findings.counts[0];
    if errors > 0 {
        items.push(vec![say("president.errors").with("n", Argument::Count(errors))]);
    }
    if let Some(partners) = &results.partners {
        let ends = partners.agreements.iter().filter(|state| state.step == agreement_state::Step::Renew).count() as u64;
        if ends > 0 {
            items.push(vec![say("president.agreements").with("n", Argument::Count(ends))]);
        }
    }
    items.push(vec![match &results.accreditation {
        Some(accreditation) => say("president.accreditation")
            .with("n", Argument::Count(accreditation.count("", "mandatory_not_met")))
            .with("units", Argument::Count(accreditation.count("", "units")))
            .with("overdue", Argument::Count(accreditation.count("", "evidence_overdue"))),
        None => say("president.no_accreditation"),
    }]);
    vec![heading(1, "president.risks"), Block::List { numbered: false, items }]
}

/// The plan's steps that bring most.
fn actions(material: Material<'_>) -> Vec<Block> {
    let Some(plan) = &material.results.advice else {
        return vec![heading(1, "president.actions"), Block::Paragraph(vec![say("president.no_plan")])];
    };
    let mut steps: Vec<&Step> = plan.steps.iter().collect();
    steps.sort_by(|a, b| b.effect_alone.total_cmp(&a.effect_alone));
    let row = |step: &&Step| {
        let at = say("president.step")
            .with("strategy", Argument::Text(strategy::name_of(step).into()))
            .with("unit", Argument::Text(unit_named(&material.report.units, &step.unit)));
        Row::of(vec![
            TableCell::text(at),
            TableCell::Change(step.effect_alone, Figure::Raw),
            TableCell::Figure(step.cost, Figure::Count),
            TableCell::Figure(step.lead_years, Figure::Plain),
            TableCell::text(Names::new(step.owner_en.clone(), step.owner_fa.clone())),
        ])
    };
    vec![
        heading(1, "president.actions"),
        Block::Table(Table {
            caption: None,
            columns: vec![
                Column::words(say("strategy_report.strategy"), 7),
                Column::figures(say("strategy_report.change")),
                Column::figures(currency(&plan.currency)),
                Column::figures(say("strategy_report.lead")),
                Column::words(say("strategy_report.owner"), 4),
            ],
            rows: steps.iter().take(ACTIONS).map(row).collect(),
        }),
    ]
}

/// What the president is asked to decide.
fn decisions(material: Material<'_>, university: usize) -> Vec<Block> {
    let Material { results, report, .. } = material;
    let profile = &results.profiles[university];
    let mut items = Vec::new();
    if let Some(plan) = &results.advice {
        let effect = plan.exact_effect.unwrap_or(plan.model_effect);
        items.push(vec![
            strategy::money(plan, "president.decide_plan", plan.cost)
                .with("n", Argument::Count(plan.steps.len() as u64))
                .with("points", Argument::Change(effect, Figure::Score)),
        ]);
    }
    if profile.correctable > 0 {
        let mut item = vec![say("president.decide_correct").with("n", Argument::Count(profile.correctable))];
        item.extend(
            results.assessment.corrections_until().map(|day| say("unit_card.until").with("day", Argument::Day(day))),
        );
        items.push(item);
    }
    let missing = report.editions.iter().filter_map(|edition| {
        let (_, row) = edition.of_unit(university)?;
        let weight: f64 = edition
            .indicators
            .iter()
            .zip(&row.scores)
            .filter(|(_, cell)| cell.status == Status::Missing)
            .map(|(indicator, _)| indicator.weight)
            .sum();
        (weight > 0.0).then_some((edition, row.overall.coverage))
    });
    for (edition, coverage) in missing.take(2) {
        items.push(vec![
            say("president.decide_supply")
                .with("edition", Argument::Text(short(&edition.id)))
                .with("coverage", Argument::Share(coverage)),
        ]);
    }
    if items.is_empty() {
        return Vec::new();
    }
    vec![heading(1, "president.decisions"), Block::List { numbered: true, items }]
}
