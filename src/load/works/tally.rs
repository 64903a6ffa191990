//! The tally of works: integers by field, year, type and citations. Adding is all it does, so that the order of works and
//! the division into parts leave no trace.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::load::cell::{Printed as Number, printed_number};
use crate::load::date::parse_year;
use crate::load::document_type::fold_document_type;
use crate::load::works::Wanted;
use crate::load::works::columns::{Fault, MOST_CITATIONS, MOST_TYPES, Name, Value};
use crate::model::baseline::{ALL_FIELDS, Baseline, Cell, CellKey, Step, WHOLE, parts};
use crate::model::field_scheme::{FieldScheme, Printed};
use crate::model::window::Window;

/// No field, in a key.
const NO_FIELD: u16 = u16::MAX;

/// Citations below this are counted in an array, the others in a map.
const LOW: u64 = 128;

/// Most printed values whose meaning is remembered.
const REMEMBERED: usize = 1 << 16;

/// Works and weight by citations, of one cell.
#[derive(Debug, Clone, Default)]
struct Counts {
    low: Vec<(u64, u64)>,
    high: FxHashMap<u64, (u64, u64)>,
}

impl Counts {
    fn add(&mut self, citations: u64, works: u64, weight: u64) {
        let count = if citations < LOW {
            let index = citations as usize;
            if self.low.len() <= index {
                self.low.resize(index + 1, (0, 0));
            }
            &mut self.low[index]
        } else {
            self.high.entry(citations).or_default()
        };
        count.0 += works;
        count.1 += weight;
    }

    fn steps(&self) -> Vec<Step> {
        let low = self.low.iter().enumerate().map(|(citations, count)| (citations as u64, *count));
        let all = low.chain(self.high.iter().map(|(citations, count)| (*citations, *count)));
        all.filter(|(_, (works, _))| *works > 0)
            .map(|(citations, (works, weight))| Step { citations, works, weight })
            .collect()
    }
}

/// Works counted so far.
#[derive(Debug, Clone)]
pub struct Tally {
    scheme: FieldScheme,
    years: Option<Window>,
    /// What each code of four digits means.
    codes: Vec<Printed>,
    /// What other printed fields mean.
    printed: FxHashMap<Box<[u8]>, Printed>,
    /// Number of each printed type.
    types: FxHashMap<Box<[u8]>, u32>,
    type_names: Vec<String>,
    /// Index of each cell: field, year, type.
    cells: FxHashMap<(u16, i32, u32), u32>,
    counts: Vec<Counts>,
    works: u64,
    without_field: u64,
    outside: u64,
    /// Fields of the work in hand.
    fields: Vec<u16>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(wanted: &Wanted) -> Self {
        Tally {
            codes: (0..10_000).map(|code| wanted.scheme.of_code(code)).collect(),
            scheme: wanted.scheme.clone(),
            years: wanted.years,
            printed: FxHashMap::default(),
            types: FxHashMap::default(),
            type_names: Vec::new(),
            cells: FxHashMap::default(),
            counts: Vec::new(),
            works: 0,
            without_field: 0,
            outside: 0,
            fields: Vec::new(),
        }
    }

    /// Works counted.
    pub fn works(&self) -> u64 {
        self.works
    }

    /// Works without a field of the scheme.
    pub fn without_field(&self) -> u64 {
        self.without_field
    }

    /// Works of other years than those wanted.
    pub fn outside(&self) -> u64 {
        self.outside
    }

    /// Counts one work: its cells in the order of [`Name::ALL`].
    ///
    /// # Errors
    /// What is wrong with it; nothing has been counted then.
    pub fn add(&mut self, [year, document_type, fields, citations]: [Value; 4]) -> Result<(), Fault> {
        let year = year_of(year)?;
        if self.years.is_some_and(|years| !years.contains(year)) {
            self.outside += 1;
            return Ok(());
        }
        let citations = citations_of(citations)?;
        self.read_fields(fields)?;
        let document_type = self.type_of(document_type)?;
        self.works += 1;
        if self.fields.is_empty() {
            self.without_field += 1;
            self.count((NO_FIELD, year, document_type), citations, 1, WHOLE);
        }
        for (place, weight) in parts(self.fields.len()).enumerate() {
            self.count((self.fields[place], year, document_type), citations, 1, weight);
        }
        Ok(())
    }

    fn count(&mut self, key: (u16, i32, u32), citations: u64, works: u64, weight: u64) {
        let next = self.counts.len() as u32;
        let index = *self.cells.entry(key).or_insert(next);
        if index == next {
            self.counts.push(Counts::default());
        }
        self.counts[index as usize].add(citations, works, weight);
    }

    /// Fields of the work in hand: each once, ascending.
    fn read_fields(&mut self, fields: Value) -> Result<(), Fault> {
        self.fields.clear();
        let number;
        let text = match fields {
            Value::Nothing => return Ok(()),
            Value::Text(text) => text,
            whole => {
                number = whole.to_string();
                number.as_bytes()
            }
        };
        for item in text.split(|sign| matches!(sign, b';' | b'|')) {
            let item = item.trim_ascii();
            if item.is_empty() {
                continue;
            }
            match self.field_of(item) {
                Printed::Field(field) => self.fields.push(field),
                Printed::NoField => {}
                Printed::Unknown => {
                    let what = format!("is no field of the scheme {} and no ASJC code", self.scheme.name());
                    return Err(Fault::of(Name::Fields, "unknown-field", &String::from_utf8_lossy(item), &what));
                }
            }
        }
        self.fields.sort_unstable();
        self.fields.dedup();
        Ok(())
    }

    fn field_of(&mut self, item: &[u8]) -> Printed {
        if item.len() <= 4
            && let Some(code) = digits(item)
        {
            return self.codes[code as usize];
        }
        if let Some(known) = self.printed.get(item) {
            return *known;
        }
        let meaning = self.scheme.of_printed(&String::from_utf8_lossy(item));
        if self.printed.len() < REMEMBERED {
            self.printed.insert(item.into(), meaning);
        }
        meaning
    }

    fn type_of(&mut self, document_type: Value) -> Result<u32, Fault> {
        let number;
        let text = match document_type {
            Value::Nothing => return Err(Fault::missing(Name::Type)),
            Value::Text(text) => text,
            whole => {
                number = whole.to_string();
                number.as_bytes()
            }
        };
        if let Some(known) = self.types.get(text) {
            return Ok(*known);
        }
        let printed = String::from_utf8_lossy(text);
        let name = fold_document_type(&printed);
        if name.is_empty() {
            return Err(Fault::missing(Name::Type));
        }
        let known = self.type_names.iter().position(|known| *known == name);
        if known.is_none() && self.type_names.len() >= MOST_TYPES {
            let what = format!("is one document type too many: there are {MOST_TYPES} already");
            return Err(Fault::of(Name::Type, "too-many-types", &printed, &what));
        }
        let index = known.unwrap_or_else(|| {
            self.type_names.push(name);
            self.type_names.len() - 1
        }) as u32;
        if self.types.len() < REMEMBERED {
            self.types.insert(text.into(), index);
        }
        Ok(index)
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: Tally) {
        let types: Vec<u32> = (other.type_names.into_iter())
            .map(|name| match self.type_names.iter().position(|known| *known == name) {
                Some(known) => known as u32,
                None => {
                    self.type_names.push(name);
                    self.type_names.len() as u32 - 1
                }
            })
            .collect();
        for ((field, year, document_type), index) in other.cells {
            for step in other.counts[index as usize].steps() {
                self.count((field, year, types[document_type as usize]), step.citations, step.works, step.weight);
            }
        }
        self.works += other.works;
        self.without_field += other.without_field;
        self.outside += other.outside;
    }

    /// The cells of every field, and of all fields together, where each work weighs one whole.
    pub fn into_baseline(self, window: Option<u32>) -> Baseline {
        let mut steps: BTreeMap<CellKey, Vec<Step>> = BTreeMap::new();
        let mut all: BTreeMap<(i32, u32), BTreeMap<u64, u64>> = BTreeMap::new();
        for (&(field, year, document_type), &index) in &self.cells {
            let own = self.counts[index as usize].steps();
            let whole = all.entry((year, document_type)).or_default();
            for step in &own {
                *whole.entry(step.citations).or_default() += step.weight;
            }
            if field != NO_FIELD {
                let field = self.scheme.fields()[usize::from(field)].clone();
                let document_type = self.type_names[document_type as usize].clone();
                steps.insert(CellKey { field, year, document_type, window }, own);
            }
        }
        for ((year, document_type), weights) in all {
            let document_type = self.type_names[document_type as usize].clone();
            let key = CellKey { field: ALL_FIELDS.to_owned(), year, document_type, window };
            // The parts of a work come to one whole, so the works are exact.
            let step = |(citations, weight): (u64, u64)| Step { citations, works: weight / WHOLE, weight };
            steps.insert(key, weights.into_iter().map(step).collect());
        }
        let cells = steps.into_iter().map(|(key, steps)| (key, Cell::new(steps))).collect();
        Baseline { scheme: self.scheme.name().to_owned(), source: String::new(), cells }
    }
}

/// ASCII digits alone.
fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0, |number, digit| 10 * number + u64::from(digit - b'0')))
}

fn year_of(value: Value) -> Result<i32, Fault> {
    let plain = match value {
        Value::Nothing => return Err(Fault::missing(Name::Year)),
        Value::Text(text) => digits(text.trim_ascii()),
        Value::Whole(number) => u64::try_from(number).ok(),
        Value::Real(number) => (number.fract() == 0.0 && number > 0.0).then_some(number as u64),
    };
    match plain {
        Some(year @ 1700..=2100) => Ok(year as i32),
        _ => {
            let printed = value.to_string();
            if printed.trim().is_empty() {
                return Err(Fault::missing(Name::Year));
            }
            parse_year(&printed).map_err(|_| Fault::of(Name::Year, "bad-year", &printed, "is not a year"))
        }
    }
}

fn citations_of(value: Value) -> Result<u64, Fault> {
    let plain = match value {
        Value::Nothing => None,
        Value::Text(text) => {
            let text = text.trim_ascii();
            digits(text).or_else(|| match printed_number(&String::from_utf8_lossy(text), Some(false)) {
                Number::Number(number) if number.value.fract() == 0.0 && number.value >= 0.0 => {
                    Some(number.value as u64)
                }
                _ => None,
            })
        }
        Value::Whole(number) => u64::try_from(number).ok(),
        Value::Real(number) => (number.fract() == 0.0 && number >= 0.0).then_some(number as u64),
    };
    match plain {
        Some(citations) if citations <= MOST_CITATIONS => Ok(citations),
        _ => {
            let printed = value.to_string();
            if printed.trim().is_empty() {
                return Err(Fault::missing(Name::Citations));
            }
            Err(Fault::of(Name::Citations, "not-a-number", &printed, "is not a number of citations"))
        }
    }
}
