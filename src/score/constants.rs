//! Constants of an indicator's scale from the values of a published or peer table.

use crate::model::benchmark::{Band, BenchmarkEntry};
use crate::model::edition::{Indicator, Normaliser};
use crate::score::{population, statistics};

/// Shares of the population whose values are kept (type 7 of Hyndman and Fan 1996).
const QUANTILES: [f64; 9] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
/// Ranks whose composites are kept: those at which rankings begin their bands.
const RANKS: [u32; 19] = [1, 10, 25, 50, 75, 100, 150, 200, 250, 300, 350, 400, 500, 600, 700, 800, 1000, 1200, 1500];

/// Composites at ranks, as far as there are so many exact composites; equal composites share them.
pub fn bands(published: &[f64]) -> Vec<Band> {
    let ordered = statistics::ordered(published.iter().copied().filter(|score| (0.0..=100.0).contains(score)));
    let at = |rank: u32| ordered.len().checked_sub(rank as usize).map(|at| Band { rank, score: ordered[at] });
    RANKS.iter().filter_map(|rank| at(*rank)).collect()
}

/// Quantiles, mean, standard deviation (n − 1), least and greatest of the values after the indicator's cap; mean and deviation between
/// the tails of its normaliser, as a run takes them over peers. `None` of fewer than two values or where all are alike.
pub fn constants(indicator: &Indicator, values: &[f64], unit_type: &str, reference: &str) -> Option<BenchmarkEntry> {
    let ordered = statistics::ordered(values.iter().map(|value| population::capped(indicator, *value)));
    let (min, max) = (*ordered.first()?, *ordered.last()?);
    if min >= max {
        return None;
    }
    let quantiles =
        QUANTILES.iter().filter_map(|share| Some([*share, statistics::quantile(&ordered, *share)?])).collect();
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
        quantiles,
        reference: reference.to_owned(),
    })
}
