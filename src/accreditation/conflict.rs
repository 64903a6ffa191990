//! Why there is no panel: demands that cannot be met together, none of which can be left out of the conflict.

use crate::accreditation::panel::cheapest::{Own, cheapest};
use crate::accreditation::panel::{Effort, solve};
use crate::model::accreditation::panel::{Bar, Demand, PanelProblem, Visit};

/// The smallest set of demands of one visit that conflict, by number; of several as small, the first in the order members,
/// areas, chair, quotas, bars. Where the visit can have a panel by itself, the load of the candidates and other visits
/// take part: then the set is minimal (no demand of it can be left out), found by the deletion filter
/// (Chinneck and Dravnieks, ORSA Journal on Computing 3, 1991, 157–168). Empty where nothing conflicts.
pub fn conflict(problem: &PanelProblem, visit: usize, effort: Effort) -> Vec<Demand> {
    let demands = demands(problem, visit);
    if feasible(problem, visit, &demands) {
        return with_others(problem, visit, demands, effort);
    }
    let filtered = filter(demands.clone(), |kept| !feasible(problem, visit, kept));
    smallest(&demands, filtered, |kept| !feasible(problem, visit, kept))
}

fn demands(problem: &PanelProblem, visit: usize) -> Vec<Demand> {
    let wanted = &problem.visits[visit];
    let mut demands = vec![Demand::Members(wanted.members)];
    demands.extend((0..63).filter(|bit| wanted.areas >> bit & 1 == 1).map(Demand::Area));
    demands.extend(wanted.chair.then_some(Demand::Chair));
    demands.extend(wanted.quota.then_some(Demand::Quota));
    let used = problem.barred[visit].iter().fold(0, |all, bits| all | bits);
    demands.extend(Bar::ALL.into_iter().filter(|bar| used & bar.bit() != 0).map(Demand::Bar));
    demands
}

/// The problem in which a visit makes these demands alone.
fn relaxed(problem: &PanelProblem, visit: usize, demands: &[Demand], members: usize) -> PanelProblem {
    let areas = demands.iter().fold(0, |all, demand| if let Demand::Area(bit) = demand { all | 1 << bit } else { all });
    let bars = demands.iter().fold(0, |all, demand| if let Demand::Bar(bar) = demand { all | bar.bit() } else { all });
    let (chair, quota) = (demands.contains(&Demand::Chair), demands.contains(&Demand::Quota));
    let mut relaxed = problem.clone();
    relaxed.visits[visit] = Visit { members, areas, chair, quota };
    for bits in &mut relaxed.barred[visit] {
        *bits &= bars;
    }
    relaxed
}

/// Whether a visit by itself can have a panel under these demands; without a demand on members any number will do.
fn feasible(problem: &PanelProblem, visit: usize, demands: &[Demand]) -> bool {
    let sizes = match demands.iter().find_map(|demand| if let Demand::Members(n) = demand { Some(*n) } else { None }) {
        Some(members) => members..=members,
        None => 1..=problem.candidates.len().max(1),
    };
    let costs = vec![0; problem.candidates.len()];
    sizes.into_iter().any(|members| {
        let relaxed = relaxed(problem, visit, demands, members);
        cheapest(&relaxed, visit, &costs, &Own::of(&relaxed)).is_some()
    })
}

/// Leaves out, one after the other, what is not needed for the conflict.
fn filter(mut demands: Vec<Demand>, conflicts: impl Fn(&[Demand]) -> bool) -> Vec<Demand> {
    let mut at = 0;
    while at < demands.len() {
        let mut fewer = demands.clone();
        fewer.remove(at);
        if conflicts(&fewer) {
            demands = fewer;
        } else {
            at += 1;
        }
    }
    demands
}

/// The first of the smallest conflicts, none larger than a known one.
fn smallest(demands: &[Demand], known: Vec<Demand>, conflicts: impl Fn(&[Demand]) -> bool) -> Vec<Demand> {
    for size in 1..=known.len() {
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let kept: Vec<Demand> = chosen.iter().map(|&index| demands[index].clone()).collect();
            if conflicts(&kept) {
                return kept;
            }
            let Some(at) = (0..size).rev().find(|&at| chosen[at] < demands.len() - size + at) else { break };
            chosen[at] += 1;
            for next in at + 1..size {
                chosen[next] = chosen[next - 1] + 1;
            }
        }
    }
    known
}

/// The conflict of a visit with others over the load of the candidates.
fn with_others(problem: &PanelProblem, visit: usize, own: Vec<Demand>, effort: Effort) -> Vec<Demand> {
    let mut demands: Vec<Demand> = (0..problem.visits.len()).filter(|&v| v != visit).map(Demand::Visit).collect();
    demands.extend(own);
    demands.push(Demand::Load);
    let conflicts = |kept: &[Demand]| {
        let mut own: Vec<Demand> = Vec::new();
        let mut visits = Vec::new();
        for demand in kept {
            match demand {
                Demand::Visit(other) => visits.push(*other),
                demand => own.push(demand.clone()),
            }
        }
        // Without a limit of load the others take nobody away.
        if !own.contains(&Demand::Load) {
            return !feasible(problem, visit, &own);
        }
        visits.push(visit);
        let sizes = match own.iter().find_map(|demand| if let Demand::Members(n) = demand { Some(*n) } else { None }) {
            Some(members) => vec![members],
            None => (1..=problem.candidates.len().max(1)).collect(),
        };
        !sizes.into_iter().any(|members| {
            let mut relaxed = relaxed(problem, visit, &own, members);
            relaxed.barred = visits.iter().map(|&v| relaxed.barred[v].clone()).collect();
            relaxed.costs = vec![vec![0; problem.candidates.len()]; visits.len()];
            relaxed.visits = visits.iter().map(|&v| relaxed.visits[v].clone()).collect();
            solve(&relaxed, effort).panels.iter().all(Option::is_some)
        })
    };
    if conflicts(&demands) { filter(demands, conflicts) } else { Vec::new() }
}
