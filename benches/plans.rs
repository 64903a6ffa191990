//! The best plan of 25 strategies at 60 units, three levels each, to a proven gap of 1 %: `cargo bench --bench plans`.

use divan::Bencher;
use sanjeh::whatif::plan::{Effort, Level, Programme, Requirement, Synergy, Total, pareto, solve};

const STRATEGIES: usize = 25;
const UNITS: usize = 60;
const LEVELS: usize = 3;

fn main() {
    divan::main();
}

/// The same numbers each time, 0–1.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From `least` to 30 times that, small ones more often.
    fn wide(&mut self, least: f64) -> f64 {
        least * libm::pow(10.0, 1.5 * self.next())
    }
}

/// Costs and effects that differ by strategy and unit, with totals, requirements, exclusions and synergies; the budget is a
/// part of what everything costs.
fn programme(part: f64) -> Programme {
    let mut numbers = Numbers(1_402);
    let mut programme = Programme::default();
    let mut all = 0.0;
    for _ in 0..STRATEGIES {
        let (cost, effect) = (numbers.wide(50.0), numbers.wide(0.001));
        let shape = 0.6 + 0.6 * numbers.next();
        for _ in 0..UNITS {
            let cost = cost * (0.8 + 0.4 * numbers.next());
            let effect = effect * (numbers.next() - 0.1);
            let level = |level: usize| {
                let intensity = level as f64;
                Level { intensity, cost: cost * intensity, effect: effect * libm::pow(intensity, shape) }
            };
            programme.options.push((1..=LEVELS).map(level).collect());
            all += cost * LEVELS as f64;
        }
    }
    programme.budget = all * part;
    let at = |strategy: usize, unit: usize| strategy * UNITS + unit;
    for strategy in (0..STRATEGIES).step_by(3) {
        let options = (0..UNITS).map(|unit| at(strategy, unit)).collect();
        programme.totals.push(Total { options, most: UNITS as f64 });
    }
    for unit in 0..UNITS {
        for strategy in [4, 9, 14] {
            let any_of = vec![at(strategy - 1, unit)];
            programme.requirements.push(Requirement { option: at(strategy, unit), any_of });
        }
        for strategy in [6, 12] {
            programme.exclusions.push((at(strategy, unit), at(strategy + 1, unit)));
        }
        for strategy in [2, 5, 8, 16, 20] {
            let (first, second) = (at(strategy, unit), at(strategy + 1, unit));
            programme.synergies.push(Synergy { first, second, part: 0.15 });
        }
    }
    programme
}

#[divan::bench(args = [0.02, 0.1, 0.3, 0.6])]
fn one_budget(bencher: Bencher, part: f64) {
    let programme = programme(part);
    bencher.bench(|| {
        let plan = solve(&programme, Effort::default());
        assert!(plan.gap <= 0.01, "{}", plan.gap);
        plan
    });
}

#[divan::bench(sample_count = 5)]
fn curve_of_twelve_budgets(bencher: Bencher) {
    let programme = programme(0.1);
    let known = solve(&programme, Effort::default());
    bencher.bench(|| pareto(&programme, Effort::default(), 12, &known));
}
