//! The card of one unit: its groups by every edition.

use super::{Scene, coverage, not_the_publishers};
use crate::model::chart::{Bar, BarPanel, Chart, Drawing};
use crate::model::report::{Argument, Phrase, Text};

/// The bars of its groups with the medians of its type.
pub fn chart(scene: &Scene, unit: usize) -> Chart {
    let named = &scene.units[unit];
    let (mut median_shown, mut interval_shown) = (false, false);
    let panels: Vec<BarPanel> = scene
        .editions
        .iter()
        .filter_map(|edition| {
            let (comparison, row) = edition.of_unit(unit)?;
            let mut facts = Vec::new();
            if let Some(rank) = row.overall.rank.filter(|_| row.overall.of > 1) {
                facts.push(
                    Phrase::new("card.rank")
                        .with("rank", Argument::Count(rank.into()))
                        .with("of", Argument::Count(row.overall.of.into()))
                        .with("units", named.plural()),
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
        notes.insert(0, Phrase::new("chart.card_note").with("units", named.plural()).into());
    }
    if interval_shown {
        notes.insert(notes.len() - 1, Phrase::new("chart.interval_note").into());
    }
    Chart {
        name: format!("unit-{}", named.slug),
        unit: Some(unit),
        title: named.text(),
        reading: reading(&panels).into(),
        sources: vec!["composites.csv"],
        subtitle: vec![Text::UnitType(named.unit_type.clone()), Phrase::new("chart.card_subtitle").into()],
        notes,
        invented: scene.invented(),
        drawing: Drawing::Bars(panels),
    }
}

/// The total, the strongest and the weakest group of the first edition that has a total, else of the first with a score.
fn reading(panels: &[BarPanel]) -> Phrase {
    let scored = |panel: &&BarPanel| panel.bars.iter().any(|bar| bar.value.is_some());
    let Some(panel) = panels.iter().find(|panel| panel.headline.is_some()).or_else(|| panels.iter().find(scored))
    else {
        return Phrase::new("chart.nothing_scored");
    };
    let known = || panel.bars.iter().filter_map(|bar| Some((bar, bar.value?)));
    let highest = known().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    let lowest = known().rev().min_by(|a, b| a.1.total_cmp(&b.1));
    let (Some(highest), Some(lowest)) = (highest, lowest) else { return Phrase::new("chart.nothing_scored") };
    let phrase = match panel.headline {
        Some(total) => Phrase::new("chart.card_reading").with("score", Argument::Score(total)),
        None => Phrase::new("chart.card_reading_without_total"),
    };
    phrase
        .with("edition", Argument::Text(panel.title.clone()))
        .with("strongest", Argument::Text(highest.0.label.clone()))
        .with("highest", Argument::Score(highest.1))
        .with("weakest", Argument::Text(lowest.0.label.clone()))
        .with("lowest", Argument::Score(lowest.1))
}
