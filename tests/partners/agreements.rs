//! What agreements come to, and who a partner is.

use std::collections::BTreeMap;

use super::matrix::{ENG, MED, line, papers, run};
use crate::support::Folder;

/// The day of the data is the end of 2024: the end of the window.
const AGREEMENTS: &str = "id,partner,country,type,units,signed,expires\n\
    1,University of Toronto,Canada,research,med,2021-01-01,2027-01-01\n\
    2,University of Toronto,کانادا,students,eng,2021-01-01,2025-06-30\n\
    3,University of Bologna,Italy,general,med,2020-01-01,\n\
    4,University of Oslo,Norway,general,u,2015-01-01,2020-01-01\n\
    5,University of Padua,Italy,general,u,2015-01-01,2020-01-01\n\
    6,University of Vienna,Austria,general,u,2025-05-01,2030-01-01\n\
    7,Some Foundation,Italy,general,u,2022-01-01,2030-01-01\n\
    8,CinnaGen Co. Ltd,Iran,research,med,2020-01-01,2025-02-01\n\
    9,University of Siena,Italy,general,med,2020-01-01,2025-02-01\n";

fn states(folder: &Folder) -> BTreeMap<String, [String; 4]> {
    let rows = folder.table("agreements_status.csv").into_iter().filter(|row| !row["agreement"].is_empty());
    rows.map(|row| {
        let told = ["state", "step", "ends_soon", "papers"].map(|column| row[column].clone());
        (row["agreement"].clone(), told)
    })
    .collect()
}

#[test]
fn each_state_has_its_agreement() {
    let (folder, ran) = run(&papers(), &[("agreements/a.csv", AGREEMENTS)]);
    let found = states(&folder);
    let expected = [
        ("1", ["active", "keep", "false", "4"]),
        // Engineering has no paper with Toronto, medicine has.
        ("2", ["active_elsewhere", "renew", "true", "4"]),
        ("3", ["dormant", "revive_or_close", "false", "0"]),
        ("4", ["ended_active", "renew", "false", "2"]),
        ("5", ["ended", "close", "false", "0"]),
        ("6", ["not_begun", "keep", "false", "0"]),
        ("7", ["not_identified", "identify", "false", "0"]),
        ("8", ["active", "renew", "true", "1"]),
        ("9", ["dormant", "close", "true", "0"]),
    ];
    for (agreement, told) in expected {
        assert_eq!(found[agreement], told.map(str::to_owned), "agreement {agreement}");
    }
    assert_eq!(found.len(), expected.len());
    let rows = folder.table("agreements_status.csv");
    let company: Vec<&str> =
        rows.iter().filter(|row| row["company"] == "true").map(|row| row["agreement"].as_str()).collect();
    assert_eq!(company, ["8"]);
    assert_eq!(rows[0]["months_left"], "24");
    assert!(ran.out.contains("9 agreements"), "{}", ran.out);
}

#[test]
fn a_sustained_partner_without_agreement_is_to_be_signed() {
    let more = line(9, 2023, 1, &[ENG, "University of Oslo, Oslo, Norway"]);
    let papers: Vec<String> = papers().into_iter().chain([more]).collect();
    let (folder, _) =
        run(&papers, &[("agreements/a.csv", "id,partner,country,signed\n1,University of Bologna,Italy,2020-01-01\n")]);
    let rows = folder.table("agreements_status.csv");
    let missing: Vec<[&str; 4]> = rows
        .iter()
        .filter(|row| row["state"] == "without_agreement")
        .map(|row| ["partner", "papers", "units", "step"].map(|column| row[column].as_str()))
        .collect();
    // Oslo has three papers: two of engineering, one of medicine. Shiraz and the company have one.
    let expected = [["University of Toronto", "4", "med", "sign"], ["University of Oslo", "3", "eng", "sign"]];
    assert_eq!(missing, expected);
}

#[test]
fn spellings_of_the_sheet_of_partners_are_one_partner() {
    // Two spellings of one university on papers; the agreement names a third by its ROR id.
    let papers = [
        line(1, 2022, 1, &[MED, "University of Milan, Milan, Italy"]),
        line(2, 2023, 1, &[MED, "Milan State University, Milan, Italy"]),
        line(3, 2024, 1, &[MED, "University of Milan, Milan, Italy"]),
    ];
    let partners = "ror,name,country,aliases\nhttps://ror.org/00wjc7c48,University of Milan,Italy,Milan State University | La Statale\n";
    let agreements = "id,partner,ror,country,signed\n1,La Statale,00wjc7c48,Italy,2020-01-01\n";
    let files = [("partners/p.csv", partners), ("agreements/a.csv", agreements)];
    let (folder, ran) = run(&papers, &files);
    let ties = folder.table("partners.csv");
    let milan: Vec<_> = ties.iter().filter(|row| row["unit"] == "med" && row["kind"] == "institution").collect();
    assert_eq!(milan.len(), 1, "{} {milan:?}", ran.err);
    assert_eq!(
        (milan[0]["partner"].as_str(), milan[0]["papers"].as_str(), milan[0]["sustained"].as_str()),
        ("00wjc7c48", "3", "true")
    );
    assert_eq!(states(&folder)["1"][0], "active");
    // Without the sheet they are two, and the agreement's partner is nobody that papers have.
    let (folder, _) = run(&papers, &[files[1]]);
    let ties = folder.table("partners.csv");
    assert_eq!(ties.iter().filter(|row| row["unit"] == "med" && row["kind"] == "institution").count(), 2);
    assert_eq!(states(&folder)["1"][0], "not_identified");
}

#[test]
fn visits_with_the_papers_that_followed() {
    let visits = "id,visitor,direction,institution,country,host unit,start,end\n\
        1,A,inbound,University of Toronto,Canada,med,2022-02-01,2022-06-01\n\
        2,B,outbound,University of Toronto,Canada,eng,2022-02-01,2022-02-20\n\
        3,C,inbound,Some Foundation,Italy,med,2023-02-01,\n";
    let (folder, _) = run(&papers(), &[("mobility/v.csv", visits)]);
    let rows = folder.table("visits.csv");
    let told: Vec<[&str; 5]> = rows
        .iter()
        .map(|row| ["direction", "papers", "counts_for_qs", "until", "complete"].map(|column| row[column].as_str()))
        .collect();
    // Toronto and medicine: one paper in 2022, two in 2024. Of the third nothing can be counted, and its time is not over.
    let expected =
        [["in", "3", "true", "2024", "true"], ["out", "0", "false", "2024", "true"], ["in", "", "", "2025", "false"]];
    assert_eq!(told, expected);
}
