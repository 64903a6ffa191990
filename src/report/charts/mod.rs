//! Which charts a report has, and what each draws.

pub mod advice;
mod card;
mod contributions;
mod countries;
mod distribution;
pub mod moved;
mod papers;
mod partners;
pub mod sensitivity;
mod types;

use crate::model::chart::Chart;
use crate::model::holdings::Holdings;
use crate::model::report::{Argument, EditionReport, Phrase, ReportUnit, Text, UnitScores};
use crate::model::results::Results;

/// What charts are drawn from.
struct Scene<'a> {
    results: &'a Results,
    editions: &'a [EditionReport],
    units: &'a [ReportUnit],
    holdings: Holdings,
}

/// Charts that compare units, edition by edition and type by type; then the charts of each unit.
pub fn charts(results: &Results, editions: &[EditionReport], units: &[ReportUnit]) -> Vec<Chart> {
    let scene = Scene { results, editions, units, holdings: Holdings::new(results) };
    let mut charts = types::charts(&scene);
    for unit in 0..units.len() {
        charts.push(card::chart(&scene, unit));
        charts.extend(distribution::chart(&scene, unit));
        charts.extend(contributions::chart(&scene, unit));
        charts.extend(papers::trend(&scene, unit));
        charts.extend(papers::concentration(&scene, unit));
        charts.extend(countries::chart(&scene, unit));
        charts.extend(partners::chart(&scene, unit));
    }
    charts
}

impl Scene<'_> {
    fn invented(&self) -> bool {
        self.results.assessment.institution.invented
    }
}

impl ReportUnit {
    fn text(&self) -> Text {
        self.name.clone().into()
    }

    fn argument(&self) -> Argument {
        Argument::Text(self.text())
    }

    /// Units of its type, in words.
    fn plural(&self) -> Argument {
        Argument::Text(Text::UnitTypes(self.unit_type.clone()))
    }
}

/// A phrase with the unit in it.
fn about(key: &'static str, unit: &ReportUnit) -> Phrase {
    Phrase::new(key).with("unit", unit.argument())
}

fn not_the_publishers() -> Text {
    Phrase::new("notice.style").into()
}

fn coverage(share: f64) -> Phrase {
    Phrase::new("card.coverage").with("share", Argument::Share(share))
}

/// The unit with this id; the id as it stands where there is none.
pub(super) fn unit_named(units: &[ReportUnit], id: &str) -> Text {
    units.iter().find(|unit| unit.id == id).map_or_else(|| Text::Verbatim(id.to_owned()), ReportUnit::text)
}

/// Points of each top group of an edition in the order of [`EditionReport::top_groups`].
fn points(edition: &EditionReport, row: &UnitScores) -> Vec<f64> {
    let groups = edition.top_groups();
    let mut parts = vec![0.0; groups.len()];
    for (indicator, score) in edition.indicators.iter().zip(&row.scores) {
        let top = edition.top_group(indicator.group);
        if let Some(part) = groups.iter().position(|&group| group == top) {
            parts[part] += score.contribution.unwrap_or(0.0);
        }
    }
    parts
}
