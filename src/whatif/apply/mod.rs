//! Apply: a scenario → a changed copy of the inputs.
//!
//! | file | changes |
//! |---|---|
//! | [`settings`] | switches, editions, peers |
//! | [`units`] | units moved, merged, split |
//! | [`staff`] | hired, retired, reclassified |
//! | [`enrolment`] | students, degrees, money |
//! | [`papers`] | publications added, shifted |
//! | [`credit`] | lost addresses corrected, papers and citations left out |
//!
//! Settings and units come first, then what is counted in them. Relative amounts are parts of what the run itself has, so
//! that amounts add up whatever the order.

mod credit;
mod enrolment;
mod papers;
mod settings;
mod staff;
mod units;

use std::rc::Rc;

use crate::diagnostic::{Checked, Finding, Place};
use crate::model::audit::Audit;
use crate::model::benchmark::Benchmark;
use crate::model::edition::Edition;
use crate::model::scenario::{Amount, Change, Scenario, Thing};
use crate::model::tables::{Date, StaffCategory};
use crate::model::unit::UnitIndex;
use crate::whatif::copy::Copy;

/// What a scenario may bring in, and when it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// All editions.
    pub editions: &'a [Edition],
    /// All published constants.
    pub benchmarks: &'a [Benchmark],
    /// The year of the self-assessment that is imagined: what is in force by then counts as if it stood in today's windows,
    /// and is as old as it will be then. `None` is once everything has taken effect, undated.
    pub horizon: Option<i32>,
    /// The audit of the run's own addresses, for those who ask often; worked out where it is needed and not here.
    pub audit: Option<&'a Audit>,
}

impl<'a> Circumstances<'a> {
    /// Once everything has taken effect.
    pub fn settled(editions: &'a [Edition], benchmarks: &'a [Benchmark]) -> Self {
        Circumstances { editions, benchmarks, horizon: None, audit: None }
    }
}

/// Which year of the data a year of the scenario falls into.
#[derive(Debug, Clone, Copy)]
struct Clock {
    year: i32,
    horizon: Option<i32>,
}

impl Clock {
    /// Whether a phase is in force at the horizon.
    fn in_force(self, from: Option<i32>) -> bool {
        from.zip(self.horizon).is_none_or(|(from, horizon)| from <= horizon)
    }

    /// The year of the data that a phase falls into; `None` is every year.
    fn data_year(self, from: Option<i32>) -> Option<i32> {
        let (from, horizon) = from.zip(self.horizon)?;
        Some(from - (horizon - self.year))
    }
}

/// A copy under change.
struct Workshop<'a> {
    copy: Copy<'a>,
    clock: Clock,
    circumstances: Circumstances<'a>,
    citation_lag: Vec<f64>,
    findings: Vec<Finding>,
    /// How many rows the scenario has added, to number the next.
    added: usize,
    /// What papers are entered by, once they are.
    lists: Option<Rc<papers::Lists<'a>>>,
}

/// Changes a copy of the inputs of `base`. What cannot be done is a finding of error severity at its place in the scenario
/// and is left out; the rest is done.
pub fn apply<'a>(copy: Copy<'a>, scenario: &Scenario, circumstances: Circumstances<'a>) -> Checked<Copy<'a>> {
    let mut workshop = Workshop::new(copy, scenario, circumstances);
    let stages: [fn(&Thing) -> bool; 4] = [
        |thing| matches!(thing, Thing::Policy { .. } | Thing::Edition { .. } | Thing::Peers { .. }),
        |thing| matches!(thing, Thing::Unit(_)),
        |thing| !matches!(thing, Thing::LeaveOut(_) | Thing::Publications(_)) && !thing.is_setting(),
        |thing| matches!(thing, Thing::LeaveOut(_) | Thing::Publications(_)),
    ];
    let mut done = vec![false; scenario.changes.len()];
    for stage in stages {
        for (change, done) in scenario.changes.iter().zip(&mut done) {
            if !*done && stage(&change.thing) {
                *done = true;
                if change.thing.is_setting() && change.total().absolute < 0.0 {
                    let message = "there is nothing to take back: the run itself is not so".to_owned();
                    workshop.fault("nothing-to-undo", message, "drop it", &change.place);
                    continue;
                }
                for (from, amount) in &change.phases {
                    if workshop.clock.in_force(*from) {
                        workshop.one(&change.thing, *amount, *from, &change.place);
                    }
                }
            }
        }
    }
    Checked { value: workshop.copy, findings: workshop.findings }
}

/// Adds the papers of changes that are always in force, in their order; second, which publications each of them added.
/// What cannot be added is left out.
pub fn enter<'a>(
    copy: Copy<'a>,
    papers: &[Change],
    circumstances: Circumstances<'a>,
) -> (Copy<'a>, Vec<std::ops::Range<u32>>) {
    let mut workshop = Workshop::new(copy, &Scenario::default(), circumstances);
    let mut ranges = Vec::new();
    for change in papers {
        let first = workshop.copy.publications.len() as u32;
        workshop.one(&change.thing, change.total(), None, &change.place);
        ranges.push(first..workshop.copy.publications.len() as u32);
    }
    (workshop.copy, ranges)
}

impl<'a> Workshop<'a> {
    fn new(copy: Copy<'a>, scenario: &Scenario, circumstances: Circumstances<'a>) -> Self {
        let clock = Clock { year: copy.base.assessment.year, horizon: circumstances.horizon };
        let citation_lag = match (circumstances.horizon, scenario.citation_lag.as_slice()) {
            (Some(_), []) => papers::own_lag(copy.base),
            (_, stated) => stated.to_vec(),
        };
        // Numbered on from what other scenarios have added, so that every paper has an id of its own.
        let added = copy.publications.imagined;
        Workshop { copy, clock, circumstances, citation_lag, findings: Vec::new(), added, lists: None }
    }
}

impl Workshop<'_> {
    fn one(&mut self, thing: &Thing, amount: Amount, from: Option<i32>, place: &Place) {
        match thing {
            Thing::Staff(profile) => self.staff(profile, amount, from, place),
            Thing::Reclassify(before, after) => self.reclassify((before, after), amount, from, place),
            Thing::Students { unit, level, international } => {
                self.students((unit, *level, *international), amount, from, place);
            }
            Thing::Degrees { unit, level } => self.degrees(unit, *level, amount, from, place),
            Thing::Income { unit, item, currency } => self.income((unit, *item, currency), amount, from, place),
            Thing::Publications(profile) => self.publications(profile, amount, from, place),
            Thing::Shift(shift) => self.shift(shift, amount, from, place),
            Thing::Recover { unit } => self.recover(unit, amount, place),
            Thing::LeaveOut(what) => self.leave_out(*what),
            Thing::Policy { key, value } => self.policy(key, value, place),
            Thing::Unit(change) => self.units(change, place),
            Thing::Edition { from, to } => self.edition(from, to, place),
            Thing::Peers { edition, indicator } => self.peers(edition, indicator.as_deref(), amount),
        }
    }

    fn fault(&mut self, code: &'static str, message: String, hint: &str, place: &Place) {
        self.findings.push(Finding::error(code, message).at(place.clone()).hint(hint));
    }

    /// The unit of an id; a finding where the copy has none of it.
    fn unit(&mut self, id: &str, place: &Place) -> Option<UnitIndex> {
        let unit = self.copy.tables.units.find(id);
        if unit.is_none() {
            self.fault("unknown-unit", format!("there is no unit \"{id}\""), "see units.csv", place);
        }
        unit
    }

    /// Academic FTE of a unit in the run itself, in the last institutional year of its editions.
    fn academic_fte(&self, unit: &str) -> f64 {
        let base = self.copy.base;
        let Some(unit) = base.tables.units.find(unit) else { return 0.0 };
        let year = base.editions.iter().map(|edition| edition.windows.institutional).max();
        let day = Date { year: year.unwrap_or(base.assessment.year - 1), month: 12, day: 31 };
        let within = base.tables.units.descendants(unit);
        let here = base.tables.staff.iter().filter(|person| {
            person.category == StaffCategory::Academic
                && person.units.iter().any(|own| within.binary_search(own).is_ok())
                && person.from.is_none_or(|from| from <= day)
                && person.to.is_none_or(|to| to >= day)
        });
        here.map(|person| person.fte).sum()
    }
}
