//! The invented university's units, from `data/sample/units.toml`, and their two sheets.

use serde::Deserialize;

use crate::sample::comma_separated;
use crate::sample::field::Fields;
use crate::sample::script::persian_digits;

/// Types in the order of the units sheet, each with its number at full size.
const TYPES: [(&str, usize); 5] =
    [("university", 1), ("school", 10), ("department", 20), ("hospital", 9), ("centre", 20)];

/// Another spelling with its first and last year, empty where open.
pub type Spelling = (String, String, String);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    #[serde(rename = "type")]
    unit_type: String,
    en: String,
    fa: String,
    #[serde(default)]
    parents: Vec<String>,
    field: String,
    #[serde(default = "one")]
    strength: f64,
    #[serde(default = "usual_abroad")]
    abroad: f64,
    #[serde(default)]
    staff: f64,
    since: Option<i32>,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    spellings: Vec<Spelling>,
    #[serde(default)]
    departments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    unit: Vec<Row>,
}

fn one() -> f64 {
    1.0
}

fn usual_abroad() -> f64 {
    0.22
}

/// A unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// `university`, `school`, `department`, `hospital` or `centre`.
    pub unit_type: String,
    /// English name.
    pub en: String,
    /// Persian name.
    pub fa: String,
    /// Indices of its parents.
    pub parents: Vec<usize>,
    /// Index of its field of work.
    pub field: usize,
    /// Productivity and citations against the average of 1.
    pub strength: f64,
    /// Share of papers with a foreign co-author.
    pub abroad: f64,
    /// Weight with which people are hired into it; 0 where nobody is.
    pub staff: f64,
    /// Departments (or schools without any) whose staff also work here.
    pub departments: Vec<usize>,
    since: Option<i32>,
    aliases: Vec<String>,
    spellings: Vec<Spelling>,
}

impl Unit {
    /// Other spellings that hold in a year.
    pub fn spellings_in(&self, year: i32) -> Vec<&str> {
        let open = |text: &str, holds: &dyn Fn(i32) -> bool| text.parse().map_or(true, holds);
        let dated = self
            .spellings
            .iter()
            .filter(|(_, from, to)| open(from, &|first| first <= year) && open(to, &|last| year <= last));
        self.aliases.iter().map(String::as_str).chain(dated.map(|(text, _, _)| text.as_str())).collect()
    }
}

/// All units; the first is the university.
#[derive(Debug, Clone)]
pub struct University {
    /// By type in the order of [`TYPES`].
    pub units: Vec<Unit>,
    /// Units above each, ascending.
    above: Vec<Vec<usize>>,
}

impl University {
    /// The first units of each type in proportion; beyond those that are named, further research centres.
    pub fn new(count: usize, fields: &Fields) -> Self {
        let document: Document = toml::from_str(include_str!("../../data/sample/units.toml"))
            .expect("the built-in units are read by every test of the sample");
        let wanted = numbers_by_type(count.min(document.unit.len()));
        let mut rows: Vec<Row> = Vec::new();
        for ((unit_type, _), wanted) in TYPES.iter().zip(wanted) {
            rows.extend(document.unit.iter().filter(|row| row.unit_type == *unit_type).take(wanted).cloned());
        }
        for number in 1..=count.saturating_sub(rows.len()) {
            rows.push(further_centre(number, &rows, fields));
        }
        let position = |id: &String| rows.iter().position(|row| row.id == *id);
        let units: Vec<Unit> = rows
            .iter()
            .enumerate()
            .map(|(index, row)| {
                let mut parents: Vec<usize> = row.parents.iter().filter_map(position).collect();
                if parents.is_empty() && index > 0 {
                    parents.push(0);
                }
                Unit {
                    id: row.id.clone(),
                    unit_type: row.unit_type.clone(),
                    en: row.en.clone(),
                    fa: row.fa.clone(),
                    parents,
                    field: fields.position(&row.field),
                    strength: row.strength,
                    abroad: row.abroad,
                    staff: row.staff,
                    departments: row.departments.iter().filter_map(position).collect(),
                    since: row.since,
                    aliases: row.aliases.clone(),
                    spellings: row.spellings.clone(),
                }
            })
            .collect();
        let above = (0..units.len()).map(|unit| ancestors(&units, unit)).collect();
        University { units, above }
    }

    /// Indices of the units of one type.
    pub fn of_type(&self, unit_type: &str) -> Vec<usize> {
        (0..self.units.len()).filter(|&unit| self.units[unit].unit_type == unit_type).collect()
    }

    /// Indices of the units right below one.
    pub fn right_below(&self, unit: usize) -> Vec<usize> {
        (0..self.units.len()).filter(|&other| self.units[other].parents.contains(&unit)).collect()
    }

    /// Whether `upper` lies above `lower`.
    pub fn is_above(&self, upper: usize, lower: usize) -> bool {
        self.above[lower].binary_search(&upper).is_ok()
    }

    /// The school of a department; a school is its own.
    pub fn school_of(&self, unit: usize) -> usize {
        if self.units[unit].unit_type == "school" {
            return unit;
        }
        self.above[unit].iter().copied().find(|&above| self.units[above].unit_type == "school").unwrap_or(0)
    }

    /// The units of a list that lie above no other of it, ascending by id.
    pub fn most_particular(&self, list: &[usize]) -> Vec<usize> {
        let mut kept: Vec<usize> =
            list.iter().copied().filter(|&unit| !list.iter().any(|&other| self.is_above(unit, other))).collect();
        kept.sort_by(|&a, &b| self.units[a].id.cmp(&self.units[b].id));
        kept.dedup();
        kept
    }

    /// `units.csv`.
    pub fn units_csv(&self) -> Vec<u8> {
        let mut rows = vec![
            ["id", "name_en", "name_fa", "type", "parents", "aliases", "valid_from", "valid_to"].map(String::from),
        ];
        for unit in &self.units {
            let parents: Vec<&str> = unit.parents.iter().map(|&parent| self.units[parent].id.as_str()).collect();
            rows.push([
                unit.id.clone(),
                unit.en.clone(),
                unit.fa.clone(),
                unit.unit_type.clone(),
                parents.join("|"),
                unit.aliases.join("|"),
                unit.since.map_or(String::new(), |year| year.to_string()),
                String::new(),
            ]);
        }
        comma_separated::bytes(&rows)
    }

    /// `aliases.csv`.
    pub fn aliases_csv(&self) -> Vec<u8> {
        let mut rows = vec![["spelling", "unit", "valid_from", "valid_to"].map(String::from)];
        for unit in &self.units {
            for (spelling, from, to) in &unit.spellings {
                rows.push([spelling.clone(), unit.id.clone(), from.clone(), to.clone()]);
            }
        }
        comma_separated::bytes(&rows)
    }
}

/// How many units of each type make up a total, in proportion to [`TYPES`]: at least one of each, largest remainders first.
fn numbers_by_type(count: usize) -> Vec<usize> {
    let others: usize = TYPES[1..].iter().map(|(_, number)| number).sum();
    let share = |number: usize| number as f64 * (count - 1) as f64 / others as f64;
    let mut numbers: Vec<usize> = vec![1];
    numbers.extend(TYPES[1..].iter().map(|&(_, number)| (share(number) as usize).max(1)));
    let mut order: Vec<usize> = (1..TYPES.len()).collect();
    order.sort_by(|&a, &b| share(TYPES[b].1).fract().total_cmp(&share(TYPES[a].1).fract()).then(a.cmp(&b)));
    for &place in order.iter().cycle() {
        let total: usize = numbers.iter().sum();
        if total == count {
            break;
        }
        if total < count && numbers[place] < TYPES[place].1 {
            numbers[place] += 1;
        } else if total > count && numbers[place] > 1 {
            numbers[place] -= 1;
        }
    }
    numbers
}

/// A research centre beyond the named ones, at the schools in turn.
fn further_centre(number: usize, rows: &[Row], fields: &Fields) -> Row {
    let schools: Vec<&Row> = rows.iter().filter(|row| row.unit_type == "school").collect();
    let school = schools[number % schools.len()];
    Row {
        id: format!("ctr-{number:03}"),
        unit_type: "centre".into(),
        en: format!("Interdisciplinary Research Center {number}"),
        fa: format!("مرکز تحقیقات بین‌رشته‌ای {}", persian_digits(&number.to_string())),
        parents: vec![school.id.clone()],
        field: fields.list[number % fields.list.len()].id.clone(),
        strength: 0.7 + 0.1 * (number % 9) as f64,
        abroad: 0.1 + 0.04 * (number % 8) as f64,
        staff: 0.0,
        since: None,
        aliases: Vec::new(),
        spellings: Vec::new(),
        departments: vec![school.id.clone()],
    }
}

fn ancestors(units: &[Unit], unit: usize) -> Vec<usize> {
    let mut above = Vec::new();
    let mut open = units[unit].parents.clone();
    while let Some(next) = open.pop() {
        if !above.contains(&next) {
            above.push(next);
            open.extend(&units[next].parents);
        }
    }
    above.sort_unstable();
    above
}
