//! Lines from ties, agreements and candidates.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Scene, Source};
use crate::model::partners::agreement_state::{AgreementState, State};
use crate::model::partners::rule::Rule;
use crate::model::partners::tie::{PartnerKind, Tie, Whereabouts};

fn of_tie(scene: &Scene, tie: &Tie, kind: &str, value: f64, weight: f64, column: &'static str) -> Option<Found> {
    let pairs = [("unit", tie.unit.as_str()), ("kind", kind), ("partner", tie.partner.as_str())];
    Some(Found {
        unit: scene.unit(&tie.unit)?,
        subject: tie.name.clone(),
        value,
        threshold: None,
        weight,
        feasibility: None,
        source: Source::new("partners.csv", &pairs, column),
    })
}

/// Institutions on whose joint papers a part of the citations rests.
pub fn one_partner(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let ties = scene.partners.ties.iter().filter(|tie| tie.kind == PartnerKind::Institution);
    ties.filter_map(|tie| {
        let share = tie.citation_share.filter(|share| *share > rule.threshold)?;
        of_tie(scene, tie, "institution", share, share - rule.threshold, "citation_share")
    })
    .collect()
}

/// Countries that the office's sheet of exposed countries names.
pub fn exposed(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let countries: BTreeSet<&str> = scene.results.tables.exposures.iter().map(|row| row.country.as_str()).collect();
    let is_exposed = |tie: &&Tie| {
        tie.kind == PartnerKind::Country
            && tie.whereabouts == Whereabouts::Abroad
            && countries.contains(tie.name.as_str())
            && tie.share > rule.threshold
    };
    let ties = scene.partners.ties.iter().filter(is_exposed);
    ties.filter_map(|tie| of_tie(scene, tie, "country", tie.share, tie.share - rule.threshold, "share")).collect()
}

/// The row of an agreement; without a number that of its partner.
fn of_agreement(
    scene: &Scene,
    row: &AgreementState,
    unit: &str,
    value: f64,
    weight: f64,
    column: &'static str,
) -> Option<Found> {
    let pairs = [
        ("agreement", row.agreement.as_str()),
        ("partner_key", row.partner_key.as_str()),
        ("units", row.units.as_str()),
    ];
    // Several units stand in one cell with `;` between them, which parts the pairs too.
    let pairs = if row.units.contains(';') { &pairs[..2] } else { &pairs[..] };
    Some(Found {
        unit: scene.unit(unit)?,
        subject: row.partner.clone(),
        value,
        threshold: None,
        weight,
        feasibility: None,
        source: Source::new("agreements_status.csv", pairs, column),
    })
}

/// Agreements that are lived and end soon, at each unit that they name.
pub fn ending(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let mut found = Vec::new();
    for row in &scene.partners.agreements {
        let lived = matches!(row.state, State::Active | State::ActiveElsewhere);
        let Some(months) = row.months_left.map(f64::from).filter(|months| lived && *months <= rule.threshold) else {
            continue;
        };
        // An agreement weighs as many papers as it has; a month less is a twelfth more urgent.
        let weight = (1.0 + row.papers as f64) * (rule.threshold + 1.0 - months) / (rule.threshold + 1.0);
        let units = row.units.split(';');
        found.extend(units.filter_map(|unit| of_agreement(scene, row, unit, months, weight, "months_left")));
    }
    found
}

/// Partners with papers and no agreement, at the unit with most of the papers.
pub fn without_agreement(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let rows = scene.partners.agreements.iter().filter(|row| row.state == State::WithoutAgreement);
    rows.filter(|row| row.papers as f64 >= rule.threshold)
        .filter_map(|row| of_agreement(scene, row, &row.units, row.papers as f64, row.papers as f64, "papers"))
        .collect()
}

/// Agreements in force that nobody uses, counted at each unit that they name.
pub fn dormant(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for row in scene.partners.agreements.iter().filter(|row| row.state == State::Dormant) {
        row.units.split(';').for_each(|unit| *counts.entry(unit).or_default() += 1);
    }
    let enough = counts.into_iter().filter(|(_, count)| *count as f64 >= rule.threshold);
    enough
        .filter_map(|(unit, count)| {
            Some(Found {
                unit: scene.unit(unit)?,
                subject: "agreements".to_owned(),
                value: count as f64,
                threshold: None,
                weight: count as f64,
                feasibility: None,
                source: Source::new("agreements_status.csv", &[("units", unit), ("state", "dormant")], "agreement"),
            })
        })
        .collect()
}

/// Institutions to approach.
pub fn candidates(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let rows = scene.partners.candidates.iter().filter(|row| row.score > rule.threshold && row.agreement.is_empty());
    rows.filter_map(|row| {
        let pairs = [("unit", row.unit.as_str()), ("partner", row.partner.as_str())];
        Some(Found {
            unit: scene.unit(&row.unit)?,
            subject: row.name.clone(),
            value: row.score,
            threshold: None,
            weight: row.score,
            feasibility: None,
            source: Source::new("candidates.csv", &pairs, "score"),
        })
    })
    .collect()
}
