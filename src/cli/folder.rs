//! Writing a run's files: whole or not at all, and never over something that is not ours.

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostic::{Error, Finding, Place};
use crate::model::output::Output;

/// That a run may write into `out`: asked before the work, so that none is done in vain.
///
/// # Errors
/// `not-a-results-folder`.
pub fn check(out: &Path) -> Result<(), Error> {
    for folder in [out, &beside(out, ".previous")] {
        if folder.exists() && !is_results_folder(folder) {
            return Err(Finding::error(
                "not-a-results-folder",
                "the output folder exists and holds something other than results of a run",
            )
            .at(Place::file(folder.display().to_string()))
            .hint("name another folder with --out, or empty this one")
            .into());
        }
    }
    Ok(())
}

/// Writes `outputs` as the folder `out`. An earlier run's folder is replaced; a folder that holds anything but a run
/// is refused. Files are written beside it first, so that a run that is stopped leaves the old results whole. A file that
/// is as it was is not written again and keeps its time.
///
/// # Errors
/// `not-a-results-folder`, `cannot-write`.
pub fn write(out: &Path, outputs: &[Output]) -> Result<(), Error> {
    check(out)?;
    let (partial, previous) = (beside(out, ".partial"), beside(out, ".previous"));
    if previous.exists() {
        // A run was stopped between the two renames below: these are the last whole results.
        let done = if out.exists() { fs::remove_dir_all(&previous) } else { fs::rename(&previous, out) };
        done.map_err(|error| cannot_write(&previous, &error))?;
    }
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(|error| cannot_write(&partial, &error))?;
    }
    if let Some(error) = outputs.par_iter().find_map_first(|output| place(out, &partial, output).err()) {
        return Err(error);
    }
    if out.exists() {
        fs::rename(out, &previous).map_err(|error| cannot_write(out, &error))?;
    }
    if let Err(error) = fs::rename(&partial, out) {
        // The old results back in their place, as far as they can be.
        fs::rename(&previous, out).ok();
        return Err(cannot_write(out, &error));
    }
    if previous.exists() {
        fs::remove_dir_all(&previous).map_err(|error| cannot_write(&previous, &error))?;
    }
    Ok(())
}

/// One file of the folder to be: linked to the last run's where it is as it was, else written.
fn place(out: &Path, partial: &Path, output: &Output) -> Result<(), Error> {
    let as_it_was = unchanged(out, output);
    let (old, new) = (out.join(&output.path), partial.join(&output.path));
    let made = |path: &Path| path.parent().is_none_or(|folder| fs::create_dir_all(folder).is_ok());
    if as_it_was.is_some() && made(&new) && fs::hard_link(&old, &new).is_ok() {
        return Ok(());
    }
    put(partial, &output.path, &output.bytes)?;
    if let Some(time) = as_it_was.and_then(|known| known.modified().ok()) {
        // Without links the file is written again; where its time cannot be set either, it has a new one.
        fs::File::options().write(true).open(&new).and_then(|file| file.set_modified(time)).ok();
    }
    Ok(())
}

fn beside(out: &Path, ending: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    out.with_file_name(name)
}

/// What is known of a file of the last run that holds just these bytes.
fn unchanged(out: &Path, output: &Output) -> Option<fs::Metadata> {
    let old = out.join(&output.path);
    let known = fs::symlink_metadata(&old).ok()?;
    let same = known.is_file() && known.len() == output.bytes.len() as u64;
    (same && fs::read(&old).is_ok_and(|bytes| bytes == output.bytes)).then_some(known)
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

/// A table, a document or JSON that its library refuses.
pub fn cannot_encode(error: impl Display) -> Error {
    Finding::error("cannot-encode", format!("a result could not be encoded: {error}")).into()
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
