//! Scenario: a named list of changes to inputs, never to scores.
//!
//! Scenarios form a group: [`Scenario::then`] adds the amounts of changes that concern the same thing, [`Scenario::inverse`]
//! negates them, and what adds up to nothing is gone. So a scenario after its inverse is the empty one by arithmetic on
//! amounts, not by undoing work on tables.

use serde::Deserialize;

use crate::diagnostic::Place;
use crate::model::names::Names;
use crate::model::tables::{FinanceItem, Level, StaffCategory};

/// How much of a thing: all three parts are linear in what is there, so amounts add.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// In the unit of the thing: FTE, students, papers, printed money.
    pub absolute: f64,
    /// As a part of what is there; 0.1 is a tenth more.
    pub relative: f64,
    /// Per academic FTE of the unit.
    pub per_fte: f64,
}

impl Amount {
    /// So many.
    pub fn absolute(absolute: f64) -> Self {
        Amount { absolute, ..Amount::default() }
    }

    /// Such a part of what is there.
    pub fn relative(relative: f64) -> Self {
        Amount { relative, ..Amount::default() }
    }

    /// What it comes to where `base` is there beside `fte` academic FTE.
    pub fn of(self, base: f64, fte: f64) -> f64 {
        self.absolute + self.relative * base + self.per_fte * fte
    }

    /// Both together.
    pub fn plus(self, other: Amount) -> Amount {
        Amount {
            absolute: self.absolute + other.absolute,
            relative: self.relative + other.relative,
            per_fte: self.per_fte + other.per_fte,
        }
    }

    /// This many times.
    pub fn times(self, factor: f64) -> Amount {
        Amount { absolute: self.absolute * factor, relative: self.relative * factor, per_fte: self.per_fte * factor }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self == Amount::default()
    }
}

/// Members of staff that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffProfile {
    /// Id of the unit.
    pub unit: String,
    /// Academic, research or other.
    pub category: StaffCategory,
    /// Citizens of another country; `None` is not said.
    pub international: Option<bool>,
    /// Women; `None` is not said.
    pub female: Option<bool>,
    /// With a doctorate; `None` is not said.
    pub doctorate: Option<bool>,
}

/// Papers that are alike. What is `None` is as in the unit's own papers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PublicationProfile {
    /// Id of the unit.
    pub unit: String,
    /// Which of the unit's papers they take after.
    pub like: Like,
    /// Folded document type.
    pub document_type: Option<String>,
    /// Best quartile of the journal, 1–4.
    pub quartile: Option<u8>,
    /// Citations of a paper that is as old as citations take to settle.
    pub citations: Option<f64>,
    /// Citations against field, year and type; 1 is the world's mean.
    pub fwci: Option<f64>,
    /// Percentile in the field, in percent; 1 is the top 1 %.
    pub percentile: Option<f64>,
    /// Foreign organisation that an author belongs to, `name|country`.
    pub partner: Option<String>,
    /// Number of authors.
    pub authors: Option<u32>,
    /// Of these ours.
    pub own_authors: Option<u32>,
}

/// Which papers of a unit new ones take after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Like {
    /// All of the window in turn, so that shares and means stay nearly as they are.
    #[default]
    Spread,
    /// The one of median normalised impact.
    Median,
}

/// What future papers of a unit would have.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Id of the unit.
    pub unit: String,
    /// A foreign organisation, `name|country`.
    pub partner: Option<String>,
    /// A journal of this quartile.
    pub quartile: Option<u8>,
    /// A percentile in the field, in percent.
    pub percentile: Option<f64>,
}

/// Papers or citations that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Citations by works that share an author.
    SelfCitations,
    /// Papers with more authors than this.
    AuthorsAbove(u32),
}

/// A change of the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitChange {
    /// To another parent.
    Move {
        /// Id of the unit.
        unit: String,
        /// Id of the parent that it leaves.
        from: String,
        /// Id of the parent that it joins.
        to: String,
    },
    /// Into another unit; the unit itself is gone.
    Merge {
        /// Id of the unit.
        unit: String,
        /// Id of the unit that takes all that it has.
        into: String,
    },
    /// A part of its staff, with their papers, becomes a unit beside it.
    Split {
        /// Id of the unit.
        unit: String,
        /// Id of the new unit.
        new: String,
        /// Names of the new unit.
        name: Names,
        /// Ids of the staff that go.
        staff: Vec<String>,
    },
}

/// What changes. Two changes of the same thing add up.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// Staff, in FTE: above 0 hired, below 0 retired.
    Staff(StaffProfile),
    /// Staff of one kind that become another, in FTE; the unit stays.
    Reclassify(StaffProfile, StaffProfile),
    /// Students; without a level in proportion to those there.
    Students {
        /// Id of the unit.
        unit: String,
        /// Level of study.
        level: Option<Level>,
        /// Whether they come from abroad.
        international: bool,
    },
    /// Degrees awarded.
    Degrees {
        /// Id of the unit.
        unit: String,
        /// Level.
        level: Level,
    },
    /// Money, in international dollars of the row's year; `currency` says what an absolute amount is in.
    Income {
        /// Id of the unit.
        unit: String,
        /// Which.
        item: FinanceItem,
        /// Unit of absolute amounts: `million rial`, `international dollar`.
        currency: String,
    },
    /// Papers.
    Publications(PublicationProfile),
    /// Papers that are there become different ones; the relative part is a share of those that are not so yet.
    Shift(Shift),
    /// Papers whose lost address is corrected, as a share of the recoverable ones, first the surest.
    Recover {
        /// Id of the unit.
        unit: String,
    },
    /// Left out; a setting.
    LeaveOut(LeftOut),
    /// A switch of `assessment.toml`: `policy.counting`, its value as written there; a setting.
    Policy {
        /// Section and key.
        key: String,
        /// TOML text of the value.
        value: String,
    },
    /// Units; a setting.
    Unit(UnitChange),
    /// Score by another edition; a setting.
    Edition {
        /// Id of the edition that is scored.
        from: String,
        /// Id of the one in its place.
        to: String,
    },
    /// Raw values of all peers, relative per year.
    Peers {
        /// Id of the edition.
        edition: String,
        /// Code of the indicator; `None` is all.
        indicator: Option<String>,
    },
}

impl Thing {
    /// Whether it is either so or not, instead of more or less.
    pub fn is_setting(&self) -> bool {
        matches!(self, Thing::LeaveOut(_) | Thing::Policy { .. } | Thing::Unit(_) | Thing::Edition { .. })
    }

    /// Whether a later setting takes the place of this one.
    fn is_replaced_by(&self, later: &Thing) -> bool {
        match (self, later) {
            (Thing::Policy { key, .. }, Thing::Policy { key: other, .. }) => key == other,
            (Thing::Edition { from, .. }, Thing::Edition { from: other, .. }) => from == other,
            (Thing::LeaveOut(LeftOut::AuthorsAbove(_)), Thing::LeaveOut(LeftOut::AuthorsAbove(_))) => true,
            _ => self == later,
        }
    }

    /// Id of the unit that it is about, where it is about one.
    pub fn unit(&self) -> Option<&str> {
        match self {
            Thing::Staff(profile) | Thing::Reclassify(profile, _) => Some(&profile.unit),
            Thing::Students { unit, .. }
            | Thing::Degrees { unit, .. }
            | Thing::Income { unit, .. }
            | Thing::Recover { unit } => Some(unit),
            Thing::Publications(profile) => Some(&profile.unit),
            Thing::Shift(shift) => Some(&shift.unit),
            _ => None,
        }
    }
}

/// A thing and by how much it changes in which year.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What.
    pub thing: Thing,
    /// Gregorian year from which each amount is in force, ascending; `None`, first, is always. A setting has 1 or −1.
    pub phases: Vec<(Option<i32>, Amount)>,
    /// Where it is written.
    pub place: Place,
}

impl Change {
    /// A change that is always in force.
    pub fn new(thing: Thing, amount: Amount) -> Self {
        Change { thing, phases: vec![(None, amount)], place: Place::Run }
    }

    /// All of it.
    pub fn total(&self) -> Amount {
        self.phases.iter().fold(Amount::default(), |sum, (_, amount)| sum.plus(*amount))
    }

    fn add(&mut self, other: &Change, sign: f64) {
        for (year, amount) in &other.phases {
            match self.phases.iter_mut().find(|(own, _)| own == year) {
                Some((_, own)) => *own = own.plus(amount.times(sign)),
                None => self.phases.push((*year, amount.times(sign))),
            }
        }
        self.phases.retain(|(_, amount)| !amount.is_zero());
        self.phases.sort_by_key(|(year, _)| *year);
    }
}

/// A named list of changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// Names; of several together joined by ` + `.
    pub name: Names,
    /// What is meant, for people.
    pub note: Names,
    /// The changes, each of another thing.
    pub changes: Vec<Change>,
    /// Share of the citations that a paper has in the year it appears, a year later …, rising to 1; empty where the own
    /// papers are to tell.
    pub citation_lag: Vec<f64>,
}

impl Scenario {
    /// A scenario of these changes; those of the same thing are added.
    pub fn of(name: Names, changes: impl IntoIterator<Item = Change>) -> Self {
        let mut scenario = Scenario { name, ..Scenario::default() };
        for change in changes {
            scenario.add(&change, 1.0);
        }
        scenario
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Both: amounts add, of two settings of the same thing the later wins.
    #[must_use]
    pub fn then(mut self, later: &Scenario) -> Scenario {
        for change in &later.changes {
            self.add(change, 1.0);
        }
        if !later.citation_lag.is_empty() {
            self.citation_lag.clone_from(&later.citation_lag);
        }
        for (tag, name) in &later.name.0 {
            let own = self.name.0.entry(tag.clone()).or_default();
            *own = if own.is_empty() { name.clone() } else { format!("{own} + {name}") };
        }
        self
    }

    /// The same this many times; settings stay as they are.
    #[must_use]
    pub fn times(&self, factor: f64) -> Scenario {
        let mut scaled = self.clone();
        for change in scaled.changes.iter_mut().filter(|change| !change.thing.is_setting()) {
            change.phases.iter_mut().for_each(|(_, amount)| *amount = amount.times(factor));
        }
        scaled
    }

    /// The same from a year on, where it says nothing of years.
    #[must_use]
    pub fn starting(&self, year: i32) -> Scenario {
        let mut dated = self.clone();
        for change in dated.changes.iter_mut().filter(|change| !change.thing.is_setting()) {
            change.phases.iter_mut().for_each(|(from, _)| *from = from.or(Some(year)));
        }
        dated
    }

    /// What takes it back.
    #[must_use]
    pub fn inverse(&self) -> Scenario {
        let mut inverse = Scenario { name: self.name.clone(), ..Scenario::default() };
        for change in &self.changes {
            inverse.add(change, -1.0);
        }
        inverse
    }

    fn add(&mut self, change: &Change, sign: f64) {
        let sets = change.thing.is_setting() && change.total().absolute * sign > 0.0;
        if sets {
            self.changes.retain(|own| !own.thing.is_replaced_by(&change.thing) || own.total().absolute < 0.0);
        }
        match self.changes.iter().position(|own| own.thing == change.thing) {
            Some(at) => {
                self.changes[at].add(change, sign);
                if self.changes[at].phases.is_empty() {
                    self.changes.remove(at);
                }
            }
            None => {
                let mut own = Change { phases: Vec::new(), ..change.clone() };
                own.add(change, sign);
                if !own.phases.is_empty() {
                    self.changes.push(own);
                }
            }
        }
    }
}
