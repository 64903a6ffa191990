//! Scale, mandatory gate, area and total percent of one unit.

use crate::model::accreditation::decision::Quantity;
use crate::model::accreditation::level::{Level, Scale};

/// A standard in force as a unit is rated by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rated {
    /// Index of its area.
    pub area: usize,
    /// Whether it is mandatory.
    pub mandatory: bool,
    /// How far it is met.
    pub state: State,
}

/// What is known of a standard at a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Rated.
    At(Level),
    /// Does not apply to the unit.
    NotApplicable,
    /// Not rated.
    Unrated,
}

/// Standards of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Rated at a level.
    pub rated: u32,
    /// Of these, met.
    pub met: u32,
    /// Do not apply.
    pub not_applicable: u32,
    /// In force and not rated.
    pub unrated: u32,
}

impl Tally {
    /// Met in percent of rated; `None` where none is.
    pub fn percent(&self) -> Option<f64> {
        (self.rated > 0).then(|| 100.0 * f64::from(self.met) / f64::from(self.rated))
    }
}

/// An area of a unit, or the whole.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Points {
    /// Points of the rated standards.
    pub points: f64,
    /// What they could be at most.
    pub greatest: f64,
    /// Number of rated standards.
    pub rated: u32,
}

impl Points {
    /// In percent of the greatest; `None` where none is rated.
    pub fn percent(&self) -> Option<f64> {
        (self.greatest > 0.0).then(|| 100.0 * self.points / self.greatest)
    }
}

/// One unit in one round, by one side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Percent {
    /// Mandatory standards.
    pub mandatory: Tally,
    /// Preferred standards.
    pub preferred: Tally,
    /// By area.
    pub areas: Vec<Points>,
    /// All.
    pub total: Points,
}

impl Percent {
    /// Counts the standards of a unit; `areas` is the number of areas.
    pub fn of(standards: &[Rated], areas: usize, scale: &Scale) -> Percent {
        let mut percent = Percent { areas: vec![Points::default(); areas], ..Percent::default() };
        for standard in standards {
            let tally = if standard.mandatory { &mut percent.mandatory } else { &mut percent.preferred };
            match standard.state {
                State::Unrated => tally.unrated += 1,
                State::NotApplicable => tally.not_applicable += 1,
                State::At(level) => {
                    tally.rated += 1;
                    tally.met += u32::from(scale.met(level));
                    for points in [&mut percent.areas[standard.area], &mut percent.total] {
                        points.points += scale.of(level);
                        points.greatest += scale.greatest();
                        points.rated += 1;
                    }
                }
            }
        }
        percent
    }

    /// Share of the standards that apply which are rated, 0–1; 1 where none applies.
    pub fn coverage(&self) -> f64 {
        let rated = self.mandatory.rated + self.preferred.rated;
        let all = rated + self.mandatory.unrated + self.preferred.unrated;
        if all == 0 { 1.0 } else { f64::from(rated) / f64::from(all) }
    }

    /// Whether every mandatory standard that applies is rated and met: the gate.
    pub fn gate(&self) -> bool {
        self.mandatory.unrated == 0 && self.mandatory.met == self.mandatory.rated
    }

    /// A quantity of a decision table; `None` where nothing that it counts is rated.
    pub fn quantity(&self, quantity: Quantity) -> Option<f64> {
        match quantity {
            Quantity::MandatoryMet => (self.mandatory.rated > 0).then(|| f64::from(self.mandatory.met)),
            Quantity::MandatoryPercent => self.mandatory.percent(),
            Quantity::PreferredPercent => self.preferred.percent(),
            Quantity::TotalPercent => self.total.percent(),
            Quantity::LowestAreaPercent => self.areas.iter().filter_map(Points::percent).min_by(f64::total_cmp),
        }
    }
}
