//! What the draws of a study say of the units of one type.

use crate::whatif::sensitivity::indices::{Banded, Bootstrap, FirstOrder, Outputs, banded};
use crate::whatif::sensitivity::outcome::{Outcome, Spread};
use crate::whatif::sensitivity::study::Study;

/// Totals, ranks, their spread, and which input moves them.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Totals and ranks of all draws.
    pub outcome: Outcome,
    /// Spread of the ranks of each unit; `None` for one that is ranked in no draw.
    pub spreads: Vec<Option<Spread>>,
    /// By draw, the mean number of ranks that units are away from where the run has them.
    pub changes: Vec<f64>,
    /// Indices of that by input; `None` where it does not vary.
    pub of_changes: Option<Vec<Banded>>,
    /// Indices of the total of each unit; `None` where it does not vary, or is not there in every draw.
    pub of_totals: Vec<Option<Vec<Banded>>>,
}

impl Analysis {
    /// All draws of the units of a type.
    pub fn of(study: &Study, of_type: usize, bootstrap: Bootstrap) -> Analysis {
        let outcome = study.outcome(of_type);
        let changes = outcome.changes(&study.types[of_type].ranks);
        let totals: Vec<Vec<f64>> = (0..outcome.units).map(|unit| outcome.totals_of_unit(unit)).collect();
        let base = study.design.base();
        let known = |values: &Vec<f64>| values.iter().all(|value| value.is_finite());
        // Only what is there in every draw; the rest has no indices.
        let columns: Vec<&Vec<f64>> = std::iter::once(&changes).chain(&totals).collect();
        let outputs: Vec<Outputs> =
            columns.iter().filter(|values| known(values)).filter_map(|values| Outputs::new(values, base)).collect();
        let mut found = banded(&outputs, FirstOrder::Jansen, bootstrap).into_iter();
        let mut indices: Vec<Option<Vec<Banded>>> =
            columns.iter().map(|values| if known(values) { found.next().flatten() } else { None }).collect();
        let of_changes = indices.remove(0);
        let spreads = outcome.spreads();
        Analysis { outcome, spreads, changes, of_changes, of_totals: indices }
    }
}
