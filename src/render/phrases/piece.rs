//! A sentence in pieces: words, names and numbers apart, so that a page can keep the full number beside what it shows.

use serde::Serialize;

use super::Words;
use crate::model::chart::Figure;
use crate::model::report::{Argument, Phrase, Text};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words of the phrase files.
    Words,
    /// Something that the input or a method calls so: names, titles, ids, years.
    Name,
    /// A number of the run's tables.
    Figure,
    /// A day.
    Day,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// What is shown.
    pub text: String,
    /// The full number, or the day as `YYYY-MM-DD`; empty for words and names.
    pub value: String,
}

impl Piece {
    fn words(text: impl Into<String>) -> Self {
        Piece { kind: Kind::Words, text: text.into(), value: String::new() }
    }

    /// Between two sentences.
    pub fn space() -> Self {
        Piece::words(" ")
    }

    /// Beside a number that rests on part of its weight.
    pub fn star() -> Self {
        Piece::words("*")
    }

    /// A name.
    pub fn name(text: impl Into<String>) -> Self {
        Piece { kind: Kind::Name, text: text.into(), value: String::new() }
    }

    /// A number with its full value.
    pub fn figure(text: impl Into<String>, value: f64) -> Self {
        Piece { kind: Kind::Figure, text: text.into(), value: value.to_string() }
    }
}

impl Words {
    /// A phrase in pieces. `{name}` is the argument of that name; `{name:one|other}` is the first word where that
    /// argument is the count 1, else the second.
    pub fn pieces(&self, phrase: &Phrase) -> Vec<Piece> {
        let pattern = self.word(&phrase.key);
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = pattern.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            plain.push_str(before);
            let (inner, after) = after.split_once('}').unwrap_or((after, ""));
            let (name, forms) = inner.split_once(':').map_or((inner, None), |(name, forms)| (name, Some(forms)));
            let argument = phrase.arguments.iter().find(|(known, _)| *known == name).map(|(_, argument)| argument);
            match (argument, forms.and_then(|forms| forms.split_once('|'))) {
                (Some(argument), Some((one, other))) => plain.push_str(if is_one(argument) { one } else { other }),
                (Some(argument), None) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::words(std::mem::take(&mut plain)));
                    }
                    pieces.extend(self.argument(argument));
                }
                (None, _) => {}
            }
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::words(plain));
        }
        pieces
    }

    /// Sentences with a space between them.
    pub fn sentences(&self, sentences: &[Phrase]) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            if at > 0 {
                pieces.push(Piece::space());
            }
            pieces.extend(self.pieces(sentence));
        }
        pieces
    }

    /// Words, names and numbers of a text.
    pub fn text_pieces(&self, text: &Text) -> Vec<Piece> {
        match text {
            Text::Phrase(phrase) => self.pieces(phrase),
            Text::UnitType(_) | Text::UnitTypes(_) => vec![Piece::words(self.text(text))],
            Text::Names(_) | Text::Verbatim(_) => vec![Piece::name(self.isolated(&self.text(text)))],
        }
    }

    fn argument(&self, argument: &Argument) -> Vec<Piece> {
        let one = match argument {
            Argument::Text(Text::Phrase(phrase)) => return self.pieces(phrase),
            Argument::Text(text @ (Text::UnitType(_) | Text::UnitTypes(_))) => Piece::words(self.text(text)),
            Argument::Text(text) => Piece::name(self.isolated(&self.text(text))),
            Argument::Score(value) => Piece::figure(self.score(*value), *value),
            Argument::Count(count) => Piece { kind: Kind::Figure, text: self.count(*count), value: count.to_string() },
            Argument::Share(share) => Piece::figure(self.share(*share), *share),
            Argument::Number(number) => Piece::figure(self.digits(&number.to_string()), *number),
            Argument::Rank(rank) => Piece::figure(self.digits(&rank.to_string()), f64::from(*rank)),
            Argument::Year(year) => Piece::name(self.digits(&year.to_string())),
            Argument::Years(window) => Piece::name(self.digits(&window.to_string().replace('-', "–"))),
            Argument::Figure(value, figure) => Piece::figure(self.figure(*value, *figure), *value),
            Argument::Change(value, figure) => Piece::figure(self.signed(*value, *figure), *value),
            Argument::Day(day) => {
                let value = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
                Piece { kind: Kind::Day, text: self.day(*day), value }
            }
        };
        vec![one]
    }
}

fn is_one(argument: &Argument) -> bool {
    match argument {
        Argument::Count(count) => *count == 1,
        Argument::Figure(value, Figure::Count) => *value == 1.0,
        _ => false,
    }
}
