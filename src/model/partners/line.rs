//! Lines of strengths, weaknesses, opportunities, threats, needs and priorities, each with its number and rule.

use serde::Serialize;

use crate::model::partners::rule::LineKind;

/// A row of `swot.csv`. The value stands in the column `source_column` of each row of the table `source_table` whose
/// columns are as `source_key` says (`unit=med;edition=the/wur/2026`), or is worked out from these rows as the rule says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Id of the unit.
    pub unit: String,
    /// Strength, weakness …
    pub kind: LineKind,
    /// Id of the rule.
    pub rule: String,
    /// What it is about: an indicator, partner, agreement, person or strategy.
    pub subject: String,
    /// The number.
    pub value: f64,
    /// What the rule holds it against.
    pub threshold: f64,
    /// Value × feasibility for opportunities, needs and priorities; how far the threshold is passed for the others. Lines of
    /// a rule are in its descending order, and all priorities.
    pub weight: f64,
    /// 0–1, for opportunities, needs and priorities.
    pub feasibility: Option<f64>,
    /// File with the rows.
    pub source_table: &'static str,
    /// `column=value` of these rows, `;` between them.
    pub source_key: String,
    /// Column of the value in them.
    pub source_column: &'static str,
}

/// On what the citations of a unit depend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dependent {
    /// The member of staff whose papers have most of them.
    Author,
    /// Members of staff whose employment ends within three years of the day of the data.
    Leaving,
}

/// A row of `dependence.csv`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dependence {
    /// Id of the unit.
    pub unit: String,
    /// On one author or on those who leave.
    pub kind: Dependent,
    /// Number of the member of staff; of those who leave all, `;` between them.
    pub staff: String,
    /// Citations of their papers in the unit, each paper once.
    pub citations: i64,
    /// Citations of all papers of the unit.
    pub of: i64,
    /// Their part, 0–1.
    pub share: f64,
    /// Their papers.
    pub papers: u64,
}
