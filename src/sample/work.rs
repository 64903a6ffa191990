//! The publications of the invented university.

use rayon::prelude::*;

use crate::sample::byline::{Authors, Byline};
use crate::sample::chance::{Chance, Kind, running_sums};
use crate::sample::field::{Field, Fields};
use crate::sample::institution::World;
use crate::sample::journal::Journals;
use crate::sample::name::PersianNames;
use crate::sample::people::People;
use crate::sample::size::Size;
use crate::sample::title;
use crate::sample::units::University;

/// Years of publication with their share.
const YEARS: [(i32, f64); 5] = [(2020, 0.18), (2021, 0.2), (2022, 0.2), (2023, 0.205), (2024, 0.215)];

/// When citations were counted, as a year.
pub(super) const CITED_UNTIL: f64 = 2025.6;

/// Document types with their share per thousand and their factor on citations.
const DOCUMENT_TYPES: [(&str, usize, f64); 10] = [
    ("Article", 775, 1.0),
    ("Review", 125, 1.8),
    ("Letter", 25, 0.3),
    ("Conference paper", 22, 0.5),
    ("Editorial", 16, 0.3),
    ("Note", 12, 0.3),
    ("Book chapter", 10, 0.4),
    ("Erratum", 7, 0.02),
    ("Short survey", 5, 0.6),
    ("Retracted", 3, 0.8),
];

/// A publication.
#[derive(Debug, Clone)]
pub struct Work {
    /// Its number, from 0.
    pub number: usize,
    /// Year.
    pub year: i32,
    /// Title.
    pub title: String,
    /// Index of the journal.
    pub journal: usize,
    /// First and last page.
    pub pages: (u32, u32),
    /// Citations.
    pub citations: u32,
    /// Document type as the export prints it.
    pub document_type: &'static str,
    /// Authors in byline order; empty for the few records that list none.
    pub authors: Vec<Byline>,
    /// Position of the corresponding author in [`Work::authors`], where the record names one.
    pub corresponding: Option<usize>,
    /// Free to read.
    pub open: bool,
    /// The export holds a second record of the same DOI under another EID.
    pub twice: bool,
}

/// All publications.
#[derive(Debug, Clone)]
pub struct Works<'a> {
    /// By number.
    pub list: Vec<Work>,
    /// The authors elsewhere.
    pub world: &'a World,
}

impl<'a> Works<'a> {
    /// Writes all papers, each from a stream of its own, so that threads cannot move anything.
    pub fn new(
        size: &Size,
        university: &'a University,
        people: &'a People,
        fields: &'a Fields,
        journals: &'a Journals,
        world: &'a World,
    ) -> Self {
        let names = PersianNames::built_in();
        let authors = Authors { seed: size.seed, university, people, world, names: &names };
        let desk = Desk {
            authors,
            fields,
            journals,
            year_sums: running_sums(YEARS.iter().map(|(_, share)| *share)),
            employed: YEARS.iter().map(|(year, _)| Employed::in_year(people, *year)).collect(),
        };
        let list = (0..size.publications)
            .into_par_iter()
            .map(|number| {
                let chance = Chance::new(size.seed, Kind::Work, number as u64);
                desk.work(number, consortium_place(size, number), chance)
            })
            .collect();
        Works { list, world }
    }
}

/// Which of the papers with more than 100 authors a number is, if it is one: they are spread evenly and exactly counted.
fn consortium_place(size: &Size, number: usize) -> Option<usize> {
    let before = |number: usize| (number as u128 * size.hyper_authored as u128 / size.publications as u128) as usize;
    (before(number) != before(number + 1)).then(|| before(number))
}

/// Who leads papers in a year.
struct Employed {
    people: Vec<usize>,
    sums: Vec<f64>,
    /// Staff who are not here yet, or no longer.
    away: Vec<usize>,
}

impl Employed {
    fn in_year(people: &People, year: i32) -> Self {
        let (here, away): (Vec<usize>, Vec<usize>) =
            (0..people.list.len()).partition(|&person| people.list[person].writes_here(year));
        let sums = running_sums(here.iter().map(|&person| people.list[person].productivity));
        Employed { people: here, sums, away }
    }
}

struct Desk<'a> {
    authors: Authors<'a>,
    fields: &'a Fields,
    journals: &'a Journals,
    year_sums: Vec<f64>,
    employed: Vec<Employed>,
}

/// What the authors of a paper share.
struct Team {
    authors: Vec<Byline>,
    corresponding: usize,
    field: usize,
    strength: f64,
}

impl Desk<'_> {
    fn work(&self, number: usize, consortium: Option<usize>, mut chance: Chance) -> Work {
        let chance = &mut chance;
        let at = chance.weighted(&self.year_sums);
        let (year, employed) = (YEARS[at].0, &self.employed[at]);
        let lead = employed.people[chance.weighted(&employed.sums)];
        let mut document = document_type(chance);
        let mut team = match consortium {
            Some(place) => self.consortium(place, lead, year, employed, chance),
            None if !employed.away.is_empty() && chance.happens(0.012) => {
                self.team(*chance.pick(&employed.away), year, chance)
            }
            None => self.team(lead, year, chance),
        };
        // Every so often a record lists no authors, a journal is a listed one, a work has two records.
        let anonymous = consortium.is_none() && number % 4_000 == 2_500;
        let listed = number % 1_201 == 600 || consortium.is_some_and(|place| place % 60 == 30);
        if anonymous {
            team.authors.clear();
            document = ("Conference review", 0, 0.05);
        } else if consortium.is_some() || listed {
            document = DOCUMENT_TYPES[0];
        }
        let field = &self.fields.list[team.field];
        let quality = team.strength * chance.log_normal(0.35) * if consortium.is_some() { 3.0 } else { 1.0 };
        let journal =
            if listed { *chance.pick(&self.journals.listed) } else { self.journals.pick(team.field, quality, chance) };
        let title = match (anonymous, consortium) {
            (true, _) => format!("Proceedings of the Golsarv Congress of {}, {year}", field.subject),
            (_, Some(_)) => title::of_consortium(field, year, chance),
            _ => title::title(field, document.0, chance),
        };
        let first = 1 + chance.below(2_400) as u32;
        let large = if consortium.is_some() { 4.0 } else { 1.0 };
        Work {
            number,
            year,
            title,
            journal,
            pages: (first, first + 3 + chance.below(14) as u32),
            citations: self.citations(field, year, journal, document.2 * large * team.strength, chance),
            document_type: document.0,
            corresponding: (!team.authors.is_empty() && chance.happens(0.7)).then_some(team.corresponding),
            authors: team.authors,
            open: chance.happens(0.46),
            twice: consortium.is_none() && !anonymous && number % 1_600 == 800,
        }
    }

    /// Citations: in proportion to field, age and journal, with a heavy tail.
    fn citations(&self, field: &Field, year: i32, journal: usize, factor: f64, chance: &mut Chance) -> u32 {
        let age = CITED_UNTIL - f64::from(year) - 0.5;
        let mean = field.rate * libm::pow(age, 1.2) * self.journals.list[journal].weight * factor;
        (mean * chance.log_normal(1.05)).floor().clamp(0.0, 60_000.0) as u32
    }

    /// The authors of an ordinary paper.
    fn team(&self, lead: usize, year: i32, chance: &mut Chance) -> Team {
        let Authors { university, people, world, .. } = self.authors;
        let leader = &people.list[lead];
        let unit = *chance.pick(&leader.units);
        let mut own = vec![lead];
        for _ in 0..chance.weighted(&[0.22, 0.5, 0.74, 0.9, 1.0]) {
            let pool = match chance.below(10) {
                0..=7 => &people.by_unit[unit],
                _ => &people.by_unit[leader.post],
            };
            let somebody = if pool.is_empty() || chance.happens(0.12) {
                chance.below(people.list.len())
            } else {
                *chance.pick(pool)
            };
            if !own.contains(&somebody) && people.list[somebody].writes_here(year) {
                own.push(somebody);
            }
        }
        let mut outsiders: Vec<usize> = Vec::new();
        if chance.happens(0.43) {
            for _ in 0..1 + chance.below(3) {
                outsiders.push(world.someone(world.domestic_partner(chance), chance));
            }
        }
        let abroad = leader.units.iter().map(|&unit| university.units[unit].abroad).fold(0.0, f64::max);
        if chance.happens(abroad) {
            for _ in 0..1 + chance.below(3) {
                let partner = world.partner_abroad(unit, chance);
                for _ in 0..1 + chance.below(2) {
                    outsiders.push(world.someone(partner, chance));
                }
            }
        }
        if chance.happens(0.015) {
            outsiders.push(world.someone(world.company(chance), chance));
        }
        outsiders.sort_unstable();
        outsiders.dedup();
        let mut others: Vec<Byline> = own[1..].iter().map(|&person| self.authors.staff(person, year, chance)).collect();
        others.extend(outsiders.into_iter().map(Byline::Outsider));
        if chance.happens(0.35) {
            others.push(self.authors.student(university.school_of(leader.post), year, chance));
        }
        chance.shuffle(&mut others);
        let place = match chance.below(10) {
            0..=3 => 0,
            4..=7 => others.len(),
            _ => chance.below(others.len() + 1),
        };
        others.insert(place, self.authors.staff(lead, year, chance));
        let corresponding = if chance.happens(0.8) { place } else { chance.below(others.len()) };
        let strength = leader.units.iter().map(|&unit| university.units[unit].strength).fold(0.0, f64::max);
        Team { authors: others, corresponding, field: university.units[unit].field, strength }
    }

    /// The authors of a paper by a large consortium, in order of name: a few of ours among hundreds.
    fn consortium(&self, place: usize, lead: usize, year: i32, employed: &Employed, chance: &mut Chance) -> Team {
        let Authors { university, people, world, .. } = self.authors;
        let number = if place % 40 == 7 {
            1_001 + chance.below(220)
        } else {
            101 + (850.0 * libm::pow(chance.unit(), 12.0)) as usize
        };
        let mut own = vec![lead];
        for _ in 0..chance.below(5) {
            let somebody = employed.people[chance.weighted(&employed.sums)];
            if !own.contains(&somebody) {
                own.push(somebody);
            }
        }
        let mut authors: Vec<Byline> = own.iter().map(|&person| self.authors.staff(person, year, chance)).collect();
        authors.extend(world.consortium(number - own.len(), chance).into_iter().map(Byline::Outsider));
        authors.sort_by(|a, b| (a.name(world), a.scopus_id(world)).cmp(&(b.name(world), b.scopus_id(world))));
        let corresponding = chance.below(authors.len());
        let unit = *chance.pick(&people.list[lead].units);
        Team { authors, corresponding, field: university.units[unit].field, strength: 1.4 }
    }
}

fn document_type(chance: &mut Chance) -> (&'static str, usize, f64) {
    let mut mark = chance.below(1_000);
    for document in DOCUMENT_TYPES {
        if mark < document.1 {
            return document;
        }
        mark -= document.1;
    }
    DOCUMENT_TYPES[0]
}
