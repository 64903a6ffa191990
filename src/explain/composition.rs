//! The means of an edition for one unit, part by part, worked out once more from the scores as a spreadsheet does it.

use crate::model::edition::{Aggregation, Combine, Edition, MissingRule, Rescale};
use crate::model::evidence_book::{CompositeEvidence, IndicatorEvidence};
use crate::model::report::Phrase;
use crate::model::score::Composite;
use crate::score::combine::{self, Line};
use crate::score::entry::Entry;
use crate::score::levels;
use crate::score::missing::{self, StandIn};

/// Forgives the binary images of decimal weights where coverage is held against the floor.
const TOLERANCE: f64 = 1e-9;

/// What the means of a unit are made of.
pub struct Means<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Lines of the type on which composites were rescaled.
    pub lines: &'a [Line],
    /// What each indicator enters.
    pub entries: &'a [Entry],
    /// The composites of the run.
    pub composites: &'a [Composite],
}

/// The missing rule in words.
pub fn missing(rule: MissingRule) -> Phrase {
    let word = match rule {
        MissingRule::Renormalise => "renormalise",
        MissingRule::OwnLowerQuartile => "own_lower_quartile",
        MissingRule::Zero => "zero",
        MissingRule::LowestOfCompared => "lowest_of_compared",
        MissingRule::Withhold => "withhold",
    };
    Phrase::of("missing_rule", word)
}

/// The composites, groups and then the whole; stand-ins, paths and points are entered into the indicators.
pub fn composites(means: &Means, indicators: &mut [IndicatorEvidence]) -> Vec<CompositeEvidence> {
    let edition = means.edition;
    let by_levels = levels::by_levels(edition);
    let overall = edition.groups.len();
    let weighty = means.entries.iter().zip(&edition.indicators).filter(|(_, indicator)| indicator.weight > 0.0);
    let own = missing::stand_in(edition.missing, weighty.filter_map(|(entry, _)| entry.score));
    let mut withheld = false;
    for (entry, indicator) in means.entries.iter().zip(indicators.iter_mut()).filter(|(entry, _)| entry.missing) {
        match entry.stand_in.map_or(own, StandIn::Entered) {
            StandIn::Entered(score) => indicator.stand_in = Some(score),
            StandIn::Withheld => withheld |= indicator.weight > 0.0,
            StandIn::LeftOut => {}
        }
    }
    for (indicator, definition) in indicators.iter_mut().zip(&edition.indicators) {
        if by_levels {
            let mut at = group(edition, &definition.group);
            // A chain of parents is no longer than the list of groups.
            while let Some(here) = at.filter(|_| indicator.path.len() <= overall) {
                indicator.path.push(here);
                at = edition.groups[here].parent.as_deref().and_then(|code| group(edition, code));
            }
        }
        indicator.path.push(overall);
    }
    let within = combine::members(edition);
    let mut found: Vec<CompositeEvidence> = (0..=overall)
        .map(|at| {
            let (inner, outer) = parts(edition, &within, at, by_levels);
            let composite = &means.composites[at];
            let combine = edition.groups.get(at).map_or(edition.combine, |group| group.combine);
            let last = at == overall;
            let line = match by_levels {
                true => means.lines.get(edition.indicators.len() + at).copied().flatten(),
                false => means.lines.first().copied().flatten().filter(|_| last),
            };
            let floor = match edition.groups.get(at) {
                None => edition.coverage_floor,
                Some(group) if by_levels => group.floor,
                Some(_) => 0.0,
            };
            let applied = if by_levels || last { combine } else { Combine::default() };
            CompositeEvidence {
                code: edition.groups.get(at).map_or("overall".to_owned(), |group| group.code.clone()),
                name: edition.groups.get(at).map(|group| group.name.clone()),
                weight: edition.groups.get(at).map_or(100.0, |group| group.weight),
                floor,
                indicators: inner,
                groups: outer,
                used: 0.0,
                covered: 0.0,
                mean: None,
                line,
                proportional: matches!(applied.then, Rescale::MinMax { .. }),
                bounds: match applied.then {
                    Rescale::MinMax { to, .. } => to,
                    _ => [0.0, 100.0],
                },
                again: None,
                score: composite.score,
                coverage: composite.coverage,
                not_again: not_again(applied, withheld, composite.score.is_some()),
            }
        })
        .collect();
    // Groups lie below what they are part of, at any place in the file.
    let depth = |at: usize| {
        let parent = |here: usize| edition.groups.get(here)?.parent.as_deref().and_then(|code| group(edition, code));
        std::iter::successors(Some(at), |&here| parent(here)).take(overall + 1).count()
    };
    let mut order: Vec<usize> = (0..overall).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(depth(at)));
    order.push(overall);
    for at in order {
        work_out(at, &mut found, indicators);
    }
    points(by_levels, &found, indicators);
    found
}

fn group(edition: &Edition, code: &str) -> Option<usize> {
    edition.groups.iter().position(|group| group.code == code)
}

/// Indicators and groups that the composite at `at` is a mean of.
fn parts(edition: &Edition, within: &[Vec<usize>], at: usize, by_levels: bool) -> (Vec<usize>, Vec<usize>) {
    let all = edition.indicators.len();
    if !by_levels {
        return (within.get(at).cloned().unwrap_or_else(|| (0..all).collect()), Vec::new());
    }
    let code = edition.groups.get(at).map(|group| group.code.as_str());
    let own = |&column: &usize| Some(edition.indicators[column].group.as_str()) == code;
    let inner = (0..edition.groups.len()).filter(|&other| edition.groups[other].parent.as_deref() == code);
    ((0..all).filter(own).collect(), inner.collect())
}

/// Why a spreadsheet is not asked for a composite.
fn not_again(combine: Combine, withheld: bool, known: bool) -> Option<Phrase> {
    match combine.with {
        Aggregation::WeightedMean if withheld && !known => Some(Phrase::new("evidence.withheld")),
        Aggregation::WeightedMean => None,
        Aggregation::None => Some(Phrase::new("evidence.no_total")),
        _ => Some(Phrase::new("evidence.other_mean")),
    }
}

/// Weight used, coverage, mean and value of one composite.
fn work_out(at: usize, found: &mut [CompositeEvidence], indicators: &[IndicatorEvidence]) {
    let (mut total, mut covered, mut used, mut sum) = (0.0, 0.0, 0.0, 0.0);
    let mut add = |weight: f64, own: f64, value: Option<f64>| {
        total += weight;
        covered += weight * own;
        if let Some(value) = value {
            used += weight;
            sum += weight * value;
        }
    };
    for &column in &found[at].indicators {
        let indicator = &indicators[column];
        let own = f64::from(u8::from(indicator.score.is_some()));
        add(indicator.weight, own, entered(indicator));
    }
    for &inner in &found[at].groups {
        let part = &found[inner];
        let covered = if part.not_again.is_some() { part.coverage } else { part.covered };
        add(part.weight, covered, shown(part));
    }
    let composite = &mut found[at];
    composite.used = used;
    composite.covered = if total > 0.0 { (covered / total).min(1.0) } else { 0.0 };
    if composite.not_again.is_some() || composite.covered <= 0.0 || composite.covered + TOLERANCE < composite.floor {
        return;
    }
    let mean = Some(sum / used).filter(|mean| mean.is_finite());
    composite.mean = mean;
    let (factor, offset) = composite.line.unwrap_or((1.0, 0.0));
    composite.again = mean.map(|mean| (factor * mean + offset).clamp(composite.bounds[0], composite.bounds[1]));
}

/// What an indicator enters into the means.
fn entered(indicator: &IndicatorEvidence) -> Option<f64> {
    indicator.again.or(indicator.score).or(indicator.stand_in)
}

/// The value of a composite: worked out anew, else that of the run.
fn shown(composite: &CompositeEvidence) -> Option<f64> {
    if composite.not_again.is_some() { composite.score } else { composite.again }
}

/// Points of each indicator: its part of the mean, on the line of the whole. Where a mean on the way is no weighted one,
/// or is rescaled itself, they are left as the run has them.
fn points(by_levels: bool, found: &[CompositeEvidence], indicators: &mut [IndicatorEvidence]) {
    let Some((whole, groups)) = found.split_last() else { return };
    let straight = groups.iter().all(|group| group.line.is_none() && group.not_again.is_none());
    let shifted = !whole.proportional && whole.line.is_some_and(|(_, offset)| offset != 0.0);
    if by_levels && (!straight || shifted) {
        return;
    }
    let (Some(mean), Some(value)) = (whole.mean, whole.again) else { return };
    let (factor, offset) = whole.line.unwrap_or((1.0, 0.0));
    for indicator in indicators.iter_mut().filter(|indicator| indicator.contribution.is_some()) {
        let Some(mut part) = entered(indicator) else { continue };
        let mut weight = indicator.weight;
        for &at in &indicator.path {
            part *= weight / found[at].used;
            weight = found[at].weight;
        }
        let after = factor * mean + offset;
        indicator.points_again = Some(if whole.proportional {
            if mean == 0.0 { value * indicator.weight / whole.used } else { value * part / mean }
        } else {
            let cut = if after == 0.0 { 1.0 } else { value / after };
            cut * (factor * part + offset * indicator.weight / whole.used)
        });
    }
}
