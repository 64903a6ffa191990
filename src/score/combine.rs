//! Steps 5 and 6: from scores to the composites of groups and of the whole, with the points each score brings.

use crate::model::edition::{Aggregation, Edition, Rescale};
use crate::model::measure::Status;
use crate::model::score::Score;
use crate::score::missing::{self, StandIn};

/// Forgives the binary images of decimal weights where coverage is held against the floor.
const TOLERANCE: f64 = 1e-9;

/// One part of a weighted mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Weight in percent of the edition, not negative.
    pub weight: f64,
    /// 0–100.
    pub score: Option<f64>,
    /// Whether the score could be known and is not, so that the edition's missing rule speaks.
    pub missing: bool,
}

impl Part {
    /// The part that a cell plays.
    pub fn of(score: &Score) -> Self {
        Part { weight: score.weight, score: score.score, missing: score.status == Status::Missing }
    }
}

/// A weighted mean with its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Mean {
    /// 0–100; `None` below the coverage floor or where the missing rule withholds it.
    pub value: Option<f64>,
    /// Share of the weight that has a score, 0–1; 0 where there is no weight at all.
    pub coverage: f64,
    /// Points of each part, `None` where it plays none; they sum to the value.
    pub points: Vec<Option<f64>>,
}

/// The weighted mean over the parts that have a score, with the edition's missing rule and coverage floor. A stand-in
/// for a missing score enters the mean but not the coverage.
pub fn weighted_mean(edition: &Edition, parts: &[Part], stand_in: StandIn) -> Mean {
    let nothing = |coverage: f64| Mean { value: None, coverage, points: vec![None; parts.len()] };
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    let covered: f64 = parts.iter().filter(|part| part.score.is_some()).map(|part| part.weight).sum();
    if total <= 0.0 || covered <= 0.0 {
        return nothing(0.0);
    }
    let coverage = (covered / total).min(1.0);
    let gap = parts.iter().any(|part| part.missing && part.score.is_none() && part.weight > 0.0);
    if coverage + TOLERANCE < edition.coverage_floor || (gap && stand_in == StandIn::Withheld) {
        return nothing(coverage);
    }
    let entered: Vec<Option<f64>> = parts
        .iter()
        .map(|part| match (part.score, stand_in) {
            (Some(score), _) => Some(score),
            (None, StandIn::Entered(score)) if part.missing => Some(score),
            _ => None,
        })
        .collect();
    let used: f64 = parts.iter().zip(&entered).filter(|(_, score)| score.is_some()).map(|(part, _)| part.weight).sum();
    let points: Vec<Option<f64>> =
        parts.iter().zip(&entered).map(|(part, score)| score.map(|score| part.weight * score / used)).collect();
    let value = points.iter().flatten().sum::<f64>().clamp(0.0, 100.0);
    Mean { value: Some(value), coverage, points }
}

/// What follows the mean: `a · x + b`, kept within 0–100. The points are changed so that they still sum to the value:
/// the offset falls on each part by its weight.
pub fn rescale(mean: &mut Mean, parts: &[Part], factor: f64, offset: f64) {
    let Some(before) = mean.value else { return };
    let used: f64 =
        parts.iter().zip(&mean.points).filter(|(_, points)| points.is_some()).map(|(part, _)| part.weight).sum();
    let after = factor * before + offset;
    let kept = after.clamp(0.0, 100.0);
    // Where the bounds cut, all points are cut alike.
    let cut = if after == kept || after == 0.0 { 1.0 } else { kept / after };
    for (part, points) in parts.iter().zip(&mut mean.points) {
        if let Some(points) = points {
            *points = cut * (factor * *points + offset * part.weight / used);
        }
    }
    mean.value = Some(kept);
}

/// Composites of one unit: the groups in edition order, then the total. The total is not yet rescaled to the best of
/// the compared units.
pub fn of_unit(edition: &Edition, members: &[Vec<usize>], scores: &[Score]) -> Vec<Mean> {
    let own: Vec<f64> = scores.iter().filter(|cell| cell.weight > 0.0).filter_map(|cell| cell.score).collect();
    let stand_in = missing::stand_in(edition.missing, &own);
    let mut means: Vec<Mean> = members
        .iter()
        .map(|members| {
            let parts: Vec<Part> = members.iter().map(|&indicator| Part::of(&scores[indicator])).collect();
            weighted_mean(edition, &parts, stand_in)
        })
        .collect();
    let parts: Vec<Part> = scores.iter().map(Part::of).collect();
    means.push(total(edition, &parts, stand_in));
    means
}

/// The total over parts, with a linear rescaling but without [`Rescale::Top100`], which needs all units.
fn total(edition: &Edition, parts: &[Part], stand_in: StandIn) -> Mean {
    let mut mean = weighted_mean(edition, parts, stand_in);
    if edition.combine.with == Aggregation::None {
        return Mean { value: None, coverage: mean.coverage, points: vec![None; parts.len()] };
    }
    if let Rescale::Linear { factor, offset } = edition.combine.then {
        rescale(&mut mean, parts, factor, offset);
    }
    mean
}

/// The total of an institution of which only the scores of the outer groups are known, as published tables show them:
/// one score per group without parent, in edition order. A group without score counts as missing.
pub fn total_of_groups(edition: &Edition, group_scores: &[Option<f64>]) -> Mean {
    let outer = edition.groups.iter().filter(|group| group.parent.is_none());
    let parts: Vec<Part> = outer
        .enumerate()
        .map(|(at, group)| {
            let score = group_scores.get(at).copied().flatten();
            Part { weight: group.weight, score, missing: score.is_none() }
        })
        .collect();
    let own: Vec<f64> = parts.iter().filter_map(|part| part.score).collect();
    total(edition, &parts, missing::stand_in(edition.missing, &own))
}

/// Indices of the indicators within each group or a group below it, in edition order.
pub fn members(edition: &Edition) -> Vec<Vec<usize>> {
    let within = |code: &str, group: &str| {
        let mut at = Some(code);
        // A chain of parents is no longer than the list of groups; a longer one would be a cycle.
        for _ in 0..=edition.groups.len() {
            match at {
                Some(code) if code == group => return true,
                Some(code) => {
                    let here = edition.groups.iter().find(|known| known.code == code);
                    at = here.and_then(|known| known.parent.as_deref());
                }
                None => return false,
            }
        }
        false
    };
    edition
        .groups
        .iter()
        .map(|group| {
            let indicators = edition.indicators.iter().enumerate();
            indicators.filter(|(_, indicator)| within(&indicator.group, &group.code)).map(|(at, _)| at).collect()
        })
        .collect()
}
