//! Worth of levers: what `whatif` of the same scenario says, nothing where nothing can move, the same whatever the threads.

use std::sync::OnceLock;

use sanjeh::attribute::audit;
use sanjeh::model::audit::Audit;
use sanjeh::model::lever::Lever;
use sanjeh::model::lever_worth::{LeverWorth, NoWorth};
use sanjeh::whatif::apply::Circumstances;
use sanjeh::whatif::evaluator::Pool;
use sanjeh::whatif::worth::{Step, steps, worth};

use super::{outcome, sample};

fn levers() -> &'static [Lever] {
    static LEVERS: OnceLock<Vec<Lever>> = OnceLock::new();
    LEVERS.get_or_init(|| sanjeh::catalogue::lever::levers(None, &sample().1.measures).value)
}

fn all_steps() -> Vec<Step> {
    steps(&sample().0, levers())
}

fn known_audit() -> &'static Audit {
    static AUDIT: OnceLock<Audit> = OnceLock::new();
    let base = &sample().0;
    AUDIT.get_or_init(|| audit::audit(&base.tables, &base.assessment, &base.publications, &base.ledger))
}

/// The rows of some steps, worked out by so many threads.
fn rows(steps: &[Step], threads: usize) -> Vec<LeverWorth> {
    let (results, catalogue) = sample();
    let circumstances = Circumstances {
        audit: Some(known_audit()),
        ..Circumstances::settled(&catalogue.editions, &catalogue.benchmarks)
    };
    let own = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    own.install(|| {
        let pool = Pool::new(results, steps.iter().flat_map(|step| &step.scenario.changes), circumstances);
        worth(&pool.evaluator(), steps)
    })
}

fn everything() -> &'static [LeverWorth] {
    static ROWS: OnceLock<Vec<LeverWorth>> = OnceLock::new();
    ROWS.get_or_init(|| rows(&all_steps(), 2))
}

/// The score of a group, or of the total, among composites of an edition.
fn score(composites: &[sanjeh::model::score::Composite], edition: usize, unit: &str, group: &str) -> Option<f64> {
    let results = &sample().0;
    let groups = &results.editions[edition].groups;
    let at = groups.iter().position(|known| known.code == group).unwrap_or(groups.len());
    let unit = results.tables.units.find(unit).unwrap();
    composites[unit.at() * (groups.len() + 1) + at].score
}

#[test]
fn a_step_is_worth_what_the_whatif_of_its_scenario_says() {
    let results = &sample().0;
    let all = all_steps();
    // Every lever once, each at another unit.
    for (at, lever) in levers().iter().enumerate() {
        let of_lever: Vec<&Step> = all.iter().filter(|step| step.lever == lever.code).collect();
        let step = of_lever[at % of_lever.len()];
        let unit = &results.tables.units.get(step.unit).id;
        let (after, findings) = outcome(&step.scenario, None);
        for row in everything().iter().filter(|row| row.lever == step.lever && row.unit == *unit) {
            assert_eq!(row.amount.to_bits(), step.amount.to_bits());
            if row.reason == Some(NoWorth::Recounted) {
                continue;
            }
            assert_eq!(findings.is_empty(), row.reason != Some(NoWorth::Impossible), "{row:?}: {findings:?}");
            let Some(change) = row.change else { continue };
            let edition = results.editions.iter().position(|known| known.id == row.edition).unwrap();
            let moved = |unit: &str, group: &str| {
                let before = score(&results.scorecards[edition].composites, edition, unit, group)?;
                Some(score(&after.scorecards[edition].composites, edition, unit, group)? - before)
            };
            assert!((moved(unit, &row.target).unwrap() - change).abs() < 1e-9, "{row:?}");
            let whole = moved("sarv", "overall");
            assert_eq!(whole.is_some(), row.university_change.is_some());
            assert!(whole.zip(row.university_change).is_none_or(|(a, b)| (a - b).abs() < 1e-9), "{row:?}");
            // A group stands for a total that is not there, and no other moves better.
            let total = score(&results.scorecards[edition].composites, edition, unit, "overall");
            assert_eq!(total.is_some(), row.target == "overall");
            if total.is_none() {
                let groups = results.editions[edition].groups.iter().map(|group| moved(unit, &group.code));
                assert!(groups.flatten().all(|other| other <= change.max(0.0) + 1e-9), "{row:?}");
            }
        }
    }
}

#[test]
fn every_unit_has_a_row_for_every_lever_by_each_edition_that_scores_it() {
    let results = &sample().0;
    for (unit, known) in results.tables.units.iter() {
        for (edition, card) in results.editions.iter().zip(&results.scorecards) {
            let scored = card.composites_of(unit, edition.groups.len()).iter().any(|own| own.score.is_some());
            let of_unit = everything().iter().filter(|row| row.unit == known.id && row.edition == edition.id);
            let codes: Vec<&str> = of_unit.map(|row| row.lever.as_str()).collect();
            let wanted: Vec<&str> = levers().iter().filter(|_| scored).map(|lever| lever.code.as_str()).collect();
            assert_eq!(codes, wanted, "{} by {}", known.id, edition.id);
        }
    }
    assert!(everything().iter().all(|row| row.change.is_none() == row.reason.is_some()));
}

#[test]
fn what_cannot_move_an_edition_is_worth_nothing() {
    // ARWU counts no money, no students and no degrees; THE counts money.
    let of = |edition: &'static str, lever: &'static str| {
        everything().iter().filter(move |row| row.edition == edition && row.lever == lever && row.reason.is_none())
    };
    for lever in ["research_income", "industry_income", "fewer_students", "doctorates"] {
        assert!(of("arwu/2025", lever).count() > 0, "{lever}");
        assert!(of("arwu/2025", lever).all(|row| row.change == Some(0.0)), "{lever}");
    }
    assert!(of("the/wur/2026", "industry_income").any(|row| row.university_change > Some(0.0)));
    assert!(of("the/wur/2026", "papers").any(|row| row.change > Some(0.0)));
}

#[test]
fn the_number_of_threads_changes_no_row() {
    let some: Vec<Step> = all_steps().into_iter().step_by(7).collect();
    assert_eq!(rows(&some, 1), rows(&some, 3));
}
