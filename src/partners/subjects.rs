//! What is published in: subjects of the journals of papers, as numbers of papers by subject.

use std::collections::BTreeMap;

use crate::partners::corpus::Corpus;

/// Numbers of papers by subject.
pub type Profile = BTreeMap<u32, u64>;

/// Subjects of papers: the categories of their journal in the journal list, else its areas.
pub struct Subjects {
    /// Names, ascending.
    pub names: Vec<String>,
    /// Of each publication, ascending; empty where its journal is not listed.
    pub of_paper: Vec<Vec<u32>>,
}

impl Subjects {
    /// Of all publications.
    pub fn new(corpus: &Corpus) -> Self {
        let results = corpus.results;
        let of_journal: Vec<Vec<&str>> = (results.tables.journals.iter())
            .map(|journal| {
                let categories: Vec<&str> = journal.categories.iter().map(|(name, _)| name.as_str()).collect();
                if categories.is_empty() { journal.areas.iter().map(String::as_str).collect() } else { categories }
            })
            .collect();
        let mut names: Vec<&str> = of_journal.iter().flatten().copied().collect();
        names.sort_unstable();
        names.dedup();
        let ids: Vec<Vec<u32>> = (of_journal.iter())
            .map(|own| {
                let mut ids: Vec<u32> =
                    own.iter().filter_map(|name| names.binary_search(name).ok()).map(|id| id as u32).collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            })
            .collect();
        let listed = results.publications.items.iter().map(|paper| paper.listed_journal);
        let of_paper = listed.map(|journal| journal.map_or_else(Vec::new, |journal| ids[journal as usize].clone()));
        Subjects { of_paper: of_paper.collect(), names: names.into_iter().map(str::to_owned).collect() }
    }

    /// The profile of papers.
    pub fn profile(&self, papers: impl IntoIterator<Item = u32>) -> Profile {
        let mut profile = Profile::new();
        for paper in papers {
            for &subject in &self.of_paper[paper as usize] {
                *profile.entry(subject).or_default() += 1;
            }
        }
        profile
    }
}

/// The cosine of two profiles, 0–1; 0 where either is empty.
pub fn likeness(one: &Profile, other: &Profile) -> f64 {
    let products: u64 = one.iter().map(|(subject, count)| count * other.get(subject).copied().unwrap_or(0)).sum();
    let squares = |profile: &Profile| profile.values().map(|count| count * count).sum::<u64>() as f64;
    let length = (squares(one) * squares(other)).sqrt();
    if length > 0.0 { products as f64 / length } else { 0.0 }
}
