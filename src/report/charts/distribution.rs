//! Where a unit stands among the units of its type.

use super::{Scene, about, not_the_publishers};
use crate::model::chart::{Chart, Distribution, Dot, Drawing, Figure};
use crate::model::report::{Argument, Comparison, EditionReport, Phrase, Text, UnitScores};
use crate::model::score::Composite;

/// All units of the type on one composite of the first edition that tells anything of the unit: the total, else the group
/// that most units have a score on. `None` where nothing can be compared, because fewer than two units have a score.
pub fn chart(scene: &Scene, unit: usize) -> Option<Chart> {
    let found = |with_own: bool| {
        scene.editions.iter().find_map(|edition| {
            let (comparison, row) = edition.of_unit(unit)?;
            Some((edition, comparison, row, composite(edition, comparison, row, with_own)?))
        })
    };
    let (edition, comparison, row, group) = found(true).or_else(|| found(false))?;
    let named = &scene.units[unit];
    let known = || comparison.rows.iter().filter_map(|row| Some((row.unit, of(row, group).score?)));
    let dots = known().map(|(unit, value)| Dot { label: scene.units[unit].text(), value }).collect();
    let own = known().position(|(other, _)| other == unit);
    let ends = of(row, group);
    let interval = own.and(ends.low.zip(ends.high)).filter(|(low, high)| low < high);
    let axis: Text = match group {
        None => Phrase::new("word.overall").into(),
        Some(group) => edition.groups[group].name.clone().into(),
    };
    let median = group.map_or(comparison.median, |group| comparison.group_medians[group]);
    let without = (comparison.rows.len() - known().count()) as u64;
    let mut notes: Vec<Text> = Vec::new();
    if without > 0 {
        notes.push(Phrase::new("chart.without_score").with("n", Argument::Count(without)).into());
    }
    if interval.is_some() {
        notes.push(Phrase::new("chart.distribution_interval").into());
    }
    notes.push(not_the_publishers());
    let drawing =
        Distribution { axis: axis.clone(), figure: Figure::Score, range: (0.0, 100.0), dots, own, interval, median };
    Some(Chart {
        name: format!("distribution-{}", named.slug),
        unit: Some(unit),
        title: about("chart.distribution", named).with("units", named.plural()).into(),
        reading: drawing.saying().into(),
        sources: vec!["composites.csv"],
        subtitle: vec![edition.name.clone().into(), axis],
        notes,
        invented: scene.invented(),
        drawing: Drawing::Distribution(drawing),
    })
}

/// The composite of a group, or the total.
fn of(row: &UnitScores, group: Option<usize>) -> &Composite {
    group.map_or(&row.overall, |group| &row.groups[group])
}

/// The composite to compare by, with at least two scores; `with_own` wants the unit's own among them.
fn composite(
    edition: &EditionReport,
    comparison: &Comparison,
    row: &UnitScores,
    with_own: bool,
) -> Option<Option<usize>> {
    let total = edition.overall.then_some(None);
    let groups = edition.top_groups().into_iter().map(Some);
    let known = |group: Option<usize>| comparison.rows.iter().filter(|row| of(row, group).score.is_some()).count();
    let fits = |group: &Option<usize>| known(*group) > 1 && (!with_own || of(row, *group).score.is_some());
    let total = total.filter(fits);
    // Most units, then most weight, then the order of the edition.
    let weight = |group: Option<usize>| group.map_or(0.0, |group| edition.groups[group].weight);
    let better = |a: &Option<usize>, b: &Option<usize>| {
        known(*a).cmp(&known(*b)).then(weight(*a).total_cmp(&weight(*b))).then(b.cmp(a))
    };
    total.or_else(|| groups.filter(fits).max_by(better))
}
