//! Lever: one thing that a unit can have more or less of, as a scenario of one of it.

use crate::model::names::Names;
use crate::model::scenario::{Change, Scenario, Thing};

/// Stands in the scenario of a lever for the unit that is asked about.
pub const THE_UNIT: &str = "{unit}";

/// The greatest amount that is tried.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Most {
    /// In the unit of the lever.
    pub absolute: Option<f64>,
    /// As a part of what the unit has of a measure: the part and the measure's code.
    pub relative: Option<(f64, String)>,
}

/// What can be moved at a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Lever {
    /// Its code.
    pub code: String,
    /// Names by language.
    pub name: Names,
    /// What one of it is, by language: papers, FTE, international dollars.
    pub unit: Names,
    /// Smallest part that makes sense.
    pub step: f64,
    /// The greatest amount that is tried.
    pub most: Most,
    /// Changes of one of it, at the unit [`THE_UNIT`].
    pub change: Scenario,
}

impl Lever {
    /// One of it at a unit. A lever that adds papers with a partner takes `partner`, `name|country`, in place of its own.
    pub fn one(&self, unit: &str, partner: Option<&str>) -> Scenario {
        let change = |change: &Change| {
            let mut change = change.clone();
            change.thing.place_at(unit, partner);
            change
        };
        let note = self.change.note.clone();
        Scenario { note, ..Scenario::of(self.name.clone(), self.change.changes.iter().map(change)) }
    }

    /// The greatest amount at a unit that has `there` of the measure that [`Most::relative`] names: the smaller of both
    /// limits, in whole steps. A unit without that measure is limited by the absolute amount alone; without one, by a
    /// single step.
    pub fn most(&self, there: Option<f64>) -> f64 {
        let relative = self.most.relative.as_ref().zip(there).map(|((part, _), there)| part * there);
        let most = match (self.most.absolute, relative) {
            (Some(absolute), Some(relative)) => absolute.min(relative),
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => self.step,
        };
        // A tenth of a step that rounding took does not cost a whole step.
        ((most / self.step) * (1.0 + 1e-12)).floor().max(0.0) * self.step
    }
}

impl Thing {
    /// Puts what a lever says of [`THE_UNIT`] at a unit.
    fn place_at(&mut self, id: &str, partner: Option<&str>) {
        let (unit, own_partner) = match self {
            Thing::Staff(profile) => (&mut profile.unit, None),
            Thing::Reclassify(before, after) => {
                after.unit = id.to_owned();
                (&mut before.unit, None)
            }
            Thing::Students { unit, .. }
            | Thing::Degrees { unit, .. }
            | Thing::Income { unit, .. }
            | Thing::Recover { unit } => (unit, None),
            Thing::Publications(profile) => (&mut profile.unit, profile.partner.as_mut()),
            Thing::Shift(shift) => (&mut shift.unit, shift.partner.as_mut()),
            Thing::LeaveOut(_)
            | Thing::Policy { .. }
            | Thing::Unit(_)
            | Thing::Edition { .. }
            | Thing::Peers { .. } => {
                return;
            }
        };
        id.clone_into(unit);
        if let (Some(own), Some(wanted)) = (own_partner, partner) {
            *own = wanted.to_lowercase();
        }
    }
}
