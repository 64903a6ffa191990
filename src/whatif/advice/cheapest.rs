//! The cheapest mix of strategies that reaches a total.

use serde::Serialize;

use crate::model::advice::Step;
use crate::model::scenario::Scenario;
use crate::whatif::advice::offers::{self, Offer};
use crate::whatif::advice::{Draft, Question, Score, by_offer, steps};

/// The search stops where the dearest budget that does not reach the goal is so near to the cheapest that does.
const NEAR: f64 = 0.01;

/// Budgets that are tried at most.
const MOST: usize = 40;

/// What mixes of strategies can do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mix {
    /// This mix reaches it, scored as a whole.
    Reached {
        /// In the money unit of the costs.
        cost: f64,
        /// The best plan that was found for this budget does not.
        not_for: f64,
        /// The total with it.
        total: f64,
        /// What is done.
        steps: Vec<Step>,
    },
    /// None does; the greatest total that was found, and what it costs.
    OutOfReach {
        /// The total.
        best: f64,
        /// Its cost.
        cost: f64,
    },
    /// The unit has no total.
    NoTotal,
}

/// Halves the budget between what reaches `wanted` and what does not. Each budget's plan is the best of the model to within
/// the gap of the question's effort; whether it reaches the goal is told by scoring it as a whole.
pub fn cheapest(question: &Question, score: &Score, wanted: f64) -> Mix {
    let Some(total) = score(&[Scenario::default()]).pop().flatten() else { return Mix::NoTotal };
    let offers = offers::offers(question);
    let single: Vec<Scenario> = offers.iter().flat_map(|offer| offer.scenarios(question)).collect();
    let effects = by_offer(&offers, score(&single), |_| total);
    let with = |budget: f64| {
        let question = Question { budget, ..*question };
        Draft::new(&question, &offers, &effects, total, score)
    };
    let reaches = |draft: &Draft| draft.exact.is_some_and(|exact| total + exact >= wanted);
    let everything: f64 = offers.iter().map(|offer| dearest(question, offer)).sum();
    let mut best = with(everything);
    if !reaches(&best) {
        let exact = best.exact.unwrap_or_default().max(0.0);
        return Mix::OutOfReach { best: total + exact, cost: best.plan.cost };
    }
    // Budgets whose plan does not reach it. A plan is the best only to within the gap, so that one for a little more money may
    // turn out cheaper than a budget that failed.
    let mut failed = vec![0.0];
    let below = |failed: &[f64], cost: f64| failed.iter().copied().filter(|own| *own < cost).fold(0.0, f64::max);
    for _ in 0..MOST {
        let low = below(&failed, best.plan.cost);
        if best.plan.cost - low <= NEAR * best.plan.cost {
            break;
        }
        let budget = f64::midpoint(low, best.plan.cost);
        let draft = with(budget);
        if reaches(&draft) { best = draft } else { failed.push(budget) }
    }
    let below = below(&failed, best.plan.cost);
    Mix::Reached {
        cost: best.plan.cost,
        not_for: below,
        total: total + best.exact.unwrap_or_default(),
        steps: steps(question, &offers, &effects, &best),
    }
}

/// What the greatest intensity of an offer costs.
fn dearest(question: &Question, offer: &Offer) -> f64 {
    let most = offer.intensities.iter().fold(0.0_f64, |most, intensity| most.max(*intensity));
    question.costs[offer.strategy] * most
}
