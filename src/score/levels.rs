//! Step 5 for editions that combine level by level: indicators to groups, groups to outer groups, those to the total.

use crate::model::edition::{Aggregation, Combine, Edition};
use crate::score::combine::Line;
use crate::score::hierarchy::{Element, Floor, Hierarchy, Leaf};

/// Whether composites are made level by level: the edition says so, or a mean of it is not the plain one.
pub fn by_levels(edition: &Edition) -> bool {
    edition.by_groups
        || !matches!(edition.combine.with, Aggregation::WeightedMean | Aggregation::None)
        || edition.groups.iter().any(|group| group.combine != Combine::default() || group.floor > 0.0)
}

/// The tree of an edition: its indicators, its groups, then the total. Weights in percent of the total are proportions
/// among siblings as well. `None` where groups form a circle or a group is not there; the catalogue refuses both.
pub fn hierarchy(edition: &Edition) -> Option<Hierarchy> {
    let indicators = edition.indicators.len();
    let root = indicators + edition.groups.len();
    let group = |code: &str| edition.groups.iter().position(|group| group.code == code).map(|at| indicators + at);
    let mut elements = Vec::with_capacity(root + 1);
    for indicator in &edition.indicators {
        let parent = Some(group(&indicator.group)?);
        let floor = Floor::Weight(0.0);
        elements.push(Element { parent, weight: indicator.weight, combine: Combine::default(), floor });
    }
    for inner in &edition.groups {
        let parent = Some(match &inner.parent {
            Some(code) => group(code)?,
            None => root,
        });
        let floor = Floor::Weight(inner.floor);
        elements.push(Element { parent, weight: inner.weight, combine: inner.combine, floor });
    }
    let floor = Floor::Weight(edition.coverage_floor);
    elements.push(Element { parent: None, weight: 100.0, combine: edition.combine, floor });
    Hierarchy::new(elements)
}

/// Composites of compared units.
pub struct Levels {
    /// By unit, the groups in edition order and then the total: value and coverage.
    pub means: Vec<Vec<(Option<f64>, f64)>>,
    /// By unit, the points that each indicator brings to the total.
    pub points: Vec<Vec<Option<f64>>>,
    /// By element, the line on which it was rescaled.
    pub lines: Vec<Line>,
}

/// Composites of units that are compared with each other, rescaled; with `lines`, on those of another run.
/// `leaves[indicator][unit]`.
pub fn composites(hierarchy: &Hierarchy, leaves: &[Vec<Leaf>], lines: Option<&[Line]>) -> Levels {
    let found = hierarchy.aggregate_on(leaves, lines);
    let root = hierarchy.elements().len() - 1;
    let units = leaves.first().map_or(0, Vec::len);
    let of_unit = |unit: usize| {
        (leaves.len()..=root).map(|element| (found.values[element][unit], found.coverage[element][unit])).collect()
    };
    Levels {
        means: (0..units).map(of_unit).collect(),
        points: (0..units).map(|unit| found.points(hierarchy, root, leaves.len(), unit)).collect(),
        lines: found.lines,
    }
}
