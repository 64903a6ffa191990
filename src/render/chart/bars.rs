//! The card of one unit: per edition its groups as bars with the median of its kind.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
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
    match bar.value {
        Some(value) => {
            let text = words.score(value);
            let width = canvas.width(&text, bold(VALUE, PAPER));
            let end = at(value);
            let tick = bar.median.map(at);
            let inside = end - start > width + 20;
            // Inside at the end of the bar, unless the tick is there; then at its start.
            if inside {
                let covered = tick.is_some_and(|tick| (end - width - 18..=end).contains(&tick));
                let roomy = end - start > 3 * width;
                if covered && roomy {
                    canvas.text(&text, (start + 8, middle), bold(VALUE, PAPER), Align::Start);
                } else {
                    canvas.text(&text, (end - 8, middle), bold(VALUE, PAPER), Align::End);
                }
            } else {
                let behind = tick.filter(|tick| (end - 6..=end + width + 14).contains(tick)).unwrap_or(end);
                canvas.text(&text, (behind.max(end) + 10, middle), bold(VALUE, INK), Align::Start);
            }
        }
        None => canvas.text(&words.word("card.not_scored"), (start + 10, middle), regular(REMARK, GREY), Align::Start),
    }
    if let Some(text) = &bar.remark {
        let text = canvas.fitted(&words.say(text), regular(REMARK, GREY), remark - 14);
        canvas.text(&text, (WIDTH - MARGIN, middle), regular(REMARK, GREY), Align::End);
    }
}
