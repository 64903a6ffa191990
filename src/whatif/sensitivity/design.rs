//! Which points of the unit cube are tried, and in which order.
//!
//! Saltelli's design has two independent samples of N points, A and B, and for each of the k inputs a copy of A in which
//! that input's column is B's: N·(k + 2) draws (Saltelli et al. 2010, doi 10.1016/j.cpc.2009.09.018, section 3; the
//! "radial" use of A and B as there). The columns of A and B are the first and the second half of one sequence of 2·k
//! dimensions. Every draw by itself is uniform in the cube, so that shares and quantiles may be taken over all of them.
//!
//! A point is worked out when it is asked for: any draw can be repeated without those before it.

use crate::whatif::sensitivity::stream::{Purpose, Stream};

/// Most points of one Sobol sequence.
pub const MOST_SOBOL_POINTS: usize = 1 << 16;

/// Most inputs: a Sobol point has twice as many dimensions.
pub const MOST_INPUTS: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;

/// How points are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// Sobol's sequence with Owen's scrambling (Burley 2020, J. Comput. Graph. Tech. 9(4)): even over the cube, quickest
    /// to converge where the number of points is a power of two.
    Sobol,
    /// Independent random numbers.
    Random,
}

/// Which sample a draw belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// The first sample.
    A,
    /// The second sample.
    B,
    /// The first sample with this input taken from the second.
    Swapped(usize),
}

/// A design over `inputs` uncertain inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    inputs: usize,
    base: usize,
    saltelli: bool,
    sequence: Sequence,
    seed: u64,
}

impl Design {
    /// Saltelli's design of `base` points in each sample. `None` without input or point, or where the sequence does not
    /// reach so far: [`MOST_INPUTS`], [`MOST_SOBOL_POINTS`].
    pub fn saltelli(inputs: usize, base: usize, sequence: Sequence, seed: u64) -> Option<Design> {
        Design { inputs, base, saltelli: true, sequence, seed }.within_bounds()
    }

    /// A plain sample of `draws` points; `None` as [`Design::saltelli`].
    pub fn monte_carlo(inputs: usize, draws: usize, sequence: Sequence, seed: u64) -> Option<Design> {
        Design { inputs, base: draws, saltelli: false, sequence, seed }.within_bounds()
    }

    fn within_bounds(self) -> Option<Design> {
        let reached = self.sequence == Sequence::Random || self.base <= MOST_SOBOL_POINTS;
        let sound = (1..=MOST_INPUTS).contains(&self.inputs) && self.base > 0 && self.base <= u32::MAX as usize;
        (reached && sound).then_some(self)
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Points of each sample.
    pub fn base(&self) -> usize {
        self.base
    }

    /// Number of draws: sample A, sample B, then A with one column of B after the other.
    pub fn draws(&self) -> usize {
        if self.saltelli { self.base * (self.inputs + 2) } else { self.base }
    }

    /// The sample of a draw, and its place in it.
    pub fn block(&self, draw: usize) -> (Block, usize) {
        let row = draw % self.base;
        match draw / self.base {
            0 => (Block::A, row),
            1 => (Block::B, row),
            after => (Block::Swapped(after - 2), row),
        }
    }

    /// Fills `point` with the value of each input in a draw, from 0 to less than 1.
    pub fn point(&self, draw: usize, point: &mut [f64]) {
        let (block, row) = self.block(draw);
        let from_b = |input: usize| match block {
            Block::A => false,
            Block::B => true,
            Block::Swapped(swapped) => input == swapped,
        };
        match self.sequence {
            Sequence::Sobol => {
                let seed = (self.seed ^ (self.seed >> 32)) as u32;
                for (input, value) in point.iter_mut().enumerate() {
                    let dimension = if from_b(input) { self.inputs + input } else { input };
                    *value = f64::from(sobol_burley::sample(row as u32, dimension as u32, seed));
                }
            }
            Sequence::Random => {
                let mut stream = Stream::new(self.seed, Purpose::Points, row as u64);
                point.iter_mut().for_each(|value| *value = stream.share());
                for (input, value) in point.iter_mut().enumerate() {
                    let second = stream.share();
                    if from_b(input) {
                        *value = second;
                    }
                }
            }
        }
    }
}
