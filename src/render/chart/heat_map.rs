//! Units × groups as coloured cells with their numbers.

use super::canvas::{Align, Canvas, MARGIN, WIDTH, bold, regular};
use crate::model::report::HeatMap;
use crate::render::colour::{GREY, INK, MISSING, of_score, on};
use crate::render::number::ABSENT;

const NAME: i32 = 20;
/// Largest and smallest size of column heads: long words shrink all heads before they are cut.
const HEAD: (i32, i32) = (17, 13);
/// Between the total and the groups.
const GAP: i32 = 10;

/// Draws from `top` down and returns the lower end.
pub fn draw(map: &HeatMap, canvas: &mut Canvas, top: i32) -> i32 {
    let words = canvas.words;
    let columns = map.columns.len().max(1) as i32;
    let rows: Vec<(String, _)> = map.rows.iter().map(|(name, cells)| (words.text(name), cells)).collect();
    let widest = rows.iter().map(|(name, _)| canvas.width(name, regular(NAME, INK))).max().unwrap_or(0);
    let names = widest.clamp(120, 340) + 16;
    let gap = if map.total && columns > 1 { GAP } else { 0 };
    let column = ((WIDTH - 2 * MARGIN - names - gap) / columns).min(220);
    let start = |index: usize| {
        let index = index as i32;
        MARGIN + names + index * column + if index > 0 { gap } else { 0 }
    };

    let heads: Vec<String> = map.columns.iter().map(|head| words.text(head)).collect();
    let fits = |size: i32| {
        heads.iter().flat_map(|head| head.split_whitespace()).all(|w| canvas.width(w, bold(size, INK)) <= column - 6)
    };
    let head = (HEAD.1..=HEAD.0).rev().find(|&size| fits(size)).unwrap_or(HEAD.1);
    let heads: Vec<_> = heads.iter().map(|text| canvas.wrapped(text, bold(head, INK), column - 6, 3)).collect();
    let deepest = heads.iter().map(Vec::len).max().unwrap_or(0) as i32;
    let head_height = deepest * (head + 6) + 8;
    for (index, lines) in heads.iter().enumerate() {
        let first = top + head_height - lines.len() as i32 * (head + 6);
        for (line, text) in lines.iter().enumerate() {
            let y = first + line as i32 * (head + 6) + 4;
            canvas.text(text, (start(index) + column / 2, y), bold(head, INK), Align::Middle);
        }
    }

    let height = if rows.len() > 24 { 34 } else { 42 };
    let size = 21.min(column * 2 / 5).max(11);
    let mut y = top + head_height;
    for (name, cells) in rows {
        canvas.name(&name, (MARGIN, y + height / 2), regular(NAME, INK), names - 16);
        for (index, cell) in cells.iter().enumerate() {
            let (place, extent) = ((start(index) + 1, y + 1), (column - 2, height - 2));
            let middle = (start(index) + column / 2, y + height / 2);
            if let Some(score) = cell {
                let ground = of_score(*score);
                canvas.rectangle(place, extent, ground);
                let set = if map.total && index == 0 { bold(size, on(ground)) } else { regular(size, on(ground)) };
                canvas.text(&words.score(*score), middle, set, Align::Middle);
            } else {
                canvas.hatched(place, extent, MISSING, (0xd4, 0xd8, 0xdc));
                canvas.text(ABSENT, middle, regular(size, GREY), Align::Middle);
            }
        }
        y += height;
    }
    y
}
