//! Holdings: the publications of a unit, each once, with the unit's part in them.

use crate::measure::Input;
use crate::model::ledger::{Account, Credit};
use crate::model::unit::UnitIndex;

/// A publication that a unit holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Index of the publication.
    pub publication: u32,
    /// The unit's fractional share in 10⁻¹⁵.
    pub share: u64,
    /// Positions of the unit's authors, ascending.
    pub positions: Vec<u32>,
}

/// What a unit holds: the union over itself and its descendants, ascending by publication.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// Whose they are.
    pub unit: UnitIndex,
    /// The publications.
    pub held: Vec<Held>,
}

impl Holdings {
    /// Walks the ledger once; an author who is in two descendants is one author.
    pub fn of(unit: UnitIndex, input: Input) -> Self {
        let units = input.tables.units.descendants(unit);
        let ours =
            |credit: &&Credit| matches!(credit.account, Account::Unit(unit) if units.binary_search(&unit).is_ok());
        let mut held: Vec<Held> = Vec::new();
        for credit in input.ledger.credits.iter().filter(ours) {
            match held.last_mut().filter(|last| last.publication == credit.publication.0) {
                Some(last) => {
                    last.share += credit.share.0;
                    if last.positions.last() != Some(&credit.author_position) {
                        last.positions.push(credit.author_position);
                    }
                }
                None => held.push(Held {
                    publication: credit.publication.0,
                    share: credit.share.0,
                    positions: vec![credit.author_position],
                }),
            }
        }
        Holdings { unit, held }
    }
}
