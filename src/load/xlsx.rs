//! Office Open XML workbooks, streamed cell by cell: memory grows with what is there, not with what a sheet claims.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::grid::{Grid, GridBuilder};
use crate::load::limits::{Budget, Limits};
use crate::load::refusal::{Refusal, password, refuse, too_large, unreadable};
use crate::load::workbook::{Formulas, cell_of, hidden_sheet, merged_of};

/// Reads all worksheets of an archive that [`crate::load::archive::check`] let pass. Findings: `hidden-sheet`,
/// `stray-cell`, `formula-not-computed`, and, with no grid, `unreadable-file`, `password-protected`, `too-large`.
pub fn read<R: Read + Seek>(file: &str, source: R, limits: &Limits) -> Checked<Vec<Grid>> {
    // The parser's arithmetic on damaged cell references may panic.
    let read = catch_unwind(AssertUnwindSafe(|| sheets(file, source, limits)));
    match read {
        Ok(Ok(checked)) => checked,
        Ok(Err(refusal)) => refuse(file, Vec::new(), *refusal),
        Err(_) => refuse(file, Vec::new(), unreadable("its sheets are damaged")),
    }
}

fn sheets<R: Read + Seek>(file: &str, source: R, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let mut workbook = Xlsx::new(source).map_err(refused)?;
    let mut budget = Budget::new(limits);
    let mut checked: Checked<Vec<Grid>> = Checked::default();
    let sheets = workbook.sheets_metadata().to_vec();
    if sheets.len() > limits.sheets {
        return Err(too_large(format!("it has {} sheets", sheets.len())).into());
    }
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut builder = GridBuilder::new(file, Some(&sheet.name), limits);
        let place = Place::Cell { file: file.to_owned(), sheet: Some(sheet.name.clone()), row: 0, column: None };
        if sheet.visible != SheetVisible::Visible {
            checked.findings.push(hidden_sheet().at(place.clone()));
        }
        let mut formulas = Formulas::default();
        {
            let mut cells = match workbook.worksheet_cells_reader(&sheet.name) {
                Ok(cells) => cells,
                // Chart sheets are told from worksheets by their content only.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(error) => return Err(refused(error).at(place).into()),
            };
            while let Some(record) =
                cells.next_cell_with_formula_metadata().map_err(|e| refused(e).at(place.clone()))?
            {
                let (row, column) = record.pos;
                let cell = cell_of(&record.value.into());
                if record.formula.is_some() {
                    formulas.note(row.saturating_add(1), column, &cell);
                }
                builder.put(row.saturating_add(1), column, cell, &mut budget)?;
            }
        }
        // Merged regions only help to understand headers: a sheet without them is still a sheet.
        for region in workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            builder.merge(merged_of(region));
        }
        let (grid, stray) = builder.finish();
        checked.findings.extend(stray);
        checked.findings.extend(formulas.finding(&grid));
        checked.value.push(grid);
    }
    Ok(checked)
}

fn refused(error: XlsxError) -> Finding {
    match error {
        XlsxError::Password => password(),
        error => unreadable(error),
    }
}
