//! Relations of hospitals, schools and institutes to universities: whose are their papers?

use serde::{Deserialize, Serialize};

/// How a body belongs to a university (CWTS Leiden Ranking, information on universities).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// A part of it: its papers are the university's, whether they name the university or not.
    Component,
    /// Run with others: a fixed share of its papers is the university's.
    Joint,
    /// A teaching hospital and the like: its papers are the university's only where they carry the university too.
    Associated,
}

/// One row of the relations sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// The body: a unit's id, or the name of a body that is no unit of ours.
    pub institution: String,
    /// The university: our own unit's id, or the name of another.
    pub university: String,
    /// How they belong together.
    pub kind: RelationKind,
    /// Share of a joint body, 0–1; 1 for a component; ignored for associated ones.
    pub weight: f64,
}
