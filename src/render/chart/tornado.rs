//! What moves a number how far: one input at a time, the widest first.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::Tornado;
use crate::model::report::Text;
use crate::render::colour::{BAR, GREY, INK, INTERVAL, PALE};

const NAME: i32 = 20;
const VALUE: i32 = 18;
const NOTE: i32 = 16;
const ROW: i32 = 54;
const THICK: i32 = 24;
/// Room for a number beyond either end.
const VALUES: i32 = 78;

/// Draws from `top` down and returns the lower end.
pub fn draw(tornado: &Tornado, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if tornado.swings.is_empty() {
        return nothing(canvas, "chart.nothing_moves", top);
    }
    let names: Vec<String> = tornado.swings.iter().map(|swing| words.text(&swing.label)).collect();
    let widest = names.iter().map(|name| canvas.width(name, regular(NAME, INK))).max().unwrap_or(0);
    let label = widest.clamp(120, 300) + 20;
    let outcomes = || tornado.swings.iter().flat_map(|swing| [swing.low.1, swing.high.1]).chain([tornado.base]);
    let least = outcomes().fold(f64::INFINITY, f64::min);
    let most = outcomes().fold(f64::NEG_INFINITY, f64::max);
    let axis = Axis::over((least, most), 5, (MARGIN + label + VALUES, WIDTH - MARGIN - VALUES));
    let (first, bottom) = (top + 54, top + 54 + ROW * names.len() as i32);
    for mark in axis.marks() {
        let x = axis.at(mark);
        canvas.line((x, first - 4), (x, bottom), 1, PALE);
        let text = words.tick(mark, axis.step, tornado.figure);
        canvas.text(&text, (x, bottom + 14), regular(NOTE, GREY), Align::Middle);
    }
    let base = axis.at(tornado.base);
    for ((swing, name), row) in tornado.swings.iter().zip(&names).zip(0..) {
        let middle = first + ROW * row + THICK / 2 + 4;
        canvas.name(name, (MARGIN, middle), regular(NAME, INK), label - 20);
        let mut ends = [&swing.low, &swing.high];
        ends.sort_by(|a, b| a.1.total_cmp(&b.1));
        let [less, more] = ends.map(|(_, outcome)| axis.at(*outcome));
        let (from, to) = (less.min(base), more.max(base));
        canvas.rectangle((from, middle - THICK / 2), (base - from, THICK), INTERVAL);
        canvas.rectangle((base, middle - THICK / 2), (to - base, THICK), BAR);
        let [lower, upper] = ends.map(|(_, outcome)| words.figure(*outcome, tornado.figure));
        canvas.text(&lower, (from - 8, middle), bold(VALUE, INK), Align::End);
        canvas.text(&upper, (to + 8, middle), bold(VALUE, INK), Align::Start);
        let [lower, upper] = ends.map(|(name, _)| name);
        end_name(canvas, lower, (base - 8, middle + THICK / 2 + 11), (base - axis.ends.0 + VALUES, Align::End));
        end_name(canvas, upper, (base + 8, middle + THICK / 2 + 11), (axis.ends.1 + VALUES - base, Align::Start));
    }
    canvas.line((base, first - 8), (base, bottom), 2, INK);
    let text = format!("{} {}", words.word("chart.as_it_is"), words.figure(tornado.base, tornado.figure));
    let half = canvas.width(&text, bold(VALUE, INK)) / 2;
    let x = base.clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text(&text, (x, top + 26), bold(VALUE, INK), Align::Middle);
    bottom + 26
}

/// The name of an end, below its half of the bar.
fn end_name(canvas: &mut Canvas, name: &Text, place: (i32, i32), (room, align): (i32, Align)) {
    let set = regular(NOTE, GREY);
    let text = canvas.fitted(&canvas.words.text(name), set, room.max(40) - 8);
    canvas.text(&text, place, set, align);
}
