//! Damping of a change from year to year (QS).
//!
//! QS states thresholds, recovery rates and limits (support.qs.com 360021756440), not the formula. The reading here, of
//! low certainty: a change up to the threshold is taken as it is, of what lies beyond it the recovery rate is let
//! through, `last + sign·(threshold + recovery·(|change| − threshold))`; where both values are under the limit nothing is
//! damped, and a rise out of that region is held at the limit at least, so that more is never worse.

use crate::model::edition::{Change, Damping};

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
