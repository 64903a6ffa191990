//! Workbooks as an Iranian office makes them: right to left, a title row, a header of one or two rows with merged groups.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Everything written here fits the format: short texts, few columns, sheet names of at most 31 signs.
const FITS: &str = "short texts in few columns fit a worksheet";

/// A column: group header or empty, header, width in characters.
pub type Column = (&'static str, &'static str, f64);

/// A sheet under construction, filled row by row.
pub struct Page {
    sheet: Worksheet,
    row: u32,
    day: Format,
}

/// A cell.
pub enum Value {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A real date of the workbook, Gregorian.
    Date(u16, u8, u8),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Value::Blank } else { Value::Text(text) }
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Value::Number(number as f64)
    }
}

impl Page {
    /// A sheet with its title and header. Columns of the same group stand under one merged cell.
    pub fn new(name: &str, title: &str, columns: &[Column]) -> Self {
        let mut sheet = Worksheet::new();
        sheet.set_name(name).expect(FITS).set_right_to_left(true);
        let title_format = Format::new().set_bold().set_font_size(13).set_align(FormatAlign::Center);
        let header = Format::new()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color("DDEBF7")
            .set_border(FormatBorder::Thin);
        let last = columns.len() as u16 - 1;
        sheet.merge_range(0, 0, 0, last, title, &title_format).expect(FITS);
        let grouped = columns.iter().any(|(group, _, _)| !group.is_empty());
        for (at, (group, name, width)) in columns.iter().enumerate() {
            let column = at as u16;
            sheet.set_column_width(column, *width).expect(FITS);
            match (grouped, group.is_empty()) {
                (false, _) => {
                    sheet.write_with_format(1, column, *name, &header).expect(FITS);
                }
                (true, true) => {
                    sheet.merge_range(1, column, 2, column, name, &header).expect(FITS);
                }
                (true, false) => {
                    sheet.write_with_format(2, column, *name, &header).expect(FITS);
                    let starts = at == 0 || columns[at - 1].0 != *group;
                    let width = columns[at..].iter().take_while(|(other, _, _)| other == group).count() as u16;
                    if starts && width > 1 {
                        sheet.merge_range(1, column, 1, column + width - 1, group, &header).expect(FITS);
                    } else if starts {
                        sheet.write_with_format(1, column, *group, &header).expect(FITS);
                    }
                }
            }
        }
        let row = if grouped { 3 } else { 2 };
        sheet.set_freeze_panes(row, 0).expect(FITS);
        Page { sheet, row, day: Format::new().set_num_format("yyyy/mm/dd") }
    }

    /// Writes the next row and tells which it is, as a spreadsheet shows it.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Value>) -> u32 {
        for (column, cell) in cells.into_iter().enumerate() {
            let (row, column) = (self.row, column as u16);
            match cell {
                Value::Blank => continue,
                Value::Text(text) => self.sheet.write(row, column, text).expect(FITS),
                Value::Number(number) => self.sheet.write(row, column, number).expect(FITS),
                Value::Date(year, month, day) => {
                    let date = ExcelDateTime::from_ymd(year, month, day).expect("a day of the calendar after 1900");
                    self.sheet.write_with_format(row, column, &date, &self.day).expect(FITS)
                }
            };
        }
        self.row += 1;
        self.row
    }

    /// Leaves a row empty.
    pub fn skip(&mut self) {
        self.row += 1;
    }
}

/// The bytes of a workbook, the same on every day.
pub fn bytes(pages: Vec<Page>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2025, 1, 1).expect("a day of the calendar");
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for page in pages {
        workbook.push_worksheet(page.sheet);
    }
    workbook.save_to_buffer().expect(FITS)
}
