//! Charts: plotters draws, [`shaped_svg`] writes SVG with shaped outlines for text, [`raster`] paints the same shapes as PNG.
//!
//! A chart in a language written from right to left is mirrored as a whole by [`canvas::Canvas`]; the drawings
//! themselves speak only of start and end. Axes of time alone are not mirrored: Persian science prints years from left
//! to right, too.

mod axis;
mod bars;
mod bubbles;
mod canvas;
mod concentration;
mod description;
mod distribution;
mod frame;
mod glyph;
mod heat_map;
mod network;
mod palette;
mod pareto;
mod plane;
mod rank_intervals;
mod raster;
mod shaped_svg;
mod slope;
mod stacks;
mod tile_map;
mod tornado;
mod trend;
pub(in crate::render) mod typeface;
mod waterfall;

use crate::diagnostic::{Error, Finding, Result};
use crate::model::report::{Chart, Drawing};
use crate::render::phrases;
use canvas::Canvas;
use shaped_svg::Shape;

/// A chart that was drawn: as SVG, and as the shapes from which it is painted.
#[derive(Clone)]
pub struct Picture {
    /// The SVG document, 1000 units wide, text as outlines with an `aria-label` per string.
    pub svg: String,
    size: (u32, u32),
    shapes: Vec<Shape>,
}

/// Draws a chart in a language.
pub fn chart(chart: &Chart, language: &str) -> Picture {
    let words = phrases::in_language(language);
    let title = words.text(&chart.title);
    let mut canvas = Canvas::new(words);
    let height = draw(chart, &mut canvas);
    canvas.finish(&title, &description::description(chart, words), height)
}

/// What a chart shows, in words, for those who do not see it.
pub fn described(chart: &Chart, words: &phrases::Words) -> String {
    description::description(chart, words)
}

fn draw(chart: &Chart, canvas: &mut Canvas) -> i32 {
    let top = frame::head(chart, canvas);
    let bottom = match &chart.drawing {
        Drawing::HeatMap(map) => heat_map::draw(map, canvas, top),
        Drawing::Bars(panels) => bars::draw(panels, canvas, top),
        Drawing::Stacks(parts, stacks) => stacks::draw(parts, stacks, canvas, top),
        Drawing::RankIntervals(ranks) => rank_intervals::draw(ranks, canvas, top),
        Drawing::Waterfall(fall) => waterfall::draw(fall, canvas, top),
        Drawing::Concentration(papers) => concentration::draw(papers, canvas, top),
        Drawing::Trend(trend) => trend::draw(trend, canvas, top),
        Drawing::Bubbles(bubbles) => bubbles::draw(bubbles, canvas, top),
        Drawing::Slope(slope) => slope::draw(slope, canvas, top),
        Drawing::Tornado(tornado) => tornado::draw(tornado, canvas, top),
        Drawing::Pareto(pareto) => pareto::draw(pareto, canvas, top),
        Drawing::Distribution(units) => distribution::draw(units, canvas, top),
        Drawing::TileMap(map) => tile_map::draw(map, canvas, top),
        Drawing::Network(network) => network::draw(network, canvas, top),
    };
    frame::foot(chart, canvas, bottom)
}

/// Width of a picture in pixels: that of a slide.
pub const PICTURE_WIDTH: u32 = 1600;

/// The chart as PNG, [`PICTURE_WIDTH`] wide.
///
/// # Errors
/// `render-failed`, where the picture has no size or cannot be packed.
pub fn png(picture: &Picture) -> Result<Vec<u8>> {
    let failed =
        |what: &str| Error::from(Finding::error("render-failed", format!("a chart could not be rastered: {what}")));
    let scale = PICTURE_WIDTH as f32 / picture.size.0 as f32;
    let pixels = raster::paint(picture.size, scale, &picture.shapes).ok_or_else(|| failed("no size"))?;
    raster::packed(&pixels).map_err(|error| failed(&error.to_string()))
}
