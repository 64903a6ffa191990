//! What `run` and `advise` ask of the catalogue of strategies, and what levers are worth.

use std::path::Path;
use std::time::Duration;

use crate::catalogue;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Checked, Error, Finding, Place, Severity};
use crate::load;
use crate::model::advice::Advice;
use crate::model::audit::Audit;
use crate::model::lever::Lever;
use crate::model::lever_worth::LeverWorth;
use crate::model::money::{MoneyUnit, Rates};
use crate::model::results::Results;
use crate::model::strategy::Strategy;
use crate::model::unit::UnitIndex;
use crate::whatif::advice::scoring::Objective;
use crate::whatif::advice::{self, Question};
use crate::whatif::apply::Circumstances;
use crate::whatif::evaluator::Pool;
use crate::whatif::plan::Effort;
use crate::whatif::worth;

/// Where the catalogue is expected.
const CATALOGUE: &str = "strategies/catalogue.csv";

/// Budgets of the curve.
const POINTS: usize = 12;

/// How much the values of peers grow per year where the plan is tried against it.
const DRIFT: f64 = 0.01;

/// What a plan is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What it may cost.
    pub budget: f64,
    /// Money unit of the budget; that of the first strategy where none is given.
    pub currency: Option<&'a str>,
    /// Editions whose total is to rise, each with `=WEIGHT` or equal; all that give a total where none is given.
    pub editions: &'a [String],
    /// Id of the unit; the university where none is given.
    pub unit: Option<&'a str>,
    /// In how many intensities each strategy is weighed.
    pub levels: usize,
    /// How far the plan may lie from the best, as a share of what it brings.
    pub gap: f64,
}

/// A question that is ready to be answered.
pub struct Prepared<'a> {
    asked: Asked<'a>,
    priced: Priced,
    unit: UnitIndex,
    editions: Vec<(usize, f64)>,
}

/// Reads the catalogue of the assessment folder `dir` and looks up what is asked for.
///
/// # Errors
/// `no-strategies`, `no-currency`, `unknown-unit`, `unknown-edition`, `no-total`, `bad-usage`.
pub fn prepared<'a>(
    dir: &Path,
    base: &Results,
    levers: &[Lever],
    asked: Asked<'a>,
    findings: &mut Vec<Finding>,
) -> Result<Prepared<'a>, Error> {
    let priced = priced(dir, asked.currency, base, levers, findings)?;
    let unit = unit(asked.unit, base)?;
    let editions = editions(asked.editions, base, unit, findings)?;
    Ok(Prepared { asked, priced, unit, editions })
}

impl Prepared<'_> {
    /// The plan and what is known of it.
    ///
    /// # Errors
    /// `no-total`.
    pub fn weighed(&self, base: &Results, levers: &[Lever], audit: &Audit) -> Result<Advice, Error> {
        let with_peers = |edition: &&String| base.tables.peers.iter().any(|peer| peer.edition == **edition);
        let ids: Vec<String> = self.editions.iter().map(|(edition, _)| base.editions[*edition].id.clone()).collect();
        let peers: Vec<String> = ids.iter().filter(with_peers).cloned().collect();
        let question = Question {
            units: &base.tables.units,
            strategies: &self.priced.strategies,
            levers,
            costs: &self.priced.costs,
            unit: self.unit,
            budget: self.asked.budget,
            levels: self.asked.levels,
            effort: Effort { gap: self.asked.gap, ..Effort::default() },
            points: POINTS,
            peers: &peers,
            drift: DRIFT,
        };
        let pool = Pool::new(base, &advice::most(&question), circumstances(base, audit));
        let objective = Objective { evaluator: &pool.evaluator(), editions: &self.editions, unit: self.unit };
        let advice = advice::advise(&question, &|scenarios| objective.score(scenarios)).map_err(|finding| *finding)?;
        Ok(Advice {
            unit: base.tables.units.get(self.unit).id.clone(),
            editions: ids.into_iter().zip(self.editions.iter().map(|(_, weight)| *weight)).collect(),
            currency: self.priced.money.printed.clone(),
            ..advice
        })
    }
}

/// Strategies and levers change no edition: those of the run are all there are.
fn circumstances<'a>(base: &'a Results, audit: &'a Audit) -> Circumstances<'a> {
    Circumstances { audit: Some(audit), ..Circumstances::settled(&base.editions, &base.benchmarks) }
}

/// What one step of each lever is worth.
fn worth_of(base: &Results, levers: &[Lever], audit: &Audit) -> Vec<LeverWorth> {
    let steps = worth::steps(base, levers);
    let pool = Pool::new(base, steps.iter().flat_map(|step| &step.scenario.changes), circumstances(base, audit));
    worth::worth(&pool.evaluator(), &steps)
}

/// What a run adds.
pub struct Weighed {
    /// The plan, where the assessment states a budget.
    pub advice: Option<Advice>,
    /// What one step of each lever is worth.
    pub levers: Vec<LeverWorth>,
}

/// The plan under the assessment's budget, where it states one, and what levers are worth; and how long both took. Whatever
/// keeps a plan from being made is a finding; the run goes on.
pub fn work_out(terminal: &Terminal, dir: &Path, base: &Results, audit: &Audit) -> (Checked<Weighed>, Duration) {
    let mut findings = Vec::new();
    let levers = catalogue::lever::levers(Some(dir), &base.definitions).into_value(&mut findings);
    let wanted = base.assessment.advice.clone();
    let prepared = wanted.budget.filter(|_| wanted.is_sound()).map(|budget| {
        let asked = Asked {
            budget,
            currency: wanted.currency.as_deref(),
            editions: &wanted.editions,
            unit: None,
            levels: wanted.levels,
            gap: wanted.gap,
        };
        prepared(dir, base, &levers, asked, &mut findings)
    });
    let stage = terminal.stage("weighing strategies");
    // The search for the plan has one thread; the levers take the others.
    let (advice, worths) = rayon::join(
        || {
            let weighed = |prepared: Result<Prepared, Error>| prepared?.weighed(base, &levers, audit);
            prepared.map(weighed).transpose()
        },
        || worth_of(base, &levers, audit),
    );
    if wanted.budget.is_none() && has_catalogue(dir, base, &levers) {
        let message = "there is a catalogue of strategies, and no budget to plan with";
        let finding = Finding::info("no-budget", message).at(Place::file("assessment.toml"));
        findings.push(finding.hint("[advice] budget = 200000, currency = \"million rial\""));
    }
    let advice = advice.unwrap_or_else(|error| {
        let finding = Finding { severity: Severity::Warning, ..*error.0 };
        findings.push(finding.hint("no plan is made; see [advice] in assessment.toml"));
        None
    });
    (Checked { value: Weighed { advice, levers: worths }, findings }, stage.finish())
}

fn has_catalogue(dir: &Path, base: &Results, levers: &[Lever]) -> bool {
    let codes: Vec<&str> = levers.iter().map(|lever| lever.code.as_str()).collect();
    !load::strategies(dir, &base.tables, &codes, &load::Limits::default()).value.is_empty()
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
    let rates = Rates::shared();
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

fn unit(wanted: Option<&str>, base: &Results) -> Result<UnitIndex, Error> {
    let units = &base.tables.units;
    let found = match wanted {
        Some(id) => units.find(id).ok_or_else(|| format!("there is no unit \"{id}\"")),
        None => units.university().ok_or_else(|| "no unit is the university; name one with --unit".to_owned()),
    };
    found.map_err(|message| Finding::error("unknown-unit", message).into())
}

/// Indices of the editions with their weights.
fn editions(
    wanted: &[String],
    base: &Results,
    unit: UnitIndex,
    findings: &mut Vec<Finding>,
) -> Result<Vec<(usize, f64)>, Error> {
    let has_total = |edition: usize| {
        let groups = base.editions[edition].groups.len();
        base.scorecards[edition].composites_of(unit, groups)[groups].score.is_some()
    };
    if wanted.is_empty() {
        let (with, without): (Vec<usize>, Vec<usize>) =
            (0..base.editions.len()).partition(|edition| has_total(*edition));
        for edition in without {
            let message = format!("{} gives no total and is left out", base.editions[edition].id);
            findings.push(Finding::info("no-total", message).hint("see the coverage in composites.csv"));
        }
        if with.is_empty() {
            let message = format!("no edition gives \"{}\" a total that could rise", base.tables.units.get(unit).id);
            return Err(Finding::error("no-total", message).hint("see the coverage in composites.csv").into());
        }
        return Ok(with.into_iter().map(|edition| (edition, 1.0)).collect());
    }
    let mut editions: Vec<(usize, f64)> = Vec::new();
    for text in wanted {
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
