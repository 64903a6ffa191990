//! Merging records of two exports into publications: `cargo bench --bench merge`. Items are records.
//!
//! Two exports hold the same works, half of them each with a DOI, the rest to be met by title; one in twenty has a
//! preprint or an erratum, and every work has four authors with affiliations.

use divan::{Bencher, counter::ItemsCount};
use sanjeh::attribute::merge;
use sanjeh::model::assessment::Assessment;
use sanjeh::model::tables::{Record, RecordAuthor, RecordRows, Source, Tables};

const RECORDS: [usize; 3] = [20_000, 200_000, 800_000];

fn main() {
    divan::main();
}

/// Words of invented titles.
const WORDS: [&str; 24] = [
    "growth", "films", "glass", "patients", "outcome", "model", "of", "in", "deep", "kidney", "trial", "urban",
    "water", "optical", "children", "therapy", "network", "with", "analysis", "soil", "cells", "early", "risk",
    "learning",
];

const SURNAMES: [&str; 8] = ["Ahmadi", "Hao", "Ito", "Martínez-Santos", "Sato", "Nguyen", "Karimi", "Okafor"];

fn title(work: usize) -> String {
    let mut state = work as u64;
    let mut words: Vec<&str> = Vec::new();
    for _ in 0..9 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        words.push(WORDS[(state >> 33) as usize % WORDS.len()]);
    }
    format!("{}: part {work}", words.join(" "))
}

/// One work as one export tells it; `full` is the way of Scopus.
fn record(work: usize, full: bool) -> Record {
    let authors = (0..4).map(|position| {
        let surname = SURNAMES[(work + position) % SURNAMES.len()];
        RecordAuthor {
            name: if full { format!("{surname}, A. B.") } else { format!("{surname} AB") },
            scopus_id: full.then(|| format!("57{:09}", (work * 7 + position) % 50_000)),
            researcher_id: (!full).then(|| format!("A-{}", (work * 7 + position) % 50_000)),
            affiliations: vec![format!("Department {}, University of Elsewhere, Paris, France", work % 90)],
            ..RecordAuthor::default()
        }
    });
    let (prefix, document_type) = match work % 40 {
        0 => ("Erratum to: ", "erratum"),
        1 => ("", "preprint"),
        _ => ("", "article"),
    };
    // Errata and preprints tell the title of the work behind them.
    let titled = if work % 40 < 2 { work + 2 } else { work };
    Record {
        row: work as u32 + 2,
        doi: work.is_multiple_of(2).then(|| format!("10.1000/{work}")),
        eid: full.then(|| format!("2-s2.0-{work}")),
        ut: (!full).then(|| format!("{work:015}")),
        title: format!("{prefix}{}", title(titled)),
        year: Some(2015 + (work % 10) as i32 + i32::from(!full && work.is_multiple_of(3))),
        document_type: document_type.into(),
        journal: format!("Journal {}", work % 500),
        issns: vec![format!("{:08}", work % 500)],
        citations: Some((work % 97) as i64),
        authors: authors.collect(),
        ..Record::default()
    }
}

/// Two exports with `records` records together.
fn tables(records: usize) -> Tables {
    let works = records / 2;
    let export = |source, system: &str, full| RecordRows {
        source,
        system: system.into(),
        records: (0..works).map(|work| record(work, full)).collect(),
    };
    let (records, authorships) = RecordRows::into_tables(vec![export(0, "scopus", true), export(1, "wos", false)]);
    let source = |file: &str| Source { file: file.into(), ..Source::default() };
    Tables { sources: vec![source("scopus.csv"), source("wos.txt")], records, authorships, ..Tables::default() }
}

fn assessment() -> Assessment {
    let text = include_str!("../data/templates/assessment.toml");
    toml::from_str(text).expect("the template is an assessment")
}

#[divan::bench(args = RECORDS, sample_count = 5, sample_size = 1)]
fn two_exports(bencher: Bencher, records: usize) {
    let (tables, assessment) = (tables(records), assessment());
    let works = merge::publications(&tables, &assessment).value.0.len();
    assert_eq!(works, records / 2, "each work is met in the other export");
    bencher.counter(ItemsCount::new(records)).bench_local(|| merge::publications(&tables, &assessment));
}
