//! Layouts: which headers, in any language, mean which field of which table. Data, not code: `data/layouts/*.toml` are
//! built in, and the office's own `layouts/*.toml` come before them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::diagnostic::{Finding, Place};
use crate::load::byline;
use crate::load::nearest::nearest;
pub use crate::load::table::Table;
use crate::model::text::{fold, words};

/// The built-in layouts: file name and text.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("agreements.toml", include_str!("../../data/layouts/agreements.toml")),
    ("aliases.toml", include_str!("../../data/layouts/aliases.toml")),
    ("citation_counts.toml", include_str!("../../data/layouts/citation_counts.toml")),
    ("baselines.toml", include_str!("../../data/layouts/baselines.toml")),
    ("baselines_summary.toml", include_str!("../../data/layouts/baselines_summary.toml")),
    ("awards.toml", include_str!("../../data/layouts/awards.toml")),
    ("citation_links.toml", include_str!("../../data/layouts/citation_links.toml")),
    ("degrees.toml", include_str!("../../data/layouts/degrees.toml")),
    ("delisted_titles.toml", include_str!("../../data/layouts/delisted_titles.toml")),
    ("dimensions.toml", include_str!("../../data/layouts/dimensions.toml")),
    ("exposures.toml", include_str!("../../data/layouts/exposures.toml")),
    ("evaluators.toml", include_str!("../../data/layouts/evaluators.toml")),
    ("evaluator_ties.toml", include_str!("../../data/layouts/evaluator_ties.toml")),
    ("evidence_register.toml", include_str!("../../data/layouts/evidence_register.toml")),
    ("finance_by_item.toml", include_str!("../../data/layouts/finance_by_item.toml")),
    ("finance_by_unit.toml", include_str!("../../data/layouts/finance_by_unit.toml")),
    ("highly_cited.toml", include_str!("../../data/layouts/highly_cited.toml")),
    ("incites.toml", include_str!("../../data/layouts/incites.toml")),
    ("incites_aggregate.toml", include_str!("../../data/layouts/incites_aggregate.toml")),
    ("journals.toml", include_str!("../../data/layouts/journals.toml")),
    ("lens.toml", include_str!("../../data/layouts/lens.toml")),
    ("openalex.toml", include_str!("../../data/layouts/openalex.toml")),
    ("override_attribution.toml", include_str!("../../data/layouts/override_attribution.toml")),
    ("override_exclude.toml", include_str!("../../data/layouts/override_exclude.toml")),
    ("partners.toml", include_str!("../../data/layouts/partners.toml")),
    ("panel_visits.toml", include_str!("../../data/layouts/panel_visits.toml")),
    ("patents.toml", include_str!("../../data/layouts/patents.toml")),
    ("peers.toml", include_str!("../../data/layouts/peers.toml")),
    ("ppp.toml", include_str!("../../data/layouts/ppp.toml")),
    ("published_history.toml", include_str!("../../data/layouts/published_history.toml")),
    ("pubmed.toml", include_str!("../../data/layouts/pubmed.toml")),
    ("ratings.toml", include_str!("../../data/layouts/ratings.toml")),
    ("regulations.toml", include_str!("../../data/layouts/regulations.toml")),
    ("relations.toml", include_str!("../../data/layouts/relations.toml")),
    ("researchers.toml", include_str!("../../data/layouts/researchers.toml")),
    ("retractions.toml", include_str!("../../data/layouts/retractions.toml")),
    ("scival.toml", include_str!("../../data/layouts/scival.toml")),
    ("scival_qs.toml", include_str!("../../data/layouts/scival_qs.toml")),
    ("scopus.toml", include_str!("../../data/layouts/scopus.toml")),
    ("scopus_tuples.toml", include_str!("../../data/layouts/scopus_tuples.toml")),
    ("staff.toml", include_str!("../../data/layouts/staff.toml")),
    ("standards.toml", include_str!("../../data/layouts/standards.toml")),
    ("standards_crosswalk.toml", include_str!("../../data/layouts/standards_crosswalk.toml")),
    ("strategies.toml", include_str!("../../data/layouts/strategies.toml")),
    ("students.toml", include_str!("../../data/layouts/students.toml")),
    ("subject_shares.toml", include_str!("../../data/layouts/subject_shares.toml")),
    ("submitted.toml", include_str!("../../data/layouts/submitted.toml")),
    ("supplied.toml", include_str!("../../data/layouts/supplied.toml")),
    ("top_journals.toml", include_str!("../../data/layouts/top_journals.toml")),
    ("units.toml", include_str!("../../data/layouts/units.toml")),
    ("visitors.toml", include_str!("../../data/layouts/visitors.toml")),
    ("web_of_science.toml", include_str!("../../data/layouts/web_of_science.toml")),
];

/// The fields that hold a unit, from the most general to the most particular.
pub const UNIT_FIELDS: &[&str] = &["unit", "school", "hospital", "centre", "department"];

/// What a printed value means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Meaning {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// One of the words of the model.
    Word(String),
}

/// One field of a layout.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Field {
    /// Headers that mean it; the first is shown in messages.
    pub headers: Vec<String>,
    /// Whether a sheet without it is not of this layout.
    pub required: bool,
    /// Whether several columns may hold it.
    pub several: bool,
    /// Words that a unit's name may carry in front while the cell leaves them out: `School of`.
    pub prefixes: Vec<String>,
    /// The same behind the name: `Research Center`.
    pub suffixes: Vec<String>,
}

/// A layout file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    id: String,
    table: Table,
    #[serde(default)]
    system: String,
    #[serde(default)]
    any_of: Vec<Vec<String>>,
    #[serde(default)]
    ignore: Vec<String>,
    sheet_is: Option<String>,
    currency: Option<String>,
    decimal_comma: Option<bool>,
    separator: Option<String>,
    #[serde(default)]
    byline: byline::Kind,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    constants: BTreeMap<String, Meaning>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, Meaning>>,
    fields: BTreeMap<String, Field>,
}

/// A checked layout.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Its name in messages and in the manifest.
    pub id: String,
    /// The table that its rows become.
    pub table: Table,
    /// For records: the exporting system.
    pub system: String,
    /// Whether the office wrote it.
    pub own: bool,
    /// Fields by name.
    pub fields: BTreeMap<String, Field>,
    /// Of each list, at least one field must be there.
    pub any_of: Vec<Vec<String>>,
    /// Field that the sheet's name gives.
    pub sheet_is: Option<String>,
    /// Money unit, where the sheets never say it.
    pub currency: Option<String>,
    /// Whether numbers have a decimal comma; `None` is decided cell by cell.
    pub decimal_comma: Option<bool>,
    /// Signs between the items of a list.
    pub separators: Vec<char>,
    /// For records: how their authors are printed.
    pub byline: byline::Kind,
    /// How lines begin that stand below the table and are no rows of it, such as `©`.
    pub notes: Vec<String>,
    /// Values of fields without a column or with an empty cell.
    pub constants: BTreeMap<String, String>,
    ignored: Vec<String>,
    headers: FxHashMap<String, String>,
    values: BTreeMap<String, Vec<Value>>,
}

/// A printed value with its meaning.
#[derive(Debug, Clone)]
struct Value {
    words: Vec<String>,
    key: String,
    meaning: Meaning,
}

impl Layout {
    /// Reads a layout file. The finding (`bad-layout`) names line and column.
    pub fn parse(file: &str, text: &str, own: bool) -> Result<Layout, Box<Finding>> {
        let bad = |message: String, offset: Option<usize>| {
            Box::new(Finding::error("bad-layout", message).at(text_place(file, text, offset)))
        };
        let layout: LayoutFile =
            toml::from_str(text).map_err(|e| bad(e.message().trim().to_owned(), e.span().map(|s| s.start)))?;
        let known = layout.table.fields();
        let named = (layout.fields.keys().chain(layout.constants.keys()).chain(layout.values.keys()))
            .chain(layout.any_of.iter().flatten())
            .chain(&layout.sheet_is);
        for name in named {
            if !known.contains(&name.as_str()) {
                let mut finding = bad(format!("the table has no field \"{name}\""), text.find(name));
                finding.hints.push(match nearest(name, known.iter().copied()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("its fields are {}", known.join(", ")),
                });
                return Err(finding);
            }
        }
        if layout.any_of.is_empty() && !layout.fields.values().any(|field| field.required) {
            return Err(bad("no field is required, so that every sheet would have this layout".into(), None));
        }
        let mut headers = FxHashMap::default();
        for (name, field) in &layout.fields {
            for header in std::iter::once(name).chain(&field.headers) {
                let key = fold(header);
                match headers.insert(key, name.clone()) {
                    Some(other) if other != *name => {
                        let message = format!("the header \"{header}\" means both \"{other}\" and \"{name}\"");
                        return Err(bad(message, text.find(header.as_str())));
                    }
                    _ => {}
                }
            }
        }
        let values = layout.values.into_iter().map(|(field, values)| {
            let values = values.into_iter().map(|(printed, meaning)| Value {
                words: words(&printed),
                key: fold(&printed),
                meaning,
            });
            (field, values.collect())
        });
        Ok(Layout {
            id: layout.id,
            table: layout.table,
            system: layout.system,
            own,
            any_of: layout.any_of,
            sheet_is: layout.sheet_is,
            currency: layout.currency,
            decimal_comma: layout.decimal_comma,
            separators: layout.separator.as_deref().unwrap_or(";؛|\n").chars().collect(),
            constants: layout.constants.into_iter().map(|(field, meaning)| (field, meaning.to_string())).collect(),
            byline: layout.byline,
            notes: layout.notes,
            ignored: layout.ignore.iter().map(|header| fold(header)).collect(),
            headers,
            values: values.collect(),
            fields: layout.fields,
        })
    }

    /// The field that a folded header means.
    pub fn field_of(&self, key: &str) -> Option<&str> {
        self.headers.get(key).map(String::as_str)
    }

    /// Whether a folded header is one that the office uses for itself, such as the row number.
    pub fn ignores(&self, key: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == key)
    }

    /// What a printed value of a field means: the value itself, else the longest listed value whose words it contains.
    pub fn meaning(&self, field: &str, printed: &str) -> Option<&Meaning> {
        let values = self.values.get(field)?;
        let key = fold(printed);
        if let Some(value) = values.iter().find(|value| value.key == key) {
            return Some(&value.meaning);
        }
        let printed = words(printed);
        let contained = values.iter().filter(|value| {
            !value.words.is_empty() && printed.windows(value.words.len()).any(|part| part == value.words)
        });
        contained.max_by_key(|value| (value.words.len(), value.key.len())).map(|value| &value.meaning)
    }

    /// The same for a value that must be listed as it is, word for word.
    pub fn exact_meaning(&self, field: &str, printed: &str) -> Option<&Meaning> {
        let key = fold(printed);
        self.values.get(field)?.iter().find(|value| value.key == key).map(|value| &value.meaning)
    }

    /// Whether the layout lists the values of a field.
    pub fn lists_values(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }
}

impl std::fmt::Display for Meaning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Meaning::Flag(flag) => write!(f, "{flag}"),
            Meaning::Number(number) => write!(f, "{number}"),
            Meaning::Word(word) => write!(f, "{word}"),
        }
    }
}

/// The built-in layouts, in the order of their files.
pub fn built_in() -> Vec<Layout> {
    let layouts = BUILT_IN.iter().map(|(file, text)| Layout::parse(file, text, false));
    layouts.map(|layout| layout.expect("a test reads every built-in layout")).collect()
}

/// A place in a text file, from a byte offset.
pub fn text_place(file: &str, text: &str, offset: Option<usize>) -> Place {
    let Some(before) = offset.and_then(|offset| text.get(..offset)) else { return Place::file(file) };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    Place::Text {
        file: file.to_owned(),
        line: before.matches('\n').count() as u32 + 1,
        column: before[start..].chars().count() as u32 + 1,
        excerpt: text[start..].lines().next().map(str::to_owned),
    }
}
