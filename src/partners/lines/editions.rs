//! Lines from totals under several editions, and from the plan.

use super::{Found, Scene, Source};
use crate::model::advice::IdleReason;
use crate::model::partners::rule::Rule;
use crate::model::unit::UnitIndex;

/// Ranking and year of an edition: `the/wur/2026` is `the/wur` of 2026.
fn parts(id: &str) -> (&str, &str) {
    id.rsplit_once('/').unwrap_or((id, ""))
}

/// What the next later edition of the same ranking among those of the run takes off the total: the value is the later
/// total, the threshold of the line the earlier one.
pub fn later(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let (editions, cards) = (&scene.results.editions, &scene.results.scorecards);
    let mut found = Vec::new();
    for (edition, card) in editions.iter().zip(cards) {
        let (ranking, year) = parts(&edition.id);
        let next = editions.iter().zip(cards).filter(|(other, _)| {
            let (theirs, later) = parts(&other.id);
            theirs == ranking && later > year
        });
        let Some((other, after)) = next.min_by(|a, b| a.0.id.cmp(&b.0.id)) else { continue };
        for composite in card.composites.iter().filter(|composite| composite.group.is_none()) {
            let same = after.composites.iter().find(|new| new.group.is_none() && new.unit == composite.unit);
            let (Some(before), Some(now)) = (composite.score, same.and_then(|new| new.score)) else { continue };
            if before - now > rule.threshold {
                let pairs = [("edition", other.id.as_str()), ("unit", scene.id(composite.unit)), ("group", "overall")];
                found.push(Found {
                    unit: composite.unit,
                    subject: other.id.clone(),
                    value: now,
                    threshold: Some(before),
                    weight: before - now,
                    feasibility: None,
                    source: Source::new("composites.csv", &pairs, "score"),
                });
            }
        }
    }
    found
}

/// The unit that a strategy of the plan is about; the university's own where there is none.
fn unit(scene: &Scene, id: &str) -> Option<UnitIndex> {
    scene.unit(id).or_else(|| scene.results.tables.units.university())
}

/// Strategies that bring something and that the budget does not reach.
pub fn out_of_reach(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let Some(advice) = &scene.results.advice else { return Vec::new() };
    let of = |row: &crate::model::advice::Alone| {
        let effect = row.effect.filter(|effect| *effect > rule.threshold)?;
        let dear = row.cost.is_some_and(|cost| cost > advice.budget) || row.reason == Some(IdleReason::OutOfReach);
        dear.then_some(())?;
        Some(Found {
            unit: unit(scene, &row.unit)?,
            subject: row.strategy.clone(),
            value: effect,
            threshold: None,
            weight: effect,
            feasibility: None,
            source: Source::new("strategies_alone.csv", &[("strategy", &row.strategy)], "effect"),
        })
    };
    advice.alone.iter().filter_map(of).collect()
}

/// Steps of the plan, by the points that each brings by itself.
pub fn steps(scene: &Scene, rule: &Rule) -> Vec<Found> {
    let Some(advice) = &scene.results.advice else { return Vec::new() };
    let of = |step: &crate::model::advice::Step| {
        (step.effect_alone > rule.threshold).then_some(())?;
        let pairs = [("strategy", step.strategy.as_str()), ("unit", step.unit.as_str())];
        Some(Found {
            unit: unit(scene, &step.unit)?,
            subject: step.strategy.clone(),
            value: step.effect_alone,
            threshold: None,
            weight: step.effect_alone,
            feasibility: None,
            source: Source::new("plan.csv", &pairs, "effect_alone"),
        })
    };
    advice.steps.iter().filter_map(of).collect()
}
