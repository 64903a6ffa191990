//! Days in both calendars: 20 March 2025 (29 Esfand 1403), ۲۹ اسفند ۱۴۰۳ (۲۰ مارس ۲۰۲۵).

use super::Words;
use crate::model::tables::Date;

impl Words {
    /// A day in the calendar of the language and, in brackets, in the other one. A day that no calendar has is shown as
    /// it was given.
    pub fn day(&self, day: Date) -> String {
        let Some((year, month, of_month)) = day.in_jalali() else {
            return self.digits(&format!("{:04}-{:02}-{:02}", day.year, day.month, day.day));
        };
        let gregorian = self.in_words("gregorian", day.day, day.month, day.year);
        let jalali = self.in_words("jalali", of_month, month, year);
        let (first, second) = if self.solar_hijri { (jalali, gregorian) } else { (gregorian, jalali) };
        format!("{first} ({second})")
    }

    fn in_words(&self, calendar: &str, day: u8, month: u8, year: i32) -> String {
        let month = self.word(&format!("{calendar}.{month}"));
        format!("{} {month} {}", self.digits(&day.to_string()), self.digits(&year.to_string()))
    }
}
