//! Profiles of units: papers by year, how few hold the citations, what could be corrected.

use std::collections::BTreeSet;

use crate::model::assessment::Assessment;
use crate::model::audit::Audit;
use crate::model::chart::Concentration;
use crate::model::ledger::Ledger;
use crate::model::profile::Profile;
use crate::model::publication::{PublicationIndex, Publications};
use crate::model::tables::{Date, Staff, StaffCategory, Tables};
use crate::model::unit::UnitIndex;

/// The profile of every unit, in unit order.
pub fn profiles(
    assessment: &Assessment,
    tables: &Tables,
    publications: &Publications,
    ledger: &Ledger,
    audit: &Audit,
) -> Vec<Profile> {
    let of = |unit: UnitIndex| profile(assessment, tables, publications, ledger, audit, unit);
    let mut profiles: Vec<Profile> = tables.units.iter().map(|(unit, _)| of(unit)).collect();
    if let Some(university) = tables.units.university() {
        let whole = &profiles[university.at()];
        let (papers, citations) = (whole.publications, whole.citations);
        let part = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        for profile in &mut profiles {
            profile.share_of_publications = part(profile.publications, papers);
            profile.share_of_citations = part(profile.citations, citations);
        }
    }
    profiles
}

fn profile(
    assessment: &Assessment,
    tables: &Tables,
    publications: &Publications,
    ledger: &Ledger,
    audit: &Audit,
    unit: UnitIndex,
) -> Profile {
    let window = assessment.publication_window();
    let types = &assessment.policy.document_types;
    let family = tables.units.descendants(unit);
    let of_ours = |units: &[UnitIndex]| units.iter().any(|unit| family.binary_search(unit).is_ok());
    let counts = |paper: &PublicationIndex| {
        let paper = &publications.items[paper.at()];
        paper.year.is_some_and(|year| window.contains(year))
            && (types.is_empty() || types.contains(&paper.document_type))
    };
    let papers: Vec<PublicationIndex> = ledger.publications_of(family).into_iter().filter(counts).collect();
    let in_year = |year: i32| papers.iter().filter(|paper| publications.items[paper.at()].year == Some(year)).count();
    let known: Vec<u64> = papers
        .iter()
        .filter_map(|paper| publications.items[paper.at()].citations)
        .map(|cited| u64::try_from(cited).unwrap_or(0))
        .collect();
    let cited = Concentration::new(known);
    let correctable: BTreeSet<PublicationIndex> = audit
        .breaches
        .iter()
        .filter(|breach| family.binary_search(&breach.unit).is_ok() && audit.rules[breach.rule].recoverable)
        .map(|breach| breach.publication)
        .collect();
    let end = Date { year: window.to, month: 12, day: 31 };
    let academic: Vec<&Staff> = tables
        .staff
        .iter()
        .filter(|person| person.category == StaffCategory::Academic && of_ours(&person.units))
        .filter(|person| person.from.is_none_or(|from| from <= end) && person.to.is_none_or(|to| to >= end))
        .collect();
    let without_id = academic.iter().filter(|person| person.scopus_ids.is_empty() && person.orcids.is_empty()).count();
    let to_review: BTreeSet<(PublicationIndex, u32)> = ledger
        .reviews
        .iter()
        .filter(|review| of_ours(&tables.staff[review.staff as usize].units))
        .map(|review| (review.publication, review.author_position))
        .collect();
    Profile {
        unit,
        publications: papers.len() as u64,
        years: (window.from..=window.to).map(|year| (year, in_year(year) as u64)).collect(),
        citations: cited.total(),
        with_citations: cited.citations.len() as u64,
        half_from: cited.half(),
        uncited: cited.uncited(),
        share_of_publications: None,
        share_of_citations: None,
        correctable: correctable.len() as u64,
        academic_staff: academic.len() as u64,
        without_id: without_id as u64,
        to_review: to_review.len() as u64,
    }
}
