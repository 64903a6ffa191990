//! A TOML file of the catalogue: its text, its digest and the places in it.

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Finding, Place};

/// Largest file read, bytes; the largest one shipped has some 30 KB.
const LARGEST: u64 = 1 << 20;
/// Most files read from one folder.
const MOST: usize = 2000;
/// Deepest folder below the one named.
const DEEPEST: usize = 8;

/// One file.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path within its folder, `/` between parts: `the/wur/2026.toml`.
    pub path: String,
    /// The path as findings show it: `indicators/the/wur/2026.toml`.
    pub shown: String,
    /// The text, without byte order mark.
    pub text: String,
    /// Lower-case hex SHA-256 of the file.
    pub digest: String,
}

impl Source {
    /// A file from its text.
    pub fn new(folder: &str, path: &str, text: &str) -> Self {
        let digest = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let shown = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        Source { path: path.to_owned(), shown, text, digest }
    }

    /// Line and column of a byte offset, with the line itself. An offset beyond the end means the end.
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[start..].lines().next().unwrap_or("");
        Place::Text {
            file: self.shown.clone(),
            line: count(before.matches('\n').count()),
            column: count(before[start..].chars().count()),
            excerpt: Some(line.chars().take(200).collect()),
        }
    }

    /// An error finding at the start of a span.
    pub fn error(&self, span: &Range<usize>, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::error(code, message).at(self.place(span.start))
    }

    /// Offset of byte `inside` of a string value: the value's own start, moved on where the string is written without
    /// escapes, so that text and value agree byte by byte.
    pub fn inside_string(&self, span: &Range<usize>, value: &str, inside: usize) -> usize {
        let written = self.text.get(span.clone()).unwrap_or("");
        let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
        match written.get(quotes..written.len().saturating_sub(quotes)) {
            Some(body) if body == value => span.start + quotes + inside,
            _ => span.start,
        }
    }
}

/// From 0-based count to 1-based position.
fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX - 1) + 1
}

/// All `*.toml` files below `folder`, ascending by path. `shown_as` is the folder's name in findings. Links to folders
/// are not followed. Where the folder is absent: a finding if it is `required`, else nothing.
pub fn read_folder(folder: &Path, shown_as: &str, required: bool, findings: &mut Vec<Finding>) -> Vec<Source> {
    if !folder.is_dir() {
        if required {
            findings.push(
                Finding::error("no-indicators", "the folder of indicators does not exist")
                    .at(Place::file(shown_as))
                    .hint("name a folder with measures.toml and one file per edition"),
            );
        }
        return Vec::new();
    }
    let mut paths = Vec::new();
    list(folder, "", 0, &mut paths, shown_as, findings);
    paths.sort();
    if paths.len() > MOST {
        let message = format!("more than {MOST} files; the rest is left out");
        findings.push(Finding::error("too-many-files", message).at(Place::file(shown_as)));
        paths.truncate(MOST);
    }
    paths.iter().filter_map(|path| read_file(folder, path, shown_as, findings)).collect()
}

fn list(
    folder: &Path,
    below: &str,
    depth: usize,
    paths: &mut Vec<String>,
    shown_as: &str,
    findings: &mut Vec<Finding>,
) {
    let shown = || Place::file(format!("{shown_as}/{below}"));
    if depth > DEEPEST {
        let message = format!("nested deeper than {DEEPEST} folders; not read");
        findings.push(Finding::error("too-deep", message).at(shown()));
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            findings.push(Finding::error("unreadable", format!("cannot list the folder: {error}")).at(shown()));
            return;
        }
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            findings.push(Finding::warning("unreadable-name", "a file name is not Unicode; not read").at(shown()));
            continue;
        };
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&entry.path(), &path, depth + 1, paths, shown_as, findings),
            Ok(_) if path.ends_with(".toml") => paths.push(path),
            _ => {}
        }
    }
}

fn read_file(folder: &Path, path: &str, shown_as: &str, findings: &mut Vec<Finding>) -> Option<Source> {
    file(&folder.join(path), &format!("{shown_as}/{path}"), findings)
}

/// One file; `shown` is its path in findings.
pub fn file(full: &Path, shown: &str, findings: &mut Vec<Finding>) -> Option<Source> {
    let refuse = |code, message: String| Some(Finding::error(code, message).at(Place::file(shown)));
    let mut bytes = Vec::new();
    let mut read = || {
        // To open a named pipe would block.
        if !fs::metadata(full)?.is_file() {
            return Err(std::io::Error::other("not a regular file"));
        }
        fs::File::open(full)?.take(LARGEST + 1).read_to_end(&mut bytes)
    };
    let fault = match read() {
        Err(error) => refuse("unreadable", format!("cannot read the file: {error}")),
        Ok(length) if length as u64 > LARGEST => {
            refuse("too-large", format!("the file is larger than {LARGEST} bytes; not read"))
        }
        Ok(_) => None,
    };
    if let Some(fault) = fault {
        findings.push(fault);
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let (folder, path) = shown.split_once('/').unwrap_or(("", shown));
            Some(Source::new(folder, path, &text))
        }
        Err(_) => {
            let message = "the file is not UTF-8 text".to_owned();
            findings.extend(refuse("not-utf8", message).map(|finding| finding.hint("save it as UTF-8")));
            None
        }
    }
}
