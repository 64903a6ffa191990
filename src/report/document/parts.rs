//! What documents share: short names of editions, places of a unit, sentences that come again.

use crate::model::chart::Figure;
use crate::model::document::{Block, Document, TableCell};
use crate::model::report::{Argument, Phrase, Text};
use crate::model::results::Results;
use crate::model::text::shortened;

/// `THE 2026`, `QS 2026 medicine`: an edition where there is no room for its name. Its words are not parted at the end of
/// a line.
pub fn short_name(id: &str) -> String {
    let mut parts = id.split('/');
    let ranking = parts.next().unwrap_or_default().to_uppercase();
    let rest: Vec<&str> = parts.filter(|part| *part != "wur").collect();
    let is_year = |part: &&&str| part.parse::<i32>().is_ok();
    let year = rest.iter().find(is_year);
    let others = rest.iter().filter(|part| !is_year(part)).map(|part| part.replace('_', " "));
    let words: Vec<String> =
        std::iter::once(ranking).chain(year.map(|year| (*year).to_owned())).chain(others).collect();
    words.join("\u{A0}")
}

/// The short name as words of a document.
pub fn short(id: &str) -> Text {
    Text::Verbatim(short_name(id))
}

/// An empty document of a run.
pub fn document(results: &Results, path: String, title: Text, subtitle: Vec<Text>, blocks: Vec<Block>) -> Document {
    Document {
        path,
        title,
        subtitle,
        institution: results.assessment.institution.name.clone(),
        invented: results.assessment.institution.invented,
        data_day: results.assessment.calendar.data,
        one_page: false,
        blocks,
    }
}

/// A phrase without arguments.
pub fn say(key: &'static str) -> Phrase {
    Phrase::new(key)
}

/// Words of the input, as they are.
pub fn verbatim(text: impl Into<String>) -> Argument {
    Argument::Text(Text::Verbatim(text.into()))
}

/// A heading.
pub fn heading(level: u8, key: &'static str) -> Block {
    Block::Heading(level, say(key).into())
}

/// Rank among units, or nothing.
pub fn rank(rank: Option<u32>, of: u32) -> TableCell {
    match rank.filter(|_| of > 1) {
        Some(rank) => TableCell::text(
            say("card.rank_short").with("rank", Argument::Count(rank.into())).with("of", Argument::Count(of.into())),
        ),
        None => TableCell::Absent,
    }
}

/// A raw value.
pub fn raw(value: Option<f64>) -> TableCell {
    TableCell::figure(value, Figure::Raw)
}

/// A score.
pub fn score(value: Option<f64>) -> TableCell {
    TableCell::figure(value, Figure::Score)
}

/// A title, cut where a table has no room for more.
pub fn cut(title: &str, most: usize) -> TableCell {
    TableCell::text(Text::Verbatim(shortened(title, most)))
}
