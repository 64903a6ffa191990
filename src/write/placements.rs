//! Composites on published scales: `placements.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::edition::RankBand;
use crate::model::placement::{Placement, Standing};
use crate::model::results::Results;
use crate::write::tables::{column, frame};

/// `edition,unit,score,low,high,coverage,band,band_low,band_high,benchmark,on_scale`: the band of ranks in which an
/// institution with the unit's composite would be shown, and those of the ends of its interval; `benchmark` is the
/// reference of the published composites; all four are empty where none are published. `on_scale` is the share of the
/// scored weight that stands on published constants or is given as scores.
pub fn placements(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.placements;
    let place = |told: fn(&Standing) -> Option<String>| {
        rows.iter().map(|row| row.place.as_ref().and_then(told)).collect::<Vec<_>>()
    };
    let number = |value: fn(&Placement) -> Option<f64>| rows.iter().map(value).collect::<Vec<_>>();
    let end = |ends: Option<[RankBand; 2]>, at: usize| ends.map(|ends| ends[at].to_string());
    frame(vec![
        column("edition", rows.iter().map(|row| results.editions[row.edition].id.as_str()).collect::<Vec<_>>()),
        column("unit", rows.iter().map(|row| results.tables.units.get(row.unit).id.as_str()).collect::<Vec<_>>()),
        column("score", number(|row| Some(row.score))),
        column("low", number(|row| row.low)),
        column("high", number(|row| row.high)),
        column("coverage", number(|row| Some(row.coverage))),
        column("band", place(|standing| Some(standing.band.to_string()))),
        column("band_low", rows.iter().map(|row| end(row.place.as_ref()?.ends, 0)).collect::<Vec<_>>()),
        column("band_high", rows.iter().map(|row| end(row.place.as_ref()?.ends, 1)).collect::<Vec<_>>()),
        column("benchmark", place(|standing| Some(standing.reference.clone()))),
        column("on_scale", number(|row| Some(row.on_scale))),
    ])
}
