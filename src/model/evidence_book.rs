//! The evidence workbook of one unit, in no language and no format yet: what every number is made of, so that a
//! spreadsheet can work it out again; and the publications that count, and those that do not.

use crate::model::measure::Status;
use crate::model::names::Names;
use crate::model::report::{Phrase, Text};

/// All of it for one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceBook {
    /// Name of the institution.
    pub institution: Names,
    /// It does not exist.
    pub invented: bool,
    /// Year of the assessment.
    pub year: i32,
    /// Id of the unit.
    pub unit: String,
    /// Its names.
    pub unit_name: Names,
    /// Its type.
    pub unit_type: String,
    /// Scores by edition, in the order of the assessment.
    pub editions: Vec<EditionEvidence>,
    /// Publications that count in at least one of these editions, ascending by id.
    pub counted: Vec<CountedPaper>,
    /// Publications that do not, ascending by reason and id.
    pub excluded: Vec<ExcludedPaper>,
}

/// The scores of a unit by one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct EditionEvidence {
    /// Edition id.
    pub id: String,
    /// Its names.
    pub name: Names,
    /// Years of data, the missing rule and how the total is made.
    pub rules: Vec<Phrase>,
    /// The groups in edition order, then the whole.
    pub composites: Vec<CompositeEvidence>,
    /// Indicators in edition order.
    pub indicators: Vec<IndicatorEvidence>,
}

/// A composite as a weighted mean of its parts, then a straight line.
#[derive(Debug, Clone, PartialEq)]
pub struct CompositeEvidence {
    /// Code as in `composites.csv`.
    pub code: String,
    /// Names of the group; `None` for the whole.
    pub name: Option<Names>,
    /// Weight in percent of the total.
    pub weight: f64,
    /// Share of the weight below which there is none, 0–1.
    pub floor: f64,
    /// Positions of the indicators that it is a mean of, ascending.
    pub indicators: Vec<usize>,
    /// Positions of the groups that it is a mean of beside them, ascending.
    pub groups: Vec<usize>,
    /// Weight of the parts that enter the mean.
    pub used: f64,
    /// Share of the weight that has a score of the unit's own, worked out anew, 0–1.
    pub covered: f64,
    /// The mean, worked out anew.
    pub mean: Option<f64>,
    /// Factor and offset of what follows the mean.
    pub line: Option<(f64, f64)>,
    /// Whether points keep the proportions that they have in the mean; else the offset falls on each by its weight.
    pub proportional: bool,
    /// What the value is kept within.
    pub bounds: [f64; 2],
    /// The value, worked out anew.
    pub again: Option<f64>,
    /// The value in `composites.csv`.
    pub score: Option<f64>,
    /// Coverage there.
    pub coverage: f64,
    /// Why it is not worked out anew.
    pub not_again: Option<Phrase>,
}

/// One indicator from its raw value to its points.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorEvidence {
    /// Code.
    pub code: String,
    /// Names.
    pub name: Names,
    /// The groups that it lies in, innermost first, then the whole: positions of composites whose means lead to the total.
    pub path: Vec<usize>,
    /// Weight in percent of the edition.
    pub weight: f64,
    /// What the value is.
    pub status: Status,
    /// Why there is none.
    pub reason: Option<Phrase>,
    /// Left side of the formula's division.
    pub numerator: Option<f64>,
    /// Right side of it.
    pub denominator: Option<f64>,
    /// Whether the raw value is the one divided by the other (and lowered to the cap).
    pub divided: bool,
    /// Raw values above are lowered to it.
    pub cap: Option<f64>,
    /// The raw value.
    pub raw: Option<f64>,
    /// What it was compared with.
    pub compared_with: Option<Phrase>,
    /// From raw value to score.
    pub step: Option<Step>,
    /// The score, worked out anew.
    pub again: Option<f64>,
    /// The score in `scores.csv`.
    pub score: Option<f64>,
    /// What stands in the mean where there is no score.
    pub stand_in: Option<f64>,
    /// Points, worked out anew.
    pub points_again: Option<f64>,
    /// Points in `scores.csv`.
    pub contribution: Option<f64>,
    /// Why the score is not worked out anew.
    pub not_again: Option<Phrase>,
}

/// The step from raw value to score, for a spreadsheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// In words.
    pub words: Vec<Phrase>,
    /// A formula of functions that every spreadsheet program has, in which `{x}` stands for the raw value, `{0}`, `{1}` …
    /// for the constants and `{values}` for the compared values.
    pub formula: String,
    /// Constants, each with its name.
    pub constants: Vec<(Phrase, f64)>,
    /// The compared values, ascending, where the score is a place among them.
    pub values: Vec<f64>,
}

/// A publication that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedPaper {
    /// Id of the publication.
    pub id: String,
    /// DOI; may be empty.
    pub doi: String,
    /// Title.
    pub title: String,
    /// Year.
    pub year: Option<i32>,
    /// Document type.
    pub document_type: String,
    /// Citations to date.
    pub citations: Option<i64>,
    /// The unit's share of the authors, 0–1.
    pub share: f64,
    /// Rules by which it is credited.
    pub rules: String,
    /// Editions that count it.
    pub editions: String,
}

/// A publication that does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct ExcludedPaper {
    /// Id of the publication.
    pub id: String,
    /// DOI; may be empty.
    pub doi: String,
    /// Title.
    pub title: String,
    /// Year.
    pub year: Option<i32>,
    /// Document type.
    pub document_type: String,
    /// Citations to date.
    pub citations: Option<i64>,
    /// Why, in a word.
    pub reason: Phrase,
    /// What exactly.
    pub detail: Text,
    /// Editions in which it does not count.
    pub editions: String,
}
