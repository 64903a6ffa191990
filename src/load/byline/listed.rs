//! Authors as lists side by side: names, ids, institutions, each in the order of the byline (OpenAlex, SciVal, InCites,
//! Lens, PubMed).
//!
//! OpenAlex joins lists of lists, whose inner borders are lost: where an author has two institutions, all later ones are
//! shifted. An author without one leaves its item empty, so there are never fewer items than authors, and where there are
//! as many, each author has exactly one. Other systems list the institutions of the record, each once, and do not say
//! whose they are: only a lone author gets them.

use rustc_hash::FxHashSet;

use crate::load::byline::{Byline, Cells, add, named};
use crate::load::country;
use crate::load::identifier::{AuthorId, orcid, scopus_author_id};
use crate::model::text::fold;

/// Reads the authors of one record. With `by_author` the lists of institutions and countries hold an item for each
/// author; without, they are those of the record, each once, in an order of their own.
pub fn read(cells: Cells, by_author: bool) -> Byline {
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
    let (raw, institutions) = (list(cells.with_affiliations), list(cells.affiliations));
    let countries: Vec<&str> = list(cells.countries).into_iter().map(country::name).collect();
    let each_has_one = |items: &[&str]| by_author && count > 1 && items.len() == count;
    if each_has_one(&raw) {
        let pairs = byline.authors.iter_mut().zip(raw);
        pairs.for_each(|(author, affiliation)| add(&mut author.affiliations, affiliation));
        return byline;
    }
    if raw.is_empty() && each_has_one(&institutions) {
        for (index, author) in byline.authors.iter_mut().enumerate() {
            let country = if each_has_one(&countries) { countries[index] } else { "" };
            add(&mut author.affiliations, &with_country(institutions[index], country));
        }
        return byline;
    }
    let affiliations = match byline.authors.as_mut_slice() {
        [author] => &mut author.affiliations,
        _ => &mut byline.unlinked,
    };
    if !raw.is_empty() {
        raw.iter().for_each(|affiliation| add(affiliations, affiliation));
    } else if let [country] = countries.as_slice()
        && !institutions.is_empty()
    {
        institutions.iter().for_each(|institution| add(affiliations, &with_country(institution, country)));
    } else {
        // Which institution is in which country is not said; the countries are kept as places without a name.
        institutions.iter().chain(&countries).for_each(|item| add(affiliations, item));
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

/// `Institution, Country`, as far as they are known.
fn with_country(institution: &str, country: &str) -> String {
    if institution.is_empty() || country.is_empty() {
        return format!("{institution}{country}");
    }
    format!("{institution}, {country}")
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
            let marks: FxHashSet<String> =
                marks.iter().map(|mark| fold(mark)).filter(|mark| !mark.is_empty()).collect();
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
        let byline = read(cells, true);
        assert_eq!(byline.authors[0].affiliations, ["Univ X, Italy"]);
        assert!(byline.authors[1].affiliations.is_empty());
        assert_eq!(byline.authors[2].affiliations, ["Univ Y, Iran"]);
        assert_eq!(byline.authors[2].corresponding, Some(true));
        let shifted = read(Cells { affiliations: "Univ X|Univ Z||Univ Y", countries: "IT|IR|IR", ..cells }, true);
        assert!(shifted.authors.iter().all(|author| author.affiliations.is_empty()));
        assert_eq!(shifted.unlinked, ["Univ X", "Univ Z", "Univ Y", "Italy", "Iran"]);
        let of_the_record = read(Cells { affiliations: "Univ X|Univ Y|Univ Z", countries: "IR", ..cells }, false);
        assert!(of_the_record.authors.iter().all(|author| author.affiliations.is_empty()));
        assert_eq!(of_the_record.unlinked, ["Univ X, Iran", "Univ Y, Iran", "Univ Z, Iran"]);
        let by_id = read(Cells { corresponding: "https://openalex.org/A2", ..cells }, true);
        assert_eq!(by_id.authors[1].corresponding, Some(true));
        assert_eq!(by_id.authors[0].corresponding, Some(false));
    }
}
