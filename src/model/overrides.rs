//! Overrides: the office's decisions, replayed on every run, each with who and when, and each only as long as the source
//! says what it said when the decision was made.

use crate::diagnostic::Place;
use crate::model::tables::Date;
use crate::model::unit::UnitIndex;

/// Who decided, when and why.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Name or initials.
    pub who: String,
    /// Day of the decision.
    pub date: Date,
    /// Reason in the office's words; may be empty.
    pub reason: String,
    /// Where the decision stands.
    pub place: Place,
}

/// What an attribution override does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Books the author's share to the unit, or to the units of the member of staff.
    Credit,
    /// Takes the author's share from the unit, or from whatever was found through the member of staff.
    Deny,
}

impl Action {
    /// The word in `overrides/attribution.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Credit => "credit",
            Action::Deny => "deny",
        }
    }
}

/// One row of `overrides/attribution.csv`.
#[derive(Debug, Clone)]
pub struct AttributionOverride {
    /// Id, EID or DOI of the publication, as written.
    pub publication: String,
    /// Position of the author from 1.
    pub author_position: u32,
    /// The unit; `None` means the units of the member of staff, or with a denial whatever was found.
    pub unit: Option<UnitIndex>,
    /// Index into [`crate::model::tables::Tables::staff`].
    pub staff: Option<u32>,
    /// Credit or deny.
    pub action: Action,
    /// What the source said then: rules or unit ids separated by spaces or `;`, `none` for nothing, empty for whatever.
    pub expect: String,
    /// Who, when, why.
    pub decision: Decision,
}

/// One row of `overrides/exclude.csv`: the publication is not counted at all.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// Id, EID or DOI of the publication, as written.
    pub publication: String,
    /// Who, when, why.
    pub decision: Decision,
}

/// A field of a publication that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublicationField {
    /// Title.
    Title,
    /// Publication year.
    Year,
    /// Document type.
    Type,
    /// Journal.
    Journal,
    /// Citations.
    Citations,
}

/// A corrected field of a publication, from `overrides/corrections.toml`. Cells of sheets are corrected while they are
/// read and are told in [`Overrides::applied`].
#[derive(Debug, Clone)]
pub struct FieldCorrection {
    /// Id, EID or DOI of the publication, as written.
    pub publication: String,
    /// The field.
    pub field: PublicationField,
    /// What it says in the source.
    pub expect: String,
    /// What it should say.
    pub value: String,
    /// Who, when, why.
    pub decision: Decision,
}

/// An override that took effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// Where the decision stands.
    pub place: Place,
    /// `attribution`, `exclude` or `correction`.
    pub kind: &'static str,
    /// What it did, for people.
    pub detail: String,
    /// Publication id, or the cell of a sheet.
    pub target: String,
    /// Who decided.
    pub who: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// Why.
    pub reason: String,
    /// Credits that exist, or are missing, because of it.
    pub credits: u32,
}

impl Applied {
    /// A decision that took effect on `target`.
    pub fn new(decision: &Decision, kind: &'static str, target: String, detail: String, credits: u32) -> Self {
        let day = decision.date;
        Applied {
            place: decision.place.clone(),
            kind,
            detail,
            target,
            who: decision.who.clone(),
            date: format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
            reason: decision.reason.clone(),
            credits,
        }
    }
}

/// All overrides of an assessment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Attribution, in row order.
    pub attribution: Vec<AttributionOverride>,
    /// Exclusions, in row order.
    pub exclusions: Vec<Exclusion>,
    /// Corrections of publications, in file order.
    pub corrections: Vec<FieldCorrection>,
    /// Corrections of cells that took effect while the sheets were read.
    pub applied: Vec<Applied>,
}
