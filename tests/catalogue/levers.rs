//! Levers: the built-in ones are sound and do something; every kind of fault is found at its place in the file.

use sanjeh::catalogue::lever::{levers, text};
use sanjeh::diagnostic::Place;
use sanjeh::model::lever::THE_UNIT;
use sanjeh::model::scenario::Thing;

use super::*;

#[test]
fn the_built_in_levers_are_sound() {
    let checked = levers(None, &built_in().measures);
    assert_eq!(checked.findings, Vec::new());
    assert!(checked.value.len() >= 12, "{}", checked.value.len());
    for lever in &checked.value {
        let one = lever.one("med", None);
        assert!(
            !one.is_empty() && one.changes.iter().all(|change| change.thing.unit() == Some("med")),
            "{}",
            lever.code
        );
        assert!(!format!("{one:?}").contains(THE_UNIT), "{}", lever.code);
        assert!(lever.most(Some(1000.0)) >= lever.step, "{}", lever.code);
    }
}

#[test]
fn the_template_names_every_lever() {
    let template = fs::read_to_string(project("data/templates/workbooks.toml")).unwrap();
    for lever in levers(None, &built_in().measures).value {
        assert!(template.contains(&lever.code), "{}", lever.code);
    }
}

#[test]
fn a_lever_takes_another_partner_and_whole_steps() {
    let levers = levers(None, &built_in().measures).value;
    let lever = levers.iter().find(|lever| lever.code == "international_papers").unwrap();
    let partner = |partner: Option<&str>| match &lever.one("med", partner).changes[0].thing {
        Thing::Publications(profile) => profile.partner.clone().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(partner(None), "karolinska institutet|sweden");
    assert_eq!(partner(Some("Charite|Germany")), "charite|germany");
    // Steps of three papers, at most as many as the unit has.
    assert!((lever.most(Some(10.0)) - 9.0).abs() < 1e-12);
    assert!((lever.most(Some(1e9)) - 1500.0).abs() < 1e-12);
    let staff = levers.iter().find(|lever| lever.code == "academic_staff").unwrap();
    assert!((staff.most(Some(0.3)) - 0.3).abs() < 1e-12);
    assert!((staff.one("med", None).times(2.5).changes[0].total().absolute - 2.5).abs() < 1e-12);
}

const SOUND: &str = r#"
[[lever]]
code = "papers"
name = { en = "Papers", fa = "مقاله" }
unit = { en = "papers", fa = "مقاله" }
step = 1
most = { absolute = 10 }
change = '''
[[publications]]
unit = "{unit}"
count = 1
'''
"#;

/// What is put in place of what, code, words of the message, line, column.
const FAULTS: &[(&str, &str, &str, &str, u32, u32)] = &[
    ("\"papers\"\nname", "\"my papers\"\nname", "bad-code", "is not a code", 3, 8),
    ("step = 1", "step = 0", "bad-number", "never gets anywhere", 6, 8),
    ("step = 1", "stepp = 1", "unknown-key", "stepp", 6, 1),
    ("{ absolute = 10 }", "{ }", "missing-key", "nothing limits", 7, 8),
    ("{ absolute = 10 }", "{ relative = 1.0 }", "missing-key", "both `relative` and `of`", 7, 8),
    ("{ absolute = 10 }", "{ relative = 1.0, of = \"publicatons\" }", "unknown-measure", "publicatons", 7, 31),
    ("count = 1", "cuont = 1", "unknown-key", "cuont", 11, 1),
    ("count = 1", "count = -1", "negative-publications", "below 0", 11, 9),
    ("\"{unit}\"", "\"med\"", "unknown-unit", "there is no unit \"med\"", 10, 8),
    ("count = 1", "count = 1\npartner = \"{partner}\"", "missing-key", "the partner is not said", 8, 10),
    ("step = 1", "step = 1\npartner = \"a|b\"", "unknown-value", "no paper has this partner", 7, 11),
    ("count = 1", "count = 1\n[[leave_out]]\nself_citations = true", "unknown-value", "changes one unit", 12, 1),
];

#[test]
fn every_fault_of_a_lever_is_found_at_its_place() {
    let measures = built_in().measures;
    let sound = text("strategies/levers.toml", SOUND, &measures);
    assert_eq!((sound.findings, sound.value.len()), (Vec::new(), 1));
    for (old, new, code, words, line, column) in FAULTS {
        assert!(SOUND.contains(old), "{old}");
        let checked = text("strategies/levers.toml", &SOUND.replacen(old, new, 1), &measures);
        let found = checked.findings.iter().find(|finding| finding.code == *code && finding.message.contains(words));
        let found = found.unwrap_or_else(|| panic!("{new}: {:#?}", checked.findings));
        let Place::Text { file, line: at_line, column: at_column, .. } = &found.place else { panic!("{found:?}") };
        assert_eq!(
            (file.as_str(), *at_line, *at_column),
            ("strategies/levers.toml", *line, *column),
            "{new}: {found:?}"
        );
        assert!(checked.value.is_empty(), "{new}");
    }
}

#[test]
fn an_office_replaces_a_lever_and_is_told() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("strategies")).unwrap();
    fs::write(dir.path().join("strategies/levers.toml"), SOUND).unwrap();
    let (own, without) = (levers(Some(dir.path()), &built_in().measures), levers(None, &built_in().measures));
    assert_eq!(own.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["catalogue-replaced"]);
    assert_eq!(own.value.len(), without.value.len());
    let papers = own.value.iter().find(|lever| lever.code == "papers").unwrap();
    assert!((papers.most(Some(1e6)) - 10.0).abs() < 1e-12);
}
