//! Sanjeh: world-ranking indicator scores for every unit of a university, from its own spreadsheets.
#![warn(missing_docs)]

pub mod accreditation;
pub mod attribute;
pub mod catalogue;
pub mod cli;
pub mod diagnostic;
pub mod explain;
pub mod load;
pub mod measure;
pub mod model;
pub mod partners;
pub mod render;
pub mod report;
pub mod sample;
pub mod score;
pub mod whatif;
pub mod write;
