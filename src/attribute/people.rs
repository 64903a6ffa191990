//! People: from author ids to members of staff, within the employment window.

use rustc_hash::FxHashMap;

use crate::model::assessment::{Assessment, AttributionMethod, UnitsAt};
use crate::model::ledger::Rule;
use crate::model::publication::Author;
use crate::model::tables::{Staff, Tables};

/// A member of staff found for an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Found, and employed at the time.
    Employed {
        /// Index into the staff table.
        staff: u32,
        /// By which id.
        rule: Rule,
    },
    /// Found, but the paper lies outside the employment window.
    NotEmployed {
        /// Index into the staff table.
        staff: u32,
    },
}

/// The staff sheet, by author id.
#[derive(Debug, Default)]
pub struct Roster<'a> {
    staff: &'a [Staff],
    scopus_ids: FxHashMap<&'a str, u32>,
    orcids: FxHashMap<&'a str, u32>,
    employment_window: bool,
    grace_years: i32,
    finds_by_id: bool,
    /// Where today's posts count, the year that is today.
    today: Option<i32>,
}

impl<'a> Roster<'a> {
    /// Indexes the ids; they find nobody when the policy does not use the roster. An id that two persons share counts for the
    /// first in sheet order; the loader has reported it.
    pub fn new(tables: &'a Tables, assessment: &Assessment) -> Self {
        let policy = &assessment.attribution;
        let mut roster = Roster {
            staff: &tables.staff,
            employment_window: policy.employment_window,
            grace_years: policy.grace_years,
            finds_by_id: policy.by.contains(&AttributionMethod::Roster),
            today: (policy.units_at == UnitsAt::Today).then_some(assessment.year),
            ..Roster::default()
        };
        for (index, person) in tables.staff.iter().enumerate() {
            for id in &person.scopus_ids {
                roster.scopus_ids.entry(id).or_insert(index as u32);
            }
            for id in &person.orcids {
                roster.orcids.entry(id).or_insert(index as u32);
            }
        }
        roster
    }

    /// Whether the policy finds people by id.
    pub fn finds_by_id(&self) -> bool {
        self.finds_by_id
    }

    /// Whose id an author carries, employed or not, whether or not the policy finds people by id: nobody else can be
    /// that author.
    pub fn owner(&self, author: &Author) -> Option<u32> {
        self.by_id(author).map(|(staff, _)| staff)
    }

    fn by_id(&self, author: &Author) -> Option<(u32, Rule)> {
        let by_scopus = author.scopus_id.as_deref().and_then(|id| self.scopus_ids.get(id));
        let by_orcid = || author.orcid.as_deref().and_then(|id| self.orcids.get(id));
        let found = by_scopus.map(|&staff| (staff, Rule::RosterScopusId));
        found.or_else(|| by_orcid().map(|&staff| (staff, Rule::RosterOrcid)))
    }

    /// The member of staff behind an author of a paper of `year`: by Scopus author id, else by ORCID.
    pub fn find(&self, author: &Author, year: Option<i32>) -> Option<Match> {
        let (staff, rule) = self.by_id(author).filter(|_| self.finds_by_id)?;
        if self.employed(staff, year) {
            Some(Match::Employed { staff, rule })
        } else {
            Some(Match::NotEmployed { staff })
        }
    }

    /// Whether a person was employed in a year, where the policy asks for that; an unknown year is within.
    pub fn employed(&self, staff: u32, year: Option<i32>) -> bool {
        let person = &self.staff[staff as usize];
        if let Some(today) = self.today {
            return person.to.is_none_or(|to| to.year >= today);
        }
        match year {
            Some(year) if self.employment_window => {
                person.from.is_none_or(|from| from.year <= year)
                    && person.to.is_none_or(|to| year <= to.year + self.grace_years)
            }
            _ => true,
        }
    }
}
