//! Step 2: what a value is compared with.

use crate::model::benchmark::{BenchmarkEntry, BenchmarkSource};
use crate::model::calibration::{Calibration, Curve};
use crate::model::edition::{BandBase, Direction, Edition, Indicator, Normaliser};
use crate::model::tables::Peer;
use crate::score::run::Run;
use crate::score::statistics;

/// What the values of one indicator are compared with for one type of unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Population {
    /// Published constants.
    Constants {
        /// Mean and standard deviation.
        mean_sd: Option<(f64, f64)>,
        /// Smallest value.
        min: Option<f64>,
        /// Largest value.
        max: Option<f64>,
    },
    /// Values of peers or units, ascending, never empty.
    Values(Vec<f64>),
    /// The own published past.
    History(Curve),
    /// None is needed: the value is given as a score.
    Given,
}

/// The first of these that is there: published constants that the normaliser can use; supplied peers of the type, if
/// there are `minimum_units`; a curve from the own published past; `own`, the raw values of units of the type, if there are `minimum_units`. Peers stand for
/// themselves: own values are not added to them, so that a unit does not move the scale it is put on. Peers are capped as
/// own values are.
pub fn population(
    run: &Run,
    indicator: &Indicator,
    unit_type: &str,
    own: &[f64],
) -> Option<(Population, BenchmarkSource)> {
    let Run { edition, benchmark, peers, calibrations, minimum_units, .. } = *run;
    if indicator.normalise == Normaliser::Given {
        return Some((Population::Given, BenchmarkSource::Given));
    }
    if let Normaliser::Goalposts { .. } | Normaliser::Bands { of: BandBase::Raw, .. } = indicator.normalise {
        // The edition's own constants; nothing needs to be compared.
        let constants = Population::Constants { mean_sd: None, min: None, max: None };
        let reference = indicator.reference.first().cloned().unwrap_or_default();
        return Some((constants, BenchmarkSource::Published(reference)));
    }
    if let Some(entry) = benchmark.filter(|benchmark| benchmark.edition == edition.id).and_then(|benchmark| {
        let fits = |entry: &&BenchmarkEntry| {
            entry.indicator == indicator.code
                && entry.unit_types.iter().any(|known| known == unit_type)
                && suffices(entry, indicator)
        };
        benchmark.entries.iter().find(fits)
    }) {
        let constants = Population::Constants { mean_sd: entry.mean_sd, min: entry.min, max: entry.max };
        return Some((constants, BenchmarkSource::Published(entry.reference.clone())));
    }
    // Whatever the policy says, nothing is compared with nothing.
    let least = minimum_units.max(1);
    let of_peers = peers
        .iter()
        .filter(|peer| peer.edition == edition.id && peer.indicator == indicator.code && peer.unit_type == unit_type);
    let of_peers = statistics::ordered(of_peers.map(|peer| capped(indicator, peer.value)));
    if of_peers.len() >= least {
        let count = of_peers.len();
        return Some((Population::Values(of_peers), BenchmarkSource::Peers(count)));
    }
    let fits = |known: &&Calibration| {
        known.edition == edition.id && known.indicator == indicator.code && known.unit_type == unit_type
    };
    if let Some(known) = calibrations.iter().find(fits) {
        return Some((Population::History(known.curve.clone()), BenchmarkSource::History(known.points)));
    }
    let own = statistics::ordered(own.iter().copied());
    let count = own.len();
    (count >= least).then_some((Population::Values(own), BenchmarkSource::SameType(count)))
}

/// A value lowered to the indicator's cap.
pub fn capped(indicator: &Indicator, value: f64) -> f64 {
    indicator.cap.map_or(value, |cap| value.min(cap))
}

/// The raw value that distances of an indicator are measured to: that of the peer of the type with the normaliser's name,
/// else that of the unit with its id, which `own` knows.
pub fn reference(
    edition: &Edition,
    indicator: &Indicator,
    unit_type: &str,
    peers: &[Peer],
    own: &dyn Fn(&str) -> Option<f64>,
) -> Option<f64> {
    let Normaliser::DistanceToReference { unit, .. } = &indicator.normalise else { return None };
    let named = |peer: &&Peer| {
        peer.edition == edition.id
            && peer.indicator == indicator.code
            && peer.unit_type == unit_type
            && peer.peer == *unit
            && peer.value.is_finite()
    };
    peers.iter().find(named).map(|peer| capped(indicator, peer.value)).or_else(|| own(unit))
}

/// Whether the constants of an entry are those that the normaliser needs.
fn suffices(entry: &BenchmarkEntry, indicator: &Indicator) -> bool {
    match &indicator.normalise {
        Normaliser::NormalCdf { .. } | Normaliser::ExponentialCdf | Normaliser::ZScore { .. } => {
            entry.mean_sd.is_some()
        }
        Normaliser::StretchedNormalCdf { .. } => entry.mean_sd.is_some() && entry.min.is_some() && entry.max.is_some(),
        Normaliser::SquareRootOfMax | Normaliser::ShareOfMax | Normaliser::OfCappedMax { .. } => entry.max.is_some(),
        Normaliser::MinMax { .. } => entry.min.is_some() && entry.max.is_some(),
        Normaliser::LogMinMax { .. } => entry.min.is_some_and(|min| min > 0.0) && entry.max.is_some(),
        Normaliser::DistanceToTarget { .. } => match indicator.direction {
            Direction::HigherIsBetter => entry.min.is_some(),
            Direction::LowerIsBetter => entry.max.is_some(),
        },
        // They ask for all values, or for nothing.
        Normaliser::DistanceToReference { .. }
        | Normaliser::Goalposts { .. }
        | Normaliser::Rank { .. }
        | Normaliser::PercentileRank
        | Normaliser::TwoPiece { .. }
        | Normaliser::Bands { .. }
        | Normaliser::Given => false,
    }
}
