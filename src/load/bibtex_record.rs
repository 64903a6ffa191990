//! What the fields of a BibTeX entry mean, in the exports of Web of Science and Scopus and in hand-kept files.

use crate::diagnostic::Finding;
use crate::load::affiliation_text::{LONGEST, small_to_large};
use crate::load::author_names::AuthorNames;
use crate::load::bibtex::Entry;
use crate::load::document_type;
use crate::load::identifier;
use crate::load::latex::plain;
use crate::load::record_authors::{citations_in_note, eid_in_link, with_common_affiliations};
use crate::load::record_text::{Peculiarity, Reading, RecordText};
use crate::model::tables::{Record, RecordAuthor};

/// Reads one entry. Findings: `bad-year`, `not-a-number`, `empty-record`, `authors-truncated`.
pub fn read(text: &RecordText, entry: &Entry) -> Reading {
    let mut reading = Reading { line: entry.line, ..Reading::default() };
    let field = |names: &[&str]| plain(entry.raw(names));
    let ut = [entry.raw(&["uniqueid"]), entry.key.as_str()].into_iter().find_map(accession_number);
    let is_web_of_science = ut.is_some();
    let types = field(&["type", "documenttype"]);
    let document_type = if types.is_empty() {
        document_type::fold_document_type(&entry.kind)
    } else {
        document_type::of_web_of_science(&types, !matches!(entry.kind.as_str(), "inproceedings" | "conference"))
    };
    let printed = field(&["year", "date"]);
    let year = reading.year(text, printed.split('-').next().unwrap_or(""));
    let cited = field(&["timescited"]);
    let citations =
        if cited.is_empty() { citations_in_note(entry.raw(&["note"])) } else { reading.citations(text, &cited) };
    let mut issns: Vec<String> = Vec::new();
    for issn in ["issn", "eissn"].iter().flat_map(|name| identifier::issns(&field(&[name]))) {
        if !issns.contains(&issn) {
            issns.push(issn);
        }
    }
    let pmid = field(&["pubmedid", "pmid"]);
    let record = Record {
        row: entry.line,
        doi: identifier::doi(&entry.raw(&["doi"]).replace(['{', '}', '\\'], "")),
        eid: eid_in_link(&entry.raw(&["url"]).replace("\\_", "_")),
        ut,
        pmid: Some(pmid).filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())),
        title: field(&["title"]),
        year,
        document_type,
        journal: field(&["journal", "journaltitle", "booktitle", "series"]),
        issns,
        citations,
        correspondence: Some(field(&["correspondenceaddress", "correspondenceaddress1"]))
            .filter(|text| !text.is_empty()),
        retracted: document_type::is_retracted(&types).then_some(true),
        authors: authors(text, entry, is_web_of_science, &mut reading),
        ..Record::default()
    };
    reading.accept(text, record);
    reading
}

/// `WOS:000123` or, in old files, `ISI:000123`.
fn accession_number(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c == '{' || c == '}' || c.is_whitespace());
    let number = text.strip_prefix("WOS:").or_else(|| text.strip_prefix("ISI:"))?;
    (!number.is_empty()).then(|| number.to_owned())
}

fn authors(text: &RecordText, entry: &Entry, is_web_of_science: bool, reading: &mut Reading) -> Vec<RecordAuthor> {
    let mut names: Vec<String> =
        split_names(entry.raw(&["author"])).map(plain).filter(|name| !name.is_empty()).collect();
    let listed = names.len();
    names.retain(|name| name != "others");
    if names.len() < listed {
        let message =
            "the author list ends with \"and others\": not all authors are known, so that shares come out too large";
        let finding = Finding::warning("authors-truncated", message).at(text.place(entry.line));
        reading.findings.push(finding.hint("export the record again with all authors"));
    }
    let raw = entry.raw(&["affiliations", "affiliation"]);
    if !is_web_of_science {
        let affiliations = plain(raw);
        let items = affiliations.split(';').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty());
        return with_common_affiliations(names, items.collect(), reading);
    }
    // Web of Science: `affiliations` holds names of organisations only; `affiliation` the addresses.
    let known = AuthorNames::new(&names, &[]);
    let mut authors: Vec<RecordAuthor> =
        names.iter().map(|name| RecordAuthor { name: name.clone(), ..RecordAuthor::default() }).collect();
    let mut unread = false;
    for address in addresses(entry.raw(&["affiliation"])) {
        if let Some((people, _)) = split_corresponding(&address) {
            let people: Vec<usize> = people.split(';').filter_map(|name| known.one(name.trim())).collect();
            for (index, author) in authors.iter_mut().enumerate() {
                let marked = author.corresponding == Some(true);
                author.corresponding = Some(marked || people.contains(&index));
            }
            continue;
        }
        let (owners, place) = owners(&address, &known);
        let place = small_to_large(place.trim().trim_end_matches('.'));
        unread |= owners.is_empty() || place.len() > LONGEST;
        for owner in owners {
            if !place.is_empty() && place.len() <= LONGEST && !authors[owner].affiliations.contains(&place) {
                authors[owner].affiliations.push(place.clone());
            }
        }
    }
    if unread {
        reading.note(Peculiarity::UnlinkedAddresses);
    }
    attach_ids(entry.raw(&["researcheridnumbers"]), &known, reading, identifier::researcher_id, |id, at| {
        authors[at].researcher_id.get_or_insert(id);
    });
    attach_ids(entry.raw(&["orcidnumbers"]), &known, reading, identifier::orcid, |id, at| {
        authors[at].orcid.get_or_insert(id);
    });
    authors
}

/// The names of an `author` field, parted by the word `and` outside braces.
fn split_names(raw: &str) -> impl Iterator<Item = &str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut word) = (0i64, 0, 0);
    for (offset, sign) in raw.char_indices().chain([(raw.len(), ' ')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if sign.is_whitespace() => {
                if depth == 0 && &raw[word..offset] == "and" {
                    parts.push(&raw[start..word]);
                    start = offset;
                }
                word = (offset + sign.len_utf8()).min(raw.len());
            }
            _ => {}
        }
    }
    parts.push(&raw[start.min(raw.len())..]);
    parts.into_iter()
}

/// The addresses of an `Affiliation` field of Web of Science: each ends with a full stop at a line's end.
fn addresses(raw: &str) -> Vec<String> {
    let mut addresses: Vec<String> = Vec::new();
    let mut open = String::new();
    for line in raw.lines() {
        open.push(' ');
        open.push_str(line.trim());
        if line.trim_end().trim_end_matches('}').ends_with('.') {
            addresses.push(plain(&std::mem::take(&mut open)));
        }
    }
    addresses.push(plain(&open));
    addresses.retain(|address| !address.is_empty());
    addresses
}

/// `Thakur, J (Corresponding Author), address`: names and address.
fn split_corresponding(address: &str) -> Option<(&str, &str)> {
    let lower = address.to_ascii_lowercase();
    let marks = ["(corresponding author)", "(reprint author)"];
    let (at, mark) = marks.iter().filter_map(|mark| lower.find(mark).map(|at| (at, mark))).min()?;
    Some((&address[..at], &address[at + mark.len()..]))
}

/// The authors an address begins with, `Bin, Xin; Thakur, Jagruti, KTH …`, and the rest. Only known names tell where the
/// names end: both hold commas.
fn owners<'a>(address: &'a str, known: &AuthorNames) -> (Vec<usize>, &'a str) {
    let mut owners = Vec::new();
    let mut rest = address;
    loop {
        if let Some((name, behind)) = rest.split_once(';') {
            let found = known.find(name.trim());
            if !found.is_empty() && name.matches(',').count() <= 2 {
                owners.extend(found);
                rest = behind.trim_start();
                continue;
            }
        }
        // The last name: `Surname, First` with one comma, else none or two.
        let commas: Vec<usize> = rest.match_indices(',').map(|(at, _)| at).take(3).collect();
        for count in [1, 0, 2] {
            if let Some(&end) = commas.get(count) {
                let found = known.exact(&rest[..end]);
                if !found.is_empty() {
                    owners.extend(found);
                    return (owners, &rest[end + 1..]);
                }
            }
        }
        return (owners, rest);
    }
}

/// Reads lines of `Name/id`.
fn attach_ids(
    raw: &str,
    names: &AuthorNames,
    reading: &mut Reading,
    id_of: fn(&str) -> Option<String>,
    mut attach: impl FnMut(String, usize),
) {
    for line in raw.lines().map(plain).filter(|line| !line.is_empty()) {
        let linked = line.rsplit_once('/').and_then(|(name, id)| Some((names.one(name)?, id_of(id)?)));
        match linked {
            Some((author, id)) => attach(id, author),
            None => reading.note(Peculiarity::UnlinkedId),
        }
    }
}
