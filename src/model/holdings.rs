//! Which publications the profile of a unit counts, and who holds each: what charts and partner reports are made of.

use crate::model::ledger::Account;
use crate::model::publication::Publication;
use crate::model::results::Results;

/// Holders of the publications of the profile: its years and document types.
pub struct Holdings {
    /// Publications of each unit and those below it, ascending.
    pub of_unit: Vec<Vec<u32>>,
    /// Units that hold each publication, with all above them, ascending.
    pub holders: Vec<Vec<u32>>,
}

impl Holdings {
    /// Goes once through the ledger.
    pub fn new(results: &Results) -> Self {
        let units = &results.tables.units;
        let mut holders: Vec<Vec<u32>> = vec![Vec::new(); results.publications.len()];
        for credit in &results.ledger.credits {
            let Account::Unit(unit) = credit.account else { continue };
            if counts(results, &results.publications.items[credit.publication.at()]) {
                holders[credit.publication.at()].extend(units.ancestors(unit).iter().map(|unit| unit.0));
            }
        }
        let mut of_unit: Vec<Vec<u32>> = vec![Vec::new(); units.len()];
        for (publication, units) in (0..).zip(&mut holders) {
            units.sort_unstable();
            units.dedup();
            for &unit in units.iter() {
                of_unit[unit as usize].push(publication);
            }
        }
        Holdings { of_unit, holders }
    }

    /// The publications of a unit.
    pub fn papers<'r>(&self, results: &'r Results, unit: usize) -> Vec<&'r Publication> {
        self.of_unit[unit].iter().map(|&paper| &results.publications.items[paper as usize]).collect()
    }
}

/// Whether the profile counts a paper: of its years and document types.
fn counts(results: &Results, paper: &Publication) -> bool {
    let types = &results.assessment.policy.document_types;
    paper.year.is_some_and(|year| results.assessment.publication_window().contains(year))
        && (types.is_empty() || types.contains(&paper.document_type))
}
