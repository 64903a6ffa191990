//! What was read, counted and left out.

use std::collections::BTreeMap;

use crate::model::ledger::Account;
use crate::model::report::{Argument, Phrase, Text, Tile};
use crate::model::results::Results;

/// The numbers at the head of a report.
pub fn tiles(results: &Results) -> Vec<Tile> {
    let tables = &results.tables;
    let rows: u64 = tables.sources.iter().map(|source| source.rows).sum();
    let left_out: u64 = tables.sources.iter().map(|source| source.left_out).sum();
    let (credited, outside) = credited(results);
    let records = tables.records.0.height() as u64;
    let tile = |label: &'static str, count: u64, note: Option<Phrase>| Tile { label: Phrase::new(label), count, note };
    vec![
        tile("tile.units", tables.units.len() as u64, None),
        tile(
            "tile.files",
            tables.sources.len() as u64,
            Some(
                Phrase::new("tile.files_note")
                    .with("rows", Argument::Count(rows))
                    .with("left_out", Argument::Count(left_out)),
            ),
        ),
        tile(
            "tile.publications",
            results.publications.len() as u64,
            Some(Phrase::new("tile.publications_note").with("records", Argument::Count(records))),
        ),
        tile(
            "tile.credited",
            credited,
            Some(Phrase::new("tile.credited_note").with("outside", Argument::Count(outside))),
        ),
        tile("tile.staff", tables.staff.len() as u64, None),
    ]
}

/// Publications credited to at least one unit, and those credited to none.
fn credited(results: &Results) -> (u64, u64) {
    let mut credited: Vec<_> = results
        .ledger
        .credits
        .iter()
        .filter(|credit| matches!(credit.account, Account::Unit(_)))
        .map(|credit| credit.publication)
        .collect();
    credited.sort_unstable();
    credited.dedup();
    let credited = credited.len() as u64;
    (credited, (results.publications.len() as u64).saturating_sub(credited))
}

/// Records and claims that were not counted, by reason, the most frequent first.
pub fn left_out(results: &Results) -> Vec<(Text, u64)> {
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for excluded in &results.ledger.excluded {
        *reasons.entry(excluded.reason).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|&(reason, count)| (std::cmp::Reverse(count), reason));
    reasons.into_iter().map(|(reason, count)| (Phrase::of("excluded", reason).into(), count)).collect()
}
