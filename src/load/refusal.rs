//! Refusals: why a file, or a part of it, gives no grid.

use std::fmt::Display;

use crate::diagnostic::{Checked, Finding, Place};
use crate::load::grid::Grid;

/// A finding of error severity that stands in place of grids.
pub type Refusal = Box<Finding>;

/// No grid of `file`, but what was found before and the refusal; its place is the file unless it names a nearer one.
pub fn refuse(file: &str, mut findings: Vec<Finding>, refusal: Finding) -> Checked<Vec<Grid>> {
    let place = if refusal.place == Place::Run { Place::file(file) } else { refusal.place.clone() };
    findings.push(refusal.at(place));
    Checked { value: Vec::new(), findings }
}

/// The refusal `too-large`.
pub fn too_large(message: impl Into<String>) -> Finding {
    Finding::error("too-large", message).hint("split the file, or keep only the rows and columns that are needed")
}

/// The refusal `password-protected`.
pub fn password() -> Finding {
    Finding::error("password-protected", "the workbook is protected by a password")
        .hint("open it, remove the password (File > Info > Protect Workbook), and save it again")
}

/// The refusal `truncated-file`.
pub fn truncated(message: impl Into<String>) -> Finding {
    Finding::error("truncated-file", message).hint("fetch the file anew: a download or copy was cut off")
}

/// The refusal `unreadable-file` with a parser's or the system's own words, shortened and printable: they may quote the
/// file.
pub fn unreadable(reason: impl Display) -> Finding {
    let reason: String = reason.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
    Finding::error("unreadable-file", format!("the file cannot be read: {reason}"))
        .hint("open it in a spreadsheet program and save it again as xlsx")
}
