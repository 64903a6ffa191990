//! A plotters backend that writes SVG and shapes its own text.
//!
//! Plotters' own SVG text is left to the viewer's fonts and is torn apart by several viewers where it is Persian; here
//! each string is a group of glyph outlines with the string as its label, so it looks the same everywhere and needs no
//! font. Each glyph is defined once and used many times. Every mark is kept as a [`Shape`] too, from which
//! [`super::raster`] paints the picture without reading the SVG again.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fmt::Write;
use std::rc::Rc;
use std::sync::Arc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::typeface::{Line, Weight, face};
use crate::render::colour::{PAPER, hex};
use crate::render::printable::escaped;

type Done = Result<(), DrawingErrorKind<Infallible>>;

/// A mark as it is painted, in pixels.
#[derive(Clone)]
pub enum Shape {
    /// A filled polygon.
    Filled(Vec<BackendCoord>, BackendColor),
    /// A stroked line through points.
    Stroked(Vec<BackendCoord>, BackendColor, u32),
    /// A disc, or a circle of a stroke width.
    Circle(BackendCoord, u32, BackendColor, Option<u32>),
    /// Glyphs of one line: the scale from font units, and left end and height of its baseline.
    Glyphs {
        /// Which face.
        weight: Weight,
        /// Its glyphs in font units.
        line: Arc<Line>,
        /// Pixels per font unit.
        scale: f64,
        /// Left end of the baseline.
        left: f64,
        /// Its height.
        baseline: f64,
        /// Colour.
        colour: BackendColor,
    },
}

/// What was drawn so far; shared with the caller, since plotters keeps the backend to itself.
#[derive(Default)]
pub struct Marks {
    body: String,
    /// The marks in drawing order.
    pub shapes: Vec<Shape>,
    glyphs: BTreeSet<(Weight, u32)>,
}

impl Marks {
    /// The whole document.
    pub fn document(&self, (width, height): (u32, u32), (title, description): (&str, &str), language: &str) -> String {
        let (title, description) = (escaped(title), escaped(description));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" lang=\"{language}\" aria-label=\"{title}\">\n\
             <title>{title}</title>\n<desc>{description}</desc>\n<defs>\n"
        );
        for &(weight, glyph) in &self.glyphs {
            let _ = writeln!(
                svg,
                "<path id=\"{}{glyph}\" d=\"{}\"/>",
                letter(weight),
                face(weight).outline(glyph).map_or("", |outline| &outline.data)
            );
        }
        let _ = writeln!(svg, "</defs>\n<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", hex(PAPER));
        svg.push_str(&self.body);
        svg.push_str("</svg>\n");
        svg
    }
}

fn letter(weight: Weight) -> char {
    match weight {
        Weight::Regular => 'r',
        Weight::Bold => 'b',
    }
}

/// The backend.
pub struct ShapedSvg {
    size: (u32, u32),
    right_to_left: bool,
    marks: Rc<RefCell<Marks>>,
}

impl ShapedSvg {
    /// A backend that adds to `marks`; `right_to_left` is the direction of the document.
    pub fn new(size: (u32, u32), right_to_left: bool, marks: Rc<RefCell<Marks>>) -> Self {
        ShapedSvg { size, right_to_left, marks }
    }

    fn mark(&self, shape: Shape, write: impl FnOnce(&mut String)) -> Done {
        let mut marks = self.marks.borrow_mut();
        marks.shapes.push(shape);
        write(&mut marks.body);
        Ok(())
    }
}

/// `fill` or `stroke` attributes of a style.
fn paint<S: BackendStyle>(style: &S, fill: bool) -> String {
    let colour = colour(style.color());
    if fill {
        format!("fill=\"{}\"{}", colour.0, opacity("fill", colour.1))
    } else {
        let width = style.stroke_width();
        let opacity = opacity("stroke", colour.1);
        format!("fill=\"none\" stroke=\"{}\"{opacity} stroke-width=\"{width}\"", colour.0)
    }
}

fn colour(colour: BackendColor) -> (String, f64) {
    (hex(colour.rgb), colour.alpha)
}

fn opacity(of: &str, alpha: f64) -> String {
    if alpha >= 1.0 { String::new() } else { format!(" {of}-opacity=\"{alpha:.2}\"") }
}

fn corners((left, top): BackendCoord, (right, bottom): BackendCoord) -> Vec<BackendCoord> {
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

fn points(path: &[BackendCoord]) -> String {
    path.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ")
}

fn weight_of<S: BackendTextStyle>(style: &S) -> Weight {
    if matches!(style.style(), FontStyle::Bold) { Weight::Bold } else { Weight::Regular }
}

impl DrawingBackend for ShapedSvg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Done {
        let (fill, alpha) = colour(color);
        let opacity = opacity("fill", alpha);
        self.mark(Shape::Filled(corners((x, y), (x + 1, y + 1)), color), |svg| {
            let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" fill=\"{fill}\"{opacity}/>");
        })
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Done {
        let (x, y, width, height) = (a.0.min(b.0), a.1.min(b.1), (b.0 - a.0).abs(), (b.1 - a.1).abs());
        let paint = paint(style, fill);
        let mut outline = corners((x, y), (x + width, y + height));
        let shape = if fill {
            Shape::Filled(outline, style.color())
        } else {
            outline.push(outline[0]);
            Shape::Stroked(outline, style.color(), style.stroke_width())
        };
        self.mark(shape, |svg| {
            let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>");
        })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        let (points, paint) = (points(&path), paint(style, false));
        self.mark(Shape::Stroked(path, style.color(), style.stroke_width()), |svg| {
            let _ = writeln!(svg, "<polyline points=\"{points}\" {paint}/>");
        })
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        let paint = paint(style, fill);
        let stroke = (!fill).then(|| style.stroke_width());
        self.mark(Shape::Circle((x, y), radius, style.color(), stroke), |svg| {
            let _ = writeln!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>");
        })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        let (points, paint) = (points(&path), paint(style, true));
        self.mark(Shape::Filled(path, style.color()), |svg| {
            let _ = writeln!(svg, "<polygon points=\"{points}\" {paint}/>");
        })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Done {
        let weight = weight_of(style);
        let face = face(weight);
        let scale = style.size() / face.units_per_em;
        let line = face.shape(text, self.right_to_left);
        let width = f64::from(line.width) * scale;
        let left = f64::from(x)
            - match style.anchor().h_pos {
                HPos::Left => 0.0,
                HPos::Center => width / 2.0,
                HPos::Right => width,
            };
        // Parts of the em from the anchor to the baseline; figures and capitals of the face are 0.7 em high.
        let baseline = f64::from(y)
            + style.size()
                * match style.anchor().v_pos {
                    VPos::Top => 0.85,
                    VPos::Center => 0.35,
                    VPos::Bottom => -0.25,
                };
        let (fill, alpha) = colour(style.color());
        let opacity = opacity("fill", alpha);
        let mut marks = self.marks.borrow_mut();
        marks.glyphs.extend(line.glyphs.iter().map(|glyph| (weight, glyph.id)));
        let _ = write!(
            marks.body,
            "<g role=\"img\" aria-label=\"{}\" fill=\"{fill}\"{opacity} \
             transform=\"matrix({scale:.5} 0 0 -{scale:.5} {left:.1} {baseline:.1})\">",
            escaped(text)
        );
        for glyph in &line.glyphs {
            let _ = write!(marks.body, "<use href=\"#{}{}\" x=\"{}\"", letter(weight), glyph.id, glyph.x);
            if glyph.y != 0 {
                let _ = write!(marks.body, " y=\"{}\"", glyph.y);
            }
            marks.body.push_str("/>");
        }
        marks.body.push_str("</g>\n");
        let colour = style.color();
        marks.shapes.push(Shape::Glyphs { weight, line, scale, left, baseline, colour });
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let face = face(weight_of(style));
        let line = face.shape(text, self.right_to_left);
        let width = f64::from(line.width) * style.size() / face.units_per_em;
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
