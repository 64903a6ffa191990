//! `submission.<language>.xlsx`: the sheets for the portals of rankings, what to look at, and the definitions used.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::page::{Looks, SheetNames, begin, number, put};
use crate::diagnostic::{Error, Finding, Result};
use crate::model::partners::submission::{Figure, NO_SUBJECT, Submission, TOTAL};
use crate::model::report::{Argument, Phrase, Report};
use crate::render::phrases::Words;

/// The workbook in one language.
///
/// # Errors
/// `render-failed`, where the spreadsheet library refuses it.
pub fn workbook(report: &Report, sheets: &[Submission], words: &Words) -> Result<Vec<u8>> {
    write(report, sheets, words).map_err(|error| {
        Error::from(Finding::error("render-failed", format!("the workbook could not be written: {error}")))
    })
}

fn write(report: &Report, sheets: &[Submission], words: &Words) -> std::result::Result<Vec<u8>, XlsxError> {
    let looks = Looks::new(words);
    let mut names = SheetNames::default();
    let mut workbook = Workbook::new();
    // The library would enter the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        let title = words.say(&Phrase::of("submission", sheet.ranking));
        let name = names.next(&title);
        workbook.push_worksheet(portal(report, sheet, (&name, &title), words, &looks)?);
    }
    let title = words.word("submission.checks");
    let name = names.next(&title);
    workbook.push_worksheet(checks(report, sheets, (&name, &title), words, &looks)?);
    let title = words.word("submission.switches");
    let name = names.next(&title);
    workbook.push_worksheet(switches(report, sheets, (&name, &title), words, &looks)?);
    workbook.save_to_buffer()
}

/// Amounts: as many decimals as they have, at most six.
fn amount() -> Format {
    Format::new().set_num_format("#,##0.######")
}

fn subject_word(subject: &str, words: &Words) -> String {
    match subject {
        TOTAL => words.word("submission.total"),
        NO_SUBJECT => words.word("submission.none"),
        subject => words.say(&Phrase::of("subject", subject)),
    }
}

/// One row per figure: its subjects, the university, the sum of the units, last year's and the change.
fn portal(
    report: &Report,
    sheet: &Submission,
    (name, title): (&str, &str),
    words: &Words,
    looks: &Looks,
) -> std::result::Result<Worksheet, XlsxError> {
    let (mut page, mut row) = begin(report, name, title, words, looks)?;
    let year = Phrase::new("submission.data_year").with("year", Argument::Year(sheet.year));
    put(&mut page, (row - 1, 0), &words.say(&year), &looks.text)?;
    put(&mut page, (row, 0), &words.word("submission.note"), &looks.text)?;
    row += 2;
    let mut subjects: Vec<&str> = sheet.figures.iter().map(|figure| figure.subject.as_str()).collect();
    subjects.dedup();
    let mut heads = vec![words.word("submission.figure")];
    heads.extend(subjects.iter().map(|subject| subject_word(subject, words)));
    heads.extend(
        ["of_units", "last_year", "change", "explanation"].map(|key| words.say(&Phrase::of("submission", key))),
    );
    for (column, head) in (0_u16..).zip(&heads) {
        put(&mut page, (row, column), head, &looks.head)?;
    }
    page.set_freeze_panes(row + 1, 1)?;
    let mut codes: Vec<&str> = Vec::new();
    for figure in &sheet.figures {
        if !codes.contains(&figure.figure) {
            codes.push(figure.figure);
        }
    }
    let (amount, behind) = (amount(), subjects.len() as u16 + 1);
    for code in codes {
        row += 1;
        put(&mut page, (row, 0), &words.say(&Phrase::of("portal_figure", code)), &looks.text)?;
        let of = |subject: &str| sheet.figures.iter().find(|figure| figure.figure == code && figure.subject == subject);
        for (column, subject) in (1_u16..).zip(&subjects) {
            number(&mut page, (row, column), of(subject).and_then(|figure| figure.value), &amount)?;
        }
        let Some(total) = of(TOTAL) else { continue };
        let Figure { of_units, last_year, change, explanation, .. } = total;
        number(&mut page, (row, behind), *of_units, &amount)?;
        number(&mut page, (row, behind + 1), *last_year, &amount)?;
        number(&mut page, (row, behind + 2), *change, &looks.share)?;
        put(&mut page, (row, behind + 3), explanation, &looks.text)?;
    }
    page.set_column_width(0, 52)?.set_column_width(behind + 3, 40)?;
    for column in 1..behind + 3 {
        page.set_column_width(column, 16)?;
    }
    Ok(page)
}

fn checks(
    report: &Report,
    sheets: &[Submission],
    (name, title): (&str, &str),
    words: &Words,
    looks: &Looks,
) -> std::result::Result<Worksheet, XlsxError> {
    let (mut page, mut row) = begin(report, name, title, words, looks)?;
    let keys = ["check", "subject", "figure", "value", "against", "unit", "source"];
    for (column, key) in (0_u16..).zip(keys) {
        let head = match key {
            "value" => words.word("word.raw"),
            "unit" => words.word("word.unit"),
            key => words.say(&Phrase::of("submission", key)),
        };
        put(&mut page, (row, column), &head, &looks.head)?;
    }
    page.set_freeze_panes(row + 1, 0)?;
    let amount = amount();
    for check in sheets.iter().flat_map(|sheet| &sheet.checks) {
        row += 1;
        let what = words.say(&Phrase::of("portal_check", check.check));
        put(&mut page, (row, 0), &format!("{}: {what}", check.ranking.to_uppercase()), &looks.text)?;
        put(&mut page, (row, 1), &subject_word(&check.subject, words), &looks.text)?;
        put(&mut page, (row, 2), &words.say(&Phrase::of("portal_figure", check.figure)), &looks.text)?;
        number(&mut page, (row, 3), Some(check.value), &amount)?;
        number(&mut page, (row, 4), Some(check.against), &amount)?;
        put(&mut page, (row, 5), &check.unit, &looks.text)?;
        put(&mut page, (row, 6), &check.source, &looks.text)?;
    }
    page.set_column_width(0, 56)?.set_column_width(1, 22)?.set_column_width(2, 52)?.set_column_width(6, 60)?;
    Ok(page)
}

fn switches(
    report: &Report,
    sheets: &[Submission],
    (name, title): (&str, &str),
    words: &Words,
    looks: &Looks,
) -> std::result::Result<Worksheet, XlsxError> {
    let (mut page, mut row) = begin(report, name, title, words, looks)?;
    put(&mut page, (row, 0), &words.word("submission.switch"), &looks.head)?;
    put(&mut page, (row, 1), &words.word("submission.setting"), &looks.head)?;
    for sheet in sheets {
        for switch in &sheet.switches {
            row += 1;
            let what = words.say(&Phrase::of("portal_switch", switch.switch));
            put(&mut page, (row, 0), &format!("{}: {what}", sheet.ranking.to_uppercase()), &looks.text)?;
            put(&mut page, (row, 1), &words.say(&Phrase::of("portal_setting", &switch.setting)), &looks.text)?;
        }
    }
    page.set_column_width(0, 64)?.set_column_width(1, 56)?;
    Ok(page)
}
