//! Cells on their way: raw values and scores of all units, unit by unit, before they are written out.

use rayon::prelude::*;

use crate::model::edition::MissingRule;
use crate::model::measure::{Measures, Reason, Status};
use crate::model::score::Score;
use crate::model::unit::UnitIndex;
use crate::score::combine::Part;
use crate::score::grid::Grid;
use crate::score::hierarchy::Leaf;
use crate::score::indicator::Scored;
use crate::score::missing;
use crate::score::raw::{self, Raw, Reader};
use crate::score::types::Types;

/// What became of a cell's raw value.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// What the value is.
    status: Status,
    /// Why it is absent or not scored.
    reason: Option<Reason>,
}

impl Standing {
    fn of(raw: &Raw) -> Self {
        Standing { status: raw.status, reason: raw.reason }
    }
}

/// All that is known of the cells, unit by unit, and of the indicators. The rest of a raw value is worked out once more
/// where it is wanted: that is quicker than to keep it.
pub struct Cells {
    /// The shape.
    pub grid: Grid,
    /// What became of raw values, by slot.
    standings: Vec<Standing>,
    /// Counts that raw values rest on, by slot; empty where no indicator uses the score of another.
    counts: Vec<u64>,
    /// Scores by slot.
    pub scores: Vec<f64>,
    /// Their ranks by slot; 0 says that there is no score.
    pub ranks: Vec<u32>,
    /// What holds for the whole of each indicator.
    pub columns: Vec<Scored>,
}

impl Cells {
    /// Cells with the raw values of the first level, second these as plain numbers, by slot: what may not be scored is not
    /// a number.
    pub fn new(
        grid: Grid,
        types: &Types,
        measures: &Measures,
        readers: &[Reader],
        levels: &[Vec<usize>],
    ) -> (Self, Vec<f64>) {
        let first: Vec<bool> = (0..grid.width).map(|at| levels[0].contains(&at)).collect();
        let raw = |slot: usize| {
            let (unit, at) = grid.place(slot);
            if first[at] {
                readers[at].raw(types.of_unit[unit], measures.row(unit), |_| None)
            } else {
                Raw::absent(Status::Missing, Reason::DependsOnMissing)
            }
        };
        let slots = || (0..grid.slots()).into_par_iter().with_min_len(grid.width);
        let (mut standings, mut values) = (Vec::new(), Vec::new());
        let both = |raw: Raw| (Standing::of(&raw), raw.scorable());
        slots().map(|slot| both(raw(slot))).unzip_into_vecs(&mut standings, &mut values);
        let counts = if levels.len() > 1 { slots().map(|slot| raw(slot).n).collect() } else { Vec::new() };
        let (scores, ranks) = (vec![0.0; grid.slots()], vec![0; grid.slots()]);
        let columns = (0..grid.width).map(|_| Scored::default()).collect();
        (Cells { grid, standings, counts, scores, ranks, columns }, values)
    }

    /// Raw values of a level that uses scores of those before it; as plain numbers they are entered into `values`.
    pub fn next_level(
        &mut self,
        types: &Types,
        measures: &Measures,
        readers: &[Reader],
        level: &[usize],
        values: &mut [f64],
    ) {
        let width = self.grid.width;
        let raws: Vec<Raw> = (0..self.grid.units)
            .into_par_iter()
            .flat_map_iter(|unit| level.iter().map(move |&at| (unit, at)))
            .map(|(unit, at)| self.raw(types, measures, readers, unit, at))
            .collect();
        for (place, raw) in raws.into_iter().enumerate() {
            let slot = place / level.len() * width + level[place % level.len()];
            (self.standings[slot], self.counts[slot], values[slot]) = (Standing::of(&raw), raw.n, raw.scorable());
        }
    }

    /// Scores and ranks of a level.
    pub fn enter(&mut self, level: &[usize], scored: Vec<Scored>) {
        let places = || level.iter().copied().zip(&scored);
        let scores: Vec<(usize, &[f64])> = places().map(|(at, scored)| (at, scored.scores.as_slice())).collect();
        self.grid.enter(&mut self.scores, &scores);
        let ranks: Vec<(usize, &[u32])> = places().map(|(at, scored)| (at, scored.ranks.as_slice())).collect();
        self.grid.enter(&mut self.ranks, &ranks);
        for (&at, scored) in level.iter().zip(scored) {
            self.columns[at] = Scored { scores: Vec::new(), ranks: Vec::new(), ..scored };
        }
    }

    /// The raw value of a cell, from the scores that are known.
    #[inline]
    fn raw(&self, types: &Types, measures: &Measures, readers: &[Reader], unit: usize, at: usize) -> Raw {
        let unit_type = types.of_unit[unit];
        readers[at].raw(unit_type, measures.row(unit), |other| {
            let slot = unit * self.grid.width + other;
            let (score, status, _) = self.cell(slot, other, unit_type);
            Some(raw::Scored { status, score, n: self.counts.get(slot).copied().unwrap_or(0) })
        })
    }

    /// Score of a cell with the status and the reason that this gives it.
    fn cell(&self, slot: usize, indicator: usize, unit_type: usize) -> (Option<f64>, Status, Option<Reason>) {
        let Standing { status, reason } = self.standings[slot];
        if self.ranks[slot] > 0 {
            let by_history = self.columns[indicator].by_history(unit_type);
            (Some(self.scores[slot]), if by_history { status.weaker(Status::Proxy) } else { status }, reason)
        } else if reason.is_none() && !self.columns[indicator].compared(unit_type) {
            // There is a value, and nothing to compare it with.
            (None, Status::NotScorable, Some(Reason::NoBenchmark))
        } else {
            (None, status, reason)
        }
    }

    /// Score and status of a cell.
    pub fn standing(&self, unit: usize, indicator: usize, unit_type: usize) -> (Option<f64>, Status) {
        let (score, status, _) = self.cell(unit * self.grid.width + indicator, indicator, unit_type);
        (score, status)
    }

    /// A cell of the scorecard.
    #[inline]
    pub fn score(
        &self,
        types: &Types,
        measures: &Measures,
        readers: &[Reader],
        slot: usize,
        contribution: Option<f64>,
    ) -> Score {
        let (unit, indicator) = self.grid.place(slot);
        let (unit_type, column) = (types.of_unit[unit], &self.columns[indicator]);
        let raw = self.raw(types, measures, readers, unit, indicator);
        let (score, status, reason) = self.cell(slot, indicator, unit_type);
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
            weight: readers[indicator].weight(),
            contribution,
            rank: score.map(|_| self.ranks[slot]),
            of: column.of.get(unit_type).copied().unwrap_or(0),
            benchmark: score.and_then(|_| column.sources[unit_type].clone()),
        }
    }

    /// What each indicator enters into the means of a unit: its score, or what stands in for it.
    pub fn leaves(&self, rule: MissingRule, unit_type: usize, weights: &[f64], unit: usize, leaves: &mut Vec<Leaf>) {
        let first = unit * self.grid.width;
        let scored = |at: usize| self.ranks[first + at] > 0;
        let own = (0..self.grid.width).filter(|&at| scored(at) && weights[at] > 0.0).map(|at| self.scores[first + at]);
        let stand_in = missing::stand_in(rule, own);
        leaves.clear();
        leaves.extend((0..self.grid.width).map(|at| {
            if scored(at) {
                return Leaf { value: Some(self.scores[first + at]), covered: true, withheld: false };
            }
            let (score, status, _) = self.cell(first + at, at, unit_type);
            let imputed = self.columns[at].stand_ins.get(unit_type).copied().flatten();
            let part = Part { weight: weights[at], score, missing: status == Status::Missing };
            part.leaf(imputed.map_or(stand_in, missing::StandIn::Entered))
        }));
    }
}
