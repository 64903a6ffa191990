//! The program as a user runs it: the sample, the files of a run, the same bytes for any number of threads, and every
//! number of the page in the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::support::{Folder, Ran, contents, sanjeh, table};

/// A small sample, written and run.
fn demo(path: &Path, more: &[&str]) -> Ran {
    let sizes = ["--units", "12", "--staff", "100", "--publications", "500"];
    let ran = sanjeh(&[&["demo", path.to_str().unwrap()], &sizes[..], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

/// The sample, made once for all tests of this file.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    SAMPLE
        .get_or_init(|| {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("sample");
            let ran = demo(&path, &[]);
            assert!(ran.err.contains("invented"), "{}", ran.err);
            dir
        })
        .path()
}

/// Its folder.
pub fn folder() -> std::path::PathBuf {
    sample().join("sample")
}

/// Columns of each table of a run: the contract with scripts.
const TABLES: [(&str, &str); 9] = [
    (
        "scores",
        "edition,unit,unit_type,indicator,status,raw,numerator,denominator,n,score,low,high,weight,contribution,rank,of",
    ),
    ("composites", "edition,unit,unit_type,group,score,low,high,coverage,rank,of"),
    ("placements", "edition,unit,score,low,high,coverage,band,band_low,band_high,benchmark,on_scale"),
    ("measures", "unit,measure,window,value,n,status"),
    ("publications", "publication,doi,eid,title,year,type,citations,authors,sources"),
    ("credits", "publication,unit,author_position,author,staff,rule,confidence,full,fractional"),
    ("excluded", "record,source,reason,detail"),
    ("levers", "unit,lever,amount,edition,target,change,university_change,reason"),
    ("findings", "severity,code,file,sheet,row,column,message,hint"),
];

#[test]
fn demo_writes_every_file_of_a_run() {
    let out = folder().join("out");
    for (name, columns) in TABLES {
        let csv = fs::read_to_string(out.join(format!("{name}.csv"))).unwrap();
        let header = csv.lines().next().unwrap();
        assert!(header.starts_with(columns), "{name}.csv: {header}");
        assert!(csv.lines().count() > 1, "{name}.csv is empty");
        assert!(fs::read(out.join(format!("{name}.parquet"))).unwrap().starts_with(b"PAR1"));
    }
    for name in ["manifest.json", "index.html", "workbook.xlsx"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    let charts = contents(&out);
    for (language, ending) in [("en", "svg"), ("en", "png"), ("fa", "svg"), ("fa", "png")] {
        let cards = charts
            .keys()
            .filter(|name| name.contains(&format!("/charts/{language}/unit-")) && name.ends_with(ending))
            .count();
        assert_eq!(cards, 12, "{language} {ending}");
    }
}

#[test]
fn the_plan_of_a_run_is_that_of_advise() {
    let (folder, plan) = (folder(), tempfile::tempdir().unwrap());
    let out = plan.path().join("plan");
    let arguments = ["--budget", "200000", "--currency", "million rial", "--out", out.to_str().unwrap(), "--quiet"];
    let ran = sanjeh(&[&["advise", folder.to_str().unwrap()][..], &arguments].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["plan.csv", "pareto.csv", "strategies_alone.csv", "robustness.csv"] {
        let [one, other] = [folder.join("out"), out.clone()].map(|folder| fs::read(folder.join(name)).unwrap());
        assert!(one == other && !one.is_empty(), "{name}");
    }
}

/// What keeps a plan from being made is told, and the run goes on.
#[test]
fn a_run_without_a_plan_says_why() {
    let units = "id,name_en,name_fa,type,parents\nuni,Test University of Medical Sciences,,university,\n";
    let catalogue = "id,name_en,name_fa,lever,units,effect_mid,cost,currency,capacity\n\
        intl,Students from abroad,دانشجوی بین‌المللی,international_students,uni,5,10,million rial,2\n";
    let told = |advice: &str, catalogue: Option<&str>| {
        let folder = Folder::assessment(&["qs/wur/2026"]).with("units.csv", units);
        let toml = fs::read_to_string(folder.path().join("assessment.toml")).unwrap() + advice;
        let folder = folder.with("assessment.toml", toml);
        let folder = match catalogue {
            Some(text) => folder.with("strategies/catalogue.csv", text),
            None => folder,
        };
        let ran = folder.sanjeh(&["run", "--quiet", "--format", "csv"]);
        assert!(ran.code < 2 && !folder.path().join("out/plan.csv").exists(), "{}", ran.err);
        let codes = folder.table("findings.csv").into_iter().map(|row| (row["code"].clone(), row["severity"].clone()));
        codes.collect::<BTreeSet<(String, String)>>()
    };
    let has = |found: &BTreeSet<(String, String)>, code: &str, severity: &str| {
        found.contains(&(code.to_owned(), severity.to_owned()))
    };
    let budget = "\n[advice]\nbudget = 100\n";
    assert!(has(&told("", Some(catalogue)), "no-budget", "info"));
    assert!(!has(&told("", None), "no-budget", "info"));
    assert!(has(&told(budget, None), "no-strategies", "warning"));
    // No total is scored: there is nothing to raise.
    assert!(has(&told(budget, Some(catalogue)), "no-total", "warning"));
    assert!(has(&told("\n[advice]\nbudget = -1\n", Some(catalogue)), "bad-assessment-value", "error"));
    let unknown = "\n[advice]\nbudget = 1\neditions = [\"the/wur/1066\"]\n";
    assert!(has(&told(unknown, Some(catalogue)), "unknown-edition", "warning"));
}

#[test]
fn every_output_says_that_the_university_is_invented() {
    let out = folder().join("out");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("Invented university") && page.contains("دانشگاه ساختگی"));
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["institution"]["invented"], true);
    for (name, bytes) in contents(&out) {
        if name.ends_with(".svg") || name.contains("/captions.") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("Invented university") || text.contains("دانشگاه ساختگی"), "{name}");
        }
    }
}

#[test]
fn threads_and_repetition_change_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("sample");
    demo(&path, &["--threads", "1", "--quiet"]);
    let one = contents(&path.join("out"));
    // The sample of all tests had a thread per processor.
    let many = contents(&folder().join("out"));
    assert_eq!(one.keys().collect::<Vec<_>>(), many.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(many[name] == *bytes, "{name} differs");
    }
}

#[test]
fn the_manifest_names_every_output_by_its_digest() {
    let out = folder().join("out");
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let named: BTreeMap<String, String> = manifest["outputs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|output| (output["path"].as_str().unwrap().to_owned(), output["sha256"].as_str().unwrap().to_owned()))
        .collect();
    let files: BTreeMap<String, String> = contents(&out)
        .into_iter()
        .filter(|(name, _)| !["manifest.json", "state.json"].contains(&name.as_str()))
        .map(|(name, bytes)| (name, sanjeh::write::manifest::digest(&bytes)))
        .collect();
    assert_eq!(named, files);
    let text = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(!text.contains(sample().to_str().unwrap()), "an absolute path reached the manifest");
}

/// Invariant 6: scores lie within 0–100, and the contributions of a unit sum to its overall composite.
#[test]
fn contributions_sum_to_the_composite() {
    let out = folder().join("out");
    let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in table(&out.join("scores.csv")) {
        if !row["score"].is_empty() {
            let score: f64 = row["score"].parse().unwrap();
            assert!((0.0..=100.0).contains(&score), "{row:?}");
        }
        if let Ok(contribution) = row["contribution"].parse::<f64>() {
            *sums.entry((row["edition"].clone(), row["unit"].clone())).or_default() += contribution;
        }
    }
    let mut compared = 0;
    for row in table(&out.join("composites.csv")) {
        if row["group"] == "overall" && !row["score"].is_empty() {
            let score: f64 = row["score"].parse().unwrap();
            let sum = sums[&(row["edition"].clone(), row["unit"].clone())];
            assert!((score - sum).abs() < 1e-9, "{row:?}: contributions sum to {sum}");
            compared += 1;
        }
    }
    assert!(compared > 0);
}

/// Invariant 7: every number that the page marks as a value is a number of the tables.
#[test]
fn every_value_of_the_page_is_in_the_tables() {
    let out = folder().join("out");
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let mut known: BTreeSet<u64> = BTreeSet::new();
    for (name, _) in TABLES {
        for row in table(&out.join(format!("{name}.csv"))) {
            known.extend(row.values().filter_map(|value| value.parse::<f64>().ok()).map(f64::to_bits));
        }
    }
    for edition in &sanjeh::catalogue::load(None, None).value.editions {
        known.extend(edition.groups.iter().map(|group| group.weight.to_bits()));
    }
    let medians = medians(&table(&out.join("composites.csv")));
    let mut values = 0;
    for part in page.split("data-value=\"").skip(1) {
        let Some(value) = part.split('"').next().and_then(|text| text.parse::<f64>().ok()) else { continue };
        let counted = value.fract() == 0.0;
        assert!(
            known.contains(&value.to_bits()) || medians.iter().any(|median| (median - value).abs() < 1e-12) || counted,
            "{value}"
        );
        values += usize::from(!counted);
    }
    assert!(values > 500, "only {values} values with decimals on the page");
}

/// Medians of each composite over the units of a type, as the page shows them.
fn medians(rows: &[BTreeMap<String, String>]) -> Vec<f64> {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row["score"].is_empty()) {
        groups
            .entry((&row["edition"], &row["unit_type"], &row["group"]))
            .or_default()
            .push(row["score"].parse().unwrap());
    }
    let median = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
    };
    groups.values_mut().map(median).collect()
}

#[test]
fn new_writes_templates_that_check_cleanly() {
    let folder = Folder::new();
    let path = folder.path().join("mine");
    let path = path.to_str().unwrap();
    let ran = sanjeh(&["new", path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let ran = sanjeh(&["check", path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("unknown-sheet"), "{}", ran.err);
    assert!(Path::new(path).join("out/check/findings.csv").is_file());
    for sheet in ["standards", "ratings", "evidence", "evaluators", "ties", "visits", "regulations", "crosswalk"] {
        assert!(Path::new(path).join(format!("accreditation/{sheet}.xlsx")).is_file(), "{sheet}");
    }
    assert_eq!(sanjeh(&["new", path]).code, 2, "a filled folder is not written over");
}

#[test]
fn editions_are_listed_shown_and_checked() {
    let listed = sanjeh(&["editions", "list"]);
    assert_eq!(listed.code, 0);
    for id in ["the/wur/2026", "qs/wur/2026", "arwu/2025"] {
        assert!(listed.out.contains(id));
    }
    let shown = sanjeh(&["editions", "show", "the/wur/2026"]);
    assert!(shown.out.contains("academic_staff / students") && shown.out.contains("4.5"), "{}", shown.out);
    assert!(sanjeh(&["editions", "show", "the/wur/2026", "--lang", "fa"]).out.contains("آموزش"));
    let checked = sanjeh(&["editions", "check"]);
    assert!(checked.code == 0 && checked.out.contains("0 errors"), "{}", checked.out);
    assert_eq!(sanjeh(&["editions", "show", "the/wur/1066"]).code, 2);
}

#[test]
fn editions_diff_reads_as_a_change_log() {
    let ran = sanjeh(&["editions", "diff", "the/wur/2023", "the/wur/2024"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out, include_str!("cli/the_wur_2023_2024.txt"));
    let persian = sanjeh(&["editions", "diff", "the/wur/2023", "the/wur/2024", "--lang", "fa"]);
    assert!(persian.out.contains("(citation_impact): ۳۰% → ۱۵% (−۱۵)"), "{}", persian.out);
    let json = sanjeh(&["editions", "diff", "the/wur/2023", "the/wur/2024", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["weights"].as_array().unwrap().len(), 10, "{json}");
    let same = sanjeh(&["editions", "diff", "arwu/2025", "arwu/2025"]);
    assert_eq!((same.code, same.out.matches("\n  none").count()), (0, 6), "{}", same.out);
    let unknown = sanjeh(&["editions", "diff", "the/wur/2023", "the/wur/2042"]);
    assert!(unknown.code == 2 && unknown.err.contains("the/wur/2024"), "{}", unknown.err);
}

#[test]
fn help_completions_and_manual() {
    for command in ["demo", "new", "check", "run", "editions"] {
        let ran = sanjeh(&[command, "--help"]);
        assert!(ran.code == 0 && ran.out.contains("Usage"), "{command}");
    }
    assert!(sanjeh(&["run", "--help"]).out.contains("Examples"));
    assert!(sanjeh(&["completions", "bash"]).out.contains("_sanjeh"));
    assert!(sanjeh(&["man"]).out.contains(".TH"));
    assert_eq!(sanjeh(&["run"]).code, 2);
    assert_eq!(sanjeh(&["run", "no-such-folder"]).code, 2);
}

#[test]
fn a_folder_that_is_not_ours_is_never_replaced() {
    let precious = Folder::new().with("thesis.txt", "years of work");
    let ran = sanjeh(&["run", folder().to_str().unwrap(), "--out", precious.path().to_str().unwrap(), "--quiet"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(precious.path().join("thesis.txt").is_file());
    let ran = sanjeh(&["demo", precious.path().to_str().unwrap()]);
    assert_eq!(ran.code, 2, "{}", ran.err);
}
