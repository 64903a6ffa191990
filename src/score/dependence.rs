//! Dependence: whose measures the composites of a unit rest on.

use crate::model::edition::{Edition, Normaliser};
use crate::model::unit::{UnitIndex, Units};

/// The units whose measures decide the scores, ranks and composites of `unit` by an edition, ascending: those of its type,
/// and any that distances are measured to. No other value enters: populations, stand-ins, lines and ranks are all of a
/// type.
pub fn decisive(units: &Units, edition: &Edition, unit: UnitIndex) -> Vec<UnitIndex> {
    let mut decisive = units.of_type(&units.get(unit).unit_type);
    let named = edition.indicators.iter().filter_map(|indicator| match &indicator.normalise {
        Normaliser::DistanceToReference { unit, .. } => units.find(unit),
        _ => None,
    });
    decisive.extend(named);
    decisive.sort_unstable();
    decisive.dedup();
    decisive
}
