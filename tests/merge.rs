//! Merging: which records are one work, whose fields are taken, and what is linked instead.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sanjeh::attribute::merge::publications;
use sanjeh::diagnostic::Finding;
use sanjeh::model::assessment::{Assessment, Attribution, Institution, Merge, Normalisation, Policy, Stability};
use sanjeh::model::ledger::Excluded;
use sanjeh::model::names::Names;
use sanjeh::model::publication::{Author, LinkKind, PublicationIndex, Publications};
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::tables::{Record, RecordAuthor, RecordRows, Source, Tables};

use crate::support::{Folder, shared};

fn assessment(citations: &str) -> Assessment {
    Assessment {
        institution: Institution {
            name: Names::new("Test University", ""),
            country: "Iran".into(),
            city: String::new(),
            aliases: Vec::new(),
            invented: true,
        },
        year: 2025,
        languages: vec!["en".into()],
        editions: Vec::new(),
        publications: None,
        merge: Merge { citations: citations.into(), ..Merge::default() },
        attribution: Attribution::default(),
        normalisation: Normalisation::default(),
        stability: Stability::default(),
        calibration: sanjeh::model::assessment::Calibration::default(),
        policy: Policy::default(),
        sensitivity: Sensitivity::default(),
        calendar: sanjeh::model::assessment::Calendar::default(),
        advice: sanjeh::model::assessment::Advising::default(),
    }
}

/// Files as `(system, file, records)`; the rows are numbered from 2 where a record has no number yet.
fn tables(files: Vec<(&str, &str, Vec<Record>)>) -> Tables {
    let sources = files.iter().map(|(_, file, _)| Source { file: (*file).into(), ..Source::default() }).collect();
    let rows = files
        .into_iter()
        .enumerate()
        .map(|(source, (system, _, mut records))| {
            for (index, record) in records.iter_mut().enumerate().filter(|(_, record)| record.row == 0) {
                record.row = index as u32 + 2;
            }
            RecordRows { source: source as u32, system: system.into(), records }
        })
        .collect();
    let (records, authorships) = RecordRows::into_tables(rows);
    Tables { sources, records, authorships, ..Tables::default() }
}

struct Merged {
    publications: Publications,
    excluded: Vec<Excluded>,
    findings: Vec<Finding>,
}

fn merged_by(citations: &str, files: Vec<(&str, &str, Vec<Record>)>) -> Merged {
    let checked = publications(&tables(files), &assessment(citations));
    Merged { publications: checked.value.0, excluded: checked.value.1, findings: checked.findings }
}

fn merged(files: Vec<(&str, &str, Vec<Record>)>) -> Merged {
    merged_by("maximum", files)
}

impl Merged {
    fn ids(&self) -> Vec<&str> {
        self.publications.items.iter().map(|item| item.id.as_str()).collect()
    }

    fn links(&self) -> Vec<(&str, LinkKind, &str, &str)> {
        let id = |index: PublicationIndex| self.publications.items[index.at()].id.as_str();
        let links = self.publications.links.iter();
        links.map(|link| (id(link.publication), link.kind, id(link.other), link.evidence)).collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|finding| finding.code).collect()
    }
}

const TITLE: &str = "Growth of thin films on window glass";

fn author(name: &str) -> RecordAuthor {
    RecordAuthor { name: name.into(), ..RecordAuthor::default() }
}

fn record(title: &str, year: i32, first: &str) -> Record {
    Record {
        title: title.into(),
        year: Some(year),
        document_type: "article".into(),
        authors: vec![author(first)],
        ..Record::default()
    }
}

/// A work with an EID.
fn scopus(eid: u32, title: &str, year: i32, first: &str) -> Record {
    Record { eid: Some(format!("2-s2.0-{eid}")), ..record(title, year, first) }
}

/// A work with an accession number.
fn wos(ut: u32, title: &str, year: i32, first: &str) -> Record {
    Record { ut: Some(format!("00{ut}")), ..record(title, year, first) }
}

#[test]
fn each_identifier_joins_and_blank_ones_never_do() {
    let keyed: [fn(&mut Record); 5] = [
        |record| record.doi = Some("10.1/x".into()),
        |record| record.eid = Some("2-s2.0-1".into()),
        |record| record.ut = Some("0001".into()),
        |record| record.pmid = Some("17".into()),
        |record| record.openalex = Some("W1".into()),
    ];
    for key in keyed {
        let (mut a, mut b) = (record("One title", 2020, "Hao J."), record("Quite another", 2012, "Ito K."));
        key(&mut a);
        key(&mut b);
        let merged = merged(vec![("scopus", "a.csv", vec![a]), ("wos", "b.csv", vec![b])]);
        assert_eq!(merged.publications.len(), 1);
        assert_eq!(merged.excluded.len(), 1);
        assert_eq!(merged.excluded[0].source, "b.csv:2");
    }
    let blank = |title: &str| Record {
        doi: Some(String::new()),
        eid: Some(" ".into()),
        ut: Some(String::new()),
        ..record(title, 2020, "")
    };
    let apart = merged(vec![("scopus", "a.csv", vec![blank(TITLE), blank(TITLE), blank(""), blank("")])]);
    assert_eq!(apart.publications.len(), 4, "no first author: the title alone joins nothing");
}

#[test]
fn titles_join_across_dress_name_order_and_a_year() {
    let one = merged(vec![
        (
            "scopus",
            "a.csv",
            vec![scopus(1, &format!("{TITLE}; [Crecimiento de películas]"), 2021, "Martínez-Santos J.C.")],
        ),
        ("wos", "b.csv", vec![wos(1, "GROWTH OF THIN FILMS ON <i>WINDOW</i> GLASS", 2020, "Martinez-Santos, JC")]),
        (
            "openalex",
            "c.csv",
            vec![Record { openalex: Some("W1".into()), ..record(TITLE, 2021, "Juan Carlos Martínez-Santos") }],
        ),
    ]);
    assert_eq!(one.ids(), ["2-s2.0-1"]);
    assert_eq!(one.excluded[0].detail, "same title, first author and year as a.csv:2; merged");
    for other in [
        wos(1, TITLE, 2021, "Ito K."),
        wos(1, TITLE, 2023, "Martínez-Santos J.C."),
        wos(1, "Growth of thin films on window panes", 2021, "Martínez-Santos J.C."),
        Record { year: None, ..wos(1, TITLE, 2021, "Martínez-Santos J.C.") },
    ] {
        let two = merged(vec![
            ("scopus", "a.csv", vec![scopus(1, TITLE, 2021, "Martínez-Santos J.C.")]),
            ("wos", "b.csv", vec![other]),
        ]);
        assert_eq!(two.publications.len(), 2);
    }
    let editorials = merged(vec![
        ("scopus", "a.csv", vec![scopus(1, "Reply to the letter to the editor", 2021, "Hao J.")]),
        ("wos", "b.csv", vec![wos(1, "Reply to the letter to the editor", 2021, "Hao J.")]),
    ]);
    assert_eq!(editorials.publications.len(), 2, "a general title tells nothing");
}

#[test]
fn a_lost_subtitle_joins_only_the_one_it_can_be() {
    let bare = || wos(1, TITLE, 2020, "Hao J.");
    let first = || scopus(1, &format!("{TITLE}: men"), 2020, "Hao J.");
    let second = scopus(2, &format!("{TITLE}: women"), 2020, "Hao J.");
    assert_eq!(merged(vec![("scopus", "a.csv", vec![first()]), ("wos", "b.csv", vec![bare()])]).publications.len(), 1);
    let both = merged(vec![("scopus", "a.csv", vec![first(), second]), ("wos", "b.csv", vec![bare()])]);
    assert_eq!(both.publications.len(), 3);
}

#[test]
fn different_ids_of_one_system_are_different_works_even_through_a_third() {
    let third = || wos(1, TITLE, 2020, "Hao J.");
    let merged = merged(vec![
        ("scopus", "a.csv", vec![scopus(1, TITLE, 2020, "Hao J."), scopus(2, TITLE, 2020, "Hao J.")]),
        ("wos", "b.csv", vec![third()]),
    ]);
    assert_eq!(merged.publications.len(), 3);
    assert_eq!(merged.codes(), ["same-title"]);
    // The journal tells whose the third is.
    let in_journal = |journal: &str, record: Record| Record { journal: journal.into(), ..record };
    let told = self::merged(vec![
        (
            "scopus",
            "a.csv",
            vec![
                in_journal("Glass", scopus(1, TITLE, 2020, "Hao J.")),
                in_journal("Proceedings of Films", scopus(2, TITLE, 2020, "Hao J.")),
            ],
        ),
        ("wos", "b.csv", vec![in_journal("GLASS", third())]),
    ]);
    assert_eq!(told.ids(), ["2-s2.0-1", "2-s2.0-2"]);
    assert_eq!(told.publications.items[0].ut.as_deref(), Some("001"));
}

#[test]
fn years_do_not_chain() {
    let years = |years: &[i32]| {
        let systems = ["scopus", "wos", "openalex"];
        let files =
            years.iter().zip(systems).map(|(&year, system)| (system, system, vec![record(TITLE, year, "Hao J.")]));
        merged(files.collect()).publications.len()
    };
    assert_eq!(years(&[2019, 2020, 2021]), 3);
    assert_eq!(years(&[2019, 2020]), 1);
    assert_eq!(years(&[2019, 2021]), 2);
    assert_eq!(years(&[2019, 2020, 2020]), 1);
}

#[test]
fn a_doi_with_several_eids_takes_the_same_title_and_is_reported() {
    let with_doi = |eid, title| Record { doi: Some("10.1/x".into()), ..scopus(eid, title, 2020, "Hao J.") };
    let same = merged(vec![("scopus", "a.csv", vec![with_doi(1, TITLE), with_doi(2, TITLE)])]);
    assert_eq!((same.publications.len(), same.codes()), (1, vec!["several-eids"]));
    let chapters =
        merged(vec![("scopus", "a.csv", vec![with_doi(1, "Chapter one of it"), with_doi(2, "Chapter two of it")])]);
    assert_eq!((chapters.publications.len(), chapters.codes()), (2, vec!["several-eids"]));
}

#[test]
fn fields_follow_the_priority_and_remember_it() {
    let rich = Record {
        doi: Some("10.1/x".into()),
        citations: Some(9),
        journal: "GLASS".into(),
        fwci: Some(1.5),
        percentile: Some(4.0),
        retracted: Some(true),
        ..wos(1, "GROWTH OF FILMS", 2020, "Hao, J")
    };
    let poor =
        Record { doi: Some("10.1/x".into()), citations: Some(7), ..scopus(1, "Growth of films", 2021, "Hao J.") };
    let files = || vec![("wos", "a.csv", vec![rich.clone()]), ("scopus", "b.csv", vec![poor.clone()])];
    let all = merged(files());
    let item = &all.publications.items[0];
    assert_eq!((item.title.as_str(), item.year, item.journal.as_str()), ("Growth of films", Some(2021), "GLASS"));
    assert_eq!(
        (item.citations, item.fwci, item.percentile, item.retracted),
        (Some(9), Some(1.5), Some(4.0), Some(true))
    );
    assert_eq!(item.ut.as_deref(), Some("001"));
    assert_eq!(
        all.publications.field_sources(PublicationIndex(0)),
        "title=scopus;year=scopus;type=scopus;journal=wos;citations=wos;authors=scopus;retracted=wos;fwci=wos;percentile=wos"
    );
    assert_eq!(merged_by("scopus", files()).publications.items[0].citations, Some(7));
    let unknown = merged_by("lens", files());
    assert_eq!((unknown.publications.items[0].citations, unknown.codes()), (None, vec!["unknown-system"]));
}

#[test]
fn notices_and_preprints_are_linked_not_merged() {
    let of_type = |document_type: &str, record: Record| Record { document_type: document_type.into(), ..record };
    let with_doi = |doi: &str, record: Record| Record { doi: Some(doi.into()), ..record };
    let merged = merged(vec![(
        "scopus",
        "a.csv",
        vec![
            with_doi("10.1/article", scopus(1, TITLE, 2021, "Hao J.")),
            with_doi("10.1101/2020.01.02.1", of_type("preprint", scopus(2, TITLE, 2020, "Hao J."))),
            // An erratum under the article's own DOI, and one with a title alone, signed by the editors.
            with_doi("10.1/article", of_type("erratum", scopus(3, &format!("Erratum to: {TITLE}"), 2021, "Hao J."))),
            of_type("erratum", scopus(4, &format!("Correction to {TITLE} (Glass, (2021), 3, 4)"), 2022, "Editors T.")),
            of_type("conference_abstract", scopus(5, TITLE, 2020, "Hao J.")),
            scopus(6, &format!("Retraction: {TITLE}"), 2023, "Hao J."),
            scopus(7, "Retraction: Some other work on films of glass", 2023, "Hao J."),
            scopus(8, "Erratum: A misprinted title of it (Glass, (2021), 3, 10.1/Article)", 2022, "Editors T."),
        ],
    )]);
    assert_eq!(merged.publications.len(), 8);
    let article = "2-s2.0-1";
    assert_eq!(
        merged.links(),
        [
            ("2-s2.0-2", LinkKind::PreprintOf, article, "title; first author"),
            ("2-s2.0-3", LinkKind::ErratumOf, article, "doi"),
            ("2-s2.0-4", LinkKind::ErratumOf, article, "title"),
            ("2-s2.0-5", LinkKind::AbstractOf, article, "title; first author"),
            ("2-s2.0-6", LinkKind::RetractionOf, article, "title; first author"),
            ("2-s2.0-8", LinkKind::ErratumOf, article, "doi in the title"),
        ]
    );
    let retracted: Vec<_> = merged.publications.items.iter().filter(|item| item.retracted == Some(true)).collect();
    assert_eq!(retracted.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), [article]);
}

#[test]
fn a_preprint_and_its_article_without_ids_stay_two() {
    let preprint = Record { document_type: "preprint".into(), ..record(TITLE, 2020, "Hao J.") };
    let merged =
        merged(vec![("lens", "a.csv", vec![preprint]), ("scopus", "b.csv", vec![record(TITLE, 2020, "Hao J.")])]);
    assert_eq!((merged.publications.len(), merged.publications.links.len()), (2, 1));
}

#[test]
fn the_byline_that_tells_most_is_filled_in_from_the_others() {
    let with_authors =
        |authors: Vec<RecordAuthor>| Record { doi: Some("10.1/x".into()), authors, ..record(TITLE, 2020, "") };
    let scopus = with_authors(vec![
        RecordAuthor { scopus_id: Some("11".into()), affiliations: vec!["A".into()], ..author("Hao J.") },
        RecordAuthor { scopus_id: Some("12".into()), affiliations: vec!["B".into()], ..author("Ito K.") },
        RecordAuthor { affiliations: vec!["C".into()], ..author("Sato M.") },
    ]);
    let wos = with_authors(vec![
        RecordAuthor { researcher_id: Some("A-1".into()), corresponding: Some(true), ..author("Hao, Jie") },
        RecordAuthor { orcid: Some("0000-0002-1825-0097".into()), ..author("Someone, Else") },
        RecordAuthor { scopus_id: Some("11".into()), ..author("Sato, Mari") },
    ]);
    let cut = with_authors(vec![
        author("Hao J."),
        RecordAuthor { orcid: Some("0000-0002-1694-233X".into()), ..author("Ito K.") },
    ]);
    let defective = with_authors(vec![author("Hao J."), author("et al.")]);
    let merged = merged(vec![
        ("incites", "d.csv", vec![defective]),
        ("openalex", "c.csv", vec![cut]),
        ("wos", "b.csv", vec![wos]),
        ("scopus", "a.csv", vec![scopus]),
    ]);
    let authors: &[Author] = merged.publications.authors_of(PublicationIndex(0));
    assert_eq!(authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>(), ["Hao J.", "Ito K.", "Sato M."]);
    assert_eq!(authors[0].researcher_id.as_deref(), Some("A-1"));
    assert_eq!((authors[0].corresponding, authors[1].corresponding), (Some(true), None));
    assert_eq!(
        authors[1].orcid.as_deref(),
        Some("0000-0002-1694-233X"),
        "from the beginning of the list, same surname"
    );
    assert_eq!(authors[2].scopus_id, None, "an id that another author holds is not given twice");
}

#[test]
fn the_cut_list_gives_way_to_the_whole_one_and_lends_its_affiliations() {
    let with_authors =
        |authors: Vec<RecordAuthor>| Record { doi: Some("10.1/x".into()), authors, ..record(TITLE, 2020, "") };
    let cut = RecordAuthor { affiliations: vec!["A".into()], scopus_id: Some("11".into()), ..author("Hao J.") };
    let merged = merged(vec![
        ("scopus", "a.csv", vec![with_authors(vec![cut])]),
        ("pubmed", "b.csv", vec![with_authors(vec![author("Hao J"), author("Ito K")])]),
    ]);
    let authors = merged.publications.authors_of(PublicationIndex(0));
    assert_eq!(authors.len(), 2);
    assert_eq!(
        (authors[0].scopus_id.as_deref(), authors[0].affiliations.as_slice()),
        (Some("11"), &["A".to_owned()][..])
    );
}

/// Records of a few works in a few systems, with keys that are often missing and sometimes wrong.
fn records() -> impl Strategy<Value = Vec<(usize, Record)>> {
    let titles = prop_oneof![
        Just(TITLE.to_owned()),
        Just(format!("{TITLE}: a review")),
        Just(format!("Erratum to: {TITLE}")),
        Just(format!("Retraction: {TITLE}")),
        Just("Editorial".to_owned()),
        Just("Another work about quite other things".to_owned()),
        Just(String::new()),
    ];
    let first = prop_oneof![Just("Hao, Jie"), Just("Hao J."), Just("Jie Hao"), Just("Ito K."), Just("")];
    let key = || prop::option::weighted(0.3, 0_u8..4);
    let kind = prop_oneof![3 => Just("article"), 1 => Just("preprint"), 1 => Just("erratum"), 1 => Just("conference_abstract")];
    let one = (
        0_usize..3,
        titles,
        prop::option::weighted(0.9, 2018_i32..2023),
        first,
        kind,
        [key(), key(), key(), key(), key()],
        0_i64..5,
    );
    let one = one.prop_map(|(file, title, year, first, kind, [doi, eid, ut, pmid, openalex], citations)| {
        let record = Record {
            doi: doi.map(|key| format!("10.1/{key}")),
            eid: eid.map(|key| format!("2-s2.0-{key}")),
            ut: ut.map(|key| format!("ut{key}")),
            pmid: pmid.map(|key| format!("{key}")),
            openalex: openalex.map(|key| format!("W{key}")),
            document_type: kind.into(),
            year,
            citations: Some(citations),
            authors: if first.is_empty() { Vec::new() } else { vec![author(first)] },
            ..record(&title, 2020, first)
        };
        (file, record)
    });
    prop::collection::vec(one, 0..24).prop_map(|mut records| {
        for (index, (_, record)) in records.iter_mut().enumerate() {
            record.row = index as u32 + 2;
        }
        records
    })
}

const FILES: [(&str, &str); 3] = [("scopus", "a.csv"), ("wos", "b.csv"), ("lens", "c.csv")];

/// The records as files, in the given order of records and files.
fn as_files(records: &[(usize, Record)], files: [usize; 3]) -> Vec<(&'static str, &'static str, Vec<Record>)> {
    files
        .iter()
        .map(|&file| {
            let own = records.iter().filter(|(of, _)| *of == file).map(|(_, record)| record.clone()).collect();
            (FILES[file].0, FILES[file].1, own)
        })
        .collect()
}

/// All that is told of the publications.
fn told(merged: &Merged) -> Vec<String> {
    let publications = &merged.publications;
    let mut lines: Vec<String> = (0..publications.len() as u32)
        .map(PublicationIndex)
        .map(|index| {
            let item = &publications.items[index.at()];
            let authors: Vec<&str> = publications.authors_of(index).iter().map(|author| author.name.as_str()).collect();
            format!(
                "{} {:?} {} {:?} {:?} {:?} {:?} {:?} {}",
                item.id,
                item.doi,
                item.title,
                item.year,
                item.citations,
                item.retracted,
                item.sources,
                authors,
                publications.field_sources(index)
            )
        })
        .collect();
    lines.extend(merged.links().iter().map(|link| format!("{link:?}")));
    lines.extend(merged.findings.iter().map(|finding| format!("{finding:?}")));
    let mut excluded = merged.excluded.clone();
    excluded.sort();
    lines.extend(excluded.iter().map(|row| format!("{row:?}")));
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Reordering records and files changes nothing.
    #[test]
    fn order_of_records_and_files_changes_nothing(
        (records, other) in records().prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
        files in Just([0_usize, 1, 2]).prop_shuffle(),
    ) {
        prop_assert_eq!(told(&merged(as_files(&records, [0, 1, 2]))), told(&merged(as_files(&other, files))));
    }

    /// Each record ends in exactly one publication, and is named as left out everywhere but once.
    #[test]
    fn each_record_ends_in_one_publication(records in records()) {
        let merged = merged(as_files(&records, [0, 1, 2]));
        let expected: BTreeSet<String> = records.iter().map(|(file, record)| format!("{}:{}", FILES[*file].1, record.row)).collect();
        let found: Vec<String> = merged.publications.items.iter().flat_map(|item| item.sources.clone()).collect();
        prop_assert_eq!(found.len(), records.len());
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
        prop_assert_eq!(merged.excluded.len() + merged.publications.len(), records.len());
        let ids: BTreeSet<&str> = merged.ids().into_iter().collect();
        prop_assert_eq!(ids.len(), merged.publications.len());
    }

    /// What was joined without a common DOI, EID, … holds at most one identifier of each system.
    #[test]
    fn titles_never_join_different_identifiers(records in records()) {
        // Without DOI, PubMed and OpenAlex id the EID and the accession number are all that can join.
        let records: Vec<(usize, Record)> = records
            .into_iter()
            .map(|(file, record)| {
                let (eid, ut) = if file == 0 { (record.eid.clone(), None) } else { (None, record.ut.clone()) };
                (file, Record { doi: None, pmid: None, openalex: None, eid, ut, ..record })
            })
            .collect();
        let by_place: BTreeMap<String, &Record> = records.iter().map(|(file, record)| (format!("{}:{}", FILES[*file].1, record.row), record)).collect();
        for item in &merged(as_files(&records, [0, 1, 2])).publications.items {
            let of = |id: fn(&Record) -> Option<&String>| item.sources.iter().filter_map(|place| id(by_place[place])).collect::<BTreeSet<_>>();
            prop_assert!(of(|record| record.eid.as_ref()).len() <= 1);
            prop_assert!(of(|record| record.ut.as_ref()).len() <= 1);
        }
    }
}

#[test]
fn links_and_field_sources_are_written() {
    let folder = Folder::assessment(&[]).with("units.csv", "id,name_en,name_fa,type,parents\nu,Test University of Medical Sciences,,university,\n").with(
        "publications/scopus.csv",
        "Authors,Author(s) ID,Title,Year,Source title,Cited by,DOI,Link,Affiliations,Authors with affiliations,Document Type,Source,EID\n\
         Hao J.,57000001,Growth of thin films on window glass,2021,Glass,3,10.1/a,,,,Article,Scopus,2-s2.0-1\n\
         Hao J.,57000001,Retraction notice to “Growth of thin films on window glass” [Glass 3 (2021) 4],2023,Glass,0,10.1/b,,,,Erratum,Scopus,2-s2.0-2\n",
    );
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let links = folder.table("links.csv");
    assert_eq!(links.len(), 1, "{links:?}");
    assert_eq!((links[0]["publication"].as_str(), links[0]["kind"].as_str()), ("2-s2.0-2", "retraction_of"));
    assert_eq!((links[0]["other"].as_str(), links[0]["evidence"].as_str()), ("2-s2.0-1", "title; first author"));
    let publications = folder.table("publications.csv");
    assert_eq!(publications[0]["retracted"], "true");
    assert!(publications[0]["field_sources"].starts_with("title=scopus;year=scopus"), "{publications:?}");
}

#[test]
fn a_real_export_is_not_merged_beyond_its_eids() {
    let Some(path) = shared("biblio/utb/scopus_utb_1688.csv") else { return };
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (title, year, eid, names, kind) =
        (at("Title"), at("Year"), at("EID"), at("Author full names"), at("Document Type"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let record = |row: &csv::StringRecord, keyed: bool| Record {
        eid: keyed.then(|| row[eid].to_owned()),
        document_type: row[kind].to_lowercase().replace(' ', "_"),
        ..record(&row[title], row[year].parse().unwrap(), row[names].split(';').next().unwrap())
    };
    // The export and a second one of the same works without ids.
    let keyed: Vec<Record> = rows.iter().map(|row| record(row, true)).collect();
    let bare: Vec<Record> = rows.iter().map(|row| record(row, false)).collect();
    let merged = merged(vec![("scopus", "a.csv", keyed), ("lens", "b.csv", bare)]);
    let with_eid = merged.publications.items.iter().filter(|item| item.eid.is_some()).count();
    assert_eq!(with_eid, 1688, "works with the same title and different EIDs stay apart");
    let unmatched: Vec<&str> =
        merged.publications.items.iter().filter(|item| item.eid.is_none()).map(|item| item.title.as_str()).collect();
    assert!(unmatched.len() < 30, "{} of 1688: {unmatched:#?}", unmatched.len());
}
