//! Sobol indices against analytic values.

use std::f64::consts::PI;

use proptest::prelude::*;
use sanjeh::whatif::sensitivity::design::{Design, Sequence};
use sanjeh::whatif::sensitivity::indices::{Banded, Bootstrap, FirstOrder, Index, Outputs, banded, indices};

const BOOTSTRAP: Bootstrap = Bootstrap { samples: 200, seed: 3, outside: 0.1 };

fn values(design: &Design, model: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut point = vec![0.0; design.inputs()];
    (0..design.draws())
        .map(|draw| {
            design.point(draw, &mut point);
            model(&point)
        })
        .collect()
}

/// Ishigami and Homma 1990 with a = 7, b = 0.1, over −π to π.
fn ishigami(point: &[f64]) -> f64 {
    let [x1, x2, x3] = [0, 1, 2].map(|at| PI * (2.0 * point[at] - 1.0));
    let sine = libm::sin(x2);
    libm::sin(x1) + 7.0 * sine * sine + 0.1 * x3 * x3 * x3 * x3 * libm::sin(x1)
}

/// First-order and total indices worked out from the variances: V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = 8b²π⁸/225
/// (Saltelli et al., Global Sensitivity Analysis: The Primer, 2008, section 4.8).
fn analytic() -> [Index; 3] {
    let (a, b, fourth) = (7.0, 0.1, PI * PI * PI * PI);
    let first = 0.5 * (1.0 + b * fourth / 5.0) * (1.0 + b * fourth / 5.0);
    let (second, both) = (a * a / 8.0, 8.0 * b * b * fourth * fourth / 225.0);
    let all = first + second + both;
    [(first, first + both), (second, second), (0.0, both)]
        .map(|(first, total)| Index { first: first / all, total: total / all })
}

#[test]
fn the_analytic_values_are_those_of_the_literature() {
    let expected = [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)];
    for (index, (first, total)) in analytic().iter().zip(expected) {
        assert!((index.first - first).abs() < 5e-5 && (index.total - total).abs() < 5e-5, "{index:?}");
    }
}

#[test]
fn ishigami_within_two_hundredths() {
    for first_order in [FirstOrder::Saltelli, FirstOrder::Jansen] {
        for seed in 0..5 {
            let design = Design::saltelli(3, 4096, Sequence::Sobol, seed).unwrap();
            let values = values(&design, ishigami);
            let found = indices(Outputs::new(&values, 4096).unwrap(), first_order).unwrap();
            for (found, expected) in found.iter().zip(analytic()) {
                let errors = [found.first - expected.first, found.total - expected.total];
                assert!(errors.iter().all(|error| error.abs() < 0.02), "{first_order:?}, seed {seed}: {errors:?}");
            }
        }
    }
}

/// Of random designs about nine tenths have the true value within the band that should hold nine tenths.
#[test]
fn bands_hold_the_true_values() {
    let (mut within, mut all) = (0, 0);
    for seed in 0..24 {
        let design = Design::saltelli(3, 512, Sequence::Random, seed).unwrap();
        let values = values(&design, ishigami);
        let outputs = Outputs::new(&values, 512).unwrap();
        let found = banded(&[outputs], FirstOrder::Jansen, BOOTSTRAP).remove(0).unwrap();
        for (Banded { first, total, .. }, expected) in found.iter().zip(analytic()) {
            for ((low, high), value) in [(first, expected.first), (total, expected.total)] {
                within += usize::from((*low..=*high).contains(&value));
                all += 1;
            }
        }
    }
    let share = f64::from(within as u32) / f64::from(all as u32);
    assert!((0.82..=0.97).contains(&share), "{share}");
}

#[test]
fn what_does_not_vary_has_no_indices() {
    let design = Design::saltelli(2, 64, Sequence::Sobol, 1).unwrap();
    for value in [0.0, 0.1, 1e9 / 3.0] {
        let values = values(&design, |_| value);
        assert_eq!(indices(Outputs::new(&values, 64).unwrap(), FirstOrder::Jansen), None);
    }
    assert!(Outputs::new(&[1.0; 5], 2).is_none());
    assert!(Outputs::new(&[1.0; 4], 2).is_none());
}

#[test]
fn several_outputs_together_are_as_each_alone() {
    let design = Design::saltelli(3, 128, Sequence::Sobol, 5).unwrap();
    let one = values(&design, ishigami);
    let other = values(&design, |point| point[0] + 2.0 * point[1]);
    let outputs = [&one, &other].map(|values| Outputs::new(values, 128).unwrap());
    let together = banded(&outputs, FirstOrder::Jansen, BOOTSTRAP);
    for (at, output) in outputs.iter().enumerate() {
        assert_eq!(together[at], banded(&[*output], FirstOrder::Jansen, BOOTSTRAP)[0]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A sum of inputs with factors has no interactions: both indices are the factor's share of the squares.
    #[test]
    fn sums_have_no_interactions(factors in prop::collection::vec(0.5..3.0_f64, 2..6), seed in 0..1000_u64) {
        let design = Design::saltelli(factors.len(), 2048, Sequence::Sobol, seed).unwrap();
        let values = values(&design, |point| point.iter().zip(&factors).map(|(value, factor)| value * factor).sum());
        let squares: f64 = factors.iter().map(|factor| factor * factor).sum();
        let found = indices(Outputs::new(&values, 2048).unwrap(), FirstOrder::Jansen).unwrap();
        for (index, factor) in found.iter().zip(&factors) {
            let expected = factor * factor / squares;
            prop_assert!((index.first - expected).abs() < 0.02 && (index.total - expected).abs() < 0.02);
        }
    }

    /// Neither place nor size of an output moves its indices.
    #[test]
    fn indices_know_no_unit(factor in prop_oneof![-100.0..-0.01_f64, 0.01..100.0], offset in -50.0..50.0_f64) {
        let design = Design::saltelli(3, 256, Sequence::Sobol, 11).unwrap();
        let plain = values(&design, ishigami);
        let moved: Vec<f64> = plain.iter().map(|value| factor * value + offset).collect();
        let of = |values: &[f64]| indices(Outputs::new(values, 256).unwrap(), FirstOrder::Jansen).unwrap();
        for (one, other) in of(&plain).iter().zip(of(&moved)) {
            prop_assert!((one.first - other.first).abs() < 1e-8 && (one.total - other.total).abs() < 1e-8);
        }
    }
}
