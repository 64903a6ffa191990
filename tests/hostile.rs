//! Tests: hostile files become findings, quickly, and never a panic, an abort or a hang. The makers are public so that
//! whole-program tests can use them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sanjeh::diagnostic::{Checked, Place, Severity};
use sanjeh::load::file::read;
use sanjeh::load::grid::{Cell, Grid};
use sanjeh::load::limits::Limits;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// The limits of a run, with this build's program as helper.
pub fn limits() -> Limits {
    Limits { helper: Some(PathBuf::from(env!("CARGO_BIN_EXE_sanjeh"))), ..Limits::default() }
}

/// A file of the shared data folder, where it is present.
pub fn shared(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    if !path.exists() {
        println!("skipped: ../shared/data/{file} is absent");
        return None;
    }
    Some(path)
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The parts of a workbook with one sheet whose data are `sheet_data` and whose parts behind the data are `tail`.
fn parts(sheet_data: &str, tail: &str) -> Vec<(String, Vec<u8>)> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let types = "http://schemas.openxmlformats.org/package/2006/content-types";
    [
        (
            "[Content_Types].xml",
            format!(
                r#"{HEAD}<Types xmlns="{types}"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"{HEAD}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"{HEAD}<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"{HEAD}<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData>{tail}</worksheet>"#),
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect()
}

fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), options).expect("a new part");
        archive.write_all(bytes).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

/// An xlsx workbook with one sheet of this `<sheetData>` content, and `tail` behind it.
pub fn workbook(sheet_data: &str, tail: &str) -> Vec<u8> {
    archive(&parts(sheet_data, tail))
}

/// A workbook whose only cells are A1 and XFD1048576.
pub fn sparse_workbook() -> Vec<u8> {
    workbook(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#,
        r#"<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>"#,
    )
}

/// A workbook of about a megabyte with one inline string of a gigabyte.
pub fn bomb_workbook() -> Vec<u8> {
    let mut parts = parts("", "");
    let (name, _) = parts.pop().expect("the sheet is the last part");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(1));
    for (name, bytes) in &parts {
        archive.start_file(name.as_str(), options).expect("a new part");
        archive.write_all(bytes).expect("memory takes it");
    }
    archive.start_file(name.as_str(), options).expect("a new part");
    archive.write_all(br#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>"#).expect("memory takes it");
    let megabyte = vec![b'a'; 1 << 20];
    for _ in 0..1024 {
        archive.write_all(&megabyte).expect("memory takes it");
    }
    archive.write_all(b"</t></is></c></row></sheetData></worksheet>").expect("memory takes it");
    archive.finish().expect("memory takes it").into_inner()
}

/// A small workbook whose shared strings claim to be ten thousand million.
pub fn boasting_workbook() -> Vec<u8> {
    let mut parts = parts(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, "");
    let strings = r#"<sst count="1" uniqueCount="10000000000"><si><t>a</t></si></sst>"#;
    parts.push(("xl/sharedStrings.xml".to_owned(), strings.as_bytes().to_vec()));
    archive(&parts)
}

/// A workbook with a hundred thousand rows that each use only a column far to the right.
pub fn wide_workbook() -> Vec<u8> {
    let mut rows = String::new();
    for row in 1..=100_000 {
        rows.push_str(&format!(r#"<row r="{row}"><c r="FAA{row}"><v>{}</v></c></row>"#, row * 7919 % 100_003));
    }
    workbook(&rows, "")
}

/// The xls workbook `bytes` with its cells moved to the last row and column the format can name, so that its parser
/// asks for more than a hundred gigabytes.
pub fn sprawling_xls(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    // Heads (kind, length) of records that hold one cell, behind which row and column stand.
    for head in [[0x7E, 0x02, 10, 0], [0x03, 0x02, 14, 0], [0xFD, 0x00, 10, 0]] {
        let places: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, word)| *word == head).map(|(at, _)| at).skip(1).collect();
        for at in places {
            bytes[at + 4..at + 8].fill(0xFF);
        }
    }
    bytes
}

/// Text in which a quote is opened and never closed.
pub fn unclosed_quote() -> Vec<u8> {
    b"id,name\n1,Nursing\n2,\"Pharmacy\n3,Dentistry\n4,Medicine\n".to_vec()
}

/// Writes `bytes` as `file` into a new folder and reads it. Asserts that this takes less than five seconds.
fn read_made(file: &str, bytes: &[u8]) -> Checked<Vec<Grid>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(file), bytes).expect("a temporary file");
    timed(folder.path(), file, &limits())
}

fn timed(root: &Path, file: &str, limits: &Limits) -> Checked<Vec<Grid>> {
    let start = Instant::now();
    let checked = read(root, file, limits);
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(5), "{file} took {elapsed:?}");
    checked
}

fn codes(checked: &Checked<Vec<Grid>>) -> Vec<&'static str> {
    checked.findings.iter().map(|finding| finding.code).collect()
}

/// Asserts that a file was refused with exactly one error of this code, at the file, with a hint.
fn assert_refused(checked: &Checked<Vec<Grid>>, code: &str) {
    assert!(checked.value.is_empty(), "no grid was expected: {:?}", checked.findings);
    assert_eq!(codes(checked), [code], "{:?}", checked.findings);
    assert_eq!(checked.findings[0].severity, Severity::Error);
    assert!(checked.findings[0].place.file_name().is_some());
}

#[test]
fn hostile_sparse_workbook_is_two_rows() {
    let bytes = sparse_workbook();
    assert!(bytes.len() < 6_000);
    let checked = read_made("sparse.xlsx", &bytes);
    assert_eq!(codes(&checked), ["stray-cell"]);
    let rows = &checked.value[0].rows;
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 1_048_576]);
    assert_eq!(rows[0].cells, [Cell::Number(1.0)]);
    assert!(rows[1].cells.is_empty());
    assert_eq!(checked.findings[0].place.to_string(), "sparse.xlsx › Sheet1 › XFD1048576 \"\"");
    assert_eq!(checked.value[0].merged[0].last_row, 1_048_576);
}

#[test]
fn hostile_zip_bomb_is_refused() {
    let bytes = bomb_workbook();
    assert!(bytes.len() < 16 << 20, "{}", bytes.len());
    assert_refused(&read_made("bomb.xlsx", &bytes), "zip-bomb");
}

#[test]
fn hostile_zip_bomb_that_lies_about_its_size_is_refused() {
    // The size in the archive's directory is the last of three equal words; make it say 100 bytes.
    let mut bytes = bomb_workbook();
    let directory = bytes.windows(4).rposition(|word| word == b"PK\x01\x02").expect("the last directory entry");
    bytes[directory + 24..directory + 28].copy_from_slice(&100u32.to_le_bytes());
    let checked = read_made("bomb.xlsx", &bytes);
    assert!(checked.value.is_empty());
    assert!(["zip-bomb", "unreadable-file"].contains(&checked.findings[0].code), "{:?}", checked.findings);
}

#[test]
fn hostile_count_of_shared_strings_is_refused() {
    assert_refused(&read_made("boast.xlsx", &boasting_workbook()), "zip-bomb");
}

#[test]
fn hostile_padding_is_counted_as_cells() {
    assert_refused(&read_made("wide.xlsx", &wide_workbook()), "too-large");
}

#[test]
fn hostile_dimension_is_no_panic() {
    let bytes =
        workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#, r#"<mergeCells><mergeCell ref="C9:A1"/></mergeCells>"#);
    let checked = read_made("reversed.xlsx", &bytes);
    // The parser computes the size of the region and may overflow: either it is passed over or the file refused.
    match checked.value.as_slice() {
        [grid] => assert_eq!(grid.rows[0].cells, [Cell::Number(1.0)]),
        _ => assert_refused(&checked, "unreadable-file"),
    }
}

#[test]
fn hostile_row_and_cell_references_are_findings() {
    for reference in ["A0", "A99999999999", "ZZZZZZZ1", "1A", "", "Ā1", "A1048577"] {
        let bytes = workbook(&format!(r#"<row r="1"><c r="{reference}"><v>1</v></c></row>"#), "");
        let checked = read_made("reference.xlsx", &bytes);
        assert!(!checked.findings.is_empty(), "{reference:?}: {:?}", checked.value);
    }
}

#[test]
fn hostile_truncated_files_are_refused() {
    for file in ["any_sheets.xls", "any_sheets.xlsx", "any_sheets.xlsb", "any_sheets.ods", "biff5_write.xls"] {
        let Some(path) = shared(&format!("messy/calamine/{file}")) else { return };
        let bytes = fs::read(path).expect("it exists");
        for part in [10, 30, 50, 70, 90] {
            let checked = read_made(file, &bytes[..bytes.len() * part / 100]);
            assert!(checked.value.is_empty(), "{file} cut to {part} %");
            assert!(
                ["truncated-file", "unreadable-file"].contains(&checked.findings[0].code),
                "{:?}",
                checked.findings
            );
            if !file.ends_with(".xls") {
                assert_eq!(codes(&checked), ["truncated-file"], "{file} cut to {part} %");
            }
        }
    }
}

#[test]
fn hostile_damaged_workbooks_are_findings_or_grids() {
    // Overwrites a few bytes at a time; what comes out does not matter as long as something does.
    for file in ["any_sheets.xls", "merged_range.xls", "any_sheets.xlsb", "date.ods", "merged_range.xlsx"] {
        let Some(path) = shared(&format!("messy/calamine/{file}")) else { return };
        let bytes = fs::read(path).expect("it exists");
        for seed in 0..12usize {
            let mut damaged = bytes.clone();
            for step in 0..8usize {
                let at = (seed * 7_919 + step * 104_729 + 512) % damaged.len();
                damaged[at] ^= 0x80 | (seed + step) as u8;
            }
            let checked = read_made(file, &damaged);
            assert!(!checked.value.is_empty() || !checked.findings.is_empty(), "{file}, seed {seed}");
        }
    }
}

#[test]
fn hostile_xls_that_asks_for_all_memory_is_refused() {
    let Some(path) = shared("messy/calamine/any_sheets.xls") else { return };
    let bytes = sprawling_xls(&fs::read(path).expect("it exists"));
    let checked = read_made("sprawling.xls", &bytes);
    assert_refused(&checked, "unreadable-file");
    assert!(!cfg!(unix) || checked.findings[0].message.contains("memory"), "{:?}", checked.findings);
}

#[cfg(unix)]
#[test]
fn hostile_parser_that_hangs_is_ended() {
    use std::os::unix::fs::PermissionsExt;
    let Some(path) = shared("messy/calamine/any_sheets.xls") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let helper = folder.path().join("helper");
    fs::write(&helper, "#!/bin/sh\nexec sleep 60\n").expect("a temporary file");
    fs::set_permissions(&helper, fs::Permissions::from_mode(0o755)).expect("its own file");
    let limits = Limits { helper: Some(helper), helper_time: Duration::from_millis(300), ..limits() };
    let root = path.parent().expect("a file lies in a folder");
    assert_refused(&timed(root, "any_sheets.xls", &limits), "too-slow");
}

#[test]
fn hostile_helper_that_answers_nonsense_is_refused() {
    let Some(path) = shared("messy/calamine/any_sheets.xls") else { return };
    let limits = Limits { helper: Some(PathBuf::from("no-such-program")), ..limits() };
    let root = path.parent().expect("a file lies in a folder");
    assert_refused(&timed(root, "any_sheets.xls", &limits), "unreadable-file");
}

#[test]
fn hostile_empty_files_are_refused() {
    assert_refused(&read_made("nothing.csv", b""), "empty-file");
    assert_refused(&read_made("nothing.xlsx", b""), "empty-file");
    assert_refused(&read_made("blank.csv", b"\r\n \r\n"), "empty-file");
    assert_refused(&read_made("mark.csv", b"\xEF\xBB\xBF"), "empty-file");
    assert_refused(&read_made("sheet.xlsx", &workbook("", "")), "empty-file");
}

#[test]
fn hostile_binary_named_csv_is_refused_with_a_way_out() {
    let Some(path) = shared("messy/lbl_binary_named_csv.csv") else { return };
    let root = path.parent().expect("a file lies in a folder");
    let checked = timed(root, "lbl_binary_named_csv.csv", &limits());
    assert_refused(&checked, "binary-text");
    assert!(checked.findings[0].message.contains("Excel workbook"));
    assert!(!checked.findings[0].hints.is_empty());
    let noise: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert_refused(&read_made("noise.csv", &noise), "binary-text");
}

#[test]
fn hostile_names_are_compared_with_content() {
    let sheet = workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#, "");
    let checked = read_made("sheet.csv", &sheet);
    assert_eq!(codes(&checked), ["misnamed-file"]);
    assert_eq!(checked.value[0].rows[0].cells, [Cell::Number(1.0)]);
    assert_eq!(codes(&read_made("text.xls", b"a\tb\n1\t2\n")), ["misnamed-file"]);
    assert_eq!(codes(&read_made("sheet.xlsx", &sheet)), [""; 0]);
    assert_refused(&read_made("page.xls", b"<html><table><tr><td>1</td></tr></table></html>"), "unreadable-file");
    assert_refused(&read_made("paper.csv", b"%PDF-1.7 and so on"), "unreadable-file");
    assert_refused(&read_made("pack.zip", &archive(&[("a.csv".to_owned(), b"a,b\n".to_vec())])), "unreadable-file");
}

#[test]
fn hostile_passwords_are_named() {
    for file in ["pass_protected.xlsx", "pass_protected.ods"] {
        let Some(path) = shared(&format!("messy/calamine/{file}")) else { return };
        let root = path.parent().expect("a file lies in a folder");
        assert_refused(&timed(root, file, &limits()), "password-protected");
    }
}

#[test]
fn hostile_sizes_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("long.csv"), vec![b'a'; 2_000]).expect("a temporary file");
    let small = Limits { text_bytes: 1_000, ..limits() };
    assert_refused(&timed(folder.path(), "long.csv", &small), "too-large");
    fs::write(folder.path().join("many.csv"), "1,2,3\n".repeat(100)).expect("a temporary file");
    let few = Limits { cells: 200, ..limits() };
    assert!(codes(&timed(folder.path(), "many.csv", &few)) == ["too-large"]);
    fs::create_dir(folder.path().join("folder.csv")).expect("a temporary folder");
    assert_refused(&timed(folder.path(), "folder.csv", &limits()), "unreadable-file");
    assert_refused(&timed(folder.path(), "missing.csv", &limits()), "unreadable-file");
}

#[test]
fn hostile_unclosed_quote_costs_one_line() {
    let checked = read_made("quote.csv", &unclosed_quote());
    assert_eq!(codes(&checked), ["unclosed-quote"]);
    assert!(matches!(&checked.findings[0].place, Place::Text { line: 3, .. }), "{:?}", checked.findings);
    let rows: Vec<(u32, usize)> = checked.value[0].rows.iter().map(|row| (row.number, row.cells.len())).collect();
    assert_eq!(rows, [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2)]);
    assert_eq!(checked.value[0].rows[2].cells[1], Cell::Text("\"Pharmacy".into()));
}
