//! The keys of a scenario file as they are written; `data/templates/scenario.toml` documents them.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;

use crate::model::names::Names;
use crate::model::scenario::{Amount, Like};

/// Everything but the lists of changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadText {
    pub name: Spanned<Names>,
    #[serde(default)]
    pub note: Option<Names>,
    #[serde(default)]
    pub citation_lag: Vec<Spanned<f64>>,
}

/// A number, or parts: `{ absolute, relative, per_fte }`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AmountText(pub Amount);

impl<'de> Deserialize<'de> for AmountText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;
        impl<'de> Visitor<'de> for Parts {
            type Value = AmountText;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a number or parts such as { relative = 0.1 }")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<AmountText, E> {
                Ok(AmountText(Amount::absolute(number)))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<AmountText, E> {
                Ok(AmountText(Amount::absolute(number as f64)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AmountText, A::Error> {
                let mut amount = Amount::default();
                while let Some((key, value)) = map.next_entry::<String, f64>()? {
                    match key.as_str() {
                        "absolute" => amount.absolute = value,
                        "relative" => amount.relative = value,
                        "per_fte" => amount.per_fte = value,
                        _ => return Err(A::Error::unknown_field(&key, &["absolute", "relative", "per_fte"])),
                    }
                }
                Ok(AmountText(amount))
            }
        }
        deserializer.deserialize_any(Parts)
    }
}

/// When a change is in force.
pub type Phases = Option<Spanned<BTreeMap<String, AmountText>>>;

/// `[[hire]]` and `[[retire]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffText {
    pub unit: Spanned<String>,
    pub category: Option<Spanned<String>>,
    pub international: Option<bool>,
    pub female: Option<bool>,
    pub doctorate: Option<bool>,
    pub fte: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[reclassify]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReclassifyText {
    pub unit: Spanned<String>,
    pub category: Option<Spanned<String>>,
    pub international: Option<bool>,
    pub doctorate: Option<bool>,
    pub to_category: Option<Spanned<String>>,
    pub to_international: Option<bool>,
    pub to_doctorate: Option<bool>,
    pub fte: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[students]]` and `[[degrees]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudentsText {
    pub unit: Spanned<String>,
    pub level: Option<Spanned<String>>,
    #[serde(default)]
    pub international: bool,
    pub change: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[income]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IncomeText {
    pub unit: Spanned<String>,
    pub item: Spanned<String>,
    pub currency: Option<Spanned<String>>,
    pub change: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[publications]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationsText {
    pub unit: Spanned<String>,
    #[serde(default)]
    pub like: Like,
    #[serde(rename = "type")]
    pub document_type: Option<String>,
    pub quartile: Option<Spanned<i64>>,
    pub citations: Option<Spanned<f64>>,
    pub fwci: Option<Spanned<f64>>,
    pub percentile: Option<Spanned<f64>>,
    pub partner: Option<Spanned<String>>,
    pub authors: Option<Spanned<i64>>,
    pub own_authors: Option<Spanned<i64>>,
    pub count: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[shift]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShiftText {
    pub unit: Spanned<String>,
    pub partner: Option<Spanned<String>>,
    pub quartile: Option<Spanned<i64>>,
    pub percentile: Option<Spanned<f64>>,
    pub papers: Option<Spanned<AmountText>>,
    pub from: Option<Spanned<i32>>,
    pub phases: Phases,
}

/// `[[recover]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverText {
    pub unit: Spanned<String>,
    pub share: Option<Spanned<f64>>,
}

/// `[[leave_out]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaveOutText {
    #[serde(default)]
    pub self_citations: bool,
    pub authors_above: Option<Spanned<i64>>,
}

/// `[[policy]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyText {
    pub key: Spanned<String>,
    pub value: toml::Value,
}

/// `[[move]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveText {
    pub unit: Spanned<String>,
    pub from: Spanned<String>,
    pub to: Spanned<String>,
}

/// `[[merge]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeText {
    pub unit: Spanned<String>,
    pub into: Spanned<String>,
}

/// `[[split]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitText {
    pub unit: Spanned<String>,
    pub new: Spanned<String>,
    pub name: Spanned<Names>,
    pub staff: Spanned<Vec<String>>,
}

/// `[[edition]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionText {
    pub from: Spanned<String>,
    pub to: Spanned<String>,
}

/// `[[peers]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeersText {
    pub edition: Spanned<String>,
    pub indicator: Option<Spanned<String>>,
    pub per_year: Spanned<f64>,
}
