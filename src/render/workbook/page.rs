//! What all sheets share: formats, names, cells that take any text.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, ConditionalFormat3ColorScale, ConditionalFormatType, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

use crate::model::report::Report;
use crate::model::text::shortened;
use crate::render::colour::{self, NOTICE, of_score};
use crate::render::phrases::Words;
use crate::render::printable::printable;

/// Excel allows 32,767 characters in a cell.
const CELL: usize = 32_000;

/// Formats.
pub struct Looks {
    /// Title of a sheet.
    pub title: Format,
    /// Notices below it.
    pub notice: Format,
    /// Column heads.
    pub head: Format,
    /// Heads over several columns.
    pub group: Format,
    /// Words.
    pub text: Format,
    /// Words over several lines.
    pub wrapped: Format,
    /// Scores: full precision, one decimal shown.
    pub score: Format,
    /// The overall score.
    pub overall: Format,
    /// Weights.
    pub weight: Format,
    /// Shares.
    pub share: Format,
    /// Whole numbers.
    pub count: Format,
    /// Years.
    pub year: Format,
}

impl Looks {
    /// Formats with the reading order of the language.
    pub fn new(words: &Words) -> Self {
        let base = || Format::new().set_reading_direction(if words.right_to_left { 2 } else { 1 });
        let head = || base().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let middle = |format: Format| format.set_align(FormatAlign::Center).set_border_bottom(FormatBorder::Thin);
        Looks {
            title: base().set_bold().set_font_size(16),
            notice: base().set_bold().set_font_color(rgb(NOTICE)),
            head: head().set_border_bottom(FormatBorder::Medium).set_background_color(rgb(colour::PALE)),
            group: middle(head()).set_background_color(rgb(colour::PALE)),
            text: base(),
            wrapped: base().set_text_wrap().set_align(FormatAlign::Top),
            score: Format::new().set_num_format("0.0"),
            overall: Format::new().set_num_format("0.0").set_bold(),
            weight: middle(Format::new().set_num_format("0.##").set_italic()),
            share: Format::new().set_num_format("0%"),
            count: Format::new().set_num_format("#,##0"),
            year: Format::new().set_num_format("0"),
        }
    }
}

fn rgb((red, green, blue): colour::Rgb) -> Color {
    Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue))
}

/// A new sheet with its title and notices in the first rows; returns the next free row.
pub fn begin(
    report: &Report,
    name: &str,
    title: &str,
    words: &Words,
    looks: &Looks,
) -> Result<(Worksheet, u32), XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?.set_right_to_left(words.right_to_left).set_landscape();
    put(&mut sheet, (0, 0), title, &looks.title)?;
    let mut row = 1;
    if report.invented {
        put(&mut sheet, (row, 0), &words.word("notice.invented"), &looks.notice)?;
        row += 1;
    }
    put(&mut sheet, (row, 0), &words.word("notice.style"), &looks.text)?;
    Ok((sheet, row + 2))
}

/// Writes any text; never read as a formula or a number.
pub fn put(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, shortened(&printable(text), CELL), format)?;
    Ok(())
}

/// Writes a number; absent and non-finite ones leave the cell empty.
pub fn number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<f64>,
    format: &Format,
) -> Result<(), XlsxError> {
    if let Some(value) = value.filter(|value| value.is_finite()) {
        sheet.write_number_with_format(row, column, value, format)?;
    }
    Ok(())
}

/// A head over the columns `from` to `to`, both included.
pub fn over(
    sheet: &mut Worksheet,
    row: u32,
    (from, to): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if from == to {
        return put(sheet, (row, from), text, format);
    }
    sheet.merge_range(row, from, row, to, &shortened(&printable(text), CELL), format)?;
    Ok(())
}

/// Colours scores from 0 over 50 to 100 as the charts do, lightened so that black figures stay legible.
pub fn coloured(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16)) -> Result<(), XlsxError> {
    if from.0 > to.0 || from.1 > to.1 {
        return Ok(());
    }
    let scale = ConditionalFormat3ColorScale::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_midpoint(ConditionalFormatType::Number, 50)
        .set_maximum(ConditionalFormatType::Number, 100)
        .set_minimum_color(rgb(of_score(0.0)))
        .set_midpoint_color(rgb(of_score(30.0)))
        .set_maximum_color(rgb(of_score(60.0)));
    sheet.add_conditional_format(from.0, from.1, to.0, to.1, &scale)?;
    Ok(())
}

/// Names of sheets as Excel allows them: at most 31 UTF-16 units, without `[]:*?/\`, different in any case.
#[derive(Default)]
pub struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// A name like `wanted`.
    pub fn next(&mut self, wanted: &str) -> String {
        let clean: String = printable(wanted).chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
        let clean =
            if clean.is_empty() || clean.eq_ignore_ascii_case("history") { format!("{clean} 1") } else { clean };
        let mut count = 1;
        loop {
            let ending = if count == 1 { String::new() } else { format!(" {count}") };
            let mut name = String::new();
            for character in clean.trim().chars() {
                if name.encode_utf16().count() + character.len_utf16() + ending.len() > 31 {
                    break;
                }
                name.push(character);
            }
            name.push_str(&ending);
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
            count += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SheetNames;

    #[test]
    fn sheet_names_are_allowed_and_differ() {
        let mut names = SheetNames::default();
        let given =
            ["a/b", "A B", "", "''", "History", &"گروه آموزشی ".repeat(9), &"گروه آموزشی ".repeat(8), "[x]*?:\\"];
        let made: Vec<String> = given.iter().map(|name| names.next(name)).collect();
        let distinct: std::collections::BTreeSet<String> = made.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), given.len(), "{made:?}");
        for name in &made {
            assert!((1..=31).contains(&name.encode_utf16().count()), "{name:?}");
            assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name:?}");
            assert!(!name.starts_with('\'') && !name.ends_with('\''), "{name:?}");
        }
    }
}
