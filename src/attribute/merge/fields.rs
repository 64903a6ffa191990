//! The fields of a merged publication: each from the preferred record that has it, and each remembers that record's
//! system.

use sha2::{Digest, Sha256};

use crate::attribute::merge::columns::Columns;
use crate::attribute::merge::signs::Signs;
use crate::model::assessment::Merge;
use crate::model::publication::{Field, FieldSources, Publication};
use crate::model::text::words;

/// The value of [`Merge::citations`] that takes the most citations of all records.
pub const MAXIMUM: &str = "maximum";

/// The merged publication of a set of records in order of preference; `byline` is the record whose authors are taken.
pub fn publication(
    columns: &Columns,
    signs: &[Signs],
    merge: &Merge,
    group: &[u32],
    byline: Option<u32>,
) -> Publication {
    let mut sources = FieldSources::default();
    let mut note = |field: Field, record: u32| sources.set(field, usize::from(columns.system[record as usize]));
    let mut text = |field: Field, column: &[&str]| {
        let found = group.iter().find(|&&record| !column[record as usize].is_empty());
        found.map_or_else(String::new, |&record| {
            note(field, record);
            column[record as usize].to_owned()
        })
    };
    let title = text(Field::Title, &columns.title);
    let document_type = text(Field::DocumentType, &columns.document_type);
    let journal = text(Field::Journal, &columns.journal);
    let issn = text(Field::Issns, &columns.issn);
    let correspondence = Some(text(Field::Correspondence, &columns.correspondence)).filter(|text| !text.is_empty());
    let mut number = |field: Field, column: &[Option<f64>]| {
        let record = *group.iter().find(|&&record| column[record as usize].is_some())?;
        note(field, record);
        column[record as usize]
    };
    let (fwci, percentile) = (number(Field::Fwci, &columns.fwci), number(Field::Percentile, &columns.percentile));
    let dated = group.iter().copied().find(|&record| columns.year[record as usize].is_some());
    let cited = most_cited(columns, merge, group);
    // Any record that says so counts: an export made before the retraction does not know of it.
    let says = |wanted: bool| group.iter().copied().find(|&record| signs[record as usize].retracted == Some(wanted));
    let retracted = says(true).map(|record| (record, true)).or_else(|| says(false).map(|record| (record, false)));
    let noted = [
        (Field::Year, dated),
        (Field::Citations, cited),
        (Field::Retracted, retracted.map(|(record, _)| record)),
        (Field::Authors, byline),
    ];
    for (field, record) in noted {
        if let Some(record) = record {
            note(field, record);
        }
    }
    let [doi, eid, ut, pmid, openalex] = [0, 1, 2, 3, 4].map(|system: usize| {
        group.iter().find_map(|&record| columns.identifiers[system][record as usize]).map(str::to_owned)
    });
    let year = dated.and_then(|record| columns.year[record as usize]);
    let mut places: Vec<String> = group.iter().map(|&record| columns.place(record)).collect();
    places.sort_unstable();
    let id = match (&eid, &doi, &ut, &pmid, &openalex) {
        (Some(eid), ..) => eid.clone(),
        (_, Some(doi), ..) => format!("doi:{doi}"),
        (_, _, Some(ut), ..) => format!("wos:{ut}"),
        (_, _, _, Some(pmid), _) => format!("pmid:{pmid}"),
        (.., Some(openalex)) => format!("openalex:{openalex}"),
        _ => {
            let author = group.first().map_or("", |&record| columns.first_author(record));
            let text = format!("{} {year:?} {}", words(&title).join(" "), words(author).join(" "));
            format!("title:{}", short_digest(&text))
        }
    };
    Publication {
        id,
        doi,
        eid,
        ut,
        pmid,
        openalex,
        title,
        year,
        document_type,
        journal,
        issns: issn.split(';').filter(|issn| !issn.is_empty()).map(str::to_owned).collect(),
        citations: cited.and_then(|record| columns.citations[record as usize]),
        fwci,
        percentile,
        retracted: retracted.map(|(_, retracted)| retracted),
        correspondence,
        sources: places,
        field_sources: sources,
        ..Publication::default()
    }
}

/// The record whose citations count: the most of all systems, or of the one that the policy names; of equal ones the
/// preferred.
fn most_cited(columns: &Columns, merge: &Merge, group: &[u32]) -> Option<u32> {
    let counts = |record: u32| {
        merge.citations == MAXIMUM
            || columns.systems.get(usize::from(columns.system[record as usize])) == Some(&merge.citations)
    };
    let mut best: Option<(i64, u32)> = None;
    for &record in group.iter().filter(|&&record| counts(record)) {
        if let Some(citations) = columns.citations[record as usize]
            && best.is_none_or(|(most, _)| citations > most)
        {
            best = Some((citations, record));
        }
    }
    best.map(|(_, record)| record)
}

/// Sixteen hexadecimal digits that depend on nothing but the text.
fn short_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
