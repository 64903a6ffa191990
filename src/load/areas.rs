//! Figures of an institution by subject area: SciVal's QS module, whose sheets are a list of settings, one score, and a
//! table.

use crate::diagnostic::{Finding, Place};
use crate::load::cell::{Printed, is_missing, plain_number, printed_number, text_of};
use crate::load::findings::Findings;
use crate::load::sheet::{Count, Sheet};
use crate::model::exported::SuppliedArea;
use crate::model::text::fold;

/// Reads the table and the lines above it. Lines that are no figure are named in one finding (`lines-above`).
pub fn read(sheet: &Sheet, findings: &mut Findings) -> (Vec<SuppliedArea>, Count) {
    let above = sheet.above();
    let setting = |key: &str| {
        let line = above.iter().find(|row| fold(&text_of(row.cell(0))) == fold(key));
        line.map(|row| text_of(row.cell(1))).unwrap_or_default()
    };
    let (data_set, entity, years) = (setting("Data set"), setting("Entity"), setting("Year range"));
    let figure = |metric: String, area: &str, value: f64, place: Place| SuppliedArea {
        data_set: data_set.clone(),
        entity: entity.clone(),
        years: years.clone(),
        metric,
        area: area.to_owned(),
        value,
        place,
    };
    let mut figures: Vec<SuppliedArea> = Vec::new();
    for row in above {
        if let Some(value) = plain_number(row.cell(1), Some(false)).filter(|_| row.cells.len() == 2) {
            let metric = text_of(row.cell(0));
            let place = sheet.grid.place(row.number, Some((1, &metric)));
            figures.push(figure(metric, "", value, place));
        }
    }
    sheet.report_above(findings);
    let area_column = sheet.columns("area").first().copied().unwrap_or_default();
    let (rows, count) = sheet.each(findings, |entry| {
        let area = entry.required("area")?;
        let mut figures = Vec::new();
        for column in (0..sheet.header.labels.len()).filter(|column| *column != area_column) {
            let (label, text) = (sheet.label(column), text_of(entry.row.cell(column)));
            if label.is_empty() || is_missing(&text) {
                continue;
            }
            let place = sheet.place(entry.row.number, column);
            match printed_number(&text, Some(false)) {
                Printed::Number(number) => figures.push(figure(label.to_owned(), &area, number.value, place)),
                _ => {
                    let message = format!("\"{text}\" is not a number; the figure is left out");
                    entry.findings.push(Finding::warning("not-a-number", message).at(place));
                }
            }
        }
        Ok(figures)
    });
    figures.extend(rows.into_iter().flatten());
    (figures, count)
}
