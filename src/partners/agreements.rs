//! What agreements come to, and which partners have none.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Finding;
use crate::model::partners::agreement_state::{AgreementState, State, Step};
use crate::model::partners::sheets::Agreement;
use crate::model::partners::tie::Whereabouts;
use crate::model::research_network::SUSTAINED;
use crate::model::tables::Date;
use crate::model::unit::{UNIVERSITY, UnitIndex};
use crate::partners::corpus::Corpus;

/// Months before its end from which an agreement is looked at.
const SOON: i32 = 12;

/// One row for each agreement in the order of the sheets; then one for each partner abroad and each company with at least three
/// joint papers and no agreement, those with most papers first.
pub fn states(corpus: &Corpus, day: Date, findings: &mut Vec<Finding>) -> Vec<AgreementState> {
    report_repeated(&corpus.results.tables.agreements, findings);
    let agreements = corpus.results.tables.agreements.iter().zip(&corpus.identities.of_agreement);
    let mut states: Vec<AgreementState> =
        agreements.clone().map(|(row, partner)| state(corpus, row, *partner, day)).collect();
    // An agreement that has ended is not missing: it is to be renewed.
    let agreed: BTreeSet<u32> = agreements.filter_map(|(_, partner)| *partner).collect();
    let without = (0..corpus.identities.partners.len() as u32).filter(|partner| {
        // National partners are not this office's to sign with.
        let at_home = corpus.identities.partners[*partner as usize].whereabouts == Whereabouts::Home;
        !at_home && !agreed.contains(partner) && corpus.of_partner[*partner as usize].len() >= SUSTAINED as usize
    });
    let mut missing: Vec<AgreementState> = without.map(|partner| without_agreement(corpus, partner)).collect();
    missing.sort_by(|a, b| b.papers.cmp(&a.papers).then_with(|| a.partner_key.cmp(&b.partner_key)));
    states.extend(missing);
    states
}

fn report_repeated(agreements: &[Agreement], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, &Agreement> = BTreeMap::new();
    for row in agreements {
        if let Some(first) = seen.insert(&row.id, row) {
            let message = format!("the agreement \"{}\" stands at {} too; both are used", row.id, first.place);
            let hint = "give each agreement its own number, and name all its units in one row";
            findings.push(Finding::warning("duplicate-agreement", message).at(row.place.clone()).hint(hint));
        }
    }
}

fn state(corpus: &Corpus, row: &Agreement, partner: Option<u32>, day: Date) -> AgreementState {
    let identity = partner.map(|partner| &corpus.identities.partners[partner as usize]);
    let countable = identity.filter(|identity| identity.countable);
    let papers: &[u32] = partner.map_or(&[], |partner| &corpus.of_partner[partner as usize]);
    let of_units: Vec<u32> =
        papers.iter().copied().filter(|&paper| row.units.iter().any(|unit| corpus.holds(unit.at(), paper))).collect();
    let signed = row.from.map_or(i32::MIN, |day| day.year);
    let since = |papers: &[u32]| {
        papers.iter().filter(|paper| corpus.paper(**paper).year.is_some_and(|year| year >= signed)).count() as u64
    };
    let visits = visits_since(corpus, partner, row.from);
    let (own, all) = (since(&of_units), since(papers));
    let ended = row.to.is_some_and(|last| last < day);
    let begun = row.from.is_none_or(|first| first <= day);
    let state = match (countable.is_some() || visits > 0, begun, ended) {
        (false, ..) => State::NotIdentified,
        (_, false, _) => State::NotBegun,
        (_, _, true) if all > 0 => State::EndedActive,
        (_, _, true) => State::Ended,
        _ if own > 0 || visits > 0 => State::Active,
        _ if all > 0 => State::ActiveElsewhere,
        _ => State::Dormant,
    };
    let months_left = row.to.map(|last| day.months_until(last));
    let ends_soon = begun && !ended && months_left.is_some_and(|months| months < SOON);
    let step = match state {
        State::NotIdentified => Step::Identify,
        State::EndedActive => Step::Renew,
        State::Active | State::ActiveElsewhere if ends_soon => Step::Renew,
        State::Dormant if ends_soon => Step::Close,
        State::Ended => Step::Close,
        State::Dormant => Step::ReviveOrClose,
        State::Active | State::ActiveElsewhere | State::NotBegun | State::WithoutAgreement => Step::Keep,
    };
    let ids: Vec<&str> = row.units.iter().map(|unit| corpus.unit_id(unit.at())).collect();
    AgreementState {
        agreement: row.id.clone(),
        partner: row.partner.clone(),
        partner_key: identity.map_or_else(String::new, |identity| identity.key.clone()),
        country: row.country.clone(),
        company: row.company.unwrap_or(identity.is_some_and(|identity| identity.company)),
        kind: row.kind.clone(),
        units: ids.join(";"),
        signed: row.from.map_or_else(String::new, shown),
        ends: row.to.map_or_else(String::new, shown),
        state,
        months_left,
        ends_soon,
        papers_of_units: of_units.len() as u64,
        papers: papers.len() as u64,
        papers_since_signing: all,
        last_year: papers.iter().filter_map(|&paper| corpus.paper(paper).year).max(),
        impact: corpus.mean_impact(papers.iter().copied()).0,
        visits,
        step,
        source: row.place.to_string(),
    }
}

fn visits_since(corpus: &Corpus, partner: Option<u32>, from: Option<Date>) -> u64 {
    let Some(partner) = partner else { return 0 };
    let visits = corpus.results.tables.visits.iter().zip(&corpus.identities.of_visit);
    let counts = |visit: &Date| from.is_none_or(|from| *visit >= from);
    visits.filter(|(visit, of)| **of == Some(partner) && counts(&visit.from)).count() as u64
}

fn without_agreement(corpus: &Corpus, partner: u32) -> AgreementState {
    let identity = &corpus.identities.partners[partner as usize];
    let papers = &corpus.of_partner[partner as usize];
    let units = &corpus.results.tables.units;
    let joint = |unit: usize| papers.iter().filter(|paper| corpus.holds(unit, **paper)).count();
    let below = (0..units.len()).filter(|&unit| units.get(UnitIndex(unit as u32)).unit_type != UNIVERSITY);
    // Of equals the first of the sheet.
    let most = below.map(|unit| (joint(unit), std::cmp::Reverse(unit))).max().filter(|(papers, _)| *papers > 0);
    let unit = most.map_or_else(|| units.university().map(UnitIndex::at), |(_, unit)| Some(unit.0));
    let of_unit = unit.map_or(0, joint) as u64;
    AgreementState {
        agreement: String::new(),
        partner: identity.name.clone(),
        partner_key: identity.key.clone(),
        country: identity.country.clone(),
        company: identity.company,
        kind: String::new(),
        units: unit.map_or_else(String::new, |unit| corpus.unit_id(unit).to_owned()),
        signed: String::new(),
        ends: String::new(),
        state: State::WithoutAgreement,
        months_left: None,
        ends_soon: false,
        papers_of_units: of_unit,
        papers: papers.len() as u64,
        papers_since_signing: papers.len() as u64,
        last_year: papers.iter().filter_map(|&paper| corpus.paper(paper).year).max(),
        impact: corpus.mean_impact(papers.iter().copied()).0,
        visits: visits_since(corpus, Some(partner), None),
        step: Step::Sign,
        source: String::new(),
    }
}

/// A day as `YYYY-MM-DD`.
pub fn shown(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}
