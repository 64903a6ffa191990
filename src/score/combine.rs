//! Steps 5 and 6: from scores to the composites of groups and of the whole, with the points each score brings.

use crate::model::edition::{Aggregation, Combine, Edition, Rescale};
use crate::model::measure::Status;
use crate::model::score::Score;
use crate::score::hierarchy::{Element, Floor, Hierarchy, Leaf};
use crate::score::missing::{self, StandIn};

/// Groups are shown however little of them could be scored, their coverage beside them; only the total has a floor
/// (`the` method notes, section 6: below the floor no overall, pillar scores stay).
const NO_FLOOR: f64 = 0.0;

/// Forgives the binary images of decimal weights where coverage is held against the floor.
pub(super) const TOLERANCE: f64 = 1e-9;

/// Share of their size by which composites must differ to be different.
const ALIKE: f64 = 1e-12;

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

    /// What enters the mean for it.
    pub fn leaf(&self, stand_in: StandIn) -> Leaf {
        match (self.score, stand_in) {
            (Some(score), _) => Leaf { value: Some(score), covered: true, withheld: false },
            (None, StandIn::Entered(score)) if self.missing => {
                Leaf { value: Some(score), covered: false, withheld: false }
            }
            (None, StandIn::Withheld) if self.missing => Leaf { value: None, covered: false, withheld: true },
            _ => Leaf { value: None, covered: false, withheld: false },
        }
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

/// The weighted mean over the parts that have a score, where at least `floor` of the weight (0–1) has one. A stand-in for
/// a missing score enters the mean but not the coverage.
pub fn weighted_mean(floor: f64, parts: &[Part], stand_in: StandIn) -> Mean {
    let leaves = || parts.iter().map(|part| (part.weight, part.leaf(stand_in)));
    let mut points = vec![None; parts.len()];
    let (value, coverage) = mean(floor, leaves, &mut points);
    Mean { value, coverage, points }
}

/// Value and coverage of a weighted mean over pairs of weight and leaf; the points of each are put into `points`, where
/// that is not empty.
pub(super) fn mean<I: Iterator<Item = (f64, Leaf)>>(
    floor: f64,
    leaves: impl Fn() -> I,
    points: &mut [Option<f64>],
) -> (Option<f64>, f64) {
    let (mut total, mut covered, mut used, mut withheld) = (0.0, 0.0, 0.0, false);
    for (weight, leaf) in leaves() {
        total += weight;
        if leaf.covered {
            covered += weight;
        }
        if leaf.value.is_some() {
            used += weight;
        }
        withheld |= leaf.withheld && weight > 0.0;
    }
    if total <= 0.0 || covered <= 0.0 {
        return (None, 0.0);
    }
    let coverage = (covered / total).min(1.0);
    if coverage + TOLERANCE < floor || withheld {
        return (None, coverage);
    }
    let share = |(weight, leaf): (f64, Leaf)| leaf.value.map(|score| weight * score / used);
    let value = leaves().filter_map(share).sum::<f64>().clamp(0.0, 100.0);
    for (points, leaf) in points.iter_mut().zip(leaves()) {
        *points = share(leaf);
    }
    (Some(value), coverage)
}

/// Factor and offset of a straight line; `None` where the value stands as it is.
pub type Line = Option<(f64, f64)>;

/// What follows a mean as a straight line: factor and offset, from the composites of the compared units where it needs
/// them; `None` where the value stands as it is. Where all of them are alike a `min_max` gives all the upper end.
pub fn line(then: Rescale, composites: impl Iterator<Item = f64>) -> Line {
    match then {
        Rescale::None => None,
        Rescale::Top100 => {
            Some(composites.fold(0.0, f64::max)).filter(|best| *best > 0.0).map(|best| (100.0 / best, 0.0))
        }
        Rescale::Linear { factor, offset } => Some((factor, offset)),
        Rescale::MinMax { from, to: [low, high] } => {
            let ends = |(least, most): (f64, f64), value: f64| (least.min(value), most.max(value));
            let [least, most] = from.unwrap_or_else(|| {
                let (least, most) = composites.fold((f64::INFINITY, f64::NEG_INFINITY), ends);
                [least, most]
            });
            // What differs in the last bits only is alike.
            if most - least > ALIKE * most.abs().max(least.abs()) {
                let factor = (high - low) / (most - least);
                Some((factor, low - factor * least))
            } else {
                Some((0.0, high))
            }
        }
    }
}

/// `a · x + b`, kept within `bounds`: those of `to` where the ends are given, else 0–100.
pub(crate) fn kept(then: Rescale, value: f64) -> f64 {
    match then {
        Rescale::MinMax { to: [low, high], .. } => value.clamp(low, high),
        _ => value.clamp(0.0, 100.0),
    }
}

/// What follows the mean: `a · x + b`, kept within 0–100. The points are changed so that they still sum to the value:
/// the offset falls on each part by its weight. (After a `min_max` they keep their proportions instead: there the offset
/// may be many times the value.)
pub fn rescale(mean: &mut Mean, parts: &[Part], factor: f64, offset: f64) {
    let weights = |at: usize| parts[at].weight;
    rescaled(&mut mean.value, &mut mean.points, &weights, (factor, offset), Rescale::Linear { factor, offset });
}

/// The same for a value and its points by themselves.
pub(super) fn rescaled(
    value: &mut Option<f64>,
    points: &mut [Option<f64>],
    weights: &dyn Fn(usize) -> f64,
    (factor, offset): (f64, f64),
    then: Rescale,
) {
    let Some(before) = *value else { return };
    let used: f64 = points.iter().enumerate().filter(|(_, points)| points.is_some()).map(|(at, _)| weights(at)).sum();
    let after = factor * before + offset;
    let kept = kept(then, after);
    *value = Some(kept);
    if let Rescale::MinMax { .. } = then {
        // Drawn out between its ends a composite is still made of its parts as it was.
        for (at, points) in points.iter_mut().enumerate() {
            *points = points.map(|own| if before == 0.0 { kept * weights(at) / used } else { kept * (own / before) });
        }
        return;
    }
    // Where the bounds cut, all points are cut alike.
    let cut = if after == kept || after == 0.0 { 1.0 } else { kept / after };
    for (at, points) in points.iter_mut().enumerate() {
        if let Some(points) = points {
            *points = cut * (factor * *points + offset * weights(at) / used);
        }
    }
}

/// How an edition's plain means are made: weights by indicator and the indicators within each group.
pub struct Plan<'a> {
    edition: &'a Edition,
    weights: Vec<f64>,
    members: Vec<Vec<usize>>,
}

impl<'a> Plan<'a> {
    /// Looks the groups up once.
    pub fn new(edition: &'a Edition) -> Self {
        let weights = edition.indicators.iter().map(|indicator| indicator.weight).collect();
        Plan { edition, weights, members: members(edition) }
    }

    /// Weights by indicator.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Composites of one unit as means over indicators: the groups in edition order, then the total, not yet rescaled, as
    /// value and coverage. Points of the total by indicator are put into `points`.
    pub fn of_unit(&self, leaves: &[Leaf], points: &mut [Option<f64>]) -> Vec<(Option<f64>, f64)> {
        let weighed = |at: usize| (self.weights[at], leaves[at]);
        let mut means: Vec<(Option<f64>, f64)> = Vec::with_capacity(self.members.len() + 1);
        for members in &self.members {
            means.push(mean(NO_FLOOR, || members.iter().map(|&indicator| weighed(indicator)), &mut []));
        }
        points.fill(None);
        let (total, coverage) = mean(self.edition.coverage_floor, || (0..leaves.len()).map(weighed), points);
        if self.edition.combine.with == Aggregation::None {
            points.fill(None);
            means.push((None, coverage));
        } else {
            means.push((total, coverage));
        }
        means
    }
}

/// The total of an institution of which only the scores of the outer groups are known, as published tables show them:
/// one score per group without parent, in edition order. A group without score counts as missing. What follows the mean
/// is done where it needs no other institutions.
pub fn total_of_groups(edition: &Edition, group_scores: &[Option<f64>]) -> Mean {
    let outer = edition.groups.iter().filter(|group| group.parent.is_none());
    let parts: Vec<Part> = outer
        .enumerate()
        .map(|(at, group)| {
            let score = group_scores.get(at).copied().flatten();
            Part { weight: group.weight, score, missing: score.is_none() }
        })
        .collect();
    let stand_in = missing::stand_in(edition.missing, parts.iter().filter_map(|part| part.score));
    let alone = matches!(edition.combine.then, Rescale::Linear { .. } | Rescale::MinMax { from: Some(_), .. });
    match edition.combine.with {
        Aggregation::WeightedMean => {
            let mut mean = weighted_mean(edition.coverage_floor, &parts, stand_in);
            if let Some(line) = line(edition.combine.then, std::iter::empty()).filter(|_| alone) {
                let weights = |at: usize| parts[at].weight;
                rescaled(&mut mean.value, &mut mean.points, &weights, line, edition.combine.then);
            }
            mean
        }
        with => {
            let then = if alone { edition.combine.then } else { Rescale::None };
            let root = parts.len();
            let leaf = |part: &Part| Element {
                parent: Some(root),
                weight: part.weight,
                combine: Combine::default(),
                floor: Floor::Weight(0.0),
            };
            let mut elements: Vec<Element> = parts.iter().map(leaf).collect();
            let floor = Floor::Weight(edition.coverage_floor);
            elements.push(Element { parent: None, weight: 100.0, combine: Combine { with, then }, floor });
            let leaves: Vec<Vec<Leaf>> = parts.iter().map(|part| vec![part.leaf(stand_in)]).collect();
            match Hierarchy::new(elements) {
                Some(tree) if root > 0 => {
                    let found = tree.aggregate(&leaves);
                    Mean {
                        value: found.values[root][0],
                        coverage: found.coverage[root][0],
                        points: found.points(&tree, root, root, 0),
                    }
                }
                _ => Mean { value: None, coverage: 0.0, points: Vec::new() },
            }
        }
    }
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
