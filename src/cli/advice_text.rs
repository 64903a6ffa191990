//! An advice as text for the terminal.

use crate::model::advice::{Advice, Alone, IdleReason};

/// Steps, and strategies by themselves, that are shown before the rest is summed up.
const SHOWN: usize = 25;

/// Everything; with `all` no list is cut short.
pub fn text(advice: &Advice, all: bool) -> String {
    let editions: Vec<String> = advice.editions.iter().map(|(id, weight)| weighted(id, *weight, advice)).collect();
    let mut text = format!("Total of {} in {}: {:.2}\n\n", advice.unit, editions.join(", "), advice.total);
    text += &plan(advice, all);
    text += &curve(advice);
    text += &alone(advice);
    text += &idle(advice);
    text += &robustness(advice);
    text
}

fn weighted(id: &str, weight: f64, advice: &Advice) -> String {
    let equal = advice.editions.iter().all(|(_, other)| *other == advice.editions[0].1);
    if equal { id.to_owned() } else { format!("{id} (weight {weight})") }
}

/// A sum with thousands apart.
pub(super) fn money(sum: f64) -> String {
    let digits = format!("{sum:.0}");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
    let groups = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    format!("{sign}{}", groups.collect::<Vec<_>>().join(","))
}

fn optional(sum: Option<f64>) -> String {
    sum.map_or("–".to_owned(), money)
}

fn points(effect: Option<f64>) -> String {
    effect.map_or("none".to_owned(), |effect| format!("{effect:+.3}"))
}

fn percent(gap: f64) -> String {
    if gap.is_finite() { format!("{:.2} %", gap * 100.0) } else { "not bounded".to_owned() }
}

fn plan(advice: &Advice, all: bool) -> String {
    let count = advice.steps.len();
    let mut text = format!(
        "Plan under {} {}: {count} step{} for {}\n",
        money(advice.budget),
        advice.currency,
        if count == 1 { "" } else { "s" },
        money(advice.cost)
    );
    text += &format!(
        "  brings {} by the model, {} when all of it is measured and scored; no plan brings over {:+.3} by the model (gap {})\n",
        points(Some(advice.model_effect)),
        points(advice.exact_effect),
        advice.bound,
        percent(advice.gap)
    );
    if let Some(exact) = advice.exact_effect.filter(|exact| *exact > 0.0) {
        text += &format!("  a point costs {} {}\n", money(advice.cost / exact), advice.currency);
    }
    if advice.rounds > 1 {
        text += "  the parts do not add up to the whole: effects were taken again beside a first plan, ";
        text += if advice.round > 1 { "and a better one was found\n" } else { "and none better was found\n" };
    }
    if let Some(fault) = &advice.fault {
        text += &format!("  the solver failed ({fault}); the gap rests on a bound of our own\n");
    }
    if count > 0 {
        text += &format!(
            "\n  {:<24} {:<14} {:>9} {:>14} {:>9} {:>5}  {}\n",
            "strategy", "unit", "intensity", "cost", "alone", "years", "owner"
        );
    }
    let shown = if all { count } else { SHOWN };
    for step in advice.steps.iter().take(shown) {
        text += &format!(
            "  {:<24} {:<14} {:>9} {:>14} {:>9} {:>5}  {}\n",
            step.strategy,
            step.unit,
            format!("{:.2}", step.intensity).trim_end_matches('0').trim_end_matches('.'),
            money(step.cost),
            points(Some(step.effect_alone)),
            step.lead_years,
            step.owner_en
        );
    }
    if count > shown {
        text += &format!("  … and {} more; -v shows all, --out writes them\n", count - shown);
    }
    text
}

fn curve(advice: &Advice) -> String {
    let mut text = format!(
        "\nWhat other budgets bring\n  {:>14} {:>14} {:>9} {:>8} {:>9} {:>16} {:>6}\n",
        "budget", "cost", "model", "gap", "exact", "cost per point", "steps"
    );
    for point in &advice.pareto {
        text += &format!(
            "  {:>14} {:>14} {:>9} {:>8} {:>9} {:>16} {:>6}\n",
            money(point.budget),
            money(point.cost),
            points(Some(point.effect)),
            percent(point.gap),
            points(point.exact_effect),
            optional(point.cost_per_point),
            point.steps
        );
    }
    text
}

fn alone(advice: &Advice) -> String {
    let mut useful: Vec<&Alone> = advice.alone.iter().filter(|alone| alone.effect.is_some()).collect();
    // The cheapest point first; what costs nothing before all.
    useful.sort_by(|a, b| {
        let price = |alone: &Alone| alone.cost_per_point.unwrap_or(f64::INFINITY);
        price(a).total_cmp(&price(b)).then_with(|| a.strategy.cmp(&b.strategy))
    });
    let mut text = format!(
        "\nBy itself, where it brings most\n  {:<24} {:<14} {:>9} {:>14} {:>9} {:>16} {:>8}\n",
        "strategy", "unit", "intensity", "cost", "effect", "cost per point", "units"
    );
    for alone in useful {
        text += &format!(
            "  {:<24} {:<14} {:>9} {:>14} {:>9} {:>16} {:>8}\n",
            alone.strategy,
            alone.unit,
            format!("{:.2}", alone.intensity.unwrap_or_default()).trim_end_matches('0').trim_end_matches('.'),
            optional(alone.cost),
            points(alone.effect),
            optional(alone.cost_per_point),
            format!("{}/{}", alone.useful_units, alone.units)
        );
    }
    text
}

fn idle(advice: &Advice) -> String {
    let idle: Vec<&Alone> = advice.alone.iter().filter(|alone| alone.reason.is_some()).collect();
    if idle.is_empty() {
        return String::new();
    }
    let mut text = "\nDoes nothing\n".to_owned();
    for alone in idle {
        let reason = match alone.reason {
            Some(IdleReason::Impossible) => "the units have none of what it changes",
            Some(IdleReason::Unmoved) => {
                "moves no score that counts: the editions do not use it, or not for these units"
            }
            Some(IdleReason::Lowers) => "lowers the total",
            Some(IdleReason::OutOfReach) => "costs more than the budget, or needs what cannot be had",
            Some(IdleReason::NoCapacity) => "has no capacity",
            None => "",
        };
        text += &format!("  {:<24} {reason}\n", alone.strategy);
    }
    text
}

fn robustness(advice: &Advice) -> String {
    let mut text = "\nIf it goes otherwise\n".to_owned();
    for case in &advice.robustness {
        let peers = if case.peers_per_year > 0.0 {
            format!("peers {:+.0} % a year until it works", case.peers_per_year * 100.0)
        } else {
            "peers as they are".to_owned()
        };
        let score = |score: Option<f64>| score.map_or("none".to_owned(), |score| format!("{score:.2}"));
        text += &format!(
            "  {:<7} effects, {:<36} {} → {}  ({})\n",
            case.effects,
            peers,
            score(case.without),
            score(case.with),
            points(case.effect)
        );
    }
    text
}
