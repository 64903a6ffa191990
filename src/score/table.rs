//! Composites rebuilt from a table of scores, as rankings publish them: a row per institution, a column per group or
//! indicator.

use crate::model::edition::{Combine, Edition, MissingRule};
use crate::score::combine::Part;
use crate::score::hierarchy::{Element, Floor, Hierarchy, Leaf};
use crate::score::missing::{self, StandIn};

/// Weight in the total of a group or indicator; `None` where the edition has neither of that code.
pub fn weight(edition: &Edition, code: &str) -> Option<f64> {
    let group = edition.groups.iter().find(|group| group.code == code).map(|group| group.weight);
    group.or_else(|| edition.indicators.iter().find(|known| known.code == code).map(|known| known.weight))
}

/// The total of every row, rescaled among all of them. `weights` are those of the columns, `rows[row][column]` scores from
/// 0 to 100, and `rule` says what is done where one is missing: the edition's own, or what the publisher does where the
/// edition is kinder. A rule that looks at the compared looks at the rows.
pub fn totals(edition: &Edition, weights: &[f64], rows: &[Vec<Option<f64>>], rule: MissingRule) -> Vec<Option<f64>> {
    let root = weights.len();
    if root == 0 {
        return vec![None; rows.len()];
    }
    let column = |weight: &f64| Element {
        parent: Some(root),
        weight: *weight,
        combine: Combine::default(),
        floor: Floor::Weight(0.0),
    };
    let mut elements: Vec<Element> = weights.iter().map(column).collect();
    let floor = Floor::Weight(edition.coverage_floor);
    elements.push(Element { parent: None, weight: 100.0, combine: edition.combine, floor });
    // Every column is below the root, which is below nothing.
    let Some(tree) = Hierarchy::new(elements) else { return vec![None; rows.len()] };
    let cell = |row: &Vec<Option<f64>>, at: usize| row.get(at).copied().flatten();
    let lowest: Vec<Option<f64>> =
        (0..root).map(|at| rows.iter().filter_map(|row| cell(row, at)).reduce(f64::min)).collect();
    let mut leaves: Vec<Vec<Leaf>> = vec![Vec::with_capacity(rows.len()); root];
    for row in rows {
        let own = missing::stand_in(rule, (0..root).filter_map(|at| cell(row, at)));
        for (at, leaves) in leaves.iter_mut().enumerate() {
            let score = cell(row, at);
            let stand_in = match (rule, lowest[at]) {
                (MissingRule::LowestOfCompared, Some(lowest)) => StandIn::Entered(lowest),
                _ => own,
            };
            leaves.push(Part { weight: weights[at], score, missing: score.is_none() }.leaf(stand_in));
        }
    }
    tree.aggregate(&leaves).values.swap_remove(root)
}
