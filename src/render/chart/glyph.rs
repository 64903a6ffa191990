//! Glyphs as they are painted: coverage of each pixel, worked out once per thread, size and part of a pixel.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use tiny_skia::{FillRule, IntRect, Mask, Pixmap, Transform};

use super::typeface::{Weight, face};
use crate::render::colour::Rgb;

/// Places between two pixels at which a glyph may begin.
const PARTS: f64 = 4.0;
/// More glyphs than this and the thread begins anew.
const MOST: usize = 6_000;

/// What a glyph covers.
struct Coverage {
    /// Left and upper end from the pixel in which the glyph begins.
    left: i32,
    top: i32,
    width: usize,
    /// 0–255, row by row; sixteen steps, so that a picture has few colours.
    pixels: Vec<u8>,
}

/// Weight, number in the font, scale in 1/65536 and part of a pixel.
type Key = (Weight, u32, u32, u8);

thread_local! {
    static KNOWN: RefCell<FxHashMap<Key, Rc<Coverage>>> = RefCell::default();
}

/// Paints a glyph whose origin lies at `x` on the baseline `y`, `scale` pixels for a unit of the font.
pub fn paint(pixels: &mut Pixmap, (weight, glyph): (Weight, u32), scale: f64, (x, y): (f64, f64), colour: Rgb) {
    let column = (x * PARTS).round() / PARTS;
    let part = ((column - column.floor()) * PARTS) as u8;
    let key = (weight, glyph, (scale * 65536.0).round() as u32, part);
    let known = KNOWN.with_borrow_mut(|known| {
        if known.len() > MOST {
            known.clear();
        }
        let work = || Rc::new(coverage((weight, glyph), f64::from(key.2) / 65536.0, f64::from(part) / PARTS));
        Rc::clone(known.entry(key).or_insert_with(work))
    });
    blend(pixels, &known, (column.floor() as i32, y.round() as i32), colour);
}

fn coverage((weight, glyph): (Weight, u32), scale: f64, shift: f64) -> Coverage {
    let none = Coverage { left: 0, top: 0, width: 0, pixels: Vec::new() };
    let scale = scale as f32;
    let Some(path) = face(weight).outline(glyph).and_then(|outline| outline.path.as_ref()) else { return none };
    let Some(path) = path.clone().transform(Transform::from_row(scale, 0.0, 0.0, -scale, shift as f32, 0.0)) else {
        return none;
    };
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor() as i32 - 1, bounds.top().floor() as i32 - 1);
    let (right, bottom) = (bounds.right().ceil() as i32 + 1, bounds.bottom().ceil() as i32 + 1);
    let extent = IntRect::from_ltrb(left, top, right, bottom);
    let Some(mut mask) = extent.and_then(|extent| Mask::new(extent.width(), extent.height())) else { return none };
    mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-left as f32, -top as f32));
    let step = |covered: &u8| ((u16::from(*covered) + 8) / 17 * 17).min(255) as u8;
    Coverage { left, top, width: (right - left) as usize, pixels: mask.data().iter().map(step).collect() }
}

/// Lays a colour over opaque pixels.
fn blend(pixels: &mut Pixmap, glyph: &Coverage, (x, y): (i32, i32), (red, green, blue): Rgb) {
    let (width, height) = (pixels.width() as i32, pixels.height() as i32);
    let data = pixels.data_mut();
    for (row, covered) in (0..).zip(glyph.pixels.chunks_exact(glyph.width.max(1))) {
        let y = y + glyph.top + row;
        if !(0..height).contains(&y) {
            continue;
        }
        for (column, &covered) in (0..).zip(covered) {
            let x = x + glyph.left + column;
            if covered == 0 || !(0..width).contains(&x) {
                continue;
            }
            let at = 4 * (y as usize * width as usize + x as usize);
            for (channel, ink) in data[at..at + 3].iter_mut().zip([red, green, blue]) {
                let (over, under) = (u32::from(covered), u32::from(255 - covered));
                *channel = ((u32::from(ink) * over + u32::from(*channel) * under + 127) / 255) as u8;
            }
        }
    }
}
