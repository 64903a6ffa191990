//! Accreditation: standards, ratings, evidence and evaluators → standing of units, decisions, panels, opinions.
//!
//! ```text
//! Sheets ─► Known ─┬─► standing (percent, decision) ─► opinion (kappa)
//!                  ├─► items (ceiling, floor, disagreement, redundancy, alpha), changes (versions)
//!                  ├─► calendar (evidence, regulations), training
//!                  └─► seats: bars ─► PanelProblem ─► panel (exact) ─► conflict where there is none
//! ```

pub mod agreement;
mod bars;
mod calendar;
mod changes;
mod check;
pub mod conflict;
mod counts;
pub mod decision;
mod items;
mod known;
pub mod linter;
mod opinion;
pub mod panel;
pub mod percent;
pub mod reliability;
mod seats;
mod standing;
mod training;
pub mod version;

use crate::accreditation::known::Known;
use crate::diagnostic::Checked;
use crate::model::accreditation::decision::DecisionTable;
use crate::model::accreditation::results::Accreditation;
use crate::model::accreditation::rules::AccreditationRules;
use crate::model::results::Results;

/// Everything that the sheets of accreditation come to; `None` where there are none of them. A table with any finding of
/// the linter decides nothing, and the findings are handed on.
pub fn accredit(
    results: &Results,
    table: Option<DecisionTable>,
    rules: &AccreditationRules,
) -> Checked<Option<Accreditation>> {
    if results.tables.accreditation.is_empty() {
        return Checked::clean(None);
    }
    let mut findings = table.as_ref().map(linter::lint).unwrap_or_default();
    let table = table.filter(|_| findings.is_empty());
    let known = Known::new(results, table.as_ref(), rules);
    findings.extend(check::check(&known));
    let (standards, decisions) = (standing::standards(&known), standing::decisions(&known));
    let mut accreditation = Accreditation {
        version: known.standards().first().map(|standard| standard.version.clone()).unwrap_or_default(),
        round: known.round(),
        areas: known::areas(&known.standards()).into_iter().map(str::to_owned).collect(),
        percent: standing::by_area(&known),
        opinions: opinion::opinions(&standards, &decisions),
        evidence: calendar::evidence(&known),
        items: items::items(&known),
        reliability: items::reliability(&known),
        changes: changes::changes(&known),
        training: training::training(&known),
        regulations: calendar::regulations(&known),
        standards,
        decisions,
        ..Accreditation::default()
    };
    seats::panels(&known, &mut accreditation, &mut findings);
    drop(known);
    accreditation.table = table;
    accreditation.counts = counts::counts(&accreditation);
    Checked { value: Some(accreditation), findings }
}
