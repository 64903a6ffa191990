//! The tables of an advice, as CSV.

use serde::Serialize;

use crate::model::advice::Advice;
use crate::model::output::Output;
use crate::write::rows;

/// Columns of `plan.csv`.
const PLAN: [&str; 12] = [
    "strategy",
    "name_en",
    "name_fa",
    "unit",
    "intensity",
    "lever",
    "amount",
    "cost",
    "effect_alone",
    "lead_years",
    "owner_en",
    "owner_fa",
];
/// Columns of `pareto.csv`.
const PARETO: [&str; 8] = ["budget", "cost", "effect", "bound", "gap", "exact_effect", "cost_per_point", "steps"];
/// Columns of `strategies_alone.csv`.
const ALONE: [&str; 12] = [
    "strategy",
    "name_en",
    "name_fa",
    "lever",
    "units",
    "useful_units",
    "unit",
    "intensity",
    "cost",
    "effect",
    "cost_per_point",
    "reason",
];
/// Columns of `robustness.csv`.
const ROBUSTNESS: [&str; 5] = ["effects", "peers_per_year", "without", "with", "effect"];

/// The whole of a plan.
#[derive(Serialize)]
struct Whole<'a> {
    unit: &'a str,
    currency: &'a str,
    budget: f64,
    total: f64,
    cost: f64,
    model_effect: f64,
    bound: f64,
    gap: f64,
    exact_effect: Option<f64>,
    steps: usize,
    options: usize,
    evaluations: usize,
}

/// `advice.csv`, `plan.csv`, `pareto.csv`, `strategies_alone.csv` and `robustness.csv`, numbers in full precision.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn tables(advice: &Advice) -> Result<Vec<Output>, csv::Error> {
    let whole = Whole {
        unit: &advice.unit,
        currency: &advice.currency,
        budget: advice.budget,
        total: advice.total,
        cost: advice.cost,
        model_effect: advice.model_effect,
        bound: advice.bound,
        gap: advice.gap,
        exact_effect: advice.exact_effect,
        steps: advice.steps.len(),
        options: advice.options,
        evaluations: advice.evaluations,
    };
    Ok(vec![
        Output { path: "advice.csv".to_owned(), bytes: rows::table(&[whole])? },
        Output { path: "plan.csv".to_owned(), bytes: rows::headed(&PLAN, &advice.steps)? },
        Output { path: "pareto.csv".to_owned(), bytes: rows::headed(&PARETO, &advice.pareto)? },
        Output { path: "strategies_alone.csv".to_owned(), bytes: rows::headed(&ALONE, &advice.alone)? },
        Output { path: "robustness.csv".to_owned(), bytes: rows::headed(&ROBUSTNESS, &advice.robustness)? },
    ])
}
