//! SciVal, Web of Science and InCites, of which there are no real files: invented ones, checked field by field.

use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R};

use super::{cell, cells, csv_of, faults, finding, load, reading, row, table, workbook};

const SCIVAL: &[&str] = &[
    "Title",
    "Authors",
    "Number of Authors",
    "Scopus Author Ids",
    "Year",
    "Full date",
    "Scopus Source title",
    "Volume",
    "ISSN",
    "Source ID",
    "Source type",
    "SNIP (publication year)",
    "SNIP percentile (publication year) *",
    "CiteScore percentile (publication year) *",
    "Views",
    "Citations",
    "Field-Weighted Citation Impact",
    "Field-Citation Average",
    "Outputs in Top Citation Percentiles, per percentile",
    "Field-Weighted Outputs in Top Citation Percentiles, per percentile",
    "Reference",
    "Abstract",
    "DOI",
    "Publication type",
    "Open Access",
    "EID",
    "PubMed ID",
    "Institutions",
    "Number of Institutions",
    "Scopus Affiliation IDs",
    "Scopus Affiliation names",
    "Scopus Author ID First Author",
    "Country/Region",
    "All Science Journal Classification (ASJC) code",
    "Sustainable Development Goals (2025)",
];

/// Nineteen lines of settings, the header in row 20, two records, an empty line and the terms of use.
fn scival() -> Vec<Vec<String>> {
    let mut lines = vec![
        cells(&["Data set", "Publications at Test University"]),
        cells(&["Entity", "Test University"]),
        cells(&["Year range", "2019 to 2024"]),
        cells(&["Subject classification", "ASJC"]),
        cells(&["Filtered by", "not filtered"]),
        cells(&["Types of publications included", "all"]),
        cells(&["Self-citations", "included"]),
        cells(&["Data source", "Scopus"]),
        cells(&["Date last updated", "5 November 2025"]),
        cells(&["Date exported", "12 November 2025"]),
    ];
    lines.resize(19, vec!["".to_owned()]);
    lines.extend(table(
        SCIVAL,
        &[
            &[
                ("Title", "Statins and sleep"),
                ("Authors", "Hao, J.| High, R."),
                ("Number of Authors", "=2"),
                ("Scopus Author Ids", "57221302630| 6701683718"),
                ("Year", "=2021"),
                ("Full date", "2021-03"),
                ("Scopus Source title", "Journal of Sleep"),
                ("ISSN", "ISSN-0028-0836"),
                ("Source ID", "=21100.5"),
                ("SNIP (publication year)", "-"),
                ("Citations", "=12"),
                ("Field-Weighted Citation Impact", "=1.85"),
                ("Outputs in Top Citation Percentiles, per percentile", "=9"),
                ("Field-Weighted Outputs in Top Citation Percentiles, per percentile", "=7"),
                ("DOI", "10.1000/SLEEP.1"),
                ("Publication type", "Article"),
                ("Open Access", "-"),
                ("EID", "2-s2.0-85100000001"),
                ("PubMed ID", "=33251087"),
                ("Institutions", "Test University| Other University"),
                ("Scopus Affiliation names", "Test University| Other University"),
                ("Country/Region", "Iran| Italy"),
                ("Sustainable Development Goals (2025)", "SDG 3"),
            ],
            &[
                ("Title", "Alone"),
                ("Authors", "Siu, K.C."),
                ("Scopus Author Ids", "=57200000001"),
                ("Year", "=2018"),
                ("Scopus Source title", "-"),
                ("ISSN", "-"),
                ("Citations", "-"),
                ("Field-Weighted Citation Impact", "-"),
                ("Field-Weighted Outputs in Top Citation Percentiles, per percentile", "-"),
                ("DOI", "-"),
                ("Publication type", "Conference Paper"),
                ("EID", "2-s2.0-85100000002"),
                ("PubMed ID", "-"),
                ("Scopus Affiliation names", "Test University"),
                ("Country/Region", "Iran"),
            ],
        ],
    ));
    lines.push(vec!["".to_owned()]);
    lines.push(cells(&[
        "© 2025 Elsevier B.V. All rights reserved. SciVal, RELX Group and the RE symbol are trade marks",
    ]));
    lines
}

#[test]
fn scival_publications_as_workbook_and_text() {
    let text: Vec<Vec<String>> =
        scival().iter().map(|line| line.iter().map(|text| text.trim_start_matches('=').to_owned()).collect()).collect();
    for (file, bytes) in [("p/scival.xlsx", workbook("Sheet0", &scival())), ("p/scival.csv", csv_of(&text, b','))] {
        let loaded = load(file, bytes);
        let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
        assert_eq!(reading(&loaded.value), ("scival".into(), 2, 0), "{:#?}", loaded.findings);
        assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
        let shown = [
            R::ROW,
            R::SYSTEM,
            R::DOI,
            R::EID,
            R::PMID,
            R::TITLE,
            R::YEAR,
            R::TYPE,
            R::JOURNAL,
            R::ISSN,
            R::CITATIONS,
            R::FWCI,
            R::PERCENTILE,
            R::AUTHORS,
        ];
        let first = "21 ¦ scival ¦ 10.1000/sleep.1 ¦ 2-s2.0-85100000001 ¦ 33251087 ¦ Statins and sleep ¦ 2021 ¦ article ¦ \
                     Journal of Sleep ¦ 00280836 ¦ 12 ¦ 1.85 ¦ 7.0 ¦ 2";
        assert_eq!(row(records, &shown, 0), first);
        let second = "22 ¦ scival ¦ ~ ¦ 2-s2.0-85100000002 ¦ ~ ¦ Alone ¦ 2018 ¦ conference_paper ¦  ¦  ¦ ~ ¦ ~ ¦ ~ ¦ 1";
        assert_eq!(row(records, &shown, 1), second);
        let shown = [A::NAME, A::SCOPUS_ID, A::AFFILIATIONS];
        assert_eq!(
            row(authors, &shown, 0),
            "Hao, J. ¦ 57221302630 ¦ ~",
            "SciVal does not say whose institution is whose"
        );
        assert_eq!(row(authors, &shown, 2), "Siu, K.C. ¦ 57200000001 ¦ Test University, Iran");
        assert_eq!(cell(records, R::UNLINKED, 0), "Test University\nOther University\nIran\nItaly");
        assert!(finding(&loaded.findings, "lines-above").message.contains("Date last updated: 5 November 2025"));
        assert!(finding(&loaded.findings, "rows-passed-over").message.contains("rows 24"));
    }
}

const WOS_TAGS: &str = "PT AU BA BE GP AF BF CA TI SO SE BS LA DT CT CY CL SP HO DE ID AB C1 C3 RP EM RI OI FU FP FX CR NR \
    TC Z9 U1 U2 PU PI PA SN EI BN J9 JI PD PY VL IS PN SU SI MA BP EP AR DI DL D2 EA PG WC WE SC GA PM OA HC HP DA UT";

const WOS_COLUMNS: &[&str] = &[
    "Publication Type",
    "Authors",
    "Book Authors",
    "Author Full Names",
    "Article Title",
    "Source Title",
    "Language",
    "Document Type",
    "Author Keywords",
    "Addresses",
    "Affiliations",
    "Reprint Addresses",
    "Email Addresses",
    "Researcher Ids",
    "ORCIDs",
    "Cited Reference Count",
    "Times Cited, WoS Core",
    "Times Cited, All Databases",
    "ISSN",
    "eISSN",
    "ISBN",
    "Publication Date",
    "Publication Year",
    "DOI",
    "DOI Link",
    "Pubmed Id",
    "UT (Unique WOS ID)",
    "Web of Science Record",
];

/// The same record under tags and under column names.
const WOS_RECORD: &[(&str, &str, &str)] = &[
    ("PT", "Publication Type", "J"),
    ("AU", "Authors", "Hao, J; High, R"),
    ("AF", "Author Full Names", "Hao, Jie; High, Robin"),
    ("TI", "Article Title", "\"Statins\" and sleep"),
    ("SO", "Source Title", "JOURNAL OF SLEEP"),
    ("DT", "Document Type", "Article; Early Access"),
    (
        "C1",
        "Addresses",
        "[Hao, Jie; High, Robin] Test Univ, Sch Med, Testan, Iran; [High, Robin] Univ Rome, Rome, Italy",
    ),
    ("C3", "Affiliations", ""),
    ("RP", "Reprint Addresses", "High, R (corresponding author), Univ Rome, Rome, Italy."),
    ("RI", "Researcher Ids", "Hao, Jie/A-1234-2010"),
    ("OI", "ORCIDs", "High, Robin/0000-0002-1825-0097"),
    ("TC", "Times Cited, WoS Core", "12"),
    ("Z9", "Times Cited, All Databases", "15"),
    ("SN", "ISSN", "0028-0836"),
    ("EI", "eISSN", "1476-4687"),
    ("PY", "Publication Year", "2021"),
    ("DI", "DOI", "10.1000/SLEEP.1"),
    ("PM", "Pubmed Id", "33251087"),
    ("UT", "UT (Unique WOS ID)", "WOS:000345678900001"),
];

#[test]
fn web_of_science_tab_delimited_and_excel() {
    let tags: Vec<&str> = WOS_TAGS.split_whitespace().collect();
    let by_tag: Vec<(&str, &str)> =
        WOS_RECORD.iter().filter(|(tag, ..)| tags.contains(tag)).map(|(tag, _, value)| (*tag, *value)).collect();
    let by_name: Vec<(&str, &str)> = WOS_RECORD
        .iter()
        .filter(|(_, name, _)| WOS_COLUMNS.contains(name))
        .map(|(_, name, value)| (*name, *value))
        .collect();
    // Quotes are plain characters there, lines end with a tab, and the text is UTF-16.
    let lines: Vec<String> = table(&tags, &[&by_tag]).iter().map(|line| line.join("\t") + "\t\r\n").collect();
    let utf16: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(lines.concat().encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf8 = format!("\u{FEFF}{}", lines.concat()).into_bytes();
    let excel = workbook("savedrecs", &table(WOS_COLUMNS, &[&by_name]));
    for (file, bytes) in [("p/savedrecs.txt", utf8), ("p/savedrecs.tsv", utf16), ("p/savedrecs.xlsx", excel)] {
        let loaded = load(file, bytes);
        let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
        assert_eq!(reading(&loaded.value), ("web_of_science".into(), 1, 0), "{file} {:#?}", loaded.findings);
        assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
        let shown = [R::SYSTEM, R::DOI, R::UT, R::PMID, R::TITLE, R::YEAR, R::TYPE, R::JOURNAL, R::ISSN, R::CITATIONS];
        let expected = "wos ¦ 10.1000/sleep.1 ¦ 000345678900001 ¦ 33251087 ¦ \"Statins\" and sleep ¦ 2021 ¦ article ¦ \
                        JOURNAL OF SLEEP ¦ 00280836;14764687 ¦ 12";
        assert_eq!(row(records, &shown, 0), expected, "{file}");
        let shown = [A::NAME, A::RESEARCHER_ID, A::ORCID, A::CORRESPONDING, A::AFFILIATIONS];
        assert_eq!(row(authors, &shown, 0), "Hao, Jie ¦ A-1234-2010 ¦ ~ ¦ false ¦ Test Univ, Sch Med, Testan, Iran");
        assert_eq!(
            row(authors, &shown, 1),
            "High, Robin ¦ ~ ¦ 0000-0002-1825-0097 ¦ true ¦ Test Univ, Sch Med, Testan, Iran\nUniv Rome, Rome, Italy"
        );
        assert_eq!(cell(records, R::CORRESPONDENCE, 0), "High, R (corresponding author), Univ Rome, Rome, Italy.");
    }
}

#[test]
fn incites_documents_and_figures_of_groups() {
    let columns = [
        "Accession Number",
        "DOI",
        "Pubmed ID",
        "Article Title",
        "Authors",
        "Source",
        "Research Area",
        "Document Type",
        "Volume",
        "Issue",
        "Pages",
        "Publication Date",
        "Times Cited",
        "Journal Expected Citations",
        "Category Expected Citations",
        "Journal Normalized Citation Impact",
        "Category Normalized Citation Impact",
        "Percentile in Subject Area",
        "Journal Impact Factor",
    ];
    let mut lines = table(
        &columns,
        &[
            &[
                ("Accession Number", "WOS:000345678900001"),
                ("DOI", "10.1000/sleep.1"),
                ("Pubmed ID", "33251087"),
                ("Article Title", "Statins and sleep"),
                ("Authors", "Hao, J; High, R"),
                ("Source", "JOURNAL OF SLEEP"),
                ("Document Type", "Article; Proceedings Paper"),
                ("Publication Date", "2021"),
                ("Times Cited", "12"),
                ("Category Normalized Citation Impact", "1.8512"),
                ("Percentile in Subject Area", "7.31"),
            ],
            &[
                ("Accession Number", "WOS:000345678900002"),
                ("DOI", "n/a"),
                ("Pubmed ID", "n/a"),
                ("Article Title", "Young"),
                ("Authors", "Siu, KC"),
                ("Publication Date", "2024"),
                ("Times Cited", "0"),
                ("Category Normalized Citation Impact", "n/a"),
                ("Percentile in Subject Area", "n/a"),
            ],
        ],
    );
    lines.push(cells(&[
        "InCites dataset updated Oct 31, 2025. Includes Web of Science content indexed through Sep 30, 2025.",
    ]));
    lines.push(cells(&["Export Date: Nov 12, 2025."]));
    let loaded = load("p/incites.csv", csv_of(&lines, b','));
    let records = &loaded.value.records.0;
    assert_eq!(reading(&loaded.value), ("incites".into(), 2, 0), "{:#?}", loaded.findings);
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let shown = [R::SYSTEM, R::UT, R::DOI, R::PMID, R::YEAR, R::TYPE, R::CITATIONS, R::FWCI, R::PERCENTILE, R::AUTHORS];
    let first = "incites ¦ 000345678900001 ¦ 10.1000/sleep.1 ¦ 33251087 ¦ 2021 ¦ article ¦ 12 ¦ 1.8512 ¦ 7.31 ¦ 2";
    assert_eq!(row(records, &shown, 0), first);
    assert_eq!(row(records, &shown, 1), "incites ¦ 000345678900002 ¦ ~ ¦ ~ ¦ 2024 ¦  ¦ 0 ¦ ~ ¦ ~ ¦ 1");
    assert!(finding(&loaded.findings, "rows-passed-over").message.contains("rows 4, 5"));

    let groups = "Name,Rank,Web of Science Documents,Times Cited,Category Normalized Citation Impact,% Documents in Top 10%\n\
                  School of Medicine,1,1200,9000,1.1,9.5\n";
    let loaded = load("p/groups.csv", groups);
    assert_eq!(reading(&loaded.value), ("incites_aggregate".into(), 0, 1));
    assert_eq!(loaded.value.unused.get("incites_aggregate"), Some(&1));
    finding(&loaded.findings, "not-used-yet");
}
