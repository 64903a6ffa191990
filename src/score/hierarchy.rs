//! A tree of weighted elements: indicators within groups within groups, to any depth, combined level by level.
//!
//! Only the proportions of weights among siblings count. So weights that are relative within their parent and weights in
//! percent of the total are both read rightly, and [`Hierarchy::effective_weights`] brings either to shares of the total.

use rayon::prelude::*;

use crate::model::edition::{Aggregation, Combine, Rescale};
use crate::score::aggregation::{self, Present};
use crate::score::combine::{self, Line};
use crate::score::outranking;

/// A value so much smaller than what it is the difference of is nothing, and is split by weight.
const EVEN: f64 = 1e-9;

/// What must be there before an element is given a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Floor {
    /// This share of the weight below it, 0–1.
    Weight(f64),
    /// This share of its direct parts, by number, 0–1.
    Count(f64),
}

/// An element of the tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Element {
    /// The element that it is part of.
    pub parent: Option<usize>,
    /// Weight, not negative.
    pub weight: f64,
    /// How its parts become its value.
    pub combine: Combine,
    /// What must be there.
    pub floor: Floor,
}

/// Elements in a checked order.
#[derive(Debug, Clone, PartialEq)]
pub struct Hierarchy {
    elements: Vec<Element>,
    parts: Vec<Vec<usize>>,
    /// All elements, parts before what they are part of.
    order: Vec<usize>,
}

/// The value of a leaf for one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaf {
    /// The score, or what stands in for it.
    pub value: Option<f64>,
    /// Whether it is the unit's own.
    pub covered: bool,
    /// Whether nothing above it may be given a value.
    pub withheld: bool,
}

impl From<Option<f64>> for Leaf {
    fn from(value: Option<f64>) -> Self {
        Leaf { value, covered: value.is_some(), withheld: false }
    }
}

/// Values of all elements for all units.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregated {
    /// `values[element][unit]`.
    pub values: Vec<Vec<Option<f64>>>,
    /// Share of the weight below that is covered, 0–1, alike.
    pub coverage: Vec<Vec<f64>>,
    /// Share that it has of the value of what it is part of, alike; those of an element's parts sum to 1 where it has a
    /// value.
    portions: Vec<Vec<Option<f64>>>,
    /// The line on which each element was rescaled.
    pub lines: Vec<Line>,
}

/// What one element comes to for one unit.
struct Cell {
    value: Option<f64>,
    coverage: f64,
    withheld: bool,
    portions: Vec<Option<f64>>,
}

impl Cell {
    /// Takes the value away.
    fn empty(&mut self) {
        self.value = None;
        self.portions.fill(None);
    }
}

impl Hierarchy {
    /// The tree of these elements; `None` where a parent does not exist or a chain of parents turns in a circle.
    pub fn new(elements: Vec<Element>) -> Option<Hierarchy> {
        let mut parts = vec![Vec::new(); elements.len()];
        let mut depths = Vec::with_capacity(elements.len());
        for (at, element) in elements.iter().enumerate() {
            if let Some(parent) = element.parent {
                parts.get_mut(parent)?.push(at);
            }
            let (mut depth, mut above) = (0, element.parent);
            while let Some(parent) = above {
                depth += 1;
                if depth > elements.len() {
                    return None;
                }
                above = elements.get(parent)?.parent;
            }
            depths.push(depth);
        }
        let mut order: Vec<usize> = (0..elements.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(depths[at]));
        Some(Hierarchy { elements, parts, order })
    }

    /// The elements.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// Weights as shares of the total: the product of the shares among siblings, up to the root. Elements without parent
    /// have 1; where all siblings weigh nothing, so do they.
    pub fn effective_weights(&self) -> Vec<f64> {
        let mut weights = vec![1.0; self.elements.len()];
        for &at in self.order.iter().rev() {
            let total: f64 = self.parts[at].iter().map(|&part| self.elements[part].weight).sum();
            for &part in &self.parts[at] {
                weights[part] = if total > 0.0 { weights[at] * self.elements[part].weight / total } else { 0.0 };
            }
        }
        weights
    }

    /// The same tree with one element counting for nothing.
    pub fn without(&self, element: usize) -> Hierarchy {
        let mut other = self.clone();
        if let Some(left_out) = other.elements.get_mut(element) {
            left_out.weight = 0.0;
        }
        other
    }

    /// Values of all elements. `leaves[element][unit]` holds those of the first elements; elements beyond them are
    /// combined from their parts, and have no value where they have none.
    pub fn aggregate(&self, leaves: &[Vec<Leaf>]) -> Aggregated {
        self.aggregate_on(leaves, None)
    }

    /// As [`Hierarchy::aggregate`], rescaled on the lines of another run, one per element, where they are given. What is
    /// made of comparisons in pairs has no value then: the others are not there.
    pub fn aggregate_on(&self, leaves: &[Vec<Leaf>], lines: Option<&[Line]>) -> Aggregated {
        let units = leaves.first().map_or(0, Vec::len);
        let count = self.elements.len();
        let mut found = Aggregated {
            values: vec![Vec::new(); count],
            coverage: vec![Vec::new(); count],
            portions: vec![vec![None; units]; count],
            lines: vec![None; count],
        };
        let mut withheld = vec![Vec::new(); count];
        for &at in &self.order {
            if let Some(leaf) = leaves.get(at) {
                found.values[at] = leaf.iter().map(|cell| cell.value).collect();
                found.coverage[at] = leaf.iter().map(|cell| f64::from(u8::from(cell.covered))).collect();
                withheld[at] = leaf.iter().map(|cell| cell.withheld).collect();
                continue;
            }
            let mut cells = self.cells(at, units, &found, &withheld);
            if lines.is_some() && self.elements[at].combine.with == Aggregation::Copeland {
                cells.iter_mut().for_each(Cell::empty);
            }
            found.lines[at] = match lines {
                Some(lines) => lines.get(at).copied().flatten(),
                None => combine::line(self.elements[at].combine.then, cells.iter().filter_map(|cell| cell.value)),
            };
            self.rescale(at, found.lines[at], &mut cells);
            for (unit, cell) in cells.iter().enumerate() {
                for (&part, portion) in self.parts[at].iter().zip(&cell.portions) {
                    found.portions[part][unit] = *portion;
                }
            }
            found.values[at] = cells.iter().map(|cell| cell.value).collect();
            found.coverage[at] = cells.iter().map(|cell| cell.coverage).collect();
            withheld[at] = cells.iter().map(|cell| cell.withheld).collect();
        }
        found
    }

    /// Values of one element from those of its parts, not yet rescaled.
    fn cells(&self, at: usize, units: usize, found: &Aggregated, withheld: &[Vec<bool>]) -> Vec<Cell> {
        let (element, parts) = (&self.elements[at], &self.parts[at]);
        let weight = |part: usize| self.elements[part].weight;
        let total: f64 = parts.iter().map(|&part| weight(part)).sum();
        let compared = (element.combine.with == Aggregation::Copeland).then(|| {
            let columns: Vec<Vec<Option<f64>>> = parts
                .iter()
                .map(|&part| {
                    let values = found.values[part].iter().zip(&withheld[part]);
                    values.map(|(value, withheld)| value.filter(|_| !withheld)).collect()
                })
                .collect();
            let weights: Vec<f64> = parts.iter().map(|&part| weight(part)).collect();
            outranking::comparisons(&columns, &weights)
        });
        (0..units)
            .into_par_iter()
            .map(|unit| {
                let coverage = self.coverage(at, total, &|part| found.coverage[part][unit]);
                let withheld = parts.iter().any(|&part| withheld[part][unit] && weight(part) > 0.0);
                let present: Vec<usize> =
                    parts.iter().copied().filter(|&part| found.values[part][unit].is_some()).collect();
                let nothing = Cell { value: None, coverage, withheld, portions: vec![None; parts.len()] };
                if withheld || coverage <= 0.0 || !element.floor.holds(coverage, present.len(), parts.len()) {
                    return nothing;
                }
                let whole = match &compared {
                    Some(compared) => {
                        let own = &compared[unit];
                        let won = own.by_column.iter().zip(parts);
                        let won: Vec<f64> = won.map(|(halves, &part)| *halves as f64 * weight(part)).collect();
                        own.share().map(|value| (value, split(value, &won)))
                    }
                    None => {
                        let scores: Vec<Present> = present
                            .iter()
                            .filter_map(|&part| {
                                Some(Present { weight: weight(part), score: found.values[part][unit]? })
                            })
                            .collect();
                        aggregation::mean(element.combine.with, &scores).map(|mean| (mean.value, mean.points))
                    }
                };
                let Some((value, points)) = whole else { return nothing };
                let mut portions = nothing.portions;
                let of_compared = points.len() == parts.len();
                for (at, part) in present.iter().enumerate() {
                    let place = parts.iter().position(|other| other == part).unwrap_or(at);
                    portions[place] = Some(points[if of_compared { place } else { at }]);
                }
                Cell { value: Some(value), coverage, withheld, portions }
            })
            .collect()
    }

    /// Share of the weight below an element that is covered. Of the best so many, only so many need to be there.
    fn coverage(&self, at: usize, total: f64, of_part: &dyn Fn(usize) -> f64) -> f64 {
        let parts = &self.parts[at];
        if let Aggregation::BestOf(count) = self.elements[at].combine.with {
            let mut all: Vec<f64> =
                parts.iter().filter(|&&part| self.elements[part].weight > 0.0).map(|&part| of_part(part)).collect();
            all.sort_by(|one, other| other.total_cmp(one));
            let needed = count.min(all.len());
            return if needed > 0 { all[..needed].iter().sum::<f64>() / needed as f64 } else { 0.0 };
        }
        let covered: f64 = parts.iter().map(|&part| self.elements[part].weight * of_part(part)).sum();
        if total > 0.0 { (covered / total).min(1.0) } else { 0.0 }
    }

    /// What follows the mean, over all units; turns points into portions.
    fn rescale(&self, at: usize, line: Line, cells: &mut [Cell]) {
        let then = self.elements[at].combine.then;
        for cell in cells {
            let Some(before) = cell.value else { continue };
            let present = || self.parts[at].iter().zip(&cell.portions).filter(|(_, points)| points.is_some());
            let used: f64 = present().map(|(&part, _)| self.elements[part].weight).sum();
            let (factor, offset) = line.unwrap_or((1.0, 0.0));
            let after = factor * before + offset;
            // Points keep their proportions, but that the offset of a straight line falls on each part by its weight.
            let (scale, added) = if let Rescale::Linear { .. } = then { (factor, offset) } else { (1.0, 0.0) };
            let whole = scale * before + added;
            let even = whole.abs() <= EVEN * (scale * before).abs().max(added.abs());
            for (&part, points) in self.parts[at].iter().zip(&mut cell.portions) {
                let share = if used > 0.0 { self.elements[part].weight / used } else { 0.0 };
                *points = points.map(|points| if even { share } else { (scale * points + added * share) / whole });
            }
            // Without a rescaling the value stands as it is.
            cell.value = Some(if line.is_some() { combine::kept(then, after) } else { before });
        }
    }
}

impl Floor {
    /// Whether an element with this coverage and so many present ones of its parts has a value.
    pub(crate) fn holds(self, coverage: f64, present: usize, parts: usize) -> bool {
        match self {
            Floor::Weight(share) => coverage + combine::TOLERANCE >= share,
            Floor::Count(share) => parts > 0 && present as f64 / parts as f64 >= share,
        }
    }
}

/// `value` split in proportion to what was won.
fn split(value: f64, won: &[f64]) -> Vec<f64> {
    let total: f64 = won.iter().sum();
    won.iter().map(|own| if total > 0.0 { value * own / total } else { 0.0 }).collect()
}

impl Aggregated {
    /// Points that each of the first `leaves` elements brings to the value of `root` for one unit; `None` where it plays
    /// none. They sum to the value.
    pub fn points(&self, hierarchy: &Hierarchy, root: usize, leaves: usize, unit: usize) -> Vec<Option<f64>> {
        let mut points: Vec<Option<f64>> = vec![None; hierarchy.elements.len()];
        points[root] = self.values[root][unit];
        for &at in hierarchy.order.iter().rev() {
            if let Some(own) = points[at] {
                for &part in &hierarchy.parts[at] {
                    points[part] = self.portions[part][unit].map(|portion| own * portion);
                }
            }
        }
        points.truncate(leaves);
        points
    }
}
