//! The decision that a table gives for the values of a unit.

use crate::model::accreditation::decision::{Combination, Criterion, DecisionTable, Quantity};

/// Why a table gives no decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undecided {
    /// A criterion has no value: nothing that it counts applies.
    NoValue(Quantity),
    /// No rule holds: the table has a gap.
    Gap(Quantity),
    /// No rule holds for the values together.
    NoRule,
}

/// The value as the criterion looks it up: whole, halves upwards, where it says so.
pub fn looked_up(criterion: &Criterion, value: f64) -> f64 {
    if criterion.whole { (value + 0.5).floor() } else { value }
}

/// Index of the rule that holds for values in the order of the table's criteria. The tables that the linter passes give
/// exactly one; of several the first is taken.
///
/// # Errors
/// [`Undecided`] where there is none.
pub fn decide(table: &DecisionTable, values: &[Option<f64>]) -> Result<usize, Undecided> {
    let mut known = Vec::new();
    for (criterion, value) in table.criteria.iter().zip(values) {
        let value = value.ok_or(Undecided::NoValue(criterion.quantity))?;
        known.push(looked_up(criterion, value));
    }
    match table.combination {
        Combination::Lowest => {
            let mut lowest = None;
            for (at, criterion) in table.criteria.iter().enumerate() {
                let holds = |rule: &crate::model::accreditation::decision::DecisionRule| {
                    rule.ranges[at].as_ref().is_some_and(|range| range.holds(known[at]))
                };
                let found = table.rules.iter().position(holds).ok_or(Undecided::Gap(criterion.quantity))?;
                lowest = lowest.max(Some(found));
            }
            lowest.ok_or(Undecided::NoRule)
        }
        Combination::All => {
            let rule = table.rules.iter().position(|rule| {
                rule.ranges.iter().zip(&known).all(|(range, value)| range.as_ref().is_none_or(|r| r.holds(*value)))
            });
            rule.ok_or(Undecided::NoRule)
        }
    }
}
