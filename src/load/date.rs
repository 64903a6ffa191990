//! Days and years as people type them: Solar Hijri (Jalali) and Gregorian, always handed on as Gregorian.
//!
//! Years 1300–1499 are Jalali, 1800–2199 Gregorian. A Jalali year stands for the Gregorian year in which it begins
//! (1 Farvardin 1403 = 20 March 2024); an academic year, Iranian or Western, for the Gregorian year in which it begins
//! (1403–1404 from September 2024; 2023/24 from 2023). Conversion of days is that of ICU4X.

use icu_calendar::Date as CalendarDate;
use icu_calendar::cal::Gregorian;

use crate::load::grid::Cell;
use crate::model::tables::Date;
use crate::model::text::{clean, digits_to_ascii, fold};

/// Jalali years that are taken as such.
const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1499;

/// Gregorian years that are taken as such.
const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;

/// Gregorian year in which Jalali year 0 would begin.
const JALALI_OFFSET: i32 = 621;

/// Serial day numbers of a workbook that are believed without a date format: 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// Days from the proleptic day 0 (31 December of the year before year 1) to a workbook's day 0, 30 December 1899.
const SERIAL_ZERO: i64 = 693_594;

/// Why a text is no day or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// The cell is empty or says that there is no value.
    #[error("no date is given")]
    Missing,
    /// `03/07/15`, `04-03`: the century, and often the order, is unknown.
    #[error("a two-digit year does not say which century or calendar is meant")]
    TwoDigitYear,
    /// `03/04/2020`: April or March.
    #[error("it is not clear which part is the day and which the month")]
    DayOrMonth,
    /// Month 13, 31 Mehr, 29 February 2023.
    #[error("there is no such day in the calendar")]
    NoSuchDay,
    /// A year outside 1300–1499 (Jalali) and 1800–2199 (Gregorian).
    #[error("the year is neither a plausible Jalali nor Gregorian year")]
    YearOutOfRange,
    /// Anything else.
    #[error("this is not a date")]
    Other,
}

/// A Gregorian day; `None` when there is no such day.
pub fn gregorian(year: i32, month: u8, day: u8) -> Option<Date> {
    CalendarDate::try_new_gregorian(year, month, day).ok().map(|_| Date { year, month, day })
}

/// The day of a workbook's serial number in the system that begins with 1900; `None` outside years 1900–9999. The
/// 29 February 1900 that never was, day 60, is none.
pub fn serial_day(serial: f64) -> Option<Date> {
    let day = serial.floor();
    if !(1.0..2_958_466.0).contains(&day) || day == 60.0 {
        return None;
    }
    // Before the missing day, numbers are one ahead.
    let day = day as i64 + i64::from(day < 60.0);
    let date = CalendarDate::from_rata_die(icu_calendar::types::RataDie::new(SERIAL_ZERO + day), Gregorian);
    Some(Date { year: date.year().extended_year(), month: date.month().number(), day: date.day_of_month().0 })
}

/// The day a cell holds: a real date, a text for [`parse_date`], or a number such as `14030715` or `45372`.
///
/// # Errors
/// [`NotADate`].
pub fn date_of(cell: &Cell) -> Result<Date, NotADate> {
    match cell {
        Cell::Date(date) => Ok(*date),
        Cell::Text(text) => parse_date(text),
        Cell::Number(number) if number.fract() == 0.0 && (10_000_000.0..100_000_000.0).contains(number) => {
            parse_date(&format!("{number:.0}"))
        }
        Cell::Number(number) if SERIAL_DAYS.contains(&(*number as i64)) => serial_day(*number).ok_or(NotADate::Other),
        Cell::Empty => Err(NotADate::Missing),
        _ => Err(NotADate::Other),
    }
}

/// The Gregorian year a cell stands for: a year, academic year or semester as number or text, or the year of a date.
///
/// # Errors
/// [`NotADate`].
pub fn year_of(cell: &Cell) -> Result<i32, NotADate> {
    match cell {
        Cell::Date(date) => Ok(date.year),
        Cell::Text(text) => parse_year(text),
        Cell::Number(number) if number.fract() == 0.0 && (0.0..100_000_000.0).contains(number) => {
            parse_year(&format!("{number:.0}"))
        }
        Cell::Empty => Err(NotADate::Missing),
        _ => Err(NotADate::Other),
    }
}

/// Reads a day: `1403/07/15`, `۱۴۰۳-۷-۱۵`, `15/7/1403`, `14030715`, `2024-10-06`, `2024-10-06T00:00:00Z`,
/// `6 Oct 2024`, `۱۵ مهر ۱۴۰۳`. A time behind the day is passed over.
///
/// # Errors
/// [`NotADate`].
pub fn parse_date(text: &str) -> Result<Date, NotADate> {
    let text = plain(text)?;
    if let Some(found) = named_month(&text) {
        let (year, month, day) = found?;
        return day_of(year, month, day);
    }
    let parts = number_parts(without_time(&text)).ok_or(NotADate::Other)?;
    match parts.as_slice() {
        [(8, digits)] => day_of((digits / 10_000) as i32, digits / 100 % 100, digits % 100),
        [(4, year), (1 | 2, month), (1 | 2, day)] => day_of(*year as i32, *month, *day),
        [(1 | 2, first), (1 | 2, second), (4, year)] => {
            let (year, first, second) = (*year as i32, *first, *second);
            if JALALI_YEARS.contains(&year) || second == first {
                // Iran writes the day before the month, never after it.
                day_of(year, second, first)
            } else if first > 12 {
                day_of(year, second, first)
            } else if second > 12 {
                day_of(year, first, second)
            } else {
                Err(NotADate::DayOrMonth)
            }
        }
        [(1 | 2, _), (1 | 2, _), (1 | 2, _)] => Err(NotADate::TwoDigitYear),
        _ => Err(NotADate::Other),
    }
}

/// Reads a year and returns the Gregorian year in which it begins: `2023`, `۱۴۰۳` (2024), academic years `۱۴۰۳–۱۴۰۴`,
/// `1403-04` (2024), `2023/24`, `2023-2024` (2023), semester codes `14031`, `4031` (of academic year 1403: 2024). A
/// whole date stands for its Gregorian year.
///
/// # Errors
/// [`NotADate`].
pub fn parse_year(text: &str) -> Result<i32, NotADate> {
    let text = plain(text)?;
    let bare: String = without_year_words(&text);
    let parts = number_parts(&bare).unwrap_or_default();
    match parts.as_slice() {
        // Semester codes of Iranian registries: the year, or its last three digits, and the term (1 to 4).
        [(5, code)] if matches!(code % 10, 1..=4) && JALALI_YEARS.contains(&((code / 10) as i32)) => {
            begins((code / 10) as i32)
        }
        [(4, code)] if (3_000..5_000).contains(code) && matches!(code % 10, 1..=4) => {
            begins((1_000 + code / 10) as i32)
        }
        [(4, year)] => begins(*year as i32),
        [(4, first), (4, second)] if *second == first + 1 => begins(*first as i32),
        // Some sheets write the later year first, as a right-to-left screen shows it.
        [(4, first), (4, second)] if *first == second + 1 => begins(*second as i32),
        [(4, first), (2, second)] if *second == (first + 1) % 100 => begins(*first as i32),
        [(4, year), (1 | 2, month @ 1..=12)] => day_of(*year as i32, *month, 1).map(|date| date.year),
        [(2, _)] | [(2, _), (2, _)] => Err(NotADate::TwoDigitYear),
        _ => parse_date(&text).map(|date| date.year),
    }
}

/// The Gregorian year in which a Jalali or Gregorian year begins.
fn begins(year: i32) -> Result<i32, NotADate> {
    if JALALI_YEARS.contains(&year) {
        Ok(year + JALALI_OFFSET)
    } else if GREGORIAN_YEARS.contains(&year) {
        Ok(year)
    } else {
        Err(NotADate::YearOutOfRange)
    }
}

fn day_of(year: i32, month: u32, day: u32) -> Result<Date, NotADate> {
    begins(year)?;
    let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else { return Err(NotADate::NoSuchDay) };
    let date =
        if JALALI_YEARS.contains(&year) { Date::of_jalali(year, month, day) } else { gregorian(year, month, day) };
    date.ok_or(NotADate::NoSuchDay)
}

/// Shown form with ASCII digits.
fn plain(text: &str) -> Result<String, NotADate> {
    if text.len() > 256 {
        return Err(NotADate::Other);
    }
    let text = digits_to_ascii(&clean(text));
    if crate::load::number::is_missing(&text) { Err(NotADate::Missing) } else { Ok(text) }
}

/// The text up to a time of day: `2024-10-06T12:30`, `2024-10-06 12:30`, `1403/07/15 ساعت 10:30`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text.split(['T', 't']).next().unwrap_or(text).trim() };
    let before = &text[..colon];
    let end = before.trim_end_matches(|c: char| c.is_ascii_digit());
    end.trim_end_matches(|c: char| !c.is_ascii_digit())
}

/// The numbers of a text that holds nothing but numbers, `/ - . ,`, dashes and spaces: digits and value of each.
fn number_parts(text: &str) -> Option<Vec<(usize, u32)>> {
    let parts = text.split(|c: char| "/-.–—−‐، ٫\\".contains(c)).filter(|part| !part.is_empty());
    let mut numbers = Vec::new();
    for part in parts {
        if part.len() > 8 || numbers.len() == 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        numbers.push((part.len(), part.parse().ok()?));
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// A year without the words around it: «سال تحصیلی ۱۴۰۳-۱۴۰۴», "Academic year 2023/24", "FY 2023".
fn without_year_words(text: &str) -> String {
    let letters = |c: char| c.is_alphabetic() || c == '\u{200C}';
    let rest: String = text.chars().map(|c| if letters(c) { ' ' } else { c }).collect();
    let known = text.split(|c: char| !letters(c)).filter(|word| !word.is_empty()).all(|word| {
        matches!(
            fold(word).as_str(),
            "سال"
                | "تحصیلی"
                | "مالی"
                | "شمسی"
                | "خورشیدی"
                | "میلادی"
                | "هجری"
                | "academic"
                | "fiscal"
                | "financial"
                | "year"
                | "ay"
                | "fy"
                | "ad"
                | "ce"
                | "sh"
                | "jalali"
        )
    });
    if known { rest } else { text.to_owned() }
}

/// Year, month and day of a date with a month's name, where one occurs.
fn named_month(text: &str) -> Option<Result<(i32, u32, u32), NotADate>> {
    const JALALI: [&str; 12] =
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "ابان", "اذر", "دی", "بهمن", "اسفند"];
    const ENGLISH: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let words: Vec<String> =
        text.split(|c: char| c.is_whitespace() || "/-.,،".contains(c)).filter(|w| !w.is_empty()).map(fold).collect();
    let (mut month, mut numbers, mut persian) = (None, Vec::new(), false);
    for word in &words {
        if let Some(index) = JALALI.iter().position(|name| name == word || (*name == "مرداد" && word == "امرداد"))
        {
            (month, persian) = (Some(index as u32 + 1), true);
        } else if let Some(index) = ENGLISH.iter().position(|name| {
            word == name || word == "sept" && *name == "september" || word.len() == 3 && name.starts_with(word.as_str())
        }) {
            month = Some(index as u32 + 1);
        } else {
            let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= 4 {
                numbers.push((digits.len(), digits.parse::<u32>().ok()?));
            }
        }
    }
    let month = month?;
    let year = numbers.iter().find(|(length, _)| *length == 4);
    let day = numbers.iter().find(|(length, _)| *length <= 2);
    Some(match (year, day) {
        (Some((_, year)), Some((_, day))) if persian == JALALI_YEARS.contains(&(*year as i32)) => {
            Ok((*year as i32, month, *day))
        }
        (Some(_), Some(_)) => Err(NotADate::YearOutOfRange),
        (None, Some(_)) if numbers.len() > 1 => Err(NotADate::TwoDigitYear),
        _ => Err(NotADate::Other),
    })
}
