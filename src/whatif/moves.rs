//! What a scenario moves, cell by cell, and why.

use serde::Serialize;

use crate::model::change::{Change, ChangedTable};
use crate::model::results::Results;
use crate::model::unit::UnitIndex;
use crate::whatif::changes::changes;

/// One score or composite that is not what it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Move {
    /// Edition id.
    pub edition: String,
    /// Unit id.
    pub unit: String,
    /// `indicator` or `group`.
    pub kind: &'static str,
    /// Code of the indicator or group, `overall` for the total.
    pub code: String,
    /// Score before.
    pub before: Option<f64>,
    /// Score after.
    pub after: Option<f64>,
    /// Rank before.
    pub rank_before: Option<u32>,
    /// Rank after.
    pub rank_after: Option<u32>,
    /// What moved it: measures old → new, or the scale that it is compared on, or the indicators that moved most.
    pub because: String,
}

/// Every score and composite whose score or rank differs, by edition, unit and code as in the tables.
pub fn moves(before: &Results, after: &Results) -> Vec<Move> {
    let changes = changes(before, after);
    let mut moves: Vec<Move> = Vec::new();
    for change in changes.iter().filter(|change| change.table != ChangedTable::Measures) {
        let kind = if change.table == ChangedTable::Scores { "indicator" } else { "group" };
        if change.column != "score" && change.column != "rank" {
            continue;
        }
        let same = |last: &&mut Move| {
            last.edition == change.scope && last.unit == change.unit && last.kind == kind && last.code == change.code
        };
        let own = match moves.last_mut().filter(same) {
            Some(own) => own,
            None => {
                moves.push(unmoved(before, after, change, kind));
                moves.last_mut().expect("a move was pushed")
            }
        };
        if change.column == "score" {
            (own.before, own.after) = (change.before, change.after);
        } else {
            let rank = |value: Option<f64>| value.map(|rank| rank as u32);
            (own.rank_before, own.rank_after) = (rank(change.before), rank(change.after));
        }
    }
    for own in &mut moves {
        own.because =
            if own.kind == "indicator" { why_score(before, after, own) } else { why_composite(before, after, own) };
    }
    moves
}

/// A move with what both sides hold, before its changed columns are entered.
fn unmoved(before: &Results, after: &Results, change: &Change, kind: &'static str) -> Move {
    let side = |results: &Results| -> (Option<f64>, Option<u32>) {
        let Some((at, unit)) = place(results, &change.scope, &change.unit) else { return (None, None) };
        let edition = &results.editions[at];
        if kind == "indicator" {
            let index = edition.indicators.iter().position(|indicator| indicator.code == change.code);
            let score = index.map(|index| &results.scorecards[at].scores_of(unit, edition.indicators.len())[index]);
            return score.map_or((None, None), |score| (score.score, score.rank));
        }
        let groups = &edition.groups;
        let index = groups.iter().position(|group| group.code == change.code).unwrap_or(groups.len());
        let composite = &results.scorecards[at].composites_of(unit, groups.len())[index];
        (composite.score, composite.rank)
    };
    let ((before, rank_before), (after, rank_after)) = (side(before), side(after));
    Move {
        edition: change.scope.clone(),
        unit: change.unit.clone(),
        kind,
        code: change.code.clone(),
        before,
        after,
        rank_before,
        rank_after,
        because: String::new(),
    }
}

fn place(results: &Results, edition: &str, unit: &str) -> Option<(usize, UnitIndex)> {
    let at = results.editions.iter().position(|known| known.id == edition)?;
    Some((at, results.tables.units.find(unit)?))
}

/// A number as people read it; the tables hold it in full.
fn short(value: Option<f64>) -> String {
    match value {
        None => "none".to_owned(),
        Some(value) if value.abs() >= 1000.0 => format!("{value:.0}"),
        Some(value) if value.abs() >= 10.0 => format!("{value:.1}"),
        Some(value) => format!("{value:.3}"),
    }
}

/// The measures of an indicator's formula that moved for this unit; where none did, what it is compared with did.
fn why_score(before: &Results, after: &Results, own: &Move) -> String {
    let sides = [before, after].map(|results| place(results, &own.edition, &own.unit).map(|place| (results, place)));
    let [Some((old, (old_at, old_unit))), Some((new, (new_at, new_unit)))] = sides else {
        return "the unit or the edition is new or gone".to_owned();
    };
    let indicator = |results: &Results, at: usize| {
        results.editions[at].indicators.iter().find(|indicator| indicator.code == own.code).cloned()
    };
    let (Some(was), Some(is)) = (indicator(old, old_at), indicator(new, new_at)) else {
        return "the indicator is new or gone".to_owned();
    };
    let mut causes = Vec::new();
    if was != is {
        causes.push("the method of the indicator".to_owned());
    }
    for code in is.value.measures() {
        let value = |results: &Results, at: usize, unit: UnitIndex| {
            let definition = results.definitions.iter().find(|definition| definition.code == code)?;
            results.measures.get(unit.at(), &results.editions[at].measure_key(definition))?.value
        };
        let (was, is) = (value(old, old_at, old_unit), value(new, new_at, new_unit));
        if was.map(f64::to_bits) != is.map(f64::to_bits) {
            causes.push(format!("{code} {} → {}", short(was), short(is)));
        }
    }
    if causes.is_empty() {
        causes.push("others moved, and with them the scale or the order".to_owned());
    }
    causes.join("; ")
}

/// The three indicators of a composite whose contribution moved most.
fn why_composite(before: &Results, after: &Results, own: &Move) -> String {
    let side = |results: &Results| -> Vec<(String, f64)> {
        let Some((at, unit)) = place(results, &own.edition, &own.unit) else { return Vec::new() };
        let edition = &results.editions[at];
        let within = |group: &str| {
            let mut group = Some(group.to_owned());
            while let Some(code) = group {
                if own.code == "overall" || code == own.code {
                    return true;
                }
                group = edition.groups.iter().find(|known| known.code == code).and_then(|known| known.parent.clone());
            }
            false
        };
        let scores = results.scorecards[at].scores_of(unit, edition.indicators.len());
        (edition.indicators.iter().zip(scores))
            .filter(|(indicator, _)| within(&indicator.group))
            .map(|(indicator, score)| (indicator.code.clone(), score.contribution.unwrap_or(0.0)))
            .collect()
    };
    let (old, new) = (side(before), side(after));
    let was = |code: &str| old.iter().find(|(own, _)| own == code).map_or(0.0, |(_, points)| *points);
    let mut moved: Vec<(String, f64)> = new
        .iter()
        .map(|(code, points)| (code.clone(), points - was(code)))
        .chain(
            old.iter()
                .filter(|(code, _)| !new.iter().any(|(own, _)| own == code))
                .map(|(code, points)| (code.clone(), -points)),
        )
        .filter(|(_, points)| points.abs() > 1e-9)
        .collect();
    moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    if moved.is_empty() {
        return "others moved, and with them the scale or the order".to_owned();
    }
    let named = moved.iter().take(3).map(|(code, points)| format!("{code} {points:+.2} points"));
    named.collect::<Vec<String>>().join("; ")
}
