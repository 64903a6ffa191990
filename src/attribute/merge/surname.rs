//! Names of authors across exports: `Hao, Jie`, `Hao J.`, `HAO JC` and `Jie Hao` are one person's.

use crate::model::text::words;

/// An author's name, as far as it tells the surname.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// Folded surname where the way of writing marks it: before a comma, or before initials.
    pub surname: Option<String>,
    /// All folded words.
    words: Vec<String>,
}

impl Name {
    /// Reads a printed name.
    pub fn of(printed: &str) -> Name {
        // An id that stayed behind the name is no part of it.
        let printed = printed.split('(').next().unwrap_or_default().trim();
        let all = words(printed);
        let surname = match printed.split_once([',', '،']) {
            Some((before, _)) => Some(words(before).concat()),
            None => before_initials(printed),
        };
        Name { surname: surname.filter(|surname| !surname.is_empty()), words: all }
    }

    /// Whether nothing can be told from the name.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// The surname; where the way of writing does not mark it, the one of `known` that the name ends or begins with,
    /// else the last word.
    pub fn among(&self, known: impl Fn(&str) -> bool) -> String {
        if let Some(surname) = &self.surname {
            return surname.clone();
        }
        let ends = (0..self.words.len()).map(|from| self.words[from..].concat());
        let begins = (1..self.words.len()).rev().map(|to| self.words[..to].concat());
        let fitting = ends.chain(begins).find(|part| known(part));
        fitting.or_else(|| self.words.last().cloned()).unwrap_or_default()
    }

    /// Whether two names may be one person's: same surname.
    pub fn agrees(&self, other: &Name) -> bool {
        if self.is_blank() || other.is_blank() {
            return false;
        }
        let own = self.among(|part| other.surname.as_deref() == Some(part));
        own == other.among(|part| part == own)
    }
}

/// `Hao J.C.`, `van der Berg JC` → the words before the initials.
fn before_initials(printed: &str) -> Option<String> {
    let parts: Vec<&str> = printed.split_whitespace().collect();
    let first_initials = parts.iter().rposition(|part| !is_initials(part)).map_or(0, |last| last + 1);
    (first_initials > 0 && first_initials < parts.len()).then(|| words(&parts[..first_initials].join(" ")).concat())
}

/// `J.C.`, `K.-C.`, `JC`, `J`: capitals, each for a name.
fn is_initials(part: &str) -> bool {
    let letters: Vec<char> = part.chars().filter(|sign| sign.is_alphabetic()).collect();
    let pointed = part.contains('.') && part.split(['.', '-']).all(|piece| piece.chars().count() <= 2);
    !letters.is_empty() && (pointed || letters.len() <= 3 && letters.iter().all(|sign| sign.is_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_every_way_of_writing() {
        let ways = [
            "Martínez-Santos, Juan Carlos",
            "Martínez-Santos J.C.",
            "MARTINEZ SANTOS JC",
            "Juan Carlos Martínez-Santos",
        ];
        for a in ways {
            for b in ways {
                assert!(Name::of(a).agrees(&Name::of(b)), "{a} | {b}");
            }
            assert!(!Name::of(a).agrees(&Name::of("Jie Hao")), "{a}");
            assert!(!Name::of(a).agrees(&Name::of("")), "{a}");
        }
        assert!(!Name::of("").agrees(&Name::of("")));
        assert!(Name::of("Hao Jie").agrees(&Name::of("Hao, Jie")), "the surname first without a comma");
        assert!(!Name::of("Hao, Jie").agrees(&Name::of("Jie, Hao")));
    }
}
