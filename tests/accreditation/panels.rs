//! Panels: equal to brute force; conflicts are the smallest there are.

use proptest::prelude::*;
use sanjeh::accreditation::conflict::conflict;
use sanjeh::accreditation::panel::{Effort, solve};
use sanjeh::model::accreditation::panel::{Bar, Candidate, Demand, PanelProblem, Visit};

/// What a visit without a panel costs in [`brute_force`].
const UNFILLED: u64 = 10_000_000;

/// Whether these candidates are a panel of the visit.
fn fits(problem: &PanelProblem, visit: usize, members: &[usize]) -> bool {
    let wanted = &problem.visits[visit];
    let areas = members.iter().fold(0, |all, &member| all | problem.candidates[member].areas);
    let sent = |school: usize| members.iter().filter(|&&m| problem.candidates[m].school == school).count() as u32;
    members.iter().all(|&member| problem.barred[visit][member] == 0)
        && areas & wanted.areas == wanted.areas
        && (!wanted.chair || members.iter().any(|&member| problem.candidates[member].chairs))
        && (!wanted.quota || (0..problem.quotas.len()).all(|s| problem.quotas[s].is_none_or(|quota| sent(s) <= quota)))
}

/// All sets of candidates.
fn sets(candidates: usize) -> impl Iterator<Item = Vec<usize>> {
    (0_u32..1 << candidates).map(move |set| (0..candidates).filter(|c| set >> c & 1 == 1).collect())
}

/// Number of visits without a panel and cost of the best of all plans.
fn brute_force(problem: &PanelProblem) -> (usize, u64) {
    type Panel = (u64, Vec<usize>);
    fn descend(
        problem: &PanelProblem,
        panels: &[Vec<Panel>],
        at: usize,
        (load, cost): (&mut Vec<u32>, u64),
        best: &mut u64,
    ) {
        if cost >= *best || at == panels.len() {
            *best = cost.min(*best);
            return;
        }
        for (own, members) in &panels[at] {
            if members.iter().all(|&member| load[member] < problem.candidates[member].most) {
                members.iter().for_each(|&member| load[member] += 1);
                descend(problem, panels, at + 1, (load, cost + own), best);
                members.iter().for_each(|&member| load[member] -= 1);
            }
        }
        descend(problem, panels, at + 1, (load, cost + UNFILLED), best);
    }
    let panels: Vec<Vec<Panel>> = (0..problem.visits.len())
        .map(|visit| {
            sets(problem.candidates.len())
                .filter(|members| members.len() == problem.visits[visit].members && fits(problem, visit, members))
                .map(|members| (members.iter().map(|&m| u64::from(problem.costs[visit][m])).sum(), members))
                .collect()
        })
        .collect();
    let mut best = u64::MAX;
    descend(problem, &panels, 0, (&mut vec![0; problem.candidates.len()], 0), &mut best);
    ((best / UNFILLED) as usize, best % UNFILLED)
}

prop_compose! {
    fn problems(most_visits: usize, most_candidates: usize)(
        candidates in 3..=most_candidates, visits in 1..=most_visits
    )(
        list in prop::collection::vec((0_u64..16, any::<bool>(), 0_usize..3, 1_u32..3), candidates),
        wanted in prop::collection::vec((1_usize..4, 0_u64..16, prop::bool::weighted(0.8)), visits),
        quotas in prop::collection::vec(prop::option::of(1_u32..3), 3),
        barred in prop::collection::vec(
            prop::collection::vec(prop_oneof![3 => Just(0_u8), 1 => 1_u8..64], candidates), visits),
        costs in prop::collection::vec(prop::collection::vec(0_u32..30, candidates), visits),
    ) -> PanelProblem {
        let candidate = |(areas, chairs, school, most)| Candidate { areas, chairs, school, most };
        let visit = |(members, areas, chair)| Visit { members, areas, chair, quota: true };
        PanelProblem {
            candidates: list.into_iter().map(candidate).collect(),
            visits: wanted.into_iter().map(visit).collect(),
            quotas,
            barred,
            costs,
        }
    }
}

/// Whether some panel meets these demands of the only visit.
fn possible(problem: &PanelProblem, demands: &[Demand]) -> bool {
    let members = demands.iter().find_map(|demand| if let Demand::Members(n) = demand { Some(*n) } else { None });
    let mut relaxed = problem.clone();
    relaxed.visits[0].areas =
        demands.iter().fold(0, |all, d| if let Demand::Area(bit) = d { all | 1 << bit } else { all });
    relaxed.visits[0].chair = demands.contains(&Demand::Chair);
    relaxed.visits[0].quota = demands.contains(&Demand::Quota);
    for bits in &mut relaxed.barred[0] {
        *bits &= demands.iter().fold(0, |all, d| if let Demand::Bar(bar) = d { all | bar.bit() } else { all });
    }
    sets(problem.candidates.len())
        .any(|set| !set.is_empty() && members.is_none_or(|members| set.len() == members) && fits(&relaxed, 0, &set))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn plans_are_the_best_of_all(problem in problems(4, 12)) {
        let plan = solve(&problem, Effort { nodes: 100_000, ..Effort::default() });
        let unfilled = plan.panels.iter().filter(|panel| panel.is_none()).count();
        prop_assert!(plan.proven);
        prop_assert_eq!((unfilled, plan.cost), brute_force(&problem));
        prop_assert_eq!(plan.bound, plan.cost);
        for (visit, panel) in plan.panels.iter().enumerate() {
            let Some(members) = panel else { continue };
            prop_assert!(members.len() == problem.visits[visit].members && fits(&problem, visit, members));
        }
    }

    #[test]
    fn conflicts_are_the_smallest_there_are(problem in problems(1, 8)) {
        let wanted = &problem.visits[0];
        let found = conflict(&problem, 0, Effort::default());
        let mut demands = vec![Demand::Members(wanted.members), Demand::Quota];
        demands.extend((0..4).filter(|bit| wanted.areas >> bit & 1 == 1).map(Demand::Area));
        demands.extend(wanted.chair.then_some(Demand::Chair));
        demands.extend(Bar::ALL.map(Demand::Bar));
        if possible(&problem, &demands) {
            prop_assert!(found.is_empty());
        } else {
            prop_assert!(!possible(&problem, &found), "{found:?} do not conflict");
            let least = sets(demands.len())
                .filter(|set| !possible(&problem, &set.iter().map(|&d| demands[d].clone()).collect::<Vec<_>>()))
                .map(|set| set.len())
                .min();
            prop_assert_eq!(Some(found.len()), least);
        }
    }
}

fn problem(candidates: &[(u64, bool, usize, u32)], visits: &[(usize, u64)]) -> PanelProblem {
    PanelProblem {
        candidates: candidates
            .iter()
            .map(|&(areas, chairs, school, most)| Candidate { areas, chairs, school, most })
            .collect(),
        visits: visits.iter().map(|&(members, areas)| Visit { members, areas, chair: true, quota: true }).collect(),
        quotas: vec![None, Some(1)],
        barred: vec![vec![0; candidates.len()]; visits.len()],
        costs: vec![vec![1; candidates.len()]; visits.len()],
    }
}

#[test]
fn conflicts_name_what_stands_against_a_panel() {
    let no_chair = problem(&[(0, false, 0, 1), (0, false, 0, 1)], &[(1, 0)]);
    assert_eq!(conflict(&no_chair, 0, Effort::default()), [Demand::Chair]);

    let mut only_chair_barred = problem(&[(0, true, 0, 1), (0, false, 0, 1)], &[(1, 0)]);
    only_chair_barred.barred[0][0] = Bar::CoAuthorship.bit();
    assert_eq!(conflict(&only_chair_barred, 0, Effort::default()), [Demand::Chair, Demand::Bar(Bar::CoAuthorship)]);

    let too_few_seats = problem(&[(1, true, 0, 1), (2, true, 0, 1), (4, true, 0, 1)], &[(2, 7)]);
    let areas = [Demand::Members(2), Demand::Area(0), Demand::Area(1), Demand::Area(2)];
    assert_eq!(conflict(&too_few_seats, 0, Effort::default()), areas);

    let one_school = problem(&[(0, true, 1, 1), (0, true, 1, 1)], &[(2, 0)]);
    assert_eq!(conflict(&one_school, 0, Effort::default()), [Demand::Members(2), Demand::Quota]);

    // One chair for two visits, allowed on one panel; the third visit needs nobody of them.
    let shared_chair = problem(&[(0, true, 0, 1), (0, false, 0, 3)], &[(1, 0), (1, 0)]);
    let plan = solve(&shared_chair, Effort::default());
    let without = plan.panels.iter().position(Option::is_none).unwrap();
    let demands = [Demand::Visit(1 - without), Demand::Chair, Demand::Load];
    assert_eq!(conflict(&shared_chair, without, Effort::default()), demands);
}

/// 85 evaluators, 60 units, as many seats as evaluators have room for but for a fifth.
fn large() -> PanelProblem {
    let mut state = 7_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let candidates: Vec<Candidate> = (0..85)
        .map(|_| Candidate {
            areas: 1 << below(8) | 1 << below(8),
            chairs: below(3) > 0,
            school: below(10) as usize,
            most: 3 + below(2) as u32,
        })
        .collect();
    let visits: Vec<Visit> = (0..60)
        .map(|_| Visit { members: 4, areas: 1 << below(8) | 1 << below(8) | 1 << below(8), chair: true, quota: true })
        .collect();
    let barred = (0..60).map(|_| (0..85).map(|_| u8::from(below(8) == 0)).collect()).collect();
    let cost = |visit: &Visit, candidate: &Candidate, chance: u64| {
        5 * (visit.areas & !candidate.areas).count_ones() + chance as u32
    };
    let costs = visits.iter().map(|visit| candidates.iter().map(|c| cost(visit, c, below(12))).collect()).collect();
    PanelProblem { candidates, visits, quotas: vec![Some(2); 10], barred, costs }
}

#[test]
fn sixty_visits_are_planned_with_a_proof() {
    let problem = large();
    let plan = solve(&problem, Effort::default());
    println!("cost {} in {} nodes", plan.cost, plan.nodes);
    assert!(plan.proven);
    for (visit, panel) in plan.panels.iter().enumerate() {
        let members = panel.as_ref().expect("there is room for all");
        assert!(members.len() == 4 && fits(&problem, visit, members));
    }
    let load = |candidate: usize| plan.panels.iter().flatten().flatten().filter(|&&c| c == candidate).count() as u32;
    assert!((0..85).all(|candidate| load(candidate) <= problem.candidates[candidate].most));
    assert_eq!(plan, solve(&problem, Effort::default()));
}
