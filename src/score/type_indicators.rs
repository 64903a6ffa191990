//! What each indicator comes to over all units of a type: medians, and the value that a quarter reach.

use crate::model::method::Direction;
use crate::model::profile::{TypeGroup, TypeIndicator, median};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// One row per edition, type of unit and indicator for which at least the policy's least number of units have a raw
/// value; types in the order of the units sheet, indicators in edition order.
///
/// The best quarter is the value `0.25 (n − 1)` places below the best one, straight between neighbours (Hyndman and Fan
/// 1996, definition 7).
pub fn type_indicators(results: &Results) -> Vec<TypeIndicator> {
    let units = &results.tables.units;
    let mut rows = Vec::new();
    for (edition, card) in results.editions.iter().zip(&results.scorecards) {
        let width = edition.indicators.len();
        for unit_type in units.types() {
            let of_type = units.of_type(unit_type);
            for (at, indicator) in edition.indicators.iter().enumerate() {
                let cells: Vec<_> = of_type.iter().map(|unit| &card.scores_of(*unit, width)[at]).collect();
                let mut raw: Vec<f64> = cells.iter().filter_map(|cell| cell.raw).collect();
                if raw.is_empty() || raw.len() < results.assessment.policy.minimum_units {
                    continue;
                }
                raw.sort_by(|a, b| b.total_cmp(a));
                if indicator.direction == Direction::LowerIsBetter {
                    raw.reverse();
                }
                let mut scores: Vec<f64> = cells.iter().filter_map(|cell| cell.score).collect();
                rows.push(TypeIndicator {
                    edition: edition.id.clone(),
                    unit_type: unit_type.to_owned(),
                    indicator: indicator.code.clone(),
                    units: raw.len() as u64,
                    best_quarter: at_part(&raw, 0.25),
                    median: median(&mut raw).unwrap_or(f64::NAN),
                    median_score: median(&mut scores),
                });
            }
        }
    }
    rows
}

/// One row per edition, type of unit and group, and the total, for which at least the policy's least number of units have a
/// composite.
pub fn type_groups(results: &Results) -> Vec<TypeGroup> {
    let units = &results.tables.units;
    let mut rows = Vec::new();
    for (edition, card) in results.editions.iter().zip(&results.scorecards) {
        let groups = edition.groups.len();
        for unit_type in units.types() {
            let of_type = units.of_type(unit_type);
            for at in 0..=groups {
                let composite = |unit: &UnitIndex| card.composites_of(*unit, groups)[at].score;
                let mut scores: Vec<f64> = of_type.iter().filter_map(composite).collect();
                let enough = scores.len() >= results.assessment.policy.minimum_units;
                let count = scores.len() as u64;
                if let Some(median) = median(&mut scores).filter(|_| enough) {
                    let group = edition.groups.get(at).map_or("overall", |group| &group.code);
                    rows.push(TypeGroup {
                        edition: edition.id.clone(),
                        unit_type: unit_type.to_owned(),
                        group: group.to_owned(),
                        units: count,
                        median,
                    });
                }
            }
        }
    }
    rows
}

/// The value at `part` of the way through ordered values, of which there is at least one.
fn at_part(ordered: &[f64], part: f64) -> f64 {
    let place = part * (ordered.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(ordered.len() - 1);
    ordered[below] + (ordered[above] - ordered[below]) * (place - below as f64)
}
