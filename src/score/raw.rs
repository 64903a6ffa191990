//! Step 1: the raw value of one indicator for one unit.

use std::collections::BTreeMap;

use crate::model::edition::{Edition, Indicator};
use crate::model::formula::{Expression, Outcome};
use crate::model::measure::{MeasureDefinition, MeasuredValue, Measures, Reason, Status};
use crate::model::score::Score;
use crate::model::unit::Unit;
use crate::score::population::capped;

/// A raw value and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Raw {
    /// What the value is.
    pub status: Status,
    /// Why it is absent or not scored.
    pub reason: Option<Reason>,
    /// The value after the cap; kept where it rests on too few.
    pub value: Option<f64>,
    /// Left side of the formula's division.
    pub numerator: Option<f64>,
    /// Right side of it.
    pub denominator: Option<f64>,
    /// The count it rests on.
    pub n: u64,
}

impl Raw {
    /// The value, if it may be scored.
    pub fn scorable(&self) -> Option<f64> {
        self.value.filter(|_| self.reason.is_none())
    }

    fn absent(status: Status, reason: Reason) -> Self {
        Raw { status, reason: Some(reason), value: None, numerator: None, denominator: None, n: 0 }
    }
}

/// The measures of an edition's formulas, each found once.
pub struct MeasureColumns<'a> {
    measures: &'a Measures,
    columns: BTreeMap<&'a str, Option<usize>>,
    of_publications: BTreeMap<&'a str, bool>,
}

impl<'a> MeasureColumns<'a> {
    /// Finds the columns under the keys of the edition's windows and counting rules.
    pub fn new(measures: &'a Measures, definitions: &'a [MeasureDefinition], edition: &Edition) -> Self {
        let column = |definition: &MeasureDefinition| measures.column(&edition.measure_key(definition));
        let of_publications = |definition: &MeasureDefinition| definition.window.is_of_publications();
        MeasureColumns {
            measures,
            columns: definitions.iter().map(|known| (known.code.as_str(), column(known))).collect(),
            of_publications: definitions.iter().map(|known| (known.code.as_str(), of_publications(known))).collect(),
        }
    }

    /// The value of a measure for a unit; one that was never measured is missing.
    fn value(&self, unit: usize, code: &str) -> MeasuredValue {
        let column = self.columns.get(code).copied().flatten();
        let value = column.and_then(|column| self.measures.row(unit).get(column)).copied();
        value.unwrap_or(MeasuredValue::missing(Reason::NotSupplied))
    }
}

/// The raw value of `indicator` for `unit`. `scores` holds the unit's scores by indicator code, those that the formula
/// uses being there already.
pub fn raw<'a>(
    columns: &MeasureColumns,
    at: usize,
    unit: &Unit,
    indicator: &Indicator,
    scores: &dyn Fn(&str) -> Option<&'a Score>,
) -> Raw {
    if !indicator.scorable.contains(&unit.unit_type) {
        return Raw::absent(Status::NotScorable, Reason::UnitType);
    }
    let measure = |code: &str| columns.value(at, code).value;
    let score = |code: &str| scores(code).and_then(|cell| cell.score);
    let sides = indicator.value.sides(&measure, &score);
    let (numerator, denominator) = sides.map_or((None, None), |(left, right)| (left.value(), right.value()));
    let (status, absence) = standing(columns, at, indicator, scores);
    let n = count(columns, indicator, &|code| Some(columns.value(at, code).n))
        .or_else(|| indicator.value.scores().into_iter().filter_map(scores).map(|cell| cell.n).min())
        .unwrap_or(0);
    let outcome = indicator.value.evaluate(&measure, &score);
    let (status, reason, value) = match (absence, outcome) {
        (Some(reason), _) => (status, Some(reason), None),
        (None, Outcome::Value(value)) => {
            // A figure that the office states as one number carries no count to test: it passes for large enough.
            let counted = count(columns, indicator, &|code| {
                let value = columns.value(at, code);
                Some(if value.status == Status::Supplied { u64::MAX } else { value.n })
            });
            let value = Some(capped(indicator, value));
            match (indicator.minimum, counted) {
                (Some(minimum), Some(n)) if n < minimum => (Status::NotScorable, Some(Reason::TooFew), value),
                _ => (status, None, value),
            }
        }
        (None, Outcome::ZeroDenominator) => (Status::NotScorable, Some(Reason::ZeroDenominator), None),
        (None, Outcome::Undefined) => (Status::NotScorable, Some(Reason::Undefined), None),
        (None, Outcome::MissingMeasure(_)) => (Status::Missing, Some(Reason::NotSupplied), None),
        (None, Outcome::MissingScore(_)) => (Status::Missing, Some(Reason::DependsOnMissing), None),
    };
    Raw { status, reason, value, numerator, denominator, n }
}

/// The weakest status among all that the formula uses, and the reason where one of them has no value.
fn standing<'a>(
    columns: &MeasureColumns,
    at: usize,
    indicator: &Indicator,
    scores: &dyn Fn(&str) -> Option<&'a Score>,
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
    for code in indicator.value.measures() {
        let value = columns.value(at, code);
        let known = value.value.is_some_and(f64::is_finite);
        see(value.status, (!known).then_some(value.reason.unwrap_or(Reason::NotSupplied)));
    }
    for code in indicator.value.scores() {
        match scores(code) {
            Some(cell) => see(cell.status, cell.score.is_none().then_some(Reason::DependsOnMissing)),
            None => see(Status::Missing, Some(Reason::DependsOnMissing)),
        }
    }
    absent.map_or((present, None), |(status, reason)| (status, Some(reason)))
}

/// The count that a raw value rests on. A ratio is as shaky as what it divides by, and anything made of publications as
/// their number, so the first of these that there is: publications below the line, publications above it, everything
/// below it, everything.
fn count(columns: &MeasureColumns, indicator: &Indicator, of_measure: &dyn Fn(&str) -> Option<u64>) -> Option<u64> {
    let of_publications = |code: &str| {
        if columns.of_publications.get(code).copied().unwrap_or(false) { of_measure(code) } else { None }
    };
    let root = indicator.value.root();
    let (above, below): (&Expression, Option<&Expression>) =
        indicator.value.division().map_or((root, None), |(above, below)| (above, Some(below)));
    below
        .and_then(|below| below.count(&of_publications))
        .or_else(|| above.count(&of_publications))
        .or_else(|| below.and_then(|below| below.count(of_measure)))
        .or_else(|| root.count(of_measure))
}
