//! Evidence: the rows that a measure is made of, so that they re-add to its value to the last digit.

use serde::Serialize;

use crate::model::ledger::Share;
use crate::model::measure::{MeasuredValue, Reason, Status};

/// What a term is about: an index into one of the tables of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Index of a publication.
    Publication(u32),
    /// Index into [`crate::model::tables::Tables::staff`].
    Staff(u32),
    /// Index into [`crate::model::tables::Tables::students`].
    Students(u32),
    /// Index into [`crate::model::tables::Tables::degrees`].
    Degrees(u32),
    /// Index into [`crate::model::tables::Tables::finance`].
    Finance(u32),
    /// Index into [`crate::model::tables::Tables::highly_cited`].
    HighlyCited(u32),
    /// Index into [`crate::model::tables::Tables::awards`].
    Award(u32),
    /// Index into [`crate::model::tables::Tables::patents`].
    Patent(u32),
}

/// One row of evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What it is about.
    pub subject: Subject,
    /// How much of the row the unit counts, 0–1.
    pub weight: f64,
    /// The row's own figure: citations, FWCI, FTE, an amount of money …
    pub figure: f64,
    /// What the row brings to the sum; with [`Fold::Shares`] a whole number of 10⁻¹⁵.
    pub amount: f64,
}

impl Term {
    /// A row whose figure enters by its weight.
    pub fn weighted(subject: Subject, weight: f64, figure: f64) -> Self {
        Term { subject, weight, figure, amount: figure * weight }
    }
}

/// How the amounts of the rows become the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fold {
    /// Σ amount, in row order.
    Sum,
    /// Σ amount / Σ weight, in row order.
    WeightedMean,
    /// Σ of whole numbers of 10⁻¹⁵, then divided.
    Shares,
    /// Mean of the `scaled` of the parts; the rows are what the parts were counted from.
    MeanOfParts,
    /// An index of the most cited rows; a row outside the core brings nothing.
    Core(CoreIndex),
    /// The 75th percentile of the figures: the rows on both sides of it bring it, the others nothing.
    UpperQuartile,
}

/// An index of the most cited publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoreIndex {
    /// Hirsch's h: one for each row of the core.
    H,
    /// h divided by this number of years.
    HPerYear(i32),
    /// Egghe's g: one for each row of the core.
    G,
    /// Mean citations of the h most cited.
    A,
    /// Root of the citations of the h most cited.
    R,
    /// QS's 2·h₁ + h₂; rows of weight 2 are of the subject alone.
    Qs,
}

/// One area of a value that is made of areas and not of rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Name of the area.
    pub area: String,
    /// Partners with enough joint papers.
    pub partners: usize,
    /// Their countries.
    pub countries: usize,
    /// Index before scaling.
    pub index: f64,
    /// Index on the edition's scale.
    pub scaled: f64,
}

/// The rows of one measure of one unit, and what they come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The rows, in the order of summation.
    pub terms: Vec<Term>,
    /// How they become the value.
    pub fold: Fold,
    /// Areas, with [`Fold::MeanOfParts`] only.
    pub parts: Vec<Part>,
    /// Rows, persons or publications it rests on.
    pub n: u64,
    /// What it is.
    pub status: Status,
    /// Why there is no value.
    pub reason: Option<Reason>,
}

impl Evidence {
    /// Rows that come to a value.
    pub fn known(terms: Vec<Term>, fold: Fold, n: u64, status: Status) -> Self {
        Evidence { terms, fold, parts: Vec::new(), n, status, reason: None }
    }

    /// No value.
    pub fn missing(reason: Reason) -> Self {
        let status = Status::Missing;
        Evidence { terms: Vec::new(), fold: Fold::Sum, parts: Vec::new(), n: 0, status, reason: Some(reason) }
    }

    /// The value of the measure: the rows, added. No measure has another way to its value.
    pub fn value(&self) -> MeasuredValue {
        match self.reason {
            Some(reason) => MeasuredValue { value: None, n: self.n, status: self.status, reason: Some(reason) },
            None => MeasuredValue::known(self.added(), self.n, self.status),
        }
    }

    /// The rows, added in their order.
    fn added(&self) -> f64 {
        // From a positive zero: the sum of no floats would else be -0.
        let amounts = self.terms.iter().fold(0.0, |sum, term| sum + term.amount);
        match self.fold {
            Fold::Sum | Fold::UpperQuartile | Fold::Core(CoreIndex::H | CoreIndex::G | CoreIndex::Qs) => amounts,
            Fold::Core(CoreIndex::HPerYear(years)) => amounts / f64::from(years.max(1)),
            Fold::Core(CoreIndex::R) => amounts.sqrt(),
            Fold::WeightedMean | Fold::Core(CoreIndex::A) => {
                amounts / self.terms.iter().fold(0.0, |sum, term| sum + term.weight)
            }
            Fold::Shares => {
                let total: u128 = self.terms.iter().map(|term| term.amount as u128).sum();
                total as f64 / Share::WHOLE.0 as f64
            }
            Fold::MeanOfParts => {
                self.parts.iter().fold(0.0, |sum, part| sum + part.scaled) / self.parts.len().max(1) as f64
            }
        }
    }
}
