//! Item analysis: which standards tell units apart, which do not, and why one should be reviewed.

use std::collections::BTreeMap;

use crate::accreditation::known::{Known, areas, kind};
use crate::accreditation::reliability::{alpha, correlation};
use crate::model::accreditation::level::Level;
use crate::model::accreditation::rating::Side;
use crate::model::accreditation::results::{ItemRow, ReliabilityRow};
use crate::model::accreditation::standard::Standard;
use crate::model::unit::UnitIndex;

/// Levels of a standard by unit, by the panel's rating where there is one, else by the unit's own.
type Levels = BTreeMap<UnitIndex, f64>;

fn levels(known: &Known<'_>, round: i32, standard: &Standard) -> Levels {
    let of = |unit: UnitIndex| {
        let judged = |side| known.judged(unit, round, side, &standard.code).map(|judged| judged.level);
        let level = judged(Side::External).or_else(|| judged(Side::Internal)).flatten();
        level.map(|level| (unit, level.step() as f64))
    };
    known.units_in(round).into_iter().filter_map(of).collect()
}

fn pairs(first: &Levels, second: &Levels) -> Vec<(f64, f64)> {
    first.iter().filter_map(|(unit, level)| second.get(unit).map(|other| (*level, *other))).collect()
}

/// One row per standard in force in the last round.
pub fn items(known: &Known<'_>) -> Vec<ItemRow> {
    let Some(round) = known.round() else { return Vec::new() };
    let standards = known.standards_in(round);
    let all: Vec<Levels> = standards.iter().map(|standard| levels(known, round, standard)).collect();
    (0..standards.len()).map(|at| item(known, round, at, (&standards, &all))).collect()
}

fn item(known: &Known<'_>, round: i32, at: usize, (standards, all): (&[&Standard], &[Levels])) -> ItemRow {
    let (standard, own, rules) = (standards[at], &all[at], &known.rules.items);
    let units = known.units_in(round);
    let count = own.len();
    let share = |level: Level| {
        (count > 0).then(|| own.values().filter(|l| **l == level.step() as f64).count() as f64 / count as f64)
    };
    let judged = |unit: &UnitIndex, side| known.judged(*unit, round, side, &standard.code);
    let both = |unit: &UnitIndex| {
        let level = |side| judged(unit, side).and_then(|judged| judged.level);
        level(Side::Internal).zip(level(Side::External))
    };
    let compared: Vec<(Level, Level)> = units.iter().filter_map(both).collect();
    let apart = compared.iter().filter(|(a, b)| a.step().abs_diff(b.step()) >= 2).count();
    let documents: Vec<_> = known.sheets.evidence.iter().filter(|row| row.standard == standard.code).collect();
    let missing = documents.iter().filter(|row| row.received.is_none()).count();
    let others = || (0..standards.len()).filter(|&other| other != at && standards[other].area == standard.area);
    let enough = |pairs: &[(f64, f64)]| pairs.len() as u32 >= rules.least_units;
    let mut nearest: Option<(usize, f64)> = None;
    for other in others() {
        let pairs = pairs(own, &all[other]);
        if let Some(found) = correlation(&pairs).filter(|_| enough(&pairs))
            && nearest.is_none_or(|(_, most)| found > most)
        {
            nearest = Some((other, found));
        }
    }
    let rest: Levels = own
        .keys()
        .filter_map(|unit| {
            let known: Vec<f64> = others().filter_map(|other| all[other].get(unit).copied()).collect();
            (!known.is_empty()).then(|| (*unit, known.iter().sum::<f64>() / known.len() as f64))
        })
        .collect();
    let with_rest = pairs(own, &rest);
    let mut row = ItemRow {
        standard: standard.code.clone(),
        area: standard.area.clone(),
        kind: kind(standard),
        units: count as u32,
        not_applicable: units
            .iter()
            .filter(|unit| !own.contains_key(unit) && Side::ALL.iter().any(|side| judged(unit, *side).is_some()))
            .count() as u32,
        full: share(Level::Full),
        not_met: share(Level::NotMet),
        mean: (count > 0).then(|| own.values().sum::<f64>() / count as f64),
        compared: compared.len() as u32,
        two_levels: (!compared.is_empty()).then(|| apart as f64 / compared.len() as f64),
        evidence_missing: (!documents.is_empty()).then(|| missing as f64 / documents.len() as f64),
        with_rest: correlation(&with_rest).filter(|_| enough(&with_rest)),
        nearest: nearest.map(|(other, _)| standards[other].code.clone()).unwrap_or_default(),
        nearest_correlation: nearest.map(|(_, correlation)| correlation),
        reasons: String::new(),
    };
    row.reasons = reasons(known, &row).join(";");
    row
}

fn reasons(known: &Known<'_>, row: &ItemRow) -> Vec<&'static str> {
    let rules = &known.rules.items;
    let reaches = |value: Option<f64>, limit: f64| value.is_some_and(|value| value >= limit);
    let enough = row.units >= rules.least_units;
    let mut reasons = Vec::new();
    let mut say = |holds: bool, reason| {
        if holds {
            reasons.push(reason);
        }
    };
    say(row.units == 0, "never_used");
    say(enough && reaches(row.full, rules.ceiling), "ceiling");
    say(enough && reaches(row.not_met, rules.floor), "floor");
    say(row.compared >= rules.least_units && reaches(row.two_levels, rules.disagreement), "disagreement");
    say(reaches(row.evidence_missing, rules.evidence_missing), "evidence");
    say(reaches(row.nearest_correlation, rules.redundancy), "redundant");
    reasons
}

/// Cronbach's alpha of each area, over the units at which all of its standards that are rated at most units are rated. A
/// standard that is rated at fewer than half of the units is left out.
pub fn reliability(known: &Known<'_>) -> Vec<ReliabilityRow> {
    let Some(round) = known.round() else { return Vec::new() };
    let standards = known.standards_in(round);
    let units = known.units_in(round);
    let mut rows = Vec::new();
    for area in areas(&standards) {
        let of_area: Vec<Levels> = standards
            .iter()
            .filter(|standard| standard.area == area)
            .map(|standard| levels(known, round, standard))
            .filter(|levels| levels.len() * 2 >= units.len() && !levels.is_empty())
            .collect();
        let whole: Vec<UnitIndex> =
            units.iter().copied().filter(|unit| of_area.iter().all(|levels| levels.contains_key(unit))).collect();
        let items: Vec<Vec<f64>> =
            of_area.iter().map(|levels| whole.iter().map(|unit| levels[unit]).collect()).collect();
        rows.push(ReliabilityRow {
            area: area.to_owned(),
            standards: items.len() as u32,
            units: whole.len() as u32,
            alpha: alpha(&items).filter(|_| whole.len() as u32 >= known.rules.items.least_units),
        });
    }
    rows
}
