//! Where the unit stands: scores and ranks, groups against the median, the strongest and the weakest.

use super::{Seen, Standing, from, name_of};
use crate::model::chart::{Chart, Drawing, Figure};
use crate::model::document::{Column, KeyFigure, Row, Table, TableCell};
use crate::model::presentation::{KEY_FIGURES, POINTS, Part, ROWS, Slide};
use crate::model::report::{Argument, Phrase, Text};
use crate::model::score::Composite;

/// A group of an edition with the unit's score and what it is compared with.
pub struct GroupScore<'a> {
    /// Where.
    pub standing: &'a Standing<'a>,
    /// Its place among the groups of the edition.
    pub group: usize,
    /// 0–100.
    pub score: f64,
    /// Median of units of the type, where enough of them have a score.
    pub median: Option<f64>,
}

impl GroupScore<'_> {
    /// How far it lies from the median.
    pub fn distance(&self) -> Option<f64> {
        self.median.map(|median| self.score - median)
    }

    /// The name of the group.
    pub fn name(&self) -> Argument {
        Argument::Text(self.standing.edition.groups[self.group].name.clone().into())
    }
}

/// All outermost groups with a score and a median, the farthest above it first.
pub fn groups<'a>(seen: &'a Seen<'_>) -> Vec<GroupScore<'a>> {
    let mut groups: Vec<GroupScore<'_>> = Vec::new();
    for standing in &seen.standings {
        for group in standing.edition.top_groups() {
            if let Some(score) = standing.row.groups[group].score {
                groups.push(GroupScore { standing, group, score, median: standing.comparison.group_medians[group] });
            }
        }
    }
    let height = |group: &GroupScore<'_>| group.distance().unwrap_or(group.score - 50.0);
    let compared = |group: &GroupScore<'_>| group.median.is_some();
    // Groups without a median cannot stand in one order with those that have one.
    if groups.iter().any(compared) {
        groups.retain(compared);
    }
    groups.sort_by(|a, b| height(b).total_cmp(&height(a)));
    groups
}

/// Up to three slides.
pub fn slides(seen: &Seen<'_>) -> Vec<Slide> {
    let mut slides = vec![scores(seen)];
    slides.extend(bars(seen));
    slides.extend(ends(seen));
    slides
}

fn scores(seen: &Seen<'_>) -> Slide {
    let shown = seen.standings.len().min(KEY_FIGURES);
    let figures = seen.standings[..shown].iter().map(key_figure).collect();
    let said = |standing: &Standing<'_>| against_median(standing).or_else(|| placed(standing));
    let points: Vec<Vec<Phrase>> = seen.standings[..shown].iter().filter_map(said).map(|point| vec![point]).collect();
    let mut parts = vec![Part::KeyFigures(figures)];
    // Two rows of key figures leave no room for more.
    if !points.is_empty() && shown <= 3 {
        parts.push(Part::Points(points));
    }
    let mut notes = vec![from("composites.csv")];
    notes.extend(first_of(shown, seen.standings.len()));
    Slide { title: headline(seen), parts, notes }
}

/// That not all of something is shown, where it is so.
pub fn first_of(shown: usize, all: usize) -> Option<Phrase> {
    (shown < all).then(|| {
        let count = |count: usize| Argument::Count(count as u64);
        Phrase::new("chart.first_rows").with("shown", count(shown)).with("all", count(all))
    })
}

fn headline(seen: &Seen<'_>) -> Phrase {
    let Some((standing, score)) = main(seen).and_then(|main| Some((main, main.row.overall.score?))) else {
        return Phrase::new("briefing.no_total").with("unit", seen.name());
    };
    let overall = &standing.row.overall;
    let said = |key: &'static str| {
        let phrase = Phrase::new(key).with("unit", seen.name()).with("edition", name_of(standing.edition));
        phrase.with("score", Argument::Score(score))
    };
    if overall.rank.is_some() && overall.of > 1 {
        rank(said("briefing.ranked"), overall)
    } else {
        said("briefing.scored")
    }
}

fn rank(phrase: Phrase, composite: &Composite) -> Phrase {
    phrase
        .with("rank", Argument::Count(composite.rank.unwrap_or(0).into()))
        .with("of", Argument::Count(composite.of.into()))
}

fn key_figure(standing: &Standing<'_>) -> KeyFigure {
    let overall = &standing.row.overall;
    let value = match overall.score {
        Some(score) => Phrase::new("briefing.score").with("score", Argument::Score(score)),
        None => Phrase::new("card.not_scored"),
    };
    let mut note = Phrase::new("briefing.coverage").with("share", Argument::Share(overall.coverage));
    if let Some((low, high)) = overall.score.and(overall.low.zip(overall.high)).filter(|(low, high)| low < high) {
        let interval =
            Phrase::new("briefing.interval").with("low", Argument::Score(low)).with("high", Argument::Score(high));
        note = joined(interval, note);
    }
    if overall.score.is_some() && overall.rank.is_some() && overall.of > 1 {
        note = joined(rank(Phrase::new("briefing.rank"), overall), note);
    }
    KeyFigure { label: standing.edition.name.clone().into(), value, note: Some(note) }
}

fn joined(first: Phrase, second: Phrase) -> Phrase {
    let text = |phrase: Phrase| Argument::Text(Text::Phrase(phrase));
    Phrase::new("briefing.joined").with("first", text(first)).with("second", text(second))
}

/// Where a university stands on the scale that the publisher has printed.
fn placed(standing: &Standing<'_>) -> Option<Phrase> {
    let placement = standing.row.placement.as_ref().filter(|placement| placement.place.is_some())?;
    let phrase = Phrase::new("briefing.placed").with("edition", name_of(standing.edition));
    Some(phrase.with("place", Argument::Text(placement.told().into())))
}

fn against_median(standing: &Standing<'_>) -> Option<Phrase> {
    let (score, median) = standing.row.overall.score.zip(standing.comparison.median)?;
    Some(
        Phrase::new("briefing.against_median")
            .with("edition", name_of(standing.edition))
            .with("change", Argument::Change(score - median, Figure::Score))
            .with("median", Argument::Score(median)),
    )
}

/// The bars of one edition, with how many groups lie above the median, and the same of the other editions in words.
fn bars(seen: &Seen<'_>) -> Option<Slide> {
    let groups = groups(seen);
    let main = main(seen).or_else(|| groups.first().map(|best| best.standing))?;
    let here = |standing: &Standing<'_>, group: &GroupScore<'_>| group.standing.edition.id == standing.edition.id;
    let above = |key: &'static str, standing: &Standing<'_>| {
        let compared = groups.iter().filter(|group| here(standing, group)).filter_map(GroupScore::distance);
        let above = compared.clone().filter(|distance| *distance > 0.0).count() as u64;
        let all = compared.count() as u64;
        let phrase = Phrase::new(key).with("edition", name_of(standing.edition)).with("above", Argument::Count(above));
        (all > 0).then(|| phrase.with("all", Argument::Count(all)))
    };
    let best = || {
        let best = groups.iter().find(|group| here(main, group))?;
        let phrase = Phrase::new("briefing.best_group").with("group", best.name());
        Some(phrase.with("edition", name_of(main.edition)).with("score", Argument::Score(best.score)))
    };
    let title = above("briefing.above_median", main).or_else(best)?;
    let others = seen.standings.iter().filter(|standing| standing.edition.id != main.edition.id);
    let points: Vec<_> =
        others.filter_map(|other| above("briefing.above_in", other)).map(|point| vec![point]).take(POINTS).collect();
    let mut parts = vec![Part::Chart(Box::new(bars_of(seen, main)?))];
    if !points.is_empty() {
        parts.push(Part::Points(points));
    }
    Some(Slide { title, parts, notes: vec![from("composites.csv")] })
}

/// The edition that a briefing is told by: the first that ranks the unit, else the first that gives it a total.
fn main<'a>(seen: &'a Seen<'_>) -> Option<&'a Standing<'a>> {
    let scored = || seen.standings.iter().filter(|standing| standing.row.overall.score.is_some());
    scored().find(|each| each.row.overall.rank.is_some() && each.row.overall.of > 1).or_else(|| scored().next())
}

/// The unit's chart with the bars of one edition alone: those of several are too small for a slide.
fn bars_of(seen: &Seen<'_>, standing: &Standing<'_>) -> Option<Chart> {
    let chart = seen.chart(&format!("unit-{}", seen.named.slug))?;
    let Drawing::Bars(panels) = &chart.drawing else { return None };
    let title = Text::Names(standing.edition.name.clone());
    let panel = panels.iter().find(|panel| panel.title == title)?;
    if panels.len() == 1 {
        return Some(chart.clone());
    }
    let name = format!("{}-{}", chart.name, standing.comparison.slug);
    Some(Chart { name, drawing: Drawing::Bars(vec![panel.clone()]), ..chart.clone() })
}

/// The strongest and the weakest groups as a table.
fn ends(seen: &Seen<'_>) -> Option<Slide> {
    let groups = groups(seen);
    let (first, last) = (groups.first()?, groups.last().filter(|_| groups.len() > 1)?);
    let change = |group: &GroupScore<'_>| match group.distance() {
        Some(distance) => Argument::Change(distance, Figure::Score),
        None => Argument::Score(group.score),
    };
    let key = if first.median.is_some() { "briefing.ends_median" } else { "briefing.ends" };
    let title = Phrase::new(key)
        .with("best", first.name())
        .with("gain", change(first))
        .with("worst", last.name())
        .with("loss", change(last));
    let row = |group: &GroupScore<'_>| {
        let overall = &group.standing.row.groups[group.group];
        let partial = overall.coverage < group.standing.edition.coverage_floor;
        let mut cells = vec![
            TableCell::text(group.standing.edition.groups[group.group].name.clone()),
            TableCell::text(group.standing.edition.name.clone()),
            TableCell::heat(Some(group.score), partial),
        ];
        if group.median.is_some() {
            cells.push(TableCell::figure(group.median, Figure::Score));
            cells.push(TableCell::change(group.distance(), Figure::Score));
        }
        Row::of(cells)
    };
    let half = ROWS / 2;
    let rows: Vec<Row> = if groups.len() <= ROWS {
        groups.iter().map(row).collect()
    } else {
        groups[..half].iter().chain(&groups[groups.len() - half..]).map(row).collect()
    };
    let mut notes = vec![from("composites.csv")];
    if groups.len() > ROWS {
        notes.push(
            Phrase::new("briefing.ends_shown")
                .with("shown", Argument::Count(half as u64))
                .with("all", Argument::Count(groups.len() as u64)),
        );
    }
    let word = |key: &'static str| Text::from(Phrase::new(key));
    let number = |key: &'static str| Column { width: 2, ..Column::figures(word(key)) };
    let mut columns = vec![Column::words(word("briefing.group"), 5), Column::words(word("word.edition"), 7)];
    columns.push(number("word.score"));
    // Groups with and without a median never stand in one list.
    if first.median.is_some() {
        columns.extend([number("word.median"), number("briefing.distance")]);
    }
    let table = Table { caption: Some(title.clone().into()), columns, rows };
    Some(Slide { title, parts: vec![Part::Table(table)], notes })
}
