//! Journal lists in the form of the SCImago Journal Rank.

use crate::diagnostic::Finding;
use crate::load::cell::{Printed, printed_number, text_of};
use crate::load::findings::Findings;
use crate::load::identifier::issns;
use crate::load::sheet::{Count, Sheet};
use crate::model::tables::Journal;
use crate::model::text::{clean, fold};

/// Reads the rows of a sheet. Journals without an ISSN are kept, but no record can name them: they are counted in one
/// finding (`no-issn`).
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<Journal>, Count) {
    let (journals, count) = sheet.each(findings, |entry| {
        let title = entry.required("title")?;
        let columns = entry.sheet.columns("issn");
        let mut numbers: Vec<String> = Vec::new();
        for issn in columns.iter().flat_map(|column| issns(&text_of(entry.row.cell(*column)))) {
            if !numbers.contains(&issn) {
                numbers.push(issn);
            }
        }
        // An SJR has no thousands: whichever sign it carries is the decimal sign.
        let printed = entry.text("sjr").replace(',', ".");
        let sjr = match printed_number(&printed, Some(false)) {
            Printed::Number(number) if number.value >= 0.0 => Some(number.value),
            _ => None,
        };
        let quartile = quartile(&entry.text("quartile"));
        let categories = split(&entry.text("categories")).map(|category| with_quartile(&category)).collect();
        let areas = split(&entry.text("areas")).collect();
        Ok(Journal { issns: numbers, title, sjr, quartile, categories, areas })
    });
    let nameless = journals.iter().filter(|journal| journal.issns.is_empty()).count();
    if nameless > 0 {
        let message =
            format!("{nameless} of {} journals have no ISSN; no publication can be matched to them", journals.len());
        findings.push(Finding::info("no-issn", message).at(sheet.whole()));
    }
    (journals, count)
}

fn split(text: &str) -> impl Iterator<Item = String> {
    text.split(';').map(clean).filter(|part| !part.is_empty() && part != "-")
}

/// `Q1` → 1; `-` → none.
fn quartile(text: &str) -> Option<u8> {
    match fold(text).as_str() {
        "q1" | "1" => Some(1),
        "q2" | "2" => Some(2),
        "q3" | "3" => Some(3),
        "q4" | "4" => Some(4),
        _ => None,
    }
}

/// `Medicine (miscellaneous) (Q1)` → the category and its own quartile.
fn with_quartile(text: &str) -> (String, Option<u8>) {
    let parts = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    match parts.and_then(|(name, last)| quartile(last).map(|quartile| (clean(name), Some(quartile)))) {
        Some(category) => category,
        None => (text.to_owned(), None),
    }
}
