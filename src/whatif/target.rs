//! Target: the smallest amount of one lever that reaches a goal.
//!
//! Amounts are whole steps of the lever. The search doubles the amount until the goal is reached or the lever is spent,
//! then halves the gap: the amount that is found reaches the goal, and one step less does not.

use serde::Serialize;

use crate::model::scenario::Scenario;

/// What is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// A total of at least this.
    Score(f64),
    /// A rank of at most this among the units of the type.
    Rank(u32),
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Standing {
    /// Its total.
    pub score: f64,
    /// Its rank among the units of the type.
    pub rank: Option<u32>,
}

impl Goal {
    /// Whether a standing is good enough.
    pub fn is_met(self, standing: Standing) -> bool {
        match self {
            Goal::Score(wanted) => standing.score >= wanted,
            Goal::Rank(wanted) => standing.rank.is_some_and(|rank| rank <= wanted),
        }
    }
}

/// A lever as the search sees it.
#[derive(Debug, Clone)]
pub struct Lever {
    /// What one of it changes.
    pub one: Scenario,
    /// Smallest part that makes sense.
    pub step: f64,
    /// Greatest amount that is tried.
    pub most: f64,
}

impl Lever {
    /// The amount of so many steps.
    pub fn amount(&self, steps: u32) -> f64 {
        // Tenths of a step do not add up exactly; a product of whole steps does as well as it can.
        f64::from(steps) * self.step
    }

    /// The scenario of so many steps.
    pub fn scenario(&self, steps: u32) -> Scenario {
        self.one.times(self.amount(steps))
    }

    /// Steps until the lever is spent.
    pub fn steps(&self) -> u32 {
        ((self.most / self.step) * (1.0 + 1e-12)).floor().clamp(0.0, f64::from(u32::MAX)) as u32
    }
}

/// What one lever alone can do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The goal is met as things are.
    Already,
    /// So much of it reaches the goal.
    At {
        /// Steps.
        steps: u32,
        /// In the unit of the lever.
        amount: f64,
        /// Where the unit stands then.
        standing: Standing,
    },
    /// The lever moves nothing that counts here.
    Unmoved,
    /// More of it lowers the total.
    Lowers {
        /// The total when it is spent.
        spent: f64,
    },
    /// All of it is too little.
    TooLittle {
        /// The best total on the way.
        best: f64,
        /// How much gave it.
        amount: f64,
    },
    /// The unit has no total, with or without it.
    NoTotal,
    /// The lever does not fit the unit: no such staff, no rows of its own.
    Impossible,
}

/// The smallest amount of `lever` that meets `goal`; `standing` is where the unit stands after a scenario: `Ok(None)`
/// without a total, `Err` where the scenario cannot be done.
pub fn smallest(
    lever: &Lever,
    goal: Goal,
    standing: &(dyn Fn(&Scenario) -> Result<Option<Standing>, ()> + Sync),
) -> Reach {
    let before = match standing(&Scenario::default()) {
        Ok(Some(before)) => before,
        _ => return Reach::NoTotal,
    };
    if goal.is_met(before) {
        return Reach::Already;
    }
    let spent = lever.steps();
    // The greatest amount that is known not to be enough, and what was seen on the way.
    let (mut below, mut best) = (0, (before.score, 0));
    let mut moved = false;
    let mut last = before.score;
    let mut try_at = 1.min(spent);
    let mut above = None;
    while try_at > below {
        match standing(&lever.scenario(try_at)) {
            Ok(Some(found)) => {
                moved |= found.score.to_bits() != before.score.to_bits() || found.rank != before.rank;
                last = found.score;
                if found.score > best.0 {
                    best = (found.score, try_at);
                }
                if goal.is_met(found) {
                    above = Some((try_at, found));
                    break;
                }
            }
            Ok(None) => {}
            // As much of it as this is not there: what came before is all.
            Err(()) if below > 0 => break,
            Err(()) => return Reach::Impossible,
        }
        below = try_at;
        try_at = try_at.saturating_mul(2).min(spent);
    }
    let Some((mut above, mut found)) = above else {
        return match (moved, best) {
            (false, _) => Reach::Unmoved,
            (true, (_, 0)) => Reach::Lowers { spent: last },
            (true, (best, steps)) => Reach::TooLittle { best, amount: lever.amount(steps) },
        };
    };
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        match standing(&lever.scenario(middle)) {
            Ok(Some(standing)) if goal.is_met(standing) => (above, found) = (middle, standing),
            _ => below = middle,
        }
    }
    Reach::At { steps: above, amount: lever.amount(above), standing: found }
}

/// Longest time that an effect is waited for, in years: publication windows are five years, citations settle after some more.
const PATIENCE: i32 = 10;

/// The first year of self-assessment in which `scenario`, begun in `start`, meets the goal; `None` within ten years.
/// `standing` is where the unit stands after a scenario, seen from a year of self-assessment.
pub fn year_of_effect(
    scenario: &Scenario,
    goal: Goal,
    start: i32,
    standing: &(dyn Fn(&Scenario, i32) -> Option<Standing> + Sync),
) -> Option<i32> {
    let dated = scenario.starting(start);
    (start..=start + PATIENCE).find(|year| standing(&dated, *year).is_some_and(|found| goal.is_met(found)))
}
