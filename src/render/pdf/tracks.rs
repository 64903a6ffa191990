//! Columns and rows of tables whose size is known before they are typeset.
//!
//! The typesetter lays a cell out to find the width of its column, again to find the height of its row, and again in its
//! place. Told the widths of columns, and which rows are one line high, it does so once: an eighth less time for all
//! documents of the sample. What is not sure – a letter of another font, words that may need a second line – is left for
//! it to find.

use serde::Serialize;

use crate::render::chart::typeface::{Weight, face};
use crate::render::document::{BlockView, CellView, ColumnView, RowView, View};
use crate::render::phrases::Piece;

/// Width of A4 in points.
const A4: f64 = 210.0 * MILLIMETRE;
const MILLIMETRE: f64 = 72.0 / 25.4;
/// Letters of a table and of its head, as shares of the size of the document's and of the table's.
const LETTERS: f64 = 0.88;
const HEAD: f64 = 0.92;
/// Points that a column is wider than its widest cell, and words must be narrower than theirs: rounding makes no second line.
const SPARE: f64 = 0.5;
/// Share of the width that columns of known width may take before the typesetter has to weigh them against each other.
const MOST: f64 = 0.8;

/// Measures of a page that the template and the tables share, in points.
#[derive(Debug, Clone, Serialize)]
pub struct Page {
    /// Size of letters.
    size: f64,
    /// Left and right margin.
    margin: f64,
    /// Between blocks side by side.
    gap: f64,
    /// Between columns of a table.
    gutter: f64,
    /// Letters of a table and of its head, as shares.
    letters: f64,
    head: f64,
    /// By the number of the table.
    tables: Vec<Tracks>,
}

/// What is known of a table.
#[derive(Debug, Clone, Serialize)]
struct Tracks {
    /// Widths of the columns; empty where they are not known.
    columns: Vec<f64>,
    /// Whether each row is one line high.
    one_line: Vec<bool>,
}

/// A table as wide as its words.
struct Natural<'a> {
    /// Points that it may take.
    room: f64,
    columns: &'a [ColumnView],
    /// Widths of the heads and of the cells of each row on one line, in em of the table's letters; `None` where not known.
    head: Vec<Option<f64>>,
    rows: Vec<Vec<Option<f64>>>,
}

/// The tables of a document with the widths of their words.
pub struct Tables<'a> {
    margin: f64,
    gap: f64,
    gutter: f64,
    found: Vec<Natural<'a>>,
}

impl<'a> Tables<'a> {
    /// Measures all cells of a document.
    pub fn of(view: &'a View) -> Self {
        let millimetres = |one_page: f64, longer: f64| MILLIMETRE * if view.one_page { one_page } else { longer };
        let (margin, gap, gutter) = (millimetres(14.0, 20.0), millimetres(5.0, 5.0), millimetres(2.0, 2.8));
        let mut tables = Tables { margin, gap, gutter, found: Vec::new() };
        tables.walk(&view.blocks, A4 - 2.0 * margin, view.direction == "rtl");
        tables
    }

    /// In the order of their numbers.
    fn walk(&mut self, blocks: &'a [BlockView], room: f64, rtl: bool) {
        for block in blocks {
            match block {
                BlockView::Table { columns, rows, .. } => {
                    let natural = |row: &RowView| {
                        let weight = if row.strong { Weight::Bold } else { Weight::Regular };
                        let cell = |cell: &CellView| width(&cell.text, weight, rtl);
                        row.cells.iter().map(cell).collect()
                    };
                    let head = |column: &ColumnView| Some(HEAD * width(&column.head, Weight::Bold, rtl)?);
                    let (head, rows) = (columns.iter().map(head).collect(), rows.iter().map(natural).collect());
                    self.found.push(Natural { room, columns, head, rows });
                }
                BlockView::Columns { columns } => {
                    let shares: f64 = columns.iter().map(|part| f64::from(part.width)).sum();
                    let room = room - self.gap * (columns.len().saturating_sub(1)) as f64;
                    for part in columns {
                        self.walk(&part.blocks, room * f64::from(part.width) / shares, rtl);
                    }
                }
                _ => {}
            }
        }
    }

    /// The page at a size of letters.
    pub fn page(&self, size: f64) -> Page {
        let tables = self.found.iter().map(|natural| natural.tracks(LETTERS * size, self.gutter)).collect();
        let (margin, gap, gutter) = (self.margin, self.gap, self.gutter);
        Page { size, margin, gap, gutter, letters: LETTERS, head: HEAD, tables }
    }
}

impl Natural<'_> {
    fn tracks(&self, letters: f64, gutter: f64) -> Tracks {
        let columns = self.widths(letters, gutter).unwrap_or_default();
        let fits = |(cell, column): (&Option<f64>, &f64)| cell.is_some_and(|em| em * letters + SPARE <= *column);
        // A cell by itself runs over all columns.
        let one_line = |row: &Vec<Option<f64>>| row.len() == columns.len() && row.iter().zip(&columns).all(fits);
        let one_line = self.rows.iter().map(one_line).collect();
        Tracks { columns, one_line }
    }

    /// Columns of figures are as wide as their widest cell; the others share what is left.
    fn widths(&self, letters: f64, gutter: f64) -> Option<Vec<f64>> {
        let own = |(at, column): (usize, &ColumnView)| {
            if column.width > 0 {
                return Some(0.0);
            }
            let cells = self.rows.iter().filter(|row| row.len() == self.columns.len()).map(|row| row[at]);
            let widest = cells.chain([self.head[at]]).try_fold(0.0, |widest: f64, cell| Some(widest.max(cell?)))?;
            Some(widest * letters + 2.0 * SPARE)
        };
        let own: Vec<f64> = self.columns.iter().enumerate().map(own).collect::<Option<_>>()?;
        let room = self.room - gutter * (self.columns.len().saturating_sub(1)) as f64;
        let taken: f64 = own.iter().sum();
        if taken > MOST * room {
            return None;
        }
        let shares: f64 = self.columns.iter().map(|column| f64::from(column.width)).sum();
        let share = |(column, own): (&ColumnView, f64)| match column.width {
            0 => own,
            width => (room - taken) * f64::from(width) / shares,
        };
        Some(self.columns.iter().zip(own).map(share).collect())
    }
}

/// Width of words on one line in em; `None` where the face lacks a letter of theirs.
fn width(pieces: &[Piece], weight: Weight, rtl: bool) -> Option<f64> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    face(weight).width(&text, rtl)
}
