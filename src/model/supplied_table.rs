//! A table of scores or values as a publisher or peer printed it, and the composites rebuilt from it.

use serde::Serialize;

/// A cell of a published score or rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Printed {
    /// Nothing is printed.
    Nothing,
    /// A number; `43=` is 43.
    Exact(f64),
    /// A band such as `45.0–49.9`, `601-800` or `1501+`.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end; infinite for `1501+`.
        high: f64,
        /// Half a unit of the last printed place: what rounding forgives at either end.
        half: f64,
    },
}

impl Printed {
    /// The number, where exactly one is printed.
    pub fn exact(self) -> Option<f64> {
        if let Printed::Exact(value) = self { Some(value) } else { None }
    }

    /// How far a value lies outside the band, whose ends may have been rounded; 0 within it, `None` where none is printed.
    pub fn outside(self, value: f64) -> Option<f64> {
        // The binary images of decimals differ from them by less than this.
        const NOISE: f64 = 1e-9;
        match self {
            Printed::Range { low, high, half } => {
                let by = (low - half - value).max(value - high - half);
                Some(if by > NOISE { by } else { 0.0 })
            }
            _ => None,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct SuppliedRow {
    /// What the row is called.
    pub id: String,
    /// Row as a spreadsheet program shows it.
    pub number: u32,
    /// Values in the order of [`SuppliedTable::codes`].
    pub values: Vec<Option<f64>>,
    /// Published composite.
    pub published: Printed,
    /// Published rank.
    pub rank: Printed,
    /// The published composite as printed.
    pub text: String,
}

/// A table of which the columns are known.
#[derive(Debug, Clone, PartialEq)]
pub struct SuppliedTable {
    /// File name.
    pub file: String,
    /// Sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// Row of the (last) header row as a spreadsheet program shows it; 0 where there is none.
    pub header: u32,
    /// Codes of the columns that were taken.
    pub codes: Vec<String>,
    /// Header text of each of them.
    pub headers: Vec<String>,
    /// Rows in file order.
    pub rows: Vec<SuppliedRow>,
}

/// A rebuilt composite beside the published one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rebuilt {
    /// What the row is called.
    pub id: String,
    /// The composite, 0–100.
    pub score: Option<f64>,
    /// Share of the edition's weight that the row has scores for, 0–1.
    pub coverage: f64,
    /// Rank among the rows; ties share the better rank.
    pub rank: Option<u32>,
    /// The published composite as printed.
    pub published: String,
    /// Rebuilt less published, where a number is published.
    pub error: Option<f64>,
}

/// How rebuilt composites agree with published ones.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Agreement {
    /// Rows with an exact published composite and a rebuilt one.
    pub compared: usize,
    /// Mean of |error| over them.
    pub mean_error: Option<f64>,
    /// The greatest |error|.
    pub max_error: Option<f64>,
    /// Spearman's correlation of rebuilt and published ranks; equal values share the mean rank.
    pub spearman: Option<f64>,
    /// Rows it is taken over.
    pub ranked: usize,
    /// Rows with a published range of scores and a rebuilt composite.
    pub score_ranges: usize,
    /// How many of those composites lie outside it.
    pub outside_score_range: usize,
    /// How far the farthest of them lies outside, in points.
    pub farthest_outside: f64,
    /// Rows with a published range of ranks and a rebuilt rank.
    pub rank_ranges: usize,
    /// How many of those ranks lie outside it.
    pub outside_rank_range: usize,
    /// The rows with the greatest |error|, worst first, at most ten.
    pub worst: Vec<Rebuilt>,
}
