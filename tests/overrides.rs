//! Overrides and the review queue: decisions are replayed, expire with their source, and are counted.

use std::fs;

use sanjeh::attribute::attribute;
use sanjeh::diagnostic::Finding;
use sanjeh::load::{self, Limits};
use sanjeh::model::ledger::{Account, Ledger, Share};
use sanjeh::model::publication::Publications;
use sanjeh::model::tables::Tables;

use crate::support::Folder;

const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    u,Test University of Medical Sciences,دانشگاه آزمون,university,\n\
    med,School of Medicine,دانشکده پزشکی,school,u\n\
    heart,Department of Cardiology,گروه قلب,department,med\n\
    dent,School of Dentistry,دانشکده دندان‌پزشکی,school,u\n";
const STAFF: &str = "staff_id,name,unit,rank,fte,scopus_id\n\
    1,Maryam Ahmadi,heart,professor,1,57000000001\n\
    2,Ali Karimi,dent,professor,1,\n\
    3,Ali Karimi,med,professor,1,\n\
    4,Sara Moradi,dent,professor,1,\n";
const HOME: &str = "Test University of Medical Sciences, Testan, Iran";

fn folder() -> Folder {
    let mut export = csv::Writer::from_writer(Vec::new());
    let header = ["Authors", "Author full names", "Author(s) ID", "Title", "Year", "Cited by", "EID"];
    export.write_record(header.iter().chain(&["Affiliations", "Authors with affiliations"])).unwrap();
    let works = [
        ("Ahmadi M.", "Ahmadi, Maryam (57000000001)", "57000000001", "Hearts", "2022", "4", "2-s2.0-1"),
        ("Karimi A.", "Karimi, Ali (57000000009)", "57000000009", "Teeth", "2022", "2", "2-s2.0-2"),
        ("Karimi A.", "Karimi, Ali (57000000009)", "57000000009", "Gums", "2023", "90", "2-s2.0-3"),
        ("Moradi S.", "Moradi, Sara (57000000008)", "57000000008", "Jaws", "2023", "1", "2-s2.0-4"),
    ];
    for (short, full, id, title, year, citations, eid) in works {
        let with = format!("{short}, {HOME}");
        export.write_record([short, full, id, title, year, citations, eid, HOME, &with]).unwrap();
    }
    let export = export.into_inner().unwrap();
    Folder::assessment(&["the/wur/2026"])
        .with("units.csv", UNITS)
        .with("staff/staff.csv", STAFF)
        .with("publications/scopus.csv", export)
}

struct Run {
    tables: Tables,
    publications: Publications,
    ledger: Ledger,
    findings: Vec<Finding>,
}

impl Run {
    fn of(folder: &Folder) -> Run {
        let (assessment, _, mut findings) = load::assessment(folder.path()).unwrap();
        let tables = load::tables(folder.path(), &assessment, &Limits::default(), &|_| {}).unwrap();
        let tables = tables.into_value(&mut findings);
        let (publications, ledger) = attribute(&tables, &assessment).into_value(&mut findings);
        Run { tables, publications, ledger, findings }
    }

    /// `unit by rule` of one publication, in order.
    fn credits(&self, eid: &str) -> Vec<String> {
        let credits = self.ledger.credits.iter();
        let own = credits.filter(|credit| self.publications.items[credit.publication.at()].id == eid);
        own.map(|credit| {
            let unit = match credit.account {
                Account::Unit(unit) => &self.tables.units.get(unit).id,
                Account::Outside => "outside",
            };
            format!("{unit} by {}", credit.rule.as_str())
        })
        .collect()
    }

    /// `code place` of the findings about overrides.
    fn findings(&self) -> Vec<String> {
        let about = self
            .findings
            .iter()
            .filter(|finding| finding.place.file_name().is_some_and(|file| file.starts_with("overrides/")));
        about.map(|finding| format!("{} {}", finding.code, finding.place)).collect()
    }
}

#[test]
fn overrides_homonyms_wait_for_a_decision_and_names_that_are_sure_do_not() {
    let run = Run::of(&folder());
    assert_eq!(run.credits("2-s2.0-1"), ["heart by roster.scopus_id"]);
    assert_eq!(run.credits("2-s2.0-4"), ["dent by roster.name"]);
    // Two persons are called Ali Karimi: neither is used, both are asked about, the much-cited paper first.
    assert_eq!(run.credits("2-s2.0-3"), ["u by affiliation.university"]);
    let queue: Vec<(u32, &str, &str)> = run
        .ledger
        .reviews
        .iter()
        .map(|review| {
            let id = run.publications.items[review.publication.at()].id.as_str();
            (review.priority, id, run.tables.staff[review.staff as usize].id.as_str())
        })
        .collect();
    assert_eq!(queue, [(1, "2-s2.0-3", "2"), (1, "2-s2.0-3", "3"), (2, "2-s2.0-2", "2"), (2, "2-s2.0-2", "3")]);
    // dent holds paper 4 with weight 1 + 1; paper 3 would add 1 + 90.
    assert_eq!(run.ledger.reviews[0].effect, 97.849462);
    assert!(
        run.ledger.reviews.iter().all(|review| review.confidence == 0.5 && review.expect == "affiliation.university u")
    );
}

#[test]
fn overrides_credit_deny_and_expire() {
    let rows = "publication,author_position,unit,staff,action,expect,reason,who,date\n\
        2-s2.0-3,1,,2,credit,affiliation.university,she asked him,N. Rad,2026-11-20\n\
        2-s2.0-2,1,,2,deny,,another Karimi,N. Rad,1405/08/29\n\
        2-s2.0-1,1,heart,,deny,roster.scopus_id,wrong profile,N. Rad,2026-11-20\n\
        2-s2.0-4,1,med,,credit,none,source was repaired since,N. Rad,2026-11-20\n\
        2-s2.0-4,1,dent,,credit,,is credited anyway,N. Rad,2026-11-20\n\
        2-s2.0-99,1,dent,,credit,,,N. Rad,2026-11-20\n\
        2-s2.0-4,7,dent,,credit,,,N. Rad,2026-11-20\n\
        2-s2.0-4,1,nowhere,,credit,,,N. Rad,2026-11-20\n\
        2-s2.0-4,1,dent,77,credit,,,N. Rad,2026-11-20\n\
        2-s2.0-4,1,dent,,credit,,,,2026-11-20\n\
        2-s2.0-4,1,dent,,credit,,,N. Rad,\n\
        2-s2.0-4,1,dent,,praise,,,N. Rad,2026-11-20\n";
    let run = Run::of(&folder().with("overrides/attribution.csv", rows));
    assert_eq!(run.credits("2-s2.0-3"), ["dent by override"]);
    assert_eq!(run.credits("2-s2.0-1"), ["u by affiliation.university"]);
    assert_eq!(run.credits("2-s2.0-4"), ["dent by roster.name"]);
    // One of the two namesakes is refused for paper 2; the other is still asked about.
    let asked: Vec<&str> =
        run.ledger.reviews.iter().map(|review| run.tables.staff[review.staff as usize].id.as_str()).collect();
    assert_eq!(asked, ["3"]);
    let mut found = run.findings();
    found.sort();
    let place = |code: &str, cell: &str| format!("{code} overrides/attribution.csv › {cell}");
    let mut expected = vec![
        place("override-expired", "A5 \"publication\""),
        place("override-expired", "A6 \"publication\""),
        place("unknown-publication", "A7 \"publication\""),
        place("bad-override", "A8 \"publication\""),
        place("unknown-unit", "C9 \"unit\""),
        place("unknown-staff", "D10 \"staff\""),
        place("missing-value", "H11 \"who\""),
        place("missing-value", "I12 \"date\""),
        place("bad-override", "E13 \"action\""),
    ];
    expected.sort();
    assert_eq!(found, expected);
    let mut applied: Vec<(&str, u32)> =
        run.ledger.overrides.iter().map(|applied| (applied.target.as_str(), applied.credits)).collect();
    applied.sort_unstable();
    assert_eq!(applied, [("2-s2.0-1, author 1", 1), ("2-s2.0-2, author 1", 0), ("2-s2.0-3, author 1", 1)]);
    for publication in 0..run.publications.len() as u32 {
        let own = run.ledger.credits.iter().filter(|credit| credit.publication.0 == publication);
        assert_eq!(own.map(|credit| credit.share.0).sum::<u64>(), Share::WHOLE.0);
    }
}

#[test]
fn overrides_leave_publications_out_and_correct_fields() {
    let corrections = r#"
[[correction]]
publication = "2-s2.0-2"
field = "year"
expect = 2022
value = 2021
who = "N. Rad"
date = 2026-11-20

[[correction]]
publication = "2-s2.0-3"
field = "citations"
expect = 3
value = 4
who = "N. Rad"
date = "2026-11-20"

[[correction]]
file = "staff/staff.csv"
row = 2
column = "C"
expect = "heart"
value = "med"
who = "N. Rad"
date = "2026-11-20"
reason = "moved"

[[correction]]
file = "staff/nobody.csv"
row = 2
column = "C"
expect = ""
value = ""
who = "N. Rad"
date = "2026-11-20"
"#;
    let folder = folder()
        .with("overrides/corrections.toml", corrections)
        .with("overrides/exclude.csv", "publication,reason,who,date\n2-s2.0-4,retracted notice,N. Rad,2026-11-20\n");
    let run = Run::of(&folder);
    let ids: Vec<(&str, Option<i32>)> =
        run.publications.items.iter().map(|item| (item.id.as_str(), item.year)).collect();
    assert_eq!(ids, [("2-s2.0-1", Some(2022)), ("2-s2.0-2", Some(2021)), ("2-s2.0-3", Some(2023))]);
    assert_eq!(run.publications.offsets, [0, 1, 2, 3]);
    assert_eq!(run.credits("2-s2.0-1"), ["med by roster.scopus_id"]);
    assert!(run.ledger.excluded.iter().any(|row| row.record == "2-s2.0-4" && row.reason == "override-exclude"));
    assert_eq!(
        run.findings(),
        ["bad-override overrides/corrections.toml:28:1", "override-expired overrides/corrections.toml:10:1"]
    );
    let kinds: Vec<&str> = run.ledger.overrides.iter().map(|applied| applied.kind).collect();
    assert_eq!(kinds, ["correction", "correction", "exclude"]);
}

#[test]
fn overrides_are_told_by_the_manifest_and_the_summary() {
    let row = "publication,author_position,unit,staff,action,expect,reason,who,date\n\
        2-s2.0-3,1,,2,credit,affiliation.university u,,N. Rad,2026-11-20\n";
    let folder = folder().with("overrides/attribution.csv", row);
    let ran = folder.sanjeh(&["run", "--format", "csv", "--color", "never"]);
    assert!(ran.err.contains("Overrides: 1 applied, 0 expired; 1 credits rest on overrides"), "{}", ran.err);
    assert!(ran.err.contains("To decide: 1 authors"), "{}", ran.err);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["overrides_applied"][0]["target"], "2-s2.0-3, author 1");
    assert_eq!(manifest["credits_on_overrides"], 1);
    let inputs = manifest["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["file"] == "overrides/attribution.csv"));
    let queue = folder.table("review.csv");
    assert_eq!(queue.len(), 2);
    assert_eq!(queue[0]["candidate_name"], "Ali Karimi");
    assert_eq!(queue[0]["affiliation"], HOME);
    assert!(queue[0]["reason"].contains("several members of staff fit"));
}
