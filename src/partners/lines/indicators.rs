//! Lines from scores of indicators, held against the units of the same type.

use super::{Found, Scene, Source};
use crate::model::edition::Edition;
use crate::model::partners::rule::Rule;
use crate::model::score::Score;
use crate::model::unit::UnitIndex;

/// The scores of an indicator over the units of a type, ascending; fewer units than a comparison needs give none.
fn of_type(scene: &Scene, scores: &[&Score], unit: UnitIndex) -> Vec<f64> {
    let units = &scene.results.tables.units;
    let unit_type = &units.get(unit).unit_type;
    let alike = scores.iter().filter(|score| units.get(score.unit).unit_type == *unit_type);
    let mut values: Vec<f64> = alike.filter_map(|score| score.score).collect();
    values.sort_by(f64::total_cmp);
    if values.len() < scene.results.assessment.policy.minimum_units.max(2) { Vec::new() } else { values }
}

/// The quantile of ascending values, linear between them (type 7 of Hyndman and Fan 1996); there is at least one.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let place = part * (values.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(values.len() - 1);
    values[below] + (place - below as f64) * (values[above] - values[below])
}

/// Every indicator of every edition with its scores.
fn each<'a>(scene: &'a Scene) -> impl Iterator<Item = (&'a Edition, usize, Vec<&'a Score>)> {
    scene.results.editions.iter().zip(&scene.results.scorecards).flat_map(|(edition, card)| {
        (0..edition.indicators.len()).map(move |indicator| {
            (edition, indicator, card.scores.iter().filter(|score| score.indicator == indicator).collect())
        })
    })
}

fn source(scene: &Scene, edition: &Edition, indicator: usize, unit: UnitIndex) -> Source {
    let pairs = [
        ("edition", edition.id.as_str()),
        ("unit", scene.id(unit)),
        ("indicator", edition.indicators[indicator].code.as_str()),
    ];
    Source::new("scores.csv", &pairs, "score")
}

fn subject(edition: &Edition, indicator: usize) -> String {
    format!("{}:{}", edition.id, edition.indicators[indicator].code)
}

/// Scores at or beyond a quantile of the units of the type; where all are equal none is beyond.
pub fn beyond_quantile(scene: &Scene, rule: &Rule, above: bool) -> Vec<Found> {
    let mut found = Vec::new();
    for (edition, indicator, scores) in each(scene) {
        if edition.indicators[indicator].weight <= 0.0 {
            continue;
        }
        for score in &scores {
            let (Some(value), values) = (score.score, of_type(scene, &scores, score.unit)) else { continue };
            let (Some(least), Some(most)) = (values.first(), values.last()) else { continue };
            let threshold = quantile(&values, rule.threshold);
            let beyond = if above { value >= threshold } else { value <= threshold };
            if least < most && beyond {
                found.push(Found {
                    unit: score.unit,
                    subject: subject(edition, indicator),
                    value,
                    threshold: Some(threshold),
                    weight: (value - threshold).abs() * score.weight / 100.0,
                    feasibility: None,
                    source: source(scene, edition, indicator, score.unit),
                });
            }
        }
    }
    found
}

/// Points of the total that the median score of the type would bring, where they are at least the threshold. The value is
/// the unit's score, the threshold of the line the median.
pub fn gaps(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let mut found = Vec::new();
    for (edition, indicator, scores) in each(scene) {
        for score in &scores {
            let (Some(value), values) = (score.score, of_type(scene, &scores, score.unit)) else { continue };
            if values.is_empty() {
                continue;
            }
            let median = quantile(&values, 0.5);
            let points = score.weight / 100.0 * (median - value);
            if points >= rule.threshold && points > 0.0 {
                found.push(Found {
                    unit: score.unit,
                    subject: subject(edition, indicator),
                    value,
                    threshold: Some(median),
                    weight: points,
                    feasibility: Some(scene.rules.control_of(&edition.indicators[indicator].code) * rule.feasibility),
                    source: source(scene, edition, indicator, score.unit),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::quantile;

    /// R: `quantile(c(1, 2, 3, 4), c(0, 0.25, 0.5, 0.75, 1), type = 7)`.
    #[test]
    fn quantiles_are_linear_between_values() {
        let found = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| quantile(&[1.0, 2.0, 3.0, 4.0], part));
        assert_eq!(found, [1.0, 1.75, 2.5, 3.25, 4.0]);
        assert_eq!(quantile(&[7.0], 0.75), 7.0);
    }
}
