//! What-if: the same question asked of a changed copy.
//!
//! ```text
//! Scenario ─► apply ─► Copy (inputs, changed) ─► again ─► Outcome (measures, scorecards) ─► moves: old → new, why
//! ```
//! `sensitivity` asks what scores and ranks could have been with other weights, methods and data, `certified` proves the
//! best and worst rank over all weights of a band. Inputs change, never scores: nothing in `measure` or `score` knows of scenarios.

pub mod advice;
pub mod again;
pub mod apply;
pub mod audit_order;
pub mod certified;
pub mod changes;
pub mod copy;
pub mod evaluator;
pub mod forecast;
pub mod light;
pub mod moved;
pub mod moves;
pub mod plan;
pub mod sensitivity;
pub mod shapley;
pub mod target;
pub mod touched;
pub mod worth;
