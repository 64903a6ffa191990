//! A unit in the middle, those whom it publishes with around it; the width of a line is the number of joint papers.
//!
//! Partners stand in rows on both sides, on the curve of an ellipse, so that no name meets another.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Figure, Network, Partner, Relation};
use crate::render::colour::{BAR, GREY, INK, INTERVAL, PAPER, Rgb};

const NAME: i32 = 17;
const SMALL: i32 = 15;
const ROW: i32 = 64;
/// Distance from the middle to a partner, at the upper and lower end and what is added between them.
const REACH: (f64, f64) = (168.0, 44.0);
/// Width of the box of the unit.
const BOX: i32 = 208;
/// Widths of the lines of the least and the most joint papers.
const WIDTHS: (f64, f64) = (2.0, 15.0);
/// Lines between partners.
const BETWEEN: Rgb = (0xc3, 0xca, 0xd1);

/// Draws from `top` down and returns the lower end.
pub fn draw(network: &Network, canvas: &mut Canvas, top: i32) -> i32 {
    if network.partners.is_empty() {
        return nothing(canvas, "chart.no_partners", top);
    }
    let count = network.partners.len();
    // The first, third … behind the middle, the second, fourth … before it.
    let rows = [count.div_ceil(2), count / 2];
    let height = ROW * rows[0].max(2) as i32;
    let (middle, centre) = (top + 8 + height / 2, WIDTH / 2);
    let place = |index: usize| {
        let side = index % 2;
        let part = (2 * (index / 2) + 1) as f64 / rows[side].max(1) as f64 - 1.0;
        let reach = (REACH.0 + REACH.1 * libm::sqrt(1.0 - part * part)).round() as i32;
        let first = middle - ROW * rows[side] as i32 / 2;
        let x = if side == 0 { centre + reach } else { centre - reach };
        (x, first + ROW * (index / 2) as i32 + ROW / 2)
    };
    let most = network.partners.iter().map(|partner| partner.papers).max().unwrap_or(1).max(1);
    let width = |papers: u64, (least, greatest): (f64, f64)| {
        (least + (greatest - least) * papers as f64 / most as f64).round().max(1.0) as u32
    };
    for &(one, other, papers) in &network.between {
        if one < count && other < count {
            canvas.line(place(one), place(other), width(papers, (1.0, 6.0)), BETWEEN);
        }
    }
    for (index, partner) in network.partners.iter().enumerate() {
        let colour = if partner.relation == Relation::Abroad { BAR } else { GREY };
        canvas.line((centre, middle), place(index), width(partner.papers, WIDTHS), colour);
    }
    for (index, partner) in network.partners.iter().enumerate() {
        draw_partner(partner, canvas, place(index), index % 2 == 0);
    }
    let name = canvas.words.text(&network.centre);
    let set = bold(NAME, INK);
    let lines = canvas.wrapped(&name, set, BOX - 20, 4);
    let tall = lines.len() as i32 * (NAME + 6) + 18;
    canvas.rectangle((centre - BOX / 2, middle - tall / 2), (BOX, tall), BAR);
    canvas.rectangle((centre - BOX / 2 + 3, middle - tall / 2 + 3), (BOX - 6, tall - 6), PAPER);
    for (line, text) in lines.iter().enumerate() {
        let y = middle - (lines.len() as i32 - 1) * (NAME + 6) / 2 + line as i32 * (NAME + 6);
        canvas.text(text, (centre, y), set, Align::Middle);
    }
    top + height + 16
}

/// The mark of a partner, its name on at most two lines, and below it joint papers and place.
fn draw_partner(partner: &Partner, canvas: &mut Canvas, (x, y): (i32, i32), behind: bool) {
    let words = canvas.words;
    canvas.disc((x, y), 11, PAPER);
    match partner.relation {
        Relation::Abroad => canvas.disc((x, y), 9, BAR),
        Relation::AtHome => {
            canvas.disc((x, y), 9, GREY);
            canvas.disc((x, y), 5, PAPER);
        }
        Relation::Own => {
            canvas.rectangle((x - 9, y - 9), (18, 18), GREY);
            canvas.rectangle((x - 6, y - 6), (12, 12), INTERVAL);
        }
    }
    let (start, align) = if behind { (x + 18, Align::Start) } else { (x - 18, Align::End) };
    let room = if behind { WIDTH - MARGIN - start } else { start - MARGIN };
    let name = words.text(&partner.label);
    let set = if canvas.width(&name, regular(NAME, INK)) <= room { regular(NAME, INK) } else { regular(SMALL, INK) };
    let lines = canvas.wrapped(&name, set, room, 2);
    let below = match &partner.place {
        Some(place) => words.text(place),
        None => String::new(),
    };
    let papers = words.figure(partner.papers as f64, Figure::Count);
    let step = SMALL + 4;
    let first = y - lines.len() as i32 * step / 2;
    for (line, text) in lines.iter().enumerate() {
        canvas.text(text, (start, first + line as i32 * step), set, align);
    }
    let under = first + lines.len() as i32 * step;
    let number = bold(NAME, INK);
    let wide = canvas.width(&papers, number) + 8;
    let below = canvas.fitted(&below, regular(SMALL, GREY), room - wide);
    if behind {
        canvas.text(&papers, (start, under), number, Align::Start);
        canvas.text(&below, (start + wide, under), regular(SMALL, GREY), Align::Start);
    } else {
        // Reading goes on from place to number, the number next to the mark.
        canvas.text(&papers, (start, under), number, Align::End);
        canvas.text(&below, (start - wide, under), regular(SMALL, GREY), Align::End);
    }
}
