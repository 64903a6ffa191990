//! Bounds instead of blanks: missing scores carried as intervals to the total and to the rank.
//!
//! No total falls when a score rises, and each unit's missing scores are its own. So the least total has all of them at their
//! lower end and the greatest all at their upper; a unit's best rank is with its own greatest total among the others' least,
//! and the other way round: exact, not sampled. What cannot be scored for a unit at all stays left out.

use crate::model::edition::{Aggregation, Edition, Rescale};
use crate::score::combine;
use crate::whatif::sensitivity::cells::Table;
use crate::whatif::sensitivity::study::Study;
use crate::whatif::sensitivity::tree::{Cells, Leaves, Scratch, Tree};

/// Ends of a total and of the rank that it can bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends {
    /// Least total, on the scale of the run.
    pub low: f64,
    /// Greatest total.
    pub high: f64,
    /// Best rank.
    pub best: u32,
    /// Worst rank.
    pub worst: u32,
}

/// What missing scores leave open for one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Missing scores of indicators with weight.
    pub missing: usize,
    /// Each of them anywhere from 0 to 100.
    pub scale: Ends,
    /// Each within what units of the type score on the indicator; 0 to 100 where none has a score.
    pub observed: Ends,
}

/// A table with every missing score at one end.
struct AtEnd<'a> {
    table: &'a Table,
    ends: Vec<f64>,
}

impl Leaves for AtEnd<'_> {
    fn units(&self) -> usize {
        self.table.units()
    }

    fn enter(&self, cells: &mut Cells) {
        for (indicator, &end) in self.ends.iter().enumerate() {
            for unit in 0..self.table.units() {
                let open = self.table.is_missing(indicator, unit).then_some(end);
                let value = self.table.score(indicator, unit).or(open);
                cells.values.push(value.unwrap_or(f64::NAN));
                cells.coverage.push(f64::from(u8::from(value.is_some())));
            }
        }
    }
}

/// Bounds of each of all units of a type as the run scores it, also of one that has no total for what is missing; `None` for one that has no total either way, and for all where an
/// element is rescaled or compared among units before the total: there a unit's total is not its own.
pub fn bounds(study: &Study, of_type: usize, edition: &Edition) -> Vec<Option<Bounds>> {
    let table = &study.types[of_type].own;
    let units = table.units();
    let among = |then: Rescale| matches!(then, Rescale::Top100 | Rescale::MinMax { from: None, .. });
    let groups = || edition.groups.iter().map(|group| group.combine);
    let pairs = groups().chain([edition.combine]).any(|combine| combine.with == Aggregation::Copeland);
    if pairs || groups().any(|combine| among(combine.then)) {
        return vec![None; units];
    }
    let indicators = edition.indicators.len();
    let observed = |indicator: usize| {
        let scores = || (0..units).filter_map(|unit| table.score(indicator, unit));
        let ends = scores().reduce(f64::min).zip(scores().reduce(f64::max));
        ends.unwrap_or((0.0, 100.0))
    };
    let (low, high) = (0..indicators).map(observed).unzip();
    let weights = study.weights(0);
    let tree = study.tree().clone().unscaled();
    let line = line(study, of_type, edition, &tree);
    let totals = |ends: Vec<f64>| {
        let mut totals = vec![f64::NAN; units];
        tree.totals(&AtEnd { table, ends }, weights, &mut Scratch::default(), &mut totals);
        totals
    };
    let scale = ends(&totals(vec![0.0; indicators]), &totals(vec![100.0; indicators]));
    let observed = ends(&totals(low), &totals(high));
    let shown = |ends: Ends| {
        let on_scale = |total: f64| {
            line.map_or(total, |(factor, offset)| combine::kept(edition.combine.then, factor * total + offset))
        };
        Ends { low: on_scale(ends.low), high: on_scale(ends.high), ..ends }
    };
    let missing = |unit: usize| (0..indicators).filter(|&at| weights[at] > 0.0 && table.is_missing(at, unit)).count();
    (0..units)
        .map(|unit| {
            Some(Bounds { missing: missing(unit), scale: shown(scale[unit]?), observed: shown(observed[unit]?) })
        })
        .collect()
}

/// The line that follows the run's totals.
fn line(study: &Study, of_type: usize, edition: &Edition, tree: &Tree) -> combine::Line {
    let table = &study.types[of_type].own;
    let mut totals = vec![f64::NAN; table.units()];
    tree.totals(&table.filled(0, study.rule()), study.weights(0), &mut Scratch::default(), &mut totals);
    combine::line(edition.combine.then, totals.into_iter().filter(|total| !total.is_nan()))
}

/// Ends of every unit from the least and the greatest totals.
fn ends(low: &[f64], high: &[f64]) -> Vec<Option<Ends>> {
    let above = |unit: usize, others: &[f64], total: f64| {
        others.iter().enumerate().filter(|(other, theirs)| *other != unit && **theirs > total).count() as u32 + 1
    };
    let of_unit = |unit: usize| {
        let known = !low[unit].is_nan() && !high[unit].is_nan();
        known.then(|| Ends {
            low: low[unit],
            high: high[unit],
            best: above(unit, low, high[unit]),
            worst: above(unit, high, low[unit]),
        })
    };
    (0..low.len()).map(of_unit).collect()
}
