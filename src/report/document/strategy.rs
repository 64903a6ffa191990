//! The strategy report: the plan under the budget, what it brings, what it rests on, and what does nothing.

use crate::model::advice::{Advice, Alone, IdleReason, Step};
use crate::model::chart::Figure;
use crate::model::document::{Block, Column, Document, KeyFigure, Row, Table, TableCell};
use crate::model::names::Names;
use crate::model::report::{Argument, Phrase};
use crate::report::charts::advice::{self, currency};
use crate::report::charts::unit_named;
use crate::report::document::parts::{document, heading, say, short, verbatim};
use crate::report::material::Material;

/// The report; `None` where the run worked no plan out.
pub fn strategy(material: Material<'_>) -> Option<Document> {
    let Material { results, report, .. } = material;
    let plan = results.advice.as_ref()?;
    let invented = results.assessment.institution.invented;
    let picture = |chart| Block::Chart(Box::new(chart));
    let mut blocks = vec![Block::KeyFigures(key_figures(plan)), Block::Paragraph(proof(plan))];
    blocks.push(heading(1, "strategy_report.portfolio"));
    blocks.push(portfolio(material, plan));
    blocks.push(Block::Note(vec![say("strategy_report.portfolio_note")]));
    blocks.push(picture(advice::waterfall(plan, &report.units, invented)));
    blocks.push(heading(1, "strategy_report.budgets"));
    blocks.push(picture(advice::pareto(plan, &report.units, invented)));
    blocks.push(budgets(plan));
    blocks.push(heading(1, "strategy_report.alone"));
    blocks.push(picture(advice::bubbles(plan, &report.units, invented)));
    blocks.extend(useful(material, plan));
    blocks.extend(idle(plan));
    blocks.push(heading(1, "strategy_report.ranges"));
    blocks.push(ranges(plan));
    blocks.push(heading(1, "strategy_report.assumptions"));
    blocks.push(Block::List { numbered: false, items: assumptions(plan) });
    let subtitle = vec![
        unit_named(&material.report.units, &plan.unit),
        say("page.year").with("year", Argument::Year(report.year)).into(),
    ];
    Some(document(results, "strategy".to_owned(), say("strategy_report.title").into(), subtitle, blocks))
}

/// A sum with its currency.
pub fn money(plan: &Advice, key: &'static str, sum: f64) -> Phrase {
    say(key)
        .with("sum", Argument::Figure(sum, Figure::Count))
        .with("currency", Argument::Text(currency(&plan.currency)))
}

/// The name of a strategy in a step of a plan.
pub fn name_of(step: &Step) -> Names {
    Names::new(step.name_en.clone(), step.name_fa.clone())
}

fn key_figures(plan: &Advice) -> Vec<KeyFigure> {
    let effect = plan.exact_effect.unwrap_or(plan.model_effect);
    let figure =
        |label: &'static str, value: Phrase, note: Option<Phrase>| KeyFigure { label: say(label).into(), value, note };
    vec![
        figure("strategy_report.budget", money(plan, "strategy_report.money", plan.budget), None),
        figure("strategy_report.cost", money(plan, "strategy_report.money", plan.cost), None),
        figure(
            "strategy_report.effect",
            say("strategy_report.points").with("points", Argument::Change(effect, Figure::Score)),
            Some(say("strategy_report.from").with("total", Argument::Score(plan.total))),
        ),
        figure(
            "strategy_report.steps",
            say("value.count").with("n", Argument::Count(plan.steps.len() as u64)),
            Some(say("strategy_report.options").with("n", Argument::Count(plan.options as u64))),
        ),
    ]
}

/// What is raised, and how far the plan is proven.
fn proof(plan: &Advice) -> Vec<Phrase> {
    let mut sentences = Vec::new();
    for (edition, weight) in &plan.editions {
        sentences.push(
            say("strategy_report.objective")
                .with("edition", Argument::Text(short(edition)))
                .with("weight", Argument::Number(*weight)),
        );
    }
    sentences.push(
        say("strategy_report.proof")
            .with("model", Argument::Change(plan.model_effect, Figure::Raw))
            .with("bound", Argument::Change(plan.bound, Figure::Raw)),
    );
    if let Some(exact) = plan.exact_effect {
        sentences.push(say("strategy_report.exact").with("exact", Argument::Change(exact, Figure::Raw)));
    }
    sentences
}

fn portfolio(material: Material<'_>, plan: &Advice) -> Block {
    let mut steps: Vec<&Step> = plan.steps.iter().collect();
    steps.sort_by(|a, b| b.effect_alone.total_cmp(&a.effect_alone));
    let row = |step: &&Step| {
        Row::of(vec![
            TableCell::text(name_of(step)),
            TableCell::Text(unit_named(&material.report.units, &step.unit)),
            TableCell::Figure(step.amount, Figure::Plain),
            TableCell::Figure(step.cost, Figure::Count),
            TableCell::Change(step.effect_alone, Figure::Raw),
            TableCell::Figure(step.lead_years, Figure::Plain),
            TableCell::text(Names::new(step.owner_en.clone(), step.owner_fa.clone())),
        ])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("strategy_report.strategy"), 6),
            Column::words(say("word.unit"), 5),
            Column::figures(say("strategy_report.amount")),
            Column::figures(currency(&plan.currency)),
            Column::figures(say("strategy_report.change")),
            Column::figures(say("strategy_report.lead")),
            Column::words(say("strategy_report.owner"), 4),
        ],
        rows: steps.iter().map(row).collect(),
    })
}

fn budgets(plan: &Advice) -> Block {
    let row = |point: &crate::model::advice::CurvePoint| {
        Row::of(vec![
            TableCell::Figure(point.budget, Figure::Count),
            TableCell::Figure(point.cost, Figure::Count),
            TableCell::Change(point.exact_effect.unwrap_or(point.effect), Figure::Raw),
            TableCell::figure(point.cost_per_point, Figure::Count),
            TableCell::count(point.steps as u64),
        ])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::figures(say("strategy_report.budget")),
            Column::figures(say("strategy_report.cost")),
            Column::figures(say("strategy_report.change")),
            Column::figures(say("strategy_report.cost_per_point")),
            Column::figures(say("strategy_report.steps")),
        ],
        rows: plan.pareto.iter().map(row).collect(),
    })
}

/// Strategies that bring something somewhere, the cheapest point first.
fn useful(material: Material<'_>, plan: &Advice) -> Vec<Block> {
    let mut found: Vec<&Alone> = plan.alone.iter().filter(|alone| alone.effect.is_some_and(|e| e > 0.0)).collect();
    found.sort_by(|a, b| {
        let price = |alone: &Alone| alone.cost_per_point.unwrap_or(0.0);
        price(a).total_cmp(&price(b)).then_with(|| a.strategy.cmp(&b.strategy))
    });
    let row = |alone: &&Alone| {
        Row::of(vec![
            TableCell::text(Names::new(alone.name_en.clone(), alone.name_fa.clone())),
            TableCell::count(alone.useful_units as u64),
            TableCell::Text(unit_named(&material.report.units, &alone.unit)),
            TableCell::figure(alone.cost, Figure::Count),
            TableCell::change(alone.effect, Figure::Raw),
            TableCell::figure(alone.cost_per_point, Figure::Count),
        ])
    };
    vec![Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("strategy_report.strategy"), 6),
            Column::figures(say("strategy_report.useful_units")),
            Column::words(say("strategy_report.best_unit"), 5),
            Column::figures(say("strategy_report.cost")),
            Column::figures(say("strategy_report.change")),
            Column::figures(say("strategy_report.cost_per_point")),
        ],
        rows: found.iter().map(row).collect(),
    })]
}

/// Strategies that bring nothing anywhere, with the reason.
fn idle(plan: &Advice) -> Vec<Block> {
    let row = |alone: &Alone| {
        let reason = match alone.reason? {
            IdleReason::Impossible => "impossible",
            IdleReason::Unmoved => "unmoved",
            IdleReason::Lowers => "lowers",
            IdleReason::OutOfReach => "out_of_reach",
            IdleReason::NoCapacity => "no_capacity",
        };
        Some(Row::of(vec![
            TableCell::text(Names::new(alone.name_en.clone(), alone.name_fa.clone())),
            TableCell::text(Phrase::of("idle", reason)),
        ]))
    };
    let rows: Vec<Row> = plan.alone.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(1, "strategy_report.idle"),
        Block::Table(Table {
            caption: None,
            columns: vec![Column::words(say("strategy_report.strategy"), 1), Column::words(say("word.reason"), 1)],
            rows,
        }),
    ]
}

/// The plan under other assumptions.
fn ranges(plan: &Advice) -> Block {
    let row = |robust: &crate::model::advice::Robustness| {
        Row::of(vec![
            TableCell::text(Phrase::of("effects", robust.effects)),
            TableCell::Figure(robust.peers_per_year, Figure::Share),
            TableCell::figure(robust.without, Figure::Score),
            TableCell::figure(robust.with, Figure::Score),
            TableCell::change(robust.effect, Figure::Raw),
        ])
    };
    Block::Table(Table {
        caption: None,
        columns: vec![
            Column::words(say("strategy_report.if_effects"), 3),
            Column::figures(say("strategy_report.peers")),
            Column::figures(say("strategy_report.without")),
            Column::figures(say("strategy_report.with")),
            Column::figures(say("strategy_report.change")),
        ],
        rows: plan.robustness.iter().map(row).collect(),
    })
}

fn assumptions(plan: &Advice) -> Vec<Vec<Phrase>> {
    let mut items: Vec<Vec<Phrase>> = [
        "strategy_report.assume_alone",
        "strategy_report.assume_linear",
        "strategy_report.assume_papers",
        "strategy_report.assume_style",
    ]
    .into_iter()
    .map(|key| vec![say(key)])
    .collect();
    if let Some(fault) = &plan.fault {
        items.push(vec![say("strategy_report.fault").with("fault", verbatim(fault.clone()))]);
    }
    items
}
