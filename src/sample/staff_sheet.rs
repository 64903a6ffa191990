//! The staff workbook: one sheet per school, and everything that real sheets of this kind do to a reader.

use std::collections::BTreeMap;

use icu_calendar::cal::Persian;
use icu_calendar::types::Month;
use icu_calendar::{Date, Iso};

use crate::sample::people::{People, Person};
use crate::sample::script::{Day, arabic_digits, arabic_letters, persian_digits, without_joiners};
use crate::sample::truth::PlantedFault;
use crate::sample::units::University;
use crate::sample::workbook::{self, Column, Page, Value};

/// Path below the assessment folder.
pub const PATH: &str = "staff/staff_1402.xlsx";

const COLUMNS: [Column; 16] = [
    ("", "ردیف", 6.0),
    ("", "کد پرسنلی", 10.0),
    ("مشخصات فردی", "نام", 12.0),
    ("مشخصات فردی", "نام خانوادگی", 16.0),
    ("مشخصات فردی", "نام لاتین", 24.0),
    ("مشخصات فردی", "جنسیت", 8.0),
    ("مشخصات فردی", "تابعیت", 9.0),
    ("", "گروه آموزشی", 26.0),
    ("", "مرکز/بیمارستان محل خدمت", 44.0),
    ("", "مرتبه علمی", 10.0),
    ("", "نحوه همکاری", 18.0),
    ("", "آخرین مدرک", 14.0),
    ("", "تاریخ استخدام", 13.0),
    ("", "تاریخ قطع همکاری", 15.0),
    ("شناسه‌ها", "ORCID", 40.0),
    ("شناسه‌ها", "شناسه اسکوپوس", 40.0),
];

/// The workbook with the faults put into it.
#[derive(Debug)]
pub struct StaffWorkbook {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The faults.
    pub faults: Vec<PlantedFault>,
}

/// What is wrong with a person's row.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// The spreadsheet made a number of the Scopus id.
    DamagedId,
    /// The ORCID's check digit is wrong.
    BadOrcid,
    /// The year of hiring has two digits.
    ShortYear,
}

/// Writes the workbook.
pub fn workbook(university: &University, people: &People) -> StaffWorkbook {
    let planned = plan(people);
    let mut sheets: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (index, person) in people.list.iter().enumerate() {
        sheets.entry(university.school_of(person.post)).or_default().push((person.post, index));
        if let Some(school) = person.second_school {
            // A second post is a row of its own in the other school's sheet, without a department.
            sheets.entry(school).or_default().push((school, index));
        }
    }
    let mut faults = Vec::new();
    let mut pages = Vec::new();
    for (school, mut rows) in sheets {
        rows.sort_unstable();
        let name = &university.units[school].fa;
        let title = format!("{} – اعضای هیئت علمی {name} – سال تحصیلی ۱۴۰۲–۱۴۰۳", university.units[0].fa);
        let mut page = Page::new(name, &title, &COLUMNS);
        for (number, &(post, index)) in rows.iter().enumerate() {
            if number > 0 && rows[number - 1].0 != post {
                page.skip();
            }
            let person = &people.list[index];
            let is_first = post == person.post;
            let fault = planned.get(&index).copied().filter(|_| is_first);
            let cells = cells(university, person, index, number + 1, is_first, fault);
            let text = match fault {
                Some(Fault::DamagedId) => text_of(&cells[15]),
                Some(Fault::BadOrcid) => text_of(&cells[14]),
                Some(Fault::ShortYear) => text_of(&cells[12]),
                None => String::new(),
            };
            let row = page.push(cells);
            if let Some(fault) = fault {
                let code = match fault {
                    Fault::DamagedId => "damaged-id",
                    Fault::BadOrcid => "bad-orcid",
                    Fault::ShortYear => "bad-date",
                };
                faults.push(PlantedFault { code, file: PATH.into(), sheet: name.clone(), row, text });
            }
        }
        page.skip();
        let total = persian_digits(&format!("{} نفر", rows.len()));
        page.push([Value::from("جمع"), Value::Blank, Value::from(total)]);
        pages.push(page);
    }
    StaffWorkbook { bytes: workbook::bytes(pages), faults }
}

/// One damaged id, one wrong check digit and two short years, on persons whom that can befall.
fn plan(people: &People) -> BTreeMap<usize, Fault> {
    let mut planned = BTreeMap::new();
    let start = people.list.len() / 5;
    for fault in [Fault::DamagedId, Fault::BadOrcid, Fault::ShortYear, Fault::ShortYear] {
        let fits = |person: &Person| match fault {
            Fault::DamagedId => person.ids_known && person.scopus_ids.len() == 1,
            Fault::BadOrcid => person.orcid.is_some(),
            // Long before the first paper, so that an open beginning changes no number.
            Fault::ShortYear => person.hired.year < 1390 && person.left.is_none(),
        };
        let found = (start..people.list.len()).find(|index| {
            !planned.contains_key(index) && fits(&people.list[*index]) && people.list[*index].second_school.is_none()
        });
        if let Some(index) = found {
            planned.insert(index, fault);
        }
    }
    planned
}

fn cells(
    university: &University,
    person: &Person,
    index: usize,
    number: usize,
    is_first: bool,
    fault: Option<Fault>,
) -> Vec<Value> {
    let units = &university.units;
    let number = number.to_string();
    let department = match units[person.post].unit_type.as_str() {
        // The column says "department", so the cell often does not.
        "department" if is_first && !index.is_multiple_of(4) => units[person.post].fa.replacen("گروه ", "", 1),
        "department" if is_first => units[person.post].fa.clone(),
        _ => String::new(),
    };
    let places: Vec<&str> =
        if is_first { person.workplaces.iter().map(|&unit| units[unit].fa.as_str()).collect() } else { Vec::new() };
    let name = person.latin_name();
    let latin = if index.is_multiple_of(3) {
        format!("{}, {}", name.family, name.given)
    } else {
        format!("{} {}", name.given, name.family)
    };
    let left = person.left.map_or(Value::Blank, |day| printed_day(day, index + 1));
    vec![
        if index.is_multiple_of(2) { persian_digits(&number) } else { number }.into(),
        if index % 7 == 3 { persian_digits(&person.id) } else { person.id.clone() }.into(),
        typed(&person.given.fa, index).into(),
        typed(&person.family.fa, index).into(),
        latin.into(),
        if person.female { "زن" } else { "مرد" }.into(),
        typed(person.citizenship, index).into(),
        typed(&department, index).into(),
        typed(&places.join("؛ "), index).into(),
        typed(person.rank, index).into(),
        typed(person.cooperation, index).into(),
        typed(person.degree, index).into(),
        if fault == Some(Fault::ShortYear) {
            short_year(person.hired).into()
        } else {
            printed_day(person.hired, index)
        },
        left,
        orcid(person, index, fault).into(),
        scopus_ids(person, index, fault).into(),
    ]
}

/// Persian as different keyboards type it.
fn typed(text: &str, index: usize) -> String {
    match index % 17 {
        4 => arabic_letters(text),
        9 => without_joiners(text),
        _ => text.to_owned(),
    }
}

/// A day in the forms that stand side by side in real columns.
fn printed_day(day: Day, index: usize) -> Value {
    let slashes = day.slashes();
    match index % 9 {
        0 | 1 => persian_digits(&slashes).into(),
        2 => persian_digits(&format!("{}-{}-{}", day.year, day.month, day.day)).into(),
        3 => arabic_digits(&slashes).into(),
        4 => gregorian(day),
        _ => slashes.into(),
    }
}

/// A real date of the workbook, which spreadsheets keep in the Gregorian calendar.
fn gregorian(day: Day) -> Value {
    let date = Date::try_new(day.year.into(), Month::new(day.month), day.day, Persian)
        .expect("the first nine months have at least 30 days")
        .to_calendar(Iso);
    Value::Date(date.year().extended_year() as u16, date.month().ordinal, date.day_of_month().0)
}

/// `88/07/01`
fn short_year(day: Day) -> String {
    day.slashes()[2..].to_owned()
}

fn orcid(person: &Person, index: usize, fault: Option<Fault>) -> String {
    let Some(orcid) = &person.orcid else { return String::new() };
    if fault == Some(Fault::BadOrcid) {
        let (digits, check) = orcid.split_at(orcid.len() - 1);
        return format!("{digits}{}", if check == "1" { "2" } else { "1" });
    }
    if index % 11 == 5 { format!("https://orcid.org/{orcid}") } else { orcid.clone() }
}

fn scopus_ids(person: &Person, index: usize, fault: Option<Fault>) -> String {
    if !person.ids_known {
        return String::new();
    }
    if fault == Some(Fault::DamagedId) {
        let id = &person.scopus_ids[0];
        return format!("{}.{}E+10", &id[..1], &id[1..6]);
    }
    let separator = if index.is_multiple_of(2) { "؛ " } else { "; " };
    let ids = person.scopus_ids.join(separator);
    match index % 23 {
        6 => persian_digits(&ids),
        12 if person.scopus_ids.len() == 1 => format!("https://www.scopus.com/authid/detail.uri?authorId={ids}"),
        _ => ids,
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}
