//! Plans: the same optimum as trying every combination, bounds that hold, the same plan every time.

use proptest::prelude::*;
use sanjeh::whatif::plan::{Effort, Level, Programme, Reason, Requirement, Synergy, Total, pareto, solve};

const OPTIONS: usize = 12;

/// The best effect, by trying every combination.
fn best(programme: &Programme) -> f64 {
    fn try_all(programme: &Programme, chosen: &mut Vec<Option<usize>>, option: usize, best: &mut f64) {
        if option == programme.options.len() {
            if programme.allows(chosen) {
                *best = best.max(programme.effect(chosen));
            }
            return;
        }
        for level in std::iter::once(None).chain((0..programme.options[option].len()).map(Some)) {
            chosen[option] = level;
            try_all(programme, chosen, option + 1, best);
        }
        chosen[option] = None;
    }
    let mut best = 0.0;
    try_all(programme, &mut vec![None; programme.options.len()], 0, &mut best);
    best
}

fn programmes() -> impl Strategy<Value = Programme> {
    let level = (1_u32..=4, 0_u32..=50, -20_i32..=60).prop_map(|(intensity, cost, effect)| Level {
        intensity: f64::from(intensity),
        cost: f64::from(cost) * 10.0,
        effect: f64::from(effect) / 10.0,
    });
    let pair = || (0..OPTIONS, 0..OPTIONS).prop_filter("two", |(first, second)| first != second);
    let total = (prop::collection::btree_set(0..OPTIONS, 1..5), 1_u32..8)
        .prop_map(|(options, most)| Total { options: options.into_iter().collect(), most: f64::from(most) });
    let requirement = (0..OPTIONS, prop::collection::vec(0..OPTIONS, 0..3))
        .prop_map(|(option, any_of)| Requirement { option, any_of });
    let synergy =
        (pair(), 1_u32..5).prop_map(|((first, second), part)| Synergy { first, second, part: f64::from(part) / 10.0 });
    (
        prop::collection::vec(prop::collection::vec(level, 0..=2), OPTIONS),
        0_u32..2500,
        prop::collection::vec(total, 0..3),
        prop::collection::vec(requirement, 0..4),
        prop::collection::vec(pair(), 0..3),
        prop::collection::vec(synergy, 0..4),
    )
        .prop_map(|(options, budget, totals, requirements, exclusions, synergies)| Programme {
            options,
            budget: f64::from(budget),
            totals,
            requirements,
            exclusions,
            synergies,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_combination_is_better(programme in programmes()) {
        let best = best(&programme);
        let exact = solve(&programme, Effort { gap: 0.0, nodes: 100_000 });
        prop_assert_eq!(&exact.fault, &None);
        prop_assert!(programme.allows(&exact.chosen));
        prop_assert!((exact.effect - best).abs() <= 1e-9 * best.max(1.0), "{} instead of {best}", exact.effect);
        prop_assert!(exact.bound >= best && exact.gap < 1e-6, "bound {} gap {}", exact.bound, exact.gap);
        // A plan that need not be the best says how far off it may be, and is no further.
        let rough = solve(&programme, Effort { gap: 0.05, nodes: 100_000 });
        prop_assert!(rough.bound >= best && rough.effect * (1.0 + rough.gap) >= best - 1e-9);
        prop_assert!(rough.gap <= 0.05 + 1e-9 && programme.allows(&rough.chosen));
        prop_assert_eq!(&solve(&programme, Effort { gap: 0.05, nodes: 100_000 }), &rough);
        // One node is too few for a proof; the gap is still an honest one.
        let hasty = solve(&programme, Effort { gap: 0.0, nodes: 1 });
        prop_assert!(hasty.bound >= best && hasty.effect <= best + 1e-9);
    }

    #[test]
    fn more_money_never_brings_less(programme in programmes()) {
        let known = solve(&programme, Effort::default());
        let points = pareto(&programme, Effort::default(), 7, &known);
        prop_assert_eq!(points.len(), 7);
        for pair in points.windows(2) {
            prop_assert!(pair[0].budget <= pair[1].budget && pair[0].plan.effect <= pair[1].plan.effect);
            prop_assert!(pair[0].plan.bound <= pair[1].plan.bound);
        }
        for point in &points {
            let all = Programme { budget: point.budget, ..programme.clone() };
            prop_assert!(all.allows(&point.plan.chosen) && best(&all) <= point.plan.bound + 1e-9);
            prop_assert!(known.cost > point.budget || known.effect <= point.plan.effect, "what is known is not lost");
        }
    }
}

fn level(intensity: f64, cost: f64, effect: f64) -> Level {
    Level { intensity, cost, effect }
}

#[test]
fn levels_that_no_plan_needs_are_named() {
    let programme = Programme {
        options: vec![
            vec![level(1.0, 10.0, 1.0), level(2.0, 20.0, 0.5), level(3.0, 900.0, 9.0)],
            vec![level(1.0, 5.0, -0.1)],
            vec![level(1.0, 5.0, 0.0)],
            vec![level(1.0, 5.0, 1.0)],
            vec![level(1.0, 500.0, 1.0)],
        ],
        budget: 100.0,
        // The third works nothing and is needed; the fourth needs what is out of reach.
        requirements: vec![Requirement { option: 0, any_of: vec![2] }, Requirement { option: 3, any_of: vec![4] }],
        ..Programme::default()
    };
    let plan = solve(&programme, Effort::default());
    let dropped: Vec<_> = plan.dropped.iter().map(|dropped| (dropped.option, dropped.level, dropped.reason)).collect();
    assert_eq!(
        dropped,
        [
            (0, 1, Reason::Dominated),
            (0, 2, Reason::OutOfReach),
            (1, 0, Reason::Effectless),
            (3, 0, Reason::Unmet),
            (4, 0, Reason::OutOfReach),
        ]
    );
    assert_eq!(plan.chosen, [Some(0), None, Some(0), None, None]);
    assert!((plan.cost - 15.0).abs() < 1e-12 && (plan.effect - 1.0).abs() < 1e-12 && plan.gap < 1e-6);
}

#[test]
fn synergies_count_only_where_both_are_taken() {
    let programme = |budget: f64| Programme {
        options: vec![vec![level(1.0, 10.0, 2.0)], vec![level(1.0, 10.0, 1.0)], vec![level(1.0, 10.0, 1.1)]],
        budget,
        synergies: vec![Synergy { first: 0, second: 1, part: 0.1 }],
        ..Programme::default()
    };
    // 2.0 + 1.0 and a tenth of both beats 2.0 + 1.1.
    let both = solve(&programme(20.0), Effort { gap: 0.0, ..Effort::default() });
    assert_eq!(both.chosen, [Some(0), Some(0), None]);
    assert!((both.effect - 3.3).abs() < 1e-12);
    let one = solve(&programme(10.0), Effort { gap: 0.0, ..Effort::default() });
    assert_eq!(one.chosen, [Some(0), None, None]);
}

#[test]
fn nothing_to_choose_is_a_plan_too() {
    for programme in [Programme::default(), Programme { options: vec![Vec::new(); 3], ..Programme::default() }] {
        let plan = solve(&programme, Effort::default());
        assert_eq!((plan.cost, plan.effect, plan.gap), (0.0, 0.0, 0.0));
        assert_eq!(pareto(&programme, Effort::default(), 3, &plan).len(), 3);
    }
}
