//! The cheapest panel of one visit, exactly: what is still needed is branched on, the rest is taken greedily.
//!
//! Once every area has its expert and somebody can chair, members are free but for the quotas of the schools, and taking
//! the cheapest is best (a matroid). Before that, the need with the fewest candidates is branched on, and a branch is left
//! as soon as its members and the cheapest others cost no less than what is known.

use crate::model::accreditation::panel::PanelProblem;

/// What is decided of a candidate at a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Free {
    /// Nothing.
    Open,
    /// Sits on the panel.
    In,
    /// Does not.
    Out,
}

/// What is decided at one visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own(Vec<Free>);

impl Own {
    /// Nothing is decided.
    pub fn of(problem: &PanelProblem) -> Own {
        Own(vec![Free::Open; problem.candidates.len()])
    }

    /// What is decided of a candidate.
    pub fn get(&self, candidate: usize) -> Free {
        self.0[candidate]
    }

    /// Decides.
    pub fn set(&mut self, candidate: usize, free: Free) {
        self.0[candidate] = free;
    }
}

/// The bit that stands for the chair beside the areas.
const CHAIR: u64 = 1 << 63;

struct Branching<'a> {
    problem: &'a PanelProblem,
    quota: bool,
    costs: &'a [i64],
    /// Open candidates, the cheapest first.
    order: Vec<usize>,
    /// What each candidate meets of the needs.
    meets: Vec<u64>,
    out: Vec<bool>,
    members: Vec<usize>,
    schools: Vec<u32>,
    best: Option<(i64, Vec<usize>)>,
}

/// The cheapest panel of a visit and its cost; of equal ones always the same. `None` where there is none.
///
/// `costs` are those of the seats, never below 0; barred candidates do not sit, whatever is decided.
pub fn cheapest(problem: &PanelProblem, visit: usize, costs: &[i64], own: &Own) -> Option<(i64, Vec<usize>)> {
    let wanted = &problem.visits[visit];
    let needs = wanted.areas | if wanted.chair { CHAIR } else { 0 };
    let meets: Vec<u64> = problem
        .candidates
        .iter()
        .map(|candidate| (candidate.areas & wanted.areas) | if candidate.chairs { CHAIR } else { 0 })
        .collect();
    let mut branching = Branching {
        problem,
        quota: wanted.quota,
        costs,
        order: Vec::new(),
        meets,
        out: vec![false; costs.len()],
        members: Vec::new(),
        schools: vec![0; problem.quotas.len()],
        best: None,
    };
    let mut needed = needs;
    let mut cost = 0;
    for (candidate, own_cost) in costs.iter().enumerate() {
        let barred = problem.barred[visit][candidate] != 0;
        match own.get(candidate) {
            Free::In if barred || !branching.has_room(candidate) => return None,
            Free::In => {
                needed &= !branching.meets[candidate];
                cost += own_cost;
                branching.seat(candidate);
            }
            Free::Open if !barred => branching.order.push(candidate),
            Free::Open | Free::Out => {}
        }
    }
    if branching.members.len() > wanted.members {
        return None;
    }
    branching.order.sort_by_key(|&candidate| (costs[candidate], candidate));
    let seats = wanted.members - branching.members.len();
    branching.descend(seats, needed, cost);
    branching.best.map(|(cost, mut members)| {
        members.sort_unstable();
        (cost, members)
    })
}

impl Branching<'_> {
    fn has_room(&self, candidate: usize) -> bool {
        let school = self.problem.candidates[candidate].school;
        self.allows(school, self.schools[school])
    }

    /// Whether a school that sends so many may send one more.
    fn allows(&self, school: usize, sent: u32) -> bool {
        !self.quota || self.problem.quotas[school].is_none_or(|quota| sent < quota)
    }

    fn seat(&mut self, candidate: usize) {
        self.schools[self.problem.candidates[candidate].school] += 1;
        self.members.push(candidate);
        self.out[candidate] = true;
    }

    fn descend(&mut self, seats: usize, needed: u64, cost: i64) {
        let Some(least) = self.least(seats) else { return };
        if self.best.as_ref().is_some_and(|(best, _)| cost + least >= *best) {
            return;
        }
        if needed == 0 {
            self.fill(seats, cost);
            return;
        }
        if seats == 0 {
            return;
        }
        let Some(choices) = self.scarcest(needed) else { return };
        // Of two panels with the same members in another order only one is looked at: who was tried is out of the rest.
        for (tried, &candidate) in choices.iter().enumerate() {
            if self.has_room(candidate) {
                self.seat(candidate);
                self.descend(seats - 1, needed & !self.meets[candidate], cost + self.costs[candidate]);
                self.members.pop();
                self.schools[self.problem.candidates[candidate].school] -= 1;
            }
            self.out[candidate] = true;
            if tried + 1 == choices.len() {
                for &candidate in &choices {
                    self.out[candidate] = false;
                }
            }
        }
    }

    /// What the cheapest open candidates cost at least; `None` where there are too few.
    fn least(&self, seats: usize) -> Option<i64> {
        let mut sum = 0;
        let mut left = seats;
        for &candidate in &self.order {
            if left == 0 {
                break;
            }
            if !self.out[candidate] {
                sum += self.costs[candidate];
                left -= 1;
            }
        }
        (left == 0).then_some(sum)
    }

    /// The candidates of the need that the fewest can meet, the cheapest first; `None` where nobody can meet one.
    fn scarcest(&self, needed: u64) -> Option<Vec<usize>> {
        let mut counts = [0_u32; 64];
        for &candidate in &self.order {
            if !self.out[candidate] && self.has_room(candidate) {
                let mut bits = self.meets[candidate] & needed;
                while bits != 0 {
                    counts[bits.trailing_zeros() as usize] += 1;
                    bits &= bits - 1;
                }
            }
        }
        let scarcest = (0..64).filter(|bit| needed >> bit & 1 == 1).min_by_key(|&bit| counts[bit as usize])?;
        if counts[scarcest as usize] == 0 {
            return None;
        }
        let meets = |candidate: &usize| {
            !self.out[*candidate] && self.meets[*candidate] >> scarcest & 1 == 1 && self.has_room(*candidate)
        };
        Some(self.order.iter().copied().filter(meets).collect())
    }

    /// Fills the seats with the cheapest that the schools allow.
    fn fill(&mut self, seats: usize, cost: i64) {
        let mut schools = self.schools.clone();
        let mut members = self.members.clone();
        let mut total = cost;
        for &candidate in &self.order {
            if members.len() == self.members.len() + seats {
                break;
            }
            let school = self.problem.candidates[candidate].school;
            if !self.out[candidate] && self.allows(school, schools[school]) {
                schools[school] += 1;
                total += self.costs[candidate];
                members.push(candidate);
            }
        }
        let full = members.len() == self.members.len() + seats;
        if full && self.best.as_ref().is_none_or(|(best, _)| total < *best) {
            self.best = Some((total, members));
        }
    }
}
