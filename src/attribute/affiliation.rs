//! Reading an affiliation: does it name the university, which of its units, which country and organisation?
//!
//! Matching is by whole words of whole segments (the parts between commas), never by substring or edit distance:
//! `Kerman` does not match `Kermanshah`, nor `Shahid Beheshti University` the start of
//! `Shahid Beheshti University of Medical Sciences`. A unit counts only beside the university's own name in the same
//! affiliation, because a `Cancer Research Center` exists at many universities.

use rustc_hash::FxHashMap;

use crate::attribute::country::{Countries, CountryIndex};
use crate::attribute::vocabulary::Vocabulary;
use crate::model::assessment::Assessment;
use crate::model::tables::Tables;
use crate::model::unit::{UNIVERSITY, UnitIndex};

/// Years in which a spelling holds; `None` is open.
pub(super) type Validity = (Option<i32>, Option<i32>);

/// A spelling that occurs in an affiliation, and the units it fits.
type Candidate<'a> = (&'a Vec<String>, &'a Vec<(UnitIndex, Validity)>);

/// What one affiliation says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// It names our university.
    pub home: bool,
    /// Units named beside the university, each with the years in which the spelling holds.
    pub units: Vec<(UnitIndex, Validity)>,
    /// Units named although the university is not: no credit, but worth telling.
    pub without_university: Vec<UnitIndex>,
    /// Spellings that fit several units.
    pub ambiguous: Vec<String>,
    /// Countries named.
    pub countries: Vec<CountryIndex>,
    /// Foreign universities as `name|country`.
    pub partners: Vec<String>,
    /// Universities of the home country other than ours as `name|country`.
    pub partners_at_home: Vec<String>,
    /// Universities other than ours, home or abroad, by their compared words.
    pub universities: Vec<String>,
    /// The organisations of the affiliations run together here, ours as `home`: one each.
    pub organisations: Vec<String>,
    /// Of these, in the home country.
    pub domestic: Vec<String>,
    /// Of these, companies by their words.
    pub companies: Vec<String>,
}

impl Reading {
    /// The units named beside the university in a given year, ascending.
    pub fn units_in(&self, year: Option<i32>) -> Vec<UnitIndex> {
        let holds = |(from, to): Validity| {
            year.is_none_or(|year| from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to))
        };
        let mut units: Vec<UnitIndex> =
            self.units.iter().filter(|(_, valid)| holds(*valid)).map(|&(unit, _)| unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }
}

/// Knows the university's and its units' spellings.
#[derive(Debug)]
pub struct Reader {
    pub(super) vocabulary: Vocabulary,
    pub(super) countries: Countries,
    pub(super) home_country: Option<CountryIndex>,
    pub(super) city: Vec<String>,
    pub(super) university: Vec<Vec<String>>,
    pub(super) units: FxHashMap<Vec<String>, Vec<(UnitIndex, Validity)>>,
    /// The most comma-separated parts that a unit's spelling has.
    most_segments: usize,
    /// Ancestors and descendants of each unit, ascending: what may stand beside it in one affiliation.
    related: Vec<Vec<UnitIndex>>,
}

impl Reader {
    /// Collects spellings from the assessment, the units sheet and the aliases sheet.
    pub fn new(tables: &Tables, assessment: &Assessment) -> Self {
        let vocabulary = Vocabulary::built_in();
        let countries = Countries::built_in(&vocabulary);
        let home_country = countries.exact(&vocabulary.tokens(&assessment.institution.country));
        let mut university = Vec::new();
        let mut units: FxHashMap<Vec<String>, Vec<(UnitIndex, Validity)>> = FxHashMap::default();
        for name in assessment
            .institution
            .name
            .0
            .values()
            .chain(&assessment.institution.aliases)
            .chain(&tables.university_aliases)
        {
            university.push(vocabulary.tokens(name));
        }
        let mut most_segments = 1;
        let mut spelling = |text: &str, unit: UnitIndex, valid: Validity| {
            // Or one more: `Evidence, and Impact` for `Evidence and Impact`.
            most_segments = most_segments.max(text.split(SEPARATORS).count() + 1);
            let tokens = vocabulary.tokens(text);
            if tokens.is_empty() {
                return;
            }
            if tables.units.get(unit).unit_type == UNIVERSITY {
                university.push(tokens);
            } else {
                let known = units.entry(tokens).or_default();
                if !known.contains(&(unit, valid)) {
                    known.push((unit, valid));
                }
            }
        };
        for (index, unit) in tables.units.iter() {
            for name in unit.name.0.values().chain(&unit.aliases) {
                spelling(name, index, unit.valid);
            }
        }
        for alias in &tables.aliases {
            spelling(&alias.spelling, alias.unit, alias.valid);
        }
        university.retain(|tokens| !tokens.is_empty());
        university.sort();
        university.dedup();
        let related = tables
            .units
            .iter()
            .map(|(unit, _)| {
                let mut related = [tables.units.ancestors(unit), tables.units.descendants(unit)].concat();
                related.sort_unstable();
                related.dedup();
                related
            })
            .collect();
        let city = vocabulary.tokens(&assessment.institution.city);
        Reader { vocabulary, countries, home_country, city, university, units, most_segments, related }
    }

    /// English name of a country.
    pub fn country_name(&self, country: CountryIndex) -> &str {
        self.countries.name(country)
    }

    /// The home country, where the assessment's name for it is known.
    pub fn home_country(&self) -> Option<CountryIndex> {
        self.home_country
    }

    /// Reads one affiliation as printed. Several affiliations run together (`…, Iran, School of …`) are cut behind
    /// each country.
    pub fn read(&self, printed: &str) -> Reading {
        let mut reading = Reading::default();
        for (segments, country) in self.addresses(printed) {
            self.read_one(&segments, country, &mut reading);
        }
        reading.countries.sort_unstable();
        reading.countries.dedup();
        for names in [
            &mut reading.partners,
            &mut reading.partners_at_home,
            &mut reading.universities,
            &mut reading.organisations,
            &mut reading.domestic,
            &mut reading.companies,
        ] {
            names.sort_unstable();
            names.dedup();
        }
        reading
    }

    /// The words as printed from which `partner` (`name|country`) was read.
    pub fn spelling<'t>(&self, printed: &'t str, partner: &str) -> Option<&'t str> {
        let name = partner.rsplit_once('|').map_or(partner, |(name, _)| name);
        let addresses = printed.split(';').map(|part| without_mark(without_contact(part)));
        let mut segments = addresses.flat_map(|text| text.split(SEPARATORS));
        segments.find(|segment| self.vocabulary.tokens(segment).join(" ") == name).map(str::trim)
    }

    /// The single addresses of an affiliation: the words of their segments, and the country that ends them.
    pub(super) fn addresses(&self, printed: &str) -> Vec<(Vec<Vec<String>>, Option<CountryIndex>)> {
        let mut addresses = Vec::new();
        for part in printed.split(';') {
            let text = without_mark(without_contact(part));
            let segments: Vec<Vec<String>> = text
                .split(SEPARATORS)
                .flat_map(|segment| self.parted(segment))
                .map(|segment| self.vocabulary.tokens(segment))
                .filter(|tokens| !tokens.is_empty())
                .collect();
            let mut start = 0;
            for index in 0..segments.len() {
                let last = index + 1 == segments.len();
                let country = self
                    .countries
                    .exact(&segments[index])
                    .or_else(|| self.countries.ending(&segments[index]).filter(|_| last));
                if country.is_some() || last {
                    addresses.push((segments[start..=index].to_vec(), country));
                    start = index + 1;
                }
            }
        }
        addresses
    }

    /// `X University and Y Hospital` is two bodies in one segment where one of them is our university's whole name.
    fn parted<'s>(&self, segment: &'s str) -> Vec<&'s str> {
        let parts: Vec<&str> = segment.split(" and ").flat_map(|part| part.split(" & ")).collect();
        let ours = |part: &&str| self.university.binary_search(&self.vocabulary.tokens(part)).is_ok();
        if parts.len() > 1 && parts.iter().any(ours) { parts } else { vec![segment] }
    }

    /// Reads the segments of exactly one affiliation.
    fn read_one(&self, segments: &[Vec<String>], country: Option<CountryIndex>, reading: &mut Reading) {
        let abroad = country.is_some() && self.home_country.is_some() && country != self.home_country;
        let home = !abroad && segments.iter().any(|segment| self.names_university(segment).is_some());
        if let Some(country) = country.or(self.home_country.filter(|_| home)) {
            reading.countries.push(country);
        }
        let other = self.vocabulary.university(segments).filter(|_| !home);
        reading.universities.extend(other.map(|name| name.join(" ")));
        if let (Some(name), Some(country)) = (other, country.filter(|country| Some(*country) == self.home_country)) {
            reading.partners_at_home.push(format!("{}|{}", name.join(" "), self.countries.name(country)));
        }
        let organisation =
            if home { Some("home".to_owned()) } else { other.or(segments.first()).map(|name| name.join(" ")) };
        if let Some(organisation) = organisation {
            let domestic = home || (country.is_some() && country == self.home_country);
            reading.domestic.extend(domestic.then(|| organisation.clone()));
            let company = !home && other.is_none() && self.vocabulary.is_company(segments);
            reading.companies.extend(company.then(|| organisation.clone()));
            reading.organisations.push(organisation);
        }
        if abroad {
            if let (Some(country), Some(name)) = (country, self.vocabulary.university(segments)) {
                reading.partners.push(format!("{}|{}", name.join(" "), self.countries.name(country)));
            }
            return;
        }
        let candidates = self.candidates(segments);
        if !home {
            if other.is_none() {
                reading
                    .without_university
                    .extend(candidates.iter().flat_map(|(_, units)| units.iter().map(|(unit, _)| *unit)));
            }
            return;
        }
        reading.home = true;
        self.settle(&candidates, reading);
    }

    /// Spellings of units among the segments. A name may hold commas itself (`Department of Health Research Methods,
    /// Evidence, and Impact`): the longest run of segments that is a spelling is taken.
    fn candidates(&self, segments: &[Vec<String>]) -> Vec<Candidate<'_>> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut start = 0;
        while start < segments.len() {
            let longest = (2..=self.most_segments.min(segments.len() - start)).rev();
            let run = longest.map(|length| (length, segments[start..start + length].concat()));
            let mut run = run.filter_map(|(length, tokens)| Some((length, self.units.get_key_value(&tokens)?)));
            if let Some((length, candidate)) = run.next() {
                candidates.push(candidate);
                start += length;
                continue;
            }
            let segment = &segments[start];
            let own_part = self.names_university(segment).map_or(segment.as_slice(), |rest| &segment[..rest]);
            candidates.extend(self.units.get_key_value(own_part));
            start += 1;
        }
        candidates
    }

    /// Takes the unit of each spelling; where one fits several units, the one related to another unit named here.
    fn settle(&self, candidates: &[Candidate], reading: &mut Reading) {
        let certain: Vec<UnitIndex> =
            candidates.iter().filter(|(_, units)| distinct(units) == 1).map(|(_, units)| units[0].0).collect();
        for (tokens, units) in candidates {
            let fitting: Vec<(UnitIndex, Validity)> = if distinct(units) == 1 {
                (*units).clone()
            } else {
                let beside =
                    |unit: UnitIndex| certain.iter().any(|other| self.related[unit.at()].binary_search(other).is_ok());
                units.iter().copied().filter(|&(unit, _)| beside(unit)).collect()
            };
            if distinct(&fitting) == 1 {
                reading.units.extend(fitting);
            } else {
                reading.ambiguous.push(tokens.join(" "));
            }
        }
    }

    /// Whether a segment names our university, and how many tokens stand before the name. The name must be the whole
    /// segment, its end (`school medical X`), or be followed only by the city or a country.
    pub(super) fn names_university(&self, segment: &[String]) -> Option<usize> {
        self.university.iter().find_map(|name| {
            let starts = segment.len().checked_sub(name.len())?;
            (0..=starts).rev().find(|&start| {
                let after = &segment[start + name.len()..];
                segment[start..start + name.len()] == name[..]
                    && self.only_place(after)
                    && self.may_precede(&segment[..start])
            })
        })
    }

    /// Whether the tokens behind a university's name are its city, a country, or nothing.
    fn only_place(&self, tokens: &[String]) -> bool {
        let rest = tokens.strip_prefix(self.city.as_slice()).unwrap_or(tokens);
        rest.is_empty() || self.countries.exact(rest).is_some()
    }

    /// Whether the tokens before a university's name can be a unit of it and not the start of a longer name.
    fn may_precede(&self, tokens: &[String]) -> bool {
        tokens.is_empty()
            || self.units.contains_key(tokens)
            || tokens.iter().any(|token| UNIT_WORDS.contains(&token.as_str()))
    }
}

/// Signs between the parts of an affiliation.
const SEPARATORS: [char; 5] = [',', '(', ')', '|', '،'];

/// Folded words that mark the name of a unit.
const UNIT_WORDS: [&str; 6] = ["school", "department", "centre", "hospital", "institute", "committee"];

fn distinct(units: &[(UnitIndex, Validity)]) -> usize {
    let mut seen: Vec<UnitIndex> = units.iter().map(|(unit, _)| *unit).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// Cuts a glued e-mail address or ORCID off: `Tehran, Iran.Email: a@b.ir` → `Tehran, Iran.`
fn without_contact(text: &str) -> &str {
    let ascii_lower = text.to_ascii_lowercase();
    let marks = ["electronic address", "e-mail", "email", "orcid"];
    let cut = marks.iter().filter_map(|mark| ascii_lower.find(mark)).min();
    let address = ascii_lower.find('@').map(|at| ascii_lower[..at].rfind([' ', ',', '.']).unwrap_or(0));
    match cut.into_iter().chain(address).min() {
        Some(end) if text.is_char_boundary(end) => &text[..end],
        _ => text,
    }
}

/// Cuts off the number or sign that tied the affiliation to its author in the printed paper: `1 McMaster University`.
fn without_mark(text: &str) -> &str {
    let rest = text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || "*†‡§¶#".contains(c));
    if rest.starts_with(|c: char| c.is_whitespace() || c.is_alphabetic()) { rest } else { text }
}
