//! Tests: `sanjeh forecast` – bands on the THE tables held against what came, laws of the bands, faults.

use proptest::prelude::*;
use serde_json::Value;

use sanjeh::model::forecast::{Banded, Forecast, History, PastEdition};
use sanjeh::whatif::forecast::conformal::quantile;
use sanjeh::whatif::forecast::forecast;

use crate::support::{Folder, sanjeh, shared, table};

/// Tables of THE that are there, and the years in which their method changed: Scopus in the place of Web of Science in
/// 2016, WUR 3.0 in 2024.
const YEARS: [i32; 8] = [2012, 2015, 2016, 2019, 2021, 2023, 2024, 2025];
const BREAKS: [&str; 4] = ["--break", "2016", "--break", "2024"];
const MAPS: [&str; 5] = [
    "teaching=Teaching",
    "research_environment=Research Environment",
    "research_quality=Research Quality",
    "industry=Industry",
    "international_outlook=International Outlook",
];

/// `sanjeh forecast` of the THE tables with further arguments.
fn the(rest: &[&str]) -> Option<Value> {
    let paths: Option<Vec<String>> = YEARS
        .iter()
        .map(|year| Some(shared(&format!("rankings/the/THE_{year}_rankings.csv"))?.to_string_lossy().into_owned()))
        .collect();
    let paths = paths?;
    let maps: Vec<&str> = MAPS.iter().flat_map(|map| ["--map", map]).collect();
    let columns = ["--id", "Name", "--score", "Overall", "--edition", "the/wur/YEAR", "--json"];
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let ran = sanjeh(&[&["forecast"], paths.as_slice(), &columns, &maps, &BREAKS, rest].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    Some(serde_json::from_str(&ran.out).unwrap())
}

fn count(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Institutions, and shares of them within the two bands, over the back-tests of these years.
fn coverage(tests: &Value, years: impl Fn(i64) -> bool) -> (f64, [f64; 2]) {
    let tests = tests.as_array().unwrap().iter().filter(|test| years(test["year"].as_i64().unwrap()));
    let (mut of, mut within) = (0.0, [0.0; 2]);
    for test in tests {
        of += count(&test["hits"]["of"]);
        (0..2).for_each(|band| within[band] += count(&test["hits"]["within"][band]));
    }
    (of, within.map(|within| within / of))
}

#[test]
fn stated_bands_hold_on_the_tables_of_2019_to_2025() {
    let Some(found) = the(&[]) else { return };
    for tests in [&found["tests"], &found["rank_tests"]] {
        for test in tests.as_array().unwrap() {
            let year = test["year"].as_i64().unwrap();
            let (of, [narrow, wide]) = coverage(tests, |other| other == year);
            println!("{year} from {}: {of} institutions, 80 %: {narrow:.3}, 95 %: {wide:.3}", test["from"]);
            // Nothing of the year itself or later made its bands.
            assert!(test["learned_from"].as_array().unwrap().iter().all(|from| from.as_i64().unwrap() < year));
        }
        let (of, [narrow, wide]) = coverage(tests, |year| year >= 2019);
        println!("2019–2025: {of} values, 80 %: {narrow:.4}, 95 %: {wide:.4}");
        assert!(of > 6900.0, "{of}");
        assert!((0.75..=0.85).contains(&narrow), "{narrow}");
        assert!((0.90..=1.0).contains(&wide), "{wide}");
    }
    // Year by year the narrow band of scores is too wide twice: from 2016, of which one step was known, and over the
    // change of 2024, for which the one of 2016 stands. Over the change of 2016 none was known, and the bands fail.
    let of_year = |year: i64| coverage(&found["tests"], |other| other == year).1;
    let misses: Vec<i64> = [2016, 2019, 2021, 2023, 2024, 2025]
        .into_iter()
        .filter(|&year| !(0.75..=0.85).contains(&of_year(year)[0]) || !(0.90..=1.0).contains(&of_year(year)[1]))
        .collect();
    assert_eq!(misses, [2016, 2019, 2024]);
    assert!(of_year(2016)[1] < 0.6 && of_year(2019)[0] > 0.85 && of_year(2024)[0] > 0.85);
}

#[test]
fn a_break_without_precedent_is_told() {
    let text = |year: i32, by: f64| {
        let row = |at: i32| format!("Institution {at},{:.2}\n", f64::from(at) + by * f64::from(at % 3));
        format!("Name,Score\n{}", (1..=80).map(row).collect::<String>()) + &format!("Closed in {year},50\n")
    };
    let folder = Folder::new().with("r_2021.csv", text(2021, 0.0)).with("r_2022.csv", text(2022, 0.5));
    let folder = folder.with("r_2023.csv", text(2023, 0.7));
    let path = |year: i32| folder.path().join(format!("r_{year}.csv")).to_string_lossy().into_owned();
    let (one, two, three) = (path(2021), path(2022), path(2023));
    let out = folder.path().join("forecast.csv").to_string_lossy().into_owned();
    let all = ["forecast", &one, &two, &three, "--score", "Score", "--out", &out];
    let plain = sanjeh(&all);
    assert_eq!(plain.code, 0, "{}", plain.err);
    assert!(!plain.err.contains("no-precedent"), "{}", plain.err);
    let rows = table(&folder.path().join("forecast.csv"));
    // One row for each institution of the last table; every figure has its bands and what they were worth.
    assert_eq!(rows.len(), 81);
    for row in &rows {
        let number = |name: &str| row[name].parse::<f64>().unwrap_or_else(|_| panic!("{name}: {row:?}"));
        assert!(number("low_95") <= number("low_80") && number("low_80") <= number("score"));
        assert!(number("score") <= number("high_80") && number("high_80") <= number("high_95"));
        assert!(number("rank_low_95") <= number("rank") && number("rank") <= number("rank_high_95"));
        assert_eq!((row["target"].as_str(), row["from"].as_str()), ("2024", "2023"));
    }
    assert!(rows.iter().any(|row| row["institution"] == "Closed in 2023"));
    let broken = sanjeh(&[all.as_slice(), &["--break", "2024"]].concat());
    assert!(broken.err.contains("no-precedent"), "{}", broken.err);
    let untested = sanjeh(&["forecast", &two, &three, "--score", "Score"]);
    assert!(untested.err.contains("not-tested"), "{}", untested.err);
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let folder = Folder::new().with("a_2021.csv", "Name,Score\nA,50\nB,40\n").with("b_2022.csv", "Name,Score\nC,50\n");
    let folder = folder.with("c.csv", "Name,Score\nA,50\n");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (one, two, three) = (path("a_2021.csv"), path("b_2022.csv"), path("c.csv"));
    let again = format!("2021={three}");
    for (arguments, code) in [
        (vec!["forecast", &one, &two, "--score", "Score"], "too-few-editions"),
        (vec!["forecast", &one, &three, "--score", "Score"], "no-year"),
        (vec!["forecast", &one, &again, "--score", "Score"], "repeated-year"),
        (vec!["forecast", &one, &two], "bad-usage"),
        (vec!["forecast", &one, &two, "--score", "Total"], "unknown-column"),
        (vec!["forecast", &one, &two, "--score", "Score", "--target", "2022"], "bad-usage"),
    ] {
        let ran = sanjeh(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(&format!("[{code}]")), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn own_runs_are_a_history_too() {
    let folder = Folder::new();
    let unit = |at: usize, year: usize| 20.0 + 3.0 * at as f64 + (year - 2023) as f64 * (1.0 + 0.1 * at as f64);
    let composites = |year: usize| {
        let head = "edition,unit,unit_type,group,score,low,high,coverage,rank,of\n".to_owned();
        let row = |at: usize| {
            let score = unit(at, year);
            format!(
                "the/wur/{year},u{at},school,teaching,1,,,1,1,8\nthe/wur/{year},u{at},school,overall,{score},,,1,{},8\n",
                8 - at
            )
        };
        head + &(0..8).map(row).collect::<String>()
    };
    let folder = [2023, 2024, 2025]
        .into_iter()
        .fold(folder, |folder, year| folder.with(&format!("out-{year}/composites.csv"), composites(year)));
    let paths = [2023, 2024, 2025].map(|year| folder.path().join(format!("out-{year}")).to_string_lossy().into_owned());
    let own = ["forecast", "--own", &paths[0], &paths[1], &paths[2], "--edition", "the/wur/YEAR"];
    let ran = sanjeh(&[&own[..], &["--json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((found["target"].as_i64(), found["outlooks"].as_array().unwrap().len()), (Some(2026), 8));
    let best = &found["outlooks"][0];
    assert_eq!((best["institution"].as_str(), best["last_rank"].as_i64()), (Some("u7"), Some(1)));
    assert!((count(&best["last"]) - unit(7, 2025)).abs() < 1e-12);
    // Steps of 1.0 to 1.7 points a year: the drift is their median, and eight errors are too few for a band of 95 %.
    assert!((count(&best["score"]["point"]) - unit(7, 2025) - 1.35).abs() < 0.36, "{best}");
    assert_eq!(best["score"]["bands"][1], serde_json::json!([0.0, 100.0]));
    let other = sanjeh(&["forecast", "--own", &paths[0], "--edition", "qs/wur/YEAR"]);
    assert!(other.code == 2 && other.err.contains("no-such-edition"), "{}", other.err);
}

/// Worked by hand: of four sizes of equal weight, 80 % needs 0.8 × 5/4 = all of them; 95 % more than there are.
#[test]
fn a_quantile_takes_one_more_into_account() {
    let sizes = [(1.0, 0.25), (2.0, 0.25), (3.0, 0.25), (4.0, 0.25)];
    assert_eq!(quantile(&sizes, 0.80), Some(4.0));
    assert_eq!(quantile(&sizes, 0.60), Some(3.0));
    assert_eq!(quantile(&sizes, 0.95), None);
}

/// Editions of one year's distance; `scores[edition][institution]`.
fn history(scores: &[Vec<Option<f64>>]) -> History {
    let ranks = |scores: &[Option<f64>]| sanjeh::score::rank::ranks(scores).0;
    let edition = |(at, scores): (usize, &Vec<Option<f64>>)| PastEdition {
        year: 2000 + at as i32,
        breaks: false,
        scores: scores.clone(),
        ranks: ranks(scores),
    };
    let institutions = (0..scores[0].len()).map(|at| format!("{at:03}")).collect();
    History { institutions, editions: scores.iter().enumerate().map(edition).collect() }
}

fn of(history: &History) -> Option<Forecast> {
    forecast(history, 2000 + history.editions.len() as i32, false)
}

#[test]
fn what_never_moves_is_forecast_to_stay() {
    let same: Vec<Option<f64>> = (0..60).map(|at| Some(30.0 + f64::from(at) / 2.0)).collect();
    let found = of(&history(&[same.clone(), same.clone(), same])).unwrap();
    for outlook in &found.outlooks {
        let still = Banded { point: outlook.last, bands: [[outlook.last; 2]; 2] };
        assert_eq!(outlook.score, still);
        assert_eq!(outlook.hits.within, [outlook.hits.of; 2]);
    }
}

proptest! {
    /// A forecast uses nothing but what is known: what comes later changes no back-test of before; and bands lie within
    /// each other and within what a score can be.
    #[test]
    fn later_editions_change_no_earlier_test(
        scores in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, 0.0..100.0_f64), 30), 3..6),
        last in prop::collection::vec(prop::option::weighted(0.9, 0.0..100.0_f64), 30),
    ) {
        let before = of(&history(&scores));
        let mut more = scores.clone();
        more.push(last);
        let after = of(&history(&more));
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert!(after.tests.len() >= before.tests.len());
            prop_assert_eq!(&after.tests[..before.tests.len()], before.tests.as_slice());
            for outlook in &after.outlooks {
                let Banded { point, bands: [narrow, wide] } = outlook.score;
                prop_assert!(0.0 <= wide[0] && wide[0] <= narrow[0] && narrow[0] <= point);
                prop_assert!(point <= narrow[1] && narrow[1] <= wide[1] && wide[1] <= 100.0);
            }
        }
    }
}
