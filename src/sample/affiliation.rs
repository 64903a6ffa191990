//! How people of the university print where they work: correctly most of the time, and in all the ways that lose credit.

use crate::sample::chance::Chance;
use crate::sample::people::Person;
use crate::sample::units::{Unit, University};

/// The city, invented.
pub const CITY: &str = "Golsarv";

/// The affiliations of a member of staff on one paper. None names a unit that the person is not in.
pub fn of_person(university: &University, person: &Person, year: i32, chance: &mut Chance) -> Vec<String> {
    let units = &university.units;
    let of_type = |unit_type: &str| {
        let own = person.workplaces.iter().chain([&person.post]).copied();
        own.into_iter().find(|&unit| units[unit].unit_type == unit_type)
    };
    let name = |unit: usize, chance: &mut Chance| spelled(&units[unit], year, chance);
    let school = university.school_of(person.post);
    let post = match of_type("department") {
        Some(department) => vec![name(department, chance), name(school, chance)],
        None => vec![name(school, chance)],
    };
    let (hospital, centre) = (of_type("hospital"), of_type("centre"));
    let mut places: Vec<Vec<String>> = match (centre, hospital, chance.below(20)) {
        (Some(centre), _, 0..=5) => vec![vec![name(centre, chance)]],
        // The office's own rule: centre, hospital, department, school.
        (Some(centre), Some(hospital), 6..=7) => {
            vec![[vec![name(centre, chance), name(hospital, chance)], post].concat()]
        }
        (Some(centre), _, 8..=11) => vec![vec![name(centre, chance)], post],
        // Department before centre: the centre gets no credit by the ministry's rule.
        (Some(centre), _, 12) => vec![vec![post[0].clone(), name(centre, chance)]],
        (_, Some(hospital), 13..=14) => vec![vec![post[0].clone(), name(hospital, chance)]],
        (_, Some(hospital), 15) => vec![vec![name(hospital, chance)]],
        (_, _, 16) => vec![post[..1].to_vec()],
        _ => vec![post],
    };
    match chance.below(1000) {
        // The university alone.
        0..=44 => places = vec![Vec::new()],
        45..=54 => places.iter_mut().for_each(|place| place.insert(0, "Student Research Committee".to_owned())),
        _ => {}
    }
    places.into_iter().map(|place| affiliation(place, hospital.map(|unit| &units[unit]), year, chance)).collect()
}

/// The affiliation of a student, who is in no staff sheet: the school, or the university alone.
pub fn of_student(university: &University, school: Option<usize>, year: i32, chance: &mut Chance) -> String {
    let mut parts = vec!["Student Research Committee".to_owned()];
    parts.extend(school.map(|unit| spelled(&university.units[unit], year, chance)));
    format!("{}, {}, {CITY}, Iran", parts.join(", "), university.units[0].en)
}

/// Unit names, university, city and country, with the flaws of real bylines.
fn affiliation(mut parts: Vec<String>, hospital: Option<&Unit>, year: i32, chance: &mut Chance) -> String {
    let mut tail = vec![CITY, "Iran"];
    let flaw = chance.below(1000);
    match flaw {
        // The university is missing: no attribution by address can know whose hospital it is.
        0..=11 => {}
        12..=19 => {
            if let Some(hospital) = hospital {
                parts = vec![hospital.en.clone()];
            } else {
                parts.push(university_name(year, chance));
            }
        }
        _ => parts.push(university_name(year, chance)),
    }
    if parts.is_empty() {
        parts.push(university_name(year, chance));
    }
    match flaw {
        20..=54 => tail = vec!["Iran"],
        55..=79 => tail = vec![CITY, "Islamic Republic of Iran"],
        80..=87 => tail = vec![CITY, "I.R. Iran"],
        88..=92 => tail = vec!["Golsarv-Iran"],
        _ => {}
    }
    let mut text = format!("{}, {}", parts.join(", "), tail.join(", "));
    match flaw {
        100..=104 => text.push_str(".Email: office@sarvums.example"),
        105..=108 => text.push_str(". Electronic address: dean@sarvums.example"),
        // A no-break space between the words of a name, as web forms leave them.
        110..=117 => text = text.replacen("University of", "University\u{a0}of", 1),
        118..=121 => text = text.replacen("Department of", "Department\u{a0}of", 1),
        _ => {}
    }
    text
}

/// The university's name as printed.
fn university_name(year: i32, chance: &mut Chance) -> String {
    match chance.below(1000) {
        0..=13 => "Sarv University of Medical Sciences and Health Services",
        14..=25 => "SvUMS",
        26..=37 => "Sarv University of Medical Science",
        38..=47 => "Sarv Medical University",
        48..=52 => "Sarv Univ. Med. Sci.",
        // Misspelt beyond what the alias sheet knows.
        53..=57 => "Sarve University of Medical Sciences",
        58..=61 if year < 2023 => "University of Medical Sciences of Sarv Province",
        _ => "Sarv University of Medical Sciences",
    }
    .to_owned()
}

/// A unit's name, or another spelling that the units or aliases sheet gives for the year.
fn spelled(unit: &Unit, year: i32, chance: &mut Chance) -> String {
    let others = unit.spellings_in(year);
    match chance.below(100) {
        0..=8 if !others.is_empty() => (*chance.pick(&others)).to_owned(),
        9..=11 => unit.en.replace("Research Center", "Research Centre"),
        12..=13 => unit.en.replace("Department of", "Dept. of"),
        14..=15 => unit.en.replace(" and ", " & "),
        16 => unit.en.to_lowercase(),
        _ => unit.en.clone(),
    }
}
