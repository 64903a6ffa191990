//! Plan: which levels of which options bring most under a budget, with a proof of how far from the best it may be.
//!
//! ```text
//! Programme ─► prune ─► greedy ─► solve (branch and bound) ─► Plan { chosen, cost, effect, bound, gap }
//!                           └───► bound (Lagrange)  ┘
//! ```
//! A multiple-choice knapsack: of each option at most one level, so that the effect may have any shape over the levels.
//! Beside the budget there are totals, requirements, exclusions and synergies. Numbers in, numbers out: nothing here knows
//! what an option is.

pub mod bound;
pub mod greedy;
pub mod pareto;
pub mod programme;
pub mod prune;
pub mod solve;

pub use pareto::{Point, pareto};
pub use programme::{Level, Programme, Requirement, Synergy, Total};
pub use prune::{Dropped, Reason};
pub use solve::{Effort, Plan, solve};
