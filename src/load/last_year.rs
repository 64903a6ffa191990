//! Last year's values: the results folder of an earlier run, or a sheet with the columns of its `scores.csv`.

use std::path::Path;

use crate::diagnostic::{Checked, Finding, Place, Result};
use crate::load::cell::{plain_number, text_of};
use crate::load::file;
use crate::load::folder;
use crate::load::grid::{Grid, Row};
use crate::load::limits::Limits;
use crate::model::last_year::LastValue;
use crate::model::text::fold;

/// Tables of a results folder that are read, the second where it is there: it knows what damping left.
const OF_A_RUN: [&str; 2] = ["scores.csv", "damping.csv"];

/// Columns that name a cell.
const KEYS: [&str; 3] = ["edition", "unit", "indicator"];

/// Columns that state a value of it; one must be there.
const VALUES: [&str; 3] = ["raw", "score", "damped"];

/// Reads `path`, a folder or a file, with the SHA-256 of each file read. Finding: `missing-value` for a row that does not
/// name its cell.
///
/// # Errors
/// What keeps a file from being read; `no-columns` where no sheet has the columns.
pub fn read(path: &Path, limits: &Limits) -> Result<(Checked<Vec<LastValue>>, Vec<String>)> {
    let files: Vec<_> = if path.is_dir() {
        OF_A_RUN
            .iter()
            .map(|name| path.join(name))
            .filter(|file| *file == path.join(OF_A_RUN[0]) || file.exists())
            .collect()
    } else {
        vec![path.to_path_buf()]
    };
    let (mut values, mut findings, mut digests) = (Vec::new(), Vec::new(), Vec::new());
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let read = file::read(root, &name, limits);
        if read.value.is_empty() {
            let refusal = read.findings.into_iter().next();
            return Err(refusal.unwrap_or_else(|| Finding::error("unreadable-file", "no table was found")).into());
        }
        findings.extend(read.findings);
        let Some((grid, columns)) = read.value.iter().find_map(|grid| Some((grid, Columns::of(grid.rows.first()?)?)))
        else {
            let message = "no sheet has the columns edition, unit, indicator, and raw, score or damped";
            let finding = Finding::error("no-columns", message).at(Place::file(&name));
            return Err(finding.hint("name the results folder of an earlier run, or its scores.csv").into());
        };
        values.extend(columns.rows(grid, &mut findings));
        let (digest, _) = folder::digest_file(&path).map_err(|error| {
            Finding::error("unreadable-file", format!("the file cannot be read: {}", error.kind()))
                .at(Place::file(&name))
        })?;
        digests.push(digest);
    }
    Ok((Checked { value: values, findings }, digests))
}

/// Where the columns are.
struct Columns {
    keys: [usize; 3],
    values: [Option<usize>; 3],
}

impl Columns {
    fn of(header: &Row) -> Option<Columns> {
        let at = |name: &str| header.cells.iter().position(|cell| fold(&text_of(cell)) == name);
        let [edition, unit, indicator] = KEYS.map(at);
        let values = VALUES.map(at);
        values.iter().any(Option::is_some).then_some(Columns { keys: [edition?, unit?, indicator?], values })
    }

    fn rows(&self, grid: &Grid, findings: &mut Vec<Finding>) -> Vec<LastValue> {
        let mut rows = Vec::new();
        for row in &grid.rows[1..] {
            let [edition, unit, indicator] = self.keys.map(|column| text_of(row.cell(column)));
            let place = grid.place(row.number, None);
            if [&edition, &unit, &indicator].iter().any(|key| key.is_empty()) {
                let message = "the row does not name edition, unit and indicator; it is left out";
                findings.push(Finding::warning("missing-value", message).at(place));
                continue;
            }
            let number = |column: Option<usize>| column.and_then(|column| plain_number(row.cell(column), Some(false)));
            let [raw, score, damped] = self.values.map(number);
            rows.push(LastValue { edition, unit, indicator, raw, score, damped, place });
        }
        rows
    }
}
