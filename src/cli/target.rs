//! `target`: for each lever alone the smallest amount that reaches a score or rank, when it would show, and what is out
//! of reach with the reason.

use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

use crate::attribute;
use crate::catalogue;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, advice, advice_text, number};
use crate::diagnostic::{Error, Finding};
use crate::model::names::Names;
use crate::model::results::Results;
use crate::model::scenario::Scenario;
use crate::model::unit::UnitIndex;
use crate::score;
use crate::whatif::advice::cheapest::{Mix, cheapest};
use crate::whatif::advice::scoring::Objective;
use crate::whatif::advice::{Question, most};
use crate::whatif::again::Outcome as Scored;
use crate::whatif::apply::{Circumstances, apply};
use crate::whatif::copy::Copy;
use crate::whatif::evaluator::Pool;
use crate::whatif::plan::Effort;
use crate::whatif::target::{self, Goal, Lever, Reach, Standing};
use crate::whatif::worth::there;
use crate::write;

/// Examples of the command.
pub const EXAMPLES: &str = "Examples:
  sanjeh target my-university --edition the/wur/2026 --rank 100
  sanjeh target my-university --unit pharm --edition the/wur/2026 --score 80 --start 2027

Each lever is pulled alone, step by step of its own; the amount that is printed reaches the goal and one step less does \
not. Levers are built in; `strategies/levers.toml` of the assessment adds its own.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// Id of the unit [default: the university]
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// The edition
    #[arg(long, value_name = "EDITION")]
    pub edition: String,
    /// The total to reach
    #[arg(long, value_name = "S")]
    pub score: Option<f64>,
    /// The rank to reach: among units of the type, or for the university among those published
    #[arg(long, value_name = "R", conflicts_with = "score")]
    pub rank: Option<u32>,
    /// Year in which what is done begins [default: the year after the self-assessment]
    #[arg(long, value_name = "YEAR")]
    pub start: Option<i32>,
    /// Only these levers
    #[arg(long = "lever", value_name = "LEVER", value_delimiter = ',')]
    pub levers: Vec<String>,
    /// Where to write the table
    #[arg(long, value_name = "FILE.csv")]
    pub out: Option<PathBuf>,
}

/// In how many intensities each strategy is weighed for a mix.
const MIX_LEVELS: usize = 3;

/// What one lever comes to.
#[derive(Debug, Serialize)]
struct Row {
    lever: String,
    #[serde(skip)]
    name: Names,
    #[serde(skip)]
    unit: Names,
    reach: &'static str,
    amount: Option<f64>,
    score: Option<f64>,
    rank: Option<u32>,
    year: Option<i32>,
    reason: String,
}

/// Searches every lever of a unit for the amount that meets the goal.
///
/// # Errors
/// As a run, and where unit, edition or lever are not known, no goal or two are given, or the unit has no ranks.
pub fn target(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let dir = wanted.dir.as_path();
    let mut results = run::assess(terminal, global, dir, &mut Times::new())?;
    results.placements = score::placement::placements(&results);
    let catalogue = catalogue::of_assessment(global.indicators.as_deref(), dir).value;
    let (unit, edition) = place(&results, wanted)?;
    let goal = goal(&results, unit, edition, wanted)?;
    let mut findings = Vec::new();
    let id = results.tables.units.get(unit).id.clone();
    let all_levers = catalogue::lever::levers(Some(dir), &results.definitions).into_value(&mut findings);
    let levers: Vec<_> = match wanted.levers.as_slice() {
        [] => all_levers.clone(),
        codes => {
            let known: Vec<&str> = all_levers.iter().map(|lever| lever.code.as_str()).collect();
            if let Some(code) = codes.iter().find(|code| !known.contains(&code.as_str())) {
                let finding = Finding::error("unknown-lever", format!("there is no lever \"{code}\""));
                return Err(finding.hint(format!("levers are {}", known.join(", "))).into());
            }
            all_levers.iter().filter(|lever| codes.contains(&lever.code)).cloned().collect()
        }
    };
    let ways: Vec<Lever> = levers
        .iter()
        .map(|lever| {
            let there = lever.most.relative.as_ref().and_then(|(_, measure)| there(&results, unit, measure));
            Lever { one: lever.one(&id, None), step: lever.step, most: lever.most(there) }
        })
        .collect();
    // Recovering credit asks for the audit again and again.
    let audit = attribute::audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let circumstances =
        Circumstances { audit: Some(&audit), ..Circumstances::settled(&catalogue.editions, &catalogue.benchmarks) };
    let stage = terminal.stage("pulling levers");
    let spent: Vec<Scenario> = ways.iter().map(|way| way.scenario(way.steps())).collect();
    let pool = Pool::new(&results, spent.iter().flat_map(|scenario| &scenario.changes), circumstances);
    let evaluator = pool.evaluator();
    let groups = results.editions[edition].groups.len();
    let standing = |scenario: &Scenario| {
        let card = evaluator.scorecard(scenario, edition).ok_or(())?;
        let total = &card.composites_of(unit, groups)[groups];
        Ok(total.score.map(|score| Standing { score, rank: total.rank }))
    };
    // Seen from a year, papers and staff are as old as they will be: the long way.
    let seen_from = |scenario: &Scenario, year: i32| {
        let circumstances = Circumstances { horizon: Some(year), ..circumstances };
        let copy = apply(Copy::new(&results), scenario, circumstances).value;
        let card = Scored::of(&copy).scorecards.swap_remove(edition);
        let total = &card.composites_of(unit, groups)[groups];
        total.score.map(|score| Standing { score, rank: total.rank })
    };
    let start = wanted.start.unwrap_or(results.assessment.year + 1);
    let before = standing(&Scenario::default()).ok().flatten();
    let done = std::sync::atomic::AtomicU64::new(0);
    let rows: Vec<Row> = levers
        .par_iter()
        .zip(&ways)
        .map(|(lever, way)| {
            let reach = target::smallest(way, goal, &standing);
            let year = match reach {
                Reach::At { steps, .. } => target::year_of_effect(&way.scenario(steps), goal, start, &seen_from),
                _ => None,
            };
            stage.position(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, levers.len() as u64);
            row(&lever.code, (&lever.name, &lever.unit), &reach, year, way.most)
        })
        .collect();
    stage.finish();
    let stage = terminal.stage("mixing strategies");
    let mix = match goal {
        Goal::Score(score) if before.is_some_and(|before| before.score < score) => {
            advice::priced(dir, None, &results, &all_levers, &mut findings).ok().map(|priced| {
                let question = Question {
                    units: &results.tables.units,
                    strategies: &priced.strategies,
                    levers: &all_levers,
                    costs: &priced.costs,
                    unit,
                    budget: f64::INFINITY,
                    levels: MIX_LEVELS,
                    effort: Effort::default(),
                    points: 0,
                    peers: &[],
                    drift: 0.0,
                };
                let editions = [(edition, 1.0)];
                let pool = Pool::new(&results, &most(&question), circumstances);
                let objective = Objective { evaluator: &pool.evaluator(), editions: &editions, unit };
                (cheapest(&question, &|scenarios| objective.score(scenarios), score), priced.money.printed)
            })
        }
        _ => None,
    };
    stage.finish();
    if let Some(out) = &wanted.out {
        put(terminal, Some(out), &write::rows::table(&rows).map_err(folder::cannot_encode)?)?;
    }
    terminal.findings(&findings);
    let language = results.assessment.languages.first().map_or("en", String::as_str);
    terminal.print(&if terminal.json {
        let result = json!({
            "unit": id, "edition": wanted.edition, "goal": goal, "before": before, "start": start, "levers": rows,
            "mix": mix.as_ref().map(|(mix, _)| mix), "currency": mix.as_ref().map(|(_, money)| money),
        });
        serde_json::to_string_pretty(&result).unwrap_or_default()
    } else {
        let head = format!("{id}, {}: {}", wanted.edition, stands(before));
        text(&head, goal, start, &rows, language)
            + &mix.map_or(String::new(), |(mix, money)| mixed(&mix, &money, language))
    });
    Ok(findings)
}

fn place(results: &Results, wanted: &Wanted) -> Result<(UnitIndex, usize), Error> {
    let units = &results.tables.units;
    let unit = match &wanted.unit {
        Some(id) => units
            .find(id)
            .ok_or_else(|| Error::from(Finding::error("unknown-unit", format!("there is no unit \"{id}\""))))?,
        None => units
            .university()
            .ok_or_else(|| Error::from(Finding::error("unknown-unit", "there is no university").hint("name --unit")))?,
    };
    let edition = results.editions.iter().position(|edition| edition.id == wanted.edition).ok_or_else(|| {
        let known: Vec<&str> = results.editions.iter().map(|edition| edition.id.as_str()).collect();
        let finding = Finding::error("unknown-edition", format!("\"{}\" is not scored", wanted.edition));
        Error::from(finding.hint(format!("the assessment scores {}", known.join(", "))))
    })?;
    Ok((unit, edition))
}

/// The goal; a rank of the university among those published is the published total at that rank.
fn goal(results: &Results, unit: UnitIndex, edition: usize, wanted: &Wanted) -> Result<Goal, Error> {
    let groups = results.editions[edition].groups.len();
    match (wanted.score, wanted.rank) {
        (Some(score), None) => Ok(Goal::Score(score)),
        (None, Some(rank)) => {
            let total = &results.scorecards[edition].composites_of(unit, groups)[groups];
            if total.of > 1 {
                return Ok(Goal::Rank(rank));
            }
            let benchmark = results.benchmarks.iter().find(|known| known.edition == wanted.edition);
            let bands = benchmark.map_or(&[][..], |benchmark| benchmark.bands.as_slice());
            // A rank between two published ones asks for the total of the better.
            let band = bands.iter().rfind(|band| band.rank <= rank).ok_or_else(|| {
                let message = "the unit is alone of its type, and no totals at ranks are published for this edition";
                let hint = "state the total with --score, or make a benchmark of the published table";
                Error::from(Finding::error("no-ranks", message).hint(hint))
            })?;
            Ok(Goal::Score(band.score))
        }
        _ => {
            let finding = Finding::error("bad-usage", "state one goal: --score or --rank");
            Err(finding.hint("sanjeh target my-university --edition the/wur/2026 --score 60").into())
        }
    }
}

fn row(code: &str, (name, unit): (&Names, &Names), reach: &Reach, year: Option<i32>, most: f64) -> Row {
    let (kind, amount, standing, reason) = match *reach {
        Reach::Already => ("already", Some(0.0), None, "the goal is met as things are".to_owned()),
        Reach::At { amount, standing, .. } => ("reached", Some(amount), Some(standing), String::new()),
        Reach::Unmoved => ("unmoved", None, None, "nothing that counts here moves".to_owned()),
        Reach::Lowers { spent } => ("lowers", None, None, format!("more of it lowers the total, to {spent:.2}")),
        Reach::TooLittle { best, amount } => {
            let most = number::plain(most);
            let at = number::plain(amount);
            ("too_little", None, None, format!("at most {best:.2}, with {at}; up to {most} was tried"))
        }
        Reach::NoTotal => ("no_total", None, None, "the unit has no total in this edition".to_owned()),
        Reach::Impossible => ("impossible", None, None, "the unit has nothing of this kind to change".to_owned()),
    };
    Row {
        lever: code.to_owned(),
        name: name.clone(),
        unit: unit.clone(),
        reach: kind,
        amount,
        score: standing.map(|standing| standing.score),
        rank: standing.and_then(|standing| standing.rank),
        year,
        reason,
    }
}

fn stands(standing: Option<Standing>) -> String {
    match standing {
        Some(Standing { score, rank: Some(rank) }) => format!("total {score:.2}, rank {rank}"),
        Some(Standing { score, rank: None }) => format!("total {score:.2}"),
        None => "no total".to_owned(),
    }
}

/// The cheapest mix of the catalogue's strategies.
fn mixed(mix: &Mix, money: &str, language: &str) -> String {
    match mix {
        Mix::Reached { cost, not_for, total, steps } => {
            let mut text = format!(
                "\nCheapest mix found in the catalogue of strategies: {} {money} for a total of {total:.2}; the best plan found \
                 for {} does not reach it\n",
                advice_text::money(*cost),
                advice_text::money(*not_for)
            );
            for step in steps {
                let name = if language == "fa" { &step.name_fa } else { &step.name_en };
                let (intensity, cost) = (number::plain(step.intensity), advice_text::money(step.cost));
                text += &format!("  {:<22} × {intensity:<6} {cost:>12}  {name}\n", step.unit);
            }
            text
        }
        Mix::OutOfReach { best, cost } => {
            let cost = advice_text::money(*cost);
            format!("\nNo mix of the catalogue's strategies reaches it: at most {best:.2}, for {cost} {money}\n")
        }
        Mix::NoTotal => String::new(),
    }
}

fn text(head: &str, goal: Goal, start: i32, rows: &[Row], language: &str) -> String {
    let goal = match goal {
        Goal::Score(score) => format!("a total of {}", number::plain(score)),
        Goal::Rank(rank) => format!("rank {rank}"),
    };
    if rows.iter().any(|row| row.reach == "already") {
        return format!("{head}\nGoal: {goal}: it is met as things are.\n");
    }
    let mut text = format!("{head}\nGoal: {goal}; what is done begins in {start}\n\nEach alone reaches it:\n");
    let (mut reached, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.amount.is_some());
    // What takes effect first comes first.
    reached.sort_by(|a, b| a.year.unwrap_or(i32::MAX).cmp(&b.year.unwrap_or(i32::MAX)));
    for row in &reached {
        let amount = row.amount.map(number::plain).unwrap_or_default();
        let (unit, name) = (row.unit.get(language), row.name.get(language));
        let score = row.score.map(|score| format!("{score:.2}")).unwrap_or_default();
        let year = match row.year {
            Some(year) => format!("in the self-assessment of {year}"),
            None => "not within ten years".to_owned(),
        };
        text += &format!("  {amount:>8} {unit:<24} {score:>7}  {year:<32} {name}\n");
    }
    if reached.is_empty() {
        text += "  none\n";
    }
    if !others.is_empty() {
        text += "\nOut of reach:\n";
    }
    for row in others {
        text += &format!("  {:<40} {}\n", row.name.get(language), row.reason);
    }
    text
}
