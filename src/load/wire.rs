//! The form in which the helper process hands grids and findings to its parent: little-endian binary, so that every
//! number arrives with the bits it had. Nothing that arrives is trusted; the reader allocates only for bytes it holds.

use std::io::{self, Write};

use crate::diagnostic::{Column, Finding, Place, Severity};
use crate::load::grid::{Cell, Grid, Merged, Row};
use crate::model::tables::Date;

/// First bytes, with the version of the form.
const MAGIC: &[u8; 8] = b"sanjeh 1";

/// Last byte: everything was written.
const END: u8 = 0xE0;

/// Codes of findings that may come over the wire.
const CODES: [&str; 7] = [
    "unreadable-file",
    "password-protected",
    "too-large",
    "hidden-sheet",
    "stray-cell",
    "formula-not-computed",
    "empty-file",
];

/// Writes `grids` and `findings`.
///
/// # Errors
/// What `sink` reports.
pub fn write(sink: &mut impl Write, grids: &[Grid], findings: &[Finding]) -> io::Result<()> {
    sink.write_all(MAGIC)?;
    for finding in findings {
        sink.write_all(&[b'F', finding.severity as u8])?;
        text(sink, finding.code)?;
        text(sink, &finding.message)?;
        let (sheet, row, column) = match &finding.place {
            Place::Cell { sheet, row, column, .. } => (sheet.as_deref(), *row, column.as_ref()),
            _ => (None, 0, None),
        };
        optional_text(sink, sheet)?;
        number(sink, row)?;
        number(sink, column.map_or(u32::MAX, |column| column.index))?;
        number(sink, finding.hints.len() as u32)?;
        for hint in &finding.hints {
            text(sink, hint)?;
        }
    }
    for grid in grids {
        sink.write_all(b"G")?;
        optional_text(sink, grid.sheet.as_deref())?;
        number(sink, grid.merged.len() as u32)?;
        for merged in &grid.merged {
            for bound in [merged.first_row, merged.first_column, merged.last_row, merged.last_column] {
                number(sink, bound)?;
            }
        }
        for row in &grid.rows {
            sink.write_all(b"R")?;
            number(sink, row.number)?;
            number(sink, row.cells.len() as u32)?;
            for cell in &row.cells {
                write_cell(sink, cell)?;
            }
        }
    }
    sink.write_all(&[END])
}

/// Reads what [`write()`] wrote, for the file named `file`; `None` when the bytes are cut off or not of this form.
pub fn read(bytes: &[u8], file: &str) -> Option<(Vec<Grid>, Vec<Finding>)> {
    let mut wire = Wire(bytes.strip_prefix(MAGIC)?);
    let (mut grids, mut findings) = (Vec::<Grid>::new(), Vec::new());
    loop {
        match wire.byte()? {
            b'F' => findings.push(read_finding(&mut wire, file)?),
            b'G' => {
                let mut grid = Grid { file: file.to_owned(), sheet: wire.optional_text()?, ..Grid::default() };
                for _ in 0..wire.number()? {
                    let [first_row, first_column, last_row, last_column] =
                        [wire.number()?, wire.number()?, wire.number()?, wire.number()?];
                    grid.merged.push(Merged { first_row, first_column, last_row, last_column });
                }
                grids.push(grid);
            }
            b'R' => {
                let mut row = Row { number: wire.number()?, cells: Vec::new() };
                let count = wire.number()? as usize;
                // Every cell takes at least one byte.
                row.cells.reserve_exact(count.min(wire.0.len()));
                for _ in 0..count {
                    row.cells.push(read_cell(&mut wire)?);
                }
                grids.last_mut()?.rows.push(row);
            }
            END => return wire.0.is_empty().then_some((grids, findings)),
            _ => return None,
        }
    }
}

fn write_cell(sink: &mut impl Write, cell: &Cell) -> io::Result<()> {
    match cell {
        Cell::Empty => sink.write_all(&[0]),
        Cell::Text(value) => sink.write_all(&[1]).and_then(|()| text(sink, value)),
        Cell::Number(value) => sink.write_all(&[2]).and_then(|()| sink.write_all(&value.to_le_bytes())),
        Cell::Date(date) => {
            sink.write_all(&[3])?;
            sink.write_all(&date.year.to_le_bytes())?;
            sink.write_all(&[date.month, date.day])
        }
        Cell::Bool(value) => sink.write_all(&[4, u8::from(*value)]),
        Cell::Error(value) => sink.write_all(&[5]).and_then(|()| text(sink, value)),
    }
}

fn read_cell(wire: &mut Wire) -> Option<Cell> {
    Some(match wire.byte()? {
        0 => Cell::Empty,
        1 => Cell::Text(wire.text()?.into()),
        2 => Cell::Number(f64::from_le_bytes(wire.array()?)),
        3 => {
            let year = i32::from_le_bytes(wire.array()?);
            let [month, day] = wire.array()?;
            Cell::Date(Date { year, month, day })
        }
        4 => Cell::Bool(wire.byte()? != 0),
        5 => Cell::Error(wire.text()?.into()),
        _ => return None,
    })
}

fn read_finding(wire: &mut Wire, file: &str) -> Option<Finding> {
    let severity = match wire.byte()? {
        0 => Severity::Info,
        1 => Severity::Warning,
        _ => Severity::Error,
    };
    let code = wire.text()?;
    let code = CODES.into_iter().find(|known| *known == code)?;
    let mut finding = Finding::new(severity, code, wire.text()?);
    let (sheet, row, column) = (wire.optional_text()?, wire.number()?, wire.number()?);
    finding.place = match sheet {
        Some(_) => {
            let column = (column != u32::MAX).then(|| Column { index: column, header: String::new() });
            Place::Cell { file: file.to_owned(), sheet, row, column }
        }
        None => Place::file(file),
    };
    for _ in 0..wire.number()? {
        finding.hints.push(wire.text()?.to_owned());
    }
    Some(finding)
}

fn number(sink: &mut impl Write, value: u32) -> io::Result<()> {
    sink.write_all(&value.to_le_bytes())
}

fn text(sink: &mut impl Write, value: &str) -> io::Result<()> {
    number(sink, u32::try_from(value.len()).map_err(io::Error::other)?)?;
    sink.write_all(value.as_bytes())
}

fn optional_text(sink: &mut impl Write, value: Option<&str>) -> io::Result<()> {
    sink.write_all(&[u8::from(value.is_some())])?;
    value.map_or(Ok(()), |value| text(sink, value))
}

/// The bytes not yet read.
struct Wire<'a>(&'a [u8]);

impl<'a> Wire<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn number(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn optional_text(&mut self) -> Option<Option<String>> {
        match self.byte()? {
            0 => Some(None),
            _ => self.text().map(|text| Some(text.to_owned())),
        }
    }
}
