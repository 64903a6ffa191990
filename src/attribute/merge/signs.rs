//! What each record is and under which keys it may meet others: worked out once per record, in parallel.

use rayon::prelude::*;

use crate::attribute::merge::columns::{Columns, DOI};
use crate::attribute::merge::surname::Name;
use crate::attribute::merge::title::{Kind, Title};
use crate::model::text::fold;

/// The signs of one record.
#[derive(Debug, Clone)]
pub struct Signs {
    /// Article, preprint, notice …
    pub kind: Kind,
    /// Its title, taken apart.
    pub title: Title,
    /// Its first author; blank where none is listed.
    pub author: Name,
    /// Folded journal title, empty where absent.
    pub journal: String,
    /// The record says by a flag, its type or its title that the work is retracted.
    pub retracted: Option<bool>,
}

/// The signs of every record, in record order.
pub fn read(columns: &Columns) -> Vec<Signs> {
    (0..columns.len()).into_par_iter().map(|record| of(columns, record)).collect()
}

fn of(columns: &Columns, record: usize) -> Signs {
    let document_type = columns.document_type[record];
    let stated = stated_kind(document_type);
    let title = Title::of(columns.title[record], stated);
    let journal = fold(columns.journal[record]);
    let is_preprint = || {
        columns.identifiers[DOI][record].is_some_and(is_preprint_doi) || PREPRINT_SERVERS.contains(&journal.as_str())
    };
    let kind = match (stated, title.notice) {
        // A notice is told by either; "Retraction: …" of type erratum is a retraction.
        (_, Some(notice)) => notice,
        (Some(kind), None) => kind,
        (None, None) if is_preprint() => Kind::Preprint,
        (None, None) => Kind::Work,
    };
    let mut by_type = document_type.split('_').any(|word| matches!(word, "retracted" | "withdrawn"));
    by_type |= title.retracted;
    let retracted = if by_type && !kind.is_notice() { Some(true) } else { columns.retracted[record] };
    Signs { kind, author: Name::of(columns.first_author(record as u32)), journal, retracted, title }
}

/// The kind that a folded document type states; `None` for all that publish a work.
fn stated_kind(document_type: &str) -> Option<Kind> {
    let mut found = None;
    for word in document_type.split('_') {
        let kind = match word {
            "retraction" | "withdrawal" => Kind::Retraction,
            "concern" => Kind::Concern,
            "erratum" | "errata" | "corrigendum" | "correction" | "corrections" => Kind::Erratum,
            "abstract" => Kind::Abstract,
            "preprint" | "posted" => Kind::Preprint,
            _ => continue,
        };
        // The order of kinds is the order of weight: a retraction that is also called a correction is a retraction.
        found = found.max(Some(kind));
    }
    found
}

/// Folded names under which exports list preprint servers as the journal.
const PREPRINT_SERVERS: [&str; 12] = [
    "arxiv",
    "arxivcornelluniversity",
    "biorxiv",
    "biorxivcoldspringharborlaboratory",
    "medrxiv",
    "medrxivcoldspringharborlaboratory",
    "ssrnelectronicjournal",
    "researchsquare",
    "researchsquareresearchsquare",
    "preprintsorg",
    "chemrxiv",
    "techrxiv",
];

/// Whether a DOI is of a preprint server.
fn is_preprint_doi(doi: &str) -> bool {
    const PREFIXES: [&str; 10] = [
        "10.48550/arxiv",
        "10.21203/rs.",
        "10.20944/preprints",
        "10.2139/ssrn",
        "10.26434/chemrxiv",
        "10.36227/techrxiv",
        "10.31234/osf.io",
        "10.31219/osf.io",
        "10.22541/au.",
        "10.64898/",
    ];
    // bioRxiv and medRxiv number their works; the journals of the same publisher begin with letters.
    let numbered =
        doi.strip_prefix("10.1101/").is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()));
    numbered || PREFIXES.iter().any(|prefix| doi.starts_with(prefix))
}
