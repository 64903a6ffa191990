//! LaTeX as BibTeX files use it, turned into plain text: accents, letters, signs; commands and braces fall away.

use unicode_normalization::UnicodeNormalization;

use crate::model::text::clean;

/// Accent commands and the combining mark they put on the next letter.
const ACCENTS: [(&str, char); 15] = [
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("r", '\u{30A}'),
    ("H", '\u{30B}'),
    ("v", '\u{30C}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("b", '\u{331}'),
];

/// Commands that stand for a text of their own.
const TEXTS: [(&str, &str); 32] = [
    ("ss", "ß"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("i", "i"),
    ("j", "j"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteright", "’"),
    ("textquoteleft", "‘"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("mu", "μ"),
    ("kappa", "κ"),
    ("delta", "δ"),
    ("times", "×"),
];

/// The plain text of a LaTeX one, fit to be shown: `Bj{\"o}rnson` → `Björnson`, `{\c c}` → `ç`, `A \& B` → `A & B`.
/// A command that is not known leaves its argument.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    // A mark waits for the letter that carries it: LaTeX writes it before, Unicode after.
    let mut mark: Option<char> = None;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => {
                let mut command = String::new();
                match signs.next() {
                    Some(letter) if letter.is_ascii_alphabetic() => {
                        command.push(letter);
                        while let Some(letter) = signs.next_if(char::is_ascii_alphabetic) {
                            command.push(letter);
                        }
                        while signs.next_if(|&space| space == ' ').is_some() {}
                    }
                    Some(other) => command.push(other),
                    None => break,
                }
                if let Some((_, text)) = TEXTS.iter().find(|(name, _)| *name == command) {
                    shown.push_str(text);
                    shown.extend(mark.take());
                } else if let Some((_, accent)) = ACCENTS.iter().find(|(name, _)| *name == command) {
                    // A second accent before any letter: the first has nothing to stand on.
                    mark = Some(*accent);
                } else if command.chars().all(|sign| !sign.is_alphabetic()) {
                    // `\&`, `\%`, `\_`, `\{`; a line break `\\` parts words.
                    shown.push_str(if command == "\\" { " " } else { &command });
                }
            }
            '{' | '}' | '$' => {}
            '~' => shown.push(' '),
            other => {
                shown.push(other);
                if !other.is_whitespace() {
                    shown.extend(mark.take());
                }
            }
        }
    }
    clean(&shown.nfc().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_in_every_dress() {
        let cases = [
            (r#"Bj{\"o}rnson"#, "Björnson"),
            (r#"Bj\"ornson"#, "Björnson"),
            (r#"{\'E}cole"#, "École"),
            (r"Fran{\c c}ois", "François"),
            (r"Fran\c{c}ois", "François"),
            (r"Dvo{\v{r}}{\'a}k", "Dvořák"),
            (r"Erd{\H o}s", "Erdős"),
            (r"Mart{\'\i}n", "Martín"),
            (r"{\O}stergaard and \AA{}rhus", "Østergaard and Århus"),
            (r"Stra{\ss}e", "Straße"),
            (r"A \& B~C, 5\%", "A & B C, 5%"),
            (r"{{Deep \textit{learning}}}", "Deep learning"),
            (r"$\alpha$-synuclein", "α-synuclein"),
            ("trailing \\", "trailing"),
            ("", ""),
        ];
        for (latex, text) in cases {
            assert_eq!(plain(latex), text, "{latex}");
        }
    }
}
