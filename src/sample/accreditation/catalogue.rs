//! The catalogue: 94 standards of 8 areas from the parts in `data/sample/accreditation.toml`, and an earlier version of it.

use serde::Deserialize;

use crate::sample::chance::{Chance, Kind};
use crate::sample::comma_separated;
use crate::sample::script::{Day, persian_digits};

/// Name of the earlier version; every version says that it is invented.
pub const EARLIER: &str = "نمونهٔ ساختگی ۱۳۹۸";
/// Name of the version in force.
pub const LATER: &str = "نمونهٔ ساختگی ۱۴۰۲";
/// Standards of the earlier version alone: the first is gone, the second has become a part of `S1A2`.
pub const GONE: [&str; 2] = ["S1Z1", "S1Z2"];
/// Mandatory standards; the others are preferred.
const MANDATORY: usize = 75;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    area: Vec<AreaText>,
    aspect: Vec<AspectText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaText {
    fa: String,
    en: String,
    sub: Vec<SubText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubText {
    fa: String,
    en: String,
    domain: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AspectText {
    fa: String,
    en: String,
    evidence_fa: String,
    evidence_en: String,
}

/// A standard of the version in force.
#[derive(Debug, Clone)]
pub struct Standard {
    /// `S1A1`: area, sub-area, number.
    pub code: String,
    /// Index of its area.
    pub area: usize,
    /// Domain, in Persian.
    pub domain: String,
    /// Whether it is mandatory.
    pub mandatory: bool,
    sub_area: String,
    text: (String, String),
    /// The document that it wants.
    pub evidence: String,
}

/// The catalogue.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Areas: Persian, English.
    pub areas: Vec<(String, String)>,
    /// Standards in the order of their codes.
    pub standards: Vec<Standard>,
}

impl Catalogue {
    /// From the parts.
    pub fn built_in() -> Catalogue {
        let document: Document = toml::from_str(include_str!("../../../data/sample/accreditation.toml"))
            .expect("the built-in catalogue is read by every test of the sample");
        let mut standards = Vec::new();
        let mut fourth = 0;
        for (area, text) in document.area.iter().enumerate() {
            for (sub, own) in text.sub.iter().enumerate() {
                for (number, aspect) in document.aspect.iter().enumerate() {
                    // The last aspect is asked of the first sub-area of the last two areas alone.
                    if number == 4 && (sub > 0 || area + 2 < document.area.len()) {
                        continue;
                    }
                    fourth += usize::from(number == 3);
                    standards.push(Standard {
                        code: format!("S{}{}{}", area + 1, char::from(b'A' + sub as u8), number + 1),
                        area,
                        domain: own.domain.clone(),
                        mandatory: number < 3 || number == 3 && fourth % 4 == 1 && fourth < 24,
                        sub_area: own.fa.clone(),
                        text: (aspect.fa.replace("{}", &own.fa), aspect.en.replace("{}", &own.en)),
                        evidence: format!("{} ({})", aspect.evidence_fa, aspect.evidence_en),
                    });
                }
            }
        }
        debug_assert_eq!(standards.iter().filter(|standard| standard.mandatory).count(), MANDATORY);
        let areas = document.area.into_iter().map(|area| (area.fa, area.en)).collect();
        Catalogue { areas, standards }
    }

    /// `standards.csv`, both versions. Of the 94 standards 2 are new, 14 were worded otherwise, 3 were preferred and are
    /// mandatory, one has taken in another, and one of the earlier version is gone.
    pub fn standards_csv(&self) -> Vec<u8> {
        let head =
            ["version", "standard", "domain", "area", "area_en", "sub_area", "text_en", "text_fa", "kind", "evidence"];
        let mut rows: Vec<[String; 12]> = Vec::new();
        let mut first: Vec<String> = head.iter().map(|head| (*head).to_owned()).collect();
        first.extend(["valid_from".to_owned(), "valid_to".to_owned()]);
        rows.push(std::array::from_fn(|column| first[column].clone()));
        let kind = |mandatory: bool| if mandatory { "الزامی" } else { "ترجیحی" };
        let row =
            |version: &str, code: &str, standard: &Standard, words: (String, String), mandatory, days: [&str; 2]| {
                [
                    version.to_owned(),
                    code.to_owned(),
                    standard.domain.clone(),
                    self.areas[standard.area].0.clone(),
                    self.areas[standard.area].1.clone(),
                    standard.sub_area.clone(),
                    words.1,
                    words.0,
                    kind(mandatory).to_owned(),
                    standard.evidence.clone(),
                    days[0].to_owned(),
                    days[1].to_owned(),
                ]
            };
        let days = ["1398/01/01", "1401/12/29"];
        for (at, standard) in self.standards.iter().enumerate() {
            if is_new(at) {
                continue;
            }
            let (fa, en) = standard.text.clone();
            let words = if at % 7 == 3 || at == 91 {
                (fa.replace('.', " و آن را بازنگری می‌کند."), en.replace('.', ", and reviews it."))
            } else {
                (fa, en)
            };
            rows.push(row(
                EARLIER,
                &standard.code,
                standard,
                words,
                standard.mandatory && ![8, 42, 70].contains(&at),
                days,
            ));
        }
        let gone = &self.standards[1];
        let words = |fa: &str, en: &str| (fa.to_owned(), en.to_owned());
        rows.push(row(
            EARLIER,
            "S1Z1",
            gone,
            words("واحد تابلوی اعلانات دارد.", "The unit has a notice board."),
            false,
            days,
        ));
        let taken = words("شرح وظایف به امضای همکاران رسیده است.", "Duties are signed by those who have them.");
        rows.push(row(EARLIER, GONE[1], gone, taken, true, days));
        for standard in &self.standards {
            let words = standard.text.clone();
            rows.push(row(LATER, &standard.code, standard, words, standard.mandatory, ["1402/01/01", ""]));
        }
        comma_separated::bytes(&rows)
    }

    /// `crosswalk.csv`.
    pub fn crosswalk_csv(&self) -> Vec<u8> {
        let mut rows = vec![["from_version", "from_code", "to_version", "to_code"].map(String::from)];
        for code in ["S1A2", GONE[1]] {
            rows.push([EARLIER, code, LATER, "S1A2"].map(String::from));
        }
        comma_separated::bytes(&rows)
    }

    /// `regulations.csv`: articles of an executive regulation, some without a standard, some overdue.
    pub fn regulations_csv(&self, seed: u64) -> Vec<u8> {
        let mut rows = vec![["ماده", "عنوان ماده", "standards", "مسئول", "مهلت", "تاریخ انجام"].map(String::from)];
        for number in 1..=24_u64 {
            let mut chance = Chance::new(seed, Kind::Accreditation, (5 << 32) | number);
            let first = (number as usize - 1) * 4;
            let standards: Vec<&str> = self.standards.iter().skip(first).take(3).map(|s| s.code.as_str()).collect();
            let area = &self.areas[self.standards[first.min(self.standards.len() - 1)].area].0;
            let day = |chance: &mut Chance, year: i32| Day {
                year,
                month: chance.between(1, 9) as u8,
                day: chance.between(1, 30) as u8,
            };
            let due = day(&mut chance, 1402 + chance_year(number));
            let done = Day { year: due.year, month: due.month, day: 1 };
            rows.push([
                persian_digits(&number.to_string()),
                format!("وظایف واحدها در حوزهٔ {area}"),
                if number % 11 == 0 { String::new() } else { standards.join("; ") },
                (*chance.pick(&["معاونت آموزشی", "معاونت تحقیقات و فناوری", "دفتر اعتباربخشی", "معاونت درمان"]))
                    .to_owned(),
                persian_digits(&due.slashes()),
                if due.year < 1404 && chance.happens(0.7) { persian_digits(&done.slashes()) } else { String::new() },
            ]);
        }
        comma_separated::bytes(&rows)
    }
}

/// Whether the standard at this place is not in the earlier version.
pub fn is_new(at: usize) -> bool {
    at % 47 == 46
}

fn chance_year(number: u64) -> i32 {
    (number % 3) as i32
}
