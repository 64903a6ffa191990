//! The lowest of some rows lifted as far as weights of a band can: a matrix game, by the simplex method on a small dense table.
//!
//! One player chooses weights w, the other rows with multipliers λ; the value is the greatest over w of the lowest r·w. With
//! s = w − low, ρ = 1 − Σ low and x = s/value (rows moved so that the value is above 0) the game is
//! max Σ y with Σ y·r + Σ z·(cap/ρ − eᵢ) ≤ 1 for each weight, y, z ≥ 0 (Dantzig 1951 for the game; the z keep each weight
//! below its cap). y = z = 0 is feasible, so there is nothing to search for first, and the table has as many rows as there are
//! weights. That is why it is here: such games are solved by the thousand, some microseconds each. What comes out is not
//! trusted: [`super::system`] proves it by itself and else asks a general solver.

use crate::whatif::certified::band::{Band, product};

/// Smaller numbers are no pivots.
const NOTHING: f64 = 1e-11;

/// Pivots after which the least index is taken, so that no circle is walked for ever (Bland 1977).
const PATIENCE: usize = 200;

/// Pivots after which it is given up.
const MOST_PIVOTS: usize = 2_000;

/// Best play of both sides, as far as rounding lets it be.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// Multipliers of the rows, of sum 1.
    pub multipliers: Vec<f64>,
    /// Weights of the band.
    pub weights: Vec<f64>,
}

/// Plays the game; `None` where it is given up, and for a band of one set of weights.
pub fn play(rows: &[&[f64]], band: &Band) -> Option<Play> {
    let count = band.len();
    let rest = 1.0 - band.low().iter().sum::<f64>();
    if rest <= NOTHING || rows.is_empty() {
        return None;
    }
    let caps: Vec<f64> = band.high().iter().zip(band.low()).map(|(high, low)| (high - low) / rest).collect();
    let own = |row: &[f64]| product(band.low(), row) / rest;
    let least = rows.iter().flat_map(|row| row.iter().map(move |value| value + own(row))).fold(f64::INFINITY, f64::min);
    let most = rows.iter().flat_map(|row| row.iter().map(move |value| value + own(row))).fold(0.0, f64::max);
    // All entries between about 1 and 2.
    let (shift, scale) = (least, (most - least).max(NOTHING));
    let capped: Vec<usize> = (0..count).filter(|&at| caps[at] < 1.0).collect();
    let width = rows.len() + capped.len() + count + 1;
    let mut table = vec![0.0; (count + 1) * width];
    for weight in 0..count {
        let line = &mut table[weight * width..(weight + 1) * width];
        for (slot, row) in line.iter_mut().zip(rows) {
            *slot = 1.0 + (row[weight] + own(row) - shift) / scale;
        }
        for (slot, &at) in line[rows.len()..].iter_mut().zip(&capped) {
            *slot = caps[at] - f64::from(u8::from(at == weight));
        }
        line[rows.len() + capped.len() + weight] = 1.0;
        line[width - 1] = 1.0;
    }
    // What one more of each variable brings to Σ y.
    table[count * width..count * width + rows.len()].fill(1.0);
    let mut basis: Vec<usize> = (rows.len() + capped.len()..width - 1).collect();
    solve(&mut table, &mut basis, width)?;
    let mut multipliers = vec![0.0; rows.len()];
    for (line, &variable) in basis.iter().enumerate() {
        if let Some(slot) = multipliers.get_mut(variable) {
            *slot = table[line * width + width - 1].max(0.0);
        }
    }
    let total: f64 = multipliers.iter().sum();
    let prices = &table[count * width + rows.len() + capped.len()..(count + 1) * width - 1];
    let paid: f64 = prices.iter().map(|price| -price).sum();
    if !(total > 0.0 && paid > 0.0) {
        return None;
    }
    multipliers.iter_mut().for_each(|multiplier| *multiplier /= total);
    let weights: Vec<f64> = band.low().iter().zip(prices).map(|(low, price)| low - price / paid * rest).collect();
    Some(Play { multipliers, weights: band.fitted(&weights) })
}

/// Pivots until nothing brings more.
fn solve(table: &mut [f64], basis: &mut [usize], width: usize) -> Option<()> {
    let lines = basis.len();
    for pivots in 0..MOST_PIVOTS {
        let gains = &table[lines * width..(lines + 1) * width - 1];
        let entering = if pivots < PATIENCE {
            let best = gains
                .iter()
                .enumerate()
                .fold((0, NOTHING), |best, (at, gain)| if *gain > best.1 { (at, *gain) } else { best });
            (best.1 > NOTHING).then_some(best.0)
        } else {
            gains.iter().position(|gain| *gain > NOTHING)
        };
        let Some(entering) = entering else { return Some(()) };
        let mut leaving: Option<(usize, f64)> = None;
        for line in 0..lines {
            let slope = table[line * width + entering];
            if slope > NOTHING {
                let room = table[line * width + width - 1] / slope;
                let nearer =
                    leaving.is_none_or(|(other, least)| room < least || (room == least && basis[line] < basis[other]));
                if nearer {
                    leaving = Some((line, room));
                }
            }
        }
        let (line, _) = leaving?;
        pivot(table, line, entering, lines, width);
        basis[line] = entering;
    }
    None
}

fn pivot(table: &mut [f64], line: usize, entering: usize, lines: usize, width: usize) {
    let slope = table[line * width + entering];
    let own: Vec<f64> = table[line * width..(line + 1) * width].iter().map(|value| value / slope).collect();
    for other in (0..=lines).filter(|other| *other != line) {
        let row = &mut table[other * width..(other + 1) * width];
        let factor = row[entering];
        if factor != 0.0 {
            row.iter_mut().zip(&own).for_each(|(value, own)| *value -= factor * own);
            row[entering] = 0.0;
        }
    }
    table[line * width..(line + 1) * width].copy_from_slice(&own);
}
