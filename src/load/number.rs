//! Numbers (temporary minimal version: replaced when the reading of files is merged).

use crate::load::text::{digits_to_ascii, fold};

/// A number as a sheet prints it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: f64,
    /// A slash was read as the decimal sign.
    pub slash_decimal: bool,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotANumber {
    /// The text says that there is none.
    Missing,
    /// Something else.
    Text,
}

/// Reads a number.
pub fn parse_number(text: &str, decimal_comma: Option<bool>) -> Result<Number, NotANumber> {
    let mut plain = digits_to_ascii(text.trim()).replace('٫', ".").replace(['٬', '،', '\''], "");
    if plain.is_empty() || matches!(fold(&plain).as_str(), "" | "ندارد" | "فاقد" | "نامشخص" | "na") {
        return Err(NotANumber::Missing);
    }
    if fold(&plain) == "صفر" {
        return Ok(Number { value: 0.0, slash_decimal: false });
    }
    let slash_decimal = plain.contains('/');
    plain = plain.replace('/', ".");
    plain = if decimal_comma == Some(true) { plain.replace('.', "").replace(',', ".") } else { plain.replace(',', "") };
    let value: f64 = plain.parse().map_err(|_| NotANumber::Text)?;
    if value.is_finite() { Ok(Number { value, slash_decimal }) } else { Err(NotANumber::Text) }
}
