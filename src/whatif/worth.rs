//! Worth: what one more of each lever does to every unit and, through it, to the university.

use rayon::prelude::*;

use crate::model::lever::Lever;
use crate::model::lever_worth::{LeverWorth, NoWorth};
use crate::model::names::Names;
use crate::model::results::Results;
use crate::model::scenario::{Scenario, Thing};
use crate::model::stored_run::OVERALL;
use crate::model::unit::UnitIndex;
use crate::whatif::evaluator::{Evaluator, Target};

/// One step of a lever at a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where.
    pub unit: UnitIndex,
    /// Code of the lever.
    pub lever: String,
    /// Its names.
    pub name: Names,
    /// What one of it is, by language.
    pub of: Names,
    /// How much of it.
    pub amount: f64,
    /// That much of it.
    pub scenario: Scenario,
}

/// What a unit has of a measure: by the rules of the profile, else by those of the first edition that counts it.
pub fn there(results: &Results, unit: UnitIndex, measure: &str) -> Option<f64> {
    let row = results.measures.row(unit.at());
    let keys = results.measures.keys.iter().zip(row).filter(|(key, _)| key.measure == measure);
    keys.filter_map(|(_, cell)| cell.value).next()
}

/// One step of every lever at every unit, by unit, then by lever. A step is one of the lever, or its smallest sensible part
/// where that is more; where the unit has less than that to move, all that it has.
pub fn steps(results: &Results, levers: &[Lever]) -> Vec<Step> {
    let units = results.tables.units.iter();
    let of_unit = |(unit, known): (UnitIndex, &crate::model::unit::Unit)| {
        let id = known.id.clone();
        levers.iter().map(move |lever| {
            let there = lever.most.relative.as_ref().and_then(|(_, measure)| there(results, unit, measure));
            let (one, most) = (lever.step.max(1.0), lever.most(there));
            let amount = if most >= lever.step { one.min(most) } else { one };
            Step {
                unit,
                lever: lever.code.clone(),
                name: lever.name.clone(),
                of: lever.unit.clone(),
                amount,
                scenario: lever.one(&id, None).times(amount),
            }
        })
    };
    units.flat_map(of_unit).collect()
}

/// What steps are worth by each edition in which their unit has a score, by step, then by edition. The papers of the steps
/// should be in the evaluator's pool. A step that is attributed again takes as long as a run does: it is worked out for the
/// university, and elsewhere only where it is seen beforehand to do nothing.
pub fn worth(evaluator: &Evaluator, steps: &[Step]) -> Vec<LeverWorth> {
    let results = evaluator.base();
    let standings: Vec<Vec<Standing>> =
        results.tables.units.iter().map(|(unit, _)| standings(evaluator, unit)).collect();
    let university = results.tables.units.university();
    let mut rows: Vec<Option<Vec<LeverWorth>>> = steps
        .par_iter()
        .map(|step| {
            let standings = &standings[step.unit.at()];
            if evaluator.is_short(&step.scenario) {
                Some(of_step(evaluator, step, standings))
            } else if recovers_nothing(evaluator, &step.scenario) {
                Some(of_step(evaluator, &Step { scenario: Scenario::default(), ..step.clone() }, standings))
            } else if Some(step.unit) == university {
                None
            } else {
                Some(unknown(results, step, standings, NoWorth::Recounted))
            }
        })
        .collect();
    for (step, row) in steps.iter().zip(&mut rows).filter(|(_, row)| row.is_none()) {
        *row = Some(of_step(evaluator, step, &standings[step.unit.at()]));
    }
    rows.into_iter().flatten().flatten().collect()
}

/// How a unit stands in an edition in which it has a score.
struct Standing {
    edition: usize,
    /// What is scored: the total, else every group that has a score.
    targets: Vec<(Target, f64)>,
    /// The university's total.
    university: Option<(Target, f64)>,
}

fn standings(evaluator: &Evaluator, unit: UnitIndex) -> Vec<Standing> {
    let results = evaluator.base();
    let mut standings = Vec::new();
    for (edition, known) in results.editions.iter().enumerate() {
        let groups = known.groups.len();
        let standing = |unit: UnitIndex, group: usize| {
            let target = Target { edition, unit, group };
            let score = evaluator.scores(&Scenario::default(), &[target])?.pop().flatten()?;
            Some((target, score))
        };
        let targets: Vec<(Target, f64)> = match standing(unit, groups) {
            Some(total) => vec![total],
            None => (0..groups).filter_map(|group| standing(unit, group)).collect(),
        };
        if !targets.is_empty() {
            let university = results.tables.units.university().and_then(|whole| standing(whole, groups));
            standings.push(Standing { edition, targets, university });
        }
    }
    standings
}

fn of_step(evaluator: &Evaluator, step: &Step, standings: &[Standing]) -> Vec<LeverWorth> {
    let results = evaluator.base();
    let wanted = |standing: &Standing| -> Vec<Target> {
        standing.targets.iter().chain(&standing.university).map(|(target, _)| *target).collect()
    };
    let targets: Vec<Target> = standings.iter().flat_map(wanted).collect();
    let Some(scores) = evaluator.scores(&step.scenario, &targets) else {
        return unknown(results, step, standings, NoWorth::Impossible);
    };
    let mut scores = scores.into_iter();
    let mut rows = Vec::new();
    for standing in standings {
        let own: Vec<Option<f64>> = scores.by_ref().take(standing.targets.len()).collect();
        let moved = standing.targets.iter().zip(own);
        let moved: Vec<(Target, f64)> =
            moved.filter_map(|((target, before), after)| Some((*target, after? - before))).collect();
        let whole = standing.university.map(|(_, before)| scores.next().flatten().map(|after| after - before));
        let best = best(&moved);
        let (target, change) = best.map_or((standing.targets[0].0, None), |(target, change)| (target, Some(change)));
        rows.push(LeverWorth {
            change,
            university_change: whole.flatten(),
            reason: change.is_none().then_some(NoWorth::NoScore),
            ..row(results, step, standing, target)
        });
    }
    rows
}

/// The greatest gain; where nothing gains, the greatest loss. Of equal ones the first.
fn best(moved: &[(Target, f64)]) -> Option<(Target, f64)> {
    let first = |better: fn(f64, f64) -> bool| {
        moved.iter().copied().reduce(|best, own| if better(own.1, best.1) { own } else { best })
    };
    let gain = first(|own, best| own > best)?;
    if gain.1 > 0.0 { Some(gain) } else { first(|own, best| own < best) }
}

/// Rows without a change.
fn unknown(results: &Results, step: &Step, standings: &[Standing], reason: NoWorth) -> Vec<LeverWorth> {
    let of = |standing: &Standing| LeverWorth {
        reason: Some(reason),
        ..row(results, step, standing, standing.targets[0].0)
    };
    standings.iter().map(of).collect()
}

fn row(results: &Results, step: &Step, standing: &Standing, target: Target) -> LeverWorth {
    let edition = &results.editions[standing.edition];
    LeverWorth {
        unit: results.tables.units.get(step.unit).id.clone(),
        lever: step.lever.clone(),
        name: step.name.clone(),
        of: step.of.clone(),
        amount: step.amount,
        edition: edition.id.clone(),
        target: edition.groups.get(target.group).map_or(OVERALL, |group| &group.code).to_owned(),
        change: None,
        university_change: None,
        reason: None,
    }
}

/// Whether all that a scenario does is to correct addresses, and the audit finds none that would give credit back.
fn recovers_nothing(evaluator: &Evaluator, scenario: &Scenario) -> bool {
    let Some(audit) = evaluator.circumstances().audit else { return false };
    let units = &evaluator.base().tables.units;
    scenario.changes.iter().all(|change| match &change.thing {
        Thing::Recover { unit } => units.find(unit).is_some_and(|unit| {
            let within = units.descendants(unit);
            let mut own = audit.breaches.iter().filter(|breach| audit.rules[breach.rule].recoverable);
            own.all(|breach| within.binary_search(&breach.unit).is_err())
        }),
        _ => false,
    })
}
