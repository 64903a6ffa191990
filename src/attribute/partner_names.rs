//! Partners that sheets name, read as affiliations are: one reading rule for papers and agreements.

use crate::attribute::affiliation::Reader;
use crate::model::assessment::Assessment;
use crate::model::partners::{PartnerReading, PartnerReadings};
use crate::model::tables::Tables;

/// Reads the partners of agreements and visits, and the spellings of known partners.
pub fn readings(tables: &Tables, assessment: &Assessment) -> PartnerReadings {
    let reader = Reader::new(tables, assessment);
    let read = |name: &str, country: &str| reading(&reader, name, country);
    PartnerReadings {
        agreements: tables.agreements.iter().map(|row| read(&row.partner, &row.country)).collect(),
        visits: tables.visits.iter().map(|row| read(&row.institution, &row.country)).collect(),
        known: (tables.known_partners.iter())
            .map(|row| {
                let spellings = std::iter::once(&row.name).chain(&row.spellings);
                spellings.map(|spelling| read(spelling, &row.country)).collect()
            })
            .collect(),
    }
}

fn reading(reader: &Reader, name: &str, country: &str) -> PartnerReading {
    let read = reader.read(&format!("{name}, {country}"));
    let partner = read.partners.into_iter().chain(read.partners_at_home).next();
    PartnerReading { partner, company: read.companies.into_iter().next() }
}
