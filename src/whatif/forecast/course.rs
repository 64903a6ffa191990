//! How values go on from one edition to the next: the common drift, and the part of an own trend that lasts.

use crate::model::forecast::{Banded, Course, History, PastEdition};

/// One quantity of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    /// Year of the edition.
    pub year: i32,
    /// Whether its method differs from that of the edition before it.
    pub breaks: bool,
    /// By institution.
    pub values: Vec<Option<f64>>,
}

/// One quantity over all editions, and what it must lie between.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Editions, years rising.
    pub editions: Vec<Values>,
    /// Least and greatest value.
    pub bounds: [f64; 2],
}

/// A step from the last of the first `end` editions to an edition of `year`. Nothing of the other editions is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How many editions are known; at least one.
    pub end: usize,
    /// Year of the edition that is forecast.
    pub year: i32,
    /// Whether its method differs from that of the last known one.
    pub breaks: bool,
}

/// Median; sorts the values. `None` of none.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    Some(f64::midpoint(values[last / 2], values[last.div_ceil(2)]))
}

impl Series {
    /// A quantity of each edition of a history.
    pub fn of(history: &History, value: impl Fn(&PastEdition) -> Vec<Option<f64>>, bounds: [f64; 2]) -> Self {
        let values =
            |edition: &PastEdition| Values { year: edition.year, breaks: edition.breaks, values: value(edition) };
        Series { editions: history.editions.iter().map(values).collect(), bounds }
    }

    /// Years that a step bridges; at least one.
    pub fn years(&self, step: Step) -> f64 {
        f64::from((step.year - self.editions[step.end - 1].year).max(1))
    }

    /// Change per year of each institution from edition `at - 1` to edition `at`.
    fn changes(&self, at: usize) -> Vec<Option<f64>> {
        let (from, to) = (&self.editions[at - 1], &self.editions[at]);
        let years = f64::from((to.year - from.year).max(1));
        from.values.iter().zip(&to.values).map(|(from, to)| Some(((*to)? - (*from)?) / years)).collect()
    }

    /// Change per year that institutions have in common: the mean over the steps without a change of method of the median
    /// over institutions; 0 where there is none.
    fn drift(&self, end: usize) -> f64 {
        let steps = (1..end).filter(|&at| !self.editions[at].breaks);
        let medians: Vec<f64> =
            steps.filter_map(|at| median(&mut self.changes(at).into_iter().flatten().collect::<Vec<f64>>())).collect();
        medians.iter().fold(0.0, |sum, median| sum + median) / medians.len().max(1) as f64
    }

    /// The part of an own change, less the median one, that lasts to the next step, 0–1: the least-squares slope over
    /// pairs of consecutive steps without a change of method, each pair of the same weight.
    fn lasting(&self, end: usize) -> f64 {
        let (mut product, mut square) = (0.0, 0.0);
        for at in 2..end {
            if self.editions[at - 1].breaks || self.editions[at].breaks {
                continue;
            }
            let both = self.changes(at - 1).into_iter().zip(self.changes(at));
            let pairs: Vec<(f64, f64)> = both.filter_map(|(first, second)| first.zip(second)).collect();
            let centre = |pick: fn(&(f64, f64)) -> f64| median(&mut pairs.iter().map(pick).collect::<Vec<f64>>());
            let (Some(first), Some(second)) = (centre(|pair| pair.0), centre(|pair| pair.1)) else { continue };
            let count = pairs.len() as f64;
            product += pairs.iter().fold(0.0, |sum, pair| sum + (pair.0 - first) * (pair.1 - second)) / count;
            square += pairs.iter().fold(0.0, |sum, pair| sum + (pair.0 - first) * (pair.0 - first)) / count;
        }
        if square > 0.0 { (product / square).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// What is expected of each institution of the last known edition.
    pub fn points(&self, step: Step, course: Course) -> Vec<Option<f64>> {
        let at = step.end - 1;
        let years = self.years(step);
        let drift = if course == Course::Last { 0.0 } else { self.drift(step.end) };
        let own = course == Course::OwnTrend && at > 0 && !self.editions[at].breaks;
        let (lasting, before) = if own { (self.lasting(step.end), self.changes(at)) } else { (0.0, Vec::new()) };
        let point = |(index, value): (usize, &Option<f64>)| {
            let own = before.get(index).copied().flatten().map_or(0.0, |change| lasting * (change - drift));
            Some(((*value)? + (drift + own) * years).clamp(self.bounds[0], self.bounds[1]))
        };
        self.editions[at].values.iter().enumerate().map(point).collect()
    }

    /// The value with its bands; `radii` are half widths for one year, `None` where the errors are too few to tell.
    pub fn banded(&self, point: f64, radii: [Option<f64>; 2], step: Step) -> Banded {
        let years = self.years(step);
        let band = |radius: Option<f64>| match radius {
            Some(radius) => {
                [(point - radius * years).max(self.bounds[0]), (point + radius * years).min(self.bounds[1])]
            }
            None => self.bounds,
        };
        Banded { point, bands: radii.map(band) }
    }

    /// Mean size of the errors of edition `at` per year bridged, forecast from those before it by `course`.
    fn mean_error(&self, at: usize, course: Course) -> Option<f64> {
        let step = Step { end: at, year: self.editions[at].year, breaks: self.editions[at].breaks };
        let points = self.points(step, course);
        let sizes: Vec<f64> = (points.iter().zip(&self.editions[at].values))
            .filter_map(|(point, value)| Some(((*value)? - (*point)?).abs() / self.years(step)))
            .collect();
        let sum = sizes.iter().fold(0.0, |sum, size| sum + size);
        (!sizes.is_empty()).then(|| sum / sizes.len() as f64)
    }

    /// The course with the least mean error over the known editions that were steps of the same kind, or over all where
    /// none was; each edition of the same weight. Of equals, and where nothing is known, the plainest.
    pub fn course(&self, step: Step) -> Course {
        // Before the third edition there is no drift to tell the courses apart.
        let all: Vec<usize> = (2..step.end).collect();
        let kind: Vec<usize> = all.iter().copied().filter(|&at| self.editions[at].breaks == step.breaks).collect();
        let editions = if kind.is_empty() { all } else { kind };
        let mut best = (f64::INFINITY, Course::Last);
        for course in Course::ALL {
            let errors: Vec<f64> = editions.iter().filter_map(|&at| self.mean_error(at, course)).collect();
            let mean = errors.iter().fold(0.0, |sum, error| sum + error) / errors.len() as f64;
            if mean < best.0 {
                best = (mean, course);
            }
        }
        best.1
    }
}
