//! Tests: score – what holds for any input.

use super::*;

fn normaliser() -> impl Strategy<Value = Normaliser> {
    prop_oneof![
        Just(Normaliser::NormalCdf { tails: None }),
        Just(Normaliser::NormalCdf { tails: Some([0.05, 0.95]) }),
        Just(Normaliser::NormalCdf { tails: Some([0.25, 0.75]) }),
        Just(Normaliser::ExponentialCdf),
        Just(Normaliser::SquareRootOfMax),
        Just(Normaliser::ShareOfMax),
        Just(Normaliser::MinMax { to: [1.0, 100.0] }),
        Just(Normaliser::PercentileRank),
        Just(Normaliser::Given),
        Just(Normaliser::OfCappedMax { root: true, means: 2.0 }),
        Just(Normaliser::OfCappedMax { root: false, means: 1.5 }),
        Just(Normaliser::LogMinMax { to: [1.0, 100.0] }),
        Just(Normaliser::Goalposts { posts: [2.0, 400.0], to: [0.0, 100.0] }),
        Just(Normaliser::DistanceToTarget { target: 50.0, to: [10.0, 90.0] }),
        Just(Normaliser::ZScore { mean: 60.0, sd: 15.0 }),
        Just(Normaliser::Rank { ties: Ties::Min }),
        Just(Normaliser::Rank { ties: Ties::Average }),
        Just(Normaliser::TwoPiece { to: [0.0, 40.0, 100.0] }),
        Just(Normaliser::Bands {
            limits: vec![1.0, 3.0, 500.0],
            points: vec![0.0, 25.0, 75.0, 100.0],
            of: BandBase::Raw
        }),
        Just(Normaliser::Bands {
            limits: vec![1e-9, 0.75, 1.0, 1.25],
            points: vec![0.0, 25.0, 50.0, 75.0, 100.0],
            of: BandBase::Median
        }),
    ]
}

/// Those that a value's own weight in the population may bend: they are monotone only while the population stays.
fn bent() -> impl Strategy<Value = Normaliser> {
    let to = [1.0, 100.0];
    prop_oneof![
        Just(Normaliser::StretchedNormalCdf { tails: None, to }),
        Just(Normaliser::StretchedNormalCdf { tails: Some([0.05, 0.95]), to }),
        Just(Normaliser::DistanceToReference { unit: "u1".into(), to }),
    ]
}

fn treatment() -> impl Strategy<Value = Option<Treatment>> {
    prop_oneof![
        Just(None),
        Just(Some(Treatment::default())),
        Just(Some(Treatment { points: 1, skew: 0.5, kurtosis: 0.0, log: true })),
        Just(Some(Treatment { points: 2, skew: 0.1, kurtosis: -1.0, log: false })),
    ]
}

fn mean() -> impl Strategy<Value = Aggregation> {
    prop_oneof![
        Just(Aggregation::WeightedMean),
        Just(Aggregation::Geometric),
        Just(Aggregation::Harmonic),
        (-3.0..3.0_f64).prop_map(Aggregation::Power),
        (1_usize..4).prop_map(Aggregation::BestOf),
        Just(Aggregation::Copeland),
    ]
}

/// Raw values as they come: small counts with many ties, wide ranges, and gaps.
fn raw() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        3 => (0_u8..5).prop_map(|count| Some(f64::from(count))),
        3 => (0.0..1e6).prop_map(Some),
        1 => Just(None),
    ]
}

/// For each of up to 12 units its type and the values of all measures.
fn matrix() -> impl Strategy<Value = Vec<(bool, Vec<Option<f64>>)>> {
    prop::collection::vec((any::<bool>(), prop::collection::vec(raw(), built_in().measures.len())), 1..12)
}

fn rule() -> impl Strategy<Value = MissingRule> {
    prop_oneof![
        Just(MissingRule::Renormalise),
        Just(MissingRule::OwnLowerQuartile),
        Just(MissingRule::Zero),
        Just(MissingRule::Withhold),
    ]
}

fn rescale() -> impl Strategy<Value = Rescale> {
    prop_oneof![
        Just(Rescale::None),
        Just(Rescale::Top100),
        (0.5..2.0, -20.0..20.0).prop_map(|(factor, offset)| Rescale::Linear { factor, offset }),
        Just(Rescale::MinMax { from: None, to: [1.0, 100.0] }),
        Just(Rescale::MinMax { from: Some([20.0, 70.0]), to: [0.0, 100.0] }),
    ]
}

/// Scores the units of a matrix in this order.
fn score_in_order(
    catalogue: &Catalogue,
    edition: &Edition,
    matrix: &[(bool, Vec<Option<f64>>)],
    order: &[usize],
) -> Scorecard {
    let ids: Vec<String> = order.iter().map(|at| format!("u{at}")).collect();
    let rows: Vec<(&str, &str)> = ids
        .iter()
        .zip(order)
        .map(|(id, &at)| (id.as_str(), if matrix[at].0 { "university" } else { "school" }))
        .collect();
    let positions: Vec<&str> = catalogue.measures.iter().map(|known| known.code.as_str()).collect();
    let measures = measures(catalogue, edition, order.len(), |unit, code| {
        let at = positions.iter().position(|known| *known == code).unwrap();
        matrix[order[unit]].1[at].and_then(known)
    });
    let benchmark = catalogue.benchmark(&edition.id);
    Run { benchmark, minimum_units: 2, ..Run::among(&units(&rows), &measures, &catalogue.measures, edition) }
        .scorecard()
}

fn identity(matrix: &[(bool, Vec<Option<f64>>)]) -> Vec<usize> {
    (0..matrix.len()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scores_stay_in_range_and_contributions_sum_to_the_composite(
        matrix in matrix(), normaliser in prop_oneof![4 => normaliser(), 1 => bent()], rule in rule(),
        rescale in rescale(), floor in 0.0..0.7, built in any::<prop::sample::Index>(), treat in treatment(),
        means in prop::option::of((mean(), prop::collection::vec((mean(), rescale(), 0.0..0.5), 8))),
        impute in prop::option::of(prop_oneof![Just(Imputation::Mean), Just(Imputation::Median)]),
    ) {
        let catalogue = built_in();
        let mut edition = built.get(&catalogue.editions).clone();
        edition.missing = rule;
        edition.combine.then = rescale;
        edition.coverage_floor = floor;
        for indicator in &mut edition.indicators {
            indicator.normalise = normaliser.clone();
            indicator.treat = treat;
            indicator.impute = impute;
        }
        if let Some((total, groups)) = means {
            edition.combine.with = total;
            for (group, (with, then, floor)) in edition.groups.iter_mut().zip(groups) {
                group.combine = Combine { with, then };
                group.floor = floor;
            }
        }
        let card = score_in_order(catalogue, &edition, &matrix, &identity(&matrix));
        for score in &card.scores {
            prop_assert!(score.score.is_none_or(|score| (0.0..=100.0).contains(&score)), "{score:?}");
            prop_assert_eq!(score.score.is_none(), score.reason.is_some());
            prop_assert_eq!(score.score.is_some(), score.rank.is_some());
            prop_assert_eq!(score.score.is_some(), score.benchmark.is_some());
        }
        for composite in &card.composites {
            prop_assert!(composite.score.is_none_or(|score| (0.0..=100.0).contains(&score)), "{composite:?}");
            prop_assert!((0.0..=1.0).contains(&composite.coverage));
            prop_assert!(composite.score.is_none() || composite.group.is_some() || composite.coverage + 1e-9 >= floor);
            if composite.group.is_none() {
                let scores = card.scores_of(composite.unit, edition.indicators.len());
                let points: Vec<f64> = scores.iter().filter_map(|score| score.contribution).collect();
                match composite.score {
                    Some(score) => prop_assert!((points.iter().sum::<f64>() - score).abs() < 1e-9),
                    None => prop_assert!(points.is_empty()),
                }
            }
        }
    }

    #[test]
    fn more_is_never_worse(
        values in prop::collection::vec(prop_oneof![(0_u8..5).prop_map(f64::from), 0.0..1e3], 3..40),
        rise in prop_oneof![0.0..10.0, 0.0..1e5], at in any::<prop::sample::Index>(), normaliser in normaliser(),
    ) {
        let catalogue = built_in();
        let mut edition = plain(catalogue, normaliser);
        let at = at.index(values.len());
        let mut raised = values.clone();
        raised[at] += rise;
        for direction in [Direction::HigherIsBetter, Direction::LowerIsBetter] {
            for indicator in &mut edition.indicators {
                indicator.direction = direction;
            }
            let before = impact_scores(&edition, &values, &[], None)[at].score.unwrap();
            let after = impact_scores(&edition, &raised, &[], None)[at].score.unwrap();
            match direction {
                Direction::HigherIsBetter => prop_assert!(after >= before - 1e-9, "{before} → {after}"),
                Direction::LowerIsBetter => prop_assert!(after <= before + 1e-9, "{before} → {after}"),
            }
        }
    }

    #[test]
    fn the_order_of_units_changes_nothing_but_order(
        matrix in matrix(), built in any::<prop::sample::Index>(), turn in 0_usize..12, total in prop::option::of(mean()),
        then in rescale(), treat in treatment(),
    ) {
        let catalogue = built_in();
        let edition = &mut built.get(&catalogue.editions).clone();
        if let Some(total) = total {
            edition.combine = Combine { with: total, then };
            edition.by_groups = true;
            for indicator in &mut edition.indicators {
                indicator.treat = treat;
            }
        }
        let forward = score_in_order(catalogue, edition, &matrix, &identity(&matrix));
        let mut order = identity(&matrix);
        order.reverse();
        order.rotate_left(turn % matrix.len());
        let turned = score_in_order(catalogue, edition, &matrix, &order);
        let (indicators, groups) = (edition.indicators.len(), edition.groups.len());
        for (place, &at) in order.iter().enumerate() {
            let (here, there) = (UnitIndex(place as u32), UnitIndex(at as u32));
            for (score, other) in turned.scores_of(here, indicators).iter().zip(forward.scores_of(there, indicators)) {
                prop_assert_eq!(&Score { unit: there, ..score.clone() }, other);
            }
            for (one, other) in turned.composites_of(here, groups).iter().zip(forward.composites_of(there, groups)) {
                prop_assert_eq!(&Composite { unit: there, ..one.clone() }, other);
            }
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let catalogue = built_in();
    let matrix: Vec<(bool, Vec<Option<f64>>)> = (0..200_u32)
        .map(|unit| {
            let value = |measure: u32| f64::from((unit * 7919 + measure * 104_729) % 1009) / 7.0;
            (
                unit % 3 == 0,
                (0..built_in().measures.len())
                    .map(|measure| (!(unit + measure as u32).is_multiple_of(11)).then(|| value(measure as u32)))
                    .collect(),
            )
        })
        .collect();
    for edition in &catalogue.editions {
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| score_in_order(catalogue, edition, &matrix, &identity(&matrix)))
        };
        let one = with(1);
        assert!(one.scores.iter().any(|score| score.score.is_some()));
        for threads in [2, 7] {
            let many = with(threads);
            assert_eq!(one, many);
            let bits =
                |card: &Scorecard| card.scores.iter().map(|cell| cell.score.map(f64::to_bits)).collect::<Vec<_>>();
            assert_eq!(bits(&one), bits(&many));
        }
    }
}
