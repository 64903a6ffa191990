//! What-if: scenarios and what is asked of them, over one small sample.

use std::sync::OnceLock;

use clap::Parser;
use sanjeh::catalogue::scenario::{Known, text};
use sanjeh::catalogue::{Catalogue, load};
use sanjeh::cli::args::Arguments;
use sanjeh::cli::run::{Times, assess};
use sanjeh::cli::terminal::Terminal;
use sanjeh::diagnostic::{Checked, Finding};
use sanjeh::model::results::Results;
use sanjeh::model::scenario::Scenario;
use sanjeh::sample::{Size, generate};
use sanjeh::whatif::again::Outcome;
use sanjeh::whatif::apply::{Circumstances, apply};
use sanjeh::whatif::copy::Copy;

use crate::support::Folder;

mod advise;
mod audit_order;
mod evaluator;
mod forecast;
mod moved;
mod plan;
mod scenarios;
mod strategies;
mod target;
mod worth;

/// A small sample, what a run makes of it, and all editions.
fn sample() -> &'static (Results, Catalogue) {
    static SAMPLE: OnceLock<(Results, Catalogue)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let mut folder = Folder::new();
        let size = Size { units: 14, staff: 90, publications: 240, hyper_authored: 4, seed: 7 };
        for file in generate(&size).files {
            folder = folder.with(&file.path, &file.bytes);
        }
        let arguments = Arguments::try_parse_from(["sanjeh", "--quiet", "check", "."]).unwrap();
        let terminal = Terminal::new(&arguments.global);
        let results = assess(&terminal, &arguments.global, folder.path(), &mut Times::new()).unwrap();
        (results, load(None, None).value)
    })
}

/// A scenario of the sample from its changes.
fn scenario(changes: &str) -> Checked<Scenario> {
    let (results, catalogue) = sample();
    let known = Known { units: &results.tables.units, scored: &results.editions, editions: &catalogue.editions };
    text("strategies/scenarios/test.toml", &format!("name.en = \"Test\"\nname.fa = \"آزمون\"\n{changes}"), known)
}

/// What a scenario makes of the sample, with what is wrong with it.
fn outcome(scenario: &Scenario, horizon: Option<i32>) -> (Outcome, Vec<Finding>) {
    let (results, catalogue) = sample();
    let circumstances = Circumstances { horizon, ..Circumstances::settled(&catalogue.editions, &catalogue.benchmarks) };
    let Checked { value: copy, findings } = apply(Copy::new(results), scenario, circumstances);
    (Outcome::of(&copy), findings)
}

/// Every measure, score and composite to the bit.
fn bits(outcome: &Outcome) -> Vec<Option<u64>> {
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    let measures = outcome.measures.cells.iter().map(|cell| bits(cell.value));
    let cards = outcome.scorecards.iter().flat_map(|card| {
        let scores = card.scores.iter().flat_map(|score| [bits(score.raw), bits(score.score)]);
        scores.chain(card.composites.iter().map(|composite| bits(composite.score)))
    });
    measures.chain(cards).collect()
}

/// The run itself.
fn baseline() -> Outcome {
    let (results, _) = sample();
    Outcome { measures: results.measures.clone(), scorecards: results.scorecards.clone() }
}
