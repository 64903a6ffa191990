//! A table of scores or values by institution, whatever its headers: title rows and merged two-level headers are passed
//! over, columns are named by header text or by letter.

use std::path::Path;

use crate::diagnostic::{Checked, Column, Finding, Place, Result};
use crate::load::cell::{Printed as Text, printed_number, text_of};
use crate::load::file;
use crate::load::folder;
use crate::load::grid::{Cell, Grid, Row};
use crate::load::header::{self, Labels};
use crate::load::limits::Limits;
use crate::load::nearest::nearest;
use crate::load::number::decimal_comma;
use crate::model::supplied_table::{Printed, SuppliedRow, SuppliedTable};
use crate::model::text::{clean, digits_to_ascii, fold};

/// Headers of the column that names rows, where none is asked for; the first that is there is taken.
const IDS: [&str; 13] = [
    "institution name",
    "institution",
    "university name",
    "university",
    "name",
    "unit",
    "unit_id",
    "id",
    "نام دانشگاه",
    "نام مؤسسه",
    "نام واحد",
    "دانشگاه",
    "نام",
];

/// What is looked for in a table. Columns are named by header text, upper and lower header joined where there are two, or
/// by the letters that a spreadsheet program shows.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// The column that names rows; without, a header that says so, else the first column of texts.
    pub id: Option<String>,
    /// Code and column. Where it is empty, `known` is looked for.
    pub map: Vec<(String, String)>,
    /// Code and the headers that may stand over it.
    pub known: Vec<(String, Vec<String>)>,
    /// Column of the published composite.
    pub published: Option<String>,
    /// Column of the published rank.
    pub published_rank: Option<String>,
    /// Column and text that a row must have to be read.
    pub only: Vec<(String, String)>,
    /// What values must lie within.
    pub bounds: Option<[f64; 2]>,
}

impl Sought {
    /// All columns that are named, with what names them.
    fn named(&self) -> impl Iterator<Item = &str> {
        let map = self.map.iter().map(|(_, column)| column.as_str());
        let only = self.only.iter().map(|(column, _)| column.as_str());
        map.chain(only)
            .chain([&self.id, &self.published, &self.published_rank].into_iter().flatten().map(String::as_str))
    }
}

/// Where the columns are.
struct Found {
    /// Index of the first row below the header.
    below: usize,
    labels: Vec<String>,
    id: Option<usize>,
    columns: Vec<(String, usize)>,
    published: Option<usize>,
    rank: Option<usize>,
    only: Vec<(usize, String)>,
}

/// Reads the sheet of `path` whose header has most of what is sought, and the file's SHA-256. Findings besides those of
/// reading a file: `not-a-number` for a cell that is none, `out-of-bounds`; both leave the cell out.
///
/// # Errors
/// What keeps the file from being read; `unknown-column`; `no-columns` where nothing is mapped; `no-rows`.
pub fn read(path: &Path, sought: &Sought, limits: &Limits) -> Result<(Checked<SuppliedTable>, String)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Checked { value: grids, mut findings } = file::read(root, &name, limits);
    if grids.is_empty() {
        let refusal = findings.into_iter().next();
        return Err(refusal.unwrap_or_else(|| Finding::error("unreadable-file", "no table was found")).into());
    }
    let (digest, _) = folder::digest_file(path).map_err(|error| {
        Finding::error("unreadable-file", format!("the file cannot be read: {}", error.kind())).at(Place::file(&name))
    })?;
    let (grid, labels) = best(&grids, sought);
    let found = find(grid, labels.as_ref(), sought)?;
    let rows = rows(grid, &found, sought, &mut findings);
    if rows.is_empty() {
        let finding = Finding::error("no-rows", "no row below the header has a value in the mapped columns");
        return Err(finding.at(grid.place(0, None)).hint("check --map and --only").into());
    }
    let header = found.below.checked_sub(1).and_then(|at| grid.rows.get(at)).map_or(0, |row| row.number);
    let label = |&(_, column): &(String, usize)| found.labels.get(column).cloned().unwrap_or_default();
    let table = SuppliedTable {
        file: name,
        sheet: grid.sheet.clone(),
        header,
        headers: found.columns.iter().map(label).collect(),
        codes: found.columns.into_iter().map(|(code, _)| code).collect(),
        rows,
    };
    Ok((Checked { value: table, findings }, digest))
}

/// The sheet and header with most of what is sought; the first of several. `None` for a header where nothing is found by
/// text.
fn best<'g>(grids: &'g [Grid], sought: &Sought) -> (&'g Grid, Option<Labels>) {
    let mut best: (usize, &Grid, Option<Labels>) = (0, &grids[0], None);
    for grid in grids {
        for labels in header::candidates(grid) {
            let named = sought.named().filter(|name| by_text(&labels, name).is_some()).count();
            let known = |(_, names): &&(String, Vec<String>)| names.iter().any(|name| by_text(&labels, name).is_some());
            let known = if sought.map.is_empty() { sought.known.iter().filter(known).count() } else { 0 };
            if named + known > best.0 {
                best = (named + known, grid, Some(labels));
            }
        }
    }
    (best.1, best.2)
}

/// The column under a header: the one that says it most plainly, then the leftmost.
fn by_text(labels: &Labels, name: &str) -> Option<usize> {
    let key = fold(name);
    let place = |keys: &Vec<String>| keys.iter().position(|own| *own == key);
    let columns = labels.keys.iter().enumerate().filter_map(|(column, keys)| Some((place(keys)?, column)));
    columns.min().map(|(_, column)| column).filter(|_| !key.is_empty())
}

/// The column that a spreadsheet program shows under these letters.
fn by_letters(name: &str) -> Option<usize> {
    let letters = (1..=3).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_uppercase());
    letters.then(|| name.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1)
}

fn find(grid: &Grid, labels: Option<&Labels>, sought: &Sought) -> Result<Found> {
    let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let text = |name: &str| labels.and_then(|labels| by_text(labels, name));
    let column = |name: &String| -> Result<usize> {
        let found = text(name).or_else(|| by_letters(name).filter(|column| *column < width));
        found.ok_or_else(|| unknown_column(grid, labels, name).into())
    };
    let mut columns: Vec<(String, usize)> = Vec::new();
    for (code, name) in &sought.map {
        columns.push((code.clone(), column(name)?));
    }
    if sought.map.is_empty() {
        let known =
            |(code, names): &(String, Vec<String>)| Some((code.clone(), names.iter().find_map(|name| text(name))?));
        for (code, column) in sought.known.iter().filter_map(known) {
            // Two codes of one name share no column: the first has it.
            if !columns.iter().any(|(_, taken)| *taken == column) {
                columns.push((code, column));
            }
        }
    }
    if columns.is_empty() {
        let finding = Finding::error("no-columns", "no header is a code or a name of the edition");
        return Err(finding.at(grid.place(0, None)).hint("say which column is which: --map CODE=COLUMN").into());
    }
    let optional = |name: &Option<String>| name.as_ref().map(&column).transpose();
    let (published, rank) = (optional(&sought.published)?, optional(&sought.published_rank)?);
    let mut only = Vec::new();
    for (name, value) in &sought.only {
        only.push((column(name)?, fold(value)));
    }
    let below = labels.map_or_else(|| first_numbers(grid, &columns), |labels| labels.first + labels.height);
    let id = match optional(&sought.id)? {
        Some(column) => Some(column),
        None => IDS.iter().find_map(|name| text(name)).or_else(|| {
            let used = |at: usize| columns.iter().any(|(_, column)| *column == at) || [published, rank].contains(&Some(at));
            let first = grid.rows.get(below)?;
            (0..first.cells.len()).find(|&at| !used(at) && matches!(first.cell(at), Cell::Text(text) if number(first.cell(at), None).is_none() && !text.trim().is_empty()))
        }),
    };
    let labels = labels.map(|labels| labels.shown.clone()).unwrap_or_default();
    Ok(Found { below, labels, id, columns, published, rank, only })
}

/// The finding about a column that is not there, with the nearest header, else with those that are.
fn unknown_column(grid: &Grid, labels: Option<&Labels>, name: &str) -> Finding {
    let texts = |labels: &Labels| labels.shown.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>();
    // Without a header that was asked for, the fullest one; of equals the first.
    let fullest = |full: Vec<String>, next: Vec<String>| if next.len() > full.len() { next } else { full };
    let all: Vec<Vec<String>> = header::candidates(grid).iter().map(texts).collect();
    let near = nearest(name, all.iter().flatten().map(String::as_str));
    let hint = match near {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            let shown = labels.map_or_else(|| all.iter().cloned().fold(Vec::new(), fullest), texts);
            format!("headers: {}", shown.iter().take(40).cloned().collect::<Vec<_>>().join(", "))
        }
    };
    let finding = Finding::error("unknown-column", format!("the table has no column \"{name}\""));
    finding.at(grid.place(0, None)).hint(hint)
}

/// Index of the first row in which most of the columns hold numbers: the table has no header that was asked for.
fn first_numbers(grid: &Grid, columns: &[(String, usize)]) -> usize {
    let numbers =
        |row: &Row| columns.iter().filter(|(_, at)| matches!(number(row.cell(*at), None), Some(Some(_)))).count();
    grid.rows.iter().position(|row| 2 * numbers(row) > columns.len()).unwrap_or(grid.rows.len())
}

/// A cell as a number; `Some(None)` where it says that there is none, `None` where it says something else.
fn number(cell: &Cell, comma: Option<bool>) -> Option<Option<f64>> {
    match cell {
        Cell::Number(number) => Some(Some(*number)),
        Cell::Empty | Cell::Error(_) => Some(None),
        Cell::Text(text) => match printed_number(text, comma) {
            Text::Number(number) => Some(Some(number.value)),
            Text::Nothing => Some(None),
            Text::Text => None,
        },
        Cell::Date(_) | Cell::Bool(_) => None,
    }
}

fn comma(grid: &Grid, below: usize, column: usize) -> Option<bool> {
    decimal_comma(grid.rows[below.min(grid.rows.len())..].iter().filter_map(|row| match row.cell(column) {
        Cell::Text(text) => Some(&**text),
        _ => None,
    }))
}

fn rows(grid: &Grid, found: &Found, sought: &Sought, findings: &mut Vec<Finding>) -> Vec<SuppliedRow> {
    let commas = |column: usize| comma(grid, found.below, column);
    let values: Vec<(usize, Option<bool>)> =
        found.columns.iter().map(|&(_, column)| (column, commas(column))).collect();
    let published = found.published.map(|column| (column, commas(column)));
    let rank = found.rank.map(|column| (column, commas(column)));
    let place = |row: &Row, column: usize| {
        let header = found.labels.get(column).cloned().unwrap_or_default();
        let column = Some(Column { index: column as u32, header });
        Place::Cell { file: grid.file.clone(), sheet: grid.sheet.clone(), row: row.number, column }
    };
    let mut rows = Vec::new();
    for row in grid.rows.iter().skip(found.below) {
        let used = values.iter().chain(&published).any(|(column, _)| !row.cell(*column).is_empty());
        let wanted = found.only.iter().all(|(column, text)| fold(&text_of(row.cell(*column))) == *text);
        // Notes, separators and headers once more are no rows of the table.
        let header = values.iter().all(|(column, _)| {
            let label = found.labels.get(*column).map_or("", String::as_str);
            !label.is_empty() && text_of(row.cell(*column)) == label
        });
        if !used || !wanted || header {
            continue;
        }
        let mut value = |column: usize, comma: Option<bool>| {
            let refused = match number(row.cell(column), comma) {
                Some(Some(value)) => match sought.bounds {
                    Some([low, high]) if !(low..=high).contains(&value) => {
                        Finding::error("out-of-bounds", format!("{value} is no score from {low} to {high}"))
                    }
                    _ => return Some(value),
                },
                Some(None) => return None,
                None => {
                    let text = text_of(row.cell(column));
                    Finding::error("not-a-number", format!("\"{text}\" is not a number; the cell counts as missing"))
                }
            };
            findings.push(refused.at(place(row, column)));
            None
        };
        let values: Vec<Option<f64>> = values.iter().map(|&(column, comma)| value(column, comma)).collect();
        let mut shown = |at: Option<(usize, Option<bool>)>| {
            let Some((column, comma)) = at else { return Printed::Nothing };
            printed(row.cell(column), comma).unwrap_or_else(|| {
                let message =
                    format!("\"{}\" is neither a number nor a range; it is not compared", text_of(row.cell(column)));
                findings.push(Finding::warning("not-a-number", message).at(place(row, column)));
                Printed::Nothing
            })
        };
        let id = found.id.map(|column| text_of(row.cell(column))).unwrap_or_default();
        rows.push(SuppliedRow {
            id: if id.is_empty() { format!("row {}", row.number) } else { id },
            number: row.number,
            values,
            published: shown(published),
            rank: shown(rank),
            text: published.map(|(column, _)| text_of(row.cell(column))).unwrap_or_default(),
        });
    }
    rows
}

/// A published score or rank; `None` where it is neither a number nor a range.
fn printed(cell: &Cell, comma: Option<bool>) -> Option<Printed> {
    if let Some(number) = number(cell, comma) {
        return Some(number.map_or(Printed::Nothing, Printed::Exact));
    }
    let Cell::Text(text) = cell else { return None };
    let text = digits_to_ascii(&clean(text));
    let text = text.trim().trim_matches('=').trim();
    let value = |text: &str| match printed_number(text.trim(), comma) {
        Text::Number(number) => Some(number.value),
        _ => None,
    };
    if let Some(value) = value(text) {
        return Some(Printed::Exact(value));
    }
    let places = |text: &str| text.rsplit_once(['.', '٫']).map_or(0, |(_, places)| places.trim().len());
    if let Some(low) = text.strip_suffix('+') {
        return Some(Printed::Range { low: value(low)?, high: f64::INFINITY, half: half(places(low)) });
    }
    let (low, high) = text.split_once(['–', '—', '-', '−', '‐', '‑'])?;
    let half = half(places(low).max(places(high)));
    let (low, high) = (value(low)?, value(high)?);
    Some(Printed::Range { low: low.min(high), high: low.max(high), half })
}

/// Half a unit of a number's last place.
fn half(places: usize) -> f64 {
    (0..places).fold(0.5, |half, _| half / 10.0)
}

/// The known code nearest in spelling to one that is not known.
pub fn nearest_of<'a>(code: &str, known: &[&'a str]) -> Option<&'a str> {
    nearest(code, known.iter().copied())
}
