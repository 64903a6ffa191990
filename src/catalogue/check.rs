//! Faults of single values, the same for every kind of file (round 2), and of ids that must exist (round 3).

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;

use crate::catalogue::edition_text::ReferenceText;
use crate::catalogue::nearest;
use crate::catalogue::shape::OneOrMany;
use crate::catalogue::source::Source;
use crate::diagnostic::Finding;
use crate::model::edition::Reference;
use crate::model::names::Names;

/// Languages every name must have.
const LANGUAGES: [&str; 2] = ["en", "fa"];

/// A file under examination with the faults found so far.
pub struct Check<'a> {
    /// The file.
    pub source: &'a Source,
    /// Faults in the order of their finding.
    pub faults: Vec<Finding>,
}

impl<'a> Check<'a> {
    /// Nothing found yet.
    pub fn new(source: &'a Source) -> Self {
        Check { source, faults: Vec::new() }
    }

    /// Notes a fault.
    pub fn fault(&mut self, span: Range<usize>, code: &'static str, message: impl Into<String>) {
        self.faults.push(self.source.error(&span, code, message));
    }

    /// Notes a fault with a remedy.
    pub fn fault_with(&mut self, span: Range<usize>, code: &'static str, message: String, hint: impl Into<String>) {
        self.faults.push(self.source.error(&span, code, message).hint(hint));
    }

    /// Names in both languages, neither blank.
    pub fn names(&mut self, names: &Spanned<Names>) -> Names {
        for tag in LANGUAGES {
            if names.get_ref().0.get(tag).is_none_or(|name| name.trim().is_empty()) {
                let hint = format!("add the text in the language \"{tag}\"");
                self.fault_with(names.span(), "missing-language", format!("the language \"{tag}\" is missing"), hint);
            }
        }
        names.get_ref().clone()
    }

    /// A code: lower-case letters, digits and `_`, beginning with a letter.
    pub fn code(&mut self, code: &Spanned<String>) -> String {
        let text = code.get_ref();
        let fits = text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
        if !fits {
            let message = format!("\"{text}\" is not a code");
            self.fault_with(code.span(), "bad-code", message, "use lower-case Latin letters, digits and _");
        }
        text.clone()
    }

    /// A code that must not be among `taken`; enters it.
    pub fn unique(&mut self, code: &Spanned<String>, what: &str, taken: &mut BTreeSet<String>) -> String {
        let text = self.code(code);
        if !taken.insert(text.clone()) {
            let message = format!("the {what} \"{text}\" is defined twice");
            self.fault_with(code.span(), "duplicate-code", message, "give each its own code");
        }
        text
    }

    /// A finite number within bounds, both included.
    pub fn number(&mut self, number: &Spanned<f64>, what: &str, bounds: Range<f64>) -> f64 {
        let value = *number.get_ref();
        if !(value.is_finite() && bounds.start <= value && value <= bounds.end) {
            let range = match (bounds.start.is_finite(), bounds.end.is_finite()) {
                (true, true) => format!("from {} to {}", bounds.start, bounds.end),
                (true, false) => format!("of at least {}", bounds.start),
                _ => "that is finite".to_owned(),
            };
            self.fault(number.span(), "bad-number", format!("{what} must be a number {range}, found {value}"));
        }
        value
    }

    /// A weight in percent.
    pub fn weight(&mut self, weight: &Spanned<f64>) -> f64 {
        let value = *weight.get_ref();
        if value < 0.0 {
            let hint = "to count a measure against a unit, write direction = \"lower_is_better\"";
            self.fault_with(weight.span(), "negative-weight", format!("the weight {value} is negative"), hint);
        } else {
            self.number(weight, "a weight", 0.0..100.0);
        }
        value
    }

    /// The references of a file.
    pub fn references(&mut self, texts: &[Spanned<ReferenceText>]) -> Vec<Reference> {
        let mut taken = BTreeSet::new();
        texts
            .iter()
            .map(|text| {
                let text = text.get_ref();
                let id = self.unique(&text.id, "reference", &mut taken);
                if text.title.get_ref().trim().is_empty() {
                    self.fault(text.title.span(), "empty-text", "the title is empty");
                }
                Reference { id, title: text.title.get_ref().clone(), href: text.href.clone() }
            })
            .collect()
    }

    /// Ids of references that must exist; at least one.
    pub fn cites(&mut self, cited: &Spanned<OneOrMany>, references: &[Reference]) -> Vec<String> {
        let known = || references.iter().map(|reference| reference.id.as_str());
        let ids = &cited.get_ref().0;
        if ids.is_empty() {
            let hint = "name the work that the number is taken from";
            self.fault_with(cited.span(), "unknown-reference", "no reference is named".to_owned(), hint);
        }
        for id in ids {
            if !known().any(|known| known == id) {
                let message = format!("no [[reference]] has the id \"{id}\"");
                let hint = nearest::hint(id, known().collect::<Vec<_>>());
                self.fault_with(cited.span(), "unknown-reference", message, hint);
            }
        }
        ids.clone()
    }
}
