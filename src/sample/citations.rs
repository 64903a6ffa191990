//! Citations by year and the lists that an integrity panel needs: delisted titles and retracted works.

use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;
use crate::sample::identifier;
use crate::sample::journal::Journals;
use crate::sample::work::{CITED_UNTIL, Works};

/// Share of citations by works that share an author.
const AUTHOR_SELF: f64 = 0.14;
/// One in so many publications is retracted.
const RETRACTED: usize = 900;
/// One in so many journals is delisted.
const DELISTED: usize = 40;

/// `citations/by_year.csv`: the citations of each publication, spread over the years since it appeared.
pub fn by_year(seed: u64, works: &Works) -> Vec<u8> {
    let header = ["DOI", "Citation year", "Citations in year", "Self-citations"];
    let mut rows = vec![header.map(String::from)];
    for work in works.list.iter().filter(|work| work.citations > 0) {
        let mut chance = Chance::new(seed, Kind::Citations, work.number as u64);
        let last = (CITED_UNTIL.floor() as i32).max(work.year);
        let years = (last - work.year + 1) as usize;
        let mut received = vec![(0_u32, 0_u32); years];
        for _ in 0..work.citations {
            let year = &mut received[chance.below(years)];
            year.0 += 1;
            year.1 += u32::from(chance.unit() < AUTHOR_SELF);
        }
        for (year, (citations, own)) in (work.year..).zip(received).filter(|(_, (citations, _))| *citations > 0) {
            let doi = identifier::doi(work.year, work.number);
            rows.push([doi, year.to_string(), citations.to_string(), own.to_string()]);
        }
    }
    comma_separated::bytes(&rows)
}

/// `reference/delisted.csv`: titles that the index has dropped, with the year.
pub fn delisted(seed: u64, journals: &Journals) -> Vec<u8> {
    let mut rows = vec![["Source title", "ISSN", "Discontinued from"].map(String::from)];
    for (number, journal) in journals.list.iter().enumerate().filter(|(number, _)| number % DELISTED == DELISTED - 1) {
        let year = Chance::new(seed, Kind::Citations, (1 << 40) + number as u64).between(2021, 2024);
        rows.push([journal.title.clone(), journal.issns.first().cloned().unwrap_or_default(), year.to_string()]);
    }
    comma_separated::bytes(&rows)
}

/// `reference/retractions.csv`: some of the publications.
pub fn retractions(works: &Works) -> Vec<u8> {
    let mut rows = vec![["OriginalPaperDOI", "RetractionNature"].map(String::from)];
    for work in works.list.iter().filter(|work| work.number % RETRACTED == RETRACTED / 2) {
        rows.push([identifier::doi(work.year, work.number), "Retraction".into()]);
    }
    comma_separated::bytes(&rows)
}
