//! Step 1: the raw value of one indicator for one unit.

use std::collections::BTreeMap;

use crate::model::edition::{Edition, Indicator};
use crate::model::measure::{MeasureDefinition, MeasuredValue, Measures, Reason, Status};
use crate::score::population::capped;
use crate::score::program::{Obstacle, Program};
use crate::score::types::Types;

/// A measure that was never measured is missing.
static NEVER_MEASURED: MeasuredValue =
    MeasuredValue { value: None, n: 0, status: Status::Missing, reason: Some(Reason::NotSupplied) };

/// A raw value and how it came about. What is not there is not a number: half the size of an option, and there are
/// millions.
#[derive(Debug, Clone, Copy)]
pub struct Raw {
    /// The value after the cap; kept where it rests on too few.
    value: f64,
    /// Left side of the formula's division.
    numerator: f64,
    /// Right side of it.
    denominator: f64,
    /// The count it rests on.
    pub n: u64,
    /// What the value is.
    pub status: Status,
    /// Why it is absent or not scored.
    pub reason: Option<Reason>,
}

/// A number, if it is one.
pub fn number(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

impl Raw {
    /// The value.
    pub fn value(&self) -> Option<f64> {
        number(self.value)
    }

    /// Left side of the formula's division.
    pub fn numerator(&self) -> Option<f64> {
        number(self.numerator)
    }

    /// Right side of it.
    pub fn denominator(&self) -> Option<f64> {
        number(self.denominator)
    }

    /// The value, if it may be scored; else not a number.
    pub fn scorable(&self) -> f64 {
        if self.reason.is_none() { self.value } else { f64::NAN }
    }

    /// No value, for this reason.
    pub fn absent(status: Status, reason: Reason) -> Self {
        let none = f64::NAN;
        Raw { value: none, numerator: none, denominator: none, n: 0, status, reason: Some(reason) }
    }
}

/// What a formula may ask of another indicator's cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// What the value is.
    pub status: Status,
    /// 0–100.
    pub score: Option<f64>,
    /// The count it rests on.
    pub n: u64,
}

/// An indicator with all that its formula names looked up once.
pub struct Reader<'a> {
    indicator: &'a Indicator,
    program: Program,
    /// Whether it is scored for each type of unit.
    scorable: Vec<bool>,
    /// Column of each measure; `None` where it was never measured under the edition's windows and counting rules.
    columns: Vec<Option<usize>>,
    /// Whether each measure is one of publications.
    of_publications: Vec<bool>,
    /// Index of each indicator whose score is used; `None` where there is none.
    scores: Vec<Option<usize>>,
}

/// The readers of an edition's indicators, in edition order.
pub fn readers<'a>(
    measures: &Measures,
    definitions: &[MeasureDefinition],
    edition: &'a Edition,
    types: &Types,
) -> Vec<Reader<'a>> {
    let known: BTreeMap<&str, &MeasureDefinition> =
        definitions.iter().map(|known| (known.code.as_str(), known)).collect();
    let positions: BTreeMap<&str, usize> =
        edition.indicators.iter().enumerate().map(|(at, indicator)| (indicator.code.as_str(), at)).collect();
    edition
        .indicators
        .iter()
        .map(|indicator| {
            let program = Program::new(&indicator.value);
            let definition = |code: &String| known.get(code.as_str()).copied();
            let column = |code| definition(code).and_then(|known| measures.column(&edition.measure_key(known)));
            let published = |code| definition(code).is_some_and(|known| known.window.is_of_publications());
            Reader {
                indicator,
                scorable: types.names.iter().map(|name| indicator.scorable.iter().any(|known| known == name)).collect(),
                columns: program.measures.iter().map(column).collect(),
                of_publications: program.measures.iter().map(published).collect(),
                scores: program.scores.iter().map(|code| positions.get(code.as_str()).copied()).collect(),
                program,
            }
        })
        .collect()
}

impl Reader<'_> {
    /// Weight of the indicator in percent of the edition.
    pub fn weight(&self) -> f64 {
        self.indicator.weight
    }

    /// The raw value for a unit of a type. `row` holds the unit's measures, `scored` its cells by indicator, those that the formula
    /// uses being there already.
    pub fn raw(&self, unit_type: usize, row: &[MeasuredValue], scored: impl Fn(usize) -> Option<Scored>) -> Raw {
        if !self.scorable[unit_type] {
            return Raw::absent(Status::NotScorable, Reason::UnitType);
        }
        let found = |column: &Option<usize>| column.and_then(|column| row.get(column)).unwrap_or(&NEVER_MEASURED);
        // Looked up once; few formulas have more measures than that.
        let mut near = [&NEVER_MEASURED; 4];
        near.iter_mut().zip(&self.columns).for_each(|(near, column)| *near = found(column));
        let measure = |at: usize| near.get(at).copied().unwrap_or_else(|| found(&self.columns[at]));
        let cell = |at: usize| self.scores[at].and_then(&scored);
        let value = self.program.run(|at| measure(at).value, |at| cell(at)?.score);
        let (status, absence) = self.standing(measure, cell);
        let counted = self.program.count(|at| measure(at).n, &self.of_publications);
        let n = counted.or_else(|| (0..self.scores.len()).filter_map(&cell).map(|cell| cell.n).min()).unwrap_or(0);
        let (status, reason, raw) = match (absence, value.outcome) {
            (Some(reason), _) => (status, Some(reason), None),
            (None, Ok(value)) => {
                let value = Some(capped(self.indicator, value));
                if self.rests_on_too_few(measure, counted) {
                    (Status::NotScorable, Some(Reason::TooFew), value)
                } else {
                    (status, None, value)
                }
            }
            (None, Err(Obstacle::ZeroDenominator)) => (Status::NotScorable, Some(Reason::ZeroDenominator), None),
            (None, Err(Obstacle::Undefined)) => (Status::NotScorable, Some(Reason::Undefined), None),
            (None, Err(Obstacle::MissingMeasure)) => (Status::Missing, Some(Reason::NotSupplied), None),
            (None, Err(Obstacle::MissingScore)) => (Status::Missing, Some(Reason::DependsOnMissing), None),
        };
        let or_none = |value: Option<f64>| value.unwrap_or(f64::NAN);
        let (numerator, denominator) = (or_none(value.numerator), or_none(value.denominator));
        Raw { value: or_none(raw), numerator, denominator, n, status, reason }
    }

    /// Whether the count is below the indicator's minimum. A figure that the office states as one number carries no
    /// count to test: it passes for large enough.
    fn rests_on_too_few<'m>(&self, measure: impl Fn(usize) -> &'m MeasuredValue, counted: Option<u64>) -> bool {
        let Some(minimum) = self.indicator.minimum else { return false };
        let stated = |at: usize| measure(at).status == Status::Supplied;
        let counted = if (0..self.columns.len()).any(stated) {
            let tested = |at: usize| if stated(at) { u64::MAX } else { measure(at).n };
            self.program.count(tested, &self.of_publications)
        } else {
            counted
        };
        counted.is_some_and(|n| n < minimum)
    }

    /// The weakest status among all that the formula uses, and the reason where one of them has no value.
    fn standing<'m>(
        &self,
        measure: impl Fn(usize) -> &'m MeasuredValue,
        cell: impl Fn(usize) -> Option<Scored>,
    ) -> (Status, Option<Reason>) {
        let mut present = Status::Computed;
        let mut absent: Option<(Status, Reason)> = None;
        let mut see = |status: Status, reason: Option<Reason>| match reason {
            None => present = present.weaker(status),
            Some(reason) => {
                // What has no value is missing, unless it makes no sense to ask for it.
                let status = if status == Status::NotScorable { status } else { Status::Missing };
                if absent.is_none_or(|(worst, _)| worst < status) {
                    absent = Some((status, reason));
                }
            }
        };
        for at in 0..self.columns.len() {
            let value = measure(at);
            let known = value.value.is_some_and(f64::is_finite);
            see(value.status, (!known).then_some(value.reason.unwrap_or(Reason::NotSupplied)));
        }
        for at in 0..self.scores.len() {
            match cell(at) {
                Some(cell) => see(cell.status, cell.score.is_none().then_some(Reason::DependsOnMissing)),
                None => see(Status::Missing, Some(Reason::DependsOnMissing)),
            }
        }
        absent.map_or((present, None), |(status, reason)| (status, Some(reason)))
    }
}
