//! Dates and years (temporary minimal version: replaced when the reading of files is merged).

use icu_calendar::cal::Persian;

use crate::load::text::digits_to_ascii;
use crate::model::tables::Date;

/// Reads a day.
pub fn parse_date(text: &str) -> Result<Date, String> {
    let text = digits_to_ascii(text);
    let parts: Vec<i32> = text.split(['/', '-', '.']).filter_map(|part| part.trim().parse().ok()).collect();
    let [a, b, c] = parts[..] else { return Err("not a date".into()) };
    let (year, month, day) = if c > 31 { (c, b, a) } else { (a, b, c) };
    let (month, day) = (u8::try_from(month).unwrap_or(0), u8::try_from(day).unwrap_or(0));
    if (1300..1500).contains(&year) {
        let date = icu_calendar::Date::try_new(year.into(), icu_calendar::types::Month::new(month), day, Persian)
            .map_err(|_| "no such day".to_owned())?
            .to_calendar(icu_calendar::Iso);
        return Ok(Date { year: date.year().extended_year(), month: date.month().ordinal, day: date.day_of_month().0 });
    }
    if !(1900..=2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err("not a date, or a year of two digits".into());
    }
    Ok(Date { year, month, day })
}

/// Reads a year; Jalali, academic and fiscal years give the Gregorian year in which they begin.
pub fn parse_year(text: &str) -> Result<i32, String> {
    let text = digits_to_ascii(text.trim());
    let first: String = text.chars().take_while(char::is_ascii_digit).collect();
    let rest = &text[first.len()..];
    let plain = rest.is_empty()
        || rest.trim_start_matches(['-', '–', '/', ' ']).chars().all(|c| c.is_ascii_digit()) && rest.len() <= 9;
    match first.parse::<i32>() {
        Ok(year @ 1300..=1499) if plain => Ok(year + 621),
        Ok(year @ 1900..=2100) if plain => Ok(year),
        _ => Err("not a year".into()),
    }
}
