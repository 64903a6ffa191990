//! `sanjeh sensitivity` on a small sample: its tables, its words, a replayed draw, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sanjeh::sample::{Size, generate};

use crate::documents::{numbers, numbers_in};
use crate::support::{Folder, contents, sanjeh, table};

/// A small sample and one analysis of it, for all tests of this file.
fn sample() -> &'static Folder {
    static SAMPLE: OnceLock<Folder> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut folder = Folder::new();
        let size = Size { units: 20, staff: 150, publications: 600, hyper_authored: 4, seed: 7 };
        for file in generate(&size).files {
            folder = folder.with(&file.path, &file.bytes);
        }
        // Fewer alternatives: the program of the tests is not optimised.
        let path = folder.path().join("assessment.toml");
        let mut text = std::fs::read_to_string(path).unwrap();
        for (long, short) in [
            ("measurement_samples = 100", "measurement_samples = 12"),
            ("weight_sets = 1000", "weight_sets = 60"),
            ("bootstrap = 200", "bootstrap = 40"),
            ("policies = [\"full\", ", "policies = [\"full\", \"fractional\"] # "),
            ("editions = [\"the/wur/2026\", \"qs/wur/2026\", \"arwu/2025\"]", "editions = [\"arwu/2025\"]"),
        ] {
            assert!(text.contains(long), "{long}");
            text = text.replace(long, short);
        }
        folder = folder.with("assessment.toml", text);
        let ran = analysed(&folder, &[]);
        assert_eq!(ran.0, 0, "{}", ran.2);
        folder
    })
}

/// The same into a folder of its own: tests run side by side.
fn analysed_into(name: &str, more: &[&str]) -> (i32, String, String) {
    let out = sample().path().join("out/elsewhere").join(name);
    let mut all = vec!["--out", out.to_str().unwrap()];
    all.extend(more);
    analysed(sample(), &all)
}

/// Exit code, output and errors of the command with few draws.
fn analysed(folder: &Folder, more: &[&str]) -> (i32, String, String) {
    let path = folder.path().to_string_lossy().into_owned();
    let mut all = vec!["sensitivity", &path, "--edition", "arwu/2025", "--draws", "450", "--color", "never"];
    all.extend(more);
    let ran = sanjeh(&all);
    (ran.code, ran.out, ran.err)
}

fn out(folder: &Folder) -> PathBuf {
    folder.path().join("out/sensitivity/arwu-2025")
}

fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    table(&out(sample()).join(name))
}

const TABLES: [(&str, &str); 7] = [
    ("sensitivity_ranks", "unit_type,unit,score,rank,of,ranked,mean,median,low,high"),
    ("sensitivity_shares", "unit_type,unit,rank,draws,share"),
    ("sensitivity_indices", "unit_type,output,unit,input,first,first_low,first_high,total,total_low,total_high"),
    ("certified_ranks", "unit_type,unit,rank,best,best_proven,worst,worst_proven,exact,best_at,worst_at"),
    (
        "bounds",
        "unit_type,unit,missing,score,rank,low,high,best,worst,observed_low,observed_high,observed_best,observed_worst",
    ),
    ("sensitivity_swings", "unit_type,unit,input,least_at,least,greatest_at,greatest"),
    ("ledger", "draw,block,point,weights,normaliser,aggregation,missing,"),
];

#[test]
fn seven_tables_with_their_columns() {
    for (name, columns) in TABLES {
        let text = std::fs::read_to_string(out(sample()).join(format!("{name}.csv"))).unwrap();
        assert!(text.starts_with(columns), "{name}: {}", text.lines().next().unwrap());
        assert!(text.lines().count() > 3, "{name}");
    }
}

/// The document tells in both languages the same numbers, and none that does not stand in a table or in the study's own file.
#[test]
fn the_document_tells_the_numbers_of_the_tables() {
    let out = out(sample());
    let mut known = BTreeSet::new();
    for (name, _) in TABLES {
        for row in rows(&format!("{name}.csv")) {
            row.values().for_each(|cell| numbers_in(cell, &mut known));
        }
    }
    let study = std::fs::read_to_string(out.join("study.json")).unwrap();
    study.split([' ', ',', '\n']).for_each(|word| numbers_in(word, &mut known));
    // The band of weights stands in the command.
    known.insert(0.25_f64.to_bits());
    let page = |language: &str| std::fs::read_to_string(out.join(format!("sensitivity.{language}.html"))).unwrap();
    let (english, persian) = (page("en"), page("fa"));
    let told = numbers(&english);
    assert!(told.len() > 100, "{}", told.len());
    for number in &told {
        assert!(known.contains(&number.to_bits()), "{number} stands in no table");
    }
    assert_eq!(told, numbers(&persian));
    // One chart of what a score hangs on for each unit with a total, and one of the ranks of each type.
    let scored = rows("sensitivity_ranks.csv").iter().filter(|row| !row["score"].is_empty()).count();
    let types: BTreeSet<String> = rows("sensitivity_ranks.csv").iter().map(|row| row["unit_type"].clone()).collect();
    assert_eq!(english.matches("<figure").count(), scored + types.len());
    for language in ["en", "fa"] {
        let pdf = std::fs::read(out.join(format!("sensitivity.{language}.pdf"))).unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "{language}");
    }
}

#[test]
fn the_swings_hold_the_score_of_the_run() {
    let ranks = rows("sensitivity_ranks.csv");
    let swings = rows("sensitivity_swings.csv");
    assert!(!swings.is_empty());
    for swing in swings {
        let unit = ranks.iter().find(|row| row["unit"] == swing["unit"]).unwrap();
        let number = |cell: &str| cell.parse::<f64>().unwrap();
        let (least, greatest) = (number(&swing["least"]), number(&swing["greatest"]));
        // The run's own alternative is one of those of every input.
        assert!(least <= greatest, "{swing:?}");
        if let Ok(score) = unit["score"].parse::<f64>() {
            assert!(least <= score + 1e-9 && score <= greatest + 1e-9, "{swing:?}: {score}");
        }
    }
}

#[test]
fn the_tables_agree_with_each_other() {
    let ledger = rows("ledger.csv");
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    assert!(ledger.len() > 400 && ledger.len() <= 450, "{}", ledger.len());
    let shares = rows("sensitivity_shares.csv");
    let certified = rows("certified_ranks.csv");
    let bounds = rows("bounds.csv");
    for row in rows("sensitivity_ranks.csv").iter().filter(|row| !row["rank"].is_empty()) {
        let own = |other: &&BTreeMap<String, String>| other["unit"] == row["unit"];
        let draws: f64 = shares.iter().filter(own).map(|share| number(share, "draws")).sum();
        assert_eq!(draws, number(row, "ranked"), "{row:?}");
        assert!(number(row, "low") <= number(row, "median") && number(row, "median") <= number(row, "high"));
        let certified = certified.iter().find(own).unwrap();
        assert!(number(certified, "best") <= number(row, "rank") && number(row, "rank") <= number(certified, "worst"));
        assert!(number(certified, "best_proven") <= number(certified, "best"));
        assert!(number(certified, "worst") <= number(certified, "worst_proven"));
        let bounds = bounds.iter().find(own).unwrap();
        assert!(
            number(bounds, "low") - 1e-9 <= number(row, "score")
                && number(row, "score") <= number(bounds, "high") + 1e-9
        );
        assert!(number(bounds, "best") <= number(row, "rank") && number(row, "rank") <= number(bounds, "worst"));
    }
}

/// The scores and ranks that draws are held against are those of a run.
#[test]
fn the_run_is_the_run() {
    let folder = sample();
    let path = folder.path().to_str().unwrap();
    let elsewhere = folder.path().join("out/elsewhere/run");
    let ran = sanjeh(&["run", path, "--out", elsewhere.to_str().unwrap(), "--quiet", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let composites = table(&elsewhere.join("composites.csv"));
    let mut compared = 0;
    for row in rows("sensitivity_ranks.csv") {
        let own = composites.iter().find(|other| {
            other["edition"] == "arwu/2025" && other["group"] == "overall" && other["unit"] == row["unit"]
        });
        let own = own.unwrap();
        assert_eq!((own["score"].is_empty(), &own["rank"]), (row["score"].is_empty(), &row["rank"]));
        if !row["score"].is_empty() {
            assert_eq!(own["score"].parse::<f64>().unwrap(), row["score"].parse::<f64>().unwrap(), "{row:?}");
            compared += 1;
        }
    }
    assert!(compared > 5);
}

#[test]
fn threads_change_no_byte() {
    let run = |threads: &str| {
        let name = format!("threads-{threads}");
        let ran = analysed_into(&name, &["--threads", threads, "--quiet", "--scores"]);
        assert_eq!(ran.0, 0, "{}", ran.2);
        (ran.1, contents(&sample().path().join("out/elsewhere").join(name)))
    };
    let one = run("1");
    assert!(one.1.contains_key("sensitivity_scores.csv"));
    for threads in ["2", "8"] {
        assert!(run(threads) == one, "{threads} threads");
    }
}

#[test]
fn a_draw_is_replayed_as_recorded() {
    let folder = Folder::new();
    let copy = copied(sample().path(), folder);
    // Draws and seed of the recorded analysis need not be typed again.
    let path = copy.path().to_str().unwrap().to_owned();
    let first = analysed(&copy, &["--seed", "5"]);
    assert_eq!(first.0, 0, "{}", first.2);
    for draw in ["0", "300"] {
        let ran = sanjeh(&["sensitivity", &path, "--edition", "arwu/2025", "--replay", draw]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with(&format!("Draw {draw} of ")) && ran.out.contains("As recorded in"), "{}", ran.out);
    }
    let other = sanjeh(&["sensitivity", &path, "--edition", "arwu/2025", "--replay", "57", "--seed", "6"]);
    assert_eq!(other.code, 1);
    assert!(other.err.contains("not-as-recorded") && other.err.contains("ledger.csv › row 59"), "{}", other.err);
    let beyond = sanjeh(&["sensitivity", &path, "--edition", "arwu/2025", "--replay", "450"]);
    assert!(beyond.code == 2 && beyond.err.contains("no-draw"), "{}", beyond.err);
    // The tables of an analysis alone do not keep a run from the folder of results.
    let ran = sanjeh(&["run", &path, "--quiet", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// The inputs of an assessment, without results, in another folder.
fn copied(from: &Path, mut to: Folder) -> Folder {
    for (name, bytes) in contents(from) {
        if !name.starts_with("out/") {
            to = to.with(&name, &bytes);
        }
    }
    to
}

#[test]
fn the_summary_reads_as_it_did() {
    let (_, found, _) = analysed_into("summary", &["--weights", "all", "--quiet"]);
    assert_eq!(found, include_str!("summary.txt"));
}

#[test]
fn json_says_the_same() {
    let (_, found, _) = analysed_into("json", &["--json", "--quiet", "--unit-type", "school"]);
    let json: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(json["edition"], "arwu/2025");
    let types = json["types"].as_array().unwrap();
    assert_eq!((types.len(), &types[0]["unit_type"]), (1, &serde_json::json!("school")));
    assert_eq!(types[0]["rank_change"].as_array().unwrap().len(), json["inputs"].as_array().unwrap().len());
    assert!(types[0]["units"].as_array().unwrap().iter().any(|unit| unit["certified"]["best"]["proven"].is_u64()));
}

#[test]
fn what_cannot_be_is_refused_with_a_hint() {
    let folder = sample();
    let path = folder.path().to_str().unwrap();
    let of = |arguments: &[&str]| {
        let mut all = vec!["sensitivity", path];
        all.extend(arguments);
        let ran = sanjeh(&all);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        ran.err
    };
    let unknown = of(&["--edition", "arwu/2042"]);
    assert!(unknown.contains("unknown-edition") && unknown.contains("arwu/2025"), "{unknown}");
    let unit_type = of(&["--edition", "arwu/2025", "--unit-type", "ward"]);
    assert!(unit_type.contains("unknown-unit-type") && unit_type.contains("school"), "{unit_type}");
    assert!(of(&["--edition", "arwu/2025", "--draws", "3"]).contains("too-few-draws"));
    assert!(of(&["--edition", "arwu/2025", "--weights", "many"]).contains("percentage"));
    assert!(of(&["--edition", "arwu/2025", "--weights=-5"]).contains("percentage"));
    let help = sanjeh(&["sensitivity", "--help"]);
    assert!(help.code == 0 && help.out.contains("Examples") && help.out.contains("--replay"), "{}", help.out);
}

#[test]
fn faults_of_the_settings_are_placed() {
    let faulty = |line: &str| {
        let toml = format!(
            "year = 2025\neditions = [\"arwu/2025\"]\n[institution]\nname.en = \"T\"\nname.fa = \"ت\"\ncountry = \"Iran\"\n[sensitivity]\n{line}\n"
        );
        let folder = Folder::new()
            .with("assessment.toml", toml)
            .with("units.csv", "id,name_en,name_fa,type,parents\nu,U,د,university,\n");
        folder.sanjeh(&["check", "--color", "never"])
    };
    for (line, expected) in [
        ("group_noise = 1.5", "group_noise does not lie between 0 and 1"),
        ("draws = 2000000", "1000000 is used"),
        ("measurement_samples = 5000", "1000 is used"),
        ("inputs = []", "nothing is uncertain"),
    ] {
        let ran = faulty(line);
        assert!(ran.err.contains(expected) && ran.err.contains("assessment.toml:8:1"), "{line}: {}", ran.err);
    }
    let unknown = faulty("inputs = [\"weigths\"]");
    assert!(unknown.code == 2 && unknown.err.contains("did you mean `weights`"), "{}", unknown.err);
}
