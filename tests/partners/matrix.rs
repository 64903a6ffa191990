//! The collaboration matrix: on a real department against a count straight from its export, and on five papers by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Folder, shared, table};

const REAL: &str = r#"
year = 2020
publications = [2010, 2019]
editions = ["the/wur/2026"]
languages = ["en"]
[institution]
name.en = "McMaster University"
name.fa = "دانشگاه مک‌مستر"
country = "Canada"
city = "Hamilton"
[attribution]
by = ["affiliation"]
"#;

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

/// The works with the member of staff who is linked to each as their one author: the export itself names no author, and
/// addresses without an author credit nobody.
fn with_authors(works: &std::path::Path) -> Vec<u8> {
    let beside = |name: &str| table(&works.with_file_name(name));
    let names: BTreeMap<String, String> =
        beside("staff.csv").into_iter().map(|row| (row["faculty_id"].clone(), row["name"].clone())).collect();
    let mut linked: BTreeMap<String, String> = BTreeMap::new();
    for row in beside("staff_openalex_links.csv") {
        linked.entry(row["openalex_id"].clone()).or_insert_with(|| names[&row["faculty_id"]].clone());
    }
    let mut reader = csv::Reader::from_path(works).unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut header = reader.headers().unwrap().clone();
    header.push_field("author");
    writer.write_record(&header).unwrap();
    for row in reader.records() {
        let mut row = row.unwrap();
        let author = linked.get(&row[0]).map_or("Nobody", String::as_str).to_owned();
        row.push_field(&author);
        writer.write_record(&row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// The OpenAlex works of a department, counted by country by the program and by the test.
#[test]
fn countries_of_a_real_department_agree_with_a_count_from_the_export() {
    let Some(works) = shared("biblio/mcmaster_hei/openalex_works.csv") else { return };
    let folder = Folder::new()
        .with("assessment.toml", REAL)
        .with("units.csv", "id,name_en,name_fa,type,parents\nmcmaster,McMaster University,,university,\n")
        .with("publications/works.csv", with_authors(&works));
    let out = folder.path().join("found");
    let ran = folder.sanjeh(&["partners", "--color", "never", "--format", "csv", "--out", &out.to_string_lossy()]);
    assert!(ran.code < 2, "{}", ran.err);

    // Which rows of the export are one work the program says; everything else is counted from the export itself.
    let rows = table(&works);
    let publications = table(&out.join("publications.csv"));
    let credited: BTreeSet<String> = table(&out.join("credits.csv"))
        .into_iter()
        .filter(|row| row["unit"] == "mcmaster")
        .map(|row| row["publication"].clone())
        .collect();
    let (mut expected, mut of_ours): (BTreeMap<String, u64>, u64) = (BTreeMap::new(), 0);
    for publication in &publications {
        let own: Vec<&Row> = publication["sources"]
            .split("; ")
            .map(|source| &rows[source.rsplit(':').next().unwrap().parse::<usize>().unwrap() - 2])
            .collect();
        let ours = own.iter().any(|row| row["institutions"].split("; ").any(|name| name == "McMaster University"));
        assert_eq!(ours, credited.contains(&publication["publication"]), "{own:?}");
        let year: i32 = publication["year"].parse().unwrap();
        if !ours || !(2010..=2019).contains(&year) {
            continue;
        }
        of_ours += 1;
        let codes: BTreeSet<&str> =
            own.iter().flat_map(|row| row["countries"].split("; ")).filter(|code| !code.is_empty()).collect();
        for code in codes {
            *expected.entry(code.to_owned()).or_default() += 1;
        }
    }
    let home = expected.remove("CA");
    let ties = table(&out.join("partners.csv"));
    let countries: Vec<&Row> = ties.iter().filter(|row| row["kind"] == "country").collect();
    let found: BTreeMap<String, u64> = countries
        .iter()
        .filter(|row| row["whereabouts"] == "abroad")
        .map(|row| (row["partner"].clone(), number(row, "papers") as u64))
        .collect();
    let differ: Vec<String> = expected
        .keys()
        .chain(found.keys())
        .filter(|code| expected.get(*code) != found.get(*code))
        .map(|code| format!("{code}: {:?} counted, {:?} found", expected.get(code), found.get(code)))
        .collect();
    println!("mcmaster: {of_ours} works, {} countries, {home:?} with the home country; {differ:?}", expected.len());
    assert!(of_ours > 800 && expected.len() > 50, "{of_ours} works, {} countries", expected.len());
    assert!(differ.is_empty(), "{differ:?}");

    // The home country has a row of its own and is not abroad; every work of ours has a country: ours.
    assert!(!found.contains_key("CA"));
    let own: Vec<&&Row> = countries.iter().filter(|row| row["whereabouts"] == "home").collect();
    assert_eq!((own.len(), own[0]["partner"].as_str()), (1, "CA"));
    assert!(countries.iter().all(|row| row["whereabouts"] != "unknown"));
    let network = &table(&out.join("networks.csv"))[0];
    assert_eq!((number(network, "papers") as u64, number(network, "countries") as usize), (of_ours, found.len()));
}

pub const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    u,Test University of Medical Sciences,,university,\n\
    med,School of Medicine,,school,u\n\
    eng,School of Engineering,,school,u\n";
pub const HEADER: &str = "Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,ISSN,Affiliations,Authors with affiliations,Correspondence Address,Document Type,EID\n";
pub const MED: &str = "School of Medicine, Test University of Medical Sciences, Testan, Iran";
pub const ENG: &str = "School of Engineering, Test University of Medical Sciences, Testan, Iran";
pub const TORONTO: &str = "University of Toronto, Toronto, Canada";
pub const OSLO: &str = "University of Oslo, Oslo, Norway";
pub const SHIRAZ: &str = "Shiraz University, Shiraz, Iran";
pub const FIRM: &str = "CinnaGen Co. Ltd, Tehran, Iran";

/// A line of a Scopus export: number, year, citations, and the address of each author; the last author corresponds.
pub fn line(number: u32, year: i32, citations: u32, addresses: &[&str]) -> String {
    let author = |at: usize| format!("Author{number}x{at} A.");
    let list = |of: &dyn Fn(usize) -> String| (0..addresses.len()).map(of).collect::<Vec<_>>().join("; ");
    let last = addresses.len() - 1;
    format!(
        "\"{}\",\"{}\",{},Study number {number} of things,{year},J,{citations},10.1/{number},11111111,\"{}\",\"{}\",\"{}; {}\",Article,2-s2.0-{number}\n",
        list(&author),
        list(&|at| format!("{} ({})", author(at), 57_000_000_000_u64 + u64::from(number) * 100 + at as u64)),
        list(&|at| (57_000_000_000_u64 + u64::from(number) * 100 + at as u64).to_string()),
        list(&|at| addresses[at].to_owned()),
        list(&|at| format!("{}, {}", author(at), addresses[at])),
        author(last),
        addresses[last],
    )
}

/// Runs `partners` on papers and further files, and reads its tables.
pub fn run(papers: &[String], files: &[(&str, &str)]) -> (Folder, crate::support::Ran) {
    let mut folder = Folder::assessment(&["the/wur/2026"])
        .with("units.csv", UNITS)
        .with("publications/scopus.csv", format!("{HEADER}{}", papers.concat()));
    for (path, content) in files {
        folder = folder.with(path, content);
    }
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let ran = folder.sanjeh(&["partners", "--color", "never", "--format", "csv", "--out", &out]);
    assert!(ran.code < 2, "{}", ran.err);
    (folder, ran)
}

/// Seven papers of medicine in 2020–2024, one of engineering.
pub fn papers() -> Vec<String> {
    vec![
        line(1, 2020, 1, &[MED, TORONTO]),
        line(2, 2022, 2, &[TORONTO, MED]),
        line(3, 2024, 3, &[MED, TORONTO, OSLO]),
        line(4, 2024, 4, &[MED, TORONTO]),
        line(5, 2021, 5, &[MED, SHIRAZ]),
        line(6, 2022, 6, &[MED, FIRM]),
        line(7, 2023, 7, &[MED]),
        line(8, 2024, 8, &[ENG, OSLO]),
    ]
}

#[test]
fn seven_papers_by_hand() {
    let (folder, _) = run(&papers(), &[]);
    let ties = folder.table("partners.csv");
    let tie = |unit: &str, kind: &str, name: &str| {
        let mut found = ties.iter().filter(|row| row["unit"] == unit && row["kind"] == kind && row["name"] == name);
        let row = found.next().unwrap_or_else(|| panic!("no {kind} {name} of {unit}")).clone();
        assert!(found.next().is_none());
        row
    };
    let toronto = tie("med", "institution", "University of Toronto");
    // Four papers of seven, ten citations of 28; first author on three; corresponding on the second alone.
    let expected = [
        ("papers", 4.0),
        ("share", 4.0 / 7.0),
        ("citations", 10.0),
        ("citation_share", 10.0 / 28.0),
        ("first", 3.0),
        ("first_share", 0.75),
        ("with_corresponding", 4.0),
        ("corresponding", 1.0),
        ("corresponding_share", 0.25),
        ("first_year", 2020.0),
        ("last_year", 2024.0),
        // Papers of 2020–2024: 1, 0, 1, 0, 2. Least squares: (−2·1 + 0·1 + 2·2) / 10.
        ("trend", 0.2),
        // One sustained partner: ln 1 = 0, so that there is no index with it or without.
        ("network", 0.0),
    ];
    for (column, value) in expected {
        assert!((number(&toronto, column) - value).abs() < 1e-12, "{column}: {} is not {value}", toronto[column]);
    }
    assert_eq!((toronto["sustained"].as_str(), toronto["whereabouts"].as_str()), ("true", "abroad"));
    assert_eq!(tie("med", "institution", "University of Oslo")["sustained"], "false");
    assert_eq!(tie("med", "institution", "Shiraz University")["whereabouts"], "home");
    assert_eq!(tie("med", "company", "cinnagen co ltd")["papers"], "1");
    assert_eq!(
        (tie("med", "country", "Canada")["partner"].as_str(), tie("u", "country", "Norway")["papers"].as_str()),
        ("CA", "2")
    );
    // At home: with another organisation of the country, the university and the company.
    assert_eq!(tie("med", "country", "Iran")["papers"], "2");
    assert!(!ties.iter().any(|row| row["unit"] == "eng" && row["name"] == "Canada"));
    let networks = folder.table("networks.csv");
    let med = networks.iter().find(|row| row["unit"] == "med").unwrap();
    assert_eq!((med["papers"].as_str(), med["international"].as_str(), med["sustained"].as_str()), ("7", "4", "1"));
}

/// Three partners of Canada and one of Norway are sustained: L / ln P = 2 / ln 4.
#[test]
fn what_a_partner_brings_to_the_network() {
    let queens = "Queens University, Kingston, Canada";
    let calgary = "University of Calgary, Calgary, Canada";
    let papers: Vec<String> =
        (1..=3).map(|number| line(number, 2020 + number as i32, 1, &[MED, TORONTO, queens, calgary, OSLO])).collect();
    let (folder, _) = run(&papers, &[]);
    let ties = folder.table("partners.csv");
    let network = |kind: &str, name: &str| {
        let row = ties.iter().find(|row| row["unit"] == "med" && row["kind"] == kind && row["name"] == name);
        number(row.unwrap_or_else(|| panic!("no {kind} {name}: {ties:?}")), "network")
    };
    let index = |countries: f64, partners: f64| countries / libm::log(partners);
    let whole = index(2.0, 4.0);
    let cases = [
        (network("institution", "University of Toronto"), whole - index(2.0, 3.0)),
        (network("institution", "University of Oslo"), whole - index(1.0, 3.0)),
        (network("country", "Norway"), whole - index(1.0, 3.0)),
        // Norway alone: one partner has no index.
        (network("country", "Canada"), whole),
    ];
    for (found, expected) in cases {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}

#[test]
fn papers_without_a_country_are_a_row_of_their_own() {
    // Credited by the author's id alone: no affiliation is printed.
    let bare = "\"Ahmadi M.\",\"Ahmadi M. (57000000011)\",57000000011,A bare record,2023,J,1,10.1/9,11111111,,,,Article,2-s2.0-9\n";
    let staff = "staff_id,name,unit,category,fte,scopus_id\n1,Ahmadi M.,med,academic,1,57000000011\n";
    let (folder, _) = run(&[line(1, 2022, 1, &[MED, TORONTO]), bare.to_owned()], &[("staff/staff.csv", staff)]);
    let ties = folder.table("partners.csv");
    let unknown: Vec<&Row> =
        ties.iter().filter(|row| row["unit"] == "med" && row["whereabouts"] == "unknown").collect();
    assert_eq!(unknown.len(), 1, "{ties:?}");
    assert_eq!((unknown[0]["papers"].as_str(), unknown[0]["partner"].as_str()), ("1", ""));
    let med = folder.table("networks.csv").into_iter().find(|row| row["unit"] == "med").unwrap();
    assert_eq!(
        (med["papers"].as_str(), med["with_country"].as_str(), med["international_share"].as_str()),
        ("2", "1", "1.0")
    );
}
