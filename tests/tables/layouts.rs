//! Layouts as data, and the assessment file.

use std::collections::BTreeSet;

use sanjeh::diagnostic::Place;
use sanjeh::load::layout::{self, BUILT_IN};

use super::{ASSESSMENT, Folder, UNITS, faults, only};

#[test]
fn every_layout_on_disk_is_built_in_and_reads() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/layouts");
    let on_disk: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the layouts of the project")
        .map(|file| file.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = BUILT_IN.iter().map(|(file, _)| (*file).to_owned()).collect();
    assert_eq!(on_disk, listed);
    for (file, text) in BUILT_IN {
        let layout = layout::Layout::parse(file, text, false).unwrap_or_else(|finding| panic!("{finding:?}"));
        assert_eq!(format!("{}.toml", layout.id), *file);
    }
    assert_eq!(layout::built_in().len(), BUILT_IN.len());
}

#[test]
fn an_own_layout_comes_first_and_its_faults_are_located() {
    let own = "id = \"masters\"\ntable = \"degrees\"\n[constants]\nlevel = \"master\"\nyear = \"1402\"\n\
               [fields.unit]\nheaders = [\"Kostenstelle\"]\nrequired = true\n[fields.count]\nheaders = [\"Abschlüsse\"]\nrequired = true\n\
               [values.level]\nmaster = \"master\"\n";
    let loaded = Folder::new()
        .with("layouts/masters.toml", own)
        .with("layouts/broken.toml", "id = \"x\"\ntable = \"degrees\"\n[fields.cuont]\nrequired = true\n")
        .with("students/own.csv", "Kostenstelle;Abschlüsse\nMED;12\n")
        .load();
    let degrees = &loaded.value.degrees;
    assert_eq!((degrees.len(), degrees[0].count, degrees[0].year), (1, 12.0, 2023));
    let broken = only(&loaded.findings, "bad-layout");
    assert!(broken.hints[0].contains("\"count\""), "{broken:?}");
    assert!(matches!(&broken.place, Place::Text { file, line: 3, .. } if file == "layouts/broken.toml"), "{broken:?}");
}

#[test]
fn a_renamed_header_is_named_with_the_field_that_misses_it() {
    let loaded = Folder::new().with("students/s.csv", "unit,Jahr,level,headcount\nMED,1402,PhD,10\n").load();
    let finding = only(&loaded.findings, "unknown-sheet");
    assert_eq!(finding.place.to_string(), "students/s.csv › row 1");
    assert!(finding.message.contains("looks like `students`"), "{finding:?}");
    assert!(finding.message.contains("no column for `year`"), "{finding:?}");
    assert!(finding.message.contains("\"Jahr\""), "{finding:?}");
    assert!(loaded.value.students.is_empty());
}

#[test]
fn a_sheet_of_another_kind_is_named() {
    let loaded = Folder::new().with("notes/menu.csv", "dish,price\nsoup,3\n").load();
    assert_eq!(faults(&loaded.findings), ["unknown-sheet"]);
}

#[test]
fn a_folder_without_tables_or_units_cannot_be_run() {
    let error = Folder::bare().with("assessment.toml", ASSESSMENT).try_load().expect_err("no tables");
    assert_eq!(error.0.code, "empty-folder");
    assert!(error.0.hints[0].contains("sanjeh new"));
    let staff = "id,name,school,rank\n1,A,MED,Professor\n";
    let folder = Folder::bare().with("assessment.toml", ASSESSMENT).with("staff.csv", staff);
    assert_eq!(folder.try_load().expect_err("no units").0.code, "no-units");
    let renamed = UNITS.replacen("type", "what is it", 1);
    let error = Folder::bare().with("assessment.toml", ASSESSMENT).with("units.csv", renamed).try_load();
    let error = error.expect_err("no type");
    assert_eq!(error.0.code, "no-units");
    assert!(error.0.hints.iter().any(|hint| hint.contains("`type`")), "{error:?}");
}

#[test]
fn output_hidden_and_lock_files_are_not_read() {
    let folder = Folder::new()
        .with("out/scores.csv", "x,y\n1,2\n")
        .with(".hidden.csv", "x,y\n1,2\n")
        .with("staff/~$staff.csv", "x,y\n1,2\n")
        .with("README.txt", "read me")
        .with("editions/own.toml", "id = 1")
        .with("strategies/catalogue.csv", "x,y\n1,2\n")
        .with("plan.pdf", "%PDF");
    let loaded = folder.load();
    assert_eq!(loaded.value.sources.len(), 1);
    assert_eq!(loaded.value.sources[0].file, "units.csv");
    assert_eq!(loaded.value.sources[0].rows, 7);
    assert_eq!(loaded.value.sources[0].digest.len(), 64);
    assert_eq!(loaded.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["file-not-read"]);
}

#[test]
fn an_assessment_names_line_and_near_key() {
    let (assessment, digest, findings) = Folder::new().assessment().expect("an assessment");
    assert_eq!((assessment.year, digest.len(), findings.len()), (2025, 64, 0));
    assert_eq!(Folder::bare().assessment().expect_err("none").0.code, "no-assessment");

    let misspelt = format!("{ASSESSMENT}[policy]\nminimun_units = 4\n");
    let error = Folder::bare().with("assessment.toml", misspelt).assessment().expect_err("an unknown key");
    assert_eq!(error.0.code, "bad-assessment");
    assert!(matches!(error.0.place, Place::Text { line: 7, .. }), "{error:?}");
    assert!(error.0.hints[0].contains("minimum_units"), "{error:?}");

    let wrong_type = ASSESSMENT.replace("2025", "\"soon\"");
    let error = Folder::bare().with("assessment.toml", wrong_type).assessment().expect_err("a wrong type");
    assert!(matches!(error.0.place, Place::Text { line: 1, column: 8, .. }), "{error:?}");
}

#[test]
fn an_assessment_is_checked_value_by_value() {
    let odd = ASSESSMENT.replace("2025", "1404").replace("Iran", "");
    let odd = odd.replacen('\n', "\nlanguages = [\"en\", \"xx\"]\npublications = [2024, 2020]\n", 1);
    let odd = format!("{odd}[attribution]\ngrace_years = -1\n");
    let (_, _, findings) = Folder::bare().with("assessment.toml", odd).assessment().expect("an assessment");
    let lines: Vec<u32> = findings
        .iter()
        .filter_map(|finding| match finding.place {
            Place::Text { line, .. } => Some(line),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [1, 6, 2, 3, 9], "{findings:#?}");
    assert!(findings[0].hints[0].contains("2025"));
}
