//! Partners: with whom units publish, what agreements come to, whom to approach, what helps and what threatens.
//!
//! Every struct of rows is one row of its CSV file, its fields the columns in their order.

pub mod agreement_state;
pub mod candidate;
pub mod desk;
pub mod line;
pub mod rule;
pub mod sheets;
pub mod showcase;
pub mod submission;
pub mod tie;
pub mod visit_effect;

use std::collections::BTreeMap;

use agreement_state::AgreementState;
use candidate::{Candidate, Introduction};
use desk::Desk;
use line::{Dependence, Line};
use showcase::{TopPaper, UnitSubject};
use submission::Submission;
use tie::{Network, Tie};
use visit_effect::VisitEffect;

use crate::model::names::Names;
use crate::model::tables::Date;

/// How a partner's name is read: as names of partners in affiliations are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartnerReading {
    /// University as `name|country`, as in [`crate::model::publication::Publication::foreign_partners`].
    pub partner: Option<String>,
    /// Company, as in [`crate::model::publication::Publication::companies`].
    pub company: Option<String>,
}

/// The readings of all partners that sheets name.
#[derive(Debug, Clone, Default)]
pub struct PartnerReadings {
    /// Of each agreement.
    pub agreements: Vec<PartnerReading>,
    /// Of each visit.
    pub visits: Vec<PartnerReading>,
    /// Of each known partner: its name, then its other spellings.
    pub known: Vec<Vec<PartnerReading>>,
}

/// All that was worked out of partners.
#[derive(Debug, Clone, Default)]
pub struct Partners {
    /// The day as of which agreements run or have ended.
    pub day: Date,
    /// Unit × country, institution or company.
    pub ties: Vec<Tie>,
    /// Each unit's network as a whole.
    pub networks: Vec<Network>,
    /// Agreements, and partners without one.
    pub agreements: Vec<AgreementState>,
    /// The whole, then country by country.
    pub desks: Vec<Desk>,
    /// What visits led to.
    pub visits: Vec<VisitEffect>,
    /// Institutions to approach.
    pub candidates: Vec<Candidate>,
    /// Authors elsewhere to be introduced to.
    pub introductions: Vec<Introduction>,
    /// What units publish most in.
    pub subjects: Vec<UnitSubject>,
    /// Their most cited recent papers.
    pub top_papers: Vec<TopPaper>,
    /// On whom a unit's citations depend.
    pub dependences: Vec<Dependence>,
    /// Strengths, weaknesses, opportunities, threats, needs and priorities.
    pub lines: Vec<Line>,
    /// What each rule says, by its id.
    pub rule_names: BTreeMap<String, Names>,
    /// Figures for the portals of rankings.
    pub submissions: Vec<Submission>,
}
