//! Fields of work, from `data/sample/fields.toml`.

use serde::Deserialize;

/// A field of work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in the data files.
    pub id: String,
    /// What its journals are called after.
    pub subject: String,
    /// Areas of the journal list.
    pub areas: Vec<String>,
    /// Categories of the journal list.
    pub categories: Vec<String>,
    /// Mean citations per year of an average paper.
    pub rate: f64,
    /// What papers study.
    pub things: Vec<String>,
    /// What they study it in.
    pub outcomes: Vec<String>,
}

/// All fields.
#[derive(Debug, Clone)]
pub struct Fields {
    /// In file order.
    pub list: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    field: Vec<Field>,
}

impl Fields {
    /// The built-in fields.
    pub fn built_in() -> Self {
        let document: Document = toml::from_str(include_str!("../../data/sample/fields.toml"))
            .expect("the built-in fields are read by every test of the sample");
        Fields { list: document.field }
    }

    /// The field of an id; the first where the data files name one that is not there.
    pub fn position(&self, id: &str) -> usize {
        self.list.iter().position(|field| field.id == id).unwrap_or(0)
    }
}
