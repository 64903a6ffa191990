//! The sheets of accreditation: what they come to, worked out by hand, and what is said of bad rows.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Folder, Ran, table};

const UNITS: &str = "id,name_en,name_fa,type,parents\nU,Test University of Medical Sciences,دانشگاه آزمون,university,\n\
MED,School of Medicine,دانشکده پزشکی,school,U\nPHA,School of Pharmacy,دانشکده داروسازی,school,U\n\
DEN,School of Dentistry,دانشکده دندان‌پزشکی,school,U\n";

const STAFF: &str = "staff id,full name,unit,rank,scopus id\n\
۱۱,Sara Alavi,MED,Professor,57000000011\n12,Reza Bahar,PHA,Associate Professor,57000000012\n\
13,Mina Cheraghi,DEN,Professor,57000000013\n14,Ali Davari,PHA,Assistant Professor,57000000014\n";

/// One paper of 2023 of staff 11 and 13.
const PAPERS: &str = "\"Authors\",\"Author full names\",\"Author(s) ID\",\"Title\",\"Year\",\"Source title\",\"Cited by\",\"DOI\",\"Affiliations\",\"Authors with affiliations\",\"Document Type\",\"EID\"\n\
\"Alavi S.; Cheraghi M.\",\"Alavi, Sara (57000000011); Cheraghi, Mina (57000000013)\",\"57000000011; 57000000013\",\"A paper of two\",\"2023\",\"J\",\"1\",\"10.1/x\",\"Test University of Medical Sciences, Testan, Iran\",\"Alavi S., Test University of Medical Sciences, Testan, Iran; Cheraghi M., Test University of Medical Sciences, Testan, Iran\",\"Article\",\"2-s2.0-1\"\n";

const STANDARDS: &str = "version,standard,area,area_en,text_en,text_fa,kind,evidence,valid_from,valid_to\n\
old,A1,آموزش,Teaching,Plan,برنامه,mandatory,plan,1398/01/01,1401/12/29\nold,A2,آموزش,Teaching,Report,گزارش,mandatory,,1398/01/01,1401/12/29\n\
new,A1,آموزش,Teaching,Plan,برنامه,mandatory,plan,1402/01/01,\nnew,A3,آموزش,Teaching,Yearly report,گزارش سالانه,must,report,1402/01/01,\n\
new,B1,پژوهش,Research,Ethics,اخلاق,الزامی,,1402/01/01,\nnew,B2,پژوهش,Research,Sharing,اشتراک,ترجیحی,,1402/01/01,\n";

const CROSSWALK: &str = "from_version,from_code,to_version,to_code\nold,A2,new,A3\n";

const RATINGS: &str = "unit,round,standard,side,level,rater,evidence,finding,recommendation,reply\n\
MED,1399,A1,internal,partial,,,,,\nMED,1399,A2,internal,full,,,,,\nMED,1399,A2,external,partial,13,E1,,Write it,\n\
MED,1403,A1,internal,full,,,,,\nMED,1403,A3,internal,relative,,,,,\nMED,1403,B1,internal,full,,,,,\nMED,1403,B2,internal,not applicable,,,,,\n\
MED,1403,A1,external,کامل,13,E1,,,\nMED,1403,A3,external,عدم انطباق,13,,No report,Write it,Will do\n\
MED,1403,B1,external,full,13,E2,,,\nMED,1403,B1,external,partial,۱۲,E2,,,\nMED,1403,B1,external,relative,14,E2,,,\nMED,1403,B2,external,partial,13,E3,,,\n\
PHA,1403,A1,internal,full,,,,,\n";

const EVIDENCE: &str = "unit,standard,document,owner,due,received,file\n\
MED,A1,Plan,Dean,1403/06/01,1403/06/11,plan.pdf\nMED,A3,Report,Dean,1403/12/20,,\nPHA,A1,Plan,Dean,1404/02/01,,\n";

const EVALUATORS: &str = "evaluator,name,unit,rank,service,areas,certificates,past_panels,most_panels\n\
۱۱,Sara Alavi,MED,استاد,20,آموزش; پژوهش,,0,2\n12,Reza Bahar,PHA,Associate Professor,12,پژوهش,,0,1\n\
13,Mina Cheraghi,DEN,Professor,25,آموزش,,1,1\n14,Ali Davari,PHA,Assistant Professor,3,آموزش,,0,2\n";

const TIES: &str = "evaluator,unit,tie,until\n13,PHA,employment,1395/01/01\n12,DEN,kinship,\n";

const VISITS: &str = "unit,members,areas,leaders,day\nDEN,1,آموزش,13,1404/03/01\nPHA,1,آموزش,12; 14,1404/03/01\n";

const REGULATIONS: &str = "article,title,standards,owner,due,done\n1,Plans,A1; A3,Office,1403/10/01,\n2,Forms,,Office,1403/10/01,1403/09/01\n";

const DECISIONS: &str = r#"name = { en = "Table", fa = "جدول" }
note = { en = "Of the test.", fa = "آزمون." }
source = "test"
combination = "lowest"
coverage = 1.0
scale = { not_met = 0, partial = 1, relative = 2, full = 3, met_from = "relative" }
[[criterion]]
quantity = "total_percent"
from = 0
to = 100
[[decision]]
code = "yes"
name = { en = "Yes", fa = "آری" }
total_percent = { from = 50 }
[[decision]]
code = "no"
name = { en = "No", fa = "نه" }
total_percent = { below = 50 }
"#;

/// The sheets of one assessment, some of them with another content.
fn folder(other: &[(&str, &str)]) -> Folder {
    let mut folder = Folder::assessment(&["the/wur/2026"]);
    let toml = fs::read_to_string(folder.path().join("assessment.toml")).unwrap();
    folder = folder.with("assessment.toml", format!("{toml}\n[calendar]\ndata = \"1403-12-30\"\n"));
    let sheets = [
        ("units.csv", UNITS),
        ("staff.csv", STAFF),
        ("papers.csv", PAPERS),
        ("accreditation/standards.csv", STANDARDS),
        ("accreditation/crosswalk.csv", CROSSWALK),
        ("accreditation/ratings.csv", RATINGS),
        ("accreditation/evidence.csv", EVIDENCE),
        ("accreditation/evaluators.csv", EVALUATORS),
        ("accreditation/ties.csv", TIES),
        ("accreditation/visits.csv", VISITS),
        ("accreditation/regulations.csv", REGULATIONS),
        ("accreditation/decisions.toml", DECISIONS),
    ];
    for (path, text) in sheets {
        let text = other.iter().find(|(name, _)| path.ends_with(name)).map_or(text, |(_, text)| text);
        folder = folder.with(path, text);
    }
    folder
}

type Rows = Vec<BTreeMap<String, String>>;

fn rows(folder: &Folder, name: &str) -> Rows {
    table(&folder.path().join("out/accreditation").join(name))
}

/// Cells of the rows, joined by `|`.
fn cells(rows: &Rows, columns: &[&str]) -> Vec<String> {
    rows.iter().map(|row| columns.iter().map(|column| row[*column].as_str()).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn what_the_sheets_come_to() {
    let folder = folder(&[]);
    let ran = folder.sanjeh(&["accredit"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    // By hand: internal 3 + 2 + 3 of 9; external 3 + 0 + 2 + 1 of 12, the panel's lower median for B1 being "relative".
    let decisions = rows(&folder, "decisions.csv");
    assert_eq!(
        cells(
            &decisions,
            &["unit", "round", "side", "mandatory_met", "mandatory_rated", "unrated", "decision", "reason"]
        ),
        [
            "MED|2020|internal|1|2|0|yes|",
            "MED|2020|external|0|1|1||coverage",
            "MED|2024|internal|3|3|0|yes|",
            "MED|2024|external|2|3|0|yes|",
            "PHA|2024|internal|1|1|3||coverage",
        ]
    );
    let percent: Vec<f64> = decisions.iter().map(|row| row["total_percent"].parse().unwrap()).collect();
    assert_eq!(percent, [100.0 * 4.0 / 6.0, 100.0 / 3.0, 100.0 * 8.0 / 9.0, 50.0, 100.0]);
    let status = rows(&folder, "standards_status.csv");
    let columns = [
        "unit",
        "standard",
        "internal",
        "external",
        "difference",
        "previous",
        "change",
        "repeated",
        "without_reference",
    ];
    assert_eq!(
        cells(&status, &columns)[..4],
        [
            "MED|A1|full|full|0|partial|up|false|false",
            "MED|A3|relative|not_met|-2|full|down|true|true",
            "MED|B1|full|relative|-1|||false|false",
            "MED|B2|not_applicable|partial||||false|false",
        ]
    );
    // By hand: pairs (3,3), (2,0), (3,2). Linear: observed 3; margins 2: 1, 3: 2 and 0: 1, 2: 1, 3: 1; expected
    // (2 + 0 + 1 + 2·(3 + 1 + 0)) / 3 = 11/3; 1 − 9/11. Quadratic: observed 5; (4 + 0 + 1 + 2·(9 + 1)) / 3 = 25/3; 1 − 15/25.
    let opinion = &rows(&folder, "opinions.csv")[0];
    let number = |column: &str| opinion[column].parse::<f64>().unwrap();
    assert!((number("kappa_linear") - 2.0 / 11.0).abs() < 1e-12 && (number("kappa_quadratic") - 0.4).abs() < 1e-12);
    let counts =
        ["compared", "two_levels", "mandatory_not_met", "without_reference", "recommendations", "repeated", "replied"];
    assert_eq!(cells(&rows(&folder, "opinions.csv"), &counts), ["3|1|1|1|1|1|1"]);
    // 30 Esfand 1403 is ten days after the 20th; 11 Shahrivar ten days after the first.
    assert_eq!(
        cells(&rows(&folder, "evidence_status.csv"), &["unit", "standard", "due_jalali", "state", "days_late"]),
        ["MED|A1|1403-06-01|received_late|10", "MED|A3|1403-12-20|overdue|10", "PHA|A1|1404-02-01|open|"]
    );
    assert_eq!(
        cells(&rows(&folder, "standards_changes.csv"), &["fate", "from", "to"]),
        ["unchanged|A1|A1", "changed|A2|A3", "added||B1", "added||B2"]
    );
    assert_eq!(
        cells(&rows(&folder, "regulations_status.csv"), &["article", "standard", "state"]),
        ["1|A1|overdue", "1|A3|overdue", "2||no_standard", "|B1|no_article", "|B2|no_article"]
    );
}

/// Staff 11 has written with the head of DEN in 2023; 14 has served three years; 12 is kin; 13 belongs to DEN. So nobody can
/// visit DEN, and 11 or 13, whose employment at PHA is long past, can visit PHA.
#[test]
fn panels_follow_the_rules() {
    let folder = folder(&[]);
    let ran = folder.sanjeh(&["accredit"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(
        cells(&rows(&folder, "conflicts.csv"), &["unit", "evaluator", "rule", "detail", "publications"]),
        [
            "DEN|11|co_authorship|13|2-s2.0-1",
            "DEN|12|declared|kinship|",
            "DEN|13|own_unit|DEN|",
            "DEN|14|service|3|",
            "PHA|12|own_unit|PHA|",
            "PHA|14|own_unit|PHA|",
            "PHA|14|service|3|",
        ]
    );
    assert_eq!(
        cells(&rows(&folder, "panels.csv"), &["unit", "evaluator", "role", "why_not"])[4..],
        ["PHA|11|chair|", "PHA|13|reserve|", "PHA|12|not_chosen|own_unit", "PHA|14|not_chosen|own_unit;service"]
    );
    // The smallest conflict: of the three who know the area each is barred by one of these; who may chair does not matter.
    assert_eq!(
        cells(&rows(&folder, "panels_unmet.csv"), &["unit", "conflict"]),
        ["DEN|area:آموزش;own_unit;co_authorship;service"]
    );
    assert!(ran.err.contains("panel-missing") && ran.err.contains("accreditation/visits.csv › A2"), "{}", ran.err);
    // With 2020 far behind, the same paper is no tie.
    let old = self::folder(&[("papers.csv", &PAPERS.replace("\"2023\"", "\"2015\""))]);
    old.sanjeh(&["accredit"]);
    assert_eq!(cells(&rows(&old, "panels.csv"), &["unit", "evaluator", "role"])[0], "DEN|11|chair");
}

#[track_caller]
fn assert_found(ran: &Ran, code: &str, place: &str) {
    let found = ran.err.split("\n\n").any(|finding| finding.contains(&format!("[{code}]")) && finding.contains(place));
    assert!(found, "no {code} at {place} in\n{}", ran.err);
}

#[test]
fn bad_rows_are_named_with_their_place() {
    let with = |sheet: &str, text: &str| folder(&[(sheet, text)]).sanjeh(&["accredit"]);
    let ran = with(
        "standards.csv",
        &STANDARDS.replace("new,B2,پژوهش,Research,Sharing,اشتراک,ترجیحی", "new,B2,پژوهش,Research,Sharing,اشتراک,maybe"),
    );
    assert_found(&ran, "unknown-value", "accreditation/standards.csv › G7 \"kind\"");
    assert_found(&ran, "unknown-standard", "accreditation/ratings.csv › C8 \"standard\"");
    let ran = with(
        "standards.csv",
        &STANDARDS.replace("old,A2", "old,A1").replace("1402/01/01,\nnew,B1", "1402/01/01,1401/01/01\nnew,B1"),
    );
    assert_found(&ran, "duplicate-standard", "accreditation/standards.csv › B3");
    assert_found(&ran, "bad-period", "accreditation/standards.csv › J5 \"valid_to\"");
    let ran = with("crosswalk.csv", "from_version,from_code,to_version,to_code\nolder,A2,new,A3\nold,A9,new,A3\n");
    assert_found(&ran, "unknown-version", "accreditation/crosswalk.csv › B2");
    assert_found(&ran, "unknown-standard", "accreditation/crosswalk.csv › B3");
    let ran = with(
        "ratings.csv",
        &RATINGS
            .replace("PHA,1403,A1,internal,full", "XYZ,1403,A1,internal,full")
            .replace("MED,1403,B1,internal,full", "MED,1403,B1,sideways,full"),
    );
    assert_found(&ran, "unknown-unit", "accreditation/ratings.csv › A15 \"unit\"");
    assert_found(&ran, "unknown-value", "accreditation/ratings.csv › D7 \"side\"");
    let ran = with("ratings.csv", &format!("{RATINGS}MED,1403,A1,internal,full,,,,,\nMED,,A1,internal,full,,,,,\n"));
    assert_found(&ran, "duplicate-rating", "accreditation/ratings.csv › C16");
    assert_found(&ran, "missing-value", "accreditation/ratings.csv › B17 \"round\"");
    let ran = with("evidence.csv", "unit,standard,document,owner,due\nMED,Z9,Plan,Dean,1403/13/01\n");
    assert_found(&ran, "bad-date", "accreditation/evidence.csv › E2 \"due\"");
    assert_found(&ran, "unknown-standard", "accreditation/evidence.csv › B2");
    let ran = with(
        "evaluators.csv",
        &EVALUATORS
            .replace("13,Mina Cheraghi,DEN,Professor,25,آموزش,,1,1", "13,Mina Cheraghi,DEN,Duke,25,آموزش,,1,1")
            .replace("پژوهش,,0,1", "شنا,,0.5,1"),
    );
    assert_found(&ran, "unknown-value", "accreditation/evaluators.csv › D4 \"rank\"");
    assert_found(&ran, "not-whole", "accreditation/evaluators.csv › H3 \"past_panels\"");
    assert_found(&ran, "unknown-evaluator", "accreditation/ties.csv › A2");
    let ran = with("ties.csv", "evaluator,unit,tie,until\n13,PHA,friendship,\n");
    assert_found(&ran, "unknown-value", "accreditation/ties.csv › C2 \"tie\"");
    let ran = with(
        "visits.csv",
        "unit,members,areas,leaders,day\nDEN,0,آموزش,13,\nPHA,2,شنا,99,\nMED,1,آموزش,,\nMED,1,آموزش,11,\n",
    );
    assert_found(&ran, "bad-panel", "accreditation/visits.csv › B2 \"members\"");
    assert_found(&ran, "unknown-area", "accreditation/visits.csv › A3");
    assert_found(&ran, "unknown-staff", "accreditation/visits.csv › A3");
    assert_found(&ran, "no-leaders", "accreditation/visits.csv › A4");
    assert_found(&ran, "duplicate-visit", "accreditation/visits.csv › A5");
    let ran = with("regulations.csv", "article,title,standards,due\n1,,A1,1403/01/01\n2,Forms,Q7,1403/01/01\n");
    assert_found(&ran, "missing-value", "accreditation/regulations.csv › B2 \"title\"");
    assert_found(&ran, "unknown-standard", "accreditation/regulations.csv › A3");
    let ran = with("decisions.toml", &DECISIONS.replace("{ below = 50 }", "{ below = 40 }"));
    assert_found(&ran, "decision-gap", "accreditation/decisions.toml:14:1");
}

#[test]
fn without_sheets_there_is_nothing_to_do() {
    let folder = Folder::assessment(&["the/wur/2026"]).with("units.csv", UNITS);
    let ran = folder.sanjeh(&["accredit"]);
    assert!(ran.code == 2 && ran.err.contains("no-accreditation"), "{}", ran.err);
}

/// Drop-down lists of the templates offer only what the sheets take.
#[test]
fn templates_offer_words_that_are_read() {
    let read = |path: &str| -> toml::Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path);
        fs::read_to_string(path).unwrap().parse().unwrap()
    };
    let layouts = [
        ("standards", "standards"),
        ("crosswalk", "standards_crosswalk"),
        ("ratings", "ratings"),
        ("evidence", "evidence_register"),
        ("evaluators", "evaluators"),
        ("ties", "evaluator_ties"),
        ("visits", "panel_visits"),
        ("regulations", "regulations"),
    ];
    let templates = read("templates/workbooks.toml");
    let mut offered = 0;
    for (sheet, layout) in layouts {
        let layout = read(&format!("layouts/{layout}.toml"));
        let of_sheet =
            |workbook: &&toml::Value| workbook["path"].as_str() == Some(&format!("accreditation/{sheet}.xlsx"));
        let template = templates["workbook"].as_array().unwrap().iter().find(of_sheet).expect(sheet);
        for column in template["column"].as_array().unwrap() {
            let header = column["header"].as_str().unwrap();
            assert!(layout["fields"].get(header).is_some(), "{sheet}: {header}");
            for option in column.get("options").and_then(toml::Value::as_array).into_iter().flatten() {
                let known = layout["values"][header].get(option.as_str().unwrap());
                assert!(known.is_some(), "{sheet}, {header}: {option}");
                offered += 1;
            }
        }
    }
    assert_eq!(offered, 18);
}
