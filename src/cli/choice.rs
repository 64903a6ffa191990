//! Which packs of a run are made: of which units, and which parts of them.

use std::borrow::Cow;

use clap::{Args, ValueEnum};

use crate::cli::args::{Format, Global};
use crate::diagnostic::{Error, Finding};
use crate::model::chart::Chart;
use crate::model::output::Output;
use crate::model::report::{Report, ReportUnit};
use crate::model::unit::Units;

/// What was asked of the packs.
#[derive(Debug, Clone, Default, Args)]
pub struct Choice {
    /// Make the packs of these units alone; tables are always whole [default: all units]
    #[arg(long, value_delimiter = ',', value_name = "UNIT")]
    pub units: Vec<String>,
    /// Make these parts of the packs alone [default: all]
    #[arg(long, value_delimiter = ',', value_name = "PART", value_enum)]
    pub only: Vec<Part>,
    /// Make the confidential annex of each unit as well: lists of persons
    #[arg(long)]
    pub annex: bool,
}

/// A part of the packs, in the order in which the page leads to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Part {
    /// The president's page.
    President,
    /// The report on the university.
    University,
    /// The report on strategies.
    Strategy,
    /// The final opinion on accreditation.
    FinalOpinion,
    /// The sheet of accreditation of each unit, and the annex of the final opinion.
    Accreditation,
    /// The report on international relations, and the international profile of each unit.
    International,
    /// Opportunities and threats.
    Opportunities,
    /// The sheets for the portals of rankings.
    Submission,
    /// The report on the quality of the data.
    DataQuality,
    /// The card of each unit.
    Card,
    /// The handbook of indicators of each unit.
    Handbook,
    /// The fact sheet of each unit for partners abroad.
    FactSheet,
    /// The presentation of each unit.
    Briefing,
    /// The evidence workbook of each unit.
    Evidence,
    /// The charts of each unit.
    Charts,
    /// The confidential annex of each unit; needs --annex.
    Annex,
}

impl Part {
    /// The first part of the names of its files.
    pub fn stem(self) -> &'static str {
        match self {
            Part::President => "president",
            Part::Card => "card",
            Part::Handbook => "handbook",
            Part::Strategy => "strategy",
            Part::International => "international",
            Part::Opportunities => "opportunities",
            Part::FactSheet => "fact-sheet",
            Part::Submission => "submission",
            Part::University => "university",
            Part::DataQuality => "data-quality",
            Part::Accreditation => "accreditation",
            Part::FinalOpinion => "final-opinion",
            Part::Evidence => "evidence",
            Part::Briefing => "briefing",
            Part::Charts => "charts",
            Part::Annex => "annex",
        }
    }

    /// What a file is part of: `packs/<unit>/card.fa.html` of the card, `packs/<unit>/charts/…` of the charts, a document
    /// beside the tables, `president.fa.pdf`, of itself. `None` for tables and whatever else is always made.
    pub fn of(path: &str) -> Option<Part> {
        let (of_unit, rest) = match path.strip_prefix("packs/") {
            Some(rest) => (true, rest.split_once('/')?.1),
            None => (false, path),
        };
        let stem = rest.split(['/', '.']).next()?;
        let document = [".html", ".pdf", ".xlsx"].iter().any(|ending| rest.ends_with(ending)) && !rest.contains('/');
        let part = Part::value_variants().iter().copied().find(|part| part.stem() == stem)?;
        (of_unit || document).then_some(part)
    }
}

impl Choice {
    /// Whether a part is asked for, and files of this kind.
    pub fn wants(&self, part: Part, format: Format, global: &Global) -> bool {
        (self.only.is_empty() || self.only.contains(&part))
            && (part != Part::Annex || self.annex)
            && (global.format.is_empty() || global.format.contains(&format))
    }

    /// That all units asked for exist, and that the annex is meant.
    ///
    /// # Errors
    /// `unknown-unit`, `bad-usage`.
    pub fn check(&self, units: &Units) -> Result<(), Error> {
        if self.only.contains(&Part::Annex) && !self.annex {
            let finding = Finding::error("bad-usage", "the annex names persons and is made only with --annex");
            return Err(finding.hint("add --annex, or leave it out of --only").into());
        }
        let Some(id) = self.units.iter().find(|id| units.find(id).is_none()) else { return Ok(()) };
        let finding = Finding::error("unknown-unit", format!("there is no unit \"{id}\""));
        Err(finding.hint("--units takes ids of the units sheet, with commas between them").into())
    }

    /// The units whose packs are asked for, as places in [`Report::units`], in its order.
    pub fn units(&self, report: &Report) -> Vec<usize> {
        let wanted = |unit: &ReportUnit| self.units.is_empty() || self.units.contains(&unit.id);
        (0..report.units.len()).filter(|&unit| wanted(&report.units[unit])).collect()
    }

    /// The report with the charts that are asked for, so that no other is drawn and the page leads to no other.
    pub fn shown<'r>(&self, report: &'r Report, global: &Global) -> Cow<'r, Report> {
        if self.units.is_empty() && self.only.is_empty() && global.format.is_empty() {
            return Cow::Borrowed(report);
        }
        let units = self.units(report);
        let drawn = self.wants(Part::Charts, Format::Svg, global) || self.wants(Part::Charts, Format::Png, global);
        let wanted = |chart: &&Chart| drawn && chart.unit.is_none_or(|unit| units.contains(&unit));
        Cow::Owned(Report { charts: report.charts.iter().filter(wanted).cloned().collect(), ..report.clone() })
    }

    /// Whether a file is asked for: every file that is in no pack, and those of the packs that were chosen.
    pub fn keeps(&self, output: &Output, report: &Report, units: &[usize]) -> bool {
        let of_unit = output.path.strip_prefix("packs/").and_then(|rest| rest.split('/').next());
        let unit = of_unit.is_none_or(|slug| units.iter().any(|&unit| report.units[unit].slug == slug));
        unit && Part::of(&output.path).is_none_or(|part| self.only.is_empty() || self.only.contains(&part))
    }
}
