//! Authors of a paper.

use crate::sample::affiliation;
use crate::sample::chance::{Chance, Kind};
use crate::sample::identifier::{AuthorRange, scopus_author};
use crate::sample::institution::World;
use crate::sample::name::{LatinName, PersianNames};
use crate::sample::people::People;
use crate::sample::units::University;

/// An author of a paper. The many from elsewhere are kept as a number, because consortia list a thousand of them.
#[derive(Debug, Clone)]
pub enum Byline {
    /// Somebody in [`World::people`].
    Outsider(usize),
    /// A member of staff or a student.
    Inside(Box<Inside>),
}

/// A member of staff or a student as a paper prints them.
#[derive(Debug, Clone)]
pub struct Inside {
    /// Name.
    pub name: LatinName,
    /// Scopus author id.
    pub scopus_id: String,
    /// Affiliations as printed.
    pub affiliations: Vec<String>,
    /// Index in [`People::list`], for staff.
    pub staff: Option<usize>,
    /// Units that the paper is truly to be credited to through this author; none where it was written elsewhere.
    pub units: Vec<usize>,
}

impl Byline {
    /// The name.
    pub fn name<'a>(&'a self, world: &'a World) -> &'a LatinName {
        match self {
            Byline::Outsider(person) => &world.people[*person].name,
            Byline::Inside(inside) => &inside.name,
        }
    }

    /// The Scopus author id.
    pub fn scopus_id<'a>(&'a self, world: &'a World) -> &'a str {
        match self {
            Byline::Outsider(person) => &world.people[*person].scopus_id,
            Byline::Inside(inside) => &inside.scopus_id,
        }
    }

    /// The affiliations as printed.
    pub fn affiliations<'a>(&'a self, world: &'a World) -> &'a [String] {
        match self {
            Byline::Outsider(person) => std::slice::from_ref(&world.people[*person].affiliation),
            Byline::Inside(inside) => &inside.affiliations,
        }
    }
}

/// Everybody who may stand in a byline.
#[derive(Debug, Clone, Copy)]
pub struct Authors<'a> {
    /// Seed of the sample.
    pub seed: u64,
    /// The units.
    pub university: &'a University,
    /// The staff.
    pub people: &'a People,
    /// The others.
    pub world: &'a World,
    /// Names for students.
    pub names: &'a PersianNames,
}

impl Authors<'_> {
    /// A member of staff on a paper of a year: from here while employed, from elsewhere before and after.
    pub fn staff(&self, person: usize, year: i32, chance: &mut Chance) -> Byline {
        let who = &self.people.list[person];
        let name = if chance.happens(0.15) { who.spelled(chance.below(3), chance.below(3)) } else { who.latin_name() };
        let scopus_id = if who.scopus_ids.is_empty() || chance.happens(0.012) {
            scopus_author(AuthorRange::Split, person)
        } else {
            chance.pick(&who.scopus_ids).clone()
        };
        let here = who.writes_here(year);
        let affiliations = if here { self.affiliations_here(person, year, chance) } else { self.elsewhere(person) };
        let units = if here { who.units.clone() } else { Vec::new() };
        Byline::Inside(Box::new(Inside { name, scopus_id, affiliations, staff: Some(person), units }))
    }

    fn affiliations_here(&self, person: usize, year: i32, chance: &mut Chance) -> Vec<String> {
        let mut list = affiliation::of_person(self.university, &self.people.list[person], year, chance);
        match chance.below(1000) {
            // A guest abroad prints the host first.
            0..=17 => {
                let host = &self.world.institutions[*chance.pick(&self.world.abroad)];
                list.insert(0, format!("{}, {}, {}", host.name, host.city, host.country));
            }
            18..=27 => {
                let other = self.world.someone(self.world.domestic_partner(chance), chance);
                list.insert(0, self.world.people[other].affiliation.clone());
            }
            _ => {}
        }
        list
    }

    /// Where somebody worked who is not here yet, or no longer: always the same place for the same person.
    fn elsewhere(&self, person: usize) -> Vec<String> {
        let mut chance = Chance::new(self.seed, Kind::Outsider, (1 << 40) | person as u64);
        let institution = self.world.domestic_partner(&mut chance);
        vec![self.world.people[self.world.someone(institution, &mut chance)].affiliation.clone()]
    }

    /// A student of a school. Students are in no staff sheet: only the affiliation tells.
    pub fn student(&self, school: usize, year: i32, chance: &mut Chance) -> Byline {
        let number = school * 1_000 + chance.below(300);
        let mut own = Chance::new(self.seed, Kind::Students, (1 << 40) | number as u64);
        let name = self.names.latin(&mut own);
        let named = chance.happens(0.75).then_some(school).filter(|&unit| unit != 0);
        let affiliation = affiliation::of_student(self.university, named, year, chance);
        Byline::Inside(Box::new(Inside {
            name,
            scopus_id: scopus_author(AuthorRange::Student, number),
            affiliations: vec![affiliation],
            staff: None,
            units: vec![named.unwrap_or(0)],
        }))
    }
}
