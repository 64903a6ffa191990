//! The briefing of a unit: what a meeting about it is shown, one message a slide.

mod actions;
mod addresses;
mod levers;
mod papers;
mod standing;

use crate::model::chart::Chart;
use crate::model::presentation::{Presentation, Slide};
use crate::model::report::{Argument, Comparison, EditionReport, Phrase, ReportUnit, Text, UnitScores};
use crate::model::unit::UnitIndex;
use crate::report::material::Material;

/// The briefing of each of these units, which are places in [`crate::model::report::Report::units`].
pub fn briefings(material: Material<'_>, units: &[usize]) -> Vec<Presentation> {
    units.iter().map(|&unit| briefing(material, unit)).collect()
}

/// One unit with where it stands in each edition.
struct Seen<'a> {
    material: Material<'a>,
    index: UnitIndex,
    named: &'a ReportUnit,
    standings: Vec<Standing<'a>>,
}

/// A unit in one edition.
struct Standing<'a> {
    edition: &'a EditionReport,
    comparison: &'a Comparison,
    row: &'a UnitScores,
}

impl Seen<'_> {
    fn name(&self) -> Argument {
        Argument::Text(self.named.name.clone().into())
    }

    /// The chart of that name, where the report has it.
    fn chart(&self, name: &str) -> Option<&Chart> {
        self.material.report.charts.iter().find(|chart| chart.name == name)
    }
}

fn briefing(material: Material<'_>, unit: usize) -> Presentation {
    let report = material.report;
    let named = &report.units[unit];
    let standings = report.editions.iter().filter_map(|edition| standing(edition, unit)).collect();
    let seen = Seen { material, index: UnitIndex(unit as u32), named, standings };
    let mut slides: Vec<Slide> = standing::slides(&seen);
    slides.extend(papers::slides(&seen));
    slides.extend(addresses::slide(&seen));
    slides.extend(levers::slide(&seen));
    slides.extend(actions::slide(&seen));
    let year = Phrase::new("briefing.subtitle")
        .with("type", Argument::Text(Text::UnitType(named.unit_type.clone())))
        .with("year", Argument::Year(report.year));
    Presentation {
        path: format!("packs/{}/briefing", named.slug),
        title: named.name.clone().into(),
        subtitle: vec![year.into()],
        institution: report.institution.clone(),
        invented: report.invented,
        slides,
    }
}

fn standing(edition: &EditionReport, unit: usize) -> Option<Standing<'_>> {
    let (comparison, row) = edition.of_unit(unit)?;
    Some(Standing { edition, comparison, row })
}

fn name_of(edition: &EditionReport) -> Argument {
    Argument::Text(edition.name.clone().into())
}

/// Which tables the numbers of a slide are from.
fn from(files: &str) -> Phrase {
    Phrase::new("briefing.source").with("files", Argument::Text(Text::Verbatim(files.to_owned())))
}
