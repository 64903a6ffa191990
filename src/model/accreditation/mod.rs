//! Accreditation: what the standards ask, how units are rated, who rates them, what follows.
//!
//! ```text
//! Sheets ─ Standards with their Crosswalk, Ratings, Evidence, Evaluators with Ties, Visits, Regulations
//! DecisionTable, Scale, AccreditationRules ─ what the office has decided
//! PanelProblem ─► PanelPlan
//! Accreditation ─ the rows of the tables that a run writes
//! ```

pub mod decision;
pub mod evaluator;
pub mod evidence;
pub mod level;
pub mod panel;
pub mod rating;
pub mod regulation;
pub mod results;
pub mod rules;
pub mod sheets;
pub mod standard;
pub mod version;
pub mod visit;
