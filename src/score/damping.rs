//! Damping of a change from year to year (QS).
//!
//! QS states thresholds, recovery rates and limits (support.qs.com 360021756440), not the formula. The reading here, of
//! low certainty: a change up to the threshold is taken as it is, of what lies beyond it the recovery rate is let
//! through, `last + sign·(threshold + recovery·(|change| − threshold))`; where both values are under the limit nothing is
//! damped, and a rise out of that region is held at the limit at least, so that more is never worse.

use std::collections::BTreeMap;

use crate::model::edition::{Change, Damped, Damping, Edition};
use crate::model::last_year::{DampedPoint, LastValue};
use crate::model::results::Results;
use crate::model::unit::{UnitIndex, Units};
use crate::score::run::Run;

/// This year's value as damped against last year's.
pub fn damped(now: f64, last: f64, rule: &Damping) -> f64 {
    let under = |value: f64| rule.limit.is_some_and(|limit| value < limit);
    let threshold = match rule.change {
        Change::Absolute => rule.threshold,
        Change::Relative => rule.threshold * last.abs(),
    };
    let change = now - last;
    if !(change.is_finite() && threshold.is_finite()) || change.abs() <= threshold || (under(now) && under(last)) {
        return now;
    }
    let value = last + change.signum() * (threshold + rule.recovery * (change.abs() - threshold));
    match rule.limit {
        // A rise from under the limit keeps what it would have had just before it.
        Some(limit) if under(last) => value.max(limit.min(now)),
        // A fall to under the limit is damped like any other.
        _ => value,
    }
}

/// What the changes of an edition are damped against, unit by unit, indicator by indicator: of the values given for the
/// same ranking, those of the latest edition that is not later than this one; what damping left then before what was
/// measured then. Indicators that are not damped have none.
pub fn last(values: &[LastValue], edition: &Edition, units: &Units) -> Vec<Option<f64>> {
    let ranking = |id: &str| id.rsplit_once('/').map_or(id, |(ranking, _)| ranking).to_owned();
    let own = ranking(&edition.id);
    let earlier = values.iter().map(|value| &value.edition).filter(|id| ranking(id) == own && **id <= edition.id).max();
    // A later row of a cell takes the place of an earlier one, value by value.
    let mut known: BTreeMap<(&str, &str), [Option<f64>; 3]> = BTreeMap::new();
    for value in values.iter().filter(|value| Some(&value.edition) == earlier) {
        let cell = known.entry((&value.unit, &value.indicator)).or_default();
        for (slot, found) in cell.iter_mut().zip([value.raw, value.score, value.damped]) {
            *slot = found.or(*slot);
        }
    }
    let cell = |unit: &str, at: usize| {
        let indicator = &edition.indicators[at];
        let rule = indicator.damping.as_ref()?;
        let [raw, score, damped] = *known.get(&(unit, indicator.code.as_str()))?;
        damped.or(if rule.on == Damped::Raw { raw } else { score })
    };
    units.iter().flat_map(|(_, unit)| (0..edition.indicators.len()).map(move |at| cell(&unit.id, at))).collect()
}

/// What damping left of each value that has an earlier one. Undamped scores are worked out for it once more.
pub fn record(results: &Results) -> Vec<DampedPoint> {
    let mut record = Vec::new();
    for (at, edition) in results.editions.iter().enumerate() {
        let run = Run::of(results, edition);
        if run.last.iter().all(Option::is_none) {
            continue;
        }
        let plain = Run { last: &[], ..run }.scorecard();
        for ((score, last), used) in plain.scores.iter().zip(run.last).zip(&results.scorecards[at].scores) {
            let Some((rule, last)) = edition.indicators[score.indicator].damping.as_ref().zip(*last) else { continue };
            let now = if rule.on == Damped::Raw { score.raw.filter(|_| used.score.is_some()) } else { score.score };
            let Some(now) = now else { continue };
            let value = damped(now, last, rule);
            let value = if rule.on == Damped::Score { value.clamp(0.0, 100.0) } else { value };
            let (unit, indicator, on) = (UnitIndex(score.unit.0), score.indicator, rule.on);
            record.push(DampedPoint { edition: at, unit, indicator, on, last, now, damped: value });
        }
    }
    record
}
