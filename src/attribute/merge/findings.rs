//! What a person should know about the merging.

use std::collections::BTreeMap;

use crate::attribute::merge::columns::{Columns, DOI};
use crate::attribute::merge::fields::MAXIMUM;
use crate::diagnostic::{Finding, Place};
use crate::model::assessment::Merge;

/// Place of the EID in [`Columns::identifiers`].
const EID: usize = 1;

/// Findings of one code kept word for word; of the rest the number is told.
const KEPT: usize = 200;

/// A policy that names a system which no record comes from.
pub fn policy(columns: &Columns, merge: &Merge) -> Option<Finding> {
    let named = &merge.citations;
    if named == MAXIMUM || columns.len() == 0 || columns.systems.contains(named) {
        return None;
    }
    let message = format!("citations are taken from \"{named}\" alone, but no record comes from it: none are counted");
    let hint =
        format!("exports found: {}; or write citations = \"{MAXIMUM}\" under [merge]", columns.systems.join(", "));
    Some(Finding::warning("unknown-system", message).at(Place::file("assessment.toml")).hint(hint))
}

/// Groups whose titles, first authors and years agree but whose identifiers differ.
pub fn kept_apart(count: u64) -> Option<Finding> {
    if count == 0 {
        return None;
    }
    let message = format!(
        "groups of publications with the same title, first author and year but different identifiers: {count}; they are \
         kept apart"
    );
    Some(
        Finding::info("same-title", message).hint("a conference paper and the article that followed it look like this"),
    )
}

/// Works with several EIDs, and DOIs that several works with different EIDs share. `groups[p]` are the records of
/// publication `p` in order of preference.
pub fn several_eids(columns: &Columns, groups: &[Vec<u32>]) -> Vec<Finding> {
    let mut found: Vec<(Place, String, &str)> = Vec::new();
    let mut holders: BTreeMap<&str, Vec<(usize, u32)>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        let values = |system: usize| {
            let mut values: Vec<&str> =
                group.iter().filter_map(|&record| columns.identifiers[system][record as usize]).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        let eids = values(EID);
        if eids.len() > 1 {
            let message = format!("one work has the EIDs {}; its records are merged", eids.join(", "));
            found.push((place(columns, group[0]), message, "Scopus merges such records when told of them"));
        }
        for doi in values(DOI) {
            let with_eid = group.iter().find(|&&record| columns.identifiers[EID][record as usize].is_some());
            if let Some(&record) = with_eid {
                holders.entry(doi).or_default().push((index, record));
            }
        }
    }
    for (doi, works) in holders.iter().filter(|(_, works)| works.len() > 1) {
        let eids: Vec<&str> =
            works.iter().filter_map(|&(_, record)| columns.identifiers[EID][record as usize]).collect();
        let message =
            format!("the DOI {doi} stands at works of different title, EIDs {}; they are kept apart", eids.join(", "));
        found.push((
            place(columns, works[0].1),
            message,
            "the DOI of a book or of a corrected article is often given to others",
        ));
    }
    let left = found.len().saturating_sub(KEPT);
    let mut findings: Vec<Finding> = found
        .into_iter()
        .take(KEPT)
        .map(|(place, message, hint)| Finding::warning("several-eids", message).at(place).hint(hint))
        .collect();
    if left > 0 {
        findings.push(Finding::warning("several-eids", format!("{left} more works like these")));
    }
    findings
}

fn place(columns: &Columns, record: u32) -> Place {
    let (file, row) = columns.file_and_row(record);
    Place::Cell { file: file.to_owned(), sheet: None, row, column: None }
}
