//! `sensitivity`: how sure the scores and ranks of an edition are, and which input moves them.

mod measured;
mod replay;
mod summary;

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::cli::args::{Format, Global};
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, folder};
use crate::diagnostic::{Error, Finding, Place};
use crate::model::edition::Edition;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::model::sensitivity::Sensitivity;
use crate::model::uncertainty::Uncertainty;
use crate::render::{self, Kinds};
use crate::report::document;
use crate::report::{self, slug};
use crate::score::Run;
use crate::whatif::sensitivity::alternatives::{Basis, Measured};
use crate::whatif::sensitivity::analysis::Analysis;
use crate::whatif::sensitivity::bounds::bounds;
use crate::whatif::sensitivity::certificates::certified;
use crate::whatif::sensitivity::indices::Bootstrap;
use crate::whatif::sensitivity::study::{Obstacle, Study};
use crate::whatif::sensitivity::swings::swings;
use crate::whatif::sensitivity::tables::{Report, Told};
use crate::whatif::sensitivity::told::uncertainty;
use crate::write;

/// Share of bootstrap samples outside a band: it holds 90 %, as the ranks from 5 to 95 % do.
const OUTSIDE: f64 = 0.1;

/// What is said of a study beside its tables, for a replay.
const STUDY: &str = "study.json";

/// Weights over which ranks are certified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weights {
    /// Each within this share of its nominal one, 0–1.
    Within(f64),
    /// Any.
    All,
}

impl Weights {
    /// The share that each may differ by; `None` for any.
    fn share(self) -> Option<f64> {
        match self {
            Weights::Within(share) => Some(share),
            Weights::All => None,
        }
    }
}

/// Examples of the command.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh sensitivity my-university --edition the/wur/2026
  sanjeh sensitivity my-university --edition the/wur/2026 --unit-type school --draws 20000 --weights all
  sanjeh sensitivity my-university --edition the/wur/2026 --replay 417

What is uncertain, and its alternatives, stands in [sensitivity] of assessment.toml. A document tells what was found, \
sensitivity.<language>.html and .pdf, with a chart for each unit of what its score hangs on. Seven tables hold its numbers: \
sensitivity_ranks.csv, sensitivity_shares.csv (draws by rank), sensitivity_indices.csv (Sobol indices), \
sensitivity_swings.csv (each input by itself), \
certified_ranks.csv (best and worst rank over all weights of a band, proven), bounds.csv (missing scores anywhere) and \
ledger.csv (what each draw did).";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// Id of an edition that the assessment scores
    #[arg(long, value_name = "EDITION")]
    pub edition: String,
    /// Most draws [default: as [sensitivity] of assessment.toml says]
    #[arg(long, value_name = "N")]
    pub draws: Option<u32>,
    /// Seed of every random number [default: as assessment.toml says]
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// Only units of this type
    #[arg(long, value_name = "TYPE")]
    pub unit_type: Option<String>,
    /// Certify ranks with each weight within so many percent of its own, or with all weights
    #[arg(long, value_name = "PERCENT|all", default_value = "25", value_parser = weights)]
    pub weights: Weights,
    /// Where to write the tables [default: DIR/out/sensitivity/EDITION]
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// Show what this draw did and its scores, and hold it against the ledger
    #[arg(long, value_name = "DRAW")]
    pub replay: Option<usize>,
    /// Also write the scores of all units in every draw
    #[arg(long)]
    pub scores: bool,
    /// Threads to use; the results are the same for any number [default: one per processor]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// Reads a percentage, or `all`.
fn weights(text: &str) -> Result<Weights, String> {
    if text == "all" {
        return Ok(Weights::All);
    }
    match text.trim_end_matches('%').trim().parse::<f64>() {
        Ok(percent) if (0.0..=1000.0).contains(&percent) => Ok(Weights::Within(percent / 100.0)),
        _ => Err("write a percentage such as 25, or all".to_owned()),
    }
}

/// Reads `dir`, draws the uncertain inputs of an edition and writes what comes of it; or shows one draw.
///
/// # Errors
/// As a run, and where the edition is not scored, cannot be ranked, or nothing of it is uncertain; `cannot-write`.
pub fn sensitivity(terminal: &Terminal, global: &Global, dir: &Path, wanted: &Wanted) -> Outcome {
    run::use_threads(wanted.threads)?;
    let mut results = run::assess(terminal, global, dir, &mut Times::new())?;
    let edition = edition(&results, &wanted.edition)?;
    let out = wanted.out.clone().unwrap_or_else(|| default_out(dir, &results, &edition.id));
    let settings = settings(&results, wanted, &out);
    let stage = terminal.stage("other policies and samples");
    let others = measured::measured(&results, &edition, &settings);
    stage.finish();
    let stage = terminal.stage("scoring alternatives");
    let measured: Vec<Measured> = others.iter().map(measured::Policy::as_measured).collect();
    let basis =
        Basis { run: Run { measures: &others[0].measures, ..Run::of(&results, &edition) }, measured: &measured };
    let study = Study::new(&basis, &settings, wanted.unit_type.as_deref());
    let study = study.map_err(|obstacle| refusal(&obstacle, &edition.id, &settings))?;
    stage.finish();
    let mut findings = std::mem::take(&mut results.findings);
    if let Some(draw) = wanted.replay {
        let text = replay::replay(&study, &edition, &results.tables.units, draw, &out, &mut findings)?;
        terminal.findings(&findings);
        terminal.print(&text);
        return Ok(findings);
    }
    let stage = terminal.stage("drawing");
    let told = told(&study, &edition, &settings, wanted.weights);
    stage.finish();
    let report = Report { study: &study, edition: &edition, units: &results.tables.units, told: &told };
    let mut outputs = report.tables(wanted.scores).map_err(folder::cannot_encode)?;
    let described = description(&study, &edition, &settings);
    let bytes = serde_json::to_vec_pretty(&described).map_err(folder::cannot_encode)?;
    outputs.push(Output { path: STUDY.to_owned(), bytes });
    let stage = terminal.stage("document");
    outputs.extend(documents(global, &results, &uncertainty(&report, wanted.weights.share()))?);
    stage.finish();
    let digests = write::digests(&outputs);
    outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(&results, &digests) });
    folder::write(&out, &outputs)?;
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        serde_json::to_string_pretty(&summary::json(&report, described)).unwrap_or_default()
    } else {
        summary::text(&report, &settings, wanted.weights, terminal.verbose > 0)
    });
    terminal.say(&format!("Tables: {}", out.display()));
    Ok(findings)
}

/// The document of an analysis, in the formats asked for.
fn documents(global: &Global, results: &Results, found: &Uncertainty) -> Result<Vec<Output>, Error> {
    let wants = |format: Format| global.format.is_empty() || global.format.contains(&format);
    let kinds = Kinds { html: wants(Format::Html), pdf: wants(Format::Pdf) };
    if !(kinds.html || kinds.pdf) {
        return Ok(Vec::new());
    }
    let report = report::report(results);
    render::document(&document::sensitivity::sensitivity(results, &report, found), &report.languages, kinds)
}

/// What the draws, the certificates and the bounds say, type by type.
fn told(study: &Study, edition: &Edition, settings: &Sensitivity, weights: Weights) -> Vec<Told> {
    let bootstrap = Bootstrap { samples: settings.bootstrap as usize, seed: settings.seed, outside: OUTSIDE };
    let share = weights.share();
    let of_type = |of_type: usize| Told {
        analysis: Analysis::of(study, of_type, bootstrap),
        certified: certified(study, of_type, edition, share),
        bounds: bounds(study, of_type, edition),
        swings: swings(study, of_type),
    };
    (0..study.types.len()).map(of_type).collect()
}

/// The edition, which has to be one that the assessment scores: only its measures are there.
fn edition(results: &Results, id: &str) -> Result<Edition, Error> {
    results.editions.iter().find(|edition| edition.id == id).cloned().ok_or_else(|| {
        let known: Vec<&str> = results.editions.iter().map(|edition| edition.id.as_str()).collect();
        Finding::error("unknown-edition", format!("the assessment does not score \"{id}\""))
            .at(Place::file("assessment.toml"))
            .hint(format!("its editions: {}; add the edition there", known.join(", ")))
            .into()
    })
}

fn default_out(dir: &Path, results: &Results, id: &str) -> PathBuf {
    let ids: Vec<String> = results.editions.iter().map(|edition| edition.id.clone()).collect();
    let at = ids.iter().position(|known| known == id).unwrap_or_default();
    dir.join("out").join(folder::SENSITIVITY).join(&slug::slugs(&ids)[at])
}

/// The settings of the assessment with what was typed; for a replay, what the recorded study was drawn with comes between.
fn settings(results: &Results, wanted: &Wanted, out: &Path) -> Sensitivity {
    let mut settings = results.assessment.sensitivity.clone();
    let recorded = std::fs::read(out.join(STUDY)).ok().filter(|_| wanted.replay.is_some());
    let recorded: Option<serde_json::Value> = recorded.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let number = |key: &str| recorded.as_ref().and_then(|study| study["settings"][key].as_u64());
    let draws = number("draws").and_then(|draws| u32::try_from(draws).ok());
    settings.draws = wanted.draws.or(draws).unwrap_or(settings.draws);
    settings.seed = wanted.seed.or(number("seed")).unwrap_or(settings.seed);
    settings.bounded()
}

/// The study in words of files.
fn description(study: &Study, edition: &Edition, settings: &Sensitivity) -> serde_json::Value {
    let inputs: Vec<_> = study
        .inputs
        .iter()
        .map(|input| json!({ "input": input.kind.as_str(), "alternatives": summary::alternatives(input) }))
        .collect();
    let fixed: Vec<_> =
        study.fixed.iter().map(|(input, why)| json!({ "input": input.as_str(), "because": why })).collect();
    json!({
        "edition": edition.id,
        "draws": study.design.draws(),
        "points": study.design.base(),
        "inputs": inputs,
        "does_not_vary": fixed,
        "settings": settings,
    })
}

/// Why there is no study, for people.
fn refusal(obstacle: &Obstacle, edition: &str, settings: &Sensitivity) -> Error {
    let finding = match obstacle {
        Obstacle::NoTotal => {
            Finding::error("no-total", format!("\"{edition}\" has no overall score: there is nothing to rank"))
        }
        Obstacle::UnknownType(known) => Finding::error("unknown-unit-type", "no unit is of this type")
            .hint(format!("types of the units: {}", known.join(", "))),
        Obstacle::NothingToRank => {
            let message = format!("no type has two units with an overall score in \"{edition}\"");
            Finding::error("nothing-to-rank", message)
                .hint("`sanjeh run` writes what is missing into scores.csv and composites.csv")
        }
        Obstacle::NothingUncertain => {
            Finding::error("nothing-uncertain", "none of the inputs of [sensitivity] has an alternative")
                .at(Place::file("assessment.toml"))
                .hint("inputs = [\"weights\", \"normaliser\", \"aggregation\"]")
        }
        Obstacle::TooFewDraws(least) => {
            let message = format!("{} draws do not suffice for one point of the design", settings.draws);
            Finding::error("too-few-draws", message).hint(format!("--draws {least} at least; 10000 is usual"))
        }
    };
    finding.into()
}
