//! Lists of highly cited researchers. Every row is kept: only attribution knows which affiliations are ours.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::identifier::orcid;
use crate::load::sheet::{Count, Sheet};
use crate::model::listed::HighlyCited;

/// Reads the rows of a sheet. A row without a name or a primary affiliation is left out (`missing-value`). The year may
/// stand in a column, the title or the sheet's name.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<HighlyCited>, Count) {
    sheet.each(findings, |entry| {
        let mut name = entry.word("name");
        if name.is_empty() {
            // `None` and `NA` are surnames too.
            let parts = [entry.text("given_name"), entry.text("family_name")];
            name = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        }
        if name.is_empty() {
            return entry.missing(if entry.sheet.has("name") { "name" } else { "family_name" });
        }
        let primary = entry.required("primary")?;
        let printed = entry.word("orcid");
        let found = orcid(&printed);
        if found.is_none() && !printed.is_empty() {
            let message = format!("\"{printed}\" is no ORCID iD; it is not used");
            entry.remark("orcid", Finding::info("bad-orcid", message));
        }
        Ok(HighlyCited {
            name,
            field: entry.text("field"),
            primary,
            secondary: entry.list("secondary").into_iter().map(|(_, text)| text).collect(),
            orcid: found,
            year: entry.year("year")?,
            place: entry.place("primary"),
        })
    })
}
