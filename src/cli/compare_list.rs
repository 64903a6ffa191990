//! `compare-list`: a unit's own list of works against the count.

use std::path::{Path, PathBuf};

use crate::attribute::audit;
use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::folder;
use crate::cli::run::{self, Times};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Error, Finding, Severity};
use crate::explain::comparison::{self, Side};
use crate::explain::dossier::find_unit;
use crate::explain::omitted::Counted;
use crate::explain::table;
use crate::load::{self, publication_list};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Id of the unit.
    pub unit: String,
    /// The list.
    pub file: PathBuf,
    /// Count by this edition's rules and window instead of those of the unit profile.
    pub edition: Option<String>,
    /// Where to write the rows; standard output without.
    pub out: Option<PathBuf>,
}

/// Works `dir` out and prints or writes the comparison.
///
/// # Errors
/// As a run, and where the unit or edition is not known, the list cannot be read, or the file cannot be written.
pub fn compare_list(terminal: &Terminal, global: &Global, dir: &Path, wanted: &Wanted) -> Outcome {
    let list = publication_list::read(&wanted.file, &load::Limits::default());
    if list.value.is_empty() {
        let refusal = list.findings.into_iter().find(|finding| finding.severity == Severity::Error);
        return Err(refusal.unwrap_or_else(|| Finding::error("no-works", "the list holds no works")).into());
    }
    let mut results = run::assess(terminal, global, dir, &mut Times::new())?;
    results.findings.extend(list.findings);
    let unit = find_unit(&results, &wanted.unit)?;
    let edition = wanted.edition.as_ref().map(|id| {
        results.editions.iter().find(|known| known.id == *id).ok_or_else(|| {
            let known: Vec<&str> = results.editions.iter().map(|known| known.id.as_str()).collect();
            Error::from(
                Finding::error("unknown-edition", format!("this assessment does not score an edition \"{id}\""))
                    .hint(format!("editions scored: {}", known.join(", "))),
            )
        })
    });
    let edition = edition.transpose()?;
    let window =
        edition.map_or_else(|| results.assessment.publication_window(), |edition| edition.windows.publications);
    let counted = Counted::by(&results, edition, window);
    let audit = audit::audit(&results.tables, &results.assessment, &results.publications, &results.ledger);
    let rows = comparison::comparison(&results, &audit, unit, &counted, &list.value);
    let bytes = if global.json {
        serde_json::to_vec_pretty(&rows).map_err(folder::cannot_encode)?
    } else {
        table::of_comparison(&rows).map_err(folder::cannot_encode)?
    };
    put(terminal, wanted.out.as_deref(), &bytes)?;
    let count = |side: Side| rows.iter().filter(|row| row.side == side).count();
    terminal.findings(&results.findings);
    terminal.say(&format!(
        "{} of {}: {} on both, {} only counted here, {} only on the list",
        wanted.unit,
        window,
        count(Side::Both),
        count(Side::OnlyOurs),
        count(Side::OnlyTheirs)
    ));
    Ok(results.findings)
}
