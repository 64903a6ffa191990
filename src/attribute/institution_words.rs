//! The words of institutions' names, from `data/reference/institution_words.toml`: which of them can be the same.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::model::text::words;

/// Letters of a cut word at least.
const LEAST_LETTERS: usize = 3;
/// Words that may be written as one: `Xi An Jiao Tong`, `Xian Jiaotong`.
const MOST_JOINED: usize = 3;

/// Numerals in the names of universities: Paris XI.
const ROMAN: [(&str, &str); 11] = [
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("v", "5"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("xi", "11"),
    ("xii", "12"),
    ("xiii", "13"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ignored: FxHashSet<String>,
    cut: Vec<String>,
    same: BTreeMap<String, Vec<String>>,
    body: Body,
    territories: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    kinds: Vec<String>,
    hospital: Vec<String>,
    beside: Vec<String>,
}

/// Knows which words of two names can be the same.
pub struct InstitutionWords {
    file: File,
    same: FxHashMap<String, Vec<String>>,
}

/// One word of a name with all that it can stand for, itself first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    senses: Vec<String>,
}

impl Word {
    /// Whether two words can be the same.
    pub fn meets(&self, other: &Word) -> bool {
        self.senses.iter().any(|sense| other.senses.contains(sense))
    }

    /// Whether it can be one of these words.
    fn is_one_of(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.senses.contains(word))
    }

    /// As written, folded.
    fn written(&self) -> &str {
        &self.senses[0]
    }
}

/// The words of a name in their order.
pub type Name = Vec<Word>;

impl InstitutionWords {
    /// The built-in words.
    pub fn built_in() -> Self {
        let file: File = toml::from_str(include_str!("../../data/reference/institution_words.toml"))
            .expect("the built-in words of institutions are checked by a test");
        let key = |words: &[String]| words.iter().map(|word| plain(word)).collect();
        let same = file.same.iter().map(|(word, others)| (plain(word), key(others))).collect();
        InstitutionWords { file, same }
    }

    /// Territories that lists print under another country: `(country, territory)`.
    pub fn territories(&self) -> impl Iterator<Item = (&str, &str)> {
        self.file
            .territories
            .iter()
            .flat_map(|(country, names)| names.iter().map(move |name| (country.as_str(), name.as_str())))
    }

    /// The words of a printed name. Single letters that follow one another are one word: `M. D. Anderson`, `A & M`.
    pub fn read(&self, printed: &str) -> Name {
        let mut read: Vec<String> = Vec::new();
        let mut joins = false;
        for word in words(printed).into_iter().filter(|word| !self.file.ignored.contains(word)) {
            let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            match read.last_mut() {
                Some(last) if letter && joins => last.push_str(&word),
                _ => read.push(plain(&word)),
            }
            joins = letter;
        }
        read.into_iter().map(|word| self.word(word)).collect()
    }

    fn word(&self, written: String) -> Word {
        let mut senses = vec![written];
        // A sense beside the word: `Xi` of `Xi An` is no number.
        senses.extend(ROMAN.iter().find(|(numeral, _)| *numeral == senses[0]).map(|(_, number)| (*number).to_owned()));
        senses.extend(self.same.get(&senses[0]).cloned().unwrap_or_default());
        if senses[0].len() >= LEAST_LETTERS {
            let cut = self.file.cut.iter().map(|word| plain(word));
            senses.extend(cut.filter(|word| word.starts_with(&senses[0])).collect::<Vec<_>>());
        }
        // `Scis` and `Sciences` are both `science`.
        let further: Vec<String> =
            senses[1..].iter().filter_map(|sense| self.same.get(sense)).flatten().cloned().collect();
        senses.extend(further);
        Word { senses }
    }

    /// Whether a word says `university`.
    pub fn is_university(&self, word: &Word) -> bool {
        word.senses.iter().any(|sense| sense == "university")
    }

    /// Whether a word names a part of a university.
    pub fn is_body(&self, word: &Word) -> bool {
        word.is_one_of(&self.file.body.kinds)
    }

    /// Whether the words name a hospital and nothing else: `Med Ctr`, `Hosp`, `Acad Med Ctr`.
    pub fn is_hospital(&self, words: &[Word]) -> bool {
        let body = &self.file.body;
        let beside = |word: &Word| word.is_one_of(&body.beside);
        words.iter().all(|word| self.is_body(word) || beside(word))
            && (words.iter().any(|word| word.is_one_of(&body.hospital))
                || words.iter().any(|word| self.is_body(word)) && words.iter().any(beside))
    }
}

/// A word without what spellings of one name differ by: `Goettingen` and `Göttingen`, `Paris 06` and `Paris 6`.
fn plain(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.trim_start_matches('0').to_owned();
    }
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// Whether two names are the same word by word, in one order. One side may write as one word what the other parts.
pub fn are_same(one: &[Word], other: &[Word]) -> bool {
    let (Some((first, rest)), Some((second, others))) = (one.split_first(), other.split_first()) else {
        return one.is_empty() && other.is_empty();
    };
    first.meets(second) && are_same(rest, others)
        || joined(one, second).any(|rest| are_same(rest, others))
        || joined(other, first).any(|others| are_same(rest, others))
}

/// What is left of `words` behind a beginning that, written together, is `whole`.
fn joined<'w>(words: &'w [Word], whole: &'w Word) -> impl Iterator<Item = &'w [Word]> {
    let may = words.first().is_some_and(|first| whole.written().starts_with(first.written()));
    (2..=MOST_JOINED.min(words.len())).filter(move |_| may).filter_map(move |count| {
        let together: String = words[..count].iter().map(Word::written).collect();
        (together == whole.written()).then(|| &words[count..])
    })
}
