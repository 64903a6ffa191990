//! What the office's own sheets say, after reading and folding and before attribution.
//!
//! People and money are at most some 100,000 rows and are kept as plain rows. Bibliographic records can be millions:
//! [`RecordTable`] and [`AuthorshipTable`] are polars frames behind a type that alone knows its column names.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame};

use crate::diagnostic::Place;
use crate::model::unit::{UnitIndex, Units};

/// A file that was read.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// Path relative to the assessment folder.
    pub file: String,
    /// Lower-case hex SHA-256 of its bytes.
    pub digest: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Id of the layout that recognised each sheet: `(sheet name or "", layout id)`.
    pub layouts: Vec<(String, String)>,
    /// Data rows used.
    pub rows: u64,
    /// Data rows left out, each named by a finding.
    pub left_out: u64,
}

/// A calendar day, Gregorian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Gregorian year.
    pub year: i32,
    /// Month, 1–12.
    pub month: u8,
    /// Day, 1–31.
    pub day: u8,
}

/// What a member of staff is counted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffCategory {
    /// In an academic post: teaching, or teaching and research.
    Academic,
    /// Research only.
    Research,
    /// Neither; counted in no denominator.
    Other,
}

/// One member of staff. Rows of the same id are merged, their units collected.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The office's number for the person, unique.
    pub id: String,
    /// Name as printed in the sheet.
    pub name: String,
    /// Name in Latin letters, where given.
    pub latin_name: String,
    /// Units the person belongs to, in row order, without repeats.
    pub units: Vec<UnitIndex>,
    /// Academic, research or other.
    pub category: StaffCategory,
    /// Academic rank as printed.
    pub rank: String,
    /// Full-time equivalent of the person over all posts, 0–1.
    pub fte: f64,
    /// Citizen of another country; `None` where the sheet does not say.
    pub international: Option<bool>,
    /// Female; `None` where the sheet does not say.
    pub female: Option<bool>,
    /// Holds a doctorate; `None` where the sheet does not say.
    pub doctorate: Option<bool>,
    /// Scopus author ids, digits only.
    pub scopus_ids: Vec<String>,
    /// ORCID iDs as `0000-0000-0000-000X`.
    pub orcids: Vec<String>,
    /// First day of employment; `None` is open.
    pub from: Option<Date>,
    /// Last day of employment; `None` is open.
    pub to: Option<Date>,
    /// The first row that named the person.
    pub place: Place,
}

/// Level of study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Below or at bachelor (ISCED 5–6).
    Bachelor,
    /// Master (ISCED 7).
    Master,
    /// Professional first degree such as MD, DDS, PharmD (ISCED 7, not a research doctorate).
    Professional,
    /// Clinical residency and fellowship; whether it counts as doctoral is a policy switch.
    Residency,
    /// Research doctorate (ISCED 8).
    Doctorate,
    /// Not stated.
    All,
}

/// Students of a unit at one level in one year. Counts are ≥ 0, FTE ≤ headcount.
#[derive(Debug, Clone)]
pub struct Students {
    /// The unit.
    pub unit: UnitIndex,
    /// Gregorian year in which the academic year begins.
    pub year: i32,
    /// Level of study.
    pub level: Level,
    /// Heads.
    pub headcount: f64,
    /// Full-time equivalents; equals the headcount where the sheet gives none.
    pub fte: f64,
    /// Of these international, where given.
    pub international: Option<f64>,
    /// Of these female, where given.
    pub female: Option<f64>,
    /// The row.
    pub place: Place,
}

/// Degrees awarded by a unit at one level in one year.
#[derive(Debug, Clone)]
pub struct Degrees {
    /// The unit.
    pub unit: UnitIndex,
    /// Gregorian year in which the academic year begins.
    pub year: i32,
    /// Level of the degree.
    pub level: Level,
    /// Degrees awarded.
    pub count: f64,
    /// The row.
    pub place: Place,
}

/// What a sum of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FinanceItem {
    /// All income of the unit.
    InstitutionalIncome,
    /// Of that, awarded for research.
    ResearchIncome,
    /// Of that, from industry and commerce.
    IndustryIncome,
}

/// One sum of a unit in one fiscal year, in international dollars.
#[derive(Debug, Clone)]
pub struct Finance {
    /// The unit.
    pub unit: UnitIndex,
    /// Gregorian year in which the fiscal year begins.
    pub year: i32,
    /// What the sum is.
    pub item: FinanceItem,
    /// International (PPP) dollars.
    pub amount: f64,
    /// As printed, with its unit: `1,250 million rial`.
    pub printed: String,
    /// The row.
    pub place: Place,
}

/// A measure that a unit states directly.
#[derive(Debug, Clone)]
pub struct Supplied {
    /// The unit.
    pub unit: UnitIndex,
    /// Name of the measure.
    pub measure: String,
    /// Year it is for; `None` holds for every window.
    pub year: Option<i32>,
    /// Its value.
    pub value: f64,
    /// Where the office has it from, as printed.
    pub source: String,
    /// The row.
    pub place: Place,
}

/// One raw indicator value of a peer, from the assessment's own benchmark tables.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Edition id.
    pub edition: String,
    /// Type of unit the peer is comparable with.
    pub unit_type: String,
    /// Indicator code.
    pub indicator: String,
    /// Name of the peer.
    pub peer: String,
    /// Raw value, in the unit of the indicator.
    pub value: f64,
    /// The row.
    pub place: Place,
}

/// A journal of the journal list.
#[derive(Debug, Clone)]
pub struct Journal {
    /// ISSNs without hyphen, eight characters.
    pub issns: Vec<String>,
    /// Title as printed.
    pub title: String,
    /// SJR, where given.
    pub sjr: Option<f64>,
    /// Best quartile 1–4, where given.
    pub quartile: Option<u8>,
    /// Categories with their own quartile where given.
    pub categories: Vec<(String, Option<u8>)>,
    /// Subject areas (the 27 ASJC areas).
    pub areas: Vec<String>,
}

/// An affiliation spelling that names a unit, from `aliases`.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The spelling as printed.
    pub spelling: String,
    /// The unit it names.
    pub unit: UnitIndex,
    /// Years in which the spelling holds; `None` is open.
    pub valid: (Option<i32>, Option<i32>),
    /// The row.
    pub place: Place,
}

/// Export records, one row each, in reading order. Built only by [`RecordRows::into_tables`].
#[derive(Debug, Clone, Default)]
pub struct RecordTable(pub DataFrame);

impl RecordTable {
    /// Row number, `u32`, dense from 0.
    pub const RECORD: &'static str = "record";
    /// Index of the file in [`Tables::sources`], `u32`.
    pub const SOURCE: &'static str = "source";
    /// Row in that file as a spreadsheet shows it, `u32`.
    pub const ROW: &'static str = "row";
    /// Exporting system, e.g. `scopus`.
    pub const SYSTEM: &'static str = "system";
    /// DOI, lower case without resolver; null where absent.
    pub const DOI: &'static str = "doi";
    /// Scopus EID; null where absent.
    pub const EID: &'static str = "eid";
    /// Title as printed.
    pub const TITLE: &'static str = "title";
    /// Publication year, `i32`; null where absent.
    pub const YEAR: &'static str = "year";
    /// Document type, folded to lower case with `_`: `article`, `conference_paper` …
    pub const TYPE: &'static str = "type";
    /// Journal or book title as printed.
    pub const JOURNAL: &'static str = "journal";
    /// ISSNs without hyphen, separated by `;`.
    pub const ISSN: &'static str = "issn";
    /// Citations, `i64`; null where the export gives none.
    pub const CITATIONS: &'static str = "citations";
    /// Correspondence address as printed; null where absent.
    pub const CORRESPONDENCE: &'static str = "correspondence";
    /// Number of authors listed, `u32`.
    pub const AUTHORS: &'static str = "authors";
}

/// Authors of records, one row per record and position. Built only by [`RecordRows::into_tables`].
#[derive(Debug, Clone, Default)]
pub struct AuthorshipTable(pub DataFrame);

impl AuthorshipTable {
    /// Record number, `u32`, ascending.
    pub const RECORD: &'static str = "record";
    /// Position in the byline from 1, `u32`, ascending within a record.
    pub const POSITION: &'static str = "position";
    /// Name as printed.
    pub const NAME: &'static str = "name";
    /// Scopus author id, digits; null where absent.
    pub const SCOPUS_ID: &'static str = "scopus_id";
    /// ORCID; null where absent.
    pub const ORCID: &'static str = "orcid";
    /// The author's affiliations as printed, separated by a line feed; null where absent.
    pub const AFFILIATIONS: &'static str = "affiliations";
}

/// One author of a [`Record`].
#[derive(Debug, Clone, Default)]
pub struct RecordAuthor {
    /// Name as printed.
    pub name: String,
    /// Scopus author id, digits.
    pub scopus_id: Option<String>,
    /// ORCID.
    pub orcid: Option<String>,
    /// Affiliations as printed, one string each.
    pub affiliations: Vec<String>,
}

/// One export record as a reader makes it.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// DOI, lower case without resolver.
    pub doi: Option<String>,
    /// Scopus EID.
    pub eid: Option<String>,
    /// Title as printed.
    pub title: String,
    /// Publication year.
    pub year: Option<i32>,
    /// Document type folded to lower case with `_`.
    pub document_type: String,
    /// Journal as printed.
    pub journal: String,
    /// ISSNs without hyphen.
    pub issns: Vec<String>,
    /// Citations.
    pub citations: Option<i64>,
    /// Correspondence address.
    pub correspondence: Option<String>,
    /// Authors in byline order.
    pub authors: Vec<RecordAuthor>,
}

/// Records of one sheet, still as rows, on their way into the tables.
#[derive(Debug, Clone, Default)]
pub struct RecordRows {
    /// Index of the file in [`Tables::sources`].
    pub source: u32,
    /// Exporting system.
    pub system: String,
    /// The records in file order.
    pub records: Vec<Record>,
}

impl RecordRows {
    /// Joins the records of all sheets, in the given order, into the two columnar tables.
    pub fn into_tables(parts: Vec<RecordRows>) -> (RecordTable, AuthorshipTable) {
        let mut builder = Columns::default();
        for part in parts {
            for record in part.records {
                builder.push(part.source, &part.system, record);
            }
        }
        builder.finish()
    }
}

#[derive(Default)]
struct Columns {
    source: Vec<u32>,
    row: Vec<u32>,
    system: Vec<String>,
    doi: Vec<Option<String>>,
    eid: Vec<Option<String>>,
    title: Vec<String>,
    year: Vec<Option<i32>>,
    document_type: Vec<String>,
    journal: Vec<String>,
    issn: Vec<String>,
    citations: Vec<Option<i64>>,
    correspondence: Vec<Option<String>>,
    authors: Vec<u32>,
    author_record: Vec<u32>,
    author_position: Vec<u32>,
    author_name: Vec<String>,
    author_scopus_id: Vec<Option<String>>,
    author_orcid: Vec<Option<String>>,
    author_affiliations: Vec<Option<String>>,
}

impl Columns {
    fn push(&mut self, source: u32, system: &str, record: Record) {
        let number = self.row.len() as u32;
        self.source.push(source);
        self.row.push(record.row);
        self.system.push(system.to_owned());
        self.doi.push(record.doi);
        self.eid.push(record.eid);
        self.title.push(record.title);
        self.year.push(record.year);
        self.document_type.push(record.document_type);
        self.journal.push(record.journal);
        self.issn.push(record.issns.join(";"));
        self.citations.push(record.citations);
        self.correspondence.push(record.correspondence);
        self.authors.push(record.authors.len() as u32);
        for (index, author) in record.authors.into_iter().enumerate() {
            self.author_record.push(number);
            self.author_position.push(index as u32 + 1);
            self.author_name.push(author.name);
            self.author_scopus_id.push(author.scopus_id);
            self.author_orcid.push(author.orcid);
            let affiliations = author.affiliations.join("\n");
            self.author_affiliations.push((!affiliations.is_empty()).then_some(affiliations));
        }
    }

    fn finish(self) -> (RecordTable, AuthorshipTable) {
        use AuthorshipTable as A;
        use RecordTable as R;
        let height = self.row.len();
        let records = vec![
            Column::new(R::RECORD.into(), (0..height as u32).collect::<Vec<_>>()),
            Column::new(R::SOURCE.into(), self.source),
            Column::new(R::ROW.into(), self.row),
            Column::new(R::SYSTEM.into(), self.system),
            Column::new(R::DOI.into(), self.doi),
            Column::new(R::EID.into(), self.eid),
            Column::new(R::TITLE.into(), self.title),
            Column::new(R::YEAR.into(), self.year),
            Column::new(R::TYPE.into(), self.document_type),
            Column::new(R::JOURNAL.into(), self.journal),
            Column::new(R::ISSN.into(), self.issn),
            Column::new(R::CITATIONS.into(), self.citations),
            Column::new(R::CORRESPONDENCE.into(), self.correspondence),
            Column::new(R::AUTHORS.into(), self.authors),
        ];
        let author_height = self.author_record.len();
        let authors = vec![
            Column::new(A::RECORD.into(), self.author_record),
            Column::new(A::POSITION.into(), self.author_position),
            Column::new(A::NAME.into(), self.author_name),
            Column::new(A::SCOPUS_ID.into(), self.author_scopus_id),
            Column::new(A::ORCID.into(), self.author_orcid),
            Column::new(A::AFFILIATIONS.into(), self.author_affiliations),
        ];
        let frame =
            |height, columns| DataFrame::new(height, columns).expect("columns of one length with distinct names");
        (RecordTable(frame(height, records)), AuthorshipTable(frame(author_height, authors)))
    }
}

/// Everything that was read for one assessment.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Files, in path order.
    pub sources: Vec<Source>,
    /// Units.
    pub units: Units,
    /// Spellings of units.
    pub aliases: Vec<Alias>,
    /// Spellings of the university itself.
    pub university_aliases: Vec<String>,
    /// Staff, one row per person.
    pub staff: Vec<Staff>,
    /// Students.
    pub students: Vec<Students>,
    /// Degrees.
    pub degrees: Vec<Degrees>,
    /// Money.
    pub finance: Vec<Finance>,
    /// Stated measures.
    pub supplied: Vec<Supplied>,
    /// Peers.
    pub peers: Vec<Peer>,
    /// Journals.
    pub journals: Vec<Journal>,
    /// Export records.
    pub records: RecordTable,
    /// Their authors.
    pub authorships: AuthorshipTable,
    /// Sheets that were recognised but are used by no stage yet, by layout id: rows.
    pub unused: BTreeMap<String, u64>,
}
