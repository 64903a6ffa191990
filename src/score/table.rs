//! Scores, ranks and composites of all units by one edition, before they are written out as cells.

use rayon::prelude::*;

use crate::model::edition::Edition;
use crate::model::measure::Status;
use crate::model::score::{Composite, Scorecard};
use crate::model::unit::UnitIndex;
use crate::score::cells::Cells;
use crate::score::combine::Line;
use crate::score::composites::{self, Composites};
use crate::score::entry::Entry;
use crate::score::frozen::Frozen;
use crate::score::grid::Grid;
use crate::score::indicator::{self, Comparison, Scored};
use crate::score::raw::{self, Reader};
use crate::score::run::Run;
use crate::score::types::Types;

/// All scores of a run by its edition in their smallest form.
pub struct ScoreTable<'a> {
    run: Run<'a>,
    types: Types<'a>,
    readers: Vec<Reader<'a>>,
    /// `None` where the edition has no indicator.
    cells: Option<Cells>,
    composites: Vec<Composite>,
    points: Vec<f64>,
    lines: Vec<Vec<Line>>,
}

impl<'a> ScoreTable<'a> {
    /// Scores the run; with `frozen`, on the scales of another.
    pub(super) fn new(run: &Run<'a>, frozen: Option<&Frozen>) -> Self {
        let (run, edition) = (*run, run.edition);
        let types = Types::new(run.units).only(run.only);
        let readers = raw::readers(run.measures, run.definitions, edition, &types);
        let overall = edition.groups.len();
        let Some(grid) = Grid::new(run.units.len(), edition.indicators.len()) else {
            let nothing = vec![vec![(None, 0.0); overall + 1]; run.units.len()];
            let composites = composites::ranked(&types.members, &nothing, overall);
            return ScoreTable { run, types, readers, cells: None, composites, points: Vec::new(), lines: Vec::new() };
        };
        let levels = levels(edition);
        let (mut cells, mut values) = Cells::new(grid, &types, run.measures, &readers, &levels);
        let comparison = Comparison { run: &run, types: &types, frozen };
        for (height, level) in levels.iter().enumerate() {
            if height > 0 {
                cells.next_level(&types, run.measures, &readers, level, &mut values);
            }
            let scored: Vec<Scored> = level
                .par_iter()
                .zip(grid.columns(&values, level))
                .map(|(&at, raw)| {
                    let last = |unit: usize| run.last.get(unit * grid.width + at).copied().flatten();
                    indicator::scored(&comparison, at, &raw, &last)
                })
                .collect();
            cells.enter(level, scored);
        }
        drop(values);
        let weights: Vec<f64> = edition.indicators.iter().map(|indicator| indicator.weight).collect();
        let leaves = |unit: usize, own: &mut Vec<_>| {
            cells.leaves(edition.missing, types.of_unit[unit], &weights, unit, own);
        };
        let frozen = frozen.map(|frozen| frozen.lines.as_slice());
        let found = composites::composites(edition, &types.members, grid.units, leaves, frozen);
        let Composites { means, points, lines } = found;
        let composites = composites::ranked(&types.members, &means, overall);
        ScoreTable { run, types, readers, cells: Some(cells), composites, points, lines }
    }

    /// Score of a unit on an indicator, 0–100, with its rank among units of the type.
    pub fn score(&self, unit: UnitIndex, indicator: usize) -> Option<(f64, u32)> {
        let cells = self.cells.as_ref()?;
        let slot = unit.at() * cells.grid.width + indicator;
        let rank = cells.ranks.get(slot).copied().filter(|rank| *rank > 0)?;
        Some((cells.scores[slot], rank))
    }

    /// What the cell of a unit and an indicator enters into the means.
    pub fn entry(&self, unit: UnitIndex, indicator: usize) -> Entry {
        let Some(cells) = self.cells.as_ref() else { return Entry::default() };
        let unit_type = self.types.of_unit[unit.at()];
        let (score, status) = cells.standing(unit.at(), indicator, unit_type);
        let stand_in = cells.columns[indicator].stand_ins.get(unit_type).copied().flatten();
        Entry { score, missing: score.is_none() && status == Status::Missing, stand_in }
    }

    /// Composites, unit by unit: the groups in edition order, then overall.
    pub fn composites(&self) -> &[Composite] {
        &self.composites
    }

    /// By type, in the order of their first unit, the lines on which composites were rescaled.
    pub(super) fn lines(&self) -> &[Vec<Line>] {
        &self.lines
    }

    /// All of it as cells.
    pub fn scorecard(self) -> Scorecard {
        let ScoreTable { run, types, readers, cells, composites, points, .. } = self;
        let edition = run.edition.id.clone();
        let Some(cells) = cells else {
            return Scorecard { edition, scores: Vec::new(), composites, treated: Vec::new() };
        };
        let scores = (0..cells.grid.slots())
            .into_par_iter()
            .with_min_len(cells.grid.width)
            .map(|slot| cells.score(&types, run.measures, &readers, slot, raw::number(points[slot])))
            .collect();
        let treated = cells.columns.into_iter().flat_map(|column| column.treated).collect();
        Scorecard { edition, scores, composites, treated }
    }
}

/// Indices of indicators so that each comes after those whose score it uses. The catalogue refuses circles; in an
/// edition made otherwise their members come last and find no score.
fn levels(edition: &Edition) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..edition.indicators.len()).collect();
    let mut levels = Vec::new();
    while !left.is_empty() {
        let waits = |at: usize| {
            let uses = edition.indicators[at].value.scores();
            left.iter().any(|&other| uses.contains(&edition.indicators[other].code.as_str()))
        };
        let (waiting, ready): (Vec<usize>, Vec<usize>) = left.iter().copied().partition(|&at| waits(at));
        if ready.is_empty() {
            levels.push(waiting);
            break;
        }
        levels.push(ready);
        left = waiting;
    }
    levels
}
