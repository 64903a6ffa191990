//! Names of a thing in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Languages that pages, charts and documents are written in; each has a phrase file in `render`.
pub const LANGUAGES: [&str; 2] = ["en", "fa"];

/// Name by language tag (`en`, `fa`, …). English is the fallback; the catalogue insists on both `en` and `fa`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, String>);

impl Names {
    /// Names in English and Persian.
    pub fn new(en: impl Into<String>, fa: impl Into<String>) -> Self {
        let pairs = [("en", en.into()), ("fa", fa.into())];
        Names(
            pairs.into_iter().filter(|(_, name)| !name.is_empty()).map(|(tag, name)| (tag.to_owned(), name)).collect(),
        )
    }

    /// The name in `language`, else in English, else in any language, else empty.
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.get("en")).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }
}
