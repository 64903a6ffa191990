//! Visits from and to other institutions.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::tables::Visit;
use crate::model::unit::Units;

/// Mean days of a month of the Gregorian calendar.
const DAYS_OF_MONTH: f64 = 30.436_875;

/// Reads the rows of a sheet. Without its first day a visit is left out (`missing-value`), and so is one that ends before
/// it begins (`reversed-dates`).
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Visit>, Count) {
    sheet.each(findings, |entry| {
        let Some(from) = entry.date("from") else { return entry.missing("from") };
        let to = entry.date("to");
        if to.is_some_and(|last| last < from) {
            let message = "the visit ends before it begins; the row is left out";
            return entry.refuse("to", Finding::error("reversed-dates", message));
        }
        let units = entry.units_or_university(units, names)?;
        let inbound = match entry.meaning("direction") {
            Some(Meaning::Flag(inbound)) => Some(*inbound),
            _ => None,
        };
        let stated = entry.count("months")?;
        let months = stated.or_else(|| to.and_then(|last| Some((from.days_until(last)? + 1) as f64 / DAYS_OF_MONTH)));
        Ok(Visit {
            id: entry.id_or_row("id"),
            inbound,
            institution: entry.word("institution"),
            country: entry.country("country"),
            units,
            from,
            to,
            months,
            place: entry.place("from"),
        })
    })
}
