//! Real exports, where they are present.

use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R, Tables};

use super::{cell, faults, filled, finding, marked, reading, real, row, sum};

/// Layout, records and rows left out, citations, and how many records have a DOI and a PubMed id.
fn totals(tables: &Tables) -> (String, usize, u64, i64, usize, usize) {
    let records = &tables.records.0;
    let (layout, used, left_out) = reading(tables);
    assert_eq!(used as usize, records.height());
    (layout, records.height(), left_out, sum(records, R::CITATIONS), filled(records, R::DOI), filled(records, R::PMID))
}

#[test]
fn samples_of_three_systems() {
    if let Some(loaded) = real("biblio/format_samples/scopus_sample.csv") {
        let authors = &loaded.value.authorships.0;
        assert_eq!(totals(&loaded.value), ("scopus".into(), 8, 0, 4, 8, 4));
        assert_eq!((authors.height(), filled(authors, A::SCOPUS_ID)), (38, 38));
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    }
    if let Some(loaded) = real("biblio/format_samples/lens_sample.csv") {
        let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
        assert_eq!(totals(&loaded.value), ("lens".into(), 8, 0, 373, 8, 4));
        let shown = [R::SYSTEM, R::DOI, R::PMID, R::YEAR, R::TYPE, R::JOURNAL, R::ISSN, R::CITATIONS];
        let expected = "lens ¦ 10.1007/s10669-020-09792-x ¦ 33251087 ¦ 2020 ¦ article ¦ Environment systems & decisions ¦ \
                        21945411;21945403 ¦ 10";
        assert_eq!(row(records, &shown, 0), expected);
        assert_eq!((authors.height(), cell(authors, A::NAME, 9)), (28, "La’Treall Maddox".to_owned()));
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    }
    if let Some(loaded) = real("biblio/format_samples/openalex_sample.csv") {
        let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
        assert_eq!(totals(&loaded.value), ("openalex".into(), 8, 0, 14_808, 8, 2));
        let shown = [R::OPENALEX, R::ISSN, R::CITATIONS, R::FWCI, R::RETRACTED];
        assert_eq!(row(records, &shown, 0), "W2755950973 ¦ 17511577 ¦ 13235 ¦ 116.9374 ¦ false");
        let percentile = records.column(R::PERCENTILE).unwrap().f64().unwrap().get(0).unwrap();
        assert!((percentile - 0.038_245).abs() < 1e-9, "1 is the top 1 %: {percentile}");
        let shown = [A::NAME, A::ORCID, A::CORRESPONDING, A::AFFILIATIONS];
        let expected = "Massimo Aria ¦ 0000-0002-8517-9411 ¦ true ¦ University of Naples Federico II, Italy";
        assert_eq!(row(authors, &shown, 0), expected);
        // Two authors with four institutions: nobody knows whose is which.
        assert_eq!((filled(records, R::UNLINKED), authors.height(), filled(authors, A::AFFILIATIONS)), (1, 20, 16));
        // The third of four authors has no institution; its empty place keeps the others in theirs.
        let campra = (0..20).find(|index| cell(authors, A::NAME, *index) == "Maura Campra").unwrap();
        assert_eq!(row(authors, &[A::AFFILIATIONS], campra + 2), "~");
        assert_eq!(row(authors, &[A::AFFILIATIONS, A::CORRESPONDING], campra + 3), "University of Turin, Italy ¦ true");
    }
}

#[test]
fn records_with_authors_as_tuples() {
    let Some(loaded) = real("biblio/halmstad/hh_scopus_2003-2022_raw.xlsx") else { return };
    let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
    assert_eq!(totals(&loaded.value), ("scopus_tuples".into(), 2992, 0, 55_159, 2759, 691));
    assert_eq!((authors.height(), filled(authors, A::SCOPUS_ID)), (12_255, 12_255), "counted in pandas");
    // One cell was cut by the spreadsheet program; the authors are in another cell, some of their affiliations are lost.
    assert_eq!(faults(&loaded.findings).len(), 1, "{:#?}", loaded.findings);
    assert!(finding(&loaded.findings, "cut-cell").place.to_string().contains("AB355"));
    assert_eq!(marked(records, R::DAMAGED), 1);
    let record = (0..2992).find(|index| cell(records, R::DAMAGED, *index) == "true").unwrap();
    assert_eq!(row(records, &[R::ROW, R::DOI, R::AUTHORS], record), "355 ¦ 10.1111/jvs.13050 ¦ 223");
    let shown = [A::NAME, A::SCOPUS_ID, A::AFFILIATIONS];
    let expected = "Ping Li ¦ 57953233200 ¦ College of Intelligence and Computing, Tianjin University, China";
    assert_eq!(row(authors, &shown, 0), expected);
    assert_eq!(row(records, &[R::YEAR, R::EID, R::SYSTEM], 0), "2022 ¦ 2-s2.0-85141287830 ¦ scopus");
}

#[test]
fn scopus_with_headers_of_another_kind() {
    if let Some(loaded) = real("biblio/monash_malaysia/scopus_2019-07-24.csv") {
        assert_eq!(totals(&loaded.value), ("scopus".into(), 485, 0, 351, 475, 143));
    }
    for (file, records, citations, dois, authors) in
        [("17342742600", 38, 7142, 37, 92), ("17433648600", 31, 6715, 31, 102)]
    {
        let Some(loaded) = real(&format!("biblio/scopus_chinese_headers/{file}.csv")) else { continue };
        assert_eq!(totals(&loaded.value), ("scopus".into(), records, 0, citations, dois, 0));
        assert_eq!(filled(&loaded.value.authorships.0, A::SCOPUS_ID), authors);
    }
    let Some(loaded) = real("messy/monash_scopus_double_header.xlsx") else { return };
    assert_eq!(totals(&loaded.value), ("scopus".into(), 255, 0, 78, 249, 70));
    assert_eq!(filled(&loaded.value.authorships.0, A::SCOPUS_ID), 1396);
    assert!(finding(&loaded.findings, "lines-above").message.contains("STAFF NAME"));
}

#[test]
fn works_of_openalex_with_institutions_only() {
    let Some(loaded) = real("biblio/mcmaster_hei/openalex_works.csv") else { return };
    let records = &loaded.value.records.0;
    assert_eq!(totals(&loaded.value), ("openalex".into(), 13_626, 0, 1_453_796, 13_074, 0));
    assert_eq!((marked(records, R::RETRACTED), filled(records, R::UNLINKED)), (8, 10_419));
    assert_eq!(loaded.value.authorships.0.height(), 0, "the table names no author");
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
}

#[test]
fn links_between_citing_and_cited_works() {
    let Some(loaded) = real("biblio/mcmaster_hei/opencitations_links.csv") else { return };
    let links = &loaded.value.citation_links;
    assert_eq!(reading(&loaded.value), ("citation_links".into(), 330, 0));
    assert_eq!(links.iter().filter(|link| link.author_self == Some(true)).count(), 1);
    assert_eq!(links.iter().filter(|link| link.journal_self == Some(true)).count(), 9);
    assert_eq!(links.iter().filter(|link| link.months.is_none()).count(), 2);
    let first = &links[0];
    assert_eq!(
        (first.citing.as_str(), first.cited.as_str()),
        ("10.1016/j.tics.2006.08.004", "10.1037/0022-3514.35.11.817")
    );
    assert_eq!((first.year, first.months), (Some(2006), Some(347)));
}

#[test]
fn qs_figures_of_three_universities_by_area() {
    let universities =
        ["Universidade_de_So_Paulo", "Universidade_Estadual_de_Campinas", "Universidade_Federal_de_So_Paulo"];
    for university in universities {
        // 5 areas × 9 figures, the total's 7, the deduplicated 6, and the score above the table.
        for (module, rows, figures) in
            [("Citations_per_Faculty", 7, 59), ("International_Research_Network_Index", 6, 30)]
        {
            let Some(loaded) = real(&format!("rankings/scival_qs/QS_WUR_2026_{module}_{university}.csv")) else {
                continue;
            };
            assert_eq!(reading(&loaded.value), ("scival_qs".into(), rows, 0));
            assert_eq!(loaded.value.supplied_areas.len(), figures, "{university}");
            assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
            assert!(finding(&loaded.findings, "lines-above").message.contains("Date last updated: 9 February 2023"));
            assert!(finding(&loaded.findings, "rows-passed-over").message.contains(": 1 ("), "the line of terms");
        }
    }
    let file = "rankings/scival_qs/QS_WUR_2026_Citations_per_Faculty_Universidade_de_So_Paulo.csv";
    let Some(loaded) = real(file) else { return };
    let areas = &loaded.value.supplied_areas;
    let value = |metric: &str, area: &str| {
        areas.iter().find(|figure| figure.metric == metric && figure.area == area).map(|figure| figure.value)
    };
    assert_eq!(value("Citation per Faculty Score", ""), Some(40.3));
    assert_eq!(value("Normalized Total Citation Count (QS)", "Arts & Humanities"), Some(16_547.0));
    assert_eq!(value("Weighting Factor (QS)", "Engineering & Technology"), Some(0.63));
    assert_eq!(value("Total Citations", "Deduplicated Count"), Some(1_074_991.0));
    assert_eq!(value("Weighting Factor (QS)", "Total"), None, "N/A is no figure");
    assert_eq!((areas[0].entity.as_str(), areas[0].years.as_str()), ("Universidade de São Paulo", "2019 to 2023"));
}
