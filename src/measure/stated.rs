//! Measures that a unit states directly: they take the place of what would be worked out, and say so.

use crate::model::measure::{MeasureKey, MeasuredValue, Status};
use crate::model::tables::{Supplied, Tables};

/// The stated value of a measure of a unit: for the last year of the window, else without a year. The last row wins, as
/// in a sheet that is written on at the bottom.
pub fn value(tables: &Tables, key: &MeasureKey, unit: usize) -> Option<MeasuredValue> {
    row(tables, key, unit).map(|(_, row)| MeasuredValue::known(row.value, 1, Status::Supplied))
}

/// The row that states it, with its index in [`Tables::supplied`].
pub fn row<'a>(tables: &'a Tables, key: &MeasureKey, unit: usize) -> Option<(usize, &'a Supplied)> {
    let own = |(_, row): &(usize, &Supplied)| row.unit.at() == unit && row.measure == key.measure;
    let rows = || tables.supplied.iter().enumerate().filter(own);
    let of_year = rows().rfind(|(_, row)| row.year == Some(key.window.to));
    of_year.or_else(|| rows().rfind(|(_, row)| row.year.is_none()))
}
