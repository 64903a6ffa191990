//! Ratings of two rounds and the register of evidence. Units differ, standards differ in difficulty, and units rate
//! themselves a little better than panels do.

use crate::sample::accreditation::catalogue::{Catalogue, GONE, Standard, is_new};
use crate::sample::accreditation::people::evaluators;
use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;
use crate::sample::people::People;
use crate::sample::script::{Day, persian_digits};
use crate::sample::units::University;

/// Levels as an Iranian office prints them, the lowest first.
const LEVELS: [&str; 4] = ["عدم انطباق", "تا حدودی", "نسبتاً کامل", "کامل"];
const NOT_APPLICABLE: &str = "فاقد موضوعیت";
const RECOMMENDATIONS: [(&str, &str); 4] = [
    ("برنامه بازنگری و تصویب شود", "پذیرفته شد"),
    ("گزارش سالانه تهیه شود", ""),
    ("مسئول مشخصی تعیین شود", "در دست اقدام"),
    ("مستندات کامل شود", ""),
];

/// Units that are rated: schools and hospitals.
pub fn rated(university: &University) -> Vec<usize> {
    let types = ["school", "hospital"];
    (0..university.units.len()).filter(|&unit| types.contains(&university.units[unit].unit_type.as_str())).collect()
}

/// Whether a standard asks for something that the unit does not do.
fn applies(university: &University, unit: usize, standard: &Standard) -> bool {
    let hospital = university.units[unit].unit_type == "hospital";
    match standard.domain.as_str() {
        "درمان" => hospital || university.units[unit].id == "med",
        _ => !hospital || !["S6B", "S6C"].iter().any(|sub| standard.code.starts_with(sub)),
    }
}

/// Level of 0–3 that a rater of a unit sees, or none.
fn level(seed: u64, university: &University, unit: usize, standard: &Standard, at: usize, shift: f64) -> Option<usize> {
    if at == 93 || !applies(university, unit, standard) {
        return None;
    }
    let mut own = Chance::new(seed, Kind::Accreditation, (1 << 32) | unit as u64);
    // A standard that the one before it has as good as answered.
    let asked = if at == 21 { 20 } else { at };
    let mut difficulty = Chance::new(seed, Kind::Accreditation, (2 << 32) | asked as u64);
    let mut both = Chance::new(seed, Kind::Accreditation, (3 << 32) | ((unit * 1000 + asked) as u64));
    let quality = 2.0 + 0.4 * own.normal() - 0.3 * difficulty.normal() + 0.45 * both.normal() + shift;
    match at {
        5 => Some(3),
        60 => Some(0),
        _ => Some(quality.round().clamp(0.0, 3.0) as usize),
    }
}

/// `ratings.csv`: the unit's own rating of both rounds, one panel of 1399 and two members of a panel of 1403.
pub fn ratings_csv(
    seed: u64,
    university: &University,
    people: &People,
    catalogue: &Catalogue,
    rated: &[usize],
) -> Vec<u8> {
    let head =
        ["واحد", "سال", "کد استاندارد", "نوع ارزیابی", "سطح", "کد ارزیاب", "مستند", "یافته", "پیشنهاد", "پاسخ واحد"];
    let mut rows: Vec<[String; 10]> = vec![head.map(String::from)];
    let raters = evaluators(people);
    for &unit in rated {
        for (round, panel) in [(1399, 1), (1403, 2)] {
            let mut asked: Vec<(usize, &str)> = Vec::new();
            for (at, standard) in catalogue.standards.iter().enumerate() {
                // The last unit has not rated all.
                let left_out = round == 1403 && unit == rated[rated.len() - 1] && at % 40 == 11;
                let too_new = round == 1399 && is_new(at);
                if !left_out && !too_new {
                    asked.push((at, &standard.code));
                }
            }
            if round == 1399 {
                asked.extend(GONE.map(|code| (1, code)));
            }
            for (at, code) in asked {
                let standard = &catalogue.standards[at];
                for rater in 0..=panel {
                    let number = ((unit * 1000 + at) * 10 + rater) as u64 + u64::from(round == 1403) * (1 << 30);
                    let mut chance = Chance::new(seed, Kind::Accreditation, (4 << 32) | number);
                    let earlier = if round == 1399 { -0.25 } else { 0.0 };
                    let bias = if rater == 0 { 0.25 } else { 0.0 };
                    let mut noise = 0.22 * chance.normal();
                    // One standard that everybody reads otherwise.
                    if at == 33 && rater > 0 {
                        noise -= 1.9;
                    }
                    let noise = if at == 20 || at == 21 { 0.0 } else { noise };
                    let seen = level(seed, university, unit, standard, at, earlier + bias + noise);
                    let below = seen.is_some_and(|level| level < 3);
                    let external = rater > 0;
                    let advice = chance.pick(&RECOMMENDATIONS);
                    let recommends = external && rater == 1 && below && chance.happens(0.45);
                    let refers = !external || chance.happens(0.85);
                    let rater_id = if external && !raters.is_empty() {
                        people.list[raters[(unit * 7 + rater * 13) % raters.len()]].id.clone()
                    } else {
                        String::new()
                    };
                    rows.push([
                        university.units[unit].id.clone(),
                        persian_digits(&round.to_string()),
                        code.to_owned(),
                        if external { "ارزیابی بیرونی" } else { "خودارزیابی" }.into(),
                        seen.map_or(NOT_APPLICABLE, |level| LEVELS[level]).into(),
                        rater_id,
                        if refers && seen.is_some() { format!("{code}-{}", at + 1) } else { String::new() },
                        if external && below && rater == 1 {
                            "شواهد کامل نبود".into()
                        } else {
                            String::new()
                        },
                        if recommends { advice.0.into() } else { String::new() },
                        if recommends { advice.1.into() } else { String::new() },
                    ]);
                }
            }
        }
    }
    comma_separated::bytes(&rows)
}

/// `evidence.csv`: one document per mandatory standard that applies, most of them in.
pub fn evidence_csv(seed: u64, university: &University, catalogue: &Catalogue, rated: &[usize]) -> Vec<u8> {
    let head = ["واحد", "کد استاندارد", "نام مستند", "مسئول", "مهلت تحویل", "تاریخ دریافت", "نام فایل"];
    let mut rows: Vec<[String; 7]> = vec![head.map(String::from)];
    for &unit in rated {
        for (at, standard) in catalogue.standards.iter().enumerate().filter(|(_, standard)| standard.mandatory) {
            if !applies(university, unit, standard) {
                continue;
            }
            let mut chance = Chance::new(seed, Kind::Accreditation, (6 << 32) | (unit * 1000 + at) as u64);
            let open = chance.happens(0.04);
            let due = Day {
                year: if open { 1404 } else { 1403 },
                month: chance.between(2, 8) as u8,
                day: chance.between(1, 30) as u8,
            };
            // One kind of document that hardly anybody brings.
            let missing = open || chance.happens(if at == 44 { 0.8 } else { 0.08 });
            let received = Day {
                month: due.month + u8::from(chance.happens(0.15)),
                day: chance.between(1, due.day.into()) as u8,
                ..due
            };
            rows.push([
                university.units[unit].id.clone(),
                standard.code.clone(),
                standard.evidence.clone(),
                (*chance.pick(&["معاون آموزشی", "مسئول کیفیت", "مدیر اداری", "معاون پژوهشی"])).to_owned(),
                persian_digits(&due.slashes()),
                if missing { String::new() } else { persian_digits(&received.slashes()) },
                if missing { String::new() } else { format!("{}_{}.pdf", university.units[unit].id, standard.code) },
            ]);
        }
    }
    comma_separated::bytes(&rows)
}
