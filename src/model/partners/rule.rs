//! Rules by which lines of strengths and threats are found: `indicators/rules/*.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::names::Names;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// What the unit does better than most of its type.
    Strength,
    /// What it does worse than most.
    Weakness,
    /// What can be gained.
    Opportunity,
    /// What can be lost.
    Threat,
    /// What it lacks.
    Need,
    /// What comes first.
    Priority,
}

impl LineKind {
    /// All, in the order of the table.
    pub const ALL: [LineKind; 6] = [
        LineKind::Strength,
        LineKind::Weakness,
        LineKind::Opportunity,
        LineKind::Threat,
        LineKind::Need,
        LineKind::Priority,
    ];

    /// The name in `swot.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            LineKind::Strength => "strength",
            LineKind::Weakness => "weakness",
            LineKind::Opportunity => "opportunity",
            LineKind::Threat => "threat",
            LineKind::Need => "need",
            LineKind::Priority => "priority",
        }
    }
}

/// What a rule looks at. The number is held against [`Rule::threshold`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Score of an indicator, at least the quantile `threshold` of the units of its type.
    ScoreAtLeastQuantile,
    /// Score of an indicator, at most the quantile `threshold` of the units of its type.
    ScoreAtMostQuantile,
    /// Points that the unit would gain at the median score of its type, weight in percent × gap / 100, at least `threshold`;
    /// times how far the unit controls the indicator it is the weight of the line.
    GapToMedian,
    /// Slope of the papers per year over their mean, at most −`threshold`.
    FallingPapers,
    /// Part of the citations on papers of one member of staff, more than `threshold`.
    OneAuthor,
    /// Part of the citations on papers with one institution, more than `threshold`.
    OnePartner,
    /// Part of the citations on papers of staff whose employment ends within three years, more than `threshold`.
    LeavingStaff,
    /// Whole months until an agreement that is lived ends, at most `threshold`.
    EndingAgreement,
    /// Part of the papers with an exposed country, more than `threshold`.
    ExposedCountry,
    /// What a later edition of the same ranking takes off the total, more than `threshold` points.
    LaterEdition,
    /// Joint papers with an institution without agreement, at least `threshold`.
    PartnerWithoutAgreement,
    /// Score of the best candidate partner, more than `threshold`.
    CandidatePartner,
    /// Part of the academic staff without an author id, more than `threshold`.
    StaffWithoutId,
    /// Part of the papers with an address whose correction gives credit, more than `threshold`.
    CorrectableAddresses,
    /// Agreements in force that nobody uses, at least `threshold`; counted at the units that they name.
    DormantAgreement,
    /// A strategy that brings something and is out of reach of the budget: its points at the best unit, more than `threshold`.
    StrategyOutOfReach,
    /// A step of the plan: the points that it brings by itself, more than `threshold`.
    PlanStep,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Id, unique.
    pub id: String,
    /// What its lines are.
    pub kind: LineKind,
    /// What it looks at.
    pub basis: Basis,
    /// What it is held against.
    pub threshold: f64,
    /// 0–1: how feasible it is to act; 1 where the file says nothing.
    pub feasibility: f64,
    /// Most lines per unit; the weightiest stay.
    pub most: usize,
    /// What the rule says, by language.
    pub name: Names,
}

/// All rules, and how far units control indicators.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// In the order of the files.
    pub rules: Vec<Rule>,
    /// By code of the indicator: 0 not at all, 1 wholly.
    pub control: BTreeMap<String, f64>,
    /// For all other indicators.
    pub usual_control: f64,
}

impl Rules {
    /// How far a unit controls an indicator.
    pub fn control_of(&self, indicator: &str) -> f64 {
        self.control.get(indicator).copied().unwrap_or(self.usual_control)
    }
}
