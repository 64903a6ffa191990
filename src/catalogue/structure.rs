//! Round 4: the structure of an edition – weights that must sum, groups and scores that must not turn in circles.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::catalogue::check::Check;
use crate::catalogue::edition_text::{GroupText, IndicatorText};
use crate::model::edition::{Aggregation, Edition};

/// Weights are printed with at most two decimals; this forgives the sum of their binary images.
const TOLERANCE: f64 = 0.001;

/// Checks the structure of what rounds 2 and 3 have read. Sums are only looked at where the faults found so far cannot
/// be their cause.
pub fn check(
    check: &mut Check,
    groups: &[Spanned<GroupText>],
    indicators: &[Spanned<IndicatorText>],
    edition: &Edition,
) {
    if indicators.is_empty() {
        check.fault_with(0..0, "empty-edition", "the edition has no indicator".to_owned(), "add [[indicator]] tables");
        return;
    }
    group_cycles(check, groups);
    score_cycles(check, indicators, edition);
    let spoilt = ["unknown-group", "group-cycle", "duplicate-code", "negative-weight", "bad-number", "bad-code"];
    if check.faults.iter().any(|fault| spoilt.contains(&fault.code)) {
        return;
    }
    empty_groups(check, groups, indicators);
    best_of(check, groups, edition);
    weights(check, groups, indicators, edition);
}

fn group_cycles(check: &mut Check, groups: &[Spanned<GroupText>]) {
    let parents: BTreeMap<&str, &str> = groups
        .iter()
        .filter_map(|group| {
            let group = group.get_ref();
            group.parent.as_ref().map(|parent| (group.code.get_ref().as_str(), parent.get_ref().as_str()))
        })
        .collect();
    let mut reported: Vec<&str> = Vec::new();
    for group in groups.iter().map(Spanned::get_ref) {
        let start = group.code.get_ref().as_str();
        let mut path = vec![start];
        while let Some(&above) = parents.get(path[path.len() - 1]) {
            if above == start {
                if !path.iter().any(|member| reported.contains(member)) {
                    let span = group.parent.as_ref().map_or(group.code.span(), Spanned::span);
                    let message = format!("the groups form a cycle: {} → {start}", path.join(" → "));
                    check.fault_with(span, "group-cycle", message, "leave the parent of one of them out");
                    reported.extend(&path);
                }
                break;
            }
            if path.contains(&above) {
                break;
            }
            path.push(above);
        }
    }
}

fn score_cycles(check: &mut Check, indicators: &[Spanned<IndicatorText>], edition: &Edition) {
    let uses: BTreeMap<&str, Vec<&str>> =
        edition.indicators.iter().map(|indicator| (indicator.code.as_str(), indicator.value.scores())).collect();
    let mut reported: Vec<&str> = Vec::new();
    for indicator in indicators.iter().map(Spanned::get_ref) {
        let start = indicator.code.get_ref().as_str();
        let mut seen: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = uses.get(start).cloned().unwrap_or_default();
        while let Some(code) = open.pop() {
            if !seen.contains(&code) {
                seen.push(code);
                open.extend(uses.get(code).into_iter().flatten());
            }
        }
        if seen.contains(&start) && !seen.iter().any(|member| reported.contains(member)) {
            let message = format!("the score of \"{start}\" is made of itself");
            let hint = "a formula with score( ) may only use indicators that do not use it";
            check.fault_with(indicator.value.span(), "score-cycle", message, hint);
            reported.extend(seen);
        }
    }
}

fn empty_groups(check: &mut Check, groups: &[Spanned<GroupText>], indicators: &[Spanned<IndicatorText>]) {
    for group in groups.iter().map(Spanned::get_ref) {
        let code = group.code.get_ref();
        let used = indicators.iter().any(|indicator| indicator.get_ref().group.get_ref() == code)
            || groups.iter().any(|child| child.get_ref().parent.as_ref().is_some_and(|up| up.get_ref() == code));
        if !used {
            let message = format!("the group \"{code}\" holds no indicator");
            check.fault_with(group.code.span(), "empty-group", message, "put an indicator into it, or remove it");
        }
    }
}

/// The best so many must be fewer than there are, or they are all.
fn best_of(check: &mut Check, groups: &[Spanned<GroupText>], edition: &Edition) {
    for (text, group) in groups.iter().map(Spanned::get_ref).zip(&edition.groups) {
        let Aggregation::BestOf(count) = group.combine.with else { continue };
        let own = edition.indicators.iter().filter(|part| part.group == group.code).count();
        let below = edition.groups.iter().filter(|part| part.parent.as_ref() == Some(&group.code)).count();
        let span = text.combine.as_ref().and_then(|text| text.get_ref().best.as_ref()).map(Spanned::span);
        if let Some(span) = span.filter(|_| count > own + below) {
            let message = format!("the best {count} of the {} parts of \"{}\"", own + below, group.code);
            check.fault_with(span, "bad-combine", message, "name fewer than the group has");
        }
    }
}

/// Whether nothing has a weight and there is no total to weigh for: a ranking that shows its indicators one by one.
fn unweighted(edition: &Edition) -> bool {
    edition.combine.with == Aggregation::None
        && edition.groups.iter().all(|group| group.weight == 0.0)
        && edition.indicators.iter().all(|indicator| indicator.weight == 0.0)
}

fn weights(check: &mut Check, groups: &[Spanned<GroupText>], indicators: &[Spanned<IndicatorText>], edition: &Edition) {
    if unweighted(edition) {
        return;
    }
    for (group, read) in groups.iter().map(Spanned::get_ref).zip(&edition.groups) {
        let code = group.code.get_ref();
        let own = indicators.iter().map(Spanned::get_ref).filter(|part| part.group.get_ref() == code);
        let below = groups.iter().map(Spanned::get_ref);
        let below = below.filter(|part| part.parent.as_ref().is_some_and(|parent| parent.get_ref() == code));
        let mut weights: Vec<f64> =
            own.map(|part| *part.weight.get_ref()).chain(below.map(|part| *part.weight.get_ref())).collect();
        let mut which = String::from("its parts weigh");
        if let Aggregation::BestOf(count) = read.combine.with {
            // Only so many enter, whichever they are.
            weights.sort_by(|one, other| other.total_cmp(one));
            weights.truncate(count);
            which = format!("the heaviest {count} of its parts weigh");
        }
        let sum: f64 = weights.iter().sum();
        if (sum - group.weight.get_ref()).abs() > TOLERANCE {
            let message =
                format!("the group \"{code}\" weighs {}, {which} {} together", group.weight.get_ref(), shown(sum));
            let hint = "the weight of a group is the sum of its indicators' and inner groups' weights";
            check.fault_with(group.weight.span(), "weights-do-not-sum", message, hint);
        }
    }
    let outer: Vec<&GroupText> = groups.iter().map(Spanned::get_ref).filter(|group| group.parent.is_none()).collect();
    let total: f64 = outer.iter().map(|group| group.weight.get_ref()).sum();
    if (total - 100.0).abs() > TOLERANCE {
        let span = outer.last().map_or(0..0, |group| group.weight.span());
        let message = format!("the weights of the groups sum to {}, not to 100", shown(total));
        check.fault_with(span, "weights-do-not-sum", message, "weights are percent of the total");
    }
}

/// A sum without the noise of binary fractions.
fn shown(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
