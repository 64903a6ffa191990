//! One type of unit: units × editions × groups.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Looks, begin, coloured, number, over, put};
use crate::model::report::{Report, Text};
use crate::render::phrases::Words;

/// Types in the order of their first unit.
pub fn types(report: &Report) -> Vec<&str> {
    let mut types: Vec<&str> = Vec::new();
    for unit in &report.units {
        if !types.contains(&unit.unit_type.as_str()) {
            types.push(&unit.unit_type);
        }
    }
    types
}

/// Writes the sheet `name`; units in the order of the units sheet.
pub fn sheet(
    report: &Report,
    unit_type: &str,
    name: &str,
    words: &Words,
    looks: &Looks,
) -> Result<Worksheet, XlsxError> {
    let title = words.text(&Text::UnitTypes(unit_type.to_owned()));
    let (mut sheet, editions_row) = begin(report, name, &title, words, looks)?;
    let head_row = editions_row + 1;
    put(&mut sheet, (head_row, 0), &words.word("word.unit"), &looks.head)?;
    put(&mut sheet, (head_row, 1), &words.word("word.code"), &looks.head)?;
    sheet.set_column_width(0, 44)?.set_column_width(1, 14)?;
    let units: Vec<usize> = (0..report.units.len()).filter(|&unit| report.units[unit].unit_type == unit_type).collect();
    for (row, &unit) in (head_row + 1..).zip(&units) {
        put(&mut sheet, (row, 0), &words.text(&report.units[unit].name.clone().into()), &looks.text)?;
        put(&mut sheet, (row, 1), &report.units[unit].id, &looks.text)?;
    }
    let last_row = head_row + units.len() as u32;

    let mut column = 2;
    for edition in &report.editions {
        let mut heads = vec![words.word("word.overall"), words.word("word.rank"), words.word("word.coverage")];
        heads.extend(edition.groups.iter().map(|group| words.text(&group.name.clone().into())));
        let end = column + heads.len() as u16 - 1;
        over(&mut sheet, editions_row, (column, end), &words.text(&edition.name.clone().into()), &looks.group)?;
        for (place, head) in (column..).zip(&heads) {
            put(&mut sheet, (head_row, place), head, &looks.head)?;
            sheet.set_column_width(place, 14)?;
        }
        let rows = edition.comparisons.iter().filter(|each| each.unit_type == unit_type).flat_map(|each| &each.rows);
        for each in rows {
            let Some(place) = units.iter().position(|&unit| unit == each.unit) else { continue };
            let row = head_row + 1 + place as u32;
            number(&mut sheet, (row, column), each.overall.score, &looks.overall)?;
            number(&mut sheet, (row, column + 1), each.overall.rank.map(f64::from), &looks.count)?;
            number(&mut sheet, (row, column + 2), Some(each.overall.coverage), &looks.share)?;
            for (group, composite) in (column + 3..).zip(&each.groups) {
                number(&mut sheet, (row, group), composite.score, &looks.score)?;
            }
        }
        coloured(&mut sheet, (head_row + 1, column), (last_row, column))?;
        coloured(&mut sheet, (head_row + 1, column + 3), (last_row, end))?;
        column = end + 1;
    }
    sheet.autofilter(head_row, 0, last_row, column - 1)?;
    sheet.set_freeze_panes(head_row + 1, 2)?;
    sheet.set_row_height(head_row, 48)?;
    Ok(sheet)
}
