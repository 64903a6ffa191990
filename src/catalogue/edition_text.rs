//! The keys of an edition file as they are written, each with its place where a later round may find fault with it.
//! `indicators/README.md` documents them.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::catalogue::shape::OneOrMany;
use crate::model::edition::{
    AwardDecades, BandBase, Damping, Direction, Fidelity, HyperAuthored, Imputation, MissingRule, Ties,
};
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
    pub combine: Spanned<CombineText>,
    pub coverage_floor: Spanned<f64>,
    pub ranks: Option<RanksText>,
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

/// How scores become a composite. `power` belongs to `with = "power"`, `best` to `with = "best_of"`, `factor` and `offset`
/// to `then = "linear"`, `from` and `to` to `then = "min_max"`, `over` to the whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CombineText {
    pub with: Spanned<String>,
    pub power: Option<Spanned<f64>>,
    pub best: Option<Spanned<u64>>,
    pub then: Option<Spanned<String>>,
    pub factor: Option<Spanned<f64>>,
    pub offset: Option<Spanned<f64>>,
    pub from: Option<Spanned<[f64; 2]>>,
    pub to: Option<Spanned<[f64; 2]>>,
    pub over: Option<Spanned<String>>,
}

/// How ranks are shown.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RanksText {
    pub exact_to: Spanned<u32>,
    #[serde(default)]
    pub bands: Option<Spanned<Vec<u32>>>,
    pub decimals: Option<Spanned<u8>>,
    pub reference: Option<Spanned<OneOrMany>>,
}

/// How outliers are treated.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreatText {
    pub winsorise: Option<u32>,
    pub skew: Option<Spanned<f64>>,
    pub kurtosis: Option<Spanned<f64>>,
    pub log: Option<bool>,
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
    pub combine: Option<Spanned<CombineText>>,
    pub floor: Option<Spanned<f64>>,
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
    pub treat: Option<Spanned<TreatText>>,
    pub impute: Option<Spanned<Imputation>>,
    pub damping: Option<Spanned<Damping>>,
    pub note: Option<Spanned<Names>>,
}

/// A normaliser with its parameters; `normaliser` knows which belong to which.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormaliseText {
    pub with: Spanned<String>,
    pub tails: Option<Spanned<[f64; 2]>>,
    pub to: Option<Spanned<Vec<f64>>>,
    pub means: Option<Spanned<f64>>,
    pub posts: Option<Spanned<[f64; 2]>>,
    pub target: Option<Spanned<f64>>,
    pub unit: Option<Spanned<String>>,
    pub mean: Option<Spanned<f64>>,
    pub sd: Option<Spanned<f64>>,
    pub ties: Option<Spanned<Ties>>,
    pub limits: Option<Spanned<Vec<f64>>>,
    pub points: Option<Spanned<Vec<f64>>>,
    pub of: Option<Spanned<BandBase>>,
}
