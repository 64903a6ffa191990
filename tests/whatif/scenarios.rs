//! Scenarios: laws of adding up, levers that only help, faults at their places.

use proptest::prelude::*;
use sanjeh::diagnostic::Place;
use sanjeh::model::names::Names;
use sanjeh::model::scenario::{Amount, Change, PublicationProfile, Scenario, Shift, StaffProfile, Thing};
use sanjeh::model::tables::{FinanceItem, Level, StaffCategory};

use super::{baseline, bits, outcome, sample, scenario};

fn profile(unit: &str, category: StaffCategory, international: Option<bool>) -> StaffProfile {
    StaffProfile { unit: unit.to_owned(), category, international, female: None, doctorate: None }
}

/// A unit with staff and papers.
const UNITS: [&str; 3] = ["med", "pharm", "dep-cardio"];

/// A change that can always be made.
pub fn change() -> impl Strategy<Value = Change> {
    let unit = prop::sample::select(UNITS.to_vec());
    let thing = (unit, 0_u8..7).prop_map(|(unit, kind)| match kind {
        0 => Thing::Staff(profile(unit, StaffCategory::Academic, Some(true))),
        1 => Thing::Staff(profile(unit, StaffCategory::Research, None)),
        2 => Thing::Students { unit: "med".into(), level: Some(Level::Doctorate), international: true },
        3 => Thing::Degrees { unit: "med".into(), level: Level::Doctorate },
        4 => Thing::Income {
            unit: "med".into(),
            item: FinanceItem::ResearchIncome,
            currency: "international dollar".into(),
        },
        5 => Thing::Publications(PublicationProfile {
            unit: unit.into(),
            percentile: Some(5.0),
            partner: Some("charite|germany".into()),
            ..PublicationProfile::default()
        }),
        _ => Thing::Shift(Shift {
            unit: unit.into(),
            partner: Some("charite|germany".into()),
            quartile: None,
            percentile: None,
        }),
    });
    // Whole papers, and few enough to shift.
    (thing, 1_u32..4).prop_map(|(thing, amount)| Change::new(thing, Amount::absolute(f64::from(amount))))
}

pub fn of(changes: Vec<Change>) -> Scenario {
    Scenario::of(Names::new("Test", "آزمون"), changes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_scenario_and_its_inverse_give_the_run_itself(changes in prop::collection::vec(change(), 1..5)) {
        let scenario = of(changes);
        let both = scenario.clone().then(&scenario.inverse());
        prop_assert!(both.is_empty());
        let (found, findings) = outcome(&both, None);
        prop_assert!(findings.is_empty(), "{findings:?}");
        prop_assert_eq!(bits(&found), bits(&baseline()));
        prop_assert_eq!(scenario.inverse().inverse().changes, scenario.changes);
    }

    #[test]
    fn amounts_of_the_same_thing_add(change in change(), more in 1_u32..4) {
        let twice = Change { phases: vec![(None, Amount::absolute(f64::from(more)))], ..change.clone() };
        let sum = change.total().absolute + f64::from(more);
        let once = Change { phases: vec![(None, Amount::absolute(sum))], ..change.clone() };
        let (apart, findings) = outcome(&of(vec![change]).then(&of(vec![twice])), None);
        let (together, _) = outcome(&of(vec![once]), None);
        prop_assert!(findings.is_empty(), "{findings:?}");
        prop_assert_eq!(bits(&apart), bits(&together));
    }

    #[test]
    fn more_of_a_lever_never_lowers_what_it_moves(kind in 0_u8..4, few in 1_u32..4, more in 1_u32..5) {
        let (results, _) = sample();
        let med = results.tables.units.find("med").unwrap();
        let (thing, measure) = match kind {
            0 => (Thing::Staff(profile("med", StaffCategory::Academic, None)), "academic_staff"),
            1 => (
                Thing::Publications(PublicationProfile {
                    unit: "med".into(),
                    percentile: Some(5.0),
                    ..PublicationProfile::default()
                }),
                "top_10_percent_publications",
            ),
            2 => (Thing::Degrees { unit: "med".into(), level: Level::Doctorate }, "doctorates_awarded"),
            _ => (
                Thing::Shift(Shift {
                    unit: "med".into(),
                    partner: Some("charite|germany".into()),
                    quartile: None,
                    percentile: None,
                }),
                "international_publications",
            ),
        };
        let value = |amount: u32| {
            let change = Change::new(thing.clone(), Amount::absolute(f64::from(amount)));
            let (found, findings) = outcome(&of(vec![change]), None);
            assert!(findings.is_empty(), "{findings:?}");
            let of_measure = |(column, key): (usize, &sanjeh::model::measure::MeasureKey)| {
                (key.measure == measure).then(|| found.measures.row(med.at())[column].value)
            };
            found.measures.keys.iter().enumerate().filter_map(of_measure).collect::<Vec<Option<f64>>>()
        };
        let (none, some, many) = (value(0), value(few), value(few + more));
        prop_assert!(!none.is_empty());
        for ((none, some), many) in none.iter().zip(&some).zip(&many) {
            prop_assert!(none <= some && some <= many, "{measure}: {none:?} {some:?} {many:?}");
        }
        prop_assert!(none.iter().zip(&many).any(|(none, many)| none < many));
    }
}

#[test]
fn the_empty_scenario_changes_nothing() {
    let (found, findings) = outcome(&Scenario::default(), None);
    assert!(findings.is_empty());
    assert_eq!(bits(&found), bits(&baseline()));
    // Nor does one that measures everything again for the sake of nothing.
    let papers = scenario("[[publications]]\nunit = \"med\"\ncount = 0").value;
    assert_eq!(bits(&outcome(&papers, None).0), bits(&baseline()));
    let policy = scenario("[[policy]]\nkey = \"policy.counting\"\nvalue = \"full\"").value;
    assert_eq!(bits(&outcome(&policy, None).0), bits(&baseline()));
}

#[test]
fn staff_alone_gives_what_measuring_everything_gives() {
    let hire = scenario("[[hire]]\nunit = \"med\"\nfte = 6.2\ninternational = true").value;
    let all = hire.clone().then(&scenario("[[policy]]\nkey = \"policy.counting\"\nvalue = \"full\"").value);
    assert_eq!(bits(&outcome(&hire, None).0), bits(&outcome(&all, None).0));
}

#[test]
fn of_two_settings_the_later_wins() {
    let switch = |value: &str| scenario(&format!("[[policy]]\nkey = \"policy.counting\"\nvalue = \"{value}\"")).value;
    let both = switch("fractional").then(&switch("full"));
    assert_eq!(both.changes.len(), 1);
    assert_eq!(bits(&outcome(&both, None).0), bits(&baseline()));
    assert_ne!(bits(&outcome(&switch("fractional"), None).0), bits(&baseline()));
}

#[test]
fn what_comes_later_is_not_in_force_before() {
    let hire = scenario("[[hire]]\nunit = \"med\"\nphases = { 2026 = 2, 2028 = 4 }").value;
    let (results, _) = sample();
    let med = results.tables.units.find("med").unwrap();
    let column = |key: &sanjeh::model::measure::MeasureKey| key.measure == "academic_staff" && key.window.to == 2023;
    let staff = |horizon| {
        let (found, _) = outcome(&hire, horizon);
        let at = found.measures.keys.iter().position(column).unwrap();
        found.measures.row(med.at())[at].value.unwrap()
    };
    // The edition of 2026 looks at staff of 2023, two years before the self-assessment of 2025: whoever is hired in 2026
    // is seen in the self-assessment of 2028.
    let before = staff(Some(2026));
    assert_eq!(before, staff(Some(2027)));
    assert_eq!(before + 2.0, staff(Some(2028)));
    assert_eq!(before + 6.0, staff(Some(2030)));
    assert_eq!(before + 6.0, staff(None));
}

#[test]
fn a_unit_merged_into_another_leaves_the_whole_as_it_was() {
    let merged = scenario("[[merge]]\nunit = \"pharm\"\ninto = \"med\"");
    assert!(merged.findings.is_empty(), "{:?}", merged.findings);
    let (found, findings) = outcome(&merged.value, None);
    assert!(findings.is_empty(), "{findings:?}");
    let (results, _) = sample();
    assert_eq!(found.measures.cells.len(), results.measures.cells.len() - results.measures.keys.len());
    // The university counts the union, so nothing moves there: papers, staff, students.
    let university = results.tables.units.university().unwrap();
    for (key, (was, is)) in
        results.measures.keys.iter().zip(results.measures.row(university.at()).iter().zip(found.measures.row(0)))
    {
        assert_eq!(university.at(), 0);
        assert_eq!(was.value, is.value, "{}", key.label());
    }
}

/// One fault each: changes, code of the finding, line and column after the two lines of names.
const FAULTS: [(&str, &str, u32, u32); 17] = [
    ("[[hire]]\nunit = \"farm\"\nfte = 1", "unknown-unit", 4, 8),
    ("[[hire]]\nunit = \"med\"\nfte = -3", "negative-staff", 5, 7),
    ("[[hire]]\nunit = \"med\"", "missing-key", 3, 1),
    ("[[hire]]\nunit = \"med\"\nfte = \"many\"", "wrong-type", 5, 7),
    ("[[hire]]\nunit = \"med\"\nfte = 5\nphases = { 2026 = 2, 2027 = 2 }", "contradictory-phases", 6, 10),
    ("[[hire]]\nunit = \"med\"\nfrom = 2026\nphases = { 2026 = 2 }", "contradictory-phases", 5, 8),
    ("[[hire]]\nunit = \"med\"\nphases = { soon = 2 }", "contradictory-phases", 5, 10),
    ("[[hire]]\nunit = \"med\"\nfte = 1\nsalary = 2", "unknown-key", 6, 1),
    ("[[retire]]\nunit = \"med\"\nfte = 5000", "more-than-there-are", 3, 1),
    ("[[reclassify]]\nunit = \"med\"\nfte = 1", "missing-key", 3, 1),
    ("[[students]]\nunit = \"med\"\nlevel = \"doctorate\"\nchange = -90000", "more-than-there-are", 3, 1),
    ("[[degrees]]\nunit = \"med\"\nlevel = \"phd\"\nchange = 1", "unknown-value", 5, 9),
    ("[[income]]\nunit = \"med\"\nitem = \"research_income\"\nchange = 5", "no-currency", 3, 1),
    ("[[publications]]\nunit = \"med\"\ncount = -1", "negative-publications", 5, 9),
    ("[[shift]]\nunit = \"med\"\npapers = 90000\nquartile = 1", "more-than-there-are", 3, 1),
    ("[[policy]]\nkey = \"policy.counting\"\nvalue = \"half\"", "bad-policy", 3, 1),
    ("[[edition]]\nfrom = \"the/wur/2026\"\nto = \"the/wur/2062\"", "unknown-edition", 5, 6),
];

#[test]
fn each_bad_scenario_gives_one_finding_at_its_place() {
    for (changes, code, line, column) in FAULTS {
        let read = scenario(changes);
        let mut findings = read.findings;
        findings.extend(outcome(&read.value, None).1);
        assert_eq!(findings.len(), 1, "{changes}\n{findings:?}");
        let finding = &findings[0];
        assert_eq!(finding.code, code, "{changes}\n{finding:?}");
        let Place::Text { file, line: own_line, column: own_column, .. } = &finding.place else {
            panic!("{changes}: no line in {:?}", finding.place);
        };
        assert_eq!(
            (file.as_str(), *own_line, *own_column),
            ("strategies/scenarios/test.toml", line, column),
            "{changes}"
        );
        assert!(!finding.message.is_empty());
    }
}

#[test]
fn what_was_never_so_cannot_be_taken_back() {
    let merge = scenario("[[merge]]\nunit = \"pharm\"\ninto = \"med\"").value;
    let (found, findings) = outcome(&merge.inverse(), None);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, "nothing-to-undo");
    assert_eq!(bits(&found), bits(&baseline()));
}

#[test]
fn every_example_of_the_template_is_a_change_that_can_be_made() {
    // The examples stand behind `# `; explanation does not look like a key or a table.
    let example = |line: &&str| {
        line.strip_prefix("# ").is_some_and(|text| {
            let key = text.split(" = ").next().unwrap_or_default();
            text.starts_with("[[") || (text.contains(" = ") && !key.contains(' '))
        })
    };
    let (results, _) = sample();
    let med = results.tables.units.find("med").unwrap();
    let staff = results.tables.staff.iter().find(|person| person.units.contains(&med)).unwrap();
    let text: String = sanjeh::cli::new::SCENARIO
        .lines()
        .filter(|line| example(line) || !line.starts_with('#'))
        .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
        .collect::<String>()
        .replace("\"university\"", "\"med\"")
        .replace("STAFF", &staff.id);
    let known = sanjeh::catalogue::scenario::Known {
        units: &results.tables.units,
        scored: &results.editions,
        editions: &sample().1.editions,
    };
    let read = sanjeh::catalogue::scenario::text("example.toml", &text, known);
    assert!(read.findings.is_empty(), "{:?}\n{text}", read.findings);
    assert_eq!(read.value.changes.len(), text.matches("[[").count());
    // One at a time: together they would name units and editions that are gone by then.
    for change in &read.value.changes {
        let (found, findings) = outcome(&of(vec![change.clone()]), None);
        assert!(findings.is_empty(), "{findings:?}");
        let same = bits(&found) == bits(&baseline());
        assert!(!same || !moves(&change.thing), "{change:?} moves nothing");
    }
}

/// Whether the sample has what the example changes.
fn moves(thing: &Thing) -> bool {
    !matches!(thing, Thing::LeaveOut(_) | Thing::Recover { .. })
}
