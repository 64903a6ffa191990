//! Certified ranks of an edition: which elements the total is a weighted arithmetic mean of, and over which weights.
//!
//! An edition that is one mean over its indicators is certified over their weights, one that combines level by level over
//! the weights of its outer groups, whose composites stay as they are. Elements on which no unit of the type has a score are
//! left out first, the other weights being scaled up. Units without a total in the run are left out,
//! and their coverage is not asked for again.

use crate::model::edition::{Aggregation, Edition};
use crate::whatif::certified::band::Band;
use crate::whatif::certified::{Effort, Interval, Scores, intervals};
use crate::whatif::sensitivity::inputs::Setting;
use crate::whatif::sensitivity::study::Study;
use crate::whatif::sensitivity::tree::Scratch;

/// Certified ranks of the units of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Certified {
    /// Elements that the total is a mean of: indicators, or (after them in number) groups.
    pub elements: Vec<usize>,
    /// Their nominal weights, of sum 1.
    pub nominal: Vec<f64>,
    /// The interval of each unit.
    pub intervals: Vec<Option<Interval>>,
}

/// Certifies the ranks of the units of a type with each weight within `share` of its nominal one (0.25: ± 25 %), or with any
/// weights. `None` where the total is no weighted arithmetic mean, or of nothing.
pub fn certified(study: &Study, of_type: usize, edition: &Edition, share: Option<f64>) -> Option<Certified> {
    if edition.combine.with != Aggregation::WeightedMean {
        return None;
    }
    let own = &study.types[of_type];
    let (tree, weights, units) = (study.tree(), study.weights(0), own.members.len());
    let (mut scratch, mut totals) = (Scratch::default(), vec![f64::NAN; units]);
    study.totals(of_type, Setting::default(), &mut scratch, &mut totals);
    let scored = |element: usize| scratch.column(element, units).iter().any(|score| !score.is_nan());
    let elements: Vec<usize> = tree.outer().iter().copied().filter(|&at| weights[at] > 0.0 && scored(at)).collect();
    let total: f64 = elements.iter().map(|&at| weights[at]).sum();
    let nominal: Vec<f64> = elements.iter().map(|&at| weights[at] / total).collect();
    let band = match share {
        Some(share) => Band::around(&nominal, share)?,
        None if elements.is_empty() => return None,
        None => Band::all(elements.len()),
    };
    let row = |unit: usize| elements.iter().map(|&at| scratch.column(at, units)[unit]).collect();
    let scores = Scores { rows: (0..units).map(row).collect() };
    let intervals = intervals(&scores, &band, &nominal, Effort::default());
    Some(Certified { elements, nominal, intervals })
}
