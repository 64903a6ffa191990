//! Advice: which strategies to take under a budget, what they bring, how far that is proven, and what does nothing.

use serde::Serialize;

/// A strategy that the plan takes at a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Id of the strategy.
    pub strategy: String,
    /// Its English name.
    pub name_en: String,
    /// Its Persian name.
    pub name_fa: String,
    /// Id of the unit.
    pub unit: String,
    /// How much of it.
    pub intensity: f64,
    /// Code of the lever that it moves.
    pub lever: String,
    /// Amount of the lever, synergies included.
    pub amount: f64,
    /// Cost, in the money unit of the budget.
    pub cost: f64,
    /// Points that it brings by itself, without the rest of the plan.
    pub effect_alone: f64,
    /// Years until it has its effect.
    pub lead_years: f64,
    /// Who is responsible, in English.
    pub owner_en: String,
    /// The same in Persian.
    pub owner_fa: String,
}

/// What the best plan of one budget brings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CurvePoint {
    /// The budget.
    pub budget: f64,
    /// What the plan costs.
    pub cost: f64,
    /// Points that the plan brings by the model: effects added up, synergies included.
    pub effect: f64,
    /// No plan brings more by the model.
    pub bound: f64,
    /// (bound − effect) / effect.
    pub gap: f64,
    /// Points that the plan brings as a whole.
    pub exact_effect: Option<f64>,
    /// Money per point of those; `None` where there is none to divide by.
    pub cost_per_point: Option<f64>,
    /// Strategies at units that it takes.
    pub steps: usize,
}

/// What a strategy does by itself at the unit and intensity where it brings most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alone {
    /// Id of the strategy.
    pub strategy: String,
    /// Its English name.
    pub name_en: String,
    /// Its Persian name.
    pub name_fa: String,
    /// Code of the lever that it moves.
    pub lever: String,
    /// Units where it can be done.
    pub units: usize,
    /// Units where it brings something.
    pub useful_units: usize,
    /// Id of the unit where it brings most; empty where it brings nothing anywhere.
    pub unit: String,
    /// How much of it there.
    pub intensity: Option<f64>,
    /// What that costs.
    pub cost: Option<f64>,
    /// Points that it brings there.
    pub effect: Option<f64>,
    /// Money per point.
    pub cost_per_point: Option<f64>,
    /// Why it brings nothing, where it brings nothing anywhere: the commonest reason.
    pub reason: Option<IdleReason>,
}

/// Why a strategy does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdleReason {
    /// The unit has none of what it changes: no such staff, no rows of its own, no papers.
    Impossible,
    /// No score that counts moves: the editions do not use what it changes, or not for this unit.
    Unmoved,
    /// It lowers the total.
    Lowers,
    /// It costs more than the budget, or needs what cannot be had.
    OutOfReach,
    /// It has no capacity.
    NoCapacity,
}

/// The plan scored as a whole under one assumption.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Robustness {
    /// `low`, `middle` or `high` effects of the strategies.
    pub effects: &'static str,
    /// How much the peers' values grow per year until the plan has its effect; 0 is as they are.
    pub peers_per_year: f64,
    /// The total if nothing is done.
    pub without: Option<f64>,
    /// The total with the plan.
    pub with: Option<f64>,
    /// What the plan brings.
    pub effect: Option<f64>,
}

/// A plan under a budget and what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Advice {
    /// Id of the unit whose total is to rise.
    pub unit: String,
    /// Ids of the editions with their weights; the total is the weighted mean of theirs.
    pub editions: Vec<(String, f64)>,
    /// The budget.
    pub budget: f64,
    /// The money unit of all sums.
    pub currency: String,
    /// The total as things are.
    pub total: f64,
    /// The plan, by strategy and unit in the order of the catalogue.
    pub steps: Vec<Step>,
    /// What the plan costs.
    pub cost: f64,
    /// Points that it brings by the model: effects of its steps added up, synergies included.
    pub model_effect: f64,
    /// No plan brings more by the model.
    pub bound: f64,
    /// (bound − model effect) / model effect.
    pub gap: f64,
    /// Nodes of the search.
    pub nodes: u64,
    /// Why the solver gave no bound of its own, where it gave none.
    pub fault: Option<String>,
    /// Points that it brings when everything of it is measured and scored together.
    pub exact_effect: Option<f64>,
    /// How often effects were taken: a second time beside the first plan, where the whole was not the sum of its parts.
    pub rounds: u8,
    /// Whose plan this is: the one that brings most as a whole.
    pub round: u8,
    /// Strategies at units that were weighed.
    pub options: usize,
    /// Intensities of them that were measured and scored.
    pub evaluations: usize,
    /// The best plan of each budget.
    pub pareto: Vec<CurvePoint>,
    /// What each strategy does by itself.
    pub alone: Vec<Alone>,
    /// The plan under other assumptions.
    pub robustness: Vec<Robustness>,
}
