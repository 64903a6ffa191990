//! A run that was written: what its output folder holds of measures, units and composites.

use crate::model::measure::Measures;
use crate::model::tables::Peer;
use crate::model::unit::Units;

/// Name of the total among the groups of `composites.csv`.
pub const OVERALL: &str = "overall";

/// Folder of a run's outputs that holds the catalogue's own files that were used.
pub const INDICATORS: &str = "inputs/indicators";
/// Folder of the assessment's own files of the catalogue that were used.
pub const EDITIONS: &str = "inputs/editions";
/// The supplied peers.
pub const PEERS: &str = "inputs/peers.csv";
/// Measures as they would be without the office's overrides; only where an override took effect.
pub const WITHOUT_OVERRIDES: &str = "inputs/measures_without_overrides.csv";

/// One row of `composites.csv`.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredComposite {
    /// Id of the edition.
    pub edition: String,
    /// Id of the unit.
    pub unit: String,
    /// Its type.
    pub unit_type: String,
    /// Code of the group, or [`OVERALL`].
    pub group: String,
    /// 0–100.
    pub score: Option<f64>,
    /// Rank among units of the type.
    pub rank: Option<u32>,
}

/// What scoring a run again needs besides its editions and benchmarks.
#[derive(Debug, Clone)]
pub struct StoredRun {
    /// The folder as named.
    pub folder: String,
    /// Ids of the editions, in the order of the run.
    pub editions: Vec<String>,
    /// Fewest units or peers that make a comparison.
    pub minimum_units: usize,
    /// Units in their order, without parents.
    pub units: Units,
    /// Measures.
    pub measures: Measures,
    /// Measures without the office's overrides; `None` where no override took effect.
    pub without_overrides: Option<Measures>,
    /// Supplied peers.
    pub peers: Vec<Peer>,
    /// Composites as written.
    pub composites: Vec<StoredComposite>,
}
