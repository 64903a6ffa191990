//! A document: what a page of paper or of a browser tells, in no language and no format yet.
//!
//! Sentences, tables and key figures carry the numbers of the run's tables in full precision; a renderer rounds them by
//! the one rule and keeps the full number beside what it shows, so that a reader, or a test, finds it in the CSV files.

use crate::model::chart::{Chart, Figure};
use crate::model::names::Names;
use crate::model::report::{Phrase, Text};
use crate::model::tables::Date;

/// Something to be read by people.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Path below the output folder without language and ending: `packs/pharm/card`.
    pub path: String,
    /// What it is about.
    pub title: Text,
    /// Below the title.
    pub subtitle: Vec<Text>,
    /// Whose it is.
    pub institution: Names,
    /// The institution does not exist: every page says so.
    pub invented: bool,
    /// The day at which the data stood; printed in both calendars.
    pub data_day: Option<Date>,
    /// Whether it must fit on one sheet of A4.
    pub one_page: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1–3; the title of the document stands above level 1.
    Heading(u8, Text),
    /// Sentences that belong together.
    Paragraph(Vec<Phrase>),
    /// The same in small grey letters: what to know of the method.
    Note(Vec<Phrase>),
    /// Points, one after the other.
    List {
        /// Whether they are counted.
        numbered: bool,
        /// Each of one or more sentences.
        items: Vec<Vec<Phrase>>,
    },
    /// Numbers that are read first.
    KeyFigures(Vec<KeyFigure>),
    /// Rows and columns.
    Table(Table),
    /// A picture with its caption.
    Chart(Box<Chart>),
    /// Side by side: share of the width in percent, and what stands there.
    Columns(Vec<(u8, Vec<Block>)>),
    /// Lines to be signed by hand.
    Signatures(Vec<Phrase>),
    /// What follows begins on a new page.
    PageBreak,
}

/// A number that is read first.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyFigure {
    /// What it is.
    pub label: Text,
    /// The number, or why there is none.
    pub value: Phrase,
    /// What to know beside it.
    pub note: Option<Phrase>,
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows.
    pub caption: Option<Text>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: Text,
    /// How much of the width it takes beside the others; 0 takes what its content needs.
    pub width: u8,
    /// Whether it holds numbers, which stand at the end of the cell.
    pub figures: bool,
}

impl Column {
    /// Words, taking `width` parts of what is left.
    pub fn words(head: impl Into<Text>, width: u8) -> Self {
        Column { head: head.into(), width, figures: false }
    }

    /// Numbers, as wide as they are.
    pub fn figures(head: impl Into<Text>) -> Self {
        Column { head: head.into(), width: 0, figures: true }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its cells, one per column; a single one runs over all columns.
    pub cells: Vec<TableCell>,
    /// Whether it is set apart: the unit itself among its peers, a sum.
    pub strong: bool,
}

impl Row {
    /// A plain row.
    pub fn of(cells: Vec<TableCell>) -> Self {
        Row { cells, strong: false }
    }

    /// A row over all columns: what the rows below it share.
    pub fn over(text: impl Into<Text>) -> Self {
        Row { cells: vec![TableCell::text(text)], strong: true }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum TableCell {
    /// Words.
    Text(Text),
    /// A number.
    Figure(f64, Figure),
    /// A change of a number, with its sign.
    Change(f64, Figure),
    /// A score on coloured ground; `partial` rests on less of its weight than the edition wants of a total.
    Heat {
        /// 0–100.
        score: f64,
        /// Marked with a star.
        partial: bool,
    },
    /// A score as a bar of 0–100 with the median of comparable units as a tick, and the number beside it.
    Bullet {
        /// 0–100.
        score: f64,
        /// Median score of comparable units.
        median: Option<f64>,
    },
    /// There is no number.
    Absent,
}

impl TableCell {
    /// Words.
    pub fn text(text: impl Into<Text>) -> Self {
        TableCell::Text(text.into())
    }

    /// A number where there is one.
    pub fn figure(value: Option<f64>, figure: Figure) -> Self {
        value.map_or(TableCell::Absent, |value| TableCell::Figure(value, figure))
    }

    /// A change where there is one.
    pub fn change(value: Option<f64>, figure: Figure) -> Self {
        value.map_or(TableCell::Absent, |value| TableCell::Change(value, figure))
    }

    /// A whole number.
    pub fn count(count: impl Into<u64>) -> Self {
        TableCell::Figure(count.into() as f64, Figure::Count)
    }

    /// A score on coloured ground where there is one.
    pub fn heat(score: Option<f64>, partial: bool) -> Self {
        score.map_or(TableCell::Absent, |score| TableCell::Heat { score, partial })
    }
}
