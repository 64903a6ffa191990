//! The packs of a run: what every unit is given, and the documents of the university.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::diagnostic::Error;
use crate::explain::book::Shelf;
use crate::model::output::Output;
use crate::model::unit::UnitIndex;
use crate::render;
use crate::report::document::{self, Material};

/// Documents and evidence workbooks of all units in the languages of the assessment, in unit order, then the documents of
/// the university. `progress` is told `(packs done, packs in all)` from several threads.
///
/// # Errors
/// `render-failed`, where a library refuses a document or a workbook.
pub fn packs(material: Material<'_>, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Vec<Output>, Error> {
    let Material { results, report, audit, .. } = material;
    let shelf = Shelf::new(results, audit);
    let languages = &results.assessment.languages;
    let units: Vec<UnitIndex> = results.tables.units.iter().map(|(unit, _)| unit).collect();
    let total = units.len() as u64 + 1;
    let done = AtomicU64::new(0);
    let of_unit = |&unit: &UnitIndex| {
        let book = shelf.book(unit);
        let mut outputs = render::evidence(&book, languages, &report.units[unit.at()].slug)?;
        for document in document::of_unit(material, unit.at(), &book) {
            outputs.extend(render::document(&document, languages)?);
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        Ok(outputs)
    };
    let mut outputs: Vec<Vec<Output>> = units.par_iter().with_max_len(1).map(of_unit).collect::<Result<_, Error>>()?;
    let documents = document::of_university(material);
    let printed = documents.par_iter().with_max_len(1).map(|document| render::document(document, languages));
    outputs.extend(printed.collect::<Result<Vec<_>, Error>>()?);
    progress(total, total);
    Ok(outputs.into_iter().flatten().collect())
}
