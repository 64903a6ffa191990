//! Random numbers by seed, purpose and number: no use of a seed shares a stream with another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// 2⁻⁵³, the distance between two random numbers from 0 to 1.
const STEP: f64 = 1.0 / (1_u64 << 53) as f64;

/// What random numbers are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Points of a design.
    Points,
    /// Sets of weights.
    Weights,
    /// Bootstrap samples of a design.
    Bootstrap,
}

impl Purpose {
    fn key(self) -> &'static [u8; 16] {
        match self {
            Purpose::Points => b"design point    ",
            Purpose::Weights => b"set of weights  ",
            Purpose::Bootstrap => b"design bootstrap",
        }
    }
}

/// One stream.
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of this seed and number.
    pub fn new(seed: u64, purpose: Purpose, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[16..].copy_from_slice(purpose.key());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(number);
        Stream(stream)
    }

    /// From 0 to less than 1.
    pub fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// From 0 to less than `count`, even to 2⁻³² · `count`.
    pub fn below(&mut self, count: usize) -> usize {
        ((u64::from(self.0.next_u32()) * count as u64) >> 32) as usize
    }
}
