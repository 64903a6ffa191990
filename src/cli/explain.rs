//! `explain`: the dossier of one number.

use std::path::{Path, PathBuf};

use crate::attribute::audit;
use crate::cli::Outcome;
use crate::cli::args::{Format, Global};
use crate::cli::folder;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding};
use crate::explain;
use crate::render;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Id of the unit.
    pub unit: String,
    /// `EDITION:CODE`.
    pub indicator: String,
    /// Where to write it; standard output without.
    pub out: Option<PathBuf>,
    /// Print names of staff.
    pub names: bool,
}

/// Works `dir` out and prints or writes the dossier.
///
/// # Errors
/// As a run, and where unit, edition or indicator are not known, the format is none of text, JSON and CSV, or the file
/// cannot be written.
pub fn explain(terminal: &Terminal, global: &Global, dir: &Path, wanted: &Wanted) -> Outcome {
    let format = match global.format.as_slice() {
        [] if global.json => Format::Json,
        [] => Format::Text,
        [format @ (Format::Text | Format::Json | Format::Csv | Format::Html | Format::Pdf)] => *format,
        _ => {
            let finding = Finding::error("bad-usage", "a dossier is written in exactly one format");
            return Err(finding.hint("--format text, json, csv, html or pdf").into());
        }
    };
    let results = run::assess(terminal, global, dir, &mut Times::new())?;
    let stage = terminal.stage("collecting evidence");
    let audit = audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let dossier = explain::dossier(&results, &audit, &wanted.unit, &wanted.indicator, wanted.names)?;
    stage.finish();
    let bytes = match format {
        Format::Json => serde_json::to_vec_pretty(&dossier).map_err(folder::cannot_encode)?,
        Format::Html | Format::Pdf => {
            let language = results.assessment.languages.first().map_or("en", String::as_str);
            let code = format!("{}-{}-{}", results.assessment.year, dossier.unit, dossier.definition.indicator);
            let document = explain::document::document(&dossier, &code, results.assessment.calendar.data);
            render::document_bytes(&document, language, format == Format::Pdf)?
        }
        Format::Csv => explain::table::of_dossier(&dossier).map_err(folder::cannot_encode)?,
        _ => {
            let language = results.assessment.languages.first().map_or("en", String::as_str);
            explain::text::text(&dossier, language).into_bytes()
        }
    };
    put(terminal, wanted.out.as_deref(), &bytes)?;
    terminal.findings(&results.findings);
    Ok(results.findings)
}

/// Writes into `out`, or prints without it.
///
/// # Errors
/// `cannot-write`.
pub fn put(terminal: &Terminal, out: Option<&Path>, bytes: &[u8]) -> Result<(), Error> {
    let Some(out) = out else {
        terminal.print(&String::from_utf8_lossy(bytes));
        return Ok(());
    };
    let Some(name) = out.file_name().and_then(|name| name.to_str()) else {
        return Err(Finding::error("bad-usage", "--out must name a file").into());
    };
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder::put(parent, name, bytes)?;
    terminal.say(&format!("Written: {}", out.display()));
    Ok(())
}
