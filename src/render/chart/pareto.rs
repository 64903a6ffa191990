//! The most that each budget can bring: best plans as a curve, other plans as points below it.

use super::canvas::{Align, Canvas, bold};
use super::frame::nothing;
use super::plane::Plane;
use crate::model::chart::{Figure, Pareto};
use crate::model::report::{Argument, Phrase, Text};
use crate::render::colour::{BAR, INK, INTERVAL, MARK, PAPER};

const SAYING: i32 = 19;

/// Draws from `top` down and returns the lower end.
pub fn draw(pareto: &Pareto, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if pareto.points.is_empty() {
        return nothing(canvas, "chart.no_plans", top);
    }
    let points: Vec<(f64, f64)> = pareto.points.iter().chain(&pareto.others).copied().collect();
    let mut plane = Plane::over(&points, (&pareto.cost, &pareto.effect), canvas, (top, 0));
    for &other in &pareto.others {
        canvas.disc(plane.at(other), 6, BAR);
        canvas.disc(plane.at(other), 4, PAPER);
    }
    // Steps: what a budget brings until it suffices for the next plan.
    let places: Vec<(i32, i32)> = pareto.points.iter().map(|&point| plane.at(point)).collect();
    let mut steps = vec![places[0]];
    for pair in places.windows(2) {
        steps.push((pair[1].0, pair[0].1));
        steps.push(pair[1]);
    }
    steps.push((plane.across.ends.1, places[places.len() - 1].1));
    canvas.path(&steps, 3, BAR);
    for &place in &places {
        plane.take(place, 9);
        canvas.disc(place, 9, PAPER);
        canvas.disc(place, 7, BAR);
        canvas.disc(place, 4, INTERVAL);
    }
    if let Some(&chosen) = pareto.chosen.and_then(|chosen| pareto.points.get(chosen)) {
        let place = plane.at(chosen);
        canvas.line((place.0, plane.up.ends.0), (place.0, place.1), 2, MARK);
        canvas.disc(place, 13, PAPER);
        canvas.disc(place, 11, MARK);
        let number = |value, unit: &Text| {
            let text = format!("{} {}", words.figure(value, Figure::Raw), words.text(unit));
            Argument::Text(Text::Verbatim(text))
        };
        let saying = Phrase::new("chart.proposed")
            .with("effect", number(chosen.1, &pareto.effect))
            .with("cost", number(chosen.0, &pareto.cost));
        let saying = words.say(&saying);
        let set = bold(SAYING, INK);
        let width = canvas.width(&saying, set);
        // Right of and below the curve there is room: the curve only rises.
        let behind = place.0 + 18 + width <= plane.across.ends.1 + 20;
        let start = if behind { place.0 + 18 } else { place.0 - 18 - width };
        let y = (place.1 + 34).min(plane.up.ends.0 - 20);
        canvas.rectangle((start - 6, y - 14), (width + 12, 28), PAPER);
        canvas.text(&saying, (start, y), set, Align::Start);
    }
    plane.bottom()
}
