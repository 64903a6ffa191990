//! Exports that are no table but texts of records: tagged lines, BibTeX, JSON lines. Which of them a text is, and what
//! their readers share.

use std::borrow::Cow;

use crate::diagnostic::{Finding, Place, Severity};
use crate::load::findings::Findings;
use crate::load::grid::{Cell, Grid, Row};
use crate::load::sheet::Count;
use crate::load::{bibtex, json_lines, medline, ris, web_of_science};
use crate::model::tables::Record;

/// A text of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Plain text of Web of Science: `PT J`.
    WebOfScience,
    /// MEDLINE text of PubMed: `PMID- 123`.
    Medline,
    /// RIS: `TY  - JOUR`.
    Ris,
    /// EndNote import text: `%0 Journal Article`. Known, so that its lines are not cut at commas; not read.
    EndNote,
    /// BibTeX: `@article{`.
    Bibtex,
    /// JSON, one record per line or as one document.
    JsonLines,
}

/// Lines looked at: exports of Scopus begin with some lines of their own.
const LOOKED_AT: usize = 40;

/// Rows named in a finding about many records.
const SHOWN: usize = 100;

/// The kind of record text that begins with these lines; `None` for anything else, tables included.
pub fn kind<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Kind> {
    let mut lines = lines.into_iter().take(LOOKED_AT).filter(|line| !line.trim().is_empty());
    let first = lines.next()?;
    let start = first.trim_start();
    if bibtex::begins_entry(start) {
        return Some(Kind::Bibtex);
    }
    // Columns of Web of Science are called `PT`, `AU` … too.
    if first.contains('\t') {
        return None;
    }
    let tagged = |tags: &[&str]| tags.iter().any(|tag| start.starts_with(tag));
    if tagged(&["FN Clarivate", "FN Thomson", "FN ISI"]) || is_publication_type(start) {
        Some(Kind::WebOfScience)
    } else if tagged(&["PMID- "]) {
        Some(Kind::Medline)
    } else if tagged(&["TY  - "]) {
        Some(Kind::Ris)
    } else if tagged(&["%0 "]) {
        Some(Kind::EndNote)
    } else if tagged(&["{\"", "[{\""]) || matches!(start.trim_end(), "{" | "[" | "[{") {
        Some(Kind::JsonLines)
    } else if lines.any(bibtex::begins_entry) {
        Some(Kind::Bibtex)
    } else {
        None
    }
}

/// `PT J`, `PT B` … and nothing else.
fn is_publication_type(line: &str) -> bool {
    line.trim_end().strip_prefix("PT ").is_some_and(|kind| matches!(kind, "J" | "B" | "S" | "P" | "C"))
}

/// One line with its number as an editor shows it.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// From 1.
    pub number: u32,
    /// Its text without the line end.
    pub text: Cow<'a, str>,
}

/// The lines of a text, the empty ones left off, and the grid that places findings.
#[derive(Debug)]
pub struct RecordText<'a> {
    grid: &'a Grid,
    /// The lines.
    pub lines: Vec<Line<'a>>,
}

impl RecordText<'_> {
    /// The place of a line.
    pub fn place(&self, line: u32) -> Place {
        self.grid.place(line, None)
    }
}

/// What was read from a text.
#[derive(Debug)]
pub struct Export {
    /// Name of the format, noted as the layout.
    pub layout: &'static str,
    /// Exporting system.
    pub system: &'static str,
    /// The records in file order.
    pub records: Vec<Record>,
    /// Records used and left out.
    pub count: Count,
}

/// Reads a grid that holds a text of records, one line per row; `None` where it does not.
pub fn read(grid: &Grid, findings: &mut Findings) -> Option<Export> {
    if grid.sheet.is_some() {
        return None;
    }
    let kind = kind(grid.rows.iter().take(LOOKED_AT).filter_map(|row| match row.cell(0) {
        Cell::Text(text) => Some(&**text),
        _ => None,
    }))?;
    let lines = grid.rows.iter().map(|row| Line { number: row.number, text: line(row) }).collect();
    let text = RecordText { grid, lines };
    Some(match kind {
        Kind::WebOfScience => web_of_science::read(&text, findings),
        Kind::Medline => medline::read(&text, findings),
        Kind::Ris => ris::read(&text, findings),
        Kind::Bibtex => bibtex::read(&text, findings),
        Kind::JsonLines => json_lines::read(&text, findings),
        Kind::EndNote => return None,
    })
}

/// The text of a row; the sign that stands for "no separator" may have cut it after all.
fn line(row: &Row) -> Cow<'_, str> {
    if let [Cell::Text(text)] = row.cells.as_slice() {
        return Cow::Borrowed(text);
    }
    let parts = row.cells.iter().map(|cell| match cell {
        Cell::Text(text) => &**text,
        _ => "",
    });
    Cow::Owned(parts.collect::<Vec<_>>().join(" "))
}

/// Something about a record that is told once for all records that share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peculiarity {
    /// A group is listed beside persons.
    GroupAuthor,
    /// An entry of the author list has no name.
    NamelessAuthor,
    /// Several addresses and authors, and no word of whose is which.
    UnlinkedAddresses,
    /// An address names somebody who is not in the author list.
    UnknownInAddress,
    /// A researcher id belongs to nobody, or to several, of the author list.
    UnlinkedId,
}

impl Peculiarity {
    fn told(self) -> (Severity, &'static str, &'static str) {
        match self {
            Peculiarity::GroupAuthor => {
                (Severity::Info, "group-author", "a group is listed beside persons; it is not counted as an author")
            }
            Peculiarity::NamelessAuthor => (
                Severity::Info,
                "nameless-author",
                "an entry of the author list has no name, as groups in exports of PubMed; it is not counted as an author",
            ),
            Peculiarity::UnlinkedAddresses => (
                Severity::Warning,
                "unlinked-addresses",
                "the export does not say which author has which of the addresses; they are not used",
            ),
            Peculiarity::UnknownInAddress => (
                Severity::Warning,
                "unknown-in-address",
                "an address names somebody who is not found in the author list; it is not used for that name",
            ),
            Peculiarity::UnlinkedId => (
                Severity::Info,
                "unlinked-id",
                "an author id stands beside a name that fits no author, or several; it is not used",
            ),
        }
    }
}

/// What one record gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its first line.
    pub line: u32,
    /// The record; `None` where it is left out, which a finding says.
    pub record: Option<Record>,
    /// Findings of this record alone.
    pub findings: Vec<Finding>,
    /// What it shares with others.
    pub peculiar: Vec<Peculiarity>,
}

impl Reading {
    /// Takes `record` unless it has neither title nor identifier, which is then said.
    pub fn accept(&mut self, text: &RecordText, record: Record) {
        let named = !record.title.is_empty()
            || [&record.doi, &record.eid, &record.ut, &record.pmid, &record.openalex].iter().any(|id| id.is_some());
        if named {
            self.record = Some(record);
        } else {
            let message = "the record has neither title nor identifier; it is left out";
            self.findings.push(Finding::warning("empty-record", message).at(text.place(self.line)));
        }
    }

    /// A publication year; anything else is said and unknown.
    pub fn year(&mut self, text: &RecordText, printed: &str) -> Option<i32> {
        let printed = printed.trim();
        let year: Option<i32> = printed.parse().ok().filter(|year| (1000..=2999).contains(year));
        if year.is_none() && !printed.is_empty() {
            let message = format!("\"{}\" is not a publication year; it is taken as unknown", excerpt(printed));
            self.findings.push(Finding::warning("bad-year", message).at(text.place(self.line)));
        }
        year
    }

    /// A number of citations; anything else is said and unknown.
    pub fn citations(&mut self, text: &RecordText, printed: &str) -> Option<i64> {
        let printed = printed.trim();
        let count: Option<i64> = printed.parse().ok().filter(|count| *count >= 0);
        if count.is_none() && !printed.is_empty() {
            let message = format!("\"{}\" is not a number of citations; it is taken as unknown", excerpt(printed));
            self.findings.push(Finding::warning("not-a-number", message).at(text.place(self.line)));
        }
        count
    }

    /// Notes a peculiarity once.
    pub fn note(&mut self, peculiarity: Peculiarity) {
        if !self.peculiar.contains(&peculiarity) {
            self.peculiar.push(peculiarity);
        }
    }
}

/// The start of a text that may be long, for a message.
pub fn excerpt(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

/// Puts readings together: their records, how many were used, and all that is to be said.
pub fn gather(text: &RecordText, readings: Vec<Reading>, findings: &mut Findings) -> (Vec<Record>, Count) {
    let mut records = Vec::with_capacity(readings.len());
    let mut count = Count::default();
    let mut peculiar: Vec<(Peculiarity, u32)> = Vec::new();
    for reading in readings {
        findings.extend(reading.findings);
        peculiar.extend(reading.peculiar.iter().map(|peculiarity| (*peculiarity, reading.line)));
        match reading.record {
            Some(record) => {
                records.push(record);
                count.used += 1;
            }
            None => count.left_out += 1,
        }
    }
    peculiar.sort_unstable();
    for same in peculiar.chunk_by(|(a, _), (b, _)| a == b) {
        let (severity, code, what) = same[0].0.told();
        let lines: Vec<u32> = same.iter().map(|(_, line)| *line).collect();
        let shown: Vec<String> = lines.iter().take(SHOWN).map(u32::to_string).collect();
        let more = if lines.len() > SHOWN { ", …" } else { "" };
        let message = format!("{what} ({} records, at rows {}{more})", lines.len(), shown.join(", "));
        findings.push(Finding::new(severity, code, message).at(text.place(0)));
    }
    (records, count)
}
