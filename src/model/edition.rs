//! An edition: one year of one ranking's method, complete in itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::formula::Formula;
use crate::model::measure::{MeasureDefinition, MeasureKey, WindowKind};
pub use crate::model::method::{
    Aggregation, BandBase, Change, Combine, Damped, Damping, Direction, Imputation, Normaliser, RankBand, RankDisplay,
    Rescale, Ties, Treatment,
};
use crate::model::names::Names;
use crate::model::window::Window;

/// One year of one ranking's method.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// Path-like id: `the/wur/2026`.
    pub id: String,
    /// Names by language.
    pub name: Names,
    /// Day (`YYYY-MM-DD`) on which a person compared the file with its references.
    pub verified: String,
    /// Whether a figure of the method is not public and therefore left out or approximated; `notes` say which.
    pub partial: bool,
    /// What a reader must know of the file, by language.
    pub notes: Vec<Names>,
    /// Years of data.
    pub windows: Windows,
    /// How publications are counted.
    pub counting: Counting,
    /// What happens to a missing cell.
    pub missing: MissingRule,
    /// How scores become a composite.
    pub combine: Combine,
    /// Whether the total is the mean over the outer groups, and theirs over what lies in them; else every mean is over
    /// indicators. Where weight is missing the two differ.
    pub by_groups: bool,
    /// Share of weight below which no composite is printed, 0–1.
    pub coverage_floor: f64,
    /// How ranks are shown, where the ranking shows bands.
    pub ranks: Option<RankDisplay>,
    /// Works the numbers are taken from.
    pub references: Vec<Reference>,
    /// Groups (pillars, lenses) in file order.
    pub groups: Vec<Group>,
    /// Indicators in file order.
    pub indicators: Vec<Indicator>,
    /// Lower-case hex SHA-256 of the file.
    pub digest: String,
}

impl Edition {
    /// The key under which `definition` is measured for this edition. Measures over publications, patents and awards
    /// follow the edition's counting rules and are keyed by it; institutional ones are shared by all editions of the same data year.
    pub fn measure_key(&self, definition: &MeasureDefinition) -> MeasureKey {
        match definition.window {
            WindowKind::Publications | WindowKind::Patents => self.own_key(definition, self.windows.publications),
            WindowKind::LastPublicationYear => self.own_key(definition, Window::year(self.windows.publications.to)),
            WindowKind::EditionYear => self.own_key(definition, Window::year(self.windows.institutional)),
            WindowKind::Institutional => {
                let window = Window::year(self.windows.institutional);
                MeasureKey { measure: definition.code.clone(), edition: None, window }
            }
        }
    }

    fn own_key(&self, definition: &MeasureDefinition, window: Window) -> MeasureKey {
        MeasureKey { measure: definition.code.clone(), edition: Some(self.id.clone()), window }
    }
}

/// Years of data an edition uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// Years of publication.
    pub publications: Window,
    /// Years in which citations to them are counted.
    pub citations: Window,
    /// Year in which the academic or fiscal year of the institutional data begins.
    pub institutional: i32,
}

/// How an edition counts publications.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counting {
    /// Document types counted, folded (`article`, `conference_paper`); empty counts all.
    pub document_types: Vec<String>,
    /// Author-share rule for papers with very many authors.
    pub hyper_authored: Option<HyperAuthored>,
    /// Weight W of a citation by faculty area (QS).
    pub area_weights: BTreeMap<String, f64>,
    /// Factor R of the country by faculty area (QS); 1 where none is given.
    pub country_factors: BTreeMap<String, f64>,
    /// ASJC areas whose publications alone count, for a ranking of one subject; empty counts all.
    pub subject_areas: Vec<u8>,
    /// Raw IRN index per area that scores 1 and 100 (QS).
    pub irn_scale: BTreeMap<String, [f64; 2]>,
    /// ISSNs of the journals whose articles `listed_journal_points` counts (ARWU: Nature, Science).
    pub listed_journals: Vec<String>,
    /// Weight of an affiliation by author order for `listed_journal_points`: corresponding, first, next, other.
    pub author_order_weights: Option<[f64; 4]>,
    /// Weight of an award by decade (ARWU); without it every award counts whole.
    pub award_decades: Option<AwardDecades>,
}

/// Awards of `full_from` and later count whole, those of each ten years before by `step` less.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardDecades {
    /// First year of the decade that counts whole.
    pub full_from: i32,
    /// What each decade before loses, 0–1.
    pub step: f64,
}

/// Papers with more than `above` authors are credited with the unit's share of the authors, at least `minimum_share`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HyperAuthored {
    /// More authors than this.
    pub above: u32,
    /// The least credit, 0–1.
    pub minimum_share: f64,
}

/// What happens to a scorable indicator without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// The other weights are scaled up.
    Renormalise,
    /// The lower quartile of the unit's own other scores is entered.
    OwnLowerQuartile,
    /// 0 is entered.
    Zero,
    /// The lowest score that any of the compared units has on the indicator is entered.
    LowestOfCompared,
    /// No composite is given to the unit.
    Withhold,
}

/// A work that a number is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Id used by indicators.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address; may be empty for works without one.
    pub href: String,
}

/// A group of indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Code, unique within the edition.
    pub code: String,
    /// Enclosing group.
    pub parent: Option<String>,
    /// Names by language.
    pub name: Names,
    /// Share of the total in percent.
    pub weight: f64,
    /// How what lies in it becomes its composite.
    pub combine: Combine,
    /// Share of its weight below which it has no composite, 0–1.
    pub floor: f64,
}

/// How near an indicator is to the publisher's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fidelity {
    /// As the publisher defines it.
    AsPublished,
    /// From the publisher's definition, with a constant derived from its published tables.
    Derived,
    /// The definition is not fully public; this is the nearest workable one.
    Approximated,
    /// Cannot be computed by an office; must be supplied.
    Supplied,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Code, unique within the edition.
    pub code: String,
    /// Code of its group.
    pub group: String,
    /// Names by language.
    pub name: Names,
    /// Share of the total in percent; 0 is shown and not scored into the composite.
    pub weight: f64,
    /// The formula over measures.
    pub value: Formula,
    /// From raw value to score.
    pub normalise: Normaliser,
    /// Which way is better.
    pub direction: Direction,
    /// How near it is to the publisher's own.
    pub fidelity: Fidelity,
    /// Unit types it is scored for.
    pub scorable: Vec<String>,
    /// Ids of references.
    pub reference: Vec<String>,
    /// Raw values above are lowered to it.
    pub cap: Option<f64>,
    /// Least `n` for a score.
    pub minimum: Option<u64>,
    /// How outliers are treated before scaling.
    pub treat: Option<Treatment>,
    /// What stands in where the value could be known and is not.
    pub impute: Option<Imputation>,
    /// How changes from year to year are damped, where last year's values are given.
    pub damping: Option<Damping>,
    /// What a reader must know, by language.
    pub note: Names,
}
