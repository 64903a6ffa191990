//! Where one unit stands among others of its kind.

use crate::model::chart::Figure;
use crate::model::report::{Argument, Phrase, Text};

/// A unit on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// The unit.
    pub label: Text,
    /// Where it stands.
    pub value: f64,
}

/// All units of a type on one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// What the axis shows.
    pub axis: Text,
    /// How it is written.
    pub figure: Figure,
    /// Least and greatest number that there can be; the axis spans at least these.
    pub range: (f64, f64),
    /// The units that have a value.
    pub dots: Vec<Dot>,
    /// Index into `dots` of the unit that the chart is about; `None` where it has no value.
    pub own: Option<usize>,
    /// Low and high end of its interval.
    pub interval: Option<(f64, f64)>,
    /// Median of all.
    pub median: Option<f64>,
}

impl Distribution {
    /// Rank of the own unit, the greatest value having rank 1 and ties sharing the better one, and how many are ranked.
    pub fn rank(&self) -> Option<(u64, u64)> {
        let own = self.dots.get(self.own?)?.value;
        let better = self.dots.iter().filter(|dot| dot.value > own).count() as u64;
        Some((better + 1, self.dots.len() as u64))
    }

    /// Where the own unit stands, in one sentence.
    pub fn saying(&self) -> Phrase {
        let (Some((rank, of)), Some(dot)) = (self.rank(), self.own.and_then(|own| self.dots.get(own))) else {
            return Phrase::new("chart.own_without_value");
        };
        Phrase::new("chart.own_place")
            .with("unit", Argument::Text(dot.label.clone()))
            .with("value", Argument::Figure(dot.value, self.figure))
            .with("rank", Argument::Count(rank))
            .with("of", Argument::Count(of))
    }
}
