//! Tests: the evidence workbooks of a run, read back as they are and worked out anew by a spreadsheet program.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Formula, Workbook};
use sanjeh::render::phrases;
use sanjeh::sample::{Size, generate};

use crate::support::{Folder, contents};

/// One indicator for every way to a score: value, normaliser, whether less is better, anything else.
const SCALES: [(&str, &str, bool, &str); 25] = [
    ("publications / academic_staff", "with = \"normal_cdf\"", false, ""),
    ("publications / academic_staff", "with = \"normal_cdf\", tails = [0.05, 0.95]", true, ""),
    ("publications / academic_staff", "with = \"normal_cdf\", to = [1, 100]", true, ""),
    ("citations / publications", "with = \"exponential_cdf\"", false, "cap = 8.0"),
    ("citations / publications", "with = \"square_root_of_max\"", false, ""),
    ("citations", "with = \"square_root_of_max\", means = 1.5", false, ""),
    ("h_index", "with = \"share_of_max\"", true, ""),
    ("mean_fwci", "with = \"min_max\", to = [10, 90]", true, ""),
    ("publications", "with = \"log_min_max\", to = [1, 100]", true, ""),
    ("international_publications / publications", "with = \"goalposts\", posts = [0.1, 0.5]", false, ""),
    ("international_publications / publications", "with = \"distance_to_target\", target = 0.4", false, ""),
    ("mean_fwci", "with = \"z_score\", mean = 50, sd = 10", true, ""),
    ("publications / academic_staff", "with = \"rank\", ties = \"min\"", true, ""),
    ("h_index", "with = \"rank\", ties = \"average\"", false, ""),
    ("publications / academic_staff", "with = \"percentile_rank\"", false, ""),
    ("h_index", "with = \"percentile_rank\"", true, ""),
    ("mean_fwci", "with = \"two_piece\", to = [0, 50, 100]", true, ""),
    ("h_index", "with = \"bands\", limits = [1, 3, 5], points = [0, 25, 25, 100]", true, ""),
    ("h_index", "with = \"bands\", limits = [0.5, 1.5], points = [0, 50, 100], of = \"median\"", false, ""),
    (
        "citations",
        "with = \"normal_cdf\"",
        false,
        "treat = { winsorise = 0, skew = 0.01, kurtosis = -9.0, log = true }",
    ),
    ("citations", "with = \"min_max\"", false, "treat = { winsorise = 2, skew = 0.01, kurtosis = -9.0, log = false }"),
    ("citations", "with = \"percentile_rank\"", false, ""),
    ("min(publications, 100)", "with = \"given\"", false, ""),
    ("publications / academic_staff", "with = \"z_score\", mean = 50, sd = 10", false, "impute = \"median\""),
    // Nobody supplies it: a missing rule speaks.
    ("teaching_reputation", "with = \"given\"", false, ""),
];

/// Editions of every way to a total: id, missing rule, combination.
const TOTALS: [(&str, &str, &str); 7] = [
    ("own-linear", "renormalise", "with = \"weighted_mean\", then = \"linear\", factor = 1.03, offset = -2.0"),
    ("own-top", "own_lower_quartile", "with = \"weighted_mean\", then = \"top_100\""),
    ("own-ends", "zero", "with = \"weighted_mean\", then = \"min_max\""),
    ("own-levels", "lowest_of_compared", "with = \"weighted_mean\", then = \"none\", over = \"groups\""),
    ("own-levels-top", "renormalise", "with = \"weighted_mean\", then = \"top_100\", over = \"groups\""),
    ("own-geometric", "renormalise", "with = \"geometric\", then = \"none\""),
    ("own-withheld", "withhold", "with = \"weighted_mean\", then = \"none\""),
];

/// Those whose composites or points a spreadsheet is not asked for.
const IN_WORDS: [&str; 3] = ["own-geometric", "own-withheld", "the/impact/2024/overall"];

const SHIPPED: [&str; 5] = ["the/wur/2026", "qs/wur/2026", "arwu/2025", "urap/2014", "the/impact/2024/overall"];

fn edition(id: &str, missing: &str, combine: &str, types: &[String]) -> String {
    let mut text = format!(
        "id = \"{id}\"\nname.en = \"Own {id}\"\nname.fa = \"آزمون {id}\"\nverified = 2026-11-28\n\
         windows = {{ publications = [2020, 2024], citations = [2020, 2025], institutional = 2023, reference = \"m\" }}\n\
         missing = {{ rule = \"{missing}\" }}\ncombine = {{ {combine} }}\ncoverage_floor = 0.5\n\
         [[reference]]\nid = \"m\"\ntitle = \"A method\"\n\
         [[group]]\ncode = \"first\"\nname.en = \"First\"\nname.fa = \"نخست\"\nweight = 52.0\n\
         [[group]]\ncode = \"second\"\nname.en = \"Second\"\nname.fa = \"دوم\"\nweight = 48.0\n"
    );
    for (at, (value, normalise, lower, more)) in SCALES.iter().enumerate() {
        let group = if at < 13 { "first" } else { "second" };
        let direction = if *lower { "direction = \"lower_is_better\"\n" } else { "" };
        let _ = writeln!(
            text,
            "[[indicator]]\ncode = \"i{at}\"\ngroup = \"{group}\"\nname.en = \"Indicator {at}\"\nname.fa = \"شاخص {at}\"\n\
             weight = 4.0\nvalue = \"{value}\"\nnormalise = {{ {normalise} }}\n{direction}{more}\nfidelity = \"derived\"\n\
             scorable = {types:?}\nreference = \"m\""
        );
    }
    text
}

/// A small sample with all these editions, run once for all tests of this file.
fn sample() -> &'static Folder {
    static SAMPLE: OnceLock<Folder> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut folder = Folder::new();
        let mut types = Vec::new();
        for file in generate(&Size { units: 14, ..Size::scaled(300) }).files {
            let mut bytes = file.bytes;
            if file.path == "units.csv" {
                let mut reader = csv::Reader::from_reader(bytes.as_slice());
                let at = reader.headers().unwrap().iter().position(|head| head == "type").unwrap();
                types = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
                types.sort();
                types.dedup();
            }
            if file.path == "assessment.toml" {
                let text = String::from_utf8(bytes).unwrap();
                let all: Vec<&str> = SHIPPED.into_iter().chain(TOTALS.map(|(id, ..)| id)).collect();
                let (before, after) = text.split_once("editions = [").unwrap();
                let after = after.split_once('\n').unwrap().1;
                let text = format!("{before}editions = {all:?}\n{after}");
                let text = text.replace("minimum_units = 3", "minimum_units = 1");
                bytes = text.replace("samples = 1000", "samples = 0").into_bytes();
            }
            folder = folder.with(&file.path, bytes);
        }
        assert!(types.len() > 2, "{types:?}");
        for (id, missing, combine) in TOTALS {
            folder = folder.with(&format!("editions/{id}.toml"), edition(id, missing, combine, &types));
        }
        let ran = folder.sanjeh(&["run", "--format", "csv,xlsx"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        folder
    })
}

/// Paths of the evidence workbooks of a language by folder of the unit.
fn workbooks(language: &str) -> Vec<(String, PathBuf)> {
    let packs = sample().path().join("out/packs");
    let mut found: Vec<(String, PathBuf)> = fs::read_dir(&packs)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path().join(format!("evidence.{language}.xlsx"))))
        .collect();
    found.sort();
    assert_eq!(found.len(), 14);
    found
}

fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

fn number(sheet: &Range<Data>, row: u32, column: u32) -> Option<f64> {
    match sheet.get_value((row, column)) {
        Some(Data::Float(value)) => Some(*value),
        Some(Data::Int(value)) => Some(*value as f64),
        None | Some(Data::Empty) => None,
        Some(Data::String(text)) if text.is_empty() || text == "–" => None,
        other => panic!("row {row}, column {column}: {other:?}"),
    }
}

type Rows = BTreeMap<(String, String, String), BTreeMap<String, String>>;

/// Rows of a table by edition, unit (in lower case, as folders are named) and one more column.
fn rows(name: &str, key: &str) -> Rows {
    let key = |row: &BTreeMap<String, String>| {
        (row["edition"].clone(), row["unit"].to_lowercase().replace('_', "-"), row[key].clone())
    };
    sample().table(name).into_iter().map(|row| (key(&row), row)).collect()
}

/// How many numbers were held against the tables, and by edition how many stand there in words only.
#[derive(Debug, Default, PartialEq)]
struct Held {
    scores: usize,
    points: usize,
    composites: usize,
    coverages: usize,
    in_words: BTreeMap<String, usize>,
}

/// Every number of the edition sheets of a workbook against the tables.
fn hold(held: &mut Held, language: &str, unit: &str, path: &Path, scores: &Rows, composites: &Rows) {
    let words = phrases::in_language(language);
    let not_again = words.word("evidence.not_again");
    let points_not_again = words.word("evidence.points_not_again");
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let sheets = book.sheet_names();
    for (edition, name) in SHIPPED.into_iter().chain(TOTALS.map(|(id, ..)| id)).zip(&sheets[1..]) {
        let sheet = book.worksheet_range(name).unwrap();
        let (last, _) = sheet.end().unwrap();
        let at = |key: &str| {
            let word = words.word(key);
            (0..=last).find(|&row| text(&sheet, row, 0) == word).unwrap_or_else(|| panic!("{name}: no row {word}"))
        };
        let (first, second, third) = (at("evidence.composite"), at("word.indicator"), at("evidence.constants"));
        let mut same = |what: &str, row: u32, column: u32, stored: &str, note: &str| -> bool {
            let again = number(&sheet, row, column);
            let stored: Option<f64> = (!stored.is_empty()).then(|| stored.parse().unwrap());
            match (again, stored) {
                (Some(again), Some(stored)) => {
                    assert!((again - stored).abs() <= 1e-9, "{unit} {edition} {what}: {again} is not {stored}");
                    true
                }
                (None, None) => false,
                (None, Some(_)) if note.contains(&not_again) || note.contains(&points_not_again) => {
                    *held.in_words.entry(edition.to_owned()).or_default() += 1;
                    false
                }
                other => panic!("{unit} {edition} {what}: {other:?} ({note})"),
            }
        };
        let mut counts = [0; 4];
        for row in first + 1..second - 1 {
            let code = text(&sheet, row, 1);
            let stored = &composites[&(edition.to_owned(), unit.to_owned(), code.clone())];
            let note = text(&sheet, row, 14);
            counts[0] += usize::from(same(&code, row, 9, &stored["score"], &note));
            counts[1] += usize::from(same(&code, row, 5, &stored["coverage"], &note));
        }
        let mut seen = 0;
        for row in second + 1..third - 1 {
            let code = text(&sheet, row, 1);
            let stored = &scores[&(edition.to_owned(), unit.to_owned(), code.clone())];
            let note = text(&sheet, row, 15);
            counts[2] += usize::from(same(&code, row, 7, &stored["score"], &note));
            counts[3] += usize::from(same(&code, row, 11, &stored["contribution"], &note));
            let raw: Option<f64> = (!stored["raw"].is_empty()).then(|| stored["raw"].parse().unwrap());
            let shown = number(&sheet, row, 5);
            let near = |one: f64, other: f64| (one - other).abs() <= 1e-12 * one.abs().max(other.abs());
            assert!(
                shown.is_some() == raw.is_some() && shown.zip(raw).is_none_or(|(one, other)| near(one, other)),
                "{unit} {edition} {code}: {shown:?} is not {raw:?}"
            );
            seen += 1;
        }
        let wanted = scores.keys().filter(|(known, of, _)| known == edition && of == unit).count();
        assert_eq!(seen, wanted, "{unit} {edition}");
        held.composites += counts[0];
        held.coverages += counts[1];
        held.scores += counts[2];
        held.points += counts[3];
    }
}

fn all_held(language: &str, workbooks: &[(String, PathBuf)]) -> Held {
    let (scores, composites) = (rows("scores.csv", "indicator"), rows("composites.csv", "group"));
    let mut held = Held::default();
    for (unit, path) in workbooks {
        hold(&mut held, language, unit, path, &scores, &composites);
    }
    held
}

#[test]
fn workbooks_hold_the_numbers_of_the_tables_and_formulas_that_give_them() {
    let english = all_held("en", &workbooks("en"));
    assert_eq!(english, all_held("fa", &workbooks("fa")));
    assert!(english.scores > 1500 && english.points > 1000 && english.composites > 200, "{english:?}");
    // Elsewhere only what lies nearer together than a spreadsheet tells apart.
    let others: usize =
        english.in_words.iter().filter(|(id, _)| !IN_WORDS.contains(&id.as_str())).map(|(_, n)| n).sum();
    assert!(others * 50 < english.scores, "{english:?}");
    // Every number that is worked out stands there as a formula that names other cells.
    let (_, path) = workbooks("en").into_iter().next_back().unwrap();
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let name = book.sheet_names()[1].clone();
    let (values, formulas) = (book.worksheet_range(&name).unwrap(), book.worksheet_formula(&name).unwrap());
    let mut live = 0;
    for row in 0..=values.end().unwrap().0 {
        for column in [5, 7, 9, 11, 13] {
            let formula = formulas.get_value((row, column)).cloned().unwrap_or_default();
            if formula.is_empty() {
                continue;
            }
            assert!(formula.contains('$'), "{formula}");
            live += 1;
        }
    }
    assert!(live > 40, "{live} formulas in {name}");
}

#[test]
fn lists_of_publications_are_those_of_the_ledger() {
    let out = sample().path().join("out");
    let held: BTreeMap<String, ()> =
        sample().table("credits.csv").into_iter().map(|row| (row["publication"].clone(), ())).collect();
    let (unit, path) = workbooks("en").into_iter().find(|(unit, _)| unit == "sarv").unwrap();
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let sheets = book.sheet_names();
    let counted = book.worksheet_range(&sheets[sheets.len() - 2]).unwrap();
    let mut papers = 0;
    for row in 6..=counted.end().unwrap().0 {
        assert!(held.contains_key(&text(&counted, row, 0)), "{unit}: {} is not held", text(&counted, row, 0));
        let share = number(&counted, row, 6).unwrap();
        assert!(share > 0.0 && share <= 1.0, "{share}");
        assert!(!text(&counted, row, 7).is_empty() && !text(&counted, row, 8).is_empty());
        papers += 1;
    }
    assert!(papers > 100, "{papers} papers");
    let excluded = book.worksheet_range(&sheets[sheets.len() - 1]).unwrap();
    let reasons: Vec<String> = (6..=excluded.end().unwrap().0).map(|row| text(&excluded, row, 5)).collect();
    for key in ["omitted.duplicate_record", "omitted.outside_window"] {
        let word = phrases::in_language("en").word(key);
        assert!(reasons.contains(&word), "no {word} among {} rows", reasons.len());
    }
    // No list of persons: neither ids of staff nor names of authors.
    let staff: Vec<String> = sample().table("credits.csv").into_iter().map(|row| row["staff"].clone()).collect();
    for row in 6..=excluded.end().unwrap().0 {
        let detail = text(&excluded, row, 6);
        for id in staff.iter().filter(|id| !id.is_empty()) {
            assert!(!detail.split([' ', ',', ';']).any(|word| word == id), "{detail} names {id}");
        }
    }
    assert!(out.join("manifest.json").is_file());
}

#[test]
fn persian_sheets_run_from_right_to_left_and_say_everything_in_words() {
    let sheet_xml = |path: &Path, sheet: usize| {
        let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        let mut xml = String::new();
        archive.by_name(&format!("xl/worksheets/sheet{sheet}.xml")).unwrap().read_to_string(&mut xml).unwrap();
        xml
    };
    for (language, right_to_left) in [("en", false), ("fa", true)] {
        let words = phrases::in_language(language);
        for (_, path) in workbooks(language) {
            for sheet in [1, 2, 8] {
                assert_eq!(sheet_xml(&path, sheet).contains("rightToLeft=\"1\""), right_to_left, "{}", path.display());
            }
            let mut book: Xlsx<_> = open_workbook(&path).unwrap();
            for name in book.sheet_names() {
                for cell in book.worksheet_range(&name).unwrap().used_cells() {
                    if let Data::String(text) = cell.2 {
                        assert!(
                            !text.contains("evidence.") || text.contains("://"),
                            "{name}: a key in place of words: {text}"
                        );
                        assert!(!text.contains(['{', '}']), "{name}: {text}");
                    }
                }
            }
        }
        for family in ["evidence", "evidence_step", "evidence_constant", "omitted"] {
            let known = words.phrases().keys().filter(|key| key.starts_with(&format!("{family}."))).count();
            assert!(known > 5, "{family} in {language}");
        }
    }
}

#[test]
fn workbooks_are_the_same_for_any_number_of_threads() {
    let folder = sample().path();
    let again = folder.parent().unwrap().join(format!("{}-again", folder.file_name().unwrap().to_string_lossy()));
    let path = again.to_string_lossy().into_owned();
    let ran = sample().sanjeh(&["run", "--threads", "1", "--format", "xlsx", "--out", &path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (mut one, other) = (contents(&folder.join("out/packs")), contents(&again.join("packs")));
    one.retain(|path, _| path.ends_with(".xlsx"));
    fs::remove_dir_all(&again).unwrap();
    assert!(one.len() == 28 && one == other);
}

/// A spreadsheet program that works every formula out when it opens a file; its converted files by name.
fn recalculated(files: &[PathBuf], dir: &Path) -> Option<BTreeMap<String, PathBuf>> {
    let profile = dir.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    // 0: always.
    fs::write(
        profile.join("user/registrymodifications.xcu"),
        r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"#,
    )
    .unwrap();
    let out = dir.join("recalculated");
    let done = ["soffice", "libreoffice"].into_iter().find_map(|program| {
        Command::new(program)
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--convert-to", "xlsx", "--outdir"])
            .arg(&out)
            .args(files)
            .output()
            .ok()
    });
    let Some(done) = done else {
        println!("skipped: neither soffice nor libreoffice is installed");
        return None;
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    Some(files.iter().map(|path| (name(path), out.join(name(path)))).collect())
}

#[test]
fn a_spreadsheet_program_comes_to_the_same_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (unit, path) in workbooks("en") {
        files.push(dir.path().join(format!("{unit}.xlsx")));
        fs::copy(path, files.last().unwrap()).unwrap();
    }
    // A formula with a wrong result, so that a program that does not recalculate is found out.
    let mut probe = Workbook::new();
    probe.add_worksheet().write_formula(0, 0, Formula::new("=1+1").set_result("5")).unwrap();
    files.push(dir.path().join("_probe.xlsx"));
    probe.save(files.last().unwrap()).unwrap();
    let Some(found) = recalculated(&files, dir.path()) else { return };
    let mut book: Xlsx<_> = open_workbook(&found["_probe.xlsx"]).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(number(&sheet, 0, 0), Some(2.0), "the spreadsheet program does not recalculate");

    let again: Vec<(String, PathBuf)> =
        workbooks("en").into_iter().map(|(unit, _)| (unit.clone(), found[&format!("{unit}.xlsx")].clone())).collect();
    let held = all_held("en", &again);
    println!("worked out by the spreadsheet program: {held:?}");
    assert_eq!(held, all_held("en", &workbooks("en")));
}
