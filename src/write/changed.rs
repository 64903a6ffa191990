//! Values that were changed before they were scored: `treated.csv` and `damping.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::edition::{Damped, Edition};
use crate::model::last_year::DampedPoint;
use crate::model::results::Results;
use crate::model::score::{Mark, TreatedPoint};
use crate::write::tables::{column, frame};

/// `edition,unit,indicator,raw,treated,mark`: every raw value that the treatment of outliers changed; `mark` is `high` or
/// `low` where it was drawn in from that side, `logarithm` where its logarithm was taken.
pub fn treated(results: &Results) -> PolarsResult<DataFrame> {
    let of_card = |(card, edition)| {
        let card: &crate::model::score::Scorecard = card;
        card.treated.iter().map(move |point| (edition, point)).collect::<Vec<(&Edition, &TreatedPoint)>>()
    };
    let rows: Vec<(&Edition, &TreatedPoint)> =
        results.scorecards.iter().zip(&results.editions).flat_map(of_card).collect();
    let mark = |mark: Mark| match mark {
        Mark::High => "high",
        Mark::Low => "low",
        Mark::Logarithm => "logarithm",
    };
    let code = |edition: &Edition, indicator: usize| edition.indicators[indicator].code.clone();
    frame(vec![
        column("edition", rows.iter().map(|(edition, _)| edition.id.as_str()).collect::<Vec<_>>()),
        column("unit", rows.iter().map(|(_, row)| results.tables.units.get(row.unit).id.as_str()).collect::<Vec<_>>()),
        column("indicator", rows.iter().map(|(edition, row)| code(edition, row.indicator)).collect::<Vec<_>>()),
        column("raw", rows.iter().map(|(_, row)| row.raw).collect::<Vec<_>>()),
        column("treated", rows.iter().map(|(_, row)| row.treated).collect::<Vec<_>>()),
        column("mark", rows.iter().map(|(_, row)| mark(row.mark)).collect::<Vec<_>>()),
    ])
}

/// `edition,unit,indicator,on,last,now,damped`: every value with one of last year, raw value or score as `on` says, and
/// what damping left of the change. Empty unless the run was given last year's values.
pub fn damping(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.last_year.damped;
    let edition = |row: &DampedPoint| &results.editions[row.edition];
    let number = |value: fn(&DampedPoint) -> f64| rows.iter().map(value).collect::<Vec<_>>();
    let on = |row: &DampedPoint| if row.on == Damped::Raw { "raw" } else { "score" };
    frame(vec![
        column("edition", rows.iter().map(|row| edition(row).id.as_str()).collect::<Vec<_>>()),
        column("unit", rows.iter().map(|row| results.tables.units.get(row.unit).id.as_str()).collect::<Vec<_>>()),
        column(
            "indicator",
            rows.iter().map(|row| edition(row).indicators[row.indicator].code.as_str()).collect::<Vec<_>>(),
        ),
        column("on", rows.iter().map(on).collect::<Vec<_>>()),
        column("last", number(|row| row.last)),
        column("now", number(|row| row.now)),
        column("damped", number(|row| row.damped)),
    ])
}
