//! Tests: score – laws of the kernels by themselves: scales, means, trees, comparisons, formulas, damping.

use sanjeh::model::formula::{Formula, Outcome};
use sanjeh::score::aggregation::{self, Present};
use sanjeh::score::hierarchy::{Element, Floor, Hierarchy, Leaf};
use sanjeh::score::normalise::{Fit, Scale};
use sanjeh::score::population::Population;
use sanjeh::score::program::{Obstacle, Program};
use sanjeh::score::{column, damping, denominator, imputation, outranking, rank, screening, treatment};

use super::*;

fn normaliser() -> impl Strategy<Value = Normaliser> {
    let ends = || (0.0..40.0, 60.0..100.0_f64).prop_map(|(low, high)| [low, high]);
    let tails = || prop::option::of((0.0..0.4, 0.6..1.0_f64).prop_map(|(low, high)| [low, high]));
    prop_oneof![
        tails().prop_map(|tails| Normaliser::NormalCdf { tails }),
        (tails(), ends()).prop_map(|(tails, to)| Normaliser::StretchedNormalCdf { tails, to }),
        Just(Normaliser::ExponentialCdf),
        Just(Normaliser::SquareRootOfMax),
        Just(Normaliser::ShareOfMax),
        (any::<bool>(), 0.1..4.0).prop_map(|(root, means)| Normaliser::OfCappedMax { root, means }),
        ends().prop_map(|to| Normaliser::MinMax { to }),
        ends().prop_map(|to| Normaliser::LogMinMax { to }),
        (-50.0..0.0, 1.0..90.0, ends()).prop_map(|(low, high, to)| Normaliser::Goalposts { posts: [low, high], to }),
        (-150.0..150.0, ends()).prop_map(|(target, to)| Normaliser::DistanceToTarget { target, to }),
        ends().prop_map(|to| Normaliser::DistanceToReference { unit: "u".into(), to }),
        (0.0..100.0, 1.0..40.0).prop_map(|(mean, sd)| Normaliser::ZScore { mean, sd }),
        Just(Normaliser::Rank { ties: Ties::Min }),
        Just(Normaliser::Rank { ties: Ties::Average }),
        Just(Normaliser::PercentileRank),
        (0.0..20.0, 30.0..60.0, 70.0..100.0)
            .prop_map(|(low, half, high)| Normaliser::TwoPiece { to: [low, half, high] }),
        any::<bool>().prop_map(|median| Normaliser::Bands {
            limits: vec![0.1, 0.75, 1.0, 1.25],
            points: vec![0.0, 25.0, 50.0, 50.0, 100.0],
            of: if median { BandBase::Median } else { BandBase::Raw },
        }),
        Just(Normaliser::Given),
    ]
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(prop_oneof![(-2_i8..5).prop_map(f64::from), -100.0..100.0, 0.0..1e6], 1..30)
}

fn rule() -> impl Strategy<Value = Option<Treatment>> {
    let rule = |(points, skew, kurtosis, log)| Treatment { points, skew, kurtosis, log };
    prop::option::of((0_usize..6, 0.1..3.0, -2.0..4.0, any::<bool>()).prop_map(rule))
}

fn parts() -> impl Strategy<Value = Vec<Present>> {
    let part = |(weight, score)| Present { weight, score };
    let score = prop_oneof![4 => 0.0..100.0, 1 => Just(0.0), 1 => Just(100.0), 1 => 1e-9..1e-6];
    prop::collection::vec((prop_oneof![4 => 0.1..30.0, 1 => Just(0.0)], score).prop_map(part), 1..9)
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_scale_is_monotone_and_keeps_its_range(
        values in values(), normaliser in normaliser(), treat in rule(), reference in any::<prop::sample::Index>(),
        mut probes in prop::collection::vec(prop_oneof![-200.0..200.0, 0.0..2e6], 2..12),
    ) {
        let population = Population::Values(statistics::ordered(values.iter().copied()));
        let reference = Some(values[reference.index(values.len())]);
        probes.extend(&values);
        probes.sort_by(f64::total_cmp);
        for direction in [Direction::HigherIsBetter, Direction::LowerIsBetter] {
            let fit = Fit { population: &population, direction, treat: treat.as_ref(), reference };
            let Some(scale) = Scale::new(&normaliser, fit) else { continue };
            let scores: Vec<f64> = probes.iter().map(|raw| scale.score(*raw, direction)).collect();
            for score in &scores {
                prop_assert!((0.0..=100.0).contains(score), "{scale:?} gives {score}");
            }
            // The distribution function is rounded to the last bit here and there.
            let rises = |pair: &[f64]| pair[1] >= pair[0] - 1e-12 * pair[0].abs().max(1.0);
            let monotone = match direction {
                Direction::HigherIsBetter => scores.windows(2).all(rises),
                Direction::LowerIsBetter => scores.windows(2).all(|pair| rises(&[pair[1], pair[0]])),
            };
            prop_assert!(monotone, "{scale:?}: {probes:?} → {scores:?}");
        }
    }

    #[test]
    fn a_treatment_keeps_the_order_of_values(values in values(), rule in rule()) {
        let rule = rule.unwrap_or_default();
        let column: Vec<Option<f64>> = values.iter().copied().map(Some).chain([None]).collect();
        let (treated, marks, record) = treatment::treated(&column, &rule);
        prop_assert_eq!(treated.last(), Some(&None));
        for (at, value) in values.iter().enumerate() {
            let own = treated[at].unwrap();
            prop_assert!(own.is_finite());
            prop_assert_eq!(own != *value, marks[at].is_some() && own != *value);
            for (other, greater) in values.iter().enumerate().filter(|(_, other)| *other > value) {
                prop_assert!(treated[other].unwrap() >= own, "{value} and {greater}: {record:?}");
            }
        }
        if record.before.is_none_or(|shape| shape.passes) {
            prop_assert_eq!(&treated, &column);
        }
        if let treatment::Transform::DrawIn { .. } = record.transform {
            let moved = marks.iter().flatten().count();
            prop_assert_eq!(record.drawn_in.map(|(moved, _)| moved), Some(moved));
        }
    }

    #[test]
    fn means_lie_in_order_and_their_points_sum_to_them(parts in parts(), low in -5.0..5.0_f64, more in 0.0..5.0_f64) {
        let of = |with| aggregation::mean(with, &parts);
        let Some(arithmetic) = of(Aggregation::WeightedMean) else {
            prop_assert!(parts.iter().all(|part| part.weight == 0.0));
            return Ok(());
        };
        let weighty = || parts.iter().filter(|part| part.weight > 0.0).map(|part| part.score);
        let (least, most) = (weighty().fold(f64::INFINITY, f64::min), weighty().fold(0.0, f64::max));
        let order = [
            least,
            of(Aggregation::Harmonic).unwrap().value,
            of(Aggregation::Geometric).unwrap().value,
            arithmetic.value,
            most,
        ];
        prop_assert!(order.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9), "{order:?}");
        // The mean grows with its exponent.
        let (one, other) = (of(Aggregation::Power(low)).unwrap(), of(Aggregation::Power(low + more)).unwrap());
        prop_assert!(one.value <= other.value + 1e-9, "{low}: {}, {}: {}", one.value, low + more, other.value);
        prop_assert!(near(of(Aggregation::Power(1.0)).unwrap().value, arithmetic.value));
        prop_assert!(near(of(Aggregation::Power(-1.0)).unwrap().value, order[1]));
        let best = of(Aggregation::BestOf(2)).unwrap();
        prop_assert!(best.value >= arithmetic.value - 1e-9);
        prop_assert!(best.points.iter().filter(|points| **points != 0.0).count() <= 2);
        for mean in [&one, &other, &arithmetic, &best] {
            prop_assert!(near(mean.points.iter().sum(), mean.value), "{mean:?}");
            prop_assert!(mean.points.iter().all(|points| *points >= 0.0));
        }
    }

    #[test]
    fn more_of_a_part_is_never_less_of_the_mean(
        parts in parts(), at in any::<prop::sample::Index>(), rise in 0.0..50.0, power in -4.0..4.0_f64, best in 1_usize..5,
    ) {
        let mut raised = parts.clone();
        let at = at.index(parts.len());
        raised[at].score += rise;
        for with in [Aggregation::WeightedMean, Aggregation::Geometric, Aggregation::Harmonic, Aggregation::Power(power)] {
            if let (Some(before), Some(after)) = (aggregation::mean(with, &parts), aggregation::mean(with, &raised)) {
                prop_assert!(after.value >= before.value - 1e-9, "{with:?}");
            }
        }
        // Of the best so many that holds where they weigh alike: a heavier one may push a better one out.
        let alike = |parts: &[Present]| -> Vec<Present> {
            parts.iter().map(|part| Present { weight: 1.0, ..*part }).collect()
        };
        let of = |parts: &[Present]| aggregation::mean(Aggregation::BestOf(best), &alike(parts)).unwrap().value;
        prop_assert!(of(&raised) >= of(&parts) - 1e-9);
    }

    #[test]
    fn comparisons_in_pairs_balance(
        columns in prop::collection::vec(prop::collection::vec((0_u8..4).prop_map(f64::from), 6), 1..5),
        weights in prop::collection::vec(0.5..9.0_f64, 5),
    ) {
        let columns: Vec<Vec<Option<f64>>> =
            columns.into_iter().map(|column| column.into_iter().map(Some).collect()).collect();
        let weights = &weights[..columns.len()];
        let matrix = outranking::matrix(&columns, weights);
        for (i, row) in matrix.iter().enumerate() {
            prop_assert_eq!(row[i], Some(0.0));
            for (j, before) in row.iter().enumerate().filter(|(j, _)| *j != i) {
                prop_assert!(near(before.unwrap() + matrix[j][i].unwrap(), 1.0));
            }
        }
        let found = outranking::comparisons(&columns, weights);
        prop_assert_eq!(found.iter().map(|unit| unit.copeland).sum::<i64>(), 0);
        for unit in &found {
            prop_assert!(unit.of == 5 && (0.0..=100.0).contains(&unit.share().unwrap()));
        }
        // Who is nowhere worse wins no less.
        for (i, own) in found.iter().enumerate() {
            for (j, other) in found.iter().enumerate() {
                if columns.iter().all(|column| column[i] >= column[j]) {
                    prop_assert!(own.copeland >= other.copeland);
                }
            }
        }
    }

    #[test]
    fn damping_lets_more_be_more(
        last in -10.0..20.0_f64, mut probes in prop::collection::vec(-20.0..40.0_f64, 2..20), threshold in 0.0..3.0,
        recovery in 0.0..1.0, limit in prop::option::of(0.0..10.0), relative in any::<bool>(),
    ) {
        let change = if relative { Change::Relative } else { Change::Absolute };
        let rule = Damping { on: Damped::Raw, change, threshold, recovery, limit };
        probes.push(last);
        probes.sort_by(f64::total_cmp);
        let damped: Vec<f64> = probes.iter().map(|now| damping::damped(*now, last, &rule)).collect();
        prop_assert!(damped.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12), "{probes:?} → {damped:?}");
        for (now, damped) in probes.iter().zip(&damped) {
            // Never further than it went.
            prop_assert!((damped - last).abs() <= (now - last).abs() + 1e-12);
        }
    }

    #[test]
    fn columns_among_themselves_know_no_order(values in values(), normaliser in normaliser(), lower in any::<bool>()) {
        let direction = if lower { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
        let forward: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let backward: Vec<Option<f64>> = forward.iter().rev().copied().collect();
        let mut turned = column::normalised(&backward, &normaliser, direction, Some(values.len() - 1));
        turned.reverse();
        prop_assert_eq!(column::normalised(&forward, &normaliser, direction, Some(0)), turned);
    }
}

#[test]
fn programs_are_the_formulas() {
    let formulas = [
        "a",
        "a / b",
        "(a + b) / (c - 2)",
        "ln(a) * sqrt(b)",
        "max(a, b, -c) / min(a, 3)",
        "square(a) - 0.5 * score(x) / b",
        "a / b / c",
        "-(a - b) / sqrt(c - 5)",
    ];
    let numbers = [None, Some(0.0), Some(1.5), Some(4.0), Some(-3.0), Some(1e300), Some(f64::NAN)];
    for text in formulas {
        let formula = Formula::parse(text).unwrap();
        let program = Program::new(&formula);
        for case in 0..numbers.len().pow(4) {
            let pick = |code: &str| {
                let place = ["a", "b", "c", "x"].iter().position(|known| *known == code).unwrap() as u32;
                numbers[case / numbers.len().pow(place) % numbers.len()]
            };
            let found = program.run(|at| pick(&program.measures[at]), |at| pick(&program.scores[at]));
            let expected = formula.evaluate(&pick, &pick);
            let outcome = match found.outcome {
                Ok(value) => expected == Outcome::Value(value),
                Err(Obstacle::MissingMeasure) => matches!(expected, Outcome::MissingMeasure(_)),
                Err(Obstacle::MissingScore) => matches!(expected, Outcome::MissingScore(_)),
                Err(Obstacle::ZeroDenominator) => expected == Outcome::ZeroDenominator,
                Err(Obstacle::Undefined) => expected == Outcome::Undefined,
            };
            assert!(outcome, "{text}: {found:?} is not {expected:?}");
            let sides = formula.sides(&pick, &pick);
            let sides = sides.map_or((None, None), |(above, below)| (above.value(), below.value()));
            assert_eq!((found.numerator, found.denominator), sides, "{text}");
        }
    }
}

#[test]
fn small_columns_by_hand() {
    let some = |values: &[f64]| -> Vec<Option<f64>> { values.iter().copied().map(Some).collect() };
    let holed = [Some(6.0), None, Some(3.0), Some(0.0)];
    assert_eq!(
        denominator::denominated(&holed, &[Some(2.0), Some(1.0), Some(0.0), None], 10.0),
        [Some(30.0), None, None, None]
    );
    let of = |with| imputation::by_group(&[Some(1.0), None, Some(2.0), Some(9.0), None], &[0, 0, 0, 0, 1], with);
    assert_eq!(of(Imputation::Mean), [Some(1.0), Some(4.0), Some(2.0), Some(9.0), None]);
    assert_eq!(of(Imputation::Median)[1], Some(2.0));
    let columns = [holed.to_vec(), some(&[1.0, 2.0, 3.0, 0.0])];
    assert_eq!(screening::screened_out(&columns, 0.6), [1]);
    assert_eq!((screening::available(&columns, 1), screening::non_zero(&columns, 3)), (0.5, Some(0.0)));
    assert_eq!(rank::ascending(&some(&[5.0, 1.0, 5.0]), Ties::Average), some(&[2.5, 1.0, 2.5]));
    assert_eq!(rank::borda(&some(&[5.0, 1.0, 5.0])), some(&[1.0, 0.0, 1.0]));
    assert_eq!(rank::within(&some(&[5.0, 1.0, 7.0, 1.0]), &[0, 1, 0, 1]), [Some(2), Some(1), Some(1), Some(1)]);
    assert_eq!(rank::among(50.0, &[90.0, 50.0, 40.0]), 2);
    // A column of one value gets the middle of the scale, where the peer gives no number.
    let alike =
        |normaliser: &Normaliser| column::normalised(&some(&[2.0, 2.0]), normaliser, Direction::HigherIsBetter, None);
    assert_eq!(alike(&Normaliser::MinMax { to: [0.0, 1.0] }), some(&[0.5, 0.5]));
    assert_eq!(alike(&Normaliser::ZScore { mean: 0.0, sd: 1.0 }), some(&[0.0, 0.0]));
    // Goalposts of a column where less is better need no other sign.
    let posts = Normaliser::Goalposts { posts: [10.0, 20.0], to: [0.0, 1.0] };
    let found = column::normalised(&some(&[10.0, 15.0, 30.0]), &posts, Direction::LowerIsBetter, None);
    assert_eq!(found, some(&[1.0, 0.5, 0.0]));
    let reference = Normaliser::DistanceToReference { unit: String::new(), to: [0.0, 1.0] };
    let found = column::normalised(&some(&[1.0, 2.0, 3.0, 9.0]), &reference, Direction::HigherIsBetter, Some(2));
    assert_eq!(found, some(&[0.0, 0.5, 1.0, 1.0]));
    // The harmonic mean of 1 and 100 with weights 1 and 3: 4 / (1 + 0.03); the generalised one re-weights gaps as others do.
    let parts = [Present { weight: 1.0, score: 1.0 }, Present { weight: 3.0, score: 100.0 }];
    assert!((aggregation::mean(Aggregation::Harmonic, &parts).unwrap().value - 4.0 / 1.03).abs() < 1e-12);
    assert!((aggregation::mean(Aggregation::Geometric, &parts).unwrap().value - 31.622_776_601_683_793).abs() < 1e-9);
    assert!((aggregation::mean(Aggregation::Power(2.0), &parts).unwrap().value - 7500.25_f64.sqrt()).abs() < 1e-9);
}

#[test]
fn trees_of_any_depth() {
    let element = |parent, weight, with, floor| Element {
        parent,
        weight,
        combine: Combine { with, then: Rescale::None },
        floor: Floor::Count(floor),
    };
    let mean = Aggregation::WeightedMean;
    // Two leaves in an inner group, that and a leaf in an outer one, that and a leaf in the whole.
    let tree = |with| {
        Hierarchy::new(vec![
            element(Some(4), 1.0, mean, 0.0),
            element(Some(4), 3.0, mean, 0.0),
            element(Some(5), 20.0, mean, 0.0),
            element(Some(6), 0.5, mean, 0.0),
            element(Some(5), 80.0, with, 0.6),
            element(Some(6), 0.5, mean, 0.0),
            element(None, 7.0, mean, 0.0),
        ])
        .unwrap()
    };
    let plain = tree(mean);
    let weights = plain.effective_weights();
    let expected = [0.1, 0.3, 0.1, 0.5, 0.4, 0.5, 1.0];
    assert!(weights.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-12), "{weights:?}");
    let leaves = |values: [Option<f64>; 4]| values.map(|value| vec![Leaf::from(value)]).to_vec();
    let whole = leaves([Some(10.0), Some(20.0), Some(50.0), Some(80.0)]);
    let found = plain.aggregate(&whole);
    assert!((found.values[6][0].unwrap() - (1.0 + 6.0 + 5.0 + 40.0)).abs() < 1e-12);
    let points: Vec<f64> = found.points(&plain, 6, 4, 0).into_iter().flatten().collect();
    assert!(points.iter().zip([1.0, 6.0, 5.0, 40.0]).all(|(one, other)| (one - other).abs() < 1e-12), "{points:?}");
    let harmonic = tree(Aggregation::Harmonic);
    let found = harmonic.aggregate(&whole);
    assert!((found.values[4][0].unwrap() - 4.0 / (0.1 + 0.15)).abs() < 1e-12);
    let points: f64 = found.points(&harmonic, 6, 4, 0).into_iter().flatten().sum();
    assert!((points - found.values[6][0].unwrap()).abs() < 1e-12);
    // One of two parts is fewer than six of ten: the inner group is missing, its weight falls on its sibling.
    let found = plain.aggregate(&leaves([None, Some(20.0), Some(50.0), Some(80.0)]));
    assert_eq!((found.values[4][0], found.values[5][0], found.values[6][0]), (None, Some(50.0), Some(65.0)));
    assert_eq!(found.points(&plain, 6, 4, 0), [None, None, Some(25.0), Some(40.0)]);
    let circle = |first| vec![element(Some(first), 1.0, mean, 0.0), element(Some(0), 1.0, mean, 0.0)];
    assert!(Hierarchy::new(circle(1)).is_none() && Hierarchy::new(circle(5)).is_none());
}
