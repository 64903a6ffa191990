//! The parts of a set of works: files, and files of folders, in the order of their names.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::file::{Format, format_of};

/// How a part is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text with a sign between the columns.
    Delimited,
    /// Parquet.
    Parquet,
}

/// One file.
#[derive(Debug, Clone)]
pub struct Part {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called in findings: as given, or below the folder that was given.
    pub name: String,
    /// What its bytes say it is.
    pub kind: Kind,
}

/// All parts, in the order given and within folders by name. Hidden files and those that begin with `_` (`_SUCCESS`) are
/// passed over; other files that hold no table are named.
pub fn list(paths: &[PathBuf]) -> Checked<Vec<Part>> {
    let (mut parts, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        add(path, &path.display().to_string().replace('\\', "/"), &mut parts, &mut findings);
    }
    Checked { value: parts, findings }
}

fn add(path: &Path, name: &str, parts: &mut Vec<Part>, findings: &mut Vec<Finding>) {
    let unreadable = |what: String| Finding::error("unreadable-file", what).at(Place::file(name));
    if path.is_dir() {
        let entries = match std::fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return findings.push(unreadable(format!("the folder cannot be read: {}", error.kind()))),
        };
        let mut inside: Vec<(String, PathBuf)> = (entries.flatten())
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
            .filter(|(name, _)| !name.starts_with(['.', '_']))
            .collect();
        inside.sort();
        for (own, path) in inside {
            add(&path, &format!("{}/{own}", name.trim_end_matches('/')), parts, findings);
        }
        return;
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(8).read_to_end(&mut start));
    if let Err(error) = read {
        return findings.push(unreadable(format!("the file cannot be read: {}", error.kind())));
    }
    let kind = match format_of(&start) {
        _ if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") => {
            return findings.push(unreadable("the file is UTF-16".to_owned()).hint("save it as UTF-8"));
        }
        Format::Parquet => Kind::Parquet,
        Format::Text => Kind::Delimited,
        Format::Zip | Format::Ole => {
            let hint = "save its sheet as CSV";
            return findings
                .push(unreadable("this is a workbook or archive; works are CSV or Parquet".to_owned()).hint(hint));
        }
        Format::Foreign(what) => {
            return findings.push(unreadable(format!("this is {what}; works are CSV or Parquet")).hint("unpack it"));
        }
    };
    parts.push(Part { path: path.to_path_buf(), name: name.to_owned(), kind });
}
