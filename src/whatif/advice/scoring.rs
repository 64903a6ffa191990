//! The total that a plan is to raise, scored exactly after any scenario.

use rayon::prelude::*;

use crate::model::results::Results;
use crate::model::scenario::Scenario;
use crate::model::unit::UnitIndex;
use crate::whatif::advice::offers::is_slow;
use crate::whatif::apply::Circumstances;
use crate::whatif::evaluator::{Evaluator, Pool};

/// The weighted mean of one unit's totals in several editions.
#[derive(Debug, Clone, Copy)]
pub struct Objective<'a> {
    /// The run.
    pub base: &'a Results,
    /// Indices of its editions with their weights, which are above 0.
    pub editions: &'a [(usize, f64)],
    /// The unit.
    pub unit: UnitIndex,
    /// What scenarios may bring in.
    pub circumstances: Circumstances<'a>,
}

impl Objective<'_> {
    /// The totals after scenarios, in their order. Those that have to be attributed again come one after the other, the
    /// rest in parallel; each is worked out by itself, so that the order and the threads change nothing.
    pub fn score(&self, scenarios: &[Scenario]) -> Vec<Option<f64>> {
        let changes = scenarios.iter().flat_map(|scenario| &scenario.changes);
        let pool = Pool::new(self.base, changes, self.circumstances);
        let evaluator = pool.evaluator();
        let slow = |scenario: &Scenario| scenario.changes.iter().any(|change| is_slow(&change.thing));
        let mut totals: Vec<Option<f64>> = scenarios
            .par_iter()
            .map(|scenario| if slow(scenario) { None } else { self.total(&evaluator, scenario) })
            .collect();
        for (scenario, total) in scenarios.iter().zip(&mut totals).filter(|(scenario, _)| slow(scenario)) {
            *total = self.total(&evaluator, scenario);
        }
        totals
    }

    fn total(&self, evaluator: &Evaluator, scenario: &Scenario) -> Option<f64> {
        let indices: Vec<usize> = self.editions.iter().map(|(edition, _)| *edition).collect();
        let cards = evaluator.scorecards(scenario, &indices)?;
        let (mut sum, mut weights) = (0.0, 0.0);
        for ((edition, weight), card) in self.editions.iter().zip(&cards) {
            let groups = self.base.editions[*edition].groups.len();
            sum += weight * card.composites_of(self.unit, groups)[groups].score?;
            weights += weight;
        }
        Some(sum / weights)
    }
}
