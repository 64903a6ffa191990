//! Step 4: what stands in for a score that could be known and is not.

use crate::model::edition::MissingRule;
use crate::score::statistics;

/// What happens to a missing cell in a composite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StandIn {
    /// It is left out and the other weights are scaled up.
    LeftOut,
    /// This score is entered, without counting as covered.
    Entered(f64),
    /// There is no composite.
    Withheld,
}

/// What an edition's rule does for a unit with these scores of its own. The lower quartile of nothing is nothing.
pub fn stand_in(rule: MissingRule, own_scores: impl Iterator<Item = f64>) -> StandIn {
    match rule {
        // The lowest of the compared is known by indicator: `indicator` finds it. Where nobody has a score there is none.
        MissingRule::Renormalise | MissingRule::LowestOfCompared => StandIn::LeftOut,
        MissingRule::Zero => StandIn::Entered(0.0),
        MissingRule::Withhold => StandIn::Withheld,
        MissingRule::OwnLowerQuartile => {
            let ordered = statistics::ordered(own_scores);
            statistics::quantile(&ordered, 0.25).map_or(StandIn::LeftOut, StandIn::Entered)
        }
    }
}
