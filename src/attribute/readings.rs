//! The readings of all affiliations of a run, each distinct spelling read once, and what they tell of each publication.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::attribute::affiliation::{Reader, Reading};
use crate::attribute::country::CountryIndex;
use crate::model::publication::{PublicationIndex, Publications};

/// Affiliations of a partner that are looked at for its spelling.
const SPELLINGS: usize = 9;

/// Readings of all distinct affiliations of a set of publications.
#[derive(Debug)]
pub struct Readings {
    distinct: Vec<Reading>,
    index: FxHashMap<String, u32>,
}

impl Readings {
    /// Reads each distinct spelling once, in parallel.
    pub fn of(publications: &Publications, reader: &Reader) -> Self {
        let mut index = FxHashMap::default();
        let mut spellings: Vec<&str> = Vec::new();
        for affiliation in publications.authors.iter().flat_map(|author| &author.affiliations) {
            if !index.contains_key(affiliation.as_str()) {
                index.insert(affiliation.clone(), spellings.len() as u32);
                spellings.push(affiliation);
            }
        }
        let distinct = spellings.par_iter().map(|printed| reader.read(printed)).collect();
        Readings { distinct, index }
    }

    /// The reading of an affiliation that occurs in the publications.
    pub fn get(&self, affiliation: &str) -> Option<&Reading> {
        self.index.get(affiliation).map(|&index| &self.distinct[index as usize])
    }

    /// The spelling of each partner that is printed most often in its first few affiliations, equals in alphabetical order.
    fn partner_names(&self, reader: &Reader) -> BTreeMap<String, String> {
        let mut affiliations: Vec<(&str, u32)> =
            self.index.iter().map(|(printed, &index)| (printed.as_str(), index)).collect();
        affiliations.sort_unstable_by_key(|&(_, index)| index);
        let mut spellings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (printed, index) in affiliations {
            let reading = &self.distinct[index as usize];
            for partner in reading.partners.iter().chain(&reading.partners_at_home) {
                let known = spellings.entry(partner).or_default();
                if known.len() < SPELLINGS {
                    known.extend(reader.spelling(printed, partner));
                }
            }
        }
        let often = |printed: Vec<&str>| -> Option<String> {
            let count = |one: &str| printed.iter().filter(|other| **other == one).count();
            printed.iter().max_by_key(|one| (count(one), Reverse(**one))).map(|one| (*one).to_owned())
        };
        spellings.into_iter().filter_map(|(partner, printed)| Some((partner.to_owned(), often(printed)?))).collect()
    }

    /// Writes countries, partners, organisations and whether it is international into each publication.
    pub fn mark(&self, publications: &mut Publications, reader: &Reader) {
        publications.partner_names = Arc::new(self.partner_names(reader));
        for index in 0..publications.len() {
            let mut countries: Vec<CountryIndex> = Vec::new();
            let mut partners: Vec<&str> = Vec::new();
            let mut at_home: Vec<&str> = Vec::new();
            let mut organisations: Vec<&str> = Vec::new();
            let mut domestic: Vec<&str> = Vec::new();
            let mut companies: Vec<&str> = Vec::new();
            let mut multi_affiliated = Vec::new();
            for (position, author) in (1..).zip(publications.authors_of(PublicationIndex(index as u32))) {
                let mut own: Vec<&str> = Vec::new();
                for reading in author.affiliations.iter().filter_map(|affiliation| self.get(affiliation)) {
                    countries.extend(&reading.countries);
                    partners.extend(reading.partners.iter().map(String::as_str));
                    at_home.extend(reading.partners_at_home.iter().map(String::as_str));
                    own.extend(reading.organisations.iter().map(String::as_str));
                    domestic.extend(reading.domestic.iter().map(String::as_str));
                    companies.extend(reading.companies.iter().map(String::as_str));
                }
                distinct_names(&mut own);
                if own.len() > 1 {
                    multi_affiliated.push(position);
                }
                organisations.append(&mut own);
            }
            countries.sort_unstable();
            countries.dedup();
            for names in [&mut partners, &mut at_home, &mut organisations, &mut domestic, &mut companies] {
                distinct_names(names);
            }
            let mut names: Vec<String> =
                countries.iter().map(|&country| reader.country_name(country).to_owned()).collect();
            names.sort_unstable();
            let abroad = countries.iter().any(|&country| Some(country) != reader.home_country());
            let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
            let (partners, at_home, companies) = (owned(partners), owned(at_home), owned(companies));
            let (organisations, domestic) = (organisations.len() as u32, domestic.len() as u32);
            let item = &mut publications.items[index];
            item.international = (!countries.is_empty()).then_some(abroad);
            item.countries = names;
            item.foreign_partners = partners;
            item.partners_at_home = at_home;
            item.companies = companies;
            item.organisations = organisations;
            item.domestic_organisations = domestic;
            item.multi_affiliated = multi_affiliated;
        }
    }
}

fn distinct_names(names: &mut Vec<&str>) {
    names.sort_unstable();
    names.dedup();
}
