//! The output folder of an earlier run, read back. Columns are found by name; a file that is not as a run writes it is
//! refused with file, row and column.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use csv::StringRecord;
use serde_json::Value;

use crate::diagnostic::{Column, Error, Finding, Place, Result};
use crate::model::measure::{MeasureKey, MeasuredValue, Measures, Reason, Status};
use crate::model::names::Names;
pub use crate::model::stored_run::OVERALL;
use crate::model::stored_run::{PEERS, StoredComposite, StoredRun, WITHOUT_OVERRIDES};
use crate::model::tables::Peer;
use crate::model::unit::{UnitRow, Units};
use crate::model::window::Window;

/// What every file of a run can be made again with.
const AGAIN: &str = "run `sanjeh run` again with this version";

/// A CSV file of a run.
struct Table {
    file: String,
    headers: StringRecord,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads `name` of the folder.
    fn read(folder: &Path, name: &str) -> Result<Table> {
        let path = folder.join(name);
        let file = path.display().to_string();
        let refuse = |error: csv::Error| -> Error {
            let finding = Finding::error("unreadable-run", format!("the file cannot be read: {error}"));
            finding.at(Place::file(&file)).hint("name the output folder of a run").hint(AGAIN).into()
        };
        let mut reader = csv::Reader::from_path(&path).map_err(&refuse)?;
        let headers = reader.headers().map_err(&refuse)?.clone();
        let rows = reader.records().collect::<std::result::Result<Vec<_>, _>>().map_err(&refuse)?;
        Ok(Table { file, headers, rows })
    }

    fn refuse(&self, row: usize, column: Option<usize>, message: String) -> Error {
        let column = column.map(|index| Column {
            index: index as u32,
            header: self.headers.get(index).unwrap_or_default().to_owned(),
        });
        let place = Place::Cell { file: self.file.clone(), sheet: None, row: row as u32, column };
        Finding::error("unreadable-run", message).at(place).hint(AGAIN).into()
    }

    /// Positions of columns.
    fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N]> {
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(names) {
            let found = self.headers.iter().position(|header| header == name);
            *place = found.ok_or_else(|| self.refuse(1, None, format!("there is no column \"{name}\"")))?;
        }
        Ok(places)
    }

    /// A text; `row` counts from 0 below the header.
    fn text(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).unwrap_or_default()
    }

    /// A number; empty is none.
    fn number<T: std::str::FromStr>(&self, row: usize, column: usize) -> Result<Option<T>> {
        let text = self.text(row, column);
        if text.is_empty() {
            return Ok(None);
        }
        let fault = || self.refuse(row + 2, Some(column), format!("\"{text}\" is not a number"));
        text.parse().map(Some).map_err(|_| fault())
    }
}

/// `composites.csv` of a run.
///
/// # Errors
/// `unreadable-run`.
pub fn composites(folder: &Path) -> Result<Vec<StoredComposite>> {
    let table = Table::read(folder, "composites.csv")?;
    let [edition, unit, unit_type, group, score, rank] =
        table.columns(["edition", "unit", "unit_type", "group", "score", "rank"])?;
    let text = |row, column| table.text(row, column).to_owned();
    (0..table.rows.len())
        .map(|row| {
            Ok(StoredComposite {
                edition: text(row, edition),
                unit: text(row, unit),
                unit_type: text(row, unit_type),
                group: text(row, group),
                score: table.number(row, score)?,
                rank: table.number(row, rank)?,
            })
        })
        .collect()
}

/// Everything of a run but its editions and benchmarks.
///
/// # Errors
/// `unreadable-run` where a file is absent or not as a run writes it.
pub fn read(folder: &Path) -> Result<StoredRun> {
    let manifest = manifest(folder)?;
    let list = |key: &str| manifest[key].as_array().cloned().unwrap_or_default();
    let id = |edition: &Value| edition["id"].as_str().map(str::to_owned);
    let editions: Vec<String> = list("editions").iter().filter_map(id).collect();
    let minimum_units = manifest["policies"]["policy"]["minimum_units"].as_u64();
    let Some(minimum_units) = minimum_units.filter(|_| !editions.is_empty()) else {
        let place = Place::file(folder.join("manifest.json").display().to_string());
        return Err(Finding::error("unreadable-run", "the manifest names no editions or policies").at(place).into());
    };
    let composites = composites(folder)?;
    let mut seen = BTreeSet::new();
    let first = composites.iter().filter(|row| seen.insert(row.unit.as_str()));
    let rows = first.map(|row| UnitRow {
        id: row.unit.clone(),
        name: Names::default(),
        unit_type: row.unit_type.clone(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    });
    // Parents are not in the table and no score needs them.
    let units = Units::build(rows.collect()).value;
    let overridden = !list("overrides_applied").is_empty();
    let without_overrides = overridden.then(|| measures(folder, WITHOUT_OVERRIDES, &units)).transpose()?;
    Ok(StoredRun {
        folder: folder.display().to_string(),
        editions,
        minimum_units: usize::try_from(minimum_units).unwrap_or(usize::MAX),
        measures: measures(folder, "measures.csv", &units)?,
        without_overrides,
        units,
        peers: peers(folder)?,
        composites,
    })
}

fn manifest(folder: &Path) -> Result<Value> {
    let path = folder.join("manifest.json");
    let refuse = |reason: String| -> Error {
        let finding = Finding::error("unreadable-run", format!("the manifest cannot be read: {reason}"));
        finding.at(Place::file(path.display().to_string())).hint("name the output folder of a run").into()
    };
    let text = std::fs::read_to_string(&path).map_err(|error| refuse(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| refuse(error.to_string()))
}

/// A table of measures, one value for each unit and key.
fn measures(folder: &Path, name: &str, units: &Units) -> Result<Measures> {
    let table = Table::read(folder, name)?;
    let [unit, measure, window, value, n, status] =
        table.columns(["unit", "measure", "window", "value", "n", "status"])?;
    let mut cells: BTreeMap<(u32, MeasureKey), MeasuredValue> = BTreeMap::new();
    let mut keys = BTreeSet::new();
    for row in 0..table.rows.len() {
        let id = table.text(row, unit);
        let Some(at) = units.find(id) else {
            return Err(table.refuse(row + 2, Some(unit), format!("composites.csv has no unit \"{id}\"")));
        };
        let key = key(table.text(row, measure), table.text(row, window)).ok_or_else(|| {
            table.refuse(row + 2, Some(window), format!("\"{}\" is no window of years", table.text(row, window)))
        })?;
        let word = table.text(row, status);
        let status =
            status_of(word).ok_or_else(|| table.refuse(row + 2, Some(status), format!("\"{word}\" is no status")))?;
        let value: Option<f64> = table.number(row, value)?;
        let reason = value.is_none().then_some(Reason::NotSupplied);
        let cell = MeasuredValue { value, n: table.number(row, n)?.unwrap_or(0), status, reason };
        keys.insert(key.clone());
        cells.insert((at.0, key), cell);
    }
    let keys: Vec<MeasureKey> = keys.into_iter().collect();
    if cells.len() != keys.len() * units.len() {
        let message = format!("{} units and {} measures do not make {} rows", units.len(), keys.len(), cells.len());
        return Err(table.refuse(0, None, message));
    }
    // Ascending by unit and key: the order of the cells.
    Ok(Measures { keys, cells: cells.into_values().collect(), ..Measures::default() })
}

fn key(label: &str, window: &str) -> Option<MeasureKey> {
    let (measure, edition) = label.split_once('@').map_or((label, None), |(code, id)| (code, Some(id.to_owned())));
    let (from, to) = window.split_once('-').unwrap_or((window, window));
    let window = Window::new(from.parse().ok()?, to.parse().ok()?);
    Some(MeasureKey { measure: measure.to_owned(), edition, window })
}

fn status_of(word: &str) -> Option<Status> {
    let all =
        [Status::Computed, Status::Supplied, Status::Proxy, Status::Inherited, Status::NotScorable, Status::Missing];
    all.into_iter().find(|status| status.as_str() == word)
}

fn peers(folder: &Path) -> Result<Vec<Peer>> {
    let table = Table::read(folder, PEERS)?;
    let [edition, unit_type, indicator, peer, value] =
        table.columns(["edition", "unit_type", "indicator", "peer", "value"])?;
    let text = |row, column| table.text(row, column).to_owned();
    (0..table.rows.len())
        .map(|row| {
            let number: Option<f64> = table.number(row, value)?;
            let number = number.ok_or_else(|| table.refuse(row + 2, Some(value), "the value is empty".to_owned()))?;
            Ok(Peer {
                edition: text(row, edition),
                unit_type: text(row, unit_type),
                indicator: text(row, indicator),
                peer: text(row, peer),
                value: number,
                place: Place::Run,
            })
        })
        .collect()
}
