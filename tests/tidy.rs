//! The shape of the house: who imports whom, how long a file may be, what every file says first.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sanjeh::render::phrases;

/// Module → what it may import besides itself and `diagnostic` (ARCHITECTURE.md).
const MAY_USE: [(&str, &[&str]); 16] = [
    ("diagnostic", &[]),
    ("model", &[]),
    ("catalogue", &["model"]),
    ("load", &["model"]),
    ("accreditation", &["model"]),
    ("attribute", &["model"]),
    ("measure", &["model"]),
    ("score", &["model"]),
    // They work changed copies out again, as a run does.
    ("whatif", &["model", "attribute", "measure", "score"]),
    ("explain", &["model", "attribute", "measure", "score", "whatif"]),
    ("partners", &["model"]),
    ("report", &["model"]),
    ("render", &["model"]),
    ("write", &["model"]),
    ("sample", &["model"]),
    (
        "cli",
        &[
            "model",
            "catalogue",
            "load",
            "accreditation",
            "attribute",
            "measure",
            "score",
            "explain",
            "whatif",
            "partners",
            "report",
            "render",
            "write",
            "sample",
        ],
    ),
];

const LONGEST_FILE: usize = 420;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(source()).unwrap();
    relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn siblings_never_import_siblings() {
    let mut faults = Vec::new();
    for path in rust_files(&source()) {
        let module = module_of(&path);
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            assert!(["lib", "main"].contains(&module.as_str()), "{module} is not in the table of modules");
            continue;
        };
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let used: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !used.is_empty() && used != module && used != "diagnostic" && !allowed.contains(&used.as_str()) {
                    faults.push(format!("{}:{}: {module} uses {used}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_command_line_prints() {
    let mut faults = Vec::new();
    for path in rust_files(&source()) {
        // The helper process answers its parent on standard output: that is its protocol, not a print.
        if ["cli", "main"].contains(&module_of(&path).as_str()) || path.ends_with("load/guard.rs") {
            continue;
        }
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            if ["println!", "eprintln!", "print!(", "eprint!(", "dbg!"].iter().any(|name| line.contains(name)) {
                faults.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    let mut faults = Vec::new();
    for path in rust_files(&source()) {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            faults.push(format!("{} does not start with //!", path.display()));
        }
        if text.lines().count() > LONGEST_FILE {
            faults.push(format!("{} has {} lines", path.display(), text.lines().count()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Kebab-case words of the stages that are no codes of findings: reasons, types of publications, names of documents.
const NO_CODES: [&str; 13] = [
    "data-quality",
    "duplicate-record",
    "e-mail",
    "fact-sheet",
    "final-opinion",
    "group-author",
    "nameless-author",
    "no-unit",
    "outside-employment",
    "override-exclude",
    "proceedings-article",
    "sanjeh-demo",
    "university-not-named",
];

/// Readers of a report see a finding under a title in their language, so that every code needs one.
#[test]
fn every_code_of_a_finding_has_a_title() {
    let is_code = |word: &str| {
        let parts: Vec<&str> = word.split('-').collect();
        let plain =
            |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        parts.len() > 1 && parts.iter().all(plain) && word.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let of = |folder: PathBuf| -> BTreeSet<String> {
        let words = |path: PathBuf| -> Vec<String> {
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap();
            text.split('"').filter(|word| is_code(word)).map(str::to_owned).collect()
        };
        rust_files(&folder).into_iter().flat_map(words).collect()
    };
    let stages = ["load", "attribute", "measure", "score", "accreditation", "partners", "catalogue", "whatif", "cli"];
    let mut codes: BTreeSet<String> = stages.iter().flat_map(|stage| of(source().join(stage))).collect();
    codes.retain(|code| !NO_CODES.contains(&code.as_str()));
    let everywhere = of(source());
    for words in phrases::all() {
        let titles: BTreeSet<String> =
            words.phrases().keys().filter_map(|key| key.strip_prefix("finding.")).map(str::to_owned).collect();
        let untitled: Vec<&String> = codes.difference(&titles).collect();
        assert!(untitled.is_empty(), "no title in {}: {untitled:?}", words.language);
        let unused: Vec<&String> = titles.difference(&everywhere).filter(|title| title.contains('-')).collect();
        assert!(unused.is_empty(), "titles of no finding: {unused:?}");
    }
}
