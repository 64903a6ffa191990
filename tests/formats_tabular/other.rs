//! PubMed, metrics of researchers, and exports that were damaged on their way.

use sanjeh::model::tables::{AuthorshipTable as A, RecordTable as R};

use super::{cell, faults, finding, load, reading, row};

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
