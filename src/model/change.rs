//! Changes between two sets of results: what a correction or another policy has moved.

use serde::Serialize;

/// Which table a changed cell is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedTable {
    /// `measures.csv`.
    Measures,
    /// `scores.csv`.
    Scores,
    /// `composites.csv`.
    Composites,
}

/// One number that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its table.
    pub table: ChangedTable,
    /// Edition id, or the window of a measure.
    pub scope: String,
    /// Id of the unit.
    pub unit: String,
    /// Measure, indicator or group (`overall` for the total).
    pub code: String,
    /// Column of the table: `value`, `raw`, `score`, `rank` …
    pub column: &'static str,
    /// Before; absent where there was none.
    pub before: Option<f64>,
    /// After; absent where there is none.
    pub after: Option<f64>,
}

impl Change {
    /// After less before; `None` where one of them is absent.
    pub fn difference(&self) -> Option<f64> {
        Some(self.after? - self.before?)
    }
}
