//! Profiles of units: papers by year, how few hold the citations, what could be corrected.

use std::collections::BTreeSet;

use crate::model::audit::Audit;
use crate::model::chart::Concentration;
use crate::model::holdings::Holdings;
use crate::model::profile::Profile;
use crate::model::publication::{Publication, PublicationIndex};
use crate::model::results::Results;
use crate::model::tables::{Date, Staff, StaffCategory};
use crate::model::unit::UnitIndex;

/// The profile of every unit, in unit order.
pub fn profiles(results: &Results, audit: &Audit) -> Vec<Profile> {
    let units = &results.tables.units;
    let holdings = Holdings::new(results);
    let mut profiles: Vec<Profile> =
        units.iter().map(|(unit, _)| profile(results, audit, unit, &holdings.papers(results, unit.at()))).collect();
    if let Some(university) = units.university() {
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

fn profile(results: &Results, audit: &Audit, unit: UnitIndex, papers: &[&Publication]) -> Profile {
    let Results { assessment, tables, ledger, .. } = results;
    let window = assessment.publication_window();
    let family = tables.units.descendants(unit);
    let of_ours = |units: &[UnitIndex]| units.iter().any(|unit| family.binary_search(unit).is_ok());
    let in_year = |year: i32| papers.iter().filter(|paper| paper.year == Some(year)).count();
    let known = papers.iter().filter_map(|paper| paper.citations).map(|cited| u64::try_from(cited).unwrap_or(0));
    let cited = Concentration::new(known.collect());
    let correctable: BTreeSet<PublicationIndex> = audit
        .breaches
        .iter()
        .filter(|breach| family.binary_search(&breach.unit).is_ok() && audit.rules[breach.rule].recoverable)
        .map(|breach| breach.publication)
        .collect();
    let end = Date { year: window.to, month: 12, day: 31 };
    let academic = |person: &&Staff| {
        person.category == StaffCategory::Academic && of_ours(&person.units) && person.is_employed(end)
    };
    let academic: Vec<&Staff> = tables.staff.iter().filter(academic).collect();
    let without_id = academic.iter().filter(|person| !person.has_author_id()).count();
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
