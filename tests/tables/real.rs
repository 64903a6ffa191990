//! Real exports and staff lists, where they are present.

use std::collections::BTreeSet;
use std::path::PathBuf;

use polars::prelude::DataFrame;
use sanjeh::model::tables::{AuthorshipTable, RecordTable};

use super::{ASSESSMENT, Folder, faults};

/// A real file, or `None` with a line that says so.
fn real(file: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        println!("skipped: ../shared/data/{file} is not here");
    }
    bytes
}

fn texts(frame: &DataFrame, column: &str) -> Vec<Option<String>> {
    let column = frame.column(column).expect("a column").str().expect("text");
    column.iter().map(|text| text.map(str::to_owned)).collect()
}

fn sum(frame: &DataFrame, column: &str) -> i64 {
    frame.column(column).expect("a column").i64().expect("counts").iter().flatten().sum()
}

#[test]
fn a_university_s_whole_export_and_its_staff() {
    let (Some(export), Some(staff)) =
        (real("biblio/utb/scopus_utb_1688.csv"), real("biblio/utb/utb_staff_schools.xlsx"))
    else {
        return;
    };
    let layout = "id = \"docentes\"\ntable = \"staff\"\n[fields.name]\nheaders = [\"DOCENTE\"]\nrequired = true\n\
        [fields.school]\nheaders = [\"ESCUELA\"]\nrequired = true\n[fields.latin_name]\nheaders = [\"NAME SCOPUS\"]\n\
        [fields.scopus_ids]\nheaders = [\"ID SCOPUS\"]\nrequired = true\n[constants]\ncategory = \"academic\"\n";
    let folder = Folder::bare()
        .with("assessment.toml", ASSESSMENT.replace("Iran", "Colombia"))
        .with("layouts/docentes.toml", layout)
        .with("publications/scopus.csv", export)
        .with("staff/staff.xlsx", staff);
    let units = "id,name_en,type,parents,aliases\nU,Universidad,university,,\n\
        1,Escuela de Transformación Digital,school,U,\n2,\"Escuela de Ingeniería, Arquitectura y Diseño\",school,U,\n\
        3,\"Escuela de Negocios, Leyes y Sociedad\",school,U,\n4,Ciencias Básicas,school,U,\n5,Centro de Idiomas,school,U,\n";
    let loaded = folder.with("units.csv", units).load();
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    let tables = &loaded.value;
    assert_eq!((tables.staff.len(), tables.records.0.height()), (83, 1688));
    assert_eq!(sum(&tables.records.0, RecordTable::CITATIONS), 15_969);
    // An independent computation found 927 publications with a listed author.
    let staff: BTreeSet<&str> = tables.staff.iter().flat_map(|person| &person.scopus_ids).map(String::as_str).collect();
    let authors = &tables.authorships.0;
    let records = authors.column(AuthorshipTable::RECORD).expect("a column").u32().expect("numbers").iter().flatten();
    let ids = texts(authors, AuthorshipTable::SCOPUS_ID);
    let listed = records.zip(ids).filter(|(_, id)| id.as_deref().is_some_and(|id| staff.contains(id)));
    assert_eq!(listed.map(|(record, _)| record).collect::<BTreeSet<u32>>().len(), 927);
}

#[test]
fn older_export_with_affiliations() {
    let Some(export) = real("biblio/monash_malaysia/scopus_2019-07-24.csv") else { return };
    let loaded = Folder::new().with("publications/m.csv", export).load();
    let tables = &loaded.value;
    assert_eq!(tables.records.0.height(), 485);
    assert!(loaded.findings.is_empty(), "every affiliation and id has its author: {:#?}", loaded.findings);
    let authors = texts(&tables.authorships.0, AuthorshipTable::NAME);
    assert_eq!(&authors[..3], &["Herath G.", "Hasanov A.", "Park J."].map(|name| Some(name.to_owned())));
    let ids = texts(&tables.authorships.0, AuthorshipTable::SCOPUS_ID);
    assert_eq!(ids[2].as_deref(), Some("57209600873"));
    let affiliations = texts(&tables.authorships.0, AuthorshipTable::AFFILIATIONS);
    assert_eq!(affiliations[0].as_deref(), Some("School of Business, Monash University, Subang Jaya, Malaysia"));
    let dong = authors.iter().position(|name| name.as_deref() == Some("Song Dong J.")).expect("an author");
    let dong: Vec<&str> = affiliations[dong].as_deref().expect("affiliations").split('\n').collect();
    assert_eq!(
        dong,
        [
            "Institute for Integrated and Intelligent Systems, Griffith University, Nathan, Brisbane, QLD 4111, Australia",
            "Department of Computer Science, School of Computing, National University of Singapore, Singapore, Singapore"
        ]
    );
    let with = affiliations.iter().flatten().count();
    assert!(with * 100 >= affiliations.len() * 98, "{with} of {} authors have affiliations", affiliations.len());
}

#[test]
fn current_export_and_one_with_chinese_headers() {
    let (Some(sample), Some(chinese)) =
        (real("biblio/format_samples/scopus_sample.csv"), real("biblio/scopus_chinese_headers/17342742600.csv"))
    else {
        return;
    };
    let loaded = Folder::new().with("publications/s.csv", sample).with("publications/zh.csv", chinese).load();
    let tables = &loaded.value;
    assert!(faults(&loaded.findings).is_empty(), "{:#?}", loaded.findings);
    assert_eq!(tables.sources.iter().map(|source| source.rows).collect::<Vec<_>>(), [8, 38, 7]);
    let names = texts(&tables.authorships.0, AuthorshipTable::NAME);
    assert!(names.contains(&Some("Liu, Fengyuan".into())) && names.contains(&Some("Malmendier, U.".into())));
    assert!(texts(&tables.authorships.0, AuthorshipTable::SCOPUS_ID).iter().all(Option::is_some));
    let dois = texts(&tables.records.0, RecordTable::DOI);
    assert_eq!(dois[8].as_deref(), Some("10.1257/aer.20190920"));
}

#[test]
fn a_journal_list_without_issn_is_read_and_said() {
    let Some(list) = real("reference/scimagojr.csv") else { return };
    let loaded = Folder::new().with("reference/sjr.csv", list).load();
    assert_eq!(loaded.value.journals.len(), 29_165);
    assert_eq!(loaded.value.journals[0].sjr, Some(106.094));
    assert!(loaded.findings.iter().any(|finding| finding.code == "no-issn"));
}
