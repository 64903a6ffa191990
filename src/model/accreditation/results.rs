//! What accreditation comes to: the rows of the tables, in the order in which they are written.
//!
//! Units, standards and evaluators stand by their ids, days as `2025-03-20`, shares as 0–1, percentages as 0–100, levels by
//! [`Level::as_str`](crate::model::accreditation::level::Level::as_str) or `not_applicable`.

use serde::Serialize;

use crate::model::accreditation::decision::DecisionTable;

/// Everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accreditation {
    /// The version in force in the last round; empty without standards.
    pub version: String,
    /// The last round with ratings.
    pub round: Option<i32>,
    /// The table that decisions follow; `None` where the office has none, or one with faults.
    pub table: Option<DecisionTable>,
    /// Areas of the version in force, in the order of the catalogue.
    pub areas: Vec<String>,
    /// Unit by unit, standard by standard, of the last round.
    pub standards: Vec<StandardRow>,
    /// Unit by unit, round by round, both sides.
    pub decisions: Vec<DecisionRow>,
    /// The same by area.
    pub percent: Vec<AreaRow>,
    /// Internal against external evaluation, unit by unit.
    pub opinions: Vec<OpinionRow>,
    /// The register of evidence.
    pub evidence: Vec<EvidenceRow>,
    /// Which standards to review.
    pub items: Vec<ItemRow>,
    /// Alpha of each area.
    pub reliability: Vec<ReliabilityRow>,
    /// What became of standards from version to version.
    pub changes: Vec<ChangeRow>,
    /// Visit by visit, everybody.
    pub panels: Vec<PanelRow>,
    /// Whether the plan of the panels is proven to be the best.
    pub plan: Option<PlanRow>,
    /// Who may not visit whom, and why.
    pub conflicts: Vec<ConflictRow>,
    /// Visits without a panel.
    pub unmet: Vec<UnmetRow>,
    /// What evaluators should learn.
    pub training: Vec<TrainingRow>,
    /// Articles and standards.
    pub regulations: Vec<RegulationRow>,
    /// Counts that documents tell.
    pub counts: Vec<CountRow>,
}

impl Accreditation {
    /// A count of a unit, or of the whole where `unit` is empty; 0 where there is nothing to count.
    pub fn count(&self, unit: &str, what: &str) -> u64 {
        self.counts.iter().find(|row| row.unit == unit && row.what == what).map_or(0, |row| row.count)
    }
}

/// A standard at a unit in the last round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandardRow {
    /// Id of the unit.
    pub unit: String,
    /// Year of the round.
    pub round: i32,
    /// Code.
    pub standard: String,
    /// Area.
    pub area: String,
    /// `mandatory` or `preferred`.
    pub kind: &'static str,
    /// Level by the unit; empty where it is not rated.
    pub internal: &'static str,
    /// Level by the panel; empty where it is not rated.
    pub external: &'static str,
    /// External less internal, in levels.
    pub difference: Option<i32>,
    /// Whether it is met by the unit's own rating.
    pub met_internal: Option<bool>,
    /// Whether it is met by the panel's rating.
    pub met_external: Option<bool>,
    /// Level by the unit in the round before; empty where there is none.
    pub previous: &'static str,
    /// `up`, `down`, `same`; empty where there is nothing to compare.
    pub change: &'static str,
    /// Documents that the register wants.
    pub evidence_wanted: u32,
    /// Of these, received.
    pub evidence_received: u32,
    /// The panel rates it below the highest level or reports a finding, and refers to no evidence.
    pub without_reference: bool,
    /// What the panel recommends.
    pub recommendation: String,
    /// The panel of the round before has recommended something here too.
    pub repeated: bool,
    /// What the unit replied.
    pub reply: String,
}

/// The standing of a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionRow {
    /// Id of the unit.
    pub unit: String,
    /// Year of the round.
    pub round: i32,
    /// `internal` or `external`.
    pub side: &'static str,
    /// Share of the standards that apply which are rated.
    pub coverage: f64,
    /// Mandatory standards rated.
    pub mandatory_rated: u32,
    /// Of these, met.
    pub mandatory_met: u32,
    /// In percent.
    pub mandatory_percent: Option<f64>,
    /// Preferred standards rated.
    pub preferred_rated: u32,
    /// Of these, met.
    pub preferred_met: u32,
    /// In percent.
    pub preferred_percent: Option<f64>,
    /// Standards that do not apply.
    pub not_applicable: u32,
    /// Standards in force that are not rated.
    pub unrated: u32,
    /// Points in percent of the greatest.
    pub total_percent: Option<f64>,
    /// The same of the weakest area.
    pub lowest_area_percent: Option<f64>,
    /// Whether all mandatory standards are rated and met.
    pub gate: bool,
    /// Code of the decision; empty where there is none.
    pub decision: String,
    /// In English.
    pub decision_en: String,
    /// In Persian.
    pub decision_fa: String,
    /// Years for which it holds.
    pub years: Option<u32>,
    /// Why there is no decision: `no_table`, `coverage`, `no_value`, `no_rule`; empty where there is one.
    pub reason: &'static str,
}

/// An area of a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaRow {
    /// Id of the unit.
    pub unit: String,
    /// Year of the round.
    pub round: i32,
    /// `internal` or `external`.
    pub side: &'static str,
    /// The area.
    pub area: String,
    /// Standards rated.
    pub rated: u32,
    /// Points.
    pub points: f64,
    /// What they could be.
    pub greatest: f64,
    /// In percent.
    pub percent: Option<f64>,
}

/// Internal against external evaluation of a unit in the last round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OpinionRow {
    /// Id of the unit.
    pub unit: String,
    /// Year of the round.
    pub round: i32,
    /// Standards rated by both sides.
    pub compared: u32,
    /// Share of these at the same level.
    pub same: Option<f64>,
    /// Kappa with linear weights.
    pub kappa_linear: Option<f64>,
    /// Kappa with quadratic weights.
    pub kappa_quadratic: Option<f64>,
    /// Mean of external less internal, in levels.
    pub mean_difference: Option<f64>,
    /// Standards two levels or more apart.
    pub two_levels: u32,
    /// Mandatory standards not met by the panel's rating.
    pub mandatory_not_met: u32,
    /// Findings without a reference to evidence.
    pub without_reference: u32,
    /// Recommendations.
    pub recommendations: u32,
    /// Of these, repeated from the round before.
    pub repeated: u32,
    /// Of these, with a reply of the unit.
    pub replied: u32,
    /// Decision by the unit's own ratings.
    pub decision_internal: String,
    /// Decision by the panel's ratings, which is proposed.
    pub decision_external: String,
}

/// A document of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceRow {
    /// Id of the unit.
    pub unit: String,
    /// Code of the standard.
    pub standard: String,
    /// What it is.
    pub name: String,
    /// Who brings it.
    pub owner: String,
    /// By when.
    pub due: String,
    /// By when, Solar Hijri.
    pub due_jalali: String,
    /// When it came.
    pub received: String,
    /// `received`, `received_late`, `open`, `overdue`, `no_day`.
    pub state: &'static str,
    /// Days between the due day and its coming, or the day of the data.
    pub days_late: Option<i64>,
}

/// A standard over all units of the last round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemRow {
    /// Code.
    pub standard: String,
    /// Area.
    pub area: String,
    /// `mandatory` or `preferred`.
    pub kind: &'static str,
    /// Units rated, by the panel's rating, else by their own.
    pub units: u32,
    /// Units to which it does not apply.
    pub not_applicable: u32,
    /// Share at the highest level.
    pub full: Option<f64>,
    /// Share at the lowest level.
    pub not_met: Option<f64>,
    /// Mean level, 0–3.
    pub mean: Option<f64>,
    /// Units rated by both sides.
    pub compared: u32,
    /// Share of these two levels or more apart.
    pub two_levels: Option<f64>,
    /// Share of the wanted documents that did not come.
    pub evidence_missing: Option<f64>,
    /// Correlation with the other standards of its area together.
    pub with_rest: Option<f64>,
    /// Standard of the area with which it correlates most.
    pub nearest: String,
    /// How much.
    pub nearest_correlation: Option<f64>,
    /// Why to review it, `;` between reasons: `never_used`, `ceiling`, `floor`, `disagreement`, `evidence`, `redundant`.
    pub reasons: String,
}

/// How well the standards of an area measure one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReliabilityRow {
    /// The area.
    pub area: String,
    /// Standards rated at all units counted.
    pub standards: u32,
    /// Units at which all of these are rated.
    pub units: u32,
    /// Cronbach's alpha.
    pub alpha: Option<f64>,
}

/// What became of standards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeRow {
    /// Earlier version.
    pub from_version: String,
    /// Later version.
    pub to_version: String,
    /// What happened.
    pub fate: &'static str,
    /// Earlier codes, `;` between them.
    pub from: String,
    /// Later codes, `;` between them.
    pub to: String,
}

/// Somebody at a visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PanelRow {
    /// Id of the unit.
    pub unit: String,
    /// Id of the evaluator.
    pub evaluator: String,
    /// Name.
    pub name: String,
    /// `chair`, `member`, `reserve`, `not_chosen`.
    pub role: &'static str,
    /// What the seat costs.
    pub cost: u32,
    /// Wanted areas that the person is an expert of, `;` between them.
    pub areas: String,
    /// Why not, `;` between reasons: names of bars, `full` (has all panels allowed), `quota` (the school has sent enough),
    /// `dearer` (could, and others cost less).
    pub why_not: String,
}

/// The plan of the panels as a whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanRow {
    /// Visits.
    pub visits: u32,
    /// Of these, with a panel.
    pub filled: u32,
    /// Cost of all seats.
    pub cost: u64,
    /// No plan that fills as many costs less.
    pub bound: u64,
    /// Whether it is proven to be the best.
    pub proven: bool,
}

/// Why somebody may not visit a unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictRow {
    /// Id of the unit.
    pub unit: String,
    /// Id of the evaluator.
    pub evaluator: String,
    /// Name of the bar.
    pub rule: &'static str,
    /// The leader that it is about, the kind of tie, the missing certificate, the years of service.
    pub detail: String,
    /// Publications that show it, `;` between them.
    pub publications: String,
}

/// A visit without a panel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnmetRow {
    /// Id of the unit.
    pub unit: String,
    /// What cannot be met together, `;` between demands: `members:4`, `area:…`, `chair`, `quota`, `load`, `visit:…`, or the
    /// name of a bar. Empty where the search was ended before it could be told.
    pub conflict: String,
}

/// What an evaluator should learn.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrainingRow {
    /// Id of the evaluator.
    pub evaluator: String,
    /// Name.
    pub name: String,
    /// `certificate` or `calibration`.
    pub need: &'static str,
    /// Which certificate.
    pub detail: String,
    /// Ratings judged.
    pub ratings: Option<u32>,
    /// Mean distance from the panel's rating, in levels.
    pub distance: Option<f64>,
}

/// An article and a standard that it serves; an article without a standard, a standard without an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegulationRow {
    /// Article; empty where a standard has none.
    pub article: String,
    /// What it says.
    pub title: String,
    /// Code of the standard; empty where an article serves none.
    pub standard: String,
    /// Who does it.
    pub owner: String,
    /// By when.
    pub due: String,
    /// By when, Solar Hijri.
    pub due_jalali: String,
    /// `done`, `open`, `overdue`, `no_day`, `no_article`, `no_standard`.
    pub state: &'static str,
    /// Days between the due day and the day of the data.
    pub days_late: Option<i64>,
}

/// How many rows of the tables are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CountRow {
    /// Id of the unit; empty for the whole.
    pub unit: String,
    /// What is counted.
    pub what: &'static str,
    /// How many.
    pub count: u64,
}
