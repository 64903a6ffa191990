//! Stability intervals of a whole university: `cargo bench --bench bootstrap`. 60 units × 20 measures × 1,000 samples
//! over 100,000 publications; items are samples of units.
//!
//! The university holds all publications, ten schools share them out, 49 smaller units hold 200 to 5,000 each. Of the
//! measures 14 are sums and 3 are means, no two columns of them alike, one is an h-index, one a quantile, one a network.

use divan::{Bencher, counter::ItemsCount};
use rand::rngs::Xoshiro256PlusPlus;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use sanjeh::measure::bootstrap::{Draws, LEVEL, Network, NetworkValue, SAMPLES, Statistic, Statistics};

const PUBLICATIONS: usize = 100_000;
const SCHOOLS: usize = 10;
const SMALLER: usize = 49;

fn main() {
    divan::main();
}

/// Between 0 and 1.
fn part(random: &mut impl Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Below `end`, the small ones far more often.
fn skewed(random: &mut impl Rng, end: u32) -> u32 {
    let part = part(random);
    (part * part * part * f64::from(end)) as u32
}

/// One invented publication.
struct Work {
    citations: u32,
    impact: f64,
    partners: Vec<u32>,
    areas: u32,
    sums: [f64; 14],
    weights: [f64; 3],
}

const PARTNERS: u32 = 4_000;
const COUNTRIES: u32 = 120;
const AREAS: u32 = 5;

fn work(random: &mut impl Rng) -> Work {
    let impact = 0.25 / (part(random) + 0.02);
    let citations = (12.0 * impact * part(random)) as u32;
    // Two in five have foreign partners.
    let partners = if part(random) < 0.4 { 1 + skewed(random, 12) } else { 0 };
    let area = skewed(random, AREAS);
    let second = skewed(random, 2 * AREAS);
    let weights = std::array::from_fn(|_| 0.05 + 0.95 * part(random));
    let sums = std::array::from_fn(|column| match column {
        0 => f64::from(citations),
        // Sparse: first quartile, top tenth, listed journals.
        column if column < 6 && part(random) > 0.25 => 0.0,
        _ => part(random),
    });
    Work {
        citations,
        impact,
        partners: (0..partners).map(|_| skewed(random, PARTNERS)).collect(),
        areas: 1 << area | if second < AREAS { 1 << second } else { 0 },
        sums,
        weights,
    }
}

/// The 20 measures of the unit that holds these works.
fn statistics(works: &[&Work]) -> Statistics {
    let of = |figure: &dyn Fn(&Work) -> f64| works.iter().map(|work| figure(work)).collect::<Vec<f64>>();
    let sums = (0..14).map(|column| Statistic::Sum { amounts: of(&|work| work.sums[column]) });
    let means = (0..3).map(|column| Statistic::Mean {
        amounts: of(&|work| work.impact * work.weights[column]),
        weights: of(&|work| work.weights[column]),
    });
    let mut all: Vec<Statistic> = sums.chain(means).collect();
    all.push(Statistic::Hirsch { citations: works.iter().map(|work| work.citations).collect() });
    all.push(Statistic::Quantile { values: works.iter().map(|work| Some(work.impact)).collect(), share: 0.75 });
    let mut starts = vec![0];
    let mut partners = Vec::new();
    for work in works {
        partners.extend(&work.partners);
        starts.push(partners.len() as u32);
    }
    all.push(Statistic::Network(Network {
        starts,
        partners,
        country_of: (0..PARTNERS).map(|partner| partner % COUNTRIES).collect(),
        areas_of: works.iter().map(|work| work.areas).collect(),
        areas: vec![[2.0, 20.0]; AREAS as usize],
        least: 3,
        value: NetworkValue::Scaled,
    }));
    Statistics::new(works.len(), &all)
}

/// The 60 units.
fn units() -> Vec<Statistics> {
    let random = &mut Xoshiro256PlusPlus::seed_from_u64(1);
    let works: Vec<Work> = (0..PUBLICATIONS).map(|_| work(random)).collect();
    let mut members: Vec<Vec<&Work>> = vec![works.iter().collect()];
    members.extend((0..SCHOOLS).map(|_| Vec::new()));
    for work in &works {
        members[1 + (part(random) * SCHOOLS as f64) as usize].push(work);
    }
    for unit in 0..SMALLER {
        let size = 200 + 4_800 * unit / (SMALLER - 1);
        members.push((0..size).map(|_| &works[(part(random) * PUBLICATIONS as f64) as usize]).collect());
    }
    members.par_iter().map(|works| statistics(works)).collect()
}

fn intervals(units: &[Statistics]) -> Vec<Option<(f64, f64)>> {
    let of_unit = |(unit, statistics): (usize, &Statistics)| {
        let samples = statistics.resample(Draws { seed: 1, unit: unit as u64 }, SAMPLES);
        (0..statistics.len()).map(|statistic| samples.interval(statistic, LEVEL)).collect::<Vec<_>>()
    };
    units.par_iter().enumerate().flat_map_iter(of_unit).collect()
}

/// Samples are drawn and measured, and intervals taken.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn sixty_units(bencher: Bencher) {
    let units = units();
    bencher.counter(ItemsCount::new(units.len() * SAMPLES)).bench_local(|| intervals(&units));
}

/// What comes before: ordering, turning lists round, laying columns side by side.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn prepare_sixty_units(bencher: Bencher) {
    bencher.bench_local(units);
}

/// The most influential publication of each measure of each unit.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn leave_one_out(bencher: Bencher) {
    let units = units();
    bencher.bench_local(|| units.par_iter().map(Statistics::leave_one_out).collect::<Vec<_>>());
}
