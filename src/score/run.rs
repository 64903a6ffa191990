//! A run, as far as the scores of one edition need it: whose measures, by which edition, against what.

use crate::model::benchmark::Benchmark;
use crate::model::calibration::Calibration;
use crate::model::edition::Edition;
use crate::model::measure::{MeasureDefinition, Measures};
use crate::model::results::Results;
use crate::model::score::Scorecard;
use crate::model::tables::Peer;
use crate::model::unit::Units;
use crate::score::table::ScoreTable;

/// What the units are scored from by one edition.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The units.
    pub units: &'a Units,
    /// Their measures, row-major over `units`; a measure without a column under the edition's key is missing.
    pub measures: &'a Measures,
    /// Definitions of measures.
    pub definitions: &'a [MeasureDefinition],
    /// The edition.
    pub edition: &'a Edition,
    /// Published constants of this edition, if there are any; those of another are ignored.
    pub benchmark: Option<&'a Benchmark>,
    /// Raw values of peers, of any edition.
    pub peers: &'a [Peer],
    /// Curves from the own published past, of any edition, for what has neither constants nor peers.
    pub calibrations: &'a [Calibration],
    /// Fewest peers or units of a type that make a comparison.
    pub minimum_units: usize,
    /// Last year's values, unit by unit, indicator by indicator: raw value or score, whichever the indicator's damping
    /// works on, as damped then. Where it is shorter or `None`, nothing is damped.
    pub last: &'a [Option<f64>],
    /// Whether each unit is asked for; types without one that is are left without scores. `None` asks for all.
    pub only: Option<&'a [bool]>,
}

impl<'a> Run<'a> {
    /// Units compared among themselves: no published constants, no peers, no last year, from one unit of a type on.
    pub fn among(
        units: &'a Units,
        measures: &'a Measures,
        definitions: &'a [MeasureDefinition],
        edition: &'a Edition,
    ) -> Self {
        let (benchmark, peers, calibrations, last) = (None, &[][..], &[][..], &[][..]);
        Run {
            units,
            measures,
            definitions,
            edition,
            benchmark,
            peers,
            calibrations,
            minimum_units: 1,
            last,
            only: None,
        }
    }

    /// The scores of `results` by one of its editions.
    pub fn of(results: &'a Results, edition: &'a Edition) -> Self {
        let at = results.editions.iter().position(|known| known.id == edition.id);
        Run {
            last: at.and_then(|at| results.last_year.values.get(at)).map_or(&[], Vec::as_slice),
            benchmark: results.benchmarks.iter().find(|benchmark| benchmark.edition == edition.id),
            peers: &results.tables.peers,
            calibrations: &results.calibrations,
            minimum_units: results.assessment.policy.minimum_units,
            ..Run::among(&results.tables.units, &results.measures, &results.definitions, edition)
        }
    }

    /// All scores of all units in their smallest form, for work that scores again and again.
    pub fn table(&self) -> ScoreTable<'a> {
        ScoreTable::new(self, None)
    }

    /// Scores of all units with their counts, ranks and contributions.
    pub fn scorecard(&self) -> Scorecard {
        self.table().scorecard()
    }
}

/// Scorecards of `results` by each of its editions, in their order.
pub fn scorecards(results: &Results) -> Vec<Scorecard> {
    results.editions.iter().map(|edition| Run::of(results, edition).scorecard()).collect()
}
