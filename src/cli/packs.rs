//! The packs of a run: what every unit is given, and the documents of the university.

use std::sync::atomic::{AtomicU64, Ordering};

use clap::ValueEnum;
use rayon::prelude::*;

use crate::cli::args::{Format, Global};
use crate::cli::choice::{Choice, Part};
use crate::diagnostic::Error;
use crate::explain::book::Shelf;
use crate::model::document::Document;
use crate::model::output::Output;
use crate::model::unit::UnitIndex;
use crate::render::presentation::Pictures;
use crate::render::{self, Kinds};
use crate::report::briefing;
use crate::report::document;
use crate::report::material::Material;

/// What is made of what.
pub struct Press<'a> {
    /// What documents are made of.
    pub material: Material<'a>,
    /// Which units and parts are asked for.
    pub choice: &'a Choice,
    /// Which formats are asked for.
    pub global: &'a Global,
    /// Files that the run has made already: their pictures are taken as they are.
    pub made: &'a [Output],
}

impl Press<'_> {
    /// Documents, evidence workbooks and briefings of the units asked for, in their order, then the documents of the
    /// university. `progress` is told `(packs done, packs in all)` from several threads.
    ///
    /// # Errors
    /// `render-failed`, where a library refuses a document, a workbook or a picture.
    pub fn packs(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Vec<Output>, Error> {
        let asked = [Format::Html, Format::Pdf, Format::Pptx, Format::Xlsx];
        if !asked.iter().any(|format| Part::value_variants().iter().any(|part| self.wants(*part, *format))) {
            return Ok(Vec::new());
        }
        let Material { results, report, audit, .. } = self.material;
        let shelf = Shelf::new(results, audit);
        let pictures = Pictures::of(self.made);
        let units = self.choice.units(report);
        let total = units.len() as u64 + 1;
        let done = AtomicU64::new(0);
        let of_unit = |&unit: &usize| {
            let outputs = self.pack(&shelf, &pictures, unit)?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(outputs)
        };
        // The documents of the university are the longest; they are begun with the first unit, so that none waits for them.
        let (of_units, of_university) = rayon::join(
            || units.par_iter().with_max_len(1).map(of_unit).collect::<Result<Vec<_>, Error>>(),
            || self.of_university(),
        );
        let mut outputs: Vec<Output> = of_units?.into_iter().flatten().collect();
        outputs.extend(of_university?);
        progress(total, total);
        Ok(outputs)
    }

    /// The documents of the university and its sheets for portals.
    fn of_university(&self) -> Result<Vec<Output>, Error> {
        let documents = document::of_university(self.material);
        let printed = documents.par_iter().with_max_len(1).map(|document| self.document(document));
        let mut outputs: Vec<Output> = printed.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect();
        let sheets = self.material.results.partners.iter().flat_map(|partners| &partners.submissions);
        let sheets: Vec<_> = sheets.cloned().collect();
        if !sheets.is_empty() && self.wants(Part::Submission, Format::Xlsx) {
            let report = self.material.report;
            outputs.extend(render::submission(report, &sheets, &report.languages)?);
        }
        Ok(outputs)
    }

    /// The pack of one unit.
    fn pack(&self, shelf: &Shelf<'_>, pictures: &Pictures<'_>, unit: usize) -> Result<Vec<Output>, Error> {
        let report = self.material.report;
        let book = shelf.book(UnitIndex(unit as u32));
        let mut outputs = Vec::new();
        if self.wants(Part::Evidence, Format::Xlsx) {
            outputs.extend(render::evidence(&book, &report.languages, &report.units[unit].slug)?);
        }
        for document in document::of_unit(self.material, unit, &book) {
            outputs.extend(self.document(&document)?);
        }
        if self.choice.annex {
            outputs.extend(self.document(&document::annex::annex(self.material, unit))?);
        }
        if self.wants(Part::Briefing, Format::Pptx) {
            for shown in briefing::briefings(self.material, &[unit]) {
                outputs.extend(render::presentations(&shown, &report.languages, pictures)?);
            }
        }
        Ok(outputs)
    }

    /// A document in the formats asked for.
    fn document(&self, document: &Document) -> Result<Vec<Output>, Error> {
        let of = |ending: &str| Part::of(&format!("{}.en.{ending}", document.path));
        let wanted = |ending: &str, format: Format| of(ending).is_none_or(|part| self.wants(part, format));
        let kinds = Kinds { html: wanted("html", Format::Html), pdf: wanted("pdf", Format::Pdf) };
        render::document(document, &self.material.report.languages, kinds)
    }

    fn wants(&self, part: Part, format: Format) -> bool {
        self.choice.wants(part, format, self.global)
    }
}
