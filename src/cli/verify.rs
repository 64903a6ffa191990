//! `verify`: conformance cases, worked by hand or from cited figures, run on the user's machine through the very functions
//! of a run, and the weights of every edition.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{self, Catalogue};
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Finding, Severity};
use crate::measure::{citations, collaboration};
use crate::model::baseline::{Cell, Step, WHOLE};
use crate::model::edition::{Aggregation, Direction, Edition, Normaliser};
use crate::score::combine::total_of_groups;
use crate::score::normalise::{Fit, Scale};
use crate::score::population::Population;
use crate::score::statistics;

/// The cases that are compiled in.
const CASES: &str = include_str!("../../data/conformance/formulas.toml");
/// What sums of weights forgive: the binary images of decimals.
const WEIGHTS: f64 = 0.001;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Case {
    name: String,
    expected: f64,
    tolerance: f64,
    source: String,
    #[serde(flatten)]
    check: Check,
}

/// What is called, and with what.
#[derive(Debug, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case")]
enum Check {
    NetworkIndex { countries: usize, partners: usize },
    Scaled { index: f64, anchors: [f64; 2] },
    AreaWeighted { citations: f64, area_weight: f64, country_factor: f64 },
    Mean { values: Vec<f64> },
    NormalCdf { raw: f64, mean: f64, sd: f64 },
    SquareRootOfMax { raw: f64, max: f64 },
    TotalOfGroups { edition: String, groups: BTreeMap<String, f64> },
    TopShare { cited: Vec<[u64; 2]>, citations: u64, percent: u32 },
    MeanTopShare { cited: Vec<[u64; 2]>, percent: u32 },
}

impl Check {
    /// What the product gives; `None` where it has no answer.
    fn found(&self, catalogue: &Catalogue) -> Option<f64> {
        match self {
            Check::NetworkIndex { countries, partners } => Some(collaboration::network_index(*countries, *partners)),
            Check::Scaled { index, anchors } => Some(collaboration::scaled(*index, *anchors)),
            Check::AreaWeighted { citations, area_weight, country_factor } => {
                Some(citations::area_weighted(*citations, *area_weight, *country_factor))
            }
            Check::Mean { values } => statistics::mean(&statistics::ordered(values.iter().copied())),
            Check::NormalCdf { raw, mean, sd } => {
                let mean_sd = Some((*mean, *sd));
                on_scale(&Normaliser::NormalCdf { tails: None }, mean_sd, None, *raw)
            }
            Check::SquareRootOfMax { raw, max } => on_scale(&Normaliser::SquareRootOfMax, None, Some(*max), *raw),
            Check::TotalOfGroups { edition, groups } => {
                let edition = catalogue.find(edition)?;
                let outer = edition.groups.iter().filter(|group| group.parent.is_none());
                let scores: Vec<Option<f64>> = outer.map(|group| groups.get(&group.code).copied()).collect();
                total_of_groups(edition, &scores).value
            }
            Check::TopShare { cited, citations, percent } => cell(cited).top_share(*citations, *percent),
            Check::MeanTopShare { cited, percent } => {
                let cell = cell(cited);
                let share = |[citations, works]: &[u64; 2]| Some(cell.top_share(*citations, *percent)? * *works as f64);
                let sum: f64 = cited.iter().map(share).sum::<Option<f64>>()?;
                Some(sum / cell.papers())
            }
        }
    }
}

fn on_scale(normaliser: &Normaliser, mean_sd: Option<(f64, f64)>, max: Option<f64>, raw: f64) -> Option<f64> {
    let population = Population::Constants { mean_sd, min: None, max };
    let fit = Fit { population: &population, direction: Direction::HigherIsBetter, treat: None, reference: None };
    Scale::new(normaliser, fit).map(|scale| scale.value(raw))
}

/// A cell of whole papers, from pairs of citations and papers.
fn cell(cited: &[[u64; 2]]) -> Cell {
    let step = |&[citations, works]: &[u64; 2]| Step { citations, works, weight: works * WHOLE };
    Cell::new(cited.iter().map(step).collect())
}

/// One line of the pass table.
#[derive(Debug, Serialize)]
struct Verdict {
    /// What is verified.
    case: String,
    /// What it must be.
    expected: f64,
    /// What it is.
    found: Option<f64>,
    /// How far it may be off.
    tolerance: f64,
    /// Whether it is within.
    pass: bool,
    /// Where the figure is from.
    source: String,
    /// Of the same kind as its neighbours: passed ones are summed up on the terminal.
    #[serde(skip)]
    kind: Option<&'static str>,
}

impl Verdict {
    fn new(case: String, expected: f64, found: Option<f64>, tolerance: f64, source: String) -> Self {
        let pass = found.is_some_and(|found| (found - expected).abs() <= tolerance);
        Verdict { case, expected, found, tolerance, pass, source, kind: None }
    }
}

/// Runs all cases and prints the pass table; a case that fails is a finding of error severity.
///
/// # Errors
/// None: whatever is wrong is a finding.
pub fn verify(terminal: &Terminal, global: &Global) -> Outcome {
    let mut findings = Vec::new();
    let catalogue = catalogue::load(global.indicators.as_deref(), None).into_value(&mut findings);
    let cases: Cases = toml::from_str(CASES).map_err(|error| {
        Finding::error("bad-cases", format!("the built-in cases cannot be read: {}", error.message()))
    })?;
    let verdict = |case: Case| {
        let found = case.check.found(&catalogue);
        Verdict::new(case.name, case.expected, found, case.tolerance, case.source)
    };
    let mut verdicts: Vec<Verdict> = cases.case.into_iter().map(verdict).collect();
    verdicts.extend(catalogue.editions.iter().flat_map(weights));
    let faults = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let source = "indicators/README.md: every file of the catalogue is complete".to_owned();
    verdicts.push(Verdict::new("faults of catalogue files".to_owned(), 0.0, Some(faults as f64), 0.0, source));
    let failed: Vec<&Verdict> = verdicts.iter().filter(|verdict| !verdict.pass).collect();
    for verdict in &failed {
        let found = verdict.found.map_or("nothing".to_owned(), |found| found.to_string());
        let message = format!("{}: expected {}, found {found}", verdict.case, verdict.expected);
        findings.push(Finding::error("does-not-conform", message).hint(format!("source: {}", verdict.source)));
    }
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        serde_json::to_string_pretty(&serde_json::json!({
            "version": env!("CARGO_PKG_VERSION"), "cases": verdicts.len(), "failed": failed.len(), "verdicts": verdicts,
        }))
        .unwrap_or_default()
    } else {
        page(&verdicts, terminal.verbose > 0)
    });
    Ok(findings)
}

/// The weights of an edition: those of the outer groups sum to 100, those of each group's parts – the heaviest so many,
/// where only the best so many enter – to the group's own. Without overall score an edition may have no weight at all.
fn weights(edition: &Edition) -> Vec<Verdict> {
    let source = edition.indicators.iter().find_map(|indicator| indicator.reference.first());
    let source = edition.references.iter().find(|reference| Some(&reference.id) == source);
    let source = source.map_or(String::new(), |reference| reference.title.clone());
    let unweighted =
        edition.combine.with == Aggregation::None && edition.indicators.iter().all(|own| own.weight == 0.0);
    let verdict = |case: String, expected: f64, sum: f64, kind: &'static str| {
        let verdict = Verdict::new(case, expected, Some(sum), WEIGHTS, source.clone());
        Verdict { kind: Some(kind), ..verdict }
    };
    let outer = edition.groups.iter().filter(|group| group.parent.is_none()).map(|group| group.weight).sum();
    let (whole, name) = if unweighted { (0.0, "no weights") } else { (100.0, "weights") };
    let mut verdicts = vec![verdict(format!("{}: {name}", edition.id), whole, outer, "sums of weights")];
    for group in &edition.groups {
        let own = edition.indicators.iter().filter(|part| part.group == group.code).map(|part| part.weight);
        let below = edition.groups.iter().filter(|part| part.parent.as_ref() == Some(&group.code));
        let mut parts: Vec<f64> = own.chain(below.map(|part| part.weight)).collect();
        if let Aggregation::BestOf(count) = group.combine.with {
            parts.sort_by(|one, other| other.total_cmp(one));
            parts.truncate(count);
        }
        let case = format!("{}: weights within {}", edition.id, group.code);
        verdicts.push(verdict(case, group.weight, parts.iter().sum(), "weights within groups"));
    }
    verdicts
}

/// The pass table; passed weights are summed up unless `all` is asked for.
fn page(verdicts: &[Verdict], all: bool) -> String {
    let mut text = format!("{:<6}{:>16}{:>18}{:>9}  case\n", "", "expected", "found", "±");
    let mut summed: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in verdicts {
        if let Some(kind) = verdict.kind.filter(|_| verdict.pass && !all) {
            *summed.entry(kind).or_default() += 1;
            continue;
        }
        let found = verdict.found.map_or("–".to_owned(), shown);
        let (expected, tolerance) = (shown(verdict.expected), verdict.tolerance);
        let tolerance =
            if tolerance > 0.0 && tolerance < 1e-4 { format!("{tolerance:e}") } else { tolerance.to_string() };
        let word = if verdict.pass { "pass" } else { "FAIL" };
        text += &format!("{word:<6}{expected:>16}{found:>18}{tolerance:>9}  {}\n", verdict.case);
        if !verdict.source.is_empty() {
            text += &format!("{:<51}{}\n", "", verdict.source);
        }
    }
    for (kind, count) in summed {
        text += &format!("{:<6}{count:>16}{:>27}  {kind} of all editions (-v shows each)\n", "pass", "");
    }
    let failed = verdicts.iter().filter(|verdict| !verdict.pass).count();
    text + &format!("{} of {} cases pass\n", verdicts.len() - failed, verdicts.len())
}

/// Enough digits to see a difference.
fn shown(value: f64) -> String {
    format!("{:.9}", value).trim_end_matches('0').trim_end_matches('.').to_owned()
}
