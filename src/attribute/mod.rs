//! Attribute: records → publications → ledger.
//!
//! | step | from | gives |
//! |---|---|---|
//! | [`merge`] | export records | one publication per work, links between them, each record that was folded into another named |
//! | [`affiliation`], [`readings`] | affiliation as printed | the university? which units? which country and organisation? |
//! | [`overrides`] | decisions of the office | corrected fields, publications left out, credits given or denied |
//! | [`people`] | author ids | the member of staff, within the employment window |
//! | [`name`], [`bearers`] | printed names, beside the university only | members of staff with a confidence |
//! | [`ledger`] | authors of each publication | credits whose shares sum to exactly one |
//! | [`review`] | matches that are not sure enough | the queue of decisions, what moves most first |
//! | [`highly_cited`], [`institution`] | lists of researchers of all institutions | our entries, and who of the staff they are |
//! | [`partner_names`] | partners as sheets name them | the names under which papers have them |
//! | [`audit`] | addresses of our authors | rules broken, what to request, the two counts |

pub mod address;
pub mod affiliation;
pub mod audit;
pub mod bearers;
pub mod country;
pub mod highly_cited;
pub mod institution;
mod institution_words;
pub mod ledger;
pub mod merge;
pub mod name;
pub mod overrides;
pub mod partner_names;
pub mod people;
pub mod readings;
pub mod relations;
pub mod review;
pub mod shares;
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
    let (mut publications, mut excluded) = merged.value;
    let mut applied = tables.overrides.applied.clone();
    applied.extend(overrides::correct(tables, &mut publications, &mut findings));
    applied.extend(overrides::exclude(tables, &mut publications, &mut excluded, &mut findings));
    let reader = affiliation::Reader::new(tables, assessment);
    let readings = readings::Readings::of(&publications, &reader);
    readings.mark(&mut publications, &reader);
    let mut ledger = ledger::book(tables, assessment, &publications, &readings, excluded).into_value(&mut findings);
    applied.append(&mut ledger.overrides);
    ledger.overrides = applied;
    ledger.highly_cited = highly_cited::find(tables, assessment).into_value(&mut findings);
    Checked { value: (publications, ledger), findings }
}
