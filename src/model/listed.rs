//! Lists that bear on people and works of the university: highly cited researchers, awards, patents.

use crate::diagnostic::Place;
use crate::model::unit::UnitIndex;

/// One entry of a list of highly cited researchers. A researcher listed in two fields has two entries, and rankings count
/// both.
#[derive(Debug, Clone)]
pub struct HighlyCited {
    /// Name as printed: `Jeff G Arnold`.
    pub name: String,
    /// Field in which the researcher is listed, as printed.
    pub field: String,
    /// Primary affiliation as printed: `Univ Calif Berkeley, USA`.
    pub primary: String,
    /// Secondary affiliations as printed.
    pub secondary: Vec<String>,
    /// ORCID iD as `0000-0000-0000-000X`, where given.
    pub orcid: Option<String>,
    /// Year of the list; `None` where neither a column nor the sheet's title says.
    pub year: Option<i32>,
    /// The row.
    pub place: Place,
}

/// What a laureate was to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaureateKind {
    /// A member of staff when the prize was given.
    Staff,
    /// Holds a degree of the university.
    Alumnus,
}

/// One prize of one person.
#[derive(Debug, Clone)]
pub struct Award {
    /// Name of the person as printed.
    pub person: String,
    /// Name of the prize as printed.
    pub prize: String,
    /// Year in which it was given.
    pub year: i32,
    /// Part of the prize that counts, 0–1: the person's part, divided by the institutions that they then worked for.
    pub share: f64,
    /// Staff at the time, or alumnus.
    pub kind: LaureateKind,
    /// Year of the degree; every alumnus has one.
    pub degree_year: Option<i32>,
    /// The unit that it is counted for.
    pub unit: UnitIndex,
    /// The row.
    pub place: Place,
}

/// One patent that cites works. Patents of one family are counted once.
#[derive(Debug, Clone)]
pub struct Patent {
    /// Id of the family, else the publication number: what is counted once.
    pub family: String,
    /// Publication number as printed.
    pub number: String,
    /// Year in which the patent was published.
    pub year: i32,
    /// Patent office as printed.
    pub office: String,
    /// DOIs of the works it cites, lower case without resolver, each once.
    pub cited: Vec<String>,
    /// The row.
    pub place: Place,
}
