//! Units and the graph they form.
//!
//! A hospital may belong to two schools and a centre to an institute and a school, so units form a directed acyclic
//! graph, not a tree. What a unit counts is the *union* over itself and all its descendants.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Checked, Finding, Place};
use crate::model::names::Names;

/// Dense index of a unit within its [`Units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIndex(pub u32);

impl UnitIndex {
    /// As an index into arrays over units.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// The type that marks the institution itself.
pub const UNIVERSITY: &str = "university";

/// A unit as a sheet states it, before its parents are resolved.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// The office's code for the unit, unique.
    pub id: String,
    /// Names by language.
    pub name: Names,
    /// `university`, `school`, `department`, `hospital`, `centre`, `institute` or any other word of the office.
    pub unit_type: String,
    /// Ids of parents, in sheet order.
    pub parents: Vec<String>,
    /// Subject of THE that its staff belong to, as `medicine_dentistry`…; empty where the sheet does not say.
    pub subject: String,
    /// Other spellings that affiliations and sheets use for it.
    pub aliases: Vec<String>,
    /// First and last year in which the unit exists; `None` is open.
    pub valid: (Option<i32>, Option<i32>),
    /// The row it came from.
    pub place: Place,
}

/// A unit with its place in the graph.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The office's code.
    pub id: String,
    /// Names by language.
    pub name: Names,
    /// Its type; like is compared with like.
    pub unit_type: String,
    /// Direct parents.
    pub parents: Vec<UnitIndex>,
    /// Direct children.
    pub children: Vec<UnitIndex>,
    /// Subject of THE that its staff belong to; empty where the sheet does not say.
    pub subject: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// First and last year; `None` is open.
    pub valid: (Option<i32>, Option<i32>),
    /// The row it came from.
    pub place: Place,
}

/// All units, in sheet order, with ancestors and descendants worked out once.
#[derive(Debug, Clone, Default)]
pub struct Units {
    units: Vec<Unit>,
    by_id: BTreeMap<String, UnitIndex>,
    descendants: Vec<Vec<UnitIndex>>,
    ancestors: Vec<Vec<UnitIndex>>,
    university: Option<UnitIndex>,
}

impl Units {
    /// Resolves parents. Findings: `duplicate-unit`, `unknown-parent`, `unit-cycle`, `no-university`,
    /// `several-universities`. A bad link is dropped, the unit stays; a unit without parents belongs to the university.
    pub fn build(rows: Vec<UnitRow>) -> Checked<Units> {
        let mut findings = Vec::new();
        let mut units: Vec<Unit> = Vec::new();
        let mut parent_ids = Vec::new();
        let mut by_id = BTreeMap::new();
        for row in rows {
            if by_id.contains_key(&row.id) {
                let message = format!("unit \"{}\" is listed twice; the first row is used", row.id);
                findings
                    .push(Finding::error("duplicate-unit", message).at(row.place).hint("give each unit its own id"));
                continue;
            }
            by_id.insert(row.id.clone(), UnitIndex(units.len() as u32));
            parent_ids.push(row.parents);
            units.push(Unit {
                id: row.id,
                name: row.name,
                unit_type: row.unit_type,
                parents: Vec::new(),
                children: Vec::new(),
                subject: row.subject,
                aliases: row.aliases,
                valid: row.valid,
                place: row.place,
            });
        }
        for (index, parents) in parent_ids.into_iter().enumerate() {
            for parent in parents {
                match by_id.get(&parent) {
                    None => {
                        let message = format!("unit \"{}\" names an unknown parent \"{parent}\"", units[index].id);
                        let place = units[index].place.clone();
                        findings.push(
                            Finding::error("unknown-parent", message)
                                .at(place)
                                .hint("add the parent to the units sheet, or correct its id"),
                        );
                    }
                    Some(&parent) if !units[index].parents.contains(&parent) => units[index].parents.push(parent),
                    Some(_) => {}
                }
            }
        }
        cut_cycles(&mut units, &mut findings);
        let universities: Vec<UnitIndex> =
            (0..units.len()).filter(|&u| units[u].unit_type == UNIVERSITY).map(|u| UnitIndex(u as u32)).collect();
        for index in 0..units.len() {
            let above = universities.first().filter(|university| university.at() != index);
            let top = units[index].parents.is_empty();
            let would_close = |university: &&UnitIndex| {
                reach(&units, university.at(), |unit| &unit.parents).contains(&UnitIndex(index as u32))
            };
            if let Some(&university) = above.filter(|university| top && !would_close(university)) {
                units[index].parents.push(university);
            }
            for parent in units[index].parents.clone() {
                units[parent.at()].children.push(UnitIndex(index as u32));
            }
        }
        match universities.as_slice() {
            [] if !units.is_empty() => findings.push(
                Finding::error("no-university", "no unit has the type \"university\"")
                    .at(units[0].place.clone())
                    .hint("add one row for the institution itself with type university"),
            ),
            [_, second, ..] => findings.push(
                Finding::error(
                    "several-universities",
                    "more than one unit has the type \"university\"; the first is used",
                )
                .at(units[second.at()].place.clone()),
            ),
            _ => {}
        }
        let descendants = (0..units.len()).map(|u| reach(&units, u, |unit| &unit.children)).collect();
        let ancestors = (0..units.len()).map(|u| reach(&units, u, |unit| &unit.parents)).collect();
        let university = universities.first().copied();
        Checked { value: Units { units, by_id, descendants, ancestors, university }, findings }
    }

    /// The same without names, spellings and places: what measures and scores look at, and cheap to copy.
    #[must_use]
    pub fn bare(&self) -> Units {
        let mut bare = self.clone();
        for unit in &mut bare.units {
            (unit.name, unit.aliases, unit.place) = (Names::default(), Vec::new(), Place::Run);
        }
        bare
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The unit at `index`.
    pub fn get(&self, index: UnitIndex) -> &Unit {
        &self.units[index.at()]
    }

    /// All units in sheet order.
    pub fn iter(&self) -> impl Iterator<Item = (UnitIndex, &Unit)> {
        self.units.iter().enumerate().map(|(index, unit)| (UnitIndex(index as u32), unit))
    }

    /// The unit with this id.
    pub fn find(&self, id: &str) -> Option<UnitIndex> {
        self.by_id.get(id).copied()
    }

    /// The unit of type `university`.
    pub fn university(&self) -> Option<UnitIndex> {
        self.university
    }

    /// The unit and everything below it, ascending.
    pub fn descendants(&self, index: UnitIndex) -> &[UnitIndex] {
        &self.descendants[index.at()]
    }

    /// The unit and everything above it, ascending.
    pub fn ancestors(&self, index: UnitIndex) -> &[UnitIndex] {
        &self.ancestors[index.at()]
    }

    /// The distinct unit types, in the order of their first unit.
    pub fn types(&self) -> Vec<&str> {
        let mut types: Vec<&str> = Vec::new();
        for unit in &self.units {
            if !types.contains(&unit.unit_type.as_str()) {
                types.push(&unit.unit_type);
            }
        }
        types
    }

    /// The units of one type, in sheet order.
    pub fn of_type(&self, unit_type: &str) -> Vec<UnitIndex> {
        self.iter().filter(|(_, unit)| unit.unit_type == unit_type).map(|(index, _)| index).collect()
    }
}

/// Drops every parent link that closes a cycle, so that the rest is acyclic. A unit that is its own parent is a cycle of one.
fn cut_cycles(units: &mut [Unit], findings: &mut Vec<Finding>) {
    for index in 0..units.len() {
        let mut kept = Vec::new();
        for parent in std::mem::take(&mut units[index].parents) {
            let above = reach(units, parent.at(), |unit| &unit.parents);
            if above.contains(&UnitIndex(index as u32)) {
                let message = format!(
                    "unit \"{}\" is above its own parent \"{}\": the units form a cycle",
                    units[index].id,
                    units[parent.at()].id
                );
                findings.push(
                    Finding::error("unit-cycle", message)
                        .at(units[index].place.clone())
                        .hint("remove one of the parent links; this one was left out"),
                );
            } else {
                kept.push(parent);
            }
        }
        units[index].parents = kept;
    }
}

/// `start` and all units reachable from it, ascending.
fn reach(units: &[Unit], start: usize, next: impl Fn(&Unit) -> &Vec<UnitIndex>) -> Vec<UnitIndex> {
    let mut seen = BTreeSet::from([UnitIndex(start as u32)]);
    let mut open = vec![UnitIndex(start as u32)];
    while let Some(unit) = open.pop() {
        for &other in next(&units[unit.at()]) {
            if seen.insert(other) {
                open.push(other);
            }
        }
    }
    seen.into_iter().collect()
}
