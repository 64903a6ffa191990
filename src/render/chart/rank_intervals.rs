//! The rank of each unit with the ranks that it could as well have had.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Figure, RankIntervals, RankRow};
use crate::render::colour::{BAR, GREY, INK, INTERVAL, MISSING, PALE, PAPER};

const NAME: i32 = 20;
const RANK: i32 = 20;
const NOTE: i32 = 17;
/// Room for a rank and its interval.
const VALUES: i32 = 150;

/// Draws from `top` down and returns the lower end.
pub fn draw(ranks: &RankIntervals, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    if ranks.rows.is_empty() {
        return nothing(canvas, "chart.no_rank", top);
    }
    let names: Vec<String> = ranks.rows.iter().map(|row| words.text(&row.label)).collect();
    let widest = names.iter().map(|name| canvas.width(name, regular(NAME, INK))).max().unwrap_or(0);
    let label = widest.clamp(120, 340) + 24;
    let ends = (MARGIN + label + 12, WIDTH - MARGIN - VALUES - 12);
    // Rank 1 at the start; the axis begins there and not at a round number.
    let last = f64::from(ranks.of.max(2));
    let axis = Axis { low: 1.0, high: last, step: 1.0, ends };
    let height = if ranks.rows.len() > 24 { 34 } else { 42 };
    let (first, bottom) = (top + 34, top + 34 + height * ranks.rows.len() as i32);
    let round = Axis::of_counts((1.0, last), 6, ends);
    let mut marks: Vec<f64> = round.marks().into_iter().filter(|&mark| mark > 1.0 && mark <= last).collect();
    marks.retain(|mark| axis.at(*mark) - axis.at(1.0) > 26 && (axis.at(last) - axis.at(*mark) > 34 || *mark >= last));
    marks.insert(0, 1.0);
    if marks.last().is_some_and(|&mark| mark < last) {
        marks.push(last);
    }
    for mark in marks.into_iter().filter(|&mark| mark <= f64::from(ranks.of.max(1))) {
        let x = axis.at(mark);
        canvas.line((x, top + 26), (x, bottom), 1, PALE);
        canvas.text(&words.figure(mark, Figure::Count), (x, top + 12), regular(NOTE, GREY), Align::Middle);
    }
    canvas.text(&words.word("word.rank"), (MARGIN, top + 12), regular(NOTE, GREY), Align::Start);
    for ((index, row), name) in ranks.rows.iter().enumerate().zip(&names) {
        let middle = first + height * index as i32 + height / 2;
        canvas.name(name, (MARGIN, middle), regular(NAME, INK), label - 24);
        canvas.rectangle((ends.0, middle - 1), (ends.1 - ends.0, 2), MISSING);
        draw_row(row, canvas, &axis, middle);
    }
    bottom
}

fn draw_row(row: &RankRow, canvas: &mut Canvas, axis: &Axis, middle: i32) {
    let words = canvas.words;
    let at = |rank: u32| axis.at(f64::from(rank));
    let end = WIDTH - MARGIN - VALUES;
    let Some(rank) = row.rank else {
        canvas.text(&words.word("chart.no_rank"), (end + 14, middle), regular(NOTE, GREY), Align::Start);
        return;
    };
    if let Some((best, worst)) = row.interval {
        let (from, to) = (at(best.min(worst)), at(best.max(worst)));
        canvas.rectangle((from - 5, middle - 6), (to - from + 10, 12), INTERVAL);
    }
    canvas.disc((at(rank), middle), 11, PAPER);
    canvas.disc((at(rank), middle), 9, BAR);
    let text = words.figure(f64::from(rank), Figure::Count);
    let width = canvas.width(&text, bold(RANK, INK));
    canvas.text(&text, (end + 14, middle), bold(RANK, INK), Align::Start);
    if let Some((best, worst)) = row.interval {
        let range = words.digits(&format!("({best}–{worst})"));
        canvas.text(&range, (end + 14 + width.max(30) + 10, middle), regular(NOTE, GREY), Align::Start);
    }
}
