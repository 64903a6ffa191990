//! Scores of a changed unit on the scales of the run as it was: nobody else moves, so what moves is the unit's own.
//!
//! Stability intervals and the integrity panel ask what a unit would score with other publications. Each such question is
//! a row of changed measures; all rows of a unit are scored together as if they were units of its type, on the scales
//! and with the best total of the run.

use std::collections::BTreeMap;

use crate::model::edition::{Damped, Normaliser};
use crate::model::measure::{MeasuredValue, Measures, Reason};
use crate::model::names::Names;
use crate::model::score::{Score, Scorecard};
use crate::model::stability::{Samples, interval};
use crate::model::unit::{UnitIndex, UnitRow, Units};
use crate::score::combine::Line;
use crate::score::damping;
use crate::score::run::Run;
use crate::score::table::ScoreTable;
use crate::score::types::Types;

/// What the units of one type are compared with in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    /// Per indicator the raw values of the units of the type.
    pub own: Vec<Vec<f64>>,
    /// By code of an indicator, the raw value of the unit that its distances are measured to.
    pub references: BTreeMap<String, f64>,
    /// The lines on which composites were rescaled.
    pub lines: Vec<Line>,
}

/// The raw value of a cell that units of its type are compared with.
fn comparable(score: &Score) -> Option<f64> {
    score.raw.filter(|_| matches!(score.reason, None | Some(Reason::NoBenchmark)))
}

impl Run<'_> {
    /// What the units of each type are compared with.
    pub fn frozen(&self) -> BTreeMap<String, Frozen> {
        let indicators = &self.edition.indicators;
        let types = Types::new(self.units);
        let table = self.table();
        let lines = table.lines().to_vec();
        let scorecard = table.scorecard();
        let cell = |unit: usize, at: usize| {
            let slot = unit * indicators.len() + at;
            let raw = comparable(&scorecard.scores[slot])?;
            // As it was compared: damped.
            let rule = indicators[at].damping.as_ref().filter(|rule| rule.on == Damped::Raw);
            let last = self.last.get(slot).copied().flatten();
            Some(rule.zip(last).map_or(raw, |(rule, last)| damping::damped(raw, last, rule)))
        };
        let reference = |at: usize| match &indicators[at].normalise {
            Normaliser::DistanceToReference { unit, .. } => {
                let known = self.units.iter().find(|(_, known)| known.id == *unit)?;
                cell(known.0.at(), at)
            }
            _ => None,
        };
        let all = 0..indicators.len();
        let references: BTreeMap<String, f64> =
            all.clone().filter_map(|at| Some((indicators[at].code.clone(), reference(at)?))).collect();
        let of_type = |(at, name): (usize, &&str)| {
            let members = &types.members[at];
            let own = |at: usize| members.iter().filter_map(|&unit| cell(unit, at)).collect();
            let lines = lines.get(at).cloned().unwrap_or_default();
            let frozen = Frozen { own: all.clone().map(own).collect(), references: references.clone(), lines };
            ((*name).to_owned(), frozen)
        };
        types.names.iter().enumerate().map(of_type).collect()
    }

    /// The scorecard of `unit` with changed measures, one row of it per sample. A measure without a value in a sample is
    /// missing there. `frozen` are the scales of this run.
    pub fn changed(&self, frozen: &BTreeMap<String, Frozen>, unit: UnitIndex, samples: &Samples) -> Scorecard {
        let unit_type = self.units.get(unit).unit_type.as_str();
        let rows = samples.rows();
        let row = |number: usize| UnitRow {
            id: number.to_string(),
            name: Names::default(),
            unit_type: unit_type.to_owned(),
            parents: Vec::new(),
            subject: String::new(),
            aliases: Vec::new(),
            valid: (None, None),
            place: crate::diagnostic::Place::Run,
        };
        let stand_ins = Units::build((0..rows.len()).map(row).collect()).value;
        let base = self.measures.row(unit.at());
        let cells: Vec<MeasuredValue> = rows
            .flat_map(|row| {
                let mut cells = base.to_vec();
                for (&column, &value) in samples.columns.iter().zip(row) {
                    let known = (!value.is_nan()).then_some(value);
                    let reason = if known.is_some() { None } else { Some(Reason::ZeroDenominator) };
                    cells[column] = MeasuredValue { value: known, reason, ..cells[column] };
                }
                cells
            })
            .collect();
        let measures = Measures { keys: self.measures.keys.clone(), cells, ..Measures::default() };
        // Every sample is damped against last year's values of its unit.
        let width = self.edition.indicators.len();
        let last = self.last.get(unit.at() * width..(unit.at() + 1) * width).unwrap_or_default();
        let last = last.repeat(stand_ins.len());
        let run = Run { units: &stand_ins, measures: &measures, last: &last, only: None, ..*self };
        ScoreTable::new(&run, frozen.get(unit_type)).scorecard()
    }
}

/// Ends between which most of the scores of a unit's samples lie.
#[derive(Debug, Clone, PartialEq)]
pub struct Ends {
    scores: Vec<Option<(f64, f64)>>,
    composites: Vec<Option<(f64, f64)>>,
}

impl Ends {
    /// The ends between which `level` (0–1) of the samples lie. What no sample moves has an interval of no width.
    pub fn of(samples: &Scorecard, level: f64) -> Self {
        let rows = samples.units().max(1);
        let (indicators, groups) = (samples.scores.len() / rows, samples.composites.len() / rows);
        let ends = |values: Vec<Option<f64>>| interval(&mut values.into_iter().flatten().collect::<Vec<f64>>(), level);
        let scores = |at: usize| samples.scores.iter().skip(at).step_by(indicators).map(|score| score.score).collect();
        let composites =
            |at: usize| samples.composites.iter().skip(at).step_by(groups).map(|composite| composite.score).collect();
        Ends {
            scores: (0..indicators).map(|at| ends(scores(at))).collect(),
            composites: (0..groups).map(|at| ends(composites(at))).collect(),
        }
    }

    /// Writes them into the scores and composites of a unit.
    pub fn write(&self, scorecard: &mut Scorecard, unit: UnitIndex) {
        let (indicators, groups) = (self.scores.len(), self.composites.len());
        let scores = scorecard.scores.iter_mut().skip(unit.at() * indicators);
        for (score, ends) in scores.zip(&self.scores) {
            (score.low, score.high) = ends.filter(|_| score.score.is_some()).unzip();
        }
        let composites = scorecard.composites.iter_mut().skip(unit.at() * groups);
        for (composite, ends) in composites.zip(&self.composites) {
            (composite.low, composite.high) = ends.filter(|_| composite.score.is_some()).unzip();
        }
    }
}
