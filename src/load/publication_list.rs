//! A unit's own list of its works: any workbook or text file with a column of titles, DOIs or EIDs.
//!
//! The columns are found by the headers of `data/reference/publication_list.toml`. A sheet without any of them is read
//! cell by cell: what looks like a DOI or an EID is one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::cell::text_of;
use crate::load::date::parse_year;
use crate::load::file;
use crate::load::grid::{Grid, Row};
use crate::load::identifier;
use crate::load::limits::Limits;
use crate::model::listed_work::ListedWork;
use crate::model::text::{digits_to_ascii, fold};

/// Rows within which a header is looked for.
const HEADER_WITHIN: usize = 20;

/// Field → column of a sheet.
type Columns = BTreeMap<&'static str, usize>;

/// Reads every sheet of `path`. Findings besides those of reading a file: `no-works` where nothing can be used, `empty-work`
/// for a row without title, DOI and EID.
pub fn read(path: &Path, limits: &Limits) -> Checked<Vec<ListedWork>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Checked { value: grids, mut findings } = file::read(root, &name, limits);
    let headers = headers();
    let mut works = Vec::new();
    for grid in &grids {
        let (first, columns) = header(grid, &headers);
        for row in &grid.rows[first..] {
            match columns.as_ref().map_or_else(|| by_shape(grid, row), |columns| by_column(grid, row, columns)) {
                Some(work) => works.push(work),
                None if columns.is_some() => {
                    let finding = Finding::warning("empty-work", "the row has no title, DOI or EID; it is left out");
                    findings.push(finding.at(grid.place(row.number, None)));
                }
                None => {}
            }
        }
    }
    if works.is_empty() && !grids.is_empty() {
        let finding = Finding::error("no-works", "no title, DOI or EID was found in the list").at(Place::file(name));
        findings.push(finding.hint("name a column \"Title\", \"DOI\" or \"EID\" (عنوان مقاله)"));
    }
    Checked { value: works, findings }
}

/// Folded header → field.
fn headers() -> BTreeMap<String, &'static str> {
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../data/reference/publication_list.toml"))
            .expect("the built-in headers are checked by a test");
    ["title", "doi", "eid", "year"]
        .into_iter()
        .flat_map(|field| file.get(field).into_iter().flatten().map(move |header| (fold(header), field)))
        .collect()
}

/// The first row that names a title, DOI or EID, as the index of the row behind it and its columns.
fn header(grid: &Grid, headers: &BTreeMap<String, &'static str>) -> (usize, Option<Columns>) {
    for (at, row) in grid.rows.iter().enumerate().take(HEADER_WITHIN) {
        let mut columns = Columns::new();
        for (column, cell) in row.cells.iter().enumerate() {
            if let Some(field) = headers.get(&fold(&text_of(cell))) {
                columns.entry(field).or_insert(column);
            }
        }
        if ["title", "doi", "eid"].iter().any(|field| columns.contains_key(field)) {
            return (at + 1, Some(columns));
        }
    }
    (0, None)
}

fn by_column(grid: &Grid, row: &Row, columns: &Columns) -> Option<ListedWork> {
    let text = |field: &str| columns.get(field).map_or_else(String::new, |&column| text_of(row.cell(column)));
    let (title, doi) = (text("title"), identifier::doi(&digits_to_ascii(&text("doi"))));
    let eid = eid(&text("eid"));
    // A date counts by its year, a Solar Hijri year by the Gregorian one in which it begins.
    let year = text("year");
    let year = parse_year(&year).ok().or_else(|| parse_year(year.split(['-', '/']).next().unwrap_or_default()).ok());
    let usable = !title.is_empty() || doi.is_some() || eid.is_some();
    usable.then(|| ListedWork { place: grid.place(row.number, None), title, doi, eid, year })
}

fn by_shape(grid: &Grid, row: &Row) -> Option<ListedWork> {
    let texts: Vec<String> = row.cells.iter().map(|cell| digits_to_ascii(&text_of(cell))).collect();
    let doi = texts.iter().find_map(|text| identifier::doi(text));
    let eid = texts.iter().find_map(|text| eid(text));
    (doi.is_some() || eid.is_some()).then(|| ListedWork {
        place: grid.place(row.number, None),
        title: String::new(),
        doi,
        eid,
        year: None,
    })
}

/// An EID, alone or in an address.
fn eid(text: &str) -> Option<String> {
    let text = digits_to_ascii(text);
    let start = text.find("2-s2.0-")?;
    let number: String = text[start + "2-s2.0-".len()..].chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| format!("2-s2.0-{number}"))
}
