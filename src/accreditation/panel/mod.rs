//! Panels: who visits whom. An exact search with a proof.
//!
//! Only the load of the candidates joins the visits. A price per seat of each candidate (Lagrange multipliers) takes its
//! place: then every visit takes its cheapest panel by itself ([`cheapest`]), and the sum less the prices of all allowed
//! seats is a bound that no plan can pass. Prices are moved by subgradients; what is left open is branched on. All costs
//! and prices are whole numbers, so the result is the same everywhere.

pub mod cheapest;
mod prices;

use crate::accreditation::panel::cheapest::{Free, Own, cheapest};
use crate::accreditation::panel::prices::{Answer, SCALE, UNFILLED, price};
use crate::model::accreditation::panel::{PanelPlan, PanelProblem};

/// When to stop. There is no clock in it, so that the same problem gives the same plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Most nodes of the search.
    pub nodes: u64,
    /// Steps of the prices at the first node.
    pub first_steps: u32,
    /// Steps of the prices at each further node.
    pub steps: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { nodes: 1000, first_steps: 300, steps: 20 }
    }
}

/// Panels for as many visits as can have one, and among these plans one of least cost.
pub fn solve(problem: &PanelProblem, effort: Effort) -> PanelPlan {
    let mut search = Search {
        problem,
        effort,
        best: vec![None; problem.visits.len()],
        cost: problem.visits.len() as i64 * UNFILLED,
        nodes: 0,
        open: i64::MAX,
    };
    let owns = vec![Own::of(problem); problem.visits.len()];
    search.node(&owns, vec![0; problem.candidates.len()]);
    let bound = search.open.min(search.cost);
    let unfilled = search.best.iter().filter(|panel| panel.is_none()).count() as i64;
    PanelPlan {
        cost: (search.cost - unfilled * UNFILLED).max(0) as u64,
        bound: (bound - unfilled * UNFILLED).max(0) as u64,
        proven: bound == search.cost,
        panels: search.best,
        nodes: search.nodes,
    }
}

struct Search<'a> {
    problem: &'a PanelProblem,
    effort: Effort,
    best: Vec<Option<Vec<usize>>>,
    /// Of the best plan, [`UNFILLED`] for each visit without a panel.
    cost: i64,
    nodes: u64,
    /// Least bound of the nodes that were left open.
    open: i64,
}

impl Search<'_> {
    fn node(&mut self, owns: &[Own], start: Vec<i64>) {
        let mut owns = owns.to_vec();
        if !settle(self.problem, &mut owns) {
            return;
        }
        let owns = owns.as_slice();
        self.nodes += 1;
        let steps = if self.nodes == 1 { self.effort.first_steps } else { self.effort.steps };
        let mut prices = start;
        let mut best_prices = prices.clone();
        let mut bound = i64::MIN;
        let mut step = 2.0;
        let mut since = 0;
        for round in 0..=steps {
            let answer = price(self.problem, owns, &prices);
            let whole = answer.bound.div_euclid(SCALE) + i64::from(answer.bound.rem_euclid(SCALE) > 0);
            if answer.overload.iter().all(|load| *load <= 0) {
                self.take(answer.panels.clone());
            }
            if answer.bound > bound {
                (bound, since) = (answer.bound, 0);
                best_prices.clone_from(&prices);
            } else {
                since += 1;
                if since >= 8 {
                    (step, since) = (step / 2.0, 0);
                }
            }
            if round % 10 == 0 {
                self.repair(owns, &prices);
            }
            if whole >= self.cost {
                return;
            }
            // A price of nothing has nothing to fall by.
            let moves: Vec<i64> = answer
                .overload
                .iter()
                .zip(&prices)
                .map(|(load, price)| if *load < 0 && *price == 0 { 0 } else { *load })
                .collect();
            let norm: i64 = moves.iter().map(|load| load * load).sum();
            if norm == 0 {
                break;
            }
            let distance = (self.cost * SCALE - answer.bound).clamp(SCALE, UNFILLED * SCALE / 50);
            let by = step * distance as f64 / norm as f64;
            for (price, load) in prices.iter_mut().zip(&moves) {
                *price = (*price + (by * *load as f64).round() as i64).max(0);
            }
        }
        let whole = bound.div_euclid(SCALE) + i64::from(bound.rem_euclid(SCALE) > 0);
        if whole >= self.cost {
            return;
        }
        if self.nodes >= self.effort.nodes {
            self.open = self.open.min(whole);
            return;
        }
        let answer = price(self.problem, owns, &best_prices);
        // Where everything is decided, the plan has been looked at.
        let Some((visit, candidate)) = branch(self.problem, owns, &answer) else { return };
        for state in [Free::In, Free::Out] {
            let mut next = owns.to_vec();
            next[visit].set(candidate, state);
            self.node(&next, best_prices.clone());
        }
    }

    /// Takes a plan that overloads nobody, where it is better.
    fn take(&mut self, mut panels: Vec<Option<Vec<usize>>>) {
        improve(self.problem, &mut panels);
        let cost = cost(self.problem, &panels);
        if cost < self.cost {
            (self.best, self.cost) = (panels, cost);
        }
    }

    /// One visit after the other, those with the fewest candidates first, each with what the loads still allow.
    fn repair(&mut self, owns: &[Own], prices: &[i64]) {
        let mut order: Vec<usize> = (0..self.problem.visits.len()).collect();
        let choices = |visit: &usize| {
            let visit = *visit;
            (0..self.problem.candidates.len())
                .filter(|&c| {
                    self.problem.barred[visit][c] == 0
                        && self.problem.candidates[c].areas & self.problem.visits[visit].areas != 0
                })
                .count()
        };
        order.sort_by_cached_key(|visit| (choices(visit), *visit));
        let mut left: Vec<u32> = self.problem.candidates.iter().map(|candidate| candidate.most).collect();
        let mut panels = vec![None; order.len()];
        for &visit in &order {
            let mut own = owns[visit].clone();
            for (candidate, left) in left.iter().enumerate() {
                if *left == 0 {
                    own.set(candidate, Free::Out);
                }
            }
            let costs = priced(self.problem, visit, prices);
            if let Some((_, members)) = cheapest(self.problem, visit, &costs, &own) {
                for &member in &members {
                    left[member] -= 1;
                }
                panels[visit] = Some(members);
            }
        }
        self.take(panels);
    }
}

/// Costs of a visit with the prices on them, in parts of [`SCALE`].
fn priced(problem: &PanelProblem, visit: usize, prices: &[i64]) -> Vec<i64> {
    problem.costs[visit].iter().zip(prices).map(|(cost, price)| i64::from(*cost) * SCALE + price).collect()
}

fn cost(problem: &PanelProblem, panels: &[Option<Vec<usize>>]) -> i64 {
    let of = |(visit, panel): (usize, &Option<Vec<usize>>)| match panel {
        Some(members) => members.iter().map(|&member| i64::from(problem.costs[visit][member])).sum(),
        None => UNFILLED,
    };
    panels.iter().enumerate().map(of).sum()
}

/// Gives each visit its cheapest panel while the others stay, until nothing changes.
fn improve(problem: &PanelProblem, panels: &mut [Option<Vec<usize>>]) {
    let mut left: Vec<i64> = problem.candidates.iter().map(|candidate| i64::from(candidate.most)).collect();
    for &member in panels.iter().flatten().flatten() {
        left[member] -= 1;
    }
    let none = vec![0; problem.candidates.len()];
    for _ in 0..20 {
        let mut changed = false;
        for (visit, panel) in panels.iter_mut().enumerate() {
            let before = panel.take();
            for &member in before.iter().flatten() {
                left[member] += 1;
            }
            let mut own = Own::of(problem);
            for (candidate, left) in left.iter().enumerate() {
                if *left <= 0 {
                    own.set(candidate, Free::Out);
                }
            }
            let costs = priced(problem, visit, &none);
            let of = |members: &Vec<usize>| members.iter().map(|&member| costs[member]).sum::<i64>();
            let found = cheapest(problem, visit, &costs, &own).map(|(_, members)| members);
            let better = match (&before, &found) {
                (Some(before), Some(found)) => of(found) < of(before),
                (None, Some(_)) => true,
                _ => false,
            };
            *panel = if better { found } else { before };
            changed |= better;
            for &member in panel.iter().flatten() {
                left[member] -= 1;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Whose seats are all taken is out of the open ones. `false` where somebody has to sit on more panels than allowed.
fn settle(problem: &PanelProblem, owns: &mut [Own]) -> bool {
    for (candidate, known) in problem.candidates.iter().enumerate() {
        let taken = owns.iter().filter(|own| own.get(candidate) == Free::In).count() as u32;
        if taken > known.most {
            return false;
        }
        if taken == known.most {
            for own in owns.iter_mut().filter(|own| own.get(candidate) == Free::Open) {
                own.set(candidate, Free::Out);
            }
        }
    }
    true
}

/// Who to decide on: of the most overloaded candidate the first seat that is not decided; else anybody who is not.
fn branch(problem: &PanelProblem, owns: &[Own], answer: &Answer) -> Option<(usize, usize)> {
    let mut order: Vec<usize> = (0..answer.overload.len()).collect();
    order.sort_by_key(|&c| (-answer.overload[c], c));
    let sits =
        |visit: usize, candidate: usize| answer.panels[visit].as_ref().is_some_and(|panel| panel.contains(&candidate));
    let open = |visit: usize, candidate: usize| {
        owns[visit].get(candidate) == Free::Open && problem.barred[visit][candidate] == 0
    };
    let find = |fits: &dyn Fn(usize, usize) -> bool| {
        let visits = |&candidate: &usize| {
            let visit = (0..owns.len()).find(|&visit| open(visit, candidate) && fits(visit, candidate))?;
            Some((visit, candidate))
        };
        order.iter().find_map(visits)
    };
    find(&sits).or_else(|| find(&|_, _| true))
}
