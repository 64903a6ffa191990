//! Exports of every system as tables: real ones where they are present, and one invented file for each other form.
//!
//! Expected numbers of real files were counted in pandas, independently of this program.

mod invented;
mod other;
mod real;

use polars::prelude::{AnyValue, DataFrame};
use rust_xlsxwriter::Workbook;
use sanjeh::diagnostic::{Checked, Finding, Severity};
use sanjeh::load::limits::Limits;
use sanjeh::model::tables::Tables;

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

/// A workbook of one sheet; empty texts leave the cell empty, `=5` is the number 5.
fn workbook(name: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            match text.strip_prefix('=') {
                Some(number) => sheet.write(row as u32, column as u16, number.parse::<f64>().unwrap()).unwrap(),
                None => sheet.write(row as u32, column as u16, text.as_str()).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A header of `columns` and rows that fill the named ones.
fn table(columns: &[&str], rows: &[&[(&str, &str)]]) -> Vec<Vec<String>> {
    let mut lines = vec![cells(columns)];
    for row in rows {
        for (name, _) in *row {
            assert!(columns.contains(name), "{name} is no column");
        }
        let value =
            |column: &&str| row.iter().find(|(name, _)| name == column).map_or("", |(_, value)| *value).to_owned();
        lines.push(columns.iter().map(value).collect());
    }
    lines
}

fn csv_of(lines: &[Vec<String>], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).flexible(true).from_writer(Vec::new());
    lines.iter().for_each(|line| writer.write_record(line).unwrap());
    writer.into_inner().unwrap()
}
