//! Workbooks whose parser cannot be trusted with any bytes: xls, xlsb, ods. Only ever called within the helper process
//! of [`crate::load::guard`]; a damaged file may make the parser panic, abort or ask for all memory.

use std::fmt::Display;
use std::io::{Read, Seek};

use calamine::{
    Data, DataType, Dimensions, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError,
};

use crate::diagnostic::{Checked, Finding};
use crate::load::date::{gregorian, parse_date};
use crate::load::grid::{Cell, Grid, GridBuilder, Merged};
use crate::load::limits::{Budget, Limits};
use crate::load::refusal::{Refusal, password, too_large, unreadable};

/// Reads an xls workbook. Findings as in [`crate::load::xlsx::read`].
///
/// # Errors
/// Findings `password-protected`, `unreadable-file`, `too-large`.
pub fn read_xls<R: Read + Seek>(file: &str, source: R, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let workbook = Xls::new(source).map_err(|error| match error {
        XlsError::Password => password(),
        error => unreadable(error),
    })?;
    sheets(file, workbook, limits, |workbook, sheet| workbook.merge_cells_by_sheet_name(sheet).unwrap_or_default())
}

/// Reads an xlsb workbook. The format's merged regions are not told.
///
/// # Errors
/// As [`read_xls`].
pub fn read_xlsb<R: Read + Seek>(file: &str, source: R, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let workbook = Xlsb::new(source).map_err(|error| match error {
        XlsbError::Password => password(),
        error => unreadable(error),
    })?;
    sheets(file, workbook, limits, |_, _| Vec::new())
}

/// Reads an OpenDocument workbook. The format's merged regions are not told.
///
/// # Errors
/// As [`read_xls`].
pub fn read_ods<R: Read + Seek>(file: &str, source: R, limits: &Limits) -> Result<Checked<Vec<Grid>>, Refusal> {
    let workbook = Ods::new(source).map_err(|error| match error {
        OdsError::Password => password(),
        OdsError::CellLimitExceeded { .. } => too_large(error.to_string()),
        error => unreadable(error),
    })?;
    sheets(file, workbook, limits, |_, _| Vec::new())
}

fn sheets<R, W>(
    file: &str,
    mut workbook: W,
    limits: &Limits,
    merged: impl Fn(&W, &str) -> Vec<Dimensions>,
) -> Result<Checked<Vec<Grid>>, Refusal>
where
    R: Read + Seek,
    W: Reader<R>,
    W::Error: Display,
{
    let mut budget = Budget::new(limits);
    let mut checked: Checked<Vec<Grid>> = Checked::default();
    let metadata = workbook.sheets_metadata().to_vec();
    if metadata.len() > limits.sheets {
        return Err(too_large(format!("it has {} sheets", metadata.len())).into());
    }
    for sheet in metadata {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = workbook.worksheet_range(&sheet.name).map_err(unreadable)?;
        // A formula's text is only a hint that its value may be stale; without it the values still stand.
        let formula_texts = workbook.worksheet_formula(&sheet.name).unwrap_or_default();
        let mut builder = GridBuilder::new(file, Some(&sheet.name), limits);
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (top.saturating_add(row as u32), left.saturating_add(column as u32));
            builder.put(row.saturating_add(1), column, cell_of(value), &mut budget)?;
        }
        for region in merged(&workbook, &sheet.name) {
            builder.merge(merged_of(region));
        }
        let (grid, stray) = builder.finish();
        if sheet.visible != SheetVisible::Visible {
            checked.findings.push(hidden_sheet().at(grid.place(0, None)));
        }
        checked.findings.extend(stray);
        checked.findings.extend(formulas(&formula_texts, &range).finding(&grid));
        checked.value.push(grid);
    }
    Ok(checked)
}

fn formulas(texts: &Range<String>, values: &Range<Data>) -> Formulas {
    let mut formulas = Formulas::default();
    let (top, left) = texts.start().unwrap_or_default();
    for (row, column, text) in texts.used_cells() {
        if !text.is_empty() {
            let (row, column) = (top.saturating_add(row as u32), left.saturating_add(column as u32));
            let cell = values.get_value((row, column)).map_or(Cell::Empty, cell_of);
            formulas.note(row.saturating_add(1), column, &cell);
        }
    }
    formulas
}

/// The formulas of one sheet, and those without a computed value. A program that writes formulas without computing them
/// leaves nothing, or a zero in every one; a zero among other values is a value.
#[derive(Debug, Default)]
pub struct Formulas {
    all: u64,
    zero: u64,
    empty: u64,
    first: Option<(u32, u32)>,
}

impl Formulas {
    /// Notes a formula at `row` (from 1) and `column` (from 0) with its stored value.
    pub fn note(&mut self, row: u32, column: u32, value: &Cell) {
        self.all += 1;
        match value {
            Cell::Empty => self.empty += 1,
            Cell::Number(number) if *number == 0.0 => self.zero += 1,
            _ => return,
        }
        self.first.get_or_insert((row, column));
    }

    /// The finding `formula-not-computed`, where it applies.
    pub fn finding(&self, grid: &Grid) -> Option<Finding> {
        let (row, column) = self.first?;
        let suspects = if self.zero + self.empty == self.all { self.all } else { self.empty };
        if suspects == 0 {
            return None;
        }
        let message = format!("{suspects} of {} formulas hold no computed value; they read as empty or 0", self.all);
        Some(
            Finding::warning("formula-not-computed", message)
                .at(grid.place(row, Some((column as usize, ""))))
                .hint("open the file in a spreadsheet program, let it calculate, and save it; or paste the values"),
        )
    }
}

/// The grid's cell for a parser's value. A day with a time of day is that day; a time or duration alone is a number of
/// days.
pub fn cell_of(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) if text.is_empty() => Cell::Empty,
        Data::String(text) | Data::DurationIso(text) => Cell::Text(text.as_str().into()),
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => number_cell(*number),
        Data::Bool(truth) => Cell::Bool(*truth),
        Data::Error(error) => Cell::Error(error.to_string().into()),
        Data::DateTimeIso(text) => match value.as_date() {
            Some(_) => parse_date(text).map_or_else(|_| Cell::Text(text.as_str().into()), Cell::Date),
            None => Cell::Text(text.as_str().into()),
        },
        Data::DateTime(moment) => {
            let number = moment.as_f64();
            if moment.is_duration() || !(1.0..2_958_466.0).contains(&number) {
                return number_cell(number);
            }
            // Day 60 of the usual count, 29 February 1900, never was: it stays a number.
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match gregorian(i32::from(year), month, day) {
                Some(date) => Cell::Date(date),
                None => number_cell(number),
            }
        }
    }
}

/// A number no sheet can hold is what a spreadsheet shows for it.
fn number_cell(number: f64) -> Cell {
    if number.is_finite() { Cell::Number(number) } else { Cell::Error("#NUM!".into()) }
}

/// A merged region, rows from 1.
pub fn merged_of(region: Dimensions) -> Merged {
    Merged {
        first_row: region.start.0.saturating_add(1),
        first_column: region.start.1,
        last_row: region.end.0.saturating_add(1),
        last_column: region.end.1,
    }
}

/// The finding `hidden-sheet`, without place.
pub fn hidden_sheet() -> Finding {
    Finding::info("hidden-sheet", "the sheet is hidden; it is read all the same")
        .hint("delete it from the file if it should not count")
}
