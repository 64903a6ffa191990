//! `partners`: with whom units publish, what agreements come to, whom to approach, what helps and what threatens.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use serde_json::json;

use crate::attribute;
use crate::catalogue;
use crate::cli::args::{Format, Global};
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::cli::{Outcome, folder};
use crate::diagnostic::Error;
use crate::model::audit::Audit;
use crate::model::output::Output;
use crate::model::partners::Partners;
use crate::model::partners::agreement_state::{State, Step};
use crate::model::partners::rule::LineKind;
use crate::model::results::Results;
use crate::partners;
use crate::render::{self, Kinds};
use crate::report::material::Material;
use crate::report::{self, document};
use crate::write;

/// Examples of the command.
pub const EXAMPLES: &str = "\
Examples:
  sanjeh partners my-university
  sanjeh partners my-university --out partners-1404
  sanjeh partners my-university --out partners-1404 --format csv,pdf --lang fa
  sanjeh partners my-university --json

Reads the sheets of agreements, visits and partners wherever they are. Partners are told apart by ROR id where the sheet of \
partners (ror, name, country, aliases) gives one, else by the name that affiliations print. `run` does the same where one of \
these sheets is there, and adds what only a run works out: the plan under the budget.";

/// What is asked for.
#[derive(Debug, Clone, Args)]
pub struct Wanted {
    /// The assessment folder
    pub dir: PathBuf,
    /// Where to write tables, documents and the sheets for portals
    #[arg(long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

/// Reads `dir` and works partners out.
///
/// # Errors
/// As a run; `cannot-write`.
pub fn partners(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let dir = wanted.dir.as_path();
    let mut results = run::assess(terminal, global, dir, &mut Times::new())?;
    let audit = attribute::audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    run::summarise(&mut results, &audit);
    let stage = terminal.stage("partners");
    work_out(global, dir, &mut results);
    stage.finish();
    let Some(partners) = &results.partners else { return Ok(results.findings) };
    if let Some(out) = &wanted.out {
        let mut outputs = tables_of(partners)?;
        outputs.extend(sources(&results)?);
        let stage = terminal.stage("documents");
        outputs.extend(documents(global, &results, &audit)?);
        stage.finish();
        outputs.retain(|output| global.asks(&output.path));
        let digests = write::digests(&outputs);
        outputs.push(Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(&results, &digests) });
        folder::write(out, &outputs)?;
        terminal.say(&format!("Results: {}", out.display()));
    }
    terminal.findings(&results.findings);
    terminal.print(&if terminal.json { summary(partners) } else { text(partners) });
    Ok(results.findings)
}

/// Adds partners to a run that has a sheet of them.
pub fn add(terminal: &Terminal, global: &Global, dir: &Path, results: &mut Results, times: &mut Times) {
    let tables = &results.tables;
    let asked = !tables.agreements.is_empty() || !tables.visits.is_empty() || !tables.known_partners.is_empty();
    if asked || !tables.submitted.is_empty() || !tables.exposures.is_empty() {
        let stage = terminal.stage("partners");
        work_out(global, dir, results);
        times.push(("partners", stage.finish()));
    }
}

fn work_out(global: &Global, dir: &Path, results: &mut Results) {
    let rules = catalogue::rules::rules(global.indicators.as_deref(), Some(dir)).into_value(&mut results.findings);
    let readings = attribute::partner_names::readings(&results.tables, &results.assessment);
    let found = partners::partners(results, &readings, &rules).into_value(&mut results.findings);
    results.partners = Some(found);
}

/// The tables of partners.
///
/// # Errors
/// `cannot-encode`.
pub fn tables_of(partners: &Partners) -> Result<Vec<Output>, Error> {
    write::partners::tables(partners).map_err(folder::cannot_encode)
}

/// The documents on partners and the sheets for portals, in the formats asked for.
fn documents(global: &Global, results: &Results, audit: &Audit) -> Result<Vec<Output>, Error> {
    let wants = |format: Format| global.format.is_empty() || global.format.contains(&format);
    let kinds = Kinds { html: wants(Format::Html), pdf: wants(Format::Pdf) };
    let mut outputs = Vec::new();
    if !(kinds.html || kinds.pdf || wants(Format::Xlsx)) {
        return Ok(outputs);
    }
    let report = report::report(results);
    if kinds.html || kinds.pdf {
        let material = Material { results, report: &report, audit, recovered: &[] };
        let mut documents = document::partners::of_university(material);
        documents.extend((0..report.units.len()).flat_map(|unit| document::partners::of_unit(material, unit)));
        let printed: Vec<Vec<Output>> = documents
            .par_iter()
            .with_max_len(1)
            .map(|document| render::document(document, &report.languages, kinds))
            .collect::<Result<_, Error>>()?;
        outputs.extend(printed.into_iter().flatten());
    }
    let sheets = results.partners.as_ref().map_or(&[][..], |partners| &partners.submissions);
    if wants(Format::Xlsx) && !sheets.is_empty() {
        outputs.extend(render::submission(&report, sheets, &report.languages)?);
    }
    Ok(outputs)
}

/// The tables that lines name beside those of partners.
fn sources(results: &Results) -> Result<Vec<Output>, Error> {
    let tables = write::tables(results).map_err(folder::cannot_encode)?;
    Ok(tables.into_iter().filter(|output| output.path.ends_with(".csv")).collect())
}

fn count(partners: &Partners, state: State) -> usize {
    partners.agreements.iter().filter(|row| row.state == state).count()
}

fn summary(partners: &Partners) -> String {
    let states = [
        State::Active,
        State::ActiveElsewhere,
        State::Dormant,
        State::EndedActive,
        State::Ended,
        State::NotBegun,
        State::NotIdentified,
        State::WithoutAgreement,
    ];
    let agreements: serde_json::Map<String, serde_json::Value> =
        states.iter().map(|state| (state.as_str().to_owned(), json!(count(partners, *state)))).collect();
    let lines: serde_json::Map<String, serde_json::Value> = LineKind::ALL
        .iter()
        .map(|kind| {
            let lines = partners.lines.iter().filter(|line| line.kind == *kind).count();
            (kind.as_str().to_owned(), json!(lines))
        })
        .collect();
    let result = json!({
        "ties": partners.ties.len(),
        "agreements": agreements,
        "visits": partners.visits.len(),
        "candidates": partners.candidates.len(),
        "introductions": partners.introductions.len(),
        "lines": lines,
        "checks": partners.submissions.iter().map(|sheet| sheet.checks.len()).sum::<usize>(),
    });
    serde_json::to_string_pretty(&result).unwrap_or_default()
}

fn text(partners: &Partners) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    let day = partners.day;
    let agreements = partners.agreements.iter().filter(|row| !row.agreement.is_empty()).count();
    let in_force =
        count(partners, State::Active) + count(partners, State::ActiveElsewhere) + count(partners, State::Dormant);
    let soon = partners.agreements.iter().filter(|row| row.ends_soon).count();
    let step = |step: Step| partners.agreements.iter().filter(|row| row.step == step).count();
    let mut line = |written: std::fmt::Arguments| {
        text.write_fmt(written).ok();
        text.push('\n');
    };
    line(format_args!(
        "As of {:04}-{:02}-{:02}: {agreements} agreements, {in_force} in force, {} of these dormant, {soon} end within twelve months",
        day.year,
        day.month,
        day.day,
        count(partners, State::Dormant)
    ));
    line(format_args!(
        "To renew {}, to revive or close {}, to close {}, to sign {}, partner not identified {}",
        step(Step::Renew),
        step(Step::ReviveOrClose),
        step(Step::Close),
        step(Step::Sign),
        step(Step::Identify)
    ));
    let lines = |kind: LineKind| partners.lines.iter().filter(|line| line.kind == kind).count();
    line(format_args!(
        "{} ties, {} candidates, {} introductions; {} strengths, {} weaknesses, {} opportunities, {} threats, {} needs",
        partners.ties.len(),
        partners.candidates.len(),
        partners.introductions.len(),
        lines(LineKind::Strength),
        lines(LineKind::Weakness),
        lines(LineKind::Opportunity),
        lines(LineKind::Threat),
        lines(LineKind::Need)
    ));
    for sheet in &partners.submissions {
        line(format_args!(
            "{} sheet of {}: {} to look at",
            sheet.ranking.to_uppercase(),
            sheet.year,
            sheet.checks.len()
        ));
    }
    text.trim_end().to_owned()
}
