//! Authors as lists side by side: names, ids, institutions, each in the order of the byline (OpenAlex, SciVal, InCites,
//! Lens, PubMed).
//!
//! Lists of lists lose their inner borders: where an author has two institutions, all later ones are shifted. Items are
//! given to authors only where there are as many of them as authors (an author without one leaves its item empty).

use crate::load::byline::{Byline, Cells, add, named};
use crate::load::country;
use crate::load::identifier::{AuthorId, orcid, scopus_author_id};
use crate::model::text::fold;

/// Reads the authors of one record.
pub fn read(cells: Cells) -> Byline {
    let list = |text| split(text, cells.separators);
    let mut byline = Byline::default();
    let (shown, full) = (list(cells.authors), list(cells.full_names));
    let names = if full.is_empty() { shown } else { full };
    // PubMed ends the list with a full stop.
    let stop: &[char] = if cells.separators == [','] { &['.'] } else { &[] };
    let names = names.iter().map(|name| name.trim_end_matches(stop)).filter(|name| !name.is_empty());
    byline.authors = names.map(named).collect();
    let count = byline.authors.len();
    let ids = list(cells.ids);
    if ids.len() == count {
        for (author, id) in byline.authors.iter_mut().zip(&ids) {
            match scopus_author_id(id) {
                AuthorId::Good(id) => author.scopus_id = Some(id),
                AuthorId::Damaged(id) => byline.damaged_ids.push(id),
                AuthorId::Bad(_) => {}
            }
        }
    } else {
        byline.ids_differ = !ids.is_empty() && count > 0;
    }
    let orcids = list(cells.orcids);
    if orcids.len() == count {
        byline.authors.iter_mut().zip(orcids).for_each(|(author, id)| author.orcid = orcid(id));
    }
    mark_corresponding(&mut byline, &list(cells.corresponding), &ids);
    let (raw, institutions, countries) =
        (list(cells.with_affiliations), list(cells.affiliations), list(cells.countries));
    let printed = if raw.is_empty() { with_countries(&institutions, &countries) } else { owned(&raw) };
    if count == 1 {
        printed.iter().for_each(|affiliation| add(&mut byline.authors[0].affiliations, affiliation));
    } else if count > 0 && printed.len() == count {
        let pairs = byline.authors.iter_mut().zip(&printed);
        pairs.for_each(|(author, affiliation)| add(&mut author.affiliations, affiliation));
    } else {
        printed.iter().for_each(|affiliation| add(&mut byline.unlinked, affiliation));
    }
    byline
}

/// The items of a list, empty ones too; the first of the separators that occurs separates.
fn split<'t>(text: &'t str, separators: &[char]) -> Vec<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let Some(separator) = separators.iter().find(|sign| text.contains(**sign)) else {
        return vec![text];
    };
    let mut items: Vec<&str> = text.split(*separator).map(str::trim).collect();
    // `a; b;` has two items.
    if *separator == ';' && items.last().is_some_and(|item| item.is_empty()) {
        items.pop();
    }
    items
}

fn owned(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

/// `Institution, Country`, where the country of each institution is known: there are as many of both, or one country.
fn with_countries(institutions: &[&str], countries: &[&str]) -> Vec<String> {
    let country = |index: usize| match countries {
        [one] => Some(*one),
        several if several.len() == institutions.len() => several.get(index).copied(),
        _ => None,
    };
    let mut printed = Vec::with_capacity(institutions.len());
    for (index, institution) in institutions.iter().enumerate() {
        printed.push(match country(index).filter(|code| !code.is_empty() && !institution.is_empty()) {
            Some(code) => format!("{institution}, {}", country::name(code)),
            None => (*institution).to_owned(),
        });
    }
    printed
}

/// A flag for each author, or the ids or names of those who are corresponding.
fn mark_corresponding(byline: &mut Byline, marks: &[&str], ids: &[&str]) {
    let flags: Option<Vec<bool>> = marks.iter().map(|mark| flag(mark)).collect();
    match flags {
        Some(flags) if !flags.is_empty() => {
            if flags.len() == byline.authors.len() {
                byline.authors.iter_mut().zip(flags).for_each(|(author, flag)| author.corresponding = Some(flag));
            }
        }
        _ => {
            let marks: Vec<String> = marks.iter().map(|mark| fold(mark)).filter(|mark| !mark.is_empty()).collect();
            let ids = if ids.len() == byline.authors.len() { ids } else { &[] };
            let is_marked = |index: usize, name: &str| {
                marks.contains(&fold(name)) || ids.get(index).is_some_and(|id| marks.contains(&fold(id)))
            };
            let marked: Vec<bool> =
                byline.authors.iter().enumerate().map(|(index, author)| is_marked(index, &author.name)).collect();
            if marked.contains(&true) {
                byline.authors.iter_mut().zip(marked).for_each(|(author, mark)| author.corresponding = Some(mark));
            }
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_given_only_where_they_fit() {
        let cells = Cells {
            authors: "A B|C D|E F",
            ids: "https://openalex.org/A1|https://openalex.org/A2|https://openalex.org/A3",
            affiliations: "Univ X||Univ Y",
            countries: "IT||IR",
            corresponding: "False|False|True",
            separators: &['|', ';'],
            ..Cells::default()
        };
        let byline = read(cells);
        assert_eq!(byline.authors[0].affiliations, ["Univ X, Italy"]);
        assert!(byline.authors[1].affiliations.is_empty());
        assert_eq!(byline.authors[2].affiliations, ["Univ Y, Iran"]);
        assert_eq!(byline.authors[2].corresponding, Some(true));
        let shifted = read(Cells { affiliations: "Univ X|Univ Z||Univ Y", countries: "IT|IR|IR", ..cells });
        assert!(shifted.authors.iter().all(|author| author.affiliations.is_empty()));
        assert_eq!(shifted.unlinked, ["Univ X", "Univ Z", "Univ Y"]);
        let by_id = read(Cells { corresponding: "https://openalex.org/A2", ..cells });
        assert_eq!(by_id.authors[1].corresponding, Some(true));
        assert_eq!(by_id.authors[0].corresponding, Some(false));
    }
}
