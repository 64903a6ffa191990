//! `benchmark`: constants of an edition's indicators from a published or peer table.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::explain::put;
use crate::cli::supplied::{self, Published, Supplied};
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Finding, Place};
use crate::model::benchmark::Benchmark;
use crate::model::edition::Reference;
use crate::score::constants::{bands, constants};
use crate::write;

/// Id of the reference to the table.
const TABLE: &str = "table";

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Table, edition and columns.
    pub supplied: Supplied,
    /// Column of the published composite, of which the scores at ranks are kept.
    pub published: Option<String>,
    /// Column of the published rank, which places ranges of composites.
    pub published_rank: Option<String>,
    /// Type of the units that may be placed on the scale.
    pub unit_type: String,
    /// Where to write the benchmark.
    pub out: PathBuf,
}

/// Works the constants out and writes them.
///
/// # Errors
/// Those of [`supplied::read`]; `no-spread` where no column has two different values; `cannot-write`.
pub fn benchmark(terminal: &Terminal, global: &Global, wanted: &Wanted) -> Outcome {
    let published = Published { score: wanted.published.clone(), rank: wanted.published_rank.clone() };
    // A table of composites often has the scores of groups only.
    let groups = published.score.is_some();
    let read = supplied::read(global, &wanted.supplied, published, groups, None)?;
    let (edition, table, mut findings) = (read.edition, read.table, read.findings);
    let mut benchmark = Benchmark { edition: edition.id.clone(), ..Benchmark::default() };
    for (at, code) in table.codes.iter().enumerate() {
        let Some(indicator) = edition.indicators.iter().find(|indicator| indicator.code == *code) else { continue };
        let values: Vec<f64> = table.rows.iter().filter_map(|row| row.values[at]).collect();
        match constants(indicator, &values, &wanted.unit_type, TABLE) {
            Some(entry) => benchmark.entries.push(entry),
            None => {
                let message = format!("\"{code}\" has no two different values; it is left out");
                findings.push(Finding::warning("no-spread", message).at(Place::file(&table.file)));
            }
        }
    }
    let (bands, left_out) = bands(&table.rows, edition.ranks.as_ref(), TABLE);
    benchmark.bands = bands;
    for rank in left_out {
        let message = format!("the composite at rank {rank} is greater than that of a better rank; it is left out");
        findings.push(Finding::warning("bad-rank", message).at(Place::file(&table.file)));
    }
    if benchmark.entries.is_empty() && benchmark.bands.is_empty() {
        let finding = Finding::error("no-spread", "no mapped column has two different values");
        return Err(finding.at(Place::file(&table.file)).hint("map columns of numbers: --map CODE=COLUMN").into());
    }
    let sheet = table.sheet.as_ref().map(|sheet| format!(", sheet {sheet}")).unwrap_or_default();
    let title = format!("{}{sheet}, {} rows; SHA-256 {}", table.file, table.rows.len(), read.digest);
    benchmark.references.push(Reference { id: TABLE.to_owned(), title, href: String::new() });
    let comment = [
        format!("Constants for {}, from {}.", edition.name.get("en"), table.file),
        "Written by `sanjeh benchmark`; the standard deviation is over n - 1.".to_owned(),
    ];
    put(terminal, Some(&wanted.out), write::benchmark::benchmark(&benchmark, &comment).as_bytes())?;
    let expected = format!("benchmarks/{}.toml", edition.id);
    if !wanted.out.to_string_lossy().replace('\\', "/").ends_with(&expected) {
        let finding = Finding::info("id-path", format!("a catalogue reads it as editions/{expected}"));
        findings.push(finding.at(Place::file(wanted.out.file_name().unwrap_or_default().to_string_lossy())));
    }
    let lost: Vec<&str> = read
        .built_in
        .iter()
        .flat_map(|known| &known.entries)
        .map(|entry| entry.indicator.as_str())
        .filter(|code| !table.codes.iter().any(|own| own == code))
        .collect();
    if !lost.is_empty() {
        let message = format!("the catalogue's own benchmark also has {}, which this file does not", lost.join(", "));
        let hint = "in an assessment this file takes its place: copy those entries over to keep them";
        findings.push(Finding::warning("catalogue-replaced", message).hint(hint));
    }
    terminal.findings(&findings);
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
    terminal.print(&if terminal.json {
        let entries: Vec<_> = benchmark
            .entries
            .iter()
            .map(|entry| {
                let (mean, sd) = entry.mean_sd.unzip();
                json!({ "indicator": entry.indicator, "mean": mean, "sd": sd, "min": entry.min, "max": entry.max, "quantiles": entry.quantiles })
            })
            .collect();
        let (edition, rows) = (&benchmark.edition, table.rows.len());
        let bands: Vec<_> = benchmark.bands.iter().map(|band| json!({ "rank": band.rank, "score": band.score })).collect();
        serde_json::to_string_pretty(&json!({ "edition": edition, "rows": rows, "entries": entries, "bands": bands }))
            .unwrap_or_default()
    } else {
        let mut text = format!("{:<34}{:>12}{:>12}{:>12}{:>12}\n", "indicator", "mean", "sd", "min", "max");
        for entry in &benchmark.entries {
            let (mean, sd) = entry.mean_sd.unzip();
            let [mean, sd, min, max] = [mean, sd, entry.min, entry.max].map(number);
            text += &format!("{:<34}{mean:>12}{sd:>12}{min:>12}{max:>12}\n", entry.indicator);
        }
        for band in &benchmark.bands {
            text += &format!("composite at rank {:<16}{:>12}\n", band.rank, band.score);
        }
        text
    });
    Ok(findings)
}
