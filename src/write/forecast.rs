//! A forecast as CSV.

use crate::model::forecast::{Banded, Forecast, Hits};

/// Columns of the file.
const COLUMNS: [&str; 21] = [
    "institution",
    "target",
    "from",
    "last_score",
    "last_rank",
    "score",
    "low_80",
    "high_80",
    "low_95",
    "high_95",
    "hit_80",
    "hit_95",
    "tested",
    "rank",
    "rank_low_80",
    "rank_high_80",
    "rank_low_95",
    "rank_high_95",
    "rank_hit_80",
    "rank_hit_95",
    "rank_tested",
];

/// One row per institution of the last edition, best first; `hit_…` is the share of `tested` values of earlier editions
/// that lay within such a band.
///
/// # Errors
/// Only where the CSV writer refuses a row, which it does not do in memory.
pub fn table(forecast: &Forecast) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let banded = |banded: Option<Banded>| -> Vec<String> {
        let ends = banded.map(|banded| banded.bands);
        let end = |band: usize, side: usize| number(ends.map(|ends| ends[band][side]).filter(|end| end.is_finite()));
        let point = number(banded.map(|banded| banded.point));
        vec![point, end(0, 0), end(0, 1), end(1, 0), end(1, 1)]
    };
    let tested = |hits: Hits| -> Vec<String> {
        let [narrow, wide] = hits.rates().map(number);
        vec![narrow, wide, hits.of.to_string()]
    };
    for outlook in &forecast.outlooks {
        let mut row = vec![
            outlook.institution.clone(),
            forecast.target.to_string(),
            forecast.from.to_string(),
            outlook.last.to_string(),
            outlook.last_rank.map_or(String::new(), |rank| rank.to_string()),
        ];
        row.extend(banded(Some(outlook.score)));
        row.extend(tested(outlook.hits));
        row.extend(banded(outlook.rank));
        row.extend(tested(outlook.rank_hits));
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
