//! Intervals and the integrity panel: `measure` draws the publications of each unit again, `score` puts what comes of it on
//! the scales of the run.

use rayon::prelude::*;

use crate::explain::recalculate;
use crate::measure::bootstrap::LEVEL;
use crate::measure::holdings::Holdings;
use crate::measure::panel::Panel;
use crate::measure::stability::Resampling;
use crate::measure::works::Works;
use crate::model::integrity::Reading;
use crate::model::results::Results;
use crate::model::score::Scorecard;
use crate::model::stability::{Samples, Stability};
use crate::model::unit::UnitIndex;
use crate::score::Run;
use crate::score::frozen::Ends;

/// What one unit comes to.
type Unit = (Stability, Vec<Ends>, Vec<Reading>);

/// Fills `low` and `high` of scores and composites, the stability of measures and the integrity panel. `progress` is told
/// each unit as it is done.
pub fn add(results: &mut Results, progress: &(dyn Fn(usize, usize) + Sync)) {
    let done = std::sync::atomic::AtomicUsize::new(0);
    let total = results.tables.units.len();
    let units: Vec<Unit> = {
        let results: &Results = results;
        let input = recalculate::input(results);
        let works = Works::new(input).value;
        let without_self = Works::without_self(input);
        let resampling = Resampling::new(input, &works, &results.measures);
        let panel = Panel::new(input, &works, without_self.as_ref(), &results.measures);
        let runs: Vec<Run> = results.editions.iter().map(|edition| Run::of(results, edition)).collect();
        let scales: Vec<_> = runs.iter().map(Run::frozen).collect();
        let changed = |unit: UnitIndex, samples: &Samples| {
            let changed = |(run, scales): (&Run, &_)| run.changed(scales, unit, samples);
            runs.iter().zip(&scales).map(changed).collect::<Vec<Scorecard>>()
        };
        let of_unit = |index: usize| {
            let unit = UnitIndex(index as u32);
            let holdings = Holdings::of(unit, input);
            let drawn = resampling.of(&holdings);
            let (samples, stability) = drawn.samples();
            let ends = changed(unit, &samples).iter().map(|card| Ends::of(card, LEVEL)).collect();
            let (mut readings, without) = panel.of_unit(&drawn, &holdings);
            let changed = changed(unit, &without);
            for (sample, reading) in readings.iter_mut().enumerate() {
                let composites = |(card, run): (&Scorecard, &Run)| {
                    let groups = run.edition.groups.len();
                    let row = card.composites_of(UnitIndex(sample as u32), groups);
                    row.iter().map(|composite| composite.score).collect()
                };
                reading.without = changed.iter().zip(&runs).map(composites).collect();
            }
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            (stability, ends, readings)
        };
        (0..total).into_par_iter().map(of_unit).collect()
    };
    for (index, (stability, ends, readings)) in units.into_iter().enumerate() {
        for (scorecard, ends) in results.scorecards.iter_mut().zip(ends) {
            ends.write(scorecard, UnitIndex(index as u32));
        }
        results.stability.push(stability);
        results.integrity.extend(readings);
    }
}
