//! A slide: which part stands where.

use super::frame::{BODY, COVER_TEXT, COVER_TITLE, FOOTER, Frame, NOTES, NUMBER, TITLE};
use super::pictures::Pictures;
use super::shape::{Cell, Place, Shapes};
use super::text::Paragraph;
use crate::diagnostic::{Error, Finding, Result};
use crate::model::chart::Chart;
use crate::model::document::{KeyFigure, Table, TableCell};
use crate::model::presentation::{Part, Presentation, Slide};
use crate::model::report::{Phrase, Text};
use crate::render::chart;
use crate::render::colour::{self, GREY, INK, NOTICE, Rgb};
use crate::render::document;
use crate::render::phrases::{Piece, Words};

/// Letters of the title, at most, in points.
const TITLE_SIZE: f64 = 26.0;
/// Letters of points.
const POINT_SIZE: f64 = 18.0;
/// Letters of tables.
const TABLE_SIZE: f64 = 15.0;
/// Height of the one row of key figures, and of each of two.
const FIGURES_HEIGHT: [i64; 2] = [1_750_000, 1_330_000];
/// Ground of key figures and of the heads of tables.
const GROUND: &str = "F4F8FC";

/// A slide that is drawn.
pub struct Drawn {
    /// Its shapes.
    pub tree: String,
    /// Its pictures, in the order of the relations `rId2`, `rId3` ….
    pub pictures: Vec<Vec<u8>>,
}

fn ink((red, green, blue): Rgb) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}

fn plain(pieces: Vec<Piece>) -> Paragraph {
    Paragraph::of(pieces, &ink(INK))
}

/// The first slide: what it is about and whose it is.
pub fn cover(presentation: &Presentation, words: &Words) -> Drawn {
    let mut shapes = Shapes::new(words);
    let title = [plain(words.text_pieces(&presentation.title)).strong()];
    shapes.text(Place::Title, COVER_TITLE, &title, 38.0, "b");
    let mut text: Vec<Paragraph> = presentation.subtitle.iter().map(|line| plain(words.text_pieces(line))).collect();
    let institution = Text::Names(presentation.institution.clone());
    if presentation.title != institution {
        text.push(Paragraph::of(words.text_pieces(&institution), &ink(GREY)));
    }
    if presentation.invented {
        text.push(Paragraph::of(vec![Piece::name(words.word("notice.invented"))], &ink(NOTICE)).strong());
    }
    text.push(Paragraph::of(vec![Piece::name(words.word("notice.style"))], &ink(GREY)).sized(75));
    shapes.text(Place::Body, COVER_TEXT, &text, 20.0, "t");
    Drawn { tree: shapes.tree(), pictures: Vec::new() }
}

/// The slide of that number, counted from 1.
///
/// # Errors
/// `render-failed`, where it says more than a slide can hold or a picture cannot be packed.
pub fn slide(
    presentation: &Presentation,
    slide: &Slide,
    number: usize,
    words: &Words,
    known: &Pictures<'_>,
) -> Result<Drawn> {
    if let Some(what) = slide.overfull() {
        let message = format!("slide {number} of {} has more {what} than a slide can hold", presentation.path);
        return Err(Error::from(Finding::error("render-failed", message)));
    }
    let mut shapes = Shapes::new(words);
    let mut pictures = Vec::new();
    shapes.text(Place::Title, TITLE, &[plain(words.pieces(&slide.title)).strong()], TITLE_SIZE, "ctr");
    let mut body = BODY;
    let figures = slide.parts.iter().find_map(|part| match part {
        Part::KeyFigures(figures) if !figures.is_empty() => Some(figures),
        _ => None,
    });
    if let Some(figures) = figures {
        body = key_figures(figures, body, &mut shapes, words);
    }
    let parts: Vec<&Part> = slide.parts.iter().filter(|part| !matches!(part, Part::KeyFigures(_))).collect();
    let mut first_text = true;
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        match part {
            Part::KeyFigures(_) => {}
            Part::Points(points) => {
                let (frame, rest) = if last { (body, body) } else { body.cut_start(body.width / 2) };
                let text: Vec<Paragraph> = points.iter().map(|point| self::point(point, words)).collect();
                let place = if first_text { Place::Body } else { Place::Box(None) };
                first_text = false;
                shapes.text(place, frame, &text, POINT_SIZE, if figures.is_some() { "t" } else { "ctr" });
                body = rest;
            }
            Part::Table(table) => {
                let (frame, rest) = if last { (body, body) } else { body.cut_start(body.width * 62 / 100) };
                self::table(table, frame, &mut shapes, words);
                body = rest;
            }
            Part::Chart(drawn) => {
                let bytes = known.png(drawn, words)?;
                let room = if last { body } else { Frame { width: body.width * 64 / 100, ..body } };
                let size = size_of(&bytes);
                let mut frame = room.holding(size);
                if last && at == 0 {
                    frame.x += (room.width - frame.width) / 2;
                }
                pictures.push(bytes);
                picture(drawn, &format!("rId{}", pictures.len() + 1), frame, &mut shapes, words);
                body = body.cut_start(frame.width).1;
            }
        }
    }
    if !slide.notes.is_empty() {
        let note = [Paragraph::of(words.sentences(&slide.notes), &ink(GREY))];
        shapes.text(Place::Box(None), NOTES, &note, 11.0, "b");
    }
    foot(presentation, number, &mut shapes, words);
    Ok(Drawn { tree: shapes.tree(), pictures })
}

fn foot(presentation: &Presentation, number: usize, shapes: &mut Shapes<'_>, words: &Words) {
    let mut pieces = words.text_pieces(&Text::Names(presentation.institution.clone()));
    let mut add = |text: String| {
        pieces.push(Piece::name(" · "));
        pieces.push(Piece::name(text));
    };
    if presentation.title != Text::Names(presentation.institution.clone()) {
        add(words.text(&presentation.title));
    }
    if presentation.invented {
        add(words.word("notice.invented"));
    }
    add(words.word("notice.style"));
    shapes.text(Place::Footer, FOOTER, &[Paragraph::of(pieces, &ink(GREY))], 10.0, "ctr");
    shapes.slide_number(NUMBER, number);
}

fn point(sentences: &[Phrase], words: &Words) -> Paragraph {
    Paragraph { point: true, strong_figures: true, ..plain(words.sentences(sentences)) }
}

/// Places key figures and returns what is left below them.
fn key_figures(figures: &[KeyFigure], body: Frame, shapes: &mut Shapes<'_>, words: &Words) -> Frame {
    let columns = match figures.len() {
        4 => 2,
        count => count.min(3),
    };
    let tall = FIGURES_HEIGHT[usize::from(figures.len() > columns)];
    let mut rest = body;
    for row in figures.chunks(columns) {
        let (mut band, below) = rest.cut_top(tall);
        for (at, figure) in row.iter().enumerate() {
            let left = (row.len() - at) as i64;
            let width = (band.width - (left - 1) * super::frame::GAP) / left;
            let (frame, beyond) = band.cut_start(width);
            let mut text = vec![
                Paragraph::of(words.text_pieces(&figure.label), &ink(GREY)).sized(60),
                Paragraph::of(words.pieces(&figure.value), &ink(colour::BAR)).strong().sized(125),
            ];
            text.extend(figure.note.as_ref().map(|note| Paragraph::of(words.pieces(note), &ink(INK)).sized(60)));
            for paragraph in &mut text {
                paragraph.centred = true;
            }
            shapes.text(Place::Box(Some(GROUND)), frame, &text, 26.0, "ctr");
            band = beyond;
        }
        rest = below;
    }
    rest
}

fn table(table: &Table, frame: Frame, shapes: &mut Shapes<'_>, words: &Words) {
    let head = |column: &crate::model::document::Column| Cell {
        text: plain(words.text_pieces(&column.head)).strong(),
        figures: column.figures,
        ground: GROUND.to_owned(),
    };
    let mut rows: Vec<Vec<Cell>> = vec![table.columns.iter().map(head).collect()];
    for row in &table.rows {
        let cell = |(cell, column): (&TableCell, &crate::model::document::Column)| {
            let mut cell = self::cell(cell, words);
            cell.figures = column.figures;
            cell.text.strong |= row.strong;
            cell
        };
        rows.push(row.cells.iter().zip(&table.columns).map(cell).collect());
    }
    // A column of numbers takes what a long number needs.
    let widths: Vec<f64> = table.columns.iter().map(|column| f64::from(column.width.max(2))).collect();
    let description = table.caption.as_ref().map_or_else(String::new, |caption| words.text(caption));
    shapes.table(frame, &widths, &rows, &description, TABLE_SIZE);
}

fn cell(cell: &TableCell, words: &Words) -> Cell {
    let pieces = document::pieces(words, cell);
    // A slide is read from afar: of a bar it has the number alone.
    if let TableCell::Heat { score, .. } = cell {
        let ground = colour::of_score(*score);
        return Cell { text: Paragraph::of(pieces, &ink(colour::on(ground))), figures: false, ground: ink(ground) };
    }
    Cell { text: plain(pieces), figures: false, ground: String::new() }
}

fn picture(drawn: &Chart, relation: &str, frame: Frame, shapes: &mut Shapes<'_>, words: &Words) {
    shapes.picture(relation, frame, &words.text(&drawn.title), &chart::described(drawn, words));
}

/// Width and height in pixels, from the head of a PNG.
fn size_of(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| png.get(at..at + 4).map_or(1, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]));
    (number(16), number(20))
}
