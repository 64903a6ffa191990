//! Records of bibliographic exports: one row, one record, whatever system it is from. How authors are printed is the
//! layout's byline.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::diagnostic::{Finding, Place};
use crate::load::byline::{self, Byline, Cells};
use crate::load::cell::{Printed, printed_number, text_of};
use crate::load::document_type::fold_document_type;
use crate::load::findings::Findings;
use crate::load::grid::{Cell, Row};
use crate::load::identifier;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::Record;
use crate::model::text::digits_to_ascii;

/// Characters that a spreadsheet program keeps of a cell; what is longer is cut without a word.
const CUT_AT: usize = 32_767;

/// Fields whose cells tell the authors.
const BYLINE: &[&str] = &["authors", "author_names", "author_ids", "affiliations", "authors_with_affiliations"];

/// A record with the findings of its row.
#[derive(Default)]
struct Reading {
    record: Option<Record>,
    findings: Vec<Finding>,
    passed_over: bool,
    ids_differ: bool,
    unsplit: bool,
}

/// Reads the records of a sheet, in row order.
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Record>, Count) {
    sheet.report_above(findings);
    let readings: Vec<Reading> = sheet.rows().par_iter().map(|row| Source { sheet, row }.read()).collect();
    let mut records = Vec::with_capacity(readings.len());
    let mut count = Count::default();
    let (mut ids_differ, mut unsplit, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    for (reading, row) in readings.into_iter().zip(sheet.rows()) {
        findings.extend(reading.findings);
        let note = |noted: bool, rows: &mut Vec<u32>| rows.extend(noted.then_some(row.number));
        note(reading.passed_over, &mut passed);
        note(reading.ids_differ, &mut ids_differ);
        note(reading.unsplit, &mut unsplit);
        match reading.record {
            Some(record) => {
                records.push(record);
                count.used += 1;
            }
            None => count.left_out += u64::from(!reading.passed_over),
        }
    }
    sheet.report_passed(&passed, findings);
    if !unsplit.is_empty() {
        let message = format!(
            "in {} of {} records an author's affiliations could not be told apart or given to an author by the record's \
             own list and are kept as they are ({})",
            unsplit.len(),
            records.len(),
            shown(&unsplit)
        );
        let mut finding = Finding::info("unsplit-affiliations", message).at(sheet.whole());
        if sheet.layout.byline == byline::Kind::Scopus {
            finding = finding.hint("export the column \"Affiliations\" together with \"Authors with affiliations\"");
        }
        findings.push(finding);
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
    /// The cell's text as it is, only with white space made equal, so that the parts of one record can be compared. Of
    /// several columns the first that says something. Exports say "nothing" with `-`, `NA` or `n/a`.
    fn text(&self, field: &str) -> Cow<'a, str> {
        for column in self.sheet.columns(field) {
            let text = match self.row.cell(*column) {
                Cell::Text(text) if is_clean(text) => Cow::Borrowed(text.trim()),
                other => Cow::Owned(text_of(other)),
            };
            if !matches!(&*text, "" | "-" | "n/a" | "N/A" | "NA" | "nan") {
                return text;
            }
        }
        Cow::Borrowed("")
    }

    fn place(&self, field: &str) -> Place {
        match self.sheet.columns(field).first() {
            Some(column) => self.sheet.place(self.row.number, *column),
            None => self.sheet.grid.place(self.row.number, None),
        }
    }

    fn read(&self) -> Reading {
        let mut reading = Reading::default();
        if self.row.cells.iter().all(Cell::is_empty) || self.sheet.is_note(self.row) {
            reading.passed_over = true;
            return reading;
        }
        let title = self.text("title");
        let identifiers = [
            identifier::doi(&self.text("doi")),
            self.eid(),
            identifier::accession_number(&self.text("ut")),
            identifier::pubmed_id(&self.text("pmid")),
            identifier::openalex_work(&self.text("openalex")),
        ];
        if title.is_empty() && identifiers.iter().all(Option::is_none) {
            let message = "the record has neither title nor identifier; it is left out";
            reading.findings.push(Finding::warning("empty-record", message).at(self.place("title")));
            return reading;
        }
        let Ok(year) = self.year() else {
            if self.sheet.is_repeated_header(self.row) {
                reading.passed_over = true;
                return reading;
            }
            let message = format!("\"{}\" is not a publication year; the record is left out", self.text("year"));
            let hint = "rows shifted by a stray quote or separator look like this";
            reading.findings.push(Finding::error("bad-year", message).at(self.place("year")).hint(hint));
            return reading;
        };
        let findings = &mut reading.findings;
        let citations = self.citations(findings);
        let fwci = self.measured("fwci", f64::MAX, findings);
        let share_below = self.measured("share_below", 1.0, findings);
        let percentile =
            self.measured("percentile", 100.0, findings).or(share_below.map(|share| (1.0 - share) * 100.0));
        let cut = self.report_cut_cells(findings);
        let byline = self.byline();
        let Byline { authors, unlinked, damaged_ids, ids_differ, unsplit, broken } = byline;
        if let Some(id) = damaged_ids.first() {
            let message = format!("{} author ids have lost their last digits, such as \"{id}\"", damaged_ids.len());
            let hint = "a spreadsheet program has saved the export: use the file as it was downloaded";
            findings.push(Finding::warning("damaged-id", message).at(self.place("author_ids")).hint(hint));
        }
        if broken && !cut {
            let message = format!("the list of authors breaks off or is no list; {} authors are read", authors.len());
            let place = self.place("authors_with_affiliations");
            findings.push(Finding::warning("cut-cell", message).at(place).hint("fetch the record anew"));
        }
        (reading.ids_differ, reading.unsplit) = (ids_differ, unsplit);
        let document_type = fold_document_type(&self.text("document_type"));
        let correspondence = self.text("correspondence");
        let [doi, eid, ut, pmid, openalex] = identifiers;
        reading.record = Some(Record {
            row: self.row.number,
            doi,
            eid,
            ut,
            pmid,
            openalex,
            title: title.into_owned(),
            year,
            retracted: self.flag("retracted").or((document_type == "retracted").then_some(true)),
            document_type,
            journal: self.text("journal").into_owned(),
            issns: self.issns(),
            citations,
            correspondence: (!correspondence.is_empty()).then(|| correspondence.into_owned()),
            fwci,
            percentile,
            damaged_byline: cut || broken || !damaged_ids.is_empty(),
            unlinked_affiliations: unlinked,
            authors,
        });
        reading
    }

    fn byline(&self) -> Byline {
        let corresponding = if self.sheet.has("corresponding") { "corresponding" } else { "correspondence" };
        byline::read(
            self.sheet.layout.byline,
            Cells {
                authors: &self.text("authors"),
                full_names: &self.text("author_names"),
                ids: &self.text("author_ids"),
                affiliations: &self.text("affiliations"),
                with_affiliations: &self.text("authors_with_affiliations"),
                orcids: &self.text("orcids"),
                researcher_ids: &self.text("researcher_ids"),
                corresponding: &self.text(corresponding),
                countries: &self.text("countries"),
                separators: &self.sheet.layout.separators,
            },
        )
    }

    fn issns(&self) -> Vec<String> {
        let mut issns: Vec<String> = Vec::new();
        for column in self.sheet.columns("issn") {
            for issn in identifier::issns(&text_of(self.row.cell(*column))) {
                if !issns.contains(&issn) {
                    issns.push(issn);
                }
            }
        }
        issns
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

    /// The year, or that of a date `2022-12-22`.
    fn year(&self) -> std::result::Result<Option<i32>, ()> {
        let text = digits_to_ascii(&self.text("year"));
        if text.is_empty() {
            return Ok(None);
        }
        let year = match text.split_once(['-', '/']) {
            Some((year, rest)) if rest.starts_with(|sign: char| sign.is_ascii_digit()) => year,
            _ => text.strip_suffix(".0").unwrap_or(&text),
        };
        match year.parse() {
            Ok(year) if (1000..=2999).contains(&year) => Ok(Some(year)),
            _ => Err(()),
        }
    }

    /// Citations; an empty cell means what the layout says of it.
    fn citations(&self, findings: &mut Vec<Finding>) -> Option<i64> {
        if !self.sheet.has("citations") {
            return None;
        }
        let mut text = self.text("citations");
        if text.is_empty() {
            text = Cow::Borrowed(self.sheet.layout.constants.get("citations")?);
        }
        match printed_number(&text, None) {
            Printed::Number(number) if number.value >= 0.0 && number.value.fract() == 0.0 => Some(number.value as i64),
            Printed::Nothing => None,
            _ => {
                let message = format!("\"{text}\" is not a number of citations; it is taken as unknown");
                findings.push(Finding::warning("not-a-number", message).at(self.place("citations")));
                None
            }
        }
    }

    /// A figure from 0 to `most`; what is none is named and taken as unknown.
    fn measured(&self, field: &str, most: f64, findings: &mut Vec<Finding>) -> Option<f64> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        match printed_number(&text, Some(false)) {
            Printed::Number(number) if (0.0..=most).contains(&number.value) => Some(number.value),
            Printed::Nothing => None,
            _ => {
                let message = format!("\"{text}\" is no value of `{field}`; it is taken as unknown");
                findings.push(Finding::warning("not-a-number", message).at(self.place(field)));
                None
            }
        }
    }

    fn flag(&self, field: &str) -> Option<bool> {
        match self.text(field).to_lowercase().as_str() {
            "true" | "yes" | "y" | "1" => Some(true),
            "false" | "no" | "n" | "0" => Some(false),
            _ => None,
        }
    }

    /// Names cells that a spreadsheet program has cut; whether one of them tells the authors.
    fn report_cut_cells(&self, findings: &mut Vec<Finding>) -> bool {
        let mut of_byline = false;
        for (column, cell) in self.row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            if text.len() < CUT_AT {
                continue;
            }
            let (signs, units) = (text.chars().count(), text.encode_utf16().count());
            if signs == CUT_AT || units == CUT_AT {
                of_byline |= BYLINE.iter().any(|field| self.sheet.columns(field).contains(&column));
                let message = format!("the cell ends at {CUT_AT} characters: a spreadsheet program has cut it");
                findings.push(
                    Finding::warning("cut-cell", message)
                        .at(self.sheet.place(self.row.number, column))
                        .hint("use the export as it was downloaded, not saved again by a spreadsheet program"),
                );
            }
        }
        of_byline
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
