//! MEDLINE text of PubMed ("Format: PubMed", `.txt` or `.nbib`): four-letter tags, a record from `PMID` on.
//!
//! Names, addresses and ids of one author stand one behind the other, so their order is what links them.

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::load::affiliation_text::without_mark;
use crate::load::document_type;
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::record_text::{Export, Peculiarity, Reading, RecordText, excerpt, gather};
use crate::load::tagged::{self, Grammar, Part, TaggedRecord};
use crate::model::tables::{Record, RecordAuthor};

const GRAMMAR: Grammar = Grammar { part, begins: "PMID", ends: None, outside: &[] };

/// Reads all records. Findings: those of [`tagged::records`] and [`gather`], `bad-id`, `bad-year`, `empty-record`.
pub fn read(text: &RecordText, findings: &mut Findings) -> Export {
    let tagged = tagged::records(text, &GRAMMAR, findings);
    let readings: Vec<Reading> = tagged.par_iter().map(|record| read_record(text, record)).collect();
    let (records, count) = gather(text, readings, findings);
    Export { layout: "medline", system: "pubmed", records, count }
}

/// `TI  - text`: a tag padded to four characters, a hyphen; or indented text.
fn part(line: &str) -> Part<'_> {
    if line.starts_with("    ") {
        return Part::More(line.trim());
    }
    let Some((tag, rest)) = line.split_at_checked(4) else { return Part::Stray };
    let tag = tag.trim_end();
    let is_tag = tag.len() >= 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    match rest.strip_prefix('-') {
        Some(value) if is_tag => Part::Field(tag, value.trim()),
        _ => Part::Stray,
    }
}

fn read_record(text: &RecordText, tagged: &TaggedRecord) -> Reading {
    let mut reading = Reading { line: tagged.line, ..Reading::default() };
    let types: Vec<String> = tagged.all("PT").map(|field| field.text()).collect();
    let printed = tagged.first_text(&["DP", "DEP"]);
    let year: String = printed.chars().take_while(|c| c.is_ascii_digit()).take(4).collect();
    let year = reading.year(text, if year.is_empty() { &printed } else { &year });
    let pmid = tagged.text("PMID");
    if !pmid.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("\"{}\" is no PubMed id; it is not used", excerpt(&pmid));
        reading.findings.push(Finding::warning("bad-id", message).at(text.place(tagged.line)));
    }
    let mut issns: Vec<String> = Vec::new();
    // `1552-6518 (Electronic)`
    for issn in tagged.all("IS").flat_map(|field| identifier::issns(field.text().split(' ').next().unwrap_or(""))) {
        if !issns.contains(&issn) {
            issns.push(issn);
        }
    }
    let record = Record {
        row: tagged.line,
        doi: doi(tagged),
        pmid: Some(pmid).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())),
        title: tagged.first_text(&["TI", "BTI", "TT"]),
        year,
        document_type: document_type::of_medline(types.iter().map(String::as_str)),
        journal: tagged.first_text(&["JT", "TA"]),
        issns,
        retracted: types.iter().any(|name| name == "Retracted Publication").then_some(true),
        authors: authors(tagged, &mut reading),
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}

/// `LID - 10.1177/x [doi]`, else `AID`.
fn doi(tagged: &TaggedRecord) -> Option<String> {
    let fields = tagged.all("LID").chain(tagged.all("AID")).map(|field| field.text());
    fields.filter_map(|text| text.strip_suffix("[doi]").and_then(|doi| identifier::doi(doi.trim()))).next()
}

/// The authors: `FAU` (full) and `AU` (short) name one, `AUID` and `AD` behind them belong to that one.
fn authors(tagged: &TaggedRecord, reading: &mut Reading) -> Vec<RecordAuthor> {
    let mut authors: Vec<RecordAuthor> = Vec::new();
    let mut groups: Vec<RecordAuthor> = Vec::new();
    // Records made before 1988, and those of some journals, have addresses before any author.
    let mut before: Vec<String> = Vec::new();
    let (mut full_only, mut in_group) = (false, false);
    for field in &tagged.fields {
        let text = field.text();
        match field.tag {
            "FAU" | "AU" => {
                if field.tag == "AU" && full_only && !in_group {
                    full_only = false;
                    continue;
                }
                (full_only, in_group) = (field.tag == "FAU", false);
                authors.push(RecordAuthor { name: text, ..RecordAuthor::default() });
            }
            "CN" => {
                in_group = true;
                groups.push(RecordAuthor { name: text, ..RecordAuthor::default() });
            }
            // Investigators of a group are no authors; what follows belongs to them.
            "FIR" | "IR" | "FED" | "ED" => in_group = true,
            "AD" if !in_group => {
                let affiliation = without_mark(&text).to_owned();
                match authors.last_mut() {
                    Some(author) if !author.affiliations.contains(&affiliation) => {
                        author.affiliations.push(affiliation)
                    }
                    Some(_) => {}
                    None => before.push(affiliation),
                }
            }
            "AUID" if !in_group => {
                let id = text.strip_prefix("ORCID:").and_then(identifier::orcid);
                if let (Some(id), Some(author)) = (id, authors.last_mut()) {
                    author.orcid.get_or_insert(id);
                }
            }
            _ => {}
        }
    }
    if let Some(first) = authors.first_mut() {
        first.affiliations.splice(0..0, before);
    }
    if authors.is_empty() {
        return groups;
    }
    if !groups.is_empty() {
        reading.note(Peculiarity::GroupAuthor);
    }
    authors
}
