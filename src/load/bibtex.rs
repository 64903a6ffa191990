//! BibTeX: entries, macros (`@string`), comments; read into raw fields. What the fields mean, [`bibtex_record`] knows.
//!
//! A value whose brace is never closed would take in the rest of the file; so an entry ends in any case where a line
//! begins the next one.
//!
//! [`bibtex_record`]: crate::load::bibtex_record

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::Finding;
use crate::load::bibtex_record;
use crate::load::findings::Findings;
use crate::load::record_text::{Export, Reading, RecordText, excerpt, gather};

/// Months are macros in every style.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// Line of its `@`.
    pub line: u32,
    /// Lower case: `article`.
    pub kind: String,
    /// The citation key.
    pub key: String,
    /// Names in lower case with `-` and `_` left off, and values with the outermost delimiters left off; LaTeX as written.
    pub fields: Vec<(String, String)>,
}

impl Entry {
    /// The value of the first of the names that the entry has; empty where it has none.
    pub fn raw(&self, names: &[&str]) -> &str {
        let value = |name: &&str| self.fields.iter().find(|(own, value)| own == name && !value.trim().is_empty());
        names.iter().find_map(value).map_or("", |(_, value)| value)
    }
}

/// Reads all entries. Findings: those of [`gather`] and of [`bibtex_record::read`], `bad-entry` (error) for an entry that
/// cannot be read, `unknown-macro`.
pub fn read(text: &RecordText, findings: &mut Findings) -> Export {
    let mut whole = String::new();
    let mut starts = Vec::with_capacity(text.lines.len());
    for line in &text.lines {
        starts.push((whole.len(), line.number));
        whole.push_str(&line.text);
        whole.push('\n');
    }
    let line_at = |offset: usize| {
        let at = starts.partition_point(|(start, _)| *start <= offset);
        at.checked_sub(1).map_or(0, |at| starts[at].1)
    };
    let mut macros: BTreeMap<String, String> = BTreeMap::new();
    let mut parsed: Vec<Result<Entry, Reading>> = Vec::new();
    for (start, end) in pieces(&whole) {
        let line = line_at(start);
        let mut scanner = Scanner { text: &whole[..end], at: start + 1, macros: &mut macros, unknown: Vec::new() };
        let outcome = scanner.entry();
        for name in std::mem::take(&mut scanner.unknown) {
            let message = format!("the macro \"{}\" is not defined; its name is used as the text", excerpt(&name));
            findings.push(Finding::info("unknown-macro", message).at(text.place(line)));
        }
        match outcome {
            Ok(Some(entry)) => parsed.push(Ok(Entry { line, ..entry })),
            Ok(None) => {}
            Err(fault) => {
                let at = line_at(scanner.at.min(end.saturating_sub(1)));
                let message = format!("the entry that begins here cannot be read: {fault} (row {at}); it is left out");
                let finding = Finding::error("bad-entry", message).at(text.place(line));
                let finding = finding.hint("look for a brace, quote or comma that is missing");
                parsed.push(Err(Reading { line, findings: vec![finding], ..Reading::default() }));
            }
        }
    }
    let readings: Vec<Reading> = parsed
        .into_par_iter()
        .map(|entry| match entry {
            Ok(entry) => bibtex_record::read(text, &entry),
            Err(reading) => reading,
        })
        .collect();
    let (records, count) = gather(text, readings, findings);
    Export { layout: "bibtex", system: "bibtex", records, count }
}

/// Whether a line begins an entry: `@article{`, `@string (`.
pub fn begins_entry(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('@') else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    behind.len() < rest.len() && behind.trim_start().starts_with(['{', '('])
}

/// Offsets where each entry begins (its `@`) and where at the latest it ends: at the next line that begins one.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if begins_entry(line) {
            starts.push(offset + line.len() - line.trim_start().len());
        }
        offset += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).collect()
}

/// Reads one entry; `text` ends where the entry must.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    macros: &'a mut BTreeMap<String, String>,
    unknown: Vec<String>,
}

type Fault = &'static str;

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: char) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    /// What stands before the first sign that `ends`.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(ends).unwrap_or(rest.len());
        self.at += end;
        rest[..end].trim()
    }

    /// An entry behind its `@`; `None` for comments, preambles and macros.
    fn entry(&mut self) -> Result<Option<Entry>, Fault> {
        let kind = self.until(|c| !c.is_ascii_alphabetic()).to_ascii_lowercase();
        if matches!(kind.as_str(), "comment" | "preamble") {
            return Ok(None);
        }
        self.skip_space();
        let close = if self.take('{') {
            '}'
        } else if self.take('(') {
            ')'
        } else {
            return Err("it has no body");
        };
        if kind == "string" {
            let (name, value) = self.field()?;
            self.macros.insert(name, value);
            return Ok(None);
        }
        let key = self.until(|c| matches!(c, ',' | '}' | '=' | '\n')).to_owned();
        let mut entry = Entry { kind, key, ..Entry::default() };
        if self.rest().starts_with('=') {
            return Err("it has no key");
        }
        loop {
            while self.take(',') {}
            if self.take(close) {
                return Ok(Some(entry));
            }
            if self.rest().is_empty() {
                return Err("its end is missing");
            }
            entry.fields.push(self.field()?);
            if !matches!(self.rest().trim_start().chars().next(), Some(',' | '}' | ')')) {
                return Err("two fields are not parted by a comma, or the end is missing");
            }
        }
    }

    /// `name = value # value`
    fn field(&mut self) -> Result<(String, String), Fault> {
        self.skip_space();
        let name = self.until(|c| c == '=' || c == ',' || c == '{' || c == '}' || c == '"' || c == '\n');
        let name: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if !self.take('=') || name.is_empty() {
            return Err("a field has no name or no \"=\"");
        }
        let mut value = self.value()?;
        while self.take('#') {
            value.push_str(&self.value()?);
        }
        Ok((name, value))
    }

    /// A text in braces or quotes, a number or a macro.
    fn value(&mut self) -> Result<String, Fault> {
        if self.take('{') {
            return self.delimited('}').ok_or("a brace is never closed");
        }
        if self.take('"') {
            return self.delimited('"').ok_or("a quote is never closed");
        }
        let word = self.until(|c| c == ',' || c == '}' || c == ')' || c == '#' || c.is_whitespace());
        let name = word.to_ascii_lowercase();
        if let Some(text) = self.macros.get(&name) {
            return Ok(text.clone());
        }
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        if word.is_empty() {
            return Err("a field has no value");
        }
        if !number && !MONTHS.contains(&name.as_str()) {
            self.unknown.push(word.to_owned());
        }
        Ok(word.to_owned())
    }

    /// The text up to the sign that ends it outside inner braces. A backslash takes a brace's meaning away.
    fn delimited(&mut self, end: char) -> Option<String> {
        let rest = self.rest();
        let (mut depth, mut escaped) = (0usize, false);
        for (offset, sign) in rest.char_indices() {
            match sign {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if sign == end && depth == 0 => {
                    self.at += offset + sign.len_utf8();
                    return Some(rest[..offset].to_owned());
                }
                '{' => depth += 1,
                '}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        None
    }
}
