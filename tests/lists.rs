//! Highly cited researchers, awards and patents in a run, worked by hand.

use std::collections::BTreeMap;

use crate::support::Folder;

const UNITS: &str = "id,name_en,name_fa,type,parents\n\
    u,Test University of Medical Sciences,,university,\n\
    med,School of Medicine,,school,u\n\
    dent,School of Dentistry,,school,u\n";
const STAFF: &str = "staff_id,name,unit,rank,orcid\n\
    1,\"Ahmadi, Maryam\",med,professor,\n\
    2,\"Brown, Charles D\",dent,professor,0000-0002-1825-0097\n";

fn folder() -> Folder {
    Folder::assessment(&["arwu/2025", "the/wur/2026"]).with("units.csv", UNITS).with("staff/staff.csv", STAFF)
}

/// Value and status of a measure by unit; the one column whose name begins so.
fn measure(folder: &Folder, code: &str) -> BTreeMap<String, (Option<f64>, String)> {
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = folder.table("measures.csv").into_iter();
    let rows = rows.filter(|row| row["measure"].split('@').next() == Some(code));
    rows.map(|row| (row["unit"].clone(), (row["value"].parse().ok(), row["status"].clone()))).collect()
}

/// The values of the university and its two schools; `None` is missing.
#[track_caller]
fn values(folder: &Folder, code: &str, expected: [Option<f64>; 3]) {
    let found = measure(folder, code);
    let found = ["u", "med", "dent"].map(|unit| {
        let (value, status) = &found[unit];
        assert_eq!(value.is_none(), status == "missing", "{code} {unit}");
        *value
    });
    let near = |a: Option<f64>, b: Option<f64>| a.zip(b).map_or(a == b, |(a, b)| (a - b).abs() < 1e-12);
    assert!(found.iter().zip(expected).all(|(a, b)| near(*a, b)), "{code}: {found:?} is not {expected:?}");
}

const MISSING: [Option<f64>; 3] = [None; 3];

const LIST: &str =
    "FirstName MiddleName,FamilyName,Category,Full Primary Affiliation,Full Secondary Affiliation,ORCID,Year\n";

#[test]
fn highly_cited_researchers_count_for_their_school() {
    // Ahmadi is listed in two fields; Brown's name is cut but the ORCID is his; Carter is no member of staff; the next two
    // are of others, and the last is a list of another year.
    let list = format!(
        "{LIST}Maryam,Ahmadi,Clinical Medicine,\"Test Univ Med Sci, Iran\",,,2024\n\
         Maryam,Ahmadi,Immunology,\"Test Univ Med Sci, Iran\",,,2024\n\
         C,Browne,Dentistry,\"Test Univ Med Sci, Iran\",,0000-0002-1825-0097,2024\n\
         Ann,Carter,Chemistry,\"Test Univ Med Sci Hosp, Iran\",,,2024\n\
         Jeff G,Arnold,Agricultural Sciences,\"Univ Calif Berkeley, USA\",\"Test Univ Med Sci, Iran\",,2024\n\
         Sara,Karimi,Physics,\"Univ Test Med Sci, Iran\",,,2024\n\
         Maryam,Ahmadi,Physics,\"Test Univ Med Sci, Iran\",,,2020\n"
    );
    let folder = folder().with("reference/list.csv", list);
    values(&folder, "highly_cited_researchers", [Some(4.0), Some(2.0), Some(1.0)]);
    let findings = folder.table("findings.csv");
    let of = |code: &str| findings.iter().filter(|finding| finding["code"] == code).collect::<Vec<_>>();
    assert_eq!(of("listed-without-staff").len(), 1);
    assert!(of("listed-without-staff")[0]["message"].contains("Ann Carter"), "{findings:#?}");
    assert_eq!(of("listed-affiliation").len(), 1, "{findings:#?}");
    assert!(of("listed-affiliation")[0]["message"].contains("Univ Test Med Sci"));
}

#[test]
fn no_list_is_missing_and_a_list_without_ours_is_zero() {
    values(&folder(), "highly_cited_researchers", MISSING);
    let other = format!("{LIST}Jeff G,Arnold,Agricultural Sciences,\"Univ Calif Berkeley, USA\",,,2024\n");
    values(&folder().with("l.csv", other), "highly_cited_researchers", [Some(0.0), Some(0.0), Some(0.0)]);
    let old = format!("{LIST}Maryam,Ahmadi,Physics,\"Test Univ Med Sci, Iran\",,,2020\n");
    values(&folder().with("l.csv", old.clone()), "highly_cited_researchers", MISSING);
    // What the office states takes the place of the list.
    let stated = "unit,measure,year,value,source\nmed,highly_cited_researchers,2024,7,a letter\n";
    let found = measure(&folder().with("l.csv", old).with("s.csv", stated), "highly_cited_researchers");
    assert_eq!(found["med"], (Some(7.0), "supplied".to_owned()));
    assert_eq!(found["dent"].1, "missing");
}

#[test]
fn lists_without_a_year_count_for_every_year_and_two_of_them_are_told() {
    let undated = "Full name,Primary affiliation\n\"Ahmadi, Maryam\",\"Test Univ Med Sci, Iran\"\n";
    values(&folder().with("a.csv", undated), "highly_cited_researchers", [Some(1.0), Some(1.0), Some(0.0)]);
    let two = format!("{undated}Ann Carter,\"Univ Oxford, UK\"\n");
    let folder = folder().with("a.csv", undated).with("b.csv", two);
    values(&folder, "highly_cited_researchers", [Some(2.0), Some(2.0), Some(0.0)]);
    assert!(folder.table("findings.csv").iter().any(|finding| finding["code"] == "undated-lists"));
}

#[test]
fn awards_by_decade_and_share() {
    // ARWU 2025 as entered here: 2011 and later 1, 2001–2010 0.9, 1991–2000 0.8 … 1921–1930 0.1, before that nothing.
    // Staff of Medicine: half a prize of 2015 (0.5), a quarter of one of 2001 (0.25 · 0.9 = 0.225), a whole one of 1925
    // (0.1), one of 1920 (0); the prize of 2015 stands twice and counts once. Dentistry: a third of 1995 (0.8 · 0.5 = 0.4).
    // Alumni: one with degrees of 1985 (0.7) and 1992 (0.8) counts once, 0.8; one of Dentistry of 2012, 1 whole although
    // the prize was shared.
    let awards = "laureate,prize,year,share,kind,year of degree,unit\n\
        A. Amini,Nobel Prize in Chemistry,2015,0.5,staff,,med\n\
        A. Amini,Nobel Prize in Chemistry,2015,50 %,staff,,med\n\
        B. Babaei,Nobel Prize in Physics,2001,0.25,staff,,med\n\
        C. Cyrus,Nobel Prize in Medicine,1925,,staff,,med\n\
        D. Davari,Nobel Prize in Medicine,1920,1,staff,,med\n\
        E. Ebadi,Fields Medal,1995,0.5,staff,,dent\n\
        F. Farahani,Fields Medal,2018,1,alumnus,1985,med\n\
        F. Farahani,Fields Medal,2018,1,alumnus,1992,med\n\
        G. Ghasemi,Nobel Prize in Chemistry,2020,0.5,alumnus,2012,dent\n";
    let folder = folder().with("awards/awards.csv", awards);
    values(&folder, "staff_awards", [Some(1.225), Some(0.825), Some(0.4)]);
    values(&folder, "alumni_awards", [Some(1.8), Some(0.8), Some(1.0)]);
    let dossier = folder.sanjeh(&["explain", "--unit", "med", "--indicator", "arwu/2025:award"]);
    assert_eq!(dossier.code, 0, "{}", dossier.err);
    assert!(dossier.out.contains("awards/awards.csv › A2"), "{}", dossier.out);
}

#[test]
fn an_empty_template_is_not_a_zero() {
    let empty = "laureate,prize,year,share,kind,year of degree,unit\n";
    values(&folder().with("awards/awards.csv", empty), "staff_awards", MISSING);
}

/// A paper by one author of a school.
fn paper(eid: u32, year: i32, school: &str) -> String {
    let affiliation = format!("{school}, Test University of Medical Sciences, Testan, Iran");
    format!(
        "\"Ahmadi M.\",\"Ahmadi, Maryam ({eid})\",{eid},A study of {eid},{year},3,10.1000/x{eid},\"{affiliation}\",\"Ahmadi M., {affiliation}\",Article,2-s2.0-{eid}\n"
    )
}

#[test]
fn patents_count_by_family_and_by_their_own_year() {
    // The window of THE 2026 is 2020–2024: it holds the patents, not the works, so the paper of 2012 counts too.
    let header = "Authors,Author full names,Author(s) ID,Title,Year,Cited by,DOI,Affiliations,Authors with affiliations,Document Type,EID\n";
    let papers = format!(
        "{header}{}{}{}",
        paper(1, 2012, "School of Medicine"),
        paper(2, 2022, "School of Medicine"),
        paper(3, 2022, "School of Dentistry")
    );
    let patents = "family id,publication number,publication year,patent office,cited doi\n\
        F1,US1,2021,US,https://doi.org/10.1000/X1\n\
        F1,EP1,2022,EP,10.1000/x2; 10.1000/x3\n\
        F2,US2,2024,US,10.1000/x3\n\
        F3,US3,2025,US,10.1000/x1\n\
        ,WO4,2020,WO,10.1000/x1\n\
        F5,US5,2021,US,10.1000/other\n";
    let units = folder().with("publications/scopus.csv", papers).with("patents/patents.csv", patents);
    // F1 and WO4 cite Medicine, F1 and F2 Dentistry; F1 counts once for the university; F3 is of 2025; F5 cites others.
    values(&units, "patents_citing_research", [Some(3.0), Some(2.0), Some(2.0)]);
    let stated = "unit,measure,year,value,source\ndent,patents_citing_research,,9,a letter\n";
    let found = measure(&units.with("s.csv", stated), "patents_citing_research");
    assert_eq!(found["dent"], (Some(9.0), "supplied".to_owned()));
    assert_eq!(found["med"].1, "computed");
}

#[test]
fn decade_weights_as_the_method_prints_them() {
    use sanjeh::measure::lists::decade_weight;
    use sanjeh::model::edition::AwardDecades;
    // IREG inventory, ARWU 2022: after 2011 100 %, 2001–2010 90 %, 1991–2000 80 % … 1921–1930 10 %.
    let decades = AwardDecades { full_from: 2011, step: 0.1 };
    for (years, weight) in [((2011, 2025), 1.0), ((2001, 2010), 0.9), ((1991, 2000), 0.8), ((1921, 1930), 0.1)] {
        assert_eq!((decade_weight(decades, years.0), decade_weight(decades, years.1)), (weight, weight), "{years:?}");
    }
    assert_eq!((decade_weight(decades, 1920), decade_weight(decades, 1901)), (0.0, 0.0));
}
