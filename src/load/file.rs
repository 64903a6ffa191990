//! Reading of files (temporary minimal version: replaced when the reading of files is merged).

use std::path::Path;

use calamine::{Data, Reader};

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::grid::{Cell, Grid, Merged, Row};
use crate::load::limits::Limits;
use crate::model::tables::Date;

/// Reads all sheets of a file.
pub fn read(root: &Path, file: &str, _limits: &Limits) -> Checked<Vec<Grid>> {
    match read_any(root, file) {
        Ok(grids) => Checked::clean(grids),
        Err(error) => Checked {
            value: Vec::new(),
            findings: vec![Finding::error("unreadable-file", error).at(Place::file(file))],
        },
    }
}

fn read_any(root: &Path, file: &str) -> Result<Vec<Grid>, String> {
    let path = root.join(file);
    if file.ends_with(".xlsx") {
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook(&path).map_err(|e: calamine::XlsxError| e.to_string())?;
        let mut grids = Vec::new();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).map_err(|e| e.to_string())?;
            let merged = book.merge_cells_by_sheet_name(&sheet).unwrap_or_default();
            let (top, left) = range.start().unwrap_or((0, 0));
            let rows = range.rows().enumerate().map(|(index, cells)| {
                let mut row = vec![Cell::Empty; left as usize];
                row.extend(cells.iter().map(cell));
                while row.last().is_some_and(Cell::is_empty) {
                    row.pop();
                }
                Row { number: top + index as u32 + 1, cells: row }
            });
            let rows = rows.filter(|row| !row.cells.is_empty()).collect();
            let merged = merged
                .iter()
                .map(|m| Merged {
                    first_row: m.start.0 + 1,
                    first_column: m.start.1,
                    last_row: m.end.0 + 1,
                    last_column: m.end.1,
                })
                .collect();
            grids.push(Grid { file: file.to_owned(), sheet: Some(sheet), rows, merged });
        }
        return Ok(grids);
    }
    let bytes = std::fs::read(&path).map_err(|e| e.to_string())?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    let delimiter = *b",;\t".iter().max_by_key(|sign| (count(**sign), **sign == b',')).unwrap_or(&b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|e| e.to_string())?;
        let cells: Vec<Cell> =
            record.iter().map(|t| if t.is_empty() { Cell::Empty } else { Cell::Text(t.into()) }).collect();
        if !cells.iter().all(Cell::is_empty) {
            rows.push(Row { number: index as u32 + 1, cells });
        }
    }
    Ok(vec![Grid { file: file.to_owned(), sheet: None, rows, merged: Vec::new() }])
}

fn cell(data: &Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Cell::Text(text.as_str().into()),
        Data::Float(value) => Cell::Number(*value),
        Data::Int(value) => Cell::Number(*value as f64),
        Data::Bool(value) => Cell::Bool(*value),
        Data::Error(error) => Cell::Error(error.to_string().into()),
        Data::DateTime(value) => match value.as_datetime() {
            Some(day) => {
                use chrono_free::parts;
                let (year, month, day) = parts(&day.to_string());
                Cell::Date(Date { year, month, day })
            }
            None => Cell::Number(value.as_f64()),
        },
    }
}

mod chrono_free {
    /// Year, month and day of `2024-03-20 …`.
    pub fn parts(text: &str) -> (i32, u8, u8) {
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        (
            part(0..4).parse().unwrap_or_default(),
            part(5..7).parse().unwrap_or_default(),
            part(8..10).parse().unwrap_or_default(),
        )
    }
}
