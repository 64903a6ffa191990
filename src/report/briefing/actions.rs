//! What to do first: addresses to correct, data to supply, groups that lie farthest below the median.

use super::addresses::Addresses;
use super::{Seen, from, name_of, standing};
use crate::model::chart::Figure;
use crate::model::measure::Reason;
use crate::model::presentation::{POINTS, Part, Slide};
use crate::model::report::{Argument, Phrase};

/// Indicators without data that are named.
const SUPPLY: usize = 3;
/// Groups below the median that are named.
const RAISE: usize = 2;

/// The slide; nothing where there is nothing to name.
pub fn slide(seen: &Seen<'_>) -> Option<Slide> {
    let mut points: Vec<Vec<Phrase>> = Vec::new();
    points.extend(correct(seen));
    points.extend(supply(seen));
    points.extend(raise(seen));
    points.truncate(POINTS);
    if points.is_empty() {
        return None;
    }
    Some(Slide {
        title: Phrase::new("briefing.to_do").with("n", Argument::Count(points.len() as u64)),
        parts: vec![Part::Points(points)],
        notes: vec![from("audit.csv, scores.csv, composites.csv")],
    })
}

fn correct(seen: &Seen<'_>) -> Option<Vec<Phrase>> {
    let rules = &seen.material.audit.rules;
    let (addresses, papers) = Addresses::of(seen).count(|breach| rules[breach.rule].recoverable);
    (addresses > 0).then(|| {
        let phrase = Phrase::new("briefing.correct").with("n", Argument::Count(addresses));
        vec![phrase.with("papers", Argument::Count(papers))]
    })
}

/// The indicators of most weight that nobody has supplied.
fn supply(seen: &Seen<'_>) -> Vec<Vec<Phrase>> {
    let mut missing = Vec::new();
    for standing in &seen.standings {
        for (indicator, score) in standing.edition.indicators.iter().zip(&standing.row.scores) {
            if score.score.is_none() && score.reason == Some(Reason::NotSupplied) {
                missing.push((indicator, standing.edition));
            }
        }
    }
    missing.sort_by(|a, b| b.0.weight.total_cmp(&a.0.weight));
    let point = |(indicator, edition): (&crate::model::report::IndicatorColumn, _)| {
        vec![
            Phrase::new("briefing.supply")
                .with("indicator", Argument::Text(indicator.name.clone().into()))
                .with("weight", Argument::Score(indicator.weight))
                .with("edition", name_of(edition)),
        ]
    };
    missing.into_iter().take(SUPPLY).map(point).collect()
}

/// The groups farthest below the median.
fn raise(seen: &Seen<'_>) -> Vec<Vec<Phrase>> {
    let groups = standing::groups(seen);
    let below = groups.iter().rev().filter_map(|group| Some((group, group.distance().filter(|far| *far < 0.0)?)));
    let point = |(group, distance): (&standing::GroupScore<'_>, f64)| {
        vec![
            Phrase::new("briefing.raise")
                .with("group", group.name())
                .with("edition", name_of(group.standing.edition))
                .with("distance", Argument::Change(distance, Figure::Score)),
        ]
    };
    below.take(RAISE).map(point).collect()
}
