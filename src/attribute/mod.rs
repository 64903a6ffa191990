//! Attribute: records → publications → ledger.
//!
//! | step | from | gives |
//! |---|---|---|
//! | [`merge`] | export records | one publication per work, links between them, each record that was folded into another named |
//! | [`affiliation`] | affiliation as printed | the university? which units? which country and organisation? |
//! | [`people`] | author ids | the member of staff, within the employment window |
//! | [`ledger`] | authors of each publication | credits whose shares sum to exactly one |

pub mod affiliation;
pub mod country;
pub mod ledger;
pub mod merge;
pub mod people;
pub mod vocabulary;

use crate::diagnostic::Checked;
use crate::model::assessment::Assessment;
use crate::model::ledger::Ledger;
use crate::model::publication::Publications;
use crate::model::tables::Tables;

/// Merges the records of `tables`, finds the units of every author and writes the ledger.
pub fn attribute(tables: &Tables, assessment: &Assessment) -> Checked<(Publications, Ledger)> {
    let merged = merge::publications(tables, assessment);
    let mut findings = merged.findings;
    let (mut publications, excluded) = merged.value;
    let reader = affiliation::Reader::new(tables, assessment);
    let readings = affiliation::Readings::of(&publications, &reader);
    readings.mark(&mut publications, &reader);
    let ledger = ledger::book(tables, assessment, &publications, &readings, excluded).into_value(&mut findings);
    Checked { value: (publications, ledger), findings }
}
