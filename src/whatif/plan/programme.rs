//! Programme: which options there are, what they cost and bring, and what binds them together.

/// One intensity at which an option can be taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// How much of the strategy.
    pub intensity: f64,
    /// Cost, at least 0, in the money unit of the budget.
    pub cost: f64,
    /// Points; any shape over the levels, may be below 0.
    pub effect: f64,
}

/// Options that work better where both are taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Synergy {
    /// One option.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// By what part the effect of either grows where it is above 0; 0.2 is a fifth. At least 0.
    pub part: f64,
}

/// An option that may be taken only where one of others is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The option.
    pub option: usize,
    /// At least one of these must be taken; with none of them the option cannot be.
    pub any_of: Vec<usize>,
}

/// Options whose intensities together have a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// The options.
    pub options: Vec<usize>,
    /// Greatest sum of their intensities.
    pub most: f64,
}

/// A choice under a budget: of each option at most one level.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Programme {
    /// Levels of each option.
    pub options: Vec<Vec<Level>>,
    /// What all together may cost.
    pub budget: f64,
    /// Limits of intensity.
    pub totals: Vec<Total>,
    /// What needs what.
    pub requirements: Vec<Requirement>,
    /// Pairs of which at most one is taken.
    pub exclusions: Vec<(usize, usize)>,
    /// Pairs that help each other.
    pub synergies: Vec<Synergy>,
}

/// Sums of money and intensity may pass their limit by this part of it, which is what rounding does.
pub const ROUNDING: f64 = 1e-9;

impl Programme {
    /// Level of an option, where it is taken.
    fn level(&self, chosen: &[Option<usize>], option: usize) -> Option<Level> {
        chosen[option].map(|level| self.options[option][level])
    }

    /// What the chosen levels cost. (An empty sum of floats is −0.)
    pub fn cost(&self, chosen: &[Option<usize>]) -> f64 {
        (0..self.options.len()).filter_map(|option| self.level(chosen, option)).map(|level| level.cost).sum::<f64>()
            + 0.0
    }

    /// By what part each option works better because of what is taken beside it.
    pub fn parts(&self, chosen: &[Option<usize>]) -> Vec<f64> {
        let mut parts = vec![0.0; self.options.len()];
        for synergy in &self.synergies {
            if chosen[synergy.first].is_some() && chosen[synergy.second].is_some() {
                parts[synergy.first] += synergy.part;
                parts[synergy.second] += synergy.part;
            }
        }
        parts
    }

    /// What the chosen levels bring, synergies included.
    pub fn effect(&self, chosen: &[Option<usize>]) -> f64 {
        let parts = self.parts(chosen);
        let effects = (0..self.options.len()).filter_map(|option| Some((option, self.level(chosen, option)?)));
        effects.map(|(option, level)| level.effect + parts[option] * level.effect.max(0.0)).sum::<f64>() + 0.0
    }

    /// Whether nothing is broken: budget, totals, requirements and exclusions.
    pub fn allows(&self, chosen: &[Option<usize>]) -> bool {
        let within = |sum: f64, most: f64| sum <= most + ROUNDING * most.abs();
        let intensity = |total: &Total| -> f64 {
            total.options.iter().filter_map(|option| self.level(chosen, *option)).map(|level| level.intensity).sum()
        };
        within(self.cost(chosen), self.budget)
            && self.totals.iter().all(|total| within(intensity(total), total.most))
            && self.requirements.iter().all(|requirement| {
                chosen[requirement.option].is_none() || requirement.any_of.iter().any(|other| chosen[*other].is_some())
            })
            && self.exclusions.iter().all(|(first, second)| chosen[*first].is_none() || chosen[*second].is_none())
    }
}
