//! Composites on the published scale: between which ranks an institution with such a composite would stand.
//!
//! A publisher prints composites to so many decimals, and institutions alike in these share a rank. Of some ranks the
//! composite is known. A composite then stands behind every known rank with a greater one, and not behind the first known
//! rank whose composite it reaches; nothing is interpolated between them. The span is shown as the publisher shows
//! ranks: from the band of its first rank to the band of its last. Beyond the last known rank it is open.

use rayon::prelude::*;

use crate::model::benchmark::{Band, BenchmarkSource};
use crate::model::edition::{RankBand, RankDisplay};
use crate::model::placement::{Placement, Standing};
use crate::model::results::Results;
use crate::model::score::Score;
use crate::model::unit::UnitIndex;
use crate::score::rank;

/// Ranks between which a composite stands, as they are shown. `bands` are published composites, ranks rising; `None`
/// where there are none.
pub fn ranks(composite: f64, bands: &[Band], display: Option<&RankDisplay>) -> Option<RankBand> {
    let decimals = display.and_then(|display| display.decimals);
    let printed = |score: f64| match decimals {
        Some(decimals) => (score * 10_f64.powi(decimals.into())).round(),
        None => score,
    };
    let known: Vec<f64> = bands.iter().map(|band| printed(band.score)).collect();
    if known.is_empty() {
        return None;
    }
    let greater = rank::among(printed(composite), &known) as usize - 1;
    let first = greater.checked_sub(1).map_or(1, |at| bands[at].rank + 1);
    let span = RankBand { first, last: bands.get(greater).map(|band| band.rank) };
    Some(display.map_or(span, |display| display.span(span)))
}

/// The overall composites of all units by all editions on the scales that are published. Units without a composite have
/// none.
pub fn placements(results: &Results) -> Vec<Placement> {
    let of_edition = |at: usize| {
        let (edition, card) = (&results.editions[at], &results.scorecards[at]);
        let benchmark = results.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id);
        let bands = benchmark.map_or(&[][..], |benchmark| benchmark.bands.as_slice());
        let display = edition.ranks.as_ref();
        let place = |composite: f64| ranks(composite, bands, display);
        (0..card.units())
            .filter_map(|unit| {
                let unit = UnitIndex(unit as u32);
                let overall = card.composites_of(unit, edition.groups.len()).last()?;
                let score = overall.score?;
                let ends = overall.low.zip(overall.high);
                let standing = |band: RankBand| Standing {
                    band,
                    ends: ends.and_then(|(low, high)| Some([place(low)?, place(high)?])),
                    reference: bands.first().map(|band| band.reference.clone()).unwrap_or_default(),
                };
                Some(Placement {
                    edition: at,
                    unit,
                    score,
                    low: overall.low,
                    high: overall.high,
                    coverage: overall.coverage,
                    on_scale: on_scale(card.scores_of(unit, edition.indicators.len())),
                    place: place(score).map(standing),
                })
            })
            .collect::<Vec<Placement>>()
    };
    let by_edition: Vec<Vec<Placement>> = (0..results.editions.len()).into_par_iter().map(of_edition).collect();
    by_edition.into_iter().flatten().collect()
}

/// Share of the scored weight whose scores stand on published constants or are given as scores.
fn on_scale(scores: &[Score]) -> f64 {
    let (mut all, mut published) = (0.0, 0.0);
    for score in scores.iter().filter(|score| score.score.is_some()) {
        all += score.weight;
        if let Some(BenchmarkSource::Published(_) | BenchmarkSource::Given) = score.benchmark {
            published += score.weight;
        }
    }
    if all > 0.0 { published / all } else { 0.0 }
}
