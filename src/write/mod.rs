//! Write: results → the tables of a run, as CSV and Parquet, and the manifest.

pub mod accreditation;
pub mod advice;
pub mod audit;
pub mod audit_order;
pub mod baseline;
pub mod benchmark;
pub mod calibration;
pub mod changed;
pub mod forecast;
pub mod inputs;
pub mod levers;
pub mod manifest;
pub mod moved;
pub mod partners;
pub mod placements;
pub mod profiles;
pub mod rebuilt;
pub mod reference;
pub mod review;
pub mod rows;
pub mod stability;
pub mod tables;
pub mod templates;

use polars::prelude::{CsvWriter, DataFrame, ParquetCompression, ParquetWriter, PolarsResult, SerWriter};
use rayon::prelude::*;

use crate::model::audit::Audit;
use crate::model::output::Output;
use crate::model::report::Report;
use crate::model::results::Results;

/// Every table of a run, as CSV and as Parquet, in a fixed order.
///
/// # Errors
/// Only where polars cannot encode a frame that this module has made.
pub fn tables(results: &Results) -> PolarsResult<Vec<Output>> {
    let mut frames: Vec<(&str, DataFrame)> = vec![
        ("scores", tables::scores(results)?),
        ("composites", tables::composites(results)?),
        ("treated", changed::treated(results)?),
        ("damping", changed::damping(results)?),
        ("calibration", calibration::calibration(results)?),
        ("placements", placements::placements(results)?),
        ("profiles", profiles::profiles(results)?),
        ("publications_by_year", profiles::by_year(results)?),
        ("type_indicators", profiles::type_indicators(results)?),
        ("type_groups", profiles::type_groups(results)?),
        ("editions", reference::editions(results)?),
        ("groups", reference::groups(results)?),
        ("sources", reference::sources(results)?),
        ("indicators", reference::indicators(results)?),
        ("measures", tables::measures(results)?),
        ("stability", stability::stability(results)?),
        ("integrity", stability::integrity(results)?),
        ("publications", tables::publications(results)?),
        ("links", tables::links(results)?),
        ("credits", tables::credits(results)?),
        ("excluded", tables::excluded(results)?),
        ("review", review::review(results)?),
        ("findings", tables::findings(results)?),
    ];
    // Only a run works them out.
    if !results.levers.is_empty() {
        frames.push(("levers", levers::levers(results)?));
    }
    encoded(frames)
}

/// `counts.csv`: the counts that reports tell, also as Parquet.
///
/// # Errors
/// As [`tables`].
pub fn counts(results: &Results, report: &Report, audit: &Audit) -> PolarsResult<Vec<Output>> {
    encoded(vec![("counts", reference::counts(results, report, audit)?)])
}

/// Frames as CSV and as Parquet.
fn encoded(frames: Vec<(&str, DataFrame)>) -> PolarsResult<Vec<Output>> {
    // Polars has its own threads; frames are encoded one after the other, so that it is never called from a rayon task.
    let mut outputs = Vec::new();
    for (name, mut frame) in frames {
        outputs.push(Output { path: format!("{name}.csv"), bytes: csv(&mut frame)? });
        let mut parquet = Vec::new();
        ParquetWriter::new(&mut parquet).with_compression(ParquetCompression::Snappy).finish(&mut frame)?;
        outputs.push(Output { path: format!("{name}.parquet"), bytes: parquet });
    }
    Ok(outputs)
}

/// The findings alone, as CSV and as JSON, for `check`.
///
/// # Errors
/// As [`tables`].
pub fn findings(results: &Results) -> PolarsResult<Vec<Output>> {
    let json = serde_json::to_vec_pretty(&results.findings).unwrap_or_default();
    Ok(vec![
        Output { path: "findings.csv".to_owned(), bytes: csv(&mut tables::findings(results)?)? },
        Output { path: "findings.json".to_owned(), bytes: json },
    ])
}

fn csv(frame: &mut DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).finish(frame)?;
    Ok(bytes)
}

/// Paths of outputs with their lower-case hex SHA-256.
pub type Digests = Vec<(String, String)>;

/// The digest of each output, in the given order.
pub fn digests(outputs: &[Output]) -> Digests {
    outputs.par_iter().map(|output| (output.path.clone(), manifest::digest(&output.bytes))).collect()
}
