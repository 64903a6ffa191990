//! Works as Parquet, row group by row group: polars decodes the four columns, the tallies share the rows.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{AnyValue, Column, DataFrame, DataType, ParquetReader, PolarsResult, SerReader};
use rayon::prelude::*;

use crate::diagnostic::{Finding, Place};
use crate::load::findings::Findings;
use crate::load::works::Reading;
use crate::load::works::columns::{Columns, Fault, Name, Value};
use crate::load::works::parts::Part;
use crate::load::works::tally::Tally;

/// Most rows that are decoded at once.
const MOST_ROWS: usize = 1 << 20;

/// Faults that one tally keeps of a batch; the others are counted.
const KEPT: usize = 1000;

/// Reads a part into the tallies; `progress` is told how many rows have been read.
pub fn read(part: &Part, tallies: &mut [Tally], progress: &dyn Fn(u64)) -> Reading {
    let mut findings = Findings::default();
    let mut reading = Reading::default();
    let outcome = catch_unwind(AssertUnwindSafe(|| rows(part, tallies, &mut reading, &mut findings, progress)));
    let unreadable = |message: String| Finding::error("unreadable-file", message).at(Place::file(&part.name));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(finding)) => findings.push(*finding),
        Err(_) => findings.push(unreadable("the file is damaged: its parser failed on it".to_owned())),
    }
    reading.findings = findings.finish();
    reading
}

fn rows(
    part: &Part,
    tallies: &mut [Tally],
    reading: &mut Reading,
    findings: &mut Findings,
    progress: &dyn Fn(u64),
) -> Result<(), Box<Finding>> {
    let unreadable = |error: &dyn std::fmt::Display| {
        let message = format!("reading failed: {error}; the rest is not used");
        Box::new(Finding::error("unreadable-file", message).at(Place::file(&part.name)))
    };
    let open = || File::open(&part.path).map_err(|error| unreadable(&error.kind()));
    let mut head = ParquetReader::new(open()?);
    let schema = head.schema().map_err(|error| unreadable(&error))?;
    let headers: Vec<String> = schema.iter_names().map(|name| name.to_string()).collect();
    let columns = Columns::find(&part.name, &headers)?;
    let metadata = head.get_metadata().map_err(|error| unreadable(&error))?.clone();
    let wanted: Vec<String> = Name::ALL.iter().map(|name| columns.header(*name).to_owned()).collect();
    reading.used = true;
    let mut start = 0;
    for group in &metadata.row_groups {
        let end = start + group.num_rows();
        while start < end {
            let count = (end - start).min(MOST_ROWS);
            let mut reader = ParquetReader::new(open()?).with_columns(Some(wanted.clone()));
            reader.set_metadata(metadata.clone());
            let frame = reader.with_slice(Some((start, count))).finish().map_err(|error| unreadable(&error))?;
            add(&frame, &wanted, start as u64, tallies, (&columns, reading, findings))
                .map_err(|error| unreadable(&error))?;
            start += count;
            progress(start as u64);
        }
    }
    Ok(())
}

/// Counts a batch; each tally takes a run of its rows.
fn add(
    frame: &DataFrame,
    names: &[String],
    first: u64,
    tallies: &mut [Tally],
    (columns, reading, findings): (&Columns, &mut Reading, &mut Findings),
) -> PolarsResult<()> {
    let [year, document_type, fields, citations] =
        [0, 1, 2, 3].map(|place| frame.column(&names[place]).and_then(values));
    let values = [year?, document_type?, fields?, citations?];
    let height = frame.height();
    let run = height.div_ceil(tallies.len().max(1)).max(1);
    // Polars has done its part: from here on these are plain arrays.
    let faults: Vec<(Vec<(u64, Fault)>, u64)> = tallies
        .par_iter_mut()
        .enumerate()
        .map(|(place, tally)| {
            let (mut kept, mut count) = (Vec::new(), 0);
            for row in (place * run).min(height)..((place + 1) * run).min(height) {
                if let Err(fault) = tally.add([0, 1, 2, 3].map(|column| values[column].get(row))) {
                    count += 1;
                    if kept.len() < KEPT {
                        kept.push((first + row as u64, fault));
                    }
                }
            }
            (kept, count)
        })
        .collect();
    for (kept, count) in faults {
        reading.left_out += count;
        // The column names are row 1, as where Parquet is read as a sheet.
        kept.iter().for_each(|(row, fault)| columns.refuse(row + 2, fault, findings));
    }
    Ok(())
}

/// A decoded column.
enum Values {
    Whole(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Text(Column),
    Lists(Vec<String>),
}

impl Values {
    fn get(&self, row: usize) -> Value<'_> {
        match self {
            Values::Whole(values) => values[row].map_or(Value::Nothing, Value::Whole),
            Values::Real(values) => {
                // Not-a-number is how data frames write a missing value.
                values[row].filter(|value| value.is_finite()).map_or(Value::Nothing, Value::Real)
            }
            Values::Text(column) => {
                let text = column.str().ok().and_then(|texts| texts.get(row));
                text.filter(|text| !text.is_empty()).map_or(Value::Nothing, |text| Value::Text(text.as_bytes()))
            }
            Values::Lists(values) if values[row].is_empty() => Value::Nothing,
            Values::Lists(values) => Value::Text(values[row].as_bytes()),
        }
    }
}

fn values(column: &Column) -> PolarsResult<Values> {
    Ok(match column.dtype() {
        dtype if dtype.is_integer() => Values::Whole(column.cast(&DataType::Int64)?.i64()?.iter().collect()),
        dtype if dtype.is_float() => Values::Real(column.cast(&DataType::Float64)?.f64()?.iter().collect()),
        DataType::List(_) => {
            let list = |row: usize| {
                Ok(match column.get(row)? {
                    AnyValue::List(items) => {
                        let items = items.iter().filter(|item| !item.is_null());
                        items
                            .map(|item| item.get_str().map_or_else(|| item.to_string(), str::to_owned))
                            .collect::<Vec<_>>()
                            .join(";")
                    }
                    _ => String::new(),
                })
            };
            Values::Lists((0..column.len()).map(list).collect::<PolarsResult<_>>()?)
        }
        _ => Values::Text(column.cast(&DataType::String)?.rechunk()),
    })
}
