//! Every switch of attribution on one paper worked by hand.
//!
//! Four authors: Ahmadi is staff of Medicine and prints Dentistry; Brown is at Toronto; Cyrus prints a hospital without
//! the university; Davari prints Medicine and Toronto.

use std::collections::BTreeMap;

use sanjeh::model::assessment::{Advising, Assessment, Attribution, Merge, Normalisation, Policy};
use sanjeh::model::sensitivity::Sensitivity;

use crate::support::Folder;

const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    u,Test University of Medical Sciences,,university,\n\
    med,School of Medicine,,school,u\n\
    dent,School of Dentistry,,school,u\n\
    imam,Imam Hospital,,hospital,u\n";
const STAFF: &str =
    "staff_id,name,unit,rank,scopus_id,from,to\n1,Ahmadi M.,med,professor,57000000001,2010-01-01,2021-06-01\n";
const HEADER: &str = "Authors,Author full names,Author(s) ID,Title,Year,Cited by,Affiliations,Authors with affiliations,Correspondence Address,Document Type,EID\n";
const DENT: &str = "School of Dentistry, Test University of Medical Sciences, Testan, Iran";
const MED: &str = "School of Medicine, Test University of Medical Sciences, Testan, Iran";
const IMAM: &str = "Imam Hospital, Testan, Iran";
const TORONTO: &str = "University of Toronto, Toronto, Canada";

/// The paper above; `affiliations` of each author.
fn paper(eid: &str, authors: &[(&str, &str, &[&str])]) -> String {
    let names: Vec<&str> = authors.iter().map(|(name, ..)| *name).collect();
    let full: Vec<String> = authors.iter().map(|(name, id, _)| format!("{name} ({id})")).collect();
    let ids: Vec<&str> = authors.iter().map(|(_, id, _)| *id).collect();
    let all: Vec<&str> = authors.iter().flat_map(|(.., own)| own.iter().copied()).collect();
    let with: Vec<String> = authors.iter().map(|(name, _, own)| format!("{name}, {}", own.join(", "))).collect();
    format!(
        "\"{}\",\"{}\",\"{}\",A study of {eid},2020,3,\"{}\",\"{}\",\"Davari D.; {MED}\",Article,2-s2.0-{eid}\n",
        names.join("; "),
        full.join("; "),
        ids.join("; "),
        all.join("; "),
        with.join("; ")
    )
}

fn four_authors() -> String {
    paper(
        "1",
        &[
            ("Ahmadi M.", "57000000001", &[DENT]),
            ("Brown B.", "57000000002", &[TORONTO]),
            ("Cyrus C.", "57000000003", &[IMAM]),
            ("Davari D.", "57000000004", &[MED, TORONTO]),
        ],
    )
}

/// Fractional credit by unit under the given lines of `[attribution]`.
#[track_caller]
fn credit(attribution: &str, papers: &str, relations: Option<&str>) -> BTreeMap<String, f64> {
    let toml = format!(
        "year = 2025\npublications = [2015, 2024]\neditions = [\"the/wur/2026\"]\nlanguages = [\"en\"]\n[institution]\nname.en = \"Test University of Medical Sciences\"\nname.fa = \"آزمون\"\ncountry = \"Iran\"\ncity = \"Testan\"\n[attribution]\nby = [\"roster\", \"affiliation\"]\n{attribution}\n"
    );
    let mut folder = Folder::new()
        .with("assessment.toml", toml)
        .with("units.csv", UNITS)
        .with("staff/staff.csv", STAFF)
        .with("publications/scopus.csv", format!("{HEADER}{papers}"));
    if let Some(relations) = relations {
        folder = folder.with("relations.csv", relations);
    }
    let ran = folder.sanjeh(&["run", "--format", "csv", "--color", "never"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut credit: BTreeMap<String, f64> = BTreeMap::new();
    for row in folder.table("credits.csv") {
        *credit.entry(row["unit"].clone()).or_default() += row["fractional"].parse::<f64>().unwrap();
    }
    assert!((credit.values().sum::<f64>() - credit.values().sum::<f64>().round()).abs() < 1e-12, "{credit:?}");
    credit
}

#[track_caller]
fn assert_credit(attribution: &str, expected: &[(&str, f64)]) {
    let found = credit(attribution, &four_authors(), None);
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(),
        "{attribution}"
    );
    for (unit, share) in expected {
        assert!((found[*unit] - share).abs() < 1e-12, "{attribution}: {unit} has {} and not {share}", found[*unit]);
    }
}

#[test]
fn fractional_views() {
    // A quarter each: Ahmadi's is split over Medicine and Dentistry, Davari's is Medicine's.
    assert_credit("fractional = \"author\"", &[("dent", 0.125), ("med", 0.375), ("outside", 0.5)]);
    // Half of Davari's quarter is Toronto's.
    assert_credit("fractional = \"author_affiliation\"", &[("dent", 0.125), ("med", 0.25), ("outside", 0.625)]);
    // Three organisations: a third is ours, halved over Ahmadi and Davari.
    assert_credit("fractional = \"organisation\"", &[("dent", 1.0 / 12.0), ("med", 0.25), ("outside", 2.0 / 3.0)]);
    // First author Ahmadi and corresponding author Davari.
    assert_credit("fractional = \"lead\"", &[("dent", 0.25), ("med", 0.75)]);
}

#[test]
fn what_holds_where_methods_disagree() {
    assert_credit("combine = \"roster_first\"", &[("med", 0.5), ("outside", 0.5)]);
    assert_credit("combine = \"affiliation_first\"", &[("dent", 0.25), ("med", 0.25), ("outside", 0.5)]);
}

#[test]
fn today_or_at_the_time() {
    // Ahmadi left in 2021: at the time of the paper Medicine's, today nobody's; the affiliation still says Dentistry.
    assert_credit("units_at = \"today\"", &[("dent", 0.25), ("med", 0.25), ("outside", 0.5)]);
}

#[test]
fn hospitals_by_their_relation() {
    let head = "institution,university,relation,weight\n";
    // Associated: the paper carries the university, so the hospital's quarter counts.
    let found = credit("", &four_authors(), Some(&format!("{head}Imam Hospital,u,associated,\n")));
    assert!((found["imam"] - 0.25).abs() < 1e-12, "{found:?}");
    // Associated with two universities that the paper carries: half of it.
    let two = format!("{head}imam,u,associated,\nimam,University of Toronto,associated,\n");
    assert!((credit("", &four_authors(), Some(&two))["imam"] - 0.125).abs() < 1e-12);
    // A paper of the hospital alone: a component's counts, a joint one's by its weight, an associated one's not.
    let alone = paper("2", &[("Cyrus C.", "57000000003", &[IMAM])]);
    assert!((credit("", &alone, Some(&format!("{head}imam,u,component,\n")))["imam"] - 1.0).abs() < 1e-12);
    assert!((credit("", &alone, Some(&format!("{head}imam,u,joint,0.4\n")))["imam"] - 0.4).abs() < 1e-12);
    assert!(!credit("", &alone, Some(&format!("{head}imam,u,associated,\n"))).contains_key("imam"));
    assert!(!credit("", &alone, None).contains_key("imam"));
}

/// The template of `sanjeh new` names every switch and says its default.
#[test]
fn the_template_documents_every_switch() {
    let template = include_str!("../data/templates/assessment.toml");
    let read: Assessment = toml::from_str(template).unwrap();
    assert_eq!(read.attribution, Attribution::default());
    assert_eq!(read.policy, Policy::default());
    assert_eq!(read.merge, Merge::default());
    assert_eq!(read.normalisation, Normalisation::default());
    assert_eq!(read.sensitivity, Sensitivity::default());
    assert_eq!(read.advice, Advising::default());
    let value = serde_json::to_value(&read).unwrap();
    for part in ["merge", "attribution", "normalisation", "policy", "sensitivity", "advice"] {
        for key in value[part].as_object().unwrap().keys() {
            assert!(template.contains(key), "[{part}] {key} is not in the template");
        }
    }
}
