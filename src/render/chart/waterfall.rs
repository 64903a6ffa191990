//! How one total becomes another: each part begins where the one before ended.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use crate::model::chart::Waterfall;
use crate::render::colour::{BAR, GAIN, GREY, INK, LOSS, LOSS_LINES, PALE, PAPER};

const NAME: i32 = 20;
const VALUE: i32 = 19;
const NOTE: i32 = 17;
const ROW: i32 = 46;
const THICK: i32 = 28;
/// Room for a number at either side.
const VALUES: i32 = 84;
/// Where all totals lie within the last this part of the way from zero, the axis does not begin at zero.
const FLAT: f64 = 0.35;

/// Draws from `top` down and returns the lower end.
pub fn draw(fall: &Waterfall, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let mut levels = vec![fall.baseline.1, fall.result.1];
    let mut level = fall.baseline.1;
    for (_, part) in &fall.parts {
        level += part;
        levels.push(level);
    }
    let least = levels.iter().copied().fold(f64::INFINITY, f64::min);
    let most = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let cut = least > 0.0 && most > least && most - least < FLAT * most;
    let low = if cut { least - (most - least) * 0.35 } else { least.min(0.0) };
    let labels = std::iter::once(&fall.baseline).chain(&fall.parts).chain([&fall.result]);
    let names: Vec<String> = labels.map(|(label, _)| words.text(label)).collect();
    let widest = names.iter().map(|name| canvas.width(name, bold(NAME, INK))).max().unwrap_or(0);
    let label = widest.clamp(120, 340) + 20;
    let axis = Axis::over((low, most.max(0.0)), 5, (MARGIN + label + VALUES, WIDTH - MARGIN - VALUES));
    let bottom = top + 30 + ROW * names.len() as i32;
    for mark in axis.marks() {
        let x = axis.at(mark);
        canvas.line((x, top + 24), (x, bottom), 1, PALE);
        let text = words.tick(mark, axis.step, fall.figure);
        canvas.text(&text, (x, top + 10), regular(NOTE, GREY), Align::Middle);
    }
    let ground = axis.low.max(0.0).min(axis.high);
    let mut level = 0.0;
    for (index, name) in names.iter().enumerate() {
        let y = top + 30 + ROW * index as i32;
        let middle = y + ROW / 2;
        let total = index == 0 || index + 1 == names.len();
        let set = if total { bold(NAME, INK) } else { regular(NAME, INK) };
        canvas.name(name, (MARGIN, middle), set, label - 20);
        if total {
            level = if index == 0 { fall.baseline.1 } else { fall.result.1 };
            let (from, to) = sorted(axis.at(ground), axis.at(level));
            canvas.rectangle((from, middle - THICK / 2), ((to - from).max(2), THICK), BAR);
            if cut {
                torn(canvas, from + 16, middle);
            }
            let text = words.figure(level, fall.figure);
            if level < ground {
                canvas.text(&text, (from - 8, middle), bold(VALUE, INK), Align::End);
            } else {
                canvas.text(&text, (to + 8, middle), bold(VALUE, INK), Align::Start);
            }
        } else {
            let part = fall.parts[index - 1].1;
            let (from, to) = sorted(axis.at(level), axis.at(level + part));
            let (place, extent) = ((from, middle - THICK / 2), ((to - from).max(2), THICK));
            let text = words.signed(part, fall.figure);
            if part < 0.0 {
                canvas.hatched(place, extent, LOSS, LOSS_LINES);
                canvas.text(&text, (from - 8, middle), bold(VALUE, LOSS_LINES), Align::End);
            } else {
                let colour = if part > 0.0 { GAIN } else { GREY };
                canvas.rectangle(place, extent, colour);
                canvas.text(&text, (to + 8, middle), bold(VALUE, colour), Align::Start);
            }
            level += part;
        }
        if index + 1 < names.len() {
            let x = axis.at(level);
            canvas.line((x, middle + THICK / 2), (x, middle + ROW - THICK / 2), 1, GREY);
        }
    }
    if !cut {
        let x = axis.at(0.0);
        canvas.line((x, top + 24), (x, bottom), 2, GREY);
        return bottom;
    }
    let begin = crate::model::report::Phrase::new("chart.axis_cut");
    canvas.text(&words.say(&begin), (MARGIN, bottom + 14), regular(NOTE, GREY), Align::Start);
    bottom + 24
}

fn sorted(a: i32, b: i32) -> (i32, i32) {
    (a.min(b), a.max(b))
}

/// A tear through a bar that does not begin at zero.
fn torn(canvas: &mut Canvas, x: i32, middle: i32) {
    let half = THICK / 2 + 3;
    for shift in [0, 1, 2, 3, 4] {
        let x = x + shift;
        let points =
            [(x - 4, middle - half), (x + 4, middle - half / 3), (x - 4, middle + half / 3), (x + 4, middle + half)];
        canvas.path(&points, 2, PAPER);
    }
}
