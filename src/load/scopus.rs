//! Scopus document exports in their layouts since 2019.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::diagnostic::{Finding, Place};
use crate::load::byline::{self, Byline, Cells};
use crate::load::cell::{Printed, printed_number, text_of};
use crate::load::findings::Findings;
use crate::load::grid::{Cell, Row};
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::Record;
use crate::model::text::{clean, digits_to_ascii};

/// Characters that a spreadsheet program keeps of a cell; what is longer is cut without a word.
const CUT_AT: usize = 32_767;

/// A record with the findings of its row.
struct Reading {
    record: Option<Record>,
    findings: Vec<Finding>,
    ids_differ: bool,
    unsplit: bool,
}

/// Reads the records of a sheet, in row order.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Record>, Count) {
    let readings: Vec<Reading> = sheet.rows().par_iter().map(|row| Source { sheet, row }.read()).collect();
    let mut records = Vec::with_capacity(readings.len());
    let mut count = Count::default();
    let (mut ids_differ, mut unsplit) = (Vec::new(), Vec::new());
    for (reading, row) in readings.into_iter().zip(sheet.rows()) {
        findings.extend(reading.findings);
        if reading.ids_differ {
            ids_differ.push(row.number);
        }
        if reading.unsplit {
            unsplit.push(row.number);
        }
        match reading.record {
            Some(record) => {
                records.push(record);
                count.used += 1;
            }
            None => count.left_out += 1,
        }
    }
    if !unsplit.is_empty() {
        let message = format!(
            "in {} of {} records an author's affiliations could not be told apart by the record's own list and are kept as \
             one text ({})",
            unsplit.len(),
            records.len(),
            shown(&unsplit)
        );
        findings.push(
            Finding::info("unsplit-affiliations", message)
                .at(sheet.whole())
                .hint("export the column \"Affiliations\" together with \"Authors with affiliations\""),
        );
    }
    if !ids_differ.is_empty() {
        let message = format!(
            "in {} records the numbers of authors and of author ids differ; their ids are not used ({})",
            ids_differ.len(),
            shown(&ids_differ)
        );
        findings.push(Finding::warning("author-ids-differ", message).at(sheet.whole()));
    }
    (records, count)
}

/// `rows 2, 5, …`
fn shown(rows: &[u32]) -> String {
    let numbers: Vec<String> = rows.iter().take(10).map(u32::to_string).collect();
    format!("rows {}{}", numbers.join(", "), if rows.len() > 10 { ", …" } else { "" })
}

/// One row of an export.
struct Source<'a> {
    sheet: &'a Sheet<'a>,
    row: &'a Row,
}

impl<'a> Source<'a> {
    fn cell(&self, field: &str) -> &'a Cell {
        self.sheet.columns(field).first().map_or(&Cell::Empty, |column| self.row.cell(*column))
    }

    /// The cell's text as it is, only with white space made equal, so that the parts of one record can be compared.
    fn text(&self, field: &str) -> Cow<'a, str> {
        match self.cell(field) {
            Cell::Text(text) if is_clean(text) => Cow::Borrowed(text.trim()),
            other => Cow::Owned(text_of(other)),
        }
    }

    fn place(&self, field: &str) -> Place {
        match self.sheet.columns(field).first() {
            Some(column) => self.sheet.place(self.row.number, *column),
            None => self.sheet.grid.place(self.row.number, None),
        }
    }

    fn read(&self) -> Reading {
        let mut reading = Reading { record: None, findings: Vec::new(), ids_differ: false, unsplit: false };
        let title = self.text("title");
        let doi = identifier::doi(&self.text("doi"));
        let eid = self.eid();
        if title.is_empty() && doi.is_none() && eid.is_none() {
            let message = "the record has neither title nor identifier; it is left out";
            reading.findings.push(Finding::warning("empty-record", message).at(self.place("title")));
            return reading;
        }
        let Ok(year) = self.year(&mut reading.findings) else { return reading };
        let citations = self.citations(&mut reading.findings);
        self.report_cut_cells(&mut reading.findings);
        let byline = byline::read(Cells {
            authors: &self.text("authors"),
            full_names: &self.text("author_names"),
            ids: &self.text("author_ids"),
            affiliations: &self.text("affiliations"),
            with_affiliations: &self.text("authors_with_affiliations"),
        });
        let Byline { authors, damaged_ids, ids_differ, unsplit } = byline;
        if let Some(id) = damaged_ids.first() {
            let message = format!("{} author ids have lost their last digits, such as \"{id}\"", damaged_ids.len());
            let hint = "a spreadsheet program has saved the export: use the file as it was downloaded";
            reading.findings.push(Finding::warning("damaged-id", message).at(self.place("author_ids")).hint(hint));
        }
        (reading.ids_differ, reading.unsplit) = (ids_differ, unsplit);
        let issn_columns = self.sheet.columns("issn").iter();
        let mut issns: Vec<String> = Vec::new();
        for issn in issn_columns.flat_map(|column| identifier::issns(&text_of(self.row.cell(*column)))) {
            if !issns.contains(&issn) {
                issns.push(issn);
            }
        }
        let correspondence = self.text("correspondence");
        reading.record = Some(Record {
            row: self.row.number,
            doi,
            eid,
            title: title.into_owned(),
            year,
            document_type: document_type(&self.text("document_type")),
            journal: self.text("journal").into_owned(),
            issns,
            citations,
            correspondence: (!correspondence.is_empty()).then(|| correspondence.into_owned()),
            authors,
            ..Record::default()
        });
        reading
    }

    /// The EID, else the one in the record's link.
    fn eid(&self) -> Option<String> {
        let eid = self.text("eid");
        if eid.starts_with("2-s2.0-") {
            return Some(eid.into_owned());
        }
        let link = self.text("link");
        let start = link.find("2-s2.0-")?;
        let number = link[start + 7..].chars().take_while(char::is_ascii_digit).collect::<String>();
        (!number.is_empty()).then(|| format!("2-s2.0-{number}"))
    }

    fn year(&self, findings: &mut Vec<Finding>) -> std::result::Result<Option<i32>, ()> {
        let text = digits_to_ascii(&self.text("year"));
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse() {
            Ok(year) if (1000..=2999).contains(&year) => Ok(Some(year)),
            _ => {
                let message = format!("\"{text}\" is not a publication year; the record is left out");
                let hint = "rows shifted by a stray quote or separator look like this";
                findings.push(Finding::error("bad-year", message).at(self.place("year")).hint(hint));
                Err(())
            }
        }
    }

    /// Citations; an empty cell of the column means none.
    fn citations(&self, findings: &mut Vec<Finding>) -> Option<i64> {
        if !self.sheet.has("citations") {
            return None;
        }
        let text = self.text("citations");
        match printed_number(&text, None) {
            Printed::Number(number) if number.value >= 0.0 && number.value.fract() == 0.0 => Some(number.value as i64),
            Printed::Nothing => Some(0),
            _ => {
                let message = format!("\"{text}\" is not a number of citations; it is taken as unknown");
                findings.push(Finding::warning("not-a-number", message).at(self.place("citations")));
                None
            }
        }
    }

    fn report_cut_cells(&self, findings: &mut Vec<Finding>) {
        for (column, cell) in self.row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            if text.len() < CUT_AT {
                continue;
            }
            let (signs, units) = (text.chars().count(), text.encode_utf16().count());
            if signs == CUT_AT || units == CUT_AT {
                let message = format!("the cell ends at {CUT_AT} characters: a spreadsheet program has cut it");
                findings.push(
                    Finding::warning("cut-cell", message)
                        .at(self.sheet.place(self.row.number, column))
                        .hint("use the export as it was downloaded, not saved again by a spreadsheet program"),
                );
            }
        }
    }
}

/// Whether cleaning would change nothing but the ends: only single spaces, and no invisible sign.
fn is_clean(text: &str) -> bool {
    let mut before = 'x';
    text.chars().all(|sign| {
        let odd = match sign {
            ' ' => before == ' ',
            sign if sign.is_ascii() => sign.is_ascii_control(),
            sign => {
                sign.is_whitespace() || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
            }
        };
        before = sign;
        !odd
    })
}

/// `Conference paper` → `conference_paper`.
fn document_type(text: &str) -> String {
    clean(text)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}
