//! The anatomy of one address: university, units in printed order, city, country, another university.

use crate::attribute::affiliation::{Reader, Validity};
use crate::model::unit::UnitIndex;

/// What one printed address holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Address {
    /// It names our university in a known spelling.
    pub home: bool,
    /// It lies in another country.
    pub abroad: bool,
    /// It names a country.
    pub country: bool,
    /// It names our city.
    pub city: bool,
    /// Units named, in printed order, with the years in which the spelling holds; only spellings of one unit.
    pub units: Vec<(UnitIndex, Validity)>,
    /// Words of another university of the home country.
    pub other_university: Option<Vec<String>>,
}

impl Address {
    /// The units whose spelling holds in a year, in printed order.
    pub fn units_in(&self, year: Option<i32>) -> impl Iterator<Item = UnitIndex> {
        self.units.iter().filter(move |(_, valid)| holds(*valid, year)).map(|(unit, _)| *unit)
    }

    /// The units whose spelling was no longer valid in a year.
    pub fn outdated_units(&self, year: Option<i32>) -> impl Iterator<Item = UnitIndex> {
        let ended = move |(_, to): Validity| year.zip(to).is_some_and(|(year, to)| to < year);
        self.units.iter().filter(move |(_, valid)| ended(*valid)).map(|(unit, _)| *unit)
    }
}

fn holds((from, to): Validity, year: Option<i32>) -> bool {
    year.is_none_or(|year| from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to))
}

impl Reader {
    /// Takes an affiliation apart into its addresses.
    pub fn anatomy(&self, printed: &str) -> Vec<Address> {
        let addresses = self.addresses(printed);
        addresses
            .iter()
            .map(|(segments, country)| {
                let abroad = country.is_some() && self.home_country.is_some() && *country != self.home_country;
                let mut address = Address { abroad, country: country.is_some(), ..Address::default() };
                if abroad {
                    return address;
                }
                for segment in segments {
                    let university = self.names_university(segment);
                    address.home |= university.is_some();
                    address.city |= self.names_city(segment);
                    let own = university.map_or(segment.as_slice(), |rest| &segment[..rest]);
                    match self.units.get(own).map(Vec::as_slice) {
                        Some([only]) => address.units.push(*only),
                        Some([first, rest @ ..]) if rest.iter().all(|(unit, _)| *unit == first.0) => {
                            address.units.extend([*first].iter().chain(rest));
                        }
                        Some(_) => {}
                        None if university.is_none() && self.vocabulary.is_higher_education(segment) => {
                            address.other_university = Some(segment.clone());
                        }
                        None => {}
                    }
                }
                address
            })
            .collect()
    }

    /// Whether a segment is or ends with the city, a country and numbers behind it left off.
    fn names_city(&self, segment: &[String]) -> bool {
        if self.city.is_empty() {
            return false;
        }
        let country = (1..=segment.len()).find(|&from| self.countries.exact(&segment[from - 1..]).is_some());
        let mut place = country.map_or(segment, |from| &segment[..from - 1]);
        while let [rest @ .., last] = place {
            if !last.chars().all(|sign| sign.is_ascii_digit()) {
                break;
            }
            place = rest;
        }
        place.ends_with(&self.city) && !self.university.iter().any(|name| name == place)
    }

    /// Whether the words of another university are ours with one word misspelt by one or two letters. Real neighbours
    /// differ as little (Babol, Zabol), so this is for addresses in our own city only.
    pub fn misspells_university(&self, words: &[String]) -> bool {
        self.university.iter().any(|name| {
            let pairs = || name.iter().zip(words).filter(|(ours, theirs)| ours != theirs);
            name.len() == words.len()
                && pairs().count() == 1
                && pairs().all(|(ours, theirs)| (1..=2).contains(&distance(ours, theirs)))
        })
    }

    /// Whether the assessment names a city that an address can lack.
    pub fn has_city(&self) -> bool {
        !self.city.is_empty()
    }
}

/// Letters to insert, delete or exchange (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
