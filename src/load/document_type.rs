//! Document types of all systems, folded to the same words by `data/reference/document_types.toml`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::model::text::{clean, fold};

const DOCUMENT_TYPES: &str = include_str!("../../data/reference/document_types.toml");

/// Folded printed type → place in the list, and the word of the tables.
type Known = FxHashMap<String, (usize, String)>;

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| parse(DOCUMENT_TYPES).expect("a test reads the built-in list"))
}

fn parse(text: &str) -> Result<Known, toml::de::Error> {
    // In file order, which decides between the parts of compound types.
    let order: Vec<&str> =
        text.lines().filter_map(|line| line.split_once(" = ")).map(|(word, _)| word.trim()).collect();
    let lists: std::collections::BTreeMap<String, Vec<String>> = toml::from_str(text)?;
    let mut known = Known::default();
    for (word, printed) in lists {
        let place = order.iter().position(|other| *other == word).unwrap_or(order.len());
        for name in printed.iter().chain([&word]) {
            known.insert(fold(name), (place, word.clone()));
        }
    }
    Ok(known)
}

/// `Conference Paper`, `Proceedings Paper` → `conference_paper`; `Article; Early Access` → `article`; a type that is not
/// listed keeps its own words, joined with `_`; nothing stays nothing.
pub fn fold_document_type(printed: &str) -> String {
    let known = known();
    if let Some((_, word)) = known.get(&fold(printed)) {
        return word.clone();
    }
    let parts = printed.split([';', '|']).filter(|part| !part.trim().is_empty());
    match parts.filter_map(|part| known.get(&fold(part))).min() {
        Some((_, word)) => word.clone(),
        None => clean(printed)
            .to_lowercase()
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("_"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_for_all_systems() {
        assert!(parse(DOCUMENT_TYPES).is_ok_and(|known| known.len() > 50));
        for (printed, word) in [
            ("Conference Paper", "conference_paper"),
            ("Proceedings Paper", "conference_paper"),
            ("conference proceedings article", "conference_paper"),
            ("journal article", "article"),
            ("Article; Early Access", "article"),
            ("Article; Proceedings Paper", "article"),
            ("Review; Book Chapter", "book_chapter"),
            ("Article; Retracted Publication", "retracted"),
            ("Retraction", "retraction"),
            ("Editorial Material", "editorial"),
            ("Meeting Abstract", "meeting_abstract"),
            ("book-chapter", "book_chapter"),
            ("Article in Press", "article_in_press"),
            ("Some New Kind", "some_new_kind"),
            ("", ""),
        ] {
            assert_eq!(fold_document_type(printed), word, "{printed}");
        }
    }
}
