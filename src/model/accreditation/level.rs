//! Levels at which a standard is met, and what each counts.

use serde::{Deserialize, Serialize};

/// How far a standard is met. Ordered: `NotMet < Partial < Relative < Full`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Not met.
    NotMet,
    /// Met in part.
    Partial,
    /// Met for the greater part.
    Relative,
    /// Met.
    Full,
}

impl Level {
    /// From the lowest to the highest.
    pub const ALL: [Level; 4] = [Level::NotMet, Level::Partial, Level::Relative, Level::Full];

    /// The word in tables and in phrase keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::NotMet => "not_met",
            Level::Partial => "partial",
            Level::Relative => "relative",
            Level::Full => "full",
        }
    }

    /// The level of a word.
    pub fn parse(word: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// 0 for the lowest, 3 for the highest.
    pub fn step(self) -> usize {
        self as usize
    }
}

/// What a level counts, as the office declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Points of each level, by [`Level::step`]; never falling.
    pub points: [f64; 4],
    /// The lowest level at which a standard counts as met.
    pub met_from: Level,
}

impl Scale {
    /// Points of a level.
    pub fn of(&self, level: Level) -> f64 {
        self.points[level.step()]
    }

    /// Points of the highest level.
    pub fn greatest(&self) -> f64 {
        self.points[Level::Full.step()]
    }

    /// Whether a standard at this level counts as met.
    pub fn met(&self, level: Level) -> bool {
        level >= self.met_from
    }
}
