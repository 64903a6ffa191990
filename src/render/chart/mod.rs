//! Charts: plotters draws, [`shaped_svg`] writes SVG with shaped outlines for text, resvg rasters.
//!
//! A chart in a language written from right to left is mirrored as a whole by [`canvas::Canvas`]; the drawings
//! themselves speak only of start and end.

mod bars;
mod canvas;
mod frame;
mod heat_map;
mod shaped_svg;
mod stacks;
mod typeface;

use resvg::{tiny_skia, usvg};

use crate::diagnostic::{Error, Finding, Result};
use crate::model::report::{Chart, Drawing};
use crate::render::phrases;
use canvas::Canvas;

/// The chart as SVG, 1000 units wide, text as outlines with an `aria-label` per string.
pub fn chart(chart: &Chart, language: &str) -> String {
    let words = phrases::in_language(language);
    let title = words.text(&chart.title);
    let mut canvas = Canvas::new(words);
    let height = draw(chart, &mut canvas);
    canvas.finish(&title, height)
}

fn draw(chart: &Chart, canvas: &mut Canvas) -> i32 {
    let top = frame::head(chart, canvas);
    let bottom = match &chart.drawing {
        Drawing::HeatMap(map) => heat_map::draw(map, canvas, top),
        Drawing::Bars(panels) => bars::draw(panels, canvas, top),
        Drawing::Stacks(parts, stacks) => stacks::draw(parts, stacks, canvas, top),
    };
    frame::foot(chart, canvas, bottom)
}

/// The picture of an SVG made by [`chart`], one pixel per unit.
///
/// Errors: `render-failed`, where the raster library refuses the drawing.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    let failed =
        |what: &str| Error::from(Finding::error("render-failed", format!("a chart could not be rastered: {what}")));
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).map_err(|error| failed(&error.to_string()))?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("no size"))?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error.to_string()))
}
