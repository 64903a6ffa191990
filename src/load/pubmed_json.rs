//! PubMed records as JSON: `pmid`, `doi`, `pub_year`, `title`, `journal`, `issn`, `publication_types` and `authors` with
//! `last_name`, `fore_name`, `initials` and `affiliations`.

use serde_json::Value;

use crate::diagnostic::Finding;
use crate::load::affiliation_text::without_mark;
use crate::load::document_type;
use crate::load::identifier;
use crate::load::record_text::{Peculiarity, Reading, RecordText, excerpt};
use crate::model::tables::{Record, RecordAuthor};
use crate::model::text::clean;

/// Reads one record. Findings: `bad-id`, `bad-year`, `empty-record`.
pub fn read(text: &RecordText, line: u32, value: &Value) -> Reading {
    let mut reading = Reading { line, ..Reading::default() };
    let printed = printed(&value["pmid"]);
    let pmid = Some(printed.clone()).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    if pmid.is_none() && !printed.is_empty() {
        let message = format!("\"{}\" is no PubMed id; it is not used", excerpt(&printed));
        reading.findings.push(Finding::warning("bad-id", message).at(text.place(line)));
    }
    let types: Vec<&str> = strings(&value["publication_types"]).collect();
    let year = reading.year(text, &self::printed(&value["pub_year"]));
    let mut authors = Vec::new();
    for author in value["authors"].as_array().into_iter().flatten() {
        match read_author(author) {
            Some(author) => authors.push(author),
            None => reading.note(Peculiarity::NamelessAuthor),
        }
    }
    let record = Record {
        row: line,
        doi: identifier::doi(value["doi"].as_str().unwrap_or("")),
        pmid,
        title: clean(value["title"].as_str().unwrap_or("")),
        year,
        document_type: document_type::of_medline(types.iter().copied()),
        journal: clean(value["journal"].as_str().unwrap_or("")),
        issns: identifier::issns(value["issn"].as_str().unwrap_or("")),
        retracted: types.contains(&"Retracted Publication").then_some(true),
        authors,
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}

/// `Surname, First`; `None` for an entry without a surname.
fn read_author(author: &Value) -> Option<RecordAuthor> {
    let surname = clean(author["last_name"].as_str().unwrap_or(""));
    let given = [&author["fore_name"], &author["initials"]];
    let given = given.iter().filter_map(|name| name.as_str()).map(clean).find(|name| !name.is_empty());
    if surname.is_empty() {
        return None;
    }
    let name = given.map_or_else(|| surname.clone(), |given| format!("{surname}, {given}"));
    let orcid = author["orcid"].as_str().and_then(identifier::orcid);
    let mut affiliations: Vec<String> = Vec::new();
    for printed in strings(&author["affiliations"]) {
        let affiliation = without_mark(&clean(printed)).to_owned();
        if !affiliation.is_empty() && !affiliations.contains(&affiliation) {
            affiliations.push(affiliation);
        }
    }
    Some(RecordAuthor { name, orcid, affiliations, ..RecordAuthor::default() })
}

/// A text, or a whole number as text.
fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}
