//! Authors of Dimensions: each name is followed by its affiliations in brackets.
//!
//! `Hao, Jie (Univ A (Main Campus), City; Univ B); High, Robin (Univ B)`. Brackets may stand inside an affiliation, and
//! not always in pairs; the plain list of authors tells which way of splitting is right.

use rustc_hash::FxHashSet;

use crate::load::byline::{Byline, Cells, add, items, named};
use crate::model::text::fold;

/// Authors without an entry that are jumped over.
const LOOKED_AHEAD: usize = 20;

/// An author's name and the text in the brackets behind it.
type Entry<'t> = (&'t str, &'t str);

/// Reads the authors of one record.
pub fn read(cells: Cells) -> Byline {
    let names: Vec<&str> = items(cells.authors).collect();
    let by_pairs = by_pairs(cells.with_affiliations);
    let fits =
        |entries: &[Entry]| entries.len() == names.len() && entries.iter().zip(&names).all(|(e, n)| same(e.0, n));
    let entries = if names.is_empty() || fits(&by_pairs) {
        by_pairs
    } else {
        let by_ends = by_ends(cells.with_affiliations);
        if fits(&by_ends) { by_ends } else { by_pairs }
    };
    let mut byline = Byline::default();
    if names.is_empty() {
        byline.authors = entries.iter().map(|(name, _)| named(name)).collect();
    } else {
        byline.authors = names.iter().map(|name| named(name)).collect();
    }
    let mut next = 0;
    for (name, affiliations) in entries {
        let found = byline
            .authors
            .iter()
            .skip(next)
            .take(LOOKED_AHEAD)
            .position(|author| same(&author.name, name))
            .map(|at| next + at);
        let Some(index) = found else {
            byline.unsplit = true;
            items(affiliations).for_each(|affiliation| add(&mut byline.unlinked, affiliation));
            continue;
        };
        next = index + 1;
        items(affiliations).for_each(|affiliation| add(&mut byline.authors[index].affiliations, affiliation));
    }
    let corresponding: FxHashSet<String> =
        by_pairs_names(cells.corresponding).into_iter().map(fold).filter(|name| !name.is_empty()).collect();
    if byline.authors.iter().any(|author| corresponding.contains(&fold(&author.name))) {
        for author in &mut byline.authors {
            author.corresponding = Some(corresponding.contains(&fold(&author.name)));
        }
    }
    byline
}

fn same(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// Names of a list whose entries may or may not have brackets.
fn by_pairs_names(text: &str) -> Vec<&str> {
    by_pairs(text).into_iter().map(|(name, _)| name).collect()
}

/// Splits where a bracket that was opened behind a name is closed again.
fn by_pairs(text: &str) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let (mut start, mut open, mut depth) = (0, None, 0_u32);
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => {
                if depth == 0 {
                    open = Some(at);
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                entries.push(entry(&text[start..at], open.map(|open| open - start)));
                (start, open) = (at + 1, None);
            }
            _ => {}
        }
    }
    entries.push(entry(&text[start..], open.map(|open| open - start)));
    entries.retain(|(name, _)| !name.is_empty());
    entries
}

/// Splits at `); `, where brackets do not come in pairs.
fn by_ends(text: &str) -> Vec<Entry<'_>> {
    let entries = text.split("); ").map(|part| entry(part, part.find('(')));
    entries.filter(|(name, _)| !name.is_empty()).collect()
}

fn entry(text: &str, open: Option<usize>) -> Entry<'_> {
    match open {
        Some(open) => {
            let inner = text[open + 1..].trim();
            (text[..open].trim(), inner.strip_suffix(')').unwrap_or(inner).trim())
        }
        None => (text.trim(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_within_affiliations() {
        let byline = read(Cells {
            authors: "Hao, Jie; High, Robin; Siu, Ka-Chun",
            with_affiliations: "Hao, Jie (Univ A (Main Campus), City; Univ B); High, Robin (); Siu, Ka-Chun (Univ B)",
            corresponding: "High, Robin (Univ B)",
            ..Cells::default()
        });
        assert_eq!(byline.authors[0].affiliations, ["Univ A (Main Campus), City", "Univ B"]);
        assert!(byline.authors[1].affiliations.is_empty());
        assert_eq!(byline.authors[2].affiliations, ["Univ B"]);
        let flags: Vec<Option<bool>> = byline.authors.iter().map(|author| author.corresponding).collect();
        assert_eq!(flags, [Some(false), Some(true), Some(false)]);
        assert!(!byline.unsplit);
    }

    #[test]
    fn a_bracket_that_is_never_closed() {
        let byline = read(Cells {
            authors: "Hao, Jie; High, Robin",
            with_affiliations: "Hao, Jie (Univ A (Main Campus, City); High, Robin (Univ B)",
            ..Cells::default()
        });
        assert_eq!(byline.authors[0].affiliations, ["Univ A (Main Campus, City"]);
        assert_eq!(byline.authors[1].affiliations, ["Univ B"]);
    }
}
