//! One grid for every kind of file: rows of cells that remember where the spreadsheet shows them.

use crate::diagnostic::{Column, Place};
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
