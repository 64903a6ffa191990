//! Document types of all systems, folded to the same words by `data/reference/document_types.toml`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::model::text::{clean, fold, words};

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

/// Words of Web of Science that state how a document was published, not what it is.
const STATES: [&str; 4] = ["early_access", "retracted", "publication_with_expression_of_concern", "item_withdrawal"];

/// MEDLINE types that decide, the strongest first; a record has many.
const MEDLINE: [&str; 12] = [
    "retraction",
    "erratum",
    "preprint",
    "letter",
    "editorial",
    "news",
    "biography",
    "interview",
    "review",
    "meeting_abstract",
    "article",
    "comment",
];

/// The type of a Web of Science record such as `Article; Early Access`. One that is an article and a proceedings paper
/// at once is what its source is: an article in a journal, a paper elsewhere.
pub fn of_web_of_science(types: &str, in_journal: bool) -> String {
    let types: Vec<String> = types
        .split(';')
        .map(fold_document_type)
        .filter(|name| !name.is_empty() && !STATES.contains(&name.as_str()))
        .collect();
    let has = |name: &str| types.iter().any(|own| own == name);
    if has("book_chapter") {
        "book_chapter".to_owned()
    } else if has("article") && has("conference_paper") {
        if in_journal { "article" } else { "conference_paper" }.to_owned()
    } else {
        types.into_iter().next().unwrap_or_default()
    }
}

/// Whether a Web of Science type says that the work was retracted.
pub fn is_retracted(types: &str) -> bool {
    types.split(';').any(|part| words(part).concat() == "retractedpublication")
}

/// The type of a MEDLINE record by the strongest of its types; a meta-analysis that is not also called a review is an
/// article. A record that has only types of funding or study is an article too.
pub fn of_medline<'a>(types: impl IntoIterator<Item = &'a str>) -> String {
    let types: Vec<String> = types.into_iter().map(fold_document_type).collect();
    let found = MEDLINE.iter().find(|name| types.iter().any(|own| own == *name));
    match (found, types.is_empty()) {
        (Some(name), _) => (*name).to_owned(),
        (None, true) => String::new(),
        (None, false) => "article".to_owned(),
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

    #[test]
    fn one_name_for_all_systems() {
        assert_eq!(of_web_of_science("Article; Early Access", true), "article");
        assert_eq!(of_web_of_science("Article; Proceedings Paper", true), "article");
        assert_eq!(of_web_of_science("Article; Proceedings Paper", false), "conference_paper");
        assert_eq!(of_web_of_science("Article; Book Chapter", false), "book_chapter");
        assert_eq!(of_web_of_science("Correction; Early Access", true), "erratum");
        assert_eq!(of_web_of_science("Meeting Abstract", true), "meeting_abstract");
        assert!(is_retracted("Article; Retracted Publication"));
        assert!(!is_retracted("Retraction"));
        assert_eq!(of_medline(["Journal Article", "Systematic Review"]), "review");
        assert_eq!(of_medline(["Journal Article", "Comment"]), "article");
        assert_eq!(of_medline(["Letter", "Comment", "Research Support, N.I.H., Extramural"]), "letter");
        assert_eq!(of_medline(["Multicenter Study"]), "article");
        assert_eq!(fold_document_type("book-chapter"), "book_chapter");
        assert_eq!(fold_document_type("Short Survey"), "short_survey");
    }
}
