//! Charts of what moved between two runs: why a total moved, and ranks before and after.

use super::unit_named;
use crate::model::chart::{Chart, Drawing, Figure, Slope, SlopeLine, Waterfall};
use crate::model::moved::{EditionMove, Factor, UnitMove};
use crate::model::report::{Argument, Phrase, ReportUnit, Text};

/// A picture with more lines than this cannot be read in a meeting.
const LINES: usize = 30;

/// From the total of the first run to that of the second by what it is due to. `None` where either is missing or the move
/// has no parts. `editions` are the names of the two.
pub fn waterfall(moved: &UnitMove, units: &[ReportUnit], editions: (&Text, &Text), invented: bool) -> Option<Chart> {
    let overall = moved.overall()?;
    let (from, to, points) = (overall.from?, overall.to?, overall.parts?);
    let unit = units.iter().position(|unit| unit.id == moved.unit);
    let slug = unit.map_or("unit", |unit| &units[unit].slug);
    let factor = |factor: &Factor| Text::from(Phrase::of("factor", factor.as_str()));
    let parts: Vec<(Text, f64)> = Factor::ALL.iter().map(factor).zip(points).collect();
    let most = parts.iter().rev().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    let reading = Phrase::new("chart.moved_reading")
        .with("from", Argument::Score(from))
        .with("to", Argument::Score(to))
        .with("factor", Argument::Text(most.0.clone()))
        .with("points", Argument::Change(most.1, Figure::Score));
    let title = Phrase::new("chart.moved").with("unit", Argument::Text(unit_named(units, &moved.unit)));
    let side = |key: &'static str, edition: &Text| {
        Text::from(Phrase::new(key).with("edition", Argument::Text(edition.clone())))
    };
    let (before, after) = (side("chart.last_run", editions.0), side("chart.this_run", editions.1));
    Some(Chart {
        name: format!("moved-{slug}"),
        unit,
        title: title.into(),
        reading: reading.into(),
        sources: vec!["moved.csv"],
        subtitle: vec![editions.1.clone(), Phrase::new("notice.style").into()],
        notes: vec![Phrase::new("chart.moved_note").into()],
        invented,
        drawing: Drawing::Waterfall(Waterfall::new(Figure::Score, (before, from), parts, (after, to))),
    })
}

/// Ranks by the totals of two runs among the units of a type that both runs have and score; ties share the better rank.
/// `None` where fewer than two are ranked in both. `editions` are the names of the two, `name` is the chart's.
pub fn slope(
    moved: &EditionMove,
    unit_type: &str,
    units: &[ReportUnit],
    (name, editions): (&str, (&Text, &Text)),
    invented: bool,
) -> Option<Chart> {
    let totals: Vec<(&UnitMove, f64, f64)> = (moved.units.iter())
        .filter(|unit| unit.unit_type == unit_type)
        .filter_map(|unit| Some((unit, unit.overall()?.from?, unit.overall()?.to?)))
        .collect();
    if totals.len() < 2 {
        return None;
    }
    let rank = |value: f64, of: fn(&(&UnitMove, f64, f64)) -> f64| {
        1 + totals.iter().filter(|total| of(total) > value).count() as u32
    };
    let line = |&(unit, from, to): &(&UnitMove, f64, f64)| SlopeLine {
        label: unit_named(units, &unit.unit),
        before: Some(rank(from, |total| total.1)),
        after: Some(rank(to, |total| total.2)),
    };
    let mut lines: Vec<SlopeLine> = totals.iter().map(line).collect();
    lines.sort_by_key(|line| (line.after, line.before));
    let count = |moves: fn(&SlopeLine) -> bool| Argument::Count(lines.iter().filter(|line| moves(line)).count() as u64);
    let reading = Phrase::new("chart.slope_reading")
        .with("up", count(|line| line.after < line.before))
        .with("down", count(|line| line.after > line.before))
        .with("of", Argument::Count(lines.len() as u64));
    let plural = Argument::Text(Text::UnitTypes(unit_type.to_owned()));
    let mut notes: Vec<Text> = vec![Phrase::new("chart.slope_note").into()];
    if lines.len() > LINES {
        let phrase = Phrase::new("chart.first_rows").with("shown", Argument::Count(LINES as u64));
        notes.push(phrase.with("all", Argument::Count(lines.len() as u64)).into());
    }
    lines.truncate(LINES);
    Some(Chart {
        name: name.to_owned(),
        unit: None,
        title: Phrase::new("chart.slope").with("units", plural).into(),
        reading: reading.into(),
        sources: vec!["moved.csv"],
        subtitle: vec![editions.1.clone(), Phrase::new("notice.style").into()],
        notes,
        invented,
        drawing: Drawing::Slope(Slope { editions: (editions.0.clone(), editions.1.clone()), lines }),
    })
}
