//! `advise`: the best plan under a budget, from the office's catalogue of strategies.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::attribute;
use crate::catalogue;
use crate::cli::args::Global;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, advice_text, folder};
use crate::diagnostic::{Error, Finding, Place};
use crate::load;
use crate::model::advice::Advice;
use crate::model::lever::Lever;
use crate::model::money::{MoneyUnit, Rates};
use crate::model::output::Output;
use crate::model::results::Results;
use crate::model::strategy::Strategy;
use crate::model::unit::UnitIndex;
use crate::whatif::advice::scoring::Objective;
use crate::whatif::advice::{self, Question};
use crate::whatif::apply::Circumstances;
use crate::whatif::evaluator::Pool;
use crate::whatif::plan::Effort;
use crate::write;

/// Where the catalogue is expected.
const CATALOGUE: &str = "strategies/catalogue.csv";

/// Budgets of the curve.
const POINTS: usize = 12;

/// How much the values of peers grow per year where the plan is tried against it.
const DRIFT: f64 = 0.01;

/// Examples of the command.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh advise my-university --budget 200000 --currency \"million rial\"
  sanjeh advise my-university --budget 200000 --edition the/wur/2026=2 --edition qs/wur/2026 --out plan-1405
  sanjeh advise my-university --budget 40000 --unit pharm --levels 5 --gap 0.001 --json

Every strategy of strategies/catalogue.csv is tried at each of its units in a few intensities: a changed copy is measured \
and scored. Of these the plan takes what brings most; `gap` says how far from the best it may lie. Then the plan is \
scored as a whole, with low and high effects, and with peers that grow.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// What the plan may cost
    #[arg(long, value_name = "N")]
    pub budget: f64,
    /// Money unit of the budget, such as "million rial" [default: that of the first strategy]
    #[arg(long, value_name = "MONEY")]
    pub currency: Option<String>,
    /// Edition whose total is to rise; several count equally, or by EDITION=WEIGHT [default: all that give a total]
    #[arg(long = "edition", value_name = "EDITION")]
    pub editions: Vec<String>,
    /// Unit whose total is to rise [default: the university]
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// In how many intensities each strategy is weighed, up to its capacity
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub levels: usize,
    /// How far the plan may lie from the best, as a share of what it brings
    #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
    pub gap: f64,
    /// Where to write plan.csv, pareto.csv, strategies_alone.csv and robustness.csv
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// Reads `dir` and its catalogue and works the plan out.
///
/// # Errors
/// As a run; `bad-usage`, `no-strategies`, `no-currency`, `unknown-unit`, `unknown-edition`, `no-total`, `cannot-write`.
pub fn advise(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let dir = wanted.dir.as_path();
    check(wanted)?;
    let base = run::assess(terminal, global, dir, &mut Times::new())?;
    let mut findings = base.findings.clone();
    let catalogue = catalogue::of_assessment(global.indicators.as_deref(), dir).value;
    let levers = catalogue::lever::levers(Some(dir), &catalogue.measures).into_value(&mut findings);
    let priced = priced(dir, wanted.currency.as_deref(), &base, &levers, &mut findings);
    if priced.is_err() {
        terminal.findings(&findings);
    }
    let Priced { strategies, costs, money } = priced?;
    let unit = unit(wanted, &base)?;
    let editions = editions(wanted, &base, unit, &mut findings)?;
    let with_peers = |edition: &&String| base.tables.peers.iter().any(|peer| peer.edition == **edition);
    let ids: Vec<String> = editions.iter().map(|(edition, _)| base.editions[*edition].id.clone()).collect();
    let peers: Vec<String> = ids.iter().filter(with_peers).cloned().collect();
    let question = Question {
        units: &base.tables.units,
        strategies: &strategies,
        levers: &levers,
        costs: &costs,
        unit,
        budget: wanted.budget,
        levels: wanted.levels,
        effort: Effort { gap: wanted.gap, ..Effort::default() },
        points: POINTS,
        peers: &peers,
        drift: DRIFT,
    };
    // Recovering credit asks for the audit again and again.
    let audit = attribute::audit::audit(&base.tables, &base.assessment, &base.publications, &base.ledger);
    let circumstances =
        Circumstances { audit: Some(&audit), ..Circumstances::settled(&catalogue.editions, &catalogue.benchmarks) };
    let stage = terminal.stage("weighing strategies");
    let pool = Pool::new(&base, &advice::most(&question), circumstances);
    let objective = Objective { evaluator: &pool.evaluator(), editions: &editions, unit };
    let advice = advice::advise(&question, &|scenarios| objective.score(scenarios)).map_err(|finding| *finding)?;
    stage.finish();
    let advice = Advice {
        unit: base.tables.units.get(unit).id.clone(),
        editions: ids.into_iter().zip(editions.iter().map(|(_, weight)| *weight)).collect(),
        currency: money.printed.clone(),
        ..advice
    };
    if let Some(out) = &wanted.out {
        write_out(out, &advice, &Results { findings: findings.clone(), ..base })?;
        terminal.say(&format!("Results: {}", out.display()));
    }
    terminal.findings(&findings);
    terminal.print(&if terminal.json {
        serde_json::to_string_pretty(&advice).unwrap_or_default()
    } else {
        advice_text::text(&advice, terminal.verbose > 0)
    });
    Ok(findings)
}

fn check(wanted: &Wanted) -> Result<(), Error> {
    let usage = |message: &str| Err(Finding::error("bad-usage", message).into());
    if !(wanted.budget.is_finite() && wanted.budget >= 0.0) {
        return usage("--budget must be a sum of at least 0");
    }
    if !(1..=20).contains(&wanted.levels) {
        return usage("--levels must be from 1 to 20");
    }
    if !(0.0..=1.0).contains(&wanted.gap) {
        return usage("--gap must be a share from 0 to 1, such as 0.01");
    }
    Ok(())
}

/// The catalogue of strategies with its costs in one money unit.
pub struct Priced {
    /// The strategies.
    pub strategies: Vec<Strategy>,
    /// Cost of one unit of intensity of each.
    pub costs: Vec<f64>,
    /// What it is in.
    pub money: MoneyUnit,
}

/// Reads the catalogue of the assessment folder `dir`; without a currency costs are in that of the first strategy.
///
/// # Errors
/// `no-strategies`, `no-currency`.
pub fn priced(
    dir: &Path,
    currency: Option<&str>,
    base: &Results,
    levers: &[Lever],
    findings: &mut Vec<Finding>,
) -> Result<Priced, Error> {
    let codes: Vec<&str> = levers.iter().map(|lever| lever.code.as_str()).collect();
    let read = load::strategies(dir, &base.tables, &codes, &load::Limits::default());
    let nothing = read.value.is_empty().then(|| no_strategies(&read.findings));
    let mut strategies = read.into_value(findings);
    if let Some(error) = nothing {
        return Err(error);
    }
    let money = money(currency, &strategies)?;
    let costs = costs(&mut strategies, &money, base, findings);
    Ok(Priced { strategies, costs, money })
}

/// Why there is nothing to choose from: the catalogue says no currency, or is not there.
fn no_strategies(findings: &[Finding]) -> Error {
    let without = findings.iter().find(|finding| finding.code == "no-currency").cloned();
    without
        .unwrap_or_else(|| {
            Finding::error("no-strategies", "the assessment has no catalogue of strategies that could be used")
                .at(Place::file(CATALOGUE))
                .hint("`sanjeh new DIR` writes a template, `sanjeh demo DIR` a filled one")
        })
        .into()
}

/// The money unit of the budget.
fn money(currency: Option<&str>, strategies: &[Strategy]) -> Result<MoneyUnit, Error> {
    if let Some(text) = currency {
        return MoneyUnit::parse(text).ok_or_else(|| {
            let message = format!("no money unit is known as \"{text}\"");
            Finding::error("no-currency", message)
                .hint("write \"million rial\", toman, \"international dollar\" …")
                .into()
        });
    }
    strategies.iter().find_map(|strategy| strategy.cost.money.clone()).ok_or_else(|| {
        Finding::error("no-currency", "neither the catalogue nor the command says what money the budget is in")
            .at(Place::file(CATALOGUE))
            .hint("add --currency \"million rial\", or fill the column `currency`")
            .into()
    })
}

/// Costs in the money unit of the budget. Another currency is converted by purchasing power of the institutional year; one
/// without a rate leaves its strategy without capacity, with a finding.
fn costs(strategies: &mut [Strategy], money: &MoneyUnit, base: &Results, findings: &mut Vec<Finding>) -> Vec<f64> {
    let rates = Rates::built_in();
    let year = base.editions.iter().map(|edition| edition.windows.institutional).max();
    let year = year.unwrap_or(base.assessment.year - 1);
    let mut costs = Vec::new();
    for strategy in strategies {
        let own = strategy.cost.money.as_ref().filter(|own| own.currency != money.currency);
        let factor = strategy.cost.money.as_ref().map_or(1.0, |own| own.factor) / money.factor;
        let rate = own.map(|own| rates.of(&money.currency, year).zip(rates.of(&own.currency, year)));
        costs.push(match rate {
            None => strategy.cost.sum * factor,
            Some(Some((to, from))) => {
                let (from_word, to_word) = (own.map_or("", |own| own.printed.as_str()), &money.printed);
                let message =
                    format!("the cost in {from_word} was turned into {to_word} by purchasing power of {year}");
                findings.push(Finding::info("cost-converted", message).at(strategy.place.clone()));
                strategy.cost.sum * factor * to / from
            }
            Some(None) => {
                let message =
                    format!("no purchasing power parity to {} for {year}; the strategy is not weighed", money.printed);
                let finding = Finding::error("no-ppp-rate", message).at(strategy.place.clone());
                findings.push(finding.hint("state its cost in the money unit of the budget"));
                strategy.capacity = 0.0;
                0.0
            }
        });
    }
    costs
}

fn unit(wanted: &Wanted, base: &Results) -> Result<UnitIndex, Error> {
    let units = &base.tables.units;
    let found = match &wanted.unit {
        Some(id) => units.find(id).ok_or_else(|| format!("there is no unit \"{id}\"")),
        None => units.university().ok_or_else(|| "no unit is the university; name one with --unit".to_owned()),
    };
    found.map_err(|message| Finding::error("unknown-unit", message).into())
}

/// Indices of the editions with their weights.
fn editions(
    wanted: &Wanted,
    base: &Results,
    unit: UnitIndex,
    findings: &mut Vec<Finding>,
) -> Result<Vec<(usize, f64)>, Error> {
    let has_total = |edition: usize| {
        let groups = base.editions[edition].groups.len();
        base.scorecards[edition].composites_of(unit, groups)[groups].score.is_some()
    };
    if wanted.editions.is_empty() {
        let (with, without): (Vec<usize>, Vec<usize>) =
            (0..base.editions.len()).partition(|edition| has_total(*edition));
        for edition in without {
            let message = format!("{} gives no total and is left out", base.editions[edition].id);
            findings.push(Finding::info("no-total", message).hint("see the coverage in composites.csv"));
        }
        return Ok(with.into_iter().map(|edition| (edition, 1.0)).collect());
    }
    let mut editions: Vec<(usize, f64)> = Vec::new();
    for text in &wanted.editions {
        let (id, weight) = text.split_once('=').unwrap_or((text, "1"));
        let weight = weight.trim().parse::<f64>().ok().filter(|weight| weight.is_finite() && *weight > 0.0);
        let Some(weight) = weight else {
            let message = format!("\"{text}\" has no weight above 0");
            return Err(Finding::error("bad-usage", message).hint("write --edition the/wur/2026=2").into());
        };
        let Some(edition) = base.editions.iter().position(|edition| edition.id == id.trim()) else {
            let known: Vec<&str> = base.editions.iter().map(|edition| edition.id.as_str()).collect();
            let message = format!("the assessment does not score \"{id}\"");
            return Err(Finding::error("unknown-edition", message)
                .hint(format!("it scores {}", known.join(", ")))
                .into());
        };
        if !has_total(edition) {
            let message = format!("{id} gives \"{}\" no total", base.tables.units.get(unit).id);
            let hint = "its coverage is below the floor of the edition; see composites.csv";
            return Err(Finding::error("no-total", message).hint(hint).into());
        }
        if !editions.iter().any(|(known, _)| *known == edition) {
            editions.push((edition, weight));
        }
    }
    Ok(editions)
}

fn write_out(out: &Path, advice: &Advice, results: &Results) -> Result<(), Error> {
    let impossible = |error: &dyn std::fmt::Display| -> Error {
        Finding::error("cannot-encode", format!("a table could not be encoded: {error}")).into()
    };
    let mut outputs = write::advice::tables(advice).map_err(|error| impossible(&error))?;
    let json = serde_json::to_vec_pretty(advice).map_err(|error| impossible(&error))?;
    outputs.push(Output { path: "advice.json".to_owned(), bytes: json });
    outputs.extend(write::findings(results).map_err(|error| impossible(&error))?);
    let digests = write::digests(&outputs);
    outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(results, &digests) });
    folder::write(out, &outputs)
}
