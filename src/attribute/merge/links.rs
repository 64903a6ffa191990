//! Pairs that belong together but are not one work: preprint and article, notice and article, conference abstract and
//! article. Each preprint, notice or abstract gets at most one article; where several fit equally it gets none.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::attribute::merge::signs::Signs;
use crate::attribute::merge::title::Kind;
use crate::attribute::merge::titles::kind_of;
use crate::model::publication::{Link, LinkKind, PublicationIndex, Publications};

/// Years that an article may appear after its preprint or conference abstract.
const YEARS_AFTER: i32 = 5;

/// The links of all publications, ascending. `groups[p]` are the records of publication `p` in order of preference.
pub fn find(publications: &Publications, groups: &[Vec<u32>], signs: &[Signs]) -> Vec<Link> {
    let kinds: Vec<Kind> = groups.iter().map(|group| kind_of(signs, group)).collect();
    let mut by_doi: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    let mut by_title: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (index, (item, group)) in publications.items.iter().zip(groups).enumerate() {
        if kinds[index].is_notice() {
            continue;
        }
        if let Some(doi) = &item.doi {
            by_doi.entry(doi).or_default().push(index as u32);
        }
        let titles: BTreeSet<&str> = group.iter().map(|&record| signs[record as usize].title.key.as_str()).collect();
        for title in titles.into_iter().filter(|title| !title.is_empty()) {
            by_title.entry(title).or_default().push(index as u32);
        }
    }
    let finder = Finder { publications, groups, signs, kinds: &kinds, by_doi: &by_doi };
    let mut links = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let kind = match kinds[index] {
            Kind::Work => continue,
            Kind::Preprint => LinkKind::PreprintOf,
            Kind::Abstract => LinkKind::AbstractOf,
            Kind::Erratum => LinkKind::ErratumOf,
            Kind::Retraction => LinkKind::RetractionOf,
            Kind::Concern => LinkKind::ConcernAbout,
        };
        let none = Vec::new();
        let titles: BTreeSet<&str> = group.iter().map(|&record| signs[record as usize].title.key.as_str()).collect();
        let same_title = titles.iter().filter_map(|title| by_title.get(title)).next().unwrap_or(&none);
        let same_doi = publications.items[index].doi.as_deref().and_then(|doi| by_doi.get(doi)).unwrap_or(&none);
        if let Some((other, evidence)) = finder.target(index as u32, same_doi, same_title) {
            links.push(Link {
                publication: PublicationIndex(index as u32),
                kind,
                other: PublicationIndex(other),
                evidence,
            });
        }
    }
    links.sort_unstable();
    links
}

struct Finder<'a> {
    publications: &'a Publications,
    groups: &'a [Vec<u32>],
    signs: &'a [Signs],
    kinds: &'a [Kind],
    by_doi: &'a FxHashMap<&'a str, Vec<u32>>,
}

/// Candidates beyond which a title tells nothing any more; also keeps the work linear.
const MOST_CANDIDATES: usize = 64;

impl Finder<'_> {
    /// The publication that one belongs to, and the evidence.
    fn target(&self, index: u32, same_doi: &[u32], same_title: &[u32]) -> Option<(u32, &'static str)> {
        let is_notice = self.kinds[index as usize].is_notice();
        if is_notice && let [only] = same_doi {
            return Some((*only, "doi"));
        }
        if is_notice && let Some([only]) = self.named_in_title(index) {
            return Some((*only, "doi in the title"));
        }
        if same_title.len() > MOST_CANDIDATES {
            return None;
        }
        // A notice may be about any kind; the article is meant where there is one.
        let works: Vec<u32> =
            same_title.iter().copied().filter(|&other| self.kinds[other as usize] == Kind::Work).collect();
        let candidates: &[u32] = if works.is_empty() && is_notice { same_title } else { &works };
        let fitting: Vec<u32> = candidates.iter().copied().filter(|&other| self.fits(index, other)).collect();
        let same_author: Vec<u32> = fitting.iter().copied().filter(|&other| self.same_author(index, other)).collect();
        if let Some(other) = self.nearest(index, &same_author) {
            return Some((other, "title; first author"));
        }
        // The editors sign many a notice, so its author need not be the article's.
        match fitting.as_slice() {
            [only] if is_notice && same_author.is_empty() => Some((*only, "title")),
            _ => None,
        }
    }

    /// Publications with the DOI that a notice cites: `Correction: … (Energies, (2023), 16, 10.3390/en16010474)`.
    fn named_in_title(&self, index: u32) -> Option<&[u32]> {
        let title = self.publications.items[index as usize].title.to_lowercase();
        let doi = title[title.find("10.")?..]
            .split_whitespace()
            .next()?
            .trim_end_matches([')', ']', '.', ',', ';', '”', '"']);
        self.by_doi.get(doi).map(Vec::as_slice)
    }

    fn fits(&self, index: u32, other: u32) -> bool {
        let year = |index: u32| self.publications.items[index as usize].year;
        let (Some(own), Some(theirs)) = (year(index), year(other)) else { return true };
        let after = i64::from(theirs) - i64::from(own);
        if self.kinds[index as usize].is_notice() { after <= 1 } else { (-1..=i64::from(YEARS_AFTER)).contains(&after) }
    }

    fn same_author(&self, index: u32, other: u32) -> bool {
        let author = |index: u32| {
            self.groups[index as usize]
                .iter()
                .map(|&record| &self.signs[record as usize].author)
                .find(|author| !author.is_blank())
        };
        author(index).zip(author(other)).is_some_and(|(own, other)| own.agrees(other))
    }

    /// The one nearest in time; `None` where two are equally near.
    fn nearest(&self, index: u32, candidates: &[u32]) -> Option<u32> {
        let distance = |other: u32| {
            let items = &self.publications.items;
            items[index as usize].year.zip(items[other as usize].year).map_or(0, |(a, b)| a.abs_diff(b))
        };
        let least = candidates.iter().map(|&other| distance(other)).min()?;
        let mut nearest = candidates.iter().copied().filter(|&other| distance(other) == least);
        nearest.next().filter(|_| nearest.next().is_none())
    }
}
