//! Tests: calibration – own published scores as a scale, worked by hand; what goes before it; a run that uses it.

use std::fs;

use proptest::prelude::*;
use sanjeh::catalogue;
use sanjeh::diagnostic::Place;
use sanjeh::model::calibration::{Link, PublishedScore};
use sanjeh::model::edition::{Direction, Edition, Normaliser};
use sanjeh::score::calibration::{calibrations, curve, error, link, score};
use sanjeh::score::statistics::{normal_cdf, probit};

use crate::support::Folder;

const LINKS: [Link; 6] =
    [Link::Straight, Link::Normal, Link::Exponential, Link::SquareRoot, Link::Share, Link::Logarithm];

/// Score of `raw` on the curve through these pairs.
#[track_caller]
fn at(link: Link, pairs: &[[f64; 2]], raw: f64) -> f64 {
    score(&curve(link, pairs).expect("a curve"), raw)
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected} ± {within}");
}

#[test]
fn the_form_of_the_normaliser_is_found_again() {
    // 100 Φ((x − 2)/0.5) at 1.5 and 2.25; a third value follows, inside and outside.
    let normal = |x: f64| 100.0 * normal_cdf((x - 2.0) / 0.5);
    let pairs = [[2.25, normal(2.25)], [1.5, normal(1.5)]];
    for x in [1.5, 2.0, 2.25, 2.6, 1.2] {
        near(at(Link::Normal, &pairs, x), normal(x), 1e-9);
    }
    // Forms through the origin need one score. 100 (1 − exp(−x/4)), 100 √(x/9), 100 x/20.
    let exponential = |x: f64| -100.0 * libm::expm1(-x / 4.0);
    near(at(Link::Exponential, &[[3.0, exponential(3.0)]], 7.0), exponential(7.0), 1e-9);
    near(at(Link::SquareRoot, &[[4.0, 100.0 * 2.0 / 3.0]], 1.0), 100.0 / 3.0, 1e-9);
    near(at(Link::Share, &[[5.0, 25.0]], 12.0), 60.0, 1e-9);
    // 100 ln(x/1) / ln(100/1).
    near(at(Link::Logarithm, &[[10.0, 50.0], [100.0, 100.0]], 1.0), 0.0, 1e-9);
    near(at(Link::Straight, &[[0.0, 10.0], [10.0, 30.0]], 5.0), 20.0, 1e-12);
    // Too few to be a line.
    assert_eq!(curve(Link::Normal, &[[1.0, 50.0]]), None);
    assert_eq!(curve(Link::Normal, &[[1.0, 50.0], [1.0, 60.0]]), None);
    assert_eq!(curve(Link::Logarithm, &[[0.0, 50.0], [1.0, 60.0]]), None);
    assert_eq!(curve(Link::Share, &[]), None);
    for share in [0.0005, 0.2, 0.5, 0.975, 0.9995] {
        near(normal_cdf(probit(share)), share, 1e-15);
    }
}

#[test]
fn neighbours_that_fall_are_pooled_to_their_mean() {
    // 40 and 30 fall: both become 35; beyond goes the slope of the least-squares line, 8 a step (worked by hand).
    let pairs = [[1.0, 20.0], [2.0, 40.0], [3.0, 30.0], [4.0, 50.0]];
    for (raw, expected) in [(1.0, 20.0), (1.5, 27.5), (2.0, 35.0), (2.7, 35.0), (3.5, 42.5), (5.0, 58.0), (0.0, 12.0)] {
        near(at(Link::Straight, &pairs, raw), expected, 1e-9);
    }
}

#[test]
fn the_error_is_that_of_leaving_each_point_out() {
    // Left out: (1, 10) is put at 20 by the others, (2, 30) at 25, (3, 40) at 50.
    let pairs = [[1.0, 10.0], [2.0, 30.0], [3.0, 40.0]];
    near(error(Link::Straight, &pairs).unwrap(), ((100.0_f64 + 25.0 + 100.0) / 3.0).sqrt(), 1e-9);
    assert_eq!(error(Link::Straight, &pairs[..2]), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// More is never less, whatever was published, and scores stay scores.
    #[test]
    fn more_is_never_less(
        pairs in prop::collection::vec((0.01..50.0_f64, 0.0..100.0_f64), 1..9), at in prop::sample::select(&LINKS[..]),
        mut raws in prop::collection::vec(-5.0..80.0_f64, 2..20),
    ) {
        let pairs: Vec<[f64; 2]> = pairs.into_iter().map(|(raw, score)| [raw, score]).collect();
        if let Some(curve) = curve(at, &pairs) {
            raws.sort_by(f64::total_cmp);
            let scores: Vec<f64> = raws.iter().map(|raw| score(&curve, *raw)).collect();
            prop_assert!(scores.iter().all(|score| (0.0..=100.0).contains(score)), "{scores:?}");
            prop_assert!(scores.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9), "{scores:?}");
        }
    }
}

fn published(edition: &str, indicator: &str, raw: f64, score: f64) -> PublishedScore {
    let (edition, indicator, unit_type) = (edition.into(), indicator.into(), "university".into());
    PublishedScore { edition, indicator, unit_type, raw, score, place: Place::Run }
}

#[test]
fn past_editions_of_the_same_ranking_and_indicator_count() {
    let catalogue = catalogue::load(None, None).value;
    let editions: Vec<Edition> =
        ["the/wur/2026", "qs/wur/2026"].iter().map(|id| catalogue.find(id).unwrap().clone()).collect();
    let rows = [
        published("the/wur/2024", "citation_impact", 1.0, 30.0),
        published("the/wur/2025", "citation_impact", 1.2, 40.0),
        published("the/asia/2025", "citation_impact", 9.0, 10.0),
        published("qs/wur/2025", "citation_impact", 9.0, 10.0),
        published("the/wur/2025", "teaching_reputation", 9.0, 10.0),
        published("qs/wur/2025", "citations_per_faculty", 20.0, 50.0),
    ];
    let found = calibrations(&rows, &editions);
    let [one] = found.value.as_slice() else { panic!("{:?}", found.value) };
    assert_eq!((one.edition.as_str(), one.points, one.range, one.error), ("the/wur/2026", 2, [1.0, 1.2], None));
    assert_eq!(one.editions, ["the/wur/2024", "the/wur/2025"]);
    let codes: Vec<&str> = found.findings.iter().map(|finding| finding.code).collect();
    // QS: one score of a form with two constants, an indicator it has not; a given score; another ranking.
    assert_eq!(codes.iter().filter(|code| **code == "history-too-few").count(), 1);
    assert_eq!(codes.iter().filter(|code| **code == "history-unused").count(), 3);
    assert_eq!(link(&Normaliser::Given), None);
}

#[test]
fn less_is_better_is_seen_from_the_other_end() {
    let catalogue = catalogue::load(None, None).value;
    let mut edition = catalogue.find("the/wur/2026").unwrap().clone();
    let at = edition.indicators.iter().position(|indicator| indicator.code == "citation_impact").unwrap();
    edition.indicators[at].direction = Direction::LowerIsBetter;
    edition.indicators[at].normalise = Normaliser::MinMax { to: [0.0, 100.0] };
    let rows = [
        published("the/wur/2024", "citation_impact", 1.0, 80.0),
        published("the/wur/2025", "citation_impact", 2.0, 40.0),
    ];
    let found = calibrations(&rows, std::slice::from_ref(&edition)).value;
    // Unmirrored: 20 at 1, 60 at 2.
    near(score(&found[0].curve, 1.5), 40.0, 1e-12);
}

const UNITS: &str = "id,name_en,name_fa,type,parents\nuni,Test University of Medical Sciences,,university,\n";
const HISTORY: &str = "edition,indicator,raw,score\n\
    the/wur/2023,citation_impact,1.0,30.0\n\
    the/wur/2024,citation_impact,1.5,50.0\n\
    the/wur/2025,citation_impact,2.0,70.0\n\
    the/wur/2025,citation_impact,2.5,700\n";

fn folder(history: &str) -> Folder {
    Folder::assessment(&["the/wur/2026"])
        .with("units.csv", UNITS)
        .with("supplied.csv", "unit,measure,year,value\nuni,mean_fwci,2024,1.5\n")
        .with("benchmarks/our_past.csv", history)
}

/// Status and score of the university's citation impact.
fn impact(folder: &Folder) -> (String, Option<f64>) {
    let ran = folder.sanjeh(&["run", "--format", "csv"]);
    assert!(ran.code < 2, "{}", ran.err);
    let rows = folder.table("scores.csv");
    let row = rows.iter().find(|row| row["indicator"] == "citation_impact").unwrap();
    (row["status"].clone(), row["score"].parse().ok())
}

#[test]
fn a_run_uses_the_own_past_where_nothing_else_is_there() {
    let folder = folder(HISTORY);
    let (status, score) = impact(&folder);
    assert_eq!(status, "proxy");
    near(score.unwrap(), 50.0, 1e-9);
    let rows = folder.table("calibration.csv");
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(
        [
            &row["edition"],
            &row["indicator"],
            &row["unit_type"],
            &row["points"],
            &row["low"],
            &row["high"],
            &row["scores"]
        ],
        ["the/wur/2026", "citation_impact", "university", "3", "1.0", "2.0", "1"]
    );
    assert!(row["error"].parse::<f64>().unwrap() > 0.0);
    // The score of 700 is named at its cell and not used.
    let findings = folder.table("findings.csv");
    let fault = findings.iter().find(|finding| finding["code"] == "out-of-bounds").unwrap();
    assert_eq!((fault["file"].as_str(), fault["row"].as_str()), ("benchmarks/our_past.csv", "5"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("out/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["calibrations"][0]["points"], 3);
    assert_eq!(manifest["policies"]["calibration"]["use"], true);
}

#[test]
fn peers_go_before_the_own_past_and_the_assessment_may_refuse_it() {
    let peers = "edition,unit_type,indicator,peer,value\n\
        the/wur/2026,university,citation_impact,A,1.0\n\
        the/wur/2026,university,citation_impact,B,1.2\n\
        the/wur/2026,university,citation_impact,C,1.4\n";
    let (status, score) = impact(&folder(HISTORY).with("benchmarks/peers.csv", peers));
    assert_eq!(status, "supplied");
    assert!(score.unwrap() > 90.0);
    let refused = folder(HISTORY);
    let path = refused.path().join("assessment.toml");
    let text = fs::read_to_string(&path).unwrap() + "[calibration]\nuse = false\n";
    fs::write(&path, text).unwrap();
    assert_eq!(impact(&refused).1, None);
    assert!(refused.table("calibration.csv").is_empty());
}
