//! Tests: sheets. Any file becomes grids or a finding; text, numbers and dates are read as people type them.

mod typed;

use std::fs;
use std::path::Path;

use encoding_rs::{WINDOWS_1252, WINDOWS_1256};
use sanjeh::diagnostic::{Checked, Severity};
use sanjeh::load::file::read;
use sanjeh::load::grid::{Cell, Grid, Merged};
use sanjeh::model::tables::Date;

use crate::hostile::{limits, shared, workbook};

/// Reads a file of the shared data folder.
fn read_shared(file: &str) -> Option<Checked<Vec<Grid>>> {
    let path = shared(file)?;
    let (root, name) = (path.parent()?, path.file_name()?.to_str()?);
    Some(read(root, name, &limits()))
}

/// Reads these bytes as a file of this name.
fn read_bytes(file: &str, bytes: &[u8]) -> Checked<Vec<Grid>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(file), bytes).expect("a temporary file");
    read(folder.path(), file, &limits())
}

fn codes(checked: &Checked<Vec<Grid>>) -> Vec<&'static str> {
    checked.findings.iter().map(|finding| finding.code).collect()
}

/// The cells of a grid as text, one line per row: `1: a | b`.
fn shown(grid: &Grid) -> Vec<String> {
    let show = |cell: &Cell| match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Number(number) => format!("{number}"),
        Cell::Date(Date { year, month, day }) => format!("{year}-{month}-{day}"),
        Cell::Bool(truth) => format!("{truth}"),
        Cell::Error(error) => format!("!{error}"),
    };
    let line = |cells: &[Cell]| cells.iter().map(show).collect::<Vec<_>>().join(" | ");
    grid.rows.iter().map(|row| format!("{}: {}", row.number, line(&row.cells))).collect()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

#[test]
fn sheets_every_shared_file_is_read_or_refused() {
    let mut read_files = 0;
    for folder in ["messy", "messy/calamine", "staff"] {
        let Some(root) = shared(folder) else { return };
        let mut names: Vec<String> = fs::read_dir(&root)
            .expect("it exists")
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| root.join(name).is_file())
            .collect();
        names.sort();
        for name in names {
            let checked = read(&root, &name, &limits());
            let refused = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
            let expected = ["lbl_binary_named_csv.csv", "pass_protected.ods", "pass_protected.xlsx"];
            assert_eq!(refused, expected.contains(&name.as_str()), "{name}: {:?}", checked.findings);
            assert_eq!(refused, checked.value.is_empty(), "{name}");
            assert!(checked.value.iter().all(|grid| grid.file == name));
            for grid in &checked.value {
                assert!(grid.rows.is_sorted_by(|one, next| one.number < next.number), "{name}");
                assert!(grid.rows.iter().all(|row| row.cells.last() != Some(&Cell::Empty)), "{name}");
            }
            read_files += 1;
        }
    }
    assert!(read_files >= 36, "{read_files}");
}

#[test]
fn sheets_of_one_content_agree_in_every_format() {
    let Some(xlsx) = read_shared("messy/calamine/any_sheets.xlsx") else { return };
    let names = |checked: &Checked<Vec<Grid>>| -> Vec<Option<String>> {
        checked.value.iter().map(|grid| grid.sheet.clone()).collect()
    };
    let rows = |checked: &Checked<Vec<Grid>>| -> Vec<Vec<String>> { checked.value.iter().map(shown).collect() };
    assert_eq!(codes(&xlsx), ["hidden-sheet", "hidden-sheet"]);
    for file in ["any_sheets.xls", "any_sheets.xlsb"] {
        let other = read_shared(&format!("messy/calamine/{file}")).expect("it lies beside the first");
        assert_eq!(names(&other), names(&xlsx), "{file}");
        assert_eq!(rows(&other), rows(&xlsx), "{file}");
        assert_eq!(codes(&other), codes(&xlsx), "{file}");
    }
}

#[test]
fn sheets_dates_are_days_in_both_day_counts() {
    for file in ["date.xls", "date_1904.xls", "date.xlsb", "date_1904.xlsb", "date.ods"] {
        let Some(checked) = read_shared(&format!("messy/calamine/{file}")) else { return };
        let first = checked.value[0].rows[0].cell(0).clone();
        assert_eq!(first, Cell::Date(Date { year: 2021, month: 1, day: 1 }), "{file}: {:?}", shown(&checked.value[0]));
    }
}

#[test]
fn sheets_merged_regions_and_errors_are_told() {
    let Some(checked) = read_shared("messy/calamine/merge_cells.xlsx") else { return };
    assert!(!checked.value[0].merged.is_empty());
    let xls = read_shared("messy/calamine/merge_cells.xls").expect("it lies beside the first");
    assert_eq!(xls.value[0].merged, checked.value[0].merged);
    let errors = read_shared("messy/calamine/errors.xlsx").expect("it lies beside the first");
    let found: Vec<&Cell> =
        errors.value[0].rows.iter().flat_map(|row| &row.cells).filter(|cell| matches!(cell, Cell::Error(_))).collect();
    assert!(found.contains(&&Cell::Error("#DIV/0!".into())), "{found:?}");
}

#[test]
fn sheets_made_workbook_is_read_cell_by_cell() {
    let data = r##"<row r="2"><c r="B2" t="inlineStr"><is><t>نام</t></is></c><c r="C2" t="str"><v>FTE</v></c></row>
        <row r="5"><c r="A5" t="b"><v>1</v></c><c r="C5"><v>0.5</v></c><c r="D5" t="e"><v>#N/A</v></c><c r="F5" s="0"/></row>
        <row r="4"><c r="A4"><v>7</v></c></row><row r="5"><c r="B5"><v>9</v></c></row>"##;
    let checked = read_bytes("made.xlsx", &workbook(data, r#"<mergeCells><mergeCell ref="B2:D3"/></mergeCells>"#));
    assert_eq!(shown(&checked.value[0]), ["2:  | نام | FTE", "4: 7", "5: true | 9 | 0.5 | !#N/A"]);
    assert_eq!(checked.value[0].sheet.as_deref(), Some("Sheet1"));
    assert_eq!(checked.value[0].merged, [Merged { first_row: 2, first_column: 1, last_row: 3, last_column: 3 }]);
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
}

#[test]
fn sheets_formulas_without_values_are_told() {
    let cells = |values: [&str; 3]| {
        let [a, b, c] = values;
        format!(
            r#"<row r="1"><c r="A1"><f>1+1</f>{a}</c><c r="B1"><f>A1*2</f>{b}</c><c r="C1"><f>A1-A1</f>{c}</c></row>"#
        )
    };
    let findings = |values| read_bytes("formula.xlsx", &workbook(&cells(values), "")).findings;
    assert_eq!(findings(["<v>2</v>", "<v>4</v>", "<v>0</v>"]), []);
    let never = findings(["<v>0</v>", "<v>0</v>", "<v>0</v>"]);
    assert_eq!(never[0].code, "formula-not-computed");
    assert!(never[0].message.starts_with("3 of 3"), "{}", never[0].message);
    let one = findings(["<v>2</v>", "", "<v>0</v>"]);
    assert!(one[0].message.starts_with("1 of 3"), "{}", one[0].message);
    assert_eq!(one[0].place.to_string(), "formula.xlsx › Sheet1 › B1 \"\"");
}

#[test]
fn sheets_parquet_is_a_grid_with_names_in_row_one() {
    use polars::prelude::{DataType, IntoColumn, NamedFrom, ParquetWriter, Series};
    let day = Series::new("day".into(), [20_000i32, 0]).cast(&DataType::Date).expect("days are whole numbers");
    let lists = [Series::new("".into(), ["X", "Y"]), Series::new("".into(), ["Z"])];
    let columns = vec![
        Series::new("نام".into(), ["رتبه‌بندی", "b"]).into_column(),
        Series::new("n".into(), [Some(3i64), None]).into_column(),
        Series::new("id".into(), [9_007_199_254_740_993i64, 1]).into_column(),
        Series::new("share".into(), [0.1, f64::NAN]).into_column(),
        Series::new("yes".into(), [true, false]).into_column(),
        day.into_column(),
        Series::new("codes".into(), lists).into_column(),
    ];
    let mut frame = polars::prelude::DataFrame::new_infer_height(columns).expect("columns of one length");
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).expect("memory takes it");
    let checked = read_bytes("table.parquet", &bytes);
    assert_eq!(codes(&checked), [""; 0], "{:?}", checked.findings);
    assert_eq!(
        shown(&checked.value[0]),
        [
            "1: نام | n | id | share | yes | day | codes",
            "2: رتبه‌بندی | 3 | 9007199254740993 | 0.1 | true | 2024-10-4 | X; Y",
            "3: b |  | 1 |  | false | 1970-1-1 | Z",
        ]
    );
    assert_eq!(codes(&read_bytes("cut.parquet", &bytes[..bytes.len() - 10])), ["truncated-file"]);
    let mut damaged = bytes.clone();
    damaged[bytes.len() - 40..bytes.len() - 12].fill(0xFF);
    assert_eq!(codes(&read_bytes("damaged.parquet", &damaged)), ["unreadable-file"]);
}

#[test]
fn sheets_text_encodings() {
    let table = "کد;نام دانشکده\r\n۱;پرستاری و مامایی\r\n۲;داروسازی\r\n";
    let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { table.encode_utf16().flat_map(order).collect() };
    let marked = |mark: &[u8], bytes: Vec<u8>| -> Vec<u8> { mark.iter().copied().chain(bytes).collect() };
    let cases: [(&str, Vec<u8>, &[&str]); 6] = [
        ("utf-8", table.as_bytes().to_vec(), &[]),
        ("utf-8 with mark", marked(b"\xEF\xBB\xBF", table.as_bytes().to_vec()), &[]),
        ("utf-16 le with mark", marked(b"\xFF\xFE", utf_16(u16::to_le_bytes)), &[]),
        ("utf-16 be with mark", marked(b"\xFE\xFF", utf_16(u16::to_be_bytes)), &[]),
        ("utf-16 le", utf_16(u16::to_le_bytes), &["encoding-guessed"]),
        ("utf-16 be", utf_16(u16::to_be_bytes), &["encoding-guessed"]),
    ];
    for (case, bytes, expected) in cases {
        let checked = read_bytes("table.csv", &bytes);
        assert_eq!(codes(&checked), expected, "{case}");
        assert_eq!(
            shown(&checked.value[0]),
            ["1: کد | نام دانشکده", "2: ۱ | پرستاری و مامایی", "3: ۲ | داروسازی"],
            "{case}"
        );
    }
}

#[test]
fn sheets_code_pages_are_told_apart_by_their_letters() {
    let persian = "code,name\n1,دانشكده پرستاري و مامايي\n2,گروه چاپ و ژئوفيزيک\n";
    let (bytes, _, unmappable) = WINDOWS_1256.encode(persian);
    assert!(!unmappable);
    let checked = read_bytes("persian.csv", &bytes);
    assert_eq!(codes(&checked), ["encoding-guessed"]);
    assert!(checked.findings[0].message.contains("windows-1256"));
    assert_eq!(checked.value[0].rows[2].cell(1), &text("گروه چاپ و ژئوفيزيک"));
    let french = "code,name\n1,Université de Montréal\n2,École supérieure à Orléans\n3,Faculté Sävsjö\n";
    let checked = read_bytes("french.csv", &WINDOWS_1252.encode(french).0);
    assert!(checked.findings[0].message.contains("windows-1252"), "{:?}", checked.findings);
    assert_eq!(checked.value[0].rows[3].cell(1), &text("Faculté Sävsjö"));
    // One damaged character in good UTF-8 does not turn the whole file into another code page.
    let mut damaged = "id,نام\n".repeat(30).into_bytes();
    damaged.extend(b"1,\xD9\n");
    let checked = read_bytes("damaged.csv", &damaged);
    assert_eq!(codes(&checked), ["damaged-text"]);
    assert_eq!(checked.value[0].rows[0].cell(1), &text("نام"));
}

#[test]
fn sheets_text_separators_and_rows() {
    let rows = |content: &str| shown(&read_bytes("rows.csv", content.as_bytes()).value[0]);
    assert_eq!(rows("a,b\n1,2\n"), ["1: a | b", "2: 1 | 2"]);
    assert_eq!(rows("a;b\n1,5;2,5\n"), ["1: a | b", "2: 1,5 | 2,5"]);
    assert_eq!(rows("a;b;c\n1,5;2,5;3,5\n۱,۵;2,5;3,5\n")[0], "1: a | b | c");
    assert_eq!(rows("Units, students, staff; 2024\na,b\n1,2\n3,4\n")[1], "2: a | b");
    assert_eq!(rows("a\tb, c\n1\t2\n"), ["1: a | b, c", "2: 1 | 2"]);
    assert_eq!(rows("a|b\n1|2\n"), ["1: a | b", "2: 1 | 2"]);
    assert_eq!(rows("sep=;\na;b,c\n1;2\n"), ["1: a | b,c", "2: 1 | 2"]);
    assert_eq!(rows("\"a,x\";b\n\"c,y,z\";d\n"), ["1: a,x | b", "2: c,y,z | d"]);
    assert_eq!(rows("title\n\n\na,b\r\n\r\n1,2"), ["1: title", "4: a | b", "6: 1 | 2"]);
    assert_eq!(rows("\n\na,b\n"), ["3: a | b"]);
    assert_eq!(rows("a,b\r\n\"x\r\ny\",2\r\n3,4\r\n"), ["1: a | b", "2: x\r\ny | 2", "3: 3 | 4"]);
    assert_eq!(rows("a,b\r1,2\r\r3,4"), ["1: a | b", "2: 1 | 2", "4: 3 | 4"]);
    assert_eq!(rows("a,b,,\n,,,\n1,,2,\n"), ["1: a | b", "3: 1 |  | 2"]);
    assert_eq!(rows("a,b\n\"he said \"\"no\"\"\",2\n"), ["1: a | b", "2: he said \"no\" | 2"]);
    assert_eq!(rows("single column\nvalue\n"), ["1: single column", "2: value"]);
    // Quotes in tab-separated exports are plain characters unless they come in pairs around cells.
    assert_eq!(rows("a\tb\n\"Smart\" cities\t1\nx\t2\n"), ["1: a | b", "2: \"Smart\" cities | 1", "3: x | 2"]);
    assert_eq!(rows("a\tb\n\"x\ny\"\t1\n"), ["1: a | b", "2: x\ny | 1"]);
}

#[test]
fn sheets_tagged_lines_are_one_cell_each() {
    let rows = |content: &str| shown(&read_bytes("lines.txt", content.as_bytes()).value[0]);
    assert_eq!(
        rows("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Ahmadi, S\n   \"Rad, M\n\nER\n"),
        [
            "1: FN Clarivate Analytics Web of Science",
            "2: VR 1.0",
            "3: PT J",
            "4: AU Ahmadi, S",
            "5:    \"Rad, M",
            "7: ER",
        ]
    );
    assert_eq!(rows("{\"id\": 1, \"a\": [1, 2]}\n{\"id\": 2}\n").len(), 2);
    assert_eq!(rows("@article{a,\n  title = {X, Y},\n}\n")[1], "2:   title = {X, Y},");
    assert_eq!(rows("PT\tAU\nJ\tAhmadi, S\n"), ["1: PT | AU", "2: J | Ahmadi, S"]);
}

#[test]
fn sheets_real_text_files_have_the_known_shape() {
    let Some(checked) = read_shared("staff/taif_students_by_department_ar.csv") else { return };
    assert_eq!(checked.value[0].rows.len(), 110);
    assert_eq!(checked.value[0].rows[0].cells.len(), 30);
    let names = read_shared("messy/iran_universities_en_fa.csv").expect("it lies beside the first");
    assert_eq!((names.value[0].rows.len(), names.value[0].rows[0].cells.len()), (451, 6));
    let professors = read_shared("staff/uvm_professors_by_department.csv").expect("it lies beside the first");
    assert_eq!((professors.value[0].rows.len(), professors.value[0].rows[0].cells.len()), (518, 16));
}

/// A day.
fn day(year: i32, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

#[test]
fn sheets_the_same_file_gives_the_same_grid_under_any_root() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("staff")).expect("a temporary folder");
    fs::write(folder.path().join("staff/list.csv"), "a,b\n").expect("a temporary file");
    let checked = read(folder.path(), "staff/list.csv", &limits());
    assert_eq!(checked.value[0].file, "staff/list.csv");
    let missing = read(Path::new("no such root"), "staff/list.csv", &limits());
    assert_eq!(missing.findings[0].place.to_string(), "staff/list.csv");
    assert!(!missing.findings[0].message.contains("no such root"));
}

#[test]
fn sheets_an_answer_of_the_helper_is_whole_or_nothing() {
    use sanjeh::diagnostic::{Finding, Place};
    use sanjeh::load::grid::Row;
    use sanjeh::load::wire;
    let cells = vec![
        Cell::Empty,
        text("رتبه"),
        Cell::Number(0.1 + 0.2),
        Cell::Date(day(2024, 3, 20)),
        Cell::Bool(true),
        Cell::Error("#N/A".into()),
    ];
    let grid = Grid {
        file: "a.xls".to_owned(),
        sheet: Some("برگه".to_owned()),
        rows: vec![Row { number: 7, cells }],
        merged: vec![Merged { first_row: 1, first_column: 0, last_row: 2, last_column: 3 }],
    };
    let finding =
        Finding::warning("stray-cell", "message").at(grid.place(9, Some((4_096, "")))).hint("one").hint("two");
    let mut bytes = Vec::new();
    wire::write(&mut bytes, std::slice::from_ref(&grid), std::slice::from_ref(&finding)).expect("memory takes it");
    assert_eq!(wire::read(&bytes, "a.xls"), Some((vec![grid], vec![finding])));
    for end in 0..bytes.len() {
        assert_eq!(wire::read(&bytes[..end], "a.xls"), None, "cut at {end}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(wire::read(&longer, "a.xls"), None);
    let mut file = Vec::new();
    wire::write(&mut file, &[], &[Finding::error("too-large", "message")]).expect("memory takes it");
    let (_, findings) = wire::read(&file, "b.ods").expect("it is whole");
    assert_eq!(findings[0].place, Place::file("b.ods"));
}
