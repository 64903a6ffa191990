//! Tests: `sanjeh verify` – the built-in cases pass, a wrong catalogue does not.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Folder, contents, sanjeh};

#[test]
fn the_built_in_cases_pass() {
    let ran = sanjeh(&["verify", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["failed"], 0);
    let verdicts = found["verdicts"].as_array().unwrap();
    assert!(verdicts.len() > 300, "{}", verdicts.len());
    let value = |name: &str| {
        let verdict = verdicts.iter().find(|verdict| verdict["case"].as_str().unwrap().contains(name));
        verdict.unwrap_or_else(|| panic!("no case {name}"))["found"].as_f64().unwrap()
    };
    assert!((value("Oxford") - 98.21).abs() < 0.005);
    assert!((value("81 countries") - 11.67).abs() < 0.005);
    assert_eq!(value("the/wur/2011: weights"), 100.0);
    assert_eq!(
        (value("leiden/2025: no weights"), value("impact/2024/overall: weights within best_three")),
        (0.0, 78.0)
    );
    let sourced = verdicts.iter().all(|verdict| !verdict["source"].as_str().unwrap().is_empty());
    assert!(sourced, "every case names its source");
    let page = sanjeh(&["verify"]);
    assert!(page.out.contains("pass") && !page.out.contains("FAIL"), "{}", page.out);
}

#[test]
fn a_wrong_weight_fails() {
    // Only what is needed: the measures and one edition, with a weight that breaks its group.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators");
    let edition = fs::read_to_string(root.join("the/wur/2026.toml")).unwrap();
    let wrong = edition.replacen("weight    = 15.0", "weight    = 14.0", 1);
    assert_ne!(edition, wrong);
    let folder = Folder::new()
        .with("measures.toml", fs::read(root.join("measures.toml")).unwrap())
        .with("the/wur/2026.toml", wrong);
    assert_eq!(contents(folder.path()).len(), 2);
    let path = folder.path().to_string_lossy().into_owned();
    let ran = sanjeh(&["verify", "--indicators", &path]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("FAIL") && ran.out.contains("faults of catalogue files"), "{}", ran.out);
    // The file is left out, so Oxford cannot be rebuilt.
    assert!(ran.err.contains("weights-do-not-sum") && ran.err.contains("total of Oxford"), "{}", ran.err);
}
