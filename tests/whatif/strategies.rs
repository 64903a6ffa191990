//! The catalogue of strategies: read whatever the headers' language, every fault at its cell.

use sanjeh::diagnostic::Checked;
use sanjeh::load::{Limits, strategies};
use sanjeh::model::strategy::Strategy;
use sanjeh::sample::{Size, generate};

use super::sample;
use crate::support::Folder;

const LEVERS: [&str; 3] = ["papers", "academic_staff", "research_income"];

const HEADER: &str =
    "id,lever,units,effect_low,effect_mid,effect_high,cost,currency,capacity,requires,excludes,synergies";

fn read(files: &[(&str, &str)]) -> Checked<Vec<Strategy>> {
    let folder = files.iter().fold(Folder::new(), |folder, (path, text)| folder.with(path, text));
    strategies(folder.path(), &sample().0.tables, &LEVERS, &Limits::default())
}

fn rows(rows: &str) -> Checked<Vec<Strategy>> {
    read(&[("strategies/catalogue.csv", &format!("{HEADER}\n{rows}"))])
}

fn ids(checked: &Checked<Vec<Strategy>>) -> Vec<&str> {
    checked.value.iter().map(|strategy| strategy.id.as_str()).collect()
}

#[test]
fn a_row_says_where_how_much_and_what_it_needs() {
    let checked = rows(
        "a,papers,school;sarv,1,2,4,300,million rial,3,b,c,b:15;c:5\n\
                        b,academic_staff,all,,1,,50,toman,1,,,\n\
                        c,papers,med,1,1,1,0,,1,,,\n",
    );
    assert_eq!(checked.findings, Vec::new());
    let units = &sample().0.tables.units;
    let [a, b, c] = checked.value.as_slice() else { panic!("{:?}", ids(&checked)) };
    assert_eq!(a.units.len(), units.of_type("school").len() + 1);
    assert_eq!((a.effect.low, a.effect.middle, a.effect.high), (1.0, 2.0, 4.0));
    assert_eq!((a.requires.as_slice(), a.excludes.as_slice()), (&[1_usize][..], &[2_usize][..]));
    assert_eq!(
        a.synergies.iter().map(|helper| (helper.strategy, helper.part)).collect::<Vec<_>>(),
        [(1, 0.15), (2, 0.05)]
    );
    assert_eq!((b.units.len(), b.effect.low, b.effect.high), (units.len(), 1.0, 1.0));
    let money = b.cost.money.as_ref().unwrap();
    assert_eq!((money.currency.as_str(), money.factor), ("IRR", 10.0));
    assert_eq!((c.cost.sum, &c.cost.money), (0.0, &None));
}

#[test]
fn persian_headers_and_a_title_with_the_currency() {
    let text = "فهرست راهبردها (مبالغ به میلیون ریال),,,,,,\n\
                شناسه,نام,اهرم,واحد,اثر,هزینه,ظرفیت\n\
                الف,خدمات نگارش,papers,دانشکده‌ها,۲,۴۲۰,۳\n";
    let checked = read(&[("strategies/فهرست.csv", text)]);
    let errors: Vec<_> = checked.findings.iter().filter(|finding| finding.code != "lines-above").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let [one] = checked.value.as_slice() else { panic!("{:?}", ids(&checked)) };
    assert_eq!((one.cost.sum, one.cost.money.as_ref().unwrap().factor), (420.0, 1e6));
    assert_eq!(one.units.len(), sample().0.tables.units.of_type("school").len());
}

/// Rows, code, place, ids that stay.
const FAULTS: &[(&str, &str, &str, &[&str])] = &[
    ("a,papres,all,1,1,1,3,toman,1,,,", "unknown-lever", "B2 \"lever\"", &[]),
    ("a,papers,nowhere,1,1,1,3,toman,1,,,", "unknown-unit", "C2 \"units\"", &[]),
    ("a,papers,nowhere;med,1,1,1,3,toman,1,,,", "unknown-unit", "C2 \"units\"", &["a"]),
    ("a,papers,all,1,1,1,3,,1,,,", "no-currency", "H2 \"currency\"", &[]),
    ("a,papers,all,1,1,1,3,shells,1,,,", "no-currency", "H2 \"currency\"", &[]),
    ("a,papers,all,1,1,1,-3,toman,1,,,", "negative-amount", "G2 \"cost\"", &[]),
    ("a,papers,all,2,1,3,3,toman,1,,,", "effect-disorder", "D2 \"effect_low\"", &[]),
    ("a,papers,all,1,4,3,3,toman,1,,,", "effect-disorder", "F2 \"effect_high\"", &[]),
    ("a,papers,all,1,,3,3,toman,1,,,", "missing-value", "E2 \"effect_mid\"", &[]),
    ("a,papers,all,1,1,1,3,toman,,,,", "missing-value", "I2 \"capacity\"", &[]),
    ("a,papers,all,1,1,1,3,toman,1,b,,", "unknown-strategy", "J2 \"requires\"", &["a"]),
    ("a,papers,all,1,1,1,3,toman,1,,b,", "unknown-strategy", "K2 \"excludes\"", &["a"]),
    ("a,papers,all,1,1,1,3,toman,1,,,b:5", "unknown-strategy", "L2 \"synergies\"", &["a"]),
    ("a,papers,all,1,1,1,3,toman,1,a,,", "contradictory-strategy", "J2 \"requires\"", &["a"]),
    (
        "a,papers,all,1,1,1,3,toman,1,b,b,\nb,papers,all,1,1,1,3,toman,1,,,",
        "contradictory-strategy",
        "K2 \"excludes\"",
        &["a", "b"],
    ),
    (
        "a,papers,all,1,1,1,3,toman,1,,,b:lots\nb,papers,all,1,1,1,3,toman,1,,,",
        "bad-synergy",
        "L2 \"synergies\"",
        &["a", "b"],
    ),
    ("a,papers,all,1,1,1,3,toman,1,,,\na,papers,all,1,1,1,3,toman,1,,,", "duplicate-strategy", "A3 \"id\"", &["a"]),
    (
        "a,papers,all,1,1,1,3,toman,1,b,,\nb,papers,all,1,1,1,3,toman,1,c,,\nc,papers,all,1,1,1,3,toman,1,a,,",
        "circular-requirement",
        "J2 \"requires\"",
        &["a", "b", "c"],
    ),
];

#[test]
fn every_fault_is_found_at_its_cell() {
    for (text, code, place, left) in FAULTS {
        let checked = rows(text);
        let found: Vec<_> = checked.findings.iter().filter(|finding| finding.code == *code).collect();
        let [found] = found.as_slice() else { panic!("{text}: {:#?}", checked.findings) };
        assert_eq!(found.place.to_string(), format!("strategies/catalogue.csv › {place}"), "{text}");
        assert_eq!(ids(&checked), *left, "{text}");
    }
    // What is left of a circle is none.
    let circle = rows(FAULTS.last().unwrap().0).value;
    let requires: Vec<usize> = circle.iter().map(|strategy| strategy.requires.len()).collect();
    assert_eq!(requires, [0, 1, 1]);
}

#[test]
fn the_sample_of_any_size_has_a_sound_catalogue() {
    let catalogue = sanjeh::catalogue::load(None, None).value;
    let levers = sanjeh::catalogue::lever::levers(None, &catalogue.measures).value;
    let codes: Vec<&str> = levers.iter().map(|lever| lever.code.as_str()).collect();
    for file in generate(&Size { units: 5, staff: 10, publications: 0, hyper_authored: 0, seed: 1 }).files {
        if file.path == "strategies/catalogue.csv" {
            let folder = Folder::new().with(&file.path, &file.bytes);
            let checked = strategies(folder.path(), &sample().0.tables, &codes, &Limits::default());
            assert_eq!(checked.findings, Vec::new());
            assert_eq!(checked.value.len(), 25);
            for strategy in &checked.value {
                assert!(strategy.name.0.len() == 2 && strategy.owner.0.len() == 2, "{}", strategy.id);
            }
        }
    }
}

#[test]
fn the_scenarios_of_the_sample_can_be_done() {
    let mut seen = 0;
    for file in generate(&Size { units: 14, staff: 90, publications: 240, hyper_authored: 4, seed: 7 }).files {
        if file.path.starts_with("strategies/scenarios/") {
            let text = String::from_utf8(file.bytes).unwrap();
            let (results, catalogue) = sample();
            let known =
                super::Known { units: &results.tables.units, scored: &results.editions, editions: &catalogue.editions };
            let scenario = super::text(&file.path, &text, known);
            assert_eq!(scenario.findings, Vec::new(), "{}", file.path);
            let (_, findings) = super::outcome(&scenario.value, Some(2029));
            assert_eq!(findings, Vec::new(), "{}", file.path);
            seen += 1;
        }
    }
    assert_eq!(seen, 5);
}
