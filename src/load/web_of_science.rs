//! Plain-text exports of Web of Science ("Full Record"): two-letter tags, `PT` to `ER`.
//!
//! Addresses (`C1`) stand behind the names of those who have them and go from the large to the small; see
//! [`small_to_large`].

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::load::affiliation_text::{LONGEST, small_to_large};
use crate::load::author_names::AuthorNames;
use crate::load::document_type;
use crate::load::findings::Findings;
use crate::load::identifier;
use crate::load::record_text::{Export, Peculiarity, Reading, RecordText, excerpt, gather};
use crate::load::tagged::{self, Grammar, Part, TaggedRecord};
use crate::model::tables::{Record, RecordAuthor};
use crate::model::text::clean;

const GRAMMAR: Grammar = Grammar { part, begins: "PT", ends: Some("ER"), outside: &["FN", "VR", "EF"] };

/// Reads all records. Findings: those of [`tagged::records`] and [`gather`], `bad-year`, `not-a-number`,
/// `bad-address`, `bad-author-id`, `empty-record`.
pub fn read(text: &RecordText, findings: &mut Findings) -> Export {
    let tagged = tagged::records(text, &GRAMMAR, findings);
    let readings: Vec<Reading> = tagged.par_iter().map(|record| read_record(text, record)).collect();
    let (records, count) = gather(text, readings, findings);
    Export { layout: "web_of_science_tagged", system: "wos", records, count }
}

/// `TI text`, a tag alone, or three spaces and more text.
fn part(line: &str) -> Part<'_> {
    if line.starts_with("   ") {
        return Part::More(line.trim());
    }
    let line = line.trim_end();
    let is_tag = |tag: &str| {
        tag.starts_with(|c: char| c.is_ascii_uppercase())
            && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    match (line.get(..2), line.get(2..)) {
        (Some(tag), Some("")) if is_tag(tag) => Part::Field(tag, ""),
        (Some(tag), Some(rest)) if is_tag(tag) && rest.starts_with(' ') => Part::Field(tag, rest.trim()),
        _ => Part::Stray,
    }
}

fn read_record(text: &RecordText, tagged: &TaggedRecord) -> Reading {
    let mut reading = Reading { line: tagged.line, ..Reading::default() };
    let first =
        |tags: &[&str]| tags.iter().map(|tag| tagged.lines(tag)).find(|lines| !lines.is_empty()).unwrap_or_default();
    let (full, short) = (first(&["AF", "AU", "BF", "BA"]), first(&["AU", "AF", "BA", "BF"]));
    let groups = tagged.lines("CA");
    if !groups.is_empty() && !full.is_empty() {
        reading.note(Peculiarity::GroupAuthor);
    }
    let listed = if full.is_empty() { groups } else { full };
    let names = AuthorNames::new(&listed, &short);
    let mut authors: Vec<RecordAuthor> =
        listed.into_iter().map(|name| RecordAuthor { name, ..RecordAuthor::default() }).collect();
    let addresses: Vec<String> = tagged.all("C1").flat_map(|field| addresses(&field.lines)).collect();
    link_addresses(text, &addresses, &names, &mut authors, &mut reading);
    let correspondence = tagged.text("RP");
    mark_corresponding(&correspondence, &names, &mut authors);
    attach_ids(text, &tagged.text("RI"), &names, &mut reading, identifier::researcher_id, |id, at| {
        authors[at].researcher_id.get_or_insert(id);
    });
    attach_ids(text, &tagged.text("OI"), &names, &mut reading, identifier::orcid, |id, at| {
        authors[at].orcid.get_or_insert(id);
    });
    let types = tagged.text("DT");
    let mut issns: Vec<String> = Vec::new();
    for issn in ["SN", "EI"].iter().flat_map(|tag| identifier::issns(&tagged.text(tag))) {
        if !issns.contains(&issn) {
            issns.push(issn);
        }
    }
    let year = year(tagged);
    let (year, citations) = (reading.year(text, &year), reading.citations(text, &tagged.first_text(&["TC", "Z9"])));
    let ut = tagged.text("UT");
    let record = Record {
        row: tagged.line,
        doi: identifier::doi(&tagged.text("DI")),
        ut: Some(ut.strip_prefix("WOS:").unwrap_or(&ut).to_owned()).filter(|ut| !ut.is_empty()),
        pmid: Some(tagged.text("PM")).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())),
        title: tagged.text("TI"),
        year,
        document_type: document_type::of_web_of_science(&types, tagged.text("PT") == "J"),
        journal: tagged.text("SO"),
        issns,
        citations,
        correspondence: Some(correspondence).filter(|text| !text.is_empty()),
        retracted: document_type::is_retracted(&types).then_some(true),
        authors,
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}

/// `PY`; a record of early access may have only `EA FEB 2026`.
fn year(tagged: &TaggedRecord) -> String {
    let year = tagged.text("PY");
    if !year.is_empty() {
        return year;
    }
    let early = tagged.text("EA");
    early
        .split(' ')
        .rfind(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()))
        .unwrap_or("")
        .to_owned()
}

/// The addresses of a `C1` field. Each begins on a line of its own; a line goes on with the address above when that does
/// not yet end with a full stop and the line opens no bracket.
fn addresses(lines: &[&str]) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    for line in lines {
        match addresses.last_mut() {
            Some(address) if !line.starts_with('[') && !address.ends_with('.') => {
                address.push(' ');
                address.push_str(line);
            }
            _ => addresses.push((*line).to_owned()),
        }
    }
    let parts = addresses.iter().flat_map(|address| split_before_bracket(address)).map(clean);
    parts.filter(|address| !address.is_empty()).collect()
}

/// Several addresses on one line: `[A] X, Iran.; [B] Y, Iran.`
fn split_before_bracket(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("; [") {
        // A bracket that is still open is a list of names, not two addresses.
        parts.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    parts.push(rest);
    parts
}

/// Gives each author the addresses that name them. Old records name nobody: then an only author has all addresses, and
/// an only address is everybody's.
fn link_addresses(
    text: &RecordText,
    addresses: &[String],
    names: &AuthorNames,
    authors: &mut [RecordAuthor],
    reading: &mut Reading,
) {
    let give = |author: &mut RecordAuthor, address: &str| {
        if !address.is_empty() && !author.affiliations.iter().any(|own| own == address) {
            author.affiliations.push(address.to_owned());
        }
    };
    for printed in addresses {
        let Some(inner) = printed.strip_prefix('[') else {
            let address = plain_address(printed);
            if address.len() > LONGEST {
                reading.findings.push(too_long(text, reading.line, printed));
                continue;
            }
            match authors {
                [author] => give(author, &address),
                _ if addresses.len() == 1 => authors.iter_mut().for_each(|author| give(author, &address)),
                _ => reading.note(Peculiarity::UnlinkedAddresses),
            }
            continue;
        };
        let Some((people, address)) = inner.split_once(']') else {
            let message = format!("the names of the address \"{}\" have no end; it is left out", excerpt(printed));
            reading.findings.push(Finding::warning("bad-address", message).at(text.place(reading.line)));
            continue;
        };
        let address = plain_address(address);
        if address.len() > LONGEST {
            reading.findings.push(too_long(text, reading.line, printed));
            continue;
        }
        for name in people.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            let found = names.find(name);
            if found.is_empty() {
                reading.note(Peculiarity::UnknownInAddress);
            }
            for at in found {
                give(&mut authors[at], &address);
            }
        }
    }
}

fn too_long(text: &RecordText, line: u32, printed: &str) -> Finding {
    let message = format!("the address \"{}\" has more than {LONGEST} bytes; it is left out", excerpt(printed));
    Finding::warning("bad-address", message).at(text.place(line))
}

fn plain_address(printed: &str) -> String {
    small_to_large(printed.trim().trim_end_matches(['.', ';']))
}

/// Marks the authors named before `(corresponding author)`: `A; B (corresponding author), address.; C (…), address.`
/// Namesakes that cannot be told apart stay unmarked.
fn mark_corresponding(printed: &str, names: &AuthorNames, authors: &mut [RecordAuthor]) {
    const MARKS: [&str; 4] =
        ["(corresponding author)", "(reprint author)", "(Corresponding Author)", "(Reprint Author)"];
    let mut rest = printed;
    let mut marked = false;
    let mut corresponding: Vec<Option<bool>> = vec![Some(false); authors.len()];
    while let Some((at, mark)) = MARKS.iter().filter_map(|mark| rest.find(mark).map(|at| (at, mark))).min() {
        let before = &rest[..at];
        let people = before.rfind(".; ").map_or(before, |end| &before[end + 2..]);
        for name in people.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            let found = names.find(name);
            for &author in &found {
                if found.len() == 1 {
                    corresponding[author] = Some(true);
                } else if corresponding[author] == Some(false) {
                    corresponding[author] = None;
                }
            }
        }
        marked = true;
        rest = &rest[at + mark.len()..];
    }
    if marked {
        for (author, corresponding) in authors.iter_mut().zip(corresponding) {
            author.corresponding = corresponding;
        }
    }
}

/// Reads `Name/id; Name/id` and hands each good id to the one author of that name.
fn attach_ids(
    text: &RecordText,
    printed: &str,
    names: &AuthorNames,
    reading: &mut Reading,
    id_of: fn(&str) -> Option<String>,
    mut attach: impl FnMut(String, usize),
) {
    for item in printed.split(';').map(str::trim).filter(|item| !item.is_empty()) {
        let Some((name, id)) = item.rsplit_once('/') else {
            let message = format!("\"{}\" is not a name with an author id; it is not used", excerpt(item));
            reading.findings.push(Finding::info("bad-author-id", message).at(text.place(reading.line)));
            continue;
        };
        let Some(id) = id_of(id) else {
            let message = format!("\"{}\" has no valid author id; it is not used", excerpt(item));
            reading.findings.push(Finding::info("bad-author-id", message).at(text.place(reading.line)));
            continue;
        };
        match names.one(name) {
            Some(author) => attach(id, author),
            None => reading.note(Peculiarity::UnlinkedId),
        }
    }
}
