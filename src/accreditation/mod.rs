//! Accreditation: ratings, evidence and evaluators → status of standards, decisions, panels, opinions.

pub mod agreement;
pub mod conflict;
pub mod decision;
pub mod linter;
pub mod panel;
pub mod percent;
pub mod reliability;
pub mod version;
