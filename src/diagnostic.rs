//! A finding: how bad, which kind, where, what, and what to try.
//!
//! Loaders and the catalogue never stop at the first fault: they return the usable value together with all
//! findings ([`Checked`]). Only what makes going on impossible is an [`Error`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters. Ordered: `Info < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was left out.
    Info,
    /// Something was guessed, repaired or left out that may move a number.
    Warning,
    /// Something is wrong in the input; the run finishes without it and exits with 1.
    Error,
}

impl Severity {
    /// The word used in `findings.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A spreadsheet column: 0-based index and its header text, shown as `D "FTE"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Column {
    /// 0-based position in the sheet (column A is 0).
    pub index: u32,
    /// Header text as the sheet shows it; may be empty.
    pub header: String,
}

impl Column {
    /// The letters a spreadsheet shows for this column: 0 → `A`, 25 → `Z`, 26 → `AA`.
    pub fn letters(&self) -> String {
        let mut letters = Vec::new();
        let mut rest = u64::from(self.index) + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(b'A' + (rest % 26) as u8);
            rest /= 26;
        }
        letters.reverse();
        letters.into_iter().map(char::from).collect()
    }
}

/// Where a finding is. Files are paths relative to the assessment folder, with `/` between parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Place {
    /// The run as a whole.
    Run,
    /// A file or folder as a whole.
    File {
        /// The file.
        file: String,
    },
    /// A cell, row or sheet of a table. `row` is 1-based as the spreadsheet shows it; 0 means the whole sheet.
    Cell {
        /// The file.
        file: String,
        /// The sheet's name; `None` for CSV and Parquet.
        sheet: Option<String>,
        /// The row as shown by a spreadsheet program, from 1.
        row: u32,
        /// The column, where one is meant.
        column: Option<Column>,
    },
    /// A position in a text file such as TOML; line and column from 1.
    Text {
        /// The file.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// The line itself, for the excerpt.
        excerpt: Option<String>,
    },
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Place::File { file: file.into() }
    }

    /// The file this place lies in, if any.
    pub fn file_name(&self) -> Option<&str> {
        match self {
            Place::Run => None,
            Place::File { file } | Place::Cell { file, .. } | Place::Text { file, .. } => Some(file),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Run => write!(f, "this run"),
            Place::File { file } => write!(f, "{file}"),
            Place::Cell { file, sheet, row, column } => {
                write!(f, "{file}")?;
                if let Some(sheet) = sheet {
                    write!(f, " › {sheet}")?;
                }
                match (row, column) {
                    (0, None) => Ok(()),
                    (0, Some(column)) => write!(f, " › column {} \"{}\"", column.letters(), column.header),
                    (row, None) => write!(f, " › row {row}"),
                    (row, Some(column)) => write!(f, " › {}{row} \"{}\"", column.letters(), column.header),
                }
            }
            Place::Text { file, line, column, .. } => write!(f, "{file}:{line}:{column}"),
        }
    }
}

/// One thing worth telling a person about the input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Stable kebab-case code, e.g. `unknown-unit`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// What: a fragment without capital or full stop.
    pub message: String,
    /// What the reader might do about it.
    pub hints: Vec<String>,
}

impl Finding {
    /// A new finding; add its place with [`Finding::at`] and remedies with [`Finding::hint`].
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Finding { severity, code, place: Place::Run, message: message.into(), hints: Vec::new() }
    }

    /// A finding of error severity.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A finding of warning severity.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A finding of info severity.
    pub fn info(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Adds a remedy.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// A value together with everything found while making it.
#[derive(Debug, Clone, Default)]
pub struct Checked<T> {
    /// What could be used.
    pub value: T,
    /// What was found on the way, in input order.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// A value with nothing to report.
    pub fn clean(value: T) -> Self {
        Checked { value, findings: Vec::new() }
    }

    /// Hands the findings to `sink` and returns the value.
    pub fn into_value(self, sink: &mut Vec<Finding>) -> T {
        sink.extend(self.findings);
        self.value
    }
}

/// What makes going on impossible: the program prints it and exits with 2.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", .0.message)]
pub struct Error(pub Box<Finding>);

impl From<Finding> for Error {
    fn from(finding: Finding) -> Self {
        Error(Box::new(finding))
    }
}

/// Result of a step that may be impossible.
pub type Result<T> = std::result::Result<T, Error>;
