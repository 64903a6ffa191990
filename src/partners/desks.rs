//! Country desks: agreements and visits by country, and all together.

use std::collections::BTreeMap;

use crate::model::partners::agreement_state::{AgreementState, State, Step};
use crate::model::partners::desk::{Desk, TOTAL};
use crate::model::partners::tie::{PartnerKind, Tie, Whereabouts};
use crate::model::partners::visit_effect::VisitEffect;
use crate::model::unit::UNIVERSITY;
use crate::partners::corpus::Corpus;

/// The total first, then the countries with most papers, then with most agreements.
pub fn desks(corpus: &Corpus, ties: &[Tie], agreements: &[AgreementState], visits: &[VisitEffect]) -> Vec<Desk> {
    let mut desks: BTreeMap<&str, Desk> = BTreeMap::new();
    let mut total = Desk { country: TOTAL.to_owned(), ..Desk::default() };
    for state in agreements {
        add_agreement(desks.entry(&state.country).or_default(), state);
        add_agreement(&mut total, state);
    }
    let window = corpus.results.assessment.publication_window();
    for (visit, row) in visits.iter().zip(&corpus.results.tables.visits) {
        let inside = window.contains(row.from.year);
        for desk in [desks.entry(&visit.country).or_default(), &mut total] {
            desk.visits_in += u64::from(inside && visit.direction == "in");
            desk.visits_out += u64::from(inside && visit.direction == "out");
            desk.visits_with_papers += u64::from(visit.papers.is_some_and(|papers| papers > 0));
        }
    }
    let units = &corpus.results.tables.units;
    let university = units.iter().find(|(_, unit)| unit.unit_type == UNIVERSITY);
    if let Some((index, university)) = university {
        let own = |tie: &&Tie| {
            tie.kind == PartnerKind::Country && tie.unit == university.id && tie.whereabouts == Whereabouts::Abroad
        };
        for tie in ties.iter().filter(own) {
            desks.entry(&tie.name).or_default().papers = tie.papers;
        }
        let papers = corpus.holdings.of_unit[index.at()].iter();
        total.papers = papers.filter(|paper| corpus.paper(**paper).international == Some(true)).count() as u64;
    }
    let mut rows: Vec<Desk> =
        desks.into_iter().map(|(country, desk)| Desk { country: country.to_owned(), ..desk }).collect();
    rows.sort_by(|a, b| {
        (b.papers, b.agreements).cmp(&(a.papers, a.agreements)).then_with(|| a.country.cmp(&b.country))
    });
    std::iter::once(total).chain(rows).collect()
}

fn add_agreement(desk: &mut Desk, state: &AgreementState) {
    let in_force = matches!(state.state, State::Active | State::ActiveElsewhere | State::Dormant);
    desk.agreements += u64::from(!state.agreement.is_empty());
    desk.in_force += u64::from(in_force);
    desk.active += u64::from(state.state == State::Active);
    desk.dormant += u64::from(state.state == State::Dormant);
    desk.ends_soon += u64::from(in_force && state.ends_soon);
    desk.not_identified += u64::from(state.state == State::NotIdentified);
    desk.companies += u64::from(in_force && state.company);
    match state.step {
        Step::Keep | Step::Identify => {}
        Step::Renew => desk.renew += 1,
        Step::ReviveOrClose => desk.revive_or_close += 1,
        Step::Close => desk.close += 1,
        Step::Sign => desk.sign += 1,
    }
}
