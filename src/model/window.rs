//! Years and windows of years, Gregorian. Solar Hijri years are converted at the door, in `load`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An inclusive span of Gregorian years, shown as `2020-2024`; a single year as `2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[i32; 2]", into = "[i32; 2]")]
pub struct Window {
    /// First year.
    pub from: i32,
    /// Last year, not before `from`.
    pub to: i32,
}

impl Window {
    /// The years from `from` to `to`, both included.
    pub fn new(from: i32, to: i32) -> Self {
        Window { from, to }
    }

    /// One year.
    pub fn year(year: i32) -> Self {
        Window { from: year, to: year }
    }

    /// Whether `year` lies in the window.
    pub fn contains(self, year: i32) -> bool {
        self.from <= year && year <= self.to
    }
}

impl From<[i32; 2]> for Window {
    fn from([from, to]: [i32; 2]) -> Self {
        Window { from, to }
    }
}

impl From<Window> for [i32; 2] {
    fn from(window: Window) -> Self {
        [window.from, window.to]
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from == self.to { write!(f, "{}", self.from) } else { write!(f, "{}-{}", self.from, self.to) }
    }
}
