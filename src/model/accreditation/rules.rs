//! Rules that the office has set for panels, for the review of standards and for training.

use crate::model::accreditation::evaluator::Rank;

/// All of them.
#[derive(Debug, Clone, PartialEq)]
pub struct AccreditationRules {
    /// For panels.
    pub panel: PanelRules,
    /// For the review of standards.
    pub items: ItemRules,
    /// For the training of evaluators.
    pub training: TrainingRules,
}

/// Rules for panels.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelRules {
    /// Lowest rank that chairs.
    pub chair: Rank,
    /// Years after the end of employment at a unit in which nobody visits it.
    pub employment_years: i32,
    /// Years back in which a paper with a leader of the unit counts.
    pub co_authorship_years: i32,
    /// Papers of more authors are no tie.
    pub most_authors: usize,
    /// Least years of service.
    pub service_years: f64,
    /// Certificates that everybody on a panel needs.
    pub certificates: Vec<String>,
    /// Most members of a panel from one school.
    pub most_per_school: u32,
    /// Ids of the schools without this limit.
    pub free_schools: Vec<String>,
    /// Most panels of somebody whose row does not say.
    pub most_panels: u32,
    /// Reserves that each panel is given, as far as there are any.
    pub reserves: usize,
    /// Cost of each wanted area that a member is no expert of.
    pub cost_area: u32,
    /// Cost of each rank below professor.
    pub cost_rank: u32,
    /// Cost of each panel served on before.
    pub cost_past_panel: u32,
}

/// When a standard is to be reviewed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemRules {
    /// Fewest units that must be rated.
    pub least_units: u32,
    /// Share of units at the highest level.
    pub ceiling: f64,
    /// Share of units at the lowest level.
    pub floor: f64,
    /// Share of units rated two levels or more apart by both sides.
    pub disagreement: f64,
    /// Share of wanted evidence that did not come.
    pub evidence_missing: f64,
    /// Correlation with another standard of the area.
    pub redundancy: f64,
}

/// What evaluators need to know.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainingRules {
    /// Certificates that every evaluator should hold.
    pub competencies: Vec<String>,
    /// Mean distance in levels from the panel's rating that asks for calibration.
    pub distance: f64,
    /// Fewest ratings that this is judged by.
    pub least_ratings: u32,
}
