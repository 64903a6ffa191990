//! Document types of all systems under one set of names, those that Scopus has: `article`, `conference_paper` …

use crate::model::text::words;

/// Names of other systems, their words joined by `_`, and the name used here. A name that is not listed stays.
const SAME: &[(&str, &str)] = &[
    ("journal_article", "article"),
    ("research_article", "article"),
    ("proceedings_paper", "conference_paper"),
    ("proceedings_article", "conference_paper"),
    ("inproceedings", "conference_paper"),
    ("conference", "conference_paper"),
    ("meeting", "meeting_abstract"),
    ("abstract_of_published_item", "meeting_abstract"),
    ("editorial_material", "editorial"),
    ("correction", "erratum"),
    ("correction_addition", "erratum"),
    ("published_erratum", "erratum"),
    ("corrected_and_republished_article", "article"),
    ("retraction_of_publication", "retraction"),
    ("retraction_notice", "retraction"),
    ("systematic_review", "review"),
    ("scoping_review", "review"),
    ("review_article", "review"),
    ("incollection", "book_chapter"),
    ("inbook", "book_chapter"),
    ("news_item", "news"),
    ("newspaper_article", "news"),
    ("biographical_item", "biography"),
    ("phdthesis", "dissertation"),
    ("mastersthesis", "dissertation"),
    ("thesis", "dissertation"),
    ("techreport", "report"),
    ("posted_content", "preprint"),
    ("unpublished", "preprint"),
    ("misc", "other"),
];

/// Words of Web of Science that state how a document was published, not what it is.
const STATES: [&str; 6] = [
    "early_access",
    "retracted_publication",
    "withdrawn_publication",
    "publication_with_expression_of_concern",
    "item_withdrawal",
    "item_about_an_individual",
];

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

/// One type under the name used here: `Proceedings Paper` → `conference_paper`. An unknown one is only folded.
pub fn folded(text: &str) -> String {
    let name = words(text).join("_");
    SAME.iter().find(|(other, _)| *other == name).map_or(name, |(_, own)| (*own).to_owned())
}

/// The type of a Web of Science record such as `Article; Early Access`. One that is an article and a proceedings paper
/// at once is what its source is: an article in a journal, a paper elsewhere.
pub fn of_web_of_science(types: &str, in_journal: bool) -> String {
    let types: Vec<String> =
        types.split(';').map(folded).filter(|name| !name.is_empty() && !STATES.contains(&name.as_str())).collect();
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
    let types: Vec<String> = types.into_iter().map(folded).collect();
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
        assert_eq!(folded("book-chapter"), "book_chapter");
        assert_eq!(folded("Short Survey"), "short_survey");
    }
}
