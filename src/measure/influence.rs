//! Influence: how much the citing works are themselves cited, worked out over the whole citation graph.
//!
//! A citation counts by the importance of the work that gives it, shared among all works it cites. With importance π,
//! damping d and N works,
//!
//! ```text
//! π_i = (1 − d)/N + d · ( Σ π_j / references_j over the works j that cite i  +  Σ π_k / N over works k without references )
//! ```
//!
//! the share of time that a reader spends at work i who follows a reference with probability d and otherwise opens any
//! work at random (Brin and Page 1998, doi 10.1016/S0169-7552(98)00110-X; for citations Chen, Xie, Maslov and Redner
//! 2007, doi 10.1016/j.joi.2006.06.001). It stands in for the research influence of THE, whose algorithm is not public.
//!
//! [`importance`] gives π, [`normalised`] sets it in relation to works of the same field and year, and [`one_round`] is
//! for works of which no more is known than the FWCI of what cites them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Citations and works of one task of a round. Fixed, so that the borders between partial sums, and with them the bits
/// of the result, are the same for any number of threads.
const CHUNK: usize = 1 << 16;

/// FWCI from which on a citing work counts no more (in [`one_round`]): one paper with a FWCI in the hundreds would
/// otherwise decide the value of all that it cites.
pub const MOST_FWCI: f64 = 10.0;

/// Which work cites which: the works by number, 0 to N − 1; each work's citing works side by side (CSR).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationGraph {
    /// N + 1 borders in `citing`.
    offsets: Vec<usize>,
    /// Citing works, ascending within a cited work.
    citing: Vec<u32>,
    /// Per work the number of works it cites.
    references: Vec<u32>,
    dropped: Dropped,
}

/// Citations that are not in a graph, by reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// The same citation again.
    pub repeated: usize,
    /// A work that cites itself.
    pub of_itself: usize,
    /// One of the two is not a number below N.
    pub unknown: usize,
}

impl CitationGraph {
    /// The graph of `works` works from pairs (citing, cited) in any order: the same pairs give the same graph. Repeated
    /// citations, citations of oneself and numbers from `works` on are dropped and counted. Takes 8 bytes a pair while
    /// it works, 4 bytes a citation and 12 a work afterwards.
    pub fn new(works: u32, citations: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut dropped = Dropped::default();
        let mut pairs: Vec<u64> = Vec::new();
        for (citing, cited) in citations {
            if citing >= works || cited >= works {
                dropped.unknown += 1;
            } else if citing == cited {
                dropped.of_itself += 1;
            } else {
                pairs.push(u64::from(cited) << 32 | u64::from(citing));
            }
        }
        pairs.par_sort_unstable();
        let given = pairs.len();
        pairs.dedup();
        dropped.repeated = given - pairs.len();

        let mut offsets = vec![0; works as usize + 1];
        let mut references = vec![0; works as usize];
        let mut citing = Vec::with_capacity(pairs.len());
        for pair in pairs {
            let (cited, by) = ((pair >> 32) as usize, pair as u32);
            offsets[cited + 1] += 1;
            references[by as usize] += 1;
            citing.push(by);
        }
        for work in 0..works as usize {
            offsets[work + 1] += offsets[work];
        }
        CitationGraph { offsets, citing, references, dropped }
    }

    /// Number of works, N.
    pub fn works(&self) -> usize {
        self.references.len()
    }

    /// Number of citations.
    pub fn citations(&self) -> usize {
        self.citing.len()
    }

    /// Works that cite `work`, ascending; none of a number from N on.
    pub fn citing(&self, work: u32) -> &[u32] {
        let work = work as usize;
        if work < self.works() { &self.citing[self.offsets[work]..self.offsets[work + 1]] } else { &[] }
    }

    /// Per work, how many works of the graph it cites.
    pub fn references(&self) -> &[u32] {
        &self.references
    }

    /// What was left out.
    pub fn dropped(&self) -> Dropped {
        self.dropped
    }

    /// Runs of works of about [`CHUNK`] citations and works: lengths, in order.
    fn chunks(&self) -> Vec<usize> {
        let mut lengths = Vec::new();
        let mut start = 0;
        for end in 1..=self.works() {
            if self.offsets[end] - self.offsets[start] + (end - start) >= CHUNK || end == self.works() {
                lengths.push(end - start);
                start = end;
            }
        }
        lengths
    }
}

/// How the walk goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// Probability of following a reference, 0 to below 1.
    pub damping: f64,
    /// Rounds end when the sum of all changes of a round is below this. What is then missing from the limit is below
    /// `tolerance · damping / (1 − damping)`.
    pub tolerance: f64,
    /// Rounds end here at the latest.
    pub most_rounds: u32,
}

impl Default for Walk {
    /// Damping 0.5, tolerance 10⁻¹⁰, at most 200 rounds.
    ///
    /// 0.85 is the damping of web pages, from chains of about six links. Readers of papers follow shorter chains: about
    /// half of a paper's references cite another of its references (42 % in all of Physical Review, 51 % in its last
    /// four years), which gives chains of two and 0.5 (Chen and others 2007, as above). It also leans less towards old
    /// papers, to which all long chains lead. The change falls at least by the factor `damping` per round, so 0.5 takes
    /// no more than 35 rounds and 0.85 no more than 146.
    fn default() -> Self {
        Walk { damping: 0.5, tolerance: 1e-10, most_rounds: 200 }
    }
}

/// What a walk came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// π per work: above 0, in sum 1.
    pub values: Vec<f64>,
    /// Rounds walked.
    pub rounds: u32,
    /// Sum of all changes of the last round.
    pub change: f64,
    /// Whether `change` came below the tolerance.
    pub converged: bool,
}

/// A damping that is no probability below 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("damping is {0}; it must be 0 or more and below 1")]
pub struct BadDamping(pub f64);

/// Importance of each work (see the head of this file for the formula), the same bits for any number of threads.
///
/// # Errors
/// A damping outside 0 to below 1.
pub fn importance(graph: &CitationGraph, walk: Walk) -> Result<Importance, BadDamping> {
    if !(0.0..1.0).contains(&walk.damping) {
        return Err(BadDamping(walk.damping));
    }
    let works = graph.works();
    if works == 0 {
        return Ok(Importance { values: Vec::new(), rounds: 0, change: 0.0, converged: true });
    }
    let even = 1.0 / works as f64;
    let mut values = vec![even; works];
    // What each work passes on to each of its references: the one array that a round reads at random.
    let mut passed: Vec<f64> = graph.references.iter().map(|&count| share(even, count)).collect();
    let mut passed_next = vec![0.0; works];
    let mut stranded = even * graph.references.iter().filter(|count| **count == 0).count() as f64;
    let chunks = graph.chunks();
    let (mut rounds, mut change, mut converged) = (0, f64::INFINITY, false);
    while rounds < walk.most_rounds && !converged {
        let base = (1.0 - walk.damping) * even + walk.damping * (stranded * even);
        (change, stranded) = round(graph, &chunks, walk.damping, base, &passed, &mut values, &mut passed_next);
        std::mem::swap(&mut passed, &mut passed_next);
        (rounds, converged) = (rounds + 1, change < walk.tolerance);
    }
    Ok(Importance { values, rounds, change, converged })
}

/// What a work of this value passes on to each of its references; nothing without references.
fn share(value: f64, references: u32) -> f64 {
    if references == 0 { 0.0 } else { value / f64::from(references) }
}

/// One round: the change, and the importance of works without references. Chunks are added up in their order.
fn round(
    graph: &CitationGraph,
    chunks: &[usize],
    damping: f64,
    base: f64,
    passed: &[f64],
    values: &mut [f64],
    passed_next: &mut [f64],
) -> (f64, f64) {
    let mut tasks = Vec::with_capacity(chunks.len());
    let (mut first, mut values, mut passed_next) = (0, values, passed_next);
    for &length in chunks {
        let (of_values, other_values) = values.split_at_mut(length);
        let (of_passed, other_passed) = passed_next.split_at_mut(length);
        tasks.push((first, of_values, of_passed));
        (first, values, passed_next) = (first + length, other_values, other_passed);
    }
    let sums: Vec<(f64, f64)> = tasks
        .into_par_iter()
        .map(|(first, values, passed_next)| {
            let (mut change, mut stranded) = (0.0, 0.0);
            let offsets = &graph.offsets[first..=first + values.len()];
            let references = &graph.references[first..first + values.len()];
            for (at, (value, next)) in values.iter_mut().zip(passed_next).enumerate() {
                // Nearly as fast as the memory gives the values (benches/influence.rs); prefetching by hand saves a tenth
                // and would need unsafe code.
                let mut received = 0.0;
                for &by in &graph.citing[offsets[at]..offsets[at + 1]] {
                    received += passed[by as usize];
                }
                let new = base + damping * received;
                change += (new - *value).abs();
                *value = new;
                *next = share(new, references[at]);
                if references[at] == 0 {
                    stranded += new;
                }
            }
            (change, stranded)
        })
        .collect();
    sums.iter().fold((0.0, 0.0), |(change, stranded), sum| (change + sum.0, stranded + sum.1))
}

/// A work's importance beside that of its cohort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Normalised {
    /// Importance divided by the mean of the cohort, so that the mean of a cohort is 1; `None` without a cohort.
    pub value: Option<f64>,
    /// Works in the cohort, the work itself among them; 0 without a cohort.
    pub cohort: u32,
}

/// Importance divided by the mean importance of the works of the same field and year (as MNCS does with citations,
/// Waltman and others 2011, doi 10.1016/j.joi.2010.08.001): fields cite differently and old works had longer to be cited.
///
/// `cohort` numbers the field and year of each work as the caller likes, `None` where one is unknown. It is as long as
/// `importance`; what is missing at its end is unknown. A cohort of few works says little: `Normalised::cohort` is there
/// for a flag.
pub fn normalised(importance: &[f64], cohort: &[Option<u32>]) -> Vec<Normalised> {
    // Each sum is taken in the order of works; the order of the map reaches nothing.
    let mut sums: FxHashMap<u32, (f64, u32)> = FxHashMap::default();
    for (value, cohort) in importance.iter().zip(cohort) {
        if let Some(cohort) = cohort {
            let sum = sums.entry(*cohort).or_default();
            *sum = (sum.0 + value, sum.1 + 1);
        }
    }
    let of = |(value, cohort): (&f64, Option<u32>)| match cohort.and_then(|cohort| sums.get(&cohort)) {
        Some((sum, count)) => {
            let mean = sum / f64::from(*count);
            Normalised { value: (mean > 0.0).then(|| value / mean), cohort: *count }
        }
        None => Normalised { value: None, cohort: 0 },
    };
    importance.iter().zip(cohort.iter().copied().chain(std::iter::repeat(None))).map(of).collect()
}

/// A work's influence from one round only. Whoever shows it says that it is not the recursive one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneRound {
    /// Σ min(FWCI of the citing work, 10); 0 of an uncited work; `None` where works cite it and the FWCI of none is known.
    pub value: Option<f64>,
    /// Citing works with a FWCI.
    pub known: u32,
    /// Citing works without: they are left out of the sum.
    pub unknown: u32,
}

/// Influence of one work from the FWCI of the works that cite it, for where no graph is known: each citation counts by
/// the FWCI of the citing work, at most [`MOST_FWCI`]. Our own stand-in, of no publisher. The order of the citing works
/// does not matter. A FWCI that is negative or no number is unknown.
pub fn one_round(citing: &[Option<f64>]) -> OneRound {
    let valid = |fwci: &f64| fwci.is_finite() && *fwci >= 0.0;
    let mut counted: Vec<f64> = citing.iter().flatten().filter(|fwci| valid(fwci)).map(|f| f.min(MOST_FWCI)).collect();
    counted.sort_unstable_by(f64::total_cmp);
    let (known, unknown) = (counted.len() as u32, (citing.len() - counted.len()) as u32);
    // Not `sum`, which is −0 of nothing.
    let value = counted.iter().fold(0.0, |sum, fwci| sum + fwci);
    OneRound { value: (known > 0 || unknown == 0).then_some(value), known, unknown }
}
