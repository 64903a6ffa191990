//! Influence on the citation graph: small cases by hand, a dense power iteration beside it, the same bits on any threads.

use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sanjeh::measure::influence::{
    BadDamping, CitationGraph, Dropped, Importance, Normalised, OneRound, Walk, importance, normalised, one_round,
};

fn graph(works: u32, citations: &[(u32, u32)]) -> CitationGraph {
    CitationGraph::new(works, citations.iter().copied())
}

/// Importance with the default tolerance.
fn walked(works: u32, citations: &[(u32, u32)], damping: f64) -> Importance {
    importance(&graph(works, citations), Walk { damping, ..Walk::default() }).unwrap()
}

fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (work, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() <= tolerance, "work {work}: {found} is not {expected}");
    }
}

/// The walk as a dense matrix, column by column where the reader at a work goes next, multiplied 600 times (0.95⁶⁰⁰ < 10⁻¹³).
fn dense(works: usize, citations: &[(u32, u32)], damping: f64) -> Vec<f64> {
    let mut cites = vec![vec![false; works]; works];
    for &(citing, cited) in citations {
        let (citing, cited) = (citing as usize, cited as usize);
        if citing < works && cited < works && citing != cited {
            cites[citing][cited] = true;
        }
    }
    let even = 1.0 / works as f64;
    let leaving: Vec<Vec<f64>> = cites
        .iter()
        .map(|cited| match cited.iter().filter(|cited| **cited).count() {
            0 => vec![even; works],
            count => cited
                .iter()
                .map(|&cited| (1.0 - damping) * even + if cited { damping / count as f64 } else { 0.0 })
                .collect(),
        })
        .collect();
    let mut at = vec![even; works];
    for _ in 0..600 {
        at = (0..works).map(|to| (0..works).map(|from| at[from] * leaving[from][to]).sum()).collect();
    }
    at
}

/// Works A to D; B and C cite A, D cites B and C; damping 0.5. A cites nothing, so a reader there opens any work.
///
/// Nothing leads to D but chance: with s = (1 − 0.5)/4 + 0.5 · A/4 = (1 + A)/8,
/// D = s;  B = C = s + 0.5 · D/2 = 1.25 s;  A = s + 0.5 · (B + C) = s + 1.25 s = 2.25 s.
/// In sum 1 = (2.25 + 1.25 + 1.25 + 1) s = 5.75 s, so s = 4/23: A = 9/23, B = C = 5/23, D = 4/23.
/// Check: (1 + 9/23)/8 = (32/23)/8 = 4/23 = s.
#[test]
fn four_works_by_hand() {
    let found = walked(4, &[(1, 0), (2, 0), (3, 1), (3, 2)], 0.5);
    assert_close(&found.values, &[9.0 / 23.0, 5.0 / 23.0, 5.0 / 23.0, 4.0 / 23.0], 1e-10);
    assert_eq!(found.values[1].to_bits(), found.values[2].to_bits(), "alike, to the bit");
}

/// A and B cite each other, C cites A; damping 0.85. No work is without references.
///
/// C = 0.15/3 = 0.05;  A = 0.05 + 0.85 (B + 0.05) = 0.0925 + 0.85 B;  B = 0.05 + 0.85 A.
/// A = 0.0925 + 0.0425 + 0.7225 A, so A = 0.135/0.2775 = 18/37 and B = 0.05 + 0.85 · 18/37 = 17.15/37.
#[test]
fn a_circle_by_hand() {
    let found = walked(3, &[(0, 1), (1, 0), (2, 0)], 0.85);
    assert_close(&found.values, &[18.0 / 37.0, 17.15 / 37.0, 0.05], 1e-9);
    assert!(found.converged && found.rounds > 100, "the circle takes {} rounds", found.rounds);
}

#[test]
fn no_works_one_work_no_citations() {
    let none = walked(0, &[], 0.5);
    assert_eq!(none, Importance { values: vec![], rounds: 0, change: 0.0, converged: true });
    let one = walked(1, &[(0, 0)], 0.5);
    assert_eq!((one.values, one.converged), (vec![1.0], true));
    let apart = walked(5, &[], 0.85);
    assert_close(&apart.values, &[0.2; 5], 1e-15);
    assert!(apart.converged);
}

#[test]
fn the_graph_drops_and_counts() {
    let pairs = [(1, 0), (2, 0), (1, 0), (0, 0), (3, 0), (0, 7), (2, 1), (1, 0), (2, 2)];
    let found = graph(3, &pairs);
    assert_eq!(found.dropped(), Dropped { repeated: 2, of_itself: 2, unknown: 2 });
    assert_eq!((found.works(), found.citations()), (3, 3));
    assert_eq!([found.citing(0), found.citing(1), found.citing(2), found.citing(3)], [&[1, 2][..], &[2], &[], &[]]);
    assert_eq!(found.references(), [0, 1, 2]);
    let mut other = pairs;
    other.reverse();
    // Order, repeats and works that cite themselves change nothing of the walk.
    assert_eq!(graph(3, &other), found);
    assert_eq!(walked(3, &pairs, 0.5).values, walked(3, &[(1, 0), (2, 0), (2, 1)], 0.5).values,);
}

#[test]
fn a_damping_that_is_none_is_refused() {
    let graph = graph(2, &[(0, 1)]);
    for damping in [1.0, -0.1, 1.5, f64::INFINITY] {
        assert_eq!(importance(&graph, Walk { damping, ..Walk::default() }), Err(BadDamping(damping)));
    }
    assert!(importance(&graph, Walk { damping: f64::NAN, ..Walk::default() }).is_err());
    // Without following references all works are alike.
    assert_eq!(walked(2, &[(0, 1)], 0.0).values, [0.5, 0.5]);
}

#[test]
fn rounds_that_do_not_suffice_are_told() {
    let graph = graph(3, &[(0, 1), (1, 0), (2, 0)]);
    let found = importance(&graph, Walk { damping: 0.85, most_rounds: 5, ..Walk::default() }).unwrap();
    assert!(!found.converged && found.rounds == 5 && found.change > 1e-10);
    let start = importance(&graph, Walk { most_rounds: 0, ..Walk::default() }).unwrap();
    assert!(!start.converged);
    assert_close(&start.values, &[1.0 / 3.0; 3], 1e-15);
}

/// 30,000 works with about 398,000 citations, which is several chunks: half of the works without references, some cited
/// by thousands, circles.
fn large() -> CitationGraph {
    let mut chance = ChaCha8Rng::seed_from_u64(4);
    let mut below = |limit: u32| chance.next_u32() % limit;
    let pairs: Vec<(u32, u32)> = (0..400_000).map(|_| (below(15_000), below(300) * below(100))).collect();
    let graph = CitationGraph::new(30_000, pairs);
    assert!(graph.citations() > 380_000);
    graph
}

#[test]
fn the_same_bits_on_any_threads() {
    let bits = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let graph = large();
            let found = importance(&graph, Walk { damping: 0.85, ..Walk::default() }).unwrap();
            let values: Vec<u64> = found.values.iter().map(|value| value.to_bits()).collect();
            (graph, values, found.rounds, found.change.to_bits())
        })
    };
    let one = bits(1);
    for threads in [2, 3, 8] {
        assert!(bits(threads) == one, "{threads} threads give other bits than one");
    }
}

#[test]
fn a_large_walk_converges_and_sums_to_one() {
    let graph = large();
    for damping in [0.5, 0.85] {
        let found = importance(&graph, Walk { damping, ..Walk::default() }).unwrap();
        assert!(found.converged && found.change < 1e-10, "change {}", found.change);
        // The bounds that the default's docstring states.
        assert!(found.rounds <= if damping == 0.5 { 35 } else { 146 }, "{} rounds", found.rounds);
        assert!((found.values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // One round more moves nothing beyond the tolerance.
        let more = Walk { damping, tolerance: 0.0, most_rounds: found.rounds + 1 };
        let more = importance(&graph, more).unwrap();
        let moved: f64 = found.values.iter().zip(&more.values).map(|(a, b)| (a - b).abs()).sum();
        assert!(moved < 1e-10, "moved by {moved}");
    }
}

proptest! {
    /// The ranking and the values of a dense power iteration.
    #[test]
    fn as_a_dense_power_iteration(
        (works, citations) in (1u32..25).prop_flat_map(|works| {
            // One number too many, so that unknown works occur; repeats and self-citations come by themselves.
            (Just(works), prop::collection::vec((0..=works, 0..=works), 0..120))
        }),
        damping in 0.05f64..0.95,
    ) {
        let walk = Walk { damping, tolerance: 1e-10, most_rounds: 1_000 };
        let found = importance(&graph(works, &citations), walk).unwrap();
        prop_assert!(found.converged && found.change < 1e-10);
        let expected = dense(works as usize, &citations, damping);
        for (found, expected) in found.values.iter().zip(&expected) {
            prop_assert!((found - expected).abs() < 1e-9, "{} is not {}", found, expected);
        }
        prop_assert!((found.values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // What the stop at 1e-10 leaves open is below 1e-10 · 0.95/0.05: works further apart keep their order.
        for one in 0..works as usize {
            for other in 0..works as usize {
                if expected[one] > expected[other] + 4e-9 {
                    prop_assert!(found.values[one] > found.values[other], "{} and {} change places", one, other);
                }
            }
        }
    }

    /// A normalised cohort has the mean 1.
    #[test]
    fn cohorts_have_the_mean_one(rows in prop::collection::vec((1e-9f64..1.0, prop::option::of(0u32..4)), 0..60)) {
        let (values, cohorts): (Vec<f64>, Vec<Option<u32>>) = rows.into_iter().unzip();
        let found = normalised(&values, &cohorts);
        prop_assert_eq!(found.len(), values.len());
        for cohort in 0..4 {
            let of: Vec<f64> = (found.iter().zip(&cohorts))
                .filter(|(_, of)| **of == Some(cohort))
                .map(|(found, _)| found.value.unwrap())
                .collect();
            prop_assert!(of.is_empty() || (of.iter().sum::<f64>() / of.len() as f64 - 1.0).abs() < 1e-12);
        }
    }
}

/// Cohort 7 holds 0.1 and 0.3, mean 0.2; cohort 9 holds 0.4 alone; one work has no cohort, the last is beyond the list.
#[test]
fn normalised_by_hand() {
    let found = normalised(&[0.1, 0.4, 0.3, 0.15, 0.05], &[Some(7), Some(9), Some(7), None]);
    let values: Vec<Option<f64>> = found.iter().map(|work| work.value).collect();
    assert_eq!(values, [Some(0.5), Some(1.0), Some(0.3 / 0.2), None, None]);
    assert_eq!(found.iter().map(|work| work.cohort).collect::<Vec<_>>(), [2, 1, 2, 0, 0]);
    assert_eq!(normalised(&[0.0], &[Some(1)]), [Normalised { value: None, cohort: 1 }], "no mean to divide by");
}

/// 0.5 + 2 + min(37, 10) = 12.5; the fourth citing work has no FWCI, the fifth no possible one.
#[test]
fn one_round_by_hand() {
    let found = one_round(&[Some(0.5), Some(37.0), None, Some(2.0), Some(-1.0)]);
    assert_eq!(found, OneRound { value: Some(12.5), known: 3, unknown: 2 });
    assert_eq!(one_round(&[]), OneRound { value: Some(0.0), known: 0, unknown: 0 }, "uncited");
    assert_eq!(one_round(&[None, Some(f64::NAN)]), OneRound { value: None, known: 0, unknown: 2 });
    let (forth, back) = ([0.1, 0.2, 0.3].map(Some), [0.3, 0.2, 0.1].map(Some));
    assert_eq!(one_round(&forth), one_round(&back), "in any order");
}
