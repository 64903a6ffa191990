//! A baseline as a table: one row per cell and number of citations.

use polars::prelude::{CsvWriter, DataFrame, ParquetCompression, ParquetWriter, PolarsResult, SerWriter};

use crate::model::baseline::{Baseline, CellKey, Step};
use crate::write::tables::{column, frame};

/// `scheme,field,year,type,window,citations,works,weight`: ascending, `window` null for citations to date, `weight` in
/// 1/720720 of a work.
///
/// # Errors
/// Only where polars cannot make a frame of columns of one height.
pub fn table(baseline: &Baseline) -> PolarsResult<DataFrame> {
    let rows: Vec<(&CellKey, &Step)> =
        baseline.cells.iter().flat_map(|(key, cell)| cell.steps().iter().map(move |step| (key, step))).collect();
    frame(vec![
        column("scheme", vec![baseline.scheme.as_str(); rows.len()]),
        column("field", rows.iter().map(|(key, _)| key.field.as_str()).collect::<Vec<_>>()),
        column("year", rows.iter().map(|(key, _)| key.year).collect::<Vec<_>>()),
        column("type", rows.iter().map(|(key, _)| key.document_type.as_str()).collect::<Vec<_>>()),
        column("window", rows.iter().map(|(key, _)| key.window).collect::<Vec<_>>()),
        column("citations", rows.iter().map(|(_, step)| step.citations).collect::<Vec<_>>()),
        column("works", rows.iter().map(|(_, step)| step.works).collect::<Vec<_>>()),
        column("weight", rows.iter().map(|(_, step)| step.weight).collect::<Vec<_>>()),
    ])
}

/// The table as Parquet, else as CSV.
///
/// # Errors
/// As [`table`].
pub fn bytes(baseline: &Baseline, as_parquet: bool) -> PolarsResult<Vec<u8>> {
    let mut table = table(baseline)?;
    let mut bytes = Vec::new();
    if as_parquet {
        ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Snappy).finish(&mut table)?;
    } else {
        CsvWriter::new(&mut bytes).finish(&mut table)?;
    }
    Ok(bytes)
}
