//! Measures and scores of a changed copy.

use crate::measure;
use crate::model::edition::Edition;
use crate::model::measure::Measures;
use crate::model::score::Scorecard;
use crate::score::run::Run;
use crate::whatif::copy::Copy;

/// What a copy comes to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Measures of all units.
    pub measures: Measures,
    /// One scorecard per edition, without intervals.
    pub scorecards: Vec<Scorecard>,
}

impl Outcome {
    /// Measures what the scenario touches and scores everything.
    pub fn of(copy: &Copy) -> Outcome {
        let touched = copy.touched;
        let measures = if touched.publications || touched.shape {
            measure::measure(copy.input()).value
        } else if touched.institutional {
            measure::institutional_again(copy.input(), Copy::new(copy.base).input(), &copy.base.measures)
        } else {
            copy.base.measures.clone()
        };
        let scorecards = copy.editions.iter().map(|edition| scorecard(copy, edition, &measures)).collect();
        Outcome { measures, scorecards }
    }
}

/// Scores of one edition.
pub fn scorecard(copy: &Copy, edition: &Edition, measures: &Measures) -> Scorecard {
    scored(copy, edition, measures).scorecard()
}

/// What the units are scored from by one edition.
pub fn scored<'a>(copy: &'a Copy, edition: &'a Edition, measures: &'a Measures) -> Run<'a> {
    let benchmark = copy.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id);
    Run {
        benchmark,
        peers: &copy.tables.peers,
        calibrations: &copy.base.calibrations,
        minimum_units: copy.assessment.policy.minimum_units,
        ..Run::among(&copy.tables.units, measures, &copy.base.definitions, edition)
    }
}
