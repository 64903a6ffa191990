//! Metrics of researchers as profile systems state them.

use crate::diagnostic::Finding;
use crate::load::cell::{Entry, Read};
use crate::load::findings::Findings;
use crate::load::identifier::{AuthorId, orcid, scopus_author_id};
use crate::load::sheet::{Count, Sheet};
use crate::model::exported::Researcher;

/// Reads the rows of a sheet.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Researcher>, Count) {
    sheet.each(findings, |entry| {
        let mut name = entry.word("name");
        if name.is_empty() {
            let parts = [entry.word("given_name"), entry.word("family_name")];
            name = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        }
        if name.is_empty() {
            return entry.missing("name");
        }
        let mut units: Vec<String> = Vec::new();
        for (_, unit) in entry.list("unit") {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        Ok(Researcher {
            name,
            units,
            rank: entry.word("rank"),
            papers: entry.count("papers")?,
            citations: entry.count("citations")?,
            h_index: entry.count("h_index")?,
            h_index_without_self: entry.count("h_index_without_self")?,
            g_index: entry.count("g_index")?,
            fwci: entry.count("fwci")?,
            international: entry.count("international")?,
            first_author: entry.count("first_author")?,
            corresponding_author: entry.count("corresponding_author")?,
            scopus_ids: scopus_ids(entry)?,
            orcids: entry.list("orcids").into_iter().filter_map(|(_, text)| orcid(&text)).collect(),
            place: entry.place("name"),
        })
    })
}

/// The author ids; one without its last digits is named and not used.
fn scopus_ids(entry: &mut Entry) -> Read<Vec<String>> {
    let mut ids = Vec::new();
    for (_, text) in entry.list("scopus_ids") {
        match scopus_author_id(&text) {
            AuthorId::Good(id) => ids.push(id),
            AuthorId::Damaged(text) => {
                let message = format!("\"{text}\" has lost its last digits; the author id is not used");
                let hint = "format the column as text and enter the ids again";
                entry.remark("scopus_ids", Finding::warning("damaged-id", message).hint(hint));
            }
            AuthorId::Bad(text) => {
                let message = format!("\"{text}\" is no Scopus author id");
                entry.remark("scopus_ids", Finding::warning("bad-author-id", message));
            }
        }
    }
    Ok(ids)
}
