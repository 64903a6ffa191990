//! Agreements with institutions abroad, and visitors from and to them.

use crate::sample::chance::{Chance, Kind};
use crate::sample::institution::World;
use crate::sample::script::{Day, persian_digits};
use crate::sample::units::University;
use crate::sample::workbook::{self, Column, Page, Value};

/// Agreements of the sample.
const AGREEMENTS: u64 = 42;
/// Visits of the sample.
const VISITS: u64 = 90;

const AGREEMENT_COLUMNS: [Column; 8] = [
    ("", "شماره", 8.0),
    ("", "طرف تفاهم‌نامه", 36.0),
    ("", "کشور", 18.0),
    ("", "نوع", 22.0),
    ("", "واحد مسئول", 34.0),
    ("", "تاریخ امضا", 12.0),
    ("", "تاریخ پایان", 12.0),
    ("", "اقدامات", 30.0),
];

const KINDS: [&str; 5] = ["تفاهم‌نامه عمومی", "تبادل دانشجو", "پژوهش مشترک", "برنامه مشترک دکتری", "تبادل استاد"];

const ACTIONS: [&str; 5] = ["کارگاه مشترک", "اعزام دو دانشجو", "", "طرح پژوهشی مشترک", "در دست پیگیری"];

const VISIT_COLUMNS: [Column; 9] = [
    ("", "کد", 8.0),
    ("", "نام مهمان", 26.0),
    ("", "نوع سفر", 10.0),
    ("", "دانشگاه", 36.0),
    ("", "کشور", 18.0),
    ("", "واحد میزبان", 34.0),
    ("", "تاریخ ورود", 12.0),
    ("", "تاریخ خروج", 12.0),
    ("", "هدف سفر", 22.0),
];

const PURPOSES: [&str; 4] = ["پژوهش مشترک", "تدریس", "شرکت در همایش", "بازدید"];

/// `agreements/agreements.xlsx`: some are running, some have expired, some were never used.
pub fn agreements(seed: u64, university: &University, world: &World) -> Vec<u8> {
    let title = format!("{} – تفاهم‌نامه‌های بین‌المللی", university.units[0].fa);
    let mut page = Page::new("تفاهم‌نامه‌ها", &title, &AGREEMENT_COLUMNS);
    for number in 0..AGREEMENTS {
        let mut chance = Chance::new(seed, Kind::Agreement, number);
        let unit = chance.below(university.units.len());
        let partner = &world.institutions[world.partner_abroad(unit, &mut chance)];
        let signed = day(&mut chance, 1394, 1403);
        let expires = Day { year: signed.year + chance.between(2, 6) as i32, ..signed };
        page.push([
            Value::from(format!("MOU-{:03}", number + 1)),
            partner.name.as_str().into(),
            partner.country.as_str().into(),
            (*chance.pick(&KINDS)).into(),
            university.units[unit].fa.as_str().into(),
            persian_digits(&signed.slashes()).into(),
            persian_digits(&expires.slashes()).into(),
            (*chance.pick(&ACTIONS)).into(),
        ]);
    }
    workbook::bytes(vec![page])
}

/// `mobility/visitors.xlsx`.
pub fn visitors(seed: u64, university: &University, world: &World) -> Vec<u8> {
    let title = format!("{} – مهمانان و سفرهای علمی", university.units[0].fa);
    let mut page = Page::new("مهمانان", &title, &VISIT_COLUMNS);
    for number in 0..VISITS {
        let mut chance = Chance::new(seed, Kind::Visitor, number);
        let unit = chance.below(university.units.len());
        let institution = world.partner_abroad(unit, &mut chance);
        let visitor = &world.people[world.someone(institution, &mut chance)].name;
        let partner = &world.institutions[institution];
        let arrival = day(&mut chance, 1399, 1403);
        let later = i64::from(arrival.day) + chance.between(2, 29);
        // Within the first nine months every month has at least 30 days.
        let departure = if later > 30 {
            Day { month: arrival.month + 1, day: (later - 30) as u8, ..arrival }
        } else {
            Day { day: later as u8, ..arrival }
        };
        page.push([
            Value::from(format!("V-{:03}", number + 1)),
            format!("{} {}", visitor.given, visitor.family).into(),
            if chance.happens(0.7) { "ورودی" } else { "خروجی" }.into(),
            partner.name.as_str().into(),
            partner.country.as_str().into(),
            university.units[unit].fa.as_str().into(),
            persian_digits(&arrival.slashes()).into(),
            persian_digits(&departure.slashes()).into(),
            (*chance.pick(&PURPOSES)).into(),
        ]);
    }
    workbook::bytes(vec![page])
}

fn day(chance: &mut Chance, first: i64, last: i64) -> Day {
    Day {
        year: chance.between(first, last) as i32,
        month: chance.between(1, 8) as u8,
        day: chance.between(1, 30) as u8,
    }
}
