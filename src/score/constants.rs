//! Constants of an indicator's scale from the values of a published or peer table.

use crate::model::benchmark::BenchmarkEntry;
use crate::model::edition::{Indicator, Normaliser};
use crate::score::{population, statistics};

/// Mean, standard deviation (n − 1), least and greatest of the values after the indicator's cap; mean and deviation between
/// the tails of its normaliser, as a run takes them over peers. `None` of fewer than two values or where all are alike.
pub fn constants(indicator: &Indicator, values: &[f64], unit_type: &str, reference: &str) -> Option<BenchmarkEntry> {
    let ordered = statistics::ordered(values.iter().map(|value| population::capped(indicator, *value)));
    let (min, max) = (*ordered.first()?, *ordered.last()?);
    if min >= max {
        return None;
    }
    let drawn_in = match indicator.normalise {
        Normaliser::NormalCdf { tails: Some(tails) } | Normaliser::StretchedNormalCdf { tails: Some(tails), .. } => {
            statistics::winsorised(&ordered, tails)
        }
        _ => ordered,
    };
    Some(BenchmarkEntry {
        indicator: indicator.code.clone(),
        unit_types: vec![unit_type.to_owned()],
        mean_sd: statistics::mean_sd(&drawn_in).filter(|(_, sd)| *sd > 0.0),
        max: Some(max),
        min: Some(min),
        reference: reference.to_owned(),
    })
}
