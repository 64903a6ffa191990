//! Tests: `sanjeh score` and `sanjeh benchmark` – published tables read as they are, small tables by hand, faults.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use crate::support::{Folder, Ran, sanjeh, shared, table};

/// `sanjeh score TABLE --edition EDITION REST --json`.
fn scored(table: &Path, edition: &str, rest: &[&str]) -> Value {
    let table = table.to_string_lossy();
    let ran = sanjeh(&[&["score", &table, "--edition", edition, "--json"], rest].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// `--map CODE=COLUMN` for each.
fn maps<'a>(pairs: &[&'a str]) -> Vec<&'a str> {
    pairs.iter().flat_map(|pair| ["--map", pair]).collect()
}

#[test]
fn the_official_workbook_of_qs_2027_as_it_is() {
    let Some(path) = shared("rankings/qs/QS_WUR_2027_official.xlsx") else { return };
    // Title row, merged header in row 2, second header in row 3. QS counts an absent indicator as 0.
    let columns = maps(&[
        "academic_reputation=AR SCORE",
        "employer_reputation=ER SCORE",
        "faculty_student_ratio=FSR SCORE",
        "citations_per_faculty=Citations per Faculty CPF SCORE",
        "international_faculty=IFR SCORE",
        "international_students=U",
        "international_research_network=IRN SCORE",
        "employment_outcomes=EO SCORE",
        "sustainability=SUS SCORE",
    ]);
    let rest = [&columns[..], &["--id", "Name", "--published", "Overall SCORE", "--missing", "zero"]].concat();
    let found = scored(&path, "qs/wur/2027", &rest);
    assert_eq!((found["read"].as_u64(), found["header_row"].as_u64()), (Some(1504), Some(3)));
    let agreement = &found["agreement"];
    assert_eq!(agreement["compared"].as_u64(), Some(700));
    let worst = agreement["worst"].as_array().unwrap();
    // The one row that does not follow from its own indicators (rank 361).
    assert!(worst[0]["id"].as_str().unwrap().starts_with("City St George"), "{}", worst[0]);
    assert!((number(&agreement["max_error"]) - 0.107).abs() < 0.001, "{agreement}");
    assert!(number(&worst[1]["error"]).abs() <= 0.06, "{}", worst[1]);
    assert!(number(&agreement["spearman"]) > 0.9999, "{agreement}");
}

#[test]
fn qs_medicine_with_its_header_in_row_three() {
    let Some(path) = shared("rankings/qs_subject/QS_Subject_2026_Medicine.csv") else { return };
    let columns = maps(&[
        "academic_reputation=ACADEMIC",
        "employer_reputation=EMPLOYER",
        "citations_per_paper=CITATIONS",
        "h_index=H",
        "international_research_network=IRN",
    ]);
    let rest = [&columns[..], &["--published", "SCORE", "--published-rank", "2026"]].concat();
    let found = scored(&path, "qs/subject/2026/medicine", &rest);
    let agreement = &found["agreement"];
    assert!(agreement["compared"].as_u64().unwrap() >= 200, "{agreement}");
    // Both sides are rounded to one decimal.
    assert!(number(&agreement["max_error"]) <= 0.0501, "{agreement}");
    assert_eq!(found["rows"][0]["id"], "Harvard University");
}

#[test]
fn the_2025_by_groups() {
    let Some(path) = shared("rankings/the/THE_2025_rankings.csv") else { return };
    let columns = maps(&[
        "teaching=Teaching",
        "research_environment=Research Environment",
        "research_quality=Research Quality",
        "industry=Industry",
        "international_outlook=International Outlook",
    ]);
    let published = ["--published", "Overall", "--published-rank", "Rank"];
    let found = scored(&path, "the/wur/2025", &[&columns[..], &published].concat());
    let agreement = &found["agreement"];
    assert!(agreement["compared"].as_u64().unwrap() >= 200, "{agreement}");
    assert!(number(&agreement["max_error"]) <= 0.09, "{agreement}");
    assert!(number(&agreement["spearman"]) >= 0.9999, "{agreement}");
    assert!(agreement["score_ranges"].as_u64().unwrap() > 1500, "{agreement}");
    // The same headers are the names of the edition's groups.
    assert_eq!(scored(&path, "the/wur/2025", &published)["agreement"], *agreement);
}

/// A workbook as rankers publish: title, merged upper header, second header, Persian digits, bands, a word in a cell.
fn workbook(last: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Table").unwrap();
    sheet.write(0, 0, "Ranking 2026").unwrap();
    sheet.write(2, 0, "Institution").unwrap();
    let plain = Format::new();
    for (column, text) in [(1, "Teaching"), (3, "Research quality"), (5, "Overall")] {
        sheet.merge_range(2, column, 2, column + 1, text, &plain).unwrap();
        sheet.write(3, column, "score").unwrap();
        sheet.write(3, column + 1, "rank").unwrap();
    }
    let rows = [
        ["Alpha", "90", "1", "80.0", "1", "85.0", "1"],
        ["Beta", "۶۰٫۵", "2", "70", "2", "65.3", "2="],
        ["Gamma", "50", "3", "-", "", "40.0–49.9", "3–4"],
        ["Delta", "40", "4", last, "4", "30.0-38.9", "4+"],
    ];
    for (at, row) in rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write(4 + at as u32, column as u16, *text).unwrap();
        }
    }
    sheet.write(9, 0, "Note: an invented table").unwrap();
    workbook.save_to_buffer().unwrap()
}

const COLUMNS: [&str; 8] = [
    "--map",
    "teaching=Teaching score",
    "--map",
    "research_quality=Research quality score",
    "--published",
    "Overall score",
    "--published-rank",
    "Overall rank",
];

fn score(folder: &Folder, file: &str, rest: &[&str]) -> Ran {
    let path = folder.path().join(file).to_string_lossy().into_owned();
    sanjeh(&[&["score", &path, "--edition", "the/wur/2026"], rest].concat())
}

#[test]
fn merged_headers_bands_and_persian_digits() {
    let folder = Folder::new().with("table.xlsx", workbook("35"));
    let out = folder.path().join("rebuilt.csv").to_string_lossy().into_owned();
    let ran = score(&folder, "table.xlsx", &[&COLUMNS[..], &["--out", &out, "--missing", "zero"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    // Teaching and research quality weigh 29.5 and 30: 59.5 % of the weight lies below the floor of 60 %.
    assert!(table(Path::new(&out)).iter().all(|row| row["score"].is_empty()), "{}", ran.out);
    let columns = [&COLUMNS[..], &["--map", "research_environment=D", "--json"]].concat();
    let ran = score(&folder, "table.xlsx", &[&columns[..], &["--out", &out]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("no column holds international_students"), "{}", ran.err);
    let rows = table(Path::new(&out));
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str()).collect();
    assert_eq!(ids, ["Alpha", "Beta", "Gamma", "Delta"]);
    // By hand, weights 29.5 for teaching and 29 + 30 for the other two, which share a column.
    let by_hand = [(29.5 * 90.0 + 59.0 * 80.0) / 88.5, (29.5 * 60.5 + 59.0 * 70.0) / 88.5];
    for (row, expected) in rows.iter().zip(by_hand) {
        let found: f64 = row["score"].parse().unwrap();
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        let (published, error): (f64, f64) = (row["published"].parse().unwrap(), row["error"].parse().unwrap());
        assert!((error - (expected - published)).abs() < 1e-9);
    }
    // Gamma keeps 29.5 of 100: below the floor. Delta: (29.5·40 + 59·35)/88.5 = 36.67, within its band.
    assert_eq!((rows[2]["score"].as_str(), rows[2]["rank"].as_str()), ("", ""));
    let agreement = serde_json::from_str::<Value>(&ran.out).unwrap()["agreement"].clone();
    assert_eq!((agreement["compared"].as_u64(), agreement["score_ranges"].as_u64()), (Some(2), Some(1)));
    assert_eq!(agreement["outside_score_range"].as_u64(), Some(0));
    // Delta is third of three, published as fourth or later.
    assert_eq!((agreement["rank_ranges"].as_u64(), agreement["outside_rank_range"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn a_cell_that_is_no_number_is_named() {
    let folder = Folder::new().with("table.xlsx", workbook("good"));
    let ran = score(&folder, "table.xlsx", &COLUMNS);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[not-a-number]: \"good\" is not a number"), "{}", ran.err);
    assert!(ran.err.contains("table.xlsx › Table › D8 \"Research quality / score\""), "{}", ran.err);
    let folder = Folder::new().with("table.xlsx", workbook("350"));
    let ran = score(&folder, "table.xlsx", &COLUMNS);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("error[out-of-bounds]: 350 is no score from 0 to 100"), "{}", ran.err);
}

#[test]
fn the_best_of_the_rows_gets_100_and_rows_can_be_chosen() {
    // ARWU-like: QS 2023 puts the best of the analysed at 100.
    let csv = "name,year,academic_reputation,citations_per_faculty,employer_reputation,faculty_student_ratio,international_faculty,international_students\n\
               A,2022,100,100,100,100,100,100\nB,2023,80,80,80,80,80,80\nC,2023,40,40,40,40,40,40\n";
    let folder = Folder::new().with("table.csv", csv);
    let found = scored(&folder.path().join("table.csv"), "qs/wur/2023", &["--only", "year=2023"]);
    let scores: Vec<f64> = found["rows"].as_array().unwrap().iter().map(|row| number(&row["score"])).collect();
    assert_eq!(scores, [100.0, 50.0]);
}

#[test]
fn a_map_from_a_file() {
    let map = "id = \"Institution\"\npublished = \"Overall score\"\n[map]\nteaching = \"Teaching score\"\nresearch_quality = \"D\"\nresearch_environment = \"D\"\n";
    let folder = Folder::new().with("table.xlsx", workbook("35")).with("map.toml", map);
    let path = folder.path().join("map.toml").to_string_lossy().into_owned();
    let ran = score(&folder, "table.xlsx", &["--map-file", &path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("rows compared             2"), "{}", ran.out);
    assert!(ran.out.contains("Alpha") && ran.out.contains("published   85.0"), "{}", ran.out);
}

#[test]
fn one_fault_each() {
    let folder = Folder::new()
        .with("table.xlsx", workbook("35"))
        .with("empty.csv", "name,teaching\n")
        .with("bad.toml", "[map]\nteaching = 3\n")
        .with("words.csv", "a,b\nx,y\n");
    let bad = folder.path().join("bad.toml").to_string_lossy().into_owned();
    let cases: [(&str, &[&str], &str, &str); 9] = [
        ("table.xlsx", &["--map", "teaching=Teaching scor"], "unknown-column", "did you mean \"Teaching / score\"?"),
        ("table.xlsx", &["--map", "teching=B"], "unknown-code", "did you mean \"teaching\"?"),
        ("table.xlsx", &["--map", "teaching=B", "--map", "teaching=D"], "repeated-code", "leave one"),
        (
            "table.xlsx",
            &["--map", "teaching=B", "--map", "doctorates_per_staff=D"],
            "overlapping-codes",
            "map the group",
        ),
        ("table.xlsx", &["--map", "teaching=B", "--only", "Institution=Zeta"], "no-rows", "--only"),
        ("empty.csv", &["--map", "teaching=teaching"], "no-rows", "--map"),
        ("words.csv", &[], "no-columns", "--map CODE=COLUMN"),
        ("table.xlsx", &["--map-file", &bad], "bad-map", "[map]"),
        ("absent.csv", &[], "unreadable-file", ""),
    ];
    for (file, rest, code, hint) in cases {
        let ran = score(&folder, file, rest);
        assert_eq!(ran.code, 2, "{rest:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("error[{code}]")) && ran.err.contains(hint), "{rest:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{rest:?}");
    }
    let path = folder.path().join("table.xlsx").to_string_lossy().into_owned();
    let ran = sanjeh(&["score", &path, "--edition", "the/wur/2062"]);
    assert!(ran.code == 2 && ran.err.contains("unknown-edition") && ran.err.contains("the/wur/20"), "{}", ran.err);
    let ran = sanjeh(&["score", &path, "--edition", "leiden/2025"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn a_benchmark_of_a_table_is_used_by_a_run() {
    let csv = "university,FWCI,total\nA,0.5,–\nB,1.0,30\nC,1.5,45.5\nD,2.0,60–69\nE,2.5,99\n";
    let folder = Folder::assessment(&["the/wur/2026"])
        .with("units.csv", "unit_id,name_en,name_fa,type\nuni,University,دانشگاه,university\n")
        .with("supplied.csv", "unit,measure,year,value\nuni,mean_fwci,2024,2.0\n");
    let peers = Folder::new().with("peers.csv", csv);
    let table = peers.path().join("peers.csv").to_string_lossy().into_owned();
    let out = folder.path().join("editions/benchmarks/the/wur/2026.toml");
    let out_text = out.to_string_lossy().into_owned();
    let map = ["--map", "citation_impact=FWCI", "--published", "total"];
    let ran = sanjeh(&[&["benchmark", &table, "--edition", "the/wur/2026", "--out", &out_text], &map[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let text = std::fs::read_to_string(&out).unwrap();
    let written: toml::Table = toml::from_str(&text).unwrap();
    let entry = written["entry"].as_array().unwrap()[0].as_table().unwrap();
    let value = |key: &str| entry[key].as_float().unwrap();
    // Mean 1.5, least 0.5 and greatest 2.5. Tails of 5 % and 95 % (type 7) draw these in to 0.6 and 2.4:
    // sd = √((0.81 + 0.25 + 0 + 0.25 + 0.81)/4) = √0.53.
    assert_eq!((value("mean"), value("min"), value("max")), (1.5, 0.5, 2.5));
    assert!((value("sd") - 0.53_f64.sqrt()).abs() < 1e-12, "{text}");
    // Shares of the five values by hand: the median, and 0.5 + 0.04·0.5 at 1 %.
    let quantiles: Vec<[f64; 2]> = entry["quantiles"].clone().try_into().unwrap();
    assert_eq!((quantiles.len(), quantiles[4]), (9, [0.5, 1.5]));
    assert!((quantiles[0][1] - 0.52).abs() < 1e-12, "{quantiles:?}");
    // Three composites are exact: only the first of the ranks kept is there.
    assert_eq!(written["band"].as_array().unwrap().len(), 1);
    assert_eq!(written["band"][0]["score"].as_float(), Some(99.0));
    let reference = written["reference"].as_array().unwrap()[0]["title"].as_str().unwrap().to_owned();
    assert!(reference.starts_with("peers.csv, 5 rows; SHA-256 "), "{reference}");
    assert_eq!(reference.rsplit(' ').next().unwrap().len(), 64);
    let here = peers.path().to_string_lossy().into_owned();
    assert!(!text.contains(&here), "{text}");
    let editions = folder.path().join("editions").to_string_lossy().into_owned();
    let ran = sanjeh(&["editions", "check", &editions]);
    assert!(ran.code == 0 && ran.out.contains(" 0 errors"), "{}{}", ran.out, ran.err);

    let none =
        sanjeh(&["benchmark", &table, "--edition", "the/wur/2026", "--map", "teaching=FWCI", "--out", &out_text]);
    assert!(none.code == 2 && none.err.contains("no indicator \"teaching\""), "{}", none.err);
}
