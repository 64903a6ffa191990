//! The words of a language: phrases from TOML, digits, directions.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::chart::Figure;
use crate::model::report::{Phrase, Text};
use crate::render::number;
use crate::render::printable::printable;

mod day;
mod piece;

pub use piece::{Kind, Piece};

/// The languages that have a phrase file; a third one is its file and its line here.
const FILES: [(&str, &str); 2] = [("en", include_str!("en.toml")), ("fa", include_str!("fa.toml"))];

/// What `signs` of a file stands for, sign by sign.
const SIGNS: &str = "0123456789.,-%";

/// How a language writes itself and its numbers: the table `[language]` of its file.
const LANGUAGE: &str = "language";

/// A language.
#[derive(Debug)]
pub struct Words {
    /// Its tag.
    pub language: &'static str,
    /// Its name in itself.
    pub name: String,
    /// Tag with the country, as spelling checkers ask for it.
    pub locale: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Whether days are first given in the Solar Hijri calendar.
    pub solar_hijri: bool,
    /// The ten digits, decimal sign, sign between thousands, minus, percent.
    signs: Vec<char>,
    phrases: BTreeMap<String, String>,
}

/// All languages with a phrase file; English is the first.
pub fn all() -> &'static [Words] {
    static WORDS: OnceLock<Vec<Words>> = OnceLock::new();
    WORDS.get_or_init(|| {
        FILES
            .iter()
            .map(|&(language, file)| {
                let mut table: toml::Table = toml::from_str(file).expect("the phrase files are ours and tested");
                let about = table.remove(LANGUAGE).unwrap_or(toml::Value::Boolean(false));
                let mut phrases = BTreeMap::new();
                flatten("", &table, &mut phrases);
                let told = |key: &str| about.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
                let holds = |key: &str| about.get(key).and_then(toml::Value::as_bool).unwrap_or(false);
                Words {
                    language,
                    name: told("name"),
                    locale: told("locale"),
                    right_to_left: holds("right_to_left"),
                    solar_hijri: holds("solar_hijri"),
                    signs: told("signs").chars().collect(),
                    phrases,
                }
            })
            .collect()
    })
}

fn flatten(prefix: &str, table: &toml::Table, phrases: &mut BTreeMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, phrases),
            toml::Value::String(text) => {
                phrases.insert(key, text.clone());
            }
            _ => {}
        }
    }
}

/// The languages of a report that have words, in its order, without repeats; English where none has.
pub fn of(languages: &[String]) -> Vec<&'static Words> {
    let mut found: Vec<&'static Words> = Vec::new();
    for language in languages {
        if let Some(words) = all().iter().find(|words| words.language == language)
            && !found.iter().any(|known| known.language == words.language)
        {
            found.push(words);
        }
    }
    if found.is_empty() {
        found.push(&all()[0]);
    }
    found
}

/// One language; English where it has no phrase file.
pub fn in_language(language: &str) -> &'static Words {
    all().iter().find(|words| words.language == language).unwrap_or(&all()[0])
}

impl Words {
    /// All keys with their phrases, ascending.
    pub fn phrases(&self) -> &BTreeMap<String, String> {
        &self.phrases
    }

    /// The phrase of a key; for a key of an open family (reasons, unit types of the office's own) its last part as words.
    pub fn word(&self, key: &str) -> String {
        self.phrases.get(key).cloned().unwrap_or_else(|| key.rsplit('.').next().unwrap_or(key).replace(['-', '_'], " "))
    }

    /// A phrase with its arguments.
    pub fn say(&self, phrase: &Phrase) -> String {
        self.pieces(phrase).into_iter().map(|piece| piece.text).collect()
    }

    /// Words in this language, without control characters.
    pub fn text(&self, text: &Text) -> String {
        match text {
            Text::Phrase(phrase) => self.say(phrase),
            Text::Names(names) => printable(names.get(self.language)),
            Text::UnitType(word) => self.unit_type("unit_type", word),
            Text::UnitTypes(word) => self.unit_type("unit_types", word),
            Text::Verbatim(text) => printable(text),
        }
    }

    fn unit_type(&self, family: &str, word: &str) -> String {
        self.phrases.get(&format!("{family}.{word}")).cloned().unwrap_or_else(|| printable(word))
    }

    /// A run of the other direction between FSI and PDI, so that it does not turn its neighbours around.
    pub fn isolated(&self, text: &str) -> String {
        let foreign = text.chars().any(|c| {
            if self.right_to_left {
                c.is_alphabetic() && !is_right_to_left(c) || c.is_ascii_digit()
            } else {
                is_right_to_left(c)
            }
        });
        if foreign { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
    }

    /// ASCII digits, `.`, `,` as this language writes them.
    pub fn digits(&self, number: &str) -> String {
        number.chars().map(|c| SIGNS.find(c).and_then(|at| self.signs.get(at)).copied().unwrap_or(c)).collect()
    }

    /// A score or points, one decimal.
    pub fn score(&self, value: f64) -> String {
        self.digits(&number::score(value))
    }

    /// A number as a chart writes it.
    pub fn figure(&self, value: f64, figure: Figure) -> String {
        let text = match figure {
            Figure::Score => self.score(value),
            Figure::Count => self.digits(&number::grouped(&number::rounded(value, 0, 0))),
            Figure::Share => self.share(value),
            Figure::Raw => self.raw(value),
            Figure::Plain => self.digits(&number::plain(value)),
        };
        self.sign_before(text, value < 0.0)
    }

    /// A change, with its sign.
    pub fn signed(&self, value: f64, figure: Figure) -> String {
        let text = self.figure(value, figure);
        if value > 0.0 { self.sign_before(format!("+{text}"), true) } else { text }
    }

    /// A number at a mark of an axis, with no more decimals than its step needs.
    pub fn tick(&self, value: f64, step: f64, figure: Figure) -> String {
        let decimals = |step: f64| {
            let mut decimals = 0;
            let mut step = step;
            while step < 0.999 && decimals < 6 {
                step *= 10.0;
                decimals += 1;
            }
            decimals
        };
        let text = match figure {
            Figure::Share => self.digits(&format!("{}%", number::rounded(value, 2, decimals(step * 100.0)))),
            _ => self.digits(&number::grouped(&number::rounded(value, 0, decimals(step)))),
        };
        self.sign_before(text, value < 0.0)
    }

    /// Keeps the sign of a number to the left of its digits among words that run from the right.
    fn sign_before(&self, text: String, signed: bool) -> String {
        if signed && self.right_to_left { format!("\u{200E}{text}") } else { text }
    }

    /// A raw value.
    pub fn raw(&self, value: f64) -> String {
        self.digits(&number::raw(value))
    }

    /// A count with separators.
    pub fn count(&self, count: u64) -> String {
        self.digits(&number::grouped(&count.to_string()))
    }

    /// A share 0–1 in whole percent with its sign.
    pub fn share(&self, share: f64) -> String {
        self.digits(&format!("{}%", number::percent(share)))
    }
}

fn is_right_to_left(character: char) -> bool {
    matches!(character as u32, 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF)
        && !matches!(character, '۰'..='۹' | '٠'..='٩')
}
