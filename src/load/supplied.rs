//! Measures that a unit states directly.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::tables::Supplied;
use crate::model::unit::Units;

/// Reads the rows of a sheet. A row without a value states nothing and stays missing.
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Supplied>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let measure = entry.required("measure")?;
        let year = entry.year("year")?;
        let Some(value) = entry.number("value")? else {
            let message = format!("no value for {measure}; it stays missing");
            return entry.refuse("value", Finding::info("missing-value", message));
        };
        Ok(Supplied { unit, measure, year, value, source: entry.word("source"), place: entry.place("value") })
    })
}
