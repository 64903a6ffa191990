//! Pareto: what the best plan brings, budget by budget.

use crate::whatif::plan::programme::Programme;
use crate::whatif::plan::solve::{Effort, Plan, solve, solve_from};

/// The best plan under one budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The budget.
    pub budget: f64,
    /// The plan.
    pub plan: Plan,
}

/// Most nodes of the search under one budget of the curve: its gap is told with it.
const NODES: u64 = 2000;

/// Plans for `count` budgets in even steps, from nothing to what everything useful costs together. Each search begins with
/// the best plan known that costs no more, that of the budget before it or `known`, so that most have little left to do,
/// and more money never brings less.
pub fn pareto(programme: &Programme, effort: Effort, count: usize, known: &Plan) -> Vec<Point> {
    let effort = Effort { nodes: effort.nodes.min(NODES), ..effort };
    let all: f64 =
        programme.options.iter().map(|levels| levels.iter().map(|level| level.cost).fold(0.0_f64, f64::max)).sum();
    let with = |budget: f64| Programme { budget, ..programme.clone() };
    let most = solve(&with(all), effort).cost;
    let steps = count.max(2) - 1;
    let mut points: Vec<Point> = Vec::with_capacity(steps + 1);
    for step in 0..=steps {
        let budget = most * step as f64 / steps as f64;
        let before = points.last().map(|point| &point.plan);
        let affordable = before.into_iter().chain((known.cost <= budget).then_some(known));
        let start = affordable.max_by(|one, other| one.effect.total_cmp(&other.effect));
        let start = start.map_or(&[][..], |plan| &plan.chosen);
        points.push(Point { budget, plan: solve_from(&with(budget), effort, start) });
    }
    // What a larger budget cannot bring, a smaller one cannot.
    for at in (1..points.len()).rev() {
        points[at - 1].plan.bound = points[at - 1].plan.bound.min(points[at].plan.bound);
    }
    points.iter_mut().for_each(|point| point.plan.close());
    points
}
