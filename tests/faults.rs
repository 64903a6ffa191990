//! One fault, one folder: each is named by a finding with its place or ends the program with 2, quickly and in little
//! memory, and never by a panic.

use std::time::{Duration, Instant};

use crate::hostile;
use crate::support::{Folder, Ran, shared};

const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    u,Test University of Medical Sciences,دانشگاه آزمون,university,\n\
    med,School of Medicine,دانشکده پزشکی,school,u\n\
    dent,School of Dentistry,دانشکده دندان‌پزشکی,school,u\n";
const STAFF: &str = "staff_id,name,unit,rank,fte,scopus_id\n1,Maryam Ahmadi,med,professor,1,57000000001\n";

fn university() -> Folder {
    Folder::assessment(&["the/wur/2026"]).with("units.csv", UNITS).with("staff/staff.csv", STAFF)
}

/// The head of an xls workbook whose directory and sectors have been cut off.
fn truncated_xls() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(24, 0);
    // Version 3, little endian, sectors of 512 and 64 bytes; one table of sectors at 0, the directory at sector 40.
    bytes.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 40, 0, 0, 0]);
    bytes.resize(600, 0);
    bytes
}

/// A sound staff workbook with another person.
fn staff_workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (header, value)) in
        [("staff_id", "2"), ("name", "Ali Karimi"), ("unit", "dent"), ("rank", "professor")].into_iter().enumerate()
    {
        sheet.write(0, column as u16, header).unwrap();
        sheet.write(1, column as u16, value).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// Checks a folder: exit code and words that standard error must hold.
#[track_caller]
fn faulty(folder: &Folder, code: i32, words: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = folder.sanjeh(&["check", "-v", "--color", "never"]);
    let elapsed = start.elapsed();
    assert_eq!(ran.code, code, "{}", ran.err);
    for word in words {
        assert!(ran.err.contains(word), "\"{word}\" is not in:\n{}", ran.err);
    }
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    assert!(elapsed < Duration::from_secs(5), "took {elapsed:?}");
    if let Some(peak) = ran.err.lines().find_map(|line| line.strip_prefix("Peak memory: ")?.strip_suffix(" MiB")) {
        assert!(peak.parse::<f64>().unwrap() < 512.0, "peak memory {peak} MiB");
    }
    ran
}

#[test]
fn a_sound_folder_is_clean() {
    faulty(&university(), 0, &["Findings: 0 errors"]);
}

#[test]
fn sparse_workbook() {
    faulty(
        &university().with("staff/sparse.xlsx", hostile::sparse_workbook()),
        0,
        &["warning[stray-cell]", "staff/sparse.xlsx › Sheet1 › XFD1048576"],
    );
}

#[test]
fn zip_bomb() {
    faulty(&university().with("staff/bomb.xlsx", hostile::bomb_workbook()), 1, &["error[zip-bomb]", "staff/bomb.xlsx"]);
}

#[test]
fn an_xls_that_was_cut_off() {
    faulty(&university().with("staff/cut.xls", truncated_xls()), 1, &["staff/cut.xls"]);
}

#[test]
fn empty_folder() {
    faulty(&Folder::new(), 2, &["assessment.toml", "sanjeh new"]);
}

#[test]
fn no_units() {
    faulty(&Folder::assessment(&["the/wur/2026"]), 2, &["error[empty-folder]", "sanjeh new"]);
    faulty(&Folder::assessment(&["the/wur/2026"]).with("staff/staff.csv", STAFF), 2, &["error[no-units]"]);
}

#[test]
fn missing_sheet() {
    let ran = faulty(&university(), 0, &["warning[no-data-for-year]", "for 2023", "students"]);
    assert!(ran.err.contains("hint"), "{}", ran.err);
}

#[test]
fn workbook_named_csv() {
    faulty(&university().with("staff/more.csv", staff_workbook()), 0, &["misnamed-file", "staff/more.csv"]);
}

#[test]
fn password_protected() {
    let Some(file) = shared("messy/calamine/pass_protected.xlsx") else { return };
    let folder = university().with("staff/locked.xlsx", std::fs::read(file).unwrap());
    faulty(&folder, 1, &["error[password-protected]", "staff/locked.xlsx"]);
}

#[test]
fn damaged_binary_named_csv() {
    let Some(file) = shared("messy/lbl_binary_named_csv.csv") else { return };
    faulty(&university().with("publications/a.csv", std::fs::read(file).unwrap()), 1, &["publications/a.csv", "hint"]);
}

#[test]
fn renamed_column() {
    let folder = university().with("students/students.csv", "unit,year,level,hedcount\nmed,2023,bachelor,10\n");
    faulty(
        &folder,
        0,
        &["warning[unknown-sheet]", "students/students.csv › row 1", "no column for `count`", "\"hedcount\""],
    );
}

#[test]
fn text_in_a_number_column() {
    let folder = university().with("students/students.csv", "unit,year,level,headcount\nmed,2023,bachelor,many\n");
    faulty(&folder, 1, &["error[not-a-number]", "students/students.csv › D2 \"headcount\""]);
}

#[test]
fn fte_above_headcount() {
    let folder = university().with("students/students.csv", "unit,year,level,headcount,fte\nmed,2023,bachelor,10,12\n");
    faulty(&folder, 1, &["error[fte-above-headcount]", "students/students.csv › E2"]);
}

#[test]
fn negative_count() {
    let folder = university().with("students/students.csv", "unit,year,level,headcount\nmed,2023,bachelor,-10\n");
    faulty(&folder, 1, &["error[negative-count]", "students/students.csv › D2"]);
}

#[test]
fn unknown_parent() {
    let folder = university().with("units.csv", format!("{UNITS}x,Department X,,department,nowhere\n"));
    faulty(&folder, 1, &["error[unknown-parent]", "units.csv", "\"nowhere\""]);
}

#[test]
fn cycle_of_units() {
    let folder =
        university().with("units.csv", format!("{UNITS}a,Department A,,department,b\nb,Department B,,department,a\n"));
    faulty(&folder, 1, &["error[unit-cycle]", "units.csv"]);
}

#[test]
fn staff_of_an_unknown_unit() {
    let folder = university().with("staff/staff.csv", format!("{STAFF}2,Ali Karimi,law,professor,1,\n"));
    faulty(&folder, 1, &["error[unknown-unit]", "staff/staff.csv › C3 \"unit\"", "law"]);
}

#[test]
fn duplicate_staff_id() {
    let folder = university().with("staff/staff.csv", format!("{STAFF}1,Ali Karimi,dent,professor,1,\n"));
    faulty(&folder, 1, &["error[duplicate-staff]", "staff/staff.csv › A3"]);
}
