//! A recognised sheet: its grid, layout and header together, and which of its rows are data.

use crate::diagnostic::{Finding, Place};
use crate::load::cell::{self, Entry, Read};
use crate::load::findings::Findings;
use crate::load::grid::{Cell, Grid, Row};
use crate::load::header::Header;
use crate::load::layout::Layout;
use crate::model::text::{clean, fold, words};

/// Columns whose totals are compared.
const SUMMED: &[&str] = &[
    "headcount",
    "fte",
    "international",
    "female",
    "count",
    "institutional_income",
    "research_income",
    "industry_income",
    "amount",
];

/// A first cell that is exactly one of these marks a row of totals.
const TOTALS: &[&str] = &[
    "جمع",
    "جمع کل",
    "مجموع",
    "مجموع کل",
    "جمع جزء",
    "کل",
    "total",
    "totals",
    "grand total",
    "sum",
    "subtotal",
    "overall",
];

/// A first cell that begins with one of these words does too: "جمع دانشکده پزشکی".
const TOTALS_BEGIN: &[&str] = &["جمع", "مجموع", "total", "subtotal"];

/// Rows of a sheet that were used and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Rows used.
    pub used: u64,
    /// Rows left out, each named by a finding.
    pub left_out: u64,
}

/// A recognised sheet.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Its cells.
    pub grid: &'a Grid,
    /// What its headers mean.
    pub layout: &'a Layout,
    /// Where its header is.
    pub header: &'a Header,
}

impl<'a> Sheet<'a> {
    /// The columns of a field, ascending.
    pub fn columns(&self, field: &str) -> &'a [usize] {
        self.header.columns.get(field).map_or(&[], Vec::as_slice)
    }

    /// Whether the field has a column.
    pub fn has(&self, field: &str) -> bool {
        !self.columns(field).is_empty()
    }

    /// The header text of a column.
    pub fn label(&self, column: usize) -> &'a str {
        self.header.labels.get(column).map_or("", String::as_str)
    }

    /// A cell; one below the first of a region that is merged downwards has the region's value.
    pub fn cell(&self, row: &'a Row, column: usize) -> &'a Cell {
        let cell = row.cell(column);
        let Some(regions) = self.header.merged_down.get(&column).filter(|_| cell.is_empty()) else { return cell };
        let at = regions.partition_point(|(first, _)| *first < row.number);
        match at.checked_sub(1).map(|at| regions[at]) {
            Some((first, last)) if row.number <= last => {
                let index = self.grid.rows.binary_search_by_key(&first, |row| row.number);
                index.map_or(cell, |index| self.grid.rows[index].cell(column))
            }
            _ => cell,
        }
    }

    /// The place of a cell.
    pub fn place(&self, row: u32, column: usize) -> Place {
        self.grid.place(row, Some((column, self.label(column))))
    }

    /// Whether the numbers of a column have a decimal comma: as the layout says, else as its values show.
    pub fn decimal_comma(&self, column: usize) -> Option<bool> {
        self.layout.decimal_comma.or_else(|| self.header.decimal_commas.get(&column).copied())
    }

    /// The sheet as a whole.
    pub fn whole(&self) -> Place {
        self.grid.place(0, None)
    }

    /// All rows below the header.
    pub fn rows(&self) -> &'a [Row] {
        self.grid.rows.get(self.header.first + self.header.height..).unwrap_or_default()
    }

    /// All rows above the header.
    pub fn above(&self) -> &'a [Row] {
        self.grid.rows.get(..self.header.first).unwrap_or_default()
    }

    /// Names the lines above the header in one finding (`lines-above`): settings of an export, its date, its terms.
    pub fn report_above(&self, findings: &mut Findings) {
        let line = |row: &Row| {
            let cells: Vec<String> = row.cells.iter().map(cell::text_of).filter(|text| !text.is_empty()).collect();
            cells.join(": ")
        };
        let lines: Vec<String> = self.above().iter().map(line).filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            let message = format!("lines above the table: {}", lines.join("; "));
            findings.push(Finding::info("lines-above", message).at(self.whole()));
        }
    }

    /// Names the rows that were passed over, in one finding (`rows-passed-over`).
    pub fn report_passed(&self, passed: &[u32], findings: &mut Findings) {
        if passed.is_empty() {
            return;
        }
        let shown: Vec<String> = passed.iter().take(20).map(u32::to_string).collect();
        let more = if passed.len() > 20 { ", …" } else { "" };
        let message = format!(
            "separators, totals, notes and repeated headers passed over: {} (rows {}{more})",
            passed.len(),
            shown.join(", ")
        );
        findings.push(Finding::info("rows-passed-over", message).at(self.whole()));
    }

    /// Whether a row is a line below the table, such as the terms of use: one or two cells, beginning as the layout says.
    pub fn is_note(&self, row: &Row) -> bool {
        if self.layout.notes.is_empty() {
            return false;
        }
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        let Some(Cell::Text(text)) = filled.next() else { return false };
        filled.count() <= 1 && self.layout.notes.iter().any(|note| text.trim_start().starts_with(note.as_str()))
    }

    /// Reads every data row with `read`; a row for which it fails has pushed its finding and is left out. Separators,
    /// totals and repeated headers of office sheets are passed over and named in one finding.
    pub fn each<T>(&self, findings: &mut Findings, mut read: impl FnMut(&mut Entry) -> Read<T>) -> (Vec<T>, Count) {
        self.report_header(findings);
        let mut values = Vec::new();
        let mut count = Count::default();
        let mut passed: Vec<u32> = Vec::new();
        let mut sums = Sums::new(self);
        for row in self.rows() {
            if row.cells.iter().all(Cell::is_empty) {
                continue;
            }
            if self.is_note(row)
                || self.is_repeated_header(row)
                || self.layout.table.is_office_sheet() && self.is_separator(row)
            {
                passed.push(row.number);
                continue;
            }
            if self.layout.table.is_office_sheet() && is_total(row) {
                passed.push(row.number);
                sums.compare(self, row, findings);
                continue;
            }
            sums.add(self, row);
            match read(&mut Entry { sheet: self, row, findings: &mut *findings }) {
                Ok(value) => {
                    values.push(value);
                    count.used += 1;
                }
                Err(_) => count.left_out += 1,
            }
        }
        self.report_passed(&passed, findings);
        (values, count)
    }

    /// Columns that two claim a field, and columns that mean nothing to the layout.
    fn report_header(&self, findings: &mut Findings) {
        let row = self.grid.rows.get(self.header.first).map_or(0, |row| row.number);
        for (column, field) in &self.header.repeated {
            let first = self.columns(field).first().map_or("", |column| self.label(*column));
            let message = format!("a second column for `{field}`; the first, \"{first}\", is used");
            findings.push(
                Finding::warning("repeated-column", message)
                    .at(self.place(row, *column))
                    .hint("rename or remove one of the two columns"),
            );
        }
        if !self.layout.table.is_office_sheet() {
            return;
        }
        let used: Vec<usize> = self.header.columns.values().flatten().copied().collect();
        let repeated = |column: usize| self.header.repeated.iter().any(|(other, _)| *other == column);
        let unused = self.header.labels.iter().enumerate().filter(|(column, label)| {
            let last = label.rsplit(" / ").next().unwrap_or_default();
            let ignored = self.layout.ignores(&fold(label)) || self.layout.ignores(&fold(last));
            !label.is_empty() && !ignored && !used.contains(column) && !repeated(*column)
        });
        let unused: Vec<String> = unused.map(|(_, label)| format!("\"{label}\"")).collect();
        if !unused.is_empty() {
            let message = format!("columns that are not used: {}", unused.join(", "));
            findings.push(
                Finding::info("unused-column", message).at(self.grid.place(row, None)).hint(format!(
                    "add the header to a layout in layouts/ if it means a field of `{}`",
                    self.layout.id
                )),
            );
        }
    }

    /// A second header in another language, or the header again after a page break: most of its used cells are headers
    /// of their own column.
    pub fn is_repeated_header(&self, row: &Row) -> bool {
        let (mut filled, mut headers) = (0, 0);
        for (field, columns) in &self.header.columns {
            for &column in columns {
                let Cell::Text(text) = row.cell(column) else {
                    filled += usize::from(!row.cell(column).is_empty());
                    continue;
                };
                filled += usize::from(!text.trim().is_empty());
                headers += usize::from(self.layout.field_of(&fold(text)) == Some(field));
            }
        }
        headers >= 2 && headers * 2 > filled
    }

    /// One text cell in a table of several columns names a section, not a row.
    fn is_separator(&self, row: &Row) -> bool {
        let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
        self.header.columns.len() > 1 && matches!((filled.next(), filled.next()), (Some(Cell::Text(_)), None))
    }
}

/// Whether the first used cell says that the row holds totals.
fn is_total(row: &Row) -> bool {
    let Some(Cell::Text(text)) = row.cells.iter().find(|cell| !cell.is_empty()) else { return false };
    let key = fold(text);
    TOTALS.iter().any(|word| fold(word) == key)
        || words(text).first().is_some_and(|first| TOTALS_BEGIN.contains(&first.as_str()))
}

/// Running sums of the columns whose totals are compared: since the start, and since the last totals row.
struct Sums {
    columns: Vec<(usize, f64, f64, u32)>,
}

impl Sums {
    fn new(sheet: &Sheet) -> Sums {
        let office = sheet.layout.table.is_office_sheet();
        let fields = SUMMED.iter().filter(|_| office).filter_map(|field| sheet.columns(field).first());
        Sums { columns: fields.map(|column| (*column, 0.0, 0.0, 0)).collect() }
    }

    fn add(&mut self, sheet: &Sheet, row: &Row) {
        for (column, all, block, count) in &mut self.columns {
            if let Some(value) = cell::plain_number(row.cell(*column), sheet.decimal_comma(*column)) {
                *all += value;
                *block += value;
                *count += 1;
            }
        }
    }

    fn compare(&mut self, sheet: &Sheet, row: &Row, findings: &mut Findings) {
        for (column, all, block, count) in &mut self.columns {
            let Some(total) = cell::plain_number(row.cell(*column), sheet.decimal_comma(*column)) else { continue };
            let is = |sum: f64| (sum - total).abs() <= 0.05 + 1e-6 * total.abs();
            if *count > 0 && !is(*all) && !is(*block) {
                let label = clean(sheet.label(*column));
                let message = format!("the total of \"{label}\" says {total}, the rows above it add up to {all}");
                findings.push(
                    Finding::warning("total-mismatch", message)
                        .at(sheet.place(row.number, *column))
                        .hint("the rows are used, not the total; look for a missing row or a changed number"),
                );
            }
            *block = 0.0;
        }
    }
}
