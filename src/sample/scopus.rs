//! The two exports: the layout up to mid-2023 for 2020–2022, the current one for 2022–2024.

use std::collections::BTreeSet;

use csv::{QuoteStyle, WriterBuilder};
use rayon::prelude::*;

use crate::sample::File;
use crate::sample::identifier;
use crate::sample::institution::World;
use crate::sample::journal::{Journal, Journals};
use crate::sample::size::Size;
use crate::sample::truth::RecordPlace;
use crate::sample::work::{Work, Works};

/// Header of the layout from 2020 to mid-2023 (`Funding Text 1`, sponsors before publisher, no full names).
const FORMER: &str = "Authors,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,\
    Page count,Cited by,DOI,Link,Affiliations,Authors with affiliations,Abstract,Author Keywords,Index Keywords,\
    Molecular Sequence Numbers,Chemicals/CAS,Tradenames,Manufacturers,Funding Details,Funding Text 1,References,\
    Correspondence Address,Editors,Sponsors,Publisher,Conference name,Conference date,Conference location,\
    Conference code,ISSN,ISBN,CODEN,PubMed ID,Language of Original Document,Abbreviated Source Title,Document Type,\
    Publication Stage,Open Access,Source,EID";

/// Header of the layout since mid-2023, all cells quoted.
const CURRENT: &str = "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,\
    Page start,Page end,Page count,Cited by,DOI,Link,Affiliations,Authors with affiliations,Abstract,Author Keywords,\
    Index Keywords,Molecular Sequence Numbers,Chemicals/CAS,Tradenames,Manufacturers,Funding Details,Funding Texts,\
    References,Correspondence Address,Editors,Publisher,Sponsors,Conference name,Conference date,\
    Conference location,Conference code,ISSN,ISBN,CODEN,PubMed ID,Language of Original Document,\
    Abbreviated Source Title,Document Type,Publication Stage,Open Access,Source,EID";

/// Works written by one task at a time.
const CHUNK: usize = 256;

/// The export files, and where the records of each work stand in them.
#[derive(Debug)]
pub struct Exports {
    /// The files.
    pub files: Vec<File>,
    /// Records of each work, by its number.
    pub places: Vec<Vec<RecordPlace>>,
}

/// Which of a work's records is written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Copy {
    /// The record.
    Own,
    /// The second record of the same DOI under another EID.
    Second,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout {
    Former,
    Current,
}

impl Layout {
    fn path(self) -> &'static str {
        match self {
            Layout::Former => "publications/scopus_2020_2022.csv",
            Layout::Current => "publications/scopus_2022_2024.csv",
        }
    }

    fn header(self) -> std::str::Split<'static, char> {
        let columns = match self {
            Layout::Former => FORMER,
            Layout::Current => CURRENT,
        };
        columns.split(',')
    }

    fn years(self) -> std::ops::RangeInclusive<i32> {
        match self {
            Layout::Former => 2020..=2022,
            Layout::Current => 2022..=2024,
        }
    }

    fn separator(self) -> &'static str {
        match self {
            Layout::Former => ", ",
            Layout::Current => "; ",
        }
    }
}

/// Writes both exports.
pub fn exports(size: &Size, works: &Works, journals: &Journals) -> Exports {
    let mut exports = Exports { files: Vec::new(), places: vec![Vec::new(); size.publications] };
    for layout in [Layout::Former, Layout::Current] {
        let mut records: Vec<(&Work, Copy)> = works
            .list
            .iter()
            .filter(|work| layout.years().contains(&work.year))
            .map(|work| (work, Copy::Own))
            .collect();
        // The newest first, as the site sorts; second records were added to the site last.
        records.sort_by_key(|(work, _)| (-work.year, work.number));
        let last_year = if layout == Layout::Former { 2021 } else { 2024 };
        let second = works.list.iter().filter(|work| work.twice && layout.years().contains(&work.year));
        records.extend(second.filter(|work| work.year <= last_year).map(|work| (work, Copy::Second)));
        for (index, (work, copy)) in records.iter().enumerate() {
            let place = RecordPlace { file: layout.path().into(), row: index as u32 + 2, eid: eid(work, *copy) };
            exports.places[work.number].push(place);
        }
        exports.files.push(File { path: layout.path().into(), bytes: bytes(layout, &records, works.world, journals) });
    }
    exports
}

fn bytes(layout: Layout, records: &[(&Work, Copy)], world: &World, journals: &Journals) -> Vec<u8> {
    let rows: Vec<Vec<u8>> = records
        .par_chunks(CHUNK)
        .map(|chunk| {
            table(
                layout,
                chunk.iter().map(|(work, copy)| {
                    let record = Record { layout, work, copy: *copy, world, journal: &journals.list[work.journal] };
                    layout.header().map(move |column| record.cell(column))
                }),
            )
        })
        .collect();
    let header = table(layout, [layout.header().map(str::to_owned)].into_iter());
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(header);
    bytes.extend(rows.into_iter().flatten());
    bytes
}

fn table<Row: Iterator<Item = String>>(layout: Layout, rows: impl Iterator<Item = Row>) -> Vec<u8> {
    let style = if layout == Layout::Current { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let mut writer = WriterBuilder::new().quote_style(style).from_writer(Vec::new());
    for row in rows {
        for cell in row {
            writer.write_field(cell).expect("memory takes every field");
        }
        writer.write_record(None::<&[u8]>).expect("ends a row of fields in memory");
    }
    writer.into_inner().expect("memory does not fail to flush")
}

fn eid(work: &Work, copy: Copy) -> String {
    match copy {
        Copy::Own => identifier::eid(work.number),
        Copy::Second => identifier::eid(90_000_000 + work.number),
    }
}

/// One row of an export.
#[derive(Clone, Copy)]
struct Record<'a> {
    layout: Layout,
    work: &'a Work,
    copy: Copy,
    world: &'a World,
    journal: &'a Journal,
}

impl Record<'_> {
    fn cell(&self, column: &str) -> String {
        let work = self.work;
        match column {
            "Authors" if work.authors.is_empty() => "[No author name available]".into(),
            "Author(s) ID" if work.authors.is_empty() => "[No author id found]".into(),
            "Authors" => self.listed(self.layout.separator(), |author| author.name(self.world).short()),
            "Author full names" => self.listed("; ", |author| {
                let name = author.name(self.world);
                format!("{}, {} ({})", name.family, name.given, author.scopus_id(self.world))
            }),
            "Author(s) ID" if self.layout == Layout::Former => {
                work.authors.iter().map(|author| format!("{};", author.scopus_id(self.world))).collect()
            }
            "Author(s) ID" => self.listed("; ", |author| author.scopus_id(self.world).to_owned()),
            "Title" => work.title.clone(),
            "Year" => work.year.to_string(),
            "Source title" => self.journal.title.clone(),
            "Volume" => (work.year - 1997).to_string(),
            "Issue" => (1 + work.number % 12).to_string(),
            "Art. No." if work.pages.0.is_multiple_of(3) => format!("{:06}", work.number),
            "Page start" if !work.pages.0.is_multiple_of(3) => work.pages.0.to_string(),
            "Page end" if !work.pages.0.is_multiple_of(3) => work.pages.1.to_string(),
            "Cited by" => self.citations(),
            // A few conference books have no DOI.
            "DOI" if work.document_type != "Conference review" => identifier::doi(work.year, work.number),
            "Link" => format!("https://www.scopus.com/inward/record.uri?eid={}&partnerID=40", eid(work, self.copy)),
            "Affiliations" => self.affiliations(),
            "Authors with affiliations" => self.listed("; ", |author| {
                let name = author.name(self.world);
                let name = if self.layout == Layout::Former { name.short_with_comma() } else { name.short() };
                format!("{name}, {}", author.affiliations(self.world).join(", "))
            }),
            "Correspondence Address" => self.correspondence(),
            "Publisher" => self.journal.publisher.to_owned(),
            "ISSN" => self.journal.issns[work.number % 5 / 4].clone(),
            "PubMed ID" if work.number % 10 < 7 => (90_000_000 + work.number).to_string(),
            "Language of Original Document" => if work.number % 33 == 5 { "Persian" } else { "English" }.to_owned(),
            "Document Type" => work.document_type.to_owned(),
            "Publication Stage" => if self.copy == Copy::Second { "Article in Press" } else { "Final" }.to_owned(),
            "Open Access" if work.open => "All Open Access; Gold Open Access".to_owned(),
            "Source" => "Scopus".to_owned(),
            "EID" => eid(work, self.copy),
            _ => String::new(),
        }
    }

    fn listed(&self, separator: &str, print: impl Fn(&crate::sample::byline::Byline) -> String) -> String {
        self.work.authors.iter().map(print).collect::<Vec<_>>().join(separator)
    }

    /// The older export was made earlier: what both hold is cited less there. No citations are an empty cell.
    fn citations(&self) -> String {
        let citations = match (self.copy, self.layout, self.work.year) {
            (Copy::Second, _, _) => self.work.citations / 10,
            (_, Layout::Former, 2022) => self.work.citations * 7 / 10,
            _ => self.work.citations,
        };
        if citations == 0 && self.layout == Layout::Former { String::new() } else { citations.to_string() }
    }

    /// All affiliations of the record, each once, in order of appearance.
    fn affiliations(&self) -> String {
        let mut seen = BTreeSet::new();
        let all = self.work.authors.iter().flat_map(|author| author.affiliations(self.world));
        all.filter(|affiliation| seen.insert(affiliation.as_str())).cloned().collect::<Vec<_>>().join("; ")
    }

    fn correspondence(&self) -> String {
        let Some(author) = self.work.corresponding.and_then(|place| self.work.authors.get(place)) else {
            return String::new();
        };
        let name = author.name(self.world);
        let name = match self.layout {
            Layout::Former => name.short_with_comma(),
            Layout::Current => format!("{} {}", name.initials(), name.family),
        };
        let address = author.affiliations(self.world).first().cloned().unwrap_or_default();
        format!("{name}; {address}; email: corresponding{}@mail.example", self.work.number)
    }
}
