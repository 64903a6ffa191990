//! What moved a composite from one run to the next, and how much of it is due to what.

use serde::Serialize;

/// What can have changed between two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// The unit's own measures, as its sheets and exports give them.
    OwnData,
    /// What it is compared with: published constants, supplied peers, other units of its type.
    Peers,
    /// The edition: indicators, weights, formulas, scales, rules, and the least number of compared units.
    Method,
    /// The office's overrides.
    Corrections,
}

impl Factor {
    /// All, in the order of columns.
    pub const ALL: [Factor; 4] = [Factor::OwnData, Factor::Peers, Factor::Method, Factor::Corrections];

    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Factor::OwnData => "own_data",
            Factor::Peers => "peers",
            Factor::Method => "method",
            Factor::Corrections => "corrections",
        }
    }
}

/// The move of one composite of one unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Move {
    /// Code of the group, or `overall`.
    pub group: String,
    /// Composite of the first run.
    pub from: Option<f64>,
    /// Composite of the second run.
    pub to: Option<f64>,
    /// Points due to each of [`Factor::ALL`]; `None` where a mixture of the two runs has no composite.
    pub parts: Option<[f64; 4]>,
}

impl Move {
    /// Second less first.
    pub fn change(&self) -> Option<f64> {
        Some(self.to? - self.from?)
    }
}

/// What one factor did to the overall composite through one indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorPart {
    /// Code of the indicator.
    pub indicator: String,
    /// The factor.
    pub factor: Factor,
    /// Points of the overall composite.
    pub points: f64,
    /// What changed, old → new, most first.
    pub cause: String,
}

/// The moves of one unit in one ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitMove {
    /// Id of the unit.
    pub unit: String,
    /// Its type in the second run.
    pub unit_type: String,
    /// The groups that both editions have, in the order of the second, then `overall`.
    pub moves: Vec<Move>,
    /// By indicator: those of the second edition, then those that are gone; each by [`Factor::ALL`]. Empty where the overall
    /// move has no parts.
    pub indicators: Vec<IndicatorPart>,
    /// Why the overall move has no parts: the mixture that has no composite, in words.
    pub unsplit: Option<String>,
}

impl UnitMove {
    /// The move of the total.
    pub fn overall(&self) -> Option<&Move> {
        self.moves.last()
    }
}

/// The moves of all units in one ranking.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EditionMove {
    /// Edition of the first run.
    pub from: String,
    /// Edition of the second run.
    pub to: String,
    /// Units that both runs have, in the order of the second.
    pub units: Vec<UnitMove>,
}
