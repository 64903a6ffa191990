//! Works without a common identifier: same folded title, same first author, year ± 1.
//!
//! Sets that carry different identifiers of one system are different works and are never joined here, nor through a
//! third one: a bucket is joined as a whole or not at all, and where it cannot be, it is parted by year and then by
//! journal. Three years in a row do not chain. What stays ambiguous stays apart.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::attribute::merge::columns::{Columns, IDENTIFIERS};
use crate::attribute::merge::sets::Sets;
use crate::attribute::merge::signs::Signs;
use crate::attribute::merge::title::Kind;

/// Joins sets of records by title. Returns how many groups of like title, first author and year stayed apart because
/// their identifiers differ.
pub fn join(columns: &Columns, signs: &[Signs], sets: &mut Sets) -> u64 {
    let mut matcher = Matcher { columns, signs, members: sets.members(), sets, kept_apart: 0 };
    matcher.pass(|signs| &signs.title.key, |_, _| true);
    let kept_apart = matcher.kept_apart;
    // A record whose export drops subtitles meets the one full title that begins like it; of several none.
    matcher.pass(
        |signs| &signs.title.main,
        |signs, records| {
            let (mut bare, mut full) = (false, FxHashSet::default());
            for &record in records {
                let title = &signs[record as usize].title;
                if title.key == title.main {
                    bare = true;
                } else {
                    full.insert(title.key.as_str());
                }
            }
            bare && full.len() == 1
        },
    );
    kept_apart
}

/// The kind of a set: a notice where any record says so, else an abstract; a preprint only where no record tells of a
/// published work.
pub fn kind_of(signs: &[Signs], records: &[u32]) -> Kind {
    let kinds = || records.iter().map(|&record| signs[record as usize].kind);
    let strongest = kinds().max().unwrap_or(Kind::Work);
    if strongest == Kind::Preprint && kinds().any(|kind| kind == Kind::Work) { Kind::Work } else { strongest }
}

/// A set of records while buckets are worked on.
#[derive(Debug, Clone)]
struct Cluster {
    /// A record of the set.
    record: u32,
    /// Earliest and latest publication year of its records.
    years: (i32, i32),
    /// Folded journals of its records.
    journal: String,
}

struct Matcher<'a> {
    columns: &'a Columns<'a>,
    signs: &'a [Signs],
    sets: &'a mut Sets,
    members: Vec<Vec<u32>>,
    kept_apart: u64,
}

impl Matcher<'_> {
    /// One pass over all buckets of a key. Buckets are worked on in the order of their keys, so that the order of
    /// records cannot matter.
    fn pass(&mut self, key: impl Fn(&Signs) -> &String, may: impl Fn(&[Signs], &[u32]) -> bool) {
        let mut buckets: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        let signs = self.signs;
        for (record, own) in signs.iter().enumerate() {
            let key = key(own);
            if !key.is_empty() && !own.author.is_blank() && self.columns.year[record].is_some() {
                buckets.entry(key).or_default().push(record as u32);
            }
        }
        let mut buckets: Vec<(&str, Vec<u32>)> =
            buckets.into_iter().filter(|(_, records)| self.several(records) && may(signs, records)).collect();
        buckets.sort_unstable_by_key(|(key, _)| *key);
        for (_, records) in buckets {
            for same_author in self.by_author(&records) {
                self.settle(&same_author);
            }
        }
    }

    /// Whether records are of more than one set.
    fn several(&mut self, records: &[u32]) -> bool {
        let first = self.sets.first(records[0]);
        records[1..].iter().any(|&record| self.sets.first(record) != first)
    }

    /// The bucket parted by first author and kind.
    fn by_author(&mut self, records: &[u32]) -> Vec<Vec<u32>> {
        let signs = self.signs;
        let known: FxHashSet<&str> =
            records.iter().filter_map(|&record| signs[record as usize].author.surname.as_deref()).collect();
        let mut parts: BTreeMap<(String, Kind), Vec<u32>> = BTreeMap::new();
        for &record in records {
            let surname = signs[record as usize].author.among(|part| known.contains(part));
            let first = self.sets.first(record);
            let kind = kind_of(signs, &self.members[first as usize]);
            parts.entry((surname, kind)).or_default().push(record);
        }
        parts.into_values().filter(|part| part.len() > 1).collect()
    }

    fn settle(&mut self, records: &[u32]) {
        let mut firsts: Vec<u32> = records.iter().map(|&record| self.sets.first(record)).collect();
        firsts.sort_unstable();
        firsts.dedup();
        if firsts.len() < 2 {
            return;
        }
        let clusters: Vec<Cluster> = firsts.iter().filter_map(|&first| self.cluster(first)).collect();
        if self.join_if_one_work(&clusters) {
            return;
        }
        // By the later year, which is that of the issue where another record has that of the early view.
        let mut by_year: BTreeMap<i32, Vec<Cluster>> = BTreeMap::new();
        for cluster in clusters {
            by_year.entry(cluster.years.1).or_default().push(cluster);
        }
        let mut single: BTreeMap<i32, Cluster> = BTreeMap::new();
        for (&year, same_year) in &by_year {
            if self.join_if_one_work(same_year) {
                let first = self.sets.first(same_year[0].record);
                single.extend(self.cluster(first).map(|cluster| (year, cluster)));
                continue;
            }
            self.kept_apart += 1;
            let mut by_journal: BTreeMap<&str, Vec<Cluster>> = BTreeMap::new();
            for cluster in same_year.iter().filter(|cluster| !cluster.journal.is_empty()) {
                by_journal.entry(&cluster.journal).or_default().push(cluster.clone());
            }
            for same_journal in by_journal.values() {
                self.join_if_one_work(same_journal);
            }
        }
        for (&year, cluster) in &single {
            let Some(next) = single.get(&(year + 1)) else { continue };
            if !by_year.contains_key(&(year - 1)) && !by_year.contains_key(&(year + 2)) {
                self.join_if_one_work(&[cluster.clone(), next.clone()]);
            }
        }
    }

    /// Joins all where they can be one work: within two years in a row, no two with different identifiers of a system.
    fn join_if_one_work(&mut self, clusters: &[Cluster]) -> bool {
        let early = clusters.iter().map(|cluster| cluster.years.0).min().unwrap_or(0);
        let late = clusters.iter().map(|cluster| cluster.years.1).max().unwrap_or(0);
        if i64::from(late) - i64::from(early) > 1 || (0..IDENTIFIERS).any(|system| self.differ(clusters, system)) {
            return false;
        }
        let records: Vec<u32> = clusters.iter().map(|cluster| self.sets.first(cluster.record)).collect();
        self.sets.join_all(&records);
        let Some(&any) = records.first() else { return true };
        let first = self.sets.first(any);
        let mut all = std::mem::take(&mut self.members[first as usize]);
        for &other in records.iter().filter(|&&other| other != first) {
            all.append(&mut self.members[other as usize]);
        }
        self.members[first as usize] = all;
        true
    }

    /// Whether two of the sets carry an identifier of this system each. Equal ones would have been joined before, or
    /// were kept apart for a reason.
    fn differ(&mut self, clusters: &[Cluster], system: usize) -> bool {
        let ids = &self.columns.identifiers[system];
        let mut carriers = 0;
        for cluster in clusters {
            let first = self.sets.first(cluster.record);
            carriers += usize::from(self.members[first as usize].iter().any(|&record| ids[record as usize].is_some()));
        }
        carriers > 1
    }

    /// `None` where no record of the set gives a year.
    fn cluster(&self, first: u32) -> Option<Cluster> {
        let members = &self.members[first as usize];
        let years = || members.iter().filter_map(|&record| self.columns.year[record as usize]);
        // Of several spellings the least: the same for any order of records.
        let journals = members.iter().map(|&record| &self.signs[record as usize].journal);
        let journal = journals.filter(|journal| !journal.is_empty()).min().cloned().unwrap_or_default();
        Some(Cluster { record: first, years: (years().min()?, years().max()?), journal })
    }
}
