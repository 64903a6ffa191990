//! Scales from the own published past: `calibration.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::benchmark::BenchmarkSource;
use crate::model::calibration::Calibration;
use crate::model::results::Results;
use crate::write::tables::{column, frame};

/// `edition,indicator,unit_type,points,error,low,high,editions,scores`: how many published scores make the scale, the
/// root mean square of its error in points (empty for fewer than three, of which it is unknown), the least and greatest
/// raw value, the editions they are from, and how many scores of the run stand on it.
pub fn calibration(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.calibrations;
    let text = |value: fn(&Calibration) -> String| rows.iter().map(value).collect::<Vec<_>>();
    frame(vec![
        column("edition", text(|row| row.edition.clone())),
        column("indicator", text(|row| row.indicator.clone())),
        column("unit_type", text(|row| row.unit_type.clone())),
        column("points", rows.iter().map(|row| row.points as u64).collect::<Vec<_>>()),
        column("error", rows.iter().map(|row| row.error).collect::<Vec<_>>()),
        column("low", rows.iter().map(|row| row.range[0]).collect::<Vec<_>>()),
        column("high", rows.iter().map(|row| row.range[1]).collect::<Vec<_>>()),
        column("editions", text(|row| row.editions.join("; "))),
        column("scores", rows.iter().map(|row| scores(results, row)).collect::<Vec<_>>()),
    ])
}

/// How many scores of the run stand on a calibration.
pub fn scores(results: &Results, calibration: &Calibration) -> u64 {
    let Some(at) = results.editions.iter().position(|edition| edition.id == calibration.edition) else { return 0 };
    let indicators = &results.editions[at].indicators;
    let on_it = |score: &&crate::model::score::Score| {
        matches!(score.benchmark, Some(BenchmarkSource::History(_)))
            && indicators[score.indicator].code == calibration.indicator
            && results.tables.units.get(score.unit).unit_type == calibration.unit_type
    };
    results.scorecards[at].scores.iter().filter(on_it).count() as u64
}
