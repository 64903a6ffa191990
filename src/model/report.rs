//! The report: what people are told, in no language yet.
//!
//! Words are [`Phrase`] keys with arguments, numbers are the numbers of the tables in full precision. The `render`
//! stage turns one report into pages, charts and workbooks of any language.

use crate::diagnostic::{Finding, Severity};
pub use crate::model::chart::{Bar, BarPanel, Chart, Drawing, Figure, HeatCell, HeatMap, HeatScore, Stack};
use crate::model::edition::{RankBand, Reference};
use crate::model::names::Names;
use crate::model::placement::Placement;
use crate::model::score::{Composite, Score};
use crate::model::tables::Date;
use crate::model::window::Window;

/// Something to be said: the key of a sentence in the phrase files and what is filled into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Dotted key, e.g. `card.rank`.
    pub key: String,
    /// Placeholder and what stands there.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Phrase {
    /// A phrase without arguments yet.
    pub fn new(key: &'static str) -> Self {
        Phrase { key: key.to_owned(), arguments: Vec::new() }
    }

    /// The phrase of one word of a closed set: `status` and `computed` give `status.computed`.
    pub fn of(family: &'static str, word: &str) -> Self {
        Phrase { key: format!("{family}.{word}"), arguments: Vec::new() }
    }

    /// A rank or a band of ranks, as the publisher shows it.
    pub fn of_band(band: RankBand) -> Self {
        let first = Argument::Rank(band.first);
        match band.last {
            Some(last) if last == band.first => Phrase::new("placement.exact").with("rank", first),
            Some(last) => Phrase::new("placement.band").with("first", first).with("last", Argument::Rank(last)),
            None => Phrase::new("placement.open").with("first", first),
        }
    }

    /// Fills the placeholder `{name}`.
    #[must_use]
    pub fn with(mut self, name: &'static str, argument: Argument) -> Self {
        self.arguments.push((name, argument));
        self
    }
}

/// What stands in a placeholder.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Words.
    Text(Text),
    /// A score or points, shown with one decimal.
    Score(f64),
    /// A count, shown with thousands separators.
    Count(u64),
    /// A share 0–1, shown in whole percent.
    Share(f64),
    /// A number as a method states it.
    Number(f64),
    /// A published rank, shown without separators.
    Rank(u32),
    /// A Gregorian year, shown without separators.
    Year(i32),
    /// Gregorian years from … to.
    Years(Window),
    /// A number as a chart or a table writes it.
    Figure(f64, Figure),
    /// A change of such a number, with its sign.
    Change(f64, Figure),
    /// A Gregorian day; shown in the calendars of the language.
    Day(Date),
}

/// Words of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Text {
    /// Words of ours.
    Phrase(Phrase),
    /// The name of a thing in several languages.
    Names(Names),
    /// A type of unit in the singular; known words are translated, the office's own words stand as they are.
    UnitType(String),
    /// A type of unit in the plural.
    UnitTypes(String),
    /// Stands as it is in every language: ids, file names, digests.
    Verbatim(String),
}

impl From<Phrase> for Text {
    fn from(phrase: Phrase) -> Self {
        Text::Phrase(phrase)
    }
}

impl From<Names> for Text {
    fn from(names: Names) -> Self {
        Text::Names(names)
    }
}

/// A number of the summary with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What is counted.
    pub label: Phrase,
    /// How many.
    pub count: u64,
    /// What to know beside it.
    pub note: Option<Phrase>,
}

/// A unit as reports name it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportUnit {
    /// The office's code.
    pub id: String,
    /// ASCII file-name part, unique within the report.
    pub slug: String,
    /// Names by language.
    pub name: Names,
    /// Type.
    pub unit_type: String,
    /// Names of the units above it.
    pub parents: Vec<Names>,
}

/// A group of an edition as a column.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupColumn {
    /// Code.
    pub code: String,
    /// Index of the enclosing group.
    pub parent: Option<usize>,
    /// Names by language.
    pub name: Names,
    /// Share of the total in percent.
    pub weight: f64,
}

/// An indicator of an edition as a column.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorColumn {
    /// Code.
    pub code: String,
    /// Index of its group.
    pub group: usize,
    /// Names by language.
    pub name: Names,
    /// Share of the total in percent.
    pub weight: f64,
    /// How near it is to the publisher's own.
    pub fidelity: Phrase,
    /// What a reader must know.
    pub note: Names,
}

/// Everything one edition says of one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitScores {
    /// Index into [`Report::units`].
    pub unit: usize,
    /// The overall composite.
    pub overall: Composite,
    /// Composites in the order of [`EditionReport::groups`].
    pub groups: Vec<Composite>,
    /// Scores in the order of [`EditionReport::indicators`].
    pub scores: Vec<Score>,
    /// Where the overall composite stands on the published scale; `None` without a composite.
    pub placement: Option<Placement>,
}

/// All units of one type by one edition: like is compared with like.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The type.
    pub unit_type: String,
    /// ASCII file-name part of edition and type, unique within the report; its charts are named after it.
    pub slug: String,
    /// Best overall score first, units without one last, then by name and id.
    pub rows: Vec<UnitScores>,
    /// Median overall score; `None` where too few units have one to be compared.
    pub median: Option<f64>,
    /// Medians of the groups.
    pub group_medians: Vec<Option<f64>>,
}

/// One edition with the scores of all units.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionReport {
    /// Id.
    pub id: String,
    /// Names by language.
    pub name: Names,
    /// Day on which a person compared the edition's file with its references.
    pub verified: String,
    /// Whether a figure of the method is not public.
    pub partial: bool,
    /// What a reader must know.
    pub notes: Vec<Names>,
    /// SHA-256 of the edition's file.
    pub digest: String,
    /// Publication years.
    pub publications: Window,
    /// Citation years.
    pub citations: Window,
    /// Year of the institutional data.
    pub institutional: i32,
    /// Share of weight below which no composite is printed, 0–1.
    pub coverage_floor: f64,
    /// What happens to missing cells.
    pub missing: Phrase,
    /// Whether the ranking has an overall score.
    pub overall: bool,
    /// Groups in edition order.
    pub groups: Vec<GroupColumn>,
    /// Indicators in edition order.
    pub indicators: Vec<IndicatorColumn>,
    /// Works its numbers are taken from.
    pub references: Vec<Reference>,
    /// One comparison per unit type, in the order of the units sheet.
    pub comparisons: Vec<Comparison>,
}

impl EditionReport {
    /// The scores of a unit, which is an index into [`Report::units`], and the units that it is compared with.
    pub fn of_unit(&self, unit: usize) -> Option<(&Comparison, &UnitScores)> {
        self.comparisons.iter().find_map(|comparison| {
            let row = comparison.rows.iter().find(|row| row.unit == unit)?;
            Some((comparison, row))
        })
    }

    /// Indices of the groups that lie in no other group.
    pub fn top_groups(&self) -> Vec<usize> {
        (0..self.groups.len()).filter(|&group| self.groups[group].parent.is_none()).collect()
    }

    /// The outermost group that `group` lies in.
    pub fn top_group(&self, group: usize) -> usize {
        let mut top = group;
        for _ in 0..self.groups.len() {
            match self.groups.get(top).and_then(|column| column.parent) {
                Some(parent) => top = parent,
                None => break,
            }
        }
        top
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceLine {
    /// Path relative to the assessment folder.
    pub file: String,
    /// What it was recognised as.
    pub layouts: Vec<String>,
    /// Rows used.
    pub rows: u64,
    /// Rows left out.
    pub left_out: u64,
    /// SHA-256.
    pub digest: String,
}

/// What was found in the input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FindingList {
    /// Number of errors, warnings and remarks.
    pub counts: [u64; 3],
    /// Severity, code and number of each kind, the worst and then the most frequent first.
    pub kinds: Vec<(Severity, &'static str, u64)>,
    /// The worst first, then in the order of the run; at most [`FindingList::LIMIT`].
    pub lines: Vec<Finding>,
}

impl FindingList {
    /// More findings than this are left to `findings.csv`.
    pub const LIMIT: usize = 500;

    /// How many are not listed.
    pub fn omitted(&self) -> u64 {
        self.counts.iter().sum::<u64>() - self.lines.len() as u64
    }
}

/// A document, workbook or presentation of a run, for the page to lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLink {
    /// Index into [`Report::units`]; `None` for those of the whole run.
    pub unit: Option<usize>,
    /// What it is: the key of a word of the family `document_kind`.
    pub kind: &'static str,
    /// Path without language and ending.
    pub path: String,
    /// Endings of its files.
    pub endings: Vec<&'static str>,
}

/// The report of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Whose data.
    pub institution: Names,
    /// The institution does not exist: every output says so.
    pub invented: bool,
    /// Gregorian year of the assessment.
    pub year: i32,
    /// Language tags, the main one first.
    pub languages: Vec<String>,
    /// Summary numbers.
    pub tiles: Vec<Tile>,
    /// What was not counted, by reason.
    pub left_out: Vec<(Text, u64)>,
    /// Units in sheet order.
    pub units: Vec<ReportUnit>,
    /// Editions in the order of the assessment.
    pub editions: Vec<EditionReport>,
    /// What was found in the input.
    pub findings: FindingList,
    /// Files read, in path order.
    pub sources: Vec<SourceLine>,
    /// SHA-256 of `assessment.toml`.
    pub assessment_digest: String,
    /// Published constants used: edition, SHA-256, works.
    pub benchmarks: Vec<(String, String, Vec<Reference>)>,
    /// Policy switches and how they are set.
    pub policies: Vec<(Phrase, Text)>,
    /// Charts.
    pub charts: Vec<Chart>,
}
