//! The shape of the house: who imports whom, how long a file may be, what every file says first.

use std::fs;
use std::path::{Path, PathBuf};

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
