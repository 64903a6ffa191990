//! Merge: records that share a DOI or an EID are one publication. Blank keys never match.
//!
//! Which record's field is taken depends on what the records say, never on the order of files: more citations, then
//! more authors with ids and affiliations, then the text itself.

use std::cmp::Reverse;

use polars::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::diagnostic::Checked;
use crate::model::ledger::Excluded;
use crate::model::publication::{Author, Publication, Publications};
use crate::model::tables::{AuthorshipTable, RecordTable, Tables};
use crate::model::text::words;

/// One publication per work, ascending by id, and each record that was folded into another.
pub fn publications(tables: &Tables) -> Checked<(Publications, Vec<Excluded>)> {
    let records = Columns::of(tables);
    let mut groups: Vec<Vec<u32>> = group(&tables.records, records.len());
    for group in &mut groups {
        group.sort_by_cached_key(|&record| records.preference(record));
    }
    let listed_journals = journals_by_issn(tables);
    let mut works: Vec<(Publication, Vec<Author>, Vec<u32>)> = groups
        .into_iter()
        .map(|group| {
            let mut publication = records.publication(&group);
            publication.listed_journal =
                publication.issns.iter().find_map(|issn| listed_journals.get(issn.as_str()).copied());
            let authors = records.authors(&group);
            (publication, authors, group)
        })
        .collect();
    // Works without a key may share an id: what they say decides their order, then where they stand.
    works.sort_by(|(a, _, _), (b, _, _)| {
        (&a.id, &a.title, a.citations, &a.journal, &a.sources).cmp(&(
            &b.id,
            &b.title,
            b.citations,
            &b.journal,
            &b.sources,
        ))
    });
    make_ids_unique(&mut works);

    let mut excluded = Vec::new();
    let mut publications = Publications { offsets: vec![0], ..Publications::default() };
    for (publication, authors, group) in works {
        for &record in &group[1..] {
            excluded.push(Excluded {
                record: publication.id.clone(),
                source: records.place(record),
                reason: "duplicate-record",
                detail: format!("same DOI or EID as {}; merged", records.place(group[0])),
            });
        }
        publications.items.push(publication);
        publications.authors.extend(authors);
        publications.offsets.push(publications.authors.len());
    }
    Checked::clean((publications, excluded))
}

/// Sets of records that are one work, by shared DOI or EID. Works on integers only, so threads cannot change it.
fn group(records: &RecordTable, height: usize) -> Vec<Vec<u32>> {
    let mut leader: Vec<u32> = (0..height as u32).collect();
    for key in [RecordTable::DOI, RecordTable::EID] {
        let first = "first";
        let pairs = records
            .0
            .clone()
            .lazy()
            .select([col(RecordTable::RECORD), col(key)])
            .filter(col(key).is_not_null())
            .group_by([col(key)])
            .agg([col(RecordTable::RECORD), col(RecordTable::RECORD).min().alias(first)])
            .explode(
                Selector::ByName { names: [PlSmallStr::from(RecordTable::RECORD)].into(), strict: true },
                ExplodeOptions { empty_as_null: true, keep_nulls: true },
            )
            .filter(col(RecordTable::RECORD).neq(col(first)))
            .select([col(RecordTable::RECORD), col(first)])
            .sort([RecordTable::RECORD], SortMultipleOptions::default())
            .collect()
            .expect("the record table has these columns by construction");
        let column = |name| pairs.column(name).and_then(|column| column.u32().cloned()).expect("u32 by construction");
        for (record, first) in column(RecordTable::RECORD).iter().flatten().zip(column(first).iter().flatten()) {
            let (a, b) = (find(&mut leader, record), find(&mut leader, first));
            leader[a.max(b) as usize] = a.min(b);
        }
    }
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); height];
    for record in 0..height as u32 {
        groups[find(&mut leader, record) as usize].push(record);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The first record of a record's set, with the path to it shortened.
fn find(leader: &mut [u32], mut record: u32) -> u32 {
    while leader[record as usize] != record {
        leader[record as usize] = leader[leader[record as usize] as usize];
        record = leader[record as usize];
    }
    record
}

/// Two works may only share an id when neither has a key: they are told apart by a running letter.
fn make_ids_unique(works: &mut [(Publication, Vec<Author>, Vec<u32>)]) {
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

/// The record and authorship tables, column by column.
struct Columns<'a> {
    tables: &'a Tables,
    source: &'a UInt32Chunked,
    row: &'a UInt32Chunked,
    doi: &'a StringChunked,
    eid: &'a StringChunked,
    title: &'a StringChunked,
    year: &'a Int32Chunked,
    document_type: &'a StringChunked,
    journal: &'a StringChunked,
    issn: &'a StringChunked,
    citations: &'a Int64Chunked,
    correspondence: &'a StringChunked,
    author_name: &'a StringChunked,
    author_scopus_id: &'a StringChunked,
    author_orcid: &'a StringChunked,
    author_affiliations: &'a StringChunked,
    /// Authors of record `r` are rows `offsets[r]..offsets[r + 1]`.
    offsets: Vec<usize>,
    /// Per record: authors with an id, and authors with an affiliation.
    detail: Vec<(u32, u32)>,
}

impl<'a> Columns<'a> {
    fn of(tables: &'a Tables) -> Self {
        let record = |name: &str| tables.records.0.column(name).expect("built by RecordRows::into_tables");
        let author = |name: &str| tables.authorships.0.column(name).expect("built by RecordRows::into_tables");
        let text = "a text column by construction";
        let author_record = author(AuthorshipTable::RECORD).u32().expect("u32 by construction");
        let (scopus_id, orcid) =
            (author(AuthorshipTable::SCOPUS_ID).str().expect(text), author(AuthorshipTable::ORCID).str().expect(text));
        let affiliations = author(AuthorshipTable::AFFILIATIONS).str().expect(text);
        let height = tables.records.0.height();
        let mut offsets = vec![0; height + 1];
        let mut detail = vec![(0, 0); height];
        for (index, record) in author_record.into_no_null_iter().enumerate() {
            let record = record as usize;
            offsets[record + 1] += 1;
            detail[record].0 += u32::from(scopus_id.get(index).is_some() || orcid.get(index).is_some());
            detail[record].1 += u32::from(affiliations.get(index).is_some());
        }
        for index in 0..height {
            offsets[index + 1] += offsets[index];
        }
        Columns {
            tables,
            source: record(RecordTable::SOURCE).u32().expect("u32 by construction"),
            row: record(RecordTable::ROW).u32().expect("u32 by construction"),
            doi: record(RecordTable::DOI).str().expect(text),
            eid: record(RecordTable::EID).str().expect(text),
            title: record(RecordTable::TITLE).str().expect(text),
            year: record(RecordTable::YEAR).i32().expect("i32 by construction"),
            document_type: record(RecordTable::TYPE).str().expect(text),
            journal: record(RecordTable::JOURNAL).str().expect(text),
            issn: record(RecordTable::ISSN).str().expect(text),
            citations: record(RecordTable::CITATIONS).i64().expect("i64 by construction"),
            correspondence: record(RecordTable::CORRESPONDENCE).str().expect(text),
            author_name: author(AuthorshipTable::NAME).str().expect(text),
            author_scopus_id: scopus_id,
            author_orcid: orcid,
            author_affiliations: affiliations,
            offsets,
            detail,
        }
    }

    fn len(&self) -> usize {
        self.row.len()
    }

    /// Sort key: the preferred record of a set comes first.
    fn preference(&self, record: u32) -> impl Ord + use<> {
        let at = record as usize;
        let own = |column: &StringChunked| column.get(at).unwrap_or("").to_owned();
        (
            Reverse(self.citations.get(at)),
            Reverse(self.detail[at].0 + self.detail[at].1),
            (own(self.eid), own(self.title), own(self.journal), self.year.get(at)),
            self.place(record),
        )
    }

    /// `file:row` of a record.
    fn place(&self, record: u32) -> String {
        let at = record as usize;
        let source = self.source.get(at).map_or(0, |source| source as usize);
        let file = self.tables.sources.get(source).map_or("", |source| source.file.as_str());
        format!("{file}:{}", self.row.get(at).unwrap_or(0))
    }

    /// The merged publication of a set, its records in order of preference.
    fn publication(&self, group: &[u32]) -> Publication {
        let text = |column: &StringChunked| {
            group
                .iter()
                .filter_map(|&record| column.get(record as usize))
                .find(|text| !text.is_empty())
                .unwrap_or("")
                .to_owned()
        };
        let key = |column: &StringChunked| Some(text(column)).filter(|key| !key.is_empty());
        let (doi, eid, title) = (key(self.doi), key(self.eid), text(self.title));
        let year = group.iter().find_map(|&record| self.year.get(record as usize));
        let mut sources: Vec<String> = group.iter().map(|&record| self.place(record)).collect();
        sources.sort_unstable();
        let first_author = self.offsets[group[0] as usize];
        let has_author = self.offsets[group[0] as usize + 1] > first_author;
        let author = if has_author { self.author_name.get(first_author).unwrap_or("") } else { "" };
        let id = match (&eid, &doi) {
            (Some(eid), _) => eid.clone(),
            (None, Some(doi)) => format!("doi:{doi}"),
            (None, None) => format!(
                "title:{}",
                short_digest(&format!("{} {year:?} {}", words(&title).join(" "), words(author).join(" ")))
            ),
        };
        let issns = text(self.issn).split(';').filter(|issn| !issn.is_empty()).map(str::to_owned).collect();
        Publication {
            id,
            doi,
            eid,
            title,
            year,
            document_type: text(self.document_type),
            journal: text(self.journal),
            issns,
            listed_journal: None,
            citations: group.iter().filter_map(|&record| self.citations.get(record as usize)).max(),
            correspondence: key(self.correspondence),
            countries: Vec::new(),
            international: None,
            foreign_partners: Vec::new(),
            sources,
        }
    }

    /// The authors of the record that tells most of them; lists are never mixed, because positions would shift.
    fn authors(&self, group: &[u32]) -> Vec<Author> {
        let best =
            |&&record: &&u32| (self.detail[record as usize], Reverse(group.iter().position(|&other| other == record)));
        let Some(&record) = group.iter().max_by_key(best) else { return Vec::new() };
        let owned = |column: &StringChunked, at: usize| column.get(at).map(str::to_owned);
        (self.offsets[record as usize]..self.offsets[record as usize + 1])
            .map(|at| Author {
                name: owned(self.author_name, at).unwrap_or_default(),
                scopus_id: owned(self.author_scopus_id, at),
                orcid: owned(self.author_orcid, at),
                affiliations: self
                    .author_affiliations
                    .get(at)
                    .map_or_else(Vec::new, |list| list.lines().map(str::to_owned).collect()),
            })
            .collect()
    }
}

/// Sixteen hexadecimal digits that depend on nothing but the text.
fn short_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
