//! Which files of an assessment folder are read, and their digests.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Error, Finding, Place, Result};

/// File name endings that may hold tables.
const ENDINGS: &[&str] = &[
    "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet", "bib", "ris", "nbib", "json", "jsonl",
    "ndjson",
];
/// Folders that hold no tables, or the run's own output, also as a run that was stopped has left it.
const SKIPPED_FOLDERS: &[&str] = &["out", "out.partial", "out.previous", "editions", "strategies", "layouts"];
/// The assessment itself.
pub const ASSESSMENT: &str = "assessment.toml";
/// Rules of accreditation.
const RULES: [&str; 2] = ["accreditation/decisions.toml", "accreditation/rules.toml"];
/// Corrections of single fields.
const CORRECTIONS: &str = "overrides/corrections.toml";
/// Folders within folders that are followed at most.
const DEPTH: usize = 12;

/// The files of a folder, as paths relative to it with `/`, ascending.
#[derive(Debug, Default)]
pub struct Listing {
    /// Files that may hold tables.
    pub tables: Vec<String>,
    /// The office's own layouts.
    pub layouts: Vec<String>,
    /// Sheets of decisions, below `overrides/`.
    pub overrides: Vec<String>,
    /// `overrides/corrections.toml`, where there is one.
    pub corrections: Option<String>,
    /// Rules of accreditation, which the catalogue reads.
    pub rules: Vec<String>,
    /// Files of other kinds.
    pub others: Vec<String>,
}

/// Lists an assessment folder. Hidden files, lock files of spreadsheet programs, read-me files and links are passed over.
///
/// # Errors
/// `unreadable-folder` where `dir` cannot be listed.
pub fn list(dir: &Path) -> Result<Listing> {
    let mut listing = Listing::default();
    visit(dir, "", 0, &mut listing).map_err(|error| {
        let finding = Finding::error("unreadable-folder", format!("the folder cannot be read: {error}"));
        Error::from(
            finding.at(Place::file(dir.to_string_lossy())).hint("`sanjeh new DIR` makes an empty assessment folder"),
        )
    })?;
    listing.tables.sort();
    listing.layouts.sort();
    listing.rules.sort();
    listing.overrides.sort();
    listing.others.sort();
    Ok(listing)
}

fn visit(root: &Path, below: &str, depth: usize, listing: &mut Listing) -> std::io::Result<()> {
    for item in std::fs::read_dir(root.join(below))? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        let kind = item.file_type()?;
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if kind.is_dir() {
            let skipped = below.is_empty() && SKIPPED_FOLDERS.contains(&name.as_str());
            if path == "layouts" || !skipped && depth < DEPTH {
                visit(root, &path, depth + 1, listing)?;
            }
        } else if kind.is_file() {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
            if below == "layouts" {
                if ending == "toml" {
                    listing.layouts.push(path);
                }
            } else if path == ASSESSMENT || name.to_lowercase().starts_with("readme") {
                continue;
            } else if RULES.contains(&path.as_str()) {
                listing.rules.push(path);
            } else if path == CORRECTIONS {
                listing.corrections = Some(path);
            } else if path.starts_with("overrides/") && ENDINGS.contains(&ending.as_str()) {
                listing.overrides.push(path);
            } else if ENDINGS.contains(&ending.as_str()) {
                listing.tables.push(path);
            } else {
                listing.others.push(path);
            }
        }
    }
    Ok(())
}

/// Files that may hold tables directly in a folder of the assessment, ascending, as paths relative to `dir`.
pub fn tables_of(dir: &Path, folder: &str) -> Vec<String> {
    let Ok(items) = std::fs::read_dir(dir.join(folder)) else { return Vec::new() };
    let mut files: Vec<String> = items
        .flatten()
        .filter(|item| item.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|item| item.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !name.starts_with("~$") && !name.to_lowercase().starts_with("readme"))
        .filter(|name| {
            name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
        })
        .map(|name| format!("{folder}/{name}"))
        .collect();
    files.sort();
    files
}

/// Lower-case hex SHA-256.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 and size of a file, read in pieces.
pub fn digest_file(path: &Path) -> std::io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let bytes = std::io::copy(&mut std::fs::File::open(path)?, &mut hasher)?;
    Ok((hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect(), bytes))
}

/// The finding about a file of a kind that is not read.
pub fn other_file(file: &str) -> Finding {
    Finding::info("file-not-read", "files of this kind hold no tables and are not read").at(Place::file(file))
}

/// The error about a folder without any table.
pub fn empty_folder() -> Error {
    Finding::error("empty-folder", "the folder holds no spreadsheet")
        .hint("`sanjeh new DIR` makes an assessment folder with templates, `sanjeh demo DIR` a filled one")
        .into()
}
