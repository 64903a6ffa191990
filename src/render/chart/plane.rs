//! A plane of cost and effect: axes, grid, and free places for names.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, regular};
use crate::model::chart::Figure;
use crate::model::report::Text;
use crate::render::colour::{GREY, INK, PALE};

const NOTE: i32 = 17;
const HEIGHT: i32 = 440;

/// Two axes.
pub struct Plane {
    /// Along the line: costs.
    pub across: Axis,
    /// Upwards: effects.
    pub up: Axis,
    /// Where the grid begins.
    start: i32,
    /// Rectangles that are taken, as start, top, end, bottom.
    taken: Vec<[i32; 4]>,
}

impl Plane {
    /// A plane over points from `top` down, drawn with its grid; `room` is left free before
    /// the least cost. Both axes hold zero.
    pub fn over(
        points: &[(f64, f64)],
        (cost, effect): (&Text, &Text),
        canvas: &mut Canvas,
        (top, room): (i32, i32),
    ) -> Self {
        let words = canvas.words;
        let reach = |choose: fn(&(f64, f64)) -> f64| {
            let values = points.iter().map(choose);
            (values.clone().fold(0.0, f64::min), values.fold(0.0, f64::max))
        };
        let up = Axis::over(reach(|point| point.1), 5, (top + 40 + room + HEIGHT, top + 40 + room));
        let marks: Vec<String> = up.marks().iter().map(|&mark| words.tick(mark, up.step, Figure::Raw)).collect();
        let widest = marks.iter().map(|mark| canvas.width(mark, regular(NOTE, GREY))).max().unwrap_or(0);
        let across = Axis::over(reach(|point| point.0), 6, (MARGIN + widest + 14 + room, WIDTH - MARGIN - 34));
        let start = across.ends.0 - room;
        canvas.text(&words.text(effect), (MARGIN, top + 10), regular(NOTE, INK), Align::Start);
        for (mark, text) in up.marks().into_iter().zip(&marks) {
            let y = up.at(mark);
            let zero = mark.abs() < up.step / 2.0;
            canvas.line((start, y), (across.ends.1, y), if zero { 2 } else { 1 }, if zero { GREY } else { PALE });
            canvas.text(text, (start - 10, y), regular(NOTE, GREY), Align::End);
        }
        for mark in across.marks() {
            let x = across.at(mark);
            canvas.line((x, up.ends.0), (x, up.ends.0 + 6), 1, GREY);
            let text = words.tick(mark, across.step, Figure::Raw);
            canvas.text(&text, (x, up.ends.0 + 20), regular(NOTE, GREY), Align::Middle);
        }
        canvas.text(&words.text(cost), (across.ends.1, up.ends.0 + 46), regular(NOTE, INK), Align::End);
        Plane { across, up, start, taken: Vec::new() }
    }

    /// Where the drawing ends.
    pub fn bottom(&self) -> i32 {
        self.up.ends.0 + 58
    }

    /// Where a point lies.
    pub fn at(&self, (cost, effect): (f64, f64)) -> (i32, i32) {
        (self.across.at(cost), self.up.at(effect))
    }

    /// Keeps names away from a disc.
    pub fn take(&mut self, (x, y): (i32, i32), radius: i32) {
        self.taken.push([x - radius, y - radius, x + radius, y + radius]);
    }

    /// A free place near a disc for a name of this size: start and middle line. `None` where all are taken.
    pub fn free(&mut self, (x, y): (i32, i32), radius: i32, (width, height): (i32, i32)) -> Option<(i32, i32)> {
        let (beside, over) = (radius + 7, radius + height / 2 + 4);
        let places = [
            (x + beside, y),
            (x - beside - width, y),
            (x - width / 2, y - over),
            (x - width / 2, y + over),
            (x + beside - 4, y - over + 4),
            (x + beside - 4, y + over - 4),
            (x - beside + 4 - width, y - over + 4),
            (x - beside + 4 - width, y + over - 4),
        ];
        let (start, end) = (self.start + 2, WIDTH - MARGIN);
        let (upper, lower) = (self.up.ends.1 - 14, self.up.ends.0 - 2);
        places.into_iter().find_map(|(from, middle)| {
            let place = [from, middle - height / 2, from + width, middle + height / 2];
            let inside = from >= start && place[2] <= end && place[1] >= upper && place[3] <= lower;
            let meets = |other: &[i32; 4]| {
                place[0] < other[2] + 3 && other[0] < place[2] + 3 && place[1] < other[3] + 1 && other[1] < place[3] + 1
            };
            if !inside || self.taken.iter().any(meets) {
                return None;
            }
            self.taken.push(place);
            Some((from, middle))
        })
    }
}
