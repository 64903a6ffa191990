//! Tests: `sanjeh diff` – Shapley's rule, parts that add up, runs that are scored again from what they keep.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;

use sanjeh::catalogue::{self, Catalogue};
use sanjeh::diagnostic::Place;
use sanjeh::model::edition::Edition;
use sanjeh::model::measure::{MeasureKey, MeasuredValue, Measures, Reason, Status};
use sanjeh::model::moved::{EditionMove, Factor};
use sanjeh::model::names::Names;
use sanjeh::model::stored_run::StoredRun;
use sanjeh::model::tables::Peer;
use sanjeh::model::unit::{UnitRow, Units};
use sanjeh::sample::{Size, generate};
use sanjeh::whatif::moved::{Side, moves};
use sanjeh::whatif::shapley::split;

use crate::support::{Folder, sanjeh, table};

/// Parts add up to this.
const EXACT: f64 = 1e-9;

/// Worked by hand: alone the factors bring 1 and 2, together 5. In the one order the first brings 1, in the other 3.
#[test]
fn two_factors_by_hand() {
    assert_eq!(split::<2>(&[Some(0.0), Some(1.0), Some(2.0), Some(5.0)]), Ok([2.0, 3.0]));
    assert_eq!(split::<2>(&[Some(0.0), Some(1.0), None, Some(5.0)]), Err(2));
    // Three gloves, two of them left: the right one is worth 2/3 (Shapley 1953's rule, the usual example).
    let worth = |set: usize| Some(if set & 1 == 1 && set & 6 != 0 { 1.0 } else { 0.0 });
    let parts = split::<3>(&(0..8).map(worth).collect::<Vec<_>>()).unwrap();
    for (part, expected) in parts.into_iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
        assert!((part - expected).abs() < 1e-12, "{parts:?}");
    }
}

proptest! {
    /// Nothing is left over; a factor without effect gets nothing; factors that change places change parts; the way
    /// back is the way with the other sign.
    #[test]
    fn laws_of_the_split(values in prop::collection::vec(-100.0..100.0_f64, 16)) {
        let of = |values: &dyn Fn(usize) -> f64| split::<4>(&(0..16).map(|set| Some(values(set))).collect::<Vec<_>>()).unwrap();
        let parts = of(&|set| values[set]);
        prop_assert!((parts.iter().sum::<f64>() - (values[15] - values[0])).abs() < EXACT);
        let without = of(&|set| values[set & !4]);
        prop_assert!(without[2].abs() < EXACT);
        let swapped = |set: usize| (set & !3) | (set & 1) << 1 | (set & 2) >> 1;
        let changed = of(&|set| values[swapped(set)]);
        let back = of(&|set| values[15 - set]);
        for at in 0..4 {
            prop_assert!((changed[[1, 0, 2, 3][at]] - parts[at]).abs() < EXACT);
            prop_assert!((back[at] + parts[at]).abs() < EXACT);
        }
    }
}

fn built_in() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| catalogue::load(None, None).value)
}

/// Units of invented runs.
const UNITS: [(&str, &str); 5] =
    [("u", "university"), ("a", "school"), ("b", "school"), ("c", "school"), ("d", "school")];

/// Keys of all measures of an edition, ascending.
fn keys(edition: &Edition) -> Vec<MeasureKey> {
    let codes = edition.indicators.iter().flat_map(|indicator| indicator.value.measures());
    let mut keys: Vec<MeasureKey> =
        codes.filter_map(|code| Some(edition.measure_key(built_in().measure(code)?))).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A run with invented values; `values` are used over and over.
fn run(edition: &Edition, values: &[Option<f64>], overridden: &[f64]) -> StoredRun {
    let row = |(id, unit_type): &(&str, &str)| UnitRow {
        id: (*id).to_owned(),
        name: Names::default(),
        unit_type: (*unit_type).to_owned(),
        parents: Vec::new(),
        subject: String::new(),
        aliases: Vec::new(),
        valid: (None, None),
        place: Place::Run,
    };
    let units = Units::build(UNITS.iter().map(row).collect()).value;
    let keys = keys(edition);
    let cell = |at: usize| match values[at % values.len()] {
        Some(value) => MeasuredValue::known(value, 500, Status::Computed),
        None => MeasuredValue::missing(Reason::NotSupplied),
    };
    let cells: Vec<MeasuredValue> = (0..units.len() * keys.len()).map(cell).collect();
    let measures = Measures { keys: keys.clone(), cells: cells.clone(), ..Measures::default() };
    let without = |(at, cell): (usize, &MeasuredValue)| {
        let by = overridden[at % overridden.len()];
        MeasuredValue { value: cell.value.map(|value| (value - by).max(0.0)), ..*cell }
    };
    let cells = cells.iter().enumerate().map(without).collect();
    let without = Measures { keys, cells, ..Measures::default() };
    let peer = |(at, indicator): (usize, &sanjeh::model::edition::Indicator)| Peer {
        edition: edition.id.clone(),
        unit_type: "university".to_owned(),
        indicator: indicator.code.clone(),
        peer: at.to_string(),
        value: values[at % values.len()].unwrap_or(1.0) / 300.0,
        place: Place::Run,
    };
    StoredRun {
        folder: "invented".to_owned(),
        editions: vec![edition.id.clone()],
        minimum_units: 3,
        units,
        measures,
        without_overrides: overridden.iter().any(|by| *by != 0.0).then_some(without),
        peers: (0..4)
            .flat_map(|turn| edition.indicators.iter().enumerate().map(move |(at, one)| (at + 7 * turn, one)))
            .map(peer)
            .collect(),
        composites: Vec::new(),
    }
}

/// Moves between two runs, each by an edition.
fn moved(one: (&StoredRun, &str), other: (&StoredRun, &str)) -> EditionMove {
    moves([run_side(one.0, one.1), run_side(other.0, other.1)], &|_| true)
}

fn run_side<'a>(run: &'a StoredRun, id: &str) -> Side<'a> {
    let catalogue = built_in();
    let edition = catalogue.find(id).unwrap();
    Side { run, edition, benchmark: catalogue.benchmark(id), definitions: &catalogue.measures }
}

fn value() -> impl Strategy<Value = Option<f64>> {
    prop::option::weighted(0.97, 1.0..900.0_f64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Parts add up to the change, the indicators' parts to the total's; the way back has the other sign; a run against
    /// itself has no parts.
    #[test]
    fn parts_add_up(
        first in prop::collection::vec(value(), 31),
        second in prop::collection::vec(value(), 29),
        overridden in prop::collection::vec(0.0..20.0_f64, 5),
        editions in prop::sample::select(vec![
            ("the/wur/2023", "the/wur/2024"), ("the/wur/2025", "the/wur/2026"), ("arwu/2024", "arwu/2025"),
        ]),
    ) {
        let (from, to) = editions;
        let one = run(built_in().find(from).unwrap(), &first, &[0.0]);
        let two = run(built_in().find(to).unwrap(), &second, &overridden);
        let there = moved((&one, from), (&two, to));
        let back = moved((&two, to), (&one, from));
        let mut split = 0;
        for (unit, reverse) in there.units.iter().zip(&back.units) {
            for row in &unit.moves {
                let Some(parts) = row.parts else { continue };
                split += 1;
                prop_assert!((parts.iter().sum::<f64>() - row.change().unwrap()).abs() < EXACT);
                let other = reverse.moves.iter().find(|other| other.group == row.group).unwrap().parts.unwrap();
                prop_assert!(parts.iter().zip(other).all(|(part, other)| (part + other).abs() < EXACT));
            }
            let Some(overall) = unit.overall().unwrap().parts else {
                prop_assert!(unit.unsplit.is_some() && unit.indicators.is_empty());
                continue;
            };
            for (factor, whole) in Factor::ALL.into_iter().zip(overall) {
                let own = unit.indicators.iter().filter(|part| part.factor == factor);
                prop_assert!((own.map(|part| part.points).sum::<f64>() - whole).abs() < EXACT);
            }
            // Whatever moves has a cause.
            prop_assert!(unit.indicators.iter().all(|part| (part.points == 0.0) == part.cause.is_empty()));
        }
        prop_assert!(split > 0);
        for unit in moved((&two, to), (&two, to)).units {
            for row in unit.moves.iter().filter(|row| row.from.is_some()) {
                prop_assert_eq!((row.change(), row.parts), (Some(0.0), Some([0.0; 4])));
            }
        }
    }
}

/// What changes in one place only is due to that alone.
#[test]
fn one_change_is_one_part() {
    let id = "the/wur/2026";
    let edition = built_in().find(id).unwrap();
    let values: Vec<Option<f64>> = (0..37).map(|at| Some(100.0 + f64::from(at * at % 61))).collect();
    let base = run(edition, &values, &[0.0]);
    let width = base.measures.keys.len();
    let at = |code: &str| base.measures.keys.iter().position(|key| key.measure == code).unwrap();
    let changed = |change: &dyn Fn(&mut StoredRun)| {
        let mut run = base.clone();
        change(&mut run);
        run
    };
    let scale = |run: &mut StoredRun, unit: usize, code: &str, by: f64| {
        let cell = &mut run.measures.cells[unit * width + at(code)];
        cell.value = cell.value.map(|value| value * by);
    };
    let cases: [(&str, StoredRun, &str, usize); 4] = [
        ("own staff", changed(&|run| scale(run, 1, "academic_staff", 1.5)), "a", 0),
        ("another school's staff", changed(&|run| scale(run, 2, "academic_staff", 1.5)), "a", 1),
        ("a peer", changed(&|run| run.peers.iter_mut().for_each(|peer| peer.value *= 1.3)), "u", 1),
        (
            "an override",
            changed(&|run| {
                run.without_overrides = Some(run.measures.clone());
                scale(run, 1, "academic_staff", 1.5);
            }),
            "a",
            3,
        ),
    ];
    for (what, run, unit, factor) in &cases {
        let found = moved((&base, id), (run, id));
        let unit = found.units.iter().find(|known| known.unit == *unit).unwrap();
        let row = unit.overall().unwrap();
        let (parts, change) = (row.parts.unwrap(), row.change().unwrap());
        assert!(change.abs() > 1e-3, "{what}: {row:?}");
        for (at, part) in parts.into_iter().enumerate() {
            let expected = if at == *factor { change } else { 0.0 };
            assert!((part - expected).abs() < EXACT, "{what}: {row:?}");
        }
    }
    let method = moved((&base, id), (&base, id)).units;
    assert!(method.iter().all(|unit| unit.overall().unwrap().parts == Some([0.0; 4])), "{method:?}");
}

/// The sample in two years: another peer table, a work left out by the office, staff of another year, and an edition
/// of its own before the built-in one.
fn two_runs() -> &'static (Folder, Folder) {
    static RUNS: OnceLock<(Folder, Folder)> = OnceLock::new();
    RUNS.get_or_init(|| {
        let size = Size { units: 14, staff: 60, publications: 150, hyper_authored: 2, seed: 7 };
        let files = || generate(&size).files;
        let fill = |mut folder: Folder| {
            for file in files() {
                folder = folder.with(&file.path, &file.bytes);
            }
            folder
        };
        let edit = |folder: &Folder, path: &str, change: &dyn Fn(String) -> String| {
            let path = folder.path().join(path);
            fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
        };
        let edition = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/the/wur/2026.toml"));
        let earlier = edition.unwrap().replace("\"the/wur/2026\"", "\"the/wur/2025\"");
        // Two weights of the same group change places.
        let earlier = earlier.replacen("weight    = 15.0", "weight    = 14.0", 1).replacen(
            "weight    = 4.5",
            "weight    = 5.5",
            1,
        );
        let first = fill(Folder::new()).with("editions/the/wur/2025.toml", earlier);
        edit(&first, "assessment.toml", &|text| text.replace("the/wur/2026", "the/wur/2025"));
        edit(&first, "benchmarks/peers.csv", &|text| {
            text.replace("the/wur/2026", "the/wur/2025").replace(",0.08", ",0.07")
        });
        edit(&first, "surveys/supplied.csv", &|text| text + "sarv,doctorates_awarded,2023,7,told by the office\n");
        let second = fill(Folder::new());
        let export = fs::read_dir(second.path().join("publications")).unwrap().map(|file| file.unwrap().path()).min();
        let cited = |row: &BTreeMap<String, String>| row["Cited by"].parse::<u32>().unwrap_or(0);
        let most = table(&export.unwrap()).into_iter().max_by_key(cited).unwrap();
        let exclude = format!("publication,reason,who,date\n{},not ours,M,2026-11-01\n", most["EID"]);
        let second = second.with("overrides/exclude.csv", exclude);
        std::thread::scope(|scope| {
            for folder in [&first, &second] {
                edit(folder, "assessment.toml", &|text| text.replace("samples = 1000", "samples = 0"));
                scope.spawn(move || {
                    let ran = folder.sanjeh(&["run", "--format", "csv", "--lang", "en", "--quiet"]);
                    assert!(ran.code < 2, "{}", ran.err);
                });
            }
        });
        (first, second)
    })
}

fn out(folder: &Folder) -> String {
    folder.path().join("out").to_string_lossy().into_owned()
}

#[test]
fn a_run_keeps_what_it_takes_to_score_it_again() {
    let (first, second) = two_runs();
    let folder = Folder::new();
    let to = folder.path().to_string_lossy().into_owned();
    let ran = sanjeh(&["diff", &out(first), &out(second), "--out", &to]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("not-reproduced"), "{}", ran.err);
    assert!(ran.out.contains("the/wur/2025 → the/wur/2026"), "{}", ran.out);
    let number = |row: &BTreeMap<String, String>, name: &str| row[name].parse::<f64>().ok();
    let moved = table(&folder.path().join("moved.csv"));
    let written = |folder: &Folder| {
        let rows = folder.table("composites.csv").into_iter();
        rows.map(|row| {
            ((row["edition"].clone(), row["unit"].clone(), row["group"].clone()), row["score"].parse::<f64>().ok())
        })
        .collect::<BTreeMap<_, _>>()
    };
    let (one, two) = (written(first), written(second));
    let mut split = 0;
    for row in &moved {
        let id = row["edition"].as_str();
        let (from, to) = id.split_once(" → ").unwrap_or((id, id));
        let key = |id: &str| (id.to_owned(), row["unit"].clone(), row["group"].clone());
        for (known, name, id) in [(&one, "from", from), (&two, "to", to)] {
            match (known[&key(id)], number(row, name)) {
                (Some(written), Some(again)) => assert!((written - again).abs() < EXACT, "{row:?}"),
                (written, again) => assert_eq!(written, again, "{row:?}"),
            }
        }
        let parts: Vec<f64> = Factor::ALL.iter().filter_map(|factor| number(row, factor.as_str())).collect();
        if let [own, peers, method, corrections] = parts[..] {
            split += 1;
            assert!((own + peers + method + corrections - number(row, "change").unwrap()).abs() < EXACT, "{row:?}");
        }
    }
    assert!(split > 20, "{split}");
    // All four things have changed for the university.
    let university = moved.iter().find(|row| row["unit"] == "sarv" && row["group"] == "overall").unwrap();
    for factor in Factor::ALL {
        assert!(number(university, factor.as_str()).unwrap().abs() > 1e-6, "{university:?}");
    }
    let indicators = table(&folder.path().join("moved_indicators.csv"));
    let causes = |factor: &str| -> Vec<&str> {
        let own = indicators.iter().filter(|row| row["unit"] == "sarv" && row["factor"] == factor);
        own.map(|row| row["cause"].as_str()).collect()
    };
    assert!(
        causes("own_data").iter().any(|cause| cause.contains("doctorates_awarded 7 → ")),
        "{:?}",
        causes("own_data")
    );
    assert!(causes("method").iter().any(|cause| cause.contains("weight 5.5 → 4.5")), "{:?}", causes("method"));
    assert!(causes("corrections").iter().any(|cause| cause.contains("overrides move")), "{:?}", causes("corrections"));
    let json = sanjeh(&["diff", &out(first), &out(second), "--unit", "sarv", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json[0]["units"].as_array().unwrap().len(), 1);
}

#[test]
fn a_run_against_itself_has_no_moves() {
    let (_, second) = two_runs();
    let ran = sanjeh(&["diff", &out(second), &out(second), "--json"]);
    let editions: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(editions.len(), 3, "{}", ran.err);
    let mut split = 0;
    for unit in editions.iter().flat_map(|edition| edition["units"].as_array().unwrap()) {
        for row in unit["moves"].as_array().unwrap().iter().filter(|row| row["parts"].is_array()) {
            split += 1;
            assert!(row["parts"].as_array().unwrap().iter().all(|part| part.as_f64() == Some(0.0)), "{row}");
        }
    }
    assert!(split > 3, "{split}");
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let (first, second) = two_runs();
    let empty = Folder::new();
    let (one, two, nothing) = (out(first), out(second), empty.path().to_string_lossy().into_owned());
    for (arguments, code) in [
        (vec!["diff", &one, &nothing], "unreadable-run"),
        (vec!["diff", &one, &two, "--unit", "nowhere"], "unknown-unit"),
        (vec!["diff", &one, &two, "--edition", "the/wur/2024=the/wur/2026"], "no-editions"),
    ] {
        let ran = sanjeh(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("[{code}]")), "{arguments:?}: {}", ran.err);
    }
    // A cell that is no number is named by file, row and column.
    let broken = Folder::new();
    for (path, bytes) in crate::support::contents(&second.path().join("out")) {
        let spoilt = path == "inputs/peers.csv";
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let line = text.lines().nth(1).unwrap_or_default().to_owned();
        let bad = format!("{},many", line.rsplit_once(',').map_or("", |(before, _)| before));
        let bytes = if spoilt { text.replacen(&line, &bad, 1).into_bytes() } else { bytes };
        fs::create_dir_all(broken.path().join(&path).parent().unwrap()).unwrap();
        fs::write(broken.path().join(&path), bytes).unwrap();
    }
    let ran = sanjeh(&["diff", &broken.path().to_string_lossy(), &two]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("peers.csv › E2 \"value\"") && ran.err.contains("many"), "{}", ran.err);
}
