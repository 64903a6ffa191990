//! Measures that a unit states directly: they take the place of what would be worked out, and say so.

use crate::model::measure::{MeasureKey, MeasuredValue, Status};
use crate::model::tables::{Supplied, Tables};

/// The stated value of a measure of a unit: for the last year of the window, else without a year. The last row wins, as
/// in a sheet that is written on at the bottom.
pub fn value(tables: &Tables, key: &MeasureKey, unit: usize) -> Option<MeasuredValue> {
    let own = |row: &&Supplied| row.unit.at() == unit && row.measure == key.measure;
    let of_year = tables.supplied.iter().filter(own).rfind(|row| row.year == Some(key.window.to));
    let row = of_year.or_else(|| tables.supplied.iter().filter(own).rfind(|row| row.year.is_none()))?;
    Some(MeasuredValue::known(row.value, 1, Status::Supplied))
}
