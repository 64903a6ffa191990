//! Kappa, alpha, correlation and percentages against cited and hand-worked values.

use sanjeh::accreditation::agreement::{Weighting, kappa};
use sanjeh::accreditation::percent::{Percent, Rated, State};
use sanjeh::accreditation::reliability::{alpha, correlation};
use sanjeh::model::accreditation::decision::Quantity;
use sanjeh::model::accreditation::level::{Level, Scale};

/// Pairs of a table of counts.
fn pairs(counts: &[&[usize]]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (first, row) in counts.iter().enumerate() {
        for (second, &count) in row.iter().enumerate() {
            pairs.extend(std::iter::repeat_n((first, second), count));
        }
    }
    pairs
}

/// Two lists of categories, each given as counts in order, side by side.
fn side_by_side(first: &[usize], second: &[usize]) -> Vec<(usize, usize)> {
    let list = |counts: &[usize]| -> Vec<usize> {
        counts.iter().enumerate().flat_map(|(category, &count)| std::iter::repeat_n(category, count)).collect()
    };
    list(first).into_iter().zip(list(second)).collect()
}

#[test]
fn kappa_of_published_tables() {
    // Artstein and Poesio, Computational Linguistics 34, 2008, 555–596, table 1: 20, 20, 10, 50 give 0.348.
    let published = kappa(&pairs(&[&[20, 20], &[10, 50]]), 2, Weighting::Plain).unwrap();
    assert!((published - 0.348).abs() < 0.0005, "{published}");
    // By hand of the same table: observed 0.7, by chance 0.4 · 0.3 + 0.6 · 0.7 = 0.54; (0.7 − 0.54) / 0.46.
    assert!((published - 0.16 / 0.46).abs() < 1e-12);
    // The same paper's table 4, as scikit-learn's test_cohen_kappa has it: 0.8013.
    let three = kappa(&side_by_side(&[46, 44, 10], &[52, 32, 16]), 3, Weighting::Plain).unwrap();
    assert!((three - 0.8013).abs() < 0.00005, "{three}");
    // The same test's lists for weights: 0.9315 plain, 0.9412 linear, 0.9541 quadratic
    // (scikit-learn, sklearn/metrics/tests/test_classification.py).
    let lists = side_by_side(&[46, 44, 10], &[50, 40, 10]);
    for (weighting, expected) in
        [(Weighting::Plain, 0.9315), (Weighting::Linear, 0.9412), (Weighting::Quadratic, 0.9541)]
    {
        let found = kappa(&lists, 3, weighting).unwrap();
        assert!((found - expected).abs() < 0.00005, "{weighting:?}: {found}");
    }
}

/// By hand: pairs (0,0), (1,2), (2,2), (2,0) of three categories. Margins 1, 1, 2 and 2, 0, 2. Linear: observed 0 + 1 + 0 + 2
/// = 3, expected (0·2·1 + 2·1·2 + 1·1·2 + 1·1·2 + 2·2·2) / 4 = 16 / 4; 1 − 3/4. Quadratic: 5 against (8 + 2 + 2 + 16) / 4 = 7;
/// 1 − 5/7.
#[test]
fn weighted_kappa_by_hand() {
    let pairs = [(0, 0), (1, 2), (2, 2), (2, 0)];
    assert!((kappa(&pairs, 3, Weighting::Linear).unwrap() - 0.25).abs() < 1e-12);
    assert!((kappa(&pairs, 3, Weighting::Quadratic).unwrap() - 2.0 / 7.0).abs() < 1e-12);
    assert_eq!(kappa(&[(1, 1), (1, 1)], 3, Weighting::Linear), None);
    assert_eq!(kappa(&[], 3, Weighting::Linear), None);
}

/// By hand: squares 5, 4 and 8 about the means 2.5, 3 and 3; sums 4, 7, 10, 13 with squares 45; 3/2 · (1 − 17/45) = 14/15.
#[test]
fn alpha_by_hand() {
    let items = [vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 2.0, 4.0, 4.0], vec![1.0, 3.0, 3.0, 5.0]];
    assert!((alpha(&items).unwrap() - 14.0 / 15.0).abs() < 1e-12);
    assert_eq!(alpha(&items[..1]), None);
    assert_eq!(alpha(&[vec![1.0, 1.0], vec![2.0, 2.0]]), None);
    // By hand: deviations −1, 0, 1 and −1, 1, 0: 1 / (√2 · √2).
    assert!((correlation(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)]).unwrap() - 0.5).abs() < 1e-12);
    assert_eq!(correlation(&[(1.0, 1.0), (1.0, 3.0), (1.0, 2.0)]), None);
}

/// By hand, on a scale of 3, 2, 1, 0 with "relative" met: mandatory full, relative, partial and one unrated; preferred not met
/// and one that does not apply.
#[test]
fn percentages_by_hand() {
    let scale = Scale { points: [0.0, 1.0, 2.0, 3.0], met_from: Level::Relative };
    let rated = |area, mandatory, state| Rated { area, mandatory, state };
    let standards = [
        rated(0, true, State::At(Level::Full)),
        rated(0, true, State::At(Level::Relative)),
        rated(1, true, State::At(Level::Partial)),
        rated(1, true, State::Unrated),
        rated(1, false, State::At(Level::NotMet)),
        rated(1, false, State::NotApplicable),
    ];
    let percent = Percent::of(&standards, 3, &scale);
    let value = |quantity| percent.quantity(quantity);
    assert_eq!(value(Quantity::MandatoryMet), Some(2.0));
    assert_eq!(value(Quantity::MandatoryPercent), Some(100.0 * 2.0 / 3.0));
    assert_eq!(value(Quantity::PreferredPercent), Some(0.0));
    assert_eq!(value(Quantity::TotalPercent), Some(50.0));
    assert_eq!(value(Quantity::LowestAreaPercent), Some(100.0 / 6.0));
    assert_eq!(percent.areas.iter().map(|area| area.percent()).collect::<Vec<_>>()[2], None);
    assert_eq!(percent.coverage(), 0.8);
    assert!(!percent.gate());
    let all_met = Percent::of(&standards[..2], 3, &scale);
    assert!(all_met.gate() && all_met.coverage() == 1.0);
    assert_eq!(Percent::of(&[], 0, &scale).quantity(Quantity::TotalPercent), None);
}
