//! The card of one unit: per edition its groups as bars with the median of its kind.

use super::canvas::{Align, Canvas, MARGIN, Style, WIDTH, bold, regular};
use crate::model::report::{Bar, BarPanel, Text};
use crate::render::colour::{BAR, GREY, INK, MARK, MISSING, PALE, PAPER};

const LABEL: i32 = 19;
const VALUE: i32 = 18;
const REMARK: i32 = 16;
const ROW: i32 = 38;
const THICK: i32 = 26;

/// Draws from `top` down and returns the lower end.
pub fn draw(panels: &[BarPanel], canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let texts = |choose: &dyn Fn(&Bar) -> Option<String>| -> Vec<String> {
        panels.iter().flat_map(|panel| &panel.bars).filter_map(choose).collect()
    };
    let labels = texts(&|bar| Some(words.text(&bar.label)));
    let remarks = texts(&|bar| bar.remark.as_ref().map(|remark| words.say(remark)));
    let widest = |strings: &[String], size| strings.iter().map(|text| canvas.width(text, regular(size, INK))).max();
    let label = widest(&labels, LABEL).unwrap_or(0).clamp(100, 330) + 16;
    let remark = widest(&remarks, REMARK).map_or(0, |width| width.min(200) + 14);
    let track = WIDTH - 2 * MARGIN - label - remark;
    let mut y = top;
    for panel in panels {
        y = heading(panel, canvas, y);
        for bar in &panel.bars {
            draw_bar(bar, canvas, (y, label, track, remark));
            y += ROW;
        }
        y += 16;
    }
    y - 8
}

fn heading(panel: &BarPanel, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let score = panel.headline.map(|score| words.score(score)).unwrap_or_default();
    let set = bold(34, INK);
    let room = canvas.width(&score, set) + 20;
    canvas.line((MARGIN, top), (WIDTH - MARGIN, top), 2, PALE);
    canvas.text(&score, (WIDTH - MARGIN, top + 38), set, Align::End);
    let title = canvas.fitted(&words.text(&panel.title), bold(21, INK), WIDTH - 2 * MARGIN - room);
    canvas.text(&title, (MARGIN, top + 26), bold(21, INK), Align::Start);
    let facts: Vec<String> = panel.facts.iter().map(|fact| words.text(&Text::Phrase(fact.clone()))).collect();
    let facts = canvas.fitted(&facts.join(" · "), regular(18, GREY), WIDTH - 2 * MARGIN - room);
    canvas.text(&facts, (MARGIN, top + 54), regular(18, GREY), Align::Start);
    top + 76
}

fn draw_bar(bar: &Bar, canvas: &mut Canvas, (y, label, track, remark): (i32, i32, i32, i32)) {
    let words = canvas.words;
    let middle = y + ROW / 2;
    let start = MARGIN + label;
    let at = |score: f64| start + (score.clamp(0.0, 100.0) / 100.0 * f64::from(track)).round() as i32;
    canvas.name(&words.text(&bar.label), (MARGIN, middle), regular(LABEL, INK), label - 16);
    let upper = middle - THICK / 2;
    canvas.rectangle((start, upper), (track, THICK), MISSING);
    if let Some(value) = bar.value {
        canvas.rectangle((start, upper), (at(value) - start, THICK), BAR);
    }
    // The tick stands over the bar with a white edge, so that it is seen on both grounds; the number comes last and stays
    // legible.
    if let Some(median) = bar.median {
        let x = at(median).clamp(start + 2, start + track - 2);
        canvas.line((x, upper - 5), (x, upper + THICK + 5), 8, PAPER);
        canvas.line((x, upper - 5), (x, upper + THICK + 5), 4, MARK);
    }
    if let (Some(value), Some((low, high))) = (bar.value, bar.interval) {
        whisker(canvas, (at(low), at(value), at(high)), middle);
    }
    if let Some(target) = bar.target {
        let x = at(target).clamp(start + 6, start + track - 6);
        canvas.polygon(&[(x - 10, upper - 8), (x + 10, upper - 8), (x, upper + 9)], PAPER);
        canvas.polygon(&[(x - 7, upper - 6), (x + 7, upper - 6), (x, upper + 6)], INK);
    }
    match bar.value {
        Some(value) => {
            let text = words.score(value);
            let width = canvas.width(&text, bold(VALUE, PAPER));
            let marks: Vec<i32> = bar.median.iter().chain(&bar.target).map(|&mark| at(mark)).collect();
            let (x, set, align) =
                number_place(bar.interval.map(|(low, high)| (at(low), at(high))), &marks, (start, at(value)), width);
            canvas.text(&text, (x, middle), set, align);
        }
        None => canvas.text(&words.word("card.not_scored"), (start + 10, middle), regular(REMARK, GREY), Align::Start),
    }
    if let Some(text) = &bar.remark {
        let text = canvas.fitted(&words.say(text), regular(REMARK, GREY), remark - 14);
        canvas.text(&text, (WIDTH - MARGIN, middle), regular(REMARK, GREY), Align::End);
    }
}

/// Where the number stands: inside at the end of the bar, else at its start, else behind it; never on an interval or tick.
fn number_place(
    interval: Option<(i32, i32)>,
    marks: &[i32],
    (start, end): (i32, i32),
    width: i32,
) -> (i32, Style, Align) {
    let covered = |from: i32, to: i32| {
        marks.iter().any(|mark| (from - 8..=to + 8).contains(mark))
            || interval.is_some_and(|(low, high)| low < to + 10 && high > from - 10)
    };
    if end - start > width + 20 {
        if !covered(end - 8 - width, end - 8) {
            return (end - 8, bold(VALUE, PAPER), Align::End);
        }
        if !covered(start + 8, start + 8 + width) {
            return (start + 8, bold(VALUE, PAPER), Align::Start);
        }
        if interval.is_none() {
            return (end - 8, bold(VALUE, PAPER), Align::End);
        }
    }
    let mut x = interval.map_or(end, |(_, high)| high.max(end)) + 10;
    for _ in 0..marks.len() {
        if let Some(mark) = marks.iter().find(|mark| (x - 8..=x + width + 4).contains(mark)) {
            x = mark + 12;
        }
    }
    (x, bold(VALUE, INK), Align::Start)
}

/// An interval as a line with ends, edged white so that it is seen on the bar and on the track.
fn whisker(canvas: &mut Canvas, (low, value, high): (i32, i32, i32), middle: i32) {
    let (low, high) = (low.min(value), high.max(value));
    for (more, colour) in [(2, PAPER), (0, INK)] {
        canvas.rectangle((low - 1 - more, middle - 1 - more), (high - low + 3 + 2 * more, 3 + 2 * more), colour);
        for x in [low, high] {
            canvas.rectangle((x - 1 - more, middle - 7 - more), (3 + 2 * more, 15 + 2 * more), colour);
        }
    }
}
