//! What a title says when its dress is taken off: the key under which records of one work meet, and whether the title
//! is that of a notice about another work.

use std::borrow::Cow;

use crate::model::text::words;

/// What kind of record a title or document type tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A published work.
    Work,
    /// A preprint.
    Preprint,
    /// A conference abstract.
    Abstract,
    /// An erratum, corrigendum or correction.
    Erratum,
    /// A notice that retracts a work.
    Retraction,
    /// An expression of concern.
    Concern,
}

impl Kind {
    /// Whether the record is about another one.
    pub fn is_notice(self) -> bool {
        matches!(self, Kind::Erratum | Kind::Retraction | Kind::Concern)
    }
}

/// A title taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// Folded title as a whole, the words of a notice included; empty where there is none.
    pub whole: String,
    /// Folded title without notice words, citation in brackets and translated title; empty where it is too short or
    /// too general to tell works apart.
    pub key: String,
    /// As [`Title::key`] without the subtitle; empty where that is too short, equal to `key` where there is none.
    pub main: String,
    /// What the title itself says about the kind.
    pub notice: Option<Kind>,
    /// The title says that the work is retracted or withdrawn.
    pub retracted: bool,
}

/// Words with which the title of a notice begins. `true` where they say so only before a colon, since a work may begin
/// with them as well.
const NOTICES: [(&str, Kind, bool); 33] = [
    ("retraction notice to", Kind::Retraction, false),
    ("retraction notice for", Kind::Retraction, false),
    ("retraction notice", Kind::Retraction, false),
    ("retraction note to", Kind::Retraction, false),
    ("retraction note", Kind::Retraction, false),
    ("statement of retraction", Kind::Retraction, false),
    ("retraction statement", Kind::Retraction, false),
    ("notice of retraction", Kind::Retraction, false),
    ("withdrawal notice to", Kind::Retraction, false),
    ("withdrawal notice", Kind::Retraction, false),
    ("notice of withdrawal", Kind::Retraction, false),
    ("retraction to", Kind::Retraction, true),
    ("retraction of", Kind::Retraction, true),
    ("retraction", Kind::Retraction, true),
    ("editorial expression of concern", Kind::Concern, false),
    ("expression of concern", Kind::Concern, false),
    ("erratum to", Kind::Erratum, false),
    ("erratum for", Kind::Erratum, false),
    ("erratum", Kind::Erratum, false),
    ("errata to", Kind::Erratum, false),
    ("errata", Kind::Erratum, false),
    ("corrigendum to", Kind::Erratum, false),
    ("corrigendum", Kind::Erratum, false),
    ("corrigenda", Kind::Erratum, false),
    ("author correction", Kind::Erratum, false),
    ("publisher correction", Kind::Erratum, false),
    ("publishers correction", Kind::Erratum, false),
    ("publishers note", Kind::Erratum, true),
    ("addendum to", Kind::Erratum, true),
    ("addendum", Kind::Erratum, true),
    ("correction to", Kind::Erratum, true),
    ("correction for", Kind::Erratum, true),
    ("correction", Kind::Erratum, true),
];

/// Words that a publisher puts before the title of a retracted work.
const RETRACTED: [(&str, bool); 6] = [
    ("retracted article", false),
    ("retracted publication", false),
    ("retracted chapter", false),
    ("retracted", true),
    ("withdrawn article", false),
    ("withdrawn", true),
];

/// Titles made of these words alone are shared by many works.
const GENERAL: &[&str] = &[
    "a",
    "abstract",
    "abstracts",
    "an",
    "and",
    "announcement",
    "annual",
    "article",
    "author",
    "authors",
    "board",
    "book",
    "by",
    "comment",
    "commentary",
    "comments",
    "concern",
    "conference",
    "contents",
    "correction",
    "corrections",
    "correspondence",
    "corrigendum",
    "cover",
    "dear",
    "discussion",
    "editor",
    "editorial",
    "editors",
    "errata",
    "erratum",
    "expression",
    "for",
    "foreword",
    "from",
    "guest",
    "in",
    "index",
    "introduction",
    "invited",
    "issue",
    "letter",
    "letters",
    "memoriam",
    "message",
    "new",
    "news",
    "note",
    "notice",
    "number",
    "obituary",
    "of",
    "on",
    "our",
    "preface",
    "proceedings",
    "publisher",
    "publishers",
    "re",
    "regarding",
    "remarks",
    "rejoinder",
    "replies",
    "reply",
    "report",
    "response",
    "retracted",
    "retraction",
    "review",
    "reviewers",
    "section",
    "special",
    "table",
    "thank",
    "thanks",
    "the",
    "this",
    "to",
    "untitled",
    "volume",
    "welcome",
    "with",
    "withdrawal",
    "withdrawn",
    "workshop",
    "you",
    "پاسخ",
    "سرمقاله",
    "سردبیر",
    "به",
    "نامه",
    "معرفی",
    "کتاب",
    "اصلاحیه",
];

impl Title {
    /// Takes a title apart. `stated` is the kind that the document type states: where it states a notice, weaker words
    /// are taken for one too.
    pub fn of(printed: &str, stated: Option<Kind>) -> Title {
        let plain = without_translation(&without_markup(printed)).to_owned();
        let all = words(&plain);
        let mut title = Title { whole: all.concat(), ..Title::default() };
        let opening = plain.split_once(':').map(|(before, _)| words(before).len());
        let certain = stated.is_some_and(Kind::is_notice);
        let mut skip = 0;
        for (phrase, kind, needs_colon) in NOTICES {
            let length = phrase.split(' ').count();
            if starts_with(&all, phrase) && (!needs_colon || certain || opening == Some(length)) {
                (title.notice, skip) = (Some(kind), length);
                break;
            }
        }
        for (phrase, needs_colon) in RETRACTED {
            let length = phrase.split(' ').count();
            if title.notice.is_none() && starts_with(&all, phrase) && (!needs_colon || opening == Some(length)) {
                (title.retracted, skip) = (true, length);
                break;
            }
        }
        // "Title (Retraction of vol 12, pg 3, 2015)", "Title (vol 12, pg 3, 2018)", "Title [Journal, 12 (2020) 1]".
        let mut body = plain.as_str();
        while let Some((before, inside)) = closing_group(body) {
            let inside = words(inside);
            let first = inside.first().map_or("", String::as_str);
            let cites = inside.iter().any(|word| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
            match first {
                "retraction" if title.notice.is_none() && cites => title.notice = Some(Kind::Retraction),
                "retracted" | "withdrawn" => title.retracted = true,
                _ if cites && (certain || title.notice.is_some()) => {}
                _ => break,
            }
            body = before;
        }
        let skip = skip.min(all.len());
        let base = if body.len() == plain.len() { all } else { words(body) };
        let base = base.get(skip..).unwrap_or_default();
        if tells_apart(base) {
            title.key = base.concat();
        }
        let main = words(before_subtitle(body, if skip > 0 { opening } else { None }));
        let main = main.get(skip..).unwrap_or_default();
        if tells_apart(main) && main.len() >= 5 {
            title.main = main.concat();
        }
        title
    }
}

fn starts_with(words: &[String], phrase: &str) -> bool {
    let mut own = words.iter();
    phrase.split(' ').all(|word| own.next().is_some_and(|own| own == word))
}

/// Whether a title is long and particular enough for a match: three words, sixteen letters, not all of them general.
fn tells_apart(words: &[String]) -> bool {
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    let is_general = |word: &String| GENERAL.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit());
    words.len() >= 3 && letters >= 16 && !words.iter().all(is_general)
}

/// Without HTML and MathML tags and with character references resolved; some exports escape them twice.
fn without_markup(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '&']) {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_owned();
    for _ in 0..2 {
        if !text.contains('&') {
            break;
        }
        for (reference, sign) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&apos;", "'"),
            ("&#39;", "'"),
            ("&nbsp;", " "),
            ("&amp;", "&"),
        ] {
            text = text.replace(reference, sign);
        }
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        plain.push_str(before);
        let is_tag = tag[1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/');
        match tag.find('>') {
            Some(end) if is_tag => rest = &tag[end + 1..],
            _ => {
                plain.push('<');
                rest = &tag[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// `Title; [Título]; [Titre]` → `Title`.
fn without_translation(text: &str) -> &str {
    let text = text.trim();
    match text.find("; [") {
        Some(at) if at > 0 && text.trim_end_matches('.').ends_with(']') => text[..at].trim_end(),
        _ => text,
    }
}

/// What stands before and in the bracket with which a text ends.
fn closing_group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches([' ', '.']);
    let (open, close) = match text.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices().rev() {
        if sign == close {
            depth += 1;
        } else if sign == open {
            depth -= 1;
            if depth == 0 {
                return Some((&text[..at], &text[at + 1..text.len() - 1]));
            }
        }
    }
    None
}

/// The text before its subtitle; a colon that ends the words of a notice parts no subtitle.
fn before_subtitle(text: &str, opening: Option<usize>) -> &str {
    let from = if opening.is_some() { text.find(':').map_or(0, |at| at + 1) } else { 0 };
    let cut = [": ", " - ", " – ", " — ", ". "].iter().filter_map(|sign| text[from..].find(sign)).min();
    cut.map_or(text, |at| &text[..from + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        Title::of(text, None).key
    }

    #[test]
    fn dress_is_taken_off() {
        let bare = key("Growth of SiO2 films on glass");
        for dressed in [
            "Growth of SiO<sub>2</sub> films on glass",
            "Growth of &lt;i&gt;SiO2&lt;/i&gt; films on glass.",
            "Growth of SiO<mml:math><mml:mn>2</mml:mn></mml:math> films on glass; [Crecimiento de películas]",
            "RETRACTED: Growth of SiO2 films on glass (Retracted article. See vol. 12, pg. 3, 2015)",
            "Corrigendum to “Growth of SiO2 films on glass” [J. Glass 12 (2020) 1–9]",
            "Erratum to: Growth of SiO2 films on glass (Glass, (2020), 12(3), 10.1/x)",
        ] {
            assert_eq!(key(dressed), bare, "{dressed}");
        }
        assert_eq!(key("Effect of p < 0.05 and q > 3 on the mean"), "effectofp<005andq>3onthemean");
    }

    #[test]
    fn general_titles_have_no_key() {
        for title in [
            "Editorial",
            "Authors’ reply",
            "Reply to the letter to the editor",
            "Preface",
            "",
            "سرمقاله",
            "Response to comment on review",
        ] {
            assert_eq!(key(title), "", "{title}");
        }
    }

    #[test]
    fn notices_are_told_from_works_about_correction() {
        let notice = |text: &str| Title::of(text, None).notice;
        assert_eq!(notice("Author Correction: Growth of films on glass"), Some(Kind::Erratum));
        assert_eq!(notice("Correction to: Growth of films on glass"), Some(Kind::Erratum));
        assert_eq!(notice("Retraction: Growth of films on glass"), Some(Kind::Retraction));
        assert_eq!(notice("Growth of films (Retraction of vol 12, pg 3, 2015)"), Some(Kind::Retraction));
        assert_eq!(notice("Expression of concern: Growth of films"), Some(Kind::Concern));
        assert_eq!(notice("Correction of refractive errors in children: a trial"), None);
        assert_eq!(notice("Retraction of the nipple in breast cancer"), None);
        assert_eq!(notice("Retracted kernels in wheat: a study"), None);
        let stated = Title::of("Correction to Growth of films on glass", Some(Kind::Erratum));
        assert_eq!((stated.notice, stated.key.as_str()), (Some(Kind::Erratum), "growthoffilmsonglass"));
    }

    #[test]
    fn a_subtitle_is_parted() {
        let title = Title::of("Growth of thin films on glass: a review", None);
        assert_eq!(title.main, "growthofthinfilmsonglass");
        assert_eq!(title.key, "growthofthinfilmsonglassareview");
        assert_eq!(Title::of("Retraction: Growth of thin films on glass: a review", None).main, title.main);
    }
}
