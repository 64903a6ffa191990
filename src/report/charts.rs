//! Which charts a report has, and what each draws.

use crate::model::report::{
    Argument, Bar, BarPanel, Chart, Comparison, Drawing, EditionReport, HeatMap, HeatScore, Phrase, ReportUnit, Stack,
    Text, UnitScores,
};
use crate::model::score::Composite;
use crate::model::unit::UNIVERSITY;

/// A picture with more rows than this cannot be read in a meeting; the rest is in the page and the workbook.
const ROWS: usize = 40;

/// Per edition and unit type a heat map and a contribution chart, and one card per unit.
pub fn charts(editions: &[EditionReport], units: &[ReportUnit], invented: bool) -> Vec<Chart> {
    let mut charts = Vec::new();
    for edition in editions {
        for comparison in &edition.comparisons {
            if comparison.unit_type != UNIVERSITY || comparison.rows.len() > 1 {
                charts.push(heat_map(edition, comparison, units, invented));
                if edition.overall && comparison.rows.iter().any(|row| row.overall.score.is_some()) {
                    charts.push(contributions(edition, comparison, units, invented));
                }
            }
        }
    }
    charts.extend((0..units.len()).map(|unit| card(editions, unit, &units[unit], invented)));
    charts
}

fn not_the_publishers() -> Text {
    Phrase::new("notice.style").into()
}

fn shown(comparison: &Comparison) -> Option<Text> {
    let all = comparison.rows.len();
    (all > ROWS).then(|| {
        let phrase = Phrase::new("chart.first_rows");
        phrase.with("shown", Argument::Count(ROWS as u64)).with("all", Argument::Count(all as u64)).into()
    })
}

fn heat_map(edition: &EditionReport, comparison: &Comparison, units: &[ReportUnit], invented: bool) -> Chart {
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
        (units[row.unit].name.clone().into(), cells)
    };
    let rows = comparison.rows.iter().take(ROWS).map(row).collect();
    let plural = Argument::Text(Text::UnitTypes(comparison.unit_type.clone()));
    let note = Phrase::new("chart.heat_map_note").with("share", Argument::Share(edition.coverage_floor));
    Chart {
        name: format!("{}-heatmap", comparison.slug),
        title: Phrase::new("chart.heat_map").with("units", plural).into(),
        subtitle: vec![edition.name.clone().into(), not_the_publishers()],
        notes: std::iter::once(note.into()).chain(shown(comparison)).collect(),
        invented,
        drawing: Drawing::HeatMap(HeatMap { columns, total: edition.overall, rows }),
    }
}

fn contributions(edition: &EditionReport, comparison: &Comparison, units: &[ReportUnit], invented: bool) -> Chart {
    let groups = edition.top_groups();
    let stack = |row: &UnitScores| {
        let mut parts = vec![0.0; groups.len()];
        for (indicator, score) in edition.indicators.iter().zip(&row.scores) {
            let top = edition.top_group(indicator.group);
            if let Some(part) = groups.iter().position(|&group| group == top) {
                parts[part] += score.contribution.unwrap_or(0.0);
            }
        }
        let total = row.overall.score.ok_or_else(|| coverage(row.overall.coverage));
        let parts = if total.is_ok() { parts } else { Vec::new() };
        Stack { label: units[row.unit].name.clone().into(), parts, total }
    };
    let plural = Argument::Text(Text::UnitTypes(comparison.unit_type.clone()));
    Chart {
        name: format!("{}-contributions", comparison.slug),
        title: Phrase::new("chart.contributions").with("units", plural).into(),
        subtitle: vec![edition.name.clone().into(), not_the_publishers()],
        notes: std::iter::once(Phrase::new("chart.contributions_note").into()).chain(shown(comparison)).collect(),
        invented,
        drawing: Drawing::Stacks(
            groups.iter().map(|&group| edition.groups[group].name.clone().into()).collect(),
            comparison.rows.iter().take(ROWS).map(stack).collect(),
        ),
    }
}

fn coverage(share: f64) -> Phrase {
    Phrase::new("card.coverage").with("share", Argument::Share(share))
}

fn card(editions: &[EditionReport], unit: usize, named: &ReportUnit, invented: bool) -> Chart {
    let (mut median_shown, mut interval_shown) = (false, false);
    let panels = editions
        .iter()
        .filter_map(|edition| {
            let find = |comparison: &'_ Comparison| comparison.rows.iter().position(|row| row.unit == unit);
            let (comparison, row) =
                edition.comparisons.iter().find_map(|each| find(each).map(|row| (each, &each.rows[row])))?;
            let mut facts = Vec::new();
            if let Some(rank) = row.overall.rank.filter(|_| row.overall.of > 1) {
                facts.push(
                    Phrase::new("card.rank")
                        .with("rank", Argument::Count(rank.into()))
                        .with("of", Argument::Count(row.overall.of.into()))
                        .with("units", Argument::Text(Text::UnitTypes(named.unit_type.clone()))),
                );
            }
            facts.push(coverage(row.overall.coverage));
            if edition.overall && row.overall.score.is_none() {
                facts.push(Phrase::new("card.no_overall"));
            }
            let bars = edition.top_groups().into_iter().map(|group| {
                let composite = &row.groups[group];
                // Where nothing of it rests on publications, there is nothing to draw again and no interval to show.
                let ends = composite.score.and(composite.low.zip(composite.high));
                let interval = ends.filter(|(low, high)| low < high);
                interval_shown |= interval.is_some();
                median_shown |= comparison.group_medians[group].is_some();
                Bar {
                    label: edition.groups[group].name.clone().into(),
                    value: composite.score,
                    interval,
                    median: comparison.group_medians[group],
                    target: None,
                    remark: (composite.coverage < 1.0).then(|| coverage(composite.coverage)),
                }
            });
            Some(BarPanel {
                title: edition.name.clone().into(),
                headline: row.overall.score,
                bars: bars.collect(),
                facts,
            })
        })
        .collect();
    let mut notes = vec![not_the_publishers()];
    if median_shown {
        let plural = Argument::Text(Text::UnitTypes(named.unit_type.clone()));
        notes.insert(0, Phrase::new("chart.card_note").with("units", plural).into());
    }
    if interval_shown {
        notes.insert(notes.len() - 1, Phrase::new("chart.interval_note").into());
    }
    Chart {
        name: format!("unit-{}", named.slug),
        title: named.name.clone().into(),
        subtitle: vec![Text::UnitType(named.unit_type.clone()), Phrase::new("chart.card_subtitle").into()],
        notes,
        invented,
        drawing: Drawing::Bars(panels),
    }
}
