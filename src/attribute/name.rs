//! Names of people in Latin letters: what they have in common however they are transliterated.
//!
//! A printed name has several *readings*, because `Mohammad Reza Karimi` does not say where the surname begins. Words
//! are brought to a common spelling by `data/reference/name_variants.toml`: stems first (Muhammad → Mohammad), then
//! sounds (gh/q, ou/u/oo, ee/i), then doubled letters and the silent final h.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::model::text::words;

/// Readings kept of one name at most.
const MOST_READINGS: usize = 6;
/// Letters of a block that is initials although no full stop says so: `Karimi MR`.
const MOST_BARE_INITIALS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    titles: FxHashSet<String>,
    glued_titles: Vec<String>,
    surname_endings: FxHashSet<String>,
    surname_beginnings: FxHashSet<String>,
    compounds: Vec<String>,
    initials: Vec<String>,
    two_letter_initials: FxHashSet<String>,
    students: Vec<String>,
    letters: Vec<(String, String)>,
    stems: Vec<Vec<String>>,
}

/// Knows which spellings are one name.
pub struct NameRules {
    file: File,
    /// Spelling → the one kept, longer spellings first.
    stems: Vec<(String, String)>,
}

/// One word of the given names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    /// Common spelling; of an initial, the class of the letter.
    key: String,
    /// Class of its first letter.
    initial: char,
    /// Whether more than the first letter is known.
    whole: bool,
}

/// How sure it is which words are the surname.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// As a comma or initials show, or as English prints it.
    Usual,
    /// Without the second word of the surname.
    Dropped,
    /// Surname and given name exchanged.
    Swapped,
}

/// One way to read a printed name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReading {
    /// Surname in the common spelling, without spaces.
    pub surname: String,
    /// How the words were taken.
    pub order: Order,
    given: Vec<Given>,
    /// Surname and given names as printed and folded, without spaces.
    printed: String,
    titled: bool,
}

/// How much the given names of two readings with the same surname agree, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Initials agree as far as both have them; one has more.
    SomeInitials,
    /// All initials agree.
    Initials,
    /// One of several given names is missing on one side.
    Partial,
    /// A whole given name agrees, and the initials beside it as far as both have them: `Richard P.` and `Richard`.
    WithInitials,
    /// The same name in another transliteration.
    Variant,
    /// The same letters.
    Same,
}

impl Agreement {
    /// Whether a whole given name was compared.
    pub fn is_full(self) -> bool {
        self >= Agreement::Partial
    }
}

impl NameRules {
    /// The built-in rules.
    pub fn built_in() -> Self {
        let file: File = toml::from_str(include_str!("../../data/reference/name_variants.toml"))
            .expect("the built-in name variants are checked by a test");
        let mut stems: Vec<(String, String)> = file
            .stems
            .iter()
            .filter_map(|spellings| spellings.split_first())
            .flat_map(|(kept, others)| others.iter().map(move |other| (other.clone(), kept.clone())))
            .collect();
        stems.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        NameRules { file, stems }
    }

    /// The common spelling of a folded word; empty where it has letters that are not Latin.
    pub fn key(&self, word: &str) -> String {
        if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return String::new();
        }
        let mut key = word.to_owned();
        for (other, kept) in &self.stems {
            if key.contains(other.as_str()) && !key.contains(kept.as_str()) {
                key = key.replace(other, kept);
            }
        }
        for (letters, sound) in &self.file.letters {
            key = key.replace(letters, sound);
        }
        let mut simple = String::with_capacity(key.len());
        for letter in key.chars() {
            if !simple.ends_with(letter) {
                simple.push(letter);
            }
        }
        // Fatemeh, Fateme: the final h is silent behind a vowel.
        if simple.len() > 3 && simple.ends_with("ih") {
            simple.pop();
        }
        simple
    }

    fn initial(&self, word: &str) -> Option<char> {
        let first = word.chars().next().filter(char::is_ascii_lowercase)?;
        let class = self.file.initials.iter().find(|class| class.contains(first));
        class.and_then(|class| class.chars().next()).or(Some(first))
    }

    /// Whether an affiliation says that the author is a student.
    pub fn names_student(&self, affiliation: &str) -> bool {
        let affiliation = words(affiliation).join(" ");
        self.file.students.iter().any(|phrase| affiliation.contains(phrase.as_str()))
    }

    /// The readings of a printed name; none where it has no Latin surname and given name.
    pub fn read(&self, printed: &str) -> Vec<NameReading> {
        let mut readings = Vec::new();
        let mut parts = printed.split(',');
        let (before, after) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if words(after).is_empty() {
            self.read_without_comma(before, &mut readings);
        } else {
            self.add_surname_first(&words(before), &given_words(after), &mut readings);
            let (surname, given) = (words(after), words(before));
            if surname.iter().chain(&given).all(|word| word.len() > 1) {
                self.add(&surname, &given, Order::Swapped, &mut readings);
            }
        }
        readings.truncate(MOST_READINGS);
        readings
    }

    fn read_without_comma(&self, printed: &str, readings: &mut Vec<NameReading>) {
        let blocks: Vec<&str> = printed.split_whitespace().collect();
        let is_initials = |block: &&str| is_initials(block, printed);
        let trailing = blocks.iter().rev().take_while(|block| is_initials(block)).count();
        let leading = blocks.iter().take_while(|block| is_initials(block)).count();
        if blocks.len() < 2 || trailing == blocks.len() {
            return;
        }
        if trailing > 0 {
            let (surname, given) = blocks.split_at(blocks.len() - trailing);
            self.add_surname_first(&words(&surname.join(" ")), &given_words(&given.join(" ")), readings);
        } else if leading > 0 {
            let (given, surname) = blocks.split_at(leading);
            // `M. Reza Karimi`: only the last words can be the surname.
            let rest = words(&surname.join(" "));
            let start = self.surname_start(&rest);
            let given = [given_words(&given.join(" ")), rest[..start].to_vec()].concat();
            self.add_surname_first(&rest[start..], &given, readings);
        } else {
            let all = words(printed);
            let start = self.surname_start(&all);
            self.add_surname_first(&all[start..], &all[..start], readings);
            if start > 1 && all.len() > 2 && start + 1 == all.len() {
                self.add_surname_first(&all[start - 1..], &all[..start - 1], readings);
            }
            self.add(&all[..1], &all[1..], Order::Swapped, readings);
        }
    }

    /// Where the surname begins in a name printed in its natural order: its last word, and what belongs to that.
    fn surname_start(&self, words: &[String]) -> usize {
        let mut start = words.len().saturating_sub(1);
        if start > 1 && self.file.surname_endings.contains(&words[start]) {
            start -= 1;
        }
        while start > 1 && self.file.surname_beginnings.contains(&words[start - 1]) {
            start -= 1;
        }
        start
    }

    /// The reading with the whole surname, and the one without its second word.
    fn add_surname_first(&self, surname: &[String], given: &[String], readings: &mut Vec<NameReading>) {
        self.add(surname, given, Order::Usual, readings);
        if let [first, second, ..] = surname
            && !self.file.surname_endings.contains(second)
            && !self.file.surname_beginnings.contains(first)
        {
            self.add(std::slice::from_ref(first), given, Order::Dropped, readings);
        }
    }

    fn add(&self, surname: &[String], given: &[String], order: Order, readings: &mut Vec<NameReading>) {
        let key = self.key(&surname.iter().filter(|w| !self.file.titles.contains(*w)).cloned().collect::<String>());
        let printed = format!("{}|", surname.concat());
        let mut reading = NameReading { surname: key, order, given: Vec::new(), printed, titled: false };
        for word in given {
            let mut word = word.as_str();
            if let Some(rest) = self.file.glued_titles.iter().find_map(|title| word.strip_prefix(title.as_str()))
                && rest.len() > 2
            {
                reading.titled = true;
                word = rest;
            }
            if self.file.titles.contains(word) {
                reading.titled = true;
                continue;
            }
            reading.printed.push_str(word);
            for part in self.split_compound(word) {
                let Some(initial) = self.initial(part) else { continue };
                let whole = part.len() > 1 && !self.file.two_letter_initials.contains(part);
                let key = if whole { self.key(part) } else { initial.to_string() };
                if !key.is_empty() {
                    reading.given.push(Given { key, initial, whole });
                }
            }
        }
        if reading.surname.len() > 1 && !reading.given.is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    }

    fn split_compound<'w>(&self, word: &'w str) -> Vec<&'w str> {
        for start in &self.file.compounds {
            if let Some(rest) = word.strip_prefix(start.as_str())
                && rest.len() > 2
            {
                return vec![&word[..start.len()], rest];
            }
        }
        vec![word]
    }
}

impl NameReading {
    /// How far two readings agree, and how the words had to be taken for that; `None` where they are of two persons.
    /// One side may have lost a word or be exchanged, not both.
    pub fn meets(&self, other: &NameReading) -> Option<(Agreement, Order)> {
        let order = match (self.order, other.order) {
            (Order::Usual, order) | (order, Order::Usual) => order,
            _ => return None,
        };
        if self.surname != other.surname {
            return None;
        }
        Some((self.agreement(other)?, order))
    }

    fn agreement(&self, other: &NameReading) -> Option<Agreement> {
        let best = |one: &[Given], two: &[Given]| agreement(one, two);
        let mut found = best(&self.given, &other.given);
        // `Karimi, S.M.` may be Seyed Mohammad: the title has an initial too.
        for (one, two) in [(self, other), (other, self)] {
            let begins_with_s = one.given.first().is_some_and(|given| !given.whole && given.initial == 's');
            if two.titled && begins_with_s && one.given.len() > 1 {
                found = found.max(best(&one.given[1..], &two.given));
            }
        }
        match found? {
            Agreement::Variant if self.printed == other.printed => Some(Agreement::Same),
            found => Some(found),
        }
    }
}

fn agreement(one: &[Given], two: &[Given]) -> Option<Agreement> {
    let joined = |given: &[Given]| given.iter().map(|part| part.key.as_str()).collect::<String>();
    let all_whole = one.iter().chain(two).all(|part| part.whole);
    if all_whole {
        if joined(one) == joined(two) {
            return Some(Agreement::Variant);
        }
        let (short, long) = if one.len() <= two.len() { (one, two) } else { (two, one) };
        let contained = short.iter().all(|part| long.iter().any(|other| other.key == part.key));
        return (contained && short.len() < long.len()).then_some(Agreement::Partial);
    }
    let fits = |(a, b): (&Given, &Given)| if a.whole && b.whole { a.key == b.key } else { a.initial == b.initial };
    if one.is_empty() || two.is_empty() || !one.iter().zip(two).all(fits) {
        return None;
    }
    let whole = one.iter().zip(two).any(|(a, b)| a.whole && b.whole);
    Some(match one.len() == two.len() {
        _ if whole => Agreement::WithInitials,
        true => Agreement::Initials,
        false => Agreement::SomeInitials,
    })
}

/// Words of given names; a block of bare capitals is one initial per letter.
fn given_words(printed: &str) -> Vec<String> {
    printed
        .split_whitespace()
        .flat_map(|block| {
            let bare = block.len() <= MOST_BARE_INITIALS && block.bytes().all(|byte| byte.is_ascii_uppercase());
            if bare { block.chars().map(|c| c.to_ascii_lowercase().to_string()).collect() } else { words(block) }
        })
        .collect()
}

/// `M.R.`, `M.-R.`, `M`, or `MR` in a name that has small letters elsewhere.
fn is_initials(block: &str, name: &str) -> bool {
    let letters = words(block);
    if !letters.is_empty() && letters.iter().all(|word| word.chars().count() == 1) {
        return true;
    }
    let mixed = name.chars().any(char::is_lowercase);
    mixed && block.len() <= MOST_BARE_INITIALS && block.bytes().all(|byte| byte.is_ascii_uppercase())
        || block.ends_with('.') && letters.iter().all(|word| word.len() <= 2)
}
