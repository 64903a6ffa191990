//! Lists of titles and works: delisted titles, top journals, retracted works.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read, text_of};
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::{DelistedTitle, TopJournal};

/// Titles that an index has dropped.
pub fn delisted(sheet: &Sheet, findings: &mut Findings) -> (Vec<DelistedTitle>, Count) {
    sheet.each(findings, |entry| {
        let issns = issns(entry)?;
        let from = entry.year("from")?;
        Ok(DelistedTitle { issns, title: entry.word("title"), from, place: entry.place("issn") })
    })
}

/// Top journals by category.
pub fn top(sheet: &Sheet, findings: &mut Findings) -> (Vec<TopJournal>, Count) {
    sheet.each(findings, |entry| {
        Ok(TopJournal { issns: issns(entry)?, category: entry.word("category"), place: entry.place("issn") })
    })
}

/// DOIs of retracted works. Rows whose nature is not a retraction (a correction, an expression of concern, a
/// reinstatement) are passed over and named.
pub fn retractions(sheet: &Sheet, findings: &mut Findings) -> (Vec<String>, Count) {
    sheet.each(findings, |entry| {
        let nature = entry.word("nature");
        if !nature.is_empty() && !nature.eq_ignore_ascii_case("retraction") {
            let message = format!("\"{nature}\" is not a retraction; the row is left out");
            return entry.refuse("nature", Finding::info("not-a-retraction", message));
        }
        match identifier::doi(&entry.text("doi")) {
            Some(doi) => Ok(doi),
            None => entry.refuse("doi", Finding::info("no-doi", "the row names no DOI; it is left out")),
        }
    })
}

/// The ISSNs of a row; one without any is left out.
fn issns(entry: &mut Entry) -> Read<Vec<String>> {
    let columns = entry.sheet.columns("issn");
    let mut found: Vec<String> = Vec::new();
    for issn in columns.iter().flat_map(|column| identifier::issns(&text_of(entry.row.cell(*column)))) {
        if !found.contains(&issn) {
            found.push(issn);
        }
    }
    if found.is_empty() {
        return entry.refuse("issn", Finding::warning("no-issn", "the row names no ISSN; it is left out"));
    }
    Ok(found)
}
