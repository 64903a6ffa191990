//! The uncertain inputs of a study, and what a point of its design makes of them.

use crate::model::edition::MissingRule;
use crate::model::sensitivity::UncertainInput;

/// An input with its alternatives, all as likely.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Which.
    pub kind: UncertainInput,
    /// Names of the alternatives.
    pub alternatives: Alternatives,
}

/// Names of alternatives.
#[derive(Debug, Clone, PartialEq)]
pub enum Alternatives {
    /// Named ones; the first is the run's own.
    Named(Vec<String>),
    /// So many numbered ones from 1; the run's own, 0, is none of them.
    Numbered(usize),
}

/// What one draw does: an alternative of each input. 0 is the run's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// Set of weights.
    pub weights: usize,
    /// Normaliser.
    pub normaliser: usize,
    /// Mean.
    pub mean: usize,
    /// Missing rule.
    pub missing: usize,
    /// Benchmark.
    pub benchmark: usize,
    /// Bootstrap sample.
    pub sample: usize,
    /// Policies.
    pub policy: usize,
}

impl Input {
    /// How many alternatives there are.
    pub fn count(&self) -> usize {
        match &self.alternatives {
            Alternatives::Named(names) => names.len(),
            Alternatives::Numbered(count) => *count,
        }
    }

    /// The alternative at a value from 0 to less than 1.
    pub fn at(&self, value: f64) -> usize {
        let place = ((value * self.count() as f64) as usize).min(self.count().saturating_sub(1));
        match self.alternatives {
            Alternatives::Named(_) => place,
            Alternatives::Numbered(_) => place + 1,
        }
    }

    /// What an alternative is called in files.
    pub fn name(&self, alternative: usize) -> String {
        match &self.alternatives {
            Alternatives::Named(names) => names.get(alternative).cloned().unwrap_or_default(),
            Alternatives::Numbered(_) => alternative.to_string(),
        }
    }
}

impl Setting {
    /// The setting of a point.
    pub fn of(inputs: &[Input], point: &[f64]) -> Setting {
        let mut setting = Setting::default();
        for (input, value) in inputs.iter().zip(point) {
            *setting.slot(input.kind) = input.at(*value);
        }
        setting
    }

    /// The alternative of an input.
    pub fn get(mut self, kind: UncertainInput) -> usize {
        *self.slot(kind)
    }

    /// The same with another alternative of one input.
    #[must_use]
    pub fn with(mut self, kind: UncertainInput, alternative: usize) -> Setting {
        *self.slot(kind) = alternative;
        self
    }

    fn slot(&mut self, kind: UncertainInput) -> &mut usize {
        match kind {
            UncertainInput::Weights => &mut self.weights,
            UncertainInput::Normaliser => &mut self.normaliser,
            UncertainInput::Aggregation => &mut self.mean,
            UncertainInput::Missing => &mut self.missing,
            UncertainInput::Benchmark => &mut self.benchmark,
            UncertainInput::Measurement => &mut self.sample,
            UncertainInput::Attribution => &mut self.policy,
        }
    }
}

/// What a missing rule is called in files.
pub fn rule_name(rule: MissingRule) -> &'static str {
    match rule {
        MissingRule::Renormalise => "renormalise",
        MissingRule::OwnLowerQuartile => "own_lower_quartile",
        MissingRule::Zero => "zero",
        MissingRule::LowestOfCompared => "lowest_of_compared",
        MissingRule::Withhold => "withhold",
    }
}
