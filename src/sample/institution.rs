//! The world around the university: other institutions and the people there, from `data/sample/institutions.csv`.

use crate::sample::chance::{Chance, Kind, running_sums};
use crate::sample::comma_separated;
use crate::sample::identifier::{AuthorRange, scopus_author};
use crate::sample::name::{ForeignNames, LatinName, PersianNames};

/// People invented for an institution abroad.
const ABROAD_PEOPLE: usize = 40;
/// People invented for an institution of the own country.
const DOMESTIC_PEOPLE: usize = 90;
/// Of each institution, so many belong to the large consortia.
const CONSORTIUM_PEOPLE: usize = 14;

/// Departments of other institutions.
const DEPARTMENTS: [&str; 10] = [
    "Department of Medicine",
    "Department of Surgery",
    "Department of Epidemiology",
    "Department of Pharmacology",
    "Department of Pediatrics",
    "Institute of Public Health",
    "Department of Biochemistry",
    "Department of Chemistry",
    "Department of Psychiatry",
    "School of Nursing",
];

/// An author elsewhere.
#[derive(Debug, Clone)]
pub struct Outsider {
    /// Name.
    pub name: LatinName,
    /// Scopus author id.
    pub scopus_id: String,
    /// Affiliation as printed.
    pub affiliation: String,
}

/// An institution other than ours.
#[derive(Debug, Clone)]
pub struct Institution {
    /// Name.
    pub name: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: String,
    /// Indices of its people in [`World::people`].
    pub people: std::ops::Range<usize>,
    industry: bool,
    weight: f64,
}

/// Everybody else.
#[derive(Debug, Clone)]
pub struct World {
    /// Institutions in file order.
    pub institutions: Vec<Institution>,
    /// Their people.
    pub people: Vec<Outsider>,
    /// Academic institutions abroad.
    pub abroad: Vec<usize>,
    domestic: Vec<usize>,
    industry: Vec<usize>,
    abroad_sums: Vec<f64>,
    domestic_sums: Vec<f64>,
    consortium: Vec<usize>,
}

impl World {
    /// Invents the people.
    pub fn new(seed: u64) -> Self {
        let regions = ForeignNames::built_in();
        let persian = PersianNames::built_in();
        let mut world = World {
            institutions: Vec::new(),
            people: Vec::new(),
            abroad: Vec::new(),
            domestic: Vec::new(),
            industry: Vec::new(),
            abroad_sums: Vec::new(),
            domestic_sums: Vec::new(),
            consortium: Vec::new(),
        };
        for (index, row) in comma_separated::rows(include_str!("../../data/sample/institutions.csv")).iter().enumerate()
        {
            let (country, region, city, name) = (&row[0], &row[1], &row[2], &row[3]);
            let domestic = country == "Iran";
            let first = world.people.len();
            let number = if domestic { DOMESTIC_PEOPLE } else { ABROAD_PEOPLE };
            let institution = Institution {
                name: name.to_owned(),
                city: city.to_owned(),
                country: country.to_owned(),
                people: first..first + number,
                industry: &row[4] == "industry",
                weight: row[5].parse().unwrap_or(1.0),
            };
            let mut chance = Chance::new(seed, Kind::Outsider, index as u64);
            for person in first..first + number {
                let who = ForeignNames::of(&regions, region, &mut chance).unwrap_or_else(|| persian.latin(&mut chance));
                // Consortia print institutions alone.
                let affiliation = if person < first + CONSORTIUM_PEOPLE {
                    format!("{name}, {city}, {country}")
                } else {
                    printed(&institution, domestic, &mut chance)
                };
                let scopus_id = scopus_author(AuthorRange::Outsider, person);
                world.people.push(Outsider { name: who, scopus_id, affiliation });
            }
            if institution.industry {
                world.industry.push(index);
            } else {
                if domestic { &mut world.domestic } else { &mut world.abroad }.push(index);
                world.consortium.extend(first..first + CONSORTIUM_PEOPLE);
            }
            world.institutions.push(institution);
        }
        let weight = |&index: &usize| world.institutions[index].weight;
        world.abroad_sums = running_sums(world.abroad.iter().map(weight));
        world.domestic_sums = running_sums(world.domestic.iter().map(weight));
        world
    }

    /// An academic institution abroad. Each unit has a few that it works with again and again.
    pub fn partner_abroad(&self, unit: usize, chance: &mut Chance) -> usize {
        if chance.happens(0.55) {
            self.abroad[(unit * 13 + chance.below(5) * 29) % self.abroad.len()]
        } else {
            self.abroad[chance.weighted(&self.abroad_sums)]
        }
    }

    /// An academic institution of the own country.
    pub fn domestic_partner(&self, chance: &mut Chance) -> usize {
        self.domestic[chance.weighted(&self.domestic_sums)]
    }

    /// A company.
    pub fn company(&self, chance: &mut Chance) -> usize {
        *chance.pick(&self.industry)
    }

    /// Someone of an institution.
    pub fn someone(&self, institution: usize, chance: &mut Chance) -> usize {
        let people = &self.institutions[institution].people;
        people.start + chance.below(people.len())
    }

    /// So many different members of the large consortia, fewer where there are not so many.
    pub fn consortium(&self, number: usize, chance: &mut Chance) -> Vec<usize> {
        let mut members = self.consortium.clone();
        chance.shuffle(&mut members);
        members.truncate(number);
        members
    }
}

/// How someone prints the affiliation: at home with the names that our own units carry too.
fn printed(institution: &Institution, domestic: bool, chance: &mut Chance) -> String {
    let Institution { name, city, country, .. } = institution;
    if institution.industry {
        return format!("{name}, {city}, {country}");
    }
    if !domestic {
        return match chance.below(3) {
            0 => format!("{}, {name}, {city}, {country}", chance.pick(&DEPARTMENTS)),
            _ => format!("{name}, {city}, {country}"),
        };
    }
    let unit = match chance.below(20) {
        0..=7 => format!("{}, School of Medicine", chance.pick(&DEPARTMENTS)),
        8..=10 => "Student Research Committee".to_owned(),
        11..=12 => "Cancer Research Center".to_owned(),
        13 => "Cellular and Molecular Research Center".to_owned(),
        14 => "Social Determinants of Health Research Center".to_owned(),
        15 => "Imam Reza Hospital, School of Medicine".to_owned(),
        16 => "School of Public Health".to_owned(),
        17 => "Faculty of Pharmacy".to_owned(),
        _ => return format!("{name}, {city}, {country}"),
    };
    format!("{unit}, {name}, {city}, {country}")
}
