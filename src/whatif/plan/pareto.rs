//! Pareto: what the best plan brings, budget by budget.

use rayon::prelude::*;

use crate::whatif::plan::programme::Programme;
use crate::whatif::plan::solve::{Effort, Plan, solve};

/// The best plan under one budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The budget.
    pub budget: f64,
    /// The plan.
    pub plan: Plan,
}

/// Plans for `count` budgets in even steps, from nothing to what everything useful costs together. More money never brings
/// less: where a plan within the gap lies below that of a smaller budget, the smaller one stands for both.
pub fn pareto(programme: &Programme, effort: Effort, count: usize) -> Vec<Point> {
    let all: f64 =
        programme.options.iter().map(|levels| levels.iter().map(|level| level.cost).fold(0.0_f64, f64::max)).sum();
    let with = |budget: f64| solve(&Programme { budget, ..programme.clone() }, effort);
    let most = with(all).cost;
    let steps = count.max(2) - 1;
    let budgets: Vec<f64> = (0..=steps).map(|step| most * step as f64 / steps as f64).collect();
    let mut points: Vec<Point> = budgets.into_par_iter().map(|budget| Point { budget, plan: with(budget) }).collect();
    for at in 1..points.len() {
        let (before, after) = points.split_at_mut(at);
        let (before, after) = (&before[at - 1].plan, &mut after[0].plan);
        if before.effect > after.effect {
            *after = Plan { bound: after.bound, dropped: std::mem::take(&mut after.dropped), ..before.clone() };
        }
    }
    // What a larger budget cannot bring, a smaller one cannot.
    for at in (1..points.len()).rev() {
        points[at - 1].plan.bound = points[at - 1].plan.bound.min(points[at].plan.bound);
    }
    points.iter_mut().for_each(|point| point.plan.close());
    points
}
