//! Tests: catalogue – the built-in files are sound, every kind of fault is found at its place, formulas.

mod faults;
mod formulas;
mod levers;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sanjeh::catalogue::{self, Catalogue, EMBEDDED_FILES};
use sanjeh::diagnostic::{Finding, Place, Severity};
use sanjeh::model::edition::{Edition, Fidelity, Normaliser};
use sanjeh::model::measure::{MeasureKind, WindowKind};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn built_in() -> Catalogue {
    let checked = catalogue::load(None, None);
    assert_eq!(checked.findings, Vec::new());
    checked.value
}

fn codes(edition: &Edition) -> Vec<&str> {
    edition.indicators.iter().map(|indicator| indicator.code.as_str()).collect()
}

#[test]
fn built_in_editions_are_those_documented() {
    let catalogue = built_in();
    let ids: Vec<&str> = catalogue.editions.iter().map(|edition| edition.id.as_str()).collect();
    let mut of_files: Vec<&str> = EMBEDDED_FILES
        .iter()
        .map(|(path, _)| path.trim_end_matches(".toml"))
        .filter(|path| *path != "measures" && !path.starts_with("benchmarks/") && !path.starts_with("rules/"))
        .collect();
    of_files.sort_unstable();
    assert_eq!(ids, of_files, "every file is an edition, and no other is");
    for (series, years) in [("the/wur", 2011..=2026), ("qs/wur", 2005..=2027), ("arwu", 2005..=2025)] {
        for year in years {
            assert!(catalogue.find(&format!("{series}/{year}")).is_some(), "{series}/{year}");
        }
    }
    let subjects = ids.iter().filter(|id| id.starts_with("qs/subject/2026/")).count();
    assert_eq!(subjects, 55 + 5, "subjects and areas");
    let rankings: BTreeSet<&str> = ids.iter().filter_map(|id| id.split('/').next()).collect();
    assert_eq!(
        Vec::from_iter(rankings).join(" "),
        "arwu cwur gras greenmetric isc leiden ntu qs rur scimago the umultirank urap usnews"
    );
    assert_eq!(
        codes(catalogue.find("the/wur/2026").unwrap()).join(" "),
        "teaching_reputation staff_to_students doctorates_to_bachelors doctorates_per_staff \
         institutional_income_per_staff research_reputation research_income_per_staff publications_per_staff \
         citation_impact research_strength research_excellence research_influence international_students \
         international_staff international_coauthorship study_abroad industry_income_per_staff patents"
    );
    assert_eq!(
        codes(catalogue.find("qs/wur/2026").unwrap()).join(" "),
        "academic_reputation citations_per_faculty employer_reputation employment_outcomes faculty_student_ratio \
         international_faculty international_students international_research_network \
         international_student_diversity sustainability"
    );
    assert_eq!(
        codes(catalogue.find("arwu/2025").unwrap()).join(" "),
        "alumni award highly_cited nature_science publications per_capita"
    );
    let measures = EMBEDDED_FILES.iter().find(|(path, _)| *path == "measures.toml").unwrap().1;
    assert_eq!(catalogue.measures.len(), measures.matches("[[measure]]").count());
    assert_eq!(catalogue.nearest("the/wur/2o26"), Some("the/wur/2026"));
}

#[test]
fn built_in_weights_are_the_published_ones() {
    let catalogue = built_in();
    let published = [
        (
            "the/wur/2026",
            vec![15.0, 4.5, 2.0, 5.5, 2.5, 18.0, 5.5, 5.5, 15.0, 5.0, 5.0, 5.0, 2.5, 2.5, 2.5, 0.0, 2.0, 2.0],
        ),
        ("qs/wur/2026", vec![30.0, 20.0, 15.0, 5.0, 10.0, 5.0, 5.0, 5.0, 0.0, 5.0]),
        ("arwu/2025", vec![10.0, 20.0, 20.0, 20.0, 20.0, 10.0]),
    ];
    for (id, weights) in published {
        let edition = catalogue.find(id).unwrap();
        let found: Vec<f64> = edition.indicators.iter().map(|indicator| indicator.weight).collect();
        assert_eq!(found, weights, "{id}");
        assert!((found.iter().sum::<f64>() - 100.0).abs() < 1e-9, "{id}");
    }
}

#[test]
fn built_in_editions_say_where_they_come_from() {
    for edition in built_in().editions {
        let text = fs::read_to_string(project(&format!("indicators/{}.toml", edition.id))).unwrap();
        let windows = text.lines().find(|line| line.starts_with("windows")).unwrap();
        assert!(windows.contains("reference = "), "{}: the windows name no reference", edition.id);
        for indicator in &edition.indicators {
            assert!(!indicator.reference.is_empty(), "{}: {} names no reference", edition.id, indicator.code);
            let supplied = indicator.fidelity == Fidelity::Supplied;
            let given = indicator.normalise == Normaliser::Given;
            assert_eq!(supplied, given, "{}: {}", edition.id, indicator.code);
        }
        let cited: BTreeSet<&String> = edition.indicators.iter().flat_map(|indicator| &indicator.reference).collect();
        for reference in &edition.references {
            let id = &reference.id;
            let elsewhere = text.matches(&format!("\"{id}\"")).count() > 1;
            assert!(cited.contains(id) || elsewhere, "{}: nothing cites {id}", edition.id);
        }
        assert!(edition.notes.len() >= 3, "{}", edition.id);
        assert_eq!(edition.digest.len(), 64);
    }
}

#[test]
fn reputation_is_only_scored_for_the_university() {
    for edition in built_in().editions {
        for indicator in edition.indicators.iter().filter(|indicator| indicator.code.ends_with("reputation")) {
            assert_eq!(indicator.scorable, ["university"], "{}: {}", edition.id, indicator.code);
        }
    }
}

#[test]
fn supplied_measures_are_the_ones_no_office_can_compute() {
    let catalogue = built_in();
    let supplied: BTreeSet<&str> = catalogue
        .measures
        .iter()
        .filter(|measure| measure.kind == MeasureKind::Supplied)
        .map(|measure| measure.code.as_str())
        .collect();
    for code in [
        "academic_reputation",
        "employer_reputation",
        "employment_outcomes",
        "international_student_diversity",
        "outbound_exchange_students",
        "research_influence",
        "research_reputation",
        "sustainability",
        "teaching_reputation",
    ] {
        assert!(supplied.contains(code), "{code}");
    }
    let named = |code: &str| {
        let mut indicators = catalogue.editions.iter().flat_map(|edition| &edition.indicators);
        indicators.any(|indicator| indicator.value.measures().contains(&code))
    };
    for measure in catalogue.measures.iter().filter(|measure| measure.kind == MeasureKind::Supplied) {
        // What the office states as one number is of one year, and is asked for only where a ranking uses it.
        assert_eq!(measure.window, WindowKind::Institutional, "{}", measure.code);
        assert!(named(&measure.code), "{}: no edition names it", measure.code);
    }
    for edition in &catalogue.editions {
        for indicator in edition.indicators.iter().filter(|indicator| indicator.fidelity == Fidelity::Supplied) {
            let measures = indicator.value.measures();
            let known = measures.iter().all(|code| supplied.contains(code));
            assert!(known, "{}: {} can be computed from {measures:?}", edition.id, indicator.code);
        }
    }
    let last_year: Vec<&str> = catalogue
        .measures
        .iter()
        .filter(|measure| measure.window == WindowKind::LastPublicationYear)
        .map(|measure| measure.code.as_str())
        .collect();
    assert_eq!(last_year, ["publications_last_year"]);
    for measure in &catalogue.measures {
        let persian = |text: &str| text.chars().any(|sign| ('\u{0600}'..='\u{06ff}').contains(&sign));
        assert!(persian(measure.name.get("fa")) && persian(measure.definition.get("fa")), "{}", measure.code);
    }
}

#[test]
fn benchmarks_hold_only_what_is_published() {
    let catalogue = built_in();
    let files: Vec<&(&str, &str)> = EMBEDDED_FILES.iter().filter(|(path, _)| path.starts_with("benchmarks/")).collect();
    assert_eq!(catalogue.benchmarks.len(), files.len());
    for (benchmark, (path, text)) in catalogue.benchmarks.iter().zip(files) {
        assert_eq!(format!("benchmarks/{}.toml", benchmark.edition), *path);
        assert_eq!(benchmark.entries.len(), text.matches("[[entry]]").count(), "{path}");
        for entry in &benchmark.entries {
            assert!(text.contains(&format!("\"{}\"", entry.reference)), "{path}: {}", entry.indicator);
            let known = [entry.min.is_some(), entry.max.is_some(), entry.mean_sd.is_some()];
            assert!(known.contains(&true), "{path}: {} says nothing", entry.indicator);
        }
    }
    let entry = |id: &str, indicator: &str| {
        let benchmark = catalogue.benchmark(id).unwrap();
        let entry = benchmark.entries.iter().find(|entry| entry.indicator == indicator).unwrap();
        (entry.mean_sd, entry.max)
    };
    assert_eq!(entry("arwu/2025", "highly_cited"), (None, Some(231.0)));
    assert_eq!(entry("qs/wur/2026", "international_research_network"), (Some((40.3, 17.4)), None));
    assert_eq!(entry("the/wur/2026", "staff_to_students"), (Some((0.067, 0.0273)), None));
    assert_eq!(entry("the/wur/2026", "international_students"), (Some((0.106, 0.113)), None));
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    fn walk(folder: &Path, below: &str, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else if path.ends_with(".toml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&project("indicators"), "", &mut found);
    found.sort();
    let listed: Vec<String> = EMBEDDED_FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn a_folder_of_indicators_reads_like_the_built_in_one() {
    let from_folder = catalogue::load(Some(&project("indicators")), None);
    assert_eq!(from_folder.findings, Vec::new());
    let catalogue = built_in();
    assert_eq!(from_folder.value.editions, catalogue.editions);
    assert_eq!(from_folder.value.benchmarks, catalogue.benchmarks);
    assert_eq!(from_folder.value.measures, catalogue.measures);
}
