//! Records of tagged lines: a field is a tag with a text, carried on by indented lines, and a record a run of fields.

use crate::diagnostic::Finding;
use crate::load::findings::Findings;
use crate::load::record_text::{RecordText, excerpt};
use crate::model::text::clean;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// A tag and the text behind it.
    Field(&'a str, &'a str),
    /// More text of the field above.
    More(&'a str),
    /// Neither.
    Stray,
}

/// How a format writes its lines and parts its records.
#[derive(Debug, Clone, Copy)]
pub struct Grammar {
    /// Reads a line.
    pub part: fn(&str) -> Part<'_>,
    /// Tag of a record's first line.
    pub begins: &'static str,
    /// Tag of a record's last line, where the format has one.
    pub ends: Option<&'static str>,
    /// Tags of the file's own lines, outside records.
    pub outside: &'static [&'static str],
}

/// A field: its tag and the texts of its lines.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    /// The tag.
    pub tag: &'a str,
    /// The texts, the tag and indentation left off.
    pub lines: Vec<&'a str>,
}

impl Field<'_> {
    /// The whole text in one line.
    pub fn text(&self) -> String {
        clean(&self.lines.join(" "))
    }
}

/// The fields of one record in file order.
#[derive(Debug, Clone)]
pub struct TaggedRecord<'a> {
    /// Number of the record's first line.
    pub line: u32,
    /// The fields.
    pub fields: Vec<Field<'a>>,
}

impl<'a> TaggedRecord<'a> {
    /// The fields with a tag.
    pub fn all(&self, tag: &str) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(move |field| field.tag == tag)
    }

    /// The text of the first field with a tag; empty where there is none.
    pub fn text(&self, tag: &str) -> String {
        self.all(tag).next().map(Field::text).unwrap_or_default()
    }

    /// The first of the tags that has a text.
    pub fn first_text(&self, tags: &[&str]) -> String {
        tags.iter().map(|tag| self.text(tag)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The lines of all fields with a tag, each cleaned: the items of fields such as `AU` that put one on a line.
    pub fn lines(&self, tag: &str) -> Vec<String> {
        let lines = self.all(tag).flat_map(|field| &field.lines).map(|line| clean(line));
        lines.filter(|line| !line.is_empty()).collect()
    }
}

/// Parts a text into records. Findings: `stray-line` for a line that belongs to no field of a record,
/// `unclosed-record` for a record whose last line is missing; it is used as far as it goes.
pub fn records<'a>(text: &'a RecordText, grammar: &Grammar, findings: &mut Findings) -> Vec<TaggedRecord<'a>> {
    let mut records = Vec::new();
    let mut open: Option<TaggedRecord> = None;
    // Whether the last line outside records was one of the file's own, which may go on in the next.
    let mut in_preamble = false;
    let close = |open: Option<TaggedRecord<'a>>, records: &mut Vec<TaggedRecord<'a>>, findings: &mut Findings| {
        let Some(record) = open else { return };
        if let Some(end) = grammar.ends {
            let message =
                format!("the record that begins here has no last line \"{end}\"; it is used as far as it goes");
            let hint = "a file that was cut off looks like this; export it anew";
            findings.push(Finding::warning("unclosed-record", message).at(text.place(record.line)).hint(hint));
        }
        records.push(record);
    };
    for line in text.lines.iter().filter(|line| !line.text.trim().is_empty()) {
        let stray = |findings: &mut Findings| {
            let message = format!("\"{}\" belongs to no field of a record; it is left out", excerpt(line.text.trim()));
            findings.push(Finding::warning("stray-line", message).at(text.place(line.number)));
        };
        match (grammar.part)(&line.text) {
            Part::Field(tag, value) if tag == grammar.begins => {
                close(open.take(), &mut records, findings);
                open = Some(TaggedRecord { line: line.number, fields: vec![Field { tag, lines: vec![value] }] });
            }
            Part::Field(tag, _) if Some(tag) == grammar.ends => match open.take() {
                Some(record) => records.push(record),
                None => stray(findings),
            },
            Part::Field(tag, value) => match open.as_mut() {
                Some(record) => record.fields.push(Field { tag, lines: vec![value] }),
                None if grammar.outside.contains(&tag) => in_preamble = true,
                None => stray(findings),
            },
            Part::More(value) => match open.as_mut().and_then(|record| record.fields.last_mut()) {
                Some(field) => field.lines.push(value),
                None if in_preamble => {}
                None => stray(findings),
            },
            Part::Stray => stray(findings),
        }
        in_preamble &= open.is_none();
    }
    // The file's own last line ("EF") closes nothing.
    close(open, &mut records, findings);
    records
}
