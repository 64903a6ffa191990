//! Targets: what is found reaches the goal, one step less does not.

use proptest::prelude::*;
use sanjeh::model::scenario::Scenario;
use sanjeh::whatif::apply::Circumstances;
use sanjeh::whatif::evaluator::Pool;
use sanjeh::whatif::target::{Goal, Lever, Reach, Standing, smallest};

use super::{sample, scenario};

/// Levers of the medical school.
const LEVERS: [(&str, f64, f64); 5] = [
    ("[[publications]]\nunit = \"med\"\nlike = \"median\"\npercentile = 5\ncount = 1", 1.0, 60.0),
    ("[[publications]]\nunit = \"med\"\nlike = \"median\"\npartner = \"charite|germany\"\ncount = 1", 1.0, 60.0),
    ("[[hire]]\nunit = \"med\"\ninternational = true\nfte = 1", 0.1, 12.0),
    ("[[degrees]]\nunit = \"med\"\nlevel = \"doctorate\"\nchange = 1", 1.0, 50.0),
    ("[[retire]]\nunit = \"med\"\nfte = 1", 0.1, 12.0),
];

fn lever(index: usize) -> Lever {
    let (text, step, most) = LEVERS[index];
    let read = scenario(text);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    Lever { one: read.value, step, most }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn the_amount_found_reaches_the_goal_and_one_step_less_does_not(index in 0..LEVERS.len(), gain in 0.001_f64..2.0) {
        let (results, catalogue) = sample();
        let circumstances =
            Circumstances::settled(&catalogue.editions, &catalogue.benchmarks);
        let lever = lever(index);
        let pool = Pool::new(results, &lever.scenario(lever.steps()).changes, circumstances);
        let evaluator = pool.evaluator();
        let university = results.tables.units.university().unwrap();
        let standing = |scenario: &Scenario| {
            let card = evaluator.scorecard(scenario, 0).ok_or(())?;
            let groups = results.editions[0].groups.len();
            let total = &card.composites_of(university, groups)[groups];
            Ok(total.score.map(|score| Standing { score, rank: total.rank }))
        };
        let before = standing(&Scenario::default()).unwrap().unwrap();
        let goal = Goal::Score(before.score + gain);
        match smallest(&lever, goal, &standing) {
            Reach::At { steps, amount, standing: found } => {
                prop_assert!(steps >= 1 && (amount - f64::from(steps) * lever.step).abs() < 1e-9);
                prop_assert!(found.score >= before.score + gain);
                prop_assert_eq!(standing(&lever.scenario(steps)), Ok(Some(found)));
                let less = standing(&lever.scenario(steps - 1)).unwrap().unwrap();
                prop_assert!(less.score < before.score + gain);
            }
            Reach::TooLittle { best, amount } => {
                prop_assert!(best < before.score + gain && best > before.score && amount > 0.0);
            }
            Reach::Lowers { spent } => prop_assert!(spent < before.score),
            Reach::Unmoved => prop_assert_eq!(standing(&lever.scenario(lever.steps())), Ok(Some(before))),
            other => prop_assert!(false, "{:?}", other),
        }
        prop_assert_eq!(smallest(&lever, Goal::Score(before.score), &standing), Reach::Already);
    }
}

#[test]
fn steps_of_a_tenth_come_out_whole() {
    let lever = Lever { one: Scenario::default(), step: 0.1, most: 0.7 };
    assert_eq!(lever.steps(), 7);
    assert!((lever.amount(3) - 0.3).abs() < 1e-12);
}
