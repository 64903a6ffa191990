//! Comparisons that must hold together: either weights that make them hold, or a proof that none do.
//!
//! Comparisons are rows r with r·w above a limit. Where multipliers λ ≥ 0 of sum 1 bring the greatest (Σ λ·r)·w over
//! all weights of the band to the limit or below, no weights lift every row above it: of numbers whose mean is at most the
//! limit, one is. A linear programme only finds λ, the dual solution of "lift the lowest row as far as possible"; the proof is checked
//! by itself, since the greatest value over a band is had by sorting. Basic solutions have no more positive λ than there are
//! weights and one, so the proof names few rows. [`game`] is asked first, and where it proves nothing a general solver.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use crate::whatif::certified::band::{Band, product};
use crate::whatif::certified::game::{self, Play};

/// Multipliers below this share are left out of a proof.
const NOTHING: f64 = 1e-9;

/// What a linear programme comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// These of the rows cannot hold together, proven.
    Conflict(Vec<usize>),
    /// With these weights the lowest row is about as high as it can be.
    Weights(Vec<f64>),
    /// The solver failed, or its answer is too near the limit to be proven.
    Open,
}

/// Whether all `rows` can be above `limit` together; `strict` says that reaching it is not enough.
pub fn answer(rows: &[&[f64]], limit: f64, strict: bool, band: &Band) -> Answer {
    let judged = |multipliers: Option<Vec<f64>>, weights: &dyn Fn() -> Option<Vec<f64>>| {
        let conflict = multipliers.and_then(|multipliers| conflict(rows, &multipliers, limit, strict, band));
        conflict.or_else(|| holding(rows, weights()?, limit, strict)).unwrap_or(Answer::Open)
    };
    if let Some(Play { multipliers, weights }) = game::play(rows, band) {
        let answer = judged(Some(multipliers), &|| Some(weights.clone()));
        if answer != Answer::Open {
            return answer;
        }
    }
    judged(multipliers(rows, band), &|| weights(rows, band))
}

/// The conflict that multipliers prove, if they do.
fn conflict(rows: &[&[f64]], multipliers: &[f64], limit: f64, strict: bool, band: &Band) -> Option<Answer> {
    let named: Vec<usize> = (0..rows.len()).filter(|&at| multipliers[at] > NOTHING).collect();
    let total: f64 = named.iter().map(|&at| multipliers[at]).sum();
    let mut mean = vec![0.0; band.len()];
    for &at in &named {
        for (sum, value) in mean.iter_mut().zip(rows[at]) {
            *sum += multipliers[at] / total * value;
        }
    }
    let greatest = band.maximum(&mean);
    let proven = if strict { greatest <= limit } else { greatest < limit };
    (proven && !named.is_empty()).then_some(Answer::Conflict(named))
}

/// The weights, if every row is above the limit with them.
fn holding(rows: &[&[f64]], weights: Vec<f64>, limit: f64, strict: bool) -> Option<Answer> {
    let lowest = rows.iter().map(|row| product(row, &weights)).fold(f64::INFINITY, f64::min);
    let holds = if strict { lowest > limit } else { lowest >= limit };
    holds.then_some(Answer::Weights(weights))
}

/// λ that makes the greatest (Σ λ·r)·w least, by a general solver: min y + Σ high·p − Σ low·q over y + pᵢ − qᵢ = Σ λ·rᵢ.
fn multipliers(rows: &[&[f64]], band: &Band) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let free = (0.0, f64::INFINITY);
    let level = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
    let lambdas: Vec<Variable> = rows.iter().map(|_| problem.add_var(0.0, free)).collect();
    for (at, (low, high)) in band.low().iter().zip(band.high()).enumerate() {
        let mut sum: Vec<(Variable, f64)> = vec![(level, 1.0)];
        // A bound that the sum of one implies needs no multiplier.
        if *high < 1.0 {
            sum.push((problem.add_var(*high, free), 1.0));
        }
        sum.push((problem.add_var(-low, free), -1.0));
        sum.extend(lambdas.iter().zip(rows).map(|(lambda, row)| (*lambda, -row[at])));
        problem.add_constraint(sum, ComparisonOp::Eq, 0.0);
    }
    problem.add_constraint(lambdas.iter().map(|lambda| (*lambda, 1.0)).collect::<Vec<_>>(), ComparisonOp::Eq, 1.0);
    let outcome = problem.solve().ok()?;
    let solution = outcome.solution()?;
    Some(lambdas.iter().map(|lambda| solution.var_value(*lambda).max(0.0)).collect())
}

/// Weights that lift the lowest row as far as possible, by a general solver.
fn weights(rows: &[&[f64]], band: &Band) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let lowest = problem.add_var(1.0, (f64::NEG_INFINITY, f64::INFINITY));
    let bounds = band.low().iter().zip(band.high());
    let weights: Vec<Variable> = bounds.map(|(low, high)| problem.add_var(0.0, (*low, *high))).collect();
    problem.add_constraint(weights.iter().map(|weight| (*weight, 1.0)).collect::<Vec<_>>(), ComparisonOp::Eq, 1.0);
    for row in rows {
        let mut sum: Vec<(Variable, f64)> = weights.iter().copied().zip(row.iter().copied()).collect();
        sum.push((lowest, -1.0));
        problem.add_constraint(sum, ComparisonOp::Ge, 0.0);
    }
    let outcome = problem.solve().ok()?;
    let solution = outcome.solution()?;
    Some(band.fitted(&weights.iter().map(|weight| solution.var_value(*weight)).collect::<Vec<_>>()))
}
