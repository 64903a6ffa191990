//! The total that a plan is to raise, scored exactly after any scenario.

use rayon::prelude::*;

use crate::model::scenario::Scenario;
use crate::model::unit::UnitIndex;
use crate::whatif::advice::offers::is_slow;
use crate::whatif::evaluator::{Evaluator, Target};

/// The weighted mean of one unit's totals in several editions.
#[derive(Clone, Copy)]
pub struct Objective<'a> {
    /// What scores scenarios. Its pool should hold the papers of [`most`](crate::whatif::advice::most); what goes beyond
    /// them is scored the long way.
    pub evaluator: &'a Evaluator<'a>,
    /// Indices of the editions of its run with their weights, which are above 0.
    pub editions: &'a [(usize, f64)],
    /// The unit.
    pub unit: UnitIndex,
}

impl Objective<'_> {
    /// The totals after scenarios, in their order. Those that have to be attributed again come one after the other, the
    /// rest in parallel; each is worked out by itself, so that the order and the threads change nothing.
    pub fn score(&self, scenarios: &[Scenario]) -> Vec<Option<f64>> {
        let slow = |scenario: &Scenario| scenario.changes.iter().any(|change| is_slow(&change.thing));
        let mut totals: Vec<Option<f64>> =
            scenarios.par_iter().map(|scenario| if slow(scenario) { None } else { self.total(scenario) }).collect();
        for (scenario, total) in scenarios.iter().zip(&mut totals).filter(|(scenario, _)| slow(scenario)) {
            *total = self.total(scenario);
        }
        totals
    }

    fn total(&self, scenario: &Scenario) -> Option<f64> {
        let target = |(edition, _): &(usize, f64)| {
            let group = self.evaluator.base().editions[*edition].groups.len();
            Target { edition: *edition, unit: self.unit, group }
        };
        let targets: Vec<Target> = self.editions.iter().map(target).collect();
        let scores = self.evaluator.scores(scenario, &targets)?;
        let (mut sum, mut weights) = (0.0, 0.0);
        for ((_, weight), score) in self.editions.iter().zip(scores) {
            sum += weight * score?;
            weights += weight;
        }
        Some(sum / weights)
    }
}
