//! Publications: one row per work, merged from every export record that holds it.

use std::collections::BTreeMap;
use std::sync::Arc;

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
    /// Web of Science ResearcherID.
    pub researcher_id: Option<String>,
    /// Whether a record marks the author as corresponding; `None` where none says anything.
    pub corresponding: Option<bool>,
    /// Affiliations as printed.
    pub affiliations: Vec<String>,
}

/// One work.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Publication {
    /// Stable id: the EID, else `doi:…`, `wos:…`, `pmid:…`, `openalex:…`, else a digest of title, year and first
    /// author. Never a row number.
    pub id: String,
    /// DOI, lower case.
    pub doi: Option<String>,
    /// Scopus EID.
    pub eid: Option<String>,
    /// Web of Science accession number without `WOS:`.
    pub ut: Option<String>,
    /// PubMed id, digits.
    pub pmid: Option<String>,
    /// OpenAlex work id, `W…`.
    pub openalex: Option<String>,
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
    /// Citations by the assessment's citation policy; `None` where no record that counts gives any.
    pub citations: Option<i64>,
    /// Field-weighted citation impact as an export gives it.
    pub fwci: Option<f64>,
    /// Percentile in its field as an export gives it, in percent; 1 is the top 1 %.
    pub percentile: Option<f64>,
    /// Whether a record or a retraction notice says that the work is retracted; `None` where nothing is said.
    pub retracted: Option<bool>,
    /// Correspondence address as printed.
    pub correspondence: Option<String>,
    /// Countries of all affiliations, folded English names, ascending, without repeats.
    pub countries: Vec<String>,
    /// Whether an affiliation lies abroad; `None` where no country is known.
    pub international: Option<bool>,
    /// Organisations of foreign affiliations as `name|country`, folded, ascending, without repeats.
    pub foreign_partners: Vec<String>,
    /// Universities of the home country other than ours as `name|country`, folded, ascending, without repeats.
    #[serde(skip)]
    pub partners_at_home: Vec<String>,
    /// Distinct organisations of all affiliations, ours as one; 0 where no affiliation is printed.
    pub organisations: u32,
    /// Of these, in the home country.
    pub domestic_organisations: u32,
    /// Companies among the organisations, by their words, ascending, without repeats.
    pub companies: Vec<String>,
    /// Positions from 1 of the authors with two organisations or more, ascending.
    pub multi_affiliated: Vec<u32>,
    /// Files and rows of the records it was merged from: `publications/a.csv:12`.
    pub sources: Vec<String>,
    /// Which exporting system each field was taken from.
    #[serde(skip)]
    pub field_sources: FieldSources,
}

/// A field of a merged publication that remembers its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// [`Publication::title`].
    Title,
    /// [`Publication::year`].
    Year,
    /// [`Publication::document_type`].
    DocumentType,
    /// [`Publication::journal`].
    Journal,
    /// [`Publication::issns`].
    Issns,
    /// [`Publication::citations`].
    Citations,
    /// The byline; single ids and affiliations may be filled in from other systems.
    Authors,
    /// [`Publication::correspondence`].
    Correspondence,
    /// [`Publication::retracted`].
    Retracted,
    /// [`Publication::fwci`].
    Fwci,
    /// [`Publication::percentile`].
    Percentile,
}

impl Field {
    /// All fields in the order in which they are listed.
    pub const ALL: [Field; 11] = [
        Field::Title,
        Field::Year,
        Field::DocumentType,
        Field::Journal,
        Field::Issns,
        Field::Citations,
        Field::Authors,
        Field::Correspondence,
        Field::Retracted,
        Field::Fwci,
        Field::Percentile,
    ];

    /// The name in `publications.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Year => "year",
            Field::DocumentType => "type",
            Field::Journal => "journal",
            Field::Issns => "issn",
            Field::Citations => "citations",
            Field::Authors => "authors",
            Field::Correspondence => "correspondence",
            Field::Retracted => "retracted",
            Field::Fwci => "fwci",
            Field::Percentile => "percentile",
        }
    }
}

/// The exporting system of each field of one publication, as an index into [`Publications::systems`]; two bytes a
/// field, because there are millions of publications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FieldSources([Option<std::num::NonZeroU16>; Field::ALL.len()]);

impl FieldSources {
    /// Notes that `field` was taken from the system at `system` of [`Publications::systems`].
    pub fn set(&mut self, field: Field, system: usize) {
        self.0[field as usize] = u16::try_from(system + 1).ok().and_then(std::num::NonZeroU16::new);
    }

    /// The system that `field` was taken from; `None` where no record gives the field.
    pub fn get(&self, field: Field) -> Option<usize> {
        self.0[field as usize].map(|system| usize::from(system.get()) - 1)
    }
}

/// What one publication is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A preprint of the other.
    PreprintOf,
    /// An erratum, corrigendum or correction of the other.
    ErratumOf,
    /// A notice that retracts the other.
    RetractionOf,
    /// An expression of concern about the other.
    ConcernAbout,
    /// A conference abstract of the other.
    AbstractOf,
}

impl LinkKind {
    /// The name in `links.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkKind::PreprintOf => "preprint_of",
            LinkKind::ErratumOf => "erratum_of",
            LinkKind::RetractionOf => "retraction_of",
            LinkKind::ConcernAbout => "concern_about",
            LinkKind::AbstractOf => "abstract_of",
        }
    }
}

/// Two publications that belong together but are not one work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The preprint, notice or abstract.
    pub publication: PublicationIndex,
    /// What it is to the other.
    pub kind: LinkKind,
    /// The article.
    pub other: PublicationIndex,
    /// What the two have in common: `doi`, `doi in the title`, `title; first author` or `title`.
    pub evidence: &'static str,
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
    /// Exporting systems by preference; [`FieldSources`] points into it.
    pub systems: Vec<String>,
    /// Pairs that are linked, not merged, ascending.
    pub links: Vec<Link>,
    /// How each partner of [`Publication::foreign_partners`] and [`Publication::partners_at_home`] is printed.
    pub partner_names: Arc<BTreeMap<String, String>>,
    /// How many of the last are imagined by a scenario: they are compared with the others, not others with them.
    pub imagined: usize,
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

    /// Number of publications that exist: those before the imagined ones.
    pub fn existing(&self) -> usize {
        self.items.len().saturating_sub(self.imagined)
    }

    /// The authors of one publication in byline order.
    pub fn authors_of(&self, publication: PublicationIndex) -> &[Author] {
        &self.authors[self.offsets[publication.at()]..self.offsets[publication.at() + 1]]
    }

    /// Indices of the authors whom a record marks as corresponding, or whose printed name opens the correspondence
    /// address; ascending.
    pub fn corresponding(&self, publication: PublicationIndex) -> Vec<usize> {
        let address = self.items[publication.at()].correspondence.as_deref().unwrap_or_default();
        let printed = plain(address.split(';').next().unwrap_or_default());
        let is = |author: &Author| {
            author.corresponding == Some(true) || (!printed.is_empty() && plain(&author.name) == printed)
        };
        self.authors_of(publication).iter().enumerate().filter(|(_, author)| is(author)).map(|(at, _)| at).collect()
    }

    /// The source of each field of one publication: `title=scopus;citations=wos`.
    pub fn field_sources(&self, publication: PublicationIndex) -> String {
        let sources = &self.items[publication.at()].field_sources;
        let mut text = String::new();
        for field in Field::ALL {
            let Some(system) = sources.get(field).and_then(|system| self.systems.get(system)) else { continue };
            if !text.is_empty() {
                text.push(';');
            }
            text.push_str(field.as_str());
            text.push('=');
            text.push_str(system);
        }
        text
    }
}

/// The letters and digits of a printed name, in lower case.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
