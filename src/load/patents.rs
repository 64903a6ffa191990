//! Patents that cite publications.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::listed::Patent;

/// Reads the rows of a sheet. A patent without the DOI of a cited work is left out (`no-doi`); of several, those that are
/// no DOI are named and passed over.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Patent>, Count) {
    sheet.each(findings, |entry| {
        let number = entry.word("number");
        let mut family = entry.word("family");
        if family.is_empty() {
            family.clone_from(&number);
        }
        if family.is_empty() {
            return entry.missing(if entry.sheet.has("family") { "family" } else { "number" });
        }
        let year = entry.required_year()?;
        let mut cited: Vec<String> = Vec::new();
        let mut faulty: Vec<String> = Vec::new();
        for (_, printed) in entry.list("cited") {
            match identifier::doi(&printed) {
                Some(doi) if cited.contains(&doi) => {}
                Some(doi) => cited.push(doi),
                None => faulty.push(printed),
            }
        }
        if cited.is_empty() {
            let message = "the patent names no DOI of a work that it cites; the row is left out";
            return entry.refuse("cited", Finding::warning("no-doi", message));
        }
        if !faulty.is_empty() {
            let message = format!("no DOI, and not used: {}", faulty.join(", "));
            entry.remark("cited", Finding::warning("no-doi", message));
        }
        Ok(Patent { family, number, year, office: entry.word("office"), cited, place: entry.place("cited") })
    })
}
