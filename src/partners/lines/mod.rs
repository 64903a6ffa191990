//! Strengths, weaknesses, opportunities, threats, needs and priorities: what the declared rules find, nothing else.
//!
//! A rule looks at rows of the run's tables; a line carries its number and says in which rows it stands.

mod editions;
mod indicators;
mod profiles;
mod relations;

use crate::model::partners::Partners;
use crate::model::partners::line::Line;
use crate::model::partners::rule::{Basis, LineKind, Rule, Rules};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;

/// What a rule finds: the unit, what it is about, the number, how much it weighs, and where it stands.
struct Found {
    unit: UnitIndex,
    subject: String,
    value: f64,
    /// What it is held against, where that is not the rule's own threshold but follows from it.
    threshold: Option<f64>,
    /// How much it weighs before feasibility.
    weight: f64,
    /// Where the rule's own does not hold.
    feasibility: Option<f64>,
    source: Source,
}

/// Rows of a table.
struct Source {
    table: &'static str,
    key: String,
    column: &'static str,
}

impl Source {
    /// Rows whose columns are as `pairs` say.
    fn new(table: &'static str, pairs: &[(&str, &str)], column: &'static str) -> Self {
        let key: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Source { table, key: key.join(";"), column }
    }
}

/// The run and what was worked out of partners.
struct Scene<'a> {
    results: &'a Results,
    partners: &'a Partners,
    rules: &'a Rules,
}

impl Scene<'_> {
    fn id(&self, unit: UnitIndex) -> &str {
        &self.results.tables.units.get(unit).id
    }

    fn unit(&self, id: &str) -> Option<UnitIndex> {
        self.results.tables.units.find(id)
    }
}

/// All lines: unit by unit, kind by kind, rule by rule in their order, the weightiest first. Numbers of different rules are
/// not comparable, but those in points of a total are: opportunities in points come again as priorities, together with the
/// steps of the plan, by points × feasibility.
pub fn lines(results: &Results, partners: &Partners, rules: &Rules) -> Vec<Line> {
    let scene = Scene { results, partners, rules };
    let mut lines: Vec<(UnitIndex, usize, Line)> = Vec::new();
    for (order, rule) in rules.rules.iter().enumerate() {
        let mut found = find(&scene, rule);
        found.sort_by(|a, b| a.unit.cmp(&b.unit).then_with(|| weigh(rule, b).total_cmp(&weigh(rule, a))));
        let (mut unit, mut taken) = (None, 0);
        for found in found {
            if unit != Some(found.unit) {
                (unit, taken) = (Some(found.unit), 0);
            }
            taken += 1;
            if taken <= rule.most {
                let own = found.unit;
                let line = line(&scene, rule, found);
                lines.extend(
                    (rule.kind == LineKind::Opportunity && rule.basis == Basis::GapToMedian)
                        .then(|| (own, order, Line { kind: LineKind::Priority, ..line.clone() })),
                );
                lines.push((own, order, line));
            }
        }
    }
    lines.sort_by(|(unit, order, line), (other, later, second)| {
        // Priorities of all rules are in points.
        let by_rule = if line.kind == LineKind::Priority { std::cmp::Ordering::Equal } else { order.cmp(later) };
        (unit, line.kind)
            .cmp(&(other, second.kind))
            .then(by_rule)
            .then_with(|| second.weight.total_cmp(&line.weight))
            .then_with(|| order.cmp(later))
    });
    lines.into_iter().map(|(_, _, line)| line).collect()
}

fn is_weighed_by_feasibility(kind: LineKind) -> bool {
    matches!(kind, LineKind::Opportunity | LineKind::Need | LineKind::Priority)
}

fn weigh(rule: &Rule, found: &Found) -> f64 {
    let feasibility = found.feasibility.unwrap_or(rule.feasibility);
    if is_weighed_by_feasibility(rule.kind) { found.weight * feasibility } else { found.weight }
}

fn line(scene: &Scene, rule: &Rule, found: Found) -> Line {
    Line {
        unit: scene.id(found.unit).to_owned(),
        kind: rule.kind,
        rule: rule.id.clone(),
        weight: weigh(rule, &found),
        subject: found.subject,
        value: found.value,
        threshold: found.threshold.unwrap_or(rule.threshold),
        feasibility: is_weighed_by_feasibility(rule.kind).then(|| found.feasibility.unwrap_or(rule.feasibility)),
        source_table: found.source.table,
        source_key: found.source.key,
        source_column: found.source.column,
    }
}

fn find(scene: &Scene, rule: &Rule) -> Vec<Found> {
    match rule.basis {
        Basis::ScoreAtLeastQuantile => indicators::beyond_quantile(scene, rule, true),
        Basis::ScoreAtMostQuantile => indicators::beyond_quantile(scene, rule, false),
        Basis::GapToMedian => indicators::gaps(scene, rule),
        Basis::LaterEdition => editions::later(scene, rule),
        Basis::FallingPapers => profiles::falling(scene, rule),
        Basis::StaffWithoutId => profiles::without_id(scene, rule),
        Basis::CorrectableAddresses => profiles::correctable(scene, rule),
        Basis::OneAuthor | Basis::LeavingStaff => profiles::dependence(scene, rule),
        Basis::StrategyOutOfReach => editions::out_of_reach(scene, rule),
        Basis::PlanStep => editions::steps(scene, rule),
        Basis::OnePartner => relations::one_partner(scene, rule),
        Basis::ExposedCountry => relations::exposed(scene, rule),
        Basis::EndingAgreement => relations::ending(scene, rule),
        Basis::PartnerWithoutAgreement => relations::without_agreement(scene, rule),
        Basis::DormantAgreement => relations::dormant(scene, rule),
        Basis::CandidatePartner => relations::candidates(scene, rule),
    }
}
