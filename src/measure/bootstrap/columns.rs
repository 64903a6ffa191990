//! Sums over the publications drawn, for many columns of amounts and a block of samples at once.
//!
//! The amounts of a publication lie side by side. A chunk of publications stays in the nearest cache while every sample of
//! the block adds its rows, each as often as it was drawn: there is nothing to multiply, publications that were not drawn
//! cost nothing, and the columns of a row are added by as many independent chains of additions. Each sum adds its terms
//! in the order of the publications, so that it does not depend on chunks or blocks.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::measure::bootstrap::block::{Block, LANES};

/// Publications whose rows stay in the nearest cache.
const CHUNK: usize = 128;

/// Columns are padded to a multiple of this.
const STEP: usize = 4;

/// Most columns whose sums fit the registers.
const WIDEST: usize = 24;

/// Amounts of two columns, aligned so that they are added without being loaded first.
#[derive(Debug, Clone, Copy)]
#[repr(align(16))]
struct Pair([f64; 2]);

/// Columns that are added together.
#[derive(Debug)]
struct Panel {
    /// First column.
    first: usize,
    /// Columns, with padding.
    width: usize,
    /// Amounts, publication after publication, two columns together.
    amounts: Vec<Pair>,
}

/// Columns of amounts over the publications of a unit.
#[derive(Debug)]
pub struct Columns {
    publications: usize,
    /// Digest and amounts of each column, until [`Columns::close`].
    open: Vec<(u64, Vec<f64>)>,
    panels: Vec<Panel>,
    padded: usize,
}

impl Columns {
    /// No columns yet.
    pub fn new(publications: usize) -> Self {
        Columns { publications, open: Vec::new(), panels: Vec::new(), padded: 0 }
    }

    /// Number of the column with these amounts; equal columns are kept once.
    pub fn place(&mut self, amounts: Vec<f64>) -> usize {
        let mut hasher = FxHasher::default();
        amounts.iter().for_each(|amount| hasher.write_u64(amount.to_bits()));
        let digest = hasher.finish();
        let equal = |(known, column): &(u64, Vec<f64>)| {
            *known == digest && column.iter().zip(&amounts).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        self.open.iter().position(equal).unwrap_or_else(|| {
            self.open.push((digest, amounts));
            self.open.len() - 1
        })
    }

    /// Lays the amounts of each publication side by side. No column is placed afterwards.
    pub fn close(&mut self) {
        let columns = std::mem::take(&mut self.open);
        let steps = columns.len().div_ceil(STEP);
        let panels = (steps * STEP).div_ceil(WIDEST);
        for panel in 0..panels {
            // As even as whole steps allow.
            let (from, to) = (steps * panel / panels * STEP, steps * (panel + 1) / panels * STEP);
            let pairs = (to - from) / 2;
            let mut amounts = vec![Pair([0.0; 2]); self.publications * pairs];
            for (place, (_, column)) in columns.iter().take(to).skip(from).enumerate() {
                for (pair, amount) in amounts.iter_mut().skip(place / 2).step_by(pairs).zip(column) {
                    pair.0[place % 2] = *amount;
                }
            }
            self.panels.push(Panel { first: from, width: to - from, amounts });
        }
        self.padded = steps * STEP;
    }

    /// Sums of a sample, with padding.
    pub fn padded(&self) -> usize {
        self.padded
    }

    /// Amounts of one column, in publication order.
    pub fn amounts(&self, column: usize) -> impl Iterator<Item = f64> + '_ {
        let panel = self.panels.iter().rev().find(|panel| panel.first <= column);
        panel.into_iter().flat_map(move |panel| {
            let place = column - panel.first;
            panel.amounts.iter().skip(place / 2).step_by(panel.width / 2).map(move |pair| pair.0[place % 2])
        })
    }

    /// Adds to `sums` (samples × [`Columns::padded`]) the amounts of every publication as often as it is there.
    pub fn add(&self, block: &Block, sums: &mut [f64]) {
        if self.padded == 0 {
            return;
        }
        let mut order = Order::default();
        for (chunk, rows) in block.rows.chunks(CHUNK).enumerate() {
            for (sample, sums) in sums.chunks_exact_mut(self.padded).enumerate() {
                let order = order.of(rows, sample);
                for panel in &self.panels {
                    let amounts = &panel.amounts[chunk * CHUNK * panel.width / 2..];
                    let sums = &mut sums[panel.first..][..panel.width];
                    match panel.width {
                        4 => add_rows::<2>(amounts, order, sums),
                        8 => add_rows::<4>(amounts, order, sums),
                        12 => add_rows::<6>(amounts, order, sums),
                        16 => add_rows::<8>(amounts, order, sums),
                        20 => add_rows::<10>(amounts, order, sums),
                        _ => add_rows::<{ WIDEST / 2 }>(amounts, order, sums),
                    }
                }
            }
        }
    }
}

/// Most are drawn at most so often: they are written down without asking how often.
const AHEAD: usize = 4;

/// Numbers of the publications of a chunk, ascending, each as often as it was drawn.
struct Order([u8; CHUNK * u8::MAX as usize + AHEAD]);

impl Default for Order {
    fn default() -> Self {
        Order([0; CHUNK * u8::MAX as usize + AHEAD])
    }
}

impl Order {
    /// The order of one sample.
    fn of(&mut self, rows: &[[u8; LANES]], sample: usize) -> &[u8] {
        let mut length = 0;
        for (publication, row) in (0_u8..).zip(rows) {
            let count = usize::from(row[sample % LANES]);
            self.0[length..][..AHEAD].copy_from_slice(&[publication; AHEAD]);
            if count > AHEAD {
                self.0[length..][..count].fill(publication);
            }
            length += count;
        }
        &self.0[..length]
    }
}

/// Adds the rows of amounts in their order.
fn add_rows<const PAIRS: usize>(amounts: &[Pair], order: &[u8], sums: &mut [f64]) {
    let (rows, _) = amounts.as_chunks::<PAIRS>();
    let (sums, _) = sums.as_chunks_mut::<2>();
    let Some(sums) = sums.first_chunk_mut::<PAIRS>() else { return };
    let mut added = sums.map(Pair);
    for &publication in order {
        for (sum, amount) in added.iter_mut().zip(&rows[usize::from(publication)]) {
            sum.0[0] += amount.0[0];
            sum.0[1] += amount.0[1];
        }
    }
    *sums = added.map(|pair| pair.0);
}
