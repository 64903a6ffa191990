//! Whom to approach and whom to be introduced to, and on whom citations depend, by hand.

use std::collections::BTreeMap;

use super::matrix::{ENG, MED, OSLO, TORONTO, line, run};

const JOURNALS: &str = "Title;Issn;SJR;SJR Best Quartile;Categories;Areas\n\
    A;11111111;1,2;Q1;\"Surgery (Q1); Oncology (Q3)\";Medicine\n\
    B;22222222;0,4;Q2;Mechanics (Q2);Engineering\n";
const STAFF: &str = "staff_id,name,unit,category,fte,scopus_id,end date\n\
    7,Engineer E.,eng,academic,1,57888888888,\n\
    8,Surgeon S.,med,academic,1,57777777777,2026-06-01\n";
/// As the other tests have it, with papers compared although there are few.
const ASSESSMENT: &str = "year = 2025\neditions = [\"the/wur/2026\"]\nlanguages = [\"en\"]\n[institution]\n\
    name.en = \"Test University of Medical Sciences\"\nname.fa = \"دانشگاه آزمون\"\ncountry = \"Iran\"\ncity = \"Testan\"\n\
    [normalisation]\nsmallest_cell = 1\n";
const QUEENS: &str = "Queens University, Kingston, Canada";

/// Id of the author at a place of the byline, as `line` gives it.
fn id(number: u32, at: u32) -> String {
    (57_000_000_000_u64 + u64::from(number) * 100 + u64::from(at)).to_string()
}

/// Three papers of medicine with Toronto; of engineering two with Oslo, one of these with Toronto too, and one with
/// Queens in another subject. The engineer is one person, and so is the author in Oslo, who is on a third paper.
fn papers() -> Vec<String> {
    let surgeon = |number: u32, line: String| line.replace(&id(number, 0), "57777777777");
    let engineer =
        |number: u32, line: String| line.replace(&id(number, 0), "57888888888").replace(&id(number, 1), "57999999999");
    vec![
        surgeon(1, line(1, 2022, 10, &[MED, TORONTO])),
        surgeon(2, line(2, 2022, 20, &[MED, TORONTO])),
        line(3, 2023, 10, &[MED, TORONTO]),
        engineer(4, line(4, 2023, 6, &[ENG, OSLO, TORONTO])),
        engineer(5, line(5, 2024, 4, &[ENG, OSLO])),
        line(6, 2024, 9, &[ENG, QUEENS]).replace("11111111", "22222222"),
        engineer(7, line(7, 2024, 3, &[ENG, "Oslo Hospital, Oslo, Norway"])),
    ]
}

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

#[test]
fn a_candidate_has_its_reasons() {
    let files = [("assessment.toml", ASSESSMENT), ("reference/journals.csv", JOURNALS), ("staff/staff.csv", STAFF)];
    let (folder, _) = run(&papers(), &files);
    let rows = folder.table("candidates.csv");
    let of_med: Vec<&Row> = rows.iter().filter(|row| row["unit"] == "med").collect();
    // Toronto is a sustained partner already, Queens has no subject in common.
    assert_eq!(of_med.iter().map(|row| row["name"].as_str()).collect::<Vec<_>>(), ["University of Oslo"]);
    let oslo = of_med[0];
    // Toronto alone has no index; Toronto and Oslo have two countries over ln 2.
    let gain = 2.0 / libm::log(2.0);
    let impact = number(oslo, "impact");
    let expected = [
        ("overlap", 1.0),
        ("gain", gain),
        ("ties", 1.0),
        ("papers", 0.0),
        ("papers_of_university", 2.0),
        ("score", impact / (1.0 + impact) * (1.0 + gain) * (1.0 + libm::log(2.0))),
    ];
    for (column, value) in expected {
        assert!((number(oslo, column) - value).abs() < 1e-12, "{column}: {} is not {value}", oslo[column]);
    }
    let told =
        ["new_country", "through_partner", "through_units", "subjects", "reason"].map(|column| oslo[column].as_str());
    assert_eq!(told, ["true", "University of Toronto", "eng", "Oncology;Surgery", "new_country"]);
    // Of engineering, Toronto and Queens are candidates with a paper or two.
    let of_eng: Vec<&str> = rows.iter().filter(|row| row["unit"] == "eng").map(|row| row["name"].as_str()).collect();
    assert!(of_eng.contains(&"University of Toronto") && of_eng.contains(&"University of Oslo"), "{of_eng:?}");
}

#[test]
fn an_introduction_says_through_whom() {
    let (folder, _) = run(&papers(), &[("reference/journals.csv", JOURNALS), ("staff/staff.csv", STAFF)]);
    let rows = folder.table("introductions.csv");
    let told: Vec<[&str; 6]> = rows
        .iter()
        .map(|row| {
            ["unit", "author", "papers", "citations", "through_staff", "through_units"]
                .map(|column| row[column].as_str())
        })
        .collect();
    // Three papers and 13 citations with the engineer; engineering itself knows the author.
    assert_eq!(told, [["med", "57999999999", "3", "13", "7", "eng"]]);
}

#[test]
fn citations_that_rest_on_one_and_on_those_who_leave() {
    let (folder, _) = run(&papers(), &[("reference/journals.csv", JOURNALS), ("staff/staff.csv", STAFF)]);
    let rows = folder.table("dependence.csv");
    let of = |unit: &str, kind: &str| rows.iter().find(|row| row["unit"] == unit && row["kind"] == kind).unwrap();
    // 30 of 40 citations of medicine are on papers of the surgeon, who leaves within three years of the end of 2024.
    for kind in ["author", "leaving"] {
        let row = of("med", kind);
        assert_eq!((row["staff"].as_str(), row["citations"].as_str(), row["of"].as_str()), ("8", "30", "40"));
        assert!((number(row, "share") - 0.75).abs() < 1e-15);
    }
    assert!(!rows.iter().any(|row| row["unit"] == "eng" && row["kind"] == "leaving"));
    let lines = folder.table("swot.csv");
    let rules: Vec<&str> = lines
        .iter()
        .filter(|row| row["unit"] == "med" && row["kind"] == "threat")
        .map(|row| row["rule"].as_str())
        .collect();
    assert!(
        rules.contains(&"one_author") && rules.contains(&"leaving_staff") && rules.contains(&"one_partner"),
        "{rules:?}"
    );
}
