//! Terms of evidence as rows for people: what each is about, who is credited by which rule, and where it stands.

use serde::Serialize;

use crate::model::evidence::{Evidence, Fold, Subject, Term};
use crate::model::ledger::{Account, Credit};
use crate::model::measure::MeasureKey;
use crate::model::publication::PublicationIndex;
use crate::model::results::Results;
use crate::model::tables::{LaureateKind, Level, Supplied};
use crate::model::unit::UnitIndex;

/// One row. Fields that its kind does not have are empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// `publication`, `staff`, `students`, `degrees`, `finance`, `highly_cited`, `award`, `patent` or `supplied`.
    pub kind: &'static str,
    /// Id of the publication or person, else of the unit that states the row.
    pub id: String,
    /// DOI.
    pub doi: String,
    /// Title of the work, name of the person where names are wanted, else what the row is.
    pub title: String,
    /// Year.
    pub year: Option<i32>,
    /// Document type, category of staff, level of study or item of money.
    pub document_type: String,
    /// The unit's authors as `position name`.
    pub authors: String,
    /// Staff ids of these authors.
    pub staff: String,
    /// Their affiliations as printed.
    pub affiliation: String,
    /// Rules by which they are credited.
    pub rule: String,
    /// Citations to date.
    pub citations: Option<i64>,
    /// How much of the row counts.
    pub weight: f64,
    /// The row's own figure.
    pub figure: f64,
    /// What it brings to the sum, as a decimal number without loss.
    pub amount: String,
    /// File, sheet and row.
    pub place: String,
}

/// The rows of one measure of `unit`. Names of staff only with `names`.
pub fn of(results: &Results, unit: UnitIndex, evidence: &Evidence, names: bool) -> Vec<Row> {
    let row = |term: &Term| {
        let mut row = match term.subject {
            Subject::Publication(index) => publication(results, unit, PublicationIndex(index)),
            Subject::Staff(index) => staff(results, index, names),
            Subject::Students(index) => {
                let row = &results.tables.students[index as usize];
                stated(results, "students", row.unit, row.year, level(row.level), row.place.to_string())
            }
            Subject::Degrees(index) => {
                let row = &results.tables.degrees[index as usize];
                stated(results, "degrees", row.unit, row.year, level(row.level), row.place.to_string())
            }
            Subject::Finance(index) => {
                let row = &results.tables.finance[index as usize];
                let stated = stated(results, "finance", row.unit, row.year, "", row.place.to_string());
                Row { title: row.printed.clone(), ..stated }
            }
            Subject::HighlyCited(index) => highly_cited(results, index, names),
            Subject::Award(index) => award(results, index, names),
            Subject::Patent(index) => patent(results, index),
        };
        (row.weight, row.figure) = (term.weight, term.figure);
        row.amount = match evidence.fold {
            Fold::Shares => share(term.amount),
            _ => term.amount.to_string(),
        };
        row
    };
    evidence.terms.iter().map(row).collect()
}

/// A whole number of 10⁻¹⁵ as a decimal fraction.
fn share(amount: f64) -> String {
    const WHOLE: u64 = crate::model::ledger::Share::WHOLE.0;
    let amount = amount as u64;
    format!("{}.{:015}", amount / WHOLE, amount % WHOLE)
}

/// The credits of a publication that belong to any of `units`, ascending by author.
pub fn credits<'a>(
    results: &'a Results,
    publication: PublicationIndex,
    units: &[UnitIndex],
) -> impl Iterator<Item = &'a Credit> {
    let credits = &results.ledger.credits;
    let from = credits.partition_point(|credit| credit.publication < publication);
    let to = credits.partition_point(|credit| credit.publication <= publication);
    credits[from..to]
        .iter()
        .filter(move |credit| matches!(credit.account, Account::Unit(unit) if units.binary_search(&unit).is_ok()))
}

/// A publication with the unit's authors.
pub fn publication(results: &Results, unit: UnitIndex, index: PublicationIndex) -> Row {
    let item = &results.publications.items[index.at()];
    let authors = results.publications.authors_of(index);
    let (mut matched, mut staff, mut printed, mut rules) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for credit in credits(results, index, results.tables.units.descendants(unit)) {
        let Some(author) = (credit.author_position as usize).checked_sub(1).and_then(|at| authors.get(at)) else {
            continue;
        };
        add(&mut matched, format!("{} {}", credit.author_position, author.name));
        author.affiliations.iter().for_each(|text| add(&mut printed, text.clone()));
        add(&mut rules, credit.rule.as_str().to_owned());
        if let Some(person) = credit.staff.and_then(|at| results.tables.staff.get(at as usize)) {
            add(&mut staff, person.id.clone());
        }
    }
    Row {
        kind: "publication",
        id: item.id.clone(),
        doi: item.doi.clone().unwrap_or_default(),
        title: item.title.clone(),
        year: item.year,
        document_type: item.document_type.clone(),
        authors: matched.join("; "),
        staff: staff.join("; "),
        affiliation: printed.join(" | "),
        rule: rules.join("; "),
        citations: item.citations,
        place: item.sources.join("; "),
        ..Row::default()
    }
}

fn add(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

fn staff(results: &Results, index: u32, names: bool) -> Row {
    let person = &results.tables.staff[index as usize];
    let units = person.units.iter().map(|&unit| results.tables.units.get(unit).id.as_str());
    Row {
        kind: "staff",
        id: person.id.clone(),
        title: if names { person.name.clone() } else { String::new() },
        document_type: person.rank.clone(),
        affiliation: units.collect::<Vec<_>>().join("; "),
        place: person.place.to_string(),
        ..Row::default()
    }
}

/// An entry of a list, with the member of staff that was found for it.
fn highly_cited(results: &Results, index: u32, names: bool) -> Row {
    let entry = &results.tables.highly_cited[index as usize];
    let found = results.ledger.highly_cited.iter().find(|found| found.row == index);
    let staff = found.and_then(|found| found.staff).map(|staff| results.tables.staff[staff as usize].id.clone());
    Row {
        kind: "highly_cited",
        id: staff.clone().unwrap_or_default(),
        title: if names { entry.name.clone() } else { String::new() },
        year: entry.year,
        document_type: entry.field.clone(),
        staff: staff.unwrap_or_default(),
        affiliation: entry.primary.clone(),
        place: entry.place.to_string(),
        ..Row::default()
    }
}

/// A prize; the year is the one that its weight goes by.
fn award(results: &Results, index: u32, names: bool) -> Row {
    let award = &results.tables.awards[index as usize];
    Row {
        kind: "award",
        id: results.tables.units.get(award.unit).id.clone(),
        title: if names { format!("{}: {}", award.prize, award.person) } else { award.prize.clone() },
        year: award.degree_year.filter(|_| award.kind == LaureateKind::Alumnus).or(Some(award.year)),
        document_type: match award.kind {
            LaureateKind::Staff => "staff".to_owned(),
            LaureateKind::Alumnus => "alumnus".to_owned(),
        },
        place: award.place.to_string(),
        ..Row::default()
    }
}

/// A family of patents, by the row that is counted.
fn patent(results: &Results, index: u32) -> Row {
    let patent = &results.tables.patents[index as usize];
    Row {
        kind: "patent",
        id: patent.family.clone(),
        doi: patent.cited.join("; "),
        title: patent.number.clone(),
        year: Some(patent.year),
        document_type: patent.office.clone(),
        place: patent.place.to_string(),
        ..Row::default()
    }
}

fn stated(results: &Results, kind: &'static str, unit: UnitIndex, year: i32, level: &str, place: String) -> Row {
    let id = results.tables.units.get(unit).id.clone();
    Row { kind, id, year: Some(year), document_type: level.to_owned(), place, ..Row::default() }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Bachelor => "bachelor",
        Level::Master => "master",
        Level::Professional => "professional",
        Level::Residency => "residency",
        Level::Doctorate => "doctorate",
        Level::All => "all",
    }
}

/// The row of the supplied sheet that states a measure.
pub fn supplied(results: &Results, unit: UnitIndex, key: &MeasureKey) -> Vec<Row> {
    let own = |row: &&Supplied| row.unit == unit && row.measure == key.measure;
    let rows = || results.tables.supplied.iter().filter(own);
    // As the measure does: the last row of the year, else the last without a year.
    let of_year = rows().rfind(|row| row.year == Some(key.window.to));
    let row = of_year.or_else(|| rows().rfind(|row| row.year.is_none()));
    let shown = |row: &Supplied| Row {
        kind: "supplied",
        id: results.tables.units.get(unit).id.clone(),
        title: row.source.clone(),
        year: row.year,
        weight: 1.0,
        figure: row.value,
        amount: row.value.to_string(),
        place: row.place.to_string(),
        ..Row::default()
    };
    row.map(shown).into_iter().collect()
}
