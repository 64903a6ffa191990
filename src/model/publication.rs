//! Publications: one row per work, merged from every export record that holds it.

use serde::Serialize;

/// Dense index of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicationIndex(pub u32);

impl PublicationIndex {
    /// As an index into arrays over publications.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// One author of one publication.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// Name as printed.
    pub name: String,
    /// Scopus author id, digits.
    pub scopus_id: Option<String>,
    /// ORCID.
    pub orcid: Option<String>,
    /// Affiliations as printed.
    pub affiliations: Vec<String>,
}

/// One work.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Publication {
    /// Stable id: the EID, else `doi:…`, else a digest of title, year and first author. Never a row number.
    pub id: String,
    /// DOI, lower case.
    pub doi: Option<String>,
    /// Scopus EID.
    pub eid: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Publication year.
    pub year: Option<i32>,
    /// Document type folded to lower case with `_`.
    pub document_type: String,
    /// Journal as printed.
    pub journal: String,
    /// ISSNs without hyphen.
    pub issns: Vec<String>,
    /// Index into [`crate::model::tables::Tables::journals`], where the ISSN is listed.
    pub listed_journal: Option<u32>,
    /// Citations; `None` where no record gives any.
    pub citations: Option<i64>,
    /// Correspondence address as printed.
    pub correspondence: Option<String>,
    /// Countries of all affiliations, folded English names, ascending, without repeats.
    pub countries: Vec<String>,
    /// Whether an affiliation lies abroad; `None` where no country is known.
    pub international: Option<bool>,
    /// Organisations of foreign affiliations as `name|country`, folded, ascending, without repeats.
    pub foreign_partners: Vec<String>,
    /// Files and rows of the records it was merged from: `publications/a.csv:12`.
    pub sources: Vec<String>,
}

/// All publications with their authors, ascending by [`Publication::id`].
#[derive(Debug, Clone, Default)]
pub struct Publications {
    /// The works.
    pub items: Vec<Publication>,
    /// Authors of all works, publication by publication, in byline order.
    pub authors: Vec<Author>,
    /// `authors[offsets[p]..offsets[p + 1]]` are the authors of publication `p`; one longer than `items`.
    pub offsets: Vec<usize>,
}

impl Publications {
    /// Number of publications.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The authors of one publication in byline order.
    pub fn authors_of(&self, publication: PublicationIndex) -> &[Author] {
        &self.authors[self.offsets[publication.at()]..self.offsets[publication.at() + 1]]
    }
}
