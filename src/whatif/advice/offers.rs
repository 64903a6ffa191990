//! Offers: a strategy at a unit, in the intensities that are weighed.

use crate::model::names::Names;
use crate::model::scenario::{Change, Scenario, Thing};
use crate::model::strategy::Strategy;
use crate::model::unit::UnitIndex;
use crate::whatif::advice::Question;

/// Which of its effects a strategy has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    /// If it goes badly.
    Low,
    /// As expected.
    Middle,
    /// If it goes well.
    High,
}

/// A strategy that can be done at a unit.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Index of the strategy.
    pub strategy: usize,
    /// Where.
    pub unit: UnitIndex,
    /// How much of it, ascending.
    pub intensities: Vec<f64>,
}

/// All offers at the unit of the question and below it: by strategy in the order of the catalogue, then by unit.
pub fn offers(question: &Question) -> Vec<Offer> {
    let within = question.units.descendants(question.unit);
    let mut offers = Vec::new();
    for (index, strategy) in question.strategies.iter().enumerate() {
        let intensities = intensities(strategy, question.levels);
        let here = strategy.units.iter().filter(|unit| within.binary_search(unit).is_ok());
        offers.extend(here.map(|unit| Offer { strategy: index, unit: *unit, intensities: intensities.clone() }));
    }
    offers
}

/// Even steps up to the capacity; whole ones where the capacity is whole, so that nobody has to found two thirds of a centre.
fn intensities(strategy: &Strategy, levels: usize) -> Vec<f64> {
    let most = strategy.total.map_or(strategy.capacity, |total| total.min(strategy.capacity));
    let whole = most.fract() == 0.0;
    let mut intensities: Vec<f64> = (1..=levels.max(1))
        .map(|level| most * level as f64 / levels.max(1) as f64)
        .map(|intensity| if whole { intensity.round() } else { intensity })
        .filter(|intensity| *intensity > 0.0)
        .collect();
    intensities.dedup();
    intensities
}

impl Offer {
    /// What it changes at an intensity.
    pub fn changes(&self, question: &Question, likelihood: Likelihood, intensity: f64) -> Vec<Change> {
        let strategy = &question.strategies[self.strategy];
        let Some(lever) = question.levers.iter().find(|lever| lever.code == strategy.lever) else { return Vec::new() };
        let amount = match likelihood {
            Likelihood::Low => strategy.effect.low,
            Likelihood::Middle => strategy.effect.middle,
            Likelihood::High => strategy.effect.high,
        };
        lever.one(&question.units.get(self.unit).id, None).times(amount * intensity).changes
    }

    /// A scenario per intensity, with the expected effect.
    pub fn scenarios(&self, question: &Question) -> Vec<Scenario> {
        let of =
            |intensity: &f64| Scenario::of(Names::default(), self.changes(question, Likelihood::Middle, *intensity));
        self.intensities.iter().map(of).collect()
    }

    /// Whether scenarios with it are scored the short way.
    pub fn is_quick(&self, question: &Question) -> bool {
        let changes = self.changes(question, Likelihood::Middle, 1.0);
        !changes.iter().any(|change| is_slow(&change.thing))
    }
}

/// What is attributed again when it changes.
pub fn is_slow(thing: &Thing) -> bool {
    matches!(thing, Thing::Recover { .. } | Thing::Shift(_))
}
