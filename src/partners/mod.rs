//! Partners: with whom units publish, what agreements come to, whom to approach, what helps and what threatens them.
//!
//! ```text
//! Results ──► identity (who is who) ──► corpus (who holds which paper, and leads it)
//!             corpus ──► ties, networks ──► agreements, visits ──► candidates, introductions ──► lines (by rules)
//! Tables  ──► submission (figures for portals, reconciled)
//! ```
//! All that is known of a partner are the papers, agreements and visits that it shares with us. No policy follows from
//! these numbers by itself: they say where we are visible, with whom and at what return.

mod agreements;
mod candidates;
mod corpus;
mod dependence;
mod desks;
mod identity;
mod introductions;
mod lines;
mod networks;
mod showcase;
mod subjects;
mod submission;
mod ties;
mod visits;

use crate::diagnostic::Checked;
use crate::model::partners::rule::Rules;
use crate::model::partners::{PartnerReadings, Partners};
use crate::model::results::Results;
use crate::model::tables::Date;
use corpus::Corpus;

/// The day as of which agreements run: that of the data, else the end of the window.
pub fn day(results: &Results) -> Date {
    let end = Date { year: results.assessment.publication_window().to, month: 12, day: 31 };
    results.assessment.calendar.data.unwrap_or(end)
}

/// Works everything out. `readings` tell under which names papers have the partners of the sheets.
pub fn partners(results: &Results, readings: &PartnerReadings, rules: &Rules) -> Checked<Partners> {
    let mut findings = Vec::new();
    let day = day(results);
    let corpus = Corpus::new(results, readings, &mut findings);
    let mut partners = Partners { day, ties: ties::ties(&corpus), ..Partners::default() };
    partners.agreements = agreements::states(&corpus, day, &mut findings);
    partners.networks = networks::networks(&corpus, day, &partners.agreements);
    partners.visits = visits::effects(&corpus);
    partners.desks = desks::desks(&corpus, &partners.ties, &partners.agreements, &partners.visits);
    let subjects = subjects::Subjects::new(&corpus);
    partners.subjects = showcase::subjects(&corpus, &subjects);
    partners.top_papers = showcase::papers(&corpus);
    partners.candidates = candidates::candidates(&corpus, &subjects, &partners.agreements);
    partners.introductions = introductions::introductions(&corpus, &subjects);
    partners.dependences = dependence::dependences(&corpus, day);
    partners.rule_names = rules.rules.iter().map(|rule| (rule.id.clone(), rule.name.clone())).collect();
    partners.lines = lines::lines(results, &partners, rules);
    partners.submissions = submission::submissions(results, &mut findings);
    Checked { value: partners, findings }
}
