//! To which subject of THE a unit's figures belong.

use std::collections::BTreeMap;

use super::amounts::Amount;
use crate::diagnostic::Finding;
use crate::model::partners::submission::{Exact, NO_SUBJECT, THE_SUBJECTS};
use crate::model::results::Results;
use crate::model::unit::{UnitIndex, Units};

/// Shares of subjects in millionths that add up to one, by unit.
pub struct SubjectShares {
    of_unit: Vec<Vec<(&'static str, Exact)>>,
}

fn known(subject: &str) -> Option<&'static str> {
    THE_SUBJECTS.iter().copied().find(|known| *known == subject)
}

impl SubjectShares {
    /// Those of the sheet of subjects, else the subject of the units sheet, else those of the nearest unit above. Shares
    /// that do not add up to one are not used (`subject-shares`).
    pub fn new(results: &Results, findings: &mut Vec<Finding>) -> Self {
        let units = &results.tables.units;
        let mut stated: BTreeMap<UnitIndex, Vec<(&'static str, Exact)>> = BTreeMap::new();
        for row in &results.tables.subject_shares {
            if let Some(subject) = known(&row.subject) {
                stated.entry(row.unit).or_default().push((subject, Exact::of(row.share)));
            }
        }
        stated.retain(|unit, shares| {
            let sum: Exact = shares.iter().map(|(_, share)| *share).sum();
            // Thirds are written as 0.333: what lacks up to a thousandth falls to the first.
            let lacking = Exact::ONE - sum.0;
            if lacking.abs() > Exact::ONE / 1000 {
                let first = results.tables.subject_shares.iter().find(|row| row.unit == *unit);
                let message = format!(
                    "the shares of subjects of \"{}\" add up to {}, not to 1; they are not used",
                    units.get(*unit).id,
                    sum.as_f64()
                );
                let place = first.map_or(crate::diagnostic::Place::Run, |row| row.place.clone());
                findings.push(
                    Finding::error("subject-shares", message).at(place).hint("let the shares of each unit add up to 1"),
                );
                return false;
            }
            shares[0].1.0 += lacking;
            true
        });
        let of_unit = (0..units.len()).map(|unit| nearest(units, UnitIndex(unit as u32), &stated)).collect();
        SubjectShares { of_unit }
    }

    /// An amount by subject: in equal parts to its units, and of each by its shares. The parts add up to the amount.
    pub fn divide(&self, amount: &Amount) -> Vec<(&'static str, Exact)> {
        let mut parts = Vec::new();
        for (unit, part) in amount.units.iter().zip(amount.value.split(amount.units.len())) {
            let shares = &self.of_unit[unit.at()];
            let mut rest = part.0;
            for (at, (subject, share)) in shares.iter().enumerate() {
                let own = if at + 1 == shares.len() { rest } else { part.0 * share.0 / Exact::ONE };
                rest -= own;
                parts.push((*subject, Exact(own)));
            }
            if shares.is_empty() {
                parts.push((NO_SUBJECT, part));
            }
        }
        parts
    }
}

/// Those of the unit, else of its parents in their order, else of theirs.
fn nearest(
    units: &Units,
    unit: UnitIndex,
    stated: &BTreeMap<UnitIndex, Vec<(&'static str, Exact)>>,
) -> Vec<(&'static str, Exact)> {
    let mut open = std::collections::VecDeque::from([unit]);
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = open.pop_front() {
        if !seen.insert(next) {
            continue;
        }
        if let Some(shares) = stated.get(&next) {
            return shares.clone();
        }
        if let Some(subject) = known(&units.get(next).subject) {
            return vec![(subject, Exact(Exact::ONE))];
        }
        open.extend(&units.get(next).parents);
    }
    Vec::new()
}
