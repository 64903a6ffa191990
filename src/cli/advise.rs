//! `advise`: the best plan under a budget, from the office's catalogue of strategies.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::attribute;
use crate::catalogue;
use crate::cli::advice::{self, Asked};
use crate::cli::args::Global;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, advice_text, folder};
use crate::diagnostic::{Error, Finding};
use crate::model::advice::Advice;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::write;

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
    let levers = catalogue::lever::levers(Some(dir), &base.definitions).into_value(&mut findings);
    let asked = Asked {
        budget: wanted.budget,
        currency: wanted.currency.as_deref(),
        editions: &wanted.editions,
        unit: wanted.unit.as_deref(),
        levels: wanted.levels,
        gap: wanted.gap,
    };
    let prepared = advice::prepared(dir, &base, &levers, asked, &mut findings);
    if prepared.is_err() {
        terminal.findings(&findings);
    }
    let prepared = prepared?;
    // Recovering credit asks for the audit again and again.
    let audit = attribute::audit::audit(&base.tables, &base.assessment, &base.publications, &base.ledger);
    let stage = terminal.stage("weighing strategies");
    let advice = prepared.weighed(&base, &levers, &audit)?;
    stage.finish();
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

fn write_out(out: &Path, advice: &Advice, results: &Results) -> Result<(), Error> {
    let mut outputs = write::advice::tables(advice).map_err(folder::cannot_encode)?;
    let json = serde_json::to_vec_pretty(advice).map_err(folder::cannot_encode)?;
    outputs.push(Output { path: "advice.json".to_owned(), bytes: json });
    outputs.extend(write::findings(results).map_err(folder::cannot_encode)?);
    let digests = write::digests(&outputs);
    outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(results, &digests) });
    folder::write(out, &outputs)
}
