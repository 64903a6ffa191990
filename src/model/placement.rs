//! Where composites stand on the scale that a publisher has printed.

use crate::model::edition::RankBand;
use crate::model::report::{Argument, Phrase};
use crate::model::unit::UnitIndex;

/// The overall composite of one unit on the published scale of one edition.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Index into [`crate::model::results::Results::editions`].
    pub edition: usize,
    /// The unit.
    pub unit: UnitIndex,
    /// The composite, 0–100.
    pub score: f64,
    /// Lower end of its stability interval.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Share of the edition's weight that could be scored, 0–1.
    pub coverage: f64,
    /// Share of the scored weight, 0–1, whose scores stand on published constants or are given as scores. The rest was
    /// compared among peers or the office's own units, so that its points are not those of the publisher's scale.
    pub on_scale: f64,
    /// The place; `None` where no composite at a rank is published for the edition.
    pub place: Option<Standing>,
}

/// A place among published composites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The band of ranks that an institution with this composite would be shown in.
    pub band: RankBand,
    /// The bands of the lower and of the upper end of the stability interval.
    pub ends: Option<[RankBand; 2]>,
    /// Reference of the published composites within the edition's benchmark.
    pub reference: String,
}

impl Placement {
    /// The place, the places of the ends of the interval, and what the place rests on, in words.
    pub fn told(&self) -> Phrase {
        let Some(standing) = &self.place else { return Phrase::new("placement.unknown") };
        let said = |ranks: RankBand| Argument::Text(Phrase::of_band(ranks).into());
        let phrase = match standing.ends {
            Some([low, high]) if [low, high] != [standing.band; 2] => {
                Phrase::new("placement.between").with("high", said(high)).with("low", said(low))
            }
            _ => Phrase::new("placement.at"),
        };
        phrase
            .with("band", said(standing.band))
            .with("coverage", Argument::Share(self.coverage))
            .with("on_scale", Argument::Share(self.on_scale))
    }
}
