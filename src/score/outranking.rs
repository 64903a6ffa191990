//! Comparison in pairs: how much of the weight puts one unit before another.
//!
//! For units i and j, o(i, j) is the share of the weight of the columns in which i is greater than j, and half of that in
//! which they are equal; columns in which one of the two is missing do not count. A unit's Copeland score is the number
//! of the others whose comparison it wins (o > ½) less those it loses (Copeland 1951; Munda and Nardo 2009, Appl. Econ.
//! 41(12), doi 10.1080/00036840601019364).

use rayon::prelude::*;

/// Forgives the binary images of decimal weights where a comparison is even.
const EVEN: f64 = 1e-12;

/// o(i, j) for one pair of units over columns with weights; `None` where they have no weighty column in common.
pub fn outranks(columns: &[Vec<Option<f64>>], weights: &[f64], i: usize, j: usize) -> Option<f64> {
    let (mut before, mut total) = (0.0, 0.0);
    for (column, weight) in columns.iter().zip(weights) {
        if let (Some(one), Some(other)) = (column[i], column[j]) {
            total += weight;
            before += if one > other {
                *weight
            } else if one == other {
                weight / 2.0
            } else {
                0.0
            };
        }
    }
    (total > 0.0).then(|| before / total)
}

/// The outranking matrix, row by row; 0 on the diagonal. All columns are of one length.
pub fn matrix(columns: &[Vec<Option<f64>>], weights: &[f64]) -> Vec<Vec<Option<f64>>> {
    let units = columns.first().map_or(0, Vec::len);
    let row = |i| (0..units).map(|j| if i == j { Some(0.0) } else { outranks(columns, weights, i, j) }).collect();
    (0..units).into_par_iter().map(row).collect()
}

/// A unit's comparisons with all others.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparisons {
    /// Comparisons won less comparisons lost.
    pub copeland: i64,
    /// How many others it could be compared with.
    pub of: usize,
    /// Won comparisons by column, even ones counting 1 and won ones 2, so that the sum knows no order.
    pub by_column: Vec<u64>,
}

impl Comparisons {
    /// The Copeland score as a share of the comparisons, even ones counting half, 0–100; `None` of none.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| 50.0 + 50.0 * self.copeland as f64 / self.of as f64)
    }
}

/// The comparisons of every unit that has a value in a column with weight. Takes time with the square of their number.
pub fn comparisons(columns: &[Vec<Option<f64>>], weights: &[f64]) -> Vec<Comparisons> {
    let units = columns.first().map_or(0, Vec::len);
    (0..units)
        .into_par_iter()
        .map(|i| {
            let mut found = Comparisons { copeland: 0, of: 0, by_column: vec![0; columns.len()] };
            for j in (0..units).filter(|&j| j != i) {
                let Some(before) = outranks(columns, weights, i, j) else { continue };
                found.of += 1;
                found.copeland += i64::from(before > 0.5 + EVEN) - i64::from(before < 0.5 - EVEN);
                for (column, halves) in columns.iter().zip(&mut found.by_column) {
                    if let (Some(one), Some(other)) = (column[i], column[j]) {
                        *halves += if one > other { 2 } else { u64::from(one == other) };
                    }
                }
            }
            found
        })
        .collect()
}
