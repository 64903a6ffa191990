//! Which packs of a run are made: `--units`, `--only`, `--format`.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use clap::ValueEnum;
use sanjeh::cli::choice::Part;
use tempfile::TempDir;

use crate::support::{contents, sanjeh};

/// A small sample, not run.
fn sample() -> &'static Path {
    static SAMPLE: OnceLock<TempDir> = OnceLock::new();
    SAMPLE
        .get_or_init(|| {
            let dir = tempfile::tempdir().unwrap();
            let size = sanjeh::sample::Size { units: 8, staff: 60, ..sanjeh::sample::Size::scaled(150) };
            for file in sanjeh::sample::generate(&size).files {
                let path = dir.path().join(&file.path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, file.bytes).unwrap();
            }
            dir
        })
        .path()
}

/// Files of a run with these arguments.
fn made(arguments: &[&str]) -> BTreeSet<String> {
    let out = tempfile::tempdir().unwrap();
    let (from, to) = (sample().to_string_lossy(), out.path().join("out"));
    let ran = sanjeh(&[&["run", &from, "--out", to.to_str().unwrap(), "--quiet"], arguments].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    contents(&to).into_keys().collect()
}

fn packs(files: &BTreeSet<String>) -> BTreeSet<&str> {
    files.iter().map(String::as_str).filter(|path| path.starts_with("packs/")).collect()
}

#[test]
fn units_and_parts_are_chosen_and_tables_stay_whole() {
    let all = made(&["--format", "csv,pptx,xlsx", "--lang", "fa"]);
    let slugs: BTreeSet<&str> = packs(&all).iter().map(|path| path.split('/').nth(1).unwrap()).collect();
    assert_eq!(slugs.len(), 8);
    for slug in &slugs {
        for part in ["briefing.fa.pptx", "evidence.fa.xlsx"] {
            assert!(all.contains(&format!("packs/{slug}/{part}")), "{slug} {part}");
        }
    }
    let chosen = ["--units", "med,sarv", "--only", "briefing"];
    let some = made(&[&["--formats", "csv,pptx,xlsx", "--lang", "fa"][..], &chosen].concat());
    assert_eq!(packs(&some), ["packs/med/briefing.fa.pptx", "packs/sarv/briefing.fa.pptx"].into());
    let tables = |files: &BTreeSet<String>| -> BTreeSet<String> {
        let other = |path: &&String| !path.starts_with("packs/") && Part::of(path).is_none();
        files.iter().filter(other).cloned().collect()
    };
    assert_eq!(tables(&some), tables(&all));
    let both = made(&["--format", "pptx", "--lang", "fa,en", "--units", "med"]);
    let files: BTreeSet<&str> = both.iter().map(String::as_str).collect();
    assert_eq!(
        files,
        ["manifest.json", "packs/med/briefing.en.pptx", "packs/med/briefing.fa.pptx", "state.json"].into()
    );
}

#[test]
fn a_unit_that_does_not_exist_is_refused() {
    let from = sample().to_string_lossy();
    let ran = sanjeh(&["run", &from, "--units", "med,nowhere"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("unknown-unit") && ran.err.contains("nowhere"), "{}", ran.err);
    assert!(!sample().join("out").exists());
}

#[test]
fn every_file_of_a_pack_belongs_to_a_part() {
    for (path, part) in [
        ("packs/med/card.fa.html", Some(Part::Card)),
        ("packs/med/handbook.en.pdf", Some(Part::Handbook)),
        ("packs/med/evidence.en.xlsx", Some(Part::Evidence)),
        ("packs/med/briefing.en.pptx", Some(Part::Briefing)),
        ("packs/med/charts/fa/trend-med.svg", Some(Part::Charts)),
        ("president.fa.pdf", Some(Part::President)),
        ("strategy.en.html", Some(Part::Strategy)),
        ("international.fa.html", Some(Part::International)),
        ("packs/med/international.fa.pdf", Some(Part::International)),
        ("packs/med/fact-sheet.en.html", Some(Part::FactSheet)),
        ("opportunities.en.pdf", Some(Part::Opportunities)),
        ("submission.fa.xlsx", Some(Part::Submission)),
        ("submission.csv", None),
        ("university.en.html", Some(Part::University)),
        ("data-quality.fa.html", Some(Part::DataQuality)),
        ("packs/med/accreditation.fa.html", Some(Part::Accreditation)),
        ("accreditation.en.pdf", Some(Part::Accreditation)),
        ("final-opinion.fa.pdf", Some(Part::FinalOpinion)),
        ("charts/en/the-wur-2026-school-heatmap.svg", None),
        ("index.html", None),
        ("scores.csv", None),
        ("evidence.csv", None),
        ("packs/med", None),
    ] {
        assert_eq!(Part::of(path), part, "{path}");
    }
    let stems: BTreeSet<&str> = Part::value_variants().iter().map(|part| part.stem()).collect();
    assert_eq!(stems.len(), Part::value_variants().len());
    for part in Part::value_variants() {
        assert_eq!(part.to_possible_value().unwrap().get_name(), part.stem());
    }
}
