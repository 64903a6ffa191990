//! Charts that compare units of one type by one edition.

use super::{Scene, coverage, not_the_publishers, points};
use crate::model::chart::{Chart, Drawing, HeatMap, HeatScore, RankIntervals, RankRow, Stack};
use crate::model::report::{Argument, Comparison, EditionReport, Phrase, Text, UnitScores};
use crate::model::score::Composite;
use crate::model::unit::UNIVERSITY;

/// A picture with more rows than this cannot be read in a meeting; the rest is in the page and the workbook.
const ROWS: usize = 40;

/// Per edition and unit type a heat map, and where the edition has totals what they are made of and how sure ranks are.
pub fn charts(scene: &Scene) -> Vec<Chart> {
    let mut charts = Vec::new();
    for edition in scene.editions {
        for comparison in &edition.comparisons {
            if comparison.unit_type == UNIVERSITY && comparison.rows.len() < 2 {
                continue;
            }
            charts.push(heat_map(scene, edition, comparison));
            if edition.overall && comparison.rows.iter().any(|row| row.overall.score.is_some()) {
                charts.push(contributions(scene, edition, comparison));
                charts.extend(ranks(scene, edition, comparison));
            }
        }
    }
    charts
}

fn plural(comparison: &Comparison) -> Argument {
    Argument::Text(Text::UnitTypes(comparison.unit_type.clone()))
}

fn shown(comparison: &Comparison) -> Option<Text> {
    let all = comparison.rows.len();
    (all > ROWS).then(|| {
        let phrase = Phrase::new("chart.first_rows");
        phrase.with("shown", Argument::Count(ROWS as u64)).with("all", Argument::Count(all as u64)).into()
    })
}

/// The best and the last of a comparison that have a total.
fn best_and_last(scene: &Scene, comparison: &Comparison) -> Phrase {
    let mut ranked = comparison.rows.iter().filter_map(|row| Some((row.unit, row.overall.score?)));
    let Some((first, highest)) = ranked.next() else { return Phrase::new("chart.no_totals") };
    let phrase = match ranked.next_back() {
        None => Phrase::new("chart.only_total"),
        Some((last, lowest)) => Phrase::new("chart.best_and_last")
            .with("last", scene.units[last].argument())
            .with("lowest", Argument::Score(lowest)),
    };
    phrase.with("first", scene.units[first].argument()).with("highest", Argument::Score(highest))
}

fn heat_map(scene: &Scene, edition: &EditionReport, comparison: &Comparison) -> Chart {
    let groups = edition.top_groups();
    let mut columns: Vec<Text> = groups.iter().map(|&group| edition.groups[group].name.clone().into()).collect();
    if edition.overall {
        columns.insert(0, Phrase::new("word.overall").into());
    }
    let row = |row: &UnitScores| {
        let cell = |composite: &Composite| {
            let partial = composite.coverage < edition.coverage_floor;
            composite.score.map(|score| HeatScore { score, partial })
        };
        let total = edition.overall.then(|| cell(&row.overall));
        let cells = total.into_iter().chain(groups.iter().map(|&group| cell(&row.groups[group]))).collect();
        (scene.units[row.unit].text(), cells)
    };
    let rows = comparison.rows.iter().take(ROWS).map(row).collect();
    let note = Phrase::new("chart.heat_map_note").with("share", Argument::Share(edition.coverage_floor));
    Chart {
        name: format!("{}-heatmap", comparison.slug),
        unit: None,
        title: Phrase::new("chart.heat_map").with("units", plural(comparison)).into(),
        subtitle: vec![edition.name.clone().into(), not_the_publishers()],
        reading: best_and_last(scene, comparison).into(),
        sources: vec!["composites.csv"],
        notes: std::iter::once(note.into()).chain(shown(comparison)).collect(),
        invented: scene.invented(),
        drawing: Drawing::HeatMap(HeatMap { columns, total: edition.overall, rows }),
    }
}

fn contributions(scene: &Scene, edition: &EditionReport, comparison: &Comparison) -> Chart {
    let groups = edition.top_groups();
    let stack = |row: &UnitScores| {
        let total = row.overall.score.ok_or_else(|| coverage(row.overall.coverage));
        let parts = if total.is_ok() { points(edition, row) } else { Vec::new() };
        Stack { label: scene.units[row.unit].text(), parts, total }
    };
    Chart {
        name: format!("{}-contributions", comparison.slug),
        unit: None,
        title: Phrase::new("chart.contributions").with("units", plural(comparison)).into(),
        reading: best_and_last(scene, comparison).into(),
        sources: vec!["scores.csv", "composites.csv"],
        subtitle: vec![edition.name.clone().into(), not_the_publishers()],
        notes: std::iter::once(Phrase::new("chart.contributions_note").into()).chain(shown(comparison)).collect(),
        invented: scene.invented(),
        drawing: Drawing::Stacks(
            groups.iter().map(|&group| edition.groups[group].name.clone().into()).collect(),
            comparison.rows.iter().take(ROWS).map(stack).collect(),
        ),
    }
}

/// The rank of each unit between the best and the worst that the stability intervals of all totals leave open: at best
/// only units whose whole interval lies above its own stand before it, at worst all whose interval reaches above the
/// lower end of its own. `None` where fewer than two units are ranked or none has an interval.
fn ranks(scene: &Scene, edition: &EditionReport, comparison: &Comparison) -> Option<Chart> {
    let ends = |row: &UnitScores| {
        let score = row.overall.score?;
        Some((row.overall.low.unwrap_or(score).min(score), row.overall.high.unwrap_or(score).max(score)))
    };
    let known: Vec<(f64, f64)> = comparison.rows.iter().filter_map(ends).collect();
    if known.len() < 2 || known.iter().all(|(low, high)| low >= high) {
        return None;
    }
    let interval = |row: &UnitScores| {
        let (low, high) = ends(row)?;
        let best = 1 + known.iter().filter(|other| other.0 > high).count() as u32;
        // Itself is among those that reach above its lower end, unless its interval has no width.
        let others = known.iter().filter(|other| other.1 > low).count() as u32;
        Some((best, (others + u32::from(low >= high)).max(best)))
    };
    let row = |row: &UnitScores| RankRow {
        label: scene.units[row.unit].text(),
        rank: row.overall.rank,
        interval: interval(row),
    };
    let rows: Vec<RankRow> = comparison.rows.iter().map(row).collect();
    let open = rows.iter().filter(|row| row.interval.is_some_and(|(best, worst)| best < worst)).count() as u64;
    let reading = Phrase::new("chart.ranks_open").with("n", Argument::Count(open));
    Some(Chart {
        name: format!("{}-ranks", comparison.slug),
        unit: None,
        title: Phrase::new("chart.rank_intervals").with("units", plural(comparison)).into(),
        reading: reading.with("of", Argument::Count(known.len() as u64)).into(),
        sources: vec!["composites.csv"],
        subtitle: vec![edition.name.clone().into(), not_the_publishers()],
        notes: std::iter::once(Phrase::new("chart.rank_intervals_note").into()).chain(shown(comparison)).collect(),
        invented: scene.invented(),
        drawing: Drawing::RankIntervals(RankIntervals {
            of: known.len() as u32,
            rows: rows.into_iter().take(ROWS).collect(),
        }),
    })
}
