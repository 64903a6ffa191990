//! Normalised citations of a publication: what it is cited against what its field, year and type expect.

use crate::model::publication::Publications;
use crate::model::tables::Tables;

/// Where a normalised figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An export carries it; index into [`Publications::systems`].
    Carried(u16),
    /// Worked out against a baseline of the assessment.
    Supplied {
        /// Index into [`Tables::baselines`].
        baseline: u16,
        /// The baseline counts citations to date, as the publications do.
        to_date: bool,
    },
    /// Worked out against the assessment's own publications.
    Local,
}

impl Origin {
    /// Whether the figure only stands for the one that is meant: a local baseline is not the world's, and citations to
    /// date are not those of a window.
    pub fn is_proxy(self) -> bool {
        matches!(self, Origin::Local | Origin::Supplied { to_date: false, .. })
    }

    /// The name in `publications.csv`: `scival`, `supplied: reference/baseline.csv`, `local`.
    pub fn label(self, publications: &Publications, tables: &Tables) -> String {
        match self {
            Origin::Carried(system) => {
                publications.systems.get(usize::from(system)).map_or_else(|| "carried".to_owned(), String::clone)
            }
            Origin::Supplied { baseline, .. } => {
                let file = tables.baselines.get(usize::from(baseline)).map_or("", |baseline| &baseline.source);
                format!("supplied: {file}")
            }
            Origin::Local => "local".to_owned(),
        }
    }
}

/// The normalised figures of one publication; `None` where nothing gives them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Normalised {
    /// Field-weighted citation impact: citations over expected citations.
    pub impact: Option<f64>,
    /// Where the impact is from.
    pub impact_origin: Option<Origin>,
    /// Percentile in its field, in percent; 1 is the top 1 %.
    pub percentile: Option<f64>,
    /// Membership, 0–1, in each of the shares of [`crate::model::baseline::TOP_PERCENTS`].
    pub top: [Option<f64>; 4],
    /// Where percentile and memberships are from.
    pub percentile_origin: Option<Origin>,
}
