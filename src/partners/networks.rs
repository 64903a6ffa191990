//! The internationalisation profile of each unit.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::partners::agreement_state::{AgreementState, State};
use crate::model::partners::tie::{Network, Whereabouts, slope};
use crate::model::profile::median;
use crate::model::tables::{Date, StaffCategory};
use crate::model::unit::UnitIndex;
use crate::partners::corpus::Corpus;
use crate::partners::ties::{Sustained, by_partner};

/// The profiles of all units in their order. `agreements` are those of the sheets, in their order, and more.
pub fn networks(corpus: &Corpus, day: Date, agreements: &[AgreementState]) -> Vec<Network> {
    let units = corpus.holdings.of_unit.len();
    let mut networks: Vec<Network> =
        (0..units).into_par_iter().map(|unit| network(corpus, unit, day, agreements)).collect();
    let graph = &corpus.results.tables.units;
    for unit_type in graph.types() {
        let alike = graph.of_type(unit_type);
        if alike.len() < corpus.results.assessment.policy.minimum_units {
            continue;
        }
        let of = |value: fn(&Network) -> Option<f64>| -> Option<f64> {
            median(&mut alike.iter().filter_map(|unit| value(&networks[unit.at()])).collect::<Vec<f64>>())
        };
        let (share, index) = (of(|network| network.international_share), of(|network| Some(network.index)));
        for unit in &alike {
            (networks[unit.at()].type_international_share, networks[unit.at()].type_index) = (share, index);
        }
    }
    networks
}

fn network(corpus: &Corpus, unit: usize, day: Date, states: &[AgreementState]) -> Network {
    let tables = &corpus.results.tables;
    let papers = &corpus.holdings.of_unit[unit];
    let abroad: Vec<u32> =
        papers.iter().copied().filter(|&paper| corpus.paper(paper).international == Some(true)).collect();
    let home: Vec<u32> =
        papers.iter().copied().filter(|&paper| corpus.paper(paper).international == Some(false)).collect();
    let known = (abroad.len() + home.len()) as u64;
    let home_name = crate::model::country::meant(&corpus.results.assessment.institution.country)
        .map_or(corpus.results.assessment.institution.country.as_str(), |country| country.name.get("en"));
    let countries: BTreeSet<&str> =
        papers.iter().flat_map(|&paper| &corpus.paper(paper).countries).map(String::as_str).collect();
    let by_partner = by_partner(corpus, unit);
    let is_abroad = |partner: &&u32| {
        let identity = &corpus.identities.partners[**partner as usize];
        !identity.company && identity.whereabouts == Whereabouts::Abroad
    };
    let institutions = by_partner.keys().filter(is_abroad).count() as u64;
    let sustained = Sustained::of(corpus, by_partner.iter().map(|(partner, places)| (*partner, places.len())));
    let below = tables.units.descendants(UnitIndex(unit as u32));
    let names = |units: &[UnitIndex]| units.iter().any(|unit| below.binary_search(unit).is_ok());
    let own: Vec<&AgreementState> =
        tables.agreements.iter().zip(states).filter(|(row, _)| names(&row.units)).map(|(_, state)| state).collect();
    let in_force = |state: &&&AgreementState| {
        matches!(state.state, State::Active | State::ActiveElsewhere | State::Dormant)
            || state.state == State::NotIdentified && state.months_left.is_none_or(|months| months >= 0)
    };
    let window = corpus.results.assessment.publication_window();
    let months = |inbound: bool| {
        let visits = tables.visits.iter().filter(|visit| visit.inbound == Some(inbound) && names(&visit.units));
        visits
            .filter(|visit| window.contains(visit.from.year))
            .filter_map(|visit| visit.months)
            .fold(0.0, |sum, one| sum + one)
    };
    let (students, international_students) = students(corpus, below);
    let (staff, international_staff) = staff(corpus, below, day);
    Network {
        unit: corpus.unit_id(unit).to_owned(),
        papers: papers.len() as u64,
        with_country: known,
        international: abroad.len() as u64,
        international_share: (known > 0).then(|| abroad.len() as f64 / known as f64),
        international_impact: corpus.mean_impact(abroad.iter().copied()).0,
        domestic_impact: corpus.mean_impact(home).0,
        countries: countries.iter().filter(|name| **name != home_name).count() as u64,
        institutions,
        sustained: sustained.partners() as u64,
        sustained_countries: sustained.countries.len() as u64,
        index: sustained.index(),
        trend: slope(&corpus.by_year(abroad)),
        agreements: own.iter().filter(in_force).count() as u64,
        active_agreements: own.iter().filter(|state| state.state == State::Active).count() as u64,
        months_in: months(true),
        months_out: months(false),
        international_students,
        students,
        international_staff,
        staff,
        type_international_share: None,
        type_index: None,
    }
}

/// Students of the last year that the sheets hold, of the rows that say how many are international.
fn students(corpus: &Corpus, below: &[UnitIndex]) -> (Option<f64>, Option<f64>) {
    let rows = corpus.results.tables.students.iter().filter(|row| below.binary_search(&row.unit).is_ok());
    let rows: Vec<_> = rows.filter_map(|row| row.international.map(|part| (row.year, row.headcount, part))).collect();
    let Some(last) = rows.iter().map(|(year, ..)| *year).max() else { return (None, None) };
    let sum =
        |of: fn(&(i32, f64, f64)) -> f64| rows.iter().filter(|row| row.0 == last).fold(0.0, |sum, row| sum + of(row));
    (Some(sum(|row| row.1)), Some(sum(|row| row.2)))
}

/// Academic staff employed on the day whose sheet says whether they are international.
fn staff(corpus: &Corpus, below: &[UnitIndex], day: Date) -> (Option<u64>, Option<u64>) {
    let here = corpus.results.tables.staff.iter().filter(|person| {
        person.category == StaffCategory::Academic
            && person.from.is_none_or(|first| first <= day)
            && person.to.is_none_or(|last| day <= last)
            && person.units.iter().any(|unit| below.binary_search(unit).is_ok())
    });
    let said: Vec<bool> = here.filter_map(|person| person.international).collect();
    let known = !said.is_empty();
    (known.then_some(said.len() as u64), known.then(|| said.iter().filter(|abroad| **abroad).count() as u64))
}
