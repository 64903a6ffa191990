//! `accredit`: accreditation alone. `run` does the same where the sheets are there.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use crate::accreditation;
use crate::catalogue;
use crate::cli::args::Global;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, folder};
use crate::diagnostic::{Checked, Error, Finding};
use crate::model::accreditation::results::Accreditation;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::write;

/// Examples of the command.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh accredit my-university
  sanjeh accredit my-university --out accreditation-1404
  sanjeh accredit my-university --json

Reads standards, ratings, evidence, evaluators, visits and regulations, from whatever sheets hold them. Decisions follow \
accreditation/decisions.toml of the assessment; a table with a gap, an overlap or a misprint is refused, and the places are \
named. Panels follow accreditation/rules.toml, else the built-in rules.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// Where to write the tables [default: DIR/out/accreditation]
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// Reads `dir`, works accreditation out and writes its tables.
///
/// # Errors
/// As a run; `no-accreditation` where there is none of its sheets, `cannot-write`.
pub fn accredit(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let dir = wanted.dir.as_path();
    let mut results = run::assess(terminal, global, dir, &mut Times::new())?;
    results.accreditation = work_out(terminal, dir, &results).0.into_value(&mut results.findings);
    let Some(accreditation) = &results.accreditation else {
        let hint =
            "put standards, ratings, evidence, evaluators and visits into accreditation/; `sanjeh demo` shows each";
        return Err(Finding::error("no-accreditation", "there is no sheet of accreditation").hint(hint).into());
    };
    let out = wanted.out.clone().unwrap_or_else(|| dir.join("out/accreditation"));
    let mut outputs = outputs(accreditation)?;
    outputs.extend(write::findings(&results).map_err(folder::cannot_encode)?);
    let digests = write::digests(&outputs);
    outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(&results, &digests) });
    folder::write(&out, &outputs)?;
    terminal.findings(&results.findings);
    terminal.say(&format!("Results: {}", out.display()));
    terminal.print(&if terminal.json {
        serde_json::to_string_pretty(&accreditation.decisions).unwrap_or_default()
    } else {
        text(accreditation)
    });
    Ok(results.findings)
}

/// Accreditation and how long it took; nothing where none of its sheets is there.
pub fn work_out(terminal: &Terminal, dir: &Path, results: &Results) -> (Checked<Option<Accreditation>>, Duration) {
    let stage = terminal.stage("accreditation");
    if results.tables.accreditation.is_empty() {
        return (Checked::clean(None), stage.finish());
    }
    let mut findings = Vec::new();
    let table = catalogue::decision_table::table(dir).into_value(&mut findings);
    let rules = catalogue::accreditation_rules::rules(dir).into_value(&mut findings);
    let value = accreditation::accredit(results, table, &rules).into_value(&mut findings);
    (Checked { value, findings }, stage.finish())
}

/// The tables of accreditation.
///
/// # Errors
/// `cannot-encode`.
pub fn outputs(accreditation: &Accreditation) -> Result<Vec<Output>, Error> {
    write::accreditation::tables(accreditation).map_err(folder::cannot_encode)
}

fn text(accreditation: &Accreditation) -> String {
    let mut lines = Vec::new();
    if let Some(round) = accreditation.round {
        let of_round = accreditation.decisions.iter().filter(|row| row.round == round);
        lines.push(format!("Round {round}, standards of {}", accreditation.version));
        for row in of_round {
            let percent = row.total_percent.map_or("–".to_owned(), |percent| format!("{percent:.1}"));
            let decision =
                if row.decision.is_empty() { format!("none ({})", row.reason) } else { row.decision_en.clone() };
            let met = format!("{}/{}", row.mandatory_met, row.mandatory_rated);
            lines.push(format!("{:<16} {:<9} {percent:>6} %  mandatory {met:>7}  {decision}", row.unit, row.side));
        }
    }
    let overdue = accreditation.evidence.iter().filter(|row| row.state == "overdue").count();
    lines.push(format!("Evidence: {} documents, {overdue} overdue", accreditation.evidence.len()));
    let review = accreditation.items.iter().filter(|row| !row.reasons.is_empty()).count();
    lines.push(format!("Standards to review: {review} of {}", accreditation.items.len()));
    if let Some(plan) = &accreditation.plan {
        let proof = if plan.proven { "proven to be the best".to_owned() } else { format!("bound {}", plan.bound) };
        lines.push(format!("Panels: {} of {} visits, cost {} ({proof})", plan.filled, plan.visits, plan.cost));
    }
    for row in &accreditation.unmet {
        lines.push(format!("No panel for {}: {}", row.unit, row.conflict.replace(';', ", ")));
    }
    lines.join("\n")
}
