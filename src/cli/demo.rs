//! `demo`: the sample assessment, written and run.

use std::fs;
use std::path::Path;

use crate::cli::Outcome;
use crate::cli::args::Global;
use crate::cli::folder;
use crate::cli::run;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Finding, Place};
use crate::sample;

/// Sizes that were asked for; the rest is the default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Units.
    pub units: Option<usize>,
    /// Staff.
    pub staff: Option<usize>,
    /// Publications.
    pub publications: Option<usize>,
    /// Seed.
    pub seed: Option<u64>,
}

/// A file that tells people what the folder is, and us that it may be written over.
const MARK: &str = "README.txt";

/// What it says.
const SAYS: &str = "This folder is written by `sanjeh demo`. The university in it is invented; so is every number.\n";

/// Writes the sample into `dir` and runs it.
///
/// # Errors
/// `not-a-sample-folder` where `dir` holds something else, `cannot-write`, and those of a run.
pub fn demo(terminal: &Terminal, global: &Global, dir: &Path, wanted: Wanted, threads: Option<usize>) -> Outcome {
    run::use_threads(threads)?;
    let occupied = dir.exists()
        && !dir.join(MARK).is_file()
        && fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(Finding::error("not-a-sample-folder", "the folder exists and is not a sample of ours")
            .at(Place::file(dir.display().to_string()))
            .hint("name another folder: sanjeh demo DIR")
            .into());
    }
    let mut size = wanted.publications.map_or_else(sample::Size::default, sample::Size::scaled);
    size.units = wanted.units.unwrap_or(size.units);
    size.staff = wanted.staff.unwrap_or(size.staff);
    size.seed = wanted.seed.unwrap_or(size.seed);
    let stage = terminal.stage("inventing a university");
    let sample = sample::generate(&size);
    folder::put(dir, MARK, SAYS.as_bytes())?;
    for file in &sample.files {
        stage.message(&file.path);
        folder::put(dir, &file.path, &file.bytes)?;
    }
    stage.finish();
    terminal.say(&format!(
        "Sample written: {} ({} files). The university is invented.",
        dir.display(),
        sample.files.len()
    ));
    run::run(terminal, global, dir, &run::Wanted::default())
}
