//! Works by the million → a [`Baseline`]: CSV and Parquet parts, read part by part and added up as integers, so that the
//! whole never lies in memory and order, parts and threads change nothing.
//!
//! ```text
//! parts ─► delimited (CSV, parts beside one another) ─┐
//!       └► parquet (row group by row group) ──────────┴► Tally: field × year × type → citations → works, weight ─► Baseline
//! ```
//! Other than the sheets of an assessment, these files are of any size and are read in this process: the office chooses
//! them itself, row by row within the limits of [`columns`].

pub mod columns;
mod delimited;
mod parquet;
mod parts;
mod tally;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::diagnostic::{Checked, Finding, Result};
use crate::load::works::parts::{Kind, Part};
use crate::load::works::tally::Tally;
use crate::model::baseline::Baseline;
use crate::model::field_scheme::FieldScheme;
use crate::model::window::Window;

/// What to make of the works.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Fields of the baseline.
    pub scheme: FieldScheme,
    /// Only works of these years; `None` takes all.
    pub years: Option<Window>,
    /// Citations of the works are those of so many years after publication; `None` is to date.
    pub window: Option<u32>,
}

/// A baseline and what it was counted from.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    /// The cells.
    pub baseline: Baseline,
    /// Files that were read.
    pub files: u64,
    /// Works counted.
    pub works: u64,
    /// Of these without a field of the scheme: counted in the cells of all fields alone.
    pub without_field: u64,
    /// Works of other years than those wanted.
    pub outside: u64,
    /// Works left out, named by findings.
    pub left_out: u64,
}

/// What came of one part.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    findings: Vec<Finding>,
    used: bool,
    left_out: u64,
}

/// Counts all works of `paths`: files, or folders with files. `progress` is told each part as its reading begins, and how
/// many works have been counted so far.
///
/// # Errors
/// `no-works` where no file holds works.
pub fn count(paths: &[PathBuf], wanted: &Wanted, progress: &(dyn Fn(&str, u64) + Sync)) -> Result<Checked<Counted>> {
    let listed = parts::list(paths);
    let mut findings = listed.findings;
    let threads = rayon::current_num_threads().max(1);
    let mut tallies: Vec<Tally> = (0..threads).map(|_| Tally::new(wanted)).collect();
    let mut counted = Counted::default();
    for group in groups(&listed.value, threads) {
        let so_far = tallies.iter().map(Tally::works).sum();
        let readings: Vec<Reading> = match group[0].kind {
            Kind::Delimited => (tallies.par_iter_mut().zip(group))
                .map(|(tally, part)| {
                    progress(&part.name, so_far);
                    delimited::read(part, tally)
                })
                .collect(),
            Kind::Parquet => {
                progress(&group[0].name, so_far);
                vec![parquet::read(&group[0], &mut tallies, &|rows| progress(&group[0].name, so_far + rows))]
            }
        };
        for reading in readings {
            counted.files += u64::from(reading.used);
            counted.left_out += reading.left_out;
            findings.extend(reading.findings);
        }
    }
    let mut tallies = tallies.into_iter();
    let mut whole = tallies.next().unwrap_or_else(|| Tally::new(wanted));
    tallies.for_each(|tally| whole.merge(tally));
    if whole.works() == 0 {
        let mut finding = Finding::error("no-works", "no file holds works that can be counted")
            .hint("give CSV or Parquet files, or folders of them, with columns for year, type, fields and citations");
        finding.hints.extend(findings.first().map(|first| format!("{}: {}", first.place, first.message)));
        return Err(finding.into());
    }
    (counted.works, counted.without_field, counted.outside) = (whole.works(), whole.without_field(), whole.outside());
    if counted.without_field > 0 {
        let message = format!(
            "{} works have no field of the scheme {}; they are in the cells of all fields alone",
            counted.without_field,
            wanted.scheme.name()
        );
        findings.push(Finding::info("no-field", message));
    }
    counted.baseline = whole.into_baseline(wanted.window);
    Ok(Checked { value: counted, findings })
}

/// Parts that are read at once: as many texts as there are threads, or one Parquet file.
fn groups(parts: &[Part], threads: usize) -> Vec<&[Part]> {
    let mut groups = Vec::new();
    for run in parts.chunk_by(|a, b| a.kind == b.kind) {
        let most = if run[0].kind == Kind::Delimited { threads } else { 1 };
        groups.extend(run.chunks(most));
    }
    groups
}
