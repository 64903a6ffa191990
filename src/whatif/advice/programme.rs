//! The programme of a question: which offers at which intensities, and what the catalogue says of one beside another.

use std::collections::BTreeMap;

use crate::model::names::Names;
use crate::model::scenario::{Amount, Change, Scenario};
use crate::model::unit::UnitIndex;
use crate::whatif::advice::Question;
use crate::whatif::advice::offers::{Likelihood, Offer};
use crate::whatif::plan::{Level, Plan, Programme, Requirement, Synergy, Total};

/// A programme whose options are the offers, and which intensity each of its levels is.
pub struct Indexed {
    /// The programme.
    pub programme: Programme,
    /// Index of the intensity of each level of each option.
    intensities: Vec<Vec<usize>>,
    offers: Vec<Vec<f64>>,
}

/// Builds the programme. What a strategy requires must be taken at the same unit; where it is not offered there, at a unit
/// above; where it is offered at none of those, anywhere. Exclusions and synergies concern the same unit.
pub fn programme(question: &Question, offers: &[Offer], effects: &[Vec<Option<f64>>]) -> Indexed {
    let mut options = Vec::new();
    let mut intensities = Vec::new();
    for (offer, effects) in offers.iter().zip(effects) {
        let cost = question.costs[offer.strategy];
        let known = offer.intensities.iter().zip(effects).enumerate();
        let known: Vec<(usize, Level)> = known
            .filter_map(|(index, (intensity, effect))| {
                Some((index, Level { intensity: *intensity, cost: cost * intensity, effect: (*effect)? }))
            })
            .collect();
        intensities.push(known.iter().map(|(index, _)| *index).collect());
        options.push(known.into_iter().map(|(_, level)| level).collect());
    }
    let at: BTreeMap<(usize, UnitIndex), usize> =
        offers.iter().enumerate().map(|(index, offer)| ((offer.strategy, offer.unit), index)).collect();
    let mut programme = Programme { options, budget: question.budget, ..Programme::default() };
    for (index, strategy) in question.strategies.iter().enumerate() {
        let own = || offers.iter().enumerate().filter(move |(_, offer)| offer.strategy == index);
        if let Some(most) = strategy.total {
            programme.totals.push(Total { options: own().map(|(option, _)| option).collect(), most });
        }
        for (option, offer) in own() {
            for other in &strategy.requires {
                let any_of = required(question, offers, &at, *other, offer.unit);
                programme.requirements.push(Requirement { option, any_of });
            }
            let beside = |other: usize| at.get(&(other, offer.unit)).copied();
            programme.exclusions.extend(strategy.excludes.iter().filter_map(|other| Some((option, beside(*other)?))));
            programme.synergies.extend(strategy.synergies.iter().filter_map(|helper| {
                Some(Synergy { first: option, second: beside(helper.strategy)?, part: helper.part })
            }));
        }
    }
    let offers = offers.iter().map(|offer| offer.intensities.clone()).collect();
    Indexed { programme, intensities, offers }
}

/// Options of a required strategy that count for a unit.
fn required(
    question: &Question,
    offers: &[Offer],
    at: &BTreeMap<(usize, UnitIndex), usize>,
    strategy: usize,
    unit: UnitIndex,
) -> Vec<usize> {
    if let Some(same) = at.get(&(strategy, unit)) {
        return vec![*same];
    }
    let above = question.units.ancestors(unit).iter();
    let above: Vec<usize> = above.filter_map(|unit| at.get(&(strategy, *unit)).copied()).collect();
    if !above.is_empty() {
        return above;
    }
    let anywhere = offers.iter().enumerate().filter(|(_, offer)| offer.strategy == strategy);
    anywhere.map(|(option, _)| option).collect()
}

impl Indexed {
    /// Which intensity of an offer the plan takes.
    pub fn level(&self, plan: &Plan, offer: usize) -> Option<usize> {
        plan.chosen[offer].map(|level| self.intensities[offer][level])
    }

    /// The levels of the options that are these intensities of the offers; `None` where one of them is not there.
    pub fn chosen(&self, intensities: &[Option<usize>]) -> Option<Vec<Option<usize>>> {
        let level = |(own, wanted): (&Vec<usize>, &Option<usize>)| match wanted {
            None => Some(None),
            Some(wanted) => own.iter().position(|intensity| intensity == wanted).map(Some),
        };
        self.intensities.iter().zip(intensities).map(level).collect()
    }

    /// Whether a level of an option is this intensity of its offer.
    pub fn is(&self, offer: usize, level: usize, intensity: usize) -> bool {
        self.intensities[offer][level] == intensity
    }

    /// The intensity itself.
    pub fn intensity(&self, plan: &Plan, offer: usize) -> Option<f64> {
        self.level(plan, offer).map(|level| self.offers[offer][level])
    }

    /// Whether an offer that the plan takes gains from synergies: what lowers is not made to lower more.
    pub fn works_better(&self, plan: &Plan, offer: usize) -> bool {
        plan.chosen[offer].is_some_and(|level| self.programme.options[offer][level].effect > 0.0)
    }

    /// Everything that a plan changes, synergies included.
    pub fn scenario(&self, question: &Question, offers: &[Offer], plan: &Plan, likelihood: Likelihood) -> Scenario {
        let parts = self.programme.parts(&plan.chosen);
        let mut changes: Vec<Change> = Vec::new();
        for (index, offer) in offers.iter().enumerate() {
            let Some(intensity) = self.intensity(plan, index) else { continue };
            let part = if self.works_better(plan, index) { parts[index] } else { 0.0 };
            let own = offer.changes(question, likelihood, intensity).into_iter().map(|mut change| {
                let more = |amount: &mut Amount| *amount = amount.times(1.0 + part);
                change.phases.iter_mut().for_each(|(_, amount)| more(amount));
                change
            });
            changes.extend(own);
        }
        Scenario::of(Names::default(), changes)
    }
}
