//! The four columns of works, and what is wrong with a row.

use crate::diagnostic::{Column, Finding, Place};
use crate::load::findings::Findings;
use crate::model::text::fold;

/// More citations than any work has; a larger number is another thing in the wrong column.
pub const MOST_CITATIONS: u64 = 10_000_000;

/// More document types than any source tells apart; more are another column.
pub const MOST_TYPES: usize = 1000;

/// Longest row of a text in bytes; a longer one is a quotation mark that is never closed.
pub const LONGEST_ROW: usize = 16 << 20;

/// A column of works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// Year of publication.
    Year,
    /// Document type.
    Type,
    /// Codes of fields, separated by `;` or `|`.
    Fields,
    /// Citations.
    Citations,
}

impl Name {
    /// All, in the order in which rows hand them over.
    pub const ALL: [Name; 4] = [Name::Year, Name::Type, Name::Fields, Name::Citations];

    /// Headers that mean it, compared without case, spaces and signs; the first is shown.
    pub fn headers(self) -> &'static [&'static str] {
        match self {
            Name::Year => &["year", "publication_year", "pub year", "سال"],
            Name::Type => &["type", "document type", "doctype", "نوع مدرک"],
            Name::Fields => &["fields", "field", "asjc", "asjc codes", "subject areas", "رشته"],
            Name::Citations => &["citations", "cited_by_count", "cited by", "times cited", "citation count", "استناد"],
        }
    }
}

/// Where the columns of a file are.
#[derive(Debug, Clone)]
pub struct Columns {
    /// Position of each of [`Name::ALL`].
    pub at: [usize; 4],
    headers: Vec<String>,
    file: String,
}

impl Columns {
    /// Finds the columns by their headers.
    ///
    /// # Errors
    /// `missing-column`, where one of them is not there.
    pub fn find(file: &str, headers: &[String]) -> Result<Columns, Box<Finding>> {
        let keys: Vec<String> = headers.iter().map(|header| fold(header)).collect();
        let mut at = [0; 4];
        for (place, name) in at.iter_mut().zip(Name::ALL) {
            let found = name.headers().iter().find_map(|header| keys.iter().position(|key| *key == fold(header)));
            let Some(found) = found else {
                let message = format!("no column for `{}`; the file is not used", name.headers()[0]);
                let finding = Finding::error("missing-column", message).at(Place::file(file));
                return Err(Box::new(finding.hint(format!("a header such as {}", name.headers().join(", ")))));
            };
            *place = found;
        }
        Ok(Columns { at, headers: headers.to_vec(), file: file.to_owned() })
    }

    /// Header of a column as the file has it.
    pub fn header(&self, name: Name) -> &str {
        self.headers.get(self.at[name as usize]).map_or("", String::as_str)
    }

    /// Names a row that is left out.
    pub fn refuse(&self, row: u64, fault: &Fault, findings: &mut Findings) {
        let column =
            Column { index: self.at[fault.column as usize] as u32, header: self.header(fault.column).to_owned() };
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let place = Place::Cell { file: self.file.clone(), sheet: None, row, column: Some(column) };
        let finding = Finding::error(fault.code, format!("{}; the row is left out", fault.message)).at(place);
        findings.push(finding);
    }
}

/// Why a row is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column with the fault.
    pub column: Name,
    /// Code of the finding.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// A fault of a printed value, which is shown at most in part.
    pub fn of(column: Name, code: &'static str, printed: &str, what: &str) -> Fault {
        let mut shown: String = printed.chars().take(60).collect();
        if shown.len() < printed.len() {
            shown.push('…');
        }
        Fault { column, code, message: format!("\"{shown}\" {what}") }
    }

    /// Nothing stands in the cell.
    pub fn missing(column: Name) -> Fault {
        Fault { column, code: "missing-value", message: format!("no value for `{}`", column.headers()[0]) }
    }
}

/// A cell as its file holds it.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Nothing.
    Nothing,
    /// Text.
    Text(&'a [u8]),
    /// A whole number.
    Whole(i64),
    /// A number that need not be whole.
    Real(f64),
}

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Nothing => Ok(()),
            Value::Text(text) => f.write_str(&String::from_utf8_lossy(text)),
            Value::Whole(number) => write!(f, "{number}"),
            Value::Real(number) => write!(f, "{number}"),
        }
    }
}
