//! Agreements with other institutions and companies.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::layout::Meaning;
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::tables::Agreement;
use crate::model::unit::Units;

/// Reads the rows of a sheet. An agreement that ends before it begins is left out (`reversed-dates`).
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Agreement>, Count) {
    sheet.each(findings, |entry| {
        let partner = entry.required("partner")?;
        let units = entry.units_or_university(units, names)?;
        let (from, to) = (entry.date("from"), entry.date("to"));
        if from.zip(to).is_some_and(|(first, last)| first > last) {
            let message = "the agreement ends before it begins; the row is left out";
            return entry.refuse("to", Finding::error("reversed-dates", message));
        }
        let company = match entry.meaning("sector") {
            Some(Meaning::Flag(company)) => Some(*company),
            _ => None,
        };
        Ok(Agreement {
            id: entry.id_or_row("id"),
            partner,
            ror: entry.ror("ror"),
            country: entry.country("country"),
            kind: entry.word("type"),
            company,
            units,
            from,
            to,
            actions: entry.word("actions"),
            contact: entry.word("contact"),
            place: entry.place("partner"),
        })
    })
}
