//! Works of OpenAlex as JSON, as its interface gives them.

use serde_json::Value;

use crate::diagnostic::Finding;
use crate::load::document_type;
use crate::load::identifier;
use crate::load::record_text::{Peculiarity, Reading, RecordText};
use crate::model::tables::{Record, RecordAuthor};
use crate::model::text::clean;

/// Reads one work. Findings: `authors-truncated`, `bad-year`, `not-a-number`, `empty-record`.
pub fn read(text: &RecordText, line: u32, value: &Value) -> Reading {
    let mut reading = Reading { line, ..Reading::default() };
    let source = &value["primary_location"]["source"];
    let year = match value["publication_year"].as_i64() {
        Some(year) => reading.year(text, &year.to_string()),
        None => None,
    };
    let citations = match &value["cited_by_count"] {
        Value::Null => None,
        Value::Number(number) => reading.citations(text, &number.to_string()),
        other => reading.citations(text, &other.to_string()),
    };
    let mut authors = Vec::new();
    for authorship in value["authorships"].as_array().into_iter().flatten() {
        match read_author(authorship) {
            Some(author) => authors.push(author),
            None => reading.note(Peculiarity::NamelessAuthor),
        }
    }
    if value["is_authors_truncated"].as_bool() == Some(true) {
        let count = authors.len();
        let message =
            format!("the list has only the first {count} authors of the work; those behind them get no credit");
        let hint = "fetch this work on its own (`/works/W…`): lists of works are cut at 100 authors";
        reading.findings.push(Finding::warning("authors-truncated", message).at(text.place(line)).hint(hint));
    }
    let mut issns: Vec<String> = Vec::new();
    let printed = source["issn"].as_array().into_iter().flatten().chain([&source["issn_l"]]).filter_map(Value::as_str);
    for issn in printed.flat_map(identifier::issns) {
        if !issns.contains(&issn) {
            issns.push(issn);
        }
    }
    let first = |values: &[&Value]| {
        values.iter().find_map(|value| value.as_str().map(clean).filter(|text| !text.is_empty())).unwrap_or_default()
    };
    let ids = &value["ids"];
    let pmid = ids["pmid"].as_str().and_then(|id| id.trim_end_matches('/').rsplit('/').next());
    let record = Record {
        row: line,
        doi: identifier::doi(&first(&[&value["doi"], &ids["doi"]])),
        pmid: pmid.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned),
        openalex: work_id(&first(&[&value["id"], &ids["openalex"]])),
        title: first(&[&value["title"], &value["display_name"]]),
        year,
        document_type: document_type(value),
        journal: first(&[&source["display_name"]]),
        issns,
        citations,
        retracted: value["is_retracted"].as_bool(),
        fwci: value["fwci"].as_f64().filter(|fwci| fwci.is_finite() && *fwci >= 0.0),
        percentile: percentile(&value["citation_normalized_percentile"]["value"]),
        authors,
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}

/// `W…` of `https://openalex.org/W2741809807`.
pub fn work_id(text: &str) -> Option<String> {
    let id = text.trim().rsplit('/').next()?.to_ascii_uppercase();
    let number = id.strip_prefix('W')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(id)
}

/// OpenAlex gives the share of works that are cited less, 0 to 1; here the top has the small number, in percent.
fn percentile(value: &Value) -> Option<f64> {
    value.as_f64().filter(|share| (0.0..=1.0).contains(share)).map(|share| 100.0 * (1.0 - share))
}

/// The type; a paper of a conference is an `article` to OpenAlex, told only by its source or by Crossref's type.
fn document_type(work: &Value) -> String {
    let kind = document_type::fold_document_type(work["type"].as_str().unwrap_or(""));
    let crossref = work["type_crossref"].as_str() == Some("proceedings-article");
    let conference = work["primary_location"]["source"]["type"].as_str() == Some("conference");
    if kind == "article" && (crossref || conference) { "conference_paper".to_owned() } else { kind }
}

/// One author: the name as printed, else OpenAlex's own; affiliations as printed, else the names of the institutions that
/// OpenAlex found.
fn read_author(authorship: &Value) -> Option<RecordAuthor> {
    let author = &authorship["author"];
    let names = [&authorship["raw_author_name"], &author["display_name"]];
    let name = names.iter().filter_map(|name| name.as_str()).map(clean).find(|name| !name.is_empty())?;
    let printed = authorship["raw_affiliation_strings"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let linked = authorship["affiliations"].as_array().into_iter().flatten();
    let linked = linked.filter_map(|affiliation| affiliation["raw_affiliation_string"].as_str());
    let institutions = authorship["institutions"].as_array().into_iter().flatten();
    let institutions = institutions.filter_map(|institution| institution["display_name"].as_str());
    let mut affiliations = distinct(printed.chain(linked));
    if affiliations.is_empty() {
        affiliations = distinct(institutions);
    }
    Some(RecordAuthor {
        name,
        orcid: author["orcid"].as_str().and_then(identifier::orcid),
        corresponding: authorship["is_corresponding"].as_bool(),
        affiliations,
        ..RecordAuthor::default()
    })
}

/// The texts cleaned (OpenAlex keeps no-break spaces), each once, in order.
fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for text in texts.map(clean).filter(|text| !text.is_empty()) {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}
