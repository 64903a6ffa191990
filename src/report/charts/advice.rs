//! Charts of an advice: what each strategy costs and brings, from today's total to the plan's, the most of each budget.

use super::unit_named;
use crate::model::advice::{Advice, Alone, Step};
use crate::model::chart::{Bubble, Bubbles, Chart, Drawing, Figure, Pareto, Waterfall};
use crate::model::names::Names;
use crate::model::report::{Argument, Phrase, ReportUnit, Text};

/// Steps that are shown one by one; the rest is one bar.
const STEPS: usize = 12;

/// The currency in words; one without words stands as it is.
pub fn currency(printed: &str) -> Text {
    Phrase::of("currency", &printed.trim().to_lowercase().replace(' ', "_")).into()
}

fn strategy(en: &str, fa: &str, unit: &str, units: &[ReportUnit]) -> Text {
    let name = Text::Names(Names::new(en, fa));
    if unit.is_empty() {
        return name;
    }
    let phrase = Phrase::new("chart.strategy_at").with("strategy", Argument::Text(name));
    phrase.with("unit", Argument::Text(unit_named(units, unit))).into()
}

fn chart(advice: &Advice, units: &[ReportUnit], invented: bool, (name, title): (&str, &'static str)) -> Chart {
    let unit = unit_named(units, &advice.unit);
    Chart {
        name: name.to_owned(),
        unit: units.iter().position(|known| known.id == advice.unit),
        title: Phrase::new(title).with("unit", Argument::Text(unit)).into(),
        reading: Phrase::new("chart.nothing_to_do").into(),
        sources: Vec::new(),
        subtitle: Vec::new(),
        notes: Vec::new(),
        invented,
        drawing: Drawing::Bubbles(Bubbles {
            cost: currency(&advice.currency),
            effect: Phrase::new("chart.points_axis").into(),
            bubbles: Vec::new(),
        }),
    }
}

/// Effect against cost of each strategy by itself, at the unit where it brings most; the area is the number of units where
/// it brings something. Strategies that bring nothing are counted in a note.
pub fn bubbles(advice: &Advice, units: &[ReportUnit], invented: bool) -> Chart {
    let mut chart = chart(advice, units, invented, ("strategies", "chart.strategies"));
    let bubble = |alone: &Alone| {
        let effect = alone.effect.filter(|effect| *effect > 0.0)?;
        let label = strategy(&alone.name_en, &alone.name_fa, &alone.unit, units);
        Some(Bubble { label, cost: alone.cost?, effect, size: alone.useful_units as f64 })
    };
    let bubbles: Vec<Bubble> = advice.alone.iter().filter_map(bubble).collect();
    let best = bubbles.iter().rev().max_by(|a, b| a.effect.total_cmp(&b.effect));
    if let Some(best) = best {
        chart.reading = Phrase::new("chart.strategies_reading")
            .with("strategy", Argument::Text(best.label.clone()))
            .with("effect", Argument::Change(best.effect, Figure::Raw))
            .with("cost", Argument::Figure(best.cost, Figure::Raw))
            .with("currency", Argument::Text(currency(&advice.currency)))
            .into();
    }
    chart.notes.push(Phrase::new("chart.strategies_note").into());
    let idle = (advice.alone.len() - bubbles.len()) as u64;
    if idle > 0 {
        chart.notes.push(Phrase::new("chart.strategies_idle").with("n", Argument::Count(idle)).into());
    }
    chart.sources = vec!["strategies_alone.csv"];
    chart.drawing = Drawing::Bubbles(Bubbles {
        cost: currency(&advice.currency),
        effect: Phrase::new("chart.points_axis").into(),
        bubbles,
    });
    chart
}

/// From the total as things are to the total with the plan, step by step. What the steps bring together beyond their sum
/// is a bar of its own.
pub fn waterfall(advice: &Advice, units: &[ReportUnit], invented: bool) -> Chart {
    let mut chart = chart(advice, units, invented, ("plan", "chart.plan"));
    let mut steps: Vec<&Step> = advice.steps.iter().collect();
    steps.sort_by(|a, b| b.effect_alone.total_cmp(&a.effect_alone));
    let rest = steps.split_off(steps.len().min(STEPS));
    let part = |step: &&Step| (strategy(&step.name_en, &step.name_fa, &step.unit, units), step.effect_alone);
    let mut parts: Vec<(Text, f64)> = steps.iter().map(part).collect();
    if !rest.is_empty() {
        let others = Phrase::new("chart.other_steps").with("n", Argument::Count(rest.len() as u64));
        parts.push((others.into(), rest.iter().map(|step| step.effect_alone).sum()));
    }
    let with = advice.total + advice.exact_effect.unwrap_or(advice.model_effect);
    let (today, planned) = (Phrase::new("chart.today").into(), Phrase::new("chart.with_plan").into());
    chart.reading = Phrase::new("chart.plan_reading")
        .with("from", Argument::Figure(advice.total, Figure::Raw))
        .with("to", Argument::Figure(with, Figure::Raw))
        .with("cost", Argument::Figure(advice.cost, Figure::Raw))
        .with("currency", Argument::Text(currency(&advice.currency)))
        .into();
    chart.notes.push(Phrase::new("chart.plan_note").into());
    chart.sources = vec!["plan.csv", "pareto.csv"];
    let fall = Waterfall::new(Figure::Raw, (today, advice.total), parts, (planned, with));
    chart.drawing = Drawing::Waterfall(fall);
    chart
}

/// The best plan of each budget; the proposed one marked. Effects are those of plans measured as a whole where all budgets
/// have them, else those of the model.
pub fn pareto(advice: &Advice, units: &[ReportUnit], invented: bool) -> Chart {
    let mut chart = chart(advice, units, invented, ("budgets", "chart.budgets"));
    let exact = advice.pareto.iter().all(|point| point.exact_effect.is_some());
    let effect = |model: f64, whole: Option<f64>| if exact { whole.unwrap_or(model) } else { model };
    let mut points: Vec<(f64, f64)> =
        advice.pareto.iter().map(|point| (point.cost, effect(point.effect, point.exact_effect))).collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points.dedup();
    let proposed = (advice.cost, effect(advice.model_effect, advice.exact_effect));
    let near = |point: &(f64, f64)| (point.0 - proposed.0).abs() <= 1e-9 * proposed.0.abs().max(1.0);
    let chosen = points.iter().position(near);
    chart.reading = Phrase::new("chart.budgets_reading")
        .with("effect", Argument::Change(proposed.1, Figure::Raw))
        .with("cost", Argument::Figure(proposed.0, Figure::Raw))
        .with("currency", Argument::Text(currency(&advice.currency)))
        .into();
    chart.notes.push(Phrase::new(if exact { "chart.budgets_whole" } else { "chart.budgets_model" }).into());
    chart.sources = vec!["pareto.csv"];
    chart.drawing = Drawing::Pareto(Pareto {
        cost: currency(&advice.currency),
        effect: Phrase::new("chart.points_axis").into(),
        points,
        chosen,
        others: Vec::new(),
    });
    chart
}
