//! Students and degrees by unit, level and academic year.

use crate::sample::chance::{Chance, Kind};
use crate::sample::people::People;
use crate::sample::script::persian_digits;
use crate::sample::size::Size;
use crate::sample::truth::PlantedFault;
use crate::sample::units::University;
use crate::sample::workbook::{self, Column, Page, Value};

/// Path of the students workbook below the assessment folder.
pub const PATH: &str = "students/students.xlsx";

const SHEET: &str = "دانشجویان";

const YEARS: [&str; 3] = ["۱۴۰۱–۱۴۰۲", "۱۴۰۲–۱۴۰۳", "۱۴۰۳–۱۴۰۴"];

/// Levels with the years that a degree takes.
const LEVELS: [(&str, f64); 5] =
    [("کارشناسی", 4.4), ("کارشناسی ارشد", 2.7), ("دکتری حرفه‌ای", 6.8), ("دستیاری", 4.1), ("دکتری تخصصی (PhD)", 4.9)];

/// Shares of the levels among the students of a school, in the order of [`LEVELS`].
const SHARES: [(&str, [f64; 5]); 11] = [
    ("med", [0.0, 0.1, 0.62, 0.22, 0.06]),
    ("pharm", [0.0, 0.08, 0.78, 0.04, 0.1]),
    ("health", [0.5, 0.33, 0.0, 0.0, 0.17]),
    ("dent", [0.0, 0.03, 0.84, 0.11, 0.02]),
    ("nurse", [0.74, 0.2, 0.0, 0.0, 0.06]),
    ("allied", [0.8, 0.15, 0.0, 0.0, 0.05]),
    ("rehab", [0.66, 0.24, 0.0, 0.0, 0.1]),
    ("nutr", [0.55, 0.3, 0.0, 0.0, 0.15]),
    ("advtech", [0.0, 0.66, 0.0, 0.0, 0.34]),
    ("manage", [0.55, 0.33, 0.0, 0.0, 0.12]),
    ("", [0.6, 0.25, 0.0, 0.0, 0.15]),
];

/// Students of a school per member of its staff.
const STUDENTS_PER_STAFF: f64 = 8.3;

const COLUMNS: [Column; 7] = [
    ("", "واحد", 34.0),
    ("", "سال تحصیلی", 12.0),
    ("", "مقطع", 20.0),
    ("تعداد دانشجو", "کل", 9.0),
    ("تعداد دانشجو", "معادل تمام‌وقت", 13.0),
    ("تعداد دانشجو", "بین‌المللی", 10.0),
    ("تعداد دانشجو", "دختر", 9.0),
];

const DEGREE_COLUMNS: [Column; 4] =
    [("", "واحد", 34.0), ("", "سال تحصیلی", 12.0), ("", "مقطع", 20.0), ("", "تعداد دانش‌آموختگان", 16.0)];

#[derive(Debug, Clone)]
struct Row {
    unit: usize,
    year: usize,
    level: usize,
    heads: usize,
    fte: usize,
    international: usize,
    female: usize,
    degrees: usize,
}

/// All students.
#[derive(Debug, Clone)]
pub struct Students {
    rows: Vec<Row>,
}

impl Students {
    /// Enrols students in proportion to the staff: all levels at schools, what departments teach themselves at departments.
    pub fn new(size: &Size, university: &University, people: &People) -> Self {
        let mut rows = Vec::new();
        for school in university.of_type("school") {
            let mut chance = Chance::new(size.seed, Kind::Students, school as u64);
            let staff = people.count_within(school, university) as f64;
            let shares = shares(&university.units[school].id);
            let base = staff * STUDENTS_PER_STAFF * chance.within(0.85, 1.15);
            let female = chance.within(0.5, 0.74);
            let departments: Vec<usize> = university
                .of_type("department")
                .into_iter()
                .filter(|&unit| university.school_of(unit) == school)
                .collect();
            for year in 0..YEARS.len() {
                for (level, share) in shares.into_iter().enumerate() {
                    let wanted = base * share * (1.0 + 0.03 * year as f64);
                    let heads = wanted.round() as usize;
                    if heads == 0 {
                        continue;
                    }
                    rows.push(row(school, year, level, heads, female, &mut chance));
                    if level == 0 || level == 2 {
                        continue;
                    }
                    for &department in &departments {
                        let part = people.count_within(department, university) as f64 / staff.max(1.0);
                        let heads = (wanted * part * 0.9).floor() as usize;
                        if heads > 0 {
                            rows.push(row(department, year, level, heads, female, &mut chance));
                        }
                    }
                }
            }
        }
        rows.sort_by_key(|row| (row.unit, row.year, row.level));
        Students { rows }
    }

    /// The students workbook. One half-time count is typed with a slash as the decimal sign.
    pub fn workbook(&self, university: &University) -> (Vec<u8>, Option<PlantedFault>) {
        let title = format!("{} – آمار دانشجویان به تفکیک مقطع", university.units[0].fa);
        let mut page = Page::new(SHEET, &title, &COLUMNS);
        let mut fault = None;
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 && self.rows[index - 1].unit != row.unit {
                page.skip();
            }
            let slash = fault.is_none() && university.units[row.unit].unit_type == "department" && row.fte > 10;
            let fte =
                if slash { Value::Text(persian_digits(&format!("{}/5", row.fte - 1))) } else { count(row.fte, index) };
            let text = if let Value::Text(text) = &fte { text.clone() } else { String::new() };
            let at = page.push([
                Value::from(university.units[row.unit].fa.as_str()),
                YEARS[row.year].into(),
                LEVELS[row.level].0.into(),
                count(row.heads, index),
                fte,
                count(row.international, index),
                count(row.female, index),
            ]);
            if slash {
                fault =
                    Some(PlantedFault { code: "slash-decimal", file: PATH.into(), sheet: SHEET.into(), row: at, text });
            }
        }
        (workbook::bytes(vec![page]), fault)
    }

    /// The degrees workbook.
    pub fn degrees_workbook(&self, university: &University) -> Vec<u8> {
        let title = format!("{} – دانش‌آموختگان", university.units[0].fa);
        let mut page = Page::new("دانش‌آموختگان", &title, &DEGREE_COLUMNS);
        for (index, row) in self.rows.iter().enumerate() {
            page.push([
                Value::from(university.units[row.unit].fa.as_str()),
                YEARS[row.year].into(),
                LEVELS[row.level].0.into(),
                count(row.degrees, index),
            ]);
        }
        workbook::bytes(vec![page])
    }
}

fn shares(school: &str) -> [f64; 5] {
    SHARES.iter().find(|(id, _)| *id == school || id.is_empty()).map_or([0.2; 5], |(_, shares)| *shares)
}

fn row(unit: usize, year: usize, level: usize, heads: usize, female: f64, chance: &mut Chance) -> Row {
    let part = |share: f64| ((heads as f64 * share).round() as usize).min(heads);
    Row {
        unit,
        year,
        level,
        heads,
        fte: part(chance.within(0.92, 1.0)),
        international: part(chance.within(0.01, 0.07)),
        female: part(female * chance.within(0.92, 1.08)),
        degrees: part(chance.within(0.8, 1.0) / LEVELS[level].1),
    }
}

/// A count as a number, or now and then as text in Persian digits.
fn count(number: usize, index: usize) -> Value {
    if index % 6 == 4 { persian_digits(&number.to_string()).into() } else { number.into() }
}
