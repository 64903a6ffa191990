//! What differs between two results of the same units.

use std::collections::BTreeSet;

use crate::model::change::{Change, ChangedTable};
use crate::model::measure::MeasureKey;
use crate::model::results::Results;
use crate::model::score::{Composite, Score};
use crate::model::unit::UnitIndex;

/// Every cell of `measures.csv`, `scores.csv` and `composites.csv` that differs, bit for bit: measures by unit and key,
/// then scores and composites by edition and unit. Units and editions are matched by id; what only one side has is
/// compared with nothing.
pub fn changes(before: &Results, after: &Results) -> Vec<Change> {
    let mut changes = Vec::new();
    let ids: Vec<&str> = ids(before, after);
    measures(before, after, &ids, &mut changes);
    let editions: BTreeSet<&str> =
        before.editions.iter().chain(&after.editions).map(|edition| edition.id.as_str()).collect();
    for edition in editions {
        let sides = [Side::new(before, edition), Side::new(after, edition)];
        scores(edition, &sides, &ids, &mut changes);
        composites(edition, &sides, &ids, &mut changes);
    }
    changes
}

/// Ids of all units: those before in their order, then new ones.
fn ids<'a>(before: &'a Results, after: &'a Results) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let all = before.tables.units.iter().chain(after.tables.units.iter());
    all.map(|(_, unit)| unit.id.as_str()).filter(|id| seen.insert(*id)).collect()
}

fn differ(before: Option<f64>, after: Option<f64>) -> bool {
    before.map(f64::to_bits) != after.map(f64::to_bits)
}

fn measures(before: &Results, after: &Results, ids: &[&str], changes: &mut Vec<Change>) {
    let keys: BTreeSet<&MeasureKey> = before.measures.keys.iter().chain(&after.measures.keys).collect();
    for id in ids {
        for key in &keys {
            let value = |results: &Results| {
                let unit = results.tables.units.find(id)?;
                results.measures.get(unit.at(), key)
            };
            let (old, new) = (value(before), value(after));
            let cells = [
                ("value", old.and_then(|cell| cell.value), new.and_then(|cell| cell.value)),
                ("n", old.map(|cell| cell.n as f64), new.map(|cell| cell.n as f64)),
            ];
            for (column, before, after) in cells.into_iter().filter(|(_, before, after)| differ(*before, *after)) {
                let (scope, code) = (key.window.to_string(), key.label());
                let unit = (*id).to_owned();
                changes.push(Change { table: ChangedTable::Measures, scope, unit, code, column, before, after });
            }
        }
    }
}

/// One side of an edition's comparison.
struct Side<'a> {
    results: &'a Results,
    at: Option<usize>,
}

impl<'a> Side<'a> {
    fn new(results: &'a Results, edition: &str) -> Self {
        Side { results, at: results.editions.iter().position(|known| known.id == edition) }
    }

    fn unit(&self, id: &str) -> Option<UnitIndex> {
        self.results.tables.units.find(id)
    }

    fn score(&self, id: &str, indicator: &str) -> Option<&'a Score> {
        let (at, unit) = (self.at?, self.unit(id)?);
        let indicators = &self.results.editions[at].indicators;
        let index = indicators.iter().position(|known| known.code == indicator)?;
        self.results.scorecards.get(at)?.scores_of(unit, indicators.len()).get(index)
    }

    fn composite(&self, id: &str, group: Option<&str>) -> Option<&'a Composite> {
        let (at, unit) = (self.at?, self.unit(id)?);
        let groups = &self.results.editions[at].groups;
        let index = match group {
            Some(code) => groups.iter().position(|known| known.code == code)?,
            None => groups.len(),
        };
        self.results.scorecards.get(at)?.composites_of(unit, groups.len()).get(index)
    }
}

/// Columns of a row, with their values.
type Cells = [(&'static str, Option<f64>)];

fn push(changes: &mut Vec<Change>, name: (ChangedTable, &str, &str, &str), old: &Cells, new: &Cells) {
    let (table, scope, unit, code) = name;
    for ((column, before), (_, after)) in old.iter().zip(new).filter(|(old, new)| differ(old.1, new.1)) {
        changes.push(Change {
            table,
            scope: scope.to_owned(),
            unit: unit.to_owned(),
            code: code.to_owned(),
            column,
            before: *before,
            after: *after,
        });
    }
}

fn scores(edition: &str, sides: &[Side; 2], ids: &[&str], changes: &mut Vec<Change>) {
    let indicators = |side: &Side| {
        let edition = side.at.map(|at| &side.results.editions[at]);
        edition.map_or_else(Vec::new, |edition| {
            edition.indicators.iter().map(|indicator| indicator.code.clone()).collect()
        })
    };
    let mut codes: Vec<String> = indicators(&sides[0]);
    codes.extend(indicators(&sides[1]));
    let mut seen = BTreeSet::new();
    codes.retain(|code| seen.insert(code.clone()));
    let cells = |score: Option<&Score>| {
        [
            ("raw", score.and_then(|score| score.raw)),
            ("numerator", score.and_then(|score| score.numerator)),
            ("denominator", score.and_then(|score| score.denominator)),
            ("n", score.map(|score| score.n as f64)),
            ("score", score.and_then(|score| score.score)),
            ("low", score.and_then(|score| score.low)),
            ("high", score.and_then(|score| score.high)),
            ("weight", score.map(|score| score.weight)),
            ("contribution", score.and_then(|score| score.contribution)),
            ("rank", score.and_then(|score| score.rank).map(f64::from)),
            ("of", score.map(|score| f64::from(score.of))),
        ]
    };
    for id in ids {
        for code in &codes {
            let [old, new] = [&sides[0], &sides[1]].map(|side| cells(side.score(id, code)));
            push(changes, (ChangedTable::Scores, edition, id, code), &old, &new);
        }
    }
}

fn composites(edition: &str, sides: &[Side; 2], ids: &[&str], changes: &mut Vec<Change>) {
    let mut groups: Vec<Option<String>> = Vec::new();
    for side in sides {
        let known = side.at.map_or(&[][..], |at| &side.results.editions[at].groups);
        for code in known.iter().map(|group| Some(group.code.clone())) {
            if !groups.contains(&code) {
                groups.push(code);
            }
        }
    }
    groups.push(None);
    let cells = |composite: Option<&Composite>| {
        [
            ("score", composite.and_then(|composite| composite.score)),
            ("low", composite.and_then(|composite| composite.low)),
            ("high", composite.and_then(|composite| composite.high)),
            ("coverage", composite.map(|composite| composite.coverage)),
            ("rank", composite.and_then(|composite| composite.rank).map(f64::from)),
            ("of", composite.map(|composite| f64::from(composite.of))),
        ]
    };
    for id in ids {
        for group in &groups {
            let [old, new] = [&sides[0], &sides[1]].map(|side| cells(side.composite(id, group.as_deref())));
            let code = group.as_deref().unwrap_or("overall");
            push(changes, (ChangedTable::Composites, edition, id, code), &old, &new);
        }
    }
}
