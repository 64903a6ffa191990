//! The credit ledger: who gets which share of which publication, by which rule.
//!
//! Double entry: the shares of one publication over all units and [`Account::Outside`] sum to exactly
//! [`Share::WHOLE`]. Shares are integers of 10⁻¹⁵, so the sum is exact and does not depend on order.

use crate::model::overrides::Applied;
use crate::model::publication::PublicationIndex;
use crate::model::review::Review;
use crate::model::unit::UnitIndex;

/// A share of a publication in units of 10⁻¹⁵.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(pub u64);

impl Share {
    /// One whole publication.
    pub const WHOLE: Share = Share(1_000_000_000_000_000);

    /// As a number between 0 and 1.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Share::WHOLE.0 as f64
    }

    /// This part of the share, rounded down to 10⁻¹⁵ of a publication.
    pub fn part(self, part: Share) -> Share {
        Share((u128::from(self.0) * u128::from(part.0) / u128::from(Share::WHOLE.0)) as u64)
    }

    /// The nearest share to a number between 0 and 1.
    pub fn from_f64(part: f64) -> Share {
        Share((part.clamp(0.0, 1.0) * Share::WHOLE.0 as f64).round() as u64)
    }

    /// `parts` shares that differ by at most 10⁻¹⁵ and sum to `self`; the larger ones come first.
    pub fn split(self, parts: usize) -> impl Iterator<Item = Share> {
        let parts = parts.max(1) as u64;
        let (base, extra) = (self.0 / parts, self.0 % parts);
        (0..parts).map(move |part| Share(base + u64::from(part < extra)))
    }
}

/// Where a credit is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A unit; parents are not booked, they are unions.
    Unit(UnitIndex),
    /// Not one of our units.
    Outside,
}

/// The rule that made a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The author's Scopus id is in the staff sheet, within the employment window.
    RosterScopusId,
    /// The author's ORCID is in the staff sheet, within the employment window.
    RosterOrcid,
    /// The affiliation names the university and one of its units.
    AffiliationUnit,
    /// The author has the name of a member of staff, within the employment window.
    RosterName,
    /// The affiliation names a body of ours without the university; its stated relation passes the credit on.
    AffiliationRelation,
    /// The affiliation names the university and no unit that is known.
    AffiliationUniversity,
    /// An override of the office.
    Override,
    /// A paper that only a scenario knows.
    Scenario,
    /// None of ours.
    Outside,
}

impl Rule {
    /// The name in `credits.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::RosterScopusId => "roster.scopus_id",
            Rule::RosterOrcid => "roster.orcid",
            Rule::RosterName => "roster.name",
            Rule::AffiliationUnit => "affiliation.unit",
            Rule::AffiliationRelation => "affiliation.relation",
            Rule::AffiliationUniversity => "affiliation.university",
            Rule::Override => "override",
            Rule::Scenario => "scenario",
            Rule::Outside => "outside",
        }
    }
}

/// One row of the ledger.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Credit {
    /// The publication.
    pub publication: PublicationIndex,
    /// Where it is booked.
    pub account: Account,
    /// Position of the author in the byline from 1; 0 on the one row that books the rest outside.
    pub author_position: u32,
    /// Index into [`crate::model::tables::Tables::staff`].
    pub staff: Option<u32>,
    /// The rule.
    pub rule: Rule,
    /// How sure the match is, 0–1.
    pub confidence: f64,
    /// True on exactly one row of each publication × unit.
    pub full: bool,
    /// The fractional share.
    pub share: Share,
}

impl Credit {
    /// The one row that books what is left of a publication outside.
    pub fn outside(publication: PublicationIndex, share: Share) -> Credit {
        Credit {
            publication,
            account: Account::Outside,
            author_position: 0,
            staff: None,
            rule: Rule::Outside,
            confidence: 1.0,
            full: true,
            share,
        }
    }
}

/// A record or claim that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excluded {
    /// Id of the publication, or `file:row` of a record without one.
    pub record: String,
    /// File and row it came from.
    pub source: String,
    /// Stable kebab-case reason, e.g. `duplicate-record`.
    pub reason: &'static str,
    /// What exactly: the publication it was merged into, the employment window …
    pub detail: String,
}

/// An entry of a list of highly cited researchers whose primary affiliation is the university.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListedResearcher {
    /// Index into [`crate::model::tables::Tables::highly_cited`].
    pub row: u32,
    /// Index into [`crate::model::tables::Tables::staff`]; without one the entry is the university's alone.
    pub staff: Option<u32>,
    /// How sure the match to the member of staff is, 0–1; 0 without one.
    pub confidence: f64,
}

/// All credits, ascending by publication, then author position, then account.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The rows.
    pub credits: Vec<Credit>,
    /// What was not counted and why, ascending.
    pub excluded: Vec<Excluded>,
    /// Matches that await a decision, by priority.
    pub reviews: Vec<Review>,
    /// Overrides that took effect, in file order; corrections of cells first.
    pub overrides: Vec<Applied>,
    /// Highly cited researchers of ours, ascending by row.
    pub highly_cited: Vec<ListedResearcher>,
}

impl Ledger {
    /// Credits that exist, or are missing, because of an override.
    pub fn credits_on_overrides(&self) -> u64 {
        self.overrides.iter().map(|applied| u64::from(applied.credits)).sum()
    }

    /// Authors whose match awaits a decision.
    pub fn cases_to_review(&self) -> u32 {
        self.reviews.iter().map(|review| review.priority).max().unwrap_or(0)
    }

    /// Publications credited to `unit` or to any unit in `units`, ascending, without repeats.
    pub fn publications_of(&self, units: &[UnitIndex]) -> Vec<PublicationIndex> {
        let mut publications: Vec<PublicationIndex> = self
            .credits
            .iter()
            .filter(|credit| matches!(credit.account, Account::Unit(unit) if units.binary_search(&unit).is_ok()))
            .map(|credit| credit.publication)
            .collect();
        publications.dedup();
        publications
    }
}
