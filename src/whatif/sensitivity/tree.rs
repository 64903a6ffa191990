//! Totals of a tree of weighted elements, again and again with other weights and means.
//!
//! The rules are those of `score::hierarchy`, and of `score::combine` where an edition is one mean over its indicators, to
//! the last bit; what is left out is all that only one scorecard needs: portions, coverage and lines by element. What a
//! draw changes is given with it, so that one tree serves all draws, in any number of threads.

use crate::model::edition::{Aggregation, Combine, Rescale};
use crate::score::aggregation::{self, Present};
use crate::score::combine;
use crate::score::hierarchy::{Element, Floor};
use crate::score::outranking;

/// What the first elements of a tree have for each unit.
pub trait Leaves: Sync {
    /// Number of units.
    fn units(&self) -> usize;

    /// Appends to `cells`, element after element, what each unit has.
    fn enter(&self, cells: &mut Cells);
}

/// What elements have for each unit, element after element.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cells {
    /// Values, not a number where there is none.
    pub values: Vec<f64>,
    /// Share of the weight below that is the unit's own, 0–1.
    pub coverage: Vec<f64>,
    /// Where nothing above may have a value; empty where nowhere.
    pub withheld: Vec<bool>,
}

/// Columns of values as they are, not a number where there is none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    units: usize,
    values: Vec<f64>,
}

impl Columns {
    /// Columns of one length.
    pub fn new(columns: &[Vec<Option<f64>>]) -> Self {
        let units = columns.first().map_or(0, Vec::len);
        Columns { units, values: columns.iter().flatten().map(|value| value.unwrap_or(f64::NAN)).collect() }
    }
}

impl Leaves for Columns {
    fn units(&self) -> usize {
        self.units
    }

    fn enter(&self, cells: &mut Cells) {
        cells.values.extend_from_slice(&self.values);
        cells.coverage.extend(self.values.iter().map(|value| f64::from(u8::from(!value.is_nan()))));
    }
}

/// A tree of elements, the last being the total.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    elements: Vec<Element>,
    parts: Vec<Vec<usize>>,
    /// Elements above the leaves, parts before what they are part of.
    order: Vec<usize>,
    /// Of one mean over all leaves, kept within 0–100.
    flat: bool,
}

/// Room for the values of a draw, so that draws of one thread need no new one.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    cells: Cells,
    present: Vec<Present>,
}

impl Scratch {
    /// What each unit came to on an element of the tree that was last worked out, of so many units.
    pub fn column(&self, element: usize, units: usize) -> &[f64] {
        &self.cells.values[element * units..(element + 1) * units]
    }
}

impl Tree {
    /// The tree of elements of which the first `leaves` have values and the last is the total. `None` where a parent does
    /// not come after its parts, which every hierarchy of leaves, groups and total can be ordered to.
    pub fn new(elements: Vec<Element>, leaves: usize) -> Option<Tree> {
        let mut parts = vec![Vec::new(); elements.len()];
        let mut heights = vec![0_usize; elements.len()];
        let root = elements.len().checked_sub(1)?;
        for (at, element) in elements.iter().enumerate() {
            match element.parent {
                Some(parent) => parts.get_mut(parent)?.push(at),
                None if at == root => {}
                None => return None,
            }
            // A chain of parents that does not end at the total is a circle.
            let (mut above, mut steps) = (element.parent, 0);
            while let Some(parent) = above {
                steps += 1;
                if steps > elements.len() || parent < leaves {
                    return None;
                }
                above = elements.get(parent)?.parent;
            }
            heights[at] = steps;
        }
        let mut order: Vec<usize> = (leaves..elements.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(heights[at]));
        Some(Tree { elements, parts, order, flat: false })
    }

    /// One mean over all leaves, kept within 0–100.
    pub fn flat(leaves: usize, total: Combine, floor: f64) -> Tree {
        let leaf =
            |_| Element { parent: Some(leaves), weight: 0.0, combine: Combine::default(), floor: Floor::Weight(0.0) };
        let mut elements: Vec<Element> = (0..leaves).map(leaf).collect();
        elements.push(Element { parent: None, weight: 100.0, combine: total, floor: Floor::Weight(floor) });
        let mut parts = vec![Vec::new(); leaves];
        parts.push((0..leaves).collect());
        Tree { elements, parts, order: vec![leaves], flat: true }
    }

    /// The direct parts of the total.
    pub fn outer(&self) -> &[usize] {
        self.parts.last().map_or(&[], Vec::as_slice)
    }

    /// The elements.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// The same tree with this mean in every element above the leaves.
    #[must_use]
    pub fn with(mut self, mean: Aggregation) -> Tree {
        self.order.iter().for_each(|&at| self.elements[at].combine.with = mean);
        self
    }

    /// The same tree without what follows the mean of the total.
    #[must_use]
    pub fn unscaled(mut self) -> Tree {
        if let Some(root) = self.elements.last_mut() {
            root.combine.then = Rescale::None;
        }
        self
    }

    /// Totals of all units into `totals`, not a number where there is none. `weights` holds the weight of each element,
    /// of which only the proportions among siblings count.
    pub fn totals(&self, leaves: &impl Leaves, weights: &[f64], scratch: &mut Scratch, totals: &mut [f64]) {
        let units = leaves.units();
        let cells = &mut scratch.cells;
        cells.values.clear();
        cells.coverage.clear();
        cells.withheld.clear();
        leaves.enter(cells);
        cells.values.resize(self.elements.len() * units, f64::NAN);
        cells.coverage.resize(self.elements.len() * units, 0.0);
        if !cells.withheld.is_empty() {
            cells.withheld.resize(self.elements.len() * units, false);
        }
        for &at in &self.order {
            self.element(at, units, weights, scratch);
        }
        let root = self.elements.len() - 1;
        totals.copy_from_slice(&scratch.cells.values[root * units..]);
    }

    /// Values of one element from those of its parts.
    fn element(&self, at: usize, units: usize, weights: &[f64], scratch: &mut Scratch) {
        let combine = self.elements[at].combine;
        let Scratch { cells, present } = scratch;
        let parts = &self.parts[at];
        let total: f64 = parts.iter().map(|&part| weights[part]).sum();
        let compared = (combine.with == Aggregation::Copeland).then(|| {
            let column = |&part: &usize| {
                let slots = part * units..(part + 1) * units;
                let withheld = |slot: usize| cells.withheld.get(slot) == Some(&true);
                slots.map(|slot| Some(cells.values[slot]).filter(|value| !value.is_nan() && !withheld(slot))).collect()
            };
            let columns: Vec<Vec<Option<f64>>> = parts.iter().map(column).collect();
            let own: Vec<f64> = parts.iter().map(|&part| weights[part]).collect();
            outranking::comparisons(&columns, &own)
        });
        for unit in 0..units {
            let coverage = self.coverage(at, combine.with, total, weights, |part| cells.coverage[part * units + unit]);
            cells.coverage[at * units + unit] = coverage;
            present.clear();
            let mut withheld = false;
            for &part in parts {
                let score = cells.values[part * units + unit];
                if !score.is_nan() {
                    present.push(Present { weight: weights[part], score });
                }
                withheld |= cells.withheld.get(part * units + unit) == Some(&true) && weights[part] > 0.0;
            }
            if let Some(own) = cells.withheld.get_mut(at * units + unit) {
                *own = withheld;
            }
            let floor = self.elements[at].floor.holds(coverage, present.len(), parts.len());
            let value = if withheld || coverage <= 0.0 || !floor {
                None
            } else if let Some(compared) = &compared {
                compared[unit].share()
            } else if self.flat && combine.with == Aggregation::WeightedMean {
                plain(present).map(|mean| mean.clamp(0.0, 100.0))
            } else {
                mean(combine.with, present)
            };
            cells.values[at * units + unit] = value.unwrap_or(f64::NAN);
        }
        let column = &mut cells.values[at * units..(at + 1) * units];
        if combine.then != Rescale::None {
            let known = column.iter().copied().filter(|value| !value.is_nan());
            if let Some((factor, offset)) = combine::line(combine.then, known) {
                column.iter_mut().for_each(|value| *value = combine::kept(combine.then, factor * *value + offset));
            }
        }
    }

    /// Share of the weight below an element that is covered.
    fn coverage(
        &self,
        at: usize,
        with: Aggregation,
        total: f64,
        weights: &[f64],
        of_part: impl Fn(usize) -> f64,
    ) -> f64 {
        let parts = &self.parts[at];
        if let Aggregation::BestOf(count) = with {
            let mut all: Vec<f64> =
                parts.iter().filter(|&&part| weights[part] > 0.0).map(|&part| of_part(part)).collect();
            all.sort_by(|one, other| other.total_cmp(one));
            let needed = count.min(all.len());
            return if needed > 0 { all[..needed].iter().sum::<f64>() / needed as f64 } else { 0.0 };
        }
        let covered: f64 = parts.iter().map(|&part| weights[part] * of_part(part)).sum();
        if total > 0.0 { (covered / total).min(1.0) } else { 0.0 }
    }
}

/// Σ w·s / Σ w over what is there.
fn plain(parts: &[Present]) -> Option<f64> {
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    (total > 0.0).then(|| parts.iter().map(|part| part.weight * part.score / total).sum())
}

/// [`aggregation::mean`] without points.
fn mean(with: Aggregation, parts: &[Present]) -> Option<f64> {
    match with {
        Aggregation::WeightedMean => plain(parts).map(|value| aggregation::within(value, parts)),
        Aggregation::Geometric => aggregation::geometric_mean(parts).map(|value| aggregation::within(value, parts)),
        _ => aggregation::mean(with, parts).map(|mean| mean.value),
    }
}
