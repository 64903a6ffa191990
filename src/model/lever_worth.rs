//! What one step of a lever at a unit is worth.

use serde::Serialize;

use crate::model::names::Names;

/// What one step of a lever at a unit does to the unit and to the university, by one edition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeverWorth {
    /// Id of the unit.
    pub unit: String,
    /// Code of the lever.
    pub lever: String,
    /// Its names.
    #[serde(skip)]
    pub name: Names,
    /// What one of it is, by language.
    #[serde(skip)]
    pub of: Names,
    /// How much of it is tried, in the lever's own unit: one, or one step where that is more, or what there is where that
    /// is less.
    pub amount: f64,
    /// Id of the edition.
    pub edition: String,
    /// `overall`, or the code of the group that moves best where the unit has no total.
    pub target: String,
    /// Points by which the unit's target rises; 0 where the lever does nothing, `None` with a reason where nothing can be
    /// said.
    pub change: Option<f64>,
    /// Points by which the university's total rises; `None` where `change` is for `impossible` and `recounted`, and where
    /// the university has no total.
    pub university_change: Option<f64>,
    /// Why there is no change.
    pub reason: Option<NoWorth>,
}

/// Why a lever has no worth at a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoWorth {
    /// The unit has none of what the lever changes: no such staff, no rows of its own, no papers to take after.
    Impossible,
    /// Afterwards the target has no score.
    NoScore,
    /// Its papers would be attributed again, which is done for the university alone.
    Recounted,
}

impl NoWorth {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            NoWorth::Impossible => "impossible",
            NoWorth::NoScore => "no_score",
            NoWorth::Recounted => "recounted",
        }
    }
}
