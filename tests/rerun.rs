//! A run with nothing to do: it says so, writes nothing and ends as the first did; anything that has changed runs it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::support::{Folder, Ran, contents, sanjeh};

const SAYS: &str = "Nothing has changed since the last run";

/// An assessment of a university and a school with three papers, and one row that names no unit: an error.
fn folder() -> Folder {
    let papers = "Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,Affiliations,Authors with affiliations,Document Type,EID\n\
        \"Karimi A.\",\"Karimi, Ali (111)\",111,Effects of a thing on another,2023,Journal of Things,4,10.1/a,\"School of Pharmacy, Test University of Medical Sciences, Testan, Iran\",\"Karimi A., School of Pharmacy, Test University of Medical Sciences, Testan, Iran\",Article,2-s2.0-1\n";
    Folder::assessment(&["the/wur/2026"])
        .with("units.csv", "id,name_en,name_fa,type,parents\nuni,Test University of Medical Sciences,دانشگاه آزمون,university,\npharm,School of Pharmacy,دانشکدهٔ داروسازی,school,uni\n")
        .with("staff.csv", "id,name,unit,category,fte\n1,Ali Karimi,pharm,academic,1\n2,Sara Rad,nowhere,academic,1\n")
        .with("publications/scopus.csv", papers)
        .with("notes.docx", "not read")
}

fn times(out: &Path) -> BTreeMap<String, SystemTime> {
    contents(out)
        .into_keys()
        .map(|name| (name.clone(), fs::metadata(out.join(name)).unwrap().modified().unwrap()))
        .collect()
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let path = folder.path().to_string_lossy().into_owned();
    sanjeh(&[&["run", path.as_str(), "--format", "csv,xlsx"], more].concat())
}

#[test]
fn a_run_with_nothing_to_do_says_so_and_writes_nothing() {
    let folder = folder();
    let out = folder.path().join("out");
    let first = run(&folder, &[]);
    assert_eq!(first.code, 1, "{}", first.err);
    assert!(!first.err.contains(SAYS));
    let (before, bytes) = (times(&out), contents(&out));
    let second = run(&folder, &[]);
    assert_eq!(second.code, first.code, "{}", second.err);
    assert!(second.err.contains(SAYS), "{}", second.err);
    assert_eq!(times(&out), before);
    // What the first run had to say of the input is said again, the line about nothing to do apart.
    let said = |ran: &Ran| ran.err.lines().filter(|line| !line.contains(SAYS)).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(said(&second), said(&first));
    // The state names no path of the machine, and the number of threads is none of its business.
    let state = String::from_utf8(bytes["state.json"].clone()).unwrap();
    assert!(!state.contains(folder.path().to_str().unwrap()), "{state}");
    assert!(run(&folder, &["--threads", "1"]).err.contains(SAYS));
    let json = |ran: Ran| serde_json::from_str::<serde_json::Value>(&ran.out).unwrap();
    let (kept, anew) = (json(run(&folder, &["--json"])), json(run(&folder, &["--json", "--again"])));
    assert_eq!(kept, anew);
    assert_eq!(kept["out"], out.to_str().unwrap());
    assert_eq!(contents(&out), bytes);
}

#[test]
fn files_that_are_as_they_were_keep_their_time() {
    let folder = folder();
    let out = folder.path().join("out");
    run(&folder, &[]);
    let before = times(&out);
    let again = run(&folder, &["--again"]);
    assert!(!again.err.contains(SAYS));
    assert_eq!(times(&out), before);
    fs::write(out.join("scores.csv"), "spoilt").unwrap();
    run(&folder, &[]);
    let after = times(&out);
    let changed: Vec<&String> = before.keys().filter(|name| before[*name] != after[*name]).collect();
    assert_eq!(changed, ["scores.csv"]);
    for left in ["out.partial", "out.previous"] {
        assert!(!folder.path().join(left).exists(), "{left}");
    }
}

#[test]
fn whatever_has_changed_runs_anew() {
    let folder = folder();
    let out = folder.path().join("out");
    let path = |name: &str| folder.path().join(name);
    let edit = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(path(name)).unwrap();
        assert!(text.contains(from), "{name}");
        fs::write(path(name), text.replacen(from, to, 1)).unwrap();
    };
    let strategy = "id,name_en,name_fa,unit,levers,cost,currency\n";
    let steps: [(&str, &dyn Fn()); 9] = [
        ("first", &|| {}),
        ("a cell", &|| edit("publications/scopus.csv", ",4,10.1/a", ",5,10.1/a")),
        ("the assessment", &|| edit("assessment.toml", "year = 2025", "year = 2025 # unchanged")),
        ("a file more", &|| fs::write(path("aliases.csv"), "alias,unit\nPharmacy School,pharm\n").unwrap()),
        ("a file of another kind", &|| fs::rename(path("notes.docx"), path("notes2.docx")).unwrap()),
        ("an edition", &|| {
            fs::create_dir_all(path("editions")).unwrap();
            fs::write(path("editions/own.toml"), "id = \"own\"\n").unwrap();
        }),
        ("a strategy", &|| {
            fs::create_dir_all(path("strategies")).unwrap();
            fs::write(path("strategies/catalogue.csv"), strategy).unwrap();
        }),
        ("a spoilt output", &|| fs::write(out.join("measures.csv"), "x").unwrap()),
        ("a lost output", &|| fs::remove_file(out.join("workbook.xlsx")).unwrap()),
    ];
    for (what, change) in steps {
        change();
        assert!(!run(&folder, &[]).err.contains(SAYS), "{what}");
        assert!(run(&folder, &[]).err.contains(SAYS), "after {what}");
    }
    for more in
        [&["--lang", "fa"][..], &["--only", "evidence"], &["--units", "pharm"], &["--last", out.to_str().unwrap()]]
    {
        assert!(!run(&folder, more).err.contains(SAYS), "{more:?}");
    }
}

#[test]
fn results_of_a_run_that_was_stopped_between_two_names_come_back() {
    let folder = folder();
    let (out, previous) = (folder.path().join("out"), folder.path().join("out.previous"));
    run(&folder, &[]);
    let before = times(&out);
    fs::rename(&out, &previous).unwrap();
    // `run` reads whatever else lies in the folder; what it left itself is no input.
    assert!(!run(&folder, &[]).err.contains(SAYS));
    assert!(!previous.exists());
    let after = times(&out);
    assert_eq!(before["scores.csv"], after["scores.csv"]);
}
