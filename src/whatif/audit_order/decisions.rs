//! The office's overrides, each taken back: the run again as if that one had not been decided.

use crate::attribute;
use crate::diagnostic::{Place, Result};
use crate::measure::{self, Input};
use crate::model::audit_order::{Check, Kind};
use crate::model::results::Results;
use crate::model::score::Scorecard;
use crate::model::tables::Tables;
use crate::score::Run;
use crate::whatif::audit_order::{Sought, draft};

/// A move below this is none.
const LEAST: f64 = 1e-9;

/// Checks of the first `most` overrides that took effect, in file order; second, how many are left. `tables_without`
/// gives the tables as if the decision at a place had not been made.
///
/// # Errors
/// Those of `tables_without`.
pub fn checks(
    results: &Results,
    most: usize,
    sought: &Sought,
    tables_without: &dyn Fn(&Place) -> Result<Tables>,
    progress: &dyn Fn(usize, usize),
) -> Result<(Vec<Check>, usize)> {
    let mut applied: Vec<_> = results.ledger.overrides.iter().collect();
    // One decision may show in several places.
    let mut seen: Vec<&Place> = Vec::new();
    applied.retain(|applied| {
        let new = !seen.contains(&&applied.place);
        if new {
            seen.push(&applied.place);
        }
        new
    });
    let left = applied.len().saturating_sub(most);
    let mut checks = Vec::new();
    for (at, applied) in applied.iter().take(most).enumerate() {
        let cards = without(results, &tables_without(&applied.place)?);
        if let Some((edition, unit, points)) = greatest(results, &cards, sought) {
            let value = format!("{}: {}", applied.target, applied.detail);
            let mut check = draft(Kind::Override, applied.place.clone(), applied.kind, value, 1.0).check;
            check.plausible = "the decision is taken back".to_owned();
            (check.edition, check.unit, check.points) = (edition, unit, points);
            checks.push(check);
        }
        progress(at + 1, seen.len().min(most));
    }
    Ok((checks, left))
}

/// The scorecards of a run on other tables.
fn without(results: &Results, tables: &Tables) -> Vec<Scorecard> {
    let assessment = &results.assessment;
    let (publications, ledger) = attribute::attribute(tables, assessment).value;
    let input = Input {
        assessment,
        tables,
        publications: &publications,
        ledger: &ledger,
        editions: &results.editions,
        definitions: &results.definitions,
    };
    let measures = measure::measure(input).value;
    let card = |edition: &crate::model::edition::Edition| {
        let of_tables =
            Run { units: &tables.units, measures: &measures, peers: &tables.peers, ..Run::of(results, edition) };
        of_tables.scorecard()
    };
    results.editions.iter().map(card).collect()
}

/// The overall composite that differs most: edition, unit, points. Without the decision less with it.
fn greatest(results: &Results, cards: &[Scorecard], sought: &Sought) -> Option<(String, String, f64)> {
    let mut most: Option<(String, String, f64)> = None;
    for ((edition, now), then) in results.editions.iter().zip(&results.scorecards).zip(cards) {
        let groups = edition.groups.len();
        // A decision may make or unmake a unit; then units are not the same and cannot be set side by side.
        if !(sought.edition)(&edition.id) || now.units() != then.units() {
            continue;
        }
        for (unit, known) in results.tables.units.iter().filter(|(_, known)| (sought.unit)(&known.id)) {
            let score = |card: &Scorecard| card.composites_of(unit, groups)[groups].score;
            let Some(points) = score(then).zip(score(now)).map(|(then, now)| then - now) else { continue };
            if points.abs() > most.as_ref().map_or(LEAST, |most| most.2.abs()) {
                most = Some((edition.id.clone(), known.id.clone(), points));
            }
        }
    }
    most
}
