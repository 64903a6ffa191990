//! What the office's own sheets say, after reading and folding and before attribution.
//!
//! People and money are at most some 100,000 rows and are kept as plain rows. Bibliographic records can be millions and
//! are kept in columns: see [`crate::model::records`].

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::model::accreditation::sheets::Sheets;
use crate::model::baseline::Baseline;
use crate::model::calibration::PublishedScore;
pub use crate::model::exported::{CitationCount, CitationLink, Researcher, SuppliedArea};
pub use crate::model::listed::{Award, HighlyCited, LaureateKind, Patent};
use crate::model::overrides::Overrides;
pub use crate::model::partners::sheets::{Agreement, Exposure, KnownPartner, SubjectShare, SubmittedFigure, Visit};
pub use crate::model::records::{AuthorshipTable, Record, RecordAuthor, RecordRows, RecordTable};
use crate::model::relation::Relation;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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

impl Staff {
    /// Whether the person is employed on a day.
    pub fn is_employed(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| to >= day)
    }

    /// Whether the sheet gives a Scopus author id or an ORCID iD.
    pub fn has_author_id(&self) -> bool {
        !self.scopus_ids.is_empty() || !self.orcids.is_empty()
    }
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

/// A title that an index no longer covers.
#[derive(Debug, Clone)]
pub struct DelistedTitle {
    /// ISSNs without hyphen.
    pub issns: Vec<String>,
    /// Title as printed.
    pub title: String,
    /// First year that is no longer covered; `None` where the list does not say.
    pub from: Option<i32>,
    /// The row.
    pub place: Place,
}

/// A journal listed as a top journal of a category.
#[derive(Debug, Clone)]
pub struct TopJournal {
    /// ISSNs without hyphen.
    pub issns: Vec<String>,
    /// Category or subject as printed; empty where the list holds for all.
    pub category: String,
    /// The row.
    pub place: Place,
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
    /// Published scores of the own past.
    pub history: Vec<PublishedScore>,
    /// Journals.
    pub journals: Vec<Journal>,
    /// What publications of a field, year and type are cited, one per sheet.
    pub baselines: Vec<Baseline>,
    /// Entries of lists of highly cited researchers, those of other institutions too.
    pub highly_cited: Vec<HighlyCited>,
    /// Prizes of staff and alumni.
    pub awards: Vec<Award>,
    /// Patents that cite works.
    pub patents: Vec<Patent>,
    /// Export records.
    pub records: RecordTable,
    /// Their authors.
    pub authorships: AuthorshipTable,
    /// Relations of units and other bodies to universities.
    pub relations: Vec<Relation>,
    /// Decisions of the office.
    pub overrides: Overrides,
    /// Metrics of researchers as profile systems state them; used by no stage yet.
    pub researchers: Vec<Researcher>,
    /// Citing → cited links.
    pub citation_links: Vec<CitationLink>,
    /// Citations of works by year.
    pub citation_counts: Vec<CitationCount>,
    /// Titles that an index has dropped.
    pub delisted_titles: Vec<DelistedTitle>,
    /// DOIs of retracted works, lower case, ascending, without repeats.
    pub retractions: Vec<String>,
    /// Journals that a ranking or the office lists as top journals of a category.
    pub top_journals: Vec<TopJournal>,
    /// Figures of institutions by subject area; used by no stage yet.
    pub supplied_areas: Vec<SuppliedArea>,
    /// Agreements with other institutions and companies.
    pub agreements: Vec<Agreement>,
    /// Visits from and to other institutions.
    pub visits: Vec<Visit>,
    /// What the office knows of its partners: identifiers and other spellings.
    pub known_partners: Vec<KnownPartner>,
    /// Countries whose partners something may keep away: visas, sanctions.
    pub exposures: Vec<Exposure>,
    /// Parts of units that belong to subjects of THE.
    pub subject_shares: Vec<SubjectShare>,
    /// Figures submitted to rankings last year.
    pub submitted: Vec<SubmittedFigure>,
    /// Sheets of accreditation.
    pub accreditation: Sheets,
    /// Sheets that were recognised but are used by no stage yet, by layout id: rows.
    pub unused: BTreeMap<String, u64>,
}
