//! Internal against external evaluation, and what is proposed to the president.

use crate::accreditation::agreement::{Weighting, kappa};
use crate::model::accreditation::level::Level;
use crate::model::accreditation::results::{DecisionRow, OpinionRow, StandardRow};

/// One row per unit of the last round that a panel has rated.
pub fn opinions(standards: &[StandardRow], decisions: &[DecisionRow]) -> Vec<OpinionRow> {
    let mut rows = Vec::new();
    for of_unit in standards.chunk_by(|a, b| a.unit == b.unit) {
        if of_unit.iter().all(|row| row.external.is_empty()) {
            continue;
        }
        let first = &of_unit[0];
        let steps = |row: &StandardRow| Some((Level::parse(row.internal)?.step(), Level::parse(row.external)?.step()));
        let pairs: Vec<(usize, usize)> = of_unit.iter().filter_map(steps).collect();
        let count = |holds: &dyn Fn(&StandardRow) -> bool| of_unit.iter().filter(|row| holds(row)).count() as u32;
        let share = |part: usize| (!pairs.is_empty()).then(|| part as f64 / pairs.len() as f64);
        let sum: i32 = of_unit.iter().filter_map(|row| row.difference).sum();
        let decision = |side: &str| {
            let found =
                decisions.iter().find(|row| row.unit == first.unit && row.round == first.round && row.side == side);
            found.map(|row| row.decision.clone()).unwrap_or_default()
        };
        rows.push(OpinionRow {
            unit: first.unit.clone(),
            round: first.round,
            compared: pairs.len() as u32,
            same: share(pairs.iter().filter(|(a, b)| a == b).count()),
            kappa_linear: kappa(&pairs, Level::ALL.len(), Weighting::Linear),
            kappa_quadratic: kappa(&pairs, Level::ALL.len(), Weighting::Quadratic),
            mean_difference: (!pairs.is_empty()).then(|| f64::from(sum) / pairs.len() as f64),
            two_levels: count(&|row| row.difference.is_some_and(|levels| levels.abs() >= 2)),
            mandatory_not_met: count(&|row| row.kind == "mandatory" && row.met_external == Some(false)),
            without_reference: count(&|row| row.without_reference),
            recommendations: count(&|row| !row.recommendation.is_empty()),
            repeated: count(&|row| row.repeated),
            replied: count(&|row| !row.recommendation.is_empty() && !row.reply.is_empty()),
            decision_internal: decision("internal"),
            decision_external: decision("external"),
        });
    }
    rows
}
