//! Measures of the run and under other policies, each with its bootstrap samples.

use rayon::prelude::*;

use crate::explain::{alternatives, recalculate};
use crate::measure::holdings::Holdings;
use crate::measure::stability::Resampling;
use crate::measure::works::Works;
use crate::model::assessment::{Assessment, AttributionMethod, Counting};
use crate::model::edition::Edition;
use crate::model::measure::Measures;
use crate::model::results::Results;
use crate::model::sensitivity::{OtherPolicy, Sensitivity, UncertainInput};
use crate::model::stability::Samples;
use crate::model::unit::UnitIndex;
use crate::whatif::sensitivity::alternatives::Measured;

/// Measures under one set of policies.
pub struct Policy {
    name: &'static str,
    /// Measures of all units.
    pub measures: Measures,
    samples: Vec<Samples>,
}

impl Policy {
    /// As a study wants it.
    pub fn as_measured(&self) -> Measured<'_> {
        Measured { policy: self.name, measures: &self.measures, samples: &self.samples }
    }
}

/// The run's own measures for an edition, then those of other policies that differ.
pub fn measured(results: &Results, edition: &Edition, settings: &Sensitivity) -> Vec<Policy> {
    // Measured once more for this edition alone, so that all have the same columns.
    let own = Results { editions: vec![edition.clone()], ..results.clone() };
    let own = recalculate::with_ledger(&own, own.publications.clone(), own.ledger.clone());
    let mut all = vec![policy("run", &own, settings)];
    if settings.inputs.contains(&UncertainInput::Attribution) {
        for other in &settings.policies {
            let changed = under(&own, *other);
            if all.iter().all(|known| known.measures.cells != changed.measures.cells) {
                all.push(policy(other.as_str(), &changed, settings));
            }
        }
    }
    all
}

fn policy(name: &'static str, results: &Results, settings: &Sensitivity) -> Policy {
    let draws = settings.inputs.contains(&UncertainInput::Measurement) && settings.measurement_samples > 0;
    let samples = if draws { samples(results, settings.measurement_samples) } else { Vec::new() };
    Policy { name, measures: results.measures.clone(), samples }
}

/// Attribution, measures and scores under other policies.
fn under(results: &Results, policy: OtherPolicy) -> Results {
    let changed = |change: &dyn Fn(&mut Assessment)| {
        let mut assessment = results.assessment.clone();
        change(&mut assessment);
        recalculate::with_assessment(results, assessment)
    };
    match policy {
        OtherPolicy::Full => changed(&|assessment| assessment.policy.counting = Counting::Full),
        OtherPolicy::Fractional => changed(&|assessment| assessment.policy.counting = Counting::Fractional),
        OtherPolicy::WithoutManyAuthors => {
            let ledger = alternatives::without_many_authors(results);
            recalculate::with_ledger(results, results.publications.clone(), ledger)
        }
        OtherPolicy::RosterOnly => changed(&|assessment| assessment.attribution.by = vec![AttributionMethod::Roster]),
        OtherPolicy::AffiliationOnly => {
            changed(&|assessment| assessment.attribution.by = vec![AttributionMethod::Affiliation])
        }
    }
}

/// So many bootstrap samples of each unit's publications: those that a run draws first for its intervals.
fn samples(results: &Results, count: u32) -> Vec<Samples> {
    let mut results = results.clone();
    results.assessment.stability.samples = count;
    let input = recalculate::input(&results);
    let works = Works::new(input).value;
    let resampling = Resampling::new(input, &works, &results.measures);
    let of_unit = |unit: usize| {
        let holdings = Holdings::of(UnitIndex(unit as u32), input);
        resampling.of(&holdings).samples().0
    };
    (0..results.tables.units.len()).into_par_iter().map(of_unit).collect()
}
