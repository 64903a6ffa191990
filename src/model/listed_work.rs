//! A unit's own list of its works, to be held against the count.

use crate::diagnostic::Place;

/// One row of such a list. At least one of DOI, EID and title is there.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedWork {
    /// The row.
    pub place: Place,
    /// Title as printed; may be empty.
    pub title: String,
    /// DOI, lower case without resolver.
    pub doi: Option<String>,
    /// Scopus EID.
    pub eid: Option<String>,
    /// Gregorian year.
    pub year: Option<i32>,
}
