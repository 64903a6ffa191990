//! The authors of one record by name: other fields of it name them again, in the same or another spelling.

use rustc_hash::FxHashMap;

use crate::model::text::{fold, words};

/// The spellings of a record's authors.
#[derive(Debug, Default)]
pub struct AuthorNames {
    printed: FxHashMap<String, Vec<usize>>,
    folded: FxHashMap<String, Vec<usize>>,
    people: Vec<Person>,
}

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
        let short = if short.len() == full.len() { short } else { &[] };
        for (index, name) in full.iter().enumerate().chain(short.iter().enumerate()) {
            for authors in [names.printed.entry(name.clone()).or_default(), names.folded.entry(fold(name)).or_default()]
            {
                if !authors.contains(&index) {
                    authors.push(index);
                }
            }
        }
        names
    }

    /// Positions of the authors that are spelled exactly so, else of those that differ in accents, signs and case alone:
    /// `Wang, Xinyi` is not `Wang, Xin-Yi` where both are listed.
    pub fn exact(&self, name: &str) -> &[usize] {
        self.printed.get(name.trim()).or_else(|| self.folded.get(&fold(name))).map_or(&[], Vec::as_slice)
    }

    /// Positions of the authors meant by `name`: all that are spelled so (namesakes cannot be told apart), else the only
    /// one with that surname and first initial, else the only one whose name holds the same words, else none.
    pub fn find(&self, name: &str) -> Vec<usize> {
        if !self.exact(name).is_empty() {
            return self.exact(name).to_vec();
        }
        let sought = Person::of(name);
        let only = |fits: &dyn Fn(&Person) -> bool| {
            let mut found = self.people.iter().enumerate().filter(|(_, person)| fits(person)).map(|(index, _)| index);
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
