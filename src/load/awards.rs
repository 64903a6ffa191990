//! Prizes of staff and alumni.

use crate::diagnostic::Finding;
use crate::load::cell::LeftOut;
use crate::load::findings::Findings;
use crate::load::layout::{Meaning, UNIT_FIELDS};
use crate::load::sheet::{Count, Sheet};
use crate::load::unit_names::UnitNames;
use crate::model::listed::{Award, LaureateKind};
use crate::model::unit::Units;

/// Reads the rows of a sheet. A row that names no unit is the university's. A share outside 0–1 (`bad-share`), an unknown
/// kind (`unknown-value`) and an alumnus without the year of the degree (`missing-value`) leave the row out.
pub fn read(sheet: &Sheet, units: &Units, names: &UnitNames, findings: &mut Findings) -> (Vec<Award>, Count) {
    sheet.each(findings, |entry| {
        let person = entry.required("person")?;
        let prize = entry.required("prize")?;
        let year = entry.required_year()?;
        let share = entry.share("share")?.unwrap_or(1.0);
        if share > 1.0 {
            let message = format!("a share of {share} does not lie between 0 and 1; the row is left out");
            let finding = Finding::error("bad-share", message).hint("write half a prize as 0.5 or 50 %");
            return entry.refuse("share", finding);
        }
        if entry.word("kind").is_empty() {
            return entry.missing("kind");
        }
        let kind = match entry.meaning("kind") {
            Some(Meaning::Word(word)) if word == "staff" => LaureateKind::Staff,
            Some(Meaning::Word(word)) if word == "alumnus" => LaureateKind::Alumnus,
            _ => return Err(LeftOut),
        };
        let degree_year = entry.year("degree_year")?;
        if kind == LaureateKind::Alumnus && degree_year.is_none() {
            return entry.missing("degree_year");
        }
        let names_unit = UNIT_FIELDS.iter().any(|field| !entry.word(field).is_empty());
        let unit = match units.university() {
            Some(university) if !names_unit => university,
            _ => entry.unit(units, names)?,
        };
        Ok(Award { person, prize, year, share, kind, degree_year, unit, place: entry.place("person") })
    })
}
