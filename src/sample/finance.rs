//! Income by unit and fiscal year, in million rial as the title says.

use crate::sample::chance::{Chance, Kind};
use crate::sample::people::People;
use crate::sample::script::{grouped, persian_digits};
use crate::sample::size::Size;
use crate::sample::units::University;
use crate::sample::workbook::{self, Column, Page, Value};

/// Fiscal years with rial per international dollar (World Bank PA.NUS.PPP of 2022, 2023 and 2024) and real growth.
const YEARS: [(usize, f64, f64); 3] = [(1401, 71_211.0, 0.95), (1402, 94_280.0, 1.0), (1403, 118_097.0, 1.04)];

/// International dollars per member of staff: all income of a school, and research income of any unit.
const INCOME_PER_STAFF: f64 = 58_000.0;
const RESEARCH_PER_STAFF: f64 = 6_200.0;

const COLUMNS: [Column; 5] = [
    ("", "واحد", 40.0),
    ("", "سال مالی", 10.0),
    ("", "درآمد کل", 18.0),
    ("", "درآمد پژوهشی", 18.0),
    ("", "درآمد صنعتی", 18.0),
];

/// Sums of a unit in international dollars of a usual year.
#[derive(Debug, Clone, Copy, Default)]
struct Income {
    all: f64,
    research: f64,
    industry: f64,
}

/// The finance workbook. Whole income is stated for the university and its schools, research income for all units.
pub fn workbook(size: &Size, university: &University, people: &People) -> Vec<u8> {
    let incomes = incomes(size, university, people);
    let title = format!("{} – درآمد واحدها در سال‌های مالی ۱۴۰۱ تا ۱۴۰۳ (مبالغ به میلیون ریال)", university.units[0].fa);
    let mut page = Page::new("درآمد واحدها", &title, &COLUMNS);
    for (unit, income) in incomes.iter().enumerate() {
        for (year, rate, growth) in YEARS {
            let sum = |dollars: f64| match (dollars * growth * rate / 1e6).round() as u64 {
                0 => Value::Blank,
                // Sums that were pasted from a letter.
                sum if unit % 8 == 5 => grouped(sum).into(),
                sum => Value::Number(sum as f64),
            };
            page.push([
                Value::from(university.units[unit].fa.as_str()),
                if unit.is_multiple_of(2) { persian_digits(&year.to_string()).into() } else { year.into() },
                sum(income.all),
                sum(income.research),
                sum(income.industry),
            ]);
        }
    }
    workbook::bytes(vec![page])
}

fn incomes(size: &Size, university: &University, people: &People) -> Vec<Income> {
    let mut incomes: Vec<Income> = (0..university.units.len())
        .map(|index| {
            let mut chance = Chance::new(size.seed, Kind::Finance, index as u64);
            let unit = &university.units[index];
            let staff = people.count_within(index, university) as f64;
            let research = staff * RESEARCH_PER_STAFF * unit.strength * unit.strength * chance.within(0.7, 1.3);
            let industry = research * chance.within(0.03, 0.14) * unit.strength.min(1.6);
            let all = staff * INCOME_PER_STAFF * chance.within(0.8, 1.2);
            let all = if unit.unit_type == "school" { all.max(research * 2.0) } else { 0.0 };
            Income { all, research, industry }
        })
        .collect();
    // The university holds the sums of the units right below it and what belongs to none of them.
    let below = university.right_below(0);
    let total = |of: fn(&Income) -> f64| below.iter().map(|&unit| of(&incomes[unit])).sum::<f64>();
    incomes[0] = Income {
        all: total(|income| income.all) * 1.35,
        research: total(|income| income.research) * 1.12,
        industry: total(|income| income.industry) * 1.08,
    };
    // Units stand after those that they belong to, so that each is cut before what is below it.
    for unit in 1..incomes.len() {
        keep_within(unit, university, &mut incomes);
    }
    incomes
}

/// Units right below another together hold at most four fifths of its sums.
fn keep_within(unit: usize, university: &University, incomes: &mut [Income]) {
    const MOST: f64 = 0.8;
    let below = university.right_below(unit);
    let share = |of: fn(&Income) -> f64, incomes: &[Income]| {
        let together: f64 = below.iter().map(|&unit| of(&incomes[unit])).sum();
        if together > 0.0 { (MOST * of(&incomes[unit]) / together).min(1.0) } else { 1.0 }
    };
    let research = share(|income| income.research, incomes);
    let industry = share(|income| income.industry, incomes);
    for &unit in &below {
        let income = &mut incomes[unit];
        income.research *= research;
        income.industry = (income.industry * industry).min(income.research * 0.5);
    }
}
