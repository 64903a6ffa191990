//! What costs how much and brings how much; the area of a bubble is the size of the thing.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use super::plane::Plane;
use crate::model::chart::{Bubble, Bubbles, Figure};
use crate::render::colour::{BAR, INK, INTERVAL, PAPER};

const NAME: i32 = 17;
/// Radius of the largest and the least bubble.
const RADIUS: (f64, f64) = (40.0, 9.0);

/// Draws from `top` down and returns the lower end.
pub fn draw(chart: &Bubbles, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if chart.bubbles.is_empty() {
        return nothing(canvas, "chart.nothing_to_do", top);
    }
    let points: Vec<(f64, f64)> = chart.bubbles.iter().map(|bubble| (bubble.cost, bubble.effect)).collect();
    let mut plane = Plane::over(&points, (&chart.cost, &chart.effect), canvas, (top, RADIUS.0 as i32 + 6));
    let largest = chart.bubbles.iter().map(|bubble| bubble.size).fold(0.0, f64::max);
    let radius = |bubble: &Bubble| {
        let part = if largest > 0.0 { libm::sqrt(bubble.size.max(0.0) / largest) } else { 0.0 };
        (RADIUS.0 * part).max(RADIUS.1).round() as i32
    };
    // The largest first, so that small ones lie on top.
    let mut order: Vec<&Bubble> = chart.bubbles.iter().collect();
    order.sort_by(|a, b| b.size.total_cmp(&a.size));
    for bubble in &order {
        let (place, radius) = (plane.at((bubble.cost, bubble.effect)), radius(bubble));
        plane.take(place, radius);
        canvas.disc(place, radius + 2, PAPER);
        canvas.disc(place, radius, BAR);
        canvas.disc(place, radius - 2, INTERVAL);
    }
    // Bubbles at the same place share a number.
    let mut unnamed: Vec<(usize, &Bubble)> = Vec::new();
    let mut numbered: Vec<(i32, i32)> = Vec::new();
    for bubble in order {
        let (place, radius) = (plane.at((bubble.cost, bubble.effect)), radius(bubble));
        let name = canvas.fitted(&words.text(&bubble.label), regular(NAME, INK), 300);
        let width = canvas.width(&name, regular(NAME, INK));
        if let Some(free) = plane.free(place, radius, (width, NAME + 6)) {
            canvas.rectangle((free.0 - 3, free.1 - NAME / 2 - 3), (width + 6, NAME + 6), PAPER);
            canvas.text(&name, free, regular(NAME, INK), Align::Start);
        } else {
            let known = numbered.iter().position(|other| *other == place);
            let number = known.unwrap_or(numbered.len());
            unnamed.push((number, bubble));
            if known.is_none() {
                numbered.push(place);
                let number = words.figure((number + 1) as f64, Figure::Count);
                canvas.text(&number, place, bold(NAME - 2, INK), Align::Middle);
            }
        }
    }
    // Names that found no place stand below with their number.
    let mut y = plane.bottom() + 8;
    for (number, bubble) in unnamed {
        let number = words.figure((number + 1) as f64, Figure::Count);
        canvas.text(&number, (MARGIN, y), bold(NAME, INK), Align::Start);
        let name = canvas.fitted(&words.text(&bubble.label), regular(NAME, INK), WIDTH - 2 * MARGIN - 40);
        canvas.text(&name, (MARGIN + 36, y), regular(NAME, INK), Align::Start);
        y += 26;
    }
    y - 8
}
