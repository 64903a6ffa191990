//! A real university: 1,688 Scopus records and a staff workbook with schools, from `../shared/data/biblio/utb`.
//!
//! Only `assessment.toml`, `units.csv` and the layout of the staff workbook are written here. Expected numbers: the
//! data notes of that folder, counted there in pandas.

use std::collections::BTreeMap;

use crate::support::{Folder, shared};

const ASSESSMENT: &str = r#"
year = 2026
publications = [2003, 2025]
editions = ["the/wur/2026"]
languages = ["en"]
[institution]
name.en = "Universidad Tecnológica de Bolívar"
name.fa = "دانشگاه فناوری بولیوار"
country = "Colombia"
city = "Cartagena"
[attribution]
by = ["roster"]
"#;

const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    utb,Universidad Tecnológica de Bolívar,,university,\n\
    engineering,\"ESCUELA DE INGENIERÍA, ARQUITECTURA Y DISEÑO\",,school,utb\n\
    digital,ESCUELA DE TRANSFORMACIÓN DIGITAL,,school,utb\n\
    basic,CIENCIAS BÁSICAS,,school,utb\n\
    business,\"ESCUELA DE NEGOCIOS, LEYES Y SOCIEDAD\",,school,utb\n\
    languages,CENTRO DE IDIOMAS,,school,utb\n";

const LAYOUT: &str = r#"
id = "utb_staff"
table = "staff"
[fields.name]
required = true
headers = ["DOCENTE"]
[fields.unit]
required = true
headers = ["ESCUELA"]
[fields.latin_name]
headers = ["NAME SCOPUS"]
[fields.scopus_ids]
required = true
headers = ["ID SCOPUS"]
"#;

fn folder() -> Option<Folder> {
    let scopus = shared("biblio/utb/scopus_utb_1688.csv")?;
    let staff = shared("biblio/utb/utb_staff_schools.xlsx")?;
    let folder = Folder::new()
        .with("assessment.toml", ASSESSMENT)
        .with("units.csv", UNITS)
        .with("layouts/utb_staff.toml", LAYOUT)
        .with("publications/scopus.csv", std::fs::read(scopus).unwrap())
        .with("staff/staff.xlsx", std::fs::read(staff).unwrap());
    Some(folder)
}

#[test]
fn publications_and_citations_of_each_school() {
    let Some(folder) = folder() else { return };
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let measures: BTreeMap<(String, String), f64> = folder
        .table("measures.csv")
        .iter()
        .filter(|row| row["window"] == "2003-2025" && !row["value"].is_empty())
        .map(|row| ((row["unit"].clone(), row["measure"].clone()), row["value"].parse().unwrap()))
        .collect();
    let measure = |unit: &str, measure: &str| measures[&(unit.to_owned(), measure.to_owned())];
    let expected = [
        ("engineering", 495.0, 155.91, 5073.0),
        ("digital", 270.0, 104.42, 1715.0),
        ("basic", 179.0, 57.83, 916.0),
        ("business", 108.0, 49.72, 372.0),
        ("languages", 1.0, 0.50, 0.0),
    ];
    for (school, publications, fractional, citations) in expected {
        assert_eq!(measure(school, "publications"), publications, "{school}");
        assert!((measure(school, "publications_fractional") - fractional).abs() < 0.005, "{school}");
        assert_eq!(measure(school, "citations"), citations, "{school}");
    }
    assert_eq!(measure("utb", "publications"), 927.0);

    let publications = folder.table("publications.csv");
    let mut citations: Vec<i64> = publications.iter().map(|row| row["citations"].parse().unwrap()).collect();
    assert_eq!(publications.len(), 1688);
    assert_eq!(citations.iter().sum::<i64>(), 15_969);
    citations.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(
        citations.iter().enumerate().take_while(|(index, count)| **count > *index as i64).count(),
        52,
        "h-index over all"
    );

    let mut schools: BTreeMap<String, usize> = BTreeMap::new();
    for row in folder.table("credits.csv").iter().filter(|row| row["unit"] != "outside" && row["full"] == "1") {
        *schools.entry(row["publication"].clone()).or_default() += 1;
    }
    assert_eq!(schools.len(), 927, "publications with a listed author");
    assert_eq!(schools.values().filter(|count| **count > 1).count(), 121, "in more than one school");
}
