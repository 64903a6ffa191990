//! A presentation: what is shown to a meeting, in no language and no format yet.
//!
//! A slide says one thing, its title, and shows what it rests on. It holds no more than can be read from the far end of
//! a table; what is left out is said on the slide by whoever makes it.

use crate::model::chart::Chart;
use crate::model::document::{KeyFigure, Table};
use crate::model::names::Names;
use crate::model::report::{Phrase, Text};

/// Something to be shown to people.
#[derive(Debug, Clone, PartialEq)]
pub struct Presentation {
    /// Path below the output folder without language and ending: `packs/pharm/briefing`.
    pub path: String,
    /// What it is about; the first slide.
    pub title: Text,
    /// Below the title.
    pub subtitle: Vec<Text>,
    /// Whose it is.
    pub institution: Names,
    /// The institution does not exist: every slide says so.
    pub invented: bool,
    /// The slides after the first.
    pub slides: Vec<Slide>,
}

/// One message and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// The message: a sentence with its numbers.
    pub title: Phrase,
    /// Key figures stand as a band on top; of the others two stand side by side.
    pub parts: Vec<Part>,
    /// In small grey letters: the tables that the numbers are from, what was left out.
    pub notes: Vec<Phrase>,
}

/// A part of a slide.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Numbers that are read first; at most [`KEY_FIGURES`].
    KeyFigures(Vec<KeyFigure>),
    /// Points of one or more sentences each; at most [`POINTS`].
    Points(Vec<Vec<Phrase>>),
    /// Rows and columns; at most [`ROWS`] and [`COLUMNS`].
    Table(Table),
    /// A picture.
    Chart(Box<Chart>),
}

/// Key figures that a slide holds.
pub const KEY_FIGURES: usize = 6;
/// Points that a slide holds.
pub const POINTS: usize = 6;
/// Rows of a table below its head that a slide holds.
pub const ROWS: usize = 8;
/// Columns of a table that a slide holds.
pub const COLUMNS: usize = 7;
/// Parts besides key figures that a slide holds.
pub const PARTS: usize = 2;

impl Slide {
    /// What of the slide is more than it can hold; `None` where all of it has a place.
    pub fn overfull(&self) -> Option<&'static str> {
        let bands = self.parts.iter().filter(|part| matches!(part, Part::KeyFigures(_))).count();
        if bands > 1 || self.parts.len() - bands > PARTS {
            return Some("parts");
        }
        self.parts.iter().find_map(|part| match part {
            Part::KeyFigures(figures) => (figures.len() > KEY_FIGURES).then_some("key figures"),
            Part::Points(points) => (points.len() > POINTS).then_some("points"),
            Part::Table(table) if table.columns.len() > COLUMNS => Some("columns"),
            Part::Table(table) => (table.rows.len() > ROWS).then_some("rows"),
            Part::Chart(_) => None,
        })
    }
}
