//! The affiliation audit: addresses that break a rule, what they lose, and what to request.

use serde::Deserialize;

use crate::model::names::Names;
use crate::model::publication::PublicationIndex;
use crate::model::unit::UnitIndex;

/// A rule that an address can break, from `data/reference/address_rules.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddressRule {
    /// Stable id in `audit.csv`.
    pub id: String,
    /// First publication year in which it holds.
    pub valid_from: i32,
    /// Whether a bibliographic database still credits the university.
    pub ranking_eligible: bool,
    /// Whether only credits of centres are lost with the ministry, and not those of other units.
    pub centres_only: bool,
    /// Whether correcting the address gives credit back that the ledger lacks.
    pub recoverable: bool,
    /// What to tell, by language.
    pub message: Names,
    /// Where the rule is from.
    pub source: String,
}

/// One address that breaks one rule, for one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// The unit that loses credit.
    pub unit: UnitIndex,
    /// The publication.
    pub publication: PublicationIndex,
    /// Position of the author from 1.
    pub author_position: u32,
    /// Position of the address among the author's from 0.
    pub affiliation: u32,
    /// Index into [`Audit::rules`].
    pub rule: usize,
    /// Index into [`crate::model::tables::Tables::staff`], where the author is staff.
    pub staff: Option<u32>,
    /// The corrected address.
    pub request: String,
    /// Whether the unit's credit for this author still counts in rankings by this or another address.
    pub ranking_eligible: bool,
    /// Whether it still counts with the ministry by another address.
    pub ministry_eligible: bool,
}

/// Publications of a unit that count by each of the two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eligibility {
    /// The unit.
    pub unit: UnitIndex,
    /// Publications that the unit holds.
    pub held: u32,
    /// Of these, with an author of the unit whose address names the university as databases know it.
    pub ranking_eligible: u32,
    /// Of these, with an author of the unit whose address breaks no rule of the ministry.
    pub ministry_eligible: u32,
}

impl Audit {
    /// Breaches of each rule, in the order of the rules.
    pub fn by_rule(&self) -> Vec<u64> {
        let of = |rule: usize| self.breaches.iter().filter(|breach| breach.rule == rule).count() as u64;
        (0..self.rules.len()).map(of).collect()
    }
}

/// All breaches and the two counts of every unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audit {
    /// The rules.
    pub rules: Vec<AddressRule>,
    /// Ascending.
    pub breaches: Vec<Breach>,
    /// One row per unit, in unit order.
    pub eligibility: Vec<Eligibility>,
}
