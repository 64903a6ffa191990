//! Greedy: a good plan to start from. Upgrades are taken by what they bring for what they cost, then improved one by one.

use crate::whatif::plan::programme::{Level, Programme, ROUNDING};

/// A plan in the making, with running sums so that a step is weighed in constant time.
struct Draft<'a> {
    programme: &'a Programme,
    kept: &'a [Vec<usize>],
    chosen: Vec<Option<usize>>,
    cost: f64,
    /// Sum of each total.
    sums: Vec<f64>,
    /// Totals of each option.
    totals_of: Vec<Vec<usize>>,
    /// What each option requires.
    requires: Vec<Vec<&'a [usize]>>,
    excluded_by: Vec<Vec<usize>>,
    synergies_of: Vec<Vec<(usize, f64)>>,
}

/// A plan that breaks nothing: not the best one, and the same every time. It begins with the levels of `start`, as far as
/// they break nothing.
pub fn greedy(programme: &Programme, kept: &[Vec<usize>], start: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut draft = Draft::new(programme, kept);
    let mut left = start.to_vec();
    // What requires another option waits until that one is there.
    loop {
        let before = left.len();
        left.retain(|step| {
            let ready = draft.chosen[step.0].is_none() && draft.needs(step.0).is_some_and(|needs| needs.is_empty());
            let takes = ready && draft.fits(&[*step]);
            if takes {
                draft.set(step.0, step.1);
            }
            !takes
        });
        if left.len() == before {
            break;
        }
    }
    // Each pass takes at least one upgrade; an option has so many upgrades as levels.
    while draft.best_step() {}
    draft.chosen
}

impl<'a> Draft<'a> {
    fn new(programme: &'a Programme, kept: &'a [Vec<usize>]) -> Self {
        let count = programme.options.len();
        let mut draft = Draft {
            programme,
            kept,
            chosen: vec![None; count],
            cost: 0.0,
            sums: vec![0.0; programme.totals.len()],
            totals_of: vec![Vec::new(); count],
            requires: vec![Vec::new(); count],
            excluded_by: vec![Vec::new(); count],
            synergies_of: vec![Vec::new(); count],
        };
        for (index, total) in programme.totals.iter().enumerate() {
            total.options.iter().for_each(|option| draft.totals_of[*option].push(index));
        }
        for requirement in &programme.requirements {
            draft.requires[requirement.option].push(&requirement.any_of);
        }
        for (first, second) in &programme.exclusions {
            draft.excluded_by[*first].push(*second);
            draft.excluded_by[*second].push(*first);
        }
        for synergy in &programme.synergies {
            draft.synergies_of[synergy.first].push((synergy.second, synergy.part));
            draft.synergies_of[synergy.second].push((synergy.first, synergy.part));
        }
        draft
    }

    fn level(&self, option: usize) -> Level {
        self.chosen[option]
            .map_or(Level { intensity: 0.0, cost: 0.0, effect: 0.0 }, |level| self.programme.options[option][level])
    }

    /// What a level of an option brings beside what is chosen: its own effect and what it adds to its partners.
    fn worth(&self, option: usize, level: Level, new: bool) -> f64 {
        let mut worth = level.effect;
        for (other, part) in &self.synergies_of[option] {
            if self.chosen[*other].is_some() {
                worth += part * level.effect.max(0.0);
                if new {
                    worth += part * self.level(*other).effect.max(0.0);
                }
            }
        }
        worth
    }

    /// The options with levels that an option needs and that are not there, cheapest first choice; `None` where it
    /// cannot be had.
    fn needs(&self, option: usize) -> Option<Vec<(usize, usize)>> {
        let mut needs: Vec<(usize, usize)> = Vec::new();
        let mut open = vec![option];
        while let Some(next) = open.pop() {
            for any_of in &self.requires[next] {
                let there = |other: &usize| {
                    *other == option || self.chosen[*other].is_some() || needs.iter().any(|(need, _)| need == other)
                };
                if any_of.iter().any(there) {
                    continue;
                }
                let offers = any_of.iter().flat_map(|other| self.kept[*other].iter().map(|level| (*other, *level)));
                let cost = |offer: &(usize, usize)| self.programme.options[offer.0][offer.1].cost;
                let cheapest = offers.min_by(|a, b| cost(a).total_cmp(&cost(b)))?;
                needs.push(cheapest);
                open.push(cheapest.0);
            }
        }
        Some(needs)
    }

    /// Whether the options can be set so without breaking budget, totals or exclusions.
    fn fits(&self, steps: &[(usize, usize)]) -> bool {
        let mut cost = self.cost;
        let mut more: Vec<(usize, f64)> = Vec::new();
        for (option, level) in steps {
            let (old, new) = (self.level(*option), self.programme.options[*option][*level]);
            cost += new.cost - old.cost;
            let clash = |other: &usize| self.chosen[*other].is_some() || steps.iter().any(|(step, _)| step == other);
            if self.chosen[*option].is_none() && self.excluded_by[*option].iter().any(clash) {
                return false;
            }
            more.extend(self.totals_of[*option].iter().map(|total| (*total, new.intensity - old.intensity)));
        }
        let within = |sum: f64, most: f64| sum <= most + ROUNDING / 2.0 * most.abs();
        within(cost, self.programme.budget)
            && more.iter().all(|(total, _)| {
                let own = more.iter().filter(|(other, _)| other == total).map(|(_, more)| more);
                within(self.sums[*total] + own.sum::<f64>(), self.programme.totals[*total].most)
            })
    }

    fn set(&mut self, option: usize, level: usize) {
        let (old, new) = (self.level(option), self.programme.options[option][level]);
        self.cost += new.cost - old.cost;
        for total in &self.totals_of[option] {
            self.sums[*total] += new.intensity - old.intensity;
        }
        self.chosen[option] = Some(level);
    }

    /// Takes the step that brings most for its cost; false where none brings anything.
    fn best_step(&mut self) -> bool {
        let mut best: Option<(f64, Vec<(usize, usize)>)> = None;
        for option in 0..self.kept.len() {
            let new = self.chosen[option].is_none();
            let Some(needs) = (if new { self.needs(option) } else { Some(Vec::new()) }) else { continue };
            let now = self.level(option);
            let needs_gain: f64 = needs
                .iter()
                .map(|(other, level)| self.worth(*other, self.programme.options[*other][*level], true))
                .sum();
            let needs_cost: f64 = needs.iter().map(|(other, level)| self.programme.options[*other][*level].cost).sum();
            for &level in &self.kept[option] {
                if self.chosen[option] == Some(level) {
                    continue;
                }
                let next = self.programme.options[option][level];
                let gain =
                    self.worth(option, next, new) - if new { 0.0 } else { self.worth(option, now, false) } + needs_gain;
                let cost = next.cost - now.cost + needs_cost;
                let ratio = if cost > 0.0 { gain / cost } else { f64::INFINITY };
                if gain <= 1e-12 || best.as_ref().is_some_and(|(least, _)| ratio <= *least) {
                    continue;
                }
                let mut steps = needs.clone();
                steps.push((option, level));
                if self.fits(&steps) {
                    best = Some((ratio, steps));
                }
            }
        }
        let Some((_, steps)) = best else { return false };
        steps.into_iter().for_each(|(option, level)| self.set(option, level));
        true
    }
}
