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

/// The evidence workbooks of all units in the languages of the assessment, in unit order. `slugs` are the names of the
/// units' folders; `progress` is told `(units done, units in all)` from several threads.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses a workbook.
pub fn evidence(
    results: &Results,
    audit: &Audit,
    slugs: &[&str],
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<Output>, Error> {
    let shelf = Shelf::new(results, audit);
    let done = AtomicU64::new(0);
    let units: Vec<(UnitIndex, &str)> =
        results.tables.units.iter().map(|(unit, _)| unit).zip(slugs.iter().copied()).collect();
    let outputs: Vec<Vec<Output>> = units
        .par_iter()
        .with_max_len(1)
        .map(|&(unit, slug)| {
            let outputs = render::evidence(&shelf.book(unit), &results.assessment.languages, slug)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, units.len() as u64);
            Ok(outputs)
        })
        .collect::<Result<_, Error>>()?;
    Ok(outputs.into_iter().flatten().collect())
}
