//! The audit of single addresses: one printed form per rule.

use std::collections::BTreeSet;

use sanjeh::attribute::{attribute, audit};
use sanjeh::diagnostic::Place;
use sanjeh::model::assessment::{Assessment, Attribution, Institution, Merge, Normalisation, Policy, Stability};
use sanjeh::model::audit::Audit;
use sanjeh::model::names::Names;
use sanjeh::model::sensitivity::Sensitivity;
use sanjeh::model::tables::{Alias, Record, RecordAuthor, RecordRows, Source, Staff, StaffCategory, Tables};
use sanjeh::model::unit::{UnitIndex, UnitRow, Units};

fn assessment() -> Assessment {
    Assessment {
        institution: Institution {
            name: Names::new("Sarv University of Medical Sciences", ""),
            country: "Iran".into(),
            city: "Golsarv".into(),
            aliases: vec!["SvUMS".into()],
            invented: true,
        },
        year: 2025,
        languages: vec!["en".into()],
        editions: Vec::new(),
        publications: None,
        merge: Merge::default(),
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

/// A university with one paper of `year` by one author, staff of the department where `staff`.
fn audited(affiliations: &[&str], year: i32, staff: bool) -> (Tables, Audit) {
    let row = |id: &str, name: &str, unit_type: &str, parents: &[&str]| UnitRow {
        id: id.into(),
        name: Names::new(name, ""),
        unit_type: unit_type.into(),
        parents: parents.iter().map(|parent| (*parent).to_owned()).collect(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    let units = Units::build(vec![
        row("u", "Sarv University of Medical Sciences", "university", &[]),
        row("med", "School of Medicine", "school", &["u"]),
        row("uro", "Department of Urology", "department", &["med"]),
        row("eye", "Eye Research Center", "centre", &["u"]),
        row("skin", "Skin Research Center", "centre", &["u"]),
        row("imam", "Imam Hospital", "hospital", &["u"]),
    ])
    .value;
    let aliases = vec![Alias {
        spelling: "Dermatology Research Center".into(),
        unit: units.find("skin").unwrap(),
        valid: (None, Some(2018)),
        place: Place::Run,
    }];
    let person = Staff {
        id: "1".into(),
        name: String::new(),
        latin_name: String::new(),
        units: vec![units.find("uro").unwrap()],
        category: StaffCategory::Academic,
        rank: String::new(),
        fte: 1.0,
        international: None,
        female: None,
        doctorate: None,
        scopus_ids: vec!["57000000001".into()],
        orcids: Vec::new(),
        from: None,
        to: None,
        place: Place::Run,
    };
    let author = RecordAuthor {
        name: "Ahmadi M.".into(),
        scopus_id: Some("57000000001".into()),
        affiliations: affiliations.iter().map(|text| (*text).to_owned()).collect(),
        ..RecordAuthor::default()
    };
    let record = Record { row: 2, title: "T".into(), year: Some(year), authors: vec![author], ..Record::default() };
    let (records, authorships) =
        RecordRows::into_tables(vec![RecordRows { source: 0, system: "scopus".into(), records: vec![record] }]);
    let tables = Tables {
        units,
        aliases,
        staff: if staff { vec![person] } else { Vec::new() },
        sources: vec![Source::default()],
        records,
        authorships,
        ..Tables::default()
    };
    let assessment = assessment();
    let (publications, ledger) = attribute(&tables, &assessment).value;
    let audit = audit::audit(&tables, &assessment, &publications, &ledger);
    (tables, audit)
}

/// `rule of unit` of each breach.
fn broken(affiliations: &[&str], year: i32, staff: bool) -> Vec<String> {
    let (tables, audit) = audited(affiliations, year, staff);
    let named: BTreeSet<String> = (audit.breaches.iter())
        .map(|breach| format!("{} {}", audit.rules[breach.rule].id, tables.units.get(breach.unit).id))
        .collect();
    named.into_iter().collect()
}

#[test]
fn each_form_breaks_its_rule() {
    const U: &str = "Sarv University of Medical Sciences";
    let cases: [(&[&str], bool, &[&str]); 17] = [
        (&[&format!("Eye Research Center, {U}, Golsarv, Iran")], false, &[]),
        (&[&format!("Department of Urology, School of Medicine, {U}, Golsarv, Iran")], true, &[]),
        (&["Eye Research Center, Golsarv, Iran"], false, &["university_missing eye"]),
        (&["Imam Hospital, Golsarv, Iran"], false, &["hospital_only imam"]),
        // A school of the same name at an institution elsewhere is no loss of ours.
        (&["School of Medicine, Pasteur Institute of Iran, Tehran, Iran"], false, &[]),
        (&[&format!("Eye Research Center, {U}, Iran")], false, &["city_missing eye"]),
        (&[&format!("Eye Research Center, {U}, Golsarv")], false, &["country_missing eye"]),
        (&[&format!("Eye Research Center, {U}, Golsarv-Iran")], false, &[]),
        (&["Eye Research Center, SvUMS, Golsarv, Iran"], false, &["variant_name eye"]),
        (
            &[&format!("Department of Urology, Eye Research Center, {U}, Golsarv, Iran")],
            false,
            &["department_before_centre eye"],
        ),
        (&[&format!("Eye Research Center, Department of Urology, {U}, Golsarv, Iran")], false, &[]),
        (
            &[
                &format!("Eye Research Center, {U}, Golsarv, Iran"),
                &format!("Skin Research Center, {U}, Golsarv, Iran"),
            ],
            false,
            &["several_centres eye", "several_centres skin"],
        ),
        (
            &[
                "School of Medicine, Mehr University of Medical Sciences, Mehrabad, Iran",
                &format!("Eye Research Center, {U}, Golsarv, Iran"),
            ],
            false,
            &["second_after_iranian eye"],
        ),
        // Behind a foreign institution the university keeps its credit.
        (&["University of Toronto, Toronto, Canada", &format!("Eye Research Center, {U}, Golsarv, Iran")], false, &[]),
        (&["Sarve University of Medical Sciences, Golsarv, Iran"], true, &["misspelt_university uro"]),
        // As near as a misspelling, but in another city: another university.
        (&["Sarve University of Medical Sciences, Mehrabad, Iran"], true, &["other_university uro"]),
        (&[&format!("Dermatology Research Center, {U}, Golsarv, Iran")], false, &["old_unit_name skin"]),
    ];
    for (affiliations, staff, expected) in cases {
        assert_eq!(broken(affiliations, 2022, staff), expected, "{affiliations:?}");
    }
}

#[test]
fn a_rule_holds_from_its_year() {
    let address = ["Eye Research Center, Sarv University of Medical Sciences, Iran"];
    assert_eq!(broken(&address, 2013, false), Vec::<String>::new());
    assert_eq!(broken(&address, 2014, false), ["city_missing eye"]);
}

#[test]
fn the_request_is_the_standard_form() {
    let (_, audit) = audited(&["Department of Urology, Imam Hospital, Eye Research Center, SvUMS"], 2022, false);
    let request =
        "Eye Research Center, Imam Hospital, Department of Urology, Sarv University of Medical Sciences, Golsarv, Iran";
    assert!(!audit.breaches.is_empty());
    for breach in &audit.breaches {
        assert_eq!(breach.request, request);
    }
    // What is requested breaks nothing.
    assert_eq!(broken(&[request], 2022, false), Vec::<String>::new());
}

#[test]
fn the_two_counts_stand_side_by_side() {
    let counts = |affiliations: &[&str], staff: bool| {
        let (_, audit) = audited(affiliations, 2022, staff);
        let university = audit.eligibility.iter().find(|row| row.unit == UnitIndex(0)).unwrap();
        (university.held, university.ranking_eligible, university.ministry_eligible)
    };
    assert_eq!(counts(&["Sarv University of Medical Sciences, Golsarv, Iran"], false), (1, 1, 1));
    assert_eq!(counts(&["Sarv University of Medical Sciences, Iran"], false), (1, 1, 0));
    // The staff sheet credits what no address does.
    assert_eq!(counts(&["Imam Hospital, Golsarv, Iran"], true), (1, 0, 0));
    assert_eq!(counts(&["Imam Hospital, Golsarv, Iran"], false), (0, 0, 0));
    // One sound address is enough.
    let second = ["Sarv University of Medical Sciences, Iran", "Sarv University of Medical Sciences, Golsarv, Iran"];
    assert_eq!(counts(&second, false), (1, 1, 1));
}

#[test]
fn the_rule_file_speaks_both_languages() {
    let rules = audit::rules();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), rules.len());
    for rule in &rules {
        assert!(["en", "fa"].iter().all(|tag| rule.message.0.get(*tag).is_some_and(|text| !text.is_empty())));
        assert!(!rule.source.is_empty() && (1900..2100).contains(&rule.valid_from), "{}", rule.id);
    }
}
