//! Measures that rest on lists: highly cited researchers, awards, patents.
//!
//! A list that is there and names none of ours gives a true zero; without a list there is no value.

use std::collections::{BTreeMap, BTreeSet};

use crate::measure::Input;
use crate::measure::holdings::Holdings;
use crate::model::edition::AwardDecades;
use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::listed::{Award, LaureateKind};
use crate::model::measure::{MeasureKey, Reason, Status};
use crate::model::text::fold;
use crate::model::unit::UnitIndex;

/// All measures of lists that are worked out.
pub const MEASURES: [&str; 4] =
    ["highly_cited_researchers", "staff_awards", "alumni_awards", "patents_citing_research"];

/// The rows of one of [`MEASURES`] of one unit; missing where the code is none of them.
pub fn evidence(input: Input, key: &MeasureKey, unit: usize, holdings: &Holdings) -> Evidence {
    let unit = UnitIndex(unit as u32);
    match key.measure.as_str() {
        "highly_cited_researchers" => highly_cited(input, key.window.to, unit),
        "staff_awards" => awards(input, key, unit, LaureateKind::Staff),
        "alumni_awards" => awards(input, key, unit, LaureateKind::Alumnus),
        "patents_citing_research" => patents(input, key, holdings),
        _ => Evidence::missing(Reason::NotSupplied),
    }
}

/// Years of the lists of highly cited researchers, ascending.
pub fn years(input: Input) -> BTreeSet<i32> {
    input.tables.highly_cited.iter().filter_map(|entry| entry.year).collect()
}

fn known(terms: Vec<Term>) -> Evidence {
    let n = terms.len() as u64;
    Evidence::known(terms, Fold::Sum, n, Status::Computed)
}

/// Entries of the list of a year, or of lists without a year, whose primary affiliation is the university: those of the
/// unit's staff, for the university all. A researcher listed in two fields counts twice: with 95, 84 and 109 entries of
/// Harvard University in the lists of 2015–2017 the published scores 100·√(n/n_max) of ARWU 2016–2018 come out to the
/// last digit; with its 84, 75 and 99 heads they do not.
fn highly_cited(input: Input, year: i32, unit: UnitIndex) -> Evidence {
    let of_year = |row: u32| input.tables.highly_cited[row as usize].year.is_none_or(|listed| listed == year);
    if !(0..input.tables.highly_cited.len() as u32).any(of_year) {
        return Evidence::missing(Reason::NotSupplied);
    }
    let units = input.tables.units.descendants(unit);
    let is_whole = input.tables.units.university() == Some(unit);
    let here = |staff: Option<u32>| {
        let posts = staff.map_or(&[][..], |staff| input.tables.staff[staff as usize].units.as_slice());
        is_whole || posts.iter().any(|post| units.binary_search(post).is_ok())
    };
    let ours = input.ledger.highly_cited.iter().filter(|entry| of_year(entry.row) && here(entry.staff));
    known(ours.map(|entry| Term::weighted(Subject::HighlyCited(entry.row), 1.0, 1.0)).collect())
}

/// Laureates of a kind. Staff count by their share of the prize and the decade of the prize; alumni count whole, by the
/// decade of their degree (ARWU, `reference` of the edition). Nobody counts twice: of several rows of one prize of a
/// member of staff, and of several degrees of an alumnus, the one that brings most is taken.
fn awards(input: Input, key: &MeasureKey, unit: UnitIndex, kind: LaureateKind) -> Evidence {
    if input.tables.awards.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let edition = key.edition.as_ref().and_then(|id| input.editions.iter().find(|edition| edition.id == *id));
    let decades = edition.and_then(|edition| edition.counting.award_decades);
    let units = input.tables.units.descendants(unit);
    let here = |award: &Award| award.kind == kind && units.binary_search(&award.unit).is_ok();
    let mut best: BTreeMap<(String, String, i32), Term> = BTreeMap::new();
    for (row, award) in (0_u32..).zip(&input.tables.awards).filter(|(_, award)| here(award)) {
        let weight = |year: i32| decades.map_or(1.0, |decades| decade_weight(decades, year));
        let subject = Subject::Award(row);
        let (identity, term) = match kind {
            LaureateKind::Staff => {
                let identity = (fold(&award.person), fold(&award.prize), award.year);
                (identity, Term::weighted(subject, weight(award.year), award.share))
            }
            LaureateKind::Alumnus => {
                let degree = award.degree_year.unwrap_or(award.year);
                ((fold(&award.person), String::new(), 0), Term::weighted(subject, weight(degree), 1.0))
            }
        };
        best.entry(identity)
            .and_modify(|kept| {
                if term.amount > kept.amount {
                    *kept = term
                }
            })
            .or_insert(term);
    }
    let mut terms: Vec<Term> = best.into_values().collect();
    terms.sort_by_key(|term| term.subject);
    known(terms)
}

/// The weight of a decade: 1 from `full_from` on, `step` less for each ten years before, never below 0.
pub fn decade_weight(decades: AwardDecades, year: i32) -> f64 {
    let before = (decades.full_from - year).max(0);
    let decade = (before + 9) / 10;
    // Tenths of a step are rounded off, so that 1 − 9 · 0.1 is 0.1.
    ((1.0 - f64::from(decade) * decades.step).max(0.0) * 1e9).round() / 1e9
}

/// Families of patents that cite a work of the unit, each once, by the first of its rows that does. The years are those
/// of the patents, not of the works: THE counts patents that were published in the window, whenever the cited work was.
/// Works count that are of the edition's document types.
fn patents(input: Input, key: &MeasureKey, holdings: &Holdings) -> Evidence {
    if input.tables.patents.is_empty() {
        return Evidence::missing(Reason::NotSupplied);
    }
    let edition = key.edition.as_ref().and_then(|id| input.editions.iter().find(|edition| edition.id == *id));
    let policy = &input.assessment.policy.document_types;
    let types = edition.map_or(policy, |edition| &edition.counting.document_types);
    let works = holdings.held.iter().map(|held| &input.publications.items[held.publication as usize]);
    let works = works.filter(|item| types.is_empty() || types.contains(&item.document_type));
    let dois: BTreeSet<&str> = works.filter_map(|item| item.doi.as_deref()).collect();
    let mut families: BTreeSet<&str> = BTreeSet::new();
    let mut terms = Vec::new();
    for (row, patent) in (0_u32..).zip(&input.tables.patents).filter(|(_, patent)| key.window.contains(patent.year)) {
        let cites = patent.cited.iter().any(|doi| dois.contains(doi.as_str()));
        if cites && families.insert(&patent.family) {
            terms.push(Term::weighted(Subject::Patent(row), 1.0, 1.0));
        }
    }
    known(terms)
}
