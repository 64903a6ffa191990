//! The integrity panel of a unit: shares that a careful reader asks about, each beside the scores with and without.
//! It is about units and never names a person.

use crate::model::unit::UnitIndex;

/// What the panel looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Citations by works that share an author.
    SelfCitations,
    /// Publications of very many authors.
    HyperAuthored,
    /// Retracted publications.
    Retracted,
    /// Publications in journals that were delisted by then.
    DelistedJournals,
    /// Publications of authors with very many publications in a year.
    ProlificAuthors,
    /// Publications on which an author of the unit prints several organisations.
    MultiAffiliation,
    /// Publications that nobody of the unit leads as first or corresponding author.
    NotLed,
    /// Publications of the one author of the unit who has most.
    TopAuthor,
    /// Citations of the one publication that has most.
    TopPaper,
}

impl Sign {
    /// All, in the order of the panel.
    pub const ALL: [Sign; 9] = [
        Sign::SelfCitations,
        Sign::HyperAuthored,
        Sign::Retracted,
        Sign::DelistedJournals,
        Sign::ProlificAuthors,
        Sign::MultiAffiliation,
        Sign::NotLed,
        Sign::TopAuthor,
        Sign::TopPaper,
    ];

    /// The name in `integrity.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Sign::SelfCitations => "self_citations",
            Sign::HyperAuthored => "hyper_authored",
            Sign::Retracted => "retracted",
            Sign::DelistedJournals => "delisted_journals",
            Sign::ProlificAuthors => "prolific_authors",
            Sign::MultiAffiliation => "multi_affiliation",
            Sign::NotLed => "not_led",
            Sign::TopAuthor => "top_author",
            Sign::TopPaper => "top_paper",
        }
    }
}

/// One sign of one unit over the publications of its profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The unit.
    pub unit: UnitIndex,
    /// What was looked at.
    pub sign: Sign,
    /// Publications (or citations) concerned, of how many; `None` where nothing is known of any.
    pub counted: Option<(u64, u64)>,
    /// Authors with very many publications in a year, for that sign alone.
    pub authors: Option<u64>,
    /// By edition, in the order of the run: the composites without what is concerned.
    pub without: Vec<Vec<Option<f64>>>,
}
