//! The normalisation step of one cell, with its constants.

use serde::Serialize;

use crate::model::benchmark::BenchmarkSource;
use crate::model::edition::Direction;
use crate::model::measure::Reason;
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::score::normalise::Scale;
use crate::score::population;

/// From raw value to score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Normalisation {
    /// What the value was compared with.
    pub benchmark: String,
    /// The step as a formula over `x`.
    pub step: String,
    /// Its constants by name.
    pub constants: Vec<(&'static str, f64)>,
    /// What the step makes of the raw value, worked out anew.
    pub score: Option<f64>,
}

/// The step of an indicator for one unit; `None` where there is nothing to compare with.
pub fn of(results: &Results, edition_at: usize, indicator_at: usize, unit: UnitIndex) -> Option<Normalisation> {
    let edition = &results.editions[edition_at];
    let indicator = &edition.indicators[indicator_at];
    let card = &results.scorecards[edition_at];
    let units = &results.tables.units;
    let unit_type = &units.get(unit).unit_type;
    let cell_of = |unit: UnitIndex| &card.scores_of(unit, edition.indicators.len())[indicator_at];
    // A value without a benchmark is part of the population all the same.
    let comparable = |unit: UnitIndex| {
        let cell = cell_of(unit);
        cell.raw.filter(|_| matches!(cell.reason, None | Some(Reason::NoBenchmark)))
    };
    let own: Vec<f64> = units.of_type(unit_type).into_iter().filter_map(comparable).collect();
    let (population, source) = population::population(
        edition,
        indicator,
        unit_type,
        results.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id),
        &results.tables.peers,
        &own,
        results.assessment.policy.minimum_units,
    )?;
    let scale = Scale::new(&indicator.normalise, &population)?;
    let (step, constants) = described(&scale);
    let mirrored = if indicator.direction == Direction::LowerIsBetter { ", mirrored: less is better" } else { "" };
    Some(Normalisation {
        benchmark: benchmark(&source, unit_type),
        step: format!("{step}{mirrored}"),
        constants,
        score: comparable(unit).map(|raw| scale.score(raw, indicator.direction)),
    })
}

fn benchmark(source: &BenchmarkSource, unit_type: &str) -> String {
    match source {
        BenchmarkSource::Published(reference) => format!("published constants ({reference})"),
        BenchmarkSource::Peers(count) => format!("{count} supplied peers"),
        BenchmarkSource::SameType(count) => format!("{count} units of type {unit_type} of this run"),
        BenchmarkSource::Given => "none: the value is given as a score".to_owned(),
    }
}

fn described(scale: &Scale) -> (&'static str, Vec<(&'static str, f64)>) {
    match scale {
        Scale::Normal { mean, sd } => ("100 * Phi((x - mean) / sd)", vec![("mean", *mean), ("sd", *sd)]),
        Scale::Constant(value) => ("50 at the one value of all, 100 above, 0 below", vec![("value", *value)]),
        Scale::Exponential { mean } => ("100 * (1 - exp(-x / mean))", vec![("mean", *mean)]),
        Scale::SquareRoot { max } => ("100 * sqrt(x / max)", vec![("max", *max)]),
        Scale::Share { max } => ("100 * x / max", vec![("max", *max)]),
        Scale::Nothing => ("0 for nothing, 100 for anything: nobody has any", Vec::new()),
        Scale::Linear { min, max, to: [low, high] } => (
            "low + (high - low) * (x - min) / (max - min)",
            vec![("min", *min), ("max", *max), ("low", *low), ("high", *high)],
        ),
        Scale::Rank(values) => {
            ("100 * (share below + half the share equal)", vec![("compared values", values.len() as f64)])
        }
        Scale::Given => ("x", Vec::new()),
    }
}
