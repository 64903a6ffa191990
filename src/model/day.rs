//! Days as `assessment.toml` gives them: `2025-03-20`, or `1403-12-30` in the Solar Hijri calendar.

use icu_calendar::Date as CalendarDate;
use icu_calendar::cal::{Gregorian, Persian};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::tables::Date;

/// Years that are taken as Solar Hijri.
const JALALI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1499;

impl Date {
    /// The Gregorian day of a Solar Hijri one; `None` when there is no such day.
    pub fn of_jalali(year: i32, month: u8, day: u8) -> Option<Date> {
        let date = CalendarDate::try_new_persian(year, month, day).ok()?.to_calendar(Gregorian);
        Some(Date { year: date.year().extended_year(), month: date.month().number(), day: date.day_of_month().0 })
    }

    /// Whole months from this day to a later one; negative where it is earlier.
    pub fn months_until(self, later: Date) -> i32 {
        let months = 12 * (later.year - self.year) + i32::from(later.month) - i32::from(self.month);
        months - i32::from(later.day < self.day)
    }

    /// The day as `1403-12-30` in the Solar Hijri calendar; `None` when there is no such day.
    pub fn jalali(self) -> Option<String> {
        let (year, month, day) = self.in_jalali()?;
        Some(format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Year, month and day in the Solar Hijri calendar; `None` when there is no such day.
    pub fn in_jalali(self) -> Option<(i32, u8, u8)> {
        let date = CalendarDate::try_new_gregorian(self.year, self.month, self.day).ok()?.to_calendar(Persian);
        Some((date.year().extended_year(), date.month().number(), date.day_of_month().0))
    }

    /// Days from this day to another; below 0 where the other is earlier. `None` when one of them is no day.
    pub fn days_until(self, other: Date) -> Option<i64> {
        let number = |day: Date| {
            let date = CalendarDate::try_new_gregorian(day.year, day.month, day.day).ok()?;
            Some(date.to_rata_die().to_i64_date())
        };
        Some(number(other)? - number(self)?)
    }

    /// The same day some years earlier; 29 February becomes 28 February.
    #[must_use]
    pub fn years_before(self, years: i32) -> Date {
        let day = if self.month == 2 { self.day.min(28) } else { self.day };
        Date { year: self.year - years, day, ..self }
    }

    /// The day that `YYYY-MM-DD` names, by its year in either calendar; `None` when there is no such day.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.trim().split('-');
        let year: i32 = parts.next()?.parse().ok()?;
        let month: u8 = parts.next()?.parse().ok()?;
        let day: u8 = parts.next()?.parse().ok()?;
        if parts.next().is_some() {
            return None;
        }
        if JALALI_YEARS.contains(&year) {
            return Date::of_jalali(year, month, day);
        }
        CalendarDate::try_new_gregorian(year, month, day).ok().map(|_| Date { year, month, day })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("\"{text}\" is no day; write \"2025-03-20\" or \"1403-12-30\""))
        })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
