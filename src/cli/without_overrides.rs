//! Measures as they would be without the office's overrides, kept beside a run for `sanjeh diff`.

use std::path::Path;

use crate::attribute;
use crate::diagnostic::Error;
use crate::load::{self, Limits};
use crate::measure;
use crate::model::measure::{MeasuredValue, Measures, Reason};
use crate::model::overrides::Overrides;
use crate::model::results::Results;
use crate::model::tables::Tables;

/// The measures of `results`, attributed and measured again without overrides; `None` where no override took effect.
/// Only corrections of cells take a second reading of the folder.
///
/// # Errors
/// Those of reading the folder.
pub fn measures(results: &Results, dir: &Path) -> Result<Option<Measures>, Error> {
    if results.ledger.overrides.is_empty() {
        return Ok(None);
    }
    let assessment = &results.assessment;
    let tables = if results.tables.overrides.applied.is_empty() {
        Tables { overrides: Overrides::default(), ..results.tables.clone() }
    } else {
        load::tables_with_overrides(dir, assessment, &Limits::default(), &|_| false)?.value
    };
    let (publications, ledger) = attribute::attribute(&tables, assessment).value;
    let input = measure::Input {
        assessment,
        tables: &tables,
        publications: &publications,
        ledger: &ledger,
        editions: &results.editions,
        definitions: &results.definitions,
    };
    let measured = measure::measure(input).value;
    // A corrected cell may have made a unit: without the correction it has nothing.
    let row = |id: &str| -> Vec<MeasuredValue> {
        match tables.units.find(id) {
            Some(unit) => measured.row(unit.at()).to_vec(),
            None => vec![MeasuredValue::missing(Reason::NotSupplied); measured.keys.len()],
        }
    };
    let cells = results.tables.units.iter().flat_map(|(_, unit)| row(&unit.id)).collect();
    Ok(Some(Measures { keys: measured.keys.clone(), cells, normalised: Vec::new() }))
}
