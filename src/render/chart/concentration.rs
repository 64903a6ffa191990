//! How few papers hold the citations: papers from the most cited on, and the share of all citations they hold together.

use super::axis::Axis;
use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Concentration, Figure};
use crate::model::report::{Argument, Phrase};
use crate::render::colour::{BAR, GREY, INK, MARK, PALE, PAPER, UNDER};

const NOTE: i32 = 17;
const SAYING: i32 = 21;
const HEIGHT: i32 = 400;

/// Draws from `top` down and returns the lower end.
pub fn draw(papers: &Concentration, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let Some(half) = papers.half() else { return nothing(canvas, "chart.no_citations", top) };
    let (total, count) = (papers.total() as f64, papers.citations.len());
    let across = Axis::of_counts((0.0, count as f64), 8, (MARGIN + 66, WIDTH - MARGIN - 20));
    // The axis ends with the last paper, not with a round number beyond it.
    let across = Axis { high: count as f64, ..across };
    let up = Axis { low: 0.0, high: 1.0, step: 0.25, ends: (top + 34 + HEIGHT, top + 34) };
    canvas.text(&words.word("chart.share_of_citations"), (MARGIN, top + 8), regular(NOTE, GREY), Align::Start);
    let mut held = 0;
    let mut curve = vec![(across.at(0.0), up.at(0.0))];
    for (cited, paper) in papers.citations.iter().zip(1..) {
        held += cited;
        let point = (across.at(f64::from(paper)), up.at(held as f64 / total));
        if curve.last() != Some(&point) {
            curve.push(point);
        }
    }
    let mut area = curve.clone();
    area.push((across.ends.1, up.ends.0));
    canvas.polygon(&area, UNDER);
    for mark in up.marks() {
        let y = up.at(mark);
        canvas.line((across.ends.0, y), (across.ends.1, y), 1, PALE);
        let text = words.figure(mark, Figure::Share);
        canvas.text(&text, (across.ends.0 - 10, y), regular(NOTE, GREY), Align::End);
    }
    let bottom = up.ends.0;
    let step = across.step;
    let mut marks: Vec<f64> =
        (0..).map(|mark| f64::from(mark) * step).take_while(|&mark| mark < count as f64).collect();
    marks.retain(|&mark| across.ends.1 - across.at(mark) > 44);
    marks.push(count as f64);
    for mark in marks {
        let x = across.at(mark);
        canvas.line((x, bottom), (x, bottom + 6), 1, GREY);
        canvas.text(&words.figure(mark, Figure::Count), (x, bottom + 20), regular(NOTE, GREY), Align::Middle);
    }
    canvas.line((across.ends.0, bottom), (across.ends.1, bottom), 2, GREY);
    canvas.text(
        &words.word("chart.papers_most_cited_first"),
        (across.ends.1, bottom + 46),
        regular(NOTE, GREY),
        Align::End,
    );
    canvas.dashed((across.ends.0, bottom), (across.ends.1, up.ends.1), 2, GREY);
    canvas.path(&curve, 4, BAR);

    let held: u64 = papers.citations.iter().take(half as usize).sum();
    let (x, y) = (across.at(half as f64), up.at(held as f64 / total));
    canvas.dashed((x, y), (x, bottom), 2, MARK);
    canvas.disc((x, y), 10, PAPER);
    canvas.disc((x, y), 8, MARK);
    // Low in the plot behind the mark, on several lines where need be; before it where it stands at the end.
    let room = across.ends.1 - 14 - (x + 18);
    let set = bold(SAYING, INK);
    let said = words.say(&papers.saying());
    let broken = if room < 200 { vec![said] } else { canvas.wrapped(&said, set, room, 3) };
    let mut lines: Vec<_> = broken.into_iter().map(|line| (line, set)).collect();
    if papers.uncited() > 0 {
        let uncited = Phrase::new("chart.uncited").with("n", Argument::Count(papers.uncited()));
        lines.push((words.say(&uncited), regular(NOTE + 1, INK)));
    }
    let widest = lines.iter().map(|(text, set)| canvas.width(text, *set)).max().unwrap_or(0);
    let start = if room < 200 { x - 18 - widest } else { x + 18 };
    let mut y = bottom - 34 * lines.len() as i32;
    canvas.rectangle((start - 8, y - 8), (widest + 16, 34 * lines.len() as i32 + 2), PAPER);
    for (text, set) in lines {
        canvas.text(&text, (start, y + 10), set, Align::Start);
        y += 32;
    }
    bottom + 58
}
