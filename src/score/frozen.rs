//! Scores of a changed unit on the scales of the run as it was: nobody else moves, so what moves is the unit's own.
//!
//! Stability intervals and the integrity panel ask what a unit would score with other publications. Each such question is
//! a row of changed measures; all rows of a unit are scored together as if they were units of its type, on the scales
//! and with the best total of the run.

use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::measure::{MeasureDefinition, MeasuredValue, Measures, Reason};
use crate::model::names::Names;
use crate::model::score::{Score, Scorecard};
use crate::model::stability::{Samples, interval};
use crate::model::tables::Peer;
use crate::model::unit::{UnitIndex, UnitRow, Units};
use crate::score::combine::{self, Mean};
use crate::score::scored;

/// What the units of one type are compared with in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    /// Per indicator the raw values of the units of the type.
    pub own: Vec<Vec<f64>>,
    /// The best total before it is rescaled.
    pub best: f64,
}

/// A run, as far as the scales of one edition need it.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The units.
    pub units: &'a Units,
    /// Their measures.
    pub measures: &'a Measures,
    /// Definitions of measures.
    pub definitions: &'a [MeasureDefinition],
    /// The edition.
    pub edition: &'a Edition,
    /// Its published constants.
    pub benchmark: Option<&'a Benchmark>,
    /// Raw values of peers.
    pub peers: &'a [Peer],
    /// Fewest peers or units of a type that make a comparison.
    pub minimum_units: usize,
    /// The scores as they are.
    pub scorecard: &'a Scorecard,
}

/// The raw value of a cell that units of its type are compared with.
fn comparable(score: &Score) -> Option<f64> {
    score.raw.filter(|_| matches!(score.reason, None | Some(Reason::NoBenchmark)))
}

impl Run<'_> {
    /// What the units of a type are compared with.
    fn frozen(&self, unit_type: &str) -> Frozen {
        let indicators = self.edition.indicators.len();
        let members = combine::members(self.edition);
        let of_type = self.units.of_type(unit_type);
        let cells = |unit: UnitIndex| self.scorecard.scores_of(unit, indicators);
        let own = (0..indicators)
            .map(|at| of_type.iter().filter_map(|&unit| comparable(&cells(unit)[at])).collect())
            .collect();
        let total = |&unit: &UnitIndex| {
            combine::of_unit(self.edition, &members, cells(unit)).pop().and_then(|mean: Mean| mean.value)
        };
        let best = of_type.iter().filter_map(total).fold(0.0, f64::max);
        Frozen { own, best }
    }

    /// The scorecard of `unit` with changed measures, one row of it per sample. A measure without a value in a sample is
    /// missing there.
    pub fn changed(&self, unit: UnitIndex, samples: &Samples) -> Scorecard {
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
        let frozen = self.frozen(unit_type);
        scored(
            &stand_ins,
            &measures,
            self.definitions,
            self.edition,
            self.benchmark,
            self.peers,
            self.minimum_units,
            Some(&frozen),
        )
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
