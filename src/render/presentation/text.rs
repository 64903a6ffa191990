//! Paragraphs of a slide: runs in their direction and language, and letters as large as their place allows.

use std::fmt::Write;

use super::frame::{Frame, POINT};
use crate::render::chart::typeface::{Weight, face};
use crate::render::direction::runs;
use crate::render::phrases::{Kind, Piece, Words};
use crate::render::printable::{escaped, printable};

/// From one baseline to the next, in sizes of the letters.
const LEADING: f64 = 1.32;
/// After a paragraph, in sizes of its letters.
const AFTER: f64 = 0.35;
/// Between a text and the edge of its box, at either side, in points.
pub const INSET: f64 = 5.0;
/// No letter on a slide is smaller, in points.
const SMALLEST: f64 = 8.0;

/// The typeface of the theme: boxes that are no placeholder would else take that of the program.
const FONTS: &str = r#"<a:latin typeface="+mn-lt"/><a:cs typeface="+mn-cs"/>"#;

/// A paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// What it says.
    pub pieces: Vec<Piece>,
    /// Size of its letters beside those of its box, in hundredths.
    pub size: u32,
    /// Letters in bold.
    pub strong: bool,
    /// Numbers in bold.
    pub strong_figures: bool,
    /// `rrggbb`.
    pub colour: String,
    /// Begins with a bullet.
    pub point: bool,
    /// At the middle.
    pub centred: bool,
}

impl Paragraph {
    /// A plain one.
    pub fn of(pieces: Vec<Piece>, colour: &str) -> Self {
        Paragraph {
            pieces,
            size: 100,
            strong: false,
            strong_figures: false,
            colour: colour.to_owned(),
            point: false,
            centred: false,
        }
    }

    /// With bold letters.
    #[must_use]
    pub fn strong(self) -> Self {
        Paragraph { strong: true, ..self }
    }

    /// With letters of this many hundredths.
    #[must_use]
    pub fn sized(self, size: u32) -> Self {
        Paragraph { size, ..self }
    }

    /// What it says, as a line.
    fn text(&self) -> String {
        printable(&self.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>())
    }

    /// How many lines of `width` points it takes where the letters of its box have `size` points.
    fn lines(&self, size: f64, width: f64, rtl: bool) -> u32 {
        let size = size * f64::from(self.size) / 100.0;
        let room = width - if self.point { size } else { 0.0 };
        let (mut lines, mut used) = (1, 0.0);
        let space = width_of(" ", self.strong, rtl) * size;
        for word in self.text().split_whitespace() {
            let wide = width_of(word, self.strong || self.strong_figures, rtl) * size;
            if used > 0.0 && used + space + wide > room {
                lines += 1;
                used = 0.0;
            } else if used > 0.0 {
                used += space;
            }
            // A word longer than the line is broken within.
            lines += ((used + wide) / room.max(size)).ceil().max(1.0) as u32 - 1;
            used = (used + wide) % room.max(size);
        }
        lines
    }
}

/// Width of a word in sizes of its letters.
fn width_of(word: &str, strong: bool, rtl: bool) -> f64 {
    let face = face(if strong { Weight::Bold } else { Weight::Regular });
    f64::from(face.shape(word, rtl).width) / face.units_per_em
}

/// Height in points that paragraphs take in a box of `width` points.
pub fn height(paragraphs: &[Paragraph], size: f64, width: f64, rtl: bool) -> f64 {
    let room = width - 2.0 * INSET;
    let one = |paragraph: &Paragraph| {
        let letters = size * f64::from(paragraph.size) / 100.0;
        letters * (LEADING * f64::from(paragraph.lines(size, room, rtl)) + AFTER)
    };
    paragraphs.iter().map(one).sum()
}

/// The largest size of letters from `most` points down at which the paragraphs stay within the frame.
pub fn fitted(paragraphs: &[Paragraph], frame: Frame, most: f64, rtl: bool) -> f64 {
    let (width, room) = (frame.width as f64 / POINT as f64, frame.height as f64 / POINT as f64 - 4.0);
    let mut size = most;
    while size > SMALLEST && height(paragraphs, size, width, rtl) > room {
        size -= 1.0;
    }
    size.max(SMALLEST)
}

/// A paragraph as `a:p`.
pub fn paragraph(paragraph: &Paragraph, size: f64, words: &Words) -> String {
    let size = (size * f64::from(paragraph.size)).round().max(SMALLEST * 100.0) as u32;
    let rtl = words.right_to_left;
    let align = match (paragraph.centred, rtl) {
        (true, _) => "ctr",
        (false, true) => "r",
        (false, false) => "l",
    };
    let hang = i64::from(size) * POINT / 100;
    let (indent, bullet) = if paragraph.point {
        (format!(r#" marL="{hang}" marR="0" indent="-{hang}""#), r#"<a:buFont typeface="Arial"/><a:buChar char="•"/>"#)
    } else {
        (r#" marL="0" marR="0" indent="0""#.to_owned(), "<a:buNone/>")
    };
    let after = f64::from(size) * AFTER;
    let mut xml = format!(
        r#"<a:p><a:pPr{indent} algn="{align}" rtl="{}"><a:spcAft><a:spcPts val="{after:.0}"/></a:spcAft>{bullet}</a:pPr>"#,
        u8::from(rtl)
    );
    for piece in joined(paragraph) {
        let strong = paragraph.strong || paragraph.strong_figures && piece.0;
        for (run, foreign) in runs(&piece.1, rtl) {
            let _ = write!(
                xml,
                r#"<a:r><a:rPr lang="{}" sz="{size}" b="{}"><a:solidFill><a:srgbClr val="{}"/></a:solidFill>{FONTS}</a:rPr><a:t>{}</a:t></a:r>"#,
                tag(words, foreign),
                u8::from(strong),
                paragraph.colour,
                escaped(&marked(&run, foreign, rtl)),
            );
        }
    }
    let _ = write!(xml, r#"<a:endParaRPr lang="{}" sz="{size}"/></a:p>"#, tag(words, false));
    xml
}

/// Whether numbers in bold and what is said; neighbours that look alike are one.
fn joined(paragraph: &Paragraph) -> Vec<(bool, String)> {
    let mut joined: Vec<(bool, String)> = Vec::new();
    for piece in &paragraph.pieces {
        let figure = paragraph.strong_figures && piece.kind == Kind::Figure;
        match joined.last_mut() {
            Some((known, text)) if *known == figure => text.push_str(&printable(&piece.text)),
            _ => joined.push((figure, printable(&piece.text))),
        }
    }
    joined
}

/// A run that is read against the rest stands between marks of its own direction, then a mark turns back, lest a number
/// that follows be drawn in: programs of any age know these marks, and not all know isolates.
fn marked(run: &str, foreign: bool, rtl: bool) -> String {
    let (mark, back) = if rtl { ('\u{200E}', '\u{200F}') } else { ('\u{200F}', '\u{200E}') };
    if foreign { format!("{mark}{run}{mark}{back}") } else { run.to_owned() }
}

/// Language tag of a run, with the country that spelling checkers ask for.
pub fn tag(words: &Words, foreign: bool) -> &str {
    match (foreign, words.right_to_left) {
        (false, _) => &words.locale,
        (true, true) => "en-US",
        (true, false) => "fa-IR",
    }
}
