//! Where a composite stands on the published scale, in words.

use crate::model::edition::RankBand;
use crate::model::placement::Placement;
use crate::model::report::{Argument, Phrase};

/// The place, the places of the ends of the interval, and what the place rests on.
pub fn told(placement: &Placement) -> Phrase {
    let Some(standing) = &placement.place else { return Phrase::new("placement.unknown") };
    let said = |ranks: RankBand| Argument::Text(Phrase::of_band(ranks).into());
    let phrase = match standing.ends {
        Some([low, high]) if [low, high] != [standing.band; 2] => {
            Phrase::new("placement.between").with("high", said(high)).with("low", said(low))
        }
        _ => Phrase::new("placement.at"),
    };
    phrase
        .with("band", said(standing.band))
        .with("coverage", Argument::Share(placement.coverage))
        .with("on_scale", Argument::Share(placement.on_scale))
}
