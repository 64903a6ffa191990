//! The affiliation audit: which addresses break a rule, which units lose credit by it, what to request instead.
//!
//! Two readings stand side by side. *Ranking-eligible*: an address of the author names the university as databases know
//! it. *Ministry-eligible*: an address breaks none of the rules of `data/reference/address_rules.toml`, which say from
//! which year they hold. The ledger itself may credit more than either, through the staff sheet.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::attribute::address::Address;
use crate::attribute::affiliation::Reader;
use crate::attribute::ledger;
use crate::attribute::readings::Readings;
use crate::model::assessment::Assessment;
use crate::model::audit::{AddressRule, Audit, Breach, Eligibility};
use crate::model::ledger::{Account, Credit, Ledger};
use crate::model::publication::{Author, PublicationIndex, Publications};
use crate::model::tables::Tables;
use crate::model::text::words;
use crate::model::unit::{UNIVERSITY, UnitIndex};

/// Order of units in a standard address (gsia.tums.ac.ir 9522); other types stand before the school.
const ORDER: [&str; 5] = ["centre", "institute", "hospital", "department", "school"];

/// Types of unit that count as research centres.
const CENTRES: [&str; 2] = ["centre", "institute"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<AddressRule>,
}

/// The built-in rules, in the order of their file.
pub fn rules() -> Vec<AddressRule> {
    let file: RuleFile = toml::from_str(include_str!("../../data/reference/address_rules.toml"))
        .expect("the built-in rules are checked by a test");
    file.rule
}

/// Holds every address of the university's authors against the rules.
pub fn audit(tables: &Tables, assessment: &Assessment, publications: &Publications, ledger: &Ledger) -> Audit {
    let auditor = Auditor::new(tables, assessment, publications);
    let mut credits: Vec<&[Credit]> = vec![&[]; publications.len()];
    for entry in ledger.credits.chunk_by(|a, b| a.publication == b.publication) {
        credits[entry[0].publication.at()] = entry;
    }
    let entries: Vec<Entry> = (0..publications.len() as u32)
        .into_par_iter()
        .map(|index| auditor.entry(PublicationIndex(index), credits[index as usize]))
        .collect();
    let eligibility = eligibility(tables, &entries);
    let mut breaches: Vec<Breach> = entries.into_iter().flat_map(|entry| entry.breaches).collect();
    breaches.sort_unstable();
    breaches.dedup();
    Audit { rules: auditor.rules, breaches, eligibility }
}

/// The publications and the ledger as they would be, had the recoverable addresses been printed as requested.
pub fn corrected(
    tables: &Tables,
    assessment: &Assessment,
    publications: &Publications,
    audit: &Audit,
) -> (Publications, Ledger) {
    let mut publications = publications.clone();
    for breach in audit.breaches.iter().filter(|breach| audit.rules[breach.rule].recoverable) {
        let author = publications.offsets[breach.publication.at()] + breach.author_position as usize - 1;
        publications.authors[author].affiliations[breach.affiliation as usize].clone_from(&breach.request);
    }
    let reader = Reader::new(tables, assessment);
    let readings = Readings::of(&publications, &reader);
    readings.mark(&mut publications, &reader);
    let ledger = ledger::book(tables, assessment, &publications, &readings, Vec::new()).value;
    (publications, ledger)
}

/// What one publication tells: breaches, and the accounts whose credit is eligible.
#[derive(Default)]
struct Entry {
    breaches: Vec<Breach>,
    /// Unit, ranking-eligible, ministry-eligible; one row per author and account.
    accounts: Vec<(UnitIndex, bool, bool)>,
}

struct Auditor<'a> {
    tables: &'a Tables,
    assessment: &'a Assessment,
    publications: &'a Publications,
    rules: Vec<AddressRule>,
    reader: Reader,
    /// Addresses of each distinct affiliation.
    addresses: FxHashMap<&'a str, Vec<Address>>,
    /// The standard names of the university, as words.
    standard: Vec<Vec<String>>,
}

/// An address of one author, and which of the author's affiliations it is in.
type Printed<'a> = (u32, &'a str, &'a Address);

impl<'a> Auditor<'a> {
    fn new(tables: &'a Tables, assessment: &'a Assessment, publications: &'a Publications) -> Self {
        let reader = Reader::new(tables, assessment);
        let mut spellings: Vec<&str> =
            publications.authors.iter().flat_map(|author| &author.affiliations).map(String::as_str).collect();
        spellings.sort_unstable();
        spellings.dedup();
        let anatomies: Vec<Vec<Address>> = spellings.par_iter().map(|printed| reader.anatomy(printed)).collect();
        let standard = assessment.institution.name.0.values().map(|name| words(name)).collect();
        let addresses = spellings.into_iter().zip(anatomies).collect();
        Auditor { tables, assessment, publications, rules: rules(), reader, addresses, standard }
    }

    fn entry(&self, publication: PublicationIndex, credits: &[Credit]) -> Entry {
        let mut entry = Entry::default();
        for (index, author) in self.publications.authors_of(publication).iter().enumerate() {
            let position = index as u32 + 1;
            let own: Vec<&Credit> = credits.iter().filter(|credit| credit.author_position == position).collect();
            let accounts: Vec<UnitIndex> = own
                .iter()
                .filter_map(|credit| match credit.account {
                    Account::Unit(unit) => Some(unit),
                    Account::Outside => None,
                })
                .collect();
            let staff = own.iter().find_map(|credit| credit.staff);
            self.author(publication, position, author, &accounts, staff, &mut entry);
        }
        entry
    }

    fn author(
        &self,
        publication: PublicationIndex,
        author_position: u32,
        author: &Author,
        accounts: &[UnitIndex],
        staff: Option<u32>,
        entry: &mut Entry,
    ) {
        let year = self.publications.items[publication.at()].year;
        let printed: Vec<Printed> = (0_u32..)
            .zip(&author.affiliations)
            .flat_map(|(at, text)| {
                let addresses = self.addresses.get(text.as_str()).map_or(&[][..], Vec::as_slice);
                addresses.iter().map(move |address| (at, text.as_str(), address))
            })
            .collect();
        // Breaches by address, each with the units it hits.
        let mut broken: Vec<Vec<(usize, Vec<UnitIndex>)>> = vec![Vec::new(); printed.len()];
        for (at, faults) in broken.iter_mut().enumerate() {
            for (id, units) in self.faults(&printed, at, accounts, staff.is_some(), year) {
                let Some(rule) = self.rules.iter().position(|rule| rule.id == id) else { continue };
                // Without a year of publication the rule of today is taken.
                if year.is_none_or(|year| self.rules[rule].valid_from <= year) {
                    faults.push((rule, units));
                }
            }
        }
        let ranking = printed.iter().any(|(_, _, address)| address.home);
        let strict = |unit: UnitIndex, but: Option<usize>| {
            let sound = |at: usize| printed[at].2.home && !broken[at].iter().any(|(_, units)| units.contains(&unit));
            (0..printed.len()).any(|at| Some(at) != but && sound(at))
        };
        for (at, faults) in broken.iter().enumerate() {
            for (rule, units) in faults {
                for &unit in units {
                    entry.breaches.push(Breach {
                        unit,
                        publication,
                        author_position,
                        affiliation: printed[at].0,
                        rule: *rule,
                        staff,
                        request: self.standard_address(printed[at].2, units),
                        ranking_eligible: ranking,
                        ministry_eligible: strict(unit, Some(at)),
                    });
                }
            }
        }
        entry.accounts.extend(accounts.iter().map(|&unit| (unit, ranking, strict(unit, None))));
    }

    /// Ids of the rules that one address of an author breaks, each with the units that lose by it.
    fn faults(
        &self,
        printed: &[Printed],
        at: usize,
        accounts: &[UnitIndex],
        is_staff: bool,
        year: Option<i32>,
    ) -> Vec<(&'static str, Vec<UnitIndex>)> {
        let (_, text, address) = printed[at];
        let is_type = |unit: UnitIndex, types: &[&str]| types.contains(&self.tables.units.get(unit).unit_type.as_str());
        let named: Vec<UnitIndex> = address.units_in(year).collect();
        if address.abroad {
            return Vec::new();
        }
        if !address.home {
            let Some(other) = &address.other_university else {
                let hospital_only = named.iter().all(|&unit| is_type(unit, &["hospital"]));
                let id = if hospital_only { "hospital_only" } else { "university_missing" };
                // A unit's name alone says little: another institution elsewhere may have one of the same name.
                let ours = address.city || !self.reader.has_city() || is_staff;
                return if named.is_empty() || !ours { Vec::new() } else { vec![(id, named)] };
            };
            let known = is_staff && !printed.iter().any(|(_, _, address)| address.home);
            return match known {
                false => Vec::new(),
                true if address.city && self.reader.misspells_university(other) => {
                    vec![("misspelt_university", accounts.to_vec())]
                }
                true => vec![("other_university", accounts.to_vec())],
            };
        }
        let mut faults = Vec::new();
        let mut all = |id: &'static str| faults.push((id, accounts.to_vec()));
        let folded = words(text);
        if !self.standard.iter().any(|name| folded.windows(name.len().max(1)).any(|part| part == name)) {
            all("variant_name");
        }
        if self.reader.has_city() && !address.city {
            all("city_missing");
        }
        if !address.country {
            all("country_missing");
        }
        // A unit of ours without the university is no other institution.
        let first_is_iranian = |(_, _, first): &Printed| {
            let other = first.other_university.is_some() || (first.country && first.units.is_empty());
            !first.home && !first.abroad && other
        };
        if at > 0 && printed.first().is_some_and(first_is_iranian) {
            all("second_after_iranian");
        }
        let outdated: Vec<UnitIndex> = address.outdated_units(year).filter(|unit| !named.contains(unit)).collect();
        if !outdated.is_empty() {
            faults.push(("old_unit_name", outdated));
        }
        let is_centre = |&unit: &UnitIndex| is_type(unit, &CENTRES);
        let department = named.iter().position(|&unit| is_type(unit, &["department"]));
        let behind: Vec<UnitIndex> =
            department.map_or(&[][..], |first| &named[first..]).iter().copied().filter(is_centre).collect();
        if !behind.is_empty() {
            faults.push(("department_before_centre", behind));
        }
        let mut centres: Vec<UnitIndex> = (printed.iter().filter(|(_, _, address)| address.home))
            .flat_map(|(_, _, address)| address.units_in(year))
            .filter(is_centre)
            .collect();
        centres.sort_unstable();
        centres.dedup();
        if centres.len() > 1 && named.iter().any(is_centre) {
            faults.push(("several_centres", named.iter().copied().filter(is_centre).collect()));
        }
        faults
    }

    /// Centre, hospital, department, school, university, city, country: of the units named, else of those that lose.
    fn standard_address(&self, address: &Address, losing: &[UnitIndex]) -> String {
        let units = &self.tables.units;
        let mut named: Vec<UnitIndex> = address.units.iter().map(|(unit, _)| *unit).collect();
        if named.is_empty() {
            named.extend(losing);
        }
        named.retain(|&unit| units.get(unit).unit_type != UNIVERSITY);
        let rank = |unit: UnitIndex| {
            let unit_type = units.get(unit).unit_type.as_str();
            ORDER.iter().position(|wanted| *wanted == unit_type).unwrap_or(ORDER.len() - 1)
        };
        named.sort_by_key(|&unit| rank(unit));
        let mut parts: Vec<&str> = Vec::new();
        let mut has_centre = false;
        for unit in named {
            let is_centre = CENTRES.contains(&units.get(unit).unit_type.as_str());
            let name = units.get(unit).name.get("en");
            // Only one centre is valid; the first printed keeps its place.
            if parts.contains(&name) || (is_centre && has_centre) {
                continue;
            }
            has_centre |= is_centre;
            parts.push(name);
        }
        let institution = &self.assessment.institution;
        parts.extend([institution.name.get("en"), &institution.city, &institution.country]);
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    }
}

/// The two counts of each unit over itself and its descendants, each publication once.
fn eligibility(tables: &Tables, entries: &[Entry]) -> Vec<Eligibility> {
    let mut counts: Vec<Eligibility> = tables
        .units
        .iter()
        .map(|(unit, _)| Eligibility { unit, held: 0, ranking_eligible: 0, ministry_eligible: 0 })
        .collect();
    for entry in entries {
        let mut seen: FxHashMap<UnitIndex, (bool, bool)> = FxHashMap::default();
        for &(account, ranking, ministry) in &entry.accounts {
            for &unit in tables.units.ancestors(account) {
                let bits = seen.entry(unit).or_default();
                *bits = (bits.0 | ranking, bits.1 | ministry);
            }
        }
        for (unit, (ranking, ministry)) in seen {
            let count = &mut counts[unit.at()];
            count.held += 1;
            count.ranking_eligible += u32::from(ranking);
            count.ministry_eligible += u32::from(ministry);
        }
    }
    counts
}
