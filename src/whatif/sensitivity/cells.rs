//! Scores of units of one type under one way of scoring: as measured, and in every bootstrap sample.

use crate::model::edition::MissingRule;
use crate::score::entry::Entry;
use crate::score::statistics;
use crate::whatif::sensitivity::tree::{Cells, Leaves};

/// Scores, sample after sample, of each indicator after indicator, unit by unit. Sample 0 is as measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    units: usize,
    indicators: usize,
    scores: Vec<f64>,
    /// Which of those without score could be known; empty where all scores are there.
    missing: Vec<bool>,
    /// Imputed scores by indicator.
    imputed: Vec<Option<f64>>,
    /// Lowest scores of the compared by indicator.
    lowest: Vec<Option<f64>>,
    /// Lower quartile of each unit's own scores, sample after sample; empty where all scores are there.
    quartiles: Vec<f64>,
}

/// Scores of one indicator, on their way into a table.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Score of each sample of each unit: `samples[sample][unit]`, not a number where there is none.
    pub samples: Vec<Vec<f64>>,
    /// Where there is none, whether it could be known, alike.
    pub missing: Vec<Vec<bool>>,
    /// What stands in for a missing score of each unit, whether it is missing or not.
    pub stand_ins: Vec<Option<f64>>,
    /// Whether that is an imputed score; else it is the lowest of the compared.
    pub imputes: bool,
}

impl Column {
    /// The column of an indicator as measured. `imputes` says whether stand-ins are imputed scores.
    pub fn measured(entries: &[Entry], imputes: bool) -> Self {
        Column {
            samples: vec![entries.iter().map(|entry| entry.score.unwrap_or(f64::NAN)).collect()],
            missing: vec![entries.iter().map(|entry| entry.missing).collect()],
            stand_ins: entries.iter().map(|entry| entry.stand_in).collect(),
            imputes,
        }
    }

    /// The column of some of the units, which are of one type.
    pub fn of(&self, members: &[usize]) -> Column {
        let scores = |scores: &Vec<f64>| members.iter().map(|&unit| scores[unit]).collect();
        let flags = |missing: &Vec<bool>| members.iter().map(|&unit| missing[unit]).collect();
        Column {
            samples: self.samples.iter().map(scores).collect(),
            missing: self.missing.iter().map(flags).collect(),
            stand_ins: members.iter().map(|&unit| self.stand_ins[unit]).collect(),
            imputes: self.imputes,
        }
    }

    /// Units that have a score as measured.
    pub fn scored(&self) -> usize {
        self.samples.first().map_or(0, |own| own.iter().filter(|score| !score.is_nan()).count())
    }
}

impl Table {
    /// A table of columns of one shape; `weighty` says which indicators have a weight, so that a unit's lower quartile is
    /// taken over them.
    pub fn new(columns: &[Column], weighty: &[bool]) -> Self {
        let samples = columns.first().map_or(1, |column| column.samples.len());
        let units = columns.first().map_or(0, |column| column.samples[0].len());
        let each = || (0..samples).flat_map(|sample| columns.iter().map(move |column| (sample, column)));
        let scores: Vec<f64> = each().flat_map(|(sample, column)| column.samples[sample].iter().copied()).collect();
        let complete = !scores.iter().any(|score| score.is_nan());
        let stand_ins = |imputes: bool| {
            let of_type = |column: &Column| column.stand_ins.first().copied().flatten();
            columns.iter().map(|column| of_type(column).filter(|_| column.imputes == imputes)).collect()
        };
        let mut table = Table {
            units,
            indicators: columns.len(),
            scores,
            missing: Vec::new(),
            imputed: stand_ins(true),
            lowest: stand_ins(false),
            quartiles: Vec::new(),
        };
        if !complete {
            table.missing = each().flat_map(|(sample, column)| column.missing[sample].iter().copied()).collect();
            let slots = (0..samples).flat_map(|sample| (0..units).map(move |unit| (sample, unit)));
            table.quartiles = slots.map(|(sample, unit)| table.quartile(sample, unit, weighty)).collect();
        }
        table
    }

    fn quartile(&self, sample: usize, unit: usize, weighty: &[bool]) -> f64 {
        let own = (0..self.indicators).filter(|&at| weighty[at]).map(|at| self.scores[self.slot(sample, at, unit)]);
        statistics::quantile(&statistics::ordered(own), 0.25).unwrap_or(f64::NAN)
    }

    fn slot(&self, sample: usize, indicator: usize, unit: usize) -> usize {
        (sample * self.indicators + indicator) * self.units + unit
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.units
    }

    /// Score of a cell as measured.
    pub fn score(&self, indicator: usize, unit: usize) -> Option<f64> {
        Some(self.scores[self.slot(0, indicator, unit)]).filter(|score| !score.is_nan())
    }

    /// Whether a cell as measured could be known and is not.
    pub fn is_missing(&self, indicator: usize, unit: usize) -> bool {
        self.missing.get(self.slot(0, indicator, unit)) == Some(&true)
    }

    /// Whether any cell of any sample is missing.
    pub fn misses(&self) -> bool {
        self.missing.iter().any(|missing| *missing)
    }

    /// The cells of a sample under a missing rule.
    pub fn filled(&self, sample: usize, rule: MissingRule) -> Filled<'_> {
        Filled { table: self, sample, rule }
    }
}

/// The cells of one sample with what stands in for missing ones.
#[derive(Debug, Clone, Copy)]
pub struct Filled<'a> {
    table: &'a Table,
    sample: usize,
    rule: MissingRule,
}

impl Filled<'_> {
    /// What stands in for a missing cell; not a number where nothing does.
    fn stand_in(&self, indicator: usize, unit: usize) -> f64 {
        let entered = self.table.imputed[indicator].or(match self.rule {
            MissingRule::Zero => Some(0.0),
            MissingRule::LowestOfCompared => self.table.lowest[indicator],
            MissingRule::OwnLowerQuartile => Some(self.table.quartiles[self.sample * self.table.units + unit]),
            MissingRule::Renormalise | MissingRule::Withhold => None,
        });
        entered.unwrap_or(f64::NAN)
    }
}

impl Leaves for Filled<'_> {
    fn units(&self) -> usize {
        self.table.units
    }

    fn enter(&self, cells: &mut Cells) {
        let length = self.table.indicators * self.table.units;
        let (from, until) = (self.sample * length, (self.sample + 1) * length);
        let own = &self.table.scores[from..until];
        cells.values.extend_from_slice(own);
        cells.coverage.extend(own.iter().map(|score| f64::from(u8::from(!score.is_nan()))));
        if self.table.missing.is_empty() {
            return;
        }
        let missing = &self.table.missing[from..until];
        for (slot, _) in missing.iter().enumerate().filter(|(_, missing)| **missing) {
            let stand_in = self.stand_in(slot / self.table.units, slot % self.table.units);
            cells.values[slot] = stand_in;
            if self.rule == MissingRule::Withhold && stand_in.is_nan() {
                cells.withheld.resize(length, false);
                cells.withheld[slot] = true;
            }
        }
    }
}
