//! Decision tables: which decision follows from how many standards are met. Data, read by the catalogue.

use crate::diagnostic::Place;
use crate::model::accreditation::level::Scale;
use crate::model::names::Names;

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// Mandatory standards that are met, as a number.
    MandatoryMet,
    /// The same in percent of the mandatory standards that apply.
    MandatoryPercent,
    /// Preferred standards that are met, in percent of those that apply.
    PreferredPercent,
    /// Points over all standards that apply, in percent of the greatest.
    TotalPercent,
    /// The least percent of any area.
    LowestAreaPercent,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Quantity; 5] = [
        Quantity::MandatoryMet,
        Quantity::MandatoryPercent,
        Quantity::PreferredPercent,
        Quantity::TotalPercent,
        Quantity::LowestAreaPercent,
    ];

    /// The word in decision tables and phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Quantity::MandatoryMet => "mandatory_met",
            Quantity::MandatoryPercent => "mandatory_percent",
            Quantity::PreferredPercent => "preferred_percent",
            Quantity::TotalPercent => "total_percent",
            Quantity::LowestAreaPercent => "lowest_area_percent",
        }
    }
}

/// A quantity with the values that it can have.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Which.
    pub quantity: Quantity,
    /// Least value.
    pub from: f64,
    /// Greatest value.
    pub to: f64,
    /// Whether values are taken as whole numbers, halves upwards, before they are looked up.
    pub whole: bool,
    /// Where it is declared.
    pub place: Place,
}

/// How the criteria of a table join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combination {
    /// Each criterion gives a decision by itself, and the lowest of them holds. Rules stand from the best to the lowest.
    Lowest,
    /// A rule holds where all its ranges hold.
    All,
}

/// A range of values. An end that is not stated is open to the end of the criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Lower end, and whether it belongs to the range.
    pub low: Option<(f64, bool)>,
    /// Upper end, and whether it belongs to the range.
    pub high: Option<(f64, bool)>,
    /// Where it is written.
    pub place: Place,
}

impl Range {
    /// Whether a value lies in the range.
    pub fn holds(&self, value: f64) -> bool {
        self.low.is_none_or(|(low, own)| value > low || own && value == low)
            && self.high.is_none_or(|(high, own)| value < high || own && value == high)
    }

    /// Whether the ends stand the wrong way round.
    pub fn is_reversed(&self) -> bool {
        matches!((self.low, self.high), (Some((low, _)), Some((high, _))) if low > high)
    }
}

/// A rule: the decision where its ranges hold.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionRule {
    /// Code of the decision, unique.
    pub code: String,
    /// Its name by language.
    pub name: Names,
    /// For how many years it holds, where that is said.
    pub years: Option<u32>,
    /// A range per criterion of the table, `None` where the rule does not speak of it.
    pub ranges: Vec<Option<Range>>,
    /// Where it is written.
    pub place: Place,
}

/// A decision table with the scale that its percentages rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionTable {
    /// Its name by language.
    pub name: Names,
    /// What a reader must know of it.
    pub note: Names,
    /// Where it is from.
    pub source: String,
    /// How criteria join.
    pub combination: Combination,
    /// Share of the standards in force that must be rated before a decision is given, 0–1.
    pub coverage: f64,
    /// What levels count.
    pub scale: Scale,
    /// What the rules look at.
    pub criteria: Vec<Criterion>,
    /// The rules, the best decision first.
    pub rules: Vec<DecisionRule>,
}
