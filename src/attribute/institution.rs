//! From a printed affiliation to an institution: `Univ Calif Berkeley, USA` to `University of California - Berkeley`.
//!
//! Lists of people cut the words of an institution's name and leave campus, order and parts to the reader. Two names are
//! compared word by word in their order; words may be cut only as `data/reference/institution_words.toml` says. A country
//! that is printed must be the institution's. Another name of the institution (`Caltech`) is one of its spellings.

use crate::attribute::country::{Countries, CountryIndex};
use crate::attribute::institution_words::{InstitutionWords, Name, Word, are_same};
use crate::attribute::vocabulary::Vocabulary;

/// How a printed name agrees with an institution's, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// A hospital of it, `university` standing elsewhere: `Bern Univ Hosp`, University of Bern.
    BodySwapped,
    /// `university` stands elsewhere: `Univ Utrecht`, Utrecht University. In one country two universities may differ by
    /// that alone (Washington University, University of Washington).
    Swapped,
    /// The campus is not printed: `Univ Michigan`, University of Michigan-Ann Arbor.
    WithoutCampus,
    /// A part of it: a hospital, school, department … beside the whole name.
    Body,
    /// The whole name.
    Whole,
}

impl Agreement {
    /// Whether it holds without knowing the other institutions there are.
    pub fn is_sure(self) -> bool {
        self >= Agreement::Body
    }
}

/// What a printed affiliation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One institution, by its index.
    One(usize, Agreement),
    /// Several institutions equally well: the campus is not printed.
    Several(Vec<usize>),
    /// None of them.
    Nothing,
}

/// Institutions by all their spellings.
pub struct Directory {
    words: InstitutionWords,
    vocabulary: Vocabulary,
    countries: Countries,
    /// Territories that lists print under another country: `(country, territory)`.
    territories: Vec<(CountryIndex, CountryIndex)>,
    institutions: Vec<Institution>,
}

struct Institution {
    country: Option<CountryIndex>,
    whole: Vec<Name>,
    without_campus: Vec<Name>,
    without_university: Vec<Name>,
}

/// One way to read a printed name, with what may be left out of it.
struct Reading {
    name: Name,
    /// Only what stands between two commas.
    is_part: bool,
    /// Without a hospital, school or other part.
    without_body: Vec<Name>,
    /// The name, and then each of `without_body`, without the word `university`.
    without_university: Vec<Option<Name>>,
}

impl Directory {
    /// A directory of institutions, each with its spellings and its country (empty where it is not known).
    pub fn new<'a>(institutions: impl IntoIterator<Item = (Vec<&'a str>, &'a str)>) -> Self {
        let vocabulary = Vocabulary::built_in();
        let countries = Countries::built_in(&vocabulary);
        let words = InstitutionWords::built_in();
        let index = |name: &str| countries.exact(&vocabulary.tokens(name));
        let territories =
            words.territories().filter_map(|(country, name)| Some((index(country)?, index(name)?))).collect();
        let mut directory = Directory { words, vocabulary, countries, territories, institutions: Vec::new() };
        for (spellings, country) in institutions {
            let institution = directory.institution(&spellings, country);
            directory.institutions.push(institution);
        }
        directory
    }

    fn institution(&self, spellings: &[&str], country: &str) -> Institution {
        let country = self.country(country);
        let (mut whole, mut without_campus) = (Vec::new(), Vec::new());
        for printed in spellings {
            let (name, _) = self.without_country(printed);
            for spelling in [without_brackets(name), name.to_owned()].into_iter().chain(acronym(name)) {
                add(&mut whole, self.words.read(&spelling));
            }
            let head = self.words.read(before_campus(name));
            if head.len() > 1 && head.iter().any(|word| self.words.is_university(word)) {
                add(&mut without_campus, head);
            }
        }
        without_campus.retain(|head| !whole.contains(head));
        let without_university = whole.iter().filter_map(|name| self.without_university(name)).collect();
        Institution { country, whole, without_campus, without_university }
    }

    fn country(&self, printed: &str) -> Option<CountryIndex> {
        self.countries.exact(&self.vocabulary.tokens(printed))
    }

    /// A printed name, and the country that stands behind its last comma.
    fn without_country<'t>(&self, printed: &'t str) -> (&'t str, Option<CountryIndex>) {
        match printed.rsplit_once(',') {
            Some((name, last)) => match self.country(last) {
                Some(country) => (name, Some(country)),
                None => (printed, None),
            },
            None => (printed, None),
        }
    }

    /// The institution that a printed affiliation names. Of several affiliations (`; ` between them) the first that names
    /// one counts.
    pub fn find(&self, printed: &str) -> Found {
        let mut found = printed.split(';').map(|affiliation| self.find_one(affiliation));
        found.find(|found| *found != Found::Nothing).unwrap_or(Found::Nothing)
    }

    fn find_one(&self, affiliation: &str) -> Found {
        let (name, country) = self.without_country(affiliation);
        let readings = self.readings(name, country);
        let mut best: Option<Agreement> = None;
        let mut found: Vec<usize> = Vec::new();
        for (index, institution) in self.institutions.iter().enumerate() {
            if !self.may_be_in(country, institution.country) {
                continue;
            }
            let agreement = readings.iter().filter_map(|reading| institution.agreement(reading)).max();
            if agreement.is_some() && agreement >= best {
                if agreement > best {
                    found.clear();
                }
                best = agreement;
                found.push(index);
            }
        }
        match (best, found.as_slice()) {
            (Some(agreement), [only]) => Found::One(*only, agreement),
            (Some(_), _) => Found::Several(found),
            (None, _) => Found::Nothing,
        }
    }

    /// The ways to read a name: as a whole, without the country at its end (`China Med Univ Taiwan, Taiwan`), and the parts
    /// between its commas.
    fn readings(&self, name: &str, country: Option<CountryIndex>) -> Vec<Reading> {
        let plain = without_brackets(name);
        let mut readings = vec![self.reading(&plain, false)];
        let blocks: Vec<&str> = plain.split_whitespace().collect();
        let is_country = |from: &usize| country.is_some() && self.country(&blocks[*from..].join(" ")) == country;
        if let Some(end) = (1..blocks.len()).find(is_country) {
            readings.push(self.reading(blocks[..end].join(" ").trim_end_matches(['-', ' ']), false));
        }
        if plain.contains(',') {
            readings.extend(plain.split(',').map(|segment| self.reading(segment, true)));
        }
        readings.retain(|reading| !reading.name.is_empty());
        readings
    }

    fn reading(&self, printed: &str, is_part: bool) -> Reading {
        let name = self.words.read(printed);
        let without_body = if is_part { Vec::new() } else { self.without_bodies(&name) };
        let without_university =
            std::iter::once(&name).chain(&without_body).map(|name| self.without_university(name)).collect();
        Reading { name, is_part, without_body, without_university }
    }

    /// Whether an institution may lie where the list says; an unknown country agrees with all.
    fn may_be_in(&self, printed: Option<CountryIndex>, own: Option<CountryIndex>) -> bool {
        let (Some(printed), Some(own)) = (printed, own) else { return true };
        printed == own || self.territories.contains(&(printed, own))
    }

    /// The name without a part of the university that it names: `Univ Chicago Med Ctr`, `Univ Med Ctr Utrecht`.
    fn without_bodies(&self, name: &[Word]) -> Vec<Name> {
        let mut rests = Vec::new();
        for start in 0..name.len() {
            if start > 0 && name[start..].iter().any(|word| self.words.is_body(word)) {
                rests.push(name[..start].to_vec());
            }
            for end in start + 1..name.len() {
                if self.words.is_hospital(&name[start..end]) {
                    rests.push([&name[..start], &name[end..]].concat());
                }
            }
        }
        rests
    }

    /// The name without the word `university`, where it has that once.
    fn without_university(&self, name: &[Word]) -> Option<Name> {
        let mut places = (0..name.len()).filter(|&at| self.words.is_university(&name[at]));
        let (Some(at), None) = (places.next(), places.next()) else { return None };
        Some([&name[..at], &name[at + 1..]].concat()).filter(|rest| !rest.is_empty())
    }
}

impl Institution {
    fn agreement(&self, reading: &Reading) -> Option<Agreement> {
        let is = |spellings: &[Name], name: &[Word]| spellings.iter().any(|spelling| are_same(name, spelling));
        if is(&self.whole, &reading.name) {
            return Some(if reading.is_part { Agreement::Body } else { Agreement::Whole });
        }
        if reading.is_part {
            return None;
        }
        if reading.without_body.iter().any(|rest| is(&self.whole, rest)) {
            return Some(Agreement::Body);
        }
        if is(&self.without_campus, &reading.name) {
            return Some(Agreement::WithoutCampus);
        }
        let mut rests = reading.without_university.iter();
        let swapped = rests.position(|rest| rest.as_ref().is_some_and(|rest| is(&self.without_university, rest)))?;
        Some(if swapped == 0 { Agreement::Swapped } else { Agreement::BodySwapped })
    }
}

fn add(names: &mut Vec<Name>, name: Name) {
    if !name.is_empty() && !names.contains(&name) {
        names.push(name);
    }
}

/// A name without what stands in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(name.len());
    for sign in name.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            sign if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain
}

/// What stands in brackets, where it is in capitals: `Massachusetts Institute of Technology (MIT)`.
fn acronym(name: &str) -> Option<String> {
    let (_, inside) = name.split_once('(')?;
    let (inside, _) = inside.split_once(')')?;
    (inside.len() > 1 && inside.chars().all(char::is_uppercase)).then(|| inside.to_owned())
}

/// A name up to where its campus begins: at a dash, comma or bracket, or the word `at` or `in`.
fn before_campus(name: &str) -> &str {
    let signs = name.find(['-', '–', ',', '(']);
    let end = signs.into_iter().chain(name.find(" at ")).chain(name.find(" in ")).min();
    &name[..end.unwrap_or(name.len())]
}
