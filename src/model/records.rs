//! Export records and their authors: polars frames behind types that alone know their column names.

use polars::prelude::{Column, DataFrame};

/// Export records, one row each, in reading order. Built only by [`RecordRows::into_tables`].
#[derive(Debug, Clone, Default)]
pub struct RecordTable(pub DataFrame);

impl RecordTable {
    /// Row number, `u32`, dense from 0.
    pub const RECORD: &'static str = "record";
    /// Index of the file in [`crate::model::tables::Tables::sources`], `u32`.
    pub const SOURCE: &'static str = "source";
    /// Row in that file as a spreadsheet shows it, `u32`.
    pub const ROW: &'static str = "row";
    /// Exporting system, e.g. `scopus`.
    pub const SYSTEM: &'static str = "system";
    /// DOI, lower case without resolver; null where absent.
    pub const DOI: &'static str = "doi";
    /// Scopus EID; null where absent.
    pub const EID: &'static str = "eid";
    /// Web of Science accession number without `WOS:`; null where absent.
    pub const UT: &'static str = "ut";
    /// PubMed id, digits; null where absent.
    pub const PMID: &'static str = "pmid";
    /// OpenAlex work id, `W…`; null where absent.
    pub const OPENALEX: &'static str = "openalex";
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
    /// Whether the export says that the work is retracted; null where it says nothing.
    pub const RETRACTED: &'static str = "retracted";
    /// Field-weighted citation impact (FWCI, CNCI) as the export gives it, `f64`; null where absent.
    pub const FWCI: &'static str = "fwci";
    /// Share of the world's papers of its field that are cited at least as much, in percent (1 is the top 1 %), as the
    /// export gives it, `f64`; null where absent.
    pub const PERCENTILE: &'static str = "percentile";
    /// Affiliations of which the export does not say whose they are, as printed, separated by a line feed; null where
    /// there are none.
    pub const UNLINKED: &'static str = "unlinked_affiliations";
    /// Whether the list of authors is known to be damaged (cut off by a spreadsheet program, ids without their last
    /// digits), so that another record of the work tells more.
    pub const DAMAGED: &'static str = "damaged_byline";
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
    /// Web of Science ResearcherID; null where absent.
    pub const RESEARCHER_ID: &'static str = "researcher_id";
    /// Whether the export marks the author as corresponding; null where it says nothing.
    pub const CORRESPONDING: &'static str = "corresponding";
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
    /// Web of Science ResearcherID.
    pub researcher_id: Option<String>,
    /// Whether the export marks the author as corresponding.
    pub corresponding: Option<bool>,
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
    /// Web of Science accession number without `WOS:`.
    pub ut: Option<String>,
    /// PubMed id, digits.
    pub pmid: Option<String>,
    /// OpenAlex work id, `W…`.
    pub openalex: Option<String>,
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
    /// Whether the export says that the work is retracted.
    pub retracted: Option<bool>,
    /// Field-weighted citation impact as the export gives it.
    pub fwci: Option<f64>,
    /// Percentile in its field as the export gives it, in percent; 1 is the top 1 %.
    pub percentile: Option<f64>,
    /// Affiliations as printed of which the export does not say whose they are.
    pub unlinked_affiliations: Vec<String>,
    /// Whether the list of authors is known to be damaged: cut off, or ids without their last digits.
    pub damaged_byline: bool,
    /// Authors in byline order.
    pub authors: Vec<RecordAuthor>,
}

/// Records of one sheet, still as rows, on their way into the tables.
#[derive(Debug, Clone, Default)]
pub struct RecordRows {
    /// Index of the file in [`crate::model::tables::Tables::sources`].
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
    ut: Vec<Option<String>>,
    pmid: Vec<Option<String>>,
    openalex: Vec<Option<String>>,
    title: Vec<String>,
    year: Vec<Option<i32>>,
    document_type: Vec<String>,
    journal: Vec<String>,
    issn: Vec<String>,
    citations: Vec<Option<i64>>,
    correspondence: Vec<Option<String>>,
    authors: Vec<u32>,
    retracted: Vec<Option<bool>>,
    fwci: Vec<Option<f64>>,
    percentile: Vec<Option<f64>>,
    unlinked: Vec<Option<String>>,
    damaged: Vec<bool>,
    author_record: Vec<u32>,
    author_position: Vec<u32>,
    author_name: Vec<String>,
    author_scopus_id: Vec<Option<String>>,
    author_orcid: Vec<Option<String>>,
    author_researcher_id: Vec<Option<String>>,
    author_corresponding: Vec<Option<bool>>,
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
        self.ut.push(record.ut);
        self.pmid.push(record.pmid);
        self.openalex.push(record.openalex);
        self.title.push(record.title);
        self.year.push(record.year);
        self.document_type.push(record.document_type);
        self.journal.push(record.journal);
        self.issn.push(record.issns.join(";"));
        self.citations.push(record.citations);
        self.correspondence.push(record.correspondence);
        self.authors.push(record.authors.len() as u32);
        self.retracted.push(record.retracted);
        self.fwci.push(record.fwci);
        self.percentile.push(record.percentile);
        let unlinked = record.unlinked_affiliations.join("\n");
        self.unlinked.push((!unlinked.is_empty()).then_some(unlinked));
        self.damaged.push(record.damaged_byline);
        for (index, author) in record.authors.into_iter().enumerate() {
            self.author_record.push(number);
            self.author_position.push(index as u32 + 1);
            self.author_name.push(author.name);
            self.author_scopus_id.push(author.scopus_id);
            self.author_orcid.push(author.orcid);
            self.author_researcher_id.push(author.researcher_id);
            self.author_corresponding.push(author.corresponding);
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
            Column::new(R::UT.into(), self.ut),
            Column::new(R::PMID.into(), self.pmid),
            Column::new(R::OPENALEX.into(), self.openalex),
            Column::new(R::TITLE.into(), self.title),
            Column::new(R::YEAR.into(), self.year),
            Column::new(R::TYPE.into(), self.document_type),
            Column::new(R::JOURNAL.into(), self.journal),
            Column::new(R::ISSN.into(), self.issn),
            Column::new(R::CITATIONS.into(), self.citations),
            Column::new(R::CORRESPONDENCE.into(), self.correspondence),
            Column::new(R::AUTHORS.into(), self.authors),
            Column::new(R::RETRACTED.into(), self.retracted),
            Column::new(R::FWCI.into(), self.fwci),
            Column::new(R::PERCENTILE.into(), self.percentile),
            Column::new(R::UNLINKED.into(), self.unlinked),
            Column::new(R::DAMAGED.into(), self.damaged),
        ];
        let author_height = self.author_record.len();
        let authors = vec![
            Column::new(A::RECORD.into(), self.author_record),
            Column::new(A::POSITION.into(), self.author_position),
            Column::new(A::NAME.into(), self.author_name),
            Column::new(A::SCOPUS_ID.into(), self.author_scopus_id),
            Column::new(A::ORCID.into(), self.author_orcid),
            Column::new(A::RESEARCHER_ID.into(), self.author_researcher_id),
            Column::new(A::CORRESPONDING.into(), self.author_corresponding),
            Column::new(A::AFFILIATIONS.into(), self.author_affiliations),
        ];
        let frame =
            |height, columns| DataFrame::new(height, columns).expect("columns of one length with distinct names");
        (RecordTable(frame(height, records)), AuthorshipTable(frame(author_height, authors)))
    }
}
