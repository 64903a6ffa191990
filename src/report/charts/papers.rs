//! Charts of a unit's papers: how many a year, and how few hold the citations.

use super::{Scene, about};
use crate::model::chart::{Chart, Concentration, Drawing, Figure, Trend, TrendPoint};
use crate::model::report::{Argument, Phrase, Text};

/// Papers by year of the profile; `None` without a paper. Papers count as the profile counts them: whole, for the unit and
/// every unit above it. The axis reaches as far for all units of the type below the same parent.
pub fn trend(scene: &Scene, unit: usize) -> Option<Chart> {
    let (results, named) = (scene.results, &scene.units[unit]);
    let window = results.assessment.publication_window();
    if scene.holdings.of_unit[unit].is_empty() {
        return None;
    }
    let count = |unit: usize, year: i32| {
        let papers = scene.holdings.of_unit[unit].iter();
        papers.filter(|&&paper| results.publications.items[paper as usize].year == Some(year)).count()
    };
    let point = |year: i32| TrendPoint {
        year,
        value: Some(count(unit, year) as f64),
        interval: None,
        incomplete: year >= results.assessment.year,
    };
    let points: Vec<TrendPoint> = (window.from..=window.to).map(point).collect();
    let siblings = siblings(scene, unit);
    let most = |unit: &usize| (window.from..=window.to).map(|year| count(*unit, year)).max().unwrap_or(0);
    let reach = siblings.iter().map(most).max().unwrap_or(0) as f64;
    let mut notes: Vec<Text> = vec![Phrase::new("chart.trend_note").with("years", Argument::Years(window)).into()];
    if siblings.len() > 1 {
        notes.push(Phrase::new("chart.trend_scale").with("units", named.plural()).into());
    }
    if points.iter().any(|point| point.incomplete) {
        notes.push(Phrase::new("chart.trend_incomplete").into());
    }
    Some(Chart {
        name: format!("trend-{}", named.slug),
        unit: Some(unit),
        title: about("chart.trend", named).into(),
        reading: course(&points).into(),
        sources: vec!["publications.csv", "credits.csv"],
        subtitle: vec![Text::UnitType(named.unit_type.clone())],
        notes,
        invented: scene.invented(),
        drawing: Drawing::Trend(Trend {
            axis: Phrase::new("chart.trend_axis").into(),
            figure: Figure::Count,
            reach,
            points,
            breaks: Vec::new(),
        }),
    })
}

/// Units of the same type that share a parent with the unit, and the unit itself, ascending; those without papers too.
fn siblings(scene: &Scene, unit: usize) -> Vec<usize> {
    let units = &scene.results.tables.units;
    let Some((_, own)) = units.iter().nth(unit) else { return Vec::new() };
    let children = own.parents.iter().flat_map(|&parent| &units.get(parent).children);
    let alike = children.filter(|&&child| units.get(child).unit_type == own.unit_type).map(|child| child.at());
    let mut siblings: Vec<usize> = alike.chain([unit]).collect();
    siblings.sort_unstable();
    siblings.dedup();
    siblings
}

/// From the first year to the last one that is over.
fn course(points: &[TrendPoint]) -> Phrase {
    let over: Vec<&TrendPoint> = points.iter().filter(|point| !point.incomplete).collect();
    let number = |point: &TrendPoint| Argument::Figure(point.value.unwrap_or(0.0), Figure::Count);
    match (over.first(), over.last()) {
        (Some(first), Some(last)) if first.year < last.year => Phrase::new("chart.trend_reading")
            .with("from", Argument::Year(first.year))
            .with("first", number(first))
            .with("to", Argument::Year(last.year))
            .with("last", number(last)),
        (Some(only), _) => {
            Phrase::new("chart.trend_one_year").with("year", Argument::Year(only.year)).with("n", number(only))
        }
        _ => Phrase::new("chart.no_years"),
    }
}

/// How few papers hold the citations; `None` where no paper has a known number of them.
pub fn concentration(scene: &Scene, unit: usize) -> Option<Chart> {
    let (results, named) = (scene.results, &scene.units[unit]);
    let papers = scene.holdings.papers(results, unit);
    let known: Vec<u64> =
        papers.iter().filter_map(|paper| paper.citations).map(|cited| u64::try_from(cited).unwrap_or(0)).collect();
    if known.is_empty() {
        return None;
    }
    let unknown = (papers.len() - known.len()) as u64;
    let drawing = Concentration::new(known);
    let facts = Phrase::new("chart.concentration_facts")
        .with("papers", Argument::Count(drawing.citations.len() as u64))
        .with("years", Argument::Years(results.assessment.publication_window()))
        .with("citations", Argument::Count(drawing.total()));
    let mut notes: Vec<Text> = vec![Phrase::new("chart.concentration_note").into()];
    if unknown > 0 {
        notes.push(Phrase::new("chart.concentration_unknown").with("n", Argument::Count(unknown)).into());
    }
    Some(Chart {
        name: format!("concentration-{}", named.slug),
        unit: Some(unit),
        title: about("chart.concentration", named).into(),
        reading: drawing.saying().into(),
        sources: vec!["publications.csv", "credits.csv"],
        subtitle: vec![Text::UnitType(named.unit_type.clone()), facts.into()],
        notes,
        invented: scene.invented(),
        drawing: Drawing::Concentration(drawing),
    })
}
