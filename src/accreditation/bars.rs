//! Who may not visit whom: own units, past employment, papers with leaders, declared ties, service, certificates.

use std::collections::BTreeMap;

use crate::accreditation::known::Known;
use crate::model::accreditation::evaluator::{Evaluator, TieKind};
use crate::model::accreditation::panel::Bar;
use crate::model::accreditation::visit::VisitRequest;
use crate::model::publication::PublicationIndex;
use crate::model::text::digits_to_ascii;
use crate::model::unit::UnitIndex;

/// A reason, with what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub bar: Bar,
    /// The leader, the kind of tie, the certificate, the years.
    pub detail: String,
    /// Papers that show it.
    pub publications: Vec<PublicationIndex>,
}

/// Publications of members of staff by their number, from the ledger: credits that are matched to a person.
#[derive(Debug, Default)]
pub struct Papers(BTreeMap<String, Vec<PublicationIndex>>);

impl Papers {
    /// Of everybody. Papers of more authors than the rules allow are left out.
    pub fn new(known: &Known<'_>) -> Papers {
        let results = known.results;
        let most = known.rules.panel.most_authors;
        let mut papers: BTreeMap<String, Vec<PublicationIndex>> = BTreeMap::new();
        for credit in &results.ledger.credits {
            let Some(staff) = credit.staff else { continue };
            if results.publications.authors_of(credit.publication).len() > most {
                continue;
            }
            let own = papers.entry(number(&results.tables.staff[staff as usize].id)).or_default();
            // Credits ascend by publication.
            if own.last() != Some(&credit.publication) {
                own.push(credit.publication);
            }
        }
        Papers(papers)
    }

    fn common(&self, first: &str, second: &str) -> Vec<PublicationIndex> {
        let (Some(first), Some(second)) = (self.0.get(first), self.0.get(second)) else { return Vec::new() };
        first.iter().copied().filter(|paper| second.binary_search(paper).is_ok()).collect()
    }
}

/// A staff number in ASCII digits, as the sheets of accreditation are read: offices type it in either.
pub fn number(id: &str) -> String {
    digits_to_ascii(id)
}

/// Every reason why an evaluator of these units may not make a visit.
pub fn reasons(
    known: &Known<'_>,
    papers: &Papers,
    (evaluator, units): (&Evaluator, &[UnitIndex]),
    visit: &VisitRequest,
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut say = |bar, detail: String, publications| reasons.push(Reason { bar, detail, publications });
    let rules = &known.rules.panel;
    if let Some(unit) = units.iter().copied().find(|unit| related(known, *unit, visit.unit)) {
        say(Bar::OwnUnit, known.id(unit), Vec::new());
    }
    let day = visit.day.or(known.day());
    for tie in
        known.sheets.ties.iter().filter(|tie| tie.evaluator == evaluator.id && related(known, tie.unit, visit.unit))
    {
        if tie.kind != TieKind::Employment {
            say(Bar::Declared, tie.kind.as_str().to_owned(), Vec::new());
            continue;
        }
        // Without a day of the visit nothing can be told to be long ago.
        let long_ago = tie.until.zip(day).is_some_and(|(until, day)| until < day.years_before(rules.employment_years));
        if !long_ago {
            say(Bar::PastEmployment, tie.until.map(|until| until.to_string()).unwrap_or_default(), Vec::new());
        }
    }
    let year = visit.day.map_or(known.results.assessment.year, |day| day.year);
    let recent = |paper: &PublicationIndex| {
        let written = known.results.publications.items[paper.at()].year;
        written.is_none_or(|written| written > year - rules.co_authorship_years - 1)
    };
    for leader in visit.leaders.iter().filter(|leader| **leader != evaluator.id) {
        let common: Vec<PublicationIndex> =
            papers.common(&evaluator.id, leader).into_iter().filter(|paper| recent(paper)).collect();
        if !common.is_empty() {
            say(Bar::CoAuthorship, leader.clone(), common);
        }
    }
    if let Some(years) = evaluator.service.filter(|years| *years < rules.service_years) {
        say(Bar::Service, years.to_string(), Vec::new());
    }
    for wanted in rules.certificates.iter().filter(|wanted| !evaluator.certificates.contains(wanted)) {
        say(Bar::Certificate, wanted.clone(), Vec::new());
    }
    reasons
}

/// The unit of the sheet, and those of the staff sheet.
pub fn own_units(known: &Known<'_>, evaluator: &Evaluator) -> Vec<UnitIndex> {
    let mut units = vec![evaluator.unit];
    let staff = known.results.tables.staff.iter().find(|person| number(&person.id) == evaluator.id);
    units.extend(staff.into_iter().flat_map(|person| person.units.iter().copied()));
    units
}

/// Whether one unit is the other, or above or below it. Everybody belongs to the university: that is no tie.
fn related(known: &Known<'_>, first: UnitIndex, second: UnitIndex) -> bool {
    let units = &known.results.tables.units;
    let university = units.university();
    if Some(first) == university || Some(second) == university {
        return false;
    }
    units.ancestors(first).contains(&second) || units.ancestors(second).contains(&first)
}
