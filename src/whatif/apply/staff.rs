//! Staff hired, retired or reclassified. Rows are never removed, because the ledger points at them: who leaves is given a
//! last day before the data.

use crate::diagnostic::Place;
use crate::model::scenario::{Amount, StaffProfile};
use crate::model::tables::{Date, Staff};
use crate::model::unit::UnitIndex;
use crate::whatif::apply::Workshop;

/// Before any data year: a person who left then is counted nowhere.
const NEVER: Date = Date { year: 1, month: 1, day: 1 };

/// Less than this of a person is nobody.
const LEAST: f64 = 1e-9;

fn is_like(person: &Staff, profile: &StaffProfile) -> bool {
    let told = |wanted: Option<bool>, own: Option<bool>| wanted.is_none() || wanted == own;
    person.category == profile.category
        && told(profile.international, person.international)
        && told(profile.female, person.female)
        && told(profile.doctorate, person.doctorate)
}

fn first_day(year: i32) -> Date {
    Date { year, month: 1, day: 1 }
}

fn last_day_before(year: i32) -> Date {
    Date { year: year - 1, month: 12, day: 31 }
}

impl Workshop<'_> {
    /// FTE to move: of people like `profile` in the run itself.
    fn fte(&self, profile: &StaffProfile, amount: Amount) -> f64 {
        let base = self.copy.base;
        let Some(unit) = base.tables.units.find(&profile.unit) else { return amount.absolute };
        let within = base.tables.units.descendants(unit);
        let day = last_day_before(base.assessment.year);
        let here = base.tables.staff.iter().filter(|person| {
            is_like(person, profile)
                && person.units.iter().any(|own| within.binary_search(own).is_ok())
                && person.to.is_none_or(|to| to >= day)
        });
        let there: f64 = if amount.relative == 0.0 { 0.0 } else { here.map(|person| person.fte).sum() };
        let academic = if amount.per_fte == 0.0 { 0.0 } else { self.academic_fte(&profile.unit) };
        amount.of(there, academic)
    }

    pub(super) fn staff(&mut self, profile: &StaffProfile, amount: Amount, from: Option<i32>, place: &Place) {
        let Some(unit) = self.unit(&profile.unit, place) else { return };
        let fte = self.fte(profile, amount);
        let year = self.clock.data_year(from);
        if fte >= 0.0 {
            self.hire(profile, unit, fte, year, place);
        } else if let Some(left) = self.leaving(profile, unit, -fte, "retire", place) {
            let to = year.map_or(NEVER, last_day_before);
            for (index, part) in left {
                self.part(index, part).to = Some(to);
            }
        }
        self.copy.touched.institutional = true;
    }

    pub(super) fn reclassify(
        &mut self,
        (before, after): (&StaffProfile, &StaffProfile),
        amount: Amount,
        from: Option<i32>,
        place: &Place,
    ) {
        let Some(unit) = self.unit(&before.unit, place) else { return };
        let fte = self.fte(before, amount);
        let (before, after, fte) = if fte < 0.0 { (after, before, -fte) } else { (before, after, fte) };
        let year = self.clock.data_year(from);
        for (index, part) in self.leaving(before, unit, fte, "reclassify", place).unwrap_or_default() {
            let person = self.part(index, part);
            let mut changed = person.clone();
            let become_or = |wanted: Option<bool>, own: Option<bool>| wanted.or(own);
            changed.category = after.category;
            changed.international = become_or(after.international, changed.international);
            changed.doctorate = become_or(after.doctorate, changed.doctorate);
            match year {
                None => *person = changed,
                Some(year) => {
                    person.to = Some(last_day_before(year));
                    changed.from = Some(first_day(year));
                    self.copy.tables.to_mut().staff.push(changed);
                }
            }
        }
        self.copy.touched.institutional = true;
    }

    fn hire(&mut self, profile: &StaffProfile, unit: UnitIndex, fte: f64, year: Option<i32>, place: &Place) {
        let mut left = fte;
        while left > LEAST {
            self.added += 1;
            let person = Staff {
                id: format!("scenario:{}:{}", profile.unit, self.added),
                name: String::new(),
                latin_name: String::new(),
                units: vec![unit],
                category: profile.category,
                rank: String::new(),
                fte: left.min(1.0),
                international: profile.international,
                female: profile.female,
                doctorate: profile.doctorate,
                scopus_ids: Vec::new(),
                orcids: Vec::new(),
                from: year.map(first_day),
                to: None,
                place: place.clone(),
            };
            left -= person.fte;
            self.copy.tables.to_mut().staff.push(person);
        }
    }

    /// Who goes, the last of the sheet first, with the FTE of each that goes. `None`, with a finding, where there are not
    /// so many.
    fn leaving(
        &mut self,
        profile: &StaffProfile,
        unit: UnitIndex,
        fte: f64,
        verb: &str,
        place: &Place,
    ) -> Option<Vec<(usize, f64)>> {
        let within = self.copy.tables.units.descendants(unit);
        let day = last_day_before(self.clock.year);
        let mut leaving = Vec::new();
        let mut left = fte;
        for (index, person) in self.copy.tables.staff.iter().enumerate().rev() {
            let here = is_like(person, profile)
                && person.fte > 0.0
                && person.to.is_none_or(|to| to >= day)
                && person.units.iter().any(|own| within.binary_search(own).is_ok());
            if here && left > LEAST {
                let part = person.fte.min(left);
                left -= part;
                leaving.push((index, part));
            }
        }
        if left > LEAST {
            let message =
                format!("{verb} {fte:.2} FTE at \"{}\": there are {:.2} of that kind", profile.unit, fte - left);
            self.fault("more-than-there-are", message, "lower `fte`, or widen the kind of staff", place);
            return None;
        }
        Some(leaving)
    }

    /// A row that holds this part of a person's FTE; the rest, if any, stays in the row of its own.
    fn part(&mut self, index: usize, fte: f64) -> &mut Staff {
        let staff = &mut self.copy.tables.to_mut().staff;
        let rest = staff[index].fte - fte;
        if rest <= LEAST {
            return &mut staff[index];
        }
        staff[index].fte = rest;
        let part = Staff { fte, id: format!("{}:part", staff[index].id), ..staff[index].clone() };
        staff.push(part);
        staff.last_mut().expect("a row was pushed")
    }
}
