//! The compared values, a column for each indicator whose score is a place among them.

use std::collections::BTreeMap;

use rust_xlsxwriter::utility::quote_sheet_name;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::page::{number, put};
use super::{Marks, cells};
use crate::model::evidence_book::EvidenceBook;
use crate::render::phrases::Words;

/// Where each column stands.
pub struct Values {
    /// Name of the sheet.
    pub sheet: String,
    /// By edition and indicator, the column and how many values it has.
    columns: BTreeMap<(usize, usize), (u16, u32)>,
    /// Row of the first value.
    first: u32,
}

impl Values {
    /// A column for each such indicator.
    pub fn new(book: &EvidenceBook, sheet: &str) -> Self {
        let mut columns = BTreeMap::new();
        for (edition, each) in book.editions.iter().enumerate() {
            for (at, indicator) in each.indicators.iter().enumerate() {
                let values = indicator.step.as_ref().map_or(0, |step| step.values.len() as u32);
                // Excel has 16,384 columns.
                if values > 0 && columns.len() < 16_000 {
                    columns.insert((edition, at), (columns.len() as u16, values));
                }
            }
        }
        // Below the notices and three rows of heads.
        Values { sheet: sheet.to_owned(), columns, first: if book.invented { 8 } else { 7 } }
    }

    /// Whether no score is a place.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The values of an indicator as a formula names them.
    pub fn range(&self, edition: usize, indicator: usize) -> Option<String> {
        let (column, count) = self.columns.get(&(edition, indicator))?;
        let run = cells::run(*column, self.first, self.first + count - 1);
        Some(format!("{}!{run}", quote_sheet_name(&self.sheet)))
    }

    /// Writes the sheet from `row` on.
    pub fn write(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        book: &EvidenceBook,
        words: &Words,
        marks: &Marks,
    ) -> Result<(), XlsxError> {
        for (&(edition, at), &(column, _)) in &self.columns {
            let each = &book.editions[edition];
            let indicator = &each.indicators[at];
            put(sheet, (row, column), &each.id, &marks.looks.head)?;
            put(sheet, (row + 1, column), &words.text(&indicator.name.clone().into()), &marks.looks.head)?;
            put(sheet, (row + 2, column), &indicator.code, &marks.looks.head)?;
            let values = indicator.step.as_ref().map_or(&[][..], |step| &step.values);
            for (place, value) in (self.first..).zip(values) {
                number(sheet, (place, column), Some(*value), &marks.stored)?;
            }
            sheet.set_column_width(column, 24)?;
        }
        sheet.set_row_height(row + 1, 48)?;
        sheet.set_freeze_panes(self.first, 0)?;
        Ok(())
    }
}
