//! Lines from the papers and people of units.

use super::{Found, Scene, Source};
use crate::model::partners::line::Dependent;
use crate::model::partners::rule::{Basis, Rule};
use crate::model::partners::tie::slope;
use crate::model::profile::Profile;

/// Papers of units that fall: slope per year over the mean per year.
pub fn falling(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let fall = |profile: &Profile| {
        let papers: Vec<u64> = profile.years.iter().map(|(_, papers)| *papers).collect();
        let total = papers.iter().sum::<u64>();
        let rate = slope(&papers).filter(|_| total > 0)? / (total as f64 / papers.len() as f64);
        (rate <= -rule.threshold && rate < 0.0).then(|| Found {
            unit: profile.unit,
            subject: "publications".to_owned(),
            value: rate,
            threshold: Some(-rule.threshold),
            weight: -rule.threshold - rate,
            feasibility: None,
            source: Source::new("publications_by_year.csv", &[("unit", scene.id(profile.unit))], "publications"),
        })
    };
    scene.results.profiles.iter().filter_map(fall).collect()
}

/// A part of a whole of the profile that is more than the threshold.
fn part(scene: &Scene, rule: &Rule, subject: &str, column: &'static str, of: fn(&Profile) -> (u64, u64)) -> Vec<Found> {
    let found = |profile: &Profile| {
        let (part, whole) = of(profile);
        let share = (whole > 0).then(|| part as f64 / whole as f64)?;
        (share > rule.threshold).then(|| Found {
            unit: profile.unit,
            subject: subject.to_owned(),
            value: share,
            threshold: None,
            weight: share,
            feasibility: None,
            source: Source::new("profiles.csv", &[("unit", scene.id(profile.unit))], column),
        })
    };
    scene.results.profiles.iter().filter_map(found).collect()
}

/// Academic staff without an author id.
pub fn without_id(scene: &Scene, rule: &Rule) -> Vec<Found> {
    part(scene, rule, "author_ids", "without_id", |profile| (profile.without_id, profile.academic_staff))
}

/// Papers with an address whose correction gives credit.
pub fn correctable(scene: &Scene, rule: &Rule) -> Vec<Found> {
    part(scene, rule, "addresses", "correctable", |profile| (profile.correctable, profile.publications))
}

/// Citations that rest on one member of staff, or on those who leave.
pub fn dependence(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let (kind, word) = match rule.basis {
        Basis::LeavingStaff => (Dependent::Leaving, "leaving"),
        _ => (Dependent::Author, "author"),
    };
    let rows = scene.partners.dependences.iter().filter(|row| row.kind == kind && row.share > rule.threshold);
    rows.filter_map(|row| {
        Some(Found {
            unit: scene.unit(&row.unit)?,
            subject: row.staff.clone(),
            value: row.share,
            threshold: None,
            weight: row.share - rule.threshold,
            feasibility: None,
            source: Source::new("dependence.csv", &[("unit", &row.unit), ("kind", word)], "share"),
        })
    })
    .collect()
}
