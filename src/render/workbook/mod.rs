//! `workbook.xlsx`: the scores for people who calculate. Cells hold full precision and show one decimal.
//!
//! Contents first, then one sheet per edition (units × indicators) and one per type of unit (units × editions × groups).

mod contents;
mod edition;
pub mod evidence;
mod page;
pub mod submission;
mod unit_type;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::diagnostic::{Error, Finding, Result};
use crate::model::report::Report;
use crate::render::phrases;
use page::{Looks, SheetNames};

/// The workbook in the report's main language.
///
/// Errors: `render-failed`, where the spreadsheet library refuses it.
pub fn workbook(report: &Report) -> Result<Vec<u8>> {
    write(report).map_err(|error| {
        Error::from(Finding::error("render-failed", format!("the workbook could not be written: {error}")))
    })
}

fn write(report: &Report) -> std::result::Result<Vec<u8>, XlsxError> {
    let words = phrases::of(&report.languages)[0];
    let looks = Looks::new(words);
    let mut names = SheetNames::default();
    let contents = names.next(&words.word("workbook.contents"));
    let mut listed = Vec::new();
    let mut sheets = Vec::new();
    for each in &report.editions {
        let name = names.next(&each.id.replace('/', " "));
        sheets.push(edition::sheet(report, each, &name, words, &looks)?);
        let holds =
            format!("{}: {}", words.text(&each.name.clone().into()), words.word("workbook.scores_by_indicator"));
        listed.push((name, holds));
    }
    for unit_type in unit_type::types(report) {
        let plural = words.text(&crate::model::report::Text::UnitTypes(unit_type.to_owned()));
        let name = names.next(&plural);
        sheets.push(unit_type::sheet(report, unit_type, &name, words, &looks)?);
        listed.push((name, plural));
    }
    let mut workbook = Workbook::new();
    // The library would enter the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    workbook.push_worksheet(contents::sheet(report, &contents, &listed, words, &looks)?);
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}
