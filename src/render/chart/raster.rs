//! The picture of a chart: its shapes painted pixel by pixel, and packed as PNG.

use plotters_backend::{BackendColor, BackendCoord};
use tiny_skia::{FillRule, IntSize, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform};

use super::shaped_svg::Shape;
use super::{glyph, palette};
use crate::render::colour::PAPER;

/// Paints shapes in drawing order on white paper, `scale` pixels for a unit of theirs. `None` where there is no room for a
/// picture of this size.
pub fn paint((width, height): (u32, u32), scale: f32, shapes: &[Shape]) -> Option<Pixmap> {
    let pixels = |units: u32| (units as f32 * scale).round() as u32;
    let mut pixels = paper(pixels(width), pixels(height))?;
    let (zoom, whole) = (scale, Transform::from_scale(scale, scale));
    for shape in shapes {
        match shape {
            Shape::Filled(points, colour) => match rectangle(points).filter(|_| scale.fract() == 0.0) {
                // Its edges lie between pixels, so that there is nothing to smooth.
                Some(rectangle) => {
                    let paint = Paint { anti_alias: false, ..paint_of(*colour) };
                    pixels.fill_rect(rectangle, &paint, whole, None);
                }
                None => fill(&mut pixels, polygon(points, true), *colour, whole),
            },
            Shape::Stroked(points, colour, width) => {
                stroke(&mut pixels, polygon(points, false), *colour, *width, whole)
            }
            Shape::Circle((x, y), radius, colour, width) => {
                let circle = PathBuilder::from_circle(*x as f32, *y as f32, *radius as f32);
                match width {
                    None => fill(&mut pixels, circle, *colour, whole),
                    Some(width) => stroke(&mut pixels, circle, *colour, *width, whole),
                }
            }
            Shape::Glyphs { weight, line, scale, left, baseline, colour } => {
                let (zoom, ink) = (f64::from(zoom), colour.rgb);
                for placed in &line.glyphs {
                    let x = (left + f64::from(placed.x) * scale) * zoom;
                    let y = (baseline - f64::from(placed.y) * scale) * zoom;
                    glyph::paint(&mut pixels, (*weight, placed.id), scale * zoom, (x, y), ink);
                }
            }
        }
    }
    Some(pixels)
}

/// A sheet of plain paper.
fn paper(width: u32, height: u32) -> Option<Pixmap> {
    let size = IntSize::from_wh(width, height)?;
    let (red, green, blue) = PAPER;
    Pixmap::from_vec([red, green, blue, 255].repeat(width as usize * height as usize), size)
}

fn paint_of(colour: BackendColor) -> Paint<'static> {
    let (red, green, blue) = colour.rgb;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (colour.alpha.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

/// Four points around a rectangle with level edges.
fn rectangle(points: &[BackendCoord]) -> Option<Rect> {
    let &[(a, b), (c, d), (e, f), (g, h)] = points else { return None };
    let level = (a == c && e == g && d == f && b == h) || (b == d && f == h && c == e && a == g);
    let (left, right, top, bottom) = (a.min(e), a.max(e), b.min(f), b.max(f));
    if level { Rect::from_ltrb(left as f32, top as f32, right as f32, bottom as f32) } else { None }
}

fn polygon(points: &[BackendCoord], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (place, (x, y)) in points.iter().enumerate() {
        if place == 0 { path.move_to(*x as f32, *y as f32) } else { path.line_to(*x as f32, *y as f32) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

fn fill(pixels: &mut Pixmap, path: Option<Path>, colour: BackendColor, place: Transform) {
    if let Some(path) = path {
        pixels.fill_path(&path, &paint_of(colour), FillRule::Winding, place, None);
    }
}

fn stroke(pixels: &mut Pixmap, path: Option<Path>, colour: BackendColor, width: u32, place: Transform) {
    if let Some(path) = path {
        let stroke = Stroke { width: width as f32, ..Stroke::default() };
        pixels.stroke_path(&path, &paint_of(colour), &stroke, place, None);
    }
}

/// PNG of at most 256 colours, packed fast: a run makes a thousand of these.
///
/// # Errors
/// Only where the library cannot write into memory.
pub fn packed(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let picture = palette::indexed(pixels.data(), pixels.width() as usize);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(picture.colours.iter().flat_map(|&(red, green, blue)| [red, green, blue]).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::Fast);
    // What lies below its like becomes 0, which packs best.
    encoder.set_filter(png::Filter::Up);
    encoder.write_header()?.write_image_data(&picture.pixels)?;
    Ok(bytes)
}
