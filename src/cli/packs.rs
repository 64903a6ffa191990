//! The packs of a run: what every unit is given.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::diagnostic::Error;
use crate::explain::book::Shelf;
use crate::model::audit::Audit;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::render;
use crate::render::presentation::Pictures;
use crate::report::briefing;

/// The evidence workbooks of units in the languages of the assessment, in their order. `slugs` are the places of the units
/// with the names of their folders; `progress` is told `(units done, units in all)` from several threads.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses a workbook.
pub fn evidence(
    results: &Results,
    audit: &Audit,
    slugs: &[(usize, &str)],
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<Output>, Error> {
    let shelf = Shelf::new(results, audit);
    let done = AtomicU64::new(0);
    let outputs: Vec<Vec<Output>> = slugs
        .par_iter()
        .with_max_len(1)
        .map(|&(unit, slug)| {
            let book = shelf.book(UnitIndex(unit as u32));
            let outputs = render::evidence(&book, &results.assessment.languages, slug)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, slugs.len() as u64);
            Ok(outputs)
        })
        .collect::<Result<_, Error>>()?;
    Ok(outputs.into_iter().flatten().collect())
}

/// The briefings of these units, which are places in [`crate::model::report::Report::units`], in the languages of the report, in their order.
/// Pictures among `outputs` are taken as they are. `progress` is told `(units done, units in all)` from several threads.
///
/// # Errors
/// `render-failed`, where a picture or an archive cannot be packed.
pub fn briefings(
    sources: briefing::Sources<'_>,
    units: &[usize],
    outputs: &[Output],
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<Output>, Error> {
    let pictures = Pictures::of(outputs);
    let done = AtomicU64::new(0);
    let made: Vec<Vec<Output>> = briefing::briefings(sources, units)
        .par_iter()
        .with_max_len(1)
        .map(|shown| {
            let made = render::presentations(shown, &sources.report.languages, &pictures)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, units.len() as u64);
            Ok(made)
        })
        .collect::<Result<_, Error>>()?;
    Ok(made.into_iter().flatten().collect())
}
