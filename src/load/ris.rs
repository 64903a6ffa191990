//! RIS, as Scopus, PubMed and reference managers write it: `TY  - JOUR` to `ER  -`.
//!
//! RIS has no place for whose address is which, so that affiliations are used only where the record has one author or
//! one affiliation.

use rayon::prelude::*;

use crate::load::document_type;
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::record_authors;
use crate::load::record_text::{Export, Reading, RecordText, gather};
use crate::load::tagged::{self, Grammar, Part, TaggedRecord};
use crate::model::tables::Record;

const GRAMMAR: Grammar = Grammar { part, begins: "TY", ends: Some("ER"), outside: &[] };

/// Reads all records. Findings: those of [`tagged::records`] and [`gather`], `bad-year`, `not-a-number`,
/// `empty-record`.
pub fn read(text: &RecordText, findings: &mut Findings) -> Export {
    let tagged = tagged::records(text, &GRAMMAR, findings);
    let readings: Vec<Reading> = tagged.par_iter().map(|record| read_record(text, record)).collect();
    let (records, count) = gather(text, readings, findings);
    Export { layout: "ris", system: "ris", records, count }
}

/// `TI  - text`; a line without a tag goes on with the field above, since abstracts are written so.
fn part(line: &str) -> Part<'_> {
    let trimmed = line.trim_end();
    if let (Some(tag), Some(rest)) = (trimmed.get(..2), trimmed.get(2..)) {
        let mut signs = tag.bytes();
        let is_tag = signs.next().is_some_and(|byte| byte.is_ascii_uppercase())
            && signs.all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if let Some(value) = rest.strip_prefix("  -").filter(|_| is_tag) {
            return Part::Field(tag, value.trim());
        }
    }
    Part::More(trimmed.trim())
}

fn read_record(text: &RecordText, tagged: &TaggedRecord) -> Reading {
    let mut reading = Reading { line: tagged.line, ..Reading::default() };
    let printed = tagged.first_text(&["PY", "Y1", "DA"]);
    let year = reading.year(text, printed.split('/').next().unwrap_or(""));
    let notes: Vec<String> = tagged.all("N1").map(|field| field.text()).collect();
    let citations = notes.iter().find_map(|note| record_authors::citations_in_note(note));
    let kind = match tagged.text("TY").as_str() {
        "JOUR" | "JFULL" | "MGZN" => "article",
        "CONF" | "CPAPER" => "conference_paper",
        "CHAP" => "book_chapter",
        "BOOK" => "book",
        "THES" => "dissertation",
        "RPRT" => "report",
        "NEWS" => "news",
        _ => "other",
    };
    // Scopus writes the document type itself into M3.
    let stated = document_type::fold_document_type(&tagged.text("M3"));
    let links: Vec<String> = tagged.all("UR").map(|field| field.text()).collect();
    let names = ["AU", "A1"].iter().map(|tag| tagged.lines(tag)).find(|names| !names.is_empty()).unwrap_or_default();
    let affiliations: Vec<String> = tagged
        .lines("AD")
        .iter()
        .flat_map(|text| text.split(';'))
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let record = Record {
        row: tagged.line,
        doi: identifier::doi(&tagged.text("DO")),
        eid: links.iter().find_map(|link| record_authors::eid_in_link(link)),
        title: tagged.first_text(&["TI", "T1"]),
        year,
        document_type: if stated.is_empty() { kind.to_owned() } else { stated },
        journal: tagged.first_text(&["JF", "JO", "T2", "JA"]),
        issns: identifier::issns(tagged.text("SN").split('(').next().unwrap_or("")),
        citations,
        authors: record_authors::with_common_affiliations(names, affiliations, &mut reading),
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}
