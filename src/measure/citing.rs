//! Who cites a publication, and when: citations of a window, self-citations, and the citing works that are ours.
//!
//! Two kinds of sheet tell it: citations of a work by year, and links from citing to cited works. Counts by year are
//! complete for a work that has them; links are what somebody has found, so they take self-citations out but do not
//! replace the citations that an export states.

use rustc_hash::FxHashMap;

use crate::measure::Input;
use crate::model::publication::{Author, PublicationIndex, Publications};
use crate::model::window::Window;

/// A work that cites one of ours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CitingWork {
    /// Its place among the nodes of [`Citing`].
    pub node: u32,
    /// Year in which it appeared.
    pub year: Option<i32>,
    /// Whether it shares an author with the cited work; `None` where nobody says.
    pub author_self: Option<bool>,
    /// Its own field-weighted citation impact, where the sheet gives it.
    pub fwci: Option<f64>,
}

/// What a publication received in a window.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Received {
    /// Citations; to date where nothing tells the years.
    pub citations: Option<u64>,
    /// Of these by works that share an author.
    pub author_self: Option<u64>,
    /// Whether the citations are those of the window and not to date.
    pub in_window: bool,
    /// Whether the self-citations are all there are: told by year, or every citation is known as a link.
    pub complete: bool,
}

impl Received {
    /// The same without self-citations.
    pub fn without_self(self) -> Self {
        let own = self.author_self.unwrap_or(0);
        let citations = self.citations.map(|citations| citations.saturating_sub(own));
        Received { citations, author_self: self.author_self.map(|_| 0), ..self }
    }
}

/// Citations of one year.
#[derive(Debug, Clone, Copy)]
struct Yearly {
    year: i32,
    citations: u64,
    author_self: Option<u64>,
}

/// Citing works of all publications. Nodes are the publications that exist in their order, then citing works that are not
/// ours.
#[derive(Debug, Default)]
pub struct Citing {
    yearly: Vec<Vec<Yearly>>,
    links: Vec<Vec<CitingWork>>,
    /// Number of nodes.
    pub nodes: u32,
    /// Links whose cited work is none of ours.
    pub elsewhere: usize,
    /// Whether a sheet tells anything.
    told: bool,
}

impl Citing {
    /// Joins the sheets to the publications by DOI and EID. A link that stands twice is taken once.
    pub fn new(input: Input) -> Self {
        let items = &input.publications.items;
        let mut citing = Citing {
            yearly: vec![Vec::new(); items.len()],
            links: vec![Vec::new(); items.len()],
            nodes: input.publications.existing() as u32,
            elsewhere: 0,
            told: false,
        };
        let tables = input.tables;
        if tables.citation_counts.is_empty() && tables.citation_links.is_empty() {
            return citing;
        }
        citing.told = true;
        let mut by_doi: FxHashMap<&str, u32> = FxHashMap::default();
        let mut by_id: FxHashMap<&str, u32> = FxHashMap::default();
        for (index, item) in (0_u32..).zip(items) {
            item.doi.as_deref().map(|doi| by_doi.entry(doi).or_insert(index));
            by_id.entry(item.id.as_str()).or_insert(index);
            item.eid.as_deref().map(|eid| by_id.entry(eid).or_insert(index));
        }
        for count in &tables.citation_counts {
            let index = match count.work.strip_prefix("doi:") {
                Some(doi) => by_doi.get(doi),
                None => by_id.get(count.work.as_str()),
            };
            let author_self = count.author_self.map(u64::from);
            if let Some(&index) = index {
                let row = Yearly { year: count.year, citations: u64::from(count.citations), author_self };
                citing.yearly[index as usize].push(row);
            }
        }
        for row in &mut citing.yearly {
            row.sort_by_key(|row| row.year);
            // The last row of a year wins, as in a sheet that is written on at the bottom.
            row.reverse();
            row.dedup_by_key(|row| row.year);
            row.reverse();
        }
        let mut others: FxHashMap<&str, u32> = FxHashMap::default();
        for link in &tables.citation_links {
            let Some(&cited) = by_doi.get(link.cited.as_str()) else {
                citing.elsewhere += 1;
                continue;
            };
            let ours = by_doi.get(link.citing.as_str()).copied();
            let node = ours.unwrap_or_else(|| {
                let next = citing.nodes;
                let node = *others.entry(link.citing.as_str()).or_insert(next);
                citing.nodes += u32::from(node == next);
                node
            });
            let of_items = |index: u32| items[index as usize].year;
            let author_self = link.author_self.or_else(|| {
                let (a, b) = (PublicationIndex(ours?), PublicationIndex(cited));
                Some(share_an_author(input.publications, a, b))
            });
            let year = link.year.or(ours.and_then(of_items));
            citing.links[cited as usize].push(CitingWork { node, year, author_self, fwci: link.citing_fwci });
        }
        for links in &mut citing.links {
            links.sort_by_key(|link| link.node);
            links.dedup_by_key(|link| link.node);
        }
        citing
    }

    /// The works that cite a publication, ascending by node.
    pub fn of(&self, publication: u32) -> &[CitingWork] {
        &self.links[publication as usize]
    }

    /// Whether any link is known.
    pub fn has_links(&self) -> bool {
        self.links.iter().any(|links| !links.is_empty())
    }

    /// What a publication received in `window`; `stated` are its citations to date by the exports.
    pub fn received(&self, publication: u32, stated: Option<i64>, window: Option<Window>) -> Received {
        let within = |year: i32| window.is_none_or(|window| window.contains(year));
        let yearly = &self.yearly[publication as usize];
        if !yearly.is_empty() {
            let rows = || yearly.iter().filter(|row| within(row.year));
            let author_self = rows().map(|row| row.author_self).sum::<Option<u64>>();
            return Received {
                citations: Some(rows().map(|row| row.citations).sum()),
                author_self,
                in_window: true,
                complete: author_self.is_some(),
            };
        }
        let citations = stated.and_then(|citations| u64::try_from(citations).ok());
        let links = &self.links[publication as usize];
        let told = links.iter().filter(|link| link.author_self.is_some()).count() as u64;
        let own = links.iter().filter(|link| link.author_self == Some(true)).count() as u64;
        // No citation, no self-citation.
        let author_self = if self.told && citations == Some(0) { Some(0) } else { (told > 0).then_some(own) };
        let complete = citations.is_some_and(|citations| told >= citations);
        let author_self = author_self.map(|own| citations.map_or(own, |citations| own.min(citations)));
        Received { citations, author_self, in_window: window.is_none(), complete }
    }
}

/// Whether two publications have an author in common, by any author id that both carry.
fn share_an_author(publications: &Publications, a: PublicationIndex, b: PublicationIndex) -> bool {
    let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let matches = |one: &Author, other: &Author| {
        same(&one.scopus_id, &other.scopus_id)
            || same(&one.orcid, &other.orcid)
            || same(&one.researcher_id, &other.researcher_id)
    };
    publications.authors_of(a).iter().any(|one| publications.authors_of(b).iter().any(|other| matches(one, other)))
}
