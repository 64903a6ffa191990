//! A real department: staff of Health Research Methods, Evidence, and Impact at McMaster and 1,965 PubMed records of
//! 2018–2019, from `../shared/data/biblio/mcmaster_hei`.
//!
//! Staff–publication links found from affiliation strings and the roster's names are held against the curated links of
//! that folder (`current_affiliation` true). The department was renamed in 2016–17; the old name, `&` and short forms
//! are aliases of one unit.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, shared, table};

const ASSESSMENT: &str = r#"
year = 2020
publications = [2018, 2019]
editions = ["the/wur/2026"]
languages = ["en"]
[institution]
name.en = "McMaster University"
name.fa = "دانشگاه مک‌مستر"
country = "Canada"
city = "Hamilton"
[attribution]
by = ["roster", "affiliation", "name"]
"#;

const UNITS: &str = "id,name_en,name_fa,type,parents\nmcmaster,McMaster University,,university,\nhei,\"Department of Health Research Methods, Evidence, and Impact\",,department,mcmaster\n";

const ALIASES: &str = "spelling,unit\n\
    \"Department of Health Research Methods, Evidence & Impact\",hei\n\
    \"Health Research Methods, Evidence, and Impact\",hei\n\
    Department of Clinical Epidemiology and Biostatistics,hei\n\
    Department of Clinical Epidemiology & Biostatistics,hei\n\
    Clinical Epidemiology and Biostatistics,hei\n";

const LAYOUT: &str = r#"
id = "mcmaster_staff"
table = "staff"
ignore = ["first_name", "last_name", "middle_names", "other_name", "degree", "university", "faculty", "other_depts", "primary_aff", "membership", "canada_research_chair", "director", "full_time", "adjunct", "wos"]
[fields.id]
required = true
headers = ["faculty_id"]
[fields.latin_name]
required = true
headers = ["name"]
[fields.unit]
required = true
headers = ["department"]
[fields.orcids]
headers = ["orcid"]
[constants]
rank = "Professor"
"#;

#[test]
fn links_of_staff_and_publications() {
    let Some(staff) = shared("biblio/mcmaster_hei/staff.csv") else { return };
    let folder_of_data = staff.parent().unwrap().to_path_buf();
    let records = std::fs::read_to_string(folder_of_data.join("pubmed_2018_2019.jsonl")).unwrap();
    let folder = Folder::new()
        .with("assessment.toml", ASSESSMENT)
        .with("units.csv", UNITS)
        .with(
            "aliases.csv",
            format!("{ALIASES}\"Department of Health Research Methods, Evidence, and Impact (HEI)\",hei\n"),
        )
        .with("layouts/staff.toml", LAYOUT)
        .with("staff/staff.csv", std::fs::read(&staff).unwrap())
        .with("publications/pubmed.jsonl", &records);
    let ran = folder.sanjeh(&["run", "--format", "csv", "--color", "never"]);
    assert!(ran.code < 2, "{}", ran.err);

    let pmid: BTreeMap<String, String> = folder
        .table("publications.csv")
        .into_iter()
        .map(|row| (row["publication"].clone(), row["pmid"].clone()))
        .collect();
    let credits = folder.table("credits.csv");
    let found: BTreeSet<(String, String)> = credits
        .iter()
        .filter(|row| !row["staff"].is_empty())
        .map(|row| (row["staff"].clone(), pmid[&row["publication"]].clone()))
        .collect();
    let truth: BTreeSet<(String, String)> = table(&folder_of_data.join("staff_pubmed_links_2018_2019.csv"))
        .into_iter()
        .filter(|row| row["current_affiliation"] == "TRUE")
        .map(|row| (row["faculty_id"].clone(), row["pmid"].clone()))
        .collect();
    let right = found.intersection(&truth).count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / truth.len() as f64);
    println!(
        "mcmaster: {} links found, {} curated, precision {precision:.4}, recall {recall:.4}",
        found.len(),
        truth.len()
    );
    // Floors, from what was measured. Most of what counts as wrong is right: the curated list lacks papers that print the
    // person's full name beside the department. A fourteenth of the curated links have no McMaster address to go by.
    assert!(precision >= 0.875 && recall >= 0.865, "precision {precision:.4}, recall {recall:.4}");

    // The department before and after its renaming, with `and` or `&`, is one unit.
    let department: BTreeSet<&String> =
        credits.iter().filter(|row| row["unit"] == "hei").map(|row| &pmid[&row["publication"]]).collect();
    let mut old_names = 0;
    for line in records.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let authors = record["authors"].as_array().into_iter().flatten();
        let printed = authors
            .flat_map(|author| author["affiliations"].as_array().into_iter().flatten())
            .filter_map(|a| a.as_str());
        let old = [
            "Department of Clinical Epidemiology and Biostatistics, McMaster University, Hamilton",
            "Department of Clinical Epidemiology & Biostatistics, McMaster University, Hamilton",
        ];
        if printed.into_iter().any(|text| old.iter().any(|name| text.starts_with(name))) {
            old_names += 1;
            assert!(department.contains(&record["pmid"].as_str().unwrap().to_owned()), "{}", record["pmid"]);
        }
    }
    assert!(old_names > 50, "{old_names} records print the old name");
}
