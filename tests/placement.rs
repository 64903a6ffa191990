//! Tests: composites on published scales – bands of ranks by hand, benchmarks made of a table, the catalogue's own, a run.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use sanjeh::catalogue;
use sanjeh::model::benchmark::{Band, Benchmark};
use sanjeh::model::edition::{RankBand, RankDisplay};
use sanjeh::score::placement::ranks;
use serde_json::Value;

use crate::support::{Folder, sanjeh, shared};

fn bands(known: &[(u32, f64)]) -> Vec<Band> {
    known.iter().map(|&(rank, score)| Band { rank, score, reference: "r".into() }).collect()
}

fn display(exact_to: u32, bands: &[u32], decimals: Option<u8>) -> RankDisplay {
    RankDisplay { exact_to, bands: bands.to_vec(), decimals }
}

#[test]
fn composites_between_known_ranks() {
    let known = bands(&[(1, 98.5), (3, 90.0), (5, 80.0), (10, 70.0), (20, 60.0)]);
    let shown = |composite: f64, display: Option<&RankDisplay>| ranks(composite, &known, display).unwrap().to_string();
    let ranking = display(5, &[10, 15, 20], Some(1));
    // (composite, ranks by themselves, as a ranking shows them that prints one decimal)
    for (composite, plain, banded) in [
        (99.0, "1", "1"),
        (98.5, "1", "1"),
        // At one decimal it ties with the first.
        (98.46, "2–3", "1"),
        (90.0, "2–3", "2–3"),
        (85.0, "4–5", "4–5"),
        (79.96, "6–10", "4–5"),
        (79.94, "6–10", "6–10"),
        (65.0, "11–20", "11–20"),
        // Nothing is known beyond the last rank.
        (59.0, "21+", "21+"),
    ] {
        assert_eq!((shown(composite, None).as_str(), shown(composite, Some(&ranking)).as_str()), (plain, banded));
    }
    // Where nothing is published there is no place.
    assert_eq!(ranks(50.0, &[], Some(&ranking)), None);
    // An open band has no end, wherever the known ranks in it are.
    let open = bands(&[(1, 90.0), (30, 50.0)]);
    assert_eq!(ranks(60.0, &open, Some(&ranking)), Some(RankBand { first: 2, last: None }));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// An institution of the table lies in the span of its own composite, and more is never a worse place.
    #[test]
    fn every_institution_lies_in_its_own_band(
        mut tenths in prop::collection::vec(0..1000_u32, 5..80), steps in prop::collection::vec(1..9_usize, 1..12),
        exact_to in 0..20_u32,
    ) {
        tenths.sort_by(|one, other| other.cmp(one));
        let scores: Vec<f64> = tenths.iter().map(|tenth| f64::from(*tenth) / 10.0).collect();
        let mut at = 0;
        let known: Vec<(u32, f64)> = steps
            .iter()
            .filter_map(|step| {
                at += step;
                Some((at as u32, *scores.get(at - 1)?))
            })
            .collect();
        prop_assume!(!known.is_empty());
        let known = bands(&known);
        let display = display(exact_to, &[exact_to + 7, exact_to + 20, exact_to + 50], Some(1));
        let mut before = (1, Some(1));
        for (place, score) in scores.iter().enumerate() {
            // Institutions with one composite share the best of their ranks.
            let rank = scores.iter().filter(|other| *other > score).count() as u32 + 1;
            let band = ranks(*score, &known, Some(&display)).unwrap();
            prop_assert!(band.first <= rank && band.last.is_none_or(|last| last >= rank), "{place} {rank} {band}");
            let last = band.last.map_or(u32::MAX, |last| last);
            prop_assert!(before.0 <= band.first && before.1.map_or(u32::MAX, |last| last) <= last);
            before = (band.first, band.last);
        }
    }
}

/// The benchmark that `sanjeh benchmark TABLE REST` makes of a table.
fn made(table: &Path, edition: &str, rest: &[&str]) -> Benchmark {
    let folder = Folder::new();
    let out = folder.path().join(format!("benchmarks/{edition}.toml"));
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let (table, out) = (table.to_string_lossy(), out.to_string_lossy());
    let ran = sanjeh(&[&["benchmark", &table, "--edition", edition, "--out", &out], rest].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let read = catalogue::load(None, Some(folder.path()));
    let faults: Vec<_> = read.findings.iter().filter(|finding| finding.code != "catalogue-replaced").collect();
    assert!(faults.is_empty(), "{faults:?}");
    read.value.benchmark(edition).unwrap().clone()
}

#[test]
fn a_benchmark_made_of_a_table_places_its_composites() {
    // 200 exact ranks, then bands of THE's width; composites fall by 0.1.
    let display = catalogue::load(None, None).value.find("the/wur/2025").unwrap().ranks.clone().unwrap();
    let composite = |rank: u32| format!("{:.1}", (1000.0 - f64::from(rank)) / 10.0);
    let mut table = String::from("Name,Rank,Overall,Teaching\n");
    for rank in 1..=700 {
        let band = display.band(rank);
        let score = match band.last {
            Some(last) if rank > 200 => format!("{}–{}", composite(last), composite(band.first)),
            _ => composite(rank),
        };
        writeln!(table, "University {rank},{band},{score},50").unwrap();
    }
    let folder = Folder::new().with("table.csv", table);
    let columns = ["--map", "teaching=Teaching", "--published", "Overall", "--published-rank", "Rank"];
    let benchmark = made(&folder.path().join("table.csv"), "the/wur/2025", &columns);
    assert!(benchmark.entries.is_empty());
    let place = |rank: u32| ranks(composite(rank).parse().unwrap(), &benchmark.bands, Some(&display)).unwrap();
    for rank in 201..=600 {
        assert_eq!(place(rank), display.band(rank), "{rank}");
    }
    // Among exact ranks the span of two kept ranks.
    assert_eq!(
        [1, 2, 150, 151, 200].map(|rank| place(rank).to_string()),
        ["1", "2–10", "101–150", "151–200", "151–200"]
    );
    // A column of exact composites alone serves as well.
    let columns = ["--map", "teaching=Teaching", "--published", "Overall"];
    let exact = made(&folder.path().join("table.csv"), "the/wur/2025", &columns);
    assert_eq!(exact.bands.last().map(|band| band.rank), Some(200));
    assert_eq!(ranks(10.0, &exact.bands, Some(&display)).unwrap().to_string(), "201+");
}

/// Rows of a published table, as `sanjeh score` reads and rebuilds them.
fn rebuilt(table: &Path, edition: &str, columns: &[&str]) -> Vec<Value> {
    let table = table.to_string_lossy();
    let ran = sanjeh(&[&["score", &table, "--edition", edition, "--json"], columns].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    found["rows"].as_array().unwrap().clone()
}

#[test]
fn the_tables_of_the_in_their_published_bands() {
    let pillars = [
        "teaching=Teaching",
        "research_environment=Research Environment",
        "research_quality=Research Quality",
        "industry=Industry",
        "international_outlook=International Outlook",
    ];
    let maps: Vec<&str> = pillars.iter().flat_map(|pair| ["--map", pair]).collect();
    let columns = [&maps[..], &["--published", "Overall", "--published-rank", "Rank"]].concat();
    let built_in = catalogue::load(None, None).value;
    for year in [2021, 2024, 2025] {
        let Some(path) = shared(&format!("rankings/the/THE_{year}_rankings.csv")) else { continue };
        let edition = format!("the/wur/{year}");
        let display = built_in.find(&edition).unwrap().ranks.clone().unwrap();
        let own = made(&path, &edition, &columns);
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let headers = reader.headers().unwrap().clone();
        let column =
            |name: &str| headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name).unwrap();
        let (rank, name) = (column("Rank"), column("Name"));
        let published: Vec<(String, String)> = reader
            .records()
            .map(|row| row.map(|row| (row[rank].trim().to_owned(), row[name].to_owned())).unwrap())
            .filter(|(rank, _)| rank != "Reporter")
            .collect();
        let rows: Vec<Value> =
            rebuilt(&path, &edition, &columns).into_iter().filter(|row| !row["score"].is_null()).collect();
        assert_eq!(rows.len(), published.len());
        let (mut exact, mut banded, mut at_once) = (0, 0, 0);
        for (row, (rank, name)) in rows.iter().zip(&published) {
            let word = row["id"].as_str().unwrap().split(' ').next().unwrap();
            assert!(name.contains(word), "{name}: {}", row["id"]);
            for bands in [&own.bands, &built_in.benchmark(&edition).unwrap().bands] {
                if let Ok(rank) = rank.parse::<u32>() {
                    let composite: f64 = row["published"].as_str().unwrap().parse().unwrap();
                    let band = ranks(composite, bands, Some(&display)).unwrap();
                    assert!(band.first <= rank && band.last.is_some_and(|last| last >= rank), "{name}: {rank}, {band}");
                    exact += 1;
                } else {
                    // Scores of pillars are printed with one decimal, so a rebuilt composite may be off by 0.05.
                    let score = row["score"].as_f64().unwrap();
                    let [band, below, above] =
                        [0.0, -0.05, 0.05].map(|off| ranks(score + off, bands, Some(&display)).unwrap().to_string());
                    assert!([&band, &below, &above].contains(&rank), "{name}: {score} at {band} is not in {rank}");
                    at_once += usize::from(band == *rank);
                    banded += 1;
                }
            }
        }
        println!("{year}: {exact} exact, {banded} in bands, {at_once} of them without the slack of rounding");
        assert!(exact >= 2 * 198 && banded >= 2 * 1300, "{year}: {exact} {banded}");
        assert!(at_once * 1000 >= banded * 995, "{year}: {at_once} of {banded}");
    }
}

#[test]
fn the_catalogue_places_what_is_published_and_nothing_else() {
    let catalogue = catalogue::load(None, None).value;
    let shown = |edition: &str, composite: f64| {
        let display = catalogue.find(edition).unwrap().ranks.clone();
        let bands = catalogue.benchmark(edition).map_or(Vec::new(), |benchmark| benchmark.bands.clone());
        ranks(composite, &bands, display.as_ref()).map(|band| band.to_string())
    };
    // the-methodology.md, 3.6: 2026 has 98.2 at rank 1, 58.8 at 200, 46.3 at 500, 43.6 at 600, 39.1 at 800, 27.3 at 1,500.
    for (composite, band) in [
        (98.2, "1"),
        (58.8, "151–200"),
        (46.3, "401–500"),
        (46.2, "501–600"),
        (43.6, "501–600"),
        (43.5, "601–800"),
        (27.3, "1201–1500"),
        (27.2, "1501+"),
        (3.0, "1501+"),
    ] {
        assert_eq!(shown("the/wur/2026", composite).as_deref(), Some(band), "{composite}");
    }
    // QS 2025 prints 20.8 at rank 600 and no score beyond.
    assert_eq!(shown("qs/wur/2025", 20.8).as_deref(), Some("501–600"));
    assert_eq!(shown("qs/wur/2025", 20.7).as_deref(), Some("601+"));
    // No composite at a rank has been found for these.
    for edition in ["qs/wur/2026", "arwu/2025", "the/wur/2018"] {
        assert_eq!(shown(edition, 50.0), None, "{edition}");
    }
}
