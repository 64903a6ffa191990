//! Students by unit, level and academic year.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::tables::Students;
use crate::model::unit::Units;

/// Reads the rows of a sheet.
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Students>, Count) {
    sheet.each(findings, |entry| {
        let unit = entry.unit(units, names)?;
        let year = entry.required_year()?;
        let level = entry.level()?;
        let (heads, fte) = (entry.count("headcount")?, entry.count("fte")?);
        let (headcount, fte) = match (heads, fte) {
            (Some(heads), fte) => (heads, fte.unwrap_or(heads)),
            (None, Some(fte)) => (fte, fte),
            (None, None) => return entry.missing("headcount"),
        };
        if fte > headcount {
            let message = format!("{fte} full-time equivalents of {headcount} students; the row is left out");
            return entry.refuse("fte", Finding::error("fte-above-headcount", message));
        }
        let international = subset(entry, "international", headcount)?;
        let female = subset(entry, "female", headcount)?;
        Ok(Students { unit, year, level, headcount, fte, international, female, place: entry.place("headcount") })
    })
}

/// A count of some of the students, at most all of them.
fn subset(entry: &mut Entry, field: &str, total: f64) -> Read<Option<f64>> {
    match entry.count(field)? {
        Some(part) if part > total => {
            let message = format!("{part} for `{field}` of {total} students; the row is left out");
            entry.refuse(field, Finding::error("subset-above-total", message))
        }
        part => Ok(part),
    }
}
