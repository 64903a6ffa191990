//! Who is who: every spelling of a partner, on papers, in agreements and in the sheet of partners, is one identity.

use std::collections::BTreeMap;

use crate::diagnostic::Finding;
use crate::model::country;
use crate::model::partners::tie::Whereabouts;
use crate::model::partners::{PartnerReading, PartnerReadings};
use crate::model::results::Results;

/// A partner.
#[derive(Debug, Clone)]
pub struct Identity {
    /// ROR id, else as affiliations are read: `name|country` of an institution, the name of a company.
    pub key: String,
    /// Name to be shown.
    pub name: String,
    /// English name of its country; empty where it is not known.
    pub country: String,
    /// Whether it is a company.
    pub company: bool,
    /// Where it lies.
    pub whereabouts: Whereabouts,
    /// Whether papers can have it: its name is read as that of a university or company.
    pub countable: bool,
}

/// All partners, and who they are on papers, in agreements and in visits.
pub struct Identities {
    /// Those of the sheet of partners first, then in the order in which papers, agreements and visits name them.
    pub partners: Vec<Identity>,
    /// Partners of each publication, ascending.
    pub of_paper: Vec<Vec<u32>>,
    /// Of each agreement, where it is identified.
    pub of_agreement: Vec<Option<u32>>,
    /// Of each visit.
    pub of_visit: Vec<Option<u32>>,
}

/// Identities in the making.
struct Registry<'a> {
    results: &'a Results,
    home: Option<usize>,
    partners: Vec<Identity>,
    by_key: BTreeMap<String, u32>,
    by_ror: BTreeMap<String, u32>,
}

impl Identities {
    /// Collects them. A spelling that two rows of the sheet of partners claim is the first's (`shared-partner-spelling`).
    pub fn new(results: &Results, readings: &PartnerReadings, findings: &mut Vec<Finding>) -> Self {
        let home = country::named(&results.assessment.institution.country);
        let (by_key, by_ror) = (BTreeMap::new(), BTreeMap::new());
        let mut registry = Registry { results, home, partners: Vec::new(), by_key, by_ror };
        registry.enter_known(&readings.known, findings);
        let of_paper = (results.publications.items.iter())
            .map(|paper| {
                let institutions = paper.foreign_partners.iter().chain(&paper.partners_at_home);
                let mut partners: Vec<u32> = institutions.map(|key| registry.institution(key)).collect();
                partners.extend(paper.companies.iter().map(|name| registry.company(name)));
                partners.sort_unstable();
                partners.dedup();
                partners
            })
            .collect();
        let tables = &results.tables;
        let agreements = tables.agreements.iter().zip(&readings.agreements);
        let of_agreement = agreements
            .map(|(row, reading)| {
                let found = registry.find(reading, &row.ror, row.company == Some(true));
                registry.state_ror(found, row, findings);
                found
            })
            .collect();
        let of_visit = readings.visits.iter().map(|reading| registry.find(reading, "", false)).collect();
        Identities { partners: registry.partners, of_paper, of_agreement, of_visit }
    }
}

impl Registry<'_> {
    fn enter_known(&mut self, readings: &[Vec<PartnerReading>], findings: &mut Vec<Finding>) {
        for (row, readings) in self.results.tables.known_partners.iter().zip(readings) {
            let keys: Vec<String> =
                readings.iter().filter_map(|reading| key_of(reading, row.company).cloned()).collect();
            let own = if row.ror.is_empty() { keys.first().cloned() } else { Some(row.ror.clone()) };
            let whereabouts = self.whereabouts(&row.country);
            let id = self.enter(Identity {
                key: own.unwrap_or_else(|| format!("{}|{}", row.name, row.country)),
                name: row.name.clone(),
                country: row.country.clone(),
                company: row.company,
                whereabouts,
                countable: !keys.is_empty(),
            });
            if !row.ror.is_empty() {
                self.by_ror.entry(row.ror.clone()).or_insert(id);
            }
            for key in keys {
                let claimed = *self.by_key.entry(key.clone()).or_insert(id);
                if claimed != id {
                    let other = &self.partners[claimed as usize].name;
                    let message = format!("\"{key}\" is a spelling of \"{other}\" too; it is taken as that one's");
                    let hint = "give each spelling to one partner";
                    findings
                        .push(Finding::warning("shared-partner-spelling", message).at(row.place.clone()).hint(hint));
                }
            }
        }
    }

    fn enter(&mut self, identity: Identity) -> u32 {
        self.partners.push(identity);
        self.partners.len() as u32 - 1
    }

    fn whereabouts(&self, country: &str) -> Whereabouts {
        match (country::named(country), self.home) {
            _ if country.is_empty() => Whereabouts::Unknown,
            (found, home) if home.is_some() && found == home => Whereabouts::Home,
            _ => Whereabouts::Abroad,
        }
    }

    fn institution(&mut self, key: &str) -> u32 {
        if let Some(&known) = self.by_key.get(key) {
            return known;
        }
        let (name, country) = key.rsplit_once('|').unwrap_or((key, ""));
        let printed = self.results.publications.partner_names.get(key).map_or(name, String::as_str);
        let whereabouts = self.whereabouts(country);
        let identity = Identity {
            key: key.to_owned(),
            name: printed.to_owned(),
            country: country.to_owned(),
            company: false,
            whereabouts,
            countable: true,
        };
        let id = self.enter(identity);
        self.by_key.insert(key.to_owned(), id);
        id
    }

    fn company(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.by_key.get(name) {
            return known;
        }
        let identity = Identity {
            key: name.to_owned(),
            name: name.to_owned(),
            country: String::new(),
            company: true,
            whereabouts: Whereabouts::Unknown,
            countable: true,
        };
        let id = self.enter(identity);
        self.by_key.insert(name.to_owned(), id);
        id
    }

    /// The partner with a ROR id or a name that is read as a partner's.
    fn find(&mut self, reading: &PartnerReading, ror: &str, company: bool) -> Option<u32> {
        if let Some(&known) = self.by_ror.get(ror) {
            return Some(known);
        }
        let key = key_of(reading, company)?;
        Some(if reading.partner.as_ref() == Some(key) { self.institution(key) } else { self.company(key) })
    }

    /// An agreement that states the ROR id of a partner gives it to the partner (`partner-ids-differ` where it has another).
    fn state_ror(&mut self, found: Option<u32>, row: &crate::model::tables::Agreement, findings: &mut Vec<Finding>) {
        let Some(id) = found.filter(|_| !row.ror.is_empty() && !self.by_ror.contains_key(&row.ror)) else { return };
        let other = self.by_ror.iter().find(|(_, known)| **known == id).map(|(ror, _)| ror.clone());
        if let Some(other) = other {
            let message =
                format!("the ROR id {} is another than {other}, which the same partner has elsewhere", row.ror);
            findings.push(Finding::warning("partner-ids-differ", message).at(row.place.clone()));
            return;
        }
        self.by_ror.insert(row.ror.clone(), id);
        self.partners[id as usize].key.clone_from(&row.ror);
    }
}

/// The university that a name is read as, else the company; of a company the company first.
fn key_of(reading: &PartnerReading, company: bool) -> Option<&String> {
    let (first, second) =
        if company { (&reading.company, &reading.partner) } else { (&reading.partner, &reading.company) };
    first.as_ref().or(second.as_ref())
}
