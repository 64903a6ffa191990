//! Citations of works by year, so that an edition's citation window can be cut and self-citations taken out.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::exported::CitationCount;

/// Reads the rows of a sheet. A row that names no work is left out (`no-identifier`), as is one with more
/// self-citations than citations (`more-than-all`).
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<CitationCount>, Count) {
    sheet.each(findings, |entry| {
        let work = work(entry)?;
        let year = entry.required_year()?;
        let Some(citations) = entry.count("citations")? else { return entry.missing("citations") };
        let author_self = entry.count("author_self")?;
        if author_self.is_some_and(|own| own > citations) {
            let message =
                format!("more self-citations than the {citations} citations of the year; the row is left out");
            return entry.refuse("author_self", Finding::warning("more-than-all", message));
        }
        Ok(CitationCount {
            work,
            year,
            citations: citations as u32,
            author_self: author_self.map(|own| own as u32),
            place: entry.place("citations"),
        })
    })
}

/// The EID, else `doi:…`.
fn work(entry: &mut Entry) -> Read<String> {
    let eid = entry.word("eid");
    if eid.starts_with("2-s2.0-") {
        return Ok(eid);
    }
    match identifier::doi(&entry.text("doi")) {
        Some(doi) => Ok(format!("doi:{doi}")),
        None => {
            let message = "the row names no work by DOI or EID; it is left out";
            entry.refuse("doi", Finding::warning("no-identifier", message))
        }
    }
}
