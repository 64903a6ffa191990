//! The record and authorship tables, column by column, as slices that any thread may read.

use std::cmp::{Ordering, Reverse};

use polars::prelude::{BooleanChunked, DataFrame, Float64Chunked, Int32Chunked, Int64Chunked, StringChunked};

use crate::model::assessment::Merge;
use crate::model::tables::{AuthorshipTable, RecordTable, Source, Tables};

/// Number of systems that give works an identifier of their own; see [`Columns::identifiers`].
pub const IDENTIFIERS: usize = 5;

/// Place of the DOI in [`Columns::identifiers`].
pub const DOI: usize = 0;

/// What each identifier is called, in the order of [`Columns::identifiers`].
pub const IDENTIFIER_NAMES: [&str; IDENTIFIERS] =
    ["DOI", "EID", "Web of Science accession number", "PubMed id", "OpenAlex id"];

/// Both tables.
pub struct Columns<'a> {
    sources: &'a [Source],
    source: Vec<u32>,
    row: Vec<u32>,
    /// Index into [`Columns::systems`], per record.
    pub system: Vec<u16>,
    /// Exporting systems that occur, by preference: the declared ones first, then the others by name.
    pub systems: Vec<String>,
    /// DOI, EID, UT, PMID and OpenAlex id of each record; blank ones are absent.
    pub identifiers: [Vec<Option<&'a str>>; IDENTIFIERS],
    /// Title as printed, empty where absent.
    pub title: Vec<&'a str>,
    /// Publication year.
    pub year: Vec<Option<i32>>,
    /// Folded document type.
    pub document_type: Vec<&'a str>,
    /// Journal as printed.
    pub journal: Vec<&'a str>,
    /// ISSNs separated by `;`.
    pub issn: Vec<&'a str>,
    /// Citations.
    pub citations: Vec<Option<i64>>,
    /// Correspondence address.
    pub correspondence: Vec<&'a str>,
    /// Whether the record says that the work is retracted.
    pub retracted: Vec<Option<bool>>,
    /// Field-weighted citation impact, finite.
    pub fwci: Vec<Option<f64>>,
    /// Percentile in percent, finite.
    pub percentile: Vec<Option<f64>>,
    /// Names of authors.
    pub author_name: Vec<&'a str>,
    /// Scopus ids of authors.
    pub author_scopus_id: Vec<Option<&'a str>>,
    /// ORCIDs of authors.
    pub author_orcid: Vec<Option<&'a str>>,
    /// ResearcherIDs of authors.
    pub author_researcher_id: Vec<Option<&'a str>>,
    /// Marks of corresponding authors.
    pub author_corresponding: Vec<Option<bool>>,
    /// Affiliations of authors, one a line.
    pub author_affiliations: Vec<Option<&'a str>>,
    /// Authors of record `r` are rows `offsets[r]..offsets[r + 1]`.
    pub offsets: Vec<usize>,
}

impl<'a> Columns<'a> {
    /// Reads both tables; `merge` decides the order of systems.
    pub fn of(tables: &'a Tables, merge: &Merge) -> Self {
        use AuthorshipTable as A;
        use RecordTable as R;
        let (records, authors) = (&tables.records.0, &tables.authorships.0);
        let height = records.height();
        let mut offsets = vec![0; height + 1];
        for record in integers(authors, A::RECORD) {
            offsets[record as usize + 1] += 1;
        }
        for index in 0..height {
            offsets[index + 1] += offsets[index];
        }
        let (systems, system) = systems(&texts(records, R::SYSTEM), &merge.priority);
        Columns {
            sources: &tables.sources,
            source: integers(records, R::SOURCE),
            row: integers(records, R::ROW),
            system,
            systems,
            identifiers: [R::DOI, R::EID, R::UT, R::PMID, R::OPENALEX].map(|name| optional_texts(records, name)),
            title: texts(records, R::TITLE),
            year: years(records, R::YEAR).iter().collect(),
            document_type: texts(records, R::TYPE),
            journal: texts(records, R::JOURNAL),
            issn: texts(records, R::ISSN),
            citations: counts(records, R::CITATIONS).iter().collect(),
            correspondence: texts(records, R::CORRESPONDENCE),
            retracted: marks(records, R::RETRACTED).iter().collect(),
            fwci: numbers(records, R::FWCI).iter().map(|value| value.filter(|value| value.is_finite())).collect(),
            percentile: numbers(records, R::PERCENTILE)
                .iter()
                .map(|value| value.filter(|value| value.is_finite()))
                .collect(),
            author_name: texts(authors, A::NAME),
            author_scopus_id: optional_texts(authors, A::SCOPUS_ID),
            author_orcid: optional_texts(authors, A::ORCID),
            author_researcher_id: optional_texts(authors, A::RESEARCHER_ID),
            author_corresponding: marks(authors, A::CORRESPONDING).iter().collect(),
            author_affiliations: optional_texts(authors, A::AFFILIATIONS),
            offsets,
        }
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.row.len()
    }

    /// Rows of the authors of a record.
    pub fn authors_of(&self, record: u32) -> std::ops::Range<usize> {
        self.offsets[record as usize]..self.offsets[record as usize + 1]
    }

    /// Name of the first author; empty where none is listed.
    pub fn first_author(&self, record: u32) -> &'a str {
        self.authors_of(record).next().map_or("", |row| self.author_name[row])
    }

    /// How much the record tells of its authors: ids and affiliations.
    pub fn detail(&self, record: u32) -> usize {
        self.authors_of(record)
            .map(|row| {
                let id = self.author_scopus_id[row].or(self.author_orcid[row]).or(self.author_researcher_id[row]);
                usize::from(id.is_some()) + usize::from(self.author_affiliations[row].is_some())
            })
            .sum()
    }

    /// The file and row of a record.
    pub fn file_and_row(&self, record: u32) -> (&'a str, u32) {
        let source = self.source[record as usize] as usize;
        (self.sources.get(source).map_or("", |source| source.file.as_str()), self.row[record as usize])
    }

    /// `file:row` of a record.
    pub fn place(&self, record: u32) -> String {
        let (file, row) = self.file_and_row(record);
        format!("{file}:{row}")
    }

    /// Which of two records of one work is preferred (`Less`): by the declared order of systems, then by what the
    /// records say, and only where they say the same by file and row. Never by the order in which they were read.
    pub fn preference(&self, a: u32, b: u32) -> Ordering {
        let (i, j) = (a as usize, b as usize);
        let at = |column: &[&'a str]| column[i].cmp(column[j]);
        (self.system[i].cmp(&self.system[j]))
            .then_with(|| Reverse(self.citations[i]).cmp(&Reverse(self.citations[j])))
            .then_with(|| self.detail(b).cmp(&self.detail(a)))
            .then_with(|| {
                self.identifiers.iter().map(|ids| ids[j].cmp(&ids[i])).find(|o| o.is_ne()).unwrap_or(Ordering::Equal)
            })
            .then_with(|| at(&self.title))
            .then_with(|| at(&self.journal))
            .then_with(|| self.year[i].cmp(&self.year[j]))
            .then_with(|| at(&self.document_type))
            .then_with(|| at(&self.issn))
            .then_with(|| at(&self.correspondence))
            .then_with(|| self.author_name[self.authors_of(a)].cmp(&self.author_name[self.authors_of(b)]))
            .then_with(|| self.author_scopus_id[self.authors_of(a)].cmp(&self.author_scopus_id[self.authors_of(b)]))
            .then_with(|| {
                self.author_affiliations[self.authors_of(a)].cmp(&self.author_affiliations[self.authors_of(b)])
            })
            .then_with(|| self.file_and_row(a).cmp(&self.file_and_row(b)))
    }
}

/// The systems that occur by preference, and the place of each record's system among them.
fn systems(printed: &[&str], priority: &[String]) -> (Vec<String>, Vec<u16>) {
    let mut systems: Vec<&str> = Vec::new();
    let numbered: Vec<usize> = printed
        .iter()
        .map(|name| {
            // A handful of systems, and records of one file stand together: the last one is nearly always it.
            systems.iter().rposition(|known| known == name).unwrap_or_else(|| {
                systems.push(name);
                systems.len() - 1
            })
        })
        .collect();
    let rank = |name: &str| priority.iter().position(|preferred| preferred == name).unwrap_or(priority.len());
    let mut order: Vec<usize> = (0..systems.len()).collect();
    order.sort_by_key(|&index| (rank(systems[index]), systems[index]));
    let mut place = vec![0; systems.len()];
    for (at, &index) in order.iter().enumerate() {
        place[index] = at.min(usize::from(u16::MAX)) as u16;
    }
    (
        order.iter().map(|&index| systems[index].to_owned()).collect(),
        numbered.into_iter().map(|index| place[index]).collect(),
    )
}

const BUILT: &str = "RecordRows::into_tables builds this column of this type";

fn strings<'a>(frame: &'a DataFrame, name: &str) -> Option<&'a StringChunked> {
    frame.column(name).ok().map(|column| column.str().expect(BUILT))
}

/// An empty table has no columns at all.
fn texts<'a>(frame: &'a DataFrame, name: &str) -> Vec<&'a str> {
    strings(frame, name).map_or_else(Vec::new, |column| column.iter().map(Option::unwrap_or_default).collect())
}

/// Blank texts are as good as absent: they must never match.
fn optional_texts<'a>(frame: &'a DataFrame, name: &str) -> Vec<Option<&'a str>> {
    let filled = |text: Option<&'a str>| text.map(str::trim).filter(|text| !text.is_empty());
    strings(frame, name).map_or_else(Vec::new, |column| column.iter().map(filled).collect())
}

fn integers(frame: &DataFrame, name: &str) -> Vec<u32> {
    let column = frame.column(name).ok().map(|column| column.u32().expect(BUILT));
    column.map_or_else(Vec::new, |column| column.iter().map(Option::unwrap_or_default).collect())
}

fn years(frame: &DataFrame, name: &str) -> Int32Chunked {
    frame.column(name).map_or_else(|_| Int32Chunked::default(), |column| column.i32().expect(BUILT).clone())
}

fn counts(frame: &DataFrame, name: &str) -> Int64Chunked {
    frame.column(name).map_or_else(|_| Int64Chunked::default(), |column| column.i64().expect(BUILT).clone())
}

fn numbers(frame: &DataFrame, name: &str) -> Float64Chunked {
    frame.column(name).map_or_else(|_| Float64Chunked::default(), |column| column.f64().expect(BUILT).clone())
}

fn marks(frame: &DataFrame, name: &str) -> BooleanChunked {
    frame.column(name).map_or_else(|_| BooleanChunked::default(), |column| column.bool().expect(BUILT).clone())
}
