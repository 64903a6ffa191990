//! One fault per file: its code, its cell, and that the rest is used.

use sanjeh::diagnostic::Severity;
use sanjeh::model::tables::Tables;

use super::{Folder, UNITS, faults, only};

/// Loads one file with one fault; returns what was read, and the place of the fault.
fn fault(file: &str, content: &str, code: &str) -> (Tables, String) {
    let loaded = Folder::new().with(file, content).load();
    assert_eq!(faults(&loaded.findings), [code], "{:#?}", loaded.findings);
    let place = only(&loaded.findings, code).place.to_string();
    (loaded.value, place)
}

const STAFF: &str = "id,name,school,rank,fte,orcid,scopus id\n1,Sara Ahmadi,MED,Professor,1,,\n";

#[test]
fn units() {
    let (tables, place) = fault("more/units.csv", "id,name_en,type,parents\nMED,Again,school,U\n", "duplicate-unit");
    assert_eq!((tables.units.len(), place.as_str()), (7, "units.csv › A3 \"id\""));
    let (tables, _) = fault("more.csv", "id,name_en,type,parents\nX,X,school,NOPE\n", "unknown-parent");
    assert_eq!(tables.units.len(), 8);
    let (tables, place) = fault("more.csv", "id,name_en,type,parents\n,X,school,U\n", "missing-value");
    assert_eq!((tables.units.len(), place.as_str()), (7, "more.csv › A2 \"id\""));
    let (_, place) = fault("more.csv", "id,name_en,type,valid_from,valid_to\nX,X,school,2020,2010\n", "reversed-years");
    assert_eq!(place, "more.csv › D2 \"valid_from\"");
    let (tables, place) = fault("a.csv", "spelling,unit\nMed School,MED\nMed. School,NOPE\n", "unknown-unit");
    assert_eq!((tables.aliases.len(), place.as_str()), (1, "a.csv › B3 \"unit\""));
    let (tables, place) = fault("a.csv", "spelling,unit\nSurg,SUR\nSurg.,SUR2\n", "shared-spelling");
    assert_eq!((tables.aliases.len(), place.as_str()), (2, "a.csv › A3 \"spelling\""));
}

#[test]
fn staff() {
    let one = |row: &str, code: &str| fault("staff/s.csv", &format!("{STAFF}{row}\n"), code);
    let (tables, place) = one("2,Reza,NOPE,Professor,1,,", "unknown-unit");
    assert_eq!((tables.staff.len(), place.as_str()), (1, "staff/s.csv › C3 \"school\""));
    let (tables, place) = one("2,Reza,Department of Surgery,Professor,1,,", "ambiguous-unit");
    assert_eq!((tables.staff.len(), place.as_str()), (1, "staff/s.csv › C3 \"school\""));
    let (tables, place) = one("2,Reza,,Professor,1,,", "missing-value");
    assert_eq!((tables.staff.len(), place.as_str()), (1, "staff/s.csv › row 3"));
    let (tables, place) = one("2,Reza,MED,Professor,1.5,,", "fte-above-headcount");
    assert_eq!((tables.staff[1].fte, place.as_str()), (1.0, "staff/s.csv › E3 \"fte\""));
    let loaded = Folder::new().with("s.csv", format!("{STAFF}2,Reza,MED,Professor,50 %,,\n")).load();
    assert_eq!((loaded.value.staff[1].fte, faults(&loaded.findings).len()), (0.5, 0));
    let (tables, place) = one("2,Reza,MED,Professor,full,,", "not-a-number");
    assert_eq!((tables.staff.len(), place.as_str()), (1, "staff/s.csv › E3 \"fte\""));
    let (tables, _) = one("2,Reza,MED,Professor,-1,,", "negative-count");
    assert_eq!(tables.staff.len(), 1);
    let (tables, place) = one("2,Reza,MED,Wizard,1,,", "unknown-value");
    assert_eq!((tables.staff.len(), place.as_str()), (2, "staff/s.csv › D3 \"rank\""));
    let (tables, place) = one("2,Reza,MED,Professor,1,0000-0002-1825-0098,", "bad-orcid");
    assert_eq!((tables.staff[1].orcids.len(), place.as_str()), (0, "staff/s.csv › F3 \"orcid\""));
    let (tables, place) = one("2,Reza,MED,Professor,1,,5.72213E+10", "damaged-id");
    assert_eq!((tables.staff[1].scopus_ids.len(), place.as_str()), (0, "staff/s.csv › G3 \"scopus id\""));
    let (tables, _) = one("2,Reza,MED,Professor,1,,none yet", "bad-author-id");
    assert_eq!(tables.staff.len(), 2);
    let (tables, place) = one("1,Reza,MED,Professor,1,,", "duplicate-staff");
    assert_eq!((tables.staff.len(), place.as_str()), (1, "staff/s.csv › A3 \"id\""));
    assert_eq!((tables.sources[0].rows, tables.sources[0].left_out), (1, 1));
    let rows = "2,Reza,MED,Professor,1,,57200000001\n3,Mina,MED,Professor,1,,57200000001";
    let (tables, _) = one(rows, "shared-author-id");
    assert_eq!(tables.staff.len(), 3);
    let dates = "id,name,school,rank,from,to\n1,Sara,MED,Professor,03/07/15,\n";
    let (tables, place) = fault("s.csv", dates, "bad-date");
    assert_eq!((tables.staff[0].from, place.as_str()), (None, "s.csv › E2 \"from\""));
    let dates = "id,name,school,rank,from,to\n1,Sara,MED,Professor,2020-01-01,2019-01-01\n";
    fault("s.csv", dates, "reversed-dates");
}

const STUDENTS: &str = "unit,year,level,headcount,fte,international,female\nMED,1402,PhD,10,9,1,5\n";

#[test]
fn students_and_degrees() {
    let one = |row: &str, code: &str| {
        let (tables, place) = fault("s.csv", &format!("{STUDENTS}{row}\n"), code);
        assert_eq!(tables.students.len(), 1, "only the good row is used");
        place
    };
    assert_eq!(one("MED,1402,PhD,-3,,,", "negative-count"), "s.csv › D3 \"headcount\"");
    assert_eq!(one("MED,1402,PhD,many,,,", "not-a-number"), "s.csv › D3 \"headcount\"");
    assert_eq!(one("MED,1402,PhD,10,11,,", "fte-above-headcount"), "s.csv › E3 \"fte\"");
    assert_eq!(one("MED,1402,PhD,10,,11,", "subset-above-total"), "s.csv › F3 \"international\"");
    assert_eq!(one("MED,1402,PhD,10,,,11", "subset-above-total"), "s.csv › G3 \"female\"");
    assert_eq!(one("MED,soon,PhD,10,,,", "bad-year"), "s.csv › B3 \"year\"");
    assert_eq!(one("MED,,PhD,10,,,", "missing-value"), "s.csv › B3 \"year\"");
    assert_eq!(one("MED,1402,wizardry,10,,,", "unknown-value"), "s.csv › C3 \"level\"");
    assert_eq!(one("MED,1402,PhD,-,,,", "missing-value"), "s.csv › D3 \"headcount\"");
    assert_eq!(one("MED; DEN,1402,PhD,10,,,", "several-units"), "s.csv › A3 \"unit\"");
    let (tables, place) =
        fault("d.csv", "unit,year,level,degrees\nMED,1402,PhD,4\nMED,1402,MSc,-4\n", "negative-count");
    assert_eq!((tables.degrees.len(), place.as_str()), (1, "d.csv › D3 \"degrees\""));
}

#[test]
fn totals_are_compared_and_never_counted() {
    let rows = "ردیف,واحد,سال,مقطع,تعداد\n1,MED,1402,دکتری تخصصی,10\n2,DEN,1402,دکتری تخصصی,5\n";
    let agreed = Folder::new().with("s.csv", format!("{rows},جمع کل,,,۱۵\n")).load();
    assert_eq!((agreed.value.students.len(), faults(&agreed.findings).len()), (2, 0), "{:#?}", agreed.findings);
    assert!(only(&agreed.findings, "rows-passed-over").message.contains("rows 4"));
    let (tables, place) = fault("s.csv", &format!("{rows},جمع کل,,,16\n"), "total-mismatch");
    assert_eq!((tables.students.len(), place.as_str()), (2, "s.csv › E4 \"تعداد\""));
}

const FINANCE: &str = "unit,year,income (million rial),research income (million rial),industry income (million rial)\n";

#[test]
fn finance() {
    let one = |row: &str, code: &str| fault("f.csv", &format!("{FINANCE}MED,1402,100,10,1\n{row}\n"), code);
    let (tables, place) = one("DEN,1402,100,200,1", "subset-above-total");
    assert_eq!((tables.finance.len(), place.as_str()), (3, "f.csv › D3 \"research income (million rial)\""));
    let (tables, _) = one("DEN,1402,-100,,", "negative-amount");
    assert_eq!(tables.finance.len(), 3);
    let (tables, _) = one("DEN,1390,100,,", "no-ppp-rate");
    assert_eq!(tables.finance.len(), 3);
    let (tables, place) = fault("f.csv", "unit,year,income,research income\nMED,1402,100,10\n", "no-currency");
    assert_eq!((tables.finance.len(), place.as_str()), (0, "f.csv"));
    let (tables, place) = fault(
        "f.csv",
        "unit,year,item,amount,currency\nMED,1402,income,1,shells\nMED,1402,income,1,toman\n",
        "no-currency",
    );
    assert_eq!((tables.finance.len(), place.as_str()), (1, "f.csv › E2 \"currency\""));
    let (tables, _) = fault("p.csv", "currency,year,rate,source\nIRR,2015,0,x\n", "bad-rate");
    assert!(tables.finance.is_empty());
}

#[test]
fn supplied_and_peers() {
    let (tables, place) = fault(
        "m.csv",
        "unit,measure,year,value,source\nMED,patents,2023,3,x\nMED,patents,2023,few,x\n",
        "not-a-number",
    );
    assert_eq!((tables.supplied.len(), place.as_str()), (1, "m.csv › D3 \"value\""));
    let loaded = Folder::new().with("m.csv", "unit,measure,year,value,source\nMED,patents,2023,,x\n").load();
    assert_eq!(only(&loaded.findings, "missing-value").severity, Severity::Info);
    let (tables, _) = fault(
        "p.csv",
        "edition,unit_type,indicator,peer,value\na,university,b,P,1\na,university,b,P,\n",
        "missing-value",
    );
    assert_eq!(tables.peers.len(), 1);
}

const SCOPUS: &str = "Authors,Author(s) ID,Title,Year,Cited by,DOI,EID\n";

#[test]
fn records() {
    let one = |row: &str, code: &str| {
        fault("p.csv", &format!("{SCOPUS}Ito K.,57200000001,One,2020,1,,2-s2.0-1\n{row}\n"), code)
    };
    let (tables, place) = one("Ito K.,57200000001,Two,Springer,1,,2-s2.0-2", "bad-year");
    assert_eq!((tables.records.0.height(), place.as_str()), (1, "p.csv › D3 \"Year\""));
    let (tables, _) = one("Ito K.,57200000001,,2020,1,,", "empty-record");
    assert_eq!(tables.records.0.height(), 1);
    let (tables, place) = one("Ito K.,5.72213E+10,Two,2020,1,,2-s2.0-2", "damaged-id");
    assert_eq!((tables.records.0.height(), place.as_str()), (2, "p.csv › B3 \"Author(s) ID\""));
    let (tables, _) = one("Ito K.; Abe S.,57200000001,Two,2020,1,,2-s2.0-2", "author-ids-differ");
    assert_eq!(tables.authorships.0.height(), 3);
    let (tables, _) = one("Ito K.,57200000001,Two,2020,some,,2-s2.0-2", "not-a-number");
    assert_eq!(tables.records.0.height(), 2);
    let long = format!("\"{}\",57200000001,Two,2020,1,,2-s2.0-2", &"Ito K. ".repeat(5000)[..32_767]);
    let (_, place) = one(&long, "cut-cell");
    assert_eq!(place, "p.csv › A3 \"Authors\"");
}

#[test]
fn a_flood_of_one_fault_is_bounded_and_counted() {
    let rows: String = (0..3000).map(|row| format!("{row},Person {row},NOPE,Professor,1,,\n")).collect();
    let loaded = Folder::new().with("s.csv", format!("{STAFF}{rows}")).load();
    let found: Vec<_> = loaded.findings.iter().filter(|finding| finding.code == "unknown-unit").collect();
    assert_eq!(found.len(), 1001);
    assert!(found[1000].message.starts_with("2000 more"), "{:?}", found[1000]);
    assert_eq!(loaded.value.sources[0].left_out, 3000);
}

#[test]
fn two_columns_for_one_field_are_reported() {
    let content = "unit,year,level,headcount,students\nMED,1402,PhD,10,11\n";
    let (tables, place) = fault("s.csv", content, "repeated-column");
    assert_eq!((tables.students[0].headcount, place.as_str()), (10.0, "s.csv › E1 \"students\""));
    assert!(UNITS.contains("MED"));
}

#[test]
fn the_same_figures_twice() {
    let (tables, place) = {
        let loaded = Folder::new().with("a.csv", STUDENTS).with("b.csv", STUDENTS).load();
        assert_eq!(faults(&loaded.findings), ["same-file"]);
        (loaded.value, only(&loaded.findings, "same-file").place.to_string())
    };
    assert_eq!((tables.students.len(), place.as_str()), (1, "b.csv"));
    let reordered = "year,unit,level,headcount\n1402,MED,PhD,10\n1402,MED,MSc,3\n";
    let loaded = Folder::new().with("a.csv", STUDENTS).with("b.csv", reordered).load();
    assert_eq!(faults(&loaded.findings), ["repeated-figure"]);
    let finding = only(&loaded.findings, "repeated-figure");
    assert_eq!((finding.place.to_string().as_str(), loaded.value.students.len()), ("b.csv › D2 \"headcount\"", 3));
    assert!(finding.message.starts_with("1 figures"), "{finding:?}");
}

const LIST: &str = "FirstName MiddleName,LastName,Category,Full Primary Affiliation,ORCID,Year\n";

#[test]
fn highly_cited() {
    let one = |row: &str, code: &str| {
        let good = "Jeff G,Arnold,Physics,\"Univ Calif Berkeley, USA\",,2024\n";
        let (tables, place) = fault("l.csv", &format!("{LIST}{good}{row}\n"), code);
        assert_eq!(tables.highly_cited.len(), 1, "only the good row is used");
        place
    };
    assert_eq!(one(",,Physics,\"Univ Oxford, UK\",,2024", "missing-value"), "l.csv › B3 \"LastName\"");
    assert_eq!(one("Ann,Carter,Physics,,,2024", "missing-value"), "l.csv › D3 \"Full Primary Affiliation\"");
    assert_eq!(one("Ann,Carter,Physics,\"Univ Oxford, UK\",,soon", "bad-year"), "l.csv › F3 \"Year\"");
    let row = "Ann,Carter,Physics,\"Univ Oxford, UK\",0000-0002-1825-0098,2024\n";
    let loaded = Folder::new().with("l.csv", format!("{LIST}{row}")).load();
    assert_eq!((loaded.value.highly_cited.len(), only(&loaded.findings, "bad-orcid").severity), (1, Severity::Info));
}

const AWARDS: &str = "laureate,prize,year,share,kind,year of degree,unit\n";

#[test]
fn awards() {
    let one = |row: &str, code: &str| {
        let good = "A. Amini,Fields Medal,2015,0.5,staff,,MED\n";
        let (tables, place) = fault("a.csv", &format!("{AWARDS}{good}{row}\n"), code);
        assert_eq!(tables.awards.len(), 1, "only the good row is used");
        place
    };
    assert_eq!(one(",Fields Medal,2015,1,staff,,MED", "missing-value"), "a.csv › A3 \"laureate\"");
    assert_eq!(one("B,,2015,1,staff,,MED", "missing-value"), "a.csv › B3 \"prize\"");
    assert_eq!(one("B,Fields Medal,soon,1,staff,,MED", "bad-year"), "a.csv › C3 \"year\"");
    assert_eq!(one("B,Fields Medal,2015,1.5,staff,,MED", "bad-share"), "a.csv › D3 \"share\"");
    assert_eq!(one("B,Fields Medal,2015,-0.5,staff,,MED", "negative-count"), "a.csv › D3 \"share\"");
    assert_eq!(one("B,Fields Medal,2015,1,wizard,,MED", "unknown-value"), "a.csv › E3 \"kind\"");
    assert_eq!(one("B,Fields Medal,2015,1,alumnus,,MED", "missing-value"), "a.csv › F3 \"year of degree\"");
    assert_eq!(one("B,Fields Medal,2015,1,staff,,NOPE", "unknown-unit"), "a.csv › G3 \"unit\"");
    let persian = "برنده,جایزه,سال,سهم (درصد),نوع,سال دانش‌آموختگی\nامینی,نوبل,۱۳۹۴,۲۵,دانش‌آموخته,۱۳۷۰\n";
    let loaded = Folder::new().with("a.csv", persian).load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let award = &loaded.value.awards[0];
    assert_eq!((award.share, award.year, award.degree_year), (0.25, 2015, Some(1991)));
    assert_eq!(Some(award.unit), loaded.value.units.university());
}

#[test]
fn patents() {
    let one = |row: &str, used: usize, code: &str| {
        let good = "family id,publication number,publication year,cited doi\nF1,US1,2021,10.1000/x\n";
        let (tables, place) = fault("p.csv", &format!("{good}{row}\n"), code);
        assert_eq!(tables.patents.len(), used);
        place
    };
    assert_eq!(one("F2,US2,2021,", 1, "no-doi"), "p.csv › D3 \"cited doi\"");
    assert_eq!(one("F2,US2,2021,a paper", 1, "no-doi"), "p.csv › D3 \"cited doi\"");
    assert_eq!(one("F2,US2,2021,10.1000/y; a paper", 2, "no-doi"), "p.csv › D3 \"cited doi\"");
    assert_eq!(one("F2,US2,soon,10.1000/y", 1, "bad-year"), "p.csv › C3 \"publication year\"");
    assert_eq!(one(",,2021,10.1000/y", 1, "missing-value"), "p.csv › A3 \"family id\"");
}

#[test]
fn citations_by_year() {
    let header = "DOI,Citation year,Citations in year,Self-citations\n10.1/a,2023,4,1\n";
    let one = |row: &str, code: &str| {
        let (tables, place) = fault("citations/c.csv", &format!("{header}{row}\n"), code);
        (tables.citation_counts.len(), place)
    };
    assert_eq!(one("10.1/b,2023,2,3", "more-than-all"), (1, "citations/c.csv › D3 \"Self-citations\"".into()));
    assert_eq!(one("no doi,2023,2,", "no-identifier"), (1, "citations/c.csv › A3 \"DOI\"".into()));
    assert_eq!(one("10.1/b,2023,,", "missing-value"), (1, "citations/c.csv › C3 \"Citations in year\"".into()));
    assert_eq!(one("10.1/b,2023,-2,", "negative-count"), (1, "citations/c.csv › C3 \"Citations in year\"".into()));
    assert_eq!(one("10.1/b,soon,2,", "bad-year"), (1, "citations/c.csv › B3 \"Citation year\"".into()));
}

#[test]
fn listed_titles_and_retractions() {
    let (tables, place) =
        fault("reference/d.csv", "ISSN,Source title,Discontinued from\n1234-5679,A,2020\n,B,2021\n", "no-issn");
    assert_eq!((tables.delisted_titles.len(), place.as_str()), (1, "reference/d.csv › A3 \"ISSN\""));
    let (tables, place) = fault("reference/t.csv", "Top journal ISSN,Category\n1234-5679,Surgery\nnone,X\n", "no-issn");
    assert_eq!((tables.top_journals.len(), place.as_str()), (1, "reference/t.csv › A3 \"Top journal ISSN\""));
    let loaded = Folder::new()
        .with(
            "r.csv",
            "OriginalPaperDOI,RetractionNature\n10.1/B,Retraction\n10.1/c,Correction\nunavailable,Retraction\n",
        )
        .load();
    assert_eq!(loaded.value.retractions, ["10.1/b"]);
    assert_eq!(only(&loaded.findings, "not-a-retraction").place.to_string(), "r.csv › B3 \"RetractionNature\"");
    assert_eq!(only(&loaded.findings, "no-doi").place.to_string(), "r.csv › A4 \"OriginalPaperDOI\"");
    let (tables, place) =
        fault("more.csv", "id,name_en,type,parents,the subject\nX,X,school,U,alchemy\n", "unknown-subject");
    assert_eq!((tables.units.len(), place.as_str()), (8, "more.csv › E2 \"the subject\""));
}
