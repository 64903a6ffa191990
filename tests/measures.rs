//! Measures over publications on one small university worked out by hand: windows and self-citations, the h family,
//! collaboration, authorship, subjects, integrity, stability.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sanjeh::measure::h_family::{g, h};
use sanjeh::measure::subjects::credited;

use crate::support::{Folder, shared, table};

const UNITS: &str = "id,name_en,name_fa,type,parents,the subject\n\
    u,Test University of Medical Sciences,,university,,\n\
    med,School of Medicine,,school,u,clinical health\n\
    eng,School of Engineering,,school,u,engineering\n";
const STAFF: &str = "staff_id,name,unit,category,fte,scopus_id\n\
    1,Ahmadi M.,med,academic,1,57000000011\n2,Bahari S.,eng,academic,1,57000000022\n";
const JOURNALS: &str = "Title;Issn;SJR;SJR Best Quartile;Categories;Areas\n\
    A;11111111;1,2;Q1;\"Surgery (Q1); Oncology (Q3)\";Medicine\n\
    B;22222222;0,4;Q2;Mechanics (Q2);Engineering\n";
const HEADER: &str = "Authors,Author full names,Author(s) ID,Title,Year,Source title,Cited by,DOI,ISSN,Affiliations,Authors with affiliations,Correspondence Address,Document Type,EID\n";
const MED: &str = "School of Medicine, Test University of Medical Sciences, Testan, Iran";
const ENG: &str = "School of Engineering, Test University of Medical Sciences, Testan, Iran";
const TORONTO: &str = "University of Toronto, Toronto, Canada";
const SHIRAZ: &str = "Shiraz University, Shiraz, Iran";
const FIRM: &str = "CinnaGen Co. Ltd, Tehran, Iran";

struct Paper<'a> {
    number: u32,
    year: i32,
    citations: u32,
    issn: &'a str,
    /// Name, id and address of each author; the last is the corresponding one.
    authors: &'a [(&'a str, &'a str, &'a str)],
}

fn line(paper: &Paper) -> String {
    let list = |of: &dyn Fn(&(&str, &str, &str)) -> String| paper.authors.iter().map(of).collect::<Vec<_>>().join("; ");
    let last = paper.authors.last().unwrap();
    format!(
        "\"{}\",\"{}\",{},Study number {} of things,{},J,{},10.1/{},{},\"{}\",\"{}\",\"{}; {}\",Article,2-s2.0-{}\n",
        list(&|author| author.0.to_owned()),
        list(&|author| format!("{} ({})", author.0, author.1)),
        list(&|author| author.1.to_owned()),
        paper.number,
        paper.year,
        paper.citations,
        paper.number,
        paper.issn,
        list(&|author| author.2.to_owned()),
        list(&|author| format!("{}, {}", author.0, author.2)),
        last.0,
        last.2,
        paper.number,
    )
}

const AHMADI: (&str, &str, &str) = ("Ahmadi M.", "57000000011", MED);
const BAHARI: (&str, &str, &str) = ("Bahari S.", "57000000022", ENG);

/// Five papers of medicine, one of engineering.
fn papers() -> String {
    let papers = [
        Paper { number: 1, year: 2020, citations: 9, issn: "11111111", authors: &[AHMADI] },
        Paper {
            number: 2,
            year: 2021,
            citations: 4,
            issn: "11111111",
            authors: &[("Smith J.", "57000000091", TORONTO), AHMADI],
        },
        Paper {
            number: 3,
            year: 2022,
            citations: 3,
            issn: "22222222",
            authors: &[AHMADI, ("Rad K.", "57000000092", SHIRAZ)],
        },
        Paper {
            number: 4,
            year: 2023,
            citations: 1,
            issn: "11111111",
            authors: &[AHMADI, ("Nik L.", "57000000093", FIRM)],
        },
        Paper { number: 5, year: 2024, citations: 0, issn: "", authors: &[BAHARI, AHMADI] },
    ];
    let lines: String = papers.iter().map(line).collect();
    format!("{HEADER}{lines}")
}

fn folder() -> Folder {
    Folder::assessment(&[])
        .with("units.csv", UNITS)
        .with("staff/staff.csv", STAFF)
        .with("reference/journals.csv", JOURNALS)
        .with("publications/scopus.csv", papers())
}

/// Values of `med` by measure: value, n, status.
fn measured(folder: &Folder, unit: &str) -> BTreeMap<String, (String, String, String)> {
    let ran = folder.sanjeh(&["run", "--quiet", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = folder.table("measures.csv").into_iter().filter(|row| row["unit"] == unit);
    rows.map(|row| (row["measure"].clone(), (row["value"].clone(), row["n"].clone(), row["status"].clone()))).collect()
}

#[track_caller]
fn assert_values(values: &BTreeMap<String, (String, String, String)>, expected: &[(&str, f64, &str)]) {
    for (measure, value, status) in expected {
        let found = &values[*measure];
        let number: f64 = found.0.parse().unwrap_or_else(|_| panic!("{measure} has no value: {found:?}"));
        assert!((number - value).abs() < 1e-9, "{measure}: {number} is not {value}");
        assert_eq!(found.2, *status, "{measure}");
    }
}

#[test]
fn a_small_school_by_hand() {
    let values = measured(&folder(), "med");
    assert_values(
        &values,
        &[
            ("publications", 5.0, "computed"),
            ("citations", 17.0, "computed"),
            // 9 4 3 1 0: three with at least three.
            ("h_index", 3.0, "computed"),
            // 9+4+3+1 = 17 ≥ 16, and with the uncited one 17 < 25.
            ("g_index", 4.0, "computed"),
            ("a_index", 16.0 / 3.0, "computed"),
            ("r_index", 4.0, "computed"),
            // 2020 to 2024 are five years.
            ("m_quotient", 0.6, "computed"),
            ("i10_index", 0.0, "computed"),
            ("international_publications", 1.0, "computed"),
            ("collaboration_publications", 3.0, "computed"),
            ("national_collaboration_publications", 2.0, "computed"),
            // Ahmadi and Bahari both print the university alone.
            ("institutional_collaboration_publications", 1.0, "computed"),
            ("industry_publications", 1.0, "proxy"),
            ("sustained_partners", 0.0, "proxy"),
            ("first_author_publications", 3.0, "computed"),
            // Papers 1, 2 and 5; on 3 and 4 another is the last.
            ("corresponding_author_publications", 3.0, "computed"),
            ("lead_author_publications", 5.0, "computed"),
            ("first_quartile_publications", 3.0, "computed"),
            ("second_quartile_publications", 1.0, "computed"),
            // Three papers in a journal of the first quartile in one of its two categories.
            ("category_first_quartile_publications", 1.5, "computed"),
            // Paper 3 is in engineering, where medicine has no staff: credited up to a tenth of all five.
            ("credited_publications", 4.5, "computed"),
            ("hyper_authored_publications", 0.0, "computed"),
        ],
    );
    for measure in ["citations_without_self", "self_citations", "mean_citation_importance", "top_journal_publications"]
    {
        assert_eq!(values[measure].2, "missing", "{measure}: nothing tells it");
    }
}

/// The window of THE 2026: publications of 2020–2024, citations of 2020–2025.
#[test]
fn citations_by_year_cut_the_window_and_take_self_citations_out() {
    let counts = "DOI,Citation year,Citations in year,Self-citations\n\
        10.1/1,2021,4,1\n10.1/1,2025,3,0\n10.1/1,2026,2,2\n\
        10.1/2,2022,4,2\n10.1/3,2024,3,0\n10.1/4,2024,1,1\n10.1/5,2025,0,0\n";
    let folder = Folder::assessment(&["the/wur/2026"])
        .with("units.csv", UNITS)
        .with("staff/staff.csv", STAFF)
        .with("publications/scopus.csv", papers())
        .with("citations/counts.csv", counts);
    let values = measured(&folder, "med");
    assert_values(
        &values,
        &[
            ("citations", 17.0, "computed"),
            ("citations_without_self", 11.0, "computed"),
            ("self_citations", 6.0, "computed"),
        ],
    );
    let own = "id = \"own/x/2025\"\nname.en = \"X\"\nname.fa = \"ایکس\"\nverified = 2026-11-23\nwindows = { publications = [2020, 2024], citations = [2020, 2025], institutional = 2023 }\nmissing = { rule = \"renormalise\" }\ncombine = { with = \"weighted_mean\", then = \"none\" }\ncoverage_floor = 0.6\n[[reference]]\nid = \"r\"\ntitle = \"R\"\nhref = \"\"\n[[group]]\ncode = \"g\"\nname.en = \"G\"\nname.fa = \"جی\"\nweight = 100.0\n[[indicator]]\ncode = \"c\"\ngroup = \"g\"\nname.en = \"C\"\nname.fa = \"سی\"\nweight = 100.0\nvalue = \"citations_without_self / citations\"\nnormalise = { with = \"given\" }\nfidelity = \"as_published\"\nscorable = [\"school\", \"university\"]\nreference = \"r\"\n";
    let toml = std::fs::read_to_string(folder.path().join("assessment.toml")).unwrap();
    let folder = folder
        .with("assessment.toml", toml.replace("the/wur/2026", "own/x/2025"))
        .with("editions/own/x/2025.toml", own);
    let values = measured(&folder, "med");
    // Without the two citations of 2026, both of them self-citations.
    assert_values(
        &values,
        &[("citations@own/x/2025", 15.0, "computed"), ("citations_without_self@own/x/2025", 11.0, "computed")],
    );
}

/// Links: paper 5 cites 1 and 2 (Ahmadi wrote all three), an unknown work cites 1.
#[test]
fn links_show_self_citations_and_importance() {
    let links = "citing,cited,creation,author_sc\n10.1/5,10.1/1,2024,\n10.1/5,10.1/2,2024,\n10.9/x,10.1/1,2023,no\n10.9/y,10.8/z,2023,no\n";
    let links = links.replace("citing,cited", "citing_doi,cited_doi");
    let folder = folder().with("citations/links.csv", links);
    let values = measured(&folder, "med");
    assert_eq!(
        importance(&folder),
        "the importance of citations is worked out recursively over the known links, which are not the world's: a proxy; 1 links cite works that are not ours"
    );
    assert_values(
        &values,
        &[
            // One self-citation of paper 1 and one of paper 2; of the others nothing is known, so a proxy.
            ("self_citations", 2.0, "proxy"),
            ("citations_without_self", 15.0, "proxy"),
            ("citations_without_unit_self", 15.0, "computed"),
        ],
    );
    // Of one paper a year, each is the mean of its own year.
    assert_values(&values, &[("mean_citation_importance", 1.0, "proxy")]);
}

/// What the findings say of the importance of citations.
fn importance(folder: &Folder) -> String {
    let findings = folder.table("findings.csv");
    findings.into_iter().find(|row| row["code"] == "citation-importance").unwrap()["message"].clone()
}

/// No citing work is itself cited, but their impact is told: one round, and the findings say so.
#[test]
fn one_round_of_importance_is_flagged() {
    let links = "citing_doi,cited_doi,creation,citing fwci\n10.9/x,10.1/1,2023,2.5\n10.9/y,10.1/2,2023,30\n";
    let folder = folder().with("citations/links.csv", links);
    assert_values(&measured(&folder, "med"), &[("mean_citation_importance", 1.0, "proxy")]);
    assert!(importance(&folder).contains("in one round from the impact of the citing works, not recursively"));
}

#[test]
fn integrity_signs_and_intervals_of_a_small_school() {
    let folder = folder()
        .with("reference/retractions.csv", "OriginalPaperDOI,RetractionNature\n10.1/2,Retraction\n10.1/3,Correction\n")
        .with("reference/delisted.csv", "Source Title,ISSN,Discontinued from\nB,22222222,2022\nA,11111111,2030\n");
    let values = measured(&folder, "med");
    assert_values(
        &values,
        &[("retracted_publications", 1.0, "computed"), ("delisted_journal_publications", 1.0, "computed")],
    );
    let panel = folder.table("integrity.csv");
    let sign = |sign: &str| {
        let row = panel.iter().find(|row| row["unit"] == "med" && row["sign"] == sign).unwrap();
        (row["count"].clone(), row["of"].clone())
    };
    let pair = |count: &str, of: &str| (count.to_owned(), of.to_owned());
    assert_eq!(sign("retracted"), pair("1", "5"));
    assert_eq!(sign("delisted_journals"), pair("1", "5"));
    assert_eq!(sign("top_paper"), pair("9", "17"));
    assert_eq!(sign("top_author"), pair("5", "5"));
    assert_eq!(sign("not_led"), pair("0", "5"));
    assert_eq!(sign("self_citations"), pair("", ""), "nothing tells self-citations");
    let stability = folder.table("stability.csv");
    let row = |measure: &str| stability.iter().find(|row| row["unit"] == "med" && row["measure"] == measure).unwrap();
    let number = |measure: &str, column: &str| row(measure)[column].parse::<f64>().unwrap();
    // As many are drawn as there are.
    assert_eq!((number("publications", "low"), number("publications", "high")), (5.0, 5.0));
    let (low, high) = (number("citations", "low"), number("citations", "high"));
    assert!(low < 17.0 && 17.0 < high && low >= 0.0 && high <= 45.0, "{low} {high}");
    assert_eq!(row("citations")["most_influential"], "2-s2.0-1");
    assert_eq!(number("citations", "without"), 8.0);
}

/// UTB, 1,688 publications: h 52, worked out independently (`../shared/data/README.md`).
#[test]
fn h_of_a_real_university() {
    let Some(path) = shared("biblio/utb/scopus_utb_1688.csv") else { return };
    let mut citations: Vec<u64> = table(&path).iter().map(|row| row["Cited by"].trim().parse().unwrap_or(0)).collect();
    citations.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(h(&citations), 52);
}

#[test]
fn productivity_without_staff() {
    assert_eq!(credited(90.0, 10.0), 100.0);
    assert_eq!(credited(50.0, 50.0), 60.0);
    assert_eq!(credited(0.0, 10.0), 1.0);
    assert_eq!(credited(0.0, 0.0), 0.0);
}

proptest! {
    /// h ≤ g ≤ the number of publications; one more citation lowers neither.
    #[test]
    fn h_and_g_are_ordered_and_monotone(mut citations in prop::collection::vec(0..60_u64, 0..80), at: prop::sample::Index) {
        citations.sort_unstable_by(|a, b| b.cmp(a));
        let (before_h, before_g) = (h(&citations), g(&citations));
        prop_assert!(before_h <= before_g && before_g <= citations.len());
        if !citations.is_empty() {
            let at = at.index(citations.len());
            citations[at] += 1;
            citations.sort_unstable_by(|a, b| b.cmp(a));
            prop_assert!(h(&citations) >= before_h && g(&citations) >= before_g);
        }
    }
}
