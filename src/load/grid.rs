//! One grid for every kind of file: rows of cells that remember where the spreadsheet shows them.

use crate::diagnostic::{Column, Finding, Place};
use crate::load::limits::{Budget, Limits};
use crate::load::refusal::{Refusal, too_large};
use crate::model::tables::Date;

/// A cell as the file stores it; nothing is folded or parsed yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as stored.
    Text(Box<str>),
    /// A number.
    Number(f64),
    /// A real date of a workbook.
    Date(Date),
    /// A truth value.
    Bool(bool),
    /// An error value such as `#N/A`.
    Error(Box<str>),
}

impl Cell {
    /// Whether there is nothing in it but white space.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// One row. Cells beyond the last used one are left off.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The row as a spreadsheet program shows it, from 1.
    pub number: u32,
    /// Cells from column A on.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in a 0-based column.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A merged region, all bounds included; rows from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// First row.
    pub first_row: u32,
    /// First column.
    pub first_column: u32,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u32,
}

/// One sheet of a workbook, or one text or Parquet file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Path relative to the assessment folder.
    pub file: String,
    /// Sheet name; `None` for text and Parquet files.
    pub sheet: Option<String>,
    /// Rows in file order; wholly empty rows are left off.
    pub rows: Vec<Row>,
    /// Merged regions, where the format tells them.
    pub merged: Vec<Merged>,
}

impl Grid {
    /// The place of a row, or with a column of one cell.
    pub fn place(&self, row: u32, column: Option<(usize, &str)>) -> Place {
        Place::Cell {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row,
            column: column.map(|(index, header)| Column { index: index as u32, header: header.to_owned() }),
        }
    }
}

/// Collects the cells of one sheet in the order a parser meets them, within limits and in memory that grows only with
/// what was really met.
#[derive(Debug)]
pub struct GridBuilder {
    grid: Grid,
    row: Row,
    ordered: bool,
    stray: Option<(u32, u32, u64)>,
    rows: u32,
    columns: u32,
}

impl GridBuilder {
    /// An empty sheet.
    pub fn new(file: &str, sheet: Option<&str>, limits: &Limits) -> Self {
        GridBuilder {
            grid: Grid { file: file.to_owned(), sheet: sheet.map(str::to_owned), ..Grid::default() },
            row: Row::default(),
            ordered: true,
            stray: None,
            rows: limits.rows,
            columns: limits.columns,
        }
    }

    /// Puts `cell` at `row` (from 1) and `column` (from 0); an empty one is passed over. A cell beyond the usable
    /// columns is left out; its row is kept.
    ///
    /// # Errors
    /// A finding `too-large` when the row lies beyond the limit or the budget is spent.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell, budget: &mut Budget) -> Result<(), Refusal> {
        if matches!(cell, Cell::Empty) {
            return Ok(());
        }
        if row > self.rows {
            return Err(too_large(format!("a row lies beyond row {}", self.rows))
                .at(self.grid.place(row, None))
                .into());
        }
        if row != self.row.number {
            self.end_row();
            self.row.number = row;
        }
        if column >= self.columns {
            let (_, _, count) = self.stray.get_or_insert((row, column, 0));
            *count += 1;
            return Ok(());
        }
        let text = match &cell {
            Cell::Text(text) | Cell::Error(text) => text.len() as u64,
            _ => 0,
        };
        let column = column as usize;
        let added = (column + 1).saturating_sub(self.row.cells.len());
        budget.spend(added as u64, text).map_err(|finding| finding.at(self.grid.place(row, None)))?;
        if added > 0 {
            self.row.cells.resize(column + 1, Cell::Empty);
        }
        self.row.cells[column] = cell;
        Ok(())
    }

    /// Notes a merged region.
    pub fn merge(&mut self, merged: Merged) {
        self.grid.merged.push(merged);
    }

    /// The sheet with its rows in order, and the finding `stray-cell` where cells were left out.
    pub fn finish(mut self) -> (Grid, Option<Finding>) {
        self.end_row();
        if !self.ordered {
            self.grid.rows.sort_by_key(|row| row.number);
            self.grid.rows.dedup_by(|later, earlier| {
                let same = later.number == earlier.number;
                if same {
                    overlay(&mut earlier.cells, std::mem::take(&mut later.cells));
                }
                same
            });
        }
        let stray = self.stray.map(|(row, column, count)| {
            let others =
                if count > 1 { format!(", and {} more beyond that column limit", count - 1) } else { String::new() };
            Finding::warning(
                "stray-cell",
                format!("a cell lies right of the last of {} usable columns and was left out{others}", self.columns),
            )
            .at(self.grid.place(row, Some((column as usize, ""))))
            .hint("delete the columns to the right of the table")
        });
        (self.grid, stray)
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.number == 0 {
            return;
        }
        self.ordered &= self.grid.rows.last().is_none_or(|last| last.number < row.number);
        self.grid.rows.push(row);
    }
}

/// Lays the used cells of `upper` over `lower`.
fn overlay(lower: &mut Vec<Cell>, upper: Vec<Cell>) {
    if lower.len() < upper.len() {
        lower.resize(upper.len(), Cell::Empty);
    }
    for (under, over) in lower.iter_mut().zip(upper) {
        if over != Cell::Empty {
            *under = over;
        }
    }
}
