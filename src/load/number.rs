//! Numbers (temporary minimal version: replaced when the reading of files is merged).

use crate::load::text::{digits_to_ascii, fold};

/// A number as a sheet prints it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// A percent sign stood at it.
    pub percent: bool,
    /// A slash was read as the decimal sign.
    pub slash_decimal: bool,
    /// Its separator may be a decimal or a thousands sign.
    pub ambiguous: bool,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotANumber {
    /// The text says that there is none.
    Missing,
    /// Something else.
    Other,
}

/// Reads a number.
pub fn parse_number(text: &str, decimal_comma: Option<bool>, _slash_is_decimal: bool) -> Result<Number, NotANumber> {
    let mut plain = digits_to_ascii(text.trim()).replace('٫', ".").replace(['٬', '،', '\''], "");
    if plain.is_empty() || matches!(fold(&plain).as_str(), "" | "ندارد" | "فاقد" | "نامشخص" | "na") {
        return Err(NotANumber::Missing);
    }
    if fold(&plain) == "صفر" {
        return Ok(Number { value: 0.0, percent: false, slash_decimal: false, ambiguous: false });
    }
    let percent = plain.ends_with('%');
    plain = plain.trim_end_matches(['%', ' ']).to_owned();
    let slash_decimal = plain.contains('/');
    plain = plain.replace('/', ".");
    plain = if decimal_comma == Some(true) { plain.replace('.', "").replace(',', ".") } else { plain.replace(',', "") };
    let value: f64 = plain.parse().map_err(|_| NotANumber::Other)?;
    if value.is_finite() {
        Ok(Number { value, percent, slash_decimal, ambiguous: false })
    } else {
        Err(NotANumber::Other)
    }
}

/// Whether the values of a column have a decimal comma.
pub fn decimal_comma<'a>(column: impl IntoIterator<Item = &'a str>) -> Option<bool> {
    let mut marks = column.into_iter().filter_map(|text| text.rsplit_once(',').filter(|(_, behind)| behind.len() != 3));
    marks.next().map(|_| true)
}
