//! The local baseline: cells of the assessment's own publications, where no better is known.
//!
//! Where a cell is too small the next wider one is used: all fields of the year and type, then of the year.

use rustc_hash::FxHashMap;

use crate::measure::field::{ALL, Key, Placed};
use crate::model::baseline::{Cell, Step, WHOLE, parts};

/// All document types, in a key.
const ALL_TYPES: u32 = u32::MAX;

/// Cells of the own publications.
#[derive(Debug)]
pub struct Local(FxHashMap<Key, Cell>);

impl Local {
    /// Counts every publication with a year and citations among the first `existing`.
    pub fn new(placed: &Placed, existing: usize) -> Self {
        let mut steps: FxHashMap<Key, Vec<Step>> = FxHashMap::default();
        for (index, fields) in placed.fields.iter().enumerate().take(existing) {
            let Some((year, citations)) = placed.cited(index) else { continue };
            let document_type = placed.types[index];
            let narrow =
                fields.iter().zip(parts(fields.len())).map(|(&field, part)| ((field, year, document_type), part));
            let wide = [((ALL, year, document_type), WHOLE), ((ALL, year, ALL_TYPES), WHOLE)];
            for (key, weight) in narrow.chain(wide) {
                steps.entry(key).or_default().push(Step { citations, works: 1, weight });
            }
        }
        Local(steps.into_iter().map(|(key, steps)| (key, Cell::new(steps))).collect())
    }

    /// The narrowest cell of at least `smallest` publications around a key.
    pub fn cell(&self, (field, year, document_type): Key, smallest: u64) -> Option<&Cell> {
        [(field, year, document_type), (ALL, year, document_type), (ALL, year, ALL_TYPES)]
            .iter()
            .filter_map(|key| self.0.get(key))
            .find(|cell| cell.works() >= smallest)
    }
}
