//! The short way of scoring a scenario gives what the long way gives.

use proptest::prelude::*;
use sanjeh::model::scenario::{Change, Scenario};
use sanjeh::whatif::apply::Circumstances;
use sanjeh::whatif::evaluator::{Pool, Target};

use super::scenarios::{change, of};
use super::{outcome, sample, scenario};

/// Largest difference of any score or composite, which must be there on both sides or on none.
fn differs(scenario: &Scenario, most: &[Change]) -> f64 {
    let (results, catalogue) = sample();
    let circumstances = Circumstances::settled(&catalogue.editions, &catalogue.benchmarks);
    let pool = Pool::new(results, most, circumstances);
    let evaluator = pool.evaluator();
    let (long, findings) = outcome(scenario, None);
    assert!(findings.is_empty(), "{findings:?}");
    let editions: Vec<usize> = (0..results.editions.len()).collect();
    let short = evaluator.scorecards(scenario, &editions).unwrap();
    let mut worst = 0.0_f64;
    let mut compare = |long: Option<f64>, short: Option<f64>| {
        assert_eq!(long.is_some(), short.is_some());
        worst = worst.max(long.zip(short).map_or(0.0, |(long, short)| (long - short).abs()));
    };
    for (long, short) in long.scorecards.iter().zip(&short) {
        long.scores.iter().zip(&short.scores).for_each(|(long, short)| compare(long.score, short.score));
        long.composites.iter().zip(&short.composites).for_each(|(long, short)| compare(long.score, short.score));
    }
    worst
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn short_and_long_way_agree(changes in prop::collection::vec(change(), 1..5)) {
        let scenario = of(changes);
        // The pool holds more papers than this scenario adds.
        let most = scenario.times(2.0);
        prop_assert!(differs(&scenario, &most.changes) < 1e-9);
    }
}

#[test]
fn staff_with_other_posts_and_peers_agree() {
    let text = "[[retire]]\nunit = \"med\"\nfte = 3\n[[reclassify]]\nunit = \"med\"\nto_category = \"research\"\nfte = 2.5\n[[peers]]\nedition = \"the/wur/2026\"\nper_year = 0.02";
    let read = scenario(text);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert!(differs(&read.value, &[]) < 1e-9);
}

#[test]
fn papers_of_two_kinds_at_one_unit_are_told_apart() {
    let text =
        "[[publications]]\nunit = \"med\"\ncount = 4\n[[publications]]\nunit = \"med\"\npercentile = 5\ncount = 3";
    let read = scenario(text);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    // The pool enters more of the first kind than the scenario takes.
    assert!(differs(&read.value, &read.value.times(3.0).changes) < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Composites that are asked for singly, where only what decides them is measured, are those of the whole scorecard.
    #[test]
    fn single_composites_are_those_of_the_scorecard(changes in prop::collection::vec(change(), 0..4)) {
        let (results, catalogue) = sample();
        let scenario = of(changes);
        let circumstances = Circumstances::settled(&catalogue.editions, &catalogue.benchmarks);
        let pool = Pool::new(results, &scenario.changes, circumstances);
        let (evaluator, again) = (pool.evaluator(), pool.evaluator());
        for (edition, known) in results.editions.iter().enumerate() {
            let whole = evaluator.scorecard(&scenario, edition).unwrap();
            for composite in &whole.composites {
                let group = composite.group.unwrap_or(known.groups.len());
                let target = Target { edition, unit: composite.unit, group };
                let single = again.scores(&scenario, &[target]).unwrap();
                prop_assert_eq!(single[0].map(f64::to_bits), composite.score.map(f64::to_bits));
            }
        }
    }
}
