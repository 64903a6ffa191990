//! The normalisation step of one cell, with its constants.

use serde::Serialize;

use crate::model::benchmark::BenchmarkSource;
use crate::model::calibration::Link;
use crate::model::edition::Direction;
use crate::model::measure::Reason;
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::score::Run;
use crate::score::normalise::{Fit, Scale};
use crate::score::population;
use crate::score::treatment::Transform;

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
    let indicator = &results.editions[edition_at].indicators[indicator_at];
    let unit_type = &results.tables.units.get(unit).unit_type;
    let (scale, source) = scale(results, edition_at, indicator_at, unit_type)?;
    let (step, constants) = described(&scale);
    let mirrored = if indicator.direction == Direction::LowerIsBetter { ", mirrored: less is better" } else { "" };
    Some(Normalisation {
        benchmark: benchmark(&source, unit_type),
        step: format!("{step}{mirrored}"),
        constants,
        score: comparable(results, edition_at, indicator_at, unit).map(|raw| scale.score(raw, indicator.direction)),
    })
}

/// The raw value of a cell, if it is part of what is compared. A value without a benchmark is, all the same.
fn comparable(results: &Results, edition_at: usize, indicator_at: usize, unit: UnitIndex) -> Option<f64> {
    let indicators = results.editions[edition_at].indicators.len();
    let cell = &results.scorecards[edition_at].scores_of(unit, indicators)[indicator_at];
    cell.raw.filter(|_| matches!(cell.reason, None | Some(Reason::NoBenchmark)))
}

/// The scale of an indicator for one type of unit, with what it was made of; `None` where there is nothing to compare
/// with.
pub fn scale(
    results: &Results,
    edition_at: usize,
    indicator_at: usize,
    unit_type: &str,
) -> Option<(Scale, BenchmarkSource)> {
    let edition = &results.editions[edition_at];
    let indicator = &edition.indicators[indicator_at];
    let units = &results.tables.units;
    let comparable = |unit: UnitIndex| comparable(results, edition_at, indicator_at, unit);
    let own: Vec<f64> = units.of_type(unit_type).into_iter().filter_map(comparable).collect();
    let (population, source) = population::population(&Run::of(results, edition), indicator, unit_type, &own)?;
    let peers = &results.tables.peers;
    let of_unit = |id: &str| units.iter().find(|(_, known)| known.id == id).and_then(|(index, _)| comparable(index));
    let reference = population::reference(edition, indicator, unit_type, peers, &of_unit);
    let (direction, treat) = (indicator.direction, indicator.treat.as_ref());
    let scale = Scale::new(&indicator.normalise, Fit { population: &population, direction, treat, reference })?;
    Some((scale, source))
}

fn benchmark(source: &BenchmarkSource, unit_type: &str) -> String {
    match source {
        BenchmarkSource::Published(reference) => format!("published constants ({reference})"),
        BenchmarkSource::Peers(count) => format!("{count} supplied peers"),
        BenchmarkSource::SameType(count) => format!("{count} units of type {unit_type} of this run"),
        BenchmarkSource::History(count) => format!("{count} published scores of the own past"),
        BenchmarkSource::Given => "none: the value is given as a score".to_owned(),
    }
}

/// What the knots of a calibration are straight lines between.
fn calibrated(link: Link) -> &'static str {
    match link {
        Link::Straight | Link::Share => "own published past: linear between knots",
        Link::Normal => "own published past: 100 * Phi(z), z linear between knots",
        Link::Exponential => "own published past: 100 * (1 - exp(-z)), z linear between knots",
        Link::SquareRoot => "own published past: 100 * sqrt(z), z linear between knots",
        Link::Logarithm => "own published past: linear in ln(x) between knots",
    }
}

fn described(scale: &Scale) -> (String, Vec<(&'static str, f64)>) {
    let (step, constants) = match scale {
        Scale::Treated(transform, inner) => {
            let (step, mut constants) = described(inner);
            return match transform {
                Transform::None => (step, constants),
                Transform::DrawIn { low, high } => {
                    constants.extend([("least value left", *low), ("greatest value left", *high)]);
                    (format!("{step}; x drawn in to the values left"), constants)
                }
                Transform::Logarithm { min, max } => {
                    constants.extend([("column min", *min), ("column max", *max)]);
                    (format!("{step}; x taken as ln(x - column min + 0.01 * (column max - column min))"), constants)
                }
            };
        }
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
        Scale::Stretched { mean, sd, from: [least, most], to: [low, high] } => (
            "low + (high - low) * (Phi((x - mean) / sd) - least) / (most - least)",
            vec![("mean", *mean), ("sd", *sd), ("least", *least), ("most", *most), ("low", *low), ("high", *high)],
        ),
        Scale::LogLinear { min, max, to: [low, high] } => (
            "low + (high - low) * ln(x / min) / ln(max / min)",
            vec![("min", *min), ("max", *max), ("low", *low), ("high", *high)],
        ),
        Scale::Standard { mean, sd, to: [middle, points] } => (
            "middle + points * (x - mean) / sd",
            vec![("mean", *mean), ("sd", *sd), ("middle", *middle), ("points", *points)],
        ),
        Scale::Rank(values) => {
            ("100 * (share below + half the share equal)", vec![("compared values", values.len() as f64)])
        }
        Scale::Place { values, .. } => {
            ("100 * (rank from below - 1) / (compared values - 1)", vec![("compared values", values.len() as f64)])
        }
        Scale::TwoPiece { from: [min, median, max], to: [low, middle, high] } => (
            "linear from min over median to max",
            vec![
                ("min", *min),
                ("median", *median),
                ("max", *max),
                ("low", *low),
                ("middle", *middle),
                ("high", *high),
            ],
        ),
        Scale::Bands { limits, points } => (
            "the points of the band that x lies in",
            limits.iter().map(|at| ("limit", *at)).chain(points.iter().map(|own| ("points", *own))).collect(),
        ),
        Scale::Calibrated(curve) => {
            let constants = curve.knots.iter().flat_map(|[raw, score]| [("knot", *raw), ("score of it", *score)]);
            (calibrated(curve.link), constants.chain([("slope beyond", curve.slope)]).collect())
        }
        Scale::Given => ("x", Vec::new()),
    };
    (step.to_owned(), constants)
}
