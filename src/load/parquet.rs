//! Parquet files as grids: the column names are row 1. Only ever called within the helper process of
//! [`crate::load::guard`].

use std::fs::File;

use polars::prelude::{AnyValue, ParallelStrategy, ParquetReader, SerReader};

use crate::diagnostic::Checked;
use crate::load::date::serial_day;
use crate::load::grid::{Cell, Grid, GridBuilder};
use crate::load::limits::{Budget, Limits};
use crate::load::refusal::{Refusal, too_large, unreadable};

/// Day number of 1 January 1970 in a workbook.
const UNIX_EPOCH_SERIAL: f64 = 25_569.0;

/// Whole numbers up to here are exact as `f64`; larger ones are identifiers and are kept as text.
const EXACT: i128 = 1 << 53;

/// Reads a Parquet file. Lists become text joined by `; `, as exports write several values of one cell.
///
/// # Errors
/// Findings `unreadable-file`, `too-large`, without place.
pub fn read(file: &str, source: File, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let mut reader = ParquetReader::new(source).read_parallel(ParallelStrategy::None).set_low_memory(true);
    let rows = reader.num_rows().map_err(unreadable)?;
    let columns = reader.schema().map_err(unreadable)?.len();
    if rows as u64 >= u64::from(limits.rows) || columns as u64 > u64::from(limits.columns) {
        return Err(too_large(format!("it has {rows} rows and {columns} columns")).into());
    }
    if (rows as u64 + 1).saturating_mul(columns as u64) > limits.cells {
        return Err(too_large(format!("it holds more than {} cells", limits.cells)).into());
    }
    let frame = reader.finish().map_err(unreadable)?;
    let mut builder = GridBuilder::new(file, None, limits);
    let mut budget = Budget::new(limits);
    let columns = frame.columns();
    for (index, column) in columns.iter().enumerate() {
        builder.put(1, index as u32, Cell::Text(column.name().as_str().into()), &mut budget)?;
    }
    for row in 0..frame.height() {
        for (index, column) in columns.iter().enumerate() {
            let value = column.get(row).map_err(unreadable)?;
            builder.put(row as u32 + 2, index as u32, cell_of(&value), &mut budget)?;
        }
    }
    let (grid, stray) = builder.finish();
    Ok(Checked { value: vec![grid], findings: stray.into_iter().collect() })
}

fn cell_of(value: &AnyValue) -> Cell {
    match value {
        AnyValue::Null => Cell::Empty,
        AnyValue::Boolean(truth) => Cell::Bool(*truth),
        AnyValue::String(text) => text_cell(text),
        AnyValue::StringOwned(text) => text_cell(text),
        AnyValue::Date(days) => day_cell(f64::from(*days), value),
        AnyValue::Datetime(time, unit, _) => day_cell((*time as f64 / ticks_of_day(*unit)).floor(), value),
        AnyValue::DatetimeOwned(time, unit, _) => day_cell((*time as f64 / ticks_of_day(*unit)).floor(), value),
        AnyValue::List(items) => {
            let items: Vec<String> = items.iter().filter(|item| !item.is_null()).map(|item| plain(&item)).collect();
            text_cell(&items.join("; "))
        }
        value if value.is_integer() => match value.try_extract::<i128>() {
            Ok(number) if number.abs() <= EXACT => Cell::Number(number as f64),
            _ => text_cell(&value.to_string()),
        },
        value if value.is_float() => match value.extract::<f64>() {
            Some(number) if number.is_finite() => Cell::Number(number),
            // Not-a-number is how data frames write a missing value.
            _ => Cell::Empty,
        },
        value => text_cell(&plain(value)),
    }
}

fn ticks_of_day(unit: polars::prelude::TimeUnit) -> f64 {
    match unit {
        polars::prelude::TimeUnit::Milliseconds => 86_400e3,
        polars::prelude::TimeUnit::Microseconds => 86_400e6,
        polars::prelude::TimeUnit::Nanoseconds => 86_400e9,
    }
}

fn day_cell(days: f64, value: &AnyValue) -> Cell {
    serial_day(days + UNIX_EPOCH_SERIAL).map_or_else(|| text_cell(&value.to_string()), Cell::Date)
}

fn text_cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

/// Text without the quotes that debugging output puts around it.
fn plain(value: &AnyValue) -> String {
    value.get_str().map_or_else(|| value.to_string(), str::to_owned)
}
