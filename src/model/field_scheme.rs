//! Schemes of fields: the 27 subject areas of journals (ASJC), and what OpenAlex, THE and QS make of them.
//!
//! Every scheme is a file of `data/schemes/`; a detailed code that belongs elsewhere than its area stands there by itself.

use std::collections::BTreeMap;

use crate::model::text::fold;

/// Names of the schemes: Scopus' areas, OpenAlex' fields, THE's subjects, QS' faculty areas.
pub const SCHEMES: [&str; 4] = ["asjc", "openalex", "the", "qs"];

const AREAS: &str = include_str!("../../data/schemes/asjc_areas.csv");
const CODES: &str = include_str!("../../data/schemes/asjc_codes.csv");
const OPENALEX: &str = include_str!("../../data/schemes/openalex_fields.csv");
const THE: &str = include_str!("../../data/schemes/the_subjects.csv");

/// A detailed subject of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsjcCode {
    /// Four digits; the first two are its area.
    pub code: u16,
    /// English name.
    pub name: String,
    /// Its area, 10–36.
    pub area: u16,
}

/// All detailed codes, ascending.
pub fn asjc_codes() -> Vec<AsjcCode> {
    let code = |row: Vec<String>| AsjcCode { code: number(&row[0]), name: row[1].clone(), area: number(&row[2]) };
    rows(CODES).map(code).collect()
}

/// What a printed field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// A field of the scheme, as an index into [`FieldScheme::fields`].
    Field(u16),
    /// A code that the scheme puts into no field, as QS does with multidisciplinary journals.
    NoField,
    /// Neither a code nor a field.
    Unknown,
}

/// Which field each area and detailed code belongs to.
#[derive(Debug, Clone)]
pub struct FieldScheme {
    name: &'static str,
    fields: Vec<String>,
    /// By area or detailed code; `None` belongs to no field.
    by_code: BTreeMap<u16, Option<u16>>,
    /// By folded name of a field or area.
    by_name: BTreeMap<String, Option<u16>>,
    /// Detailed codes by folded name; two subjects may be called alike.
    codes: BTreeMap<String, Vec<u16>>,
}

impl FieldScheme {
    /// The scheme of a name in [`SCHEMES`].
    pub fn named(name: &str) -> Option<Self> {
        let name = SCHEMES.into_iter().find(|known| *known == name)?;
        let areas: Vec<(u16, String, String)> =
            rows(AREAS).map(|row| (number(&row[0]), row[1].clone(), row[2].clone())).collect();
        let pairs: Vec<(u16, String)> = match name {
            "asjc" => areas.iter().map(|(code, ..)| (*code, code.to_string())).collect(),
            "openalex" => rows(OPENALEX).map(|row| (number(&row[0]), row[1].clone())).collect(),
            "the" => rows(THE).map(|row| (number(&row[0]), row[1].clone())).collect(),
            _ => areas.iter().map(|(code, _, area)| (*code, area.clone())).collect(),
        };
        let mut fields: Vec<String> = pairs.iter().map(|(_, field)| field.clone()).collect();
        fields.retain(|field| !field.is_empty());
        fields.sort();
        fields.dedup();
        let index = |field: &str| fields.binary_search_by(|known| known.as_str().cmp(field)).ok().map(|at| at as u16);
        let by_code: BTreeMap<u16, Option<u16>> = pairs.iter().map(|(code, field)| (*code, index(field))).collect();
        let mut by_name: BTreeMap<String, Option<u16>> =
            areas.iter().map(|(code, area, _)| (fold(area), by_code.get(code).copied().flatten())).collect();
        by_name.extend(fields.iter().map(|field| (fold(field), index(field))));
        let mut codes: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for code in asjc_codes() {
            codes.entry(fold(&code.name)).or_default().push(code.code);
        }
        Some(FieldScheme { name, fields, by_code, by_name, codes })
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Codes of the fields, ascending.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The field of an ASJC area (two digits) or detailed code (four digits). Codes of unknown areas are unknown.
    pub fn of_code(&self, code: u16) -> Printed {
        let known = self.by_code.get(&code).or_else(|| self.by_code.get(&(code / 100)).filter(|_| code >= 1000));
        match known {
            Some(Some(field)) => Printed::Field(*field),
            Some(None) => Printed::NoField,
            None => Printed::Unknown,
        }
    }

    /// The field that a cell means: a code of ASJC, also at the end of an OpenAlex address
    /// (`https://openalex.org/fields/27`), a field of the scheme, or the name of an area.
    pub fn of_printed(&self, text: &str) -> Printed {
        let text = text.trim();
        let last = text.rsplit('/').next().unwrap_or(text);
        if last.len() <= 4
            && let Ok(code) = last.parse::<u16>()
        {
            return self.of_code(code);
        }
        match self.by_name.get(&fold(text)) {
            Some(Some(field)) => Printed::Field(*field),
            Some(None) => Printed::NoField,
            None => match self.codes.get(&fold(text)).and_then(|codes| codes.first()) {
                Some(&code) => self.of_code(code),
                None => Printed::Unknown,
            },
        }
    }

    /// Fields of a journal of these areas and categories by name, ascending and without repeats. Categories decide where
    /// they are more particular than the scheme's areas; names that are not known are passed over.
    pub fn of_journal<'a>(
        &self,
        areas: impl Iterator<Item = &'a str>,
        categories: impl Iterator<Item = &'a str>,
    ) -> Vec<u16> {
        let areas: Vec<Printed> = areas.map(|area| self.area(area)).collect();
        let particular = self.by_code.keys().any(|code| *code >= 1000);
        let mut fields: Vec<u16> = Vec::new();
        if particular || areas.is_empty() {
            fields = categories.flat_map(|category| self.category(category)).collect();
        }
        if fields.is_empty() {
            let field = |area: &Printed| if let Printed::Field(field) = area { Some(*field) } else { None };
            fields = areas.iter().filter_map(field).collect();
        }
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    fn area(&self, name: &str) -> Printed {
        match self.by_name.get(&fold(name)) {
            Some(Some(field)) => Printed::Field(*field),
            Some(None) => Printed::NoField,
            None => Printed::Unknown,
        }
    }

    fn category(&self, name: &str) -> Vec<u16> {
        let codes = self.codes.get(&fold(name)).map_or(&[][..], Vec::as_slice);
        let field = |code: &u16| if let Printed::Field(field) = self.of_code(*code) { Some(field) } else { None };
        codes.iter().filter_map(field).collect()
    }
}

/// Rows of a built-in file below its header.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<String>> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records();
    rows.map(|row| row.expect("a test reads every scheme").iter().map(str::to_owned).collect())
}

fn number(text: &str) -> u16 {
    text.parse().expect("a test reads every scheme")
}
