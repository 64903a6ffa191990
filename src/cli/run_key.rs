//! What the results of a run follow from, as one digest: the program, every file that is read, what was asked.
//!
//! No clock, no name of a machine and no absolute path is in it: a copy of the folder has the same key.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::cli::args::Global;
use crate::cli::run::Wanted;
use crate::load;

/// Folders within folders that are followed at most.
const DEPTH: usize = 12;
/// Bytes of the program that are digested in one piece.
const PIECE: usize = 4 << 20;

/// Lower-case hex SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The key of a run of `dir`; `None` where something cannot be read, so that the run itself says what.
pub fn key(global: &Global, dir: &Path, wanted: &Wanted) -> Option<String> {
    let mut text = format!("program {}\n", program().as_deref()?);
    let Wanted { last, choice, out: _, threads: _, again: _ } = wanted;
    let _ = writeln!(text, "asked {:?} {:?} {choice:?}", global.lang, global.format);
    let inputs = load::inputs(dir).ok()?;
    for name in &inputs.named {
        let _ = writeln!(text, "named {name}");
    }
    let mut read = inputs.read;
    for folder in ["editions", "strategies"] {
        read.extend(below(&dir.join(folder), folder, DEPTH).ok()?);
    }
    text += &digests("input", dir, &read).ok()?;
    if let Some(indicators) = &global.indicators {
        text += &digests("indicators", indicators, &below(indicators, "", DEPTH).ok()?).ok()?;
    }
    if let Some(last) = last {
        text += &of_last(last).ok()?;
    }
    Some(digest(text.as_bytes()))
}

/// The digest of the running program.
fn program() -> Option<String> {
    static PROGRAM: OnceLock<Option<String>> = OnceLock::new();
    let read = || {
        let bytes = std::fs::read(std::env::current_exe().ok()?).ok()?;
        let pieces: Vec<String> = bytes.par_chunks(PIECE).map(digest).collect();
        Some(digest(pieces.concat().as_bytes()))
    };
    PROGRAM.get_or_init(read).clone()
}

/// Files below a folder, hidden ones apart, as paths that begin with `name`, ascending; none where there is no folder.
fn below(folder: &Path, name: &str, depth: usize) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    if !folder.is_dir() || depth == 0 {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let part = entry.file_name().to_string_lossy().into_owned();
        if part.starts_with('.') {
            continue;
        }
        let path = if name.is_empty() { part } else { format!("{name}/{part}") };
        if entry.path().is_dir() { files.extend(below(&entry.path(), &path, depth - 1)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

/// One line per file: what it is, its path and its digest.
fn digests(what: &str, root: &Path, files: &[String]) -> io::Result<String> {
    let line = |file: &String| Ok(format!("{what} {file} {}\n", digest(&std::fs::read(root.join(file))?)));
    let lines: io::Result<Vec<String>> = files.par_iter().map(line).collect();
    Ok(lines?.concat())
}

/// The tables of an earlier run, or the sheet of its values.
fn of_last(last: &PathBuf) -> io::Result<String> {
    if !last.is_dir() {
        return Ok(format!("last {}\n", digest(&std::fs::read(last)?)));
    }
    let mut files = below(last, "", DEPTH)?;
    files.retain(|file| [".csv", ".json", ".toml"].iter().any(|ending| file.ends_with(ending)));
    digests("last", last, &files)
}
