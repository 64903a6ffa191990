//! One edition: units × indicators.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Looks, begin, coloured, number, over, put};
use crate::model::report::{EditionReport, Report, Text};
use crate::render::phrases::Words;

/// Columns before the indicators: unit, code, type, overall, rank, of, coverage.
const FIRST: u16 = 7;

/// Writes the sheet `name`.
pub fn sheet(
    report: &Report,
    edition: &EditionReport,
    name: &str,
    words: &Words,
    looks: &Looks,
) -> Result<Worksheet, XlsxError> {
    let (mut sheet, groups_row) = begin(report, name, &words.text(&edition.name.clone().into()), words, looks)?;
    let (weights_row, head_row) = (groups_row + 1, groups_row + 2);
    for (column, key) in
        (0..).zip(["word.unit", "word.code", "word.type", "word.overall", "word.rank", "word.of", "word.coverage"])
    {
        put(&mut sheet, (head_row, column), &words.word(key), &looks.head)?;
    }
    put(&mut sheet, (weights_row, FIRST - 1), &words.word("word.weight"), &looks.text)?;

    let mut at = 0;
    while at < edition.indicators.len() {
        let group = edition.indicators[at].group;
        let end = at + edition.indicators[at..].iter().take_while(|indicator| indicator.group == group).count();
        if let Some(column) = edition.groups.get(group) {
            let text = words.text(&column.name.clone().into());
            over(&mut sheet, groups_row, (FIRST + at as u16, FIRST + end as u16 - 1), &text, &looks.group)?;
        }
        at = end;
    }
    for (column, indicator) in (FIRST..).zip(&edition.indicators) {
        put(&mut sheet, (head_row, column), &words.text(&indicator.name.clone().into()), &looks.head)?;
        number(&mut sheet, (weights_row, column), Some(indicator.weight), &looks.weight)?;
    }

    let mut row = head_row + 1;
    for comparison in &edition.comparisons {
        for each in &comparison.rows {
            let unit = &report.units[each.unit];
            put(&mut sheet, (row, 0), &words.text(&unit.name.clone().into()), &looks.text)?;
            put(&mut sheet, (row, 1), &unit.id, &looks.text)?;
            put(&mut sheet, (row, 2), &words.text(&Text::UnitType(unit.unit_type.clone())), &looks.text)?;
            number(&mut sheet, (row, 3), each.overall.score, &looks.overall)?;
            if let Some(rank) = each.overall.rank {
                number(&mut sheet, (row, 4), Some(rank.into()), &looks.count)?;
                number(&mut sheet, (row, 5), Some(each.overall.of.into()), &looks.count)?;
            }
            number(&mut sheet, (row, 6), Some(each.overall.coverage), &looks.share)?;
            for (column, score) in (FIRST..).zip(&each.scores) {
                number(&mut sheet, (row, column), score.score, &looks.score)?;
            }
            row += 1;
        }
    }
    let last = (row.max(head_row + 1) - 1, FIRST + edition.indicators.len() as u16 - 1);
    coloured(&mut sheet, (head_row + 1, FIRST), last)?;
    coloured(&mut sheet, (head_row + 1, 3), (last.0, 3))?;
    sheet.autofilter(head_row, 0, last.0, last.1)?;
    sheet.set_freeze_panes(head_row + 1, 2)?;
    sheet.set_row_height(head_row, 62)?;
    for (column, width) in (0..).zip([44, 14, 16, 10, 8, 8, 10]) {
        sheet.set_column_width(column, width)?;
    }
    for column in FIRST..=last.1 {
        sheet.set_column_width(column, 15)?;
    }
    Ok(sheet)
}
