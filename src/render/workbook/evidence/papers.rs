//! The two lists of publications.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::page::{number, put};
use super::Marks;
use crate::model::evidence_book::{CountedPaper, ExcludedPaper};
use crate::render::phrases::Words;

/// Rows of a sheet that Excel can hold.
const ROWS: u32 = 1_048_576;

/// Heads with their widths.
fn heads(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&str, f64)],
    words: &Words,
    marks: &Marks,
) -> Result<(), XlsxError> {
    for (column, (key, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        put(sheet, (row, column), &words.word(key), &marks.looks.head)?;
    }
    sheet.set_freeze_panes(row + 1, 1)?;
    Ok(())
}

/// Publications that count.
pub fn counted(
    sheet: &mut Worksheet,
    row: u32,
    papers: &[CountedPaper],
    words: &Words,
    marks: &Marks,
) -> Result<(), XlsxError> {
    let columns = [
        ("evidence.id", 24.0),
        ("evidence.doi", 30.0),
        ("evidence.paper_title", 70.0),
        ("word.year", 8.0),
        ("word.type", 18.0),
        ("evidence.citations", 10.0),
        ("evidence.share", 12.0),
        ("evidence.rule", 30.0),
        ("evidence.counted_in", 40.0),
    ];
    heads(sheet, row, &columns, words, marks)?;
    let text = &marks.looks.text;
    for (row, paper) in (row + 1..ROWS).zip(papers) {
        put(sheet, (row, 0), &paper.id, text)?;
        put(sheet, (row, 1), &paper.doi, text)?;
        put(sheet, (row, 2), &paper.title, text)?;
        number(sheet, (row, 3), paper.year.map(f64::from), &marks.looks.year)?;
        put(sheet, (row, 4), &paper.document_type, text)?;
        number(sheet, (row, 5), paper.citations.map(|count| count as f64), &marks.looks.count)?;
        number(sheet, (row, 6), Some(paper.share), &marks.stored)?;
        put(sheet, (row, 7), &paper.rules, text)?;
        put(sheet, (row, 8), &paper.editions, text)?;
    }
    finish(sheet, row, papers.len(), columns.len())
}

/// Publications that do not.
pub fn excluded(
    sheet: &mut Worksheet,
    row: u32,
    papers: &[ExcludedPaper],
    words: &Words,
    marks: &Marks,
) -> Result<(), XlsxError> {
    let columns = [
        ("evidence.id", 24.0),
        ("evidence.doi", 30.0),
        ("evidence.paper_title", 70.0),
        ("word.year", 8.0),
        ("word.type", 18.0),
        ("word.reason", 26.0),
        ("evidence.detail", 70.0),
        ("evidence.not_counted_in", 40.0),
    ];
    heads(sheet, row, &columns, words, marks)?;
    let text = &marks.looks.text;
    for (row, paper) in (row + 1..ROWS).zip(papers) {
        put(sheet, (row, 0), &paper.id, text)?;
        put(sheet, (row, 1), &paper.doi, text)?;
        put(sheet, (row, 2), &paper.title, text)?;
        number(sheet, (row, 3), paper.year.map(f64::from), &marks.looks.year)?;
        put(sheet, (row, 4), &paper.document_type, text)?;
        put(sheet, (row, 5), &words.say(&paper.reason), text)?;
        put(sheet, (row, 6), &words.text(&paper.detail), text)?;
        let editions = if paper.editions.is_empty() { words.word("word.all") } else { paper.editions.clone() };
        put(sheet, (row, 7), &editions, text)?;
    }
    finish(sheet, row, papers.len(), columns.len())
}

/// A filter over the list.
fn finish(sheet: &mut Worksheet, row: u32, papers: usize, columns: usize) -> Result<(), XlsxError> {
    if papers > 0 {
        let last = (row as usize + papers).min(ROWS as usize - 1);
        sheet.autofilter(row, 0, last as u32, columns as u16 - 1)?;
    }
    Ok(())
}
