//! Write: results → the tables of a run, as CSV and Parquet, and the manifest.

pub mod manifest;
pub mod tables;
pub mod templates;

use polars::prelude::{CsvWriter, DataFrame, ParquetCompression, ParquetWriter, PolarsResult, SerWriter};
use rayon::prelude::*;

use crate::model::output::Output;
use crate::model::results::Results;

/// Every table of a run, as CSV and as Parquet, in a fixed order.
///
/// # Errors
/// Only where polars cannot encode a frame that this module has made.
pub fn tables(results: &Results) -> PolarsResult<Vec<Output>> {
    let frames: Vec<(&str, DataFrame)> = vec![
        ("scores", tables::scores(results)?),
        ("composites", tables::composites(results)?),
        ("measures", tables::measures(results)?),
        ("publications", tables::publications(results)?),
        ("credits", tables::credits(results)?),
        ("excluded", tables::excluded(results)?),
        ("findings", tables::findings(results)?),
    ];
    // Polars has its own threads; frames are encoded one after the other, so that it is never called from a rayon task.
    let mut outputs = Vec::new();
    for (name, mut frame) in frames {
        let mut csv = Vec::new();
        CsvWriter::new(&mut csv).finish(&mut frame)?;
        outputs.push(Output { path: format!("{name}.csv"), bytes: csv });
        let mut parquet = Vec::new();
        ParquetWriter::new(&mut parquet).with_compression(ParquetCompression::Snappy).finish(&mut frame)?;
        outputs.push(Output { path: format!("{name}.parquet"), bytes: parquet });
    }
    Ok(outputs)
}

/// Lower-case hex SHA-256 of each output, in the given order.
pub fn digests(outputs: &[Output]) -> Vec<(String, String)> {
    outputs.par_iter().map(|output| (output.path.clone(), manifest::digest(&output.bytes))).collect()
}
