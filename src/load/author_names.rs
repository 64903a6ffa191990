//! The authors of one record by name: other fields of it name them again, in the same or another spelling.

use rustc_hash::FxHashMap;

use crate::model::text::{fold, words};

/// The spellings of a record's authors.
#[derive(Debug, Default)]
pub struct AuthorNames {
    printed: FxHashMap<String, Vec<usize>>,
    folded: FxHashMap<String, Vec<usize>>,
    people: Vec<Person>,
    /// Authors by each word of their names.
    by_word: FxHashMap<String, Vec<usize>>,
}

/// Authors of one record that may share a spelling. More are no namesakes but a damaged or hostile list, where giving
/// everything to everybody would grow without bound.
const NAMESAKES: usize = 8;

/// Authors compared with a name that is spelled as none of them.
const COMPARED: usize = 1000;

#[derive(Debug)]
struct Person {
    surname: String,
    initial: Option<char>,
    words: Vec<String>,
}

impl Person {
    fn of(name: &str) -> Person {
        let (surname, given) = name.split_once(',').unwrap_or((name, ""));
        Person { surname: fold(surname), initial: fold(given).chars().next(), words: words(name) }
    }

    /// Whether all words of the shorter name occur in the longer one, two at least.
    fn shares_words(&self, other: &Person) -> bool {
        let (few, many) = if self.words.len() <= other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        few.len() >= 2 && few.iter().all(|word| many.contains(word))
    }
}

impl AuthorNames {
    /// Authors in order by their full names (`Surname, First`), with their short names (`Surname, F`) where there are as
    /// many of them.
    pub fn new(full: &[String], short: &[String]) -> Self {
        let mut names = AuthorNames { people: full.iter().map(|name| Person::of(name)).collect(), ..Self::default() };
        for (index, person) in names.people.iter().enumerate() {
            for word in &person.words {
                names.by_word.entry(word.clone()).or_default().push(index);
            }
        }
        let short = if short.len() == full.len() { short } else { &[] };
        for (index, name) in full.iter().enumerate().chain(short.iter().enumerate()) {
            for authors in [names.printed.entry(name.clone()).or_default(), names.folded.entry(fold(name)).or_default()]
            {
                if authors.len() <= NAMESAKES && !authors.contains(&index) {
                    authors.push(index);
                }
            }
        }
        names
    }

    /// Positions of the authors that are spelled exactly so, else of those that differ in accents, signs and case alone:
    /// `Wang, Xinyi` is not `Wang, Xin-Yi` where both are listed.
    pub fn exact(&self, name: &str) -> &[usize] {
        let found = self.printed.get(name.trim()).or_else(|| self.folded.get(&fold(name)));
        found.filter(|authors| authors.len() <= NAMESAKES).map_or(&[], Vec::as_slice)
    }

    /// Positions of the authors meant by `name`: all that are spelled so (namesakes cannot be told apart), else the only
    /// one with that surname and first initial, else the only one whose name holds the same words, else none.
    pub fn find(&self, name: &str) -> Vec<usize> {
        if !self.exact(name).is_empty() {
            return self.exact(name).to_vec();
        }
        let sought = Person::of(name);
        // Either test needs a word in common.
        let lists = sought.words.iter().filter_map(|word| self.by_word.get(word));
        let mut near: Vec<usize> = lists.flatten().copied().take(COMPARED + 1).collect();
        if near.len() > COMPARED {
            return Vec::new();
        }
        near.sort_unstable();
        near.dedup();
        let only = |fits: &dyn Fn(&Person) -> bool| {
            let mut found = near.iter().copied().filter(|index| fits(&self.people[*index]));
            found.next().filter(|_| found.next().is_none())
        };
        let by_initial = only(&|person| {
            !sought.surname.is_empty()
                && person.surname == sought.surname
                && person.initial.is_some()
                && person.initial == sought.initial
        });
        by_initial.or_else(|| only(&|person| person.shares_words(&sought))).into_iter().collect()
    }

    /// The one author meant by `name`.
    pub fn one(&self, name: &str) -> Option<usize> {
        match self.find(name).as_slice() {
            [author] => Some(*author),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_in_other_spellings() {
        let full =
            ["Büyükkidik, Serap", "Lopez, Alejandro Carlos Campina", "Wang, Wei", "Wang, Wen"].map(str::to_owned);
        let short = ["Büyükkidik, S", "López, ACC", "Wang, W", "Wang, W"].map(str::to_owned);
        let names = AuthorNames::new(&full, &short);
        assert_eq!(names.find("Buyukkidik, Serap"), [0]);
        assert_eq!(names.one("Campina-López, Alejandro"), Some(1));
        assert_eq!(names.find("Wang, W"), [2, 3]);
        assert_eq!(names.one("Wang, W"), None);
        assert_eq!(names.one("Wang, Wen"), Some(3));
        assert!(names.find("Ito, Ken").is_empty());
        assert!(names.find("").is_empty());
    }
}
