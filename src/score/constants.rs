//! Constants of an indicator's scale from the values of a published or peer table.

use std::collections::BTreeMap;

use crate::model::benchmark::{Band, BenchmarkEntry};
use crate::model::edition::{Indicator, Normaliser, RankDisplay};
use crate::model::supplied_table::{Printed, SuppliedRow};
use crate::score::{population, statistics};

/// Shares of the population whose values are kept (type 7 of Hyndman and Fan 1996).
const QUANTILES: [f64; 9] = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
/// Ranks whose composites are kept besides those at which the edition's bands begin and end.
const RANKS: [u32; 19] = [1, 10, 25, 50, 75, 100, 150, 200, 250, 300, 350, 400, 500, 600, 700, 800, 1000, 1200, 1500];

/// Published composites at ranks. Exact ones stand at their place among exact ones, as far as there are so many, at both
/// ends of each band of `display` besides the usual ranks; where a range of composites is printed beside a range of
/// ranks, its ends stand at the ends of that. Second, the ranks that were left out because a rank above has the lesser
/// composite.
pub fn bands(rows: &[SuppliedRow], display: Option<&RankDisplay>, reference: &str) -> (Vec<Band>, Vec<u32>) {
    let sound = |score: &f64| (0.0..=100.0).contains(score);
    let exact = statistics::ordered(rows.iter().filter_map(|row| row.published.exact()).filter(sound));
    let edges = display.iter().flat_map(|display| std::iter::once(&display.exact_to).chain(&display.bands));
    let ranks = RANKS.into_iter().chain(edges.flat_map(|last| [*last, last.saturating_add(1)]));
    // Ranges first, so that an exact composite takes the place of one of their ends.
    let mut known: BTreeMap<u32, f64> = BTreeMap::new();
    for row in rows {
        if let (Printed::Range { low, high, .. }, Printed::Range { low: first, high: last, .. }) =
            (row.published, row.rank)
        {
            // Ranges that are printed differently for one band of ranks: the widest.
            for (rank, score, wider) in [(first, high, true), (last, low, false)] {
                if (1.0..=f64::from(u32::MAX)).contains(&rank) && sound(&score) {
                    let known = known.entry(rank as u32).or_insert(score);
                    *known = if wider { known.max(score) } else { known.min(score) };
                }
            }
        }
    }
    let at = |rank: u32| Some((rank, exact[exact.len().checked_sub(rank.max(1) as usize)?]));
    known.extend(ranks.filter_map(at));
    known.remove(&0);
    let (mut bands, mut out): (Vec<Band>, Vec<u32>) = (Vec::new(), Vec::new());
    for (rank, score) in known {
        if bands.last().is_some_and(|above| above.score < score) {
            out.push(rank);
        } else {
            bands.push(Band { rank, score, reference: reference.to_owned() });
        }
    }
    (bands, out)
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
