//! Units moved, merged or split. Rows and credits that point at units are renumbered; who holds what stays.

use rustc_hash::FxHashSet;

use crate::diagnostic::Place;
use crate::model::ledger::{Account, Credit, Share};
use crate::model::scenario::UnitChange;
use crate::model::tables::Tables;
use crate::model::unit::{UnitIndex, UnitRow, Units};
use crate::whatif::apply::Workshop;

impl Workshop<'_> {
    pub(super) fn units(&mut self, change: &UnitChange, place: &Place) {
        match change {
            UnitChange::Move { unit, from, to } => self.shift_unit(unit, from, to, place),
            UnitChange::Merge { unit, into } => self.merge(unit, into, place),
            UnitChange::Split { unit, new, name, staff } => {
                let (Some(at), units) = (self.unit(unit, place), &self.copy.tables.units) else { return };
                let mut rows = rows(units);
                let row = UnitRow {
                    id: new.clone(),
                    name: name.clone(),
                    aliases: Vec::new(),
                    place: place.clone(),
                    ..rows[at.at()].clone()
                };
                rows.push(row);
                let fresh = UnitIndex(rows.len() as u32 - 1);
                if self.rebuild(rows, place) {
                    self.leave(at, fresh, staff, place);
                }
            }
        }
        self.copy.touched.publications = true;
        self.copy.touched.shape = true;
    }

    fn shift_unit(&mut self, unit: &str, from: &str, to: &str, place: &Place) {
        let Some(at) = self.unit(unit, place) else { return };
        let mut rows = rows(&self.copy.tables.units);
        let parents = &mut rows[at.at()].parents;
        let Some(parent) = parents.iter_mut().find(|parent| *parent == from) else {
            let message = format!("\"{unit}\" does not belong to \"{from}\"");
            return self.fault("unknown-parent", message, "name its parent in the units sheet", place);
        };
        to.clone_into(parent);
        self.rebuild(rows, place);
    }

    /// Builds the units again; a finding, and nothing changed, where they no longer fit together.
    fn rebuild(&mut self, rows: Vec<UnitRow>, place: &Place) -> bool {
        let built = Units::build(rows);
        let error = built.findings.iter().find(|finding| finding.severity == crate::diagnostic::Severity::Error);
        if let Some(error) = error {
            let message = error.message.clone();
            self.fault(error.code, message, "the units would not fit together", place);
            return false;
        }
        self.copy.tables.to_mut().units = built.value;
        true
    }

    fn merge(&mut self, unit: &str, into: &str, place: &Place) {
        let (Some(gone), Some(kept)) = (self.unit(unit, place), self.unit(into, place)) else { return };
        if self.copy.tables.units.ancestors(gone).binary_search(&kept).is_err()
            && self.copy.tables.units.ancestors(kept).binary_search(&gone).is_ok()
        {
            let message = format!("\"{into}\" is part of \"{unit}\"");
            return self.fault("unit-cycle", message, "merge the part into the whole", place);
        }
        let mut rows = rows(&self.copy.tables.units);
        rows.remove(gone.at());
        for row in &mut rows {
            for parent in row.parents.iter_mut().filter(|parent| *parent == unit) {
                into.clone_into(parent);
            }
            let mut parents: Vec<String> = Vec::new();
            for parent in row.parents.drain(..).filter(|parent| *parent != row.id) {
                if !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
            row.parents = parents;
        }
        if !self.rebuild(rows, place) {
            return;
        }
        let renumbered = |index: UnitIndex| {
            let index = if index == gone { kept } else { index };
            UnitIndex(index.0 - u32::from(index > gone))
        };
        renumber(self.copy.tables.to_mut(), renumbered);
        let ledger = self.copy.ledger.to_mut();
        for credit in &mut ledger.credits {
            if let Account::Unit(unit) = &mut credit.account {
                *unit = renumbered(*unit);
            }
        }
        ledger.credits = tidied(std::mem::take(&mut ledger.credits));
    }

    /// Staff who go to the new unit take their own credits along.
    fn leave(&mut self, from: UnitIndex, to: UnitIndex, ids: &[String], place: &Place) {
        let tables = self.copy.tables.to_mut();
        let mut leaving: FxHashSet<u32> = FxHashSet::default();
        let mut unknown = Vec::new();
        for id in ids {
            match tables.staff.iter().position(|person| person.id == *id && person.units.contains(&from)) {
                Some(at) => {
                    leaving.insert(at as u32);
                    let person = &mut tables.staff[at];
                    person.units.iter_mut().filter(|unit| **unit == from).for_each(|unit| *unit = to);
                }
                None => unknown.push(id.as_str()),
            }
        }
        if !unknown.is_empty() {
            let message = format!("not staff of the unit: {}", unknown.join(", "));
            self.fault("unknown-staff", message, "list ids of the staff sheet", place);
        }
        let ledger = self.copy.ledger.to_mut();
        for credit in &mut ledger.credits {
            let goes = credit.staff.is_some_and(|staff| leaving.contains(&staff));
            if goes && credit.account == Account::Unit(from) {
                credit.account = Account::Unit(to);
            }
        }
        ledger.credits = tidied(std::mem::take(&mut ledger.credits));
    }
}

/// The units as a sheet would state them.
fn rows(units: &Units) -> Vec<UnitRow> {
    let row = |(_, unit): (UnitIndex, &crate::model::unit::Unit)| UnitRow {
        id: unit.id.clone(),
        name: unit.name.clone(),
        unit_type: unit.unit_type.clone(),
        parents: unit.parents.iter().map(|parent| units.get(*parent).id.clone()).collect(),
        subject: unit.subject.clone(),
        aliases: unit.aliases.clone(),
        valid: unit.valid,
        place: unit.place.clone(),
    };
    units.iter().map(row).collect()
}

fn renumber(tables: &mut Tables, renumbered: impl Fn(UnitIndex) -> UnitIndex) {
    for person in &mut tables.staff {
        let mut units: Vec<UnitIndex> = Vec::new();
        for unit in person.units.iter().map(|unit| renumbered(*unit)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        person.units = units;
    }
    tables.students.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.degrees.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.finance.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.supplied.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.aliases.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.awards.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    tables.subject_shares.iter_mut().for_each(|row| row.unit = renumbered(row.unit));
    let agreed = tables.agreements.iter_mut().map(|row| &mut row.units);
    let visited = tables.visits.iter_mut().map(|row| &mut row.units);
    agreed.chain(visited).flatten().for_each(|unit| *unit = renumbered(*unit));
    let overrides = &mut tables.overrides.attribution;
    overrides.iter_mut().for_each(|row| row.unit = row.unit.map(&renumbered));
}

/// Credits in ledger order; those of one author at one unit are one, and each unit has one full row per publication.
fn tidied(mut credits: Vec<Credit>) -> Vec<Credit> {
    credits.sort_by_key(|credit| {
        (credit.publication, credit.author_position == 0, credit.author_position, credit.account)
    });
    let mut tidy: Vec<Credit> = Vec::with_capacity(credits.len());
    for credit in credits {
        match tidy.last_mut() {
            Some(last)
                if last.publication == credit.publication
                    && last.author_position == credit.author_position
                    && last.account == credit.account =>
            {
                last.share = Share(last.share.0 + credit.share.0);
            }
            _ => tidy.push(credit),
        }
    }
    for entry in tidy.chunk_by_mut(|a, b| a.publication == b.publication) {
        let mut counted: Vec<Account> = Vec::new();
        for credit in entry {
            credit.full = !counted.contains(&credit.account);
            counted.push(credit.account);
        }
    }
    tidy
}
