//! The search for one end of one unit's interval.

use std::cmp::Ordering;

use crate::whatif::certified::band::Band;
use crate::whatif::certified::hitting::{Fewest, Sets};
use crate::whatif::certified::system::{self, Answer};
use crate::whatif::certified::{EVEN, Effort, End, Interval, Scores};

/// Halvings of the scale of scores that a range is narrowed by.
const HALVINGS: usize = 48;

/// Which end is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// As many as possible do not beat the unit.
    Best,
    /// As many as possible beat it.
    Worst,
}

/// What is known of the others before any programme is solved.
struct Comparisons {
    /// How many always beat the unit.
    always: usize,
    /// Those that do at some weights: rows whose product with the weights is above 0 where the other beats the unit.
    rows: Vec<Vec<f64>>,
    /// How many miss other scores than the unit does and come to totals on both sides of it: no line parts the weights, so
    /// they count for either side.
    crooked: usize,
}

/// Both ends of a unit's interval; `None` where it has a total at none of the weights that were looked at.
pub fn interval(scores: &Scores, unit: usize, band: &Band, starts: &[Vec<f64>], effort: Effort) -> Option<Interval> {
    let comparisons = Comparisons::of(scores, unit, band);
    let end = |side| Search { scores, unit, band, side, effort, comparisons: &comparisons, best: None }.end(starts);
    Some(Interval { best: end(Side::Best)?, worst: end(Side::Worst)? })
}

impl Comparisons {
    fn of(scores: &Scores, unit: usize, band: &Band) -> Comparisons {
        let own = &scores.rows[unit];
        let mut found = Comparisons { always: 0, rows: Vec::new(), crooked: 0 };
        for (_, other) in scores.rows.iter().enumerate().filter(|(at, row)| *at != unit && known(row)) {
            if own.iter().zip(other).any(|(own, other)| own.is_nan() != other.is_nan()) {
                let ((low, high), (least, most)) = (range(own, band), range(other, band));
                if least - high > EVEN {
                    found.always += 1;
                } else if most - low > EVEN {
                    found.crooked += 1;
                }
                continue;
            }
            let row: Vec<f64> =
                own.iter().zip(other).map(|(own, other)| if own.is_nan() { 0.0 } else { other - own - EVEN }).collect();
            let turned: Vec<f64> = row.iter().map(|value| -value).collect();
            if band.maximum(&row) <= 0.0 {
                continue;
            }
            if band.maximum(&turned) < 0.0 {
                found.always += 1;
            } else {
                found.rows.push(row);
            }
        }
        found
    }
}

fn known(row: &[f64]) -> bool {
    row.iter().any(|score| !score.is_nan())
}

/// Ends between which a unit's mean over what it has lies, whatever the weights of the band.
fn range(row: &[f64], band: &Band) -> (f64, f64) {
    let scores = || row.iter().copied().filter(|score| !score.is_nan());
    let (least, most) = (scores().fold(f64::INFINITY, f64::min), scores().fold(f64::NEG_INFINITY, f64::max));
    // The mean can be above a level where Σ w·(score − level) can be above 0.
    let reaches = |level: f64, sign: f64| {
        let factors: Vec<f64> =
            row.iter().map(|score| if score.is_nan() { 0.0 } else { sign * (score - level) }).collect();
        band.maximum(&factors) > 0.0
    };
    let narrowed = |sign: f64, (mut out, mut within): (f64, f64)| {
        for _ in 0..HALVINGS {
            let middle = out + (within - out) / 2.0;
            if reaches(middle, sign) { within = middle } else { out = middle }
        }
        out
    };
    (narrowed(-1.0, (least, most)), narrowed(1.0, (most, least)))
}

struct Search<'a> {
    scores: &'a Scores,
    unit: usize,
    band: &'a Band,
    side: Side,
    effort: Effort,
    comparisons: &'a Comparisons,
    best: Option<(u32, Vec<f64>)>,
}

impl Search<'_> {
    fn end(mut self, starts: &[Vec<f64>]) -> Option<End> {
        starts.iter().for_each(|weights| self.look(weights));
        let failing = self.failing();
        let proven = self.rank(failing);
        let (attained, weights) = self.best?;
        Some(End { attained, proven, weights })
    }

    /// The rank where all but `failing` of the undecided comparisons go the way that is looked for.
    fn rank(&self, failing: usize) -> u32 {
        let Comparisons { always, rows, crooked } = self.comparisons;
        let beaten = match self.side {
            Side::Best => always + failing,
            Side::Worst => always + rows.len() - failing + crooked,
        };
        beaten as u32 + 1
    }

    /// Keeps weights where the unit's rank is further out than any seen.
    fn look(&mut self, weights: &[f64]) {
        if self.scores.total(self.unit, weights).is_nan() {
            return;
        }
        let rank = self.scores.beaten_by(self.unit, weights) as u32 + 1;
        let further = match self.side {
            Side::Best => Ordering::Less,
            Side::Worst => Ordering::Greater,
        };
        if self.best.as_ref().is_none_or(|(known, _)| rank.cmp(known) == further) {
            self.best = Some((rank, weights.to_vec()));
        }
    }

    /// How many of the undecided comparisons fail at least, whatever the weights.
    fn failing(&mut self) -> usize {
        let (sign, strict) = match self.side {
            Side::Best => (-1.0, false),
            Side::Worst => (1.0, true),
        };
        let rows: Vec<Vec<f64>> =
            self.comparisons.rows.iter().map(|row| row.iter().map(|value| sign * value).collect()).collect();
        let (mut sets, mut programmes) = (Sets::new(rows.len()), 0);
        // So many fail at least; and which are left out of the next programme.
        let (mut least, mut left_out) = (0, Vec::new());
        loop {
            let found = self.best.as_ref().is_some_and(|(rank, _)| *rank == self.rank(least));
            let spent = programmes >= self.effort.programmes;
            if found || spent {
                return least;
            }
            // Conflicts without a common row, until what is left holds together.
            let mut kept: Vec<usize> = (0..rows.len()).filter(|at| !left_out.contains(at)).collect();
            let mut conflicts = 0;
            while !kept.is_empty() && programmes < self.effort.programmes {
                programmes += 1;
                let own: Vec<&[f64]> = kept.iter().map(|&at| rows[at].as_slice()).collect();
                match system::answer(&own, 0.0, strict, self.band) {
                    Answer::Conflict(named) => {
                        let named: Vec<usize> = named.into_iter().map(|at| kept[at]).collect();
                        sets.add(&named);
                        kept.retain(|at| !named.contains(at));
                        conflicts += 1;
                    }
                    Answer::Weights(weights) => {
                        self.look(&weights);
                        break;
                    }
                    Answer::Open => break,
                }
            }
            // Some that hit all known conflicts are quickly had; the fewest are asked for where those leave none.
            if conflicts > 0 {
                left_out = sets.some();
                continue;
            }
            if left_out.len() == least {
                return least;
            }
            match sets.fewest(self.effort.steps) {
                Fewest::Proven(fewest) => (least, left_out) = (fewest.len(), fewest),
                Fewest::Cut(fewest) => return fewest.max(least),
            }
        }
    }
}
