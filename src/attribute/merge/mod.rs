//! Merge: records of one work become one publication.
//!
//! | step | what |
//! |---|---|
//! | [`columns`] | the tables as slices |
//! | [`signs`] ([`title`], [`surname`]) | what a record is, under which keys it may meet others |
//! | [`identifiers`] | joined by DOI, EID, Web of Science, PubMed and OpenAlex id |
//! | [`titles`] | joined by folded title, first author and year ± 1, where no identifier speaks against it |
//! | [`fields`], [`byline`] | one value per field by the declared priority, one list of authors |
//! | [`links`] | preprints, errata, retractions and abstracts point to their article |
//! | [`findings`] | what is in doubt |
//!
//! Blank keys never match. Each step is a hash join over all records; nothing depends on the order of files or rows.

mod byline;
mod columns;
mod fields;
mod findings;
mod identifiers;
mod links;
mod sets;
mod signs;
mod surname;
mod title;
mod titles;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::attribute::merge::columns::{Columns, IDENTIFIER_NAMES};
use crate::attribute::merge::sets::Sets;
use crate::diagnostic::Checked;
use crate::model::assessment::Assessment;
use crate::model::ledger::Excluded;
use crate::model::publication::{Author, LinkKind, Publication, Publications};
use crate::model::tables::Tables;

/// A publication on its way: itself, its authors, its records in order of preference.
type Work = (Publication, Vec<Author>, Vec<u32>);

/// One publication per work, ascending by id, with the links between them, and each record that was folded into
/// another. `assessment.merge` decides whose fields are preferred and whose citations count.
pub fn publications(tables: &Tables, assessment: &Assessment) -> Checked<(Publications, Vec<Excluded>)> {
    let merge = &assessment.merge;
    let columns = Columns::of(tables, merge);
    let signs = signs::read(&columns);
    let mut sets = Sets::new(columns.len());
    identifiers::join(&columns, &signs, &mut sets);
    let kept_apart = titles::join(&columns, &signs, &mut sets);
    let listed_journals = journals_by_issn(tables);
    let groups: Vec<Vec<u32>> = sets.members().into_iter().filter(|group| !group.is_empty()).collect();
    let mut works: Vec<Work> = groups
        .into_par_iter()
        .map(|mut group| {
            group.sort_unstable_by(|&a, &b| columns.preference(a, b));
            let (authors, byline) = byline::authors(&columns, &group);
            let mut publication = fields::publication(&columns, &signs, merge, &group, byline);
            publication.listed_journal =
                publication.issns.iter().find_map(|issn| listed_journals.get(issn.as_str()).copied());
            (publication, authors, group)
        })
        .collect();
    // Works that share an id are told apart by what they say, then by where they stand.
    works.par_sort_by(|(a, _, of_a), (b, _, of_b)| {
        a.id.cmp(&b.id).then_with(|| columns.preference(of_a[0], of_b[0])).then_with(|| a.sources.cmp(&b.sources))
    });
    make_ids_unique(&mut works);

    let mut excluded = Vec::new();
    let mut groups = Vec::with_capacity(works.len());
    let mut publications = Publications { offsets: vec![0], ..Publications::default() };
    for (publication, authors, group) in works {
        for &record in &group[1..] {
            excluded.push(Excluded {
                record: publication.id.clone(),
                source: columns.place(record),
                reason: "duplicate-record",
                detail: evidence(&columns, &group, record),
            });
        }
        publications.items.push(publication);
        publications.authors.extend(authors);
        publications.offsets.push(publications.authors.len());
        groups.push(group);
    }
    publications.links = links::find(&publications, &groups, &signs);
    for link in publications.links.iter().filter(|link| link.kind == LinkKind::RetractionOf) {
        publications.items[link.other.at()].retracted = Some(true);
    }
    let mut findings = findings::several_eids(&columns, &groups);
    findings.extend(findings::kept_apart(kept_apart));
    findings.extend(findings::policy(&columns, merge));
    publications.systems = columns.systems;
    Checked { value: (publications, excluded), findings }
}

/// Why a record is the same work as the preferred one of its group.
fn evidence(columns: &Columns, group: &[u32], record: u32) -> String {
    let shared = |other: u32| {
        columns
            .identifiers
            .iter()
            .position(|ids| ids[record as usize].is_some_and(|own| ids[other as usize] == Some(own)))
    };
    // The preferred record first; of the others the first that shares an identifier, as far as a person would look.
    let by_identifier =
        group.iter().take(16).filter(|&&other| other != record).find_map(|&other| Some((shared(other)?, other)));
    match by_identifier {
        Some((system, other)) => format!("same {} as {}; merged", IDENTIFIER_NAMES[system], columns.place(other)),
        None => format!("same title, first author and year as {}; merged", columns.place(group[0])),
    }
}

/// Two works share an id only where neither has a key of its own: they are told apart by a running number.
fn make_ids_unique(works: &mut [Work]) {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for (publication, _, _) in works {
        let count = seen.entry(publication.id.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            publication.id = format!("{}~{count}", publication.id);
        }
    }
}

fn journals_by_issn(tables: &Tables) -> FxHashMap<&str, u32> {
    let mut by_issn = FxHashMap::default();
    for (index, journal) in tables.journals.iter().enumerate() {
        for issn in &journal.issns {
            by_issn.entry(issn.as_str()).or_insert(index as u32);
        }
    }
    by_issn
}
