//! Looks for what is wrong with a decision table before anybody is judged by it: gaps, overlaps, misprints.
//!
//! The values of each criterion are cut where a range begins or ends. Within a piece the same rules hold, so that a
//! piece without a rule is a gap and one with two an overlap; nothing is sampled.

use crate::diagnostic::{Finding, Place};
use crate::model::accreditation::decision::{Combination, Criterion, DecisionTable, Range};

/// Most pieces of a table whose criteria hold together; finer tables are not looked at (`decision-table-too-fine`).
const MOST_PIECES: usize = 100_000;

/// Values between which the same rules hold.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    /// Lower end, and whether it belongs to the piece.
    low: (f64, bool),
    /// Upper end, and whether it belongs to the piece.
    high: (f64, bool),
    /// Rules whose range holds here; those without a range are not among them.
    rules: Vec<usize>,
}

impl Piece {
    fn shown(&self) -> String {
        let ((low, own_low), (high, own_high)) = (self.low, self.high);
        if low == high {
            return low.to_string();
        }
        match (own_low, own_high) {
            (true, true) => format!("{low}–{high}"),
            (true, false) => format!("{low} to below {high}"),
            (false, true) => format!("above {low} to {high}"),
            (false, false) => format!("above {low} to below {high}"),
        }
    }
}

/// Everything wrong with a table, each with its place; a table with any of these decides nothing.
///
/// `reversed-bounds`, `bound-outside`, `decision-gap`, `decision-overlap`, `decision-order`, `decision-table-too-fine`.
pub fn lint(table: &DecisionTable) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, criterion) in table.criteria.iter().enumerate() {
        let pieces = pieces(table, at, criterion);
        bounds(table, at, criterion, &pieces, &mut findings);
        if table.combination == Combination::Lowest {
            alone(table, at, criterion, &pieces, &mut findings);
        }
    }
    if table.combination == Combination::All {
        together(table, &mut findings);
    }
    findings
}

/// Cuts the values of a criterion. Ranges that stand the wrong way round hold nowhere.
fn pieces(table: &DecisionTable, at: usize, criterion: &Criterion) -> Vec<Piece> {
    let ranges: Vec<(usize, &Range)> = table
        .rules
        .iter()
        .enumerate()
        .filter_map(|(rule, own)| own.ranges[at].as_ref().map(|range| (rule, range)))
        .collect();
    let mut cuts = vec![criterion.from, criterion.to];
    for (_, range) in &ranges {
        cuts.extend(range.low.iter().chain(&range.high).map(|(value, _)| *value));
    }
    cuts.retain(|cut| (criterion.from..=criterion.to).contains(cut));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let rules_at = |value: f64| -> Vec<usize> {
        ranges.iter().filter(|(_, range)| !range.is_reversed() && range.holds(value)).map(|(rule, _)| *rule).collect()
    };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |low: (f64, bool), high: (f64, bool), rules: Vec<usize>| match pieces.last_mut() {
        Some(last) if last.rules == rules => last.high = high,
        _ => pieces.push(Piece { low, high, rules }),
    };
    for (index, &cut) in cuts.iter().enumerate() {
        if !criterion.whole || cut.fract() == 0.0 {
            push((cut, true), (cut, true), rules_at(cut));
        }
        let Some(&next) = cuts.get(index + 1) else { continue };
        if criterion.whole {
            let (first, last) = (cut.floor() + 1.0, next.ceil() - 1.0);
            if first <= last {
                push((first, true), (last, true), rules_at(first));
            }
        } else {
            push((cut, false), (next, false), rules_at(f64::midpoint(cut, next)));
        }
    }
    pieces
}

/// `reversed-bounds`, `bound-outside`.
fn bounds(table: &DecisionTable, at: usize, criterion: &Criterion, pieces: &[Piece], findings: &mut Vec<Finding>) {
    let quantity = criterion.quantity.as_str();
    for rule in &table.rules {
        let Some(range) = &rule.ranges[at] else { continue };
        if let (true, Some((low, _)), Some((high, _))) = (range.is_reversed(), range.low, range.high) {
            let message = format!("`{quantity}` of \"{}\" runs from {low} to {high}: the ends are reversed", rule.code);
            let mut finding = Finding::error("reversed-bounds", message).at(range.place.clone());
            finding = match corrected(low, high, pieces) {
                Some((from, to)) => {
                    finding.hint(format!("{from}–{to} would fill what no other rule covers: a misprint?"))
                }
                None => finding.hint("correct the ends of the range"),
            };
            findings.push(finding);
        }
        for (value, _) in range.low.iter().chain(&range.high) {
            if !(criterion.from..=criterion.to).contains(value) {
                let (from, to) = (criterion.from, criterion.to);
                let message = format!("`{quantity}` of \"{}\" names {value}; its values are {from}–{to}", rule.code);
                findings.push(Finding::error("bound-outside", message).at(range.place.clone()));
            }
        }
    }
}

/// The ends as they may have been meant: exchanged, or with the digits of one of them exchanged, where exactly the values
/// that no rule covers come of it.
fn corrected(low: f64, high: f64, pieces: &[Piece]) -> Option<(f64, f64)> {
    let ways = [(high, low), (turned(low)?, high), (low, turned(high)?)];
    ways.into_iter().find(|&(from, to)| {
        let gap = pieces.iter().find(|piece| piece.rules.is_empty() && piece.low.0 <= from && to <= piece.high.0);
        // Up to the next value: 84 before 85 in a table of whole numbers.
        from < to && gap.is_some_and(|gap| from - gap.low.0 <= 1.0 && gap.high.0 - to <= 1.0)
    })
}

/// A number of two digits with its digits exchanged.
fn turned(number: f64) -> Option<f64> {
    let whole = number as u32;
    (f64::from(whole) == number && (10..100).contains(&whole)).then(|| f64::from(whole % 10 * 10 + whole / 10))
}

/// `decision-gap`, `decision-overlap` and `decision-order` of a criterion that decides by itself.
fn alone(table: &DecisionTable, at: usize, criterion: &Criterion, pieces: &[Piece], findings: &mut Vec<Finding>) {
    let quantity = criterion.quantity.as_str();
    let code = |rule: usize| table.rules[rule].code.as_str();
    let place =
        |rule: usize| table.rules[rule].ranges[at].as_ref().map_or(&table.rules[rule].place, |range| &range.place);
    for (index, piece) in pieces.iter().enumerate() {
        match piece.rules.as_slice() {
            [] => {
                let below = index.checked_sub(1).and_then(|before| pieces[before].rules.first().copied());
                let above = pieces.get(index + 1).and_then(|after| after.rules.first().copied());
                let message = format!("no rule covers {} of `{quantity}`", piece.shown());
                let near: Vec<String> = below
                    .map(|rule| format!("below it ends \"{}\" ({})", code(rule), place(rule)))
                    .into_iter()
                    .chain(above.map(|rule| format!("above it begins \"{}\" ({})", code(rule), place(rule))))
                    .collect();
                let at = above.or(below).map_or_else(|| criterion.place.clone(), |rule| place(rule).clone());
                findings.push(Finding::error("decision-gap", message).at(at).hint(near.join("; ")));
            }
            [_] => {}
            [first, second, ..] => {
                let message = format!(
                    "\"{}\" and \"{}\" both cover {} of `{quantity}`",
                    code(*first),
                    code(*second),
                    piece.shown()
                );
                let hint = format!("the other stands at {}", place(*first));
                findings.push(Finding::error("decision-overlap", message).at(place(*second).clone()).hint(hint));
            }
        }
    }
    let mut before: Option<usize> = None;
    for rule in pieces.iter().filter_map(|piece| piece.rules.first().copied()) {
        if let Some(last) = before.filter(|last| *last < rule) {
            let message = format!(
                "more of `{quantity}` leads from \"{}\" down to \"{}\": rules stand from the best to the lowest",
                code(last),
                code(rule)
            );
            findings.push(Finding::error("decision-order", message).at(place(rule).clone()));
        }
        before = Some(rule);
    }
}

/// `decision-gap` and `decision-overlap` of criteria that hold together.
fn together(table: &DecisionTable, findings: &mut Vec<Finding>) {
    let cut: Vec<Vec<Piece>> =
        table.criteria.iter().enumerate().map(|(at, criterion)| pieces(table, at, criterion)).collect();
    let count = cut.iter().try_fold(1_usize, |product, pieces| product.checked_mul(pieces.len()));
    if count.is_none_or(|count| count > MOST_PIECES) {
        let message = "the ranges cut the values into too many pieces to look at each";
        let place = table.criteria.first().map_or(Place::Run, |criterion| criterion.place.clone());
        findings.push(Finding::error("decision-table-too-fine", message).at(place));
        return;
    }
    let mut at = vec![0_usize; cut.len()];
    loop {
        let here: Vec<&Piece> = at.iter().zip(&cut).map(|(index, pieces)| &pieces[*index]).collect();
        let holds = |rule: &usize| {
            here.iter()
                .enumerate()
                .all(|(c, piece)| table.rules[*rule].ranges[c].is_none() || piece.rules.contains(rule))
        };
        let rules: Vec<usize> = (0..table.rules.len()).filter(holds).collect();
        let shown: Vec<String> = here
            .iter()
            .zip(&table.criteria)
            .map(|(piece, criterion)| format!("`{}` {}", criterion.quantity.as_str(), piece.shown()))
            .collect();
        if rules.is_empty() {
            let message = format!("no rule covers {}", shown.join(" with "));
            let place = table.criteria.first().map_or(Place::Run, |criterion| criterion.place.clone());
            findings.push(Finding::error("decision-gap", message).at(place));
        } else if let [first, second, ..] = rules.as_slice() {
            let (first, second) = (&table.rules[*first], &table.rules[*second]);
            let message = format!("\"{}\" and \"{}\" both cover {}", first.code, second.code, shown.join(" with "));
            let hint = format!("the other stands at {}", first.place);
            findings.push(Finding::error("decision-overlap", message).at(second.place.clone()).hint(hint));
        }
        let Some(next) = (0..at.len()).rev().find(|&c| at[c] + 1 < cut[c].len()) else { return };
        at[next] += 1;
        at[next + 1..].fill(0);
    }
}
