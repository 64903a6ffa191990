//! Composites of a supplied table of scores – published tables, peers – by the same means, rescaling and ranks as those
//! of a run. The rows are compared with each other as units of one type are.

use std::collections::BTreeSet;

use crate::model::edition::{Combine, Edition, Group, Indicator, MissingRule, Normaliser, Ties};
use crate::model::supplied_table::{Agreement, Printed, Rebuilt, SuppliedRow};
use crate::score::combine::Part;
use crate::score::hierarchy::Leaf;
use crate::score::missing::StandIn;
use crate::score::{composites, missing, rank, statistics};

/// Rows named as the worst.
const WORST: usize = 10;

/// Whether a group or a group around it is `outer`.
fn within(edition: &Edition, group: &str, outer: &str) -> bool {
    let mut at = Some(group);
    // A chain of parents is no longer than the list of groups.
    for _ in 0..=edition.groups.len() {
        match at {
            Some(code) if code == outer => return true,
            Some(code) => {
                let here = edition.groups.iter().find(|group| group.code == code);
                at = here.and_then(|group| group.parent.as_deref());
            }
            None => return false,
        }
    }
    false
}

/// A code that says what another one of `codes` says as well: a part of a group that is given itself, with that group.
pub fn overlap<'a>(edition: &'a Edition, codes: &'a [String]) -> Option<(&'a str, &'a str)> {
    let home = |code: &str| {
        let indicator = edition.indicators.iter().find(|indicator| indicator.code == code);
        let group = || edition.groups.iter().find(|group| group.code == code).and_then(|group| group.parent.as_deref());
        indicator.map(|indicator| indicator.group.as_str()).or_else(group)
    };
    let groups = codes.iter().filter(|code| is_group(edition, code));
    groups.into_iter().find_map(|group| {
        let inner = |code: &&String| home(code).is_some_and(|home| within(edition, home, group));
        codes.iter().find(inner).map(|inner| (inner.as_str(), group.as_str()))
    })
}

/// Whether a code is that of a group; an indicator of the same code goes before it.
fn is_group(edition: &Edition, code: &str) -> bool {
    !edition.indicators.iter().any(|indicator| indicator.code == code)
        && edition.groups.iter().any(|group| group.code == code)
}

/// The edition in which every group that `codes` names is one indicator with the group's weight.
fn with_groups_given(edition: &Edition, codes: &[String]) -> Edition {
    let given: BTreeSet<&str> = codes.iter().map(String::as_str).filter(|code| is_group(edition, code)).collect();
    let mut reduced = edition.clone();
    let inside = |group: &str| given.iter().copied().find(|outer| within(edition, group, outer));
    reduced.groups.retain(|group| group.parent.as_deref().is_none_or(|parent| inside(parent).is_none()));
    for group in &mut reduced.groups {
        if given.contains(group.code.as_str()) {
            // The given score is what came of its parts.
            (group.combine, group.floor) = (Combine::default(), 0.0);
        }
    }
    let mut placed = BTreeSet::new();
    reduced.indicators = Vec::new();
    for indicator in &edition.indicators {
        match inside(&indicator.group) {
            None => reduced.indicators.push(indicator.clone()),
            Some(outer) if placed.insert(outer) => {
                let group = edition.groups.iter().find(|group| group.code == outer);
                reduced.indicators.extend(group.map(|group| stands_for(group, indicator)));
            }
            Some(_) => {}
        }
    }
    reduced
}

fn stands_for(group: &Group, part: &Indicator) -> Indicator {
    Indicator {
        code: group.code.clone(),
        group: group.code.clone(),
        name: group.name.clone(),
        weight: group.weight,
        normalise: Normaliser::Given,
        ..part.clone()
    }
}

/// Indicators with weight that no column of a table holds, neither by itself nor within a group.
pub fn without_column(edition: &Edition, codes: &[String]) -> Vec<String> {
    let edition = with_groups_given(edition, codes);
    let lacking = |indicator: &&Indicator| indicator.weight > 0.0 && !codes.contains(&indicator.code);
    edition.indicators.iter().filter(lacking).map(|indicator| indicator.code.clone()).collect()
}

/// Composite and coverage of each row. `codes` names the columns of `rows`, scores from 0 to 100 of indicators or of whole
/// groups. An empty cell follows the edition's missing rule; an indicator without a column counts against coverage only.
pub fn composites(edition: &Edition, codes: &[String], rows: &[SuppliedRow]) -> Vec<(Option<f64>, f64)> {
    let edition = with_groups_given(edition, codes);
    let columns: Vec<Option<usize>> =
        edition.indicators.iter().map(|indicator| codes.iter().position(|code| *code == indicator.code)).collect();
    let cell = |row: &SuppliedRow, column: Option<usize>| column.and_then(|at| row.values.get(at).copied().flatten());
    let lowest: Vec<Option<f64>> = match edition.missing {
        MissingRule::LowestOfCompared => {
            let least = |column: &Option<usize>| rows.iter().filter_map(|row| cell(row, *column)).reduce(f64::min);
            columns.iter().map(least).collect()
        }
        _ => vec![None; columns.len()],
    };
    let leaves = |row: usize, leaves: &mut Vec<Leaf>| {
        let parts = || {
            edition.indicators.iter().zip(&columns).map(|(indicator, column)| {
                let score = cell(&rows[row], *column);
                Part { weight: indicator.weight, score, missing: column.is_some() && score.is_none() }
            })
        };
        let own = parts().filter(|part| part.weight > 0.0).filter_map(|part| part.score);
        let stand_in = missing::stand_in(edition.missing, own);
        let entered = |lowest: &Option<f64>| lowest.map_or(stand_in, StandIn::Entered);
        leaves.clear();
        leaves.extend(parts().zip(&lowest).map(|(part, lowest)| part.leaf(entered(lowest))));
    };
    // The rows are compared with each other.
    let all = [(0..rows.len()).collect()];
    let found = composites::composites(&edition, &all, rows.len(), leaves, None);
    found.means.into_iter().map(|means| means.last().copied().unwrap_or((None, 0.0))).collect()
}

/// Composites of all rows beside the published ones, ranked, and how the two agree. Ranks are compared with published ranks
/// where the table has any, else with those of the published composites.
pub fn rebuilt(edition: &Edition, codes: &[String], rows: &[SuppliedRow]) -> (Vec<Rebuilt>, Agreement) {
    let totals = composites(edition, codes, rows);
    let scores: Vec<Option<f64>> = totals.iter().map(|(score, _)| *score).collect();
    let (ranks, _) = rank::ranks(&scores);
    let rebuilt: Vec<Rebuilt> = rows
        .iter()
        .zip(&totals)
        .zip(&ranks)
        .map(|((row, (score, coverage)), rank)| Rebuilt {
            id: row.id.clone(),
            score: *score,
            coverage: *coverage,
            rank: *rank,
            published: row.text.clone(),
            error: score.zip(row.published.exact()).map(|(score, published)| score - published),
        })
        .collect();
    let agreement = agreement(rows, &rebuilt);
    (rebuilt, agreement)
}

fn agreement(rows: &[SuppliedRow], rebuilt: &[Rebuilt]) -> Agreement {
    let size = |row: &Rebuilt| row.error.map(f64::abs);
    let errors = statistics::ordered(rebuilt.iter().filter_map(size));
    let outside = |printed: Printed, value: Option<f64>| value.and_then(|value| printed.outside(value));
    let of_scores: Vec<f64> =
        rows.iter().zip(rebuilt).filter_map(|(row, own)| outside(row.published, own.score)).collect();
    let of_ranks: Vec<f64> =
        rows.iter().zip(rebuilt).filter_map(|(row, own)| outside(row.rank, own.rank.map(f64::from))).collect();
    let by_rank = rows.iter().any(|row| row.rank.exact().is_some());
    let published = |row: &SuppliedRow| {
        // The greatest composite has the least rank.
        if by_rank { row.rank.exact() } else { row.published.exact().map(|score| -score) }
    };
    let pairs: Vec<(f64, f64)> =
        rows.iter().zip(rebuilt).filter_map(|(row, own)| Some((-own.score?, published(row)?))).collect();
    let shared = |values: Vec<Option<f64>>| rank::ascending(&values, Ties::Average);
    let (own, theirs) = (pairs.iter().map(|pair| Some(pair.0)), pairs.iter().map(|pair| Some(pair.1)));
    let spearman = statistics::correlation(&shared(own.collect()), &shared(theirs.collect()));
    let mut worst: Vec<&Rebuilt> = rebuilt.iter().filter(|row| row.error.is_some()).collect();
    worst.sort_by(|one, other| size(other).unwrap_or(0.0).total_cmp(&size(one).unwrap_or(0.0)));
    Agreement {
        compared: errors.len(),
        mean_error: statistics::mean(&errors),
        max_error: errors.last().copied(),
        spearman,
        ranked: pairs.len(),
        score_ranges: of_scores.len(),
        outside_score_range: of_scores.iter().filter(|by| **by > 0.0).count(),
        farthest_outside: of_scores.iter().copied().fold(0.0, f64::max),
        rank_ranges: of_ranks.len(),
        outside_rank_range: of_ranks.iter().filter(|by| **by > 0.0).count(),
        worst: worst.into_iter().take(WORST).cloned().collect(),
    }
}
