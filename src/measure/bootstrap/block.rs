//! Draws: how often each publication is there in each of the samples that are worked out together.

use rand::rngs::Xoshiro256PlusPlus;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Samples that are worked out together, in one thread: their counts of a publication lie side by side, one register wide,
/// so that a partner's papers or a rank are looked up once for all of them.
pub const LANES: usize = 16;

/// Fills the last half of the key of every sample, so that no other use of the run's seed has the same stream.
const PURPOSE: &[u8; 16] = b"bootstrap sample";

/// Publications whose counts are laid side by side at once.
const TILE: usize = 16;

/// Which samples: of this run, of this unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// Seed of the run.
    pub seed: u64,
    /// A key of the unit that stays when other units come or go.
    pub unit: u64,
}

impl Draws {
    /// Draws as many publications as there are, with replacement: `counts` becomes how often each was drawn and sums to
    /// its length. A publication that was drawn 255 times is drawn no more; by chance that happens nowhere.
    pub fn sample(self, number: u64, counts: &mut [u8]) {
        counts.fill(0);
        let mut generator = self.generator(number);
        let size = counts.len() as u64;
        // Lemire 2019, doi 10.1145/3230636: below the threshold a remainder would be favoured.
        let threshold = if size == 0 { 0 } else { ((1_u64 << 32) % size) as u32 };
        // Whether the draw counts.
        let mut draw = |random: u64| {
            let product = random * size;
            let count = &mut counts[(product >> 32) as usize];
            let taken = product as u32 >= threshold && *count < u8::MAX;
            if taken {
                *count += 1;
            }
            taken
        };
        let mut again = size % 2;
        for _ in 0..size / 2 {
            let random = generator.next_u64();
            again += u64::from(!draw(random & 0xffff_ffff));
            again += u64::from(!draw(random >> 32));
        }
        while again > 0 {
            again -= u64::from(draw(generator.next_u64() >> 32));
        }
    }

    /// ChaCha makes streams of any key independent; the generator it seeds is several times as fast.
    fn generator(self, number: u64) -> Xoshiro256PlusPlus {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..16].copy_from_slice(&self.unit.to_le_bytes());
        key[16..].copy_from_slice(PURPOSE);
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(number);
        let mut seed = [0; 32];
        stream.fill_bytes(&mut seed);
        Xoshiro256PlusPlus::from_seed(seed)
    }
}

/// Counts of each publication, one lane per sample. Lanes beyond the samples are 0.
#[derive(Debug)]
pub struct Block {
    /// Publication after publication.
    pub rows: Vec<[u8; LANES]>,
    /// Samples, at most [`LANES`].
    pub samples: usize,
}

impl Block {
    /// The samples from `first`.
    pub fn drawn(draws: Draws, first: usize, samples: usize, publications: usize) -> Self {
        let mut counts = vec![0; samples * publications];
        for (sample, counts) in counts.chunks_exact_mut(publications.max(1)).enumerate() {
            draws.sample((first + sample) as u64, counts);
        }
        let columns: Vec<&[u8]> = (0..samples).map(|sample| &counts[sample * publications..][..publications]).collect();
        Block::of(&columns, publications)
    }

    /// Given counts, at most [`LANES`] of them.
    pub fn of(counts: &[&[u8]], publications: usize) -> Self {
        let mut rows = vec![[0; LANES]; publications];
        for (tile, rows) in rows.chunks_mut(TILE).enumerate() {
            for (lane, counts) in counts.iter().enumerate() {
                for (row, count) in rows.iter_mut().zip(&counts[tile * TILE..]) {
                    row[lane] = *count;
                }
            }
        }
        Block { rows, samples: counts.len() }
    }
}
