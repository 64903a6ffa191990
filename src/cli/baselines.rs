//! `baselines`: works by the million → what a work of a field, year and type is cited.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::memory;
use crate::cli::run::use_threads;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Place};
use crate::load::works::{self, Counted};
use crate::model::field_scheme::{FieldScheme, SCHEMES};
use crate::model::window::Window;
use crate::write;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Files and folders of works.
    pub works: Vec<PathBuf>,
    /// Where to write the baseline.
    pub out: PathBuf,
    /// Scheme of fields.
    pub scheme: String,
    /// Only works of these years.
    pub years: Option<Window>,
    /// Years after publication in which the citations were counted.
    pub window: Option<u32>,
    /// Threads to use.
    pub threads: Option<usize>,
}

/// Counts the works and writes the baseline.
///
/// # Errors
/// `bad-usage` where scheme or output cannot be meant, `no-works` where nothing can be counted, `cannot-write`.
pub fn baselines(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    use_threads(wanted.threads)?;
    let scheme = FieldScheme::named(&wanted.scheme).ok_or_else(|| {
        Finding::error("bad-usage", format!("there is no scheme of fields \"{}\"", wanted.scheme))
            .hint(format!("one of {}", SCHEMES.join(", ")))
    })?;
    let as_parquet = is_parquet(&wanted.out)?;
    refuse_own_input(wanted)?;
    let stage = terminal.stage("counting works");
    let asked = works::Wanted { scheme, years: wanted.years, window: wanted.window };
    let counted = works::count(&wanted.works, &asked, &|part, works| stage.message(&format!("{works} works, {part}")))?;
    let time = stage.finish().as_secs_f64();
    let bytes = write::baseline::bytes(&counted.value.baseline, as_parquet).map_err(folder::cannot_encode)?;
    put(terminal, Some(&wanted.out), &bytes)?;
    terminal.findings(&counted.findings);
    summary(terminal, global, &counted.value, wanted, time);
    Ok(counted.findings)
}

fn is_parquet(out: &Path) -> Result<bool, Error> {
    match out.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(false),
        Some("parquet") => Ok(true),
        _ => Err(Finding::error("bad-usage", "the output is neither .csv nor .parquet")
            .at(Place::file(out.display().to_string()))
            .into()),
    }
}

/// An output among the works would be read as works the next time.
fn refuse_own_input(wanted: &Wanted) -> Result<(), Error> {
    let absolute = |path: &Path| std::path::absolute(path).ok();
    let Some(out) = absolute(&wanted.out) else { return Ok(()) };
    let inside = wanted.works.iter().filter_map(|path| absolute(path)).any(|path| out.starts_with(path));
    if !inside {
        return Ok(());
    }
    Err(Finding::error("bad-usage", "the output lies among the works that are read")
        .at(Place::file(wanted.out.display().to_string()))
        .hint("write it into another folder")
        .into())
}

fn summary(terminal: &Terminal, global: &Global, counted: &Counted, wanted: &Wanted, time: f64) {
    let rows: usize = counted.baseline.cells.values().map(|cell| cell.steps().len()).sum();
    let rate = (counted.works + counted.outside) as f64 / time.max(1e-9);
    if global.json {
        let value = json!({
            "scheme": counted.baseline.scheme,
            "window": wanted.window,
            "files": counted.files,
            "works": counted.works,
            "works_of_other_years": counted.outside,
            "works_left_out": counted.left_out,
            "works_without_field": counted.without_field,
            "cells": counted.baseline.cells.len(),
            "rows": rows,
            "seconds": time,
            "works_per_second": rate,
            "peak_memory": memory::peak(),
            "out": wanted.out.display().to_string(),
        });
        terminal.print(&serde_json::to_string_pretty(&value).unwrap_or_default());
        return;
    }
    terminal
        .say(&format!("Read: {} files, {} works counted, {} left out", counted.files, counted.works, counted.left_out));
    if let Some(years) = wanted.years {
        terminal.say(&format!("      {} works of other years than {years} passed over", counted.outside));
    }
    terminal.say(&format!("Cells: {} of field, year and type; {rows} rows", counted.baseline.cells.len()));
    terminal.say(&format!("Rate: {rate:.0} works/s over {time:.2} s"));
    if let Some(peak) = memory::peak() {
        terminal.say(&format!("Peak memory: {:.0} MiB", peak as f64 / 1_048_576.0));
    }
    terminal.say("Next: put the file into reference/ of an assessment.");
}
