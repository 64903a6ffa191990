//! The templates of an empty assessment: workbooks with headers, notes and drop-down lists, from
//! `data/templates/workbooks.toml`.

use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Note, Workbook, XlsxError};
use serde::Deserialize;

use crate::model::output::Output;

/// Rows for which drop-down lists are set.
const LISTED_ROWS: u32 = 2000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    workbook: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    path: String,
    sheet: String,
    title: Option<String>,
    column: Vec<TemplateColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateColumn {
    header: String,
    note: String,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    text: bool,
}

/// All template workbooks. The units sheet holds one row, the university, with `university_name`.
///
/// # Errors
/// Only where the workbook library refuses what the built-in template file says.
pub fn templates(university_name: &str) -> Result<Vec<Output>, XlsxError> {
    let file: File = toml::from_str(include_str!("../../data/templates/workbooks.toml"))
        .expect("the built-in templates are checked by a test");
    file.workbook.iter().map(|template| workbook(template, university_name)).collect()
}

fn workbook(template: &Template, university_name: &str) -> Result<Output, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed date: the same template has the same bytes on every day.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?));
    let sheet = workbook.add_worksheet().set_name(&template.sheet)?;
    let header = Format::new()
        .set_bold()
        .set_background_color("1F4E79")
        .set_font_color("FFFFFF")
        .set_align(FormatAlign::VerticalCenter);
    let text = Format::new().set_num_format("@");
    let mut row = 0;
    if let Some(title) = &template.title {
        sheet.write_with_format(0, 0, title, &Format::new().set_italic())?;
        row = 1;
    }
    for (index, column) in template.column.iter().enumerate() {
        let at = index as u16;
        sheet.write_with_format(row, at, &column.header, &header)?;
        sheet.insert_note(row, at, &Note::new(&column.note).set_author("Sanjeh").add_author_prefix(false))?;
        sheet.set_column_width(at, column.header.chars().count().max(14) as f64 + 2.0)?;
        if column.text {
            sheet.set_column_format(at, &text)?;
        }
        if !column.options.is_empty() {
            let list = DataValidation::new().allow_list_strings(&column.options)?;
            sheet.add_data_validation(row + 1, at, row + LISTED_ROWS, at, &list)?;
        }
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    if template.sheet == "units" {
        sheet.write(row + 1, 0, "university")?;
        sheet.write(row + 1, 1, university_name)?;
        sheet.write(row + 1, 3, "university")?;
    }
    Ok(Output { path: template.path.clone(), bytes: workbook.save_to_buffer()? })
}
