//! Advice: the catalogue of strategies weighed at every unit, the best plan under a budget, and what is known of it.
//!
//! ```text
//! Strategies × units ─► offers ─► score (measured and scored again) ─► effects ─► plan ─► scored as a whole
//!                                                  ▲                                          │ differs by over 5 %
//!                                                  └──── effects around the plan ◄────────────┘ (once)
//! ```

mod alone;
pub mod cheapest;
mod offers;
mod programme;
pub mod scoring;

use crate::diagnostic::Finding;
use crate::model::advice::{Advice, CurvePoint, Robustness, Step};
use crate::model::lever::Lever;
use crate::model::names::Names;
use crate::model::scenario::{Amount, Change, Scenario, Thing};
use crate::model::strategy::Strategy;
use crate::model::unit::{UnitIndex, Units};
use crate::whatif::advice::offers::{Likelihood, Offer};
use crate::whatif::plan::{self, Effort, Plan};

/// How far what a plan brings as a whole may lie from its model before the effects are taken again.
const AGREED: f64 = 0.05;

/// Points by which two totals differ that are alike but for rounding.
const ALIKE: f64 = 1e-9;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Units of the run.
    pub units: &'a Units,
    /// The catalogue.
    pub strategies: &'a [Strategy],
    /// All levers that the catalogue names.
    pub levers: &'a [Lever],
    /// Cost of one unit of intensity of each strategy, in the money unit of the budget.
    pub costs: &'a [f64],
    /// The unit whose total is to rise; strategies are weighed at it and below it.
    pub unit: UnitIndex,
    /// What the plan may cost.
    pub budget: f64,
    /// In how many intensities each strategy is weighed, from nothing to its capacity; at least 1.
    pub levels: usize,
    /// When the search stops.
    pub effort: Effort,
    /// Budgets of the curve.
    pub points: usize,
    /// Editions whose peers may move.
    pub peers: &'a [String],
    /// How much they grow per year.
    pub drift: f64,
}

/// Totals after scenarios, in their order; `None` where one cannot be done or there is no total.
pub type Score<'a> = dyn Fn(&[Scenario]) -> Vec<Option<f64>> + 'a;

/// The most that any plan of a question changes of each thing: all offers together, at their greatest intensity and best
/// effect, with every synergy.
pub fn most(question: &Question) -> Vec<Change> {
    let offers = offers::offers(question);
    let parts = |index: usize| -> f64 {
        let strategies = question.strategies.iter().enumerate();
        let both = strategies.flat_map(|(own, strategy)| strategy.synergies.iter().map(move |other| (own, other)));
        let touching = both.filter(|(own, other)| *own == index || other.strategy == index);
        touching.map(|(_, other)| other.part.max(0.0)).sum()
    };
    let changes = |offer: &Offer| {
        let intensity = offer.intensities.iter().fold(0.0_f64, |most, own| most.max(*own));
        let greatest = [Likelihood::Low, Likelihood::Middle, Likelihood::High]
            .map(|likelihood| Scenario::of(Names::default(), offer.changes(question, likelihood, intensity)));
        let size = |scenario: &Scenario| scenario.changes.iter().map(|change| change.total().absolute).sum::<f64>();
        let greatest = greatest.into_iter().max_by(|a, b| size(a).total_cmp(&size(b)));
        greatest.unwrap_or_default().times(1.0 + parts(offer.strategy)).changes
    };
    Scenario::of(Names::default(), offers.iter().flat_map(changes)).changes
}

/// Works out what to do. The names of unit, editions and currency are left to the caller.
///
/// # Errors
/// `no-total` where the unit has none as things are.
pub fn advise(question: &Question, score: &Score) -> Result<Advice, Box<Finding>> {
    let Some(total) = score(&[Scenario::default()]).pop().flatten() else {
        let message = format!("\"{}\" has no total that could rise", question.units.get(question.unit).id);
        let hint = "its coverage is below the floor of an edition, or an edition has no total; see composites.csv";
        return Err(Box::new(Finding::error("no-total", message).hint(hint)));
    };
    let offers = offers::offers(question);
    let single: Vec<Scenario> = offers.iter().flat_map(|offer| offer.scenarios(question)).collect();
    let effects = by_offer(&offers, score(&single), |_| total);
    let programme = programme::programme(question, &offers, &effects);
    let plan = plan::solve(&programme.programme, question.effort);
    let points = plan::pareto(&programme.programme, question.effort, question.points, &plan);
    let first = Draft::of(question, &offers, programme, plan, (total, score));
    let curve = curve(question, &offers, &first.programme, points, (total, score));
    let first = first.or_cheaper(&curve);
    let disagrees = first.disagrees();
    let second = if disagrees { first.again(question, &offers, &effects, total, score) } else { None };
    let (draft, round) = second.map_or((first, 1), |second| (second, 2));
    let steps = steps(question, &offers, &effects, &draft);
    let robustness = robustness(question, &offers, &draft, &steps, score);
    let Draft { plan, exact, .. } = draft;
    Ok(Advice {
        unit: String::new(),
        editions: Vec::new(),
        budget: question.budget,
        currency: String::new(),
        total,
        cost: plan.cost,
        model_effect: plan.effect,
        bound: plan.bound,
        gap: plan.gap,
        nodes: plan.nodes,
        exact_effect: exact,
        rounds: if disagrees { 2 } else { 1 },
        round,
        options: offers.len(),
        evaluations: single.len(),
        pareto: curve.iter().map(curve_point).collect(),
        alone: alone::alone(question, &offers, &effects, &plan.dropped, &draft.programme),
        robustness,
        steps,
        fault: plan.fault,
    })
}

/// What each intensity of each offer brings: the score of its scenario less that of `without` the offer.
fn by_offer(offers: &[Offer], scores: Vec<Option<f64>>, without: impl Fn(usize) -> f64) -> Vec<Vec<Option<f64>>> {
    let mut scores = scores.into_iter();
    let of = |(index, offer): (usize, &Offer)| {
        let own = scores.by_ref().take(offer.intensities.len());
        own.map(|score| score.map(|score| score - without(index))).collect()
    };
    offers.iter().enumerate().map(of).collect()
}

/// A plan with the programme it solves.
struct Draft {
    programme: programme::Indexed,
    plan: Plan,
    /// What it brings as a whole.
    exact: Option<f64>,
}

impl Draft {
    fn new(question: &Question, offers: &[Offer], effects: &[Vec<Option<f64>>], total: f64, score: &Score) -> Draft {
        let programme = programme::programme(question, offers, effects);
        let plan = plan::solve(&programme.programme, question.effort);
        Draft::of(question, offers, programme, plan, (total, score))
    }

    /// A plan of a programme.
    fn of(
        question: &Question,
        offers: &[Offer],
        programme: programme::Indexed,
        plan: Plan,
        (total, score): (f64, &Score),
    ) -> Draft {
        let whole = programme.scenario(question, offers, &plan, Likelihood::Middle);
        let exact = score(&[whole]).pop().flatten().map(|score| score - total);
        Draft { programme, plan, exact }
    }

    /// The plan of a smaller budget in its place, where that one brings more as a whole.
    fn or_cheaper(self, curve: &[(plan::Point, Option<f64>)]) -> Draft {
        let mut within = curve.iter().filter(|(point, _)| point.budget <= self.programme.programme.budget);
        match within.next_back() {
            Some((point, exact @ Some(more))) if self.exact.is_none_or(|own| own < *more) => Draft {
                plan: Plan { dropped: self.plan.dropped, ..point.plan.clone().under(self.plan.bound) },
                exact: *exact,
                ..self
            },
            _ => self,
        }
    }

    /// A plan by the effects around this one, where as a whole it brings more. What this one brings as a whole beyond the
    /// sum of its parts belongs to both.
    fn again(
        &self,
        question: &Question,
        offers: &[Offer],
        effects: &[Vec<Option<f64>>],
        total: f64,
        score: &Score,
    ) -> Option<Draft> {
        let exact = self.exact?;
        let around = around(question, offers, effects, self, score);
        let second = Draft::new(question, offers, &around, total, score);
        let own: Vec<Option<usize>> = (0..offers.len()).map(|offer| self.programme.level(&self.plan, offer)).collect();
        let own = second.programme.chosen(&own)?;
        let beside = exact - second.programme.programme.effect(&own);
        let better = second.exact.is_some_and(|second| second > exact);
        better.then(|| Draft { plan: second.plan.shifted(beside), ..second })
    }

    /// Whether the whole comes to something else than its parts.
    fn disagrees(&self) -> bool {
        self.exact.is_none_or(|exact| (exact - self.plan.effect).abs() > AGREED * self.plan.effect.abs())
    }
}

/// The effects around a plan: of each intensity of each offer the mean of what it brings by itself and beside the rest of
/// the plan, which for two is Shapley's value (1953). Synergies are left out of both, for the programme adds them itself.
/// What must be worked out the long way keeps its effect by itself.
fn around(
    question: &Question,
    offers: &[Offer],
    effects: &[Vec<Option<f64>>],
    draft: &Draft,
    score: &Score,
) -> Vec<Vec<Option<f64>>> {
    let chosen = |index: usize| draft.programme.intensity(&draft.plan, index);
    // What brings nothing by itself and is not taken is not tried again.
    let promises = |index: usize| effects[index].iter().flatten().any(|effect| *effect > 0.0);
    let quick: Vec<usize> = (0..offers.len())
        .filter(|index| chosen(*index).is_some() || promises(*index))
        .filter(|index| offers[*index].is_quick(question))
        .collect();
    let beside = |left_out: usize| -> Vec<Change> {
        let others = quick.iter().filter(|index| **index != left_out);
        let others = others.filter_map(|index| Some((&offers[*index], chosen(*index)?)));
        others.flat_map(|(offer, intensity)| offer.changes(question, Likelihood::Middle, intensity)).collect()
    };
    let mut scenarios = Vec::new();
    // Where each offer's score without it stands: all that are not taken share the first.
    let mut without = vec![0; offers.len()];
    scenarios.push(Scenario::of(Names::default(), beside(usize::MAX)));
    for &index in quick.iter().filter(|index| chosen(**index).is_some()) {
        without[index] = scenarios.len();
        scenarios.push(Scenario::of(Names::default(), beside(index)));
    }
    let start = scenarios.len();
    for &index in &quick {
        let base = beside(index);
        for &intensity in &offers[index].intensities {
            let own = offers[index].changes(question, Likelihood::Middle, intensity);
            scenarios.push(Scenario::of(Names::default(), base.iter().cloned().chain(own)));
        }
    }
    let scores = score(&scenarios);
    let mut around = effects.to_vec();
    let mut at = start;
    for &index in &quick {
        for effect in &mut around[index] {
            // What can be done by itself and not beside the others keeps no effect.
            let beside = scores[at].zip(scores[without[index]]).map(|(with, without)| with - without);
            *effect = effect.zip(beside).map(|(alone, beside)| f64::midpoint(alone, beside));
            at += 1;
        }
    }
    around
}

fn steps(question: &Question, offers: &[Offer], effects: &[Vec<Option<f64>>], draft: &Draft) -> Vec<Step> {
    let parts = draft.programme.programme.parts(&draft.plan.chosen);
    let mut steps = Vec::new();
    for (index, offer) in offers.iter().enumerate() {
        let Some(level) = draft.programme.level(&draft.plan, index) else { continue };
        let strategy = &question.strategies[offer.strategy];
        let (intensity, alone) = (offer.intensities[level], effects[index][level].unwrap_or_default());
        let part = if draft.programme.works_better(&draft.plan, index) { parts[index] } else { 0.0 };
        steps.push(Step {
            strategy: strategy.id.clone(),
            name_en: strategy.name.get("en").to_owned(),
            name_fa: strategy.name.get("fa").to_owned(),
            unit: question.units.get(offer.unit).id.clone(),
            intensity,
            lever: strategy.lever.clone(),
            amount: strategy.effect.middle * intensity * (1.0 + part),
            cost: question.costs[offer.strategy] * intensity,
            effect_alone: alone,
            lead_years: strategy.lead_years,
            owner_en: strategy.owner.get("en").to_owned(),
            owner_fa: strategy.owner.get("fa").to_owned(),
        });
    }
    steps
}

/// Low, middle and high effects with peers as they are, and middle ones with peers that grow until the last step has its
/// effect.
fn robustness(question: &Question, offers: &[Offer], draft: &Draft, steps: &[Step], score: &Score) -> Vec<Robustness> {
    let lead = steps.iter().map(|step| step.lead_years).fold(0.0_f64, f64::max);
    let growth = libm::pow(1.0 + question.drift, lead) - 1.0;
    let peers = || {
        let thing = |edition: &String| Thing::Peers { edition: edition.clone(), indicator: None };
        question.peers.iter().map(move |edition| Change::new(thing(edition), Amount::relative(growth)))
    };
    let mut cases: Vec<(&'static str, Likelihood, f64)> =
        vec![("low", Likelihood::Low, 0.0), ("middle", Likelihood::Middle, 0.0), ("high", Likelihood::High, 0.0)];
    if growth > 0.0 && !question.peers.is_empty() {
        cases.push(("middle", Likelihood::Middle, question.drift));
    }
    let mut scenarios = Vec::new();
    for (_, likelihood, drift) in &cases {
        let moved = if *drift > 0.0 { peers().collect() } else { Vec::new() };
        let plan = draft.programme.scenario(question, offers, &draft.plan, *likelihood);
        scenarios.push(Scenario::of(Names::default(), moved.iter().cloned()));
        scenarios.push(Scenario::of(Names::default(), plan.changes.into_iter().chain(moved)));
    }
    let scores = score(&scenarios);
    let case = |((effects, _, drift), scores): (&(&'static str, Likelihood, f64), &[Option<f64>])| Robustness {
        effects,
        peers_per_year: *drift,
        without: scores[0],
        with: scores[1],
        effect: scores[1].zip(scores[0]).map(|(with, without)| with - without),
    };
    cases.iter().zip(scores.chunks_exact(2)).map(case).collect()
}

/// Money per point, where there is a point.
fn per_point(cost: f64, effect: f64) -> Option<f64> {
    (effect > 0.0).then(|| cost / effect)
}

/// The best plans of several budgets, each with what it brings as a whole. A dearer plan that brings no more as a whole
/// makes way for the cheaper one.
fn curve(
    question: &Question,
    offers: &[Offer],
    programme: &programme::Indexed,
    points: Vec<plan::Point>,
    (total, score): (f64, &Score),
) -> Vec<(plan::Point, Option<f64>)> {
    let whole = |point: &plan::Point| programme.scenario(question, offers, &point.plan, Likelihood::Middle);
    let scores = score(&points.iter().map(whole).collect::<Vec<_>>());
    let mut curve: Vec<(plan::Point, Option<f64>)> =
        points.into_iter().zip(scores).map(|(point, score)| (point, score.map(|score| score - total))).collect();
    for at in 1..curve.len() {
        let (before, after) = curve.split_at_mut(at);
        let ((smaller, less), (point, own)) = (&before[at - 1], &mut after[0]);
        if less.is_some_and(|less| own.is_none_or(|own| own <= less + ALIKE)) {
            point.plan = smaller.plan.clone().under(point.plan.bound);
            *own = *less;
        }
    }
    curve
}

fn curve_point((point, exact): &(plan::Point, Option<f64>)) -> CurvePoint {
    let plan = &point.plan;
    CurvePoint {
        budget: point.budget,
        cost: plan.cost,
        effect: plan.effect,
        bound: plan.bound,
        gap: plan.gap,
        exact_effect: *exact,
        cost_per_point: exact.and_then(|exact| per_point(plan.cost, exact)),
        steps: plan.chosen.iter().flatten().count(),
    }
}
