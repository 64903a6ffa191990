//! Authors of Web of Science: addresses carry the names of their authors in square brackets.
//!
//! `[Hao, Jie; High, Robin] Univ A, Sch Med, City, Iran; [Siu, Ka-Chun] Univ B, City, Iran`. Names there are those of the
//! full list (`AF`), in some records those of the short one (`AU`).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::load::byline::{Byline, Cells, add, items, named};
use crate::load::identifier::orcid;
use crate::model::text::fold;

/// What stands behind the names in a reprint address.
const CORRESPONDING: [&str; 2] = ["(corresponding author)", "(reprint author)"];

/// Names of a record's authors, to find an author by any of them.
struct Names {
    exact: FxHashMap<String, usize>,
    /// Surname and first initial; `None` where several authors share them.
    initial: FxHashMap<String, Option<usize>>,
}

impl Names {
    fn new(lists: &[&[&str]]) -> Names {
        let mut names = Names { exact: FxHashMap::default(), initial: FxHashMap::default() };
        for list in lists {
            for (index, name) in list.iter().enumerate() {
                names.exact.entry(fold(name)).or_insert(index);
                let known = names.initial.entry(initial_key(name)).or_insert(Some(index));
                if *known != Some(index) {
                    *known = None;
                }
            }
        }
        names
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.exact.get(&fold(name)).copied().or_else(|| self.initial.get(&initial_key(name)).copied().flatten())
    }
}

fn initial_key(name: &str) -> String {
    let (surname, given) = name.split_once(',').unwrap_or((name, ""));
    let initial = fold(given).chars().next().map(String::from).unwrap_or_default();
    format!("{},{initial}", fold(surname))
}

/// Reads the authors of one record.
pub fn read(cells: Cells) -> Byline {
    let short: Vec<&str> = items(cells.authors).collect();
    let full: Vec<&str> = items(cells.full_names).collect();
    let shown = if full.is_empty() || !short.is_empty() && full.len() != short.len() { &short } else { &full };
    let mut byline = Byline { authors: shown.iter().map(|name| named(name)).collect(), ..Byline::default() };
    let same_length = full.len() == short.len();
    let lists: [&[&str]; 2] = [shown, if same_length { &short } else { &[] }];
    let names = Names::new(&lists);
    for (persons, address) in addresses(cells.with_affiliations) {
        if persons.is_empty() {
            match byline.authors.as_mut_slice() {
                [author] => add(&mut author.affiliations, address),
                _ => add(&mut byline.unlinked, address),
            }
            continue;
        }
        for person in items(persons) {
            match names.find(person) {
                Some(index) => add(&mut byline.authors[index].affiliations, address),
                None => {
                    byline.unsplit = true;
                    add(&mut byline.unlinked, address);
                }
            }
        }
    }
    for (name, id) in pairs(cells.orcids) {
        if let Some((index, id)) = names.find(name).zip(orcid(id)) {
            byline.authors[index].orcid.get_or_insert(id);
        }
    }
    for (name, id) in pairs(cells.researcher_ids) {
        if let Some(index) = names.find(name) {
            byline.authors[index].researcher_id.get_or_insert_with(|| id.to_owned());
        }
    }
    let corresponding: FxHashSet<usize> =
        corresponding(cells.corresponding).into_iter().filter_map(|name| names.find(name)).collect();
    if !corresponding.is_empty() {
        for (index, author) in byline.authors.iter_mut().enumerate() {
            author.corresponding = Some(corresponding.contains(&index));
        }
    }
    byline
}

/// Names in brackets, empty where there are none, and the address behind them.
fn addresses(text: &str) -> Vec<(&str, &str)> {
    let trim = |address: &'_ str| -> usize { address.trim_end_matches([' ', ';', '.']).len() };
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        match rest.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
            Some((persons, behind)) => {
                let end = behind.find("; [").unwrap_or(behind.len());
                let address = behind[..end].trim_start();
                found.push((persons.trim(), &address[..trim(address)]));
                rest = behind[end..].trim_start_matches([';', ' ']);
            }
            None => {
                let end = rest.find("; ").unwrap_or(rest.len());
                let address = &rest[..end];
                found.push(("", &address[..trim(address)]));
                rest = rest[end..].trim_start_matches([';', ' ']);
            }
        }
    }
    found
}

/// `Hao, Jie/A-1234-2010; …`
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    items(text).filter_map(|item| item.rsplit_once('/')).map(|(name, id)| (name.trim(), id.trim()))
}

/// The names before the mark, back to the end of the address before them.
fn corresponding(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for mark in CORRESPONDING {
        for (at, _) in text.match_indices(mark) {
            let before = &text[..at];
            let start = before.rfind(".; ").map_or(0, |end| end + 3);
            names.extend(items(&before[start..]));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_name_the_authors_of_an_address() {
        let byline = read(Cells {
            authors: "Hao, J; High, R; Siu, KC",
            full_names: "Hao, Jie; High, Robin; Siu, Ka-Chun",
            with_affiliations: "[Hao, Jie; High, Robin] Univ A, Sch Med, Tehran, Iran; [Hao, Jie; Siu, K. C.] Univ B, \
                                Shiraz, Iran.; [Nobody, X] Univ C, Rome, Italy",
            researcher_ids: "Hao, Jie/A-1234-2010",
            orcids: "High, Robin/0000-0002-1825-0097; Siu, Ka-Chun/0000-0002-1825-0098",
            corresponding: "Hao, J; Siu, KC (corresponding author), Univ B, Shiraz, Iran.; High, R (corresponding \
                            author), Univ A, Tehran, Iran.",
            ..Cells::default()
        });
        let (hao, high, siu) = (&byline.authors[0], &byline.authors[1], &byline.authors[2]);
        assert_eq!(hao.affiliations, ["Univ A, Sch Med, Tehran, Iran", "Univ B, Shiraz, Iran"]);
        assert_eq!(high.affiliations, ["Univ A, Sch Med, Tehran, Iran"]);
        assert_eq!(siu.affiliations, ["Univ B, Shiraz, Iran"]);
        assert_eq!((byline.unlinked.as_slice(), byline.unsplit), (&["Univ C, Rome, Italy".to_owned()][..], true));
        assert_eq!(hao.researcher_id.as_deref(), Some("A-1234-2010"));
        assert_eq!((high.orcid.as_deref(), &siu.orcid), (Some("0000-0002-1825-0097"), &None));
        assert!(byline.authors.iter().all(|author| author.corresponding == Some(true)));
    }

    #[test]
    fn addresses_without_names_belong_to_a_lone_author_only() {
        let address = "Univ A, Tehran, Iran; Univ B, Shiraz, Iran.";
        let lone = read(Cells { authors: "Hao, J", with_affiliations: address, ..Cells::default() });
        assert_eq!(lone.authors[0].affiliations, ["Univ A, Tehran, Iran", "Univ B, Shiraz, Iran"]);
        let two = read(Cells { authors: "Hao, J; High, R", with_affiliations: address, ..Cells::default() });
        assert!(two.authors.iter().all(|author| author.affiliations.is_empty()));
        assert_eq!(two.unlinked.len(), 2);
    }
}
