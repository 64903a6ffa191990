//! All units of a type as dots on one axis, the own one marked and named: where it stands, at a glance.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::Distribution;
use crate::render::colour::{BAR, GREY, INK, INTERVAL, MARK, NOTICE, PALE, PAPER};

const NOTE: i32 = 17;
const NAME: i32 = 20;
/// Radii, the first of which no stack is higher than [`HIGHEST`] is taken.
const RADII: [i32; 4] = [10, 7, 5, 3];
/// Most dots above each other.
const HIGHEST: usize = 11;
/// What the own dot is larger by.
const LARGER: i32 = 3;

/// Draws from `top` down and returns the lower end.
pub fn draw(units: &Distribution, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if units.dots.is_empty() {
        return nothing(canvas, "chart.no_units", top);
    }
    let values = || units.dots.iter().map(|dot| dot.value);
    let reach = (values().fold(units.range.0, f64::min), values().fold(units.range.1, f64::max));
    let mut axis = Axis::over(reach, 5, (MARGIN + 24, WIDTH - MARGIN - 24));
    let places: Vec<i32> = values().map(|value| axis.at(value)).collect();
    let stacked = |&radius: &i32| (radius, levels(&places, units.own, 2 * radius + 2));
    let fits = |(_, levels): &(i32, Vec<usize>)| levels.iter().all(|&level| level < HIGHEST);
    let least = RADII[RADII.len() - 1];
    let (radius, levels) = RADII.iter().map(stacked).find(fits).unwrap_or_else(|| stacked(&least));

    // The name of the own unit stands over its dot, on two lines where it is long.
    let said = words.say(&units.saying());
    let lines = canvas.wrapped(&said, bold(NAME, INK), WIDTH - 2 * MARGIN, 2);
    let highest = levels.iter().max().map_or(0, |&level| level as i32);
    let first = top + 14 + (NAME + 6) * lines.len() as i32;
    let ground = first + 26 + (2 * radius + 2) * (highest + 1);
    let middle = |level: usize| ground - 4 - radius - (2 * radius + 2) * level as i32;

    axis.ends = (MARGIN + 24, WIDTH - MARGIN - 24);
    for mark in axis.marks() {
        let x = axis.at(mark);
        canvas.line((x, first), (x, ground), 1, PALE);
        canvas.line((x, ground), (x, ground + 6), 1, GREY);
        let text = words.tick(mark, axis.step, units.figure);
        // The tick of the median goes through the row of numbers.
        let half = canvas.width(&text, regular(NOTE, GREY)) / 2 + 5;
        if units.median.is_none_or(|median| (axis.at(median) - x).abs() > half) {
            canvas.text(&text, (x, ground + 30), regular(NOTE, GREY), Align::Middle);
        }
    }
    canvas.line((axis.ends.0, ground), (axis.ends.1, ground), 2, GREY);
    if let Some((low, high)) = units.interval {
        let (from, to) = (axis.at(low), axis.at(high));
        canvas.rectangle((from, ground + 5), ((to - from).max(3), 9), INTERVAL);
        for x in [from, to.max(from + 3)] {
            canvas.rectangle((x - 1, ground + 3), (3, 13), BAR);
        }
    }
    for (index, (&x, &level)) in places.iter().zip(&levels).enumerate() {
        if Some(index) != units.own {
            canvas.disc((x, middle(level)), radius, BAR);
            canvas.disc((x, middle(level)), radius - 2, INTERVAL);
        }
    }
    if let Some(median) = units.median {
        let x = axis.at(median);
        canvas.line((x, ground - 12), (x, ground + 46), 4, MARK);
        let text = format!("{} {}", words.word("word.median"), words.figure(median, units.figure));
        let half = canvas.width(&text, bold(NOTE, NOTICE)) / 2;
        let place = x.clamp(MARGIN + half, WIDTH - MARGIN - half);
        canvas.text(&text, (place, ground + 60), bold(NOTE, NOTICE), Align::Middle);
    }
    if let Some(own) = units.own {
        let place = (places[own], middle(levels[own]));
        canvas.line((place.0, first + 2), place, 2, INK);
        canvas.disc(place, radius + LARGER + 2, PAPER);
        canvas.disc(place, radius + LARGER, INK);
    }
    let x = units.own.map_or(WIDTH / 2, |own| places[own]);
    for (line, text) in lines.iter().enumerate() {
        let half = canvas.width(text, bold(NAME, INK)) / 2 + 1;
        let place = x.clamp(MARGIN + half, WIDTH - MARGIN - half);
        canvas.text(text, (place, top + 14 + (NAME + 6) * line as i32), bold(NAME, INK), Align::Middle);
    }
    canvas.text(&words.text(&units.axis), (WIDTH - MARGIN, ground + 88), regular(NOTE, GREY), Align::End);
    ground + 98
}

/// How high each dot lies: the lowest level on which it meets no other, in the order of the axis. The own one lies on top
/// of all that are near it, so that a line reaches it from above.
fn levels(places: &[i32], own: Option<usize>, apart: i32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).filter(|index| Some(*index) != own).collect();
    order.sort_by_key(|&index| places[index]);
    let mut levels = vec![0; places.len()];
    // The last place that is taken on each level.
    let mut ends: Vec<i32> = Vec::new();
    for &index in &order {
        let free = ends.iter().position(|&end| places[index] - end >= apart);
        let level = free.unwrap_or(ends.len());
        if level == ends.len() {
            ends.push(places[index]);
        } else {
            ends[level] = places[index];
        }
        levels[index] = level;
    }
    if let Some(own) = own.filter(|own| *own < places.len()) {
        let near = order.iter().filter(|&&index| (places[index] - places[own]).abs() < apart + LARGER + 2);
        levels[own] = near.map(|&index| levels[index] + 1).max().unwrap_or(0);
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::levels;

    #[test]
    fn no_dot_lies_on_another_and_the_own_one_lies_on_top() {
        let places: Vec<i32> = (0..200).map(|index| (index * 7919) % 300).collect();
        for own in [None, Some(0), Some(113)] {
            let levels = levels(&places, own, 22);
            for a in 0..places.len() {
                for b in 0..a {
                    let apart = (places[a] - places[b]).abs() >= 22 || levels[a] != levels[b];
                    assert!(apart, "{a} and {b} lie on each other");
                    if Some(a) == own {
                        assert!((places[a] - places[b]).abs() >= 22 || levels[b] < levels[a], "{b} lies over the own");
                    }
                }
            }
        }
        assert_eq!(levels(&[5, 5, 5], Some(0), 22), [2, 0, 1]);
    }
}
