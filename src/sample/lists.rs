//! A list of highly cited researchers and a sheet of citing patents. Prizes the university has none, so there is no sheet
//! of them and the office states 0.

use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;
use crate::sample::identifier;
use crate::sample::institution::World;
use crate::sample::people::People;
use crate::sample::units::University;
use crate::sample::work::Works;

/// Entries of other institutions.
const OTHERS: u64 = 60;
/// Year of the list.
const YEAR: &str = "2024";
/// The two strongest centres have a researcher on the list.
const STRONGEST: f64 = 1.9;
/// Families of patents per member of staff.
const PATENTS_PER_STAFF: f64 = 0.14;
/// Years of the patents.
const PATENT_YEARS: (i64, i64) = (2020, 2025);

const FIELDS: [&str; 6] =
    ["Clinical Medicine", "Immunology", "Pharmacology & Toxicology", "Microbiology", "Social Sciences", "Cross-Field"];
const OFFICES: [&str; 5] = ["US", "EP", "WO", "JP", "CN"];

/// `reference/highly_cited_2024.csv`: mostly people of other institutions, as on the real list.
pub fn highly_cited(seed: u64, university: &University, people: &People, world: &World) -> Vec<u8> {
    let header =
        ["First Name", "Last Name", "Category", "Primary Affiliation", "Secondary Affiliation", "ORCID", "Year"];
    let mut rows = vec![header.map(String::from)];
    let ours = format!("{}, Iran", university.units[0].en);
    for number in 0..OTHERS {
        let mut chance = Chance::new(seed, Kind::HighlyCited, number);
        let institution = &world.institutions[*chance.pick(&world.abroad)];
        let person = &world.people[institution.people.start + chance.below(institution.people.len())];
        // A second affiliation is not counted, here as anywhere.
        let second = if number == 7 { ours.clone() } else { String::new() };
        rows.push([
            person.name.given.clone(),
            person.name.family.clone(),
            (*chance.pick(&FIELDS)).into(),
            format!("{}, {}", institution.name, institution.country),
            second,
            String::new(),
            YEAR.into(),
        ]);
    }
    for (index, unit) in university.units.iter().enumerate() {
        if unit.unit_type != "centre" || unit.strength < STRONGEST {
            continue;
        }
        let here = people.by_unit[index].iter().map(|&person| &people.list[person]);
        let known = here.filter(|person| person.left.is_none() && person.orcid.is_some());
        let Some(person) = known.max_by(|a, b| a.productivity.total_cmp(&b.productivity)) else { continue };
        let name = person.latin_name();
        rows.push([
            name.given,
            name.family,
            FIELDS[index % FIELDS.len()].into(),
            ours.clone(),
            String::new(),
            person.orcid.clone().unwrap_or_default(),
            YEAR.into(),
        ]);
    }
    rows[1..].sort();
    comma_separated::bytes(&rows)
}

/// `patents/citing_patents.csv`: each family cites one to three papers; some families have a second member.
pub fn patents(seed: u64, university: &University, people: &People, works: &Works) -> Vec<u8> {
    let header = ["family id", "publication number", "publication year", "patent office", "cited doi"];
    let mut rows = vec![header.map(String::from)];
    let families = (people.count_within(0, university) as f64 * PATENTS_PER_STAFF) as u64;
    // Without papers there is nothing to cite.
    for family in (0..families).filter(|_| !works.list.is_empty()) {
        let mut chance = Chance::new(seed, Kind::Patent, family);
        let mut cited: Vec<String> = Vec::new();
        let mut latest = PATENT_YEARS.0;
        for _ in 0..chance.between(1, 3) {
            let work = chance.pick(&works.list);
            latest = latest.max(i64::from(work.year));
            cited.push(identifier::doi(work.year, work.number));
        }
        let year = chance.between(latest, PATENT_YEARS.1);
        for member in 0..chance.between(1, 2) {
            let office = *chance.pick(&OFFICES);
            rows.push([
                format!("99{family:06}"),
                format!("{office}{:07}{}", family * 10, member + 1),
                (year + member).min(PATENT_YEARS.1).to_string(),
                office.into(),
                cited.join("; "),
            ]);
        }
    }
    comma_separated::bytes(&rows)
}
