//! `evidence.xlsx` of a unit: formulas that work its scores out again from the raw values, beside the numbers of the
//! tables, and the publications that count and do not.
//!
//! A first sheet that says what is where, one sheet per edition, the compared values where a score is a place among them,
//! then the two lists of publications. Formulas carry their results, for programs that do not recalculate.

mod cells;
mod edition;
mod papers;
mod values;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Url, Workbook, Worksheet, XlsxError};

use super::page::{Looks, SheetNames, put};
use crate::diagnostic::{Error, Finding, Result};
use crate::model::evidence_book::EvidenceBook;
use crate::model::report::{Argument, Phrase, Text};
use crate::render::phrases::Words;

/// Formats of this workbook beside the usual ones.
struct Marks {
    looks: Looks,
    /// A number as the tables have it.
    stored: Format,
    /// A number that a formula gives.
    live: Format,
    /// A share that a formula gives.
    live_share: Format,
    /// A difference, which shows how small it is.
    difference: Format,
}

impl Marks {
    fn new(words: &Words) -> Self {
        let live = || Format::new().set_background_color(0x00E8_F1FA);
        Marks {
            looks: Looks::new(words),
            stored: Format::new().set_num_format("0.0###"),
            live: live().set_num_format("0.0###"),
            live_share: live().set_num_format("0.0%"),
            difference: live().set_num_format("0.0E+00;-0.0E+00;0"),
        }
    }
}

/// The workbook of a unit in one language.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses it.
pub fn workbook(book: &EvidenceBook, words: &Words) -> Result<Vec<u8>> {
    write(book, words).map_err(|error| {
        let message = format!("the evidence workbook of {} could not be written: {error}", book.unit);
        Error::from(Finding::error("render-failed", message))
    })
}

fn write(book: &EvidenceBook, words: &Words) -> std::result::Result<Vec<u8>, XlsxError> {
    let marks = Marks::new(words);
    let mut names = SheetNames::default();
    let about = names.next(&words.word("evidence.about"));
    let values = values::Values::new(book, &names.next(&words.word("evidence.values")));
    let editions: Vec<String> = book.editions.iter().map(|each| names.next(&each.id.replace('/', " "))).collect();
    let counted = names.next(&words.word("evidence.counted"));
    let excluded = names.next(&words.word("evidence.excluded"));

    let mut listed = Vec::new();
    let count = |papers: usize| words.say(&Phrase::new("evidence.papers").with("n", Argument::Count(papers as u64)));
    for (name, edition) in editions.iter().zip(&book.editions) {
        listed.push((name, words.text(&edition.name.clone().into())));
    }
    if !values.is_empty() {
        listed.push((&values.sheet, words.word("evidence.values_hold")));
    }
    listed.push((&counted, count(book.counted.len())));
    listed.push((&excluded, count(book.excluded.len())));

    let mut workbook = Workbook::new();
    // The library would enter the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let mut sheet = Worksheet::new();
    contents(&mut sheet, book, (&about, &listed), words, &marks)?;
    workbook.push_worksheet(sheet);
    for (at, name) in editions.iter().enumerate() {
        let mut sheet = Worksheet::new();
        let row = begin(&mut sheet, book, (name, &words.text(&book.editions[at].name.clone().into())), words, &marks)?;
        edition::write(&mut sheet, row, (&book.editions[at], at), &values, words, &marks)?;
        workbook.push_worksheet(sheet);
    }
    if !values.is_empty() {
        let mut sheet = Worksheet::new();
        let row = begin(&mut sheet, book, (&values.sheet, &words.word("evidence.values_hold")), words, &marks)?;
        values.write(&mut sheet, row, book, words, &marks)?;
        workbook.push_worksheet(sheet);
    }
    // Rows go to the file one by one: a whole university may hold very many.
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let row = begin(sheet, book, (&counted, &words.word("evidence.counted_title")), words, &marks)?;
    papers::counted(sheet, row, &book.counted, words, &marks)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let row = begin(sheet, book, (&excluded, &words.word("evidence.excluded_title")), words, &marks)?;
    papers::excluded(sheet, row, &book.excluded, words, &marks)?;
    workbook.save_to_buffer()
}

/// Name, direction, title, unit and notices of a sheet; returns the next free row.
fn begin(
    sheet: &mut Worksheet,
    book: &EvidenceBook,
    (name, title): (&str, &str),
    words: &Words,
    marks: &Marks,
) -> std::result::Result<u32, XlsxError> {
    sheet.set_name(name)?.set_right_to_left(words.right_to_left).set_landscape();
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    put(sheet, (0, 0), title, &marks.looks.title)?;
    put(sheet, (1, 0), &unit(book, words), &marks.looks.text)?;
    let mut row = 2;
    if book.invented {
        put(sheet, (row, 0), &words.word("notice.invented"), &marks.looks.notice)?;
        row += 1;
    }
    put(sheet, (row, 0), &words.word("notice.style"), &marks.looks.text)?;
    Ok(row + 2)
}

/// The unit in words: name, code, type, institution.
fn unit(book: &EvidenceBook, words: &Words) -> String {
    let text = |text: Text| Argument::Text(text);
    words.say(
        &Phrase::new("evidence.unit")
            .with("unit", text(Text::Names(book.unit_name.clone())))
            .with("code", text(Text::Verbatim(book.unit.clone())))
            .with("type", text(Text::UnitType(book.unit_type.clone())))
            .with("institution", text(Text::Names(book.institution.clone())))
            .with("year", Argument::Year(book.year)),
    )
}

/// The first sheet.
fn contents(
    sheet: &mut Worksheet,
    book: &EvidenceBook,
    (name, listed): (&str, &[(&String, String)]),
    words: &Words,
    marks: &Marks,
) -> std::result::Result<(), XlsxError> {
    let looks = &marks.looks;
    let mut row = begin(sheet, book, (name, &words.word("evidence.title")), words, marks)?;
    put(sheet, (row, 0), &words.word("workbook.sheet"), &looks.head)?;
    put(sheet, (row, 1), &words.word("workbook.holds"), &looks.head)?;
    for (name, holds) in listed {
        row += 1;
        let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(name.as_str());
        sheet.write_url(row, 0, link)?;
        put(sheet, (row, 1), holds, &looks.text)?;
    }
    row += 2;
    put(sheet, (row, 0), &words.word("workbook.how_to_read"), &looks.head)?;
    put(sheet, (row, 1), "", &looks.head)?;
    for key in ["evidence.how_1", "evidence.how_2", "evidence.how_3", "evidence.how_4"] {
        row += 1;
        put(sheet, (row, 1), &words.word(key), &looks.wrapped)?;
    }
    sheet.set_column_width(0, 34)?.set_column_width(1, 110)?;
    Ok(())
}
