//! What is true about the sample: it was invented, so it is known.

use crate::sample::byline::Byline;
use crate::sample::people::People;
use crate::sample::units::University;
use crate::sample::work::Works;

/// What an attribution without a mistake would find.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// Publications, ascending by EID.
    pub publications: Vec<TruePublication>,
    /// Faults put into the files on purpose.
    pub faults: Vec<PlantedFault>,
}

impl Truth {
    /// Publications with more than one record in the exports.
    pub fn duplicates(&self) -> impl Iterator<Item = &TruePublication> {
        self.publications.iter().filter(|publication| publication.records.len() > 1)
    }
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruePublication {
    /// EID of its first record.
    pub eid: String,
    /// Year.
    pub year: i32,
    /// Number of authors.
    pub authors: u32,
    /// All its records in the exports, in file order.
    pub records: Vec<RecordPlace>,
    /// Its authors of the university, by position.
    pub credits: Vec<TrueCredit>,
}

/// An author of the university.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueCredit {
    /// Position in the byline from 1.
    pub author_position: u32,
    /// Personnel number; `None` for students, whom no sheet lists.
    pub staff: Option<String>,
    /// Units to be credited, the most particular ones, ascending by id. Empty where a member of staff wrote the paper
    /// before or after the employment here; the year after leaving still counts.
    pub units: Vec<String>,
}

/// Where a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPlace {
    /// Path below the assessment folder.
    pub file: String,
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// EID of the record.
    pub eid: String,
}

/// A fault that a reader is expected to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedFault {
    /// Code of the finding.
    pub code: &'static str,
    /// Path below the assessment folder.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// The cell's text.
    pub text: String,
}

/// The truth about all works.
pub fn publications(
    university: &University,
    people: &People,
    works: &Works,
    places: Vec<Vec<RecordPlace>>,
) -> Vec<TruePublication> {
    let credit = |(index, author): (usize, &Byline)| match author {
        Byline::Outsider(_) => None,
        Byline::Inside(inside) => Some(TrueCredit {
            author_position: index as u32 + 1,
            staff: inside.staff.map(|person| people.list[person].id.clone()),
            units: inside.units.iter().map(|&unit| university.units[unit].id.clone()).collect(),
        }),
    };
    works
        .list
        .iter()
        .zip(places)
        .map(|(work, records)| TruePublication {
            eid: records.first().map_or_else(String::new, |record| record.eid.clone()),
            year: work.year,
            authors: work.authors.len() as u32,
            records,
            credits: work.authors.iter().enumerate().filter_map(credit).collect(),
        })
        .collect()
}
