//! The staff of the invented university.

use crate::sample::chance::{Chance, Kind, running_sums};
use crate::sample::field::Fields;
use crate::sample::identifier::{AuthorRange, orcid, scopus_author};
use crate::sample::name::{LatinName, PersianNames, Spelled};
use crate::sample::script::Day;
use crate::sample::size::Size;
use crate::sample::units::University;

/// First Solar Hijri year in which somebody of today's staff was hired.
const FIRST_HIRED: i64 = 1367;
/// Citizenships of staff from abroad.
const FOREIGN: [&str; 6] = ["عراق", "افغانستان", "پاکستان", "سوریه", "لبنان", "هند"];

/// A member of staff.
#[derive(Debug, Clone)]
pub struct Person {
    /// Personnel number.
    pub id: String,
    /// Given name.
    pub given: Spelled,
    /// Family name.
    pub family: Spelled,
    /// Which of the Latin spellings the person uses.
    pub spelling: (usize, usize),
    /// Female.
    pub female: bool,
    /// Citizenship as the sheet prints it.
    pub citizenship: &'static str,
    /// The department, or the school where it has none.
    pub post: usize,
    /// Hospital, centre: where the person works besides.
    pub workplaces: Vec<usize>,
    /// A second school in which the person also teaches.
    pub second_school: Option<usize>,
    /// Academic rank.
    pub rank: &'static str,
    /// Mode of cooperation.
    pub cooperation: &'static str,
    /// Highest degree.
    pub degree: &'static str,
    /// First day of employment.
    pub hired: Day,
    /// Last day of employment.
    pub left: Option<Day>,
    /// ORCID iD, where the person has one and told the office.
    pub orcid: Option<String>,
    /// Profiles under which the person publishes.
    pub scopus_ids: Vec<String>,
    /// Whether the office knows them.
    pub ids_known: bool,
    /// Weight with which the person leads papers.
    pub productivity: f64,
    /// All units: post, workplaces, second school; the most particular ones, ascending by id.
    pub units: Vec<usize>,
}

impl Person {
    /// The name as most of the person's papers print it.
    pub fn latin_name(&self) -> LatinName {
        self.spelled(self.spelling.0, self.spelling.1)
    }

    /// The name in one of its spellings.
    pub fn spelled(&self, given: usize, family: usize) -> LatinName {
        LatinName {
            given: self.given.latin[given % self.given.latin.len()].clone(),
            family: self.family.latin[family % self.family.latin.len()].clone(),
        }
    }

    /// Whether a paper of a year is written here: employed in that year, or left in the year before (papers appear late).
    pub fn writes_here(&self, year: i32) -> bool {
        self.hired.gregorian_year() <= year && self.left.is_none_or(|left| year <= left.gregorian_year() + 1)
    }
}

/// The staff.
#[derive(Debug, Clone)]
pub struct People {
    /// In order of personnel number.
    pub list: Vec<Person>,
    /// Persons of each unit itself, ascending.
    pub by_unit: Vec<Vec<usize>>,
}

impl People {
    /// Hires the staff.
    pub fn new(size: &Size, university: &University, fields: &Fields) -> Self {
        let names = PersianNames::built_in();
        let posts = posts(university);
        let sums = running_sums(posts.iter().map(|(_, weight)| *weight));
        let mut list: Vec<Person> = (0..size.staff)
            .map(|number| {
                let mut chance = Chance::new(size.seed, Kind::Person, number as u64);
                // Each post is filled once before chance decides.
                let at = if number < posts.len() { number } else { chance.weighted(&sums) };
                person(number, posts[at].0, university, &names, &mut chance)
            })
            .collect();
        fill_empty_workplaces(&mut list, university);
        for (number, person) in list.iter_mut().enumerate() {
            settle(person, number, size.seed, university, fields);
        }
        let mut by_unit = vec![Vec::new(); university.units.len()];
        for (index, person) in list.iter().enumerate() {
            for &unit in &person.units {
                by_unit[unit].push(index);
            }
        }
        People { list, by_unit }
    }

    /// Persons of a unit or any unit below it.
    pub fn count_within(&self, unit: usize, university: &University) -> usize {
        self.list
            .iter()
            .filter(|person| person.units.iter().any(|&own| own == unit || university.is_above(unit, own)))
            .count()
    }
}

/// Departments, and schools as far as they employ people outside their departments, with their weights.
fn posts(university: &University) -> Vec<(usize, f64)> {
    let departments = university.of_type("department");
    let schools = university.of_type("school");
    let mut posts: Vec<(usize, f64)> =
        departments.iter().map(|&unit| (unit, university.units[unit].staff.max(0.5))).collect();
    for school in schools {
        let inside: Vec<usize> =
            departments.iter().copied().filter(|&unit| university.school_of(unit) == school).collect();
        let rest =
            university.units[school].staff - inside.iter().map(|&unit| university.units[unit].staff).sum::<f64>();
        if inside.is_empty() || rest > 0.0 {
            posts.push((school, rest.max(0.5)));
        }
    }
    posts
}

fn person(number: usize, post: usize, university: &University, names: &PersianNames, chance: &mut Chance) -> Person {
    let female = chance.happens(0.42);
    let given = chance.pick(if female { &names.female } else { &names.male }).clone();
    let family = chance.pick(&names.family).clone();
    let spelling = (chance.below(given.latin.len()), chance.below(family.latin.len()));
    let clinical = university.units[post].unit_type == "department"
        && (0..university.units.len()).any(|unit| {
            university.units[unit].unit_type == "hospital" && university.units[unit].departments.contains(&post)
        });
    let hired = Day {
        // Most were there before the first paper of the sample; the first tenth for certain, so that every year has authors.
        year: (if number.is_multiple_of(10) || chance.happens(0.86) {
            FIRST_HIRED + chance.below(31) as i64
        } else {
            chance.between(1398, 1402)
        }) as i32,
        month: chance.between(1, 9) as u8,
        day: chance.between(1, 30) as u8,
    };
    let leaves = !number.is_multiple_of(10) && chance.happens(0.09);
    let left = Day {
        year: chance.between(1398.max(i64::from(hired.year) + 1), 1403) as i32,
        month: chance.between(1, 9) as u8,
        day: chance.between(1, 30) as u8,
    };
    let left = leaves.then_some(left).filter(|left| hired < *left && left.year <= 1403);
    let researcher = chance.happens(0.04);
    let age = 1402 - hired.year;
    let rank = match chance.below(100) as i32 + age {
        _ if researcher => "پژوهشگر",
        0..=16 => "مربی",
        17..=72 => "استادیار",
        73..=104 => "دانشیار",
        _ => "استاد",
    };
    let degree = match chance.below(20) {
        _ if rank == "مربی" => "کارشناسی ارشد",
        0..=12 if clinical => "متخصص",
        13..=16 if clinical => "فوق تخصص",
        17 => "دکتری حرفه‌ای",
        18 => "PhD",
        _ => "دکتری تخصصی",
    };
    let cooperation = match chance.below(20) {
        0..=8 if clinical => "تمام‌وقت جغرافیایی",
        19 => "نیمه‌وقت",
        _ => "تمام‌وقت",
    };
    let profiles = match chance.below(1000) {
        0..=29 => 0,
        30..=899 => 1,
        900..=984 => 2,
        _ => 3,
    };
    let schools = university.of_type("school");
    let second_school = (schools.len() > 1 && chance.happens(0.008))
        .then(|| *chance.pick(&schools))
        .filter(|&school| school != university.school_of(post));
    Person {
        id: (20_011 + 7 * number).to_string(),
        given,
        family,
        spelling,
        female,
        citizenship: if chance.happens(0.013) { chance.pick::<&str>(&FOREIGN) } else { "ایرانی" },
        post,
        workplaces: workplaces(post, university, chance),
        second_school,
        rank,
        cooperation,
        degree,
        hired,
        left,
        orcid: chance.happens(0.7).then(|| orcid(41 * number as u64 + 7)),
        scopus_ids: (0..profiles).map(|profile| scopus_author(AuthorRange::Staff, 4 * number + profile)).collect(),
        ids_known: chance.happens(0.93),
        productivity: chance.log_normal(1.15)
            * match rank {
                "مربی" => 0.2,
                "دانشیار" => 1.5,
                "استاد" => 2.4,
                "پژوهشگر" => 1.6,
                _ => 0.8,
            },
        units: Vec::new(),
    }
}

/// A hospital for most clinicians, a research centre for a third of those to whom one is near.
fn workplaces(post: usize, university: &University, chance: &mut Chance) -> Vec<usize> {
    let near = |unit_type: &str| -> Vec<usize> {
        let of_type = university.of_type(unit_type).into_iter();
        of_type.filter(|&unit| university.units[unit].departments.contains(&post)).collect()
    };
    let (hospitals, centres) = (near("hospital"), near("centre"));
    let mut places = Vec::new();
    if !hospitals.is_empty() && chance.happens(0.85) {
        places.push(*chance.pick(&hospitals));
    }
    if !centres.is_empty() && chance.happens(0.38) {
        places.push(*chance.pick(&centres));
    }
    places
}

/// Gives two persons to each hospital and centre that has nobody, those of a near department before others.
fn fill_empty_workplaces(list: &mut [Person], university: &University) {
    for (index, unit) in university.units.iter().enumerate() {
        let is_workplace = unit.unit_type == "hospital" || unit.unit_type == "centre";
        if !is_workplace || list.iter().any(|person| person.workplaces.contains(&index)) {
            continue;
        }
        let near: Vec<usize> = (0..list.len()).filter(|&p| unit.departments.contains(&list[p].post)).collect();
        let chosen = if near.is_empty() { (0..list.len()).skip(index % list.len()).collect() } else { near };
        for person in chosen.into_iter().take(2) {
            list[person].workplaces.push(index);
        }
    }
}

/// Works out what follows from the posts: the units, and how much the person publishes.
fn settle(person: &mut Person, number: usize, seed: u64, university: &University, fields: &Fields) {
    let school = university.school_of(person.post);
    let mut units = vec![school, person.post];
    units.extend(&person.workplaces);
    units.extend(person.second_school);
    person.units = university.most_particular(&units);
    let strength = person.units.iter().map(|&unit| university.units[unit].strength).fold(0.0, f64::max);
    let field = &fields.list[university.units[person.post].field];
    // Fields that cite more also publish more; a little of it is the person's own.
    let mut chance = Chance::new(seed, Kind::Person, (1 << 40) | number as u64);
    person.productivity *= strength * (0.6 + 0.2 * field.rate) * chance.within(0.8, 1.2);
}
