//! How a publication is divided over its authors: four views of fractional counting.
//!
//! | view | an author holds |
//! |---|---|
//! | author | 1 / authors |
//! | author and affiliation | that, less the part of affiliations elsewhere |
//! | organisation | our 1 / organisations, divided over our authors |
//! | lead | 1 / lead authors, if first or corresponding |

use crate::attribute::ledger::Found;
use crate::attribute::readings::Readings;
use crate::model::assessment::Fractional;
use crate::model::ledger::Share;
use crate::model::publication::{Author, PublicationIndex, Publications};

/// The share that each author may pass on to the units found for them, in byline order. They sum to at most
/// [`Share::WHOLE`]; what is passed to nobody is booked outside.
pub fn of_authors(
    view: Fractional,
    publications: &Publications,
    publication: PublicationIndex,
    readings: &Readings,
    found: &[Vec<Found>],
) -> Vec<Share> {
    let authors = publications.authors_of(publication);
    let equal = || Share::WHOLE.split(authors.len()).take(authors.len());
    match view {
        Fractional::Author => equal().collect(),
        Fractional::AuthorAffiliation => {
            equal().zip(authors).map(|(share, author)| share.part(here(author, readings))).collect()
        }
        Fractional::Organisation => {
            let ours = found.iter().filter(|found| !found.is_empty()).count();
            let mut parts = Share::WHOLE.part(one_of(organisations(authors, readings))).split(ours);
            found
                .iter()
                .map(|found| if found.is_empty() { Share(0) } else { parts.next().unwrap_or_default() })
                .collect()
        }
        Fractional::Lead => {
            let lead = leads(publications, publication);
            let mut parts = Share::WHOLE.split(lead.len());
            let share = |index: usize| lead.contains(&index).then(|| parts.next().unwrap_or_default());
            (0..authors.len()).map(share).map(Option::unwrap_or_default).collect()
        }
    }
}

fn one_of(parts: usize) -> Share {
    Share(Share::WHOLE.0 / parts.max(1) as u64)
}

/// The part of an author's affiliations that name our university; all of it where none is printed. An author whom the
/// staff sheet gives us although no affiliation does is counted with one of them.
fn here(author: &Author, readings: &Readings) -> Share {
    let all = author.affiliations.len().max(1);
    let home =
        author.affiliations.iter().filter_map(|printed| readings.get(printed)).filter(|reading| reading.home).count();
    Share((u128::from(Share::WHOLE.0) * home.clamp(1, all) as u128 / all as u128) as u64)
}

/// Distinct organisations on a paper, at least ours.
fn organisations(authors: &[Author], readings: &Readings) -> usize {
    let printed = authors.iter().flat_map(|author| &author.affiliations);
    let mut names: Vec<&str> = printed
        .filter_map(|printed| readings.get(printed))
        .flat_map(|reading| &reading.organisations)
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names.dedup();
    names.len().max(1)
}

/// Indices of the first author and of the corresponding ones, ascending.
fn leads(publications: &Publications, publication: PublicationIndex) -> Vec<usize> {
    let mut leads = publications.corresponding(publication);
    if !publications.authors_of(publication).is_empty() && !leads.contains(&0) {
        leads.insert(0, 0);
    }
    leads
}
