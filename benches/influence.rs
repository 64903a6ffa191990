//! Influence: a round of the walk over a million works and twenty million citations on two threads, beside the bare
//! random gather that no round can beat: the same index array, the same array of values, only summed. Items are citations.

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

use divan::{Bencher, counter::ItemsCount};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sanjeh::measure::influence::{CitationGraph, Walk, importance};

const WORKS: u32 = 1_000_000;
const CITATIONS: usize = 20_000_000;
const THREADS: usize = 2;
/// Rounds of one walk: enough for its start to weigh little.
const ROUNDS: u32 = 10;
/// Least share of the gather's rate that a round may have.
const FLOOR: f64 = 0.5;

/// A graph, and what the bare gather reads.
struct Case {
    name: &'static str,
    graph: CitationGraph,
    index: Vec<u32>,
    values: Vec<f64>,
}

/// Each work is cited as often as any other.
static UNIFORM: LazyLock<Case> = LazyLock::new(|| Case::new("uniform", |chance| below(chance, WORKS)));

/// Citations per work fall off as papers' do, with the power −3 (Redner 1998, doi 10.1007/s100510050359); the cited works
/// lie anywhere in the order of works.
static SKEWED: LazyLock<Case> = LazyLock::new(|| {
    let mut shuffled: Vec<u32> = (0..WORKS).collect();
    let mut chance = ChaCha8Rng::seed_from_u64(2);
    for last in (1..WORKS).rev() {
        shuffled.swap(last as usize, below(&mut chance, last + 1) as usize);
    }
    Case::new("skewed", move |chance| {
        let even = chance.next_u32() as f64 / (u32::MAX as f64 + 1.0);
        shuffled[(even * even * f64::from(WORKS)) as usize]
    })
});

fn below(chance: &mut ChaCha8Rng, limit: u32) -> u32 {
    ((u64::from(chance.next_u32()) * u64::from(limit)) >> 32) as u32
}

impl Case {
    fn new(name: &'static str, cited: impl Fn(&mut ChaCha8Rng) -> u32) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(1);
        let pairs: Vec<(u32, u32)> = (0..CITATIONS).map(|_| (below(&mut chance, WORKS), cited(&mut chance))).collect();
        let started = Instant::now();
        let graph = pool().install(|| CitationGraph::new(WORKS, pairs));
        println!("{name}: {} citations of {WORKS} works, built in {:.2?}", graph.citations(), started.elapsed());
        let index = (0..WORKS).flat_map(|work| graph.citing(work).iter().copied()).collect();
        let values = graph.references().iter().map(|&count| 1.0 / f64::from(count.max(1))).collect();
        Case { name, graph, index, values }
    }

    /// Sums a value per citation; eight sums, so that no addition waits for the one before.
    fn gather(&self) -> f64 {
        let of_chunk = |chunk: &[u32]| {
            let mut sums = [0.0; 8];
            let mut eights = chunk.chunks_exact(8);
            for eight in &mut eights {
                for (sum, &at) in sums.iter_mut().zip(eight) {
                    *sum += self.values[at as usize];
                }
            }
            sums.iter().sum::<f64>() + eights.remainder().iter().map(|&at| self.values[at as usize]).sum::<f64>()
        };
        self.index.par_chunks(1 << 16).map(of_chunk).sum()
    }

    /// Walks [`ROUNDS`] rounds.
    fn walk(&self) -> f64 {
        let walk = Walk { tolerance: 0.0, most_rounds: ROUNDS, ..Walk::default() };
        importance(&self.graph, walk).expect("a damping below 1").values[0]
    }
}

fn pool() -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(THREADS).build().expect("a pool of threads")
}

#[divan::bench(args = ["uniform", "skewed"], sample_count = 7, sample_size = 1)]
fn bare_gather(bencher: Bencher, name: &str) {
    let (case, pool) = (case(name), pool());
    bencher.counter(ItemsCount::new(case.index.len())).bench_local(|| pool.install(|| case.gather()));
}

#[divan::bench(args = ["uniform", "skewed"], sample_count = 7, sample_size = 1)]
fn ten_rounds(bencher: Bencher, name: &str) {
    let (case, pool) = (case(name), pool());
    let items = case.index.len() * ROUNDS as usize;
    bencher.counter(ItemsCount::new(items)).bench_local(|| pool.install(|| case.walk()));
}

fn case(name: &str) -> &'static Case {
    [&UNIFORM, &SKEWED][usize::from(name == "skewed")]
}

/// Least, middle and greatest.
fn spread(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [values[0], values[values.len() / 2], values[values.len() - 1]]
}

/// Gather and walk in turn, so that a busy machine slows both: citations per second of each, and their ratio.
fn compare(case: &Case) {
    let pool = pool();
    let citations = case.index.len() as f64;
    let seconds = |run: &(dyn Fn() -> f64 + Sync)| {
        let started = Instant::now();
        black_box(pool.install(run));
        started.elapsed().as_secs_f64()
    };
    let pairs: Vec<(f64, f64)> = (0..9)
        .map(|_| {
            let gather = (0..ROUNDS).map(|_| seconds(&|| case.gather())).sum::<f64>();
            let walk = seconds(&|| case.walk());
            let all = citations * f64::from(ROUNDS) / 1e6;
            (all / gather, all / walk)
        })
        .collect();
    let line = |what: &str, values: Vec<f64>| {
        let [least, middle, most] = spread(values);
        println!("{:8} {what:32} {least:8.2} {middle:8.2} {most:8.2}", case.name);
    };
    line("bare gather, M citations/s", pairs.iter().map(|pair| pair.0).collect());
    line("round of the walk, M citations/s", pairs.iter().map(|pair| pair.1).collect());
    let ratios: Vec<f64> = pairs.iter().map(|(gather, walk)| walk / gather).collect();
    let middle = spread(ratios.clone())[1];
    line("ratio", ratios);
    assert!(middle >= FLOOR, "a round runs at {middle:.2} of the bare gather, below {FLOOR}");
}

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--bench") {
        let cases = [&*UNIFORM, &*SKEWED];
        println!("\n{THREADS} threads{:32} {:>8} {:>8} {:>8}", "", "least", "middle", "most");
        cases.into_iter().for_each(compare);
    }
}
