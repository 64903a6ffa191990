//! Ranks in two editions, joined by lines. The earlier edition stands at the left in every language.

use super::canvas::{Align, Canvas, MARGIN, Style, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Figure, Slope, SlopeLine};
use crate::render::colour::{BAR, GREY, INK, LOSS_LINES, PAPER};

const NAME: i32 = 18;
const ROW: i32 = 34;
/// The two columns, from the left.
const COLUMNS: (i32, i32) = (400, 600);
const RANKS: i32 = 44;

/// Draws from `top` down and returns the lower end.
pub fn draw(slope: &Slope, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if slope.lines.is_empty() {
        return nothing(canvas, "chart.no_rank", top);
    }
    let room = COLUMNS.0 - MARGIN;
    let mut heads = 1;
    for (edition, column, left) in [(&slope.editions.0, COLUMNS.0, true), (&slope.editions.1, COLUMNS.1, false)] {
        let set = bold(NAME, INK);
        let lines = canvas.wrapped(&words.text(edition), set, room, 2);
        heads = heads.max(lines.len() as i32);
        for (line, text) in lines.iter().enumerate() {
            beside(canvas, text, (column, top + 12 + line as i32 * 24), set, left);
        }
    }
    let first = top + 34 + 24 * heads;
    let before = places(&slope.lines, |line| line.before);
    let after = places(&slope.lines, |line| line.after);
    let y = |place: usize| first + ROW * place as i32;
    for (index, line) in slope.lines.iter().enumerate() {
        if let (Some(from), Some(to)) = (before[index], after[index]) {
            let (colour, width) = look(line);
            let (from, to) = ((canvas.across(COLUMNS.0 + 10), y(from)), (canvas.across(COLUMNS.1 - 10), y(to)));
            if line.after > line.before {
                canvas.dashed(from, to, width, colour)
            } else {
                canvas.line(from, to, width, colour)
            }
        }
    }
    for (index, line) in slope.lines.iter().enumerate() {
        let sides = [(before[index], line.before, COLUMNS.0, true), (after[index], line.after, COLUMNS.1, false)];
        for (place, rank, column, left) in sides {
            let (Some(place), Some(rank)) = (place, rank) else { continue };
            let (colour, _) = look(line);
            let rank = words.figure(f64::from(rank), Figure::Count);
            let at = canvas.across(if left { column + 10 } else { column - 10 });
            canvas.disc((at, y(place)), 7, PAPER);
            canvas.disc((at, y(place)), 5, colour);
            beside(canvas, &rank, (if left { column - 4 } else { column + 4 }, y(place)), bold(NAME, colour), left);
            let name = words.text(&line.label);
            let most = room - RANKS - 4;
            let small = if canvas.width(&name, regular(NAME, INK)) > most {
                regular(NAME - 3, INK)
            } else {
                regular(NAME, INK)
            };
            let name = canvas.fitted(&name, small, most);
            beside(canvas, &name, (if left { column - RANKS } else { column + RANKS }, y(place)), small, left);
        }
    }
    let rows = before.iter().chain(&after).flatten().max().map_or(0, |last| last + 1);
    first + ROW * rows as i32 - 6
}

/// A string that ends at (`left`) or begins from `x`, counted from the left.
fn beside(canvas: &mut Canvas, text: &str, (x, y): (i32, i32), set: Style, left: bool) {
    let half = canvas.width(text, set) / 2;
    let middle = if left { x - half } else { x + half };
    canvas.text(text, (canvas.across(middle), y), set, Align::Middle);
}

/// Where each unit stands in a column: by rank, equals in the order of the lines.
fn places(lines: &[SlopeLine], rank: fn(&SlopeLine) -> Option<u32>) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..lines.len()).filter(|&line| rank(&lines[line]).is_some()).collect();
    order.sort_by_key(|&line| rank(&lines[line]));
    (0..lines.len()).map(|line| order.iter().position(|&other| other == line)).collect()
}

/// Better ranks in blue, worse ones dashed in brown, others grey.
fn look(line: &SlopeLine) -> ((u8, u8, u8), u32) {
    match (line.before, line.after) {
        (Some(before), Some(after)) if after < before => (BAR, 4),
        (Some(before), Some(after)) if after > before => (LOSS_LINES, 3),
        _ => (GREY, 2),
    }
}
