//! The authors of a record with their affiliations, in every way that exports print them.

use serde::Deserialize;

use crate::model::tables::RecordAuthor;

mod dimensions;
mod listed;
mod scopus;
mod tuples;
mod web_of_science;

/// How an export prints authors and affiliations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Scopus: `Hao J., affiliation, affiliation; …`
    #[default]
    Scopus,
    /// Web of Science: `[Hao, Jie; High, Robin] Univ A, City, Country; …`
    WebOfScience,
    /// Dimensions: `Hao, Jie (Affiliation A; Affiliation B); …`
    Dimensions,
    /// Lists of names and ids; institutions are those of the record.
    Listed,
    /// Lists side by side, the n-th item of each for the n-th author, institutions too.
    ListedByAuthor,
    /// Tuples of dictionaries as the Python language writes them.
    Tuples,
}

/// The cells of a record that tell its authors; empty where the export has no such column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cells<'a> {
    /// `Hao J.; High R.` or, in Scopus before mid-2023, `Hao J., High R.`
    pub authors: &'a str,
    /// Full names; in Scopus with ids: `Hao, Jie (57221302630); …`
    pub full_names: &'a str,
    /// `57221302630; …`
    pub ids: &'a str,
    /// Every affiliation of the record once, or one for each author.
    pub affiliations: &'a str,
    /// Authors together with their affiliations.
    pub with_affiliations: &'a str,
    /// ORCID iDs: one for each author, or `Hao, Jie/0000-0002-1825-0097; …`
    pub orcids: &'a str,
    /// Web of Science ResearcherIDs as `Hao, Jie/A-1234-2010; …`
    pub researcher_ids: &'a str,
    /// Corresponding authors: a flag for each author, their ids or names, or the reprint address.
    pub corresponding: &'a str,
    /// Country of each author, or of the record.
    pub countries: &'a str,
    /// Signs between the items of a list, where the export's own form does not fix them.
    pub separators: &'a [char],
}

/// The authors, and what could not be read for certain.
#[derive(Debug, Default)]
pub struct Byline {
    /// Authors in order.
    pub authors: Vec<RecordAuthor>,
    /// Affiliations of the record of which nobody knows whose they are.
    pub unlinked: Vec<String>,
    /// Author ids in scientific notation.
    pub damaged_ids: Vec<String>,
    /// The number of ids differs from the number of names, so that no id is used.
    pub ids_differ: bool,
    /// Some author's affiliations could not be told apart and are kept as one text, or an affiliation's authors are not
    /// among the authors.
    pub unsplit: bool,
    /// The text breaks off: what stood behind is lost.
    pub broken: bool,
}

/// Reads the authors of one record.
pub fn read(kind: Kind, cells: Cells) -> Byline {
    match kind {
        Kind::Scopus => scopus::read(cells),
        Kind::WebOfScience => web_of_science::read(cells),
        Kind::Dimensions => dimensions::read(cells),
        Kind::Listed => listed::read(cells, false),
        Kind::ListedByAuthor => listed::read(cells, true),
        Kind::Tuples => tuples::read(cells),
    }
}

/// An author of whom only the name is known.
fn named(name: &str) -> RecordAuthor {
    RecordAuthor { name: name.to_owned(), ..RecordAuthor::default() }
}

/// The items of a list separated by `;`.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// Affiliations looked back at for a repeated one, so that an endless list takes no endless time.
const LOOKED_BACK: usize = 1000;

/// Adds an affiliation that is not there yet.
fn add(affiliations: &mut Vec<String>, affiliation: &str) {
    if !affiliation.is_empty() && !affiliations.iter().rev().take(LOOKED_BACK).any(|known| known == affiliation) {
        affiliations.push(affiliation.to_owned());
    }
}
