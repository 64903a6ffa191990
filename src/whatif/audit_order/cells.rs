//! Cells of the office's sheets and what each brings to the measures of a unit: from the rows of evidence.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::measure::{Input, institutional, stated};
use crate::model::audit_order::Kind;
use crate::model::evidence::{Fold, Subject, Term};
use crate::model::measure::MeasureKind;
use crate::model::results::Results;
use crate::model::tables::{Staff, StaffCategory};
use crate::model::unit::{UNIVERSITY, UnitIndex};
use crate::whatif::audit_order::plausible::Plausible;
use crate::whatif::audit_order::{Change, Draft, draft, input};

/// Fields of a staff row that are looked at.
const STAFF: [&str; 4] = ["fte", "category", "international", "unit"];

/// All cells that are looked at.
pub struct Cells<'a> {
    results: &'a Results,
    plausible: &'a Plausible,
    /// One for each cell.
    pub drafts: Vec<Draft>,
    /// Index of the draft of a row's field.
    places: BTreeMap<(Subject, &'static str), usize>,
    /// Index of the draft of a stated measure, by its row.
    stated: BTreeMap<usize, usize>,
}

/// Column of each institutional measure of one year.
type Columns<'a> = BTreeMap<&'a str, usize>;

/// Differences of measures by draft and error in words, then by column.
type Differences = BTreeMap<(usize, String), BTreeMap<usize, f64>>;

/// The row of a place: its column is that of another field.
fn row_of(place: &Place) -> Place {
    match place.clone() {
        Place::Cell { file, sheet, row, .. } => Place::Cell { file, sheet, row, column: None },
        other => other,
    }
}

fn category(category: StaffCategory) -> &'static str {
    match category {
        StaffCategory::Academic => "academic",
        StaffCategory::Research => "research",
        StaffCategory::Other => "other",
    }
}

impl<'a> Cells<'a> {
    /// Every cell that may be wrong.
    pub fn new(results: &'a Results, plausible: &'a Plausible) -> Self {
        let tables = &results.tables;
        let mut cells =
            Cells { results, plausible, drafts: Vec::new(), places: BTreeMap::new(), stated: BTreeMap::new() };
        for (row, person) in (0..).zip(&tables.staff) {
            for field in STAFF {
                let value = match field {
                    "fte" => person.fte.to_string(),
                    "category" => category(person.category).to_owned(),
                    "international" => match person.international {
                        Some(true) => "international".to_owned(),
                        Some(false) => "national".to_owned(),
                        None => continue,
                    },
                    _ => {
                        let ids = person.units.iter().map(|&unit| tables.units.get(unit).id.as_str());
                        ids.collect::<Vec<_>>().join("; ")
                    }
                };
                cells.add(Subject::Staff(row), field, draft(Kind::Cell, row_of(&person.place), field, value, 1.0));
            }
        }
        for (row, students) in (0..).zip(&tables.students) {
            let of = |field, value: f64| draft(Kind::Cell, row_of(&students.place), field, value.to_string(), 1.0);
            cells.add(Subject::Students(row), "fte", of("fte", students.fte));
            if let Some(international) = students.international {
                cells.add(Subject::Students(row), "international", of("international", international));
            }
        }
        for (row, degrees) in (0..).zip(&tables.degrees) {
            let draft = draft(Kind::Cell, degrees.place.clone(), "count", degrees.count.to_string(), 1.0);
            cells.add(Subject::Degrees(row), "count", draft);
        }
        for (row, finance) in (0..).zip(&tables.finance) {
            let draft = draft(Kind::Cell, finance.place.clone(), "amount", finance.printed.clone(), 1.0);
            cells.add(Subject::Finance(row), "amount", draft);
        }
        for (row, supplied) in tables.supplied.iter().enumerate() {
            let value = format!("{} = {}", supplied.measure, supplied.value);
            cells.stated.insert(row, cells.drafts.len());
            cells.drafts.push(draft(Kind::Cell, supplied.place.clone(), "value", value, 1.0));
        }
        cells
    }

    fn add(&mut self, subject: Subject, field: &'static str, draft: Draft) {
        self.places.insert((subject, field), self.drafts.len());
        self.drafts.push(draft);
    }

    fn draft(&self, subject: Subject, field: &'static str) -> Option<usize> {
        self.places.get(&(subject, field)).copied()
    }

    /// What each plausible error makes of the measures of a unit.
    pub fn changes(&self, unit: UnitIndex) -> Vec<Change> {
        let input = input(self.results);
        let mut years: BTreeMap<i32, Columns> = BTreeMap::new();
        let mut differences = Differences::new();
        let row = self.results.measures.row(unit.at());
        for (column, key) in self.results.measures.keys.iter().enumerate() {
            let Some(value) = row[column].value else { continue };
            if let Some((row, supplied)) = stated::row(input.tables, key, unit.at()) {
                let Some(&draft) = self.stated.get(&row) else { continue };
                for (instead, words) in self.plausible.instead("supplied", "value", supplied.value) {
                    let entry = differences.entry((draft, words)).or_default();
                    *entry.entry(column).or_default() += instead - value;
                }
                continue;
            }
            let known = self.results.definitions.iter().find(|known| known.code == key.measure);
            let computed = known.is_some_and(|known| known.kind == MeasureKind::Computed);
            if computed && institutional::MEASURES.contains(&key.measure.as_str()) {
                years.entry(key.window.to).or_default().insert(key.measure.as_str(), column);
            }
        }
        for (year, columns) in &years {
            self.staff(input, unit, *year, columns, &mut differences);
            for (measure, &column) in columns {
                let evidence = institutional::evidence(input, measure, *year, unit.at());
                if evidence.fold == Fold::Sum {
                    evidence.terms.iter().for_each(|term| self.row(measure, column, term, &mut differences));
                }
            }
        }
        let change = |((draft, plausible), values): ((usize, String), BTreeMap<usize, f64>)| {
            let value = |(column, by): (usize, f64)| (column, (row[column].value.unwrap_or(f64::NAN) + by).max(0.0));
            Change { draft, plausible, values: values.into_iter().map(value).collect() }
        };
        differences.into_iter().map(change).collect()
    }

    /// Errors of a row of students, degrees or money.
    fn row(&self, measure: &str, column: usize, term: &Term, differences: &mut Differences) {
        let (table, field) = match term.subject {
            Subject::Students(_) if measure == "international_students" => ("students", "international"),
            Subject::Students(_) => ("students", "fte"),
            Subject::Degrees(_) => ("degrees", "count"),
            Subject::Finance(_) => ("finance", "amount"),
            _ => return,
        };
        let Some(draft) = self.draft(term.subject, field) else { return };
        for (instead, words) in self.plausible.instead(table, field, term.figure) {
            let entry = differences.entry((draft, words)).or_default();
            *entry.entry(column).or_default() += (instead - term.figure) * term.weight;
        }
    }

    /// Errors of rows of staff in one year.
    fn staff(&self, input: Input, unit: UnitIndex, year: i32, columns: &Columns, differences: &mut Differences) {
        let is_university = input.tables.units.get(unit).unit_type == UNIVERSITY;
        for measure in ["academic_staff", "research_staff"] {
            for term in institutional::evidence(input, measure, year, unit.at()).terms {
                let Subject::Staff(row) = term.subject else { continue };
                let person = &input.tables.staff[row as usize];
                let mut enter = |field: &'static str, words: String, now: &Staff, then: Option<&Staff>| {
                    let Some(draft) = self.draft(term.subject, field) else { return };
                    let brought = |person: &Staff| brings(person, term.weight);
                    let (now, then) = (brought(now), then.map(brought).unwrap_or_default());
                    let entry = differences.entry((draft, words)).or_default();
                    for (measure, &column) in columns {
                        let at = |brings: &Brings| {
                            brings.iter().find(|(code, _)| code == measure).map_or(0.0, |(_, by)| *by)
                        };
                        let by = at(&then) - at(&now);
                        if by != 0.0 {
                            *entry.entry(column).or_default() += by;
                        }
                    }
                };
                for (fte, words) in self.plausible.instead("staff", "fte", person.fte) {
                    // One person is one at most.
                    let changed = Staff { fte: fte.min(1.0), ..person.clone() };
                    if changed.fte != person.fte {
                        enter("fte", words, person, Some(&changed));
                    }
                }
                let other = match person.category {
                    StaffCategory::Academic => StaffCategory::Research,
                    _ => StaffCategory::Academic,
                };
                if self.plausible.other("staff", "category") {
                    let changed = Staff { category: other, ..person.clone() };
                    enter("category", format!("{} instead", category(other)), person, Some(&changed));
                }
                if let Some(now) = person.international.filter(|_| self.plausible.other("staff", "international")) {
                    let changed = Staff { international: Some(!now), ..person.clone() };
                    let words = if now { "national instead" } else { "international instead" };
                    enter("international", words.to_owned(), person, Some(&changed));
                }
                // Whoever is in another unit is in the university all the same.
                if !is_university && self.plausible.other("staff", "unit") {
                    enter("unit", "not of this unit".to_owned(), person, None);
                }
            }
        }
        differences.retain(|_, columns| !columns.is_empty());
    }
}

/// What a person brings to each measure.
type Brings = Vec<(&'static str, f64)>;

/// What a person of whom a unit counts `weight` brings to measures of staff.
fn brings(person: &Staff, weight: f64) -> Brings {
    let fte = person.fte * weight;
    match person.category {
        StaffCategory::Academic => {
            let flag = |flag: Option<bool>| if flag == Some(true) { fte } else { 0.0 };
            vec![
                ("academic_staff", fte),
                ("academic_staff_headcount", 1.0),
                ("international_academic_staff", flag(person.international)),
                ("female_academic_staff", flag(person.female)),
                ("academic_staff_with_doctorate", flag(person.doctorate)),
            ]
        }
        StaffCategory::Research => vec![("research_staff", fte)],
        StaffCategory::Other => Vec::new(),
    }
}
