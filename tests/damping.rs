//! Tests: damping of changes since last year and the record of treated values, in runs worked by hand.

use std::fs;

use sanjeh::score::statistics::normal_cdf;

use crate::support::{Folder, sanjeh};

const UNITS: &str = "id,name_en,name_fa,type,parents\nuni,Test University of Medical Sciences,,university,\n";
const PEERS: &str = "edition,unit_type,indicator,peer,value\n\
    qs/wur/2026,university,international_students,A,0.1\n\
    qs/wur/2026,university,international_students,B,0.2\n\
    qs/wur/2026,university,international_students,C,0.3\n";

/// A university with a reputation score and a share of international students in percent.
fn university(reputation: u32, share: u32) -> Folder {
    let stated = format!(
        "unit,measure,year,value\nuni,academic_reputation,2023,{reputation}\nuni,students,2023,1000\n\
         uni,international_students,2023,{}\n",
        10 * share
    );
    Folder::assessment(&["qs/wur/2026"])
        .with("units.csv", UNITS)
        .with("supplied.csv", stated)
        .with("benchmarks/peers.csv", PEERS)
}

fn run(folder: &Folder, rest: &[&str]) {
    let ran = folder.sanjeh(&[&["run", "--format", "csv"], rest].concat());
    assert!(ran.code < 2, "{}", ran.err);
}

fn score(folder: &Folder, indicator: &str) -> f64 {
    let rows = folder.table("scores.csv");
    rows.iter().find(|row| row["indicator"] == indicator).unwrap()["score"].parse().unwrap()
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// Score of a share of international students among the peers: mean 0.2, sd 0.1.
fn among_peers(share: f64) -> f64 {
    100.0 * normal_cdf((share - 0.2) / 0.1)
}

/// Last year's and this year's value and what is left of the change, by indicator.
fn damped(folder: &Folder, indicator: &str) -> [f64; 3] {
    let rows = folder.table("damping.csv");
    let row = rows.iter().find(|row| row["indicator"] == indicator).unwrap();
    ["last", "now", "damped"].map(|column| row[column].parse().unwrap())
}

#[test]
fn changes_are_damped_against_the_results_of_last_year() {
    let last = university(40, 10);
    run(&last, &[]);
    near(score(&last, "academic_reputation"), 40.0);
    assert!(last.table("damping.csv").is_empty());

    // Off unless it is asked for.
    let now = university(60, 20);
    run(&now, &[]);
    near(score(&now, "academic_reputation"), 60.0);
    near(score(&now, "international_students"), among_peers(0.2));

    // Reputation: 5 of 20 points and a tenth of the rest. Students: 0.03 of 0.10 and 33 % of the rest.
    let out = last.path().join("out").to_string_lossy().into_owned();
    run(&now, &["--last", &out]);
    near(score(&now, "academic_reputation"), 46.5);
    near(score(&now, "international_students"), among_peers(0.1531));
    for (found, expected) in damped(&now, "academic_reputation").into_iter().zip([40.0, 60.0, 46.5]) {
        near(found, expected);
    }
    for (found, expected) in damped(&now, "international_students").into_iter().zip([0.1, 0.2, 0.1531]) {
        near(found, expected);
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(now.path().join("out/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["last_year_sha256"].as_array().unwrap().len(), 2);

    // Why scores moved is what `diff` says of the two folders.
    let (moved, folder) = (now.path().join("moved"), now.path().join("out"));
    let ran = sanjeh(&["diff", &out, folder.to_str().unwrap(), "--out", moved.to_str().unwrap(), "--quiet"]);
    assert!(ran.code < 2, "{}", ran.err);
    for name in ["moved.csv", "moved_indicators.csv"] {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), fs::read_to_string(moved.join(name)).unwrap());
    }
    assert!(now.table("moved.csv").iter().any(|row| row["group"] == "global_engagement" && !row["change"].is_empty()));
    assert!(now.table("findings.csv").iter().any(|finding| finding["code"] == "moved-undamped"));
    assert!(!last.path().join("out/moved.csv").exists());

    // The year after starts from what damping left, not from what was measured.
    let next = university(60, 20);
    let out = now.path().join("out").to_string_lossy().into_owned();
    run(&next, &["--last", &out]);
    near(damped(&next, "academic_reputation")[0], 46.5);
    near(score(&next, "academic_reputation"), 46.5 + 5.0 + 0.1 * 8.5);
}

#[test]
fn a_sheet_of_last_year_and_what_is_wrong_with_it() {
    let folder = university(60, 20);
    let sheet = |text: &str| {
        let own = folder.path().join("last").join("sheet.csv");
        fs::create_dir_all(own.parent().unwrap()).unwrap();
        fs::write(&own, text).unwrap();
        own.to_string_lossy().into_owned()
    };
    // An earlier edition of the same ranking serves; a row without unit is named.
    let path = sheet(
        "edition,unit,indicator,score\nqs/wur/2025,uni,academic_reputation,40\nqs/wur/2025,,academic_reputation,1\n",
    );
    run(&folder, &["--last", &path]);
    near(score(&folder, "academic_reputation"), 46.5);
    assert!(!folder.path().join("out/moved.csv").exists());
    let findings = folder.table("findings.csv");
    assert!(findings.iter().any(|finding| finding["code"] == "missing-value" && finding["row"] == "3"), "{findings:?}");
    // Another ranking or a later edition is no last year of this one.
    let path = sheet("edition,unit,indicator,score\nqs/wur/2027,uni,academic_reputation,40\nthe/wur/2025,uni,x,1\n");
    run(&folder, &["--last", &path]);
    near(score(&folder, "academic_reputation"), 60.0);
    assert!(folder.table("findings.csv").iter().any(|finding| finding["code"] == "last-year-unused"));
    let path = sheet("a,b\n1,2\n");
    let ran = folder.sanjeh(&["run", "--format", "csv", "--last", &path]);
    assert!(ran.code == 2 && ran.err.contains("error[no-columns]"), "{}", ran.err);
    let ran = folder.sanjeh(&["run", "--last", "no-such-folder"]);
    assert!(ran.code == 2 && ran.err.contains("error[unreadable-file]"), "{}", ran.err);
}

#[test]
fn treated_values_are_on_record() {
    let sound = include_str!("editions/sound.toml");
    let edition = sound.replace("id             = \"sound\"", "id             = \"own\"").replacen(
        "normalise = { with = \"normal_cdf\", tails = [0.05, 0.95] }",
        "normalise = { with = \"normal_cdf\" }\ntreat = { winsorise = 1, skew = 1.0, kurtosis = 1.0, log = false }",
        1,
    );
    assert!(edition.contains("treat"));
    // Staff per student of six universities: one far above the others is drawn in to its neighbour.
    let shares = [100, 110, 120, 130, 140, 900];
    let mut units = String::from("id,name_en,name_fa,type,parents\n");
    let mut stated = String::from("unit,measure,year,value\n");
    for (at, staff) in shares.iter().enumerate() {
        units += &format!("u{at},University {at},,university,\n");
        stated += &format!("u{at},academic_staff,2023,{staff}\nu{at},students,2023,1000\n");
    }
    let folder = Folder::assessment(&["own"])
        .with("editions/own.toml", edition)
        .with("units.csv", units)
        .with("supplied.csv", stated);
    run(&folder, &[]);
    let rows = folder.table("treated.csv");
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = &rows[0];
    assert_eq!(
        [&row["edition"], &row["unit"], &row["indicator"], &row["mark"]],
        ["own", "u5", "staff_to_students", "high"]
    );
    near(row["raw"].parse().unwrap(), 0.9);
    near(row["treated"].parse().unwrap(), 0.14);
}
