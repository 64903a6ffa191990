//! Records that share an identifier are one work, in the order DOI, EID, Web of Science, PubMed, OpenAlex.
//!
//! EID, accession number and OpenAlex id are issued once per work by the system that exports them. A DOI or PubMed id is
//! carried over by hand: a book's DOI stands at its chapters, an article's at its erratum. Where records that share one
//! differ in an identifier of another system, or where one is a notice and the other is not, it takes the same title
//! too.

use rustc_hash::FxHashMap;

use crate::attribute::merge::columns::{Columns, DOI, IDENTIFIERS};
use crate::attribute::merge::sets::Sets;
use crate::attribute::merge::signs::Signs;

/// Place of the PubMed id in [`Columns::identifiers`].
const PMID: usize = 3;

/// Joins what shares an identifier; blank identifiers never match. One pass over the records per identifier.
pub fn join(columns: &Columns, signs: &[Signs], sets: &mut Sets) {
    for key in 0..IDENTIFIERS {
        let mut holders: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (record, value) in columns.identifiers[key].iter().enumerate() {
            if let Some(value) = value {
                holders.entry(value).or_default().push(record as u32);
            }
        }
        for records in holders.values().filter(|records| records.len() > 1) {
            if matches!(key, DOI | PMID) && in_doubt(columns, signs, key, records) {
                join_same_title(signs, records, sets);
            } else {
                sets.join_all(records);
            }
        }
    }
}

/// Whether records that share a DOI or PubMed id might still be several works.
fn in_doubt(columns: &Columns, signs: &[Signs], key: usize, records: &[u32]) -> bool {
    let differ = |ids: &[Option<&str>]| {
        let mut values = records.iter().filter_map(|&record| ids[record as usize]);
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let is_notice = |record: &u32| signs[*record as usize].kind.is_notice();
    (0..IDENTIFIERS).any(|other| other != key && differ(&columns.identifiers[other]))
        || records.iter().any(is_notice) && !records.iter().all(is_notice)
}

fn join_same_title(signs: &[Signs], records: &[u32], sets: &mut Sets) {
    let mut by_title: FxHashMap<&str, u32> = FxHashMap::default();
    for &record in records {
        let title = signs[record as usize].title.whole.as_str();
        if !title.is_empty() {
            let first = *by_title.entry(title).or_insert(record);
            sets.join(first, record);
        }
    }
}
