//! Degrees awarded by unit, level and academic year.

use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::tables::Degrees;
use crate::model::unit::Units;

/// Reads the rows of a sheet.
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Degrees>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let year = entry.required_year()?;
        let level = entry.level()?;
        let Some(count) = entry.count("count")? else { return entry.missing("count") };
        Ok(Degrees { unit, year, level, count, place: entry.place("count") })
    })
}
