//! Numbers as people type them in Persian, Arabic and Western sheets.

use crate::model::text::{clean, digits_to_ascii, fold};

/// A number that was read from text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The value as written: `12٫5٪` is 12.5 with `percent` set.
    pub value: f64,
    /// A percent sign stood before or after it.
    pub percent: bool,
    /// `/` was taken as the decimal sign (`۳/۵` = 3.5); to be reported as `slash-decimal`.
    pub slash_decimal: bool,
    /// The separator could be a decimal or a thousands sign and nothing decided it (`1,250`, `1.250`): a comma was then
    /// taken for thousands, a point for the decimal sign; to be reported.
    pub ambiguous: bool,
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotANumber {
    /// The cell is empty or says that there is no value: `-`, `N/A`, `ندارد`.
    #[error("no value is given")]
    Missing,
    /// The text says something else.
    #[error("this is not a number")]
    Other,
}

/// Folded words that say that there is no value.
const MISSING: [&str; 31] = [
    "ندارد",
    "نداریم",
    "فاقد",
    "نامشخص",
    "نامعلوم",
    "ثبتنشده",
    "ثبتنشدهاست",
    "اعلامنشده",
    "موجودنیست",
    "بدوناطلاع",
    "بدونمقدار",
    "هیچ",
    "خالی",
    "لایوجد",
    "غیرمتوفر",
    "غیرمحدد",
    "na",
    "nan",
    "none",
    "null",
    "nil",
    "missing",
    "unknown",
    "notavailable",
    "notapplicable",
    "nodata",
    "nd",
    "tba",
    "tbd",
    "#na",
    "notknown",
];

/// Reads a number. `decimal_comma` says which sign the column's decimals have, where that is known (see
/// [`decimal_comma`]); `slash_is_decimal` says that the column holds nothing but numbers, so that `۳/۵` is 3.5 and not a
/// ratio.
///
/// # Errors
/// [`NotANumber`].
pub fn parse_number(text: &str, decimal_comma: Option<bool>, slash_is_decimal: bool) -> Result<Number, NotANumber> {
    if text.len() > 256 {
        return Err(NotANumber::Other);
    }
    let text = digits_to_ascii(&clean(text));
    if is_missing(&text) {
        return Err(NotANumber::Missing);
    }
    if matches!(fold(&text).as_str(), "صفر" | "zero") {
        return Ok(Number { value: 0.0, percent: false, slash_decimal: false, ambiguous: false });
    }
    let mut body = text.as_str();
    let mut percent = false;
    let mut negative = false;
    let mut signs = 0;
    // Signs come in any order on either side: «٪۱۲-», "(12 %)", "-12".
    loop {
        body = body.trim();
        if let Some(inner) = strip_either(body, &['%', '٪', '﹪']) {
            (body, percent) = (inner, true);
        } else if let Some(inner) = strip_either(body, &['-', '−', '–', '－', '\u{2010}', '\u{2011}']) {
            (body, negative) = (inner, true);
            signs += 1;
        } else if let Some(inner) = body.strip_prefix('+') {
            body = inner;
            signs += 1;
        } else if let Some(inner) = body.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            (body, negative) = (inner, true);
            signs += 1;
        } else {
            break;
        }
    }
    if signs > 1 {
        return Err(NotANumber::Other);
    }
    let (plain, slash_decimal, ambiguous) =
        plain_form(body, decimal_comma, slash_is_decimal).ok_or(NotANumber::Other)?;
    let value: f64 = plain.parse().map_err(|_| NotANumber::Other)?;
    if !value.is_finite() {
        return Err(NotANumber::Other);
    }
    let value = if negative && value != 0.0 { -value } else { value };
    Ok(Number { value, percent, slash_decimal, ambiguous })
}

/// Whether a column's decimals have a comma, decided by the values that leave no doubt (`14,3`, `1.250,5`, `0,125`
/// against `14.3`, `1,250.5`, `0.125`); `None` when none does or they disagree.
pub fn decimal_comma<'a>(column: impl IntoIterator<Item = &'a str>) -> Option<bool> {
    let (mut comma, mut point) = (false, false);
    for text in column {
        let text = digits_to_ascii(&clean(text));
        let body = text.trim_matches(|c: char| !c.is_ascii_digit());
        if body.len() > 64 || !body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.')) {
            continue;
        }
        match reading(body) {
            Some(Reading::Decimal(',')) => comma = true,
            Some(Reading::Decimal(_)) => point = true,
            Some(Reading::Thousands(',')) => point = true,
            Some(Reading::Thousands(_)) => comma = true,
            Some(Reading::Either(_) | Reading::Whole) | None => {}
        }
    }
    (comma != point).then_some(comma)
}

/// Whether a text says that there is no value.
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    if text.chars().all(|c| c.is_whitespace() || "-–—−_.…*؟?‐‑".contains(c)) {
        return true;
    }
    // Sheets with thousands of cells ask this for every number; only words can be one of the list.
    text.chars().count() <= 24 && MISSING.contains(&fold(text).as_str())
}

fn strip_either<'a>(text: &'a str, signs: &[char]) -> Option<&'a str> {
    text.strip_prefix(signs).or_else(|| text.strip_suffix(signs))
}

/// How the commas and points of a number can be read.
enum Reading {
    /// It has none.
    Whole,
    /// This one is the decimal sign, the other kind, where present, marks thousands.
    Decimal(char),
    /// This one marks thousands and there is no decimal sign.
    Thousands(char),
    /// One sign before exactly three digits.
    Either(char),
}

/// Reads ASCII digits with commas and points; `None` when no reading makes sense.
fn reading(body: &str) -> Option<Reading> {
    let commas = body.matches(',').count();
    let points = body.matches('.').count();
    match (commas, points) {
        (0, 0) => Some(Reading::Whole),
        (0, 1) | (1, 0) => {
            let sign = if commas == 1 { ',' } else { '.' };
            let (whole, part) = body.split_once(sign)?;
            let grouped = part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            Some(if grouped { Reading::Either(sign) } else { Reading::Decimal(sign) })
        }
        (0, _) => is_grouped(body, '.').then_some(Reading::Thousands('.')),
        (_, 0) => is_grouped(body, ',').then_some(Reading::Thousands(',')),
        _ => {
            let decimal = if body.rfind(',') > body.rfind('.') { ',' } else { '.' };
            let thousands = if decimal == ',' { '.' } else { ',' };
            let (whole, part) = body.rsplit_once(decimal)?;
            let sound = !whole.contains(decimal) && is_grouped(whole, thousands) && !part.contains(thousands);
            sound.then_some(Reading::Decimal(decimal))
        }
    }
}

/// Whether `sign` parts groups of three digits (the first may be shorter).
fn is_grouped(body: &str, sign: char) -> bool {
    body.split(sign).enumerate().all(|(index, group)| {
        let size = if index == 0 { 1..=3 } else { 3..=3 };
        size.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The number as Rust reads it, whether a slash was its decimal sign, and whether it is ambiguous.
fn plain_form(body: &str, comma: Option<bool>, slash_is_decimal: bool) -> Option<(String, bool, bool)> {
    if body.contains('٫') {
        // The Arabic decimal sign leaves no doubt; every other sign is then a thousands sign.
        let (whole, part) = body.split_once('٫')?;
        let whole: String = whole.chars().filter(|c| !"٬،,'’. ".contains(*c)).collect();
        return joined(&whole, part).map(|plain| (plain, false, false));
    }
    if let Some((whole, part)) = body.split_once('/') {
        let short = (1..=4).contains(&whole.len()) && (1..=4).contains(&part.len());
        return (slash_is_decimal && short).then(|| joined(whole, part).map(|plain| (plain, true, false)))?;
    }
    // Signs that only ever mark thousands must part groups of three.
    let mut sign_free = body.to_owned();
    if let Some(sign) = body.chars().find(|c| "٬،'’ ".contains(*c)) {
        let whole = body.split(['.', ',']).next()?;
        if !is_grouped(whole, sign) {
            return None;
        }
        sign_free = body.chars().filter(|&c| c != sign).collect();
    }
    let (mantissa, exponent) = match sign_free.find(['e', 'E']) {
        Some(at) => (&sign_free[..at], Some(&sign_free[at + 1..])),
        None => (sign_free.as_str(), None),
    };
    if let Some(exponent) = exponent {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let mantissa = mantissa.replace(',', ".");
        let (whole, part) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
        let sound = is_digits(digits) && digits.len() <= 3;
        return sound.then(|| joined(whole, part).map(|plain| (format!("{plain}e{exponent}"), false, false)))?;
    }
    let (decimal, ambiguous) = match reading(mantissa)? {
        Reading::Whole => (None, false),
        // A column known to have the other decimal sign makes this one a misprint unless it parts thousands.
        Reading::Decimal(sign) => (Some(sign), false),
        Reading::Thousands(_) => (None, false),
        Reading::Either(sign) => match comma {
            Some(comma) => ((comma == (sign == ',')).then_some(sign), false),
            None => ((sign == '.').then_some('.'), true),
        },
    };
    let (whole, part) = match decimal {
        Some(sign) => mantissa.rsplit_once(sign)?,
        None => (mantissa, ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    joined(&whole, part).map(|plain| (plain, false, ambiguous))
}

/// `whole.part`, where both are digits; one of them may be empty.
fn joined(whole: &str, part: &str) -> Option<String> {
    let sound = |text: &str| text.is_empty() || is_digits(text);
    (sound(whole) && sound(part) && !(whole.is_empty() && part.is_empty())).then(|| format!("{whole}.{part}"))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
