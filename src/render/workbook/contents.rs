//! The first sheet: whose data, how to read it, what the statuses mean, where what is.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::page::{Looks, begin, put};
use crate::model::measure::Status;
use crate::model::report::{Argument, Phrase, Report};
use crate::render::phrases::Words;

/// Writes it; `listed` are the other sheets with what they hold.
pub fn sheet(
    report: &Report,
    name: &str,
    listed: &[(String, String)],
    words: &Words,
    looks: &Looks,
) -> Result<Worksheet, XlsxError> {
    let (mut sheet, mut row) = begin(report, name, report.institution.get(words.language), words, looks)?;
    let year = Phrase::new("page.year").with("year", Argument::Year(report.year));
    put(&mut sheet, (row - 1, 0), &words.say(&year), &looks.text)?;
    row += 1;

    put(&mut sheet, (row, 0), &words.word("workbook.sheet"), &looks.head)?;
    put(&mut sheet, (row, 1), &words.word("workbook.holds"), &looks.head)?;
    row += 1;
    for (name, holds) in listed {
        let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(name);
        sheet.write_url(row, 0, link)?;
        put(&mut sheet, (row, 1), holds, &looks.text)?;
        row += 1;
    }
    row += 1;

    put(&mut sheet, (row, 0), &words.word("page.editions"), &looks.head)?;
    put(&mut sheet, (row, 1), &words.word("word.note"), &looks.head)?;
    row += 1;
    for edition in &report.editions {
        put(&mut sheet, (row, 0), &words.text(&edition.name.clone().into()), &looks.wrapped)?;
        let windows = Phrase::new("page.windows")
            .with("publications", Argument::Years(edition.publications))
            .with("citations", Argument::Years(edition.citations))
            .with("institutional", Argument::Year(edition.institutional));
        let floor = Phrase::new("page.floor").with("share", Argument::Share(edition.coverage_floor));
        let mut notes = vec![words.say(&windows), words.say(&floor), words.say(&edition.missing)];
        notes.extend(edition.notes.iter().map(|note| words.text(&note.clone().into())));
        for note in notes {
            put(&mut sheet, (row, 1), &note, &looks.wrapped)?;
            row += 1;
        }
    }
    row += 1;

    put(&mut sheet, (row, 0), &words.word("workbook.how_to_read"), &looks.head)?;
    put(&mut sheet, (row, 1), "", &looks.head)?;
    row += 1;
    for key in ["workbook.how_to_read_1", "workbook.how_to_read_2", "workbook.how_to_read_3"] {
        put(&mut sheet, (row, 1), &words.word(key), &looks.wrapped)?;
        row += 1;
    }
    row += 1;

    put(&mut sheet, (row, 0), &words.word("word.status"), &looks.head)?;
    put(&mut sheet, (row, 1), &words.word("page.statuses"), &looks.head)?;
    row += 1;
    for status in
        [Status::Computed, Status::Supplied, Status::Proxy, Status::Inherited, Status::NotScorable, Status::Missing]
    {
        put(&mut sheet, (row, 0), &words.say(&Phrase::of("status", status.as_str())), &looks.text)?;
        put(&mut sheet, (row, 1), &words.say(&Phrase::of("status_meaning", status.as_str())), &looks.wrapped)?;
        row += 1;
    }
    sheet.set_column_width(0, 34)?.set_column_width(1, 110)?;
    Ok(sheet)
}
