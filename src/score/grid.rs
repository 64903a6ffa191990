//! Tables of units by indicators in one row of slots, unit by unit, and the ways between rows and columns.

use rayon::prelude::*;

/// Units whose rows are turned together, so that they stay in the nearest cache.
const BLOCK: usize = 128;
/// Columns that share a cache line of eight-byte numbers.
const LINE: usize = 8;

/// The shape of a table.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    /// How many rows there are.
    pub units: usize,
    /// How long a row is, at least 1.
    pub width: usize,
    /// 2⁶⁴ / width, rounded up: a multiplication by it is many times quicker than a division.
    inverse: u64,
}

impl Grid {
    /// The shape of so many rows of so many indicators; `None` where a row has none.
    pub fn new(units: usize, width: usize) -> Option<Grid> {
        // Exact for all slots and widths below 2³² (Lemire, Kaser and Kurz 2019, doi 10.1002/spe.2689).
        let inverse = (u64::MAX / u64::try_from(width).ok().filter(|width| *width > 0)?).wrapping_add(1);
        Some(Grid { units, width, inverse })
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.units * self.width
    }

    /// Row and place in it of a slot.
    pub fn place(&self, slot: usize) -> (usize, usize) {
        if self.width == 1 || slot > u32::MAX as usize {
            return (slot / self.width, slot % self.width);
        }
        let unit = ((slot as u128 * u128::from(self.inverse)) >> 64) as usize;
        (unit, slot - unit * self.width)
    }

    /// The columns at `which`, ascending places, of a table of rows.
    pub fn columns(&self, rows: &[f64], which: &[usize]) -> Vec<Vec<f64>> {
        let lines: Vec<Vec<Vec<f64>>> = which
            .par_chunks(LINE)
            .map(|which| {
                let mut columns: Vec<Vec<f64>> = which.iter().map(|_| Vec::with_capacity(self.units)).collect();
                for row in rows.chunks_exact(self.width) {
                    columns.iter_mut().zip(which).for_each(|(column, &at)| column.push(row[at]));
                }
                columns
            })
            .collect();
        lines.into_iter().flatten().collect()
    }

    /// Enters columns at their places into a table of rows.
    pub fn enter<T: Copy + Send + Sync>(&self, rows: &mut [T], columns: &[(usize, &[T])]) {
        rows.par_chunks_mut(BLOCK * self.width).enumerate().for_each(|(block, rows)| {
            for (at, column) in columns {
                let own = column[block * BLOCK..].iter();
                rows.chunks_exact_mut(self.width).zip(own).for_each(|(row, value)| row[*at] = *value);
            }
        });
    }
}
