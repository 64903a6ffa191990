//! Step 7: ranks among units of the same type.

use crate::model::edition::Ties;

/// Rank of each value, the greatest first; equal values share the better rank, `None` has none. Second, how many have
/// one.
pub fn ranks(values: &[Option<f64>]) -> (Vec<Option<u32>>, u32) {
    let mut order: Vec<usize> = (0..values.len()).filter(|&at| values[at].is_some()).collect();
    // Values are finite, so that equal and "neither greater" agree; the index only settles the order of equals.
    order.sort_by(|&left, &right| {
        let (left_value, right_value) = (values[left].unwrap_or(0.0), values[right].unwrap_or(0.0));
        right_value.total_cmp(&left_value).then(left.cmp(&right))
    });
    let mut ranks = vec![None; values.len()];
    let mut rank = 0;
    for (place, &at) in order.iter().enumerate() {
        let tied = place > 0 && values[order[place - 1]] == values[at];
        if !tied {
            rank = place as u32 + 1;
        }
        ranks[at] = Some(rank);
    }
    (ranks, order.len() as u32)
}

/// Ranks within groups: those of each group by itself. `groups` names the group of each value.
pub fn within(values: &[Option<f64>], groups: &[usize]) -> Vec<Option<u32>> {
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let mut ranked = vec![None; values.len()];
    for group in 0..count {
        let members: Vec<usize> = (0..values.len()).filter(|&at| groups[at] == group).collect();
        let own: Vec<Option<f64>> = members.iter().map(|&at| values[at]).collect();
        for (at, rank) in members.into_iter().zip(ranks(&own).0) {
            ranked[at] = rank;
        }
    }
    ranked
}

/// Ranks from below: the least value has rank 1. Equal values share the least or the mean of their ranks.
pub fn ascending(values: &[Option<f64>], ties: Ties) -> Vec<Option<f64>> {
    let mut ordered: Vec<f64> = values.iter().flatten().copied().collect();
    ordered.sort_by(f64::total_cmp);
    let rank = |value: f64| {
        let below = ordered.partition_point(|other| *other < value);
        let equal = ordered.partition_point(|other| *other <= value) - below;
        let shared = if ties == Ties::Average { equal.saturating_sub(1) as f64 / 2.0 } else { 0.0 };
        (below + 1) as f64 + shared
    };
    values.iter().map(|value| value.map(rank)).collect()
}

/// Borda points: how many of the others a value beats.
pub fn borda(values: &[Option<f64>]) -> Vec<Option<f64>> {
    ascending(values, Ties::Min).into_iter().map(|rank| rank.map(|rank| rank - 1.0)).collect()
}

/// The rank that a score would have among published ones: one more than how many are greater.
pub fn among(score: f64, published: &[f64]) -> u32 {
    published.iter().filter(|other| **other > score).count() as u32 + 1
}
