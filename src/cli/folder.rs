//! Writing a run's files: whole or not at all, and never over something that is not ours.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Error, Finding, Place};
use crate::model::output::Output;

/// Writes `outputs` as the folder `out`. An earlier run's folder is replaced; a folder that holds anything but a run
/// is refused. Files are written beside it first, so that a run that is stopped leaves the old results whole.
///
/// # Errors
/// `not-a-results-folder`, `cannot-write`.
pub fn write(out: &Path, outputs: &[Output]) -> Result<(), Error> {
    if out.exists() && !is_results_folder(out) {
        return Err(Finding::error(
            "not-a-results-folder",
            "the output folder exists and holds something other than results of a run",
        )
        .at(Place::file(out.display().to_string()))
        .hint("name another folder with --out, or empty this one")
        .into());
    }
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    let partial = out.with_file_name(name);
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(|error| cannot_write(&partial, &error))?;
    }
    for output in outputs {
        put(&partial, &output.path, &output.bytes)?;
    }
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| cannot_write(out, &error))?;
    }
    fs::rename(&partial, out).map_err(|error| cannot_write(out, &error))
}

/// Writes one file below `dir`, making the folders it needs.
///
/// # Errors
/// `cannot-write`.
pub fn put(dir: &Path, path: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = dir.join(path);
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, bytes));
    made.map_err(|error| cannot_write(&path, &error))
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Finding::error("cannot-write", format!("could not be written: {error}"))
        .at(Place::file(path.display().to_string()))
        .hint("check the rights and the free space of the folder, and that no program holds a file in it open")
        .into()
}

/// Folder below the output folder that `check` writes into.
pub const CHECK: &str = "check";

/// Folder below it that `sensitivity` writes into.
pub const SENSITIVITY: &str = "sensitivity";

/// With a manifest of ours, or with nothing but what other commands wrote.
fn is_results_folder(out: &Path) -> bool {
    let ours = |entry: fs::DirEntry| [CHECK, SENSITIVITY].iter().any(|name| entry.file_name() == *name);
    let only_ours = |entries: fs::ReadDir| entries.flatten().all(ours);
    out.join("manifest.json").is_file() || fs::read_dir(out).is_ok_and(only_ours)
}
