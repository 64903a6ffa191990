//! Bands from the errors of earlier editions: split conformal prediction by class of score.

use crate::model::forecast::{Course, LEVELS};
use crate::whatif::forecast::course::{Series, Step};

/// Classes of score at most.
const CLASSES: usize = 4;
/// Errors that a class needs.
const LEAST: usize = 50;

/// How far values of each class miss in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Years of the editions whose errors were used, rising.
    pub learned_from: Vec<i32>,
    /// Whether those were steps of the same kind.
    pub own_kind: bool,
    /// How values are taken to go on.
    pub course: Course,
    /// Scores at which the classes above the first begin, rising.
    edges: Vec<f64>,
    /// Half width of each band, by class; `None` where the errors are too few.
    radii: Vec<[Option<f64>; 2]>,
}

/// An error: score before, size for one year, weight.
type Error = (f64, f64, f64);

impl Calibration {
    /// From the editions known at a step; `levels` holds their scores. `None` where no earlier edition has an error.
    pub fn of(series: &Series, levels: &[&[Option<f64>]], step: Step) -> Option<Self> {
        let course = series.course(step);
        let own: Vec<usize> = (1..step.end).filter(|&at| series.editions[at].breaks == step.breaks).collect();
        let gather = |editions: Vec<usize>| -> Vec<(usize, Vec<Error>)> {
            let of_edition = |at: usize| (at, errors(series, levels, at, course));
            editions.into_iter().map(of_edition).filter(|(_, errors)| !errors.is_empty()).collect()
        };
        let (own_kind, gathered) = match gather(own) {
            own if !own.is_empty() => (true, own),
            _ => (false, gather((1..step.end).collect())),
        };
        let learned_from: Vec<i32> = gathered.iter().map(|(at, _)| series.editions[*at].year).collect();
        let errors: Vec<Error> = gathered.into_iter().flat_map(|(_, errors)| errors).collect();
        if errors.is_empty() {
            return None;
        }
        let mut scores: Vec<f64> = errors.iter().map(|(score, _, _)| *score).collect();
        scores.sort_by(f64::total_cmp);
        let classes = (errors.len() / LEAST).clamp(1, CLASSES);
        let edges: Vec<f64> = (1..classes).map(|class| scores[scores.len() * class / classes]).collect();
        let mut calibration = Calibration { learned_from, own_kind, course, edges, radii: Vec::new() };
        let radii = |class: usize| {
            let own = errors.iter().filter(|(score, _, _)| calibration.class(*score) == class);
            let mut sizes: Vec<(f64, f64)> = own.map(|(_, size, weight)| (*size, *weight)).collect();
            sizes.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
            LEVELS.map(|level| quantile(&sizes, level))
        };
        calibration.radii = (0..classes).map(radii).collect();
        Some(calibration)
    }

    /// The class of a score, from 0.
    pub fn class(&self, score: f64) -> usize {
        self.edges.partition_point(|edge| *edge <= score)
    }

    /// Half widths of the bands for one year.
    pub fn radii(&self, score: f64) -> [Option<f64>; 2] {
        self.radii[self.class(score)]
    }
}

/// Errors of edition `at`, forecast from those before it; the edition weighs one.
fn errors(series: &Series, levels: &[&[Option<f64>]], at: usize, course: Course) -> Vec<Error> {
    let step = Step { end: at, year: series.editions[at].year, breaks: series.editions[at].breaks };
    let years = series.years(step);
    let points = series.points(step, course);
    let values = series.editions[at].values.iter().zip(points).zip(levels[at - 1]);
    let sizes: Vec<(f64, f64)> =
        values.filter_map(|((value, point), level)| Some(((*level)?, ((*value)? - point?).abs() / years))).collect();
    let weight = 1.0 / sizes.len() as f64;
    sizes.into_iter().map(|(level, size)| (level, size, weight)).collect()
}

/// The least size that has (1 + 1/n) × `level` of the weight at or below it; `None` where n sizes are too few for one.
pub fn quantile(sizes: &[(f64, f64)], level: f64) -> Option<f64> {
    // Sums of weights are off by less than this.
    const NOISE: f64 = 1e-9;
    let count = sizes.len() as f64;
    let share = level * (count + 1.0) / count;
    let total = sizes.iter().fold(0.0, |sum, (_, weight)| sum + weight);
    let mut sum = 0.0;
    sizes.iter().find_map(|(size, weight)| {
        sum += weight;
        (share <= 1.0 && sum >= share * total - NOISE * total).then_some(*size)
    })
}
