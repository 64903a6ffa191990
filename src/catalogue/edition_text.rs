//! The keys of an edition file as they are written, each with its place where a later round may find fault with it.
//! `indicators/README.md` documents them.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::catalogue::shape::OneOrMany;
use crate::model::edition::{Aggregation, AwardDecades, Direction, Fidelity, HyperAuthored, MissingRule};
use crate::model::names::Names;

/// Everything but the lists of tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadText {
    pub id: Spanned<String>,
    pub name: Spanned<Names>,
    pub verified: Spanned<Datetime>,
    #[serde(default)]
    pub partial: bool,
    pub windows: WindowsText,
    #[serde(default)]
    pub counting: Option<Spanned<CountingText>>,
    pub missing: MissingText,
    pub combine: CombineText,
    pub coverage_floor: Spanned<f64>,
}

/// Years of data and the works that state them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowsText {
    pub publications: Spanned<[i32; 2]>,
    pub citations: Spanned<[i32; 2]>,
    pub institutional: Spanned<i32>,
    pub reference: Option<Spanned<OneOrMany>>,
}

/// How publications are counted.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CountingText {
    pub document_types: Vec<Spanned<String>>,
    pub hyper_authored: Option<Spanned<HyperAuthored>>,
    pub area_weights: BTreeMap<String, Spanned<f64>>,
    pub country_factors: BTreeMap<String, Spanned<f64>>,
    pub subject_areas: Vec<Spanned<u8>>,
    pub irn_scale: BTreeMap<String, Spanned<[f64; 2]>>,
    pub listed_journals: Vec<Spanned<String>>,
    pub author_order_weights: Option<Spanned<[f64; 4]>>,
    pub award_decades: Option<Spanned<AwardDecades>>,
    pub reference: Option<Spanned<OneOrMany>>,
}

/// What happens to a missing cell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingText {
    pub rule: MissingRule,
}

/// How scores become a composite; `factor` and `offset` belong to `then = "linear"`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CombineText {
    pub with: Aggregation,
    pub then: Spanned<String>,
    pub factor: Option<Spanned<f64>>,
    pub offset: Option<Spanned<f64>>,
}

/// A work that a number is taken from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceText {
    pub id: Spanned<String>,
    pub title: Spanned<String>,
    #[serde(default)]
    pub href: String,
}

/// A group of indicators.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupText {
    pub code: Spanned<String>,
    pub parent: Option<Spanned<String>>,
    pub name: Spanned<Names>,
    pub weight: Spanned<f64>,
}

/// An indicator.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorText {
    pub code: Spanned<String>,
    pub group: Spanned<String>,
    pub name: Spanned<Names>,
    pub weight: Spanned<f64>,
    pub value: Spanned<String>,
    pub normalise: NormaliseText,
    pub direction: Option<Direction>,
    pub fidelity: Fidelity,
    pub scorable: Spanned<Vec<String>>,
    pub reference: Spanned<OneOrMany>,
    pub cap: Option<Spanned<f64>>,
    pub minimum: Option<u64>,
    pub note: Option<Spanned<Names>>,
}

/// A normaliser with its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormaliseText {
    pub with: Spanned<String>,
    pub tails: Option<Spanned<[f64; 2]>>,
    pub to: Option<Spanned<[f64; 2]>>,
}
