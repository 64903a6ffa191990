//! What every chart has: title, edition, whose calculation it is, whether the institution is invented, notes.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use crate::model::report::Chart;
use crate::render::colour::{GREY, INK, MISSING, NOTICE, PALE, PAPER};

const TITLE: i32 = 32;
const SUBTITLE: i32 = 19;
const NOTE: i32 = 17;

/// Draws the head and returns where the drawing begins.
pub fn head(chart: &Chart, canvas: &mut Canvas) -> i32 {
    let room = WIDTH - 2 * MARGIN;
    let mut y = 40;
    let title = canvas.words.text(&chart.title);
    let set = bold(TITLE, INK);
    for line in canvas.wrapped(&title, set, room, 2) {
        canvas.text(&line, (MARGIN, y), set, Align::Start);
        y += 42;
    }
    if chart.invented {
        let notice = canvas.words.word("notice.invented");
        canvas.text(&notice, (MARGIN, y), bold(SUBTITLE, NOTICE), Align::Start);
        y += 30;
    }
    let parts: Vec<String> = chart.subtitle.iter().map(|text| canvas.words.text(text)).collect();
    let joined = parts.join(" · ");
    let subtitle = if canvas.width(&joined, regular(SUBTITLE, GREY)) <= room { vec![joined] } else { parts };
    y = lines(canvas, &subtitle, SUBTITLE, y);
    y + 8
}

/// Draws the notes and returns the height of the chart.
pub fn foot(chart: &Chart, canvas: &mut Canvas, bottom: i32) -> i32 {
    let notes: Vec<String> = chart.notes.iter().map(|text| canvas.words.text(text)).collect();
    lines(canvas, &notes, NOTE, bottom + 26) + 2
}

/// Says in words that there is nothing to draw, and returns the lower end.
pub fn nothing(canvas: &mut Canvas, key: &str, top: i32) -> i32 {
    let text = canvas.words.word(key);
    canvas.hatched((MARGIN, top + 6), (WIDTH - 2 * MARGIN, 96), MISSING, PALE);
    let set = regular(SUBTITLE + 1, INK);
    let half = canvas.width(&text, set) / 2 + 16;
    canvas.rectangle((WIDTH / 2 - half, top + 34), (2 * half, 40), PAPER);
    canvas.text(&text, (WIDTH / 2, top + 54), set, Align::Middle);
    top + 102
}

fn lines(canvas: &mut Canvas, texts: &[String], size: i32, mut y: i32) -> i32 {
    let set = regular(size, GREY);
    for text in texts {
        for line in canvas.wrapped(text, set, WIDTH - 2 * MARGIN, 2) {
            canvas.text(&line, (MARGIN, y), set, Align::Start);
            y += size + 9;
        }
    }
    y
}
