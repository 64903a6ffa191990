//! Joint papers by country: one square per country on a grid of the world. West is at the left in every language.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use super::frame::nothing;
use crate::model::chart::{Figure, Tile, TileMap};
use crate::model::report::Text;
use crate::render::colour::{BAR, GREY, INK, MISSING, PAPER, Rgb, of_score, on};
use crate::render::phrases::Words;

const NOTE: i32 = 17;
const CODE: i32 = 11;
/// Largest and least size of the number in a tile.
const NUMBER: (i32, i32) = (14, 9);
/// Free space between tiles.
const GAP: i32 = 2;
/// Countries that are named below the map.
const NAMED: usize = 10;
/// Shade of a single joint paper on the scale of scores: seen, and paler than any other.
const LEAST: f64 = 14.0;

/// Draws from `top` down and returns the lower end.
pub fn draw(map: &TileMap, canvas: &mut Canvas, top: i32) -> i32 {
    if map.tiles.is_empty() {
        return nothing(canvas, "chart.no_countries", top);
    }
    let columns = map.tiles.iter().map(|tile| tile.column).max().unwrap_or(0) as i32 + 1;
    let rows = map.tiles.iter().map(|tile| tile.row).max().unwrap_or(0) as i32 + 1;
    let side = ((WIDTH - 2 * MARGIN) / columns).min(60);
    let left = (WIDTH - side * columns) / 2;
    let most = map.abroad().first().map_or(1, |(_, papers)| *papers);
    for (index, tile) in map.tiles.iter().enumerate() {
        let home = Some(index) == map.home;
        let place = (left + side * tile.column as i32, top + 6 + side * tile.row as i32);
        draw_tile(tile, canvas, place, side, if home { None } else { Some(most) });
    }
    let mut y = top + 6 + side * rows + 22;
    let words = canvas.words;
    let named: Vec<String> = map.abroad().into_iter().take(NAMED).map(|country| said(country, words)).collect();
    let head = words.word(if named.is_empty() { "chart.none_abroad" } else { "chart.most_abroad" });
    y = list(canvas, head, &named, y);
    if !map.elsewhere.is_empty() {
        let elsewhere =
            map.elsewhere.iter().map(|(country, papers)| said((country, *papers), words)).collect::<Vec<_>>();
        y = list(canvas, words.word("chart.not_on_grid"), &elsewhere, y);
    }
    y - 12
}

/// A tile: `most` is the greatest number abroad, `None` for the own country.
fn draw_tile(tile: &Tile, canvas: &mut Canvas, (x, y): (i32, i32), side: i32, most: Option<u64>) {
    let size = side - GAP;
    // `x` is counted from the left.
    let start = canvas.across(x).min(canvas.across(x + size));
    let middle = start + size / 2;
    let ground = match most {
        None => {
            canvas.rectangle((start - 1, y - 1), (size + 2, size + 2), INK);
            canvas.rectangle((start + 2, y + 2), (size - 4, size - 4), PAPER);
            PAPER
        }
        Some(most) => {
            let ground = if tile.papers > 0 { shade(tile.papers, most) } else { MISSING };
            canvas.rectangle((start, y), (size, size), ground);
            ground
        }
    };
    let ink = if tile.papers > 0 || most.is_none() { on(ground) } else { GREY };
    if tile.papers == 0 {
        return canvas.text(&tile.code, (middle, y + size / 2), regular(CODE, ink), Align::Middle);
    }
    canvas.text(&tile.code, (middle, y + size * 3 / 10), regular(CODE, ink), Align::Middle);
    let number = canvas.words.figure(tile.papers as f64, Figure::Count);
    let room = if most.is_none() { size - 8 } else { size - 3 };
    let fits = |&size_of: &i32| canvas.width(&number, bold(size_of, ink)) <= room;
    let number_size = (NUMBER.1..=NUMBER.0).rev().find(fits).unwrap_or(NUMBER.1);
    canvas.text(&number, (middle, y + size * 7 / 10), bold(number_size, ink), Align::Middle);
}

/// Darker for more, by the root: a few countries hold most papers.
fn shade(papers: u64, most: u64) -> Rgb {
    let part = libm::sqrt(papers as f64 / most.max(1) as f64);
    of_score(LEAST + (90.0 - LEAST) * part.clamp(0.0, 1.0))
}

/// A country with its number.
fn said((country, papers): (&Text, u64), words: &Words) -> String {
    format!("{} {}", words.isolated(&words.text(country)), words.figure(papers as f64, Figure::Count))
}

/// Countries one after the other, on at most three lines; a line is not broken within one.
fn list(canvas: &mut Canvas, head: String, countries: &[String], mut y: i32) -> i32 {
    let set = regular(NOTE, INK);
    let room = WIDTH - 2 * MARGIN - 14;
    let mut lines = vec![head];
    for (index, country) in countries.iter().enumerate() {
        let between = if index == 0 { " " } else { " · " };
        let line = lines.last_mut().expect("there is a line from the beginning");
        let longer = format!("{line}{between}{country}");
        if canvas.width(&longer, set) <= room || line.is_empty() {
            *line = longer;
        } else {
            lines.push(country.clone());
        }
    }
    if lines.len() > 3 {
        lines.truncate(3);
        lines[2].push_str(" · …");
    }
    canvas.rectangle((MARGIN, y - 7), (4, 14), BAR);
    for line in lines {
        let line = canvas.fitted(&line, set, room);
        canvas.text(&line, (MARGIN + 14, y), set, Align::Start);
        y += NOTE + 9;
    }
    y
}
