//! What a unit's total is made of, beside the mean of its type.

use super::{Scene, about, not_the_publishers, points};
use crate::model::chart::{Chart, Drawing, Figure, Stack, Waterfall};
use crate::model::report::{Argument, Comparison, EditionReport, Phrase, Text, UnitScores};

/// From the mean total of the type to the unit's own, group by group: contributions sum to the total, so their
/// differences from the means sum to its difference. A unit that is compared with too few has its contributions alone.
/// The first edition by which the unit has a total; `None` without one.
pub fn chart(scene: &Scene, unit: usize) -> Option<Chart> {
    let (edition, comparison, row) = scene.editions.iter().find_map(|edition| {
        let (comparison, row) = edition.of_unit(unit)?;
        (edition.overall && row.overall.score.is_some()).then_some((edition, comparison, row))
    })?;
    let named = &scene.units[unit];
    let total = row.overall.score?;
    let groups: Vec<Text> =
        edition.top_groups().into_iter().map(|group| edition.groups[group].name.clone().into()).collect();
    let own = points(edition, row);
    let mut notes = Vec::new();
    let (title, reading, drawing) = match mean(edition, comparison) {
        Some((mean, means)) => {
            notes.push(Phrase::new("chart.apart_note").with("units", named.plural()).into());
            let parts: Vec<(Text, f64)> = groups
                .into_iter()
                .zip(own.iter().zip(&means))
                .map(|(group, (own, mean))| (group, own - mean))
                .collect();
            let reading = apart(total, mean, &parts);
            let baseline = Phrase::new("chart.mean_of").with("units", named.plural()).into();
            let fall = Waterfall::new(Figure::Score, (baseline, mean), parts, (named.text(), total));
            (about("chart.apart", named).with("units", named.plural()), reading, Drawing::Waterfall(fall))
        }
        None => {
            notes.push(Phrase::new("chart.contributions_note").into());
            let reading = most(total, &groups, &own);
            let stack = Stack { label: named.text(), parts: own, total: Ok(total) };
            (about("chart.own_contributions", named), reading, Drawing::Stacks(groups, vec![stack]))
        }
    };
    notes.push(not_the_publishers());
    Some(Chart {
        name: format!("contributions-{}", named.slug),
        unit: Some(unit),
        title: title.into(),
        reading: reading.into(),
        sources: vec!["scores.csv", "composites.csv"],
        subtitle: vec![edition.name.clone().into()],
        notes,
        invented: scene.invented(),
        drawing,
    })
}

/// Mean total and mean points of each top group over the units that have a total; `None` where they are too few to be
/// compared.
fn mean(edition: &EditionReport, comparison: &Comparison) -> Option<(f64, Vec<f64>)> {
    let known: Vec<&UnitScores> = comparison.rows.iter().filter(|row| row.overall.score.is_some()).collect();
    if comparison.median.is_none() || known.len() < 2 {
        return None;
    }
    let count = known.len() as f64;
    let total = known.iter().filter_map(|row| row.overall.score).sum::<f64>() / count;
    let mut means = vec![0.0; edition.top_groups().len()];
    for row in &known {
        for (mean, points) in means.iter_mut().zip(points(edition, row)) {
            *mean += points / count;
        }
    }
    Some((total, means))
}

/// The group that lifts the total most and the one that holds it back most.
fn apart(total: f64, mean: f64, parts: &[(Text, f64)]) -> Phrase {
    let most = parts.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|part| part.1 > 0.0);
    let least = parts.iter().rev().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|part| part.1 < 0.0);
    let phrase = match (most, least) {
        (Some(_), Some(_)) => Phrase::new("chart.apart_both"),
        (Some(_), None) => Phrase::new("chart.apart_above"),
        (None, Some(_)) => Phrase::new("chart.apart_below"),
        (None, None) => Phrase::new("chart.apart_nothing"),
    };
    let mut phrase = phrase.with("total", Argument::Score(total)).with("mean", Argument::Score(mean));
    if let Some((group, points)) = most {
        phrase =
            phrase.with("most", Argument::Text(group.clone())).with("gain", Argument::Change(*points, Figure::Score));
    }
    if let Some((group, points)) = least {
        phrase =
            phrase.with("least", Argument::Text(group.clone())).with("loss", Argument::Change(*points, Figure::Score));
    }
    phrase
}

/// The group that brings most points.
fn most(total: f64, groups: &[Text], points: &[f64]) -> Phrase {
    let phrase = Phrase::new("chart.most_points").with("total", Argument::Score(total));
    match groups.iter().zip(points).rev().max_by(|a, b| a.1.total_cmp(b.1)) {
        Some((group, points)) => {
            phrase.with("group", Argument::Text(group.clone())).with("points", Argument::Score(*points))
        }
        None => phrase,
    }
}
