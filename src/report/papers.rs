//! Charts of a unit's papers: how many a year, and how few hold the citations.

use crate::model::chart::{Chart, Concentration, Drawing, Figure, Trend, TrendPoint};
use crate::model::publication::Publication;
use crate::model::report::{Argument, Phrase, ReportUnit, Text};
use crate::model::results::Results;

/// Per unit with a paper in the years of the profile its trend, and with a known number of citations its concentration.
/// Papers count as the profile counts them: whole, for the unit and every unit above it.
pub fn charts(results: &Results, units: &[ReportUnit]) -> Vec<Chart> {
    let mut charts = Vec::new();
    for ((index, _), named) in results.tables.units.iter().zip(units) {
        let held = results.ledger.publications_of(results.tables.units.descendants(index));
        let papers: Vec<&Publication> = held
            .iter()
            .map(|paper| &results.publications.items[paper.at()])
            .filter(|paper| counts(results, paper))
            .collect();
        if papers.is_empty() {
            continue;
        }
        charts.push(trend(results, named, &papers));
        charts.extend(concentration(results, named, &papers));
    }
    charts
}

/// Whether the profile counts a paper: of its years and document types.
fn counts(results: &Results, paper: &Publication) -> bool {
    let types = &results.assessment.policy.document_types;
    paper.year.is_some_and(|year| results.assessment.publication_window().contains(year))
        && (types.is_empty() || types.contains(&paper.document_type))
}

fn about(key: &'static str, unit: &ReportUnit) -> Text {
    Phrase::new(key).with("unit", Argument::Text(unit.name.clone().into())).into()
}

fn trend(results: &Results, unit: &ReportUnit, papers: &[&Publication]) -> Chart {
    let window = results.assessment.publication_window();
    let point = |year: i32| {
        let count = papers.iter().filter(|paper| paper.year == Some(year)).count();
        TrendPoint { year, value: Some(count as f64), interval: None, incomplete: year >= results.assessment.year }
    };
    let points: Vec<TrendPoint> = (window.from..=window.to).map(point).collect();
    let mut notes: Vec<Text> = vec![Phrase::new("chart.trend_note").with("years", Argument::Years(window)).into()];
    if points.iter().any(|point| point.incomplete) {
        notes.push(Phrase::new("chart.trend_incomplete").into());
    }
    Chart {
        name: format!("trend-{}", unit.slug),
        title: about("chart.trend", unit),
        subtitle: vec![Text::UnitType(unit.unit_type.clone())],
        notes,
        invented: results.assessment.institution.invented,
        drawing: Drawing::Trend(Trend {
            axis: Phrase::new("chart.trend_axis").into(),
            figure: Figure::Count,
            points,
            breaks: Vec::new(),
        }),
    }
}

fn concentration(results: &Results, unit: &ReportUnit, papers: &[&Publication]) -> Option<Chart> {
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
        name: format!("concentration-{}", unit.slug),
        title: about("chart.concentration", unit),
        subtitle: vec![Text::UnitType(unit.unit_type.clone()), facts.into()],
        notes,
        invented: results.assessment.institution.invented,
        drawing: Drawing::Concentration(drawing),
    })
}
