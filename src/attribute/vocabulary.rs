//! The words of affiliations, from `data/reference/affiliation_words.toml`: which spellings mean the same.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::model::text::words;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ignored: Vec<String>,
    same: BTreeMap<String, Vec<String>>,
    organisation: Organisation,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    higher_education: Vec<String>,
    higher_education_phrases: Vec<Vec<String>>,
    company: Vec<String>,
}

/// Folded words of affiliations.
#[derive(Debug)]
pub struct Vocabulary {
    ignored: FxHashSet<String>,
    same: FxHashMap<String, String>,
    higher_education: FxHashSet<String>,
    phrases: Vec<Vec<String>>,
    company: FxHashSet<String>,
}

impl Vocabulary {
    /// The built-in vocabulary.
    pub fn built_in() -> Self {
        let file: File = toml::from_str(include_str!("../../data/reference/affiliation_words.toml"))
            .expect("the built-in word list is checked by a test");
        let same = file
            .same
            .into_iter()
            .flat_map(|(word, spellings)| spellings.into_iter().map(move |s| (s, word.clone())))
            .collect();
        Vocabulary {
            ignored: file.ignored.into_iter().collect(),
            same,
            higher_education: file.organisation.higher_education.into_iter().collect(),
            phrases: file.organisation.higher_education_phrases,
            company: file.organisation.company.into_iter().collect(),
        }
    }

    /// The compared words of a text: folded, filler words left out, spellings unified, in order.
    pub fn tokens(&self, text: &str) -> Vec<String> {
        words(text)
            .into_iter()
            .filter(|word| !self.ignored.contains(word))
            .map(|word| self.same.get(&word).cloned().unwrap_or(word))
            .collect()
    }

    /// Whether the tokens name a university or the like.
    pub fn is_higher_education(&self, tokens: &[String]) -> bool {
        self.has_higher_education_word(tokens)
            || self.phrases.iter().any(|phrase| phrase.iter().all(|word| tokens.contains(word)))
    }

    fn has_higher_education_word(&self, tokens: &[String]) -> bool {
        tokens.iter().any(|token| self.higher_education.contains(token))
    }

    /// The segment that names a university or the like: one that says so, before one that may as well be a part of it
    /// (`School of Medicine` before `University of X`, where `Harvard Medical School` stands alone).
    pub fn university<'s>(&self, segments: &'s [Vec<String>]) -> Option<&'s Vec<String>> {
        let says = segments.iter().find(|segment| self.has_higher_education_word(segment));
        says.or_else(|| segments.iter().find(|segment| self.is_higher_education(segment)))
    }

    /// Whether a segment of the address has the legal form of a company: `CinnaGen Co. Ltd`.
    pub fn is_company(&self, segments: &[Vec<String>]) -> bool {
        segments.iter().flatten().any(|token| self.company.contains(token))
    }
}
