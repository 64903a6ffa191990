//! What correcting lost addresses would bring: the whole run again, as if the recoverable addresses had been printed as
//! requested.

use crate::attribute::audit;
use crate::explain::{changes, recalculate};
use crate::model::audit::Audit;
use crate::model::change::{Change, ChangedTable};
use crate::model::results::Results;

/// Every score and composite that moves once all recoverable addresses of the audit are corrected. Effects of units on one
/// another (ranks, units of the same type as benchmark) are in it, because all are corrected at once.
pub fn recovery(results: &Results, audit: &Audit) -> Vec<Change> {
    if !audit.breaches.iter().any(|breach| audit.rules[breach.rule].recoverable) {
        return Vec::new();
    }
    let (publications, ledger) = audit::corrected(&results.tables, &results.assessment, &results.publications, audit);
    let after = recalculate::with_ledger(results, publications, ledger);
    let mut changes = changes(results, &after);
    changes.retain(|change| change.table != ChangedTable::Measures);
    changes
}
