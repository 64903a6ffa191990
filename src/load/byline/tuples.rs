//! Authors as tuples of dictionaries in the notation of the Python language, as scripts over the Scopus API leave them in
//! cells: `({'id': 57953233200, 'name': 'Ping Li', 'affiliation': 'Univ A', 'country': 'China'}, …)`.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

use rustc_hash::FxHashMap;

use crate::load::byline::{Byline, Cells, add, named};
use crate::load::identifier::{AuthorId, scopus_author_id};

/// A dictionary whose values are texts, numbers or nothing.
type Dictionary = BTreeMap<String, String>;

/// Reads the authors of one record: their list, and one dictionary for each author and affiliation.
pub fn read(cells: Cells) -> Byline {
    let mut byline = Byline::default();
    let (people, people_broken) = dictionaries(cells.authors);
    let (links, links_broken) = dictionaries(cells.with_affiliations);
    byline.broken = people_broken || links_broken;
    let people = if people.is_empty() { &links } else { &people };
    let mut positions: FxHashMap<&str, usize> = FxHashMap::default();
    for person in people {
        let (id, name) = (text(person, "id"), text(person, "name"));
        if !id.is_empty() && positions.contains_key(id) {
            continue;
        }
        let mut author = named(name);
        match scopus_author_id(id) {
            AuthorId::Good(id) => author.scopus_id = Some(id),
            AuthorId::Damaged(id) => byline.damaged_ids.push(id),
            AuthorId::Bad(_) => {}
        }
        if !id.is_empty() {
            positions.insert(id, byline.authors.len());
        }
        byline.authors.push(author);
    }
    for link in &links {
        let parts = [text(link, "affiliation"), text(link, "country")];
        let affiliation = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        match positions.get(text(link, "id")) {
            Some(index) => add(&mut byline.authors[*index].affiliations, &affiliation),
            None => {
                byline.unsplit = true;
                add(&mut byline.unlinked, &affiliation);
            }
        }
    }
    byline
}

fn text<'d>(dictionary: &'d Dictionary, key: &str) -> &'d str {
    dictionary.get(key).map_or("", String::as_str)
}

/// All whole dictionaries of a text, and whether it breaks off or says something else.
fn dictionaries(text: &str) -> (Vec<Dictionary>, bool) {
    let mut signs = text.trim().chars().peekable();
    let mut found = Vec::new();
    if signs.peek().is_none() {
        return (found, false);
    }
    if !matches!(signs.next(), Some('(' | '[')) {
        return (found, true);
    }
    loop {
        skip(&mut signs);
        match signs.next() {
            Some(')' | ']') => return (found, false),
            Some(',') => {}
            Some('{') => match dictionary(&mut signs) {
                Some(one) => found.push(one),
                None => return (found, true),
            },
            _ => return (found, true),
        }
    }
}

fn skip(signs: &mut Peekable<Chars>) {
    while signs.next_if(|sign| sign.is_whitespace()).is_some() {}
}

/// The rest of a dictionary behind its opening brace.
fn dictionary(signs: &mut Peekable<Chars>) -> Option<Dictionary> {
    let mut pairs = Dictionary::new();
    loop {
        skip(signs);
        match signs.peek()? {
            '}' => {
                signs.next();
                return Some(pairs);
            }
            ',' => {
                signs.next();
            }
            _ => {
                let key = value(signs)?;
                skip(signs);
                signs.next_if_eq(&':')?;
                skip(signs);
                pairs.insert(key, value(signs)?);
            }
        }
    }
}

/// A quoted text, or a bare word; `None` and `nan` are nothing.
fn value(signs: &mut Peekable<Chars>) -> Option<String> {
    let mut value = String::new();
    let Some(quote) = signs.next_if(|sign| matches!(sign, '\'' | '"')) else {
        while let Some(sign) = signs.next_if(|sign| !matches!(sign, ',' | ':' | '}' | ')' | ']')) {
            value.push(sign);
        }
        // A bare word at the very end is cut off.
        signs.peek()?;
        let value = value.trim();
        return Some(if matches!(value, "None" | "nan") { String::new() } else { value.to_owned() });
    };
    loop {
        match signs.next()? {
            '\\' => match signs.next()? {
                'n' | 't' | 'r' => value.push(' '),
                'x' => value.push(code_point(signs, 2)?),
                'u' => value.push(code_point(signs, 4)?),
                'U' => value.push(code_point(signs, 8)?),
                sign => value.push(sign),
            },
            sign if sign == quote => return Some(value),
            sign => value.push(sign),
        }
    }
}

fn code_point(signs: &mut Peekable<Chars>, digits: usize) -> Option<char> {
    let mut code = 0_u32;
    for _ in 0..digits {
        code = code.checked_mul(16)?.checked_add(signs.next()?.to_digit(16)?)?;
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_and_their_affiliations_by_id() {
        let byline = read(Cells {
            authors: "({'id': 57953233200, 'name': \"Li O'Hara\"}, {'id': 57193601962, 'name': 'Prayag \\xe9'})",
            with_affiliations: "({'id': 57193601962, 'name': 'x', 'affil_id': 1, 'affiliation': 'Univ A', 'country': \
                                None}, {'id': 57193601962, 'affiliation': 'Univ B', 'country': 'China'},)",
            ..Cells::default()
        });
        assert_eq!(byline.authors[0].name, "Li O'Hara");
        assert_eq!(byline.authors[1].name, "Prayag é");
        assert_eq!(byline.authors[1].scopus_id.as_deref(), Some("57193601962"));
        assert_eq!(byline.authors[1].affiliations, ["Univ A", "Univ B, China"]);
        assert!(!byline.broken && !byline.unsplit);
    }

    #[test]
    fn what_breaks_off_is_read_up_to_there() {
        let byline = read(Cells { authors: "({'id': 57953233200, 'name': 'A'}, {'id': 5719", ..Cells::default() });
        assert_eq!((byline.authors.len(), byline.broken), (1, true));
        for text in ["(", "({'id'", "({'id': ", "no tuple", "({'id': '\\u12", "({:}"] {
            assert!(read(Cells { authors: text, ..Cells::default() }).broken, "{text}");
        }
    }
}
