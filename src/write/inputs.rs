//! What a run was scored with, kept beside its results so that they can be scored again: [`crate::model::stored_run`].

use polars::prelude::PolarsResult;

use crate::model::measure::Measures;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::model::stored_run::{EDITIONS, INDICATORS, PEERS, WITHOUT_OVERRIDES};
use crate::write::{csv, tables};

/// Files of the catalogue as they were read, by path within their folder.
#[derive(Debug, Clone, Default)]
pub struct Catalogued {
    /// From the built-in catalogue, or from `--indicators`.
    pub indicators: Vec<(String, String)>,
    /// From the assessment's own `editions`.
    pub editions: Vec<(String, String)>,
}

/// `inputs/indicators/…` and `inputs/editions/…`: the editions and benchmarks used and the measures they name;
/// `inputs/peers.csv` (`edition,unit_type,indicator,peer,value`); and, where `without` is given,
/// `inputs/measures_without_overrides.csv` (as `measures.csv`).
///
/// # Errors
/// Only where polars cannot encode a frame that this module has made.
pub fn inputs(results: &Results, catalogued: &Catalogued, without: Option<&Measures>) -> PolarsResult<Vec<Output>> {
    let mut outputs = Vec::new();
    for (folder, files) in [(INDICATORS, &catalogued.indicators), (EDITIONS, &catalogued.editions)] {
        let file = |(path, text): &(String, String)| Output {
            path: format!("{folder}/{path}"),
            bytes: text.clone().into_bytes(),
        };
        outputs.extend(files.iter().map(file));
    }
    outputs.push(Output { path: PEERS.to_owned(), bytes: csv(&mut tables::peers(results)?)? });
    if let Some(measures) = without {
        let mut frame = tables::measures_of(&results.tables.units, measures)?;
        outputs.push(Output { path: WITHOUT_OVERRIDES.to_owned(), bytes: csv(&mut frame)? });
    }
    Ok(outputs)
}
