//! Stability intervals against a naive resampler that builds the samples, against theory, and for any thread count.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rayon::prelude::*;
use sanjeh::measure::bootstrap::{Draws, LEVEL, Network, NetworkValue, SAMPLES, Statistic, Statistics, interval};
use sanjeh::model::evidence::CoreIndex;
use sanjeh::model::ledger::Share;

const DRAWS: Draws = Draws { seed: 20_250_101, unit: 7 };

/// The numbers of the publications drawn, ascending, each as often as it was drawn.
fn expanded(counts: &[u8]) -> Vec<usize> {
    counts.iter().enumerate().flat_map(|(index, count)| vec![index; usize::from(*count)]).collect()
}

/// A statistic worked out from the sample itself.
fn naive(statistic: &Statistic, sample: &[usize]) -> Option<f64> {
    let sum = |amounts: &[f64]| sample.iter().fold(0.0, |sum, &index| sum + amounts[index]);
    match statistic {
        Statistic::Sum { amounts } => Some(sum(amounts)),
        Statistic::Shares { shares } => {
            let total: u128 = sample.iter().map(|&index| u128::from(shares[index].0)).sum();
            Some(total as f64 / Share::WHOLE.0 as f64)
        }
        Statistic::Mean { amounts, weights } => {
            let weight = sum(weights);
            (weight != 0.0).then(|| sum(amounts) / weight)
        }
        Statistic::Hirsch { citations } => {
            let most = sample.iter().map(|&index| citations[index]).max().unwrap_or(0);
            let enough = |h: &u32| sample.iter().filter(|&&index| citations[index] >= *h).count() >= *h as usize;
            (0..=most).rev().find(enough).map(f64::from)
        }
        Statistic::Core { citations, index } => {
            let mut known: Vec<u32> = sample.iter().filter_map(|&index| citations[index]).collect();
            known.sort_unstable_by(|a, b| b.cmp(a));
            let sum = |papers: usize| known[..papers].iter().map(|&citations| u64::from(citations)).sum::<u64>();
            let g = |papers: &usize| sum(*papers) >= (papers * papers) as u64;
            let h = |papers: &usize| known[..*papers].iter().all(|&citations| citations as usize >= *papers);
            let core = |holds: &dyn Fn(&usize) -> bool| (0..=known.len()).rev().find(|papers| holds(papers)).unwrap();
            match index {
                CoreIndex::G => Some(core(&g) as f64),
                CoreIndex::A if core(&h) == 0 => None,
                CoreIndex::A => Some(sum(core(&h)) as f64 / core(&h) as f64),
                CoreIndex::R => Some((sum(core(&h)) as f64).sqrt()),
                _ => Some(core(&h) as f64),
            }
        }
        Statistic::Quantile { values, share } => {
            let mut known: Vec<f64> = sample.iter().filter_map(|&index| values[index]).collect();
            known.sort_by(f64::total_cmp);
            let position = share * known.len().checked_sub(1)? as f64;
            let (below, above) = (known[position.floor() as usize], known[position.ceil() as usize]);
            Some(below + position.fract() * (above - below))
        }
        Statistic::Network(network) => {
            let scaled = network.areas.iter().enumerate().map(|(area, [at_1, at_100])| {
                let mut joint: BTreeMap<u32, u32> = BTreeMap::new();
                for &index in sample.iter().filter(|&&index| network.areas_of[index] >> area & 1 == 1) {
                    let (from, to) = (network.starts[index] as usize, network.starts[index + 1] as usize);
                    network.partners[from..to].iter().for_each(|partner| *joint.entry(*partner).or_default() += 1);
                }
                joint.retain(|_, papers| *papers >= u32::from(network.least));
                let countries: BTreeSet<u32> =
                    joint.keys().map(|&partner| network.country_of[partner as usize]).collect();
                let index = if joint.len() < 2 { 0.0 } else { countries.len() as f64 / libm::log(joint.len() as f64) };
                match network.value {
                    NetworkValue::Scaled => (1.0 + 99.0 * (index - at_1) / (at_100 - at_1)).clamp(1.0, 100.0),
                    NetworkValue::Index => index,
                    NetworkValue::Partners => joint.len() as f64,
                    NetworkValue::Countries => countries.len() as f64,
                }
            });
            Some(scaled.fold(0.0, |sum, scaled| sum + scaled) / network.areas.len().max(1) as f64)
        }
    }
}

fn network(works: &[Work], least: u8) -> Network {
    let mut starts = vec![0];
    let mut partners = Vec::new();
    for work in works {
        partners.extend(&work.partners);
        starts.push(partners.len() as u32);
    }
    Network {
        starts,
        partners,
        country_of: (0..PARTNERS).map(|partner| partner % 4).collect(),
        areas_of: works.iter().map(|work| work.areas).collect(),
        areas: vec![[0.5, 4.0], [1.0, 3.0], [0.0, 9.0]],
        least,
        value: NetworkValue::Scaled,
    }
}

const PARTNERS: u32 = 9;

/// A publication of a small unit.
#[derive(Debug, Clone)]
struct Work {
    amount: f64,
    weight: f64,
    share: u64,
    citations: u32,
    value: Option<f64>,
    partners: Vec<u32>,
    areas: u32,
}

fn work() -> impl Strategy<Value = Work> {
    let partners = prop::collection::vec(0..PARTNERS, 0..5);
    let numbers = (-5.0..50.0_f64, prop_oneof![Just(0.0), 0.01..1.0_f64], 0..=Share::WHOLE.0);
    (numbers, 0..30_u32, prop::option::weighted(0.8, 0..12_u32), partners, 0..8_u32).prop_map(
        |((amount, weight, share), citations, value, partners, areas)| Work {
            amount,
            weight,
            share,
            citations,
            value: value.map(|value| f64::from(value) / 3.0),
            partners,
            areas,
        },
    )
}

/// An index of the core; some publications have unknown citations.
fn core(works: &[Work], index: CoreIndex) -> Statistic {
    let citations = works.iter().map(|work| work.value.map(|_| work.citations)).collect();
    Statistic::Core { citations, index }
}

/// One statistic of each kind, and enough sums for several panels of columns.
fn statistics(works: &[Work], share: f64, least: u8) -> Vec<Statistic> {
    let of = |figure: &dyn Fn(&Work) -> f64| works.iter().map(figure).collect::<Vec<f64>>();
    let mut all = vec![
        Statistic::Mean { amounts: of(&|work| work.amount * work.weight), weights: of(&|work| work.weight) },
        Statistic::Hirsch { citations: works.iter().map(|work| work.citations).collect() },
        Statistic::Quantile { values: works.iter().map(|work| work.value).collect(), share },
        Statistic::Network(network(works, least)),
        Statistic::Shares { shares: works.iter().map(|work| Share(work.share)).collect() },
    ];
    all.extend((1..23).map(|part| Statistic::Sum { amounts: of(&|work| work.amount / f64::from(part)) }));
    all.extend([CoreIndex::G, CoreIndex::A, CoreIndex::R].map(|index| core(works, index)));
    let values = [NetworkValue::Partners, NetworkValue::Countries, NetworkValue::Index];
    all.extend(values.map(|value| Statistic::Network(Network { value, ..network(works, least) })));
    all
}

fn bits(values: &[Option<f64>]) -> Vec<Option<u64>> {
    values.iter().map(|value| value.map(f64::to_bits)).collect()
}

fn naive_of_all(all: &[Statistic], counts: &[u8]) -> Vec<Option<f64>> {
    let sample = expanded(counts);
    all.iter().map(|statistic| naive(statistic, &sample)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The same draws, once by the kernel and once by building each sample: the same bits.
    #[test]
    fn samples_are_what_a_naive_resampler_makes(
        works in prop::collection::vec(work(), 0..200), share in 0.0..=1.0_f64, least in 1..5_u8, unit: u64,
    ) {
        let all = statistics(&works, share, least);
        let ready = Statistics::new(works.len(), &all);
        let draws = Draws { seed: 3, unit };
        let samples = ready.resample(draws, 18);
        prop_assert_eq!(samples.values.len(), 18 * all.len());
        for (number, values) in samples.values.chunks(all.len()).enumerate() {
            let mut counts = vec![0; works.len()];
            draws.sample(number as u64, &mut counts);
            let expected = bits(&naive_of_all(&all, &counts));
            let values: Vec<Option<f64>> = values.iter().map(|value| (!value.is_nan()).then_some(*value)).collect();
            prop_assert_eq!(bits(&values), expected.clone());
            prop_assert_eq!(bits(&ready.evaluate(&counts)), expected);
        }
    }

    /// Any counts, far beyond what a draw gives; masks among them.
    #[test]
    fn given_counts_give_what_the_multiset_gives(
        drawn in prop::collection::vec((work(), prop_oneof![4 => 0..2_u8, 4 => 0..7_u8, 1 => 250..=255_u8]), 0..150),
        share in 0.0..=1.0_f64,
    ) {
        let (works, counts): (Vec<Work>, Vec<u8>) = drawn.into_iter().unzip();
        let all = statistics(&works, share, 3);
        let values = Statistics::new(works.len(), &all).evaluate(&counts);
        prop_assert_eq!(bits(&values), bits(&naive_of_all(&all, &counts)));
    }

    /// Every publication once is the sum of the terms in their order, to the last bit.
    #[test]
    fn all_once_is_the_plain_sum(works in prop::collection::vec(work(), 0..300)) {
        let values = Statistics::new(works.len(), &statistics(&works, 0.75, 3)).values();
        let amounts = works.iter().fold(0.0, |sum, work| sum + work.amount);
        let weighted = works.iter().fold(0.0, |sum, work| sum + work.amount * work.weight);
        let weights = works.iter().fold(0.0, |sum, work| sum + work.weight);
        let mean = (weights != 0.0).then(|| weighted / weights);
        prop_assert_eq!(values[0].map(f64::to_bits), mean.map(f64::to_bits));
        prop_assert_eq!(values[5].map(f64::to_bits), Some(amounts.to_bits()));
    }

    /// Leave-one-out against leaving out every publication in turn.
    #[test]
    fn the_most_influential_publication_is_found(
        works in prop::collection::vec(work(), 0..40), share in 0.0..=1.0_f64, least in 1..4_u8,
    ) {
        let all = statistics(&works, share, least);
        let ready = Statistics::new(works.len(), &all);
        let values = ready.values();
        let without: Vec<Vec<Option<f64>>> = (0..works.len())
            .map(|left_out| {
                let mut mask = vec![1; works.len()];
                mask[left_out] = 0;
                ready.evaluate(&mask)
            })
            .collect();
        for (place, (statistic, found)) in all.iter().zip(ready.leave_one_out()).enumerate() {
            let Some(value) = values[place] else {
                prop_assert_eq!(found, None);
                continue;
            };
            let change =
                |left_out: usize| without[left_out][place].map_or(f64::INFINITY, |without| (without - value).abs());
            let largest = (0..works.len()).map(change).fold(0.0, f64::max);
            let Some(found) = found else {
                prop_assert_eq!(largest, 0.0, "{:?}", statistic);
                continue;
            };
            prop_assert_eq!(found.without.map(f64::to_bits), without[found.publication][place].map(f64::to_bits));
            match statistic {
                // Changes that differ by less than the rounding of a sum cannot be told apart.
                Statistic::Sum { .. } | Statistic::Shares { .. } | Statistic::Mean { .. } => {
                    let rounding = 1e-12 * (1.0 + value.abs());
                    prop_assert!(change(found.publication) >= largest - rounding, "{:?}", statistic);
                }
                _ => prop_assert_eq!(Some(found.publication), (0..works.len()).find(|&left| change(left) == largest)),
            }
        }
    }

    #[test]
    fn counts_sum_to_the_publications(publications in 0..3_000_usize, seed: u64, unit: u64, number: u64) {
        let mut counts = vec![9; publications];
        Draws { seed, unit }.sample(number, &mut counts);
        prop_assert_eq!(counts.iter().map(|&count| usize::from(count)).sum::<usize>(), publications);
    }
}

/// 7 publications, 2,000 samples: each is drawn 2,000 times give or take √(2,000 · 7 · 1/7 · 6/7) = 41; at most five of
/// those.
#[test]
fn publications_are_drawn_equally_often() {
    let mut totals = [0_u32; 7];
    let mut counts = [0; 7];
    for number in 0..2_000 {
        DRAWS.sample(number, &mut counts);
        totals.iter_mut().zip(counts).for_each(|(total, count)| *total += u32::from(count));
    }
    assert!(totals.iter().all(|&total| total.abs_diff(2_000) < 5 * 41), "{totals:?}");
}

#[test]
fn seed_unit_and_number_make_other_samples() {
    let drawn = |seed, unit, number| {
        let mut counts = [0; 100];
        Draws { seed, unit }.sample(number, &mut counts);
        counts
    };
    let distinct: BTreeSet<[u8; 100]> =
        [drawn(1, 1, 1), drawn(2, 1, 1), drawn(1, 2, 1), drawn(1, 1, 2)].into_iter().collect();
    assert_eq!(distinct.len(), 4);
    assert_eq!(drawn(1, 1, 1), drawn(1, 1, 1));
}

/// CWTS: `sorted[floor(.025*1000)]` and `sorted[floor(.975*1000)]`.
#[test]
fn the_interval_takes_the_ranks_that_cwts_takes() {
    let descending = |count: u32| (0..count).rev().map(f64::from).collect::<Vec<f64>>();
    for (count, level, expected) in [
        (1_000, 0.95, Some((25.0, 975.0))),
        (1_000, 0.90, Some((50.0, 950.0))),
        (200, 0.95, Some((5.0, 195.0))),
        (1, 0.95, Some((0.0, 0.0))),
        (1_000, 1.0, Some((0.0, 999.0))),
        (0, 0.95, None),
    ] {
        assert_eq!(interval(&mut descending(count), level), expected, "{count} values");
    }
}

#[test]
fn constant_data_have_no_width() {
    let size = 60;
    let works: Vec<Work> = (0..size)
        .map(|_| Work {
            amount: 0.3,
            weight: 0.7,
            share: Share::WHOLE.0 / 3,
            citations: 4,
            value: Some(1.1),
            partners: vec![1, 2, 3, 4, 5],
            areas: 7,
        })
        .collect();
    let all = statistics(&works, 0.75, 3);
    let ready = Statistics::new(size, &all);
    let samples = ready.resample(DRAWS, SAMPLES);
    for (place, value) in ready.values().into_iter().enumerate() {
        assert_eq!(samples.interval(place, LEVEL), value.map(|value| (value, value)), "{:?}", all[place]);
    }
}

/// The interval of a mean is ±1.96 s/√n about it. The 25th of 1,000 samples scatters by
/// √(0.025 · 0.975 / 1,000) / φ(1.96) = 0.085 of their spread, 4 % of the half width: 15 % is more than three of those.
#[test]
fn the_interval_of_a_mean_is_where_theory_says() {
    let size = 400;
    let values: Vec<f64> = (0..size).map(|index| f64::from(index * 37 % 101)).collect();
    let mean = values.iter().sum::<f64>() / f64::from(size);
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / f64::from(size);
    let half = 1.96 * (variance / f64::from(size)).sqrt();
    let all = [Statistic::Mean { amounts: values, weights: vec![1.0; 400] }];
    let (low, high) = Statistics::new(400, &all).resample(DRAWS, SAMPLES).interval(0, LEVEL).unwrap();
    assert!((mean - low - half).abs() < 0.15 * half, "{low} is not {mean} - {half}");
    assert!((high - mean - half).abs() < 0.15 * half, "{high} is not {mean} + {half}");
}

/// Of 200 units of 40 publications with known true mean, 95 % of the intervals hold it, give or take three times
/// √(0.95 · 0.05 / 200) = 1.5 %; an interval of percentiles of so few and skewed values holds it somewhat less often.
#[test]
fn intervals_hold_the_true_mean_as_often_as_they_say() {
    let mut held = 0;
    for unit in 0..200_u64 {
        let mut drawn = [0; 1_000];
        // Counts of draws are Poisson with mean 1, whatever the unit: 40 of them are a unit's data.
        Draws { seed: 99, unit }.sample(0, &mut drawn);
        let amounts: Vec<f64> = drawn[..40].iter().map(|&count| f64::from(count)).collect();
        let all = [Statistic::Mean { amounts, weights: vec![1.0; 40] }];
        let samples = Statistics::new(40, &all).resample(Draws { seed: 5, unit }, 400);
        let (low, high) = samples.interval(0, LEVEL).unwrap();
        held += u32::from(low <= 1.0 && 1.0 <= high);
    }
    assert!((178..=199).contains(&held), "{held} of 200");
}

/// A unit is worked out in blocks of samples by whichever thread is free: the bits are the same, and the first samples do
/// not depend on how many follow.
#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let works: Vec<Work> = (0..700_u32)
        .map(|index| Work {
            amount: f64::from(index * 7_919 % 997) / 7.0,
            weight: f64::from(index % 10) / 9.0,
            share: u64::from(index) * 1_234_567_891_011 % Share::WHOLE.0,
            citations: index * 31 % 57,
            value: (index % 5 > 0).then(|| f64::from(index % 83) / 11.0),
            partners: (0..index % 4).map(|partner| (index + partner * partner) % PARTNERS).collect(),
            areas: index % 8,
        })
        .collect();
    let units: Vec<Statistics> =
        [700, 90, 1].iter().map(|&size| Statistics::new(size, &statistics(&works[..size], 0.75, 3))).collect();
    let bits_with = |threads: usize, samples: usize| -> Vec<Vec<u64>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let of_unit = |(unit, statistics): (usize, &Statistics)| {
            let samples = statistics.resample(Draws { seed: 11, unit: unit as u64 }, samples);
            samples.values.iter().map(|value| value.to_bits()).collect()
        };
        pool.install(|| units.par_iter().enumerate().map(of_unit).collect())
    };
    let one = bits_with(1, 100);
    for threads in [2, 3, 8] {
        assert_eq!(bits_with(threads, 100), one, "{threads} threads");
    }
    for (fewer, more) in bits_with(2, 41).iter().zip(&one) {
        assert_eq!(fewer[..], more[..fewer.len()]);
    }
}

#[test]
fn equal_columns_are_told_from_almost_equal_ones() {
    let amounts = |last: f64| vec![0.25, 0.5, last];
    let all: Vec<Statistic> = [1.0, 1.0 + f64::EPSILON, 1.0, -1.0]
        .into_iter()
        .map(|last| Statistic::Sum { amounts: amounts(last) })
        .collect();
    let values = Statistics::new(3, &all).evaluate(&[0, 0, 1]);
    assert_eq!(values, [1.0, 1.0 + f64::EPSILON, 1.0, -1.0].map(Some));
}
