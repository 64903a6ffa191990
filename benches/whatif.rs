//! Scenarios on the loaded default sample (60 units, 9,600 publications): `cargo bench --bench whatif`.

use std::sync::OnceLock;

use clap::Parser;
use divan::Bencher;
use sanjeh::catalogue::scenario::{Known, text};
use sanjeh::catalogue::{Catalogue, load};
use sanjeh::cli::args::Arguments;
use sanjeh::cli::run::{Times, assess};
use sanjeh::cli::terminal::Terminal;
use sanjeh::model::results::Results;
use sanjeh::model::scenario::Scenario;
use sanjeh::sample::{Size, generate};
use sanjeh::whatif::again::Outcome;
use sanjeh::whatif::apply::{Circumstances, apply};
use sanjeh::whatif::copy::Copy;
use sanjeh::whatif::evaluator::Pool;

const STAFF: &str = "[[hire]]\nunit = \"pharm\"\nfte = 10\ninternational = true\n[[retire]]\nunit = \"med\"\nfte = 2.5";
const PAPERS: &str = "[[publications]]\nunit = \"pharm\"\ncount = 34\npercentile = 5\npartner = \"charite|germany\"";

fn main() {
    divan::main();
}

fn sample() -> &'static (Results, Catalogue) {
    static SAMPLE: OnceLock<(Results, Catalogue)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for file in generate(&Size::default()).files {
            let path = dir.path().join(&file.path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
            std::fs::write(path, &file.bytes).expect("a file");
        }
        let arguments = Arguments::try_parse_from(["sanjeh", "--quiet", "check", "."]).expect("valid arguments");
        let terminal = Terminal::new(&arguments.global);
        let results =
            assess(&terminal, &arguments.global, dir.path(), &mut Times::new()).expect("the sample can be worked out");
        (results, load(None, None).value)
    })
}

fn scenario(changes: &str) -> Scenario {
    let (results, catalogue) = sample();
    let known = Known { units: &results.tables.units, scored: &results.editions, editions: &catalogue.editions };
    let read = text("bench.toml", &format!("name.en = \"a\"\nname.fa = \"ب\"\n{changes}"), known);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    read.value
}

fn circumstances() -> Circumstances<'static> {
    let (_, catalogue) = sample();
    Circumstances::settled(&catalogue.editions, &catalogue.benchmarks)
}

/// One scenario the long way, as `sanjeh whatif` does after loading.
#[divan::bench(args = [STAFF, PAPERS])]
fn scenario_on_a_loaded_sample(bencher: Bencher, changes: &str) {
    let scenario = scenario(changes);
    let (results, _) = sample();
    bencher.bench_local(|| {
        let copy = apply(Copy::new(results), &scenario, circumstances()).value;
        Outcome::of(&copy)
    });
}

/// The same by the evaluator, one edition: what targets and plans ask thousands of times.
#[divan::bench(args = [STAFF, PAPERS])]
fn scenario_by_the_evaluator(bencher: Bencher, changes: &str) {
    let scenario = scenario(changes);
    let (results, _) = sample();
    let pool = Pool::new(results, &scenario.changes, circumstances());
    let evaluator = pool.evaluator();
    bencher.bench_local(|| evaluator.scorecard(&scenario, 0));
}
