//! Evaluators of the sample, their ties, and the visits that want panels.

use crate::sample::accreditation::catalogue::Catalogue;
use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;
use crate::sample::people::People;
use crate::sample::script::{Day, persian_digits};
use crate::sample::units::University;

/// Evaluators.
const EVALUATORS: usize = 85;
/// Year of the data.
const YEAR: i32 = 1403;

/// Certificates of courses.
pub const CERTIFICATES: [&str; 3] = ["کارگاه ارزیابی بیرونی", "اخلاق ارزیابی", "آشنایی با استانداردهای ۱۴۰۲"];

/// Members of staff who are evaluators: from all over the list, in post, of some rank and years.
pub fn evaluators(people: &People) -> Vec<usize> {
    let fits = |person: &usize| {
        let person = &people.list[*person];
        person.left.is_none()
            && person.hired.year <= YEAR - 6
            && ["استادیار", "دانشیار", "استاد"].contains(&person.rank)
    };
    let able: Vec<usize> = (0..people.list.len()).filter(fits).collect();
    let step = (able.len() / EVALUATORS).max(1);
    able.into_iter().step_by(step).take(EVALUATORS).collect()
}

/// `evaluators.csv`.
pub fn evaluators_csv(seed: u64, university: &University, people: &People, catalogue: &Catalogue) -> Vec<u8> {
    let head = [
        "کد ارزیاب",
        "نام ارزیاب",
        "واحد",
        "مرتبه علمی",
        "سابقه (سال)",
        "حوزه‌های تخصص",
        "گواهی‌ها",
        "زبان‌ها",
        "شمار هیئت‌های پیشین",
        "سقف هیئت",
    ];
    let mut rows: Vec<[String; 10]> = vec![head.map(String::from)];
    for (number, index) in evaluators(people).into_iter().enumerate() {
        let person = &people.list[index];
        let mut chance = Chance::new(seed, Kind::Accreditation, (7 << 32) | number as u64);
        let mut areas: Vec<usize> = (0..catalogue.areas.len()).collect();
        chance.shuffle(&mut areas);
        areas.truncate(2 + chance.below(3));
        // Everybody knows one area in turn, so that a small university has experts of all.
        if !areas.contains(&(number % catalogue.areas.len())) {
            areas[0] = number % catalogue.areas.len();
        }
        areas.sort_unstable();
        let areas: Vec<&str> = areas.into_iter().map(|area| catalogue.areas[area].0.as_str()).collect();
        let held: Vec<&str> = CERTIFICATES.into_iter().filter(|_| chance.happens(0.7)).collect();
        let number = |number: i64| persian_digits(&number.to_string());
        rows.push([
            person.id.clone(),
            format!("{} {}", person.given.fa, person.family.fa),
            university.units[person.post].id.clone(),
            person.rank.to_owned(),
            number(i64::from(YEAR - person.hired.year)),
            areas.join("؛ "),
            held.join("؛ "),
            if chance.happens(0.6) { "فارسی؛ انگلیسی" } else { "فارسی" }.into(),
            number(chance.between(0, 6)),
            number(chance.between(3, 5)),
        ]);
    }
    comma_separated::bytes(&rows)
}

/// `ties.csv`: a few have kin among the leaders, have supervised them, or have worked there.
pub fn ties_csv(seed: u64, university: &University, people: &People) -> Vec<u8> {
    let mut rows = vec![["کد ارزیاب", "واحد", "نوع تعارض", "تاریخ پایان"].map(String::from)];
    for (number, index) in evaluators(people).into_iter().enumerate() {
        let mut chance = Chance::new(seed, Kind::Accreditation, (8 << 32) | number as u64);
        if !chance.happens(0.35) {
            continue;
        }
        let kind = *chance.pick(&["اشتغال", "اشتغال", "خویشاوندی", "استاد راهنما"]);
        let until = Day { year: chance.between(1397, 1402) as i32, month: 6, day: 30 };
        rows.push([
            people.list[index].id.clone(),
            university.units[1 + chance.below(university.units.len() - 1)].id.clone(),
            kind.to_owned(),
            if kind == "اشتغال" { persian_digits(&until.slashes()) } else { String::new() },
        ]);
    }
    comma_separated::bytes(&rows)
}

/// `visits.csv`: every unit wants three members who know four areas. One wants more than two members can know.
pub fn visits_csv(seed: u64, university: &University, people: &People, catalogue: &Catalogue) -> Vec<u8> {
    let head = ["واحد", "شمار اعضا", "حوزه‌های لازم", "کد پرسنلی مدیران", "تاریخ بازدید"];
    let mut rows: Vec<[String; 5]> = vec![head.map(String::from)];
    // A small university has too few evaluators for all its units.
    let room = evaluators(people).len();
    let visited = university.units.len().min(room.max(1));
    for unit in 0..visited {
        let mut chance = Chance::new(seed, Kind::Accreditation, (9 << 32) | unit as u64);
        let last = unit + 1 == visited;
        let mut areas: Vec<usize> = (0..catalogue.areas.len()).collect();
        chance.shuffle(&mut areas);
        areas.truncate(if last { catalogue.areas.len() } else { 4 });
        areas.sort_unstable();
        let areas: Vec<&str> = areas.into_iter().map(|area| catalogue.areas[area].0.as_str()).collect();
        // Nobody has a post at the university itself: whoever leads it has one elsewhere.
        let mut leaders = if unit == 0 { (0..people.list.len()).collect() } else { people.by_unit[unit].clone() };
        leaders.retain(|&person| people.list[person].left.is_none());
        leaders.sort_by(|&a, &b| people.list[b].productivity.total_cmp(&people.list[a].productivity).then(a.cmp(&b)));
        let leaders: Vec<&str> = leaders.into_iter().take(2).map(|person| people.list[person].id.as_str()).collect();
        let day = Day { year: 1404, month: chance.between(2, 3) as u8, day: chance.between(1, 30) as u8 };
        rows.push([
            university.units[unit].id.clone(),
            persian_digits(if last { "1" } else { "3" }),
            areas.join("؛ "),
            leaders.join("; "),
            persian_digits(&day.slashes()),
        ]);
    }
    comma_separated::bytes(&rows)
}
