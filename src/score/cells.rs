//! Cells on their way: raw values and scores of all units, unit by unit, before they are written out.

use rayon::prelude::*;

use crate::model::edition::{Edition, MissingRule};
use crate::model::measure::{Measures, Reason, Status};
use crate::model::score::Score;
use crate::model::unit::UnitIndex;
use crate::score::combine::Part;
use crate::score::grid::Grid;
use crate::score::hierarchy::Leaf;
use crate::score::indicator::{Placed, Scored};
use crate::score::missing;
use crate::score::raw::{self, Raw, Reader};
use crate::score::types::Types;

/// All that is known of the cells, unit by unit, and of the indicators.
pub struct Cells {
    /// The shape.
    pub grid: Grid,
    /// Raw values by slot.
    pub raws: Vec<Raw>,
    /// Scores and ranks by slot.
    pub placed: Vec<Placed>,
    /// What holds for the whole of each indicator.
    pub columns: Vec<Scored>,
}

impl Cells {
    /// Raw values of a level that uses scores of those before it, entered into the raw values and once more as plain
    /// numbers into `values`.
    pub fn next_level(
        &mut self,
        types: &Types,
        measures: &Measures,
        readers: &[Reader],
        level: &[usize],
        values: &mut [f64],
    ) {
        let Cells { grid, raws, placed, columns } = self;
        let rows = raws.par_chunks_mut(grid.width).zip(placed.par_chunks(grid.width));
        rows.zip(values.par_chunks_mut(grid.width)).enumerate().for_each(|(unit, ((raws, placed), values))| {
            let unit_type = types.of_unit[unit];
            for &at in level {
                let scored = |other: usize| {
                    let (score, status, _) = cell(&raws[other], placed[other], columns[other].compared(unit_type));
                    Some(raw::Scored { status, score, n: raws[other].n })
                };
                let raw = readers[at].raw(unit_type, measures.row(unit), scored);
                (raws[at], values[at]) = (raw, raw.scorable());
            }
        });
    }

    /// A cell of the scorecard.
    #[inline]
    pub fn score(&self, types: &Types, edition: &Edition, slot: usize, contribution: Option<f64>) -> Score {
        let (unit, indicator) = self.grid.place(slot);
        let (raw, placed, column) = (&self.raws[slot], self.placed[slot], &self.columns[indicator]);
        let unit_type = types.of_unit[unit];
        let (score, status, reason) = cell(raw, placed, column.compared(unit_type));
        Score {
            // Units are numbered by `u32`.
            unit: UnitIndex(unit as u32),
            indicator,
            status,
            reason,
            raw: raw.value(),
            numerator: raw.numerator(),
            denominator: raw.denominator(),
            n: raw.n,
            score,
            low: None,
            high: None,
            weight: edition.indicators[indicator].weight,
            contribution,
            rank: score.map(|_| placed.rank),
            of: column.of.get(unit_type).copied().unwrap_or(0),
            benchmark: score.and_then(|_| column.sources[unit_type].clone()),
        }
    }

    /// What each indicator enters into the means of a unit: its score, or what stands in for it.
    pub fn leaves(&self, rule: MissingRule, unit_type: usize, weights: &[f64], unit: usize, leaves: &mut Vec<Leaf>) {
        let row = unit * self.grid.width..(unit + 1) * self.grid.width;
        let (raws, placed) = (&self.raws[row.clone()], &self.placed[row]);
        let own = placed.iter().zip(weights).filter(|(placed, weight)| placed.rank > 0 && **weight > 0.0);
        let stand_in = missing::stand_in(rule, own.map(|(placed, _)| placed.score));
        leaves.clear();
        leaves.extend(raws.iter().zip(placed).zip(weights).enumerate().map(|(at, ((raw, placed), &weight))| {
            if placed.rank > 0 {
                return Leaf { value: Some(placed.score), covered: true, withheld: false };
            }
            let column = &self.columns[at];
            let (score, status, _) = cell(raw, *placed, column.compared(unit_type));
            let imputed = column.stand_ins.get(unit_type).copied().flatten();
            let part = Part { weight, score, missing: status == Status::Missing };
            part.leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
        }));
    }
}

/// Score of a cell with the status and the reason that this gives it. `compared` says whether there was anything to
/// compare its value with.
fn cell(raw: &Raw, placed: Placed, compared: bool) -> (Option<f64>, Status, Option<Reason>) {
    if placed.rank > 0 {
        (Some(placed.score), raw.status, raw.reason)
    } else if raw.reason.is_none() && !compared {
        (None, Status::NotScorable, Some(Reason::NoBenchmark))
    } else {
        (None, raw.status, raw.reason)
    }
}

/// Raw values of the first level, and these once more as plain numbers: what may not be scored is not a number. Both unit
/// by unit, with places for the other levels.
pub fn first_level(
    grid: Grid,
    types: &Types,
    measures: &Measures,
    readers: &[Reader],
    level: &[usize],
) -> (Vec<Raw>, Vec<f64>) {
    let first: Vec<bool> = (0..grid.width).map(|at| level.contains(&at)).collect();
    let (mut raws, mut values) = (Vec::new(), Vec::new());
    (0..grid.slots())
        .into_par_iter()
        .with_min_len(grid.width)
        .map(|slot| {
            let (unit, at) = grid.place(slot);
            let raw = if first[at] {
                readers[at].raw(types.of_unit[unit], measures.row(unit), |_| None)
            } else {
                Raw::absent(Status::Missing, Reason::DependsOnMissing)
            };
            (raw, raw.scorable())
        })
        .unzip_into_vecs(&mut raws, &mut values);
    (raws, values)
}
