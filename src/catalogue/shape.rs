//! Round 1: the shape of a file – its keys and their types.
//!
//! The text is parsed once; then each `[[indicator]]`, `[[group]]` … is read by itself, so that a fault in one does not
//! hide a fault in the next.

use serde::Deserialize;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer, ValueDeserializer};

use crate::catalogue::nearest;
use crate::catalogue::source::Source;
use crate::diagnostic::Finding;

/// A file split into its lists of tables and the rest.
pub struct Shape<'a> {
    source: &'a Source,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Shape<'a> {
    /// Parses the text. Faults of syntax and duplicate keys are findings, and then there is no shape.
    pub fn parse(source: &'a Source, findings: &mut Vec<Finding>) -> Option<Self> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        if errors.is_empty() {
            return Some(Shape { source, table });
        }
        findings.extend(errors.iter().map(|error| finding(source, error, "toml-syntax")));
        None
    }

    /// Whether the file says nothing at all; then that is the finding.
    pub fn is_empty(&self, what: &str, findings: &mut Vec<Finding>) -> bool {
        let empty = self.table.get_ref().is_empty();
        if empty {
            let message = format!("the file is empty: {what} was expected");
            findings
                .push(self.source.error(&(0..0), "empty-file", message).hint("indicators/README.md lists every key"));
        }
        empty
    }

    /// Takes the list of tables `[[key]]` out and reads each; items with a fault are findings and left out.
    pub fn list<T: DeserializeOwned>(&mut self, key: &str, findings: &mut Vec<Finding>) -> Vec<Spanned<T>> {
        let Some(value) = self.table.get_mut().remove(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Array(items) = value.into_inner() else {
            let message = format!("\"{key}\" must be a list of tables");
            findings.push(self.source.error(&span, "wrong-type", message).hint(format!("write [[{key}]]")));
            return Vec::new();
        };
        let mut read = Vec::new();
        for item in items {
            let span = item.span();
            match T::deserialize(ValueDeserializer::from(item)) {
                Ok(value) => read.push(Spanned::new(span, value)),
                Err(mut error) => findings.push(located(self.source, &mut error, &span)),
            }
        }
        read
    }

    /// Reads what is left after the lists have been taken out.
    pub fn rest<T: DeserializeOwned>(self, findings: &mut Vec<Finding>) -> Option<T> {
        match T::deserialize(Deserializer::from(self.table)) {
            Ok(value) => Some(value),
            Err(mut error) => {
                findings.push(located(self.source, &mut error, &(0..0)));
                None
            }
        }
    }
}

/// The finding of an error of reading a part; one that knows no place is given the part's own.
fn located(source: &Source, error: &mut toml::de::Error, part: &std::ops::Range<usize>) -> Finding {
    let mut found = finding(source, error, "wrong-type");
    if error.span().is_none() {
        found = found.at(source.place(part.start));
    }
    found
}

/// The finding of an error of the TOML reader.
fn finding(source: &Source, error: &toml::de::Error, otherwise: &'static str) -> Finding {
    let message = error.message().lines().next().unwrap_or_default();
    let span = error.span().unwrap_or(0..0);
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (first, known) = names.split_first().map_or(("", &[][..]), |(first, known)| (*first, known));
    if message.starts_with("unknown field") {
        let message = format!("unknown key \"{first}\"");
        source.error(&span, "unknown-key", message).hint(nearest::hint(first, known.iter().copied()))
    } else if message.starts_with("unknown variant") {
        let message = format!("unknown value \"{first}\"");
        source.error(&span, "unknown-value", message).hint(nearest::hint(first, known.iter().copied()))
    } else if message.starts_with("missing field") {
        source.error(&span, "missing-key", format!("the key \"{first}\" is missing"))
    } else if message.starts_with("duplicate") {
        let name = source.text.get(span.clone()).unwrap_or_default().trim();
        source.error(&span, "duplicate-key", format!("the key \"{name}\" is given twice")).hint("keep one of them")
    } else if message.starts_with("invalid") && otherwise != "toml-syntax" {
        let plain =
            message.replace("expected f64", "expected a number").replace("expected i32", "expected a whole number");
        source.error(&span, "wrong-type", plain)
    } else {
        source.error(&span, otherwise, message)
    }
}

/// One string or a list of strings.
#[derive(Debug, Clone, Default)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Strings;
        impl<'de> Visitor<'de> for Strings {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: serde::de::Error>(self, one: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![one.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut many = Vec::new();
                while let Some(item) = items.next_element()? {
                    many.push(item);
                }
                Ok(OneOrMany(many))
            }
        }
        deserializer.deserialize_any(Strings)
    }
}
