//! Scorecards → comparisons of units of the same type.

use std::cmp::Ordering;

use crate::model::edition::{Aggregation, Edition, Fidelity, MissingRule};
use crate::model::placement::Placement;
use crate::model::profile;
use crate::model::report::{Comparison, EditionReport, GroupColumn, IndicatorColumn, Phrase, ReportUnit, UnitScores};
use crate::model::results::Results;
use crate::model::score::{Composite, Scorecard};
use crate::report::slug;

/// Every edition that has a scorecard of the right size, in the order of the assessment.
pub fn editions(results: &Results, units: &[ReportUnit]) -> Vec<EditionReport> {
    let mut editions: Vec<EditionReport> = results
        .editions
        .iter()
        .filter_map(|edition| {
            let card = results.scorecards.iter().find(|card| card.edition == edition.id)?;
            let whole = card.scores.len() == units.len() * edition.indicators.len()
                && card.composites.len() == units.len() * (edition.groups.len() + 1);
            whole.then(|| self::edition(results, edition, card, units))
        })
        .collect();
    let keys: Vec<String> = editions
        .iter()
        .flat_map(|edition| edition.comparisons.iter().map(|each| format!("{} {}", edition.id, each.unit_type)))
        .collect();
    let comparisons = editions.iter_mut().flat_map(|edition| &mut edition.comparisons);
    for (comparison, slug) in comparisons.zip(slug::slugs(&keys)) {
        comparison.slug = slug;
    }
    editions
}

fn edition(results: &Results, edition: &Edition, card: &Scorecard, units: &[ReportUnit]) -> EditionReport {
    let group_of = |code: &str| edition.groups.iter().position(|group| group.code == code);
    let overall = edition.combine.with != Aggregation::None;
    let minimum = results.assessment.policy.minimum_units;
    let comparisons = results
        .tables
        .units
        .types()
        .into_iter()
        .map(|unit_type| comparison(results, edition, card, units, unit_type, minimum))
        .collect();
    EditionReport {
        id: edition.id.clone(),
        name: edition.name.clone(),
        verified: edition.verified.clone(),
        partial: edition.partial,
        notes: edition.notes.clone(),
        digest: edition.digest.clone(),
        publications: edition.windows.publications,
        citations: edition.windows.citations,
        institutional: edition.windows.institutional,
        coverage_floor: edition.coverage_floor,
        missing: Phrase::of("missing_rule", missing_rule(edition.missing)),
        overall,
        groups: edition
            .groups
            .iter()
            .map(|group| GroupColumn {
                code: group.code.clone(),
                parent: group.parent.as_deref().and_then(group_of),
                name: group.name.clone(),
                weight: group.weight,
            })
            .collect(),
        indicators: edition
            .indicators
            .iter()
            .map(|indicator| IndicatorColumn {
                code: indicator.code.clone(),
                group: group_of(&indicator.group).unwrap_or(0),
                name: indicator.name.clone(),
                weight: indicator.weight,
                fidelity: Phrase::of("fidelity", fidelity(indicator.fidelity)),
                note: indicator.note.clone(),
            })
            .collect(),
        references: edition.references.clone(),
        comparisons,
    }
}

fn comparison(
    results: &Results,
    edition: &Edition,
    card: &Scorecard,
    units: &[ReportUnit],
    unit_type: &str,
    minimum: usize,
) -> Comparison {
    let mut rows: Vec<UnitScores> = results
        .tables
        .units
        .of_type(unit_type)
        .into_iter()
        .filter_map(|unit| {
            let (overall, groups) = card.composites_of(unit, edition.groups.len()).split_last()?;
            let scores = card.scores_of(unit, edition.indicators.len()).to_vec();
            let here =
                |placement: &&Placement| placement.unit == unit && results.editions[placement.edition].id == edition.id;
            let placement = results.placements.iter().find(here).cloned();
            Some(UnitScores { unit: unit.at(), overall: overall.clone(), groups: groups.to_vec(), scores, placement })
        })
        .collect();
    rows.sort_by(|a, b| {
        best_first(a.overall.score, b.overall.score)
            .then_with(|| units[a.unit].name.get("en").cmp(units[b.unit].name.get("en")))
            .then_with(|| units[a.unit].id.cmp(&units[b.unit].id))
    });
    let overall: Vec<&Composite> = rows.iter().map(|row| &row.overall).collect();
    let group_medians = (0..edition.groups.len())
        .map(|group| median(&rows.iter().map(|row| &row.groups[group]).collect::<Vec<_>>(), minimum))
        .collect();
    let median = median(&overall, minimum);
    Comparison { unit_type: unit_type.to_owned(), slug: String::new(), rows, median, group_medians }
}

fn best_first(a: Option<f64>, b: Option<f64>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Median of the known scores; `None` where fewer than `minimum` units have one, so that no unit is compared with
/// little more than itself.
fn median(composites: &[&Composite], minimum: usize) -> Option<f64> {
    let mut known: Vec<f64> = composites.iter().filter_map(|composite| composite.score).collect();
    let enough = known.len() >= minimum;
    profile::median(&mut known).filter(|_| enough)
}

/// Its word in the phrase files.
pub fn missing_rule(rule: MissingRule) -> &'static str {
    match rule {
        MissingRule::Renormalise => "renormalise",
        MissingRule::OwnLowerQuartile => "own_lower_quartile",
        MissingRule::Zero => "zero",
        MissingRule::LowestOfCompared => "lowest_of_compared",
        MissingRule::Withhold => "withhold",
    }
}

/// Its word in the phrase files.
pub fn fidelity(fidelity: Fidelity) -> &'static str {
    match fidelity {
        Fidelity::AsPublished => "as_published",
        Fidelity::Derived => "derived",
        Fidelity::Approximated => "approximated",
        Fidelity::Supplied => "supplied",
    }
}
