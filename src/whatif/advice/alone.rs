//! What each strategy does by itself, and why those that do nothing do so.

use crate::model::advice::{Alone, IdleReason};
use crate::whatif::advice::offers::Offer;
use crate::whatif::advice::programme::Indexed;
use crate::whatif::advice::{Question, per_point};
use crate::whatif::plan::{Dropped, Reason};

/// A row per strategy, in the order of the catalogue.
pub fn alone(
    question: &Question,
    offers: &[Offer],
    effects: &[Vec<Option<f64>>],
    dropped: &[Dropped],
    indexed: &Indexed,
) -> Vec<Alone> {
    let row = |(index, strategy): (usize, &crate::model::strategy::Strategy)| {
        let own: Vec<usize> = (0..offers.len()).filter(|offer| offers[*offer].strategy == index).collect();
        // The first of equally good ones.
        let mut best: Option<(usize, usize, f64)> = None;
        for &offer in &own {
            for (level, effect) in effects[offer].iter().enumerate() {
                if let Some(effect) = effect.filter(|effect| *effect > best.map_or(0.0, |(_, _, most)| most)) {
                    best = Some((offer, level, effect));
                }
            }
        }
        let useful = |offer: &&usize| effects[**offer].iter().flatten().any(|effect| *effect > 0.0);
        let intensity = best.map(|(offer, level, _)| offers[offer].intensities[level]);
        let cost = intensity.map(|intensity| intensity * question.costs[index]);
        Alone {
            strategy: strategy.id.clone(),
            name_en: strategy.name.get("en").to_owned(),
            name_fa: strategy.name.get("fa").to_owned(),
            lever: strategy.lever.clone(),
            units: own.len(),
            useful_units: own.iter().filter(useful).count(),
            unit: best.map_or(String::new(), |(offer, ..)| question.units.get(offers[offer].unit).id.clone()),
            intensity,
            cost,
            effect: best.map(|(_, _, effect)| effect),
            cost_per_point: cost.zip(best).and_then(|(cost, (_, _, effect))| per_point(cost, effect)),
            reason: match best {
                None => Some(commonest(&own, effects)),
                Some(_) => out_of_reach(&own, effects, dropped, indexed).then_some(IdleReason::OutOfReach),
            },
        }
    };
    question.strategies.iter().enumerate().map(row).collect()
}

/// Why an offer brings nothing.
fn reason(effects: &[Option<f64>]) -> IdleReason {
    let known: Vec<f64> = effects.iter().flatten().copied().collect();
    match known.as_slice() {
        [] if effects.is_empty() => IdleReason::NoCapacity,
        [] => IdleReason::Impossible,
        known if known.iter().any(|effect| *effect < 0.0) => IdleReason::Lowers,
        _ => IdleReason::Unmoved,
    }
}

/// The reason of most offers, of equally common ones the first of [`IdleReason`].
fn commonest(own: &[usize], effects: &[Vec<Option<f64>>]) -> IdleReason {
    let mut reasons: Vec<IdleReason> = own.iter().map(|offer| reason(&effects[*offer])).collect();
    reasons.sort_unstable();
    let groups = reasons.chunk_by(|a, b| a == b);
    let most =
        groups.fold(
            (0, IdleReason::Impossible),
            |most, group| {
                if group.len() > most.0 { (group.len(), group[0]) } else { most }
            },
        );
    most.1
}

/// Whether no useful intensity at any unit can be had under the budget.
fn out_of_reach(own: &[usize], effects: &[Vec<Option<f64>>], dropped: &[Dropped], indexed: &Indexed) -> bool {
    let gone = |offer: usize, intensity: usize| {
        dropped.iter().any(|dropped| {
            matches!(dropped.reason, Reason::OutOfReach | Reason::Unmet)
                && dropped.option == offer
                && indexed.is(offer, dropped.level, intensity)
        })
    };
    own.iter().all(|offer| {
        let useful = effects[*offer].iter().enumerate().filter(|(_, effect)| effect.is_some_and(|effect| effect > 0.0));
        useful.map(|(intensity, _)| intensity).all(|intensity| gone(*offer, intensity))
    })
}
