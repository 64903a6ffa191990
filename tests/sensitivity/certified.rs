//! Certified ranks against enumeration, and what holds for any scores.

use proptest::prelude::*;
use sanjeh::whatif::certified::band::{Band, product};
use sanjeh::whatif::certified::hitting::{Fewest, Sets};
use sanjeh::whatif::certified::system::{self, Answer};
use sanjeh::whatif::certified::{Effort, Interval, Scores, game, intervals};

use crate::support;

fn certified(rows: Vec<Vec<f64>>, band: &Band) -> Vec<Option<Interval>> {
    let nominal = vec![1.0 / band.len() as f64; band.len()];
    intervals(&Scores { rows }, band, &nominal, Effort::default())
}

/// Best and worst rank over points.
fn over(scores: &Scores, unit: usize, points: &[Vec<f64>]) -> (u32, u32) {
    let ranks = points.iter().map(|weights| scores.beaten_by(unit, weights) as u32 + 1);
    ranks.fold((u32::MAX, 0), |(best, worst), rank| (best.min(rank), worst.max(rank)))
}

fn within(band: &Band, weights: &[f64]) -> bool {
    let bounds = band.low().iter().zip(band.high());
    weights.iter().zip(bounds).all(|(weight, (low, high))| (low - 1e-12..=high + 1e-12).contains(weight))
}

/// Every face of what lines cut a segment into: where two units change places, and between.
fn points_of_two(rows: &[Vec<f64>], band: &Band) -> Vec<Vec<f64>> {
    let mut cuts = vec![band.low()[0].max(1.0 - band.high()[1]), band.high()[0].min(1.0 - band.low()[1])];
    for one in rows {
        for other in rows {
            let (first, second) = (one[0] - other[0], one[1] - other[1]);
            if first != second {
                cuts.push(second / (second - first));
            }
        }
    }
    let (low, high) = (cuts[0], cuts[1]);
    cuts.retain(|cut| (low..=high).contains(cut));
    cuts.sort_by(f64::total_cmp);
    let between: Vec<f64> = cuts.windows(2).map(|pair| f64::midpoint(pair[0], pair[1])).collect();
    cuts.extend(between);
    cuts.iter().map(|first| vec![*first, 1.0 - first]).collect()
}

/// A point of every face of what lines cut a triangle into: each crossing of two lines, and a step from it along either
/// line and along the bisectors. `a·x + b·y = c`.
fn points_of_three(rows: &[Vec<f64>], band: &Band) -> Vec<Vec<f64>> {
    let mut lines: Vec<[f64; 3]> = Vec::new();
    for (at, one) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            let [x, y, z] = [0, 1, 2].map(|at| one[at] - other[at]);
            if (x - z, y - z) != (0.0, 0.0) {
                lines.push([x - z, y - z, -z]);
            }
        }
    }
    for bound in [band.low(), band.high()] {
        lines.extend([[1.0, 0.0, bound[0]], [0.0, 1.0, bound[1]], [1.0, 1.0, 1.0 - bound[2]]]);
    }
    let point = |x: f64, y: f64| vec![x, y, 1.0 - x - y];
    let mut points = Vec::new();
    for (at, &[a, b, c]) in lines.iter().enumerate() {
        for &[d, e, f] in &lines[at + 1..] {
            let determinant = a * e - b * d;
            if determinant == 0.0 {
                continue;
            }
            let (x, y) = ((c * e - b * f) / determinant, (a * f - c * d) / determinant);
            points.push(point(x, y));
            let (one, other) = (f64::hypot(a, b), f64::hypot(d, e));
            let (one, other) = ((-b / one, a / one), (-e / other, d / other));
            let steps = [one, other, (one.0 + other.0, one.1 + other.1), (one.0 - other.0, one.1 - other.1)];
            for (right, up) in steps {
                for step in [1e-5, -1e-5] {
                    points.push(point(x + step * right, y + step * up));
                }
            }
        }
    }
    points.retain(|weights| within(band, weights));
    points
}

/// Whole scores, so that no two crossings are nearly the same.
fn rows(weights: usize) -> impl Strategy<Value = Vec<Vec<f64>>> {
    let row = prop::collection::vec((0..=7_u8).prop_map(f64::from), weights);
    prop::collection::vec(row, 2..=6)
}

fn band(weights: usize) -> impl Strategy<Value = Band> {
    prop_oneof![
        Just(Band::all(weights)),
        (prop::collection::vec(1..5_u8, weights), prop::sample::select(vec![0.1, 0.25, 0.5, 0.8])).prop_map(
            |(nominal, share)| {
                Band::around(&nominal.into_iter().map(f64::from).collect::<Vec<_>>(), share).unwrap()
            }
        ),
    ]
}

fn compare(rows: Vec<Vec<f64>>, band: &Band, points: &[Vec<f64>]) -> Result<(), TestCaseError> {
    let scores = Scores { rows: rows.clone() };
    for (unit, interval) in certified(rows, band).into_iter().enumerate() {
        let Interval { best, worst } = interval.unwrap();
        prop_assert!(best.is_exact() && worst.is_exact(), "unit {unit}: {best:?} {worst:?}");
        prop_assert_eq!((best.attained, worst.attained), over(&scores, unit, points), "unit {}", unit);
        for end in [best, worst] {
            prop_assert!(within(band, &end.weights) && (end.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert_eq!(scores.beaten_by(unit, &end.weights) as u32 + 1, end.attained);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn two_weights_as_enumerated((rows, band) in (rows(2), band(2))) {
        compare(rows.clone(), &band, &points_of_two(&rows, &band))?;
    }

    #[test]
    fn three_weights_as_enumerated((rows, band) in (rows(3), band(3))) {
        compare(rows.clone(), &band, &points_of_three(&rows, &band))?;
    }

    /// No weights of the band, drawn at will, give a rank beyond the proven ones; a wider band has the narrower interval.
    #[test]
    fn proven_ranks_hold_everywhere(
        rows in prop::collection::vec(prop::collection::vec(0.0..100.0_f64, 5), 2..12),
        draws in prop::collection::vec(prop::collection::vec(0.0..1.0_f64, 5), 50),
    ) {
        let nominal = [1.0, 2.0, 3.0, 4.0, 5.0];
        let [narrow, wide] = [0.2, 0.6].map(|share| Band::around(&nominal, share).unwrap());
        let scores = Scores { rows: rows.clone() };
        let [inner, outer] = [&narrow, &wide].map(|band| certified(rows.clone(), band));
        for unit in 0..rows.len() {
            let (inner, outer) = (inner[unit].as_ref().unwrap(), outer[unit].as_ref().unwrap());
            prop_assert!(outer.best.proven <= inner.best.attained && inner.worst.attained <= outer.worst.proven);
            for draw in &draws {
                let weights = wide.fitted(&wide.low().iter().zip(wide.high()).zip(draw).map(|((low, high), share)| low + share * (high - low)).collect::<Vec<_>>());
                let rank = scores.beaten_by(unit, &weights) as u32 + 1;
                prop_assert!((outer.best.proven..=outer.worst.proven).contains(&rank));
            }
        }
    }

    /// Where units miss different scores the outer ends still hold, and the inner ones are had at their weights.
    #[test]
    fn missing_scores_keep_both_ends_honest(
        rows in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, 0.0..100.0_f64), 4), 2..8),
        draws in prop::collection::vec(prop::collection::vec(0.01..1.0_f64, 4), 50),
    ) {
        let rows: Vec<Vec<f64>> =
            rows.into_iter().map(|row| row.into_iter().map(|score| score.unwrap_or(f64::NAN)).collect()).collect();
        let scores = Scores { rows: rows.clone() };
        let band = Band::around(&[1.0; 4], 0.5).unwrap();
        for (unit, interval) in certified(rows, &band).into_iter().enumerate() {
            let Some(Interval { best, worst }) = interval else { continue };
            prop_assert!(best.proven <= best.attained && worst.attained <= worst.proven);
            for end in [&best, &worst] {
                prop_assert_eq!(scores.beaten_by(unit, &end.weights) as u32 + 1, end.attained);
            }
            for draw in &draws {
                let weights = band.fitted(draw);
                prop_assert!(within(&band, &weights));
                let rank = scores.beaten_by(unit, &weights) as u32 + 1;
                prop_assert!((best.proven..=worst.proven).contains(&rank), "{} {} {}", best.proven, rank, worst.proven);
            }
        }
    }

    /// What the small solver plays is what both sides can do at best: neither can do better against the other's play.
    #[test]
    fn games_are_played_to_a_draw(rows in prop::collection::vec(prop::collection::vec(-50.0..50.0_f64, 6), 1..30), band in band(6)) {
        let own: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let play = game::play(&own, &band).unwrap();
        let lowest = own.iter().map(|row| product(row, &play.weights)).fold(f64::INFINITY, f64::min);
        let mean: Vec<f64> =
            (0..6).map(|at| own.iter().zip(&play.multipliers).map(|(row, share)| share * row[at]).sum()).collect();
        prop_assert!(within(&band, &play.weights));
        prop_assert!((lowest - band.maximum(&mean)).abs() < 1e-7, "{lowest} {}", band.maximum(&mean));
    }

    /// The fewest that hit all sets, against all subsets.
    #[test]
    fn fewest_as_enumerated(sets in prop::collection::vec(prop::collection::btree_set(0..9_usize, 1..4), 1..12)) {
        let mut known = Sets::new(9);
        sets.iter().for_each(|set| known.add(&set.iter().copied().collect::<Vec<_>>()));
        let hits = |chosen: u32| sets.iter().all(|set| set.iter().any(|&thing| chosen >> thing & 1 == 1));
        let least = (0..1_u32 << 9).filter(|chosen| hits(*chosen)).map(u32::count_ones).min().unwrap();
        let Fewest::Proven(fewest) = known.fewest(1_000_000) else { panic!("cut") };
        prop_assert_eq!(fewest.len() as u32, least);
        prop_assert!(hits(fewest.iter().fold(0, |all, thing| all | 1 << thing)));
        prop_assert!(hits(known.some().iter().fold(0, |all, thing| all | 1 << thing)));
        if let Fewest::Cut(bound) = known.fewest(1) {
            prop_assert!(bound as u32 <= least);
        }
    }
}

#[test]
fn equal_units_share_the_better_rank_everywhere() {
    let rows = vec![vec![50.0, 60.0], vec![50.0, 60.0], vec![40.0, 70.0]];
    let found = certified(rows, &Band::all(2));
    let ranks: Vec<(u32, u32)> =
        found.iter().flatten().map(|interval| (interval.best.attained, interval.worst.attained)).collect();
    assert_eq!(ranks, [(1, 2), (1, 2), (1, 3)]);
}

/// Both have 100 on the first: with all weight there they are even, and the second is first as well.
#[test]
fn a_tie_at_the_edge_counts() {
    let found = certified(vec![vec![100.0, 90.0], vec![100.0, 10.0]], &Band::all(2));
    let second = found[1].as_ref().unwrap();
    assert_eq!((second.best.attained, second.best.proven, second.worst.attained), (1, 1, 2));
    assert_eq!(second.best.weights, [1.0, 0.0]);
}

#[test]
fn a_cut_search_says_so() {
    // Four units around a fifth in the middle: which of them beat it depends on the weights.
    let rows = vec![
        vec![60.0, 50.0, 41.0],
        vec![41.0, 60.0, 50.0],
        vec![50.0, 41.0, 60.0],
        vec![56.0, 43.0, 52.0],
        vec![50.0, 50.0, 50.0],
    ];
    let band = Band::all(3);
    let cut = intervals(&Scores { rows: rows.clone() }, &band, &[1.0; 3], Effort { programmes: 0, steps: 0 });
    let whole = certified(rows, &band);
    let (cut, whole) = (cut[4].as_ref().unwrap(), whole[4].as_ref().unwrap());
    assert!(whole.worst.is_exact() && !cut.worst.is_exact(), "{cut:?}");
    assert!(cut.worst.attained <= whole.worst.attained && whole.worst.proven <= cut.worst.proven);
}

#[test]
fn a_conflict_is_named_and_weights_are_found() {
    let band = Band::all(2);
    let (one, other) = ([1.0, -1.0], [-1.0, 1.0]);
    assert_eq!(system::answer(&[&one, &other], 0.0, true, &band), Answer::Conflict(vec![0, 1]));
    assert_eq!(system::answer(&[&one, &other], 0.0, false, &band), Answer::Weights(vec![0.5, 0.5]));
    let Answer::Weights(weights) = system::answer(&[&one], 0.0, true, &band) else { panic!("it can be") };
    assert!(product(&one, &weights) > 0.0);
}

#[test]
fn bands_that_cannot_be() {
    assert_eq!(Band::around(&[0.0, 0.0], 0.1), None);
    assert_eq!(Band::around(&[1.0, -1.0, 2.0], 0.1), None);
    assert_eq!(Band::around(&[1.0, 1.0], -0.1), None);
    assert_eq!(Band::around(&[1.0, 1.0], f64::NAN), None);
    // A band of no width has one set of weights.
    let found = certified(vec![vec![10.0, 0.0], vec![4.0, 4.0]], &Band::around(&[1.0, 1.0], 0.0).unwrap());
    assert!(found.iter().flatten().all(|interval| interval.best.attained == interval.worst.proven));
}

/// 51 countries by their eight sub-pillars (COINr's ASEM data): all exact, with any weights and within a quarter.
#[test]
fn the_ranks_of_fifty_one_countries_are_exact() {
    let Some(path) = support::shared("coinr/pipeline/aggregated.csv") else { return };
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let groups = ["Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"];
    let places = groups.map(|code| headers.iter().position(|header| header == code).unwrap());
    let rows: Vec<Vec<f64>> = reader
        .records()
        .map(|row| row.map(|row| places.map(|at| row[at].parse().unwrap()).to_vec()).unwrap())
        .collect();
    assert_eq!(rows.len(), 51);
    let [quarter, all] =
        [Band::around(&[1.0; 8], 0.25).unwrap(), Band::all(8)].map(|band| certified(rows.clone(), &band));
    for (quarter, all) in quarter.iter().zip(&all) {
        let (quarter, all) = (quarter.as_ref().unwrap(), all.as_ref().unwrap());
        for interval in [quarter, all] {
            assert!(interval.best.is_exact() && interval.worst.is_exact());
        }
        assert!(all.best.attained <= quarter.best.attained && quarter.worst.attained <= all.worst.attained);
    }
}
