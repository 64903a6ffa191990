//! Whom a unit publishes with: institutions abroad and at home, and other units of its own institution.

use std::collections::BTreeMap;

use super::countries::country_name;
use super::{Scene, about};
use crate::model::chart::{Chart, Drawing, Network, Partner, Relation};
use crate::model::publication::Publication;
use crate::model::report::{Argument, Phrase, Text};
use crate::model::unit::UnitIndex;

/// Most partners of each kind; what one kind does not need, the other institutions may take.
const ABROAD: usize = 7;
const AT_HOME: usize = 5;
const OWN: usize = 4;
/// Most lines between partners, and the fewest papers of one.
const BETWEEN: usize = 10;
const FEWEST: u64 = 2;

/// The institutions with most joint papers and the units of its type that share most papers with it. `None` without any.
pub fn chart(scene: &Scene, unit: usize) -> Option<Chart> {
    let (results, named) = (scene.results, &scene.units[unit]);
    let papers = scene.holdings.papers(results, unit);
    let abroad = most(&papers, |paper| &paper.foreign_partners);
    let at_home = most(&papers, |paper| &paper.partners_at_home);
    let units = units(scene, unit);
    let rooms = rooms(abroad.len(), at_home.len());
    let own = |&(other, joint): &(usize, u64)| {
        let place = Some(Phrase::new("chart.own_unit").into());
        let partner = Partner { label: scene.units[other].text(), place, relation: Relation::Own, papers: joint };
        (Key::Unit(other as u32), partner)
    };
    let mut chosen: Vec<(Key, Partner)> =
        (abroad.iter().take(rooms.0).map(|&partner| institution(scene, Relation::Abroad, partner)))
            .chain(at_home.iter().take(rooms.1).map(|&partner| institution(scene, Relation::AtHome, partner)))
            .chain(units.iter().take(OWN).map(own))
            .collect();
    if chosen.is_empty() {
        return None;
    }
    chosen.sort_by_key(|(_, partner)| std::cmp::Reverse(partner.papers));
    let between = between(scene, unit, &chosen);
    let partners: Vec<Partner> = chosen.into_iter().map(|(_, partner)| partner).collect();
    let institutions = Phrase::new("chart.partners_facts")
        .with("abroad", Argument::Count(abroad.len() as u64))
        .with("home", Argument::Count(at_home.len() as u64))
        .with("years", Argument::Years(results.assessment.publication_window()));
    let first = &partners[0];
    let reading = Phrase::new("chart.partners_reading")
        .with("partner", Argument::Text(first.label.clone()))
        .with("papers", Argument::Count(first.papers));
    let mut notes: Vec<Text> = vec![Phrase::new("chart.partners_note").into()];
    if !between.is_empty() {
        notes.push(Phrase::new("chart.partners_between").into());
    }
    notes.push(Phrase::new("chart.partners_names").into());
    Some(Chart {
        name: format!("partners-{}", named.slug),
        unit: Some(unit),
        title: about("chart.partners", named).into(),
        reading: reading.into(),
        sources: vec!["publications.csv", "credits.csv"],
        subtitle: vec![Text::UnitType(named.unit_type.clone()), institutions.into()],
        notes,
        invented: scene.invented(),
        drawing: Drawing::Network(Network { centre: named.text(), partners, between }),
    })
}

/// What a partner is counted by.
#[derive(Clone, Copy, PartialEq)]
enum Key<'a> {
    Institution(&'a str),
    Unit(u32),
}

/// An institution under its printed name.
fn institution<'r>(scene: &Scene, relation: Relation, (key, papers): (&'r str, u64)) -> (Key<'r>, Partner) {
    let (name, country) = key.rsplit_once('|').unwrap_or((key, ""));
    let printed = scene.results.publications.partner_names.get(key).map_or(name, String::as_str);
    let place = (!country.is_empty()).then(|| country_name(country));
    (Key::Institution(key), Partner { label: Text::Verbatim(printed.to_owned()), place, relation, papers })
}

/// How many abroad and at home are shown.
fn rooms(abroad: usize, at_home: usize) -> (usize, usize) {
    let (most_abroad, most_home) = (abroad.min(ABROAD), at_home.min(AT_HOME));
    (abroad.min(ABROAD + AT_HOME - most_home), at_home.min(AT_HOME + ABROAD - most_abroad))
}

/// Partners with their joint papers: most first, equals by name.
fn most<'r>(papers: &[&'r Publication], partners: fn(&Publication) -> &Vec<String>) -> Vec<(&'r str, u64)> {
    let mut joint: BTreeMap<&'r str, u64> = BTreeMap::new();
    for paper in papers {
        for partner in partners(paper) {
            *joint.entry(partner).or_default() += 1;
        }
    }
    let mut joint: Vec<(&str, u64)> = joint.into_iter().collect();
    joint.sort_by_key(|(_, papers)| std::cmp::Reverse(*papers));
    joint
}

/// Units of the same type, neither above nor below the unit, with papers that both hold: most first, equals in the order of
/// the sheet.
fn units(scene: &Scene, unit: usize) -> Vec<(usize, u64)> {
    let all = &scene.results.tables.units;
    let index = UnitIndex(unit as u32);
    let related = |other: UnitIndex| {
        all.ancestors(index).binary_search(&other).is_ok() || all.descendants(index).binary_search(&other).is_ok()
    };
    let mut joint = vec![0_u64; all.len()];
    for &paper in &scene.holdings.of_unit[unit] {
        for &holder in &scene.holdings.holders[paper as usize] {
            joint[holder as usize] += 1;
        }
    }
    let alike = |other: &usize| {
        let other = UnitIndex(*other as u32);
        all.get(other).unit_type == all.get(index).unit_type && !related(other)
    };
    let mut shared: Vec<(usize, u64)> = (0..all.len()).filter(alike).map(|other| (other, joint[other])).collect();
    shared.retain(|(_, papers)| *papers > 0);
    shared.sort_by_key(|(_, papers)| std::cmp::Reverse(*papers));
    shared
}

/// Pairs of partners on the same papers of the unit: most papers first, equals in the order of partners.
fn between(scene: &Scene, unit: usize, chosen: &[(Key, Partner)]) -> Vec<(usize, usize, u64)> {
    let mut pairs: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    for &paper in &scene.holdings.of_unit[unit] {
        let item = &scene.results.publications.items[paper as usize];
        let holders = &scene.holdings.holders[paper as usize];
        let on = |key: &Key| match key {
            Key::Institution(name) => {
                let is = |known: &String| known.as_str() == *name;
                item.foreign_partners.iter().any(is) || item.partners_at_home.iter().any(is)
            }
            Key::Unit(other) => holders.binary_search(other).is_ok(),
        };
        let here: Vec<usize> = (0..chosen.len()).filter(|&partner| on(&chosen[partner].0)).collect();
        for (place, &one) in here.iter().enumerate() {
            for &other in &here[place + 1..] {
                *pairs.entry((one, other)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<(usize, usize, u64)> =
        pairs.into_iter().filter(|(_, papers)| *papers >= FEWEST).map(|((a, b), papers)| (a, b, papers)).collect();
    pairs.sort_by_key(|(_, _, papers)| std::cmp::Reverse(*papers));
    pairs.truncate(BETWEEN);
    pairs
}
