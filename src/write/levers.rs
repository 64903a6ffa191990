//! What levers are worth: `levers.csv`.

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::lever_worth::{LeverWorth, NoWorth};
use crate::model::results::Results;
use crate::write::tables::{column, frame};

/// `unit,lever,amount,edition,target,change,university_change,reason`: what `amount` of a lever at a unit does to its total,
/// or to the group that moves best where it has none, and to the university's total; `reason` says why there is no change.
pub fn levers(results: &Results) -> PolarsResult<DataFrame> {
    let rows = &results.levers;
    let text = |value: fn(&LeverWorth) -> &str| rows.iter().map(value).collect::<Vec<_>>();
    let number = |value: fn(&LeverWorth) -> Option<f64>| rows.iter().map(value).collect::<Vec<_>>();
    frame(vec![
        column("unit", text(|row| &row.unit)),
        column("lever", text(|row| &row.lever)),
        column("amount", rows.iter().map(|row| row.amount).collect::<Vec<_>>()),
        column("edition", text(|row| &row.edition)),
        column("target", text(|row| &row.target)),
        column("change", number(|row| row.change)),
        column("university_change", number(|row| row.university_change)),
        column("reason", rows.iter().map(|row| row.reason.map(NoWorth::as_str)).collect::<Vec<_>>()),
    ])
}
