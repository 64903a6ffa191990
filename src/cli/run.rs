//! `run` and `check`: the stages, joined.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::attribute;
use crate::catalogue;
use crate::cli::Outcome;
use crate::cli::accredit;
use crate::cli::advice;
use crate::cli::args::{Format, Global};
use crate::cli::choice::Choice;
use crate::cli::folder;
use crate::cli::kept::Kept;
use crate::cli::links;
use crate::cli::packs::Press;
use crate::cli::partners;
use crate::cli::run_key;
use crate::cli::since_last;
use crate::cli::stability;
use crate::cli::strategies;
use crate::cli::summary::{self, Summary};
use crate::cli::terminal::Terminal;
use crate::cli::without_overrides;
use crate::diagnostic::{Error, Finding, Place};
use crate::explain;
use crate::load;
use crate::measure;
use crate::model::audit::Audit;
use crate::model::change::Change;
use crate::model::edition::Edition;
use crate::model::last_year::LastYear;
use crate::model::measure::Measures;
use crate::model::output::Output;
use crate::model::results::Results;
use crate::render;
use crate::report;
use crate::report::material::Material;
use crate::score;
use crate::write::{self, Digests};

/// How long each stage took.
pub type Times = Vec<(&'static str, Duration)>;

/// What is asked of a run.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Where to write; by default `out` in the folder.
    pub out: Option<PathBuf>,
    /// Number of threads.
    pub threads: Option<usize>,
    /// Last year's results, or a sheet of its values, to damp changes against.
    pub last: Option<PathBuf>,
    /// Which packs are made.
    pub choice: Choice,
    /// Whether to run although nothing has changed.
    pub again: bool,
}

/// `sanjeh run`: reads `dir`, works everything out and writes it.
///
/// # Errors
/// What makes a run impossible: no assessment, no units, an unknown edition, an output folder that cannot be written.
pub fn run(terminal: &Terminal, global: &Global, dir: &Path, wanted: &Wanted) -> Outcome {
    use_threads(wanted.threads)?;
    let out = wanted.out.clone().unwrap_or_else(|| dir.join("out"));
    folder::check(&out)?;
    let key = run_key::key(global, dir, wanted);
    let asked = key.as_deref().filter(|_| !wanted.again);
    if let Some(kept) = asked.and_then(|key| Kept::unchanged(&out, key)) {
        let findings = kept.findings();
        terminal.findings(&findings);
        terminal.say("Nothing has changed since the last run; `sanjeh run --again` runs anew.");
        kept.summary.print(terminal, &Times::new(), &out);
        return Ok(findings);
    }
    let mut times = Times::new();
    let mut results = assess(terminal, global, dir, &mut times)?;
    wanted.choice.check(&results.tables.units)?;
    if let Some(path) = &wanted.last {
        damp(&mut results, path)?;
    }
    let stage = terminal.stage("resampling");
    stability::add(&mut results, &|done, total| stage.position(done as u64, total as u64));
    results.placements = score::placement::placements(&results);
    times.push(("resample", stage.finish()));
    let stage = terminal.stage("auditing addresses");
    let audit = attribute::audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    summarise(&mut results, &audit);
    times.push(("audit", stage.finish()));
    // These go on beside each other: each has long stretches on one thread.
    let ((advised, advising), ((accredited, accrediting), (recovered, correcting))) = rayon::join(
        || advice::work_out(terminal, dir, &results, &audit),
        || (accredit::work_out(terminal, dir, &results), corrected(terminal, &results, &audit)),
    );
    let weighed = advised.into_value(&mut results.findings);
    (results.advice, results.levers) = (weighed.advice, weighed.levers);
    partners::add(terminal, global, dir, &mut results, &mut times);
    results.accreditation = accredited.into_value(&mut results.findings);
    times.extend([("advise", advising), ("accreditation", accrediting), ("correct", correcting)]);
    let stage = terminal.stage("without overrides");
    let without = without_overrides::measures(&results, dir)?;
    times.push(("without overrides", stage.finish()));
    since_last::add(terminal, &mut results, without.as_ref(), wanted.last.as_deref(), &mut times);
    let worked_out = WorkedOut { results: &results, audit: &audit, recovered: &recovered, without: without.as_ref() };
    let (mut outputs, digests) = outputs(terminal, global, dir, worked_out, &wanted.choice, &mut times)?;
    let stage = terminal.stage("writing");
    let summary = Summary::of(&results);
    let kept = key.map(|key| Kept::new(key, &outputs, digests, summary.clone(), &results.findings));
    outputs.extend(kept.and_then(|kept| kept.output()));
    folder::write(&out, &outputs)?;
    times.push(("write", stage.finish()));
    terminal.findings(&results.findings);
    summary.print(terminal, &times, &out);
    Ok(results.findings)
}

/// What moves once addresses are corrected, and how long that took.
fn corrected(terminal: &Terminal, results: &Results, audit: &Audit) -> (Vec<Change>, Duration) {
    let stage = terminal.stage("correcting addresses");
    (explain::recovery::recovery(results, audit), stage.finish())
}

/// Adds what documents tell of units and of types of unit.
pub(super) fn summarise(results: &mut Results, audit: &Audit) {
    results.profiles = measure::profile::profiles(results, audit);
    results.type_indicators = score::type_indicators::type_indicators(results);
    results.type_groups = score::type_indicators::type_groups(results);
}

/// Damps the changes since last year, as the editions say.
///
/// # Errors
/// Those of [`load::last_year::read`].
fn damp(results: &mut Results, path: &Path) -> Result<(), Error> {
    let (read, digests) = load::last_year::read(path, &load::Limits::default())?;
    let values = read.into_value(&mut results.findings);
    let units = &results.tables.units;
    let of = |edition: &Edition| score::damping::last(&values, edition, units);
    results.last_year = LastYear { values: results.editions.iter().map(of).collect(), digests, damped: Vec::new() };
    if results.last_year.values.iter().flatten().all(Option::is_none) {
        let message = "last year's values hold nothing that an edition of this run damps";
        let hint = "editions, units and indicators are named by their ids; an edition says which indicators it damps";
        results.findings.push(Finding::warning("last-year-unused", message).hint(hint));
    }
    results.scorecards = score::scorecards(results);
    results.last_year.damped = score::damping::record(results);
    Ok(())
}

/// `sanjeh check`: everything but the outputs; prints the findings and writes them to `dir/out/check`.
///
/// # Errors
/// As [`run`].
pub fn check(terminal: &Terminal, global: &Global, dir: &Path) -> Outcome {
    let mut results = assess(terminal, global, dir, &mut Times::new())?;
    results.findings.extend(strategies::findings(global, dir, &results));
    for output in write::findings(&results).map_err(folder::cannot_encode)? {
        folder::put(&dir.join("out").join(folder::CHECK), &output.path, &output.bytes)?;
    }
    terminal.findings(&results.findings);
    if terminal.json {
        terminal.print(&serde_json::to_string_pretty(&results.findings).unwrap_or_default());
    } else {
        summary::checked(terminal, &results);
    }
    Ok(results.findings)
}

/// Sets the number of threads of rayon and of polars. Both are started once, so this comes before any work.
pub(super) fn use_threads(threads: Option<usize>) -> Result<(), Error> {
    let Some(threads) = threads else { return Ok(()) };
    if threads == 0 {
        return Err(Finding::error("bad-usage", "--threads must be at least 1").into());
    }
    // SAFETY: no other thread has been started yet: this is the first thing a command does.
    unsafe { std::env::set_var("POLARS_MAX_THREADS", threads.to_string()) };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Finding::error("threads", format!("{threads} threads could not be started: {error}")).into())
}

/// The assessment's own files of the catalogue.
fn own_editions(dir: &Path) -> Option<PathBuf> {
    Some(dir.join("editions")).filter(|folder| folder.is_dir())
}

/// Everything from the folder to the scorecards.
///
/// # Errors
/// What makes a run impossible: no assessment, no units, an unknown edition.
pub fn assess(terminal: &Terminal, global: &Global, dir: &Path, times: &mut Times) -> Result<Results, Error> {
    let (mut assessment, assessment_digest, mut findings) = load::assessment(dir)?;
    if !global.lang.is_empty() {
        assessment.languages.clone_from(&global.lang);
    }
    let catalogue = catalogue::of_assessment(global.indicators.as_deref(), dir).into_value(&mut findings);
    let mut editions = Vec::new();
    for id in &assessment.editions {
        let edition = catalogue.editions.iter().find(|edition| edition.id == *id).ok_or_else(|| {
            let known: Vec<&str> = catalogue.editions.iter().map(|edition| edition.id.as_str()).collect();
            Finding::error("unknown-edition", format!("there is no edition \"{id}\""))
                .at(Place::file("assessment.toml"))
                .hint(format!("known editions: {}", known.join(", ")))
        })?;
        editions.push(edition.clone());
    }

    let stage = terminal.stage("reading");
    let limits = load::Limits::default();
    let tables = load::tables(dir, &assessment, &limits, &|file| stage.message(file))?.into_value(&mut findings);
    times.push(("load", stage.finish()));

    let stage = terminal.stage("attributing");
    let (publications, ledger) = attribute::attribute(&tables, &assessment).into_value(&mut findings);
    times.push(("attribute", stage.finish()));

    let stage = terminal.stage("measuring");
    let input = measure::Input {
        assessment: &assessment,
        tables: &tables,
        publications: &publications,
        ledger: &ledger,
        editions: &editions,
        definitions: &catalogue.measures,
    };
    let measures = measure::measure(input).into_value(&mut findings);
    times.push(("measure", stage.finish()));

    let stage = terminal.stage("scoring");
    let benchmarks: Vec<_> = catalogue
        .benchmarks
        .into_iter()
        .filter(|benchmark| editions.iter().any(|edition| edition.id == benchmark.edition))
        .collect();
    let mut results = Results {
        assessment_digest,
        tables,
        publications,
        ledger,
        definitions: catalogue.measures,
        measures,
        editions,
        benchmarks,
        findings,
        ..Results::bare(assessment)
    };
    if results.assessment.calibration.used {
        let found = score::calibration::calibrations(&results.tables.history, &results.editions);
        results.calibrations = found.into_value(&mut results.findings);
    }
    results.scorecards = score::scorecards(&results);
    times.push(("score", stage.finish()));
    Ok(results)
}

/// What outputs are made of.
#[derive(Clone, Copy)]
struct WorkedOut<'a> {
    results: &'a Results,
    audit: &'a Audit,
    /// What moves once addresses are corrected.
    recovered: &'a [Change],
    /// Measures without the office's overrides, where it has any.
    without: Option<&'a Measures>,
}

/// All files of a run that the arguments ask for, the manifest last, with their digests.
fn outputs(
    terminal: &Terminal,
    global: &Global,
    dir: &Path,
    worked_out: WorkedOut<'_>,
    choice: &Choice,
    times: &mut Times,
) -> Result<(Vec<Output>, Digests), Error> {
    let WorkedOut { results, audit, recovered, without } = worked_out;
    let stage = terminal.stage("tables");
    let mut outputs = write::tables(results).map_err(folder::cannot_encode)?;
    if let Some(advice) = &results.advice {
        outputs.extend(write::advice::tables(advice).map_err(folder::cannot_encode)?);
    }
    if let Some(accreditation) = &results.accreditation {
        outputs.extend(accredit::outputs(accreditation)?);
    }
    if !results.moved.is_empty() {
        outputs.extend(write::moved::tables(&results.moved).map_err(folder::cannot_encode)?);
    }
    if let Some(found) = &results.partners {
        outputs.extend(partners::tables_of(found)?);
    }
    let (indicators, editions) = catalogue::used::used(
        global.indicators.as_deref(),
        own_editions(dir).as_deref(),
        &results.editions,
        &results.benchmarks,
    );
    let catalogued = write::inputs::Catalogued { indicators, editions };
    outputs.extend(write::inputs::inputs(results, &catalogued, without).map_err(folder::cannot_encode)?);
    outputs.extend(write::audit::tables(results, audit, recovered).map_err(folder::cannot_encode)?);
    times.push(("tables", stage.finish()));
    let stage = terminal.stage("charts and pages");
    let report = report::report(results);
    let units = choice.units(&report);
    outputs.extend(write::counts(results, &report, audit).map_err(folder::cannot_encode)?);
    let shown = choice.shown(&report, global);
    outputs.extend(render::render(&shown, &|done, total| stage.position(done, total))?);
    times.push(("render", stage.finish()));
    let stage = terminal.stage("packs");
    let material = Material { results, report: &report, audit, recovered };
    let press = Press { material, choice, global, made: &outputs };
    let packs = press.packs(&|done, total| stage.position(done, total))?;
    outputs.extend(packs);
    times.push(("packs", stage.finish()));
    let documents = links::documents(&report, &outputs);
    outputs.insert(0, render::page(&shown, &documents)?);
    outputs.retain(|output| choice.keeps(output, &report, &units));
    if !global.format.is_empty() {
        // What a run was scored with goes with its tables.
        let input = |output: &Output| output.path.starts_with("inputs/") && global.format.contains(&Format::Csv);
        // Captions go with the charts that they are of.
        let pictures = global.format.contains(&Format::Svg) || global.format.contains(&Format::Png);
        let caption = |output: &Output| pictures && output.path.contains("/charts/captions.");
        outputs.retain(|output| global.asks(&output.path) || input(output) || caption(output));
    }
    let mut digests = write::digests(&outputs);
    let manifest = Output { path: "manifest.json".to_owned(), bytes: write::manifest::manifest(results, &digests) };
    digests.extend(write::digests(std::slice::from_ref(&manifest)));
    outputs.push(manifest);
    Ok((outputs, digests))
}
