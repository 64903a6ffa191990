//! A number by year with its interval. Years run from left to right in every language, as Persian science prints them.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, Style, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Figure, Trend, TrendPoint};
use crate::render::colour::{BAR, GREY, INK, INTERVAL, NOTICE, PALE, PAPER};

const NOTE: i32 = 17;
const VALUE: i32 = 18;
const HEIGHT: i32 = 360;
/// More years than this and only the first, the last and the greatest carry their number.
const LABELLED: usize = 14;

/// Draws from `top` down and returns the lower end.
pub fn draw(trend: &Trend, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let known: Vec<&TrendPoint> = trend.points.iter().filter(|point| point.value.is_some()).collect();
    if known.is_empty() {
        return nothing(canvas, "chart.no_years", top);
    }
    let reach = |point: &&TrendPoint| {
        let (low, high) = point.interval.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        point.value.map_or((low, high), |value| (low.min(value), high.max(value)))
    };
    let low = known.iter().map(reach).map(|(low, _)| low).fold(0.0, f64::min);
    let high = known.iter().map(reach).map(|(_, high)| high).fold(trend.reach.max(0.0), f64::max);
    let above = 34 + if trend.breaks.is_empty() { 0 } else { 46 };
    let ends = (top + above + HEIGHT, top + above);
    let up = if trend.figure == Figure::Count {
        Axis::of_counts((low, high), 5, ends)
    } else {
        Axis::over((low, high), 5, ends)
    };
    let (first, last) = (trend.points[0].year, trend.points[trend.points.len() - 1].year);
    // Half a year of room at either end.
    let marks: Vec<String> = up.marks().iter().map(|&mark| words.tick(mark, up.step, trend.figure)).collect();
    let widest = marks.iter().map(|mark| canvas.width(mark, regular(NOTE, GREY))).max().unwrap_or(0);
    let (left, right) = (MARGIN + widest + 14, WIDTH - MARGIN);
    let across = Axis { low: f64::from(first) - 0.5, high: f64::from(last) + 0.5, step: 1.0, ends: (left, right) };
    let plot = Plot { across, up };
    // Above the upward axis, which stands at the left.
    let name = words.text(&trend.axis);
    let middle = MARGIN + canvas.width(&name, regular(NOTE, GREY)) / 2;
    canvas.text(&name, (canvas.across(middle), top + 8), regular(NOTE, GREY), Align::Middle);
    plot.grid(canvas, &marks, (first, last));
    plot.breaks(canvas, trend, top + 34);
    for run in runs(trend) {
        plot.band(canvas, run);
    }
    for run in runs(trend) {
        plot.line(canvas, run);
    }
    plot.numbers(canvas, trend);
    plot.up.ends.0 + 34
}

/// Points that belong together: no gap, no break between them.
fn runs(trend: &Trend) -> Vec<&[TrendPoint]> {
    let apart = |a: &TrendPoint, b: &TrendPoint| {
        b.year != a.year + 1 || trend.breaks.iter().any(|(year, _)| a.year < *year && *year <= b.year)
    };
    trend
        .points
        .split(|point| point.value.is_none())
        .flat_map(|known| known.chunk_by(|a, b| !apart(a, b)))
        .filter(|run| !run.is_empty())
        .collect()
}

struct Plot {
    across: Axis,
    up: Axis,
}

impl Plot {
    fn x(&self, canvas: &Canvas, year: f64) -> i32 {
        canvas.across(self.across.at(year))
    }

    fn place(&self, canvas: &Canvas, point: &TrendPoint) -> (i32, i32) {
        (self.x(canvas, f64::from(point.year)), self.up.at(point.value.unwrap_or(0.0)))
    }

    fn grid(&self, canvas: &mut Canvas, marks: &[String], (first, last): (i32, i32)) {
        let (left, right) = (canvas.across(self.across.ends.0), canvas.across(self.across.ends.1));
        for (mark, text) in self.up.marks().into_iter().zip(marks) {
            let y = self.up.at(mark);
            let zero = mark.abs() < self.up.step / 2.0;
            canvas.line((left, y), (right, y), if zero { 2 } else { 1 }, if zero { GREY } else { PALE });
            let width = canvas.width(text, regular(NOTE, GREY));
            let middle = self.across.ends.0 - 10 - width / 2;
            canvas.text(text, (canvas.across(middle), y), regular(NOTE, GREY), Align::Middle);
        }
        let room = f64::from(self.across.ends.1 - self.across.ends.0) / f64::from(last - first + 1);
        let every = (52.0 / room).ceil().max(1.0) as i32;
        for year in (first..=last).rev().step_by(every as usize) {
            let text = canvas.words.digits(&year.to_string());
            let place = (self.x(canvas, f64::from(year)), self.up.ends.0 + 20);
            canvas.text(&text, place, regular(NOTE, INK), Align::Middle);
        }
    }

    fn breaks(&self, canvas: &mut Canvas, trend: &Trend, top: i32) {
        let set = regular(15, NOTICE);
        for (index, (year, why)) in trend.breaks.iter().enumerate() {
            let at = self.across.at(f64::from(*year) - 0.5);
            let x = canvas.across(at);
            canvas.dashed((x, top + 4), (x, self.up.ends.0), 2, NOTICE);
            let until = trend
                .breaks
                .get(index + 1)
                .map_or(self.across.ends.1, |(next, _)| self.across.at(f64::from(*next) - 0.5));
            // To the right of its line; to the left where that is too narrow.
            let before = if index == 0 {
                self.across.ends.0
            } else {
                self.across.at(f64::from(trend.breaks[index - 1].0) - 0.5)
            };
            let to_right = until - at > 150 || until - at >= at - before;
            let room = (if to_right { until - at } else { at - before }) - 14;
            let text = canvas.words.text(why);
            for (line, text) in canvas.wrapped(&text, set, room.max(60), 2).iter().enumerate() {
                let half = canvas.width(text, set) / 2;
                let middle = if to_right { at + 8 + half } else { at - 8 - half };
                canvas.text(text, (canvas.across(middle), top + 10 + line as i32 * 20), set, Align::Middle);
            }
        }
    }

    fn band(&self, canvas: &mut Canvas, run: &[TrendPoint]) {
        let ends: Vec<(i32, i32, i32)> = run
            .iter()
            .filter_map(|point| {
                let (low, high) = point.interval?;
                Some((self.x(canvas, f64::from(point.year)), self.up.at(low), self.up.at(high)))
            })
            .collect();
        if let [(x, low, high)] = ends[..] {
            canvas.rectangle((x - 6, high), (12, low - high), INTERVAL);
        }
        if ends.len() > 1 {
            let upper = ends.iter().map(|&(x, _, high)| (x, high));
            let lower = ends.iter().rev().map(|&(x, low, _)| (x, low));
            canvas.polygon(&upper.chain(lower).collect::<Vec<_>>(), INTERVAL);
        }
    }

    fn line(&self, canvas: &mut Canvas, run: &[TrendPoint]) {
        for pair in run.windows(2) {
            let (from, to) = (self.place(canvas, &pair[0]), self.place(canvas, &pair[1]));
            if pair[1].incomplete {
                canvas.dashed(from, to, 3, BAR);
            } else {
                canvas.line(from, to, 4, BAR);
            }
        }
        for point in run {
            let place = self.place(canvas, point);
            canvas.disc(place, 9, PAPER);
            canvas.disc(place, 7, BAR);
            if point.incomplete {
                canvas.disc(place, 4, PAPER);
            }
        }
    }

    fn numbers(&self, canvas: &mut Canvas, trend: &Trend) {
        let known: Vec<&TrendPoint> = trend.points.iter().filter(|point| point.value.is_some()).collect();
        let greatest =
            known.iter().enumerate().max_by(|a, b| a.1.value.unwrap_or(0.0).total_cmp(&b.1.value.unwrap_or(0.0)));
        let greatest = greatest.map(|(index, _)| index);
        for (index, point) in known.iter().enumerate() {
            let last = index + 1 == known.len();
            if known.len() > LABELLED && index > 0 && !last && Some(index) != greatest {
                continue;
            }
            let text = match trend.figure {
                // All with the same decimals, a place finer than the axis.
                Figure::Raw => canvas.words.tick(point.value.unwrap_or(0.0), self.up.step / 10.0, trend.figure),
                figure => canvas.words.figure(point.value.unwrap_or(0.0), figure),
            };
            let set: Style = if last { bold(VALUE + 2, INK) } else { regular(VALUE, INK) };
            let (x, y) = self.place(canvas, point);
            // Above a point that its neighbours do not tower over, else below; never on the axis.
            let beside = |at: Option<usize>| at.and_then(|at| known.get(at)).and_then(|point| point.value);
            let value = point.value.unwrap_or(0.0);
            let (before, after) = (beside(index.checked_sub(1)), beside(Some(index + 1)));
            let over = |other: Option<f64>| other.is_none_or(|other| other > value);
            let valley = before.or(after).is_some() && over(before) && over(after);
            let below = valley && self.up.ends.0 - y > 36;
            if valley && !below {
                let half = canvas.width(&text, set) / 2 + 3;
                canvas.rectangle((x - half, y - 33), (2 * half, 22), PAPER);
            }
            canvas.text(&text, (x, if below { y + 22 } else { y - 22 }), set, Align::Middle);
        }
    }
}
