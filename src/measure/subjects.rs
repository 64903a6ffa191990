//! Publications and staff by THE's eleven subjects, and THE's rule for subjects in which a unit has no staff.
//!
//! A publication belongs to the subjects of its journal's areas in equal parts; a person to the subject that the units
//! sheet gives to their unit, or to the nearest unit above that has one.

use std::collections::BTreeSet;

use crate::measure::Input;
use crate::measure::institutional;
use crate::measure::publication::{Cohort, subject};
use crate::model::evidence::{Evidence, Fold, Term};
use crate::model::field_scheme::{FieldScheme, Printed};
use crate::model::measure::{MeasureKey, Reason, Status};
use crate::model::tables::{Staff, StaffCategory};
use crate::model::unit::UnitIndex;

/// The most of a unit's publications, as a share, that THE credits although their subjects have no staff (`the` method
/// notes 1.3 and 1.7, E3; the ten per cent are a third party's reading).
pub const WITHOUT_STAFF: f64 = 0.10;

/// Publication measures that look at who is employed.
pub const DEPEND_ON_STAFF: [&str; 1] = ["credited_publications"];

/// What THE credits of publications in subjects with staff and in subjects without: all of the first, of the second at
/// most [`WITHOUT_STAFF`] of the whole.
pub fn credited(with_staff: f64, without_staff: f64) -> f64 {
    with_staff + without_staff.min(WITHOUT_STAFF * (with_staff + without_staff))
}

/// Which subject of THE each unit has: its own, else that of the nearest unit above with one.
pub fn of_units(input: Input) -> Vec<Option<String>> {
    let units = &input.tables.units;
    let of = |(index, _): (UnitIndex, _)| {
        let mut level = vec![index];
        while !level.is_empty() {
            if let Some(own) = level.iter().map(|&unit| &units.get(unit).subject).find(|subject| !subject.is_empty()) {
                return Some(own.clone());
            }
            level = level.iter().flat_map(|&unit| units.get(unit).parents.iter().copied()).collect();
            level.sort_unstable();
            level.dedup();
        }
        None
    };
    units.iter().map(of).collect()
}

/// Subjects in which a unit or its descendants have academic or research staff at the end of `year`.
fn staffed(input: Input, unit: UnitIndex, year: i32, of_units: &[Option<String>]) -> BTreeSet<String> {
    let descendants = input.tables.units.descendants(unit);
    let person = |staff: &&Staff| {
        staff.category != StaffCategory::Other && staff.fte > 0.0 && institutional::employed(staff, year)
    };
    let posts = input.tables.staff.iter().filter(person).flat_map(|staff| &staff.units);
    posts
        .filter(|post| descendants.binary_search(post).is_ok())
        .filter_map(|post| of_units[post.at()].clone())
        .collect()
}

/// Whether every unit has staff in the same subjects in both, for a measure that looks at them. Only units of persons who
/// are not as they were are looked at.
pub(super) fn same_staffed(input: Input, base: Input, key: &MeasureKey) -> bool {
    let year = data_year(input, key);
    let (new, old) = (&input.tables.staff, &base.tables.staff);
    let same = |new: &Staff, old: &Staff| {
        new.category == old.category
            && (new.fte > 0.0) == (old.fte > 0.0)
            && new.units == old.units
            && institutional::employed(new, year) == institutional::employed(old, year)
    };
    let changed = new.iter().enumerate().filter(|(at, person)| old.get(*at).is_none_or(|old| !same(person, old)));
    let posts: BTreeSet<UnitIndex> = changed.flat_map(|(_, person)| person.units.iter().copied()).collect();
    let units: BTreeSet<UnitIndex> =
        posts.iter().flat_map(|post| input.tables.units.ancestors(*post)).copied().collect();
    let of_units = of_units(input);
    if of_units.iter().all(Option::is_none) {
        return true;
    }
    units.iter().all(|unit| staffed(input, *unit, year, &of_units) == staffed(base, *unit, year, &of_units))
}

/// The year whose staff a measure looks at: the edition's institutional year, else the last of the window.
fn data_year(input: Input, key: &MeasureKey) -> i32 {
    let edition = input.editions.iter().find(|edition| Some(edition.id.as_str()) == key.edition.as_deref());
    edition.map_or(key.window.to, |edition| edition.windows.institutional)
}

impl Cohort<'_> {
    /// Publications as THE credits them for productivity: those of subjects without staff count at most a tenth of all.
    /// Missing where the units sheet names no subject. Publications of unknown subject count whole.
    pub(super) fn credited(&self) -> Evidence {
        let of_units = of_units(self.input);
        let scheme = FieldScheme::named("the");
        let (Some(scheme), true) = (scheme, of_units.iter().any(Option::is_some)) else {
            return Evidence::missing(Reason::NotSupplied);
        };
        let year = self.scope.edition.map_or(self.scope.window.to, |edition| edition.windows.institutional);
        let staffed = staffed(self.input, self.unit, year, &of_units);
        // Per publication the part of it in subjects with staff.
        let part = |publication: u32| {
            let subjects: BTreeSet<&String> = self.scope.works.fields[publication as usize]
                .iter()
                .filter_map(|&area| match scheme.of_code(u16::from(area)) {
                    Printed::Field(field) => Some(&scheme.fields()[usize::from(field)]),
                    _ => None,
                })
                .collect();
            if subjects.is_empty() {
                return 1.0;
            }
            subjects.iter().filter(|subject| staffed.contains(**subject)).count() as f64 / subjects.len() as f64
        };
        let parts: Vec<(f64, f64)> = self.held.iter().map(|held| (self.weight(held), part(held.publication))).collect();
        let with: f64 = parts.iter().map(|(weight, part)| weight * part).sum();
        let without: f64 = parts.iter().map(|(weight, part)| weight * (1.0 - part)).sum();
        let factor = if without > 0.0 { (credited(with, without) - with) / without } else { 0.0 };
        let term = |(held, (weight, part)): (&&crate::measure::holdings::Held, &(f64, f64))| {
            Term::weighted(subject(held), weight * (part + (1.0 - part) * factor), 1.0)
        };
        let terms = self.held.iter().zip(&parts).map(term).collect();
        Evidence::known(terms, Fold::Sum, self.n(), Status::Computed)
    }
}
