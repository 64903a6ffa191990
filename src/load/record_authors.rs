//! What BibTeX and RIS exports share: authors without a link to their affiliations, and what Scopus puts into notes and
//! links.

use crate::load::affiliation_text::LONGEST;
use crate::load::record_text::{Peculiarity, Reading};
use crate::model::tables::RecordAuthor;

/// Authors with the affiliations of their record, where there is one author or one affiliation; of several of both
/// nobody knows whose is which.
pub fn with_common_affiliations(
    names: Vec<String>,
    affiliations: Vec<String>,
    reading: &mut Reading,
) -> Vec<RecordAuthor> {
    let known = names.len() == 1 || affiliations.len() == 1 && affiliations[0].len() <= LONGEST;
    if !known && !affiliations.is_empty() {
        reading.note(Peculiarity::UnlinkedAddresses);
    }
    let affiliations = if known { affiliations } else { Vec::new() };
    let author = |name| RecordAuthor { name, affiliations: affiliations.clone(), ..RecordAuthor::default() };
    names.into_iter().map(author).collect()
}

/// The number in a note such as `Cited by: 12; Open Access` or `cited By 12`.
pub fn citations_in_note(note: &str) -> Option<i64> {
    let lower = note.to_ascii_lowercase();
    let behind = lower[lower.find("cited by")? + "cited by".len()..].trim_start_matches([':', ' ']);
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The EID within a link to a record of Scopus: `…record.uri?eid=2-s2.0-85136453267&doi=…`.
pub fn eid_in_link(link: &str) -> Option<String> {
    let start = link.find("2-s2.0-")?;
    let number: String = link[start + "2-s2.0-".len()..].chars().take_while(char::is_ascii_digit).collect();
    (!number.is_empty()).then(|| format!("2-s2.0-{number}"))
}
