//! Steps 5–7 over all units: composites of groups and of the whole, rescaled and ranked among those compared.

use rayon::prelude::*;

use crate::model::edition::Edition;
use crate::model::score::Composite;
use crate::model::unit::UnitIndex;
use crate::score::combine::{self, Line};
use crate::score::hierarchy::Leaf;
use crate::score::{levels, rank, raw};

/// Value and coverage of the groups of a unit, in edition order, and of the whole.
pub type Means = Vec<(Option<f64>, f64)>;

/// Composites of units before they are ranked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composites {
    /// By unit.
    pub means: Vec<Means>,
    /// Unit by unit, the points that each score brings to the total; not a number where it plays none.
    pub points: Vec<f64>,
    /// By set of compared units, the lines on which they were rescaled: of each element where the edition combines level
    /// by level, else of the total alone.
    pub lines: Vec<Vec<Line>>,
}

/// Composites of `units` units. `compared` are the sets of units that are compared with each other, every unit being in
/// one of them; `leaves` fills in what each indicator enters into the means of a unit. With `frozen` they are rescaled on
/// these lines, not on their own.
pub fn composites(
    edition: &Edition,
    compared: &[Vec<usize>],
    units: usize,
    leaves: impl Fn(usize, &mut Vec<Leaf>) + Sync,
    frozen: Option<&[Line]>,
) -> Composites {
    let width = edition.indicators.len();
    if width == 0 {
        let means = vec![vec![(None, 0.0); edition.groups.len() + 1]; units];
        return Composites { means, ..Composites::default() };
    }
    // Every row is filled below.
    let mut points = vec![0.0; units * width];
    let mut lines = Vec::new();
    let Some(hierarchy) = levels::hierarchy(edition).filter(|_| levels::by_levels(edition)) else {
        let overall = edition.groups.len();
        let plan = combine::Plan::new(edition);
        let scratch = || (Vec::with_capacity(width), vec![None; width]);
        let mut means: Vec<Means> = points
            .par_chunks_mut(width)
            .enumerate()
            .map_init(scratch, |(own, points), (unit, row)| {
                leaves(unit, own);
                let means = plan.of_unit(own, points);
                enter(row, points);
                means
            })
            .collect();
        for members in compared {
            let totals = members.iter().filter_map(|&unit| means[unit][overall].0);
            let line = match frozen {
                Some(frozen) => frozen.first().copied().flatten(),
                None => combine::line(edition.combine.then, totals),
            };
            lines.push(vec![line]);
            let Some(line) = line else { continue };
            for &unit in members {
                let row = &mut points[unit * width..(unit + 1) * width];
                let mut own: Vec<Option<f64>> = row.iter().map(|points| raw::number(*points)).collect();
                let weights = |at: usize| plan.weights()[at];
                combine::rescaled(&mut means[unit][overall].0, &mut own, &weights, line, edition.combine.then);
                enter(row, &own);
            }
        }
        return Composites { means, points, lines };
    };
    let mut means: Vec<Means> = vec![vec![(None, 0.0); edition.groups.len() + 1]; units];
    for members in compared {
        let row = |unit: &usize| {
            let mut own = Vec::with_capacity(width);
            leaves(*unit, &mut own);
            own
        };
        let rows: Vec<Vec<Leaf>> = members.par_iter().map(row).collect();
        let own: Vec<Vec<Leaf>> =
            (0..width).into_par_iter().map(|at| rows.iter().map(|row| row[at]).collect()).collect();
        let found = levels::composites(&hierarchy, &own, frozen);
        for ((&unit, own), brought) in members.iter().zip(found.means).zip(found.points) {
            means[unit] = own;
            enter(&mut points[unit * width..(unit + 1) * width], &brought);
        }
        lines.push(found.lines);
    }
    Composites { means, points, lines }
}

fn enter(row: &mut [f64], points: &[Option<f64>]) {
    row.iter_mut().zip(points).for_each(|(slot, points)| *slot = points.unwrap_or(f64::NAN));
}

/// The composites of units with their ranks among those compared, unit by unit: the groups, then the whole.
pub fn ranked(compared: &[Vec<usize>], means: &[Means], overall: usize) -> Vec<Composite> {
    // By group, within its type.
    let ranks: Vec<Vec<(Option<u32>, u32)>> = (0..=overall)
        .into_par_iter()
        .map(|group| {
            let mut of_group = vec![(None, 0); means.len()];
            for members in compared {
                let values: Vec<Option<f64>> = members.iter().map(|&unit| means[unit][group].0).collect();
                let (ranks, of) = rank::ranks(&values);
                members.iter().zip(ranks).for_each(|(&unit, rank)| of_group[unit] = (rank, of));
            }
            of_group
        })
        .collect();
    (0..means.len() * (overall + 1))
        .into_par_iter()
        .map(|slot| {
            let (unit, group) = (slot / (overall + 1), slot % (overall + 1));
            let ((score, coverage), (rank, of)) = (means[unit][group], ranks[group][unit]);
            let group = (group < overall).then_some(group);
            Composite { unit: UnitIndex(unit as u32), group, score, low: None, high: None, coverage, rank, of }
        })
        .collect()
}
