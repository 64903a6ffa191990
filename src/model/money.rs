//! Money: units in which sheets state it, and purchasing power parity to international dollars.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use icu_calendar::cal::Persian;

use crate::model::assessment::PppYear;
use crate::model::text::{clean, fold, words};

/// The built-in rates: `country,currency,year,rate,vintage,source`.
pub const BUILT_IN_RATES: &str = include_str!("../../data/reference/ppp.csv");

/// Code of a sum that is stated in international dollars already.
pub const INTERNATIONAL_DOLLAR: &str = "PPP";

/// Words for powers of ten.
const MULTIPLIERS: &[(&str, f64)] = &[
    ("هزار", 1e3),
    ("میلیون", 1e6),
    ("میلیارد", 1e9),
    ("تریلیون", 1e12),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("mn", 1e6),
    ("billion", 1e9),
    ("billions", 1e9),
    ("bn", 1e9),
    ("trillion", 1e12),
];

/// Words for currencies: code and how many of it one is.
const CURRENCIES: &[(&str, &str, f64)] = &[
    ("ریال", "IRR", 1.0),
    ("rial", "IRR", 1.0),
    ("rials", "IRR", 1.0),
    ("irr", "IRR", 1.0),
    ("تومان", "IRR", 10.0),
    ("toman", "IRR", 10.0),
    ("tomans", "IRR", 10.0),
    ("irt", "IRR", 10.0),
    ("دلار", "USD", 1.0),
    ("dollar", "USD", 1.0),
    ("dollars", "USD", 1.0),
    ("usd", "USD", 1.0),
    ("یورو", "EUR", 1.0),
    ("euro", "EUR", 1.0),
    ("euros", "EUR", 1.0),
    ("eur", "EUR", 1.0),
    ("gbp", "GBP", 1.0),
    ("cop", "COP", 1.0),
    ("sar", "SAR", 1.0),
    ("try", "TRY", 1.0),
    ("inr", "INR", 1.0),
    ("cny", "CNY", 1.0),
    ("jpy", "JPY", 1.0),
    ("ppp", INTERNATIONAL_DOLLAR, 1.0),
];

/// A money unit such as "million rial".
#[derive(Debug, Clone, PartialEq)]
pub struct MoneyUnit {
    /// Currency code.
    pub currency: String,
    /// Units of the currency in one printed unit.
    pub factor: f64,
    /// For people: `million rial`.
    pub printed: String,
}

impl MoneyUnit {
    /// Finds a money unit in a title, header or cell: a currency with the powers of ten beside it.
    pub fn parse(text: &str) -> Option<MoneyUnit> {
        let key = fold(text);
        if key.contains("internationaldollar") || key.contains("دلاربینالمللی") {
            let factor = words(text).iter().filter_map(|word| multiplier(word)).product();
            return Some(MoneyUnit { currency: INTERNATIONAL_DOLLAR.into(), factor, printed: clean(text) });
        }
        let words = split_joined(words(text));
        let (at, (_, currency, each)) = (words.iter().enumerate())
            .find_map(|(at, word)| CURRENCIES.iter().find(|(name, ..)| name == word).map(|found| (at, found)))?;
        let before = words[..at].iter().rev().take_while(|word| multiplier(word).is_some()).count();
        let after = words[at + 1..].iter().take_while(|word| multiplier(word).is_some()).count();
        // "million rial" and "rial (million)" say it on one side or the other, never on both.
        let range = if before > 0 { at - before..at + 1 } else { at..at + 1 + after };
        let factor: f64 = words[range.clone()].iter().filter_map(|word| multiplier(word)).product();
        Some(MoneyUnit { currency: (*currency).to_owned(), factor: factor * each, printed: words[range].join(" ") })
    }
}

fn multiplier(word: &str) -> Option<f64> {
    MULTIPLIERS.iter().find(|(name, _)| *name == word).map(|(_, factor)| *factor)
}

/// "میلیون‌ریال" written as one word is two.
fn split_joined(words: Vec<String>) -> Vec<String> {
    let split = |word: String| {
        let parts = MULTIPLIERS.iter().find_map(|(name, _)| {
            let rest = word.strip_prefix(name)?;
            CURRENCIES.iter().any(|(currency, ..)| *currency == rest).then(|| vec![(*name).to_owned(), rest.to_owned()])
        });
        parts.unwrap_or_else(|| vec![word])
    };
    words.into_iter().flat_map(split).collect()
}

/// Purchasing power parities: currency units per international dollar, by currency and Gregorian year.
#[derive(Debug, Clone, Default)]
pub struct Rates(BTreeMap<(String, i32), f64>);

impl Rates {
    /// The built-in table.
    pub fn built_in() -> Rates {
        Rates::shared().clone()
    }

    /// The same, read once, for those who ask again and again.
    pub fn shared() -> &'static Rates {
        static RATES: OnceLock<Rates> = OnceLock::new();
        RATES.get_or_init(|| {
            let mut rates = Rates::default();
            let mut reader = csv::Reader::from_reader(BUILT_IN_RATES.as_bytes());
            for record in reader.records().map_while(Result::ok) {
                let field = |index: usize| record.get(index).unwrap_or_default();
                if let (Ok(year), Ok(rate)) = (field(2).parse(), field(3).parse()) {
                    rates.set(field(1), year, rate);
                }
            }
            rates
        })
    }

    /// Sets a rate, replacing an earlier one.
    pub fn set(&mut self, currency: &str, year: i32, rate: f64) {
        self.0.insert((currency.to_uppercase(), year), rate);
    }

    /// The rate of a calendar year.
    pub fn of(&self, currency: &str, year: i32) -> Option<f64> {
        if currency == INTERNATIONAL_DOLLAR { Some(1.0) } else { self.0.get(&(currency.to_owned(), year)).copied() }
    }

    /// The rate of a fiscal year that begins in Gregorian `year`. `jalali` is the year's Solar Hijri number where it is
    /// a Jalali year; only such a year spans two calendar years.
    ///
    /// # Errors
    /// The calendar year for which there is no rate.
    pub fn of_fiscal_year(&self, currency: &str, year: i32, jalali: Option<i32>, rule: PppYear) -> Result<f64, i32> {
        let first = self.of(currency, year).ok_or(year)?;
        let days = jalali.filter(|_| rule == PppYear::DayWeighted).and_then(days_by_calendar_year);
        let Some((before, after)) = days else { return Ok(first) };
        let second = self.of(currency, year + 1).ok_or(year + 1)?;
        Ok((first * before + second * after) / (before + after))
    }
}

/// Days of a Jalali year in the Gregorian year of its beginning and in the next: 286 and 79, in a leap year 287 and 79
/// or 286 and 80.
fn days_by_calendar_year(jalali: i32) -> Option<(f64, f64)> {
    let new_year = |year: i32| {
        let month = icu_calendar::types::Month::new(1);
        let day = icu_calendar::Date::try_new(year.into(), month, 1, Persian).ok()?.to_calendar(icu_calendar::Iso);
        Some((day.day_of_year().0, day.days_in_year()))
    };
    let (start, length) = new_year(jalali)?;
    let (next, _) = new_year(jalali.checked_add(1)?)?;
    Some((f64::from(length) - f64::from(start) + 1.0, f64::from(next) - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_units_in_titles() {
        let unit = |text: &str| MoneyUnit::parse(text).map(|unit| (unit.currency, unit.factor));
        assert_eq!(unit("بودجه واحدها (مبالغ به میلیون ریال)"), Some(("IRR".into(), 1e6)));
        assert_eq!(unit("میلیون‌ریال"), Some(("IRR".into(), 1e6)));
        assert_eq!(unit("هزار میلیارد تومان"), Some(("IRR".into(), 1e13)));
        assert_eq!(unit("Income (IRR, billion)"), Some(("IRR".into(), 1e9)));
        assert_eq!(unit("Research income, rials"), Some(("IRR".into(), 1.0)));
        assert_eq!(unit("material costs"), None);
        assert_eq!(unit("million international dollars"), Some((INTERNATIONAL_DOLLAR.into(), 1e6)));
    }

    #[test]
    fn a_jalali_year_spans_two_calendar_years() {
        assert_eq!(days_by_calendar_year(1402), Some((286.0, 79.0)));
        assert_eq!(days_by_calendar_year(1403), Some((287.0, 79.0)));
        let rates = Rates::built_in();
        assert_eq!(rates.of_fiscal_year("IRR", 2023, Some(1402), PppYear::StartYear), Ok(94280.0));
        let weighted = rates.of_fiscal_year("IRR", 2023, Some(1402), PppYear::DayWeighted).unwrap();
        assert!((weighted - (94280.0 * 286.0 + 118097.0 * 79.0) / 365.0).abs() < 1e-9);
        assert_eq!(rates.of_fiscal_year("IRR", 2024, Some(1403), PppYear::DayWeighted), Err(2025));
        assert_eq!(rates.of_fiscal_year("USD", 2024, None, PppYear::StartYear), Err(2024));
    }
}
