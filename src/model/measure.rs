//! Measures: base quantities of a unit in a window.

use serde::{Deserialize, Serialize};

use crate::model::names::Names;
use crate::model::normalised::Normalised;
use crate::model::window::Window;

/// What a number is. Absence is a reason, never a silent 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Worked out from the office's own rows as the edition defines it.
    Computed,
    /// Stated by the office.
    Supplied,
    /// Worked out from something near what the edition defines (local baselines, all-time citations …).
    Proxy,
    /// Taken over from a parent unit.
    Inherited,
    /// Makes no sense for this type of unit, or rests on too little.
    NotScorable,
    /// Could be known, is not.
    Missing,
}

impl Status {
    /// The word in `measures.csv` and `scores.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Computed => "computed",
            Status::Supplied => "supplied",
            Status::Proxy => "proxy",
            Status::Inherited => "inherited",
            Status::NotScorable => "not_scorable",
            Status::Missing => "missing",
        }
    }

    /// The weaker of two: what a value made from both may claim.
    pub fn weaker(self, other: Status) -> Status {
        self.max(other)
    }
}

/// Why a value is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No row of the input gives it.
    NotSupplied,
    /// The denominator is zero.
    ZeroDenominator,
    /// The edition does not score it for this type of unit.
    UnitType,
    /// Rests on fewer than the edition's minimum.
    TooFew,
    /// Nothing to compare it with: no published constants, no peers, fewer than three units of the type.
    NoBenchmark,
    /// Another indicator that it is made of has no score.
    DependsOnMissing,
    /// The formula has no value here: logarithm of zero or less, root of less than zero, or a number too large to hold.
    Undefined,
}

impl Reason {
    /// Stable name, also the tail of the phrase key `reason.*`.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::NotSupplied => "not_supplied",
            Reason::ZeroDenominator => "zero_denominator",
            Reason::UnitType => "unit_type",
            Reason::TooFew => "too_few",
            Reason::NoBenchmark => "no_benchmark",
            Reason::DependsOnMissing => "depends_on_missing",
            Reason::Undefined => "undefined",
        }
    }
}

/// What a measure is, from `indicators/measures.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureDefinition {
    /// Name in formulas and in `measures.csv`.
    pub code: String,
    /// Names by language.
    pub name: Names,
    /// What it counts, by language.
    pub definition: Names,
    /// Unit of measurement: `fte`, `publications`, `international dollars`, `share` …
    pub unit: String,
    /// Which of the edition's windows it is measured in.
    pub window: WindowKind,
    /// Whether the tool works it out or the office states it.
    pub kind: MeasureKind,
}

/// Which of an edition's windows a measure uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowKind {
    /// Publications of the publication window.
    Publications,
    /// Publications of the last year of the publication window.
    LastPublicationYear,
    /// The institutional data year.
    Institutional,
    /// The institutional data year, counted by the edition's own rules (decade weights of awards).
    EditionYear,
    /// Patents published in the years of the publication window.
    Patents,
}

impl WindowKind {
    /// Whether publications are counted.
    pub fn is_of_publications(self) -> bool {
        matches!(self, WindowKind::Publications | WindowKind::LastPublicationYear)
    }
}

/// Whether a measure is worked out or stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// Worked out from rows; a supplied value for the same unit and year takes its place and says so.
    Computed,
    /// Only the office can state it.
    Supplied,
}

/// Column of [`Measures`]: what is measured, counted how, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureKey {
    /// Code of the measure.
    pub measure: String,
    /// Edition whose counting rules apply (document types, caps, area weights); `None` for the assessment's own.
    pub edition: Option<String>,
    /// The years.
    pub window: Window,
}

impl MeasureKey {
    /// The name in `measures.csv`: the code, with `@edition` where an edition's own counting rules apply.
    pub fn label(&self) -> String {
        match &self.edition {
            None => self.measure.clone(),
            Some(edition) => format!("{}@{edition}", self.measure),
        }
    }
}

/// One value with the count it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredValue {
    /// The value; `None` where `status` is `missing` or `not_scorable`.
    pub value: Option<f64>,
    /// Rows, persons or publications it rests on.
    pub n: u64,
    /// What it is.
    pub status: Status,
    /// Why it is absent.
    pub reason: Option<Reason>,
}

impl MeasuredValue {
    /// A known value.
    pub fn known(value: f64, n: u64, status: Status) -> Self {
        MeasuredValue { value: Some(value), n, status, reason: None }
    }

    /// An absent value.
    pub fn missing(reason: Reason) -> Self {
        MeasuredValue { value: None, n: 0, status: Status::Missing, reason: Some(reason) }
    }
}

/// Values of all units: row-major, unit by unit, columns ascending by key; and what each publication is cited against
/// its field.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// The columns, ascending.
    pub keys: Vec<MeasureKey>,
    /// `cells[unit * keys.len() + key]`.
    pub cells: Vec<MeasuredValue>,
    /// Normalised citations, in publication order.
    pub normalised: Vec<Normalised>,
}

impl Measures {
    /// Column of a key, if it was measured.
    pub fn column(&self, key: &MeasureKey) -> Option<usize> {
        self.keys.binary_search(key).ok()
    }

    /// The values of one unit, in key order.
    pub fn row(&self, unit: usize) -> &[MeasuredValue] {
        &self.cells[unit * self.keys.len()..(unit + 1) * self.keys.len()]
    }

    /// Value of one unit in one column.
    pub fn get(&self, unit: usize, key: &MeasureKey) -> Option<MeasuredValue> {
        self.column(key).map(|column| self.row(unit)[column])
    }
}
