//! Statistics of the order of publications, by a walk along that order: the h-index and quantiles.

use std::cmp::Reverse;
use std::ops::Range;

use crate::measure::bootstrap::block::{Block, LANES};
use crate::model::evidence::CoreIndex;

/// Ranks that are counted together before the walk looks whether it has arrived; their counts fit 16 bits.
const STRIDE: usize = 64;

/// Publications by citations, the most cited first.
#[derive(Debug)]
pub struct Hirsch {
    ranked: Vec<(u32, u32)>,
}

impl Hirsch {
    /// Orders the cited publications.
    pub fn new(citations: &[u32]) -> Self {
        let numbered = citations.iter().zip(0_u32..).filter(|(citations, _)| **citations > 0);
        let mut ranked: Vec<(u32, u32)> = numbered.map(|(citations, publication)| (*citations, publication)).collect();
        ranked.sort_unstable_by_key(|&(citations, publication)| (Reverse(citations), publication));
        Hirsch { ranked }
    }

    /// Orders all publications of known citations.
    pub fn with_uncited(citations: &[Option<u32>]) -> Self {
        let numbered = citations.iter().zip(0_u32..).filter_map(|(citations, number)| Some(((*citations)?, number)));
        let mut ranked: Vec<(u32, u32)> = numbered.collect();
        ranked.sort_unstable_by_key(|&(citations, publication)| (Reverse(citations), publication));
        Hirsch { ranked }
    }

    /// The h-index of each sample.
    pub fn of(&self, block: &Block) -> [f64; LANES] {
        std::array::from_fn(|sample| {
            let (mut papers, mut h) = (0_u32, 0_u32);
            for &(citations, publication) in &self.ranked {
                papers += u32::from(block.rows[publication as usize][sample]);
                h = h.max(citations.min(papers));
                if papers >= citations || sample >= block.samples {
                    break;
                }
            }
            f64::from(h)
        })
    }

    /// Another index of the core in each sample; NaN where it has none.
    pub fn core(&self, block: &Block, index: CoreIndex) -> [f64; LANES] {
        let of = |sample: usize| self.core_of(index, |publication| u64::from(block.rows[publication as usize][sample]));
        std::array::from_fn(|sample| if sample < block.samples { of(sample) } else { f64::NAN })
    }

    /// An index of the core where each publication is there `count` times.
    fn core_of(&self, index: CoreIndex, count: impl Fn(u32) -> u64) -> f64 {
        let (mut papers, mut sum) = (0_u64, 0_u64);
        for &(citations, publication) in &self.ranked {
            for _ in 0..count(publication) {
                let (next, total) = (papers + 1, sum + u64::from(citations));
                let belongs = if index == CoreIndex::G { total >= next * next } else { u64::from(citations) >= next };
                if !belongs {
                    return core_value(index, papers, sum);
                }
                (papers, sum) = (next, total);
            }
        }
        core_value(index, papers, sum)
    }

    /// The value without each publication of the core, by publication.
    pub fn core_without(&self, index: CoreIndex) -> Vec<(u32, Option<f64>)> {
        let size = self.core_of(CoreIndex::G, |_| 1) as usize;
        let without = |left_out: u32| self.core_of(index, |publication| u64::from(publication != left_out));
        let core = self.ranked.iter().take(size.max(1)).map(|&(_, publication)| publication);
        core.map(|publication| (publication, Some(without(publication)).filter(|value| !value.is_nan()))).collect()
    }

    /// The publications without which the h-index of all falls by one; none where it has papers to spare.
    pub fn needed(&self) -> &[(u32, u32)] {
        let h = self.ranked.iter().zip(1..).take_while(|((citations, _), rank)| citations >= rank).count();
        let reach = self.ranked.iter().take_while(|(citations, _)| *citations as usize >= h).count();
        if reach == h { &self.ranked[..h] } else { &[] }
    }
}

/// An index of a core of so many papers with so many citations.
fn core_value(index: CoreIndex, papers: u64, citations: u64) -> f64 {
    match index {
        CoreIndex::A if papers == 0 => f64::NAN,
        CoreIndex::A => citations as f64 / papers as f64,
        CoreIndex::R => (citations as f64).sqrt(),
        _ => papers as f64,
    }
}

/// Publications of known value, ascending.
#[derive(Debug)]
pub struct Quantile {
    share: f64,
    /// Per publication: all bits where its value is known.
    known: Vec<u8>,
    /// The publications, ascending by value, and the values.
    ranked: Vec<u32>,
    values: Vec<f64>,
}

impl Quantile {
    /// Orders the known values.
    pub fn new(values: &[Option<f64>], share: f64) -> Self {
        let known = values.iter().map(|value| if value.is_some() { u8::MAX } else { 0 }).collect();
        let mut order: Vec<(f64, u32)> =
            values.iter().zip(0_u32..).filter_map(|(value, publication)| Some(((*value)?, publication))).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (values, ranked) = order.into_iter().unzip();
        Quantile { share: share.clamp(0.0, 1.0), known, ranked, values }
    }

    /// The quantile of each sample; NaN where it has no publication of known value.
    pub fn of(&self, block: &Block) -> [f64; LANES] {
        let totals = self.totals(block);
        let from_end = self.share > 0.5;
        // How many come before the first that is looked for, and before the second.
        let sought = totals.map(|total| {
            let last = total.saturating_sub(1);
            let (below, above, _) = self.ranks(last);
            if from_end { (last - above, last - below) } else { (below, above) }
        });
        let rank = |place: usize| if from_end { self.ranked.len() - 1 - place } else { place };
        let row = |place: usize| &block.rows[self.ranked[rank(place)] as usize];
        let (strides, passed) = strides(self.ranked.len(), row, sought.map(|(first, _)| first));
        std::array::from_fn(|sample| {
            if totals[sample] == 0 || sample >= block.samples {
                return f64::NAN;
            }
            let (mut place, mut passed) = (strides[sample] as usize * STRIDE, passed[sample]);
            let mut value_after = |before: u32| {
                let count = |place: usize| u32::from(row(place)[sample]);
                while place + 1 < self.ranked.len() && passed + count(place) <= before {
                    passed += count(place);
                    place += 1;
                }
                self.values[rank(place)]
            };
            let (first, second) = (value_after(sought[sample].0), value_after(sought[sample].1));
            let (below, above) = if from_end { (second, first) } else { (first, second) };
            let (_, _, part) = self.ranks(totals[sample] - 1);
            below + part * (above - below)
        })
    }

    /// Publications of known value in each sample.
    fn totals(&self, block: &Block) -> [u32; LANES] {
        let mut totals = [0_u32; LANES];
        for (rows, known) in block.rows.chunks(STRIDE).zip(self.known.chunks(STRIDE)) {
            let mut stride = [0_u16; LANES];
            for (row, known) in rows.iter().zip(known) {
                for lane in 0..LANES {
                    stride[lane] += u16::from(row[lane] & known);
                }
            }
            for lane in 0..LANES {
                totals[lane] += u32::from(stride[lane]);
            }
        }
        totals
    }

    /// The ranks on both sides of the quantile among `last` + 1 values, and the way between them.
    fn ranks(&self, last: u32) -> (u32, u32, f64) {
        let position = self.share * f64::from(last);
        let below = position.floor() as u32;
        (below, (below + 1).min(last), position.fract())
    }

    /// Of the publications without which the quantile would be the same, the first; and the quantile without it.
    pub fn without(&self) -> Vec<(u32, Option<f64>)> {
        let Some(last) = self.ranked.len().checked_sub(2) else {
            return self.ranked.iter().map(|&publication| (publication, None)).collect();
        };
        let (below, above, part) = self.ranks(last as u32);
        let (below, above) = (below as usize, above as usize);
        // Up to the rank below, the rank after it, and all beyond: within each it does not matter which one is missing.
        let ranges = [0..below + 1, below + 1..below + 2, below + 2..self.ranked.len()];
        let first = |range: Range<usize>| {
            let missing = range.start;
            let publication = *self.ranked[range].iter().min()?;
            let at = |rank: usize| self.values[rank + usize::from(rank >= missing)];
            Some((publication, Some(at(below) + part * (at(above) - at(below)))))
        };
        ranges.into_iter().filter_map(first).collect()
    }
}

/// How many whole strides of ranks each sample passes before the one with `before` drawn before it, and what was drawn in
/// them.
fn strides<'a>(
    ranks: usize,
    row: impl Fn(usize) -> &'a [u8; LANES],
    before: [u32; LANES],
) -> ([u32; LANES], [u32; LANES]) {
    let (mut strides, mut passed) = ([0_u32; LANES], [0_u32; LANES]);
    let mut drawn = [0_u32; LANES];
    for from in (0..ranks).step_by(STRIDE) {
        let mut stride = [0_u16; LANES];
        for place in from..(from + STRIDE).min(ranks) {
            let row = row(place);
            for lane in 0..LANES {
                stride[lane] += u16::from(row[lane]);
            }
        }
        let mut going = 0;
        for lane in 0..LANES {
            drawn[lane] += u32::from(stride[lane]);
            let goes = u32::from(drawn[lane] <= before[lane]);
            strides[lane] += goes;
            passed[lane] += goes * u32::from(stride[lane]);
            going += goes;
        }
        if going == 0 {
            break;
        }
    }
    (strides, passed)
}
