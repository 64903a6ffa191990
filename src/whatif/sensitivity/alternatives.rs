//! Every way in which the cells of a study can be scored, worked out once: policy × benchmark × normaliser, as measured and
//! in every bootstrap sample. A draw then only chooses a table. The one place of a study that asks `score` for scores.

use rayon::prelude::*;

use crate::model::edition::{Edition, MissingRule, Normaliser};
use crate::model::measure::{Measures, Status};
use crate::model::score::Scorecard;
use crate::model::sensitivity::{OtherBenchmark, OtherNormaliser};
use crate::model::stability::Samples;
use crate::model::unit::UnitIndex;
use crate::score::Run;
use crate::whatif::sensitivity::cells::{Column, Table};

/// Measures under one set of policies.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// Name of the policies in files.
    pub policy: &'a str,
    /// Measures of all units.
    pub measures: &'a Measures,
    /// Bootstrap samples by unit, of one number each; empty where none are drawn.
    pub samples: &'a [Samples],
}

impl Measured<'_> {
    /// Number of bootstrap samples.
    pub fn draws(&self) -> usize {
        self.samples.iter().map(|samples| samples.samples).min().unwrap_or(0)
    }
}

/// What is scored, by what.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    /// The run as it is.
    pub run: Run<'a>,
    /// The run's own measures first, then those of other policies.
    pub measured: &'a [Measured<'a>],
}

/// A table for each alternative, for the units of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables {
    /// Tables by policy, benchmark and normaliser, the last fastest.
    tables: Vec<Table>,
    benchmarks: usize,
    normalisers: usize,
}

impl Tables {
    /// Tables by policy, benchmark and normaliser, the last fastest.
    pub fn new(tables: Vec<Table>, benchmarks: usize, normalisers: usize) -> Self {
        Tables { tables, benchmarks, normalisers }
    }

    /// The table of these alternatives.
    pub fn table(&self, policy: usize, benchmark: usize, normaliser: usize) -> &Table {
        &self.tables[(policy * self.benchmarks + benchmark) * self.normalisers + normaliser]
    }

    /// Whether any cell of any of them is missing.
    pub fn misses(&self) -> bool {
        self.tables.iter().any(Table::misses)
    }
}

/// One way to score all units.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Index of the policies.
    pub policy: usize,
    /// What is compared with instead; `None` as in the run.
    pub benchmark: Option<OtherBenchmark>,
    /// What scales instead; `None` as the edition says.
    pub normaliser: Option<OtherNormaliser>,
}

impl Basis<'_> {
    /// The edition with another normaliser on every indicator whose score is not given. Its missing rule is the one under
    /// which every cell's lowest compared score is known; no score depends on it.
    pub fn edition_of(&self, normaliser: Option<OtherNormaliser>) -> Edition {
        let mut edition = self.run.edition.clone();
        edition.missing = MissingRule::LowestOfCompared;
        if let Some(other) = normaliser {
            let replaced = edition.indicators.iter_mut().filter(|indicator| indicator.normalise != Normaliser::Given);
            replaced.for_each(|indicator| indicator.normalise = other.rule());
        }
        edition
    }

    /// Columns by indicator and unit, all units, one way.
    pub fn columns(&self, way: Way) -> Vec<Column> {
        let edition = self.edition_of(way.normaliser);
        let measured = self.measured[way.policy];
        let run = Run {
            measures: measured.measures,
            edition: &edition,
            benchmark: self.run.benchmark.filter(|_| way.benchmark.is_none()),
            peers: if way.benchmark == Some(OtherBenchmark::Units) { &[] } else { self.run.peers },
            ..self.run
        };
        let (table, units, samples) = (run.table(), run.units, measured.samples);
        let sampled: Vec<Scorecard> = if samples.is_empty() {
            Vec::new()
        } else {
            let scales = run.frozen();
            let changed = |unit: usize| run.changed(&scales, UnitIndex(unit as u32), &samples[unit]);
            (0..units.len()).into_par_iter().map(changed).collect()
        };
        let width = edition.indicators.len();
        let of_indicator = |at: usize| {
            let entries: Vec<_> = (0..units.len()).map(|unit| table.entry(UnitIndex(unit as u32), at)).collect();
            let mut column = Column::measured(&entries, edition.indicators[at].impute.is_some());
            for sample in 0..measured.draws() {
                let cell = |card: &Scorecard| {
                    let cell = &card.scores[sample * width + at];
                    (cell.score.unwrap_or(f64::NAN), cell.score.is_none() && cell.status == Status::Missing)
                };
                let (scores, missing) = sampled.iter().map(cell).unzip();
                column.samples.push(scores);
                column.missing.push(missing);
            }
            column
        };
        (0..width).into_par_iter().map(of_indicator).collect()
    }
}

/// The table of a way for the units of one type. An indicator that fewer of them have a score on than in `own`, the
/// run's own way, is taken from there: the alternative cannot serve it. `weighty` says which indicators have a weight.
pub fn table(columns: &[Column], own: &[Column], members: &[usize], weighty: &[bool]) -> Table {
    let served = |(column, own): (&Column, &Column)| {
        let (column, own) = (column.of(members), own.of(members));
        if column.scored() < own.scored() { own } else { column }
    };
    Table::new(&columns.iter().zip(own).map(served).collect::<Vec<_>>(), weighty)
}
