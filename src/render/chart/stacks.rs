//! What the overall score of each unit is made of.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use crate::model::report::{Stack, Text};
use crate::render::colour::{GREY, INK, on, part};

const NAME: i32 = 20;
const LEGEND: i32 = 18;

/// Draws from `top` down and returns the lower end.
pub fn draw(parts: &[Text], stacks: &[Stack], canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let mut y = legend(parts, canvas, top) + 30;
    let names: Vec<String> = stacks.iter().map(|stack| words.text(&stack.label)).collect();
    let widest = names.iter().map(|name| canvas.width(name, regular(NAME, INK))).max().unwrap_or(0);
    let label = widest.clamp(120, 340) + 16;
    let track = WIDTH - 2 * MARGIN - label - 80;
    // The longest bar fills the room, so that small totals can still be told apart.
    let length = |stack: &Stack| stack.parts.iter().map(|part| part.max(0.0)).sum::<f64>();
    let longest = stacks.iter().map(length).fold(1.0, f64::max);
    let height = if stacks.len() > 24 { 34 } else { 42 };
    for (name, stack) in names.iter().zip(stacks) {
        let middle = y + height / 2;
        canvas.name(name, (MARGIN, middle), regular(NAME, INK), label - 16);
        let start = MARGIN + label;
        let at = |points: f64| start + (points / longest * f64::from(track)).round() as i32;
        let mut sum = 0.0;
        for (index, points) in stack.parts.iter().enumerate() {
            let (from, to) = (at(sum), at(sum + points.max(0.0)));
            sum += points.max(0.0);
            let colour = part(index);
            canvas.rectangle((from, y + 5), ((to - from - 1).max(0), height - 10), colour);
            let text = words.score(*points);
            if canvas.width(&text, regular(17, INK)) + 10 < to - from {
                canvas.text(&text, (i32::midpoint(from, to), middle), regular(17, on(colour)), Align::Middle);
            }
        }
        match &stack.total {
            Ok(total) => canvas.text(&words.score(*total), (at(sum) + 10, middle), bold(20, INK), Align::Start),
            Err(why) => {
                let text = format!("{} · {}", words.word("card.not_scored"), words.say(why));
                canvas.text(&text, (start, middle), regular(17, GREY), Align::Start);
            }
        }
        y += height;
    }
    y
}

/// Swatches with names, as many in a line as fit.
fn legend(parts: &[Text], canvas: &mut Canvas, top: i32) -> i32 {
    let (mut x, mut y) = (MARGIN, top + 12);
    for (index, name) in parts.iter().enumerate() {
        let name = canvas.fitted(&canvas.words.text(name), regular(LEGEND, INK), 400);
        let width = canvas.width(&name, regular(LEGEND, INK)) + 26 + 26;
        if x > MARGIN && x + width - 26 > WIDTH - MARGIN {
            x = MARGIN;
            y += 30;
        }
        canvas.rectangle((x, y - 9), (18, 18), part(index));
        canvas.text(&name, (x + 26, y), regular(LEGEND, INK), Align::Start);
        x += width;
    }
    y
}
