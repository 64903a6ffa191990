//! Scores of units by an edition.

use crate::model::benchmark::BenchmarkSource;
use crate::model::measure::{Reason, Status};
use crate::model::unit::UnitIndex;

/// Score of one unit on one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The unit.
    pub unit: UnitIndex,
    /// Index into [`crate::model::edition::Edition::indicators`].
    pub indicator: usize,
    /// What the value is.
    pub status: Status,
    /// Why there is none.
    pub reason: Option<Reason>,
    /// The raw value.
    pub raw: Option<f64>,
    /// Left side of the formula's division, where it is one.
    pub numerator: Option<f64>,
    /// Right side of it.
    pub denominator: Option<f64>,
    /// The count that the value rests on: of the publications it is made of, else of what it is divided by.
    pub n: u64,
    /// 0–100.
    pub score: Option<f64>,
    /// Lower end of the stability interval.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Weight in percent of the edition.
    pub weight: f64,
    /// Points it brings to the unit's overall composite.
    pub contribution: Option<f64>,
    /// Rank among units of the same type that have a score; ties share the better rank.
    pub rank: Option<u32>,
    /// How many those are.
    pub of: u32,
    /// What it was normalised against.
    pub benchmark: Option<BenchmarkSource>,
}

/// Composite of one unit over one group, or over all.
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// The unit.
    pub unit: UnitIndex,
    /// Index into [`crate::model::edition::Edition::groups`]; `None` is the overall composite.
    pub group: Option<usize>,
    /// 0–100; `None` below the coverage floor.
    pub score: Option<f64>,
    /// Lower end of the stability interval.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Share of the group's weight that could be scored, 0–1.
    pub coverage: f64,
    /// Rank among units of the same type that have one.
    pub rank: Option<u32>,
    /// How many those are.
    pub of: u32,
}

/// How the treatment of outliers changed a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Drawn in from above.
    High,
    /// Drawn in from below.
    Low,
    /// Its logarithm taken.
    Logarithm,
}

/// A raw value that was changed before it was scaled.
#[derive(Debug, Clone, PartialEq)]
pub struct TreatedPoint {
    /// The unit.
    pub unit: UnitIndex,
    /// Index into [`crate::model::edition::Edition::indicators`].
    pub indicator: usize,
    /// The value as it was.
    pub raw: f64,
    /// What was scaled instead.
    pub treated: f64,
    /// How it was changed.
    pub mark: Mark,
}

/// All scores of all units by one edition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scorecard {
    /// Edition id.
    pub edition: String,
    /// Unit by unit in unit order, indicator by indicator in edition order.
    pub scores: Vec<Score>,
    /// Unit by unit: the groups in edition order, then overall.
    pub composites: Vec<Composite>,
    /// Every raw value that the treatment of outliers changed, indicator by indicator in edition order, then in unit
    /// order.
    pub treated: Vec<TreatedPoint>,
}

impl Scorecard {
    /// How many units it holds.
    pub fn units(&self) -> usize {
        self.composites.last().map_or(0, |composite| composite.unit.at() + 1)
    }

    /// Scores of one unit in indicator order.
    pub fn scores_of(&self, unit: UnitIndex, indicators: usize) -> &[Score] {
        &self.scores[unit.at() * indicators..(unit.at() + 1) * indicators]
    }

    /// Composites of one unit: the groups in edition order, then overall.
    pub fn composites_of(&self, unit: UnitIndex, groups: usize) -> &[Composite] {
        &self.composites[unit.at() * (groups + 1)..(unit.at() + 1) * (groups + 1)]
    }
}
