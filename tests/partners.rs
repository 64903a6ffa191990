//! Partners: ties, agreements, candidates, lines by rules, figures for portals.

mod agreements;
mod candidates;
mod lines;
mod matrix;
mod sheets;
mod submission;
