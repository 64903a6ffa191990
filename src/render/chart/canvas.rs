//! Where drawings are made: plotters' pixel area, seen from the start of the line.
//!
//! `x` counts from the start of the line: from the left in English, from the right in Persian.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::Picture;
use super::shaped_svg::{Marks, ShapedSvg};
use super::typeface::{Weight, face};
use crate::render::colour::Rgb;
use crate::render::phrases::Words;

/// Width of every chart; also of its picture in pixels.
pub const WIDTH: i32 = 1000;
/// Free space at the sides.
pub const MARGIN: i32 = 28;

/// How a string is set.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Em in pixels.
    pub size: i32,
    /// Weight.
    pub weight: Weight,
    /// Colour.
    pub colour: Rgb,
}

/// A regular style.
pub const fn regular(size: i32, colour: Rgb) -> Style {
    Style { size, weight: Weight::Regular, colour }
}

/// A bold style.
pub const fn bold(size: i32, colour: Rgb) -> Style {
    Style { size, weight: Weight::Bold, colour }
}

/// Which point of a string `x` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Where reading begins.
    Start,
    /// The middle.
    Middle,
    /// Where reading ends.
    End,
}

/// The canvas.
pub struct Canvas {
    /// The language.
    pub words: &'static Words,
    marks: Rc<RefCell<Marks>>,
    area: DrawingArea<ShapedSvg, Shift>,
}

impl Canvas {
    /// An empty canvas. Its height follows from what is drawn and is told to [`Canvas::finish`].
    pub fn new(words: &'static Words) -> Self {
        let marks = Rc::<RefCell<Marks>>::default();
        let area = ShapedSvg::new((WIDTH as u32, u32::MAX >> 1), words.right_to_left, Rc::clone(&marks));
        Canvas { words, marks, area: area.into_drawing_area() }
    }

    /// The finished picture on white paper. `description` says in words what it shows.
    pub fn finish(self, title: &str, description: &str, height: i32) -> Picture {
        let size = (WIDTH as u32, height.max(1) as u32);
        let svg = self.marks.borrow().document(size, (title, description), self.words.language);
        Picture { svg, size, shapes: std::mem::take(&mut self.marks.borrow_mut().shapes) }
    }

    fn draw<E>(&self, element: &E)
    where
        for<'a> &'a E: PointCollection<'a, (i32, i32)>,
        E: Drawable<ShapedSvg>,
    {
        self.area.draw(element).expect("writing into a string does not fail");
    }

    /// Distance from the start of the line of a place that lies `x` from the left: for axes of time, which run from left
    /// to right in every language. It is its own inverse.
    pub fn across(&self, x: i32) -> i32 {
        if self.words.right_to_left { WIDTH - x } else { x }
    }

    /// A filled rectangle from its start and top.
    pub fn rectangle(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), colour: Rgb) {
        let corners = [(self.across(x), y), (self.across(x + width), y + height)];
        self.draw(&Rectangle::new(corners, style(colour).filled()));
    }

    /// A line.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), width: u32, colour: Rgb) {
        let points = vec![(self.across(from.0), from.1), (self.across(to.0), to.1)];
        self.draw(&PathElement::new(points, style(colour).stroke_width(width)));
    }

    /// A line through points.
    pub fn path(&mut self, points: &[(i32, i32)], width: u32, colour: Rgb) {
        let points: Vec<_> = points.iter().map(|&(x, y)| (self.across(x), y)).collect();
        self.draw(&PathElement::new(points, style(colour).stroke_width(width)));
    }

    /// A line of dashes, level or upright.
    pub fn dashed(&mut self, from: (i32, i32), to: (i32, i32), width: u32, colour: Rgb) {
        const DASH: f64 = 9.0;
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = libm::sqrt(dx * dx + dy * dy);
        let at = |way: f64| {
            let part = (way / length).min(1.0);
            (from.0 + (dx * part).round() as i32, from.1 + (dy * part).round() as i32)
        };
        let mut way = 0.0;
        while way < length {
            self.line(at(way), at(way + DASH * 0.55), width, colour);
            way += DASH;
        }
    }

    /// A filled polygon.
    pub fn polygon(&mut self, points: &[(i32, i32)], colour: Rgb) {
        let points: Vec<_> = points.iter().map(|&(x, y)| (self.across(x), y)).collect();
        self.draw(&Polygon::new(points, style(colour).filled()));
    }

    /// A filled disc.
    pub fn disc(&mut self, (x, y): (i32, i32), radius: i32, colour: Rgb) {
        self.draw(&Circle::new((self.across(x), y), radius, style(colour).filled()));
    }

    /// A rectangle that says "nothing here" without colour.
    pub fn hatched(&mut self, (x, y): (i32, i32), (width, height): (i32, i32), ground: Rgb, lines: Rgb) {
        self.rectangle((x, y), (width, height), ground);
        let mut at = -height + 6;
        while at < width {
            let (from, to) = (at.max(0), (at + height).min(width));
            self.line((x + from, y + height - (from - at)), (x + to, y + height - (to - at)), 1, lines);
            at += 12;
        }
    }

    /// A string with its middle line at `y`.
    pub fn text(&mut self, text: &str, (x, y): (i32, i32), set: Style, align: Align) {
        let h_pos = match (align, self.words.right_to_left) {
            (Align::Middle, _) => HPos::Center,
            (Align::Start, false) | (Align::End, true) => HPos::Left,
            (Align::End, false) | (Align::Start, true) => HPos::Right,
        };
        let font_style = if set.weight == Weight::Bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = FontDesc::new(FontFamily::Name("Vazirmatn"), f64::from(set.size), font_style);
        let colour = rgb(set.colour);
        let text_style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Center));
        self.area.draw_text(text, &text_style, (self.across(x), y)).expect("writing into a string does not fail");
    }

    /// A row head around `y`: on one line, else smaller on two, the second cut where need be.
    pub fn name(&mut self, name: &str, (x, y): (i32, i32), set: Style, most: i32) {
        if self.width(name, set) <= most {
            return self.text(name, (x, y), set, Align::Start);
        }
        let small = Style { size: set.size * 4 / 5, ..set };
        let lines = self.wrapped(name, small, most, 2);
        let first = y - (lines.len() as i32 - 1) * (small.size + 2) / 2;
        for (line, text) in lines.iter().enumerate() {
            self.text(text, (x, first + line as i32 * (small.size + 2)), small, Align::Start);
        }
    }

    /// Width of a string in pixels.
    pub fn width(&self, text: &str, set: Style) -> i32 {
        let face = face(set.weight);
        let line = face.shape(text, self.words.right_to_left);
        (f64::from(line.width) * f64::from(set.size) / face.units_per_em).ceil() as i32
    }

    /// `text`, cut with an ellipsis where it is wider than `most`.
    pub fn fitted(&self, text: &str, set: Style, most: i32) -> String {
        if self.width(text, set) <= most {
            return text.to_owned();
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let cut = |count: usize| format!("{}…", text[..ends[count]].trim_end());
        // The widest beginning that fits, by halving; shaped width grows with the text, near enough.
        let (mut fits, mut fails) = (0, ends.len());
        while fits + 1 < fails {
            let middle = usize::midpoint(fits, fails);
            if self.width(&cut(middle), set) <= most { fits = middle } else { fails = middle }
        }
        if fits == 0 { "…".to_owned() } else { cut(fits) }
    }

    /// `text` broken at blanks into at most `lines` lines, the last cut with an ellipsis.
    pub fn wrapped(&self, text: &str, set: Style, most: i32, lines: usize) -> Vec<String> {
        let mut done: Vec<String> = Vec::new();
        let mut words = text.split_whitespace().peekable();
        while words.peek().is_some() {
            if done.len() + 1 == lines {
                let rest: Vec<&str> = words.collect();
                done.push(self.fitted(&rest.join(" "), set, most));
                break;
            }
            let mut line = String::new();
            while let Some(word) = words.peek() {
                let longer = if line.is_empty() { (*word).to_owned() } else { format!("{line} {word}") };
                if !line.is_empty() && self.width(&longer, set) > most {
                    break;
                }
                line = longer;
                words.next();
            }
            done.push(self.fitted(&line, set, most));
        }
        done
    }
}

fn rgb((red, green, blue): Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn style(colour: Rgb) -> ShapeStyle {
    ShapeStyle { color: rgb(colour).to_rgba(), filled: false, stroke_width: 1 }
}
