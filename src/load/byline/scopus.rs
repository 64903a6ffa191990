//! The authors of a Scopus record with their affiliations.
//!
//! In `Authors with affiliations` one author's several affiliations are joined by `, `, the same sign that stands inside
//! an affiliation. The only safe way to tell them apart is the record's own `Affiliations` list: each author's text is
//! covered by entries of that list, the longest first.

use rustc_hash::FxHashSet;

use crate::load::byline::{Byline, Cells};
use crate::load::identifier::{AuthorId, scopus_author_id};
use crate::model::tables::RecordAuthor;

/// Reads the authors of one record.
pub fn read(cells: Cells) -> Byline {
    let mut byline = Byline::default();
    let ids = split_ids(cells.ids);
    let short = split_names(cells.authors, ids.len());
    let full: Vec<(&str, Option<&str>)> = items(cells.full_names).map(name_and_id).collect();
    let mut names: Vec<String> = if full.is_empty() || !short.is_empty() && full.len() != short.len() {
        short.clone()
    } else {
        full.iter().map(|(name, _)| (*name).to_owned()).collect()
    };
    let entries: Vec<&str> = items(cells.with_affiliations).collect();
    let mut short = if short.is_empty() { names.clone() } else { short };
    if names.is_empty() {
        // Only the affiliation column was exported: its names are all there is.
        names = entries.iter().map(|entry| name_of_entry(entry).0).collect();
        short.clone_from(&names);
    }
    // A group ("for the … Consortium") is listed as an author but has no id; it carries no initials.
    let persons: Vec<bool> = short.iter().map(|name| name.contains('.')).collect();
    let only_groups_lack_ids = persons.iter().filter(|is_person| **is_person).count() == ids.len();
    if !ids.is_empty() && ids.len() != names.len() && !only_groups_lack_ids {
        byline.ids_differ = !names.is_empty();
    }
    byline.authors = names.into_iter().map(|name| RecordAuthor { name, ..RecordAuthor::default() }).collect();
    let from_names = full.len() == byline.authors.len();
    let skips_groups = ids.len() != byline.authors.len() && only_groups_lack_ids;
    let mut next_id = ids.iter().copied();
    for (index, author) in byline.authors.iter_mut().enumerate() {
        let has_id = !byline.ids_differ && (!skips_groups || persons[index]);
        let by_position = if has_id { next_id.next() } else { None };
        let id = by_position.or_else(|| if from_names { full.get(index).and_then(|(_, id)| *id) } else { None });
        match id.map(scopus_author_id) {
            Some(AuthorId::Good(id)) => author.scopus_id = Some(id),
            Some(AuthorId::Damaged(text)) => byline.damaged_ids.push(text),
            Some(AuthorId::Bad(_)) | None => {}
        }
    }
    let known: FxHashSet<&str> = items(cells.affiliations).collect();
    if entries.is_empty() {
        // One author has all affiliations of the record; of several nobody knows whose is which.
        if let [author] = byline.authors.as_mut_slice() {
            author.affiliations = items(cells.affiliations).map(str::to_owned).collect();
        } else {
            byline.unlinked = items(cells.affiliations).map(str::to_owned).collect();
        }
        return byline;
    }
    for (author, pieces) in byline.authors.iter_mut().zip(tails(&short, &entries)) {
        let parts: Option<Vec<Vec<String>>> = pieces.iter().map(|piece| segment(piece, &known)).collect();
        author.affiliations = match parts {
            Some(parts) => parts.concat(),
            None => {
                byline.unsplit = true;
                vec![pieces.join("; ")]
            }
        };
    }
    byline
}

/// The items of a list separated by `;`.
fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|item| !item.is_empty() && !is_placeholder(item))
}

/// `[No author name available]` and the like.
fn is_placeholder(item: &str) -> bool {
    let item = item.trim_start_matches('[');
    item.len() > 9 && item.is_char_boundary(9) && item[..9].eq_ignore_ascii_case("no author")
}

fn split_ids(text: &str) -> Vec<&str> {
    if text.contains(';') {
        items(text).collect()
    } else {
        items(text).flat_map(|id| id.split(',')).map(str::trim).collect()
    }
}

/// Names separated by `;`, or in the older layouts by `, `; there a name may itself be `Surname, I.`
fn split_names(text: &str, expected: usize) -> Vec<String> {
    if text.contains(';') {
        return items(text).map(str::to_owned).collect();
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|p| !p.is_empty() && !is_placeholder(p)).collect();
    if parts.len() == expected || parts.len() < 2 {
        return parts.into_iter().map(str::to_owned).collect();
    }
    let mut names: Vec<String> = Vec::new();
    for part in parts {
        match names.last_mut() {
            Some(last) if are_initials(part) && !last.contains(',') => {
                last.push_str(", ");
                last.push_str(part);
            }
            Some(last) if matches!(part, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV") => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => names.push(part.to_owned()),
        }
    }
    names
}

/// `J.C.`, `K.-C.`, `Jr`: what stands behind a surname, never a name by itself.
fn are_initials(text: &str) -> bool {
    matches!(text, "Jr" | "Sr" | "II" | "III" | "IV")
        || text.ends_with('.') && !text.contains(' ') && text.split(['.', '-']).all(|part| part.chars().count() <= 2)
}

/// `Hao, Jie (57221302630)` → name and id.
fn name_and_id(item: &str) -> (&str, Option<&str>) {
    match item.strip_suffix(')').and_then(|item| item.rsplit_once('(')) {
        Some((name, id)) if id.chars().any(|c| c.is_ascii_digit()) => (name.trim(), Some(id.trim())),
        _ => (item, None),
    }
}

/// What stands behind each author's name, in pieces. Entries come in the order of the authors; an entry that begins with
/// no author's name belongs to the one before, whose affiliation contains a `;`.
fn tails(names: &[String], entries: &[&str]) -> Vec<Vec<String>> {
    let mut tails: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    let mut author = 0;
    let mut current: Option<usize> = None;
    for (index, entry) in entries.iter().enumerate() {
        // Authors without an entry are jumped over; where as many entries as authors are left the position decides.
        let named = (author..names.len()).take(20).find_map(|at| after_name(entry, &names[at]).map(|tail| (at, tail)));
        let (at, piece) = match named {
            Some((at, tail)) => (at, tail.to_owned()),
            None if entries.len() - index == names.len().saturating_sub(author) => (author, name_of_entry(entry).1),
            None => match current {
                Some(at) => (at, (*entry).to_owned()),
                None => continue,
            },
        };
        if !piece.is_empty() {
            tails[at].push(piece);
        }
        if current != Some(at) {
            author = at + 1;
        }
        current = Some(at);
    }
    tails
}

/// The rest of an entry behind an author's name, which may be printed with or without a comma: `Phillips, J.C., …`.
fn after_name<'t>(entry: &'t str, name: &str) -> Option<&'t str> {
    let mut wanted = name.chars().filter(|c| c.is_alphanumeric());
    let mut rest = entry.char_indices();
    let mut next = wanted.next();
    while let Some(letter) = next {
        let (_, sign) = rest.by_ref().find(|(_, sign)| sign.is_alphanumeric())?;
        if sign != letter && sign.to_lowercase().ne(letter.to_lowercase()) {
            return None;
        }
        next = wanted.next();
    }
    let behind = rest.as_str().trim_start_matches(['.', ')', ' ']);
    if behind.is_empty() { Some("") } else { behind.strip_prefix(',').map(str::trim) }
}

/// Name and rest of an entry whose author is not known otherwise.
fn name_of_entry(entry: &str) -> (String, String) {
    let mut parts = entry.splitn(3, ", ");
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let third = parts.next();
    if are_initials(second) && !second.is_empty() {
        (format!("{first}, {second}"), third.unwrap_or_default().to_owned())
    } else {
        let tail = entry[first.len()..].trim_start_matches(", ").to_owned();
        (first.to_owned(), tail)
    }
}

/// Covers a text wholly with known affiliations joined by `, `; `None` where that is impossible.
fn segment(tail: &str, known: &FxHashSet<&str>) -> Option<Vec<String>> {
    if known.contains(tail) {
        return Some(vec![tail.to_owned()]);
    }
    // Every affiliation starts and ends at a boundary: the text's ends or a comma.
    let mut starts = vec![0];
    starts.extend(tail.match_indices(", ").map(|(at, sign)| at + sign.len()));
    if starts.len() > MOST_PARTS {
        return None;
    }
    let mut ends: Vec<usize> = tail.match_indices(", ").map(|(at, _)| at).collect();
    ends.push(tail.len());
    // From the back: how far the longest known affiliation from here reaches such that the rest is covered too.
    let mut reach: Vec<Option<usize>> = vec![None; starts.len()];
    for from in (0..starts.len()).rev() {
        reach[from] = (from..ends.len()).rev().find(|&to| {
            (to + 1 == ends.len() || reach[to + 1].is_some()) && known.contains(&tail[starts[from]..ends[to]])
        });
    }
    let mut parts = Vec::new();
    let mut from = 0;
    while from < starts.len() {
        let to = reach[from]?;
        parts.push(tail[starts[from]..ends[to]].to_owned());
        from = to + 1;
    }
    Some(parts)
}

/// Comma-separated parts of one author's text beyond which no cover is sought.
const MOST_PARTS: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;

    fn names(byline: &Byline) -> Vec<&str> {
        byline.authors.iter().map(|author| author.name.as_str()).collect()
    }

    #[test]
    fn commas_between_affiliations_are_told_from_commas_within() {
        let kinsey = "The Kinsey Institute, Indiana University, United States";
        let luddy = "Luddy School of Informatics, Computing, and Engineering, Indiana University, United States";
        let byline = read(Cells {
            authors: "Kaufman E.M.; High R.",
            full_names: "Kaufman, Ellen M. (57200000001); High, Robin (6701683718)",
            ids: "57200000001; 6701683718",
            affiliations: &format!("{kinsey}; {luddy}"),
            with_affiliations: &format!("Kaufman E.M., {kinsey}, {luddy}; High R., {luddy}"),
            ..Cells::default()
        });
        assert_eq!(names(&byline), ["Kaufman, Ellen M.", "High, Robin"]);
        assert_eq!(byline.authors[0].affiliations, [kinsey, luddy]);
        assert_eq!(byline.authors[1].affiliations, [luddy]);
        assert_eq!(byline.authors[1].scopus_id.as_deref(), Some("6701683718"));
        assert!(!byline.unsplit);
    }

    #[test]
    fn a_suffix_belongs_to_the_name_and_a_semicolon_to_the_affiliation() {
        let byline = read(Cells {
            authors: "Hair J.F., Jr, Bomhoff E.J.",
            ids: "16230161100;55092914100;",
            affiliations: "Univ A, Mobile; Dept B; Street C, Town",
            with_affiliations: "Hair, J.F., Jr, Univ A, Mobile; Bomhoff, E.J., Dept B; Street C, Town",
            ..Cells::default()
        });
        assert_eq!(names(&byline), ["Hair J.F., Jr", "Bomhoff E.J."]);
        assert_eq!(byline.authors[0].affiliations, ["Univ A, Mobile"]);
        assert_eq!(byline.authors[1].affiliations, ["Dept B", "Street C, Town"]);
        assert!(!byline.unsplit && !byline.ids_differ);
    }

    #[test]
    fn the_longest_affiliation_that_leaves_no_rest_is_taken() {
        // Greedy from the left would take "A, B" and be left with "C", which is no affiliation.
        let byline = read(Cells {
            authors: "One X.",
            affiliations: "A; A, B; B, C",
            with_affiliations: "One X., A, B, C",
            ..Cells::default()
        });
        assert_eq!(byline.authors[0].affiliations, ["A", "B, C"]);
    }

    #[test]
    fn older_layout_has_commas_in_names() {
        let byline = read(Cells {
            authors: "Phillips J.C., Braun R.",
            ids: "7404500001;57200000002;",
            affiliations: "Beckman Institute, Urbana, United States",
            with_affiliations: "Phillips, J.C., Beckman Institute, Urbana, United States; Braun, R.",
            ..Cells::default()
        });
        assert_eq!(names(&byline), ["Phillips J.C.", "Braun R."]);
        assert_eq!(byline.authors[0].affiliations, ["Beckman Institute, Urbana, United States"]);
        assert!(byline.authors[1].affiliations.is_empty());
        let pairs = read(Cells { authors: "DellaVigna, S., List, J.A.", ids: "1234567;7654321;", ..Cells::default() });
        assert_eq!(names(&pairs), ["DellaVigna, S.", "List, J.A."]);
    }

    #[test]
    fn what_is_not_in_the_list_stays_one_text() {
        let byline = read(Cells {
            authors: "Ito K.; Sato M.",
            affiliations: "X, Japan",
            with_affiliations: "Ito K., Y; Z, Japan; Sato M., X, Japan",
            ..Cells::default()
        });
        assert_eq!(byline.authors[0].affiliations, ["Y; Z, Japan"]);
        assert_eq!(byline.authors[1].affiliations, ["X, Japan"]);
        assert!(byline.unsplit);
    }

    #[test]
    fn ids_of_another_number_are_not_guessed() {
        let byline = read(Cells { authors: "Ito K.; Sato M.", ids: "57200000001", ..Cells::default() });
        assert!(byline.ids_differ);
        assert!(byline.authors.iter().all(|author| author.scopus_id.is_none()));
        let group = read(Cells {
            authors: "Ito K.; for the Atlas Group; Sato M.",
            ids: "1111111;2222222;",
            ..Cells::default()
        });
        let ids: Vec<Option<&str>> = group.authors.iter().map(|author| author.scopus_id.as_deref()).collect();
        assert_eq!(ids, [Some("1111111"), None, Some("2222222")]);
        let damaged = read(Cells { authors: "Ito K.", ids: "5.72213E+10", ..Cells::default() });
        assert_eq!(damaged.damaged_ids, ["5.72213E+10"]);
        assert!(read(Cells { authors: "[No author name available]", ..Cells::default() }).authors.is_empty());
    }
}
