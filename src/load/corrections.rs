//! Corrections of single fields, from `overrides/corrections.toml`: of a cell of a sheet, or of a merged publication.
//!
//! ```toml
//! [[correction]]
//! file = "staff/staff.xlsx"          # a cell …
//! sheet = "Medicine"                 # where the workbook has several
//! row = 12
//! column = "D"
//! expect = "1.5"                     # what the cell says; once it says something else, the correction has expired
//! value = "0.5"
//! who = "M. Karimi"
//! date = "2026-11-23"
//! reason = "told by the personnel office"
//!
//! [[correction]]
//! publication = "2-s2.0-85100000000" # … or a publication, by id, EID or DOI
//! field = "year"                     # title, year, type, journal, citations
//! expect = 2023
//! value = 2022
//! who = "M. Karimi"
//! date = "1405/09/02"
//! ```

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Finding, Place};
use crate::load::cell::text_of;
use crate::load::date::parse_date;
use crate::load::folder;
use crate::load::grid::{Cell, Grid};
use crate::load::layout::text_place;
use crate::model::overrides::{Applied, Decision, FieldCorrection, PublicationField};
use crate::model::tables::Source;
use crate::model::text::clean;

/// More than this is no list of corrections.
const MOST_BYTES: u64 = 16 << 20;
/// Columns of a spreadsheet.
const MOST_COLUMNS: usize = 16_384;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    correction: Vec<Spanned<Written>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    file: Option<String>,
    sheet: Option<String>,
    row: Option<u32>,
    column: Option<String>,
    publication: Option<String>,
    field: Option<String>,
    expect: toml::Value,
    value: toml::Value,
    who: String,
    date: toml::Value,
    #[serde(default)]
    reason: String,
}

/// A corrected cell of a sheet.
#[derive(Debug, Clone)]
pub struct CellCorrection {
    file: String,
    sheet: Option<String>,
    row: u32,
    column: usize,
    letters: String,
    expect: String,
    value: String,
    decision: Decision,
}

/// All corrections.
#[derive(Debug, Default)]
pub struct Corrections {
    /// The file, where it could be read.
    pub source: Option<Source>,
    /// Of cells.
    pub cells: Vec<CellCorrection>,
    /// Of publications.
    pub fields: Vec<FieldCorrection>,
}

impl Corrections {
    /// Drops those of whose places `kept` does not hold.
    pub fn keep(&mut self, kept: &dyn Fn(&Place) -> bool) {
        self.cells.retain(|cell| kept(&cell.decision.place));
        self.fields.retain(|field| kept(&field.decision.place));
    }
}

/// What a correction is about.
enum Target {
    Cell(CellCorrection),
    Field(FieldCorrection),
}

/// Reads the file; one that is no TOML is named and left out as a whole, else correction by correction.
pub fn read(root: &Path, file: Option<&str>, tables: &[String], findings: &mut Vec<Finding>) -> Corrections {
    let mut corrections = Corrections::default();
    let Some(file) = file else { return corrections };
    let bad = |message: String| Finding::error("bad-override", message);
    let path = root.join(file);
    let text = match std::fs::metadata(&path).map(|data| data.len()) {
        Ok(size) if size > MOST_BYTES => Err(format!("it has {size} bytes")),
        _ => std::fs::read_to_string(&path).map_err(|error| error.to_string()),
    };
    let text = match text {
        Ok(text) => text,
        Err(reason) => {
            findings.push(bad(format!("the corrections cannot be read: {reason}")).at(Place::file(file)));
            return corrections;
        }
    };
    let digest = folder::digest(text.as_bytes());
    let mut source = Source { file: file.to_owned(), digest, bytes: text.len() as u64, ..Source::default() };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let written: File = match toml::from_str(text) {
        Ok(written) => written,
        Err(error) => {
            let place = text_place(file, text, error.span().map(|span| span.start));
            findings.push(bad(error.message().trim().replace('\n', ": ")).at(place));
            return corrections;
        }
    };
    source.layouts.push((String::new(), "corrections".to_owned()));
    for written in written.correction {
        let place = text_place(file, text, Some(written.span().start));
        match target(written.into_inner(), place.clone(), tables) {
            Ok(Target::Cell(cell)) => corrections.cells.push(cell),
            Ok(Target::Field(field)) => corrections.fields.push(field),
            Err(message) => {
                source.left_out += 1;
                findings.push(bad(format!("{message}; the correction is left out")).at(place));
            }
        }
    }
    source.rows = (corrections.cells.len() + corrections.fields.len()) as u64;
    corrections.source = Some(source);
    corrections
}

fn target(written: Written, place: Place, tables: &[String]) -> Result<Target, String> {
    let (expect, value) = (plain(&written.expect)?, plain(&written.value)?);
    if written.who.trim().is_empty() {
        return Err("nobody is named in `who`".to_owned());
    }
    let date = plain(&written.date)?;
    let date = parse_date(&date).map_err(|reason| format!("\"{date}\" is not a date ({reason})"))?;
    let decision = Decision { who: clean(&written.who), date, reason: clean(&written.reason), place };
    match written {
        Written { publication: Some(publication), field: Some(field), file: None, row: None, column: None, .. } => {
            let field = match field.as_str() {
                "title" => PublicationField::Title,
                "year" => PublicationField::Year,
                "type" => PublicationField::Type,
                "journal" => PublicationField::Journal,
                "citations" => PublicationField::Citations,
                other => return Err(format!("\"{other}\" is none of title, year, type, journal, citations")),
            };
            Ok(Target::Field(FieldCorrection { publication, field, expect, value, decision }))
        }
        Written {
            file: Some(file),
            row: Some(row),
            column: Some(letters),
            publication: None,
            field: None,
            sheet,
            ..
        } => {
            if !tables.contains(&file) {
                return Err(format!("there is no table \"{file}\" in the folder"));
            }
            let column =
                column_index(&letters).ok_or_else(|| format!("\"{letters}\" is no column; write A, B … AA"))?;
            Ok(Target::Cell(CellCorrection { file, sheet, row, column, letters, expect, value, decision }))
        }
        _ => Err("it needs either `file`, `row` and `column`, or `publication` and `field`".to_owned()),
    }
}

/// A value as a cell shows it.
fn plain(value: &toml::Value) -> Result<String, String> {
    match value {
        toml::Value::String(text) => Ok(clean(text)),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        toml::Value::Boolean(flag) => Ok(flag.to_string()),
        toml::Value::Datetime(day) => Ok(day.to_string()),
        toml::Value::Array(_) | toml::Value::Table(_) => Err("a list or table is no value of a field".to_owned()),
    }
}

/// `A` is 0, `AA` is 26.
fn column_index(letters: &str) -> Option<usize> {
    let mut index = 0_usize;
    for letter in letters.trim().chars() {
        let letter = letter.to_ascii_uppercase();
        let digit = u32::from(letter).checked_sub(u32::from('A')).filter(|digit| *digit < 26)?;
        index = index * 26 + digit as usize + 1;
        if index > MOST_COLUMNS {
            return None;
        }
    }
    index.checked_sub(1)
}

/// Changes the cells of one file; those that say something else than expected stay (`override-expired`).
pub fn correct(
    file: &str,
    grids: &mut [Grid],
    corrections: &[CellCorrection],
    findings: &mut Vec<Finding>,
) -> Vec<Applied> {
    let mut applied = Vec::new();
    for correction in corrections.iter().filter(|correction| correction.file == file) {
        let at = || correction.decision.place.clone();
        let fits = |grid: &&mut Grid| correction.sheet.is_none() || grid.sheet == correction.sheet;
        let mut fitting: Vec<&mut Grid> = grids.iter_mut().filter(fits).collect();
        let [grid] = fitting.as_mut_slice() else {
            let message = format!("{} sheets of {file} are meant; name one in `sheet`", fitting.len());
            findings.push(Finding::error("bad-override", message).at(at()));
            continue;
        };
        let row = grid.rows.binary_search_by_key(&correction.row, |row| row.number).ok();
        let now = row.map_or_else(String::new, |row| text_of(grid.rows[row].cell(correction.column)));
        let Some(row) = row.filter(|_| now == correction.expect) else {
            let expect = &correction.expect;
            let message = format!("the override has expired: it expects \"{expect}\", the source now says \"{now}\"");
            let hint = format!("remove it if the source is right, or decide again and expect \"{now}\"");
            findings.push(Finding::warning("override-expired", message).at(at()).hint(hint));
            continue;
        };
        let cells = &mut grid.rows[row].cells;
        if cells.len() <= correction.column {
            cells.resize(correction.column + 1, Cell::Empty);
        }
        cells[correction.column] = Cell::Text(correction.value.as_str().into());
        let target = format!("{}{} of {file}", correction.letters, correction.row);
        let detail = format!("\"{now}\" became \"{}\"", correction.value);
        applied.push(Applied::new(&correction.decision, "correction", target, detail, 0));
    }
    applied
}
