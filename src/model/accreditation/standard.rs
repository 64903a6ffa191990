//! Standards of a catalogue, version by version.

use crate::diagnostic::Place;
use crate::model::names::Names;
use crate::model::tables::Date;

/// One standard of one version of the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    /// The version, as the office calls it.
    pub version: String,
    /// Its code, unique within the version.
    pub code: String,
    /// Education, research, treatment, health: as the office calls it; may be empty.
    pub domain: String,
    /// Its area, as evaluators and visits name it too.
    pub area: String,
    /// The area's name by language.
    pub area_name: Names,
    /// Its sub-area; may be empty.
    pub sub_area: String,
    /// What it asks, by language.
    pub text: Names,
    /// Whether it must be met.
    pub mandatory: bool,
    /// How it is measured, as printed; may be empty.
    pub measures: String,
    /// Evidence that it wants.
    pub evidence: Vec<String>,
    /// First and last day in force; `None` is open.
    pub valid: (Option<Date>, Option<Date>),
    /// The row.
    pub place: Place,
}

/// A standard of an earlier version passes into one of a later version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crosswalk {
    /// Earlier version.
    pub from_version: String,
    /// Code in it.
    pub from_code: String,
    /// Later version.
    pub to_version: String,
    /// Code in it.
    pub to_code: String,
    /// The row.
    pub place: Place,
}
