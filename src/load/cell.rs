//! Typed readers of one row: each gives a value, nothing where the cell is empty, or pushes the finding that leaves the
//! row out. All parsing of cells goes through here.

use crate::diagnostic::{Finding, Place};
use crate::load::date::{parse_date, parse_year};
use crate::load::findings::Findings;
use crate::load::grid::{Cell, Row};
use crate::load::layout::{Layout, Meaning, UNIT_FIELDS};
use crate::load::number::{NotANumber, Number, parse_number};
use crate::load::sheet::Sheet;
use crate::load::title;
use crate::load::unit_names::{Found, UnitNames, most_particular};
use crate::model::tables::{Date, Level};
use crate::model::text::clean;
use crate::model::unit::{UnitIndex, Units};

/// The row is left out; its finding has been pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut;

/// A value of a row, or the row is left out.
pub type Read<T> = std::result::Result<T, LeftOut>;

/// One data row of a sheet, with the place to put its findings.
pub struct Entry<'s, 'f> {
    /// The sheet.
    pub sheet: &'s Sheet<'s>,
    /// The row.
    pub row: &'s Row,
    /// Where findings go.
    pub findings: &'f mut Findings,
}

/// A cell as text: numbers without a needless fraction, dates as `2024-03-20`.
pub fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty | Cell::Error(_) => String::new(),
        Cell::Text(text) => clean(text),
        Cell::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Cell::Number(number) => number.to_string(),
        Cell::Date(day) => format!("{:04}-{:02}-{:02}", day.year, day.month, day.day),
        Cell::Bool(flag) => flag.to_string(),
    }
}

/// What a text is as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Printed {
    /// Nothing, or a word for nothing.
    Nothing,
    /// A number.
    Number(Number),
    /// Something else.
    Text,
}

/// Reads a text as a number. All parsing of numbers goes through here.
pub fn printed_number(text: &str, decimal_comma: Option<bool>) -> Printed {
    match parse_number(text, decimal_comma, true) {
        Ok(number) => Printed::Number(number),
        Err(NotANumber::Missing) => Printed::Nothing,
        Err(NotANumber::Other) => Printed::Text,
    }
}

/// Whether a text says that there is nothing.
pub fn is_missing(text: &str) -> bool {
    text.is_empty() || printed_number(text, None) == Printed::Nothing
}

/// A cell as a number, where it is one.
pub fn plain_number(cell: &Cell, decimal_comma: Option<bool>) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        Cell::Text(text) => match printed_number(text, decimal_comma) {
            Printed::Number(number) => Some(number.value),
            _ => None,
        },
        _ => None,
    }
}

impl<'s> Entry<'s, '_> {
    /// The place of the row, at the first column of a field where it has one.
    pub fn place(&self, field: &str) -> Place {
        match self.sheet.columns(field).first() {
            Some(column) => self.sheet.place(self.row.number, *column),
            None => self.sheet.grid.place(self.row.number, None),
        }
    }

    /// Pushes a finding at a field's cell and leaves the row out.
    pub fn refuse<T>(&mut self, field: &str, finding: Finding) -> Read<T> {
        let place = self.place(field);
        self.findings.push(finding.at(place));
        Err(LeftOut)
    }

    /// Pushes a finding at a field's cell; the row stays.
    pub fn remark(&mut self, field: &str, finding: Finding) {
        let place = self.place(field);
        self.findings.push(finding.at(place));
    }

    /// The field's cell, in its first column.
    pub fn cell(&self, field: &str) -> &Cell {
        self.sheet.columns(field).first().map_or(&Cell::Empty, |column| self.sheet.cell(self.row, *column))
    }

    /// The field's text, else the layout's constant, else empty. Cells such as `-` that say "nothing" are kept.
    pub fn text(&self, field: &str) -> String {
        let text = text_of(self.cell(field));
        if text.is_empty() { self.sheet.layout.constants.get(field).cloned().unwrap_or_default() } else { text }
    }

    /// The field's text, empty where it is one of the words for "nothing".
    pub fn word(&self, field: &str) -> String {
        let text = self.text(field);
        if is_missing(&text) { String::new() } else { text }
    }

    /// The field's text; without one the row is left out (`missing-value`).
    pub fn required(&mut self, field: &str) -> Read<String> {
        let text = self.word(field);
        if text.is_empty() { self.missing(field) } else { Ok(text) }
    }

    /// Leaves the row out because a value is missing.
    pub fn missing<T>(&mut self, field: &str) -> Read<T> {
        self.refuse(field, Finding::warning("missing-value", format!("no value for `{field}`; the row is left out")))
    }

    /// All items of all columns of a field, split at the layout's separators.
    pub fn list(&self, field: &str) -> Vec<(usize, String)> {
        let mut items = Vec::new();
        for &column in self.sheet.columns(field) {
            let text = match self.row.cell(column) {
                // Line breaks separate too, and cleaning would remove them.
                Cell::Text(text) => text.to_string(),
                other => text_of(other),
            };
            for item in text.split(|sign| self.sheet.layout.separators.contains(&sign)) {
                let item = clean(item);
                if !is_missing(&item) {
                    items.push((column, item));
                }
            }
        }
        items
    }

    /// The field as a number as written; text leaves the row out (`not-a-number`).
    pub fn number(&mut self, field: &str) -> Read<Option<f64>> {
        Ok(self.signed_number(field)?.map(|number| number.value))
    }

    /// The field as a number with the signs that stood at it.
    fn signed_number(&mut self, field: &str) -> Read<Option<Number>> {
        let column = self.sheet.columns(field).first();
        let decimal_comma = column.and_then(|column| self.sheet.decimal_comma(*column));
        let text = match self.cell(field) {
            Cell::Number(value) if value.is_finite() => {
                return Ok(Some(Number { value: *value, percent: false, slash_decimal: false, ambiguous: false }));
            }
            Cell::Error(error) => {
                let message = format!("the cell shows the error {error}; the row is left out");
                return self.refuse(field, Finding::error("not-a-number", message));
            }
            _ => self.text(field),
        };
        match printed_number(&text, decimal_comma) {
            Printed::Number(number) => {
                let read_as = format!("\"{text}\" was read as {}", number.value);
                if number.slash_decimal {
                    self.remark(field, Finding::info("slash-decimal", read_as));
                } else if number.ambiguous && self.findings.count("ambiguous-number") == 0 {
                    let message = format!("{read_as}, and other numbers of this sheet likewise");
                    let hint = "write decimal_comma = true or false in a layout of your own to decide it";
                    self.remark(field, Finding::info("ambiguous-number", message).hint(hint));
                }
                Ok(Some(number))
            }
            Printed::Nothing => Ok(None),
            Printed::Text => {
                let message = format!("\"{text}\" is not a number; the row is left out");
                self.refuse(field, Finding::error("not-a-number", message))
            }
        }
    }

    /// The field as a share of one: `50 %` is 0.5, under a header with a percent sign `50` too.
    pub fn share(&mut self, field: &str) -> Read<Option<f64>> {
        let label = self.sheet.columns(field).first().map_or("", |column| self.sheet.label(*column));
        let of_hundred = label.contains(['%', '٪']) || label.contains("درصد");
        let Some(number) = self.signed_number(field)? else { return Ok(None) };
        let share = if of_hundred || number.percent { number.value / 100.0 } else { number.value };
        self.not_negative(field, share)
    }

    /// The field as a count, not below 0 (`negative-count`).
    pub fn count(&mut self, field: &str) -> Read<Option<f64>> {
        match self.number(field)? {
            Some(count) => self.not_negative(field, count),
            None => Ok(None),
        }
    }

    fn not_negative(&mut self, field: &str, value: f64) -> Read<Option<f64>> {
        if value < 0.0 {
            let message = format!("{value} for `{field}`: this is never below 0; the row is left out");
            return self.refuse(field, Finding::error("negative-count", message));
        }
        Ok(Some(value))
    }

    /// The printed year: the cell, else the title's or sheet name's.
    pub fn printed_year(&self) -> String {
        let text = self.word("year");
        if text.is_empty() && !self.sheet.has("year") {
            return title::printed_year(self.sheet.grid, self.sheet.header.first).unwrap_or_default();
        }
        text
    }

    /// A field as a Gregorian year (`bad-year` leaves the row out); `year` may stand in the title.
    pub fn year(&mut self, field: &str) -> Read<Option<i32>> {
        if let Cell::Date(day) = self.cell(field) {
            return Ok(Some(day.year));
        }
        let text = if field == "year" { self.printed_year() } else { self.word(field) };
        if text.is_empty() {
            return Ok(None);
        }
        match parse_year(&text) {
            Ok(year) => Ok(Some(year)),
            Err(_) => {
                let finding = Finding::error("bad-year", format!("\"{text}\" is not a year; the row is left out"));
                self.refuse(field, finding.hint("write four digits: 1402, 1402-1403, 2023 or 2023/24"))
            }
        }
    }

    /// The field `year`, which every row needs.
    pub fn required_year(&mut self) -> Read<i32> {
        match self.year("year")? {
            Some(year) => Ok(year),
            None => self.missing("year"),
        }
    }

    /// A field as a day; what is none is reported (`bad-date`) and left open.
    pub fn date(&mut self, field: &str) -> Option<Date> {
        if let Cell::Date(day) = self.cell(field) {
            return Some(*day);
        }
        let text = self.word(field);
        if text.is_empty() {
            return None;
        }
        match parse_date(&text) {
            Ok(day) => Some(day),
            Err(reason) => {
                let message = format!("\"{text}\" is not a date ({reason}); it is taken as open");
                let hint = "write year, month and day: 1403/07/15 or 2024-10-06";
                self.remark(field, Finding::warning("bad-date", message).hint(hint));
                None
            }
        }
    }

    /// What the layout's value list says of the field's text; `unknown-value` where the list has no such value.
    pub fn meaning(&mut self, field: &str) -> Option<&'s Meaning> {
        let text = self.word(field);
        if text.is_empty() {
            return None;
        }
        let layout: &'s Layout = self.sheet.layout;
        let meaning = layout.meaning(field, &text);
        if meaning.is_none() {
            let message = format!("\"{text}\" is not among the known values of `{field}`");
            let hint = format!("add it to [values.{field}] of a layout in layouts/");
            self.remark(field, Finding::warning("unknown-value", message).hint(hint));
        }
        meaning
    }

    /// The field `level`; a level that the layout does not know leaves the row out.
    pub fn level(&mut self) -> Read<Level> {
        if self.word("level").is_empty() {
            return if self.sheet.has("level") { self.missing("level") } else { Ok(Level::All) };
        }
        match self.meaning("level") {
            Some(Meaning::Word(word)) => match word.as_str() {
                "bachelor" => Ok(Level::Bachelor),
                "master" => Ok(Level::Master),
                "professional" => Ok(Level::Professional),
                "residency" => Ok(Level::Residency),
                "doctorate" => Ok(Level::Doctorate),
                "all" => Ok(Level::All),
                _ => Err(LeftOut),
            },
            _ => Err(LeftOut),
        }
    }

    /// All units that the row names, in whichever columns, and the sheet's name where that is a unit. Of units above one
    /// another only the lowest stays. An unknown one is an error at its cell (`unknown-unit`, `ambiguous-unit`); if no
    /// unit is left, so is the row.
    pub fn units(&mut self, units: &Units, names: &UnitNames) -> Read<Vec<UnitIndex>> {
        let mut found: Vec<UnitIndex> = Vec::new();
        let mut ambiguous: Vec<(usize, String, Vec<UnitIndex>)> = Vec::new();
        let mut named = false;
        for field in UNIT_FIELDS {
            let columns = self.sheet.columns(field);
            let constant = self.sheet.layout.constants.get(*field).filter(|_| columns.is_empty());
            let cells: Vec<(usize, String)> =
                columns.iter().map(|&c| (c, text_of(self.sheet.cell(self.row, c)))).collect();
            for (column, text) in cells.into_iter().chain(constant.map(|text| (usize::MAX, text.clone()))) {
                if is_missing(&text) {
                    continue;
                }
                named = true;
                for (item, result) in self.resolve(field, &text, names) {
                    match result {
                        Found::One(unit) => found.push(unit),
                        Found::Several(several) => ambiguous.push((column, item, several)),
                        Found::None => self.report_unknown(column, &item, names),
                    }
                }
            }
        }
        if self.sheet.layout.sheet_is.as_deref() == Some("unit") {
            found.extend(title::unit(self.sheet.grid, names));
        }
        for (column, item, several) in ambiguous {
            // Departments of the same name are told apart by the school that the row names too.
            let within = |unit: &&UnitIndex| found.iter().any(|other| units.ancestors(**unit).contains(other));
            let inside: Vec<UnitIndex> = several.iter().filter(within).copied().collect();
            match inside.as_slice() {
                [unit] => found.push(*unit),
                _ => self.report_ambiguous(column, &item, &several, units),
            }
        }
        let mut seen: Vec<UnitIndex> = Vec::new();
        found.retain(|unit| {
            !seen.contains(unit) && {
                seen.push(*unit);
                true
            }
        });
        if !found.is_empty() {
            return Ok(most_particular(units, found));
        }
        if named { Err(LeftOut) } else { self.missing("unit") }
    }

    /// The one unit of the row (`several-units` where it names unrelated ones).
    pub fn unit(&mut self, units: &Units, names: &UnitNames) -> Read<UnitIndex> {
        let found = self.units(units, names)?;
        match found.as_slice() {
            [unit] => Ok(*unit),
            _ => {
                let ids: Vec<&str> = found.iter().map(|unit| units.get(*unit).id.as_str()).collect();
                let message = format!("the row names several units ({}); it is left out", ids.join(", "));
                self.refuse("unit", Finding::error("several-units", message).hint("write one row per unit"))
            }
        }
    }

    /// The units of one cell: the whole text, else its parts.
    fn resolve(&self, field: &str, text: &str, names: &UnitNames) -> Vec<(String, Found)> {
        let affixes = self.sheet.layout.fields.get(field);
        let whole = names.find_in(text, affixes);
        if whole != Found::None {
            return vec![(text.to_owned(), whole)];
        }
        let is_separator = |sign: char| self.sheet.layout.separators.contains(&sign) || matches!(sign, '،' | '/' | '+');
        let parts: Vec<String> = text.split(is_separator).map(clean).filter(|part| !part.is_empty()).collect();
        let results: Vec<(String, Found)> = parts
            .into_iter()
            .map(|part| {
                let found = names.find_in(&part, affixes);
                (part, found)
            })
            .collect();
        if results.iter().all(|(_, found)| *found == Found::None) {
            return vec![(text.to_owned(), Found::None)];
        }
        results
    }

    fn unit_place(&self, column: usize) -> Place {
        if column == usize::MAX { self.place("unit") } else { self.sheet.place(self.row.number, column) }
    }

    fn report_unknown(&mut self, column: usize, text: &str, names: &UnitNames) {
        let mut finding =
            Finding::error("unknown-unit", format!("\"{text}\" names no unit")).at(self.unit_place(column));
        if let Some(near) = names.nearest(text) {
            finding = finding.hint(format!("did you mean \"{near}\"?"));
        }
        self.findings.push(finding.hint("correct the cell, or add the spelling to aliases.csv"));
    }

    fn report_ambiguous(&mut self, column: usize, text: &str, several: &[UnitIndex], units: &Units) {
        let ids: Vec<&str> = several.iter().map(|unit| units.get(*unit).id.as_str()).collect();
        let message = format!("\"{text}\" may be any of the units {}", ids.join(", "));
        let finding = Finding::error("ambiguous-unit", message).at(self.unit_place(column));
        self.findings.push(finding.hint("write the unit's id, or add a column for its school"));
    }
}
