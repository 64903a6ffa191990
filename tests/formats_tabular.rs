//! Exports of every system as tables: real ones where they are present, and one invented file for each other form.
//!
//! Expected numbers of real files were counted in pandas, independently of this program.

use polars::prelude::{AnyValue, DataFrame};
use rust_xlsxwriter::Workbook;
use sanjeh::diagnostic::{Checked, Finding, Severity};
use sanjeh::load::limits::Limits;
use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R, Tables};

use crate::support::{Folder, shared};

const UNITS: &str = "id,name_en,name_fa,type,parents\nU,Test University,,university,\n";

/// Loads an assessment with one export.
fn load(file: &str, content: impl AsRef<[u8]>) -> Checked<Tables> {
    let folder = Folder::assessment(&[]).with("units.csv", UNITS).with(file, content);
    let (assessment, ..) = sanjeh::load::assessment(folder.path()).unwrap();
    sanjeh::load::tables(folder.path(), &assessment, &Limits::default(), &|_| {}).unwrap()
}

/// Loads one real file; `None` where it is absent.
fn real(file: &str) -> Option<Checked<Tables>> {
    let path = shared(file)?;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    Some(load(&name, std::fs::read(path).unwrap()))
}

/// A value as text; `~` is null.
fn cell(frame: &DataFrame, column: &str, row: usize) -> String {
    match frame.column(column).unwrap().get(row).unwrap() {
        AnyValue::Null => "~".to_owned(),
        AnyValue::String(text) => text.to_owned(),
        other => other.to_string(),
    }
}

/// Values of several columns of one row, joined by ` ¦ `.
fn row(frame: &DataFrame, columns: &[&str], index: usize) -> String {
    columns.iter().map(|column| cell(frame, column, index)).collect::<Vec<_>>().join(" ¦ ")
}

/// Rows that have a value in a column.
fn filled(frame: &DataFrame, column: &str) -> usize {
    frame.height() - frame.column(column).unwrap().null_count()
}

/// Rows of a column of flags that are true.
fn marked(frame: &DataFrame, column: &str) -> usize {
    frame.column(column).unwrap().bool().unwrap().iter().filter(|flag| *flag == Some(true)).count()
}

fn sum(frame: &DataFrame, column: &str) -> i64 {
    frame.column(column).unwrap().i64().unwrap().iter().flatten().sum()
}

fn faults(findings: &[Finding]) -> Vec<String> {
    let faults = findings.iter().filter(|finding| finding.severity > Severity::Info);
    faults.map(|finding| format!("{} {}", finding.code, finding.place)).collect()
}

fn finding<'f>(findings: &'f [Finding], code: &str) -> &'f Finding {
    findings.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("no {code} in {findings:#?}"))
}

/// Which layout read the export, rows used and left out.
fn reading(tables: &Tables) -> (String, u64, u64) {
    let source = tables.sources.iter().find(|source| source.file != "units.csv").unwrap();
    (source.layouts.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>().join(","), source.rows, source.left_out)
}

#[test]
fn probe() {
    for file in [
        "biblio/format_samples/scopus_sample.csv",
        "biblio/format_samples/lens_sample.csv",
        "biblio/format_samples/openalex_sample.csv",
        "biblio/halmstad/hh_scopus_2003-2022_raw.xlsx",
        "biblio/monash_malaysia/scopus_2019-07-24.csv",
        "biblio/scopus_chinese_headers/17342742600.csv",
        "biblio/scopus_chinese_headers/17433648600.csv",
        "messy/monash_scopus_double_header.xlsx",
        "biblio/mcmaster_hei/openalex_works.csv",
        "biblio/mcmaster_hei/opencitations_links.csv",
        "rankings/scival_qs/QS_WUR_2026_Citations_per_Faculty_Universidade_de_So_Paulo.csv",
        "rankings/scival_qs/QS_WUR_2026_International_Research_Network_Index_Universidade_de_So_Paulo.csv",
    ] {
        let Some(loaded) = real(file) else { continue };
        let t = &loaded.value;
        let records = &t.records.0;
        println!("== {file} {:?} records {} authors {}", reading(t), records.height(), t.authorships.0.height());
        for f in loaded.findings.iter().take(12) {
            println!("   {:?} {} {}: {}", f.severity, f.code, f.place, f.message);
        }
        if records.height() > 0 {
            let all = [
                R::SYSTEM,
                R::DOI,
                R::EID,
                R::PMID,
                R::OPENALEX,
                R::TITLE,
                R::YEAR,
                R::TYPE,
                R::JOURNAL,
                R::ISSN,
                R::CITATIONS,
                R::FWCI,
                R::PERCENTILE,
                R::RETRACTED,
                R::UNLINKED,
                R::DAMAGED,
            ];
            println!("   {}", row(records, &all, 0));
            println!(
                "   cites {} doi {} pmid {} unlinked {} damaged {}",
                sum(records, R::CITATIONS),
                filled(records, R::DOI),
                filled(records, R::PMID),
                filled(records, R::UNLINKED),
                marked(records, R::DAMAGED)
            );
        }
        if t.authorships.0.height() > 0 {
            println!(
                "   {}",
                row(&t.authorships.0, &[A::NAME, A::SCOPUS_ID, A::ORCID, A::CORRESPONDING, A::AFFILIATIONS], 0)
            );
            println!(
                "   ids {} affs {}",
                filled(&t.authorships.0, A::SCOPUS_ID),
                filled(&t.authorships.0, A::AFFILIATIONS)
            );
        }
        println!(
            "   areas {} {:?} links {} {:?}",
            t.supplied_areas.len(),
            t.supplied_areas.first(),
            t.citation_links.len(),
            t.citation_links.first()
        );
    }
}
