//! OpenAlex in its other forms, Dimensions, PubMed, metrics of researchers: invented files, and exports that were damaged
//! on their way.

use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R};

use super::{cell, cells, csv_of, faults, finding, load, reading, row, table};

#[test]
fn openalex_in_its_other_forms() {
    let web = "Work ID,Title,Author,Author IDs,ORCID,Year,Citation count,Reference count,Source,DOI,Language,Country,Institution,Corresponding author\n\
        https://openalex.org/W1,Sleep,Jie Hao|Robin High,https://openalex.org/A1|https://openalex.org/A2,|https://orcid.org/0000-0002-1825-0097,\
        2021,12,30,Journal of Sleep,https://doi.org/10.1000/SLEEP.1,en,IR|IT,Test University|University of Rome,Robin High\n";
    let older = "id,display_name,doi,publication_year,type,cited_by_count,is_retracted,author_ids,author_names,author_institution_names,primary_location_display_name\n\
        https://openalex.org/W1,Sleep,https://doi.org/10.1000/SLEEP.1,2021,article,12,True,https://openalex.org/A1|https://openalex.org/A2,\
        Jie Hao|Robin High,Test University|University of Rome,Journal of Sleep\n";
    for (text, kind, retracted, institution) in
        [(web, "", "~", "University of Rome, Italy"), (older, "article", "true", "University of Rome")]
    {
        let loaded = load("p/works.csv", text);
        let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
        assert_eq!(reading(&loaded.value), ("openalex".into(), 1, 0), "{:#?}", loaded.findings);
        let shown = [R::OPENALEX, R::DOI, R::YEAR, R::JOURNAL, R::CITATIONS, R::TYPE, R::RETRACTED];
        let expected = format!("W1 ¦ 10.1000/sleep.1 ¦ 2021 ¦ Journal of Sleep ¦ 12 ¦ {kind} ¦ {retracted}");
        assert_eq!(row(records, &shown, 0), expected);
        assert_eq!(row(authors, &[A::NAME, A::AFFILIATIONS], 1), format!("Robin High ¦ {institution}"));
    }
    let loaded = load("p/works.csv", web);
    let shown = [A::ORCID, A::CORRESPONDING];
    assert_eq!(row(&loaded.value.authorships.0, &shown, 0), "~ ¦ false");
    assert_eq!(row(&loaded.value.authorships.0, &shown, 1), "0000-0002-1825-0097 ¦ true");
}

#[test]
fn dimensions_below_its_line_about_the_data() {
    let columns = [
        "Rank",
        "Publication ID",
        "DOI",
        "PMID",
        "PMCID",
        "Title",
        "Abstract",
        "Source title",
        "Anthology title",
        "Publication Date",
        "PubYear",
        "Volume",
        "Issue",
        "Pagination",
        "Open Access",
        "Publication Type",
        "Authors",
        "Authors (Raw Affiliation)",
        "Corresponding Authors",
        "Authors Affiliations",
        "Times cited",
        "Recent citations",
        "RCR",
        "FCR",
        "Dimensions URL",
    ];
    let mut lines =
        vec![cells(&["About the data: Exported on Nov 12, 2025. Criteria: Research Organization is Test University."])];
    lines.extend(table(
        &columns,
        &[&[
            ("Rank", "500"), ("Publication ID", "pub.1"), ("DOI", "10.1000/sleep.1"), ("PMID", "33251087"),
            ("Title", "Statins and sleep"), ("Source title", "Journal of Sleep"), ("PubYear", "2021"),
            ("Publication Type", "Article"), ("Authors", "Hao, Jie; High, Robin"),
            ("Authors (Raw Affiliation)", "Hao, Jie (School of Medicine, Test University (TU), Testan, Iran; Eye Hospital, Iran); High, Robin (University of Rome, Italy)"),
            ("Corresponding Authors", "High, Robin (University of Rome)"), ("Times cited", "12"), ("FCR", "3.1"),
        ]],
    ));
    let loaded = load("p/dimensions.csv", csv_of(&lines, b','));
    let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
    assert_eq!(reading(&loaded.value), ("dimensions".into(), 1, 0), "{:#?}", loaded.findings);
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let shown = [R::ROW, R::SYSTEM, R::DOI, R::PMID, R::TITLE, R::YEAR, R::TYPE, R::JOURNAL, R::CITATIONS, R::FWCI];
    let expected =
        "3 ¦ dimensions ¦ 10.1000/sleep.1 ¦ 33251087 ¦ Statins and sleep ¦ 2021 ¦ article ¦ Journal of Sleep ¦ 12 ¦ ~";
    assert_eq!(row(records, &shown, 0), expected);
    let shown = [A::NAME, A::CORRESPONDING, A::AFFILIATIONS];
    assert_eq!(
        row(authors, &shown, 0),
        "Hao, Jie ¦ false ¦ School of Medicine, Test University (TU), Testan, Iran\nEye Hospital, Iran"
    );
    assert_eq!(row(authors, &shown, 1), "High, Robin ¦ true ¦ University of Rome, Italy");
}

#[test]
fn pubmed_csv() {
    let text = "\u{FEFF}PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n\
        33251087,Statins and sleep.,\"Hao J, High R, Siu KC.\",J Sleep. 2021,Hao J,J Sleep,2021,2021/03/01,PMC1,,10.1000/sleep.1\n";
    let loaded = load("p/csv-set.csv", text);
    let (records, authors) = (&loaded.value.records.0, &loaded.value.authorships.0);
    assert_eq!(reading(&loaded.value), ("pubmed".into(), 1, 0), "{:#?}", loaded.findings);
    let shown = [R::SYSTEM, R::PMID, R::DOI, R::TITLE, R::YEAR, R::JOURNAL, R::CITATIONS, R::TYPE];
    let expected = "pubmed ¦ 33251087 ¦ 10.1000/sleep.1 ¦ Statins and sleep. ¦ 2021 ¦ J Sleep ¦ ~ ¦ ";
    assert_eq!(row(records, &shown, 0), expected);
    let names: Vec<String> = (0..authors.height()).map(|index| cell(authors, A::NAME, index)).collect();
    assert_eq!(names, ["Hao J", "High R", "Siu KC"]);
}

#[test]
fn metrics_of_researchers_from_two_systems() {
    let isid = "ردیف,نام,نام خانوادگی,دانشکده,رتبه علمی,تعداد مقالات,استنادات,H-index,H-index بدون خوداستنادی,G-index,شناسه اسکوپوس\n\
        ۱,علی,رضایی,پزشکی,استاد,۱۲۰,۲۵۰۰,۲۴,۲۲,۴۰,57221302630\n";
    let loaded = load("r/isid.csv", isid);
    assert_eq!(reading(&loaded.value), ("researchers".into(), 1, 0), "{:#?}", loaded.findings);
    let person = &loaded.value.researchers[0];
    assert_eq!((person.name.as_str(), person.units.as_slice()), ("علی رضایی", &["پزشکی".to_owned()][..]));
    let figures = [person.papers, person.citations, person.h_index, person.h_index_without_self, person.g_index];
    assert_eq!(figures, [120.0, 2500.0, 24.0, 22.0, 40.0].map(Some));
    assert_eq!((person.rank.as_str(), person.scopus_ids.as_slice()), ("استاد", &["57221302630".to_owned()][..]));

    let scival = "Name,Scholarly Output,Most recent publication,Citations,Citations per Publication,Field-Weighted Citation Impact,h-index,Scopus author ID\n\
        \"Hao, Jie\",40,2025,800,20,1.4,15,5.72213E+10\n";
    let loaded = load("r/scival.csv", scival);
    let person = &loaded.value.researchers[0];
    assert_eq!((person.papers, person.fwci, person.h_index), (Some(40.0), Some(1.4), Some(15.0)));
    assert!(person.scopus_ids.is_empty());
    assert_eq!(faults(&loaded.findings), ["damaged-id r/scival.csv › H2 \"Scopus author ID\""]);
}

#[test]
fn damaged_lists_of_authors_are_marked() {
    let header = "Authors,Author(s) ID,Title,Year,Cited by,DOI,Authors with affiliations,EID\n";
    let long = format!("Hao J., {}", "Univ A, ".repeat(5000));
    let cut: String = long.chars().take(32_767).collect();
    let loaded = load(
        "p/scopus.csv",
        format!(
            "{header}Hao J.; High R.,5.72213E+10; 6701683718,A,2021,,10.1/a,,2-s2.0-1\n\
             Hao J.,57221302630,B,2021,3,10.1/b,\"{cut}\",2-s2.0-2\nHao J.,57221302630,C,2021,4,10.1/c,,2-s2.0-3\n"
        ),
    );
    let records = &loaded.value.records.0;
    let shown = [R::TITLE, R::DAMAGED, R::CITATIONS];
    assert_eq!(row(records, &shown, 0), "A ¦ true ¦ 0");
    assert_eq!(row(records, &shown, 1), "B ¦ true ¦ 3");
    assert_eq!(row(records, &shown, 2), "C ¦ false ¦ 4");
    assert_eq!(
        faults(&loaded.findings),
        ["damaged-id p/scopus.csv › B2 \"Author(s) ID\"", "cut-cell p/scopus.csv › G3 \"Authors with affiliations\""]
    );
    let authors = &loaded.value.authorships.0;
    assert_eq!((cell(authors, A::SCOPUS_ID, 0), cell(authors, A::SCOPUS_ID, 1)), ("~".into(), "6701683718".into()));
}

#[test]
fn files_joined_by_hand_repeat_their_header() {
    let one = "PMID,Title,Authors,Journal/Book,Publication Year,DOI\n1,A,Hao J.,J,2021,10.1/a\n";
    let loaded =
        load("p/joined.csv", format!("{one}{}", one.replace("1,A,Hao J.,J,2021,10.1/a", "2,B,High R.,J,2022,10.1/b")));
    assert_eq!(reading(&loaded.value), ("pubmed".into(), 2, 0));
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    assert!(finding(&loaded.findings, "rows-passed-over").message.contains("rows 3"));
}

#[test]
fn an_office_s_own_list_is_no_export() {
    let loaded = load("notes/list.csv", "id,title,year\n1,A project,2021\n");
    assert_eq!(loaded.value.records.0.height(), 0);
    assert_eq!(faults(&loaded.findings).len(), 1, "{:#?}", loaded.findings);
    finding(&loaded.findings, "unknown-sheet");
}

#[test]
fn endless_lists_of_authors_end() {
    let many = |item: &str, count: usize| (0..count).map(|n| item.replace('#', &n.to_string())).collect::<String>();
    let dimensions = format!(
        "Title,PubYear,Times cited,Authors,Authors (Raw Affiliation)\nA,2021,1,{},{}\n",
        many("A#; ", 20_000),
        many("B# (Univ #); ", 20_000)
    );
    let wos = format!("AU\tTI\tPY\tUT\tC1\nX\tA\t2021\tWOS:000345678900001\t{}\n", many("[B#] Univ #; ", 20_000));
    for (file, text, authors) in [("p/d.csv", dimensions, 20_000), ("p/w.txt", wos, 1)] {
        let loaded = load(file, text);
        assert_eq!(loaded.value.records.0.height(), 1, "{:#?}", loaded.findings);
        assert_eq!(loaded.value.authorships.0.height(), authors);
        assert_eq!(cell(&loaded.value.records.0, R::UNLINKED, 0).lines().count(), 20_000);
    }
}
