//! What documents and briefings are told from.

use crate::model::audit::Audit;
use crate::model::change::Change;
use crate::model::report::Report;
use crate::model::results::Results;

/// A run, and what was made of it for people.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The results of the run.
    pub results: &'a Results,
    /// Comparisons and units as they are shown.
    pub report: &'a Report,
    /// Addresses that break a rule.
    pub audit: &'a Audit,
    /// What correcting them would bring.
    pub recovered: &'a [Change],
}
