//! Countries as affiliations print them, from `data/reference/countries.csv` (ISO 3166 names and common variants).

use rustc_hash::FxHashMap;

use crate::attribute::vocabulary::Vocabulary;

/// The last word of a name that is a country's and an American state's.
const STATES: [&str; 1] = ["georgia"];

/// Index of a country in [`Countries`].
pub type CountryIndex = u16;

/// All countries with their variants as token sequences.
#[derive(Debug)]
pub struct Countries {
    names: Vec<String>,
    by_tokens: FxHashMap<Vec<String>, CountryIndex>,
    longest: usize,
}

impl Countries {
    /// The built-in list.
    pub fn built_in(vocabulary: &Vocabulary) -> Self {
        let mut countries = Countries { names: Vec::new(), by_tokens: FxHashMap::default(), longest: 1 };
        let mut reader = csv::Reader::from_reader(include_str!("../../data/reference/countries.csv").as_bytes());
        for row in reader.records() {
            let row = row.expect("the built-in country list is checked by a test");
            let index = countries.names.len() as CountryIndex;
            countries.names.push(row[1].to_owned());
            for name in std::iter::once(&row[1]).chain(row[2].split('|')).chain((row[0] == *"US").then_some("USA")) {
                let tokens = vocabulary.tokens(name);
                if !tokens.is_empty() {
                    countries.longest = countries.longest.max(tokens.len());
                    countries.by_tokens.insert(tokens, index);
                }
            }
        }
        countries
    }

    /// The country that these tokens name as a whole.
    pub fn exact(&self, tokens: &[String]) -> Option<CountryIndex> {
        self.by_tokens.get(tokens).copied()
    }

    /// The country that the last tokens name: `tehran iran`, `cambridge cb2 1tn uk`. A country's name that is part of
    /// another place's is none: `university new mexico`, and `university georgia`, which is the American state as a rule.
    pub fn ending(&self, tokens: &[String]) -> Option<CountryIndex> {
        let lengths = (1..=self.longest.min(tokens.len())).rev();
        let (start, found) = lengths.map(|length| tokens.len() - length).find_map(|start| {
            let found = self.exact(&tokens[start..])?;
            Some((start, found))
        })?;
        let before = start.checked_sub(1).map(|before| tokens[before].as_str());
        let elsewhere = before == Some("new") || before.is_some() && tokens[start..] == STATES;
        (!elsewhere).then_some(found)
    }

    /// The country's common English name.
    pub fn name(&self, index: CountryIndex) -> &str {
        &self.names[index as usize]
    }
}
