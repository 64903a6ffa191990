//! Every visit by itself, under prices of the candidates' seats.

use crate::accreditation::panel::cheapest::{Own, cheapest};
use crate::accreditation::panel::priced;
use crate::model::accreditation::panel::PanelProblem;

/// Parts of one unit of cost: prices are whole numbers of these.
pub const SCALE: i64 = 1024;

/// What a visit without a panel costs: more than all seats together ever do.
pub const UNFILLED: i64 = 10_000_000;

/// What the visits take.
#[derive(Debug, Clone)]
pub struct Answer {
    /// No plan costs less, in parts of [`SCALE`].
    pub bound: i64,
    /// Per visit.
    pub panels: Vec<Option<Vec<usize>>>,
    /// Per candidate, seats less those allowed.
    pub overload: Vec<i64>,
}

/// The cheapest panel of every visit under prices, and the bound that follows.
pub fn price(problem: &PanelProblem, owns: &[Own], prices: &[i64]) -> Answer {
    let mut overload: Vec<i64> = problem.candidates.iter().map(|candidate| -i64::from(candidate.most)).collect();
    let mut bound: i64 = -overload.iter().zip(prices).map(|(left, price)| -left * price).sum::<i64>();
    let mut panels = Vec::with_capacity(problem.visits.len());
    for (visit, own) in owns.iter().enumerate() {
        let costs = priced(problem, visit, prices);
        match cheapest(problem, visit, &costs, own) {
            Some((cost, members)) if cost < UNFILLED * SCALE => {
                bound += cost;
                for &member in &members {
                    overload[member] += 1;
                }
                panels.push(Some(members));
            }
            _ => {
                bound += UNFILLED * SCALE;
                panels.push(None);
            }
        }
    }
    Answer { bound, panels, overload }
}
