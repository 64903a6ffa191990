//! Exports that are texts of records: Web of Science, MEDLINE, RIS, BibTeX, JSON of PubMed and OpenAlex.

use std::collections::BTreeSet;
use std::fs;

use polars::prelude::DataFrame;
use proptest::prelude::*;
use sanjeh::diagnostic::{Checked, Finding, Place, Severity};
use sanjeh::load::Limits;
use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R, Tables};

use crate::support::{Folder, shared};

/// Loads one file of publications.
fn load(name: &str, content: impl AsRef<[u8]>) -> Checked<Tables> {
    let folder = Folder::assessment(&["the/wur/2026"])
        .with(
            "units.csv",
            "id,name_en,name_fa,type,parents\nU,Test University of Medical Sciences,دانشگاه آزمون,university,\n",
        )
        .with(&format!("publications/{name}"), content);
    let (assessment, ..) = sanjeh::load::assessment(folder.path()).unwrap();
    sanjeh::load::tables(folder.path(), &assessment, &Limits::default(), &|_| {}).unwrap()
}

fn text(frame: &DataFrame, column: &str, row: usize) -> Option<String> {
    frame.column(column).unwrap().str().unwrap().get(row).map(str::to_owned)
}

fn float(frame: &DataFrame, column: &str, row: usize) -> Option<f64> {
    frame.column(column).unwrap().f64().unwrap().get(row)
}

fn truth(frame: &DataFrame, column: &str, row: usize) -> Option<bool> {
    frame.column(column).unwrap().bool().unwrap().get(row)
}

/// One author as loaded.
#[derive(Debug, PartialEq)]
struct Author {
    name: String,
    orcid: Option<String>,
    researcher_id: Option<String>,
    corresponding: Option<bool>,
    affiliations: Vec<String>,
}

/// The authors of a record.
fn authors(tables: &Tables, record: u32) -> Vec<Author> {
    let frame = &tables.authorships.0;
    let records = frame.column(A::RECORD).unwrap().u32().unwrap();
    let rows = (0..frame.height()).filter(|&row| records.get(row) == Some(record));
    rows.map(|row| Author {
        name: text(frame, A::NAME, row).unwrap(),
        orcid: text(frame, A::ORCID, row),
        researcher_id: text(frame, A::RESEARCHER_ID, row),
        corresponding: truth(frame, A::CORRESPONDING, row),
        affiliations: text(frame, A::AFFILIATIONS, row)
            .map_or_else(Vec::new, |all| all.lines().map(str::to_owned).collect()),
    })
    .collect()
}

/// `column` of all records, empty where null.
fn column(tables: &Tables, name: &str) -> Vec<String> {
    (0..tables.records.0.height()).map(|row| text(&tables.records.0, name, row).unwrap_or_default()).collect()
}

fn years(tables: &Tables) -> Vec<Option<i32>> {
    tables.records.0.column(R::YEAR).unwrap().i32().unwrap().iter().collect()
}

fn citations(tables: &Tables) -> Vec<Option<i64>> {
    tables.records.0.column(R::CITATIONS).unwrap().i64().unwrap().iter().collect()
}

/// Rows of the publications' file that findings of a code name.
fn rows(findings: &[Finding], code: &str) -> Vec<u32> {
    let found = findings.iter().filter(|finding| finding.code == code);
    found
        .map(|finding| match &finding.place {
            Place::Cell { row, .. } => *row,
            other => panic!("{code} at {other}"),
        })
        .collect()
}

fn faults(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().filter(|finding| finding.severity > Severity::Info).map(|finding| finding.code).collect()
}

/// Authors with at least one affiliation, and affiliations of all authors.
fn links(tables: &Tables) -> (usize, usize) {
    let frame = &tables.authorships.0;
    let lists = frame.column(A::AFFILIATIONS).unwrap().str().unwrap();
    let counts: Vec<usize> = lists.iter().flatten().map(|list| list.lines().count()).collect();
    (counts.len(), counts.iter().sum())
}

#[test]
fn web_of_science_sample() {
    let Some(path) = shared("biblio/format_samples/wos_sample.txt") else { return };
    let loaded = load("savedrecs.txt", fs::read(path).unwrap());
    let tables = &loaded.value;
    assert_eq!(faults(&loaded.findings), [""; 0], "{:#?}", loaded.findings);
    assert_eq!((tables.records.0.height(), tables.authorships.0.height()), (8, 25));
    assert_eq!(citations(tables).iter().flatten().sum::<i64>(), 8944);
    assert_eq!(links(tables), (25, 29));
    assert!(column(tables, R::SYSTEM).iter().all(|system| system == "wos"));
    assert_eq!(column(tables, R::DOI)[2], "10.1016/j.joi.2017.08.007");
    assert_eq!(column(tables, R::UT)[0], "001702577900001");
    assert_eq!(column(tables, R::TITLE)[2], "bibliometrix: An R-tool for comprehensive science mapping analysis");
    assert_eq!((years(tables)[2], column(tables, R::TYPE)[0].as_str()), (Some(2017), "article"));
    assert_eq!(column(tables, R::ISSN)[2], "17511577;18755879");
    let aria = authors(tables, 2);
    assert_eq!(
        aria[0],
        Author {
            name: "Aria, Massimo".into(),
            orcid: Some("0000-0002-8517-9411".into()),
            researcher_id: Some("O-7983-2015".into()),
            corresponding: Some(true),
            affiliations: vec!["Dept Econ & Stat, Univ Napoli Federico II, Via Cintia, I-80126 Naples, Italy".into()],
        }
    );
    assert_eq!((aria[1].orcid.as_deref(), aria[1].corresponding), (Some("0000-0002-7401-8575"), Some(false)));
    // Ids stand beside another spelling of the name.
    assert_eq!(authors(tables, 5)[0].name, "Lopez, Alejandro Carlos Campina");
    assert_eq!(authors(tables, 5)[0].researcher_id.as_deref(), Some("ABD-9900-2022"));
}

#[test]
fn web_of_science_of_a_whole_university() {
    let Some(path) = shared("biblio/kth_wos/savedrecs.txt") else { return };
    let loaded = load("savedrecs.txt", fs::read(path).unwrap());
    let tables = &loaded.value;
    assert_eq!((tables.records.0.height(), tables.authorships.0.height()), (95, 9191));
    assert_eq!(tables.sources.iter().find(|source| source.file.ends_with("savedrecs.txt")).unwrap().rows, 95);
    assert_eq!(citations(tables).iter().flatten().sum::<i64>(), 2);
    // Counted from the brackets; one address names a group besides, and three papers have addresses without names.
    assert_eq!(links(tables), (9179, 11_338));
    assert_eq!(faults(&loaded.findings), ["unlinked-addresses", "unknown-in-address"], "{:#?}", loaded.findings);
    let dois = column(tables, R::DOI).iter().filter(|doi| !doi.is_empty()).count();
    let pmids = column(tables, R::PMID).iter().filter(|pmid| !pmid.is_empty()).count();
    assert_eq!((dois, pmids), (92, 14));
    let of_type = |name: &str| column(tables, R::TYPE).iter().filter(|own| *own == name).count();
    let counts = ["article", "conference_paper", "meeting_abstract", "review", "erratum"].map(of_type);
    assert_eq!(counts, [65, 24, 3, 2, 1]);
    let first = authors(tables, 0);
    assert_eq!(first[0].affiliations, ["Dept Energy Technol, KTH Royal Inst Technol, Stockholm, Sweden"]);
    assert_eq!(first.iter().map(|author| author.corresponding).collect::<Vec<_>>(), [Some(false), Some(true)]);
}

const WOS: &str = "FN Clarivate Analytics Web of Science\nVR 1.0\n\
PT J\nAU Ahmadi, A\n   Karimi, B\nAF Ahmadi, Ali\n   Karimi, Babak\nTI A long\n   title\nSO LANCET\nDT Article; Retracted Publication\n\
C1 [Ahmadi, Ali; Nobody, N] Univ X, Sch Med, Tehran, Iran.\nTC many\nPY 2O20\nUT WOS:000000000000001\nER\n\n\
a line of nothing\nPT J\nTI Cut off\nEA FEB 2026\nUT WOS:000000000000002\n\
PT J\nAU Rostami, R\n   Sadeghi, S\nTI Old\nC1 Univ X, Tehran, Iran.\nPY 1999\nER\n\
PT J\nAU Nobody, N\nER\nAU Stray, S\nEF\n";

#[test]
fn damaged_web_of_science_records_are_named() {
    let loaded = load("wos.txt", WOS);
    let (tables, findings) = (&loaded.value, &loaded.findings);
    assert_eq!(column(tables, R::TITLE), ["A long title", "Cut off", "Old"]);
    assert_eq!(years(tables), [None, Some(2026), Some(1999)]);
    assert_eq!(citations(tables), [None, None, None]);
    assert_eq!(truth(&tables.records.0, R::RETRACTED, 0), Some(true));
    assert_eq!(truth(&tables.records.0, R::RETRACTED, 1), None);
    assert_eq!(rows(findings, "bad-year"), [3]);
    assert_eq!(rows(findings, "not-a-number"), [3]);
    assert_eq!(rows(findings, "stray-line"), [18, 33]);
    assert_eq!(rows(findings, "unclosed-record"), [19]);
    assert_eq!(rows(findings, "empty-record"), [30]);
    assert_eq!(rows(findings, "unknown-in-address").len(), 1);
    assert_eq!(authors(tables, 0)[0].affiliations, ["Sch Med, Univ X, Tehran, Iran"]);
    assert!(authors(tables, 0)[1].affiliations.is_empty());
    // An address that stands alone is everybody's.
    assert!(authors(tables, 2).iter().all(|author| author.affiliations == ["Univ X, Tehran, Iran"]));
    let source = tables.sources.iter().find(|source| source.file == "publications/wos.txt").unwrap();
    assert_eq!((source.rows, source.left_out), (3, 1));
}

#[test]
fn an_address_of_web_of_science_gives_credit_to_the_unit() {
    let folder = Folder::assessment(&["the/wur/2026"])
        .with(
            "units.csv",
            "id,name_en,name_fa,type,parents,aliases\nU,Test University of Medical Sciences,دانشگاه آزمون,university,,\nM,School of Medicine,دانشکده پزشکی,school,U,\nUR,Department of Urology,گروه اورولوژی,department,M,\n",
        )
        .with(
            "publications/savedrecs.txt",
            "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Ahmadi, A\nAF Ahmadi, Ali\nTI T\nSO S\nDT Article\nC1 [Ahmadi, Ali] Test Univ Med Sci, Sch Med, Dept Urol, Testan, Iran.\nTC 4\nPY 2023\nDI 10.1/x\nUT WOS:000000000000001\nER\n\nEF\n",
        );
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let credits = folder.table("credits.csv");
    assert_eq!(credits.iter().map(|row| row["unit"].as_str()).collect::<Vec<_>>(), ["UR"], "{credits:?}");
}

#[test]
fn departments_of_a_real_university_are_found_in_its_addresses() {
    let Some(path) = shared("biblio/kth_wos/savedrecs.txt") else { return };
    let toml = "year = 2026\neditions = [\"the/wur/2026\"]\nlanguages = [\"en\"]\n[institution]\nname.en = \"Royal Institute of Technology\"\nname.fa = \"کی‌تی‌اچ\"\naliases = [\"KTH Royal Inst Technol\"]\ncountry = \"Sweden\"\ncity = \"Stockholm\"\n";
    let units = "id,name_en,name_fa,type,parents,aliases\nkth,Royal Institute of Technology,کی‌تی‌اچ,university,,\n\
        math,Department of Mathematics,ریاضی,department,kth,\nphys,Department of Physics,فیزیک,department,kth,\n\
        eecs,School of Electrical Engineering and Computer Science,برق,school,kth,Sch Elect Engn & Comp Sci\n\
        mech,Department of Engineering Mechanics,مکانیک,department,kth,Dept Engn Mech\n";
    let folder = Folder::new()
        .with("assessment.toml", toml)
        .with("units.csv", units)
        .with("publications/savedrecs.txt", fs::read(path).unwrap());
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let credits = folder.table("credits.csv");
    let count = |units: &[&str]| {
        let home = credits
            .iter()
            .filter(|row| units.is_empty() && row["unit"] != "outside" || units.contains(&row["unit"].as_str()));
        home.map(|row| row["publication"].as_str()).collect::<BTreeSet<_>>().len()
    };
    // Counted from the addresses themselves: 90 records with "KTH Royal Inst Technol" or "Royal Inst Technol" and one that
    // adds the city; then those with each part beside it. Four more print another name ("Royal Inst Technol KTH").
    let counted = [&[][..], &["math"], &["phys"], &["eecs"], &["mech"]].map(count);
    assert_eq!(counted, [91, 4, 5, 10, 1]);
}

#[test]
fn a_list_of_namesakes_and_a_page_as_address_ask_for_no_memory() {
    let many = "   Same, Name\n".repeat(20_000);
    let addresses = "   [Same, Name] Univ X, Tehran, Iran.\n".repeat(20_000);
    let long = "Univ ".repeat(100_000);
    let wos = format!(
        "FN Clarivate Analytics\nPT J\nAF Same, Name\n{many}TI One\nC1 [Same, Name] Univ X, Tehran, Iran.\n{addresses}ER\nPT J\nAF Same, Name\n{many}TI Two\nC1 {long}.\nER\nEF\n"
    );
    let loaded = load("wos.txt", wos);
    assert_eq!(column(&loaded.value, R::TITLE), ["One", "Two"]);
    assert_eq!((loaded.value.authorships.0.height(), links(&loaded.value)), (40_002, (0, 0)));
    assert_eq!(faults(&loaded.findings), ["bad-address", "unknown-in-address"]);
}

const MEDLINE: &str = "\nPMID- 30000001\nOWN - NLM\nIS  - 1552-6518 (Electronic)\nIS  - 0886-2605 (Linking)\nDP  - 2019 Feb 15\n\
TI  - A title that goes on\n      in the next line.\nLID - 10.1177/0886260516657914 [doi]\n\
FAU - Madden, Kim\nAU  - Madden K\nAUID- ORCID: 0000-0002-1825-0097\nAD  - 1 McMaster University, Hamilton, Ontario,\n      Canada.\n\
AD  - Department of Surgery, X, Y, Iran.\nFAU - Ito, Ken\nAU  - Ito K\nCN  - A Group\nPT  - Journal Article\nPT  - Retracted Publication\n\
JT  - Journal of interpersonal violence\n\nPMID- 30000002\nTI  - Second.\nAU  - Alone A\nAD  - Univ Z, Iran.\nDP  - Winter\nPT  - Letter\nJT  - J\nbroken\n";

#[test]
fn medline_text() {
    for name in ["pubmed.txt", "pubmed.nbib"] {
        let loaded = load(name, MEDLINE);
        let tables = &loaded.value;
        assert_eq!(column(tables, R::PMID), ["30000001", "30000002"]);
        assert_eq!(column(tables, R::TITLE), ["A title that goes on in the next line.", "Second."]);
        assert_eq!(column(tables, R::DOI), ["10.1177/0886260516657914", ""]);
        assert_eq!(column(tables, R::ISSN)[0], "15526518;08862605");
        assert_eq!(column(tables, R::TYPE), ["article", "letter"]);
        assert_eq!(column(tables, R::SYSTEM), ["pubmed", "pubmed"]);
        assert_eq!(years(tables), [Some(2019), None]);
        assert_eq!(truth(&tables.records.0, R::RETRACTED, 0), Some(true));
        let people = authors(tables, 0);
        assert_eq!(people.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["Madden, Kim", "Ito, Ken"]);
        assert_eq!(people[0].orcid.as_deref(), Some("0000-0002-1825-0097"));
        assert_eq!(
            people[0].affiliations,
            ["McMaster University, Hamilton, Ontario, Canada.", "Department of Surgery, X, Y, Iran."]
        );
        assert!(people[1].affiliations.is_empty());
        assert_eq!(authors(tables, 1)[0].affiliations, ["Univ Z, Iran."]);
        assert_eq!(faults(&loaded.findings), ["stray-line", "bad-year"]);
        assert_eq!(rows(&loaded.findings, "stray-line"), [30]);
        assert_eq!(rows(&loaded.findings, "group-author").len(), 1);
    }
}

const RIS: &str = "TY  - JOUR\nTI  - One\nAU  - Hao, J.\nAU  - High, R.\nPY  - 2021\nT2  - J Tests\nDO  - 10.1/ONE\nSN  - 00280836 (ISSN)\n\
AD  - Univ A, Iran; Univ B, Iran\nN1  - Export Date: 1 May 2024; Cited By: 7\nM3  - Conference paper\n\
UR  - https://www.scopus.com/inward/record.uri?eid=2-s2.0-85136453267&doi=10.1\nER  -\n\nTY  - CHAP\nTI  - Two\nAU  - Ito, K.\nAD  - Univ A, Iran\nER  - \n";

#[test]
fn ris_text() {
    let loaded = load("scopus.ris", RIS);
    let tables = &loaded.value;
    assert_eq!(column(tables, R::TITLE), ["One", "Two"]);
    assert_eq!(column(tables, R::TYPE), ["conference_paper", "book_chapter"]);
    assert_eq!(column(tables, R::EID), ["2-s2.0-85136453267", ""]);
    assert_eq!(column(tables, R::ISSN)[0], "00280836");
    assert_eq!((citations(tables), years(tables)), (vec![Some(7), None], vec![Some(2021), None]));
    assert!(authors(tables, 0).iter().all(|author| author.affiliations.is_empty()));
    assert_eq!(authors(tables, 1)[0].affiliations, ["Univ A, Iran"]);
    assert_eq!(faults(&loaded.findings), ["unlinked-addresses"]);
}

const BIBTEX: &str = r#"Scopus
EXPORT DATE: 25 October 2023

@string{lancet = "The Lancet"}
@comment{jabref-meta: groups}
@ARTICLE{Hao2022,
	author = {Bj{\"o}rnson, Emil and {The ATLAS Group} and Fran{\c c}ois, A.},
	title = {{Deep \& wide: an {IoT} study}},
	year = {2022},
	journal = lancet # { Digital},
	doi = {10.1016/S0140\_6736},
	url = {https://www.scopus.com/inward/record.uri?eid=2-s2.0-85136453267&doi=10.1},
	affiliations = {School A, University B, Iran; School C, University D, Iran},
	note = {Cited by: 12; Open Access},
	issn = {00140139},
	type = {Conference paper}
}
@article{broken, title = {Never closed, year = {2020}
}
@article{ WOS:000123,
Author = {Bin, Xin and Thakur, Jagruti},
Title = {{Second}},
Journal = {{TESTS}},
Year = {{2025}},
Type = {{Article; Early Access}},
Affiliation = {{Thakur, J (Corresponding Author), Univ X, Sch Med, Tehran, Iran.
   Bin, Xin; Thakur, Jagruti, Univ X, Sch Med, Dept Urol,
   Tehran, Iran.
   Bin, Xin, Univ Y, Kerman, Iran.}},
DOI = {{10.1/b}},
ISSN = {{2352-5509}},
EISSN = {{2352-5510}},
ORCID-Numbers = {{Bin, Xin/0000-0002-1825-0097}},
Times-Cited = {{3}},
Unique-ID = {{WOS:000123}},
}
@book{own, author = "Ali Ahmadi and others", title = "A {"}quoted{"} book", year = 1999}
"#;

#[test]
fn bibtex_of_scopus_web_of_science_and_by_hand() {
    let loaded = load("export.bib", BIBTEX);
    let (tables, findings) = (&loaded.value, &loaded.findings);
    assert_eq!(column(tables, R::TITLE), ["Deep & wide: an IoT study", "Second", "A \"quoted\" book"]);
    assert_eq!(column(tables, R::TYPE), ["conference_paper", "article", "book"]);
    assert_eq!(column(tables, R::JOURNAL), ["The Lancet Digital", "TESTS", ""]);
    assert_eq!(column(tables, R::DOI), ["10.1016/s0140_6736", "10.1/b", ""]);
    assert_eq!(column(tables, R::EID)[0], "2-s2.0-85136453267");
    assert_eq!(column(tables, R::UT), ["", "000123", ""]);
    assert_eq!(column(tables, R::ISSN)[1], "23525509;23525510");
    assert_eq!(citations(tables), [Some(12), Some(3), None]);
    assert_eq!(years(tables), [Some(2022), Some(2025), Some(1999)]);
    let names: Vec<String> = authors(tables, 0).into_iter().map(|author| author.name).collect();
    assert_eq!(names, ["Björnson, Emil", "The ATLAS Group", "François, A."]);
    let people = authors(tables, 1);
    let urology = "Dept Urol, Sch Med, Univ X, Tehran, Iran";
    assert_eq!(people[0].affiliations, [urology, "Univ Y, Kerman, Iran"]);
    assert_eq!(people[1].affiliations, [urology]);
    assert_eq!((people[0].corresponding, people[1].corresponding), (Some(false), Some(true)));
    assert_eq!(people[0].orcid.as_deref(), Some("0000-0002-1825-0097"));
    assert_eq!(rows(findings, "bad-entry"), [18]);
    assert_eq!(rows(findings, "authors-truncated"), [37]);
    assert_eq!(faults(findings), ["bad-entry", "authors-truncated", "unlinked-addresses"], "{findings:#?}");
}

#[test]
fn pubmed_json_lines_of_two_years() {
    let Some(path) = shared("biblio/mcmaster_hei/pubmed_2018_2019.jsonl") else { return };
    let loaded = load("pubmed.jsonl", fs::read(path).unwrap());
    let tables = &loaded.value;
    assert_eq!(faults(&loaded.findings), [""; 0]);
    assert_eq!((tables.records.0.height(), tables.authorships.0.height()), (1965, 21_031));
    assert_eq!(links(tables).0, 20_816);
    assert_eq!(column(tables, R::DOI).iter().filter(|doi| !doi.is_empty()).count(), 1931);
    assert_eq!(years(tables).iter().filter(|year| **year == Some(2019)).count(), 1076);
    assert_eq!(rows(&loaded.findings, "nameless-author").len(), 1);
    assert_eq!(column(tables, R::PMID)[0], "27377562");
    assert_eq!(column(tables, R::ISSN)[0], "15526518");
    assert_eq!(authors(tables, 0)[0].name, "Madden, Kim");
    assert_eq!(authors(tables, 0)[0].affiliations, ["McMaster University, Hamilton, Ontario, Canada."]);
}

fn work(id: &str, more: &str) -> String {
    format!(
        r#"{{"id":"https://openalex.org/{id}","doi":"https://doi.org/10.1/{id}","title":"Title {id}","publication_year":2023,"type":"article","ids":{{"pmid":"https://pubmed.ncbi.nlm.nih.gov/31000001"}},"primary_location":{{"source":{{"display_name":"J","issn_l":"2352-5509","issn":["2352-5509","2352-5510"],"type":"journal"}}}},"cited_by_count":11,"fwci":1.5,"citation_normalized_percentile":{{"value":0.985}},"is_retracted":false,"authorships":[{{"author":{{"display_name":"A. Ahmadi","orcid":"https://orcid.org/0000-0002-1825-0097"}},"raw_author_name":"Ali Ahmadi","is_corresponding":true,"raw_affiliation_strings":["School of Medicine,{nbsp}Test University, Iran"],"institutions":[{{"display_name":"Test University"}}]}},{{"author":{{"display_name":"B. Karimi","orcid":null}},"raw_affiliation_strings":[],"institutions":[{{"display_name":"Test University"}}]}}]{more}}}"#,
        nbsp = '\u{a0}'
    )
}

#[test]
fn openalex_works() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let lines = [
        work("W1", ""),
        work("W2", r#","is_authors_truncated":true"#),
        work("W3", "")[..200].to_owned(),
        deep,
        r#"{"name":"nothing known"}"#.to_owned(),
        r#"{"pmid":"1","title":"of another system"}"#.to_owned(),
    ];
    let loaded = load("works.jsonl", lines.join("\n"));
    let (tables, findings) = (&loaded.value, &loaded.findings);
    assert_eq!(column(tables, R::OPENALEX), ["W1", "W2"]);
    assert_eq!(column(tables, R::SYSTEM), ["openalex", "openalex"]);
    assert_eq!(column(tables, R::DOI)[0], "10.1/w1");
    assert_eq!(column(tables, R::PMID)[0], "31000001");
    assert_eq!(column(tables, R::ISSN)[0], "23525509;23525510");
    assert_eq!((citations(tables)[0], years(tables)[0]), (Some(11), Some(2023)));
    let frame = &tables.records.0;
    assert_eq!(float(frame, R::FWCI, 0), Some(1.5));
    assert!((float(frame, R::PERCENTILE, 0).unwrap() - 1.5).abs() < 1e-9);
    assert_eq!(truth(frame, R::RETRACTED, 0), Some(false));
    let people = authors(tables, 0);
    assert_eq!(people[0].affiliations, ["School of Medicine, Test University, Iran"]);
    assert_eq!((people[0].name.as_str(), people[0].corresponding), ("Ali Ahmadi", Some(true)));
    assert_eq!(
        (people[1].name.as_str(), people[1].affiliations.as_slice()),
        ("B. Karimi", &["Test University".to_owned()][..])
    );
    assert_eq!(rows(findings, "authors-truncated"), [2]);
    assert_eq!(rows(findings, "bad-json"), [3, 4]);
    assert_eq!(rows(findings, "unknown-record"), [5]);
    assert_eq!(rows(findings, "mixed-systems"), [6]);
}

#[test]
fn openalex_answers_and_indented_documents() {
    let answer = format!(r#"{{"meta":{{"count":2}},"results":[{},{}]}}"#, work("W1", ""), work("W2", ""));
    let value: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let indented = serde_json::to_string_pretty(&value).unwrap();
    let array = format!("[{},\n{}]", work("W1", ""), work("W2", ""));
    for content in [answer, indented.clone(), array] {
        let loaded = load("works.json", content);
        assert_eq!(column(&loaded.value, R::OPENALEX), ["W1", "W2"], "{:#?}", loaded.findings);
    }
    let cut = load("works.json", &indented[..indented.len() / 2]);
    assert_eq!(faults(&cut.findings), ["bad-json"]);
}

/// Texts that begin as each format does.
const STARTS: [&str; 7] = [WOS, MEDLINE, RIS, BIBTEX, "{\"pmid\":1}\n", "[{\"id\":\"W1\",", "@article{a, title={"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// Whatever stands behind an honest start, and wherever a file is cut off: no panic, and what is used and left out is
    /// all that was counted.
    #[test]
    fn no_text_makes_the_reading_panic(
        start in prop::sample::select(&STARTS[..]),
        cut in 0.0..=1.0f64,
        bytes in prop::collection::vec(any::<u8>(), 0..80),
        text in "[\\PC\n]{0,120}",
    ) {
        let cut = (start.len() as f64 * cut) as usize;
        let mut content = start.as_bytes()[..cut].to_vec();
        content.extend(text.as_bytes());
        content.extend(&start.as_bytes()[cut..start.len().min(cut + 40)]);
        content.extend(&bytes);
        let loaded = load("records.txt", &content);
        let used: u64 = loaded.value.sources.iter().filter(|source| source.file.starts_with("pub")).map(|source| source.rows).sum();
        prop_assert!(loaded.value.records.0.height() as u64 <= used);
    }
}
