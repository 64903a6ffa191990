//! Solve: the best plan, with what no plan can pass.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};

use crate::whatif::plan::bound::bound;
use crate::whatif::plan::greedy::greedy;
use crate::whatif::plan::programme::Programme;
use crate::whatif::plan::prune::{Dropped, Pruned, prune};

/// Tolerance of the solver: a tenth of what rounding may pass a limit by.
const TOLERANCE: f64 = 1e-10;

/// Share by which a bound of the solver is raised: what its tolerances and its cutoff may hide.
const SLACK: f64 = 1e-8;

/// When to stop. There is no clock in it, so that the same programme gives the same plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Share of its effect that a plan may lie below the bound.
    pub gap: f64,
    /// Most nodes of the search.
    pub nodes: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { gap: 0.01, nodes: 20_000 }
    }
}

/// A chosen set of levels.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Index of the level of each option.
    pub chosen: Vec<Option<usize>>,
    /// What it costs.
    pub cost: f64,
    /// What it brings, synergies included.
    pub effect: f64,
    /// No plan brings more: proven by the solver's bound or Lagrange's, whichever is lower.
    pub bound: f64,
    /// How far the effect may lie below the best: (bound − effect) / effect; 0 where there is nothing to gain, infinite
    /// where a gain is not ruled out and none was found.
    pub gap: f64,
    /// Nodes that the search took.
    pub nodes: u64,
    /// Why the solver gave no bound, where it gave none.
    pub fault: Option<String>,
    /// Levels that no best plan needs.
    pub dropped: Vec<Dropped>,
}

/// Finds a plan within the gap, or the best one that the nodes allow; its own gap says which.
///
/// First the relaxation, in which parts of levels may be taken: it gives a bound, and a plan where its whole levels are
/// kept and the rest is filled up. Only where that is not good enough the search over whole levels follows.
pub fn solve(programme: &Programme, effort: Effort) -> Plan {
    solve_from(programme, effort, &[])
}

/// As [`solve`], from the level of each option in a plan that is known already, filled up.
pub fn solve_from(programme: &Programme, effort: Effort, known: &[Option<usize>]) -> Plan {
    let Pruned { kept, dropped } = prune(programme);
    let mut plan = Plan {
        chosen: vec![None; programme.options.len()],
        cost: 0.0,
        effect: 0.0,
        bound: bound(programme, &kept),
        gap: 0.0,
        nodes: 0,
        fault: None,
        dropped,
    };
    plan.improve(programme, greedy(programme, &kept, &[]));
    if known.iter().any(Option::is_some) {
        plan.improve(programme, known.to_vec());
        let known = known.iter().enumerate().filter_map(|(option, level)| Some((option, (*level)?)));
        plan.improve(programme, greedy(programme, &kept, &known.collect::<Vec<_>>()));
    }
    plan.close();
    if plan.gap > effort.gap {
        plan.relax(programme, &kept);
    }
    if plan.gap > effort.gap {
        plan.search(programme, &kept, effort);
    }
    plan.cost = programme.cost(&plan.chosen);
    plan
}

impl Plan {
    /// Takes a plan in place of its own where it is better and breaks nothing.
    fn improve(&mut self, programme: &Programme, found: Vec<Option<usize>>) {
        let effect = programme.effect(&found);
        if effect > self.effect && programme.allows(&found) {
            self.effect = effect;
            self.chosen = found;
        }
    }

    /// Takes a bound of the solver in place of its own where it is lower.
    fn tighten(&mut self, model: &Model, bound: f64) {
        self.bound = self.bound.min((bound + SLACK * bound.abs().max(1.0)) * model.effect_scale);
    }

    fn relax(&mut self, programme: &Programme, kept: &[Vec<usize>]) {
        let model = Model::new(programme, kept, false);
        match model.problem.solve_with(model.options(None)) {
            Ok(SolveOutcome::Solution(solution)) => {
                self.tighten(&model, solution.objective());
                let whole = model.levels.iter().filter(|(_, _, variable)| solution.var_value(*variable) > 1.0 - 1e-6);
                let whole: Vec<(usize, usize)> = whole.map(|(option, level, _)| (*option, *level)).collect();
                self.improve(programme, greedy(programme, kept, &whole));
            }
            Ok(SolveOutcome::Interrupted(_)) => {}
            Err(error) => self.fault = Some(error.to_string()),
        }
        self.close();
    }

    fn search(&mut self, programme: &Programme, kept: &[Vec<usize>], effort: Effort) {
        let model = Model::new(programme, kept, true);
        match model.problem.solve_with(model.options(Some((&self.chosen, effort)))) {
            Ok(outcome) => {
                let stats = outcome.stats();
                self.nodes = stats.nodes_solved;
                if let Some(bound) = stats.best_bound {
                    self.tighten(&model, bound);
                }
                if let SolveOutcome::Solution(solution) = &outcome {
                    let found = model.chosen(programme.options.len(), |variable| solution.var_value(variable));
                    self.improve(programme, found);
                }
            }
            Err(error) => self.fault = Some(error.to_string()),
        }
        self.close();
    }

    /// The same plan under a bound that was proven elsewhere, or beside a greater budget.
    #[must_use]
    pub fn under(mut self, bound: f64) -> Plan {
        self.bound = bound;
        self.close();
        self
    }

    /// The same plan where so much more is had whatever is chosen.
    #[must_use]
    pub fn shifted(mut self, more: f64) -> Plan {
        self.effect += more;
        self.bound += more;
        self.close();
        self
    }

    /// Works the gap out from effect and bound.
    pub(super) fn close(&mut self) {
        self.bound = self.bound.max(self.effect);
        let above = self.bound - self.effect;
        self.gap = match self.effect {
            effect if effect > 0.0 => above / effect,
            _ if above > 0.0 => f64::INFINITY,
            _ => 0.0,
        };
    }
}

/// The programme as the solver sees it: a binary per level, and one per level and synergy.
struct Model {
    problem: Problem,
    /// Option, level and its variable.
    levels: Vec<(usize, usize, Variable)>,
    /// Variables of a level that works beside another option: option, level, other option.
    beside: Vec<(usize, usize, usize, Variable)>,
    effect_scale: f64,
}

impl Model {
    fn new(programme: &Programme, kept: &[Vec<usize>], whole: bool) -> Model {
        let largest = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0_f64, |most, value| most.max(value.abs()));
        let all =
            || kept.iter().enumerate().flat_map(|(option, levels)| levels.iter().map(move |level| (option, *level)));
        let scale = |most: f64| if most > 0.0 { most } else { 1.0 };
        let effect_scale = scale(largest(&mut all().map(|(option, level)| programme.options[option][level].effect)));
        let cost_scale = scale(largest(&mut all().map(|(option, level)| programme.options[option][level].cost)));
        let mut problem = Problem::new(OptimizationDirection::Maximize);
        let mut levels = Vec::new();
        let mut of_option: Vec<Vec<Variable>> = vec![Vec::new(); kept.len()];
        let mut budget = LinearExpr::empty();
        for (option, level) in all() {
            let own = programme.options[option][level];
            let worth = own.effect / effect_scale;
            let variable = if whole { problem.add_binary_var(worth) } else { problem.add_var(worth, (0.0, 1.0)) };
            levels.push((option, level, variable));
            of_option[option].push(variable);
            budget.add(variable, own.cost / cost_scale);
        }
        for variables in of_option.iter().filter(|variables| variables.len() > 1) {
            problem.add_constraint(variables.iter().map(|variable| (*variable, 1.0)), ComparisonOp::Le, 1.0);
        }
        problem.add_constraint(budget, ComparisonOp::Le, programme.budget / cost_scale);
        for total in &programme.totals {
            let own = levels.iter().filter(|(option, ..)| total.options.contains(option));
            let intensity = |(option, level, variable): &(usize, usize, Variable)| {
                (*variable, programme.options[*option][*level].intensity / scale(total.most))
            };
            problem.add_constraint(
                own.map(intensity).collect::<Vec<_>>(),
                ComparisonOp::Le,
                total.most / scale(total.most),
            );
        }
        for requirement in &programme.requirements {
            let own = of_option[requirement.option].iter().map(|variable| (*variable, 1.0));
            let any_of: BTreeSet<usize> = requirement.any_of.iter().copied().collect();
            let others = any_of.iter().flat_map(|other| &of_option[*other]).map(|variable| (*variable, -1.0));
            if !any_of.contains(&requirement.option) {
                problem.add_constraint(own.chain(others).collect::<Vec<_>>(), ComparisonOp::Le, 0.0);
            }
        }
        for (first, second) in &programme.exclusions {
            let both = of_option[*first].iter().chain(&of_option[*second]).map(|variable| (*variable, 1.0));
            problem.add_constraint(both.collect::<Vec<_>>(), ComparisonOp::Le, 1.0);
        }
        let mut model = Model { problem, levels, beside: Vec::new(), effect_scale };
        for synergy in programme.synergies.iter().filter(|synergy| synergy.part > 0.0) {
            for (option, other) in [(synergy.first, synergy.second), (synergy.second, synergy.first)] {
                model.synergy(programme, (option, other), synergy.part, &of_option);
            }
        }
        model
    }

    /// The product of two binaries, w = x·y, as w ≤ x and w ≤ y: the extra effect is above 0 and pushes w up.
    fn synergy(
        &mut self,
        programme: &Programme,
        (option, other): (usize, usize),
        part: f64,
        of_option: &[Vec<Variable>],
    ) {
        let own: Vec<_> = self.levels.iter().filter(|(own, ..)| *own == option).copied().collect();
        let mut products = Vec::new();
        for (_, level, variable) in own {
            let extra = part * programme.options[option][level].effect;
            if extra > 0.0 {
                let product = self.problem.add_var(extra / self.effect_scale, (0.0, 1.0));
                self.problem.add_constraint([(product, 1.0), (variable, -1.0)], ComparisonOp::Le, 0.0);
                self.beside.push((option, level, other, product));
                products.push((product, 1.0));
            }
        }
        if !products.is_empty() {
            products.extend(of_option[other].iter().map(|variable| (*variable, -1.0)));
            self.problem.add_constraint(products, ComparisonOp::Le, 0.0);
        }
    }

    /// Options of a search from a plan; `None` for the relaxation, which needs none.
    fn options(&self, search: Option<(&[Option<usize>], Effort)>) -> SolveOptions {
        let mut options = SolveOptions::default();
        options.tolerances.feasibility = TOLERANCE;
        let Some((start, effort)) = search else { return options };
        let is = |is: bool| if is { 1.0 } else { 0.0 };
        let levels =
            self.levels.iter().map(|(option, level, variable)| (*variable, is(start[*option] == Some(*level))));
        let beside = self.beside.iter().map(|(option, level, other, variable)| {
            (*variable, is(start[*option] == Some(*level) && start[*other].is_some()))
        });
        options.warm_start = Some(levels.chain(beside).collect());
        options.mip_gap = effort.gap;
        options.node_limit = Some(effort.nodes);
        options.int_tol = 1e-9;
        options
    }

    /// The level of each option whose variable is nearer to 1 than to 0.
    fn chosen(&self, options: usize, value: impl Fn(Variable) -> f64) -> Vec<Option<usize>> {
        let mut chosen = vec![None; options];
        for (option, level, variable) in &self.levels {
            if value(*variable) > 0.5 {
                chosen[*option] = Some(*level);
            }
        }
        chosen
    }
}
