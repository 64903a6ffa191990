//! The standing of each unit: standard by standard, by area, as a whole, and the decision that follows.

use crate::accreditation::decision::{Undecided, decide};
use crate::accreditation::known::{Judged, Known, areas, kind};
use crate::accreditation::percent::{Percent, Rated, State};
use crate::model::accreditation::level::{Level, Scale};
use crate::model::accreditation::rating::Side;
use crate::model::accreditation::results::{AreaRow, DecisionRow, StandardRow};
use crate::model::unit::UnitIndex;

/// Every standard in force at every unit of the last round.
pub fn standards(known: &Known<'_>) -> Vec<StandardRow> {
    let Some(round) = known.round() else { return Vec::new() };
    let before = known.previous();
    let mut rows = Vec::new();
    for unit in known.units_in(round) {
        for standard in known.standards_in(round) {
            let judged = |side| known.judged(unit, round, side, &standard.code);
            let (internal, external) = (judged(Side::Internal), judged(Side::External));
            let earlier: Vec<&str> = before
                .and_then(|year| known.version_in(year).zip(known.version_in(round)))
                .map(|(from, to)| known.before(from, to, &standard.code))
                .unwrap_or_default();
            let was = |side| {
                let [code] = earlier.as_slice() else { return None };
                known.judged(unit, before?, side, code)
            };
            let level = |judged: Option<&Judged<'_>>| judged.and_then(|judged| judged.level);
            let difference = level(internal).zip(level(external)).map(|(i, e)| e.step() as i32 - i.step() as i32);
            let documents =
                known.sheets.evidence.iter().filter(|row| row.unit == unit && row.standard == standard.code);
            let met = |judged| known.table.zip(level(judged)).map(|(table, level)| table.scale.met(level));
            let recommendation = external.map(|judged| judged.texts(|r| &r.recommendation)).unwrap_or_default();
            let recommended_before = earlier.iter().any(|code| {
                before
                    .and_then(|year| known.judged(unit, year, Side::External, code))
                    .is_some_and(|judged| judged.ratings.iter().any(|rating| !rating.recommendation.is_empty()))
            });
            rows.push(StandardRow {
                unit: known.id(unit),
                round,
                standard: standard.code.clone(),
                area: standard.area.clone(),
                kind: kind(standard),
                internal: internal.map_or("", Judged::word),
                external: external.map_or("", Judged::word),
                difference,
                met_internal: met(internal),
                met_external: met(external),
                previous: was(Side::Internal).map_or("", Judged::word),
                change: change(level(was(Side::Internal)), level(internal)),
                evidence_wanted: documents.clone().count() as u32,
                evidence_received: documents.filter(|row| row.received.is_some()).count() as u32,
                without_reference: external.is_some_and(|judged| {
                    judged.ratings.iter().any(|rating| {
                        let finds = !rating.finding.is_empty() || rating.level.is_some_and(|level| level < Level::Full);
                        finds && rating.evidence.is_empty()
                    })
                }),
                repeated: !recommendation.is_empty() && recommended_before,
                recommendation,
                reply: external.map(|judged| judged.texts(|r| &r.reply)).unwrap_or_default(),
            });
        }
    }
    rows
}

fn change(before: Option<Level>, now: Option<Level>) -> &'static str {
    match before.zip(now) {
        Some((before, now)) if now > before => "up",
        Some((before, now)) if now < before => "down",
        Some(_) => "same",
        None => "",
    }
}

/// Percentages of a unit in a round by one side; `None` where that side has not rated it. Without a decision table levels
/// count 0, 1, 2 and 3 and nothing is said of what is met.
fn percent(known: &Known<'_>, unit: UnitIndex, round: i32, side: Side) -> Option<(Percent, Vec<String>)> {
    let standards = known.standards_in(round);
    let areas = areas(&standards);
    let mut rated = Vec::new();
    let mut any = false;
    for standard in &standards {
        let state = match known.judged(unit, round, side, &standard.code) {
            None => State::Unrated,
            Some(judged) => {
                any = true;
                judged.level.map_or(State::NotApplicable, State::At)
            }
        };
        let area = areas.iter().position(|area| *area == standard.area).unwrap_or(0);
        rated.push(Rated { area, mandatory: standard.mandatory, state });
    }
    let steps = Scale { points: [0.0, 1.0, 2.0, 3.0], met_from: Level::Full };
    let scale = known.table.map_or(&steps, |table| &table.scale);
    any.then(|| (Percent::of(&rated, areas.len(), scale), areas.iter().map(|area| (*area).to_owned()).collect()))
}

/// Units, rounds and sides with ratings, in the order of units, then rounds.
fn standings<'a>(known: &'a Known<'_>) -> impl Iterator<Item = (UnitIndex, i32, Side, Percent, Vec<String>)> + 'a {
    let mut all: Vec<(UnitIndex, i32)> = known
        .rounds
        .iter()
        .flat_map(|&round| known.units_in(round).into_iter().map(move |unit| (unit, round)))
        .collect();
    all.sort_unstable();
    all.into_iter().flat_map(move |(unit, round)| {
        Side::ALL.into_iter().filter_map(move |side| {
            percent(known, unit, round, side).map(|(percent, areas)| (unit, round, side, percent, areas))
        })
    })
}

/// The standing of every unit in every round.
pub fn decisions(known: &Known<'_>) -> Vec<DecisionRow> {
    standings(known).map(|(unit, round, side, percent, _)| decision(known, unit, round, side, &percent)).collect()
}

fn decision(known: &Known<'_>, unit: UnitIndex, round: i32, side: Side, percent: &Percent) -> DecisionRow {
    let decided = match known.table {
        None => Err("no_table"),
        Some(table) if percent.coverage() < table.coverage => Err("coverage"),
        Some(table) => {
            let values: Vec<Option<f64>> =
                table.criteria.iter().map(|criterion| percent.quantity(criterion.quantity)).collect();
            decide(table, &values).map(|rule| &table.rules[rule]).map_err(|why| match why {
                Undecided::NoValue(_) => "no_value",
                Undecided::Gap(_) | Undecided::NoRule => "no_rule",
            })
        }
    };
    let rule = decided.ok();
    let has_table = known.table.is_some();
    DecisionRow {
        unit: known.id(unit),
        round,
        side: side.as_str(),
        coverage: percent.coverage(),
        mandatory_rated: percent.mandatory.rated,
        mandatory_met: percent.mandatory.met,
        mandatory_percent: percent.mandatory.percent().filter(|_| has_table),
        preferred_rated: percent.preferred.rated,
        preferred_met: percent.preferred.met,
        preferred_percent: percent.preferred.percent().filter(|_| has_table),
        not_applicable: percent.mandatory.not_applicable + percent.preferred.not_applicable,
        unrated: percent.mandatory.unrated + percent.preferred.unrated,
        total_percent: percent.total.percent(),
        lowest_area_percent: percent
            .areas
            .iter()
            .filter_map(crate::accreditation::percent::Points::percent)
            .min_by(f64::total_cmp),
        gate: percent.gate() && has_table,
        decision: rule.map(|rule| rule.code.clone()).unwrap_or_default(),
        decision_en: rule.map(|rule| rule.name.get("en").to_owned()).unwrap_or_default(),
        decision_fa: rule.map(|rule| rule.name.get("fa").to_owned()).unwrap_or_default(),
        years: rule.and_then(|rule| rule.years),
        reason: decided.err().unwrap_or_default(),
    }
}

/// The same by area.
pub fn by_area(known: &Known<'_>) -> Vec<AreaRow> {
    standings(known)
        .flat_map(|(unit, round, side, percent, areas)| {
            let row = |(area, points): (String, crate::accreditation::percent::Points)| AreaRow {
                unit: known.id(unit),
                round,
                side: side.as_str(),
                area,
                rated: points.rated,
                points: points.points,
                greatest: points.greatest,
                percent: points.percent(),
            };
            areas.into_iter().zip(percent.areas).map(row).collect::<Vec<_>>()
        })
        .collect()
}
